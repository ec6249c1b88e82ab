/* test-record.c - the reader of records accepts what is right and nothing else
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-record-writer.h"
#include "hs-test-programs.h"
#include "hs-test-touch-record.h"

#define N_RANDOM_EDITS 20000
#define SNAPSHOT_SIZE  100
#define HUGE64         G_MAXUINT64

/* Of every part something: two moments, one with a snapshot, two mappings with three
 * samples.
 */
static HsTestRecord *
make_record (void)
{
  static const HsRecordPageRun runs[] = { { 0, 2, HS_PAGE_CACHED }, { 2, 2, HS_PAGE_STATES } };
  HsTestRecord                *self = hs_test_program_make_known ();
  g_autoptr (GBytes) snapshot = g_bytes_new_take (g_malloc0 (SNAPSHOT_SIZE), SNAPSHOT_SIZE);
  guint32 text = hs_test_record_add_text (self, "data.bin");

  hs_test_record_add_moment (
    self, &(HsRecordMoment) { .kind = HS_MOMENT_END, .time_ns = 4000000 }, snapshot);
  for (guint i = 0; i < 2; i++)
    hs_test_record_add_mapping (self, &(HsRecordMapping) { .bytes = 4 * 4096 - 1 + i,
                                                           .kind = i,
                                                           .page_size = 4096,
                                                           .file = text,
                                                           .type = text });
  for (guint i = 0; i < 3; i++)
    hs_test_record_add_page_sample (self,
                                    &(HsRecordPageSample) { .time_ns = i,
                                                            .mapping = i % 2,
                                                            .moment = i == 0 ? 3 : UINT32_MAX,
                                                            .bytes = 4 * 4096 - 1 },
                                    runs, i == 1 ? 0 : 2);

  return self;
}

static HsSnapshotStatus
read_record (HsTestRecord *record,
             HsRecordView *view)
{
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  gsize            result_size;
  const guint8    *data = g_bytes_get_data (bytes, &result_size);
  HsSnapshotStatus status = hs_record_view_init (view, data + offset, size, result_size);

  if (status == HS_SNAPSHOT_STATUS_OK)
    hs_test_touch_record (view, result_size);

  return status;
}

/* What is right */

static void
test_read (void)
{
  g_autoptr (HsTestRecord) record = make_record ();
  HsRecordView view;

  g_assert_cmpint (read_record (record, &view), ==, HS_SNAPSHOT_STATUS_OK);
  g_assert_cmpuint (view.n_samples, ==, 4);
  g_assert_cmpuint (view.n_rss, ==, 1);
  g_assert_cmpuint (view.n_sites, ==, 1);
  g_assert_cmpuint (view.n_lines, ==, 2);
  g_assert_cmpuint (view.n_moments, ==, 4);
  g_assert_cmpuint (view.n_mappings, ==, 2);
  g_assert_cmpuint (view.n_page_samples, ==, 3);
  g_assert_cmpuint (view.n_page_runs, ==, 4);
}

static void
test_programs (void)
{
  guint                n;
  const HsTestProgram *programs = hs_test_programs_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HsTestRecord) record = programs[i].make ();
      HsRecordView view;

      g_test_message ("%s", programs[i].name);
      g_assert_cmpint (read_record (record, &view), ==, HS_SNAPSHOT_STATUS_OK);
    }
}

/* As the worker fills it: valid after each row, and full at some time. */
static void
test_written (void)
{
  guint64            size = hs_record_get_max_size ();
  g_autofree guint8 *area = g_malloc0 (size + HS_RECORD_ALIGNMENT);
  gsize              rest = GPOINTER_TO_SIZE (area) % HS_RECORD_ALIGNMENT;
  HsRecordHeader    *header = (HsRecordHeader *)(gpointer)(area + (HS_RECORD_ALIGNMENT - rest));
  HsRecordView       view;
  guint32            text;

  g_assert_cmpuint (size, <=, 64 << 20);
  hs_record_init (header, 4096);
  g_assert_cmpint (hs_record_view_init (&view, header, size, 0), ==, HS_SNAPSHOT_STATUS_OK);
  text = hs_record_add_text (header, "loop");
  g_assert_cmpuint (hs_record_add_text (header, "loop"), ==, text);
  g_assert_cmpuint (hs_record_add_text (header, ""), ==, 0);
  for (guint i = 0; i < HS_RECORD_N_MOMENTS_MAX + 5; i++)
    {
      HsRecordMoment *row = hs_record_begin_row (header, HS_RECORD_MOMENTS);

      g_assert_true ((row != NULL) == (i < HS_RECORD_N_MOMENTS_MAX));
      if (row == NULL)
        continue;
      row->time_ns = i;
      row->name = text;
      hs_record_commit (header, HS_RECORD_MOMENTS);
    }
  g_assert_cmpint (hs_record_view_init (&view, header, size, 0), ==, HS_SNAPSHOT_STATUS_OK);
  hs_test_touch_record (&view, 0);
  g_assert_cmpuint (view.n_moments, ==, HS_RECORD_N_MOMENTS_MAX);
  g_assert_cmpuint (view.header.parts[HS_RECORD_MOMENTS].n_lost, ==, 5);
  g_assert_cmpstr (hs_record_view_get_text (&view, view.moments[7].name), ==, "loop");
}

