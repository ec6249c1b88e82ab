/* test-graph.c - boxes, options, search and descriptions of a graph
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-test-heap.h"

/* node and slotted share a list of neighbours; everything has a name or two. */
static HsHeap *
make_nodes (void)
{
  TestHeap *test = test_heap_new ();
  guint32   north = test_heap_add (test, T_STR, "'north'");
  guint32   list = test_heap_add_sequence (test, T_LIST, north, HS_NO_OBJECT);
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   slotted = test_heap_add (test, T_NODE, "");
  guint32 class = test_heap_add (test, T_CLASS, "Node");
  guint32 table = test_heap_add (test, T_DICT, "");
  guint32 frame;

  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 16, 0);
  hs_test_snapshot_add_block (test->snapshot, class, HS_BLOCK_SHARED_KEYS, 768, HS_BLOCK_SHARED);
  hs_test_snapshot_set_flags (test->snapshot, north, HS_OBJECT_INTERNED_MORTAL);
  hs_test_snapshot_set_length (test->snapshot, north, 5);
  hs_test_snapshot_set_refcount (test->snapshot, north, 3);
  hs_test_snapshot_set_flags (test->snapshot, list, HS_OBJECT_GC_TRACKED);
  hs_test_snapshot_set_flags (test->snapshot, node, HS_OBJECT_GC_TRACKED | HS_OBJECT_INSTANCE);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "neighbours", list);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_CLASS, "__class__", class);
  hs_test_snapshot_add_edge (test->snapshot, slotted, HS_EDGE_SLOT, "neighbours", list);
  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__dict__", table);
  hs_test_snapshot_add_item (test->snapshot, table, north, slotted);
  test_heap_name (test, "node", node);
  test_heap_name (test, "table", table);
  test_heap_name (test, "Node", class);
  frame = hs_test_snapshot_add_scope (test->snapshot, "walk", HS_SCOPE_FRAME, "/there/test.py", 3);
  hs_test_snapshot_add_name (test->snapshot, frame, "here", node);

  return test_heap_finish (test);
}

/* @text with its numbers, as the tooltip says it. */
static void
check_description (HsGraph    *graph,
                   guint       box,
                   const char *expected)
{
  g_autofree char *text = test_plain (hs_graph_describe_box (graph, box));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_autoptr(HsHeap) heap = make_nodes ();
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);

  check_description (graph, hs_graph_find_object (graph, 0),
                     "Type: str, from module builtins\n"
                     "Value: 'north'\n"
                     "Length: 5 characters\n"
                     "Occupied: 64 B\n"
                     "Reference count: 3\n"
                     "Interned: yes, until nothing refers to it\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 2 (node.neighbours[0], table (key 'north'))\n"
                     "References from it: 0");

  check_description (graph, hs_graph_find_object (graph, 1),
                     "Type: list, from module builtins\n"
                     "Length: 1 item\n"
                     "Occupied: 80 B\n"
                     "Blocks: object 64 B, items 16 B\n"
                     "With everything it leads to: 144 B\n"
                     "Reference count: 2\n"
                     "Garbage collector: tracked\n"
                     "References to it: 2 (node.neighbours, table['north'].neighbours)\n"
                     "References from it: 1");

  check_description (graph, hs_graph_find_object (graph, 2),
                     "Type: Node, from module __main__\n"
                     "Occupied: 48 B\n"
                     "With everything it leads to: 192 B\n"
                     "Reference count: 2\n"
                     "Garbage collector: tracked\n"
                     "References to it: 2 (node, here in walk)\n"
                     "References from it: 2\n"
                     "Not drawn: the reference to its class, named in the title");

  check_description (graph, hs_graph_find_object (graph, 4),
                     "Type: type, from module builtins\n"
                     "Value: Node\n"
                     "Occupied: 960 B\n"
                     "Blocks: object 960 B, key table shared by the instances 768 B"
                     " (shared, not counted here)\n"
                     "Retained: 1 728 B\n"
                     "Reference count: 2\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 2 (Node, node.__class__)\n"
                     "References from it: 1\n"
                     "Folded: 1 reference is not shown");

  check_description (graph, 0,
                     "Module: __main__\n"
                     "File: /somewhere/test.py\n"
                     "Names: 3");

  check_description (graph, 1,
                     "Function that is running: walk\n"
                     "File: /there/test.py\n"
                     "Line: 3\n"
                     "Names: 1");
}

