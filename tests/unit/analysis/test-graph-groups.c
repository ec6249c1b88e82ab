/* test-graph-groups.c - groups, what is highlighted, neighbourhoods, marks
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-test-heap.h"

#define N_POINTS 1000

/* points: a list of nodes, each with a number of its own, a list for all of them, and
 * every second with one of two words.
 */
typedef struct
{
  TestHeap *test;
  guint32   list;
  guint32   shared;
  guint32   points[N_POINTS];
  guint32   numbers[N_POINTS];
} Points;

static void
points_init (Points *self,
             guint   n)
{
  guint32 words[2];

  self->test = test_heap_new ();
  self->list = test_heap_add_sequence (self->test, T_LIST, HS_NO_OBJECT);
  self->shared = test_heap_add_sequence (self->test, T_LIST, HS_NO_OBJECT);
  words[0] = test_heap_add (self->test, T_STR, "'even'");
  words[1] = test_heap_add (self->test, T_STR, "'odd'");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *preview = g_strdup_printf ("%u.5", i);
      guint32          point = test_heap_add (self->test, T_NODE, "");
      guint32          number = test_heap_add (self->test, T_FLOAT, preview);

      hs_test_snapshot_add_edge (self->test->snapshot, point, HS_EDGE_ATTRIBUTE, "x", number);
      hs_test_snapshot_add_edge (self->test->snapshot, point, HS_EDGE_ATTRIBUTE, "word",
                                 words[i % 2]);
      hs_test_snapshot_add_edge (self->test->snapshot, point, HS_EDGE_ATTRIBUTE, "all",
                                 self->shared);
      hs_test_snapshot_add_index (self->test->snapshot, self->list, HS_EDGE_INDEX, i, point);
      self->points[i] = point;
      self->numbers[i] = number;
    }
  hs_test_snapshot_set_length (self->test->snapshot, self->list, n);
  test_heap_name (self->test, "points", self->list);
}