static void
test_many_texts (void)
{
  guint64            size = hs_record_get_max_size ();
  g_autofree guint8 *area = g_malloc0 (size + HS_RECORD_ALIGNMENT);
  gsize              rest = GPOINTER_TO_SIZE (area) % HS_RECORD_ALIGNMENT;
  HsRecordHeader    *header = (HsRecordHeader *)(gpointer)(area + (HS_RECORD_ALIGNMENT - rest));
  HsRecordView       view;
  char               text[] = "a......b";

  hs_record_init (header, 4096);
  for (guint i = 0; i < HS_RECORD_N_TEXTS_MAX / 9 + 100; i++)
    {
      text[0] = (char)('a' + i % 26);
      hs_record_add_text (header, text);
    }
  g_assert_cmpuint (header->parts[HS_RECORD_TEXTS].n_lost, >, 0);
  g_assert_cmpint (hs_record_view_init (&view, header, size, 0), ==, HS_SNAPSHOT_STATUS_OK);
}

/* What is wrong: each edit by itself */

typedef struct
{
  const char *name;
  void (*edit) (HsTestRecord *record);
} Edit;

#define ROW(record, type, PART, i) ((type *)hs_test_record_get (record, HS_RECORD_##PART, i))

#define EDIT(edit_name, statement) \
  static void                      \
  edit_name (HsTestRecord *r)      \
  {                                \
    statement;                     \
  }

EDIT (sample_back, ROW (r, HsRecordSample, SAMPLES, 2)->time_ns = 5)
EDIT (sample_min, ROW (r, HsRecordSample, SAMPLES, 1)->live_min = HUGE64)
EDIT (sample_max, ROW (r, HsRecordSample, SAMPLES, 1)->live_max = 0)
EDIT (sample_end, ROW (r, HsRecordSample, SAMPLES, 2)->live_bytes = 12000)
EDIT (rss_min, ROW (r, HsRecordRss, RSS, 0)->rss_min = HUGE64)
EDIT (site_file, ROW (r, HsRecordSite, SITES, 0)->file = 10000)
EDIT (site_function, ROW (r, HsRecordSite, SITES, 0)->function = G_MAXUINT32)
EDIT (line_twice, ROW (r, HsRecordLine, LINES, 1)->site = HS_SITE_BASELINE)
EDIT (moment_kind, ROW (r, HsRecordMoment, MOMENTS, 1)->kind = HS_N_MOMENT_KINDS)
EDIT (moment_back, ROW (r, HsRecordMoment, MOMENTS, 2)->time_ns = 0)
EDIT (moment_name, ROW (r, HsRecordMoment, MOMENTS, 1)->name = 100000)
EDIT (moment_odd, ROW (r, HsRecordMoment, MOMENTS, 3)->snapshot_offset = 8)
EDIT (moment_offset, ROW (r, HsRecordMoment, MOMENTS, 3)->snapshot_offset = HUGE64 - 63)
EDIT (moment_size, ROW (r, HsRecordMoment, MOMENTS, 3)->snapshot_size = HUGE64)
EDIT (mapping_kind, ROW (r, HsRecordMapping, MAPPINGS, 0)->kind = HS_N_MAPPING_KINDS)
EDIT (mapping_page_0, ROW (r, HsRecordMapping, MAPPINGS, 0)->page_size = 0)
EDIT (mapping_page_odd, ROW (r, HsRecordMapping, MAPPINGS, 0)->page_size = 4097)
EDIT (mapping_page_small, ROW (r, HsRecordMapping, MAPPINGS, 0)->page_size = 2048)
EDIT (mapping_huge, ROW (r, HsRecordMapping, MAPPINGS, 0)->bytes = HUGE64)
EDIT (mapping_file, ROW (r, HsRecordMapping, MAPPINGS, 0)->file = 100000)
EDIT (mapping_system, ROW (r, HsRecordMapping, MAPPINGS, 1)->file_system = 100000)
EDIT (mapping_type, ROW (r, HsRecordMapping, MAPPINGS, 1)->type = 100000)
EDIT (pages_mapping, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->mapping = 2)
EDIT (pages_back, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->time_ns = 9)
EDIT (pages_moment, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->moment = 4)
EDIT (pages_huge, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->bytes = HUGE64)
EDIT (pages_short, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->bytes = 2 * 4096)
EDIT (pages_none, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 0)->bytes = 0)
EDIT (pages_first, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 2)->first_run = HUGE64)
EDIT (pages_runs, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 2)->n_runs = HUGE64)
EDIT (pages_shared, ROW (r, HsRecordPageSample, PAGE_SAMPLES, 2)->first_run = 0)
EDIT (run_empty, ROW (r, HsRecordPageRun, PAGE_RUNS, 0)->n_pages = 0)
EDIT (run_overlap, ROW (r, HsRecordPageRun, PAGE_RUNS, 1)->first_page = 1)
EDIT (run_long, ROW (r, HsRecordPageRun, PAGE_RUNS, 1)->n_pages = G_MAXUINT32)
EDIT (run_behind, ROW (r, HsRecordPageRun, PAGE_RUNS, 1)->first_page = G_MAXUINT32)
EDIT (run_state, ROW (r, HsRecordPageRun, PAGE_RUNS, 1)->state = HS_PAGE_STATES + 1)
EDIT (text_first, *ROW (r, char, TEXTS, 0) = 'x')
EDIT (text_last, hs_test_record_add (r, HS_RECORD_TEXTS, "x"))

