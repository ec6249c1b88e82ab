/* test-diff.c - two heaps compared
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-diff.h"
#include "hs-test-heap.h"

static HsDiff *
compare (HsHeap  *before,
         HsHeap  *after,
         gboolean is_one_process)
{
  g_autoptr(GError) error = NULL;
  HsDiff *diff = hs_diff_new_of (before, after, is_one_process, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (diff);

  return diff;
}

/* The difference holds them. */
static void
unref_both (HsHeap **heaps)
{
  hs_heap_unref (heaps[0]);
  hs_heap_unref (heaps[1]);
}

static guint32
add_at (TestHeap   *test,
        TestType    type,
        const char *preview,
        guint64     address)
{
  guint32 object = test_heap_add (test, type, preview);

  hs_test_snapshot_set_address (test->snapshot, object, address);

  return object;
}

static const HsDiffName *
find_name (HsDiff     *diff,
           const char *name)
{
  for (guint i = 0; i < hs_diff_get_n_names (diff); i++)
    if (strcmp (hs_diff_get_name (diff, i)->name, name) == 0)
      return hs_diff_get_name (diff, i);

  return NULL;
}

static const HsDiffType *
find_type (HsDiff     *diff,
           const char *name)
{
  for (guint i = 0; i < hs_diff_get_n_types (diff); i++)
    if (strcmp (hs_diff_get_type (diff, i)->name, name) == 0)
      return hs_diff_get_type (diff, i);

  return NULL;
}

/* Before: a list of two strings; after: of one of them and a new one. */
static HsHeap *
new_list (gboolean is_after)
{
  TestHeap *test = test_heap_new ();
  guint32   list = add_at (test, T_LIST, "", 0x10000);
  guint32   kept = add_at (test, T_STR, "'kept'", 0x20000);
  guint32   other = is_after ? add_at (test, T_STR, "'new'", 0x30000)
                             : add_at (test, T_STR, "'old'", 0x40000);

  hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 0, kept);
  hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 1, other);
  test_heap_name (test, "items", list);
  test_heap_name (test, is_after ? "fresh" : "stale", other);
  if (is_after)
    {
      /* Of the same address and type, but another value. */
      guint32 number = add_at (test, T_INT, "2", 0x50000);

      hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 64, 0);
      test_heap_name (test, "number", number);
    }
  else
    test_heap_name (test, "number", add_at (test, T_INT, "1", 0x50000));

  return test_heap_finish (test);
}

static void
test_states (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(HsHeap) after = new_list (TRUE);
  g_autoptr(HsDiff) diff = compare (before, after, TRUE);
  const HsDiffSum  *sum = hs_diff_get_sum (diff);
  const HsDiffType *strings = find_type (diff, "str");

  g_assert_true (hs_diff_is_matched (diff));
  g_assert_cmpint (hs_diff_get_state (diff, 0), ==, HS_DIFF_GREW);
  g_assert_cmpint (hs_diff_get_state (diff, 1), ==, HS_DIFF_STAYED);
  g_assert_cmpint (hs_diff_get_state (diff, 2), ==, HS_DIFF_APPEARED);
  g_assert_cmpint (hs_diff_get_state (diff, 3), ==, HS_DIFF_APPEARED);
  g_assert_cmpuint (hs_diff_get_former (diff, 1), ==, 1);
  g_assert_cmpuint (hs_diff_get_former (diff, 2), ==, HS_NO_OBJECT);
  g_assert_cmpuint (hs_diff_get_later (diff, 2), ==, HS_NO_OBJECT);
  g_assert_cmpuint (sum->n[HS_DIFF_APPEARED], ==, 2);
  g_assert_cmpuint (sum->n[HS_DIFF_GONE], ==, 2);
  g_assert_cmpuint (sum->n[HS_DIFF_GREW], ==, 1);
  g_assert_cmpuint (sum->n[HS_DIFF_STAYED], ==, 1);
  g_assert_cmpuint (sum->n_before + sum->n[HS_DIFF_APPEARED] - sum->n[HS_DIFF_GONE], ==,
                    sum->n_after);
  g_assert_cmpuint (sum->bytes_after - sum->bytes_before, ==, 64);
  g_assert_cmpuint (strings->sum.n_before, ==, 2);
  g_assert_cmpuint (strings->sum.n[HS_DIFF_APPEARED], ==, 1);
  g_assert_cmpuint (strings->sum.n[HS_DIFF_GONE], ==, 1);
  /* Most growth first. */
  g_assert_cmpstr (hs_diff_get_type (diff, 0)->name, ==, "list");
}