/* Frees @test. */
static void
check (TestHeap       *test,
       HsGraphOptions *options,
       const char     *expected)
{
  g_autoptr(HsHeap) heap = test_heap_finish (test);
  g_autofree char *text = test_graph_text (heap, options);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_instances (void)
{
  Points points;

  points_init (&points, N_POINTS);
  check (points.test, NULL,
         "Drawn: 2 004 objects, 80 256 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    points → [2] list 1 000 items\n"
         "\n"
         "[2] list, 1 000 items, 64 B, referred to once\n"
         "    0 … 999 → [3] 1 000 × Node, 48 B each\n"
         "\n"
         "[3] 1 000 × Node, 48 000 B, 48 B each, with 1 002 objects inside,"
         " 32 128 B, referred to once each\n"
         "    x → 1 000 × float\n"
         "    word → 2 × str, shared\n"
         "    all → [4] list 0 items (from each)\n"
         "\n"
         "[4] list, 0 items, 64 B, referred to 1 000 times (shared)\n");
}

/* A few are to be seen one by one. */
static void
test_few (void)
{
  Points few;
  Points enough;
  g_autoptr(HsHeap) few_heap = NULL;
  g_autoptr(HsHeap) enough_heap = NULL;
  g_autoptr(HsGraph) few_graph = NULL;
  g_autoptr(HsGraph) enough_graph = NULL;

  points_init (&few, 9);
  few_heap = test_heap_finish (few.test);
  few_graph = hs_graph_new (few_heap, NULL, NULL, NULL);
  g_assert_cmpuint (hs_graph_get_box (few_graph, 1)->n_rows, ==, 9);

  points_init (&enough, 10);
  enough_heap = test_heap_finish (enough.test);
  enough_graph = hs_graph_new (enough_heap, NULL, NULL, NULL);
  g_assert_cmpuint (hs_graph_get_box (enough_graph, 1)->n_rows, ==, 1);
}

static void
test_fields (void)
{
  Points points;
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  const HsGraphBox *group;
  guint             box;

  points_init (&points, N_POINTS);
  hs_test_snapshot_add_block (points.test->snapshot, points.points[7], HS_BLOCK_VALUES, 16, 0);
  heap = test_heap_finish (points.test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);
  box = hs_graph_find_object (graph, points.points[3]);
  group = hs_graph_get_box (graph, box);

  g_assert_cmpint (group->kind, ==, HS_BOX_GROUP);
  g_assert_cmpuint (group->n_members, ==, N_POINTS);
  g_assert_cmpuint (group->bytes, ==, N_POINTS * 48 + 16);
  g_assert_cmpuint (group->bytes_each_min, ==, 48);
  g_assert_cmpuint (group->bytes_each_max, ==, 64);
  g_assert_cmpuint (group->n_inside, ==, N_POINTS + 2);
  g_assert_cmpuint (group->inside_bytes, ==, N_POINTS * 32 + 2 * 64);
  g_assert_cmpuint (group->n_rows, ==, 3);

  /* What is inside is found in the group; what all share is not inside. */
  g_assert_cmpuint (hs_graph_find_object (graph, points.numbers[500]), ==, box);
  g_assert_cmpuint (hs_graph_find_object (graph, points.shared), !=, box);
  g_assert_cmpuint (hs_graph_get_row (graph, group->first_row + 2)->target, ==,
                    hs_graph_find_object (graph, points.shared));
  g_assert_cmpuint (hs_graph_get_n_left_out (graph), ==, 0);
}

/* Past half of the budget siblings of one type are one box though they differ. */
static void
test_mixed (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();

  for (guint i = 0; i < 20; i++)
    {
      guint32 inner = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);

      for (guint n = 0; n < i; n++)
        hs_test_snapshot_add_index (test->snapshot, inner, HS_EDGE_INDEX, n,
                                    test_heap_add (test, T_INT, "7"));
      hs_test_snapshot_set_length (test->snapshot, inner, i);
      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, inner);
    }
  hs_test_snapshot_set_length (test->snapshot, list, 20);
  test_heap_name (test, "lists", list);
  hs_graph_options_set_max_boxes (options, 4);

  check (test, options, "Drawn: 211 objects, 7 424 B\n"
                        "\n"
                        "[1] module __main__, test.py\n"
                        "    lists → [2] list 20 items\n"
                        "\n"
                        "[2] list, 20 items, 64 B, referred to once\n"
                        "    0 … 19 → [3] 20 × list, 64 B each\n"
                        "\n"
                        "[3] 20 × list, 1 280 B, 64 B each, not all alike, with 190 objects inside,"
                        " 6 080 B, referred to once each\n");
}

static void
test_path (void)
{
  Points points;
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();

  points_init (&points, 30);
  hs_graph_options_set_highlight (options, HS_GRAPH_HIGHLIGHT_PATH, points.numbers[20]);
  /* The path is shown even past the limit. */
  hs_graph_options_set_max_boxes (options, 3);
  check (points.test, options, "Drawn: 43 objects, 1 744 B\n"
                               "Not drawn: 21 objects\n"
                               "The picture is full: its limit is 3 boxes\n"
                               "Highlighted: a shortest way from a name:"
                               " points → [20] → .x → float\n"
                               "\n"
                               "[1] module __main__, test.py\n"
                               "    points → [2] list 30 items (highlighted)\n"
                               "\n"
                               "[2] list, 30 items, 64 B, referred to once (highlighted)\n"
                               "    0 … 19 → [3] 20 × Node, 48 B each\n"
                               "    20 → [4] Node (highlighted)\n"
                               "    21 … 29 → (left out)\n"
                               "\n"
                               "[3] 20 × Node, 960 B, 48 B each, with 20 objects inside,"
                               " 640 B, referred to once each\n"
                               "    x → 20 × float\n"
                               "    word → 2 × str, shared\n"
                               "    all → (left out)\n"
                               "\n"
                               "[4] Node, 48 B, referred to once (highlighted)\n"
                               "    x → [5] float 20.5 (highlighted)\n"
                               "    word → (left out)\n"
                               "    all → (left out)\n"
                               "\n"
                               "[5] float 20.5, 32 B, referred to once (highlighted)\n");
}