#define ENTRY(edit_name)  \
  {                       \
#edit_name, edit_name \
  }

static const Edit edits[] = {
  ENTRY (sample_back),
  ENTRY (sample_min),
  ENTRY (sample_max),
  ENTRY (sample_end),
  ENTRY (rss_min),
  ENTRY (site_file),
  ENTRY (site_function),
  ENTRY (line_twice),
  ENTRY (moment_kind),
  ENTRY (moment_back),
  ENTRY (moment_name),
  ENTRY (moment_odd),
  ENTRY (moment_offset),
  ENTRY (moment_size),
  ENTRY (mapping_kind),
  ENTRY (mapping_page_0),
  ENTRY (mapping_page_odd),
  ENTRY (mapping_page_small),
  ENTRY (mapping_huge),
  ENTRY (mapping_file),
  ENTRY (mapping_system),
  ENTRY (mapping_type),
  ENTRY (pages_mapping),
  ENTRY (pages_back),
  ENTRY (pages_moment),
  ENTRY (pages_huge),
  ENTRY (pages_short),
  ENTRY (pages_none),
  ENTRY (pages_first),
  ENTRY (pages_runs),
  ENTRY (pages_shared),
  ENTRY (run_empty),
  ENTRY (run_overlap),
  ENTRY (run_long),
  ENTRY (run_behind),
  ENTRY (run_state),
  ENTRY (text_first),
  ENTRY (text_last),
};

static void
test_edit (gconstpointer data)
{
  const Edit *edit = data;
  g_autoptr (HsTestRecord) record = make_record ();
  HsRecordView view;

  edit->edit (record);
  g_assert_cmpint (read_record (record, &view), ==, HS_SNAPSHOT_STATUS_CORRUPT);
  g_assert_null (view.samples);
  g_assert_cmpuint (view.n_samples, ==, 0);
}

/* The header and its table */

typedef struct
{
  gsize            offset;
  gsize            width;
  guint64          value;
  HsSnapshotStatus status;
} HeadEdit;

#define IN_PART(part, member)                                          \
  (offsetof (HsRecordHeader, parts) + (part) * sizeof (HsRecordPart) + \
   offsetof (HsRecordPart, member))

static const HeadEdit head_edits[] = {
  { 0, 1, 'X', HS_SNAPSHOT_STATUS_BAD_MAGIC },
  { offsetof (HsRecordHeader, version), 4, HS_RECORD_VERSION + 1, HS_SNAPSHOT_STATUS_BAD_VERSION },
  { offsetof (HsRecordHeader, n_parts), 4, HS_RECORD_N_PARTS + 1, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_SAMPLES, id), 4, 1, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_RSS, element_size), 4, 8, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_SITES, offset), 8, 0, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_SITES, offset), 8, 1001, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_SITES, offset), 8, HUGE64 - 63, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_LINES, n), 8, 3, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_TEXTS, n), 8, 0, HS_SNAPSHOT_STATUS_CORRUPT },
  { IN_PART (HS_RECORD_TEXTS, n), 8, HUGE64, HS_SNAPSHOT_STATUS_CORRUPT },
};

static void
test_head (void)
{
  g_autoptr (HsTestRecord) record = make_record ();
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  gsize         result_size;
  const guint8 *data = g_bytes_get_data (bytes, &result_size);

  for (guint i = 0; i < G_N_ELEMENTS (head_edits); i++)
    {
      const HeadEdit    *edit = &head_edits[i];
      g_autofree guint8 *copy = g_memdup2 (data + offset, size);
      HsRecordView       view;

      memcpy (copy + edit->offset, &edit->value, edit->width);
      g_test_message ("%u", i);
      g_assert_cmpint (hs_record_view_init (&view, copy, size, result_size), ==, edit->status);
    }
}