static void
test_names (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(HsHeap) after = new_list (TRUE);
  g_autoptr(HsDiff) diff = compare (before, after, TRUE);

  g_assert_cmpuint (hs_diff_get_n_names (diff), ==, 4);
  g_assert_true (hs_diff_has_deep_names (diff));
  g_assert_cmpint (find_name (diff, "items")->state, ==, HS_DIFF_GREW);
  g_assert_cmpint (find_name (diff, "fresh")->state, ==, HS_DIFF_APPEARED);
  g_assert_cmpint (find_name (diff, "stale")->state, ==, HS_DIFF_GONE);
  g_assert_cmpint (find_name (diff, "number")->state, ==, HS_DIFF_CHANGED);
  g_assert_true (find_name (diff, "number")->is_other);
  g_assert_cmpuint (find_name (diff, "items")->bytes_after -
                      find_name (diff, "items")->bytes_before,
                    ==, 64);
}

static void
test_changed (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsDiff) diff = NULL;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap *test = test_heap_new ();
      guint32   list = add_at (test, T_LIST, "", 0x10000);
      guint32   one = add_at (test, T_STR, "'one'", 0x20000);
      guint32   two = add_at (test, T_STR, "'two'", 0x30000);

      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 0, i == 0 ? one : two);
      test_heap_name (test, "list", list);
      test_heap_name (test, "one", one);
      test_heap_name (test, "two", two);
      heaps[i] = test_heap_finish (test);
    }
  diff = compare (heaps[0], heaps[1], TRUE);
  unref_both (heaps);
  g_assert_cmpint (hs_diff_get_state (diff, 0), ==, HS_DIFF_CHANGED);
  g_assert_cmpint (hs_diff_get_state (diff, 1), ==, HS_DIFF_STAYED);
  g_assert_cmpint (find_name (diff, "list")->state, ==, HS_DIFF_CHANGED);
  g_assert_false (find_name (diff, "list")->is_other);
}

/* The memory of a tuple that another one has taken. */
static void
test_tuples (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsDiff) diff = NULL;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap *test = test_heap_new ();
      guint32   outer = add_at (test, T_TUPLE, "", 0x10000);
      guint32   inner = add_at (test, T_TUPLE, "", 0x20000);
      guint32   same = add_at (test, T_TUPLE, "", 0x30000);
      guint32   one = add_at (test, T_STR, "'one'", 0x40000);
      guint32   two = add_at (test, T_STR, "'two'", 0x50000);

      hs_test_snapshot_add_index (test->snapshot, outer, HS_EDGE_INDEX, 0, inner);
      hs_test_snapshot_add_index (test->snapshot, inner, HS_EDGE_INDEX, 0, i == 0 ? one : two);
      hs_test_snapshot_add_index (test->snapshot, same, HS_EDGE_INDEX, 0, one);
      test_heap_name (test, "outer", outer);
      test_heap_name (test, "same", same);
      heaps[i] = test_heap_finish (test);
    }
  diff = compare (heaps[0], heaps[1], TRUE);
  unref_both (heaps);
  g_assert_cmpint (hs_diff_get_state (diff, 0), ==, HS_DIFF_APPEARED);
  g_assert_cmpint (hs_diff_get_state (diff, 1), ==, HS_DIFF_APPEARED);
  g_assert_cmpint (hs_diff_get_state (diff, 2), ==, HS_DIFF_STAYED);
  g_assert_cmpuint (hs_diff_get_sum (diff)->n[HS_DIFF_GONE], ==, 2);
}