static void
test_dominated (void)
{
  Points points;
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();

  points_init (&points, 3);
  test_heap_name (points.test, "shared", points.shared);
  hs_graph_options_set_highlight (options, HS_GRAPH_HIGHLIGHT_DOMINATED, points.points[1]);
  check (points.test, options, "Drawn: 10 objects, 496 B\n"
                               "Highlighted: what it keeps alive, with itself: 3 objects, 144 B\n"
                               "\n"
                               "[1] module __main__, test.py\n"
                               "    points → [2] list 3 items\n"
                               "    shared → [3] list 0 items\n"
                               "\n"
                               "[2] list, 3 items, 64 B, referred to once\n"
                               "    0 → [4] Node\n"
                               "    1 → [5] Node\n"
                               "    2 → [6] Node\n"
                               "\n"
                               "[3] list, 0 items, 64 B, referred to 4 times (shared)\n"
                               "\n"
                               "[4] Node, 48 B, referred to once\n"
                               "    x → [7] float 0.5\n"
                               "    word → [8] str 'even'\n"
                               "    all → [3] list 0 items\n"
                               "\n"
                               "[5] Node, 48 B, referred to once (highlighted)\n"
                               "    x → [9] float 1.5 (highlighted)\n"
                               "    word → [10] str 'odd' (highlighted)\n"
                               "    all → [3] list 0 items\n"
                               "\n"
                               "[6] Node, 48 B, referred to once\n"
                               "    x → [11] float 2.5\n"
                               "    word → [8] str 'even'\n"
                               "    all → [3] list 0 items\n"
                               "\n"
                               "[7] float 0.5, 32 B, referred to once\n"
                               "\n"
                               "[8] str 'even', 64 B, referred to 2 times (shared)\n"
                               "\n"
                               "[9] float 1.5, 32 B, referred to once (highlighted)\n"
                               "\n"
                               "[10] str 'odd', 64 B, referred to once (highlighted)\n"
                               "\n"
                               "[11] float 2.5, 32 B, referred to once\n");
}

static void
test_center (void)
{
  Points points;
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();

  points_init (&points, 20);
  hs_graph_options_set_center (options, points.numbers[10]);
  check (points.test, options,
         "Drawn: 3 objects, 144 B\n"
         "Not drawn: 41 objects\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    points → [2] list 20 items\n"
         "\n"
         "[2] list, 20 items, 64 B, referred to once\n"
         "    … 10 more\n"
         "    10 → [3] Node\n"
         "    … 9 more\n"
         "\n"
         "[3] Node, 48 B, referred to once\n"
         "    x → [4] float 10.5\n"
         "    … 2 more\n"
         "\n"
         "[4] float 10.5, 32 B, referred to once (centre)\n");
}

static void
test_center_of_many (void)
{
  Points points;
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  g_autofree char *text = NULL;

  points_init (&points, 20);
  hs_graph_options_set_center (options, points.shared);
  heap = test_heap_finish (points.test);
  graph = hs_graph_new (heap, options, NULL, NULL);
  text = test_plain (hs_graph_to_text (graph));

  g_assert_true (hs_graph_get_box (graph, hs_graph_find_object (graph, points.shared))->is_center);
  g_assert_nonnull (strstr (text, "Not drawn: 12 other references to the centre\n"));
}

/* Bookkeeping of the interpreter is counted, and there when asked for. */
static void
test_internal (void)
{
  TestHeap *test = test_heap_new ();
  guint32   generator = test_heap_add (test, T_GENERATOR, "count");
  guint32   word = test_heap_add (test, T_STR, "'count'");
  guint32   number = test_heap_add (test, T_INT, "1001");
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  const HsGraphBox *box;

  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_FIELD, "__name__", word);
  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_FIELD, "__qualname__", word);
  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_LOCAL, "n", number);
  test_heap_name (test, "generator", generator);
  heap = test_heap_finish (test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);
  box = hs_graph_get_box (graph, 1);
  g_assert_cmpuint (box->n_rows, ==, 2);
  g_assert_cmpuint (hs_graph_get_row (graph, box->first_row + 1)->n_hidden, ==, 2);
  g_assert_cmpstr (hs_graph_get_row (graph, box->first_row + 1)->label, ==,
                   "… 2 internal references");

  hs_graph_options_show_more (options, box->key, 1);
  g_clear_pointer (&graph, hs_graph_unref);
  graph = hs_graph_new (heap, options, NULL, NULL);
  g_assert_cmpuint (hs_graph_get_box (graph, 1)->n_rows, ==, 3);
}

