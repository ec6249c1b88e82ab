/* hs-test-programs.c - records of made-up programs, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-programs.h"

#define MS         G_GUINT64_CONSTANT (1000000)
#define MIB        G_GUINT64_CONSTANT (1048576)
#define BASELINE   (G_GUINT64_CONSTANT (700) << 10)
#define RSS_BEGIN  (12 * MIB)
#define FIRST_LINE 3

static HsTestRecord *
begin (guint32 flags)
{
  HsTestRecord *self = hs_test_record_new ();

  hs_test_record_get_header (self)->flags = flags | HS_RECORD_FINISHED;
  hs_test_record_get_header (self)->sample_ns = MS / 10;
  hs_test_record_add_moment (self,
                             &(HsRecordMoment) { .kind = HS_MOMENT_BEGIN,
                                                 .flags = HS_MOMENT_MEMORY,
                                                 .live_bytes = BASELINE,
                                                 .rss = RSS_BEGIN,
                                                 .memory = { [HS_MEMORY_OBJECTS] = BASELINE,
                                                             [HS_MEMORY_LIBRARIES] =
                                                               RSS_BEGIN - BASELINE } },
                             NULL);

  return self;
}

/* The last sample, with which a curve goes on; NULL at its beginning. */
static const HsRecordSample *
get_last (HsTestRecord *self)
{
  guint32 n = hs_test_record_get_n (self, HS_RECORD_SAMPLES);

  return n > 0 ? hs_test_record_get (self, HS_RECORD_SAMPLES, n - 1) : NULL;
}

/* Live bytes go to @live within @ns, by way of @most. */
static void
step (HsTestRecord *self,
      guint64       ns,
      guint64       live,
      guint64       most,
      guint64       allocated,
      guint32       line)
{
  const HsRecordSample *last = get_last (self);
  HsRecordHeader       *header = hs_test_record_get_header (self);
  HsRecordSample        row = { .live_bytes = live, .allocated_bytes = allocated, .line = line };
  guint64               before = last != NULL ? last->live_bytes : BASELINE;

  row.time_ns = (last != NULL ? last->time_ns : 0) + ns;
  row.live_min = MIN (live, before);
  row.live_max = MAX (MAX (live, before), most);
  row.line_max = line;
  row.site = row.site_max = HS_SITE_FIRST;
  row.allocated_blocks = (allocated + 31) / 32;
  if (row.live_max > header->peak_bytes)
    {
      header->peak_bytes = row.live_max;
      header->peak_ns = row.time_ns;
      header->peak_line = line;
      header->peak_site = HS_SITE_FIRST;
    }
  header->duration_ns = row.time_ns;
  hs_test_record_add_sample (self, &row);
}

static void
add_rss (HsTestRecord *self,
         guint64       time_ns,
         guint64       anon,
         guint64       file)
{
  HsRecordRss row = { .time_ns = time_ns, .anon = anon, .file = file, .shmem = MIB };

  row.rss_min = row.rss_max = anon + file + MIB;
  hs_test_record_add_rss (self, &row);
}

/* RSS in 20 steps that follow what is live. */
static void
follow (HsTestRecord *self)
{
  guint32 n = hs_test_record_get_n (self, HS_RECORD_SAMPLES);

  for (guint32 i = 0; i < n; i += MAX (n / 20, 1))
    {
      const HsRecordSample *sample = hs_test_record_get (self, HS_RECORD_SAMPLES, i);

      add_rss (self, sample->time_ns, 4 * MIB + sample->live_max, 7 * MIB);
    }
}

static void
add_line (HsTestRecord *self,
          const char   *function,
          guint32       line,
          guint32       flags,
          guint64       total,
          guint64       at_peak)
{
  guint32 site = hs_test_record_add_site (self, "t.py", function, line, flags);

  hs_test_record_add_line (self, &(HsRecordLine) { .site = site,
                                                   .total_bytes = total,
                                                   .total_blocks = total / 32 + 1,
                                                   .live_bytes = at_peak / 4,
                                                   .live_blocks = at_peak / 128,
                                                   .peak_bytes = at_peak,
                                                   .at_peak_bytes = at_peak });
}

