/* test-graph-texts.c - small heaps and how they are drawn, as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-test-heap.h"

#define X40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Frees @test. @options: taken, may be NULL. */
static void
check (TestHeap       *test,
       HsGraphOptions *options,
       const char     *expected)
{
  g_autoptr(HsHeap) heap = test_heap_finish (test);
  g_autofree char *text = test_graph_text (heap, options);

  g_assert_cmpstr (text, ==, expected);
  hs_graph_options_free (options);
}

static void
test_empty (void)
{
  check (test_heap_new (), NULL,
         "Drawn: 0 objects, 0 B\n"
         "\n"
         "[1] module __main__, test.py\n");
}

static void
test_sharing (void)
{
  TestHeap *test = test_heap_new ();
  guint32   apple = test_heap_add (test, T_STR, "'apple'");
  guint32   number = test_heap_add (test, T_FLOAT, "2.5");
  guint32   one = test_heap_add_sequence (test, T_LIST, apple, number, HS_NO_OBJECT);
  guint32   two = test_heap_add_sequence (test, T_LIST, apple, HS_NO_OBJECT);

  hs_test_snapshot_set_flags (test->snapshot, apple, HS_OBJECT_INTERNED_MORTAL);
  test_heap_name (test, "one", one);
  test_heap_name (test, "same", one);
  test_heap_name (test, "two", two);

  check (test, NULL,
         "Drawn: 4 objects, 224 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    one → [2] list 2 items\n"
         "    same → [2] list 2 items\n"
         "    two → [3] list 1 item\n"
         "\n"
         "[2] list, 2 items, 64 B, referred to 2 times (shared)\n"
         "    0 → [4] str 'apple'\n"
         "    1 → [5] float 2.5\n"
         "\n"
         "[3] list, 1 item, 64 B, referred to once\n"
         "    0 → [4] str 'apple'\n"
         "\n"
         "[4] str 'apple', 64 B, interned, referred to 2 times (shared)\n"
         "\n"
         "[5] float 2.5, 32 B, referred to once\n");
}

static void
test_cycles (void)
{
  TestHeap *test = test_heap_new ();
  guint32   loop = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   left = test_heap_add (test, T_NODE, "");
  guint32   right = test_heap_add (test, T_NODE, "");

  hs_test_snapshot_add_index (test->snapshot, loop, HS_EDGE_INDEX, 0, loop);
  hs_test_snapshot_add_edge (test->snapshot, left, HS_EDGE_ATTRIBUTE, "next", right);
  hs_test_snapshot_add_edge (test->snapshot, right, HS_EDGE_ATTRIBUTE, "next", left);
  test_heap_name (test, "loop", loop);
  test_heap_name (test, "left", left);

  check (test, NULL,
         "Drawn: 3 objects, 160 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    loop → [2] list 0 items\n"
         "    left → [3] Node\n"
         "\n"
         "[2] list, 0 items, 64 B, referred to 2 times (shared)\n"
         "    0 → [2] list 0 items\n"
         "\n"
         "[3] Node, 48 B, referred to 2 times (shared)\n"
         "    next → [4] Node\n"
         "\n"
         "[4] Node, 48 B, referred to once\n"
         "    next → [3] Node\n");
}

/* A plain key is the label of its value; another has a row of its own. */
static void
test_dict (void)
{
  TestHeap *test = test_heap_new ();
  guint32   key = test_heap_add (test, T_STR, "'weights'");
  guint32   one = test_heap_add (test, T_INT, "1");
  guint32   pair = test_heap_add_sequence (test, T_TUPLE, one, HS_NO_OBJECT);
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   dict = test_heap_add (test, T_DICT, "");
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);

  hs_test_snapshot_add_item (test->snapshot, dict, key, list);
  hs_test_snapshot_add_item (test->snapshot, dict, one, one);
  hs_test_snapshot_add_item (test->snapshot, dict, pair, list);
  hs_test_snapshot_add_item (test->snapshot, dict, node, list);
  hs_test_snapshot_set_length (test->snapshot, dict, 4);
  test_heap_name (test, "basket", dict);

  check (test, NULL,
         "Drawn: 5 objects, 272 B\n"
         "Not drawn: 1 object\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    basket → [2] dict 4 items\n"
         "\n"
         "[2] dict, 4 items, 64 B, referred to once\n"
         "    'weights' → [3] list 0 items\n"
         "    1 → [4] int 1\n"
         "    key (1,) → [5] tuple 1 item\n"
         "    (1,) → [3] list 0 items\n"
         "    key (Node) → [6] Node\n"
         "    (Node) → [3] list 0 items\n"
         "    (2 key objects not drawn)\n"
         "\n"
         "[3] list, 0 items, 64 B, referred to 3 times (shared)\n"
         "\n"
         "[4] int 1, 32 B, referred to 3 times (shared)\n"
         "\n"
         "[5] tuple, 1 item, 64 B, referred to once\n"
         "    0 → [4] int 1\n"
         "\n"
         "[6] Node, 48 B, referred to once\n");
}

