/* test-timeline.c - memory over time, as facts and as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-test-programs.h"
#include "hs-timeline.h"

#define MS       G_GUINT64_CONSTANT (1000000)
#define SPACE    "\xe2\x80\xaf"
#define N_FORGED 300

/* @record: (transfer full) */
static HsTimeline *
open_record (HsTestRecord *record)
{
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HsHistory) history = hs_history_new (bytes, offset, size, "t.py", &error);

  g_assert_no_error (error);
  hs_test_record_free (record);

  return hs_timeline_new (history);
}

static HsTimeline *
open_program (const char *name)
{
  return open_record (hs_test_programs_find (name)->make ());
}

/* Spans */

/* They follow each other, hold every sample once, and none of its extremes is lost. */
static void
check_spans (HsTimeline *timeline,
             GArray     *spans,
             guint       n)
{
  const HsRecordView *record = hs_history_get_record (hs_timeline_get_history (timeline));
  guint               next = spans->len > 0 ? g_array_index (spans, HsTimelineSpan, 0).first : 0;

  g_assert_cmpuint (spans->len, <=, 2 * n + 1);
  for (guint i = 0; i < spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (spans, HsTimelineSpan, i);
      guint64               least = G_MAXUINT64;
      guint64               most = 0;

      g_assert_cmpuint (span->first, ==, next);
      g_assert_cmpuint (span->n, >, 0);
      g_assert_cmpuint (span->from_ns, <=, span->to_ns);
      next += span->n;
      g_assert_cmpuint (next, <=, record->n_samples);
      g_assert_cmpuint (span->to_ns, ==, record->samples[next - 1].time_ns);
      for (guint k = span->first; k < next; k++)
        {
          least = MIN (least, record->samples[k].live_min);
          most = MAX (most, record->samples[k].live_max);
        }
      g_assert_cmpuint (span->live_min, ==, least);
      g_assert_cmpuint (span->live_max, ==, most);
      g_assert_cmpuint (span->live_end, ==, record->samples[next - 1].live_bytes);
    }
}

static void
test_all_programs (void)
{
  static const guint   counts[] = { 1, 2, 7, 400, 20000 };
  guint                n_programs;
  const HsTestProgram *programs = hs_test_programs_list (&n_programs);

  for (guint i = 0; i < n_programs; i++)
    for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
      {
        g_autoptr (HsTimeline) timeline = open_record (programs[i].make ());
        guint64 end = hs_timeline_get_end (timeline);
        g_autoptr (GArray) all = hs_timeline_new_spans (timeline, 0, end, counts[k]);
        g_autoptr (GArray) some =
                     hs_timeline_new_spans (timeline, end / 3, end / 3 * 2, counts[k]);
        const HsRecordView *record = hs_history_get_record (hs_timeline_get_history (timeline));
        guint               n = 0;

        check_spans (timeline, all, counts[k]);
        check_spans (timeline, some, counts[k]);
        for (guint j = 0; j < all->len; j++)
          n += g_array_index (all, HsTimelineSpan, j).n;
        if (!g_str_equal (programs[i].name, "forged"))
          g_assert_cmpuint (n, ==, record->n_samples);
      }
}

/* A sample that lasts long is a span by itself. */
static void
test_sleep (void)
{
  g_autoptr (HsTimeline) timeline = open_program ("sleep");
  g_autoptr (GArray) spans =
               hs_timeline_new_spans (timeline, 0, hs_timeline_get_end (timeline), 400);

  g_assert_cmpuint (spans->len, ==, 10);
  for (guint i = 0; i < spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (spans, HsTimelineSpan, i);

      g_assert_cmpuint (span->n, ==, 1);
      g_assert_cmpuint (span->to_ns - span->from_ns, ==, i % 2 == 0 ? MS / 10 : 1000 * MS);
      g_assert_cmpuint (span->line, ==, i % 2 == 0 ? 3 : 4);
    }
}

static void
test_line_of_span (void)
{
  g_autoptr (HsTimeline) timeline = open_program ("saw");
  g_autoptr (GArray) one = hs_timeline_new_spans (timeline, 0, hs_timeline_get_end (timeline), 1);
  const HsTimelineSpan *span = &g_array_index (one, HsTimelineSpan, 0);

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (span->allocated_bytes, ==, 2000 * 640);
  g_assert_cmpuint (span->n_lines, ==, 1);
  g_assert_cmpuint (span->line, ==, 3);
  g_assert_cmpuint (span->line_bytes, ==, 1000 * 640);
}