/* Different processes: sums and names only. */
static void
test_processes (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(HsHeap) after = new_list (TRUE);
  g_autoptr(HsDiff) diff = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  /* Without a history nothing says that they are of one process. */
  diff = hs_diff_new (before, after, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (hs_diff_is_matched (diff));
  g_assert_cmpuint (hs_diff_get_sum (diff)->n[HS_DIFF_APPEARED], ==, 0);
  g_assert_cmpuint (hs_diff_get_sum (diff)->bytes_after - hs_diff_get_sum (diff)->bytes_before,
                    ==, 64);
  g_assert_cmpint (find_name (diff, "fresh")->state, ==, HS_DIFF_APPEARED);
  g_assert_cmpint (find_name (diff, "number")->state, ==, HS_DIFF_STAYED);
  g_assert_cmpuint (hs_diff_get_former (diff, 0), ==, HS_NO_OBJECT);
  text = hs_diff_to_text (diff);
  g_assert_nonnull (strstr (text, "different processes"));
}

static void
test_text (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(HsHeap) after = new_list (TRUE);
  g_autoptr(HsDiff) diff = compare (before, after, TRUE);
  g_autofree char *text = test_plain (hs_diff_to_text (diff));

  g_assert_nonnull (strstr (text, "Together: objects 4 → 4 (0), bytes "));
  g_assert_nonnull (strstr (text, "  2 new, "));
  g_assert_nonnull (strstr (text, "  2 gone, "));
  g_assert_nonnull (strstr (text, "1 object as before"));
  g_assert_nonnull (strstr (text, "__main__.fresh (str): new, "));
  g_assert_nonnull (strstr (text, "__main__.number (int): refers to another object, "));
  g_assert_nonnull (strstr (text, "as if it had stayed or changed"));
}

static void
test_lines (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsDiff) diff = NULL;
  const HsDiffLine *line;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap       *test = test_heap_new ();
      HsTestSnapshot *snapshot = test->snapshot;
      guint32         same = add_at (test, T_LIST, "", 0x10000);
      guint32         reused = add_at (test, T_LIST, "", 0x20000);
      guint32         site[2];

      hs_test_snapshot_add_site (snapshot, "", "", 0, 0, 0, 0, 0);
      for (guint s = 0; s < 2; s++)
        site[s] = hs_test_snapshot_add_site (snapshot, "/tmp/t.py", "f", 5 + s, 0, 0, 0, 0);
      hs_test_snapshot_set_ledger (snapshot, same, 0, 56, site[0]);
      hs_test_snapshot_set_ledger (snapshot, reused, 0, 56, site[i]);
      hs_test_snapshot_get_info (snapshot)->flags |= HS_INFO_LEDGER | HS_INFO_LEDGER_LINES;
      test_heap_name (test, "same", same);
      test_heap_name (test, "reused", reused);
      heaps[i] = test_heap_finish (test);
    }
  diff = compare (heaps[0], heaps[1], TRUE);
  unref_both (heaps);

  /* Another line allocated it: it is another object at a used address. */
  g_assert_cmpint (hs_diff_get_state (diff, 0), ==, HS_DIFF_STAYED);
  g_assert_cmpint (hs_diff_get_state (diff, 1), ==, HS_DIFF_APPEARED);
  g_assert_cmpuint (hs_diff_get_n_lines (diff), ==, 2);
  line = hs_diff_get_line (diff, 0);
  g_assert_cmpuint (line->line, ==, 6);
  g_assert_cmpuint (line->sum.n[HS_DIFF_APPEARED], ==, 1);
  line = hs_diff_get_line (diff, 1);
  g_assert_cmpuint (line->line, ==, 5);
  g_assert_cmpuint (line->sum.n[HS_DIFF_GONE], ==, 1);
}