static void
test_describe_special (void)
{
  TestHeap *test = test_heap_new ();
  guint32   none = test_heap_add (test, T_NONE, "None");
  guint32   yes = test_heap_add (test, T_BOOL, "True");
  guint32   module = test_heap_add (test, T_MODULE, "sys");
  guint32   text = test_heap_add (test, T_STR, "'aaa'");
  guint32   deque = test_heap_add (test, T_DEQUE, "");
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;

  hs_test_snapshot_set_flags (test->snapshot, none, HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL);
  hs_test_snapshot_set_flags (test->snapshot, module, HS_OBJECT_BOUNDARY);
  hs_test_snapshot_set_refcount (test->snapshot, module, HS_REFCOUNT_MAX - 1);
  hs_test_snapshot_set_flags (test->snapshot, text, HS_OBJECT_PREVIEW_CUT);
  hs_test_snapshot_set_length (test->snapshot, text, 4096);
  hs_test_snapshot_set_flags (test->snapshot, deque,
                              HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE);
  for (guint i = 0; i < 10; i++)
    hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, text);
  hs_test_snapshot_set_refcount (test->snapshot, yes, 999999999);
  test_heap_name (test, "none", none);
  test_heap_name (test, "yes", yes);
  test_heap_name (test, "sys", module);
  test_heap_name (test, "deque", deque);
  test_heap_name (test, "list", list);
  heap = test_heap_finish (test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);

  check_description (graph, hs_graph_find_object (graph, none),
                     "Type: NoneType, from module builtins\n"
                     "Value: None\n"
                     "Occupied: static, inside the interpreter, no heap bytes\n"
                     "Reference count: immortal (not counted)\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 1 (none)\n"
                     "References from it: 0");

  check_description (graph, hs_graph_find_object (graph, yes),
                     "Type: bool, from module builtins\n"
                     "Value: True\n"
                     "Occupied: static, inside the interpreter, no heap bytes\n"
                     "Reference count: without meaning (static)\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 1 (yes)\n"
                     "References from it: 0");

  check_description (graph, hs_graph_find_object (graph, module),
                     "Type: module, from module builtins\n"
                     "Value: sys\n"
                     "Occupied: 80 B\n"
                     "Reference count: 4 294 967 294\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 1 (sys)\n"
                     "References from it: not followed, it belongs to the interpreter"
                     " or a library");

  check_description (graph, hs_graph_find_object (graph, text),
                     "Type: str, from module builtins\n"
                     "Value: 'aaa'\n"
                     "The value is longer than what is shown\n"
                     "Length: 4 096 characters\n"
                     "Occupied: 64 B\n"
                     "Reference count: 10\n"
                     "Interned: no\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 10 (list[0], list[1], list[2], list[3], list[4], list[5],"
                     " list[6], list[7] and 2 more)\n"
                     "References from it: 0");

  check_description (graph, hs_graph_find_object (graph, deque),
                     "Type: deque, from module collections\n"
                     "Occupied: at least 240 B\n"
                     "The type may own memory that is not measured\n"
                     "Reference count: 1\n"
                     "Garbage collector: not tracked\n"
                     "References to it: 1 (deque)\n"
                     "References from it: 0\n"
                     "The type may hold references that are not known");
}

static HsHeap *
make_numbers (guint n)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *preview = g_strdup_printf ("%u.5", i);

      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i,
                                  test_heap_add (test, T_FLOAT, preview));
    }
  hs_test_snapshot_set_length (test->snapshot, list, n);
  test_heap_name (test, "numbers", list);

  return test_heap_finish (test);
}

static void
test_group (void)
{
  g_autoptr(HsHeap) heap = make_numbers (1000);
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);
  const HsGraphBox *group = hs_graph_get_box (graph, 2);
  g_autofree char  *name = test_plain (hs_graph_name_box (graph, 2));

  g_assert_cmpint (group->kind, ==, HS_BOX_GROUP);
  g_assert_cmpuint (group->n_members, ==, 1000);
  g_assert_cmpuint (group->bytes, ==, 32000);
  g_assert_cmpuint (hs_graph_get_n_left_out (graph), ==, 0);
  g_assert_cmpuint (hs_graph_find_object (graph, 1), ==, 2);
  g_assert_cmpuint (hs_graph_find_object (graph, 1000), ==, 2);
  g_assert_cmpstr (name, ==, "1 000 × float, 31.3 KiB, 32 B each, referred to once each");
  check_description (graph, 2,
                     "Group: 1 000 objects\n"
                     "Type: float\n"
                     "Values: 0.5 … 999.5\n"
                     "Occupied: 32 000 B, 32 B each\n"
                     "References to it: one to each, from numbers\n"
                     "References from it: none");
}