static void
add_lines (HsTestRecord *self)
{
  guint64 peak = hs_test_record_get_header (self)->peak_bytes;

  hs_test_record_add_line (
    self, &(HsRecordLine) { .site = HS_SITE_BASELINE, .at_peak_bytes = BASELINE });
  add_line (self, "<module>", FIRST_LINE, HS_RECORD_SITE_OWN, peak, peak / 2);
  add_line (self, "squares", FIRST_LINE + 1, HS_RECORD_SITE_OWN, peak * 3, peak / 4);
  add_line (self, "decode", 353, 0, peak / 100, peak / 200);
}

static void
add_moment (HsTestRecord *self,
            HsMomentKind  kind,
            guint64       time_ns,
            const char   *name,
            guint64       count,
            gint64        unexplained)
{
  HsRecordMoment row = { .kind = kind, .flags = HS_MOMENT_MEMORY, .time_ns = time_ns };

  row.name = hs_test_record_add_text (self, name);
  row.line = kind == HS_MOMENT_END ? 0 : FIRST_LINE + 2;
  row.count = count;
  row.pause_ns = MS;
  row.live_bytes = get_last (self) != NULL ? get_last (self)->live_bytes : 0;
  row.live_blocks = row.live_bytes / 64;
  row.total_bytes = row.live_bytes * 3;
  row.peak_bytes = hs_test_record_get_header (self)->peak_bytes;
  row.memory[HS_MEMORY_OBJECTS] = BASELINE + row.live_bytes;
  row.memory[HS_MEMORY_POOL_FREE] = 200000;
  row.memory[HS_MEMORY_ARENA_FREE] = 3 * MIB / 2;
  row.memory[HS_MEMORY_MALLOC] = 400000;
  row.memory[HS_MEMORY_MALLOC_FREE] = 300000;
  row.memory[HS_MEMORY_MAPPED_FILES] = 2 * MIB;
  row.memory[HS_MEMORY_LIBRARIES] = RSS_BEGIN - BASELINE - 700000;
  row.memory[HS_MEMORY_OWN] = MIB;
  row.memory[HS_MEMORY_UNEXPLAINED] = (guint64)unexplained;
  for (guint i = 0; i < HS_N_MEMORIES; i++)
    row.rss += row.memory[i];
  hs_test_record_add_moment (self, &row, NULL);
}

static HsTestRecord *
end (HsTestRecord *self)
{
  const HsRecordSample *last = get_last (self);

  follow (self);
  add_lines (self);
  add_moment (self, HS_MOMENT_END, last != NULL ? last->time_ns : 5 * MS, NULL, 1, -40000);

  return self;
}

/* Programs */

static HsTestRecord *
make_growing (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  for (guint i = 1; i <= 500; i++)
    step (self, MS / 10, BASELINE + i * 20000, 0, 20000, FIRST_LINE);
  add_moment (self, HS_MOMENT_COMMENT, 50 * MS, "grown", 1, 90000);
  step (self, 2 * MS, BASELINE + 800, 0, 0, FIRST_LINE + 1);

  return end (self);
}

static HsTestRecord *
make_saw (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  for (guint i = 0; i < 2000; i++)
    step (self, MS / 10, BASELINE + (i % 7) * 32, BASELINE + (i % 11) * 64, 640,
          FIRST_LINE + i / 10 % 2);

  return end (self);
}

static HsTestRecord *
make_sleep (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  for (guint i = 1; i <= 5; i++)
    {
      step (self, MS / 10, BASELINE + i * MIB, 0, MIB, FIRST_LINE);
      add_moment (self, HS_MOMENT_MARK, get_last (self)->time_ns, NULL, i, 0);
      step (self, 1000 * MS, BASELINE + i * MIB, 0, 64, FIRST_LINE + 1);
    }

  return end (self);
}

