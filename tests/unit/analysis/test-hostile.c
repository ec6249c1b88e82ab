/* test-hostile.c - results of a worker that are valid, and made to cost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-diff.h"
#include "hs-dominators.h"
#include "hs-history.h"
#include "hs-test-heap.h"
#include "hs-test-record.h"

/* Nothing here takes more than a second or two; the time that it may take is only there
 * for what would take hours.
 */
#define MOST_SECONDS 60

#define N_NAMES (1 << 15)

static HsHistory *
open_history (HsTestRecord *record,
              GError      **error)
{
  guint64 offset;
  guint64 size;
  g_autoptr(GBytes) result = hs_test_record_to_bytes (record, &offset, &size);

  return hs_history_new (result, offset, size, "t.py", error);
}

/* Every moment has the same name, which is as long as all texts may be. */
static void
test_record_texts (void)
{
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_strnfill (HS_RECORD_N_TEXTS_MAX - 2, 'x');
  guint32          name = hs_test_record_add_text (record, text);
  gsize            total = 0;

  for (guint i = 0; i < HS_RECORD_N_MOMENTS_MAX; i++)
    hs_test_record_add_moment (
      record, &(HsRecordMoment) { .kind = HS_MOMENT_COMMENT, .name = name, .line = i + 1 }, NULL);
  history = open_history (record, &error);
  g_assert_no_error (error);

  g_test_timer_start ();
  for (guint i = 0; i < HS_RECORD_N_MOMENTS_MAX && g_test_timer_elapsed () < MOST_SECONDS; i++)
    {
      g_autofree char *shown = hs_history_dup_moment_name (history, i);

      total += strlen (shown);
    }
  g_test_message ("%.2f s, %" G_GSIZE_FORMAT " MiB", g_test_timer_elapsed (), total >> 20);
  g_assert_cmpfloat (g_test_timer_last (), <, MOST_SECONDS);
  g_assert_cmpuint (total, <=, (gsize)1 << 30);
}

/* More rows than a worker writes: what goes through them for each of them would not end. */
static void
test_record_counts (void)
{
  const HsRecordMoment moment = { .kind = HS_MOMENT_MARK, .line = 1 };
  g_autoptr(HsTestRecord) record = hs_test_record_new ();
  g_autoptr(HsHistory) history = NULL;
  g_autoptr(HsHistory) none = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < HS_RECORD_N_MOMENTS_MAX; i++)
    hs_test_record_add_moment (record, &moment, NULL);
  history = open_history (record, &error);
  g_assert_no_error (error);
  g_assert_nonnull (history);

  hs_test_record_add_moment (record, &moment, NULL);
  none = open_history (record, &error);
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT);
  g_assert_null (none);
}

static HsHeap *
new_heap (HsTestSnapshot *snapshot)
{
  g_autoptr(GBytes) bytes = hs_test_snapshot_to_bytes (snapshot);
  g_autoptr(GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);

  return heap;
}

static gsize
get_rss (void)
{
  g_autofree char *text = NULL;
  gsize            pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);

  return pages * 4096;
}

/* Many names that are the same long text. */
static void
test_diff_names (void)
{
  g_autoptr(HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 object = hs_test_snapshot_add_object (snapshot, type, "", 64);
  guint32 scope =
    hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  g_autofree char *text = g_strnfill (1 << 16, 'x');
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsDiff) diff = NULL;
  g_autoptr(GError) error = NULL;
  gsize before;

  for (guint i = 0; i < N_NAMES; i++)
    hs_test_snapshot_add_name (snapshot, scope, text, object);
  heap = new_heap (snapshot);

  before = get_rss ();
  g_test_timer_start ();
  diff = hs_diff_new (heap, heap, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%.2f s, %u names, %" G_GSIZE_FORMAT " MiB", g_test_timer_elapsed (),
                  hs_diff_get_n_names (diff), (get_rss () - before) >> 20);
  g_assert_cmpfloat (g_test_timer_last (), <, MOST_SECONDS);
  g_assert_cmpuint (get_rss () - before, <, (gsize)512 << 20);
}

#define N_SPINE 200000

/* A long list both ends of which hold the same objects: on the way up from each of them
 * to what dominates it lies the whole list.
 */
static void
test_dominators_spine (void)
{
  g_autoptr(HsTestSnapshot) snapshot = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (snapshot, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 scope =
    hs_test_snapshot_add_scope (snapshot, "__main__", HS_SCOPE_MODULE, "t.py", 0);
  g_autoptr(HsHeap) heap = NULL;
  const HsDominators *tree;

  for (guint i = 0; i < 2 * N_SPINE; i++)
    hs_test_snapshot_add_object (snapshot, type, "", 64);
  for (guint i = 1; i < N_SPINE; i++)
    hs_test_snapshot_add_index (snapshot, i - 1, HS_EDGE_INDEX, 0, i);
  for (guint i = 0; i < N_SPINE; i++)
    {
      hs_test_snapshot_add_index (snapshot, 0, HS_EDGE_INDEX, i + 1, N_SPINE + i);
      hs_test_snapshot_add_index (snapshot, N_SPINE - 1, HS_EDGE_INDEX, i, N_SPINE + i);
    }
  hs_test_snapshot_add_name (snapshot, scope, "head", 0);
  heap = new_heap (snapshot);

  g_test_timer_start ();
  tree = hs_heap_get_dominators (heap);
  g_test_message ("%.2f s", g_test_timer_elapsed ());
  g_assert_cmpfloat (g_test_timer_last (), <, MOST_SECONDS);
  for (guint i = 1; i < 2 * N_SPINE; i++)
    g_assert_cmpuint (hs_dominators_get_parent (tree, i), ==, i < N_SPINE ? i - 1 : 0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hostile/record/texts", test_record_texts);
  g_test_add_func ("/hostile/record/counts", test_record_counts);
  g_test_add_func ("/hostile/diff/names", test_diff_names);
  g_test_add_func ("/hostile/dominators/spine", test_dominators_spine);

  return g_test_run ();
}