/* Another object in the middle parts the run. */
static void
add_long_list (TestHeap *test)
{
  guint32 list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32 shared = test_heap_add (test, T_STR, "'shared'");

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *preview = g_strdup_printf ("%u.5", i);

      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i,
                                  i == 500 ? shared : test_heap_add (test, T_FLOAT, preview));
    }

  hs_test_snapshot_set_length (test->snapshot, list, 1000);
  test_heap_name (test, "numbers", list);
  test_heap_name (test, "word", shared);
}

static void
test_groups (void)
{
  TestHeap *test = test_heap_new ();

  add_long_list (test);
  check (test, NULL,
         "Drawn: 1 001 objects, 32 096 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    numbers → [2] list 1 000 items\n"
         "    word → [3] str 'shared'\n"
         "\n"
         "[2] list, 1 000 items, 64 B, referred to once\n"
         "    0 … 499 → [4] 500 × float, 32 B each\n"
         "    500 → [3] str 'shared'\n"
         "    501 … 999 → [5] 499 × float, 32 B each\n"
         "\n"
         "[3] str 'shared', 64 B, referred to 2 times (shared)\n"
         "\n"
         "[4] 500 × float, 16 000 B, 32 B each, referred to once each\n"
         "\n"
         "[5] 499 × float, 15 968 B, 32 B each, referred to once each\n");
}

static void
test_open_group (void)
{
  TestHeap       *test = test_heap_new ();
  HsGraphOptions *options = hs_graph_options_new ();

  add_long_list (test);
  hs_graph_options_open_group (options, G_GUINT64_CONSTANT (2) << 56 | 2);
  check (test, options,
         "Drawn: 1 001 objects, 32 096 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    numbers → [2] list 1 000 items\n"
         "    word → [3] str 'shared'\n"
         "\n"
         "[2] list, 1 000 items, 64 B, referred to once\n"
         "    0 → [4] float 0.5\n"
         "    1 → [5] float 1.5\n"
         "    2 → [6] float 2.5\n"
         "    3 → [7] float 3.5\n"
         "    4 → [8] float 4.5\n"
         "    5 → [9] float 5.5\n"
         "    6 → [10] float 6.5\n"
         "    7 → [11] float 7.5\n"
         "    8 … 497 → [12] 490 more × float, 32 B each\n"
         "    498 → [13] float 498.5\n"
         "    499 → [14] float 499.5\n"
         "    500 → [3] str 'shared'\n"
         "    501 … 999 → [15] 499 × float, 32 B each\n"
         "\n"
         "[3] str 'shared', 64 B, referred to 2 times (shared)\n"
         "\n"
         "[4] float 0.5, 32 B, referred to once\n"
         "\n"
         "[5] float 1.5, 32 B, referred to once\n"
         "\n"
         "[6] float 2.5, 32 B, referred to once\n"
         "\n"
         "[7] float 3.5, 32 B, referred to once\n"
         "\n"
         "[8] float 4.5, 32 B, referred to once\n"
         "\n"
         "[9] float 5.5, 32 B, referred to once\n"
         "\n"
         "[10] float 6.5, 32 B, referred to once\n"
         "\n"
         "[11] float 7.5, 32 B, referred to once\n"
         "\n"
         "[12] 490 more × float, 15 680 B, 32 B each, referred to once each\n"
         "\n"
         "[13] float 498.5, 32 B, referred to once\n"
         "\n"
         "[14] float 499.5, 32 B, referred to once\n"
         "\n"
         "[15] 499 × float, 15 968 B, 32 B each, referred to once each\n");
}