static HsTestRecord *
make_peak (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  for (guint i = 0; i < 300; i++)
    step (self, MS / 10, BASELINE + 4096, i == 150 ? 80 * MIB : 0, i == 150 ? 80 * MIB : 100,
          FIRST_LINE + i % 20);

  return end (self);
}

/* As many of all as there may be. */
static HsTestRecord *
make_full (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  for (guint i = 0; i < HS_RECORD_N_SAMPLES_MAX; i++)
    {
      step (self, 40 * MS, BASELINE + (i * 7919 % 1000) * 5000, BASELINE + (i % 501) * 10000,
            i % 3 * 4096, i % 100);
      if (i % 4 == 0 && i / 4 < HS_RECORD_N_MOMENTS_MAX - 2)
        add_moment (self, HS_MOMENT_MARK, get_last (self)->time_ns, NULL, i / 4 + 1, i);
    }
  hs_test_record_get_header (self)->sample_ns = 40 * MS;
  hs_test_record_get_header (self)->parts[HS_RECORD_MOMENTS].n_lost = 123456;
  hs_test_record_get_header (self)->parts[HS_RECORD_LINES].n_lost = 7;

  return end (self);
}

static HsTestRecord *
make_single (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER | HS_RECORD_BY_LINE);

  step (self, 0, BASELINE, 0, 0, 0);

  return end (self);
}

static HsTestRecord *
make_no_rss (void)
{
  HsTestRecord *self = begin (HS_RECORD_LEDGER);

  for (guint i = 1; i <= 40; i++)
    step (self, MS / 10, BASELINE + i * 100, 0, 100, 0);

  return self;
}

static HsTestRecord *
make_no_ledger (void)
{
  HsTestRecord *self = begin (0);

  for (guint i = 0; i < 30; i++)
    add_rss (self, i * MS, (4 + i) * MIB, (7 + i / 10) * MIB);
  hs_test_record_get_header (self)->flags = 0;
  hs_test_record_get_header (self)->duration_ns = 30 * MS;

  return self;
}

static HsTestRecord *
make_swap (void)
{
  HsTestRecord *self = make_growing ();

  for (guint32 i = 0; i < hs_test_record_get_n (self, HS_RECORD_RSS); i++)
    ((HsRecordRss *)hs_test_record_get (self, HS_RECORD_RSS, i))->swap = i * MIB / 2;

  return self;
}

static HsTestRecord *
make_moments_alone (void)
{
  HsTestRecord *self = begin (0);

  add_moment (self, HS_MOMENT_COMMENT, MS, "a name that is much longer than there is room for it",
              1, 0);
  add_moment (self, HS_MOMENT_END, 2 * MS, NULL, 1, 0);

  return self;
}

static HsTestRecord *
make_empty (void)
{
  return hs_test_record_new ();
}