/* Many objects of which it is known what becomes of them. */
static void
test_random (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (round);
      g_autoptr(HsHeap) before = NULL;
      g_autoptr(HsHeap) after = NULL;
      g_autoptr(HsDiff) diff = NULL;
      g_autoptr(GArray) expected = g_array_new (FALSE, FALSE, sizeof (int));
      TestHeap *left = test_heap_new ();
      TestHeap *right = test_heap_new ();
      guint     n_gone = 0;

      for (guint i = 0; i < 2000; i++)
        {
          guint64 address = 0x100000 + (guint64)i * 64;
          guint   fate = (guint)g_rand_int_range (rand, 0, 5);
          guint32 object;
          int     state = HS_DIFF_STAYED;

          if (fate != 0)
            add_at (left, T_LIST, "", address);
          if (fate == 1)
            {
              n_gone++;
              continue;
            }
          object = add_at (right, fate == 2 ? T_SET : T_LIST, "", address);
          if (fate == 3)
            {
              hs_test_snapshot_add_block (right->snapshot, object, HS_BLOCK_ITEMS, 16, 0);
              state = HS_DIFF_GREW;
            }
          if (fate == 0 || fate == 2)
            state = HS_DIFF_APPEARED;
          if (fate == 2)
            n_gone++;
          g_array_append_val (expected, state);
        }
      before = test_heap_finish (left);
      after = test_heap_finish (right);
      diff = compare (before, after, TRUE);
      for (guint32 i = 0; i < expected->len; i++)
        g_assert_cmpint (hs_diff_get_state (diff, i), ==, g_array_index (expected, int, i));
      g_assert_cmpuint (hs_diff_get_sum (diff)->n[HS_DIFF_GONE], ==, n_gone);
    }
}

/* Each object is matched once at most, however many claim one address. */
static void
test_duplicates (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsDiff) diff = NULL;
  guint n_matched = 0;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap *test = test_heap_new ();

      for (guint j = 0; j < 1000 + 500 * i; j++)
        add_at (test, j % 3 == 0 ? T_LIST : T_SET, "", 0x10000);
      heaps[i] = test_heap_finish (test);
    }
  diff = compare (heaps[0], heaps[1], TRUE);
  unref_both (heaps);
  for (guint32 i = 0; i < 1500; i++)
    {
      guint32 former = hs_diff_get_former (diff, i);

      if (former == HS_NO_OBJECT)
        continue;
      n_matched++;
      g_assert_cmpuint (hs_diff_get_later (diff, former), ==, i);
    }
  g_assert_cmpuint (n_matched, ==, 1000);
}

static void
test_enormous (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsDiff) diff = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap *test = test_heap_new ();

      for (guint j = 0; j < 4; j++)
        {
          guint32 object = add_at (test, T_LIST, "", 0x10000 + 0x100 * (guint64)j);

          hs_test_snapshot_add_block (test->snapshot, object, HS_BLOCK_ITEMS,
                                      i == 0 ? (guint64)1 << 62 : 64, 0);
        }
      heaps[i] = test_heap_finish (test);
    }
  diff = compare (heaps[0], heaps[1], TRUE);
  unref_both (heaps);
  g_assert_cmpuint (hs_diff_get_sum (diff)->bytes_before, ==, (guint64)G_MAXINT64);
  text = hs_diff_to_text (diff);
  g_assert_nonnull (text);
}

