/* test-alive.c - why objects are alive
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-alive.h"
#include "hs-test-heap.h"

static void
check_text (HsHeap     *heap,
            guint32     object,
            const char *expected)
{
  g_autoptr(HsAlivePath) path = hs_alive_path_new (heap, object);
  g_autofree char *text = NULL;

  g_assert_nonnull (path);
  text = test_plain (hs_alive_path_dup_text (path));
  g_assert_cmpstr (text, ==, expected);
}

static void
check_facts (HsHeap     *heap,
             guint32     object,
             const char *expected)
{
  g_auto(GStrv) facts = hs_alive_dup_facts (heap, object);
  g_autofree char *text = g_strjoinv ("\n", facts);

  g_assert_cmpstr (text, ==, expected);
}

/* points = [Node (item), …]; Node.also is item's, too; table = {'key': list} */
static void
test_small (void)
{
  TestHeap *test = test_heap_new ();
  guint32   item = test_heap_add (test, T_STR, "'item'");
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   shared = test_heap_add (test, T_FLOAT, "0.5");
  guint32   points = test_heap_add_sequence (test, T_LIST, shared, node, HS_NO_OBJECT);
  guint32   key = test_heap_add (test, T_STR, "'key'");
  guint32   inner = test_heap_add_sequence (test, T_LIST, shared, HS_NO_OBJECT);
  guint32   table = test_heap_add (test, T_DICT, "");
  guint32   twice = test_heap_add_sequence (test, T_LIST, item, HS_NO_OBJECT);
  guint32   constant = test_heap_add (test, T_STR, "'constant'");
  guint32   yes = test_heap_add (test, T_BOOL, "True");
  guint32   lost = test_heap_add (test, T_INT, "1001");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsAlivePath) path = NULL;
  const HsAliveStep *steps;
  guint              n;

  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "a", item);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "b", twice);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "c", yes);
  hs_test_snapshot_add_item (test->snapshot, table, key, inner);
  hs_test_snapshot_add_index (test->snapshot, inner, HS_EDGE_INDEX, 1, constant);
  hs_test_snapshot_set_refcount (test->snapshot, constant, 3);
  test_heap_name (test, "points", points);
  test_heap_name (test, "table", table);
  test_heap_name (test, "again", table);
  heap = test_heap_finish (test);

  check_text (heap, points, "points → list");
  check_text (heap, node, "points → [1] → Node");
  check_text (heap, item, "points → [1] → .a → str");
  check_text (heap, key, "table → (key 'key') → str");
  check_text (heap, constant, "table → ['key'] → [1] → str");
  g_assert_null (hs_alive_path_new (heap, lost));

  path = hs_alive_path_new (heap, item);
  steps = hs_alive_path_get_steps (path, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (hs_alive_path_get_name (path), ==, 0);
  g_assert_cmpuint (steps[0].object, ==, node);
  g_assert_cmpuint (steps[1].object, ==, item);
  g_assert_cmpuint (hs_heap_get_view (heap)->edge_target[steps[1].edge], ==, item);

  check_facts (heap, points, "It is held by nothing else than points.");
  check_facts (heap, table, "");
  check_facts (heap, node, "It is held by nothing else than points[1].");
  check_facts (heap, item, "It goes with points[1]: every way to it leads through that.");
  check_facts (heap, shared, "No single object holds it: several do.");
  check_facts (heap, constant,
               "It is also held from outside the snapshot, by 2 references.");
  check_facts (heap, yes, "It never goes: the interpreter keeps it.");
  check_facts (heap, lost, "No name leads to it.");
}

/* The shortest way, not the first; the middle of a long one is counted. */
static void
test_long (void)
{
  TestHeap *test = test_heap_new ();
  guint32   last = test_heap_add (test, T_INT, "1");
  guint32   next = last;
  guint32   far;
  g_autoptr(HsHeap) heap = NULL;

  for (guint i = 0; i < 1002; i++)
    next = test_heap_add_sequence (test, T_LIST, next, HS_NO_OBJECT);
  test_heap_name (test, "deep", next);
  far = test_heap_add (test, T_STR, "'far'");
  hs_test_snapshot_add_index (test->snapshot, last, HS_EDGE_INDEX, 7, far);
  next = test_heap_add_sequence (test, T_LIST, far, HS_NO_OBJECT);
  next = test_heap_add_sequence (test, T_TUPLE, next, HS_NO_OBJECT);
  test_heap_name (test, "near", next);
  heap = test_heap_finish (test);

  check_text (heap, last,
              "deep → [0] → [0] → [0] → [0] → [0] → (992 more steps) → [0] → [0] → [0] → [0] → "
              "[0] → int");
  check_text (heap, far, "near → [0] → [0] → str");
}

/* Cycles, objects that refer to themselves, none at all, what no name leads to. */
static void
test_odd (void)
{
  TestHeap *test = test_heap_new ();
  guint32   a = test_heap_add (test, T_LIST, "");
  guint32   b = test_heap_add_sequence (test, T_LIST, a, HS_NO_OBJECT);
  guint32   behind = test_heap_add (test, T_STR, "'behind'");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsHeap) empty = test_heap_finish (test_heap_new ());

  hs_test_snapshot_add_index (test->snapshot, a, HS_EDGE_INDEX, 0, a);
  hs_test_snapshot_add_index (test->snapshot, a, HS_EDGE_INDEX, 1, b);
  hs_test_snapshot_set_flags (test->snapshot, behind, HS_OBJECT_UNREACHED);
  hs_test_snapshot_get_info (test->snapshot)->n_reached = 2;
  test_heap_name (test, "a", a);
  heap = test_heap_finish (test);

  check_text (heap, b, "a → [1] → list");
  check_text (heap, a, "a → list");
  g_assert_null (hs_alive_path_new (heap, behind));
  check_facts (heap, behind, "No name leads to it.");
  g_assert_cmpuint (hs_heap_get_view (empty)->n_objects, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alive/small", test_small);
  g_test_add_func ("/alive/long", test_long);
  g_test_add_func ("/alive/odd", test_odd);

  return g_test_run ();
}