/* A short list is never put into groups: its values are to be seen. */
static void
test_no_group (void)
{
  g_autoptr(HsHeap) heap = make_numbers (12);
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);

  g_assert_cmpuint (hs_graph_get_n_boxes (graph), ==, 14);
  g_assert_cmpuint (hs_graph_get_box (graph, 1)->n_rows, ==, 12);
}

static void
open_page (HsGraph       **graph,
           HsGraphOptions *options,
           guint64         key)
{
  HsHeap  *heap = hs_graph_get_heap (*graph);
  HsGraph *next;

  hs_graph_options_open_group (options, key);
  next = hs_graph_new (heap, options, NULL, NULL);
  hs_graph_unref (*graph);
  *graph = next;
}

/* An opened group is shown page by page; all is counted at any time. */
static void
test_pages (void)
{
  static const guint n_opened[] = { 10, 20, 120, 220 };
  g_autoptr(HsHeap) heap = make_numbers (1000);
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  guint64 key = hs_graph_get_box (graph, 2)->key;

  for (guint page = 0; page < G_N_ELEMENTS (n_opened); page++)
    {
      const HsGraphBox *list;
      const HsGraphBox *group;
      const HsGraphRow *row;

      open_page (&graph, options, key);
      list = hs_graph_get_box (graph, 1);
      g_assert_cmpuint (list->n_rows, ==, n_opened[page] + 1);
      row = hs_graph_get_row (graph, list->first_row + n_opened[page] - 2);
      g_assert_cmpuint (row->n_references, ==, 1000 - n_opened[page]);
      group = hs_graph_get_box (graph, row->target);
      g_assert_cmpint (group->kind, ==, HS_BOX_GROUP);
      g_assert_cmpuint (group->key, ==, key);
      g_assert_cmpuint (group->n_members, ==, 1000 - n_opened[page]);
      g_assert_cmpuint (group->n_opened, ==, n_opened[page]);
      g_assert_cmpuint (hs_graph_get_n_left_out (graph), ==, 0);
      g_assert_cmpuint (hs_graph_find_object (graph, 500), ==, row->target);
    }

  hs_graph_options_close_group (options, key);
  g_clear_pointer (&graph, hs_graph_unref);
  graph = hs_graph_new (heap, options, NULL, NULL);
  g_assert_cmpuint (hs_graph_get_box (graph, 1)->n_rows, ==, 1);
}

/* Names are shortened, too, but later. */
static void
test_many_names (void)
{
  TestHeap *test = test_heap_new ();
  guint32   none = test_heap_add (test, T_NONE, "None");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  const HsGraphBox *scope;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("name_%u", i);

      test_heap_name (test, name, none);
    }
  heap = test_heap_finish (test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);
  scope = hs_graph_get_box (graph, 0);

  g_assert_cmpuint (scope->n_rows, ==, 47);
  g_assert_cmpuint (hs_graph_get_row (graph, scope->first_row + 44)->n_hidden, ==, 154);
  g_assert_cmpstr (hs_graph_get_row (graph, scope->first_row + 46)->label, ==, "name_199");
}

static void
test_search (void)
{
  g_autoptr(HsHeap) heap = make_nodes ();
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);
  guint list = hs_graph_find_object (graph, 1);
  guint north = hs_graph_find_object (graph, 0);
  guint n = hs_graph_get_n_boxes (graph);

  /* By type, by value in another case, by a row, by a name that leads to it. */
  g_assert_cmpuint (hs_graph_search (graph, "list", HS_GRAPH_NONE, FALSE), ==, list);
  g_assert_cmpuint (hs_graph_search (graph, "'NORTH'", list, FALSE), ==, north);
  g_assert_cmpuint (hs_graph_search (graph, "ighbour", HS_GRAPH_NONE, FALSE), ==,
                    hs_graph_find_object (graph, 2));
  g_assert_cmpuint (hs_graph_search (graph, "here", 1, FALSE), ==, hs_graph_find_object (graph, 2));

  /* Wraps around, in both directions, to itself if there is no other. */
  g_assert_cmpuint (hs_graph_search (graph, "list", list, FALSE), ==, list);
  g_assert_cmpuint (hs_graph_search (graph, "module", HS_GRAPH_NONE, TRUE), ==, 0);
  g_assert_cmpuint (hs_graph_search (graph, "frame", n - 1, FALSE), ==, 1);

  g_assert_cmpuint (hs_graph_search (graph, "nothing like it", 0, FALSE), ==, HS_GRAPH_NONE);
  g_assert_cmpuint (hs_graph_search (graph, "", HS_GRAPH_NONE, FALSE), ==, HS_GRAPH_NONE);
  g_assert_cmpuint (hs_graph_search (graph, "\xff", HS_GRAPH_NONE, FALSE), ==, HS_GRAPH_NONE);
}