/* What has references is in a group, too, as long as nothing else refers to it. */
static void
test_long_list (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);

  for (guint i = 0; i < 30; i++)
    {
      guint32 number = test_heap_add (test, T_INT, "1000");
      guint32 pair = test_heap_add_sequence (test, T_TUPLE, number, number, HS_NO_OBJECT);

      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, pair);
    }
  hs_test_snapshot_set_length (test->snapshot, list, 30);
  test_heap_name (test, "pairs", list);

  check (test, NULL,
         "Drawn: 61 objects, 2 944 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    pairs → [2] list 30 items\n"
         "\n"
         "[2] list, 30 items, 64 B, referred to once\n"
         "    0 … 29 → [3] 30 × tuple, 64 B each\n"
         "\n"
         "[3] 30 × tuple, 1 920 B, 64 B each, with 30 objects inside, 960 B, "
         "referred to once each\n"
         "    0 → 30 × int\n"
         "    1 → 30 × int\n");
}

static void
test_repeated_item (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);
  guint32   none = test_heap_add (test, T_NONE, "None");

  for (guint i = 0; i < 1000; i++)
    hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, none);
  hs_test_snapshot_set_length (test->snapshot, list, 1000);
  test_heap_name (test, "table", list);

  check (test, NULL,
         "Drawn: 2 objects, 64 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    table → [2] list 1 000 items\n"
         "\n"
         "[2] list, 1 000 items, 64 B, referred to once\n"
         "    0 … 999 → [3] None\n"
         "\n"
         "[3] None, static, no heap bytes, referred to 1 000 times (shared)\n");
}

/* Static objects are not mixed with others, sizes may differ. */
static void
test_mixed_groups (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add_sequence (test, T_LIST, HS_NO_OBJECT);

  for (guint i = 0; i < 40; i++)
    {
      guint32 object = test_heap_add (test, i < 10 ? T_BOOL : T_STR, "x");

      if (i == 30)
        hs_test_snapshot_add_block (test->snapshot, object, HS_BLOCK_UTF8, 16, 0);
      hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, i, object);
    }
  hs_test_snapshot_set_length (test->snapshot, list, 40);
  test_heap_name (test, "mixed", list);

  check (test, NULL,
         "Drawn: 41 objects, 2 000 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    mixed → [2] list 40 items\n"
         "\n"
         "[2] list, 40 items, 64 B, referred to once\n"
         "    0 … 9 → [3] 10 × bool, static\n"
         "    10 … 39 → [4] 30 × str, 64 B to 80 B each\n"
         "\n"
         "[3] 10 × bool, static, no heap bytes, referred to once each\n"
         "\n"
         "[4] 30 × str, 1 936 B, 64 B to 80 B each, referred to once each\n");
}

/* Parts of the program are folded; the boundary has nothing to open. */
static TestHeap *
make_program (void)
{
  TestHeap *test = test_heap_new ();
  guint32 class = test_heap_add (test, T_CLASS, "Node");
  guint32 namespace = test_heap_add (test, T_DICT, "");
  guint32 function = test_heap_add (test, T_FUNCTION, "f");
  guint32 module = test_heap_add (test, T_MODULE, "sys");
  guint32 builtin = test_heap_add (test, T_BUILTIN, "len");
  guint32 node = test_heap_add (test, T_NODE, "");
  guint32 deque = test_heap_add (test, T_DEQUE, "");

  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__dict__", namespace);
  hs_test_snapshot_add_edge (test->snapshot, namespace, HS_EDGE_VALUE, "'f'", function);
  hs_test_snapshot_add_edge (test->snapshot, function, HS_EDGE_FIELD, "__globals__", namespace);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_CLASS, "__class__", class);
  hs_test_snapshot_set_flags (test->snapshot, module, HS_OBJECT_BOUNDARY);
  hs_test_snapshot_set_flags (test->snapshot, builtin, HS_OBJECT_BOUNDARY | HS_OBJECT_STATIC);
  hs_test_snapshot_set_flags (test->snapshot, deque,
                              HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE);
  hs_test_snapshot_set_length (test->snapshot, deque, 0);
  test_heap_name (test, "Node", class);
  test_heap_name (test, "f", function);
  test_heap_name (test, "sys", module);
  test_heap_name (test, "size", builtin);
  test_heap_name (test, "node", node);
  test_heap_name (test, "queue", deque);

  return test;
}