static void
test_find (void)
{
  g_autoptr (HsTimeline) timeline = open_record (hs_test_program_make_known ());
  guint64            least;
  guint64            most;
  const HsRecordRss *last;

  g_assert_cmpuint (hs_timeline_get_end (timeline), ==, 3 * MS);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, 0), ==, 0);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, 1), ==, 1);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, MS), ==, 1);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, MS + 1), ==, 2);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, 3 * MS), ==, 3);
  g_assert_cmpuint (hs_timeline_find_sample (timeline, 3 * MS + 1), ==, 4);
  g_assert_false (hs_timeline_get_rss (timeline, 0, MS - 1, &least, &most, &last));
  g_assert_true (hs_timeline_get_rss (timeline, 2 * MS, 3 * MS, &least, &most, &last));
  g_assert_cmpuint (least, ==, 100000);
  g_assert_cmpuint (most, ==, 104000);
  g_assert_cmpuint (last->shmem, ==, 4000);
}

/* Growth */

static void
test_growth (void)
{
  g_autoptr (HsTimeline) timeline = open_record (hs_test_program_make_known ());
  gint64           growth[HS_N_MEMORIES];
  gint64           rss;
  g_autofree char *sentence = NULL;

  g_assert_false (hs_timeline_get_growth (timeline, 0, growth, &rss));
  g_assert_false (hs_timeline_get_growth (timeline, 1, growth, &rss));
  g_assert_true (hs_timeline_get_growth (timeline, 2, growth, &rss));
  g_assert_cmpint (rss, ==, 8000);
  g_assert_cmpint (growth[HS_MEMORY_OBJECTS], ==, 9000);
  g_assert_cmpint (growth[HS_MEMORY_UNEXPLAINED], ==, -1000);
  sentence = hs_timeline_dup_growth_sentence (timeline, 2);
  g_assert_cmpstr (sentence, ==,
                   "End: RSS +8" SPACE "000 B since the beginning: Objects +9" SPACE
                   "000 B, Unexplained −1" SPACE "000 B");
  g_assert_null (hs_timeline_dup_growth_sentence (timeline, 1));
}