/* Both that a number of rows is forged and that there is room for them. */
static void
test_capacity (void)
{
  g_autoptr (HsTestRecord) record = make_record ();
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  g_autofree guint8 *copy =
    g_memdup2 ((const guint8 *)g_bytes_get_data (bytes, NULL) + offset, size);
  HsRecordHeader *header = (HsRecordHeader *)(gpointer)copy;
  HsRecordView    view;

  for (guint part = 0; part < HS_RECORD_N_PARTS; part++)
    {
      HsRecordPart kept = header->parts[part];

      header->parts[part].n = header->parts[part].capacity = HUGE64;
      g_assert_cmpint (hs_record_view_init (&view, copy, size, size), ==,
                       HS_SNAPSHOT_STATUS_CORRUPT);
      header->parts[part].n = HUGE64 / header->parts[part].element_size + 2;
      g_assert_cmpint (hs_record_view_init (&view, copy, size, size), ==,
                       HS_SNAPSHOT_STATUS_CORRUPT);
      header->parts[part] = kept;
    }
  g_assert_cmpint (hs_record_view_init (&view, copy, size, size), ==, HS_SNAPSHOT_STATUS_OK);
}

static void
test_truncated (void)
{
  g_autoptr (HsTestRecord) record = make_record ();
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  const guint8 *data = (const guint8 *)g_bytes_get_data (bytes, NULL) + offset;

  for (guint64 n = 0; n < size; n++)
    {
      /* Of exactly that size: a read behind it is found by a sanitizer. */
      g_autofree guint8 *copy = n > 0 ? g_memdup2 (data, n) : g_malloc (1);
      HsRecordView       view;
      HsSnapshotStatus   status = hs_record_view_init (&view, copy, n, SNAPSHOT_SIZE);

      if (n < sizeof (HsRecordHeader))
        g_assert_cmpint (status, ==, HS_SNAPSHOT_STATUS_TRUNCATED);
      else if (status == HS_SNAPSHOT_STATUS_OK)
        hs_test_touch_record (&view, SNAPSHOT_SIZE);
    }
}

/* Without the result, moments must have no snapshots. */
static void
test_no_result (void)
{
  g_autoptr (HsTestRecord) with = make_record ();
  g_autoptr (HsTestRecord) without = hs_test_program_make_known ();
  HsTestRecord *records[] = { with, without };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      guint64 offset;
      guint64 size;
      g_autoptr (GBytes) bytes = hs_test_record_to_bytes (records[i], &offset, &size);
      const guint8 *data = g_bytes_get_data (bytes, NULL);
      HsRecordView  view;

      g_assert_cmpint (hs_record_view_init (&view, data + offset, size, 0), ==,
                       i == 0 ? HS_SNAPSHOT_STATUS_CORRUPT : HS_SNAPSHOT_STATUS_OK);
    }
}

static void
test_random_edits (void)
{
  g_autoptr (HsTestRecord) record = make_record ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint64 offset;
  guint64 size;
  g_autoptr (GBytes) bytes = hs_test_record_to_bytes (record, &offset, &size);
  const guint8 *data = (const guint8 *)g_bytes_get_data (bytes, NULL) + offset;
  guint         n_accepted = 0;

  for (guint i = 0; i < N_RANDOM_EDITS; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      HsRecordView       view;

      for (gint32 k = g_rand_int_range (random, 1, 4); k > 0; k--)
        copy[g_rand_int_range (random, 0, (gint32)size)] ^=
          (guint8)g_rand_int_range (random, 1, 256);
      if (hs_record_view_init (&view, copy, size, SNAPSHOT_SIZE) == HS_SNAPSHOT_STATUS_OK)
        {
          hs_test_touch_record (&view, SNAPSHOT_SIZE);
          n_accepted++;
        }
    }
  g_assert_cmpuint (n_accepted, >, 0);
  g_assert_cmpuint (n_accepted, <, N_RANDOM_EDITS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/read", test_read);
  g_test_add_func ("/record/programs", test_programs);
  g_test_add_func ("/record/written", test_written);
  g_test_add_func ("/record/many-texts", test_many_texts);
  g_test_add_func ("/record/head", test_head);
  g_test_add_func ("/record/capacity", test_capacity);
  g_test_add_func ("/record/truncated", test_truncated);
  g_test_add_func ("/record/no-result", test_no_result);
  g_test_add_func ("/record/random-edits", test_random_edits);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/record/hostile/", edits[i].name, NULL);

      g_test_add_data_func (path, &edits[i], test_edit);
    }

  return g_test_run ();
}