static void
test_program (void)
{
  check (make_program (), NULL,
         "Drawn: 6 objects, at least 1 488 B\n"
         "Not drawn: 1 object\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    Node → [2] class Node\n"
         "    f → [3] function f\n"
         "    sys → [4] module sys\n"
         "    size → [5] builtin len\n"
         "    node → [6] Node\n"
         "    queue → [7] collections.deque 0 items\n"
         "\n"
         "[2] class Node, 960 B, referred to 2 times, folded: 1 reference (shared)\n"
         "\n"
         "[3] function f, 160 B, referred to 2 times, folded: 1 reference (shared)\n"
         "\n"
         "[4] module sys, 80 B, referred to once\n"
         "    (references not followed: interpreter or library)\n"
         "\n"
         "[5] builtin len, static, no heap bytes, referred to once\n"
         "    (references not followed: interpreter or library)\n"
         "\n"
         "[6] Node, 48 B, referred to once\n"
         "\n"
         "[7] collections.deque, 0 items, at least 240 B, referred to once\n"
         "    (the type may own memory that is not measured)\n"
         "    (the type may hold references that are not known)\n");
}

static void
test_unfolded (void)
{
  HsGraphOptions *options = hs_graph_options_new ();

  hs_graph_options_set_folded (options, 0, FALSE);
  hs_graph_options_set_folded (options, 2, FALSE);
  check (make_program (), options,
         "Drawn: 7 objects, at least 1 552 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    Node → [2] class Node\n"
         "    f → [3] function f\n"
         "    sys → [4] module sys\n"
         "    size → [5] builtin len\n"
         "    node → [6] Node\n"
         "    queue → [7] collections.deque 0 items\n"
         "\n"
         "[2] class Node, 960 B, referred to 2 times (shared)\n"
         "    __dict__ → [8] dict\n"
         "\n"
         "[3] function f, 160 B, referred to 2 times (shared)\n"
         "    __globals__ → [8] dict\n"
         "\n"
         "[4] module sys, 80 B, referred to once\n"
         "    (references not followed: interpreter or library)\n"
         "\n"
         "[5] builtin len, static, no heap bytes, referred to once\n"
         "    (references not followed: interpreter or library)\n"
         "\n"
         "[6] Node, 48 B, referred to once\n"
         "\n"
         "[7] collections.deque, 0 items, at least 240 B, referred to once\n"
         "    (the type may own memory that is not measured)\n"
         "    (the type may hold references that are not known)\n"
         "\n"
         "[8] dict, 64 B, referred to 2 times (shared)\n"
         "    'f' → [3] function f\n");
}

/* A dict that was asked for stands between the instance and its values. */
static void
test_materialised_dict (void)
{
  TestHeap *test = test_heap_new ();
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   asked = test_heap_add (test, T_NODE, "");
  guint32   dict = test_heap_add (test, T_DICT, "");
  guint32   name = test_heap_add (test, T_STR, "'node_id'");
  guint32   one = test_heap_add (test, T_INT, "1001");
  guint32   two = test_heap_add (test, T_INT, "1003");

  hs_test_snapshot_add_block (test->snapshot, node, HS_BLOCK_VALUES, 64, 0);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "node_id", one);
  hs_test_snapshot_add_edge (test->snapshot, asked, HS_EDGE_FIELD, "__dict__", dict);
  hs_test_snapshot_add_item (test->snapshot, dict, name, two);
  hs_test_snapshot_set_length (test->snapshot, dict, 1);
  test_heap_name (test, "node", node);
  test_heap_name (test, "asked", asked);

  check (test, NULL,
         "Drawn: 5 objects, 288 B\n"
         "Not drawn: 1 object\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    node → [2] Node\n"
         "    asked → [3] Node\n"
         "\n"
         "[2] Node, 112 B, referred to once\n"
         "    node_id → [4] int 1001\n"
         "\n"
         "[3] Node, 48 B, referred to once\n"
         "    __dict__ → [5] dict 1 item\n"
         "\n"
         "[4] int 1001, 32 B, referred to once\n"
         "\n"
         "[5] dict, 1 item, 64 B, referred to once\n"
         "    'node_id' → [6] int 1003\n"
         "    (1 key object not drawn)\n"
         "\n"
         "[6] int 1003, 32 B, referred to once\n");
}