static void
test_options_copy (void)
{
  static const char *const focus[] = { "table", NULL };
  g_autoptr(HsHeap) heap = make_nodes ();
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(HsGraphOptions) copy = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  hs_graph_options_set_focus (options, focus);
  hs_graph_options_set_values_in_rows (options, TRUE);
  hs_graph_options_set_folded (options, 3, TRUE);
  hs_graph_options_set_max_boxes (options, 3);
  hs_graph_options_show_more (options, 5, 3);
  copy = hs_graph_options_copy (options);
  before = test_graph_text (heap, options);

  /* The copy does not follow. */
  hs_graph_options_set_focus (options, NULL);
  hs_graph_options_set_folded (options, 3, FALSE);
  hs_graph_options_set_max_boxes (options, 100);
  after = test_graph_text (heap, copy);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (hs_graph_options_get_values_in_rows (copy));

  g_clear_pointer (&after, g_free);
  after = test_graph_text (heap, options);
  g_assert_cmpstr (after, !=, before);
}

static void
test_cancelled (void)
{
  g_autoptr(HsHeap) heap = make_nodes ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hs_graph_new (heap, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
check_invariants (HsGraph *graph)
{
  const HsSnapshotView *view = hs_heap_get_view (hs_graph_get_heap (graph));
  guint                 n_boxes = hs_graph_get_n_boxes (graph);
  guint                 n_rows = 0;
  guint64               n_represented = 0;
  g_autoptr(GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *text = hs_graph_to_text (graph);

  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (guint i = 0; i < n_boxes; i++)
    {
      const HsGraphBox *box = hs_graph_get_box (graph, i);
      g_autofree char  *name = hs_graph_name_box (graph, i);
      g_autofree char  *description = hs_graph_describe_box (graph, i);

      g_assert_nonnull (box->title);
      g_assert_cmpstr (name, !=, "");
      g_assert_null (strchr (name, '\n'));
      g_assert_cmpstr (description, !=, "");
      g_assert_true (g_hash_table_add (keys, (gpointer)&box->key));

      /* The rows of the boxes stand behind each other. */
      g_assert_cmpuint (box->first_row, ==, n_rows);
      n_rows += box->n_rows;

      if (box->kind == HS_BOX_OBJECT)
        g_assert_cmpuint (hs_graph_find_object (graph, box->object), ==, i);
      if (box->kind == HS_BOX_GROUP && box->is_mixed)
        g_assert_cmpuint (box->n_rows, ==, 0);

      for (guint r = box->first_row; r < n_rows; r++)
        {
          const HsGraphRow *row = hs_graph_get_row (graph, r);

          g_assert_nonnull (row->label);
          if (row->kind == HS_ROW_MORE)
            g_assert_cmpuint (row->n_hidden, >, 1);
          else if (row->target == HS_GRAPH_NONE)
            g_assert_true (row->value != NULL || box->is_incomplete);
          else
            g_assert_cmpuint (row->target, <, n_boxes);
        }
    }

  for (uint32_t object = 0; object < view->n_objects; object++)
    n_represented += hs_graph_find_object (graph, object) != HS_GRAPH_NONE;
  g_assert_cmpuint (n_represented + hs_graph_get_n_left_out (graph), <=, view->n_objects);
}

/* Any heap, however tangled, gives a graph that holds together, and twice the
 * same.
 */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (round);
      TestHeap *test = test_heap_new ();
      guint     n_objects = (guint)g_rand_int_range (rand, 1, 200);
      guint     n_edges = (guint)g_rand_int_range (rand, 0, 600);
      g_autoptr(HsHeap) heap = NULL;
      g_autoptr(HsGraph) graph = NULL;
      g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      for (guint i = 0; i < n_objects; i++)
        {
          TestType type = (TestType)g_rand_int_range (rand, 0, N_TYPES);
          guint32  object = test_heap_add (test, type, i % 3 ? "" : "x");
          guint32  flags = (guint32)g_rand_int_range (rand, 0, 1 << 11);

          hs_test_snapshot_set_flags (test->snapshot, object, flags);
        }
      for (guint i = 0; i < n_edges; i++)
        {
          guint      n_from = round % 2 ? n_objects : 1 + n_objects / 10;
          guint32    from = (guint32)g_rand_int_range (rand, 0, (gint32)n_from);
          guint32    to = (guint32)g_rand_int_range (rand, 0, (gint32)n_objects);
          HsEdgeKind kind = (HsEdgeKind)g_rand_int_range (rand, 0, HS_N_EDGE_KINDS);

          if (hs_edge_kind_has_position ((uint8_t)kind))
            hs_test_snapshot_add_index (test->snapshot, from, kind, i, to);
          else
            hs_test_snapshot_add_edge (test->snapshot, from, kind, "label", to);
        }
      for (guint i = 0; i < n_objects / 10 + 1; i++)
        test_heap_name (test, "name", (guint32)g_rand_int_range (rand, 0, (gint32)n_objects));

      hs_graph_options_set_values_in_rows (options, round % 3 == 0);
      hs_graph_options_set_max_boxes (options, round % 4 == 0 ? 20 : 2000);
      hs_graph_options_set_highlight (options, (HsGraphHighlight)(round % 7 % 3),
                                      (guint32)g_rand_int_range (rand, 0, (gint32)n_objects + 9));
      if (round % 6 == 0)
        hs_graph_options_set_center (options, (guint32)g_rand_int_range (rand, 0,
                                                                         (gint32)n_objects + 9));
      for (guint i = 0; i < 10; i++)
        hs_graph_options_set_folded (options, i, round % 5 == 0);

      heap = test_heap_finish (test);
      graph = hs_graph_new (heap, options, NULL, NULL);
      check_invariants (graph);
      first = hs_graph_to_text (graph);
      second = test_graph_text (heap, options);
      first = test_plain (g_steal_pointer (&first));
      g_assert_cmpstr (first, ==, second);
    }
}

/* A chain, a wide list and one object to which all refer: nothing here may
 * take more than linear time, or the test does not end.
 */
static void
test_large (void)
{
  TestHeap *test = test_heap_new ();
  guint32   wide = test_heap_add (test, T_LIST, "");
  guint32   hub = test_heap_add (test, T_LIST, "");
  guint32   last = hub;
  guint     n = 300000;
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint32 link = test_heap_add (test, T_LIST, "");

      /* The builder counts those that are not given, edge by edge. */
      hs_test_snapshot_set_refcount (test->snapshot, link, 3);
      hs_test_snapshot_add_index (test->snapshot, link, HS_EDGE_INDEX, 0, last);
      hs_test_snapshot_add_index (test->snapshot, link, HS_EDGE_INDEX, 1, hub);
      hs_test_snapshot_add_index (test->snapshot, wide, HS_EDGE_INDEX, i, link);
      hs_test_snapshot_add_index (test->snapshot, hub, HS_EDGE_INDEX, i, link);
      last = link;
    }
  test_heap_name (test, "wide", wide);
  test_heap_name (test, "chain", last);
  heap = test_heap_finish (test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);
  check_invariants (graph);
  g_assert_cmpuint (hs_graph_get_n_boxes (graph), ==, 2000);
  g_assert_cmpuint (hs_heap_get_deep (heap, last), ==, (guint64)(n + 1) * 64);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph/describe", test_describe);
  g_test_add_func ("/graph/describe-special", test_describe_special);
  g_test_add_func ("/graph/group", test_group);
  g_test_add_func ("/graph/no-group", test_no_group);
  g_test_add_func ("/graph/pages", test_pages);
  g_test_add_func ("/graph/many-names", test_many_names);
  g_test_add_func ("/graph/search", test_search);
  g_test_add_func ("/graph/options-copy", test_options_copy);
  g_test_add_func ("/graph/cancelled", test_cancelled);
  g_test_add_func ("/graph/random", test_random);
  g_test_add_func ("/graph/large", test_large);

  return g_test_run ();
}