HsTestRecord *
hs_test_program_make_known (void)
{
  HsTestRecord *self = hs_test_record_new ();
  guint32       text = hs_test_record_add_text (self, "half");
  guint32       site;

  const HsRecordMoment half = { .kind = HS_MOMENT_COMMENT,
                                .name = text,
                                .line = 4,
                                .count = 1,
                                .time_ns = 2 * MS,
                                .live_bytes = 7000,
                                .live_blocks = 20,
                                .peak_bytes = 11000,
                                .total_bytes = 12000 };

  *hs_test_record_get_header (self) = (HsRecordHeader) { .magic = HS_RECORD_MAGIC,
                                                         .version = HS_RECORD_VERSION,
                                                         .n_parts = HS_RECORD_N_PARTS,
                                                         .page_size = 4096,
                                                         .flags = HS_RECORD_LEDGER |
                                                                  HS_RECORD_BY_LINE |
                                                                  HS_RECORD_FINISHED,
                                                         .duration_ns = 3 * MS,
                                                         .peak_bytes = 11000,
                                                         .peak_ns = 3 * MS / 2,
                                                         .peak_line = 3,
                                                         .sample_ns = MS };
  hs_test_record_add_sample (
    self, &(HsRecordSample) { .live_min = 1000, .live_max = 1000, .live_bytes = 1000 });
  hs_test_record_add_sample (self, &(HsRecordSample) { .time_ns = MS,
                                                       .live_min = 1000,
                                                       .live_max = 5000,
                                                       .live_bytes = 5000,
                                                       .allocated_bytes = 4000,
                                                       .allocated_blocks = 10,
                                                       .line = 3 });
  hs_test_record_add_sample (self, &(HsRecordSample) { .time_ns = 2 * MS,
                                                       .live_min = 5000,
                                                       .live_max = 11000,
                                                       .live_bytes = 7000,
                                                       .allocated_bytes = 8000,
                                                       .allocated_blocks = 20,
                                                       .line = 3 });
  hs_test_record_add_sample (self, &(HsRecordSample) { .time_ns = 3 * MS,
                                                       .live_min = 2000,
                                                       .live_max = 7000,
                                                       .live_bytes = 2000,
                                                       .line = 5 });
  site = hs_test_record_add_site (self, "t.py", "work", 3, HS_RECORD_SITE_OWN);
  hs_test_record_add_line (self,
                           &(HsRecordLine) { .site = HS_SITE_BASELINE, .at_peak_bytes = 1000 });
  hs_test_record_add_line (self, &(HsRecordLine) { .site = site,
                                                   .total_bytes = 12000,
                                                   .total_blocks = 30,
                                                   .live_bytes = 1000,
                                                   .live_blocks = 3,
                                                   .peak_bytes = 10000,
                                                   .at_peak_bytes = 10000 });
  hs_test_record_add_moment (
    self, &(HsRecordMoment) { .flags = HS_MOMENT_MEMORY, .live_bytes = 1000, .rss = 100000 }, NULL);
  hs_test_record_add_moment (self, &half, NULL);
  hs_test_record_add_moment (
    self,
    &(HsRecordMoment) { .kind = HS_MOMENT_END,
                        .flags = HS_MOMENT_MEMORY,
                        .time_ns = 3 * MS,
                        .live_bytes = 2000,
                        .live_blocks = 5,
                        .peak_bytes = 11000,
                        .total_bytes = 12000,
                        .rss = 108000,
                        .memory = { [HS_MEMORY_OBJECTS] = 9000,
                                    [HS_MEMORY_UNEXPLAINED] = (guint64)-1000 } },
    NULL);
  hs_test_record_add_rss (self, &(HsRecordRss) { .time_ns = MS,
                                                 .rss_min = 100000,
                                                 .rss_max = 104000,
                                                 .anon = 50000,
                                                 .file = 50000,
                                                 .shmem = 4000 });

  return self;
}

/* Forged */

static guint64
choose (GRand *random)
{
  static const guint64 values[] = {
    0,
    1,
    8,
    4095,
    G_MAXUINT32,
    G_MAXINT64,
    G_MAXUINT64 - 8,
    G_MAXUINT64,
    G_MAXUINT64 / 2 + 2,
  };
  guint i = (guint)g_rand_int_range (random, 0, 2 * (gint32)G_N_ELEMENTS (values));

  return i < G_N_ELEMENTS (values) ? values[i] : g_rand_int (random);
}

/* Macros would choose twice. */
static guint64
choose_from (GRand  *random,
             guint64 least,
             guint64 most)
{
  guint64 value = choose (random);

  return CLAMP (value, least, most);
}