static void
test_generator (void)
{
  TestHeap *test = test_heap_new ();
  guint32   generator = test_heap_add (test, T_GENERATOR, "count");
  guint32   cell = test_heap_add (test, T_CELL, "");
  guint32   i = test_heap_add (test, T_INT, "3");
  guint32   code = test_heap_add (test, T_FUNCTION, "count()");
  guint32   frame;

  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_FIELD, "gi_code", code);
  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_LOCAL, "i", i);
  hs_test_snapshot_add_edge (test->snapshot, generator, HS_EDGE_LOCAL, "limit", cell);
  hs_test_snapshot_add_edge (test->snapshot, cell, HS_EDGE_CELL, "cell_contents", i);
  hs_test_snapshot_add_index (test->snapshot, generator, HS_EDGE_STACK, 0, i);
  test_heap_name (test, "gen", generator);
  frame = hs_test_snapshot_add_scope (test->snapshot, "f", HS_SCOPE_FRAME, "/there/test.py", 12);
  hs_test_snapshot_add_name (test->snapshot, frame, "x", i);

  check (test, NULL,
         "Drawn: 4 objects, 448 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    gen → [3] generator count\n"
         "\n"
         "[2] frame of f, test.py, line 12\n"
         "    x → [4] int 3\n"
         "\n"
         "[3] generator count, 208 B, referred to once\n"
         "    i → [4] int 3\n"
         "    limit → [5] cell\n"
         "    temporary 0 → [4] int 3\n"
         "    gi_code → [6] function count()\n"
         "\n"
         "[4] int 3, 32 B, referred to 4 times (shared)\n"
         "\n"
         "[5] cell, 48 B, referred to once\n"
         "    cell_contents → [4] int 3\n"
         "\n"
         "[6] function count(), 160 B, referred to once\n");
}

static void
test_set (void)
{
  TestHeap *test = test_heap_new ();
  guint32   one = test_heap_add (test, T_INT, "1001");
  guint32   two = test_heap_add (test, T_INT, "1002");

  test_heap_name (test, "members", test_heap_add_sequence (test, T_SET, one, two, HS_NO_OBJECT));

  check (test, NULL,
         "Drawn: 3 objects, 288 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    members → [2] set 2 items\n"
         "\n"
         "[2] set, 2 items, 224 B, referred to once\n"
         "    member → [3] int 1001\n"
         "    member → [4] int 1002\n"
         "\n"
         "[3] int 1001, 32 B, referred to once\n"
         "\n"
         "[4] int 1002, 32 B, referred to once\n");
}

static TestHeap *
make_chain (void)
{
  TestHeap *test = test_heap_new ();
  guint32   last = HS_NO_OBJECT;

  for (guint i = 0; i < 10; i++)
    last = test_heap_add_sequence (test, T_LIST, last, HS_NO_OBJECT);
  test_heap_name (test, "chain", last);
  test_heap_name (test, "other", test_heap_add (test, T_INT, "7"));

  return test;
}

static void
test_budget (void)
{
  HsGraphOptions *options = hs_graph_options_new ();

  hs_graph_options_set_max_boxes (options, 4);
  check (make_chain (), options,
         "Drawn: 3 objects, 160 B\n"
         "Not drawn: 8 objects\n"
         "The picture is full: its limit is 4 boxes\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    chain → [2] list 1 item\n"
         "    other → [3] int 7\n"
         "\n"
         "[2] list, 1 item, 64 B, referred to once\n"
         "    0 → [4] list 1 item\n"
         "\n"
         "[3] int 7, 32 B, referred to once\n"
         "\n"
         "[4] list, 1 item, 64 B, referred to once\n"
         "    0 → (left out)\n");
}

static void
test_focus (void)
{
  static const char *const names[] = { "other", "nowhere", NULL };
  HsGraphOptions          *options = hs_graph_options_new ();

  hs_graph_options_set_focus (options, names);
  check (make_chain (), options,
         "Drawn: 1 object, 32 B\n"
         "Not drawn: 10 objects\n"
         "Out of focus: 1 name\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    other → [2] int 7\n"
         "    (1 other name out of focus)\n"
         "\n"
         "[2] int 7, 32 B, referred to once\n");
}