static void
test_format_growth (void)
{
  static const struct
  {
    gint64      bytes;
    const char *text;
  } cases[] = {
    { 0, "0 B" },
    { 1, "+1 B" },
    { -96, "−96 B" },
    { 1572864, "+1.50 MiB" },
    { -1572864, "−1.50 MiB" },
    { G_MAXINT64, "+8.00 EiB" },
    { G_MININT64, "−8.00 EiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hs_timeline_format_growth (cases[i].bytes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_kinds (void)
{
  for (guint i = 0; i < HS_N_MEMORIES; i++)
    {
      g_assert_cmpuint (strlen (hs_memory_kind_get_name ((HsMemoryKind)i)), >, 3);
      g_assert_cmpuint (strlen (hs_memory_kind_describe ((HsMemoryKind)i)), >, 10);
    }
}

/* Words */

/* Up to what differs from run to run. */
static void
test_text (void)
{
  g_autoptr (HsTimeline) timeline = open_record (hs_test_program_make_known ());
  g_autofree char *text = hs_timeline_to_text (timeline);
  char            *times = strstr (text, "\nTimes, samples and RSS, which differ");

  g_assert_nonnull (times);
  g_assert_nonnull (strstr (times, "  Peak at 1.50 ms\n"));
  g_assert_nonnull (strstr (times, "  2.00 ms to 3.00 ms\n"));
  *times = '\0';
  g_assert_cmpstr (text, ==,
                   "Peak of live Python bytes: 10.7 KiB, reached in line 3 in work\n"
                   "Held at the peak: line 3 in work: 9.8 KiB, there before the code began: 1" SPACE
                   "000 B\n"
                   "Live at the end: 2" SPACE "000 B; allocated in all: 11.7 KiB\n"
                   "\n"
                   "Lines\n"
                   "  line 3 in work\n"
                   "    Held at the peak: 10" SPACE "000 B\n"
                   "    Allocated in all: 12" SPACE "000 B; blocks: 30\n"
                   "    Live at the end: 1" SPACE "000 B\n"
                   "    Most of it live at a time: 10" SPACE "000 B\n"
                   "  there before the code began\n"
                   "    Held at the peak: 1" SPACE "000 B\n"
                   "\n"
                   "Moments\n"
                   "  Beginning\n"
                   "    Live Python bytes: 1" SPACE "000 B; blocks: 0\n"
                   "    Peak up to then: 0 B; allocated: 0 B\n"
                   "  half\n"
                   "    In line 4\n"
                   "    Live Python bytes: 7" SPACE "000 B; blocks: 20\n"
                   "    Peak up to then: 11" SPACE "000 B; allocated: 12" SPACE "000 B\n"
                   "  End\n"
                   "    Live Python bytes: 2" SPACE "000 B; blocks: 5\n"
                   "    Peak up to then: 11" SPACE "000 B; allocated: 12" SPACE "000 B\n");
}

static void
test_peak_lines (void)
{
  HsTestRecord *record = hs_test_program_make_known ();

  /* Lines 10 to 19, of which each held more than the one before. */
  for (guint i = 0; i < 10; i++)
    {
      guint32 site =
        hs_test_record_add_site (record, "t.py", "<module>", 10 + i, HS_RECORD_SITE_OWN);

      hs_test_record_add_line (record, &(HsRecordLine) { .site = site,
                                                         .total_blocks = 1,
                                                         .at_peak_bytes = 100 * (i + 1) });
    }

  g_autoptr (HsTimeline) timeline = open_record (record);
  g_autofree char *lines = hs_timeline_dup_peak_lines (timeline, 2, TRUE);

  g_assert_cmpstr (lines, ==,
                   "line 3 in work: 9.8 KiB, line 19: 1" SPACE "000 B, 9 more lines: 4" SPACE
                   "500 B, there before the code began: 1" SPACE "000 B");
}

static void
test_left_out (void)
{
  g_autoptr (HsTimeline) full = open_program ("full");
  g_autoptr (HsTimeline) moments = open_program ("moments-alone");
  g_autofree char *left_out = hs_timeline_dup_left_out (full);

  g_assert_cmpstr (left_out, ==,
                   "Samples: 16" SPACE "384, each of about 40.0 ms or one allocation, with its "
                   "least and its most. There was no room for: bytes of lines (7). There was no "
                   "room for: moments (123" SPACE "456).");
  g_assert_null (hs_timeline_dup_left_out (moments));
}

/* A process that was killed, and one without a ledger, say so. */
static void
test_findings (void)
{
  HsTestRecord *record = hs_test_programs_find ("no-ledger")->make ();

  hs_test_record_get_header (record)->flags = 0;

  g_autoptr (HsTimeline) timeline = open_record (record);
  g_autofree char *findings = hs_timeline_dup_findings (timeline);

  g_assert_nonnull (strstr (findings, "were not recorded"));
  g_assert_nonnull (strstr (findings, "did not come to its end"));
}

static void
test_forged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_FORGED; i++)
    {
      g_autoptr (HsTimeline) timeline = open_record (hs_test_program_make_forged (random));
      g_autoptr (GArray) spans =
                   hs_timeline_new_spans (timeline, 0, hs_timeline_get_end (timeline), 400);
      g_autofree char *text = hs_timeline_to_text (timeline);
      g_autofree char *peak = hs_timeline_describe_peak (timeline);

      check_spans (timeline, spans, 400);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (g_utf8_validate (peak, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/all-programs", test_all_programs);
  g_test_add_func ("/timeline/sleep", test_sleep);
  g_test_add_func ("/timeline/line-of-span", test_line_of_span);
  g_test_add_func ("/timeline/find", test_find);
  g_test_add_func ("/timeline/growth", test_growth);
  g_test_add_func ("/timeline/format-growth", test_format_growth);
  g_test_add_func ("/timeline/kinds", test_kinds);
  g_test_add_func ("/timeline/text", test_text);
  g_test_add_func ("/timeline/peak-lines", test_peak_lines);
  g_test_add_func ("/timeline/left-out", test_left_out);
  g_test_add_func ("/timeline/findings", test_findings);
  g_test_add_func ("/timeline/forged", test_forged);

  return g_test_run ();
}
