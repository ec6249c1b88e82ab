/* test-graph-sizes.c - what the texts say of bytes besides those that are occupied
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hs-test-heap.h"

static char *
describe (HsHeap *heap,
          guint32 object)
{
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);

  return test_plain (hs_graph_describe_box (graph, hs_graph_find_object (graph, object)));
}

/* Requested bytes and lines are told apart by what is known of them. */
static void
test_sizes (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   foreign = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   old = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   own = test_heap_add (test, T_NODE, "");
  guint32   mapped = test_heap_add (test, T_DEQUE, "");
  guint32   none = test_heap_add (test, T_NONE, "None");
  guint32   line = hs_test_snapshot_add_site (test->snapshot, "/somewhere/test.py", "f", 12, 0, 0,
                                              0, 0);
  guint32   other = hs_test_snapshot_add_site (test->snapshot, "/usr/lib/heapq.py", "g", 7, 0, 0,
                                               0, 0);
  guint32   all[] = { list, foreign, old, own, mapped, none };
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;

  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 20000, 0);
  hs_test_snapshot_set_ledger (test->snapshot, list, 0, 56, line);
  hs_test_snapshot_set_ledger (test->snapshot, list, 1, 19992, line);
  hs_test_snapshot_set_getsizeof (test->snapshot, list, 20032);
  hs_test_snapshot_set_ledger (test->snapshot, foreign, 0, 56, other);
  hs_test_snapshot_set_flags (test->snapshot, old, HS_OBJECT_BASELINE);
  hs_test_snapshot_set_flags (test->snapshot, own, HS_OBJECT_OWN_SIZEOF);
  hs_test_snapshot_set_ledger (test->snapshot, own, 0, HS_BYTES_UNKNOWN, HS_SITE_NONE);
  hs_test_snapshot_add_block (test->snapshot, mapped, HS_BLOCK_MAPPING, 1 << 20,
                              HS_BLOCK_EXTERNAL);
  hs_test_snapshot_set_getsizeof (test->snapshot, none, 16);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    test_heap_name (test, (const char[]) { (char)('a' + (int)i), '\0' }, all[i]);
  heap = test_heap_finish (test);

  text = test_graph_text (heap, NULL);
  g_assert_cmpstr (
    text, ==,
    "Drawn: 6 objects, 20 480 B\n"
    "\n"
    "[1] module __main__, test.py\n"
    "    a → [2] list 0 items\n"
    "    b → [3] list 0 items\n"
    "    c → [4] list 0 items\n"
    "    d → [5] Node\n"
    "    e → [6] collections.deque\n"
    "    f → [7] None\n"
    "\n"
    "[2] list, 0 items, 20 064 B, referred to once\n"
    "    (Requested: 20 048 B, sys.getsizeof(): 20 032 B, Allocated: line 12)\n"
    "\n"
    "[3] list, 0 items, 64 B, referred to once\n"
    "    (Requested: 56 B, Allocated: line 7 of heapq.py)\n"
    "\n"
    "[4] list, 0 items, 64 B, referred to once\n"
    "    (Requested: 64 B, Allocated: before the code began)\n"
    "\n"
    "[5] Node, 48 B, referred to once\n"
    "    (sys.getsizeof(): not called, the class has its own __sizeof__())\n"
    "\n"
    "[6] collections.deque, 240 B, referred to once\n"
    "    (Requested: 240 B, Outside Python’s memory: 1 048 576 B)\n"
    "\n"
    "[7] None, static, no heap bytes, referred to once\n"
    "    (sys.getsizeof(): 16 B)\n");
}

static void
test_described (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   line = hs_test_snapshot_add_site (test->snapshot, "/somewhere/test.py", "f", 12, 0, 0,
                                              0, 0);
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;

  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 32, 0);
  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_DATA, 4096, HS_BLOCK_EXTERNAL);
  hs_test_snapshot_set_ledger (test->snapshot, list, 0, 56, line);
  hs_test_snapshot_set_ledger (test->snapshot, list, 1, 24, line);
  hs_test_snapshot_set_getsizeof (test->snapshot, list, 80);
  test_heap_name (test, "a", list);
  heap = test_heap_finish (test);

  text = describe (heap, list);
  g_assert_cmpstr (text, ==,
                   "Type: list, from module builtins\n"
                   "Length: 0 items\n"
                   "Occupied: 96 B\n"
                   "Blocks: object 64 B, items 32 B, external data 4 096 B\n"
                   "Requested: 80 B\n"
                   "sys.getsizeof(): 80 B\n"
                   "Outside Python’s memory: 4 096 B\n"
                   "Allocated: line 12\n"
                   "Reference count: 1\n"
                   "Garbage collector: not tracked\n"
                   "References to it: 1 (a)\n"
                   "References from it: 0");
}

/* The picture rounds, its text twin does not. */
static void
test_exact_bytes (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  for (guint i = 0; i < 20; i++)
    {
      guint32 number = test_heap_add (test, T_FLOAT, "");

      hs_test_snapshot_add_block (test->snapshot, number, HS_BLOCK_EXTRA, 12304 + i % 2 * 16, 0);
      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, number);
    }
  test_heap_name (test, "a", list);
  heap = test_heap_finish (test);

  text = test_graph_text (heap, NULL);
  g_assert_cmpstr (text, ==,
                   "Drawn: 21 objects, 246 944 B\n"
                   "\n"
                   "[1] module __main__, test.py\n"
                   "    a → [2] list 0 items\n"
                   "\n"
                   "[2] list, 0 items, 64 B, referred to once\n"
                   "    0 … 19 → [3] 20 × float, 12 336 B to 12 352 B each\n"
                   "\n"
                   "[3] 20 × float, 246 880 B, 12 336 B to 12 352 B each, referred to once each\n");

  graph = hs_graph_new (heap, NULL, NULL, NULL);
  name = test_plain (hs_graph_name_box (graph, 2));
  g_assert_cmpstr (name, ==,
                   "20 × float, 241 KiB, 12.0 KiB to 12.1 KiB each, referred to once each");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-sizes/sizes", test_sizes);
  g_test_add_func ("/graph-sizes/described", test_described);
  g_test_add_func ("/graph-sizes/exact-bytes", test_exact_bytes);

  return g_test_run ();
}