static void
test_values_in_rows (void)
{
  TestHeap       *test = test_heap_new ();
  HsGraphOptions *options = hs_graph_options_new ();
  guint32         number = test_heap_add (test, T_INT, "1001");
  guint32         word = test_heap_add (test, T_STR, "'short'");
  guint32         long_word = test_heap_add (test, T_STR, "'longer than what fits in a row'");
  guint32         cut_word = test_heap_add (test, T_STR, "'aaaa'");
  guint32         list;

  hs_test_snapshot_set_flags (test->snapshot, cut_word, HS_OBJECT_PREVIEW_CUT);
  hs_test_snapshot_set_length (test->snapshot, cut_word, 5000);
  list = test_heap_add_sequence (test, T_LIST, number, word, long_word, cut_word, number,
                                 HS_NO_OBJECT);
  test_heap_name (test, "list", list);
  test_heap_name (test, "number", number);
  hs_graph_options_set_values_in_rows (options, TRUE);

  check (test, options,
         "Drawn: 5 objects, 288 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    list → [2] list 5 items\n"
         "    number = 1001\n"
         "\n"
         "[2] list, 5 items, 64 B, referred to once\n"
         "    0 = 1001\n"
         "    1 = 'short'\n"
         "    2 → [3] str 'longer than what fits in a row'\n"
         "    3 → [4] str 'aaaa'\n"
         "    4 = 1001\n"
         "\n"
         "[3] str 'longer than what fits in a row', 64 B, referred to once\n"
         "\n"
         "[4] str 'aaaa', 5 000 characters, 64 B, referred to once\n");
}

static void
test_hostile_texts (void)
{
  TestHeap        *test = test_heap_new ();
  guint32          type = hs_test_snapshot_add_type (test->snapshot, "m\n", "T\x1b[1m\xff",
                                                     HS_FAMILY_INSTANCE);
  guint32          object = hs_test_snapshot_add_object (test->snapshot, type, "a\nb\xff", 48);
  g_autofree char *huge = g_strnfill (1 << 20, 'x');
  guint32          text = test_heap_add (test, T_STR, huge);

  hs_test_snapshot_set_getsizeof (test->snapshot, object, HS_BYTES_UNKNOWN);
  hs_test_snapshot_add_edge (test->snapshot, object, HS_EDGE_ATTRIBUTE, "\xe2\x80\xae\n%s", text);
  test_heap_name (test, "%n\t", object);
  huge[100] = '\0';
  test_heap_name (test, huge, object);

  check (test, NULL,
         "Drawn: 2 objects, 112 B\n"
         "\n"
         "[1] module __main__, test.py\n"
         "    %n␉ → [2] m␊.T␛[1m� a␊b�\n"
         "    " X40 X40 "… → [2] m␊.T␛[1m� a␊b�\n"
         "\n"
         "[2] m␊.T␛[1m� a␊b�, 48 B, referred to 2 times (shared)\n"
         "    \\u202e␊%s → [3] str xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n"
         "\n"
         "[3] str " X40 X40 X40 X40 X40 "…, 64 B, referred to once\n");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-texts/empty", test_empty);
  g_test_add_func ("/graph-texts/sharing", test_sharing);
  g_test_add_func ("/graph-texts/cycles", test_cycles);
  g_test_add_func ("/graph-texts/dict", test_dict);
  g_test_add_func ("/graph-texts/groups", test_groups);
  g_test_add_func ("/graph-texts/open-group", test_open_group);
  g_test_add_func ("/graph-texts/long-list", test_long_list);
  g_test_add_func ("/graph-texts/repeated-item", test_repeated_item);
  g_test_add_func ("/graph-texts/mixed-groups", test_mixed_groups);
  g_test_add_func ("/graph-texts/program", test_program);
  g_test_add_func ("/graph-texts/unfolded", test_unfolded);
  g_test_add_func ("/graph-texts/materialised-dict", test_materialised_dict);
  g_test_add_func ("/graph-texts/generator", test_generator);
  g_test_add_func ("/graph-texts/set", test_set);
  g_test_add_func ("/graph-texts/budget", test_budget);
  g_test_add_func ("/graph-texts/focus", test_focus);
  g_test_add_func ("/graph-texts/values-in-rows", test_values_in_rows);
  g_test_add_func ("/graph-texts/hostile-texts", test_hostile_texts);

  return g_test_run ();
}
