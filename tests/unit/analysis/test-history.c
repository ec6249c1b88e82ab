/* test-history.c - moments, their heaps and names, bytes by line
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hs-history.h"
#include "hs-line-bytes.h"
#include "hs-test-heap.h"
#include "hs-test-record.h"

static HsHistory *
open_history (HsTestRecord *record)
{
  g_autoptr(GError) error = NULL;
  guint64 offset;
  guint64 size;
  g_autoptr(GBytes) result = hs_test_record_to_bytes (record, &offset, &size);
  HsHistory *history = hs_history_new (result, offset, size, "t.py", &error);

  g_assert_no_error (error);
  g_assert_nonnull (history);

  return history;
}

static void
expect_name (HsHistory  *history,
             guint       moment,
             const char *expected)
{
  g_autofree char *name = hs_history_dup_moment_name (history, moment);

  g_assert_cmpstr (name, ==, expected);
}

static GBytes *
new_snapshot (const char *name)
{
  TestHeap       *test = test_heap_new ();
  HsTestSnapshot *snapshot = test->snapshot;
  guint32         type = hs_test_snapshot_add_type (snapshot, "builtins", "int", HS_FAMILY_NUMBER);
  guint32         object = hs_test_snapshot_add_object (snapshot, type, "1", 32);
  guint32         scope =
    hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  GBytes *bytes;

  hs_test_snapshot_add_name (snapshot, scope, name, object);
  bytes = hs_test_snapshot_to_bytes (snapshot);
  test_heap_free (test);

  return bytes;
}

static void
test_moments (void)
{
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  g_autoptr(GBytes) first = new_snapshot ("one");
  g_autoptr(GBytes) last = new_snapshot ("two");
  const HsRecordMoment often = {
    .kind = HS_MOMENT_MARK, .flags = HS_MOMENT_LAST, .line = 8, .count = 100, .n_reached = 5000
  };
  guint32 name = hs_test_record_add_text (record, "loop");
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsHeap) empty = NULL;
  g_autoptr(GError) error = NULL;

  hs_test_record_add_moment (record, &(HsRecordMoment) { .kind = HS_MOMENT_BEGIN }, NULL);
  hs_test_record_add_moment (
    record, &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .line = 3, .name = name, .count = 1 },
    first);
  hs_test_record_add_moment (
    record, &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .line = 3, .name = name, .count = 2 },
    NULL);
  hs_test_record_add_moment (
    record, &(HsRecordMoment) { .kind = HS_MOMENT_MARK, .line = 7, .count = 1 }, NULL);
  hs_test_record_add_moment (record, &often, NULL);
  hs_test_record_add_moment (record, &(HsRecordMoment) { .kind = HS_MOMENT_END, .count = 1 }, last);
  history = open_history (record);

  g_assert_cmpuint (hs_history_get_n_moments (history), ==, 6);
  g_assert_cmpuint (hs_history_get_last (history), ==, 5);
  g_assert_false (hs_history_has_heap (history, 0));
  g_assert_true (hs_history_has_heap (history, 1));
  g_assert_false (hs_history_has_heap (history, 2));
  expect_name (history, 0, "Beginning");
  expect_name (history, 1, "loop, no. 1");
  expect_name (history, 2, "loop, no. 2");
  expect_name (history, 3, "Line 7");
  expect_name (history, 4, "Line 8, no. 100 of 5\u202f000");
  expect_name (history, 5, "End");

  heap = hs_history_open_heap (history, 1, &error);
  g_assert_no_error (error);
  g_assert_true (hs_heap_get_history (heap) == history);
  g_assert_cmpuint (hs_heap_get_moment (heap), ==, 1);
  g_assert_cmpuint (hs_heap_get_view (heap)->n_names, ==, 1);

  empty = hs_history_open_heap (history, HS_NO_MOMENT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hs_heap_get_view (empty)->n_objects, ==, 0);
  g_assert_true (hs_heap_get_history (empty) == history);
  g_assert_cmpuint (hs_heap_get_moment (empty), ==, HS_NO_MOMENT);
}

/* What the code left may be anything. */
static void
test_damage (void)
{
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  g_autoptr(GBytes) junk = g_bytes_new_static ("0123456701234567", 16);
  g_autoptr(GBytes) result = NULL;
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(GError) error = NULL;
  guint64 offset;
  guint64 size;

  hs_test_record_add_moment (record, &(HsRecordMoment) { .kind = HS_MOMENT_END }, junk);
  result = hs_test_record_to_bytes (record, &offset, &size);

  g_assert_null (hs_history_new (result, offset + 64, size - 64, NULL, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (hs_history_new (result, offset, size + 1, NULL, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (hs_history_new (result, G_MAXUINT64 - 8, 64, NULL, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT);
  g_clear_error (&error);

  history = hs_history_new (result, offset, size, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (hs_history_open_heap (history, 0, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_NOT_A_SNAPSHOT);
}

static void
test_lines (void)
{
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  guint32 own = hs_test_record_add_site (record, "t.py", "f", 9, HS_RECORD_SITE_OWN);
  guint32 library = hs_test_record_add_site (record, "lib.py", "g", 9, 0);
  guint32 again = hs_test_record_add_site (record, "t.py", "h", 9, HS_RECORD_SITE_OWN);
  guint32 earlier = hs_test_record_add_site (record, "t.py", "f", 2, HS_RECORD_SITE_OWN);
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(GArray) lines = NULL;
  const HsLineBytes *line;

  hs_test_record_add_line (record, &(HsRecordLine) { HS_SITE_BASELINE, 0, 9, 9, 9, 9, 9, 9 });
  hs_test_record_add_line (record, &(HsRecordLine) { own, 0, 1000, 10, 600, 6, 700, 650 });
  hs_test_record_add_line (record, &(HsRecordLine) { library, 0, 5000, 1, 0, 0, 5000, 0 });
  hs_test_record_add_line (record,
                           &(HsRecordLine) { again, 0, G_MAXUINT64, 2, 50, 1, 60, G_MAXUINT64 });
  hs_test_record_add_line (record, &(HsRecordLine) { earlier, 0, 64, 1, 64, 1, 64, 64 });
  history = open_history (record);
  lines = hs_history_new_lines (history);

  g_assert_cmpuint (lines->len, ==, 2);
  line = &g_array_index (lines, HsLineBytes, 0);
  g_assert_cmpuint (line->line, ==, 2);
  g_assert_cmpuint (line->live_bytes, ==, 64);
  line = &g_array_index (lines, HsLineBytes, 1);
  g_assert_cmpuint (line->line, ==, 9);
  g_assert_cmpuint (line->total_bytes, ==, G_MAXUINT64);
  g_assert_cmpuint (line->total_blocks, ==, 12);
  g_assert_cmpuint (line->live_bytes, ==, 650);
  g_assert_cmpuint (line->peak_bytes, ==, 700);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/moments", test_moments);
  g_test_add_func ("/history/damage", test_damage);
  g_test_add_func ("/history/lines", test_lines);

  return g_test_run ();
}