static HsGraph *
new_graph (HsHeap *before,
           HsHeap *after)
{
  g_autoptr(HsDiff) diff = compare (before, after, TRUE);
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(GError) error = NULL;
  HsGraph *graph;

  hs_graph_options_set_diff (options, diff);
  graph = hs_graph_new (after, options, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (graph);

  return graph;
}

static const HsGraphBox *
find_ghost (HsGraph *graph)
{
  for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
    if (hs_graph_get_box (graph, i)->is_ghost)
      return hs_graph_get_box (graph, i);

  return NULL;
}

static void
test_ghosts (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(HsHeap) after = new_list (TRUE);
  g_autoptr(HsGraph) graph = new_graph (before, after);
  g_autofree char *text = test_plain (hs_graph_to_text (graph));

  /* Whoever refers to a ghost, it is there once. */
  g_assert_nonnull (strstr (text, "stale → [5] str 'old' (gone)"));
  g_assert_nonnull (strstr (text, "    1 → [5] str 'old' (gone)"));
  g_assert_nonnull (strstr (text, "[5] str 'old', 64 B, freed\n"));
  g_assert_nonnull (strstr (text, "str 'new', 64 B, referred to 2 times, new")
                      ?: strstr (text, "str 'new', 64 B, new"));
  g_assert_null (strstr (text, "not drawn"));
  g_assert_cmpuint (find_ghost (graph)->place, ==, 0x40000);
}

/* Many of one type are one ghost, with what only they led to. */
static void
test_ghost_groups (void)
{
  HsHeap *heaps[2];
  g_autoptr(HsGraph) graph = NULL;
  g_autofree char  *name = NULL;
  const HsGraphBox *ghost;

  for (guint i = 0; i < 2; i++)
    {
      TestHeap *test = test_heap_new ();
      guint32   list = add_at (test, T_LIST, "", 0x10000);

      for (guint j = 0; i == 0 && j < 1000; j++)
        {
          guint32 tuple = add_at (test, T_TUPLE, "", 0x100000 + 0x100 * (guint64)j);
          guint32 number = add_at (test, T_FLOAT, "1.5", 0x100080 + 0x100 * (guint64)j);

          hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, j, tuple);
          hs_test_snapshot_add_index (test->snapshot, tuple, HS_EDGE_INDEX, 0, number);
        }
      test_heap_name (test, "list", list);
      heaps[i] = test_heap_finish (test);
    }
  graph = new_graph (heaps[0], heaps[1]);
  unref_both (heaps);

  g_assert_cmpuint (hs_graph_get_n_boxes (graph), ==, 3);
  g_assert_cmpuint (hs_graph_get_n_gone_left_out (graph), ==, 0);
  ghost = find_ghost (graph);
  g_assert_cmpuint (ghost->n_members, ==, 1000);
  g_assert_cmpuint (ghost->n_inside, ==, 1000);
  g_assert_cmpuint (ghost->bytes, ==, 64000);
  g_assert_cmpuint (ghost->inside_bytes, ==, 32000);
  name = test_plain (hs_graph_name_box (graph, 2));
  g_assert_cmpstr (name, ==, "1 000 × tuple, 62.5 KiB, with 1 000 objects inside, 31.3 KiB, freed");
}

/* Ghosts of heaps in which everything claims one address, or refers to itself. */
static void
test_odd_ghosts (void)
{
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (round);
      HsHeap *heaps[2];
      g_autoptr(HsGraph) graph = NULL;
      g_autofree char *text = NULL;

      for (guint i = 0; i < 2; i++)
        {
          TestHeap *test = test_heap_new ();

          for (guint j = 0; j < 200; j++)
            add_at (test, j % 2 == 0 ? T_LIST : T_DICT, "",
                    0x10000 + 0x100 * (guint64)g_rand_int_range (rand, 0, round < 15 ? 3 : 300));
          for (guint j = 0; j < 600; j++)
            hs_test_snapshot_add_index (test->snapshot, (guint32)g_rand_int_range (rand, 0, 200),
                                        HS_EDGE_INDEX, j, (guint32)g_rand_int_range (rand, 0, 200));
          for (guint j = 0; j < 5; j++)
            {
              g_autofree char *name = g_strdup_printf ("name%u", j);

              test_heap_name (test, name, (guint32)g_rand_int_range (rand, 0, 200));
            }
          heaps[i] = test_heap_finish (test);
        }
      graph = new_graph (heaps[0], heaps[1]);
      unref_both (heaps);
      text = hs_graph_to_text (graph);
      g_assert_nonnull (text);
      for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
        {
          g_autofree char *facts = hs_graph_describe_box (graph, i);

          g_assert_nonnull (facts);
        }
    }
}

static void
test_cancelled (void)
{
  g_autoptr(HsHeap) before = new_list (FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_diff_new_of (before, before, TRUE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff/states", test_states);
  g_test_add_func ("/diff/names", test_names);
  g_test_add_func ("/diff/changed", test_changed);
  g_test_add_func ("/diff/tuples", test_tuples);
  g_test_add_func ("/diff/processes", test_processes);
  g_test_add_func ("/diff/text", test_text);
  g_test_add_func ("/diff/lines", test_lines);
  g_test_add_func ("/diff/random", test_random);
  g_test_add_func ("/diff/duplicates", test_duplicates);
  g_test_add_func ("/diff/enormous", test_enormous);
  g_test_add_func ("/diff/ghosts", test_ghosts);
  g_test_add_func ("/diff/ghost-groups", test_ghost_groups);
  g_test_add_func ("/diff/odd-ghosts", test_odd_ghosts);
  g_test_add_func ("/diff/cancelled", test_cancelled);

  return g_test_run ();
}