static void
forge_curves (HsTestRecord *self,
              GRand        *random,
              guint         n)
{
  guint64 time_ns = 0;

  for (guint i = 0; i < n; i++)
    {
      HsRecordSample sample = { .live_min = choose (random), .allocated_bytes = choose (random) };
      HsRecordRss    rss = { .rss_min = choose (random), .anon = choose (random) };

      time_ns = choose_from (random, time_ns, g_rand_boolean (random) ? time_ns : G_MAXUINT64);
      sample.time_ns = rss.time_ns = time_ns;
      sample.live_max = choose_from (random, sample.live_min, G_MAXUINT64);
      sample.live_bytes = choose_from (random, sample.live_min, sample.live_max);
      sample.allocated_blocks = choose (random);
      sample.line = (guint32)choose (random);
      sample.site = (guint32)choose (random);
      rss.rss_max = choose_from (random, rss.rss_min, G_MAXUINT64);
      rss.file = choose (random);
      rss.shmem = choose (random);
      rss.swap = choose (random);
      hs_test_record_add_sample (self, &sample);
      hs_test_record_add_rss (self, &rss);
    }
}

static void
forge_moments (HsTestRecord *self,
               GRand        *random,
               guint         n)
{
  guint64 time_ns = 0;

  for (guint i = 0; i < n; i++)
    {
      HsRecordMoment row = { .flags = g_rand_int (random), .line = g_rand_int (random) };

      row.kind = (guint32)g_rand_int_range (random, 0, HS_N_MOMENT_KINDS);
      row.time_ns = time_ns = choose_from (random, time_ns, G_MAXUINT64);
      row.rss = choose (random);
      row.live_bytes = choose (random);
      row.total_bytes = choose (random);
      row.pause_ns = choose (random);
      row.count = choose (random);
      for (guint j = 0; j < HS_N_MEMORIES; j++)
        row.memory[j] = choose (random);
      hs_test_record_add_moment (self, &row, NULL);
    }
}

HsTestRecord *
hs_test_program_make_forged (GRand *random)
{
  HsTestRecord   *self = hs_test_record_new ();
  HsRecordHeader *header = hs_test_record_get_header (self);
  guint           n = (guint)g_rand_int_range (random, 0, 40);
  guint32         text = hs_test_record_add_text (self, "\xff\n\t name");

  forge_curves (self, random, n);
  forge_moments (self, random, (guint)g_rand_int_range (random, 0, 12));
  for (guint i = 0; i < n; i++)
    {
      HsRecordSite site = { text, text, (guint32)choose (random), g_rand_int (random) };
      HsRecordLine line = { .site = i * 2 };

      line.total_bytes = choose (random);
      line.total_blocks = choose (random);
      line.live_bytes = choose (random);
      line.peak_bytes = choose (random);
      line.at_peak_bytes = choose (random);
      hs_test_record_add (self, HS_RECORD_SITES, &site);
      hs_test_record_add_line (self, &line);
    }
  header->flags = g_rand_int (random);
  header->duration_ns = choose (random);
  header->peak_bytes = choose (random);
  header->peak_ns = choose (random);
  header->peak_line = (guint32)choose (random);
  header->sample_ns = choose (random);
  header->parts[HS_RECORD_SAMPLES].n_lost = choose (random);

  return self;
}

static HsTestRecord *
make_forged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  return hs_test_program_make_forged (random);
}

static const HsTestProgram programs[] = {
  { "growing", make_growing },
  { "saw", make_saw },
  { "sleep", make_sleep },
  { "peak", make_peak },
  { "full", make_full },
  { "single", make_single },
  { "no-rss", make_no_rss },
  { "no-ledger", make_no_ledger },
  { "swap", make_swap },
  { "moments-alone", make_moments_alone },
  { "known", hs_test_program_make_known },
  { "forged", make_forged },
  { "empty", make_empty },
};

const HsTestProgram *
hs_test_programs_list (guint *n_programs)
{
  *n_programs = G_N_ELEMENTS (programs);

  return programs;
}

const HsTestProgram *
hs_test_programs_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (g_str_equal (programs[i].name, name))
      return &programs[i];

  g_assert_not_reached ();
}