static void
test_marks (void)
{
  TestHeap *test = test_heap_new ();
  guint32   word = test_heap_add (test, T_STR, "'word'");
  guint32   list = test_heap_add_sequence (test, T_LIST, word, HS_NO_OBJECT);
  guint32   none = test_heap_add (test, T_NONE, "None");
  guint32   set = test_heap_add_sequence (test, T_SET, word, HS_NO_OBJECT);
  guint32   generator = test_heap_add (test, T_GENERATOR, "count");
  g_autoptr(HsHeap) heap = NULL;
  g_autoptr(HsGraph) graph = NULL;
  const HsGraphBox *box;

  hs_test_snapshot_set_flags (test->snapshot, word,
                              HS_OBJECT_INTERNED_MORTAL | HS_OBJECT_IMMORTAL);
  hs_test_snapshot_set_flags (test->snapshot, none, HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL);
  hs_test_snapshot_set_flags (test->snapshot, list, HS_OBJECT_GC_TRACKED);
  hs_test_snapshot_add_field (test->snapshot, list, 0, 32, 8, "allocated", HS_FIELD_SIGNED, 4);
  hs_test_snapshot_add_field (test->snapshot, generator, 0, 67, 1, "gi_frame_state",
                              HS_FIELD_SIGNED, (guint64)-1);
  test_heap_name (test, "list", list);
  hs_test_snapshot_add_field (test->snapshot, set, 0, 16, 8, "fill", HS_FIELD_SIGNED, 1);
  hs_test_snapshot_add_field (test->snapshot, set, 0, 32, 8, "mask", HS_FIELD_SIGNED, 7);
  test_heap_name (test, "set", set);
  test_heap_name (test, "none", none);
  test_heap_name (test, "generator", generator);
  heap = test_heap_finish (test);
  graph = hs_graph_new (heap, NULL, NULL, NULL);

  box = hs_graph_get_box (graph, hs_graph_find_object (graph, word));
  g_assert_cmpuint (box->marks, ==, HS_GRAPH_MARK_INTERNED | HS_GRAPH_MARK_IMMORTAL);
  box = hs_graph_get_box (graph, hs_graph_find_object (graph, none));
  g_assert_cmpuint (box->marks, ==, HS_GRAPH_MARK_STATIC);
  box = hs_graph_get_box (graph, hs_graph_find_object (graph, list));
  g_assert_cmpuint (box->marks, ==, HS_GRAPH_MARK_TRACKED | HS_GRAPH_MARK_OVERALLOCATED);
  g_assert_cmpuint (box->n_spare, ==, 3);
  g_assert_cmpstr (box->note, ==, "room for 3 more items");
  box = hs_graph_get_box (graph, hs_graph_find_object (graph, generator));
  g_assert_cmpstr (box->note, ==, "suspended");

  /* A set of five is the first that needs a larger table. */
  box = hs_graph_get_box (graph, hs_graph_find_object (graph, set));
  g_assert_cmpuint (box->n_spare, ==, 3);

  for (guint i = 0; i < HS_GRAPH_N_MARKS; i++)
    g_assert_cmpstr (hs_graph_get_mark_word ((HsGraphMarks)(1u << i)), !=, "");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-groups/instances", test_instances);
  g_test_add_func ("/graph-groups/few", test_few);
  g_test_add_func ("/graph-groups/fields", test_fields);
  g_test_add_func ("/graph-groups/mixed", test_mixed);
  g_test_add_func ("/graph-groups/path", test_path);
  g_test_add_func ("/graph-groups/dominated", test_dominated);
  g_test_add_func ("/graph-groups/center", test_center);
  g_test_add_func ("/graph-groups/center-of-many", test_center_of_many);
  g_test_add_func ("/graph-groups/internal", test_internal);
  g_test_add_func ("/graph-groups/marks", test_marks);

  return g_test_run ();
}
