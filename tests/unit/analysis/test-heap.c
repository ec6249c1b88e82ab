/* test-heap.c - what follows from a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hs-dominators.h"
#include "hs-heap-private.h"
#include "hs-test-heap.h"

static void
test_errors (void)
{
  static const char text[] = "Just some text that is longer than a header, to be sure of that: 64";

  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) other = g_bytes_new_static (text, sizeof text);
  g_autoptr(GBytes) good = NULL;
  g_autoptr(GBytes) half = NULL;
  g_autoptr(TestHeap) test = test_heap_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_heap_new (nothing, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_NOT_A_SNAPSHOT);
  g_clear_error (&error);

  g_assert_null (hs_heap_new (other, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_NOT_A_SNAPSHOT);
  g_clear_error (&error);

  good = hs_test_snapshot_to_bytes (test->snapshot);
  half = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_assert_null (hs_heap_new (half, &error));
  g_assert_error (error, HS_HEAP_ERROR, HS_HEAP_ERROR_TRUNCATED);
}

/* Bytes that lie at an odd address are not read in place. */
static void
test_unaligned (void)
{
  TestHeap *test = test_heap_new ();
  g_autoptr(GBytes) good = hs_test_snapshot_to_bytes (test->snapshot);
  gsize            size = g_bytes_get_size (good);
  g_autofree char *shifted = g_malloc (size + 1);
  g_autoptr(GBytes) odd = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HsHeap) heap = NULL;

  memcpy (shifted + 1, g_bytes_get_data (good, NULL), size);
  odd = g_bytes_new_static (shifted + 1, size);
  heap = hs_heap_new (odd, &error);
  g_assert_no_error (error);
  g_assert_nonnull (heap);
  test_heap_free (test);
}

static void
test_occupied (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add (test, T_LIST, "");
  guint32 class = test_heap_add (test, T_CLASS, "Node");
  guint32 none = test_heap_add (test, T_NONE, "None");
  guint32 odd = test_heap_add (test, T_LIST, "");
  guint32 lost = test_heap_add (test, T_LIST, "");
  guint32 huge = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 32, 0);
  hs_test_snapshot_add_block (test->snapshot, class, HS_BLOCK_SHARED_KEYS, 768, HS_BLOCK_SHARED);
  hs_test_snapshot_set_flags (test->snapshot, odd, HS_OBJECT_BLOCKS_INCOMPLETE);
  hs_test_snapshot_add_block (test->snapshot, lost, HS_BLOCK_EXTRA, HS_BYTES_UNKNOWN, 0);
  hs_test_snapshot_add_block (test->snapshot, huge, HS_BLOCK_EXTRA, HS_BYTES_UNKNOWN - 10, 0);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_occupied (heap, list), ==, 96);
  g_assert_cmpuint (hs_heap_get_occupied (heap, class), ==, 960);
  g_assert_cmpuint (hs_heap_get_occupied (heap, none), ==, 0);
  g_assert_true (hs_heap_get_occupied (heap, odd) == HS_BYTES_UNKNOWN);
  g_assert_true (hs_heap_get_occupied (heap, lost) == HS_BYTES_UNKNOWN);
  g_assert_true (hs_heap_get_occupied (heap, huge) == HS_BYTES_UNKNOWN);
}

/* What a static object has besides itself takes heap bytes: "é" of libpython once
 * its UTF-8 copy was made.
 */
static void
test_static (void)
{
  TestHeap *test = test_heap_new ();
  guint32   text = test_heap_add (test, T_STR, "'é'");
  guint32   number = test_heap_add (test, T_INT, "1");
  guint32   odd = test_heap_add (test, T_CLASS, "odd");
  g_autoptr(HsHeap) heap = NULL;
  gboolean is_least;

  hs_test_snapshot_set_flags (test->snapshot, text, HS_OBJECT_STATIC);
  hs_test_snapshot_set_flags (test->snapshot, number, HS_OBJECT_STATIC);
  hs_test_snapshot_set_flags (test->snapshot, odd, HS_OBJECT_STATIC | HS_OBJECT_BLOCKS_INCOMPLETE);
  hs_test_snapshot_add_block (test->snapshot, text, HS_BLOCK_UTF8, 16, 0);
  hs_test_snapshot_set_ledger (test->snapshot, text, 1, 3, HS_SITE_NONE);
  hs_test_snapshot_add_block (test->snapshot, odd, HS_BLOCK_EXTRA, 48, 0);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_occupied (heap, text), ==, 16);
  g_assert_cmpuint (hs_heap_get_least (heap, text), ==, 16);
  g_assert_cmpuint (hs_heap_get_requested (heap, text), ==, 3);
  g_assert_cmpuint (hs_dominators_get_retained (hs_heap_get_dominators (heap), text, &is_least),
                    ==, 16);
  g_assert_cmpuint (hs_heap_get_occupied (heap, number), ==, 0);
  g_assert_cmpuint (hs_heap_get_least (heap, number), ==, 0);
  g_assert_cmpuint (hs_heap_get_requested (heap, number), ==, 0);
  g_assert_true (hs_heap_get_occupied (heap, odd) == HS_BYTES_UNKNOWN);
  g_assert_true (hs_heap_get_requested (heap, odd) == HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_heap_get_least (heap, odd), ==, 48);
}

/* What was asked for, what lies outside, and which line did it. */
static void
test_ledger (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add (test, T_LIST, "");
  guint32   none = test_heap_add (test, T_NONE, "None");
  guint32   old = test_heap_add (test, T_LIST, "");
  guint32   lost = test_heap_add (test, T_LIST, "");
  guint32   mapped = test_heap_add (test, T_LIST, "");
  guint32   site = hs_test_snapshot_add_site (test->snapshot, "t.py", "f", 12, 88, 2, 88, 2);
  g_autoptr(HsHeap) heap = NULL;
  guint32          file;
  g_autofree char *name = NULL;

  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_ITEMS, 32, 0);
  hs_test_snapshot_add_block (test->snapshot, list, HS_BLOCK_SHARED_KEYS, 700, HS_BLOCK_SHARED);
  hs_test_snapshot_set_ledger (test->snapshot, list, 0, 56, site);
  hs_test_snapshot_set_ledger (test->snapshot, list, 1, 24, site);
  hs_test_snapshot_set_ledger (test->snapshot, lost, 0, HS_BYTES_UNKNOWN, HS_SITE_NONE);
  hs_test_snapshot_set_getsizeof (test->snapshot, list, 72);
  hs_test_snapshot_add_block (test->snapshot, mapped, HS_BLOCK_MAPPING, 1 << 20,
                              HS_BLOCK_EXTERNAL);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_requested (heap, list), ==, 80);
  g_assert_cmpuint (hs_heap_get_occupied (heap, list), ==, 96);
  g_assert_cmpuint (hs_heap_get_external (heap, list), ==, 0);
  g_assert_cmpuint (hs_heap_get_line (heap, list, &file), ==, 12);
  name = hs_heap_dup_string (heap, file);
  g_assert_cmpstr (name, ==, "t.py");

  g_assert_cmpuint (hs_heap_get_requested (heap, none), ==, 0);
  g_assert_cmpuint (hs_heap_get_line (heap, none, &file), ==, 0);
  g_assert_cmpuint (file, ==, 0);
  g_assert_cmpuint (hs_heap_get_requested (heap, old), ==, 64);
  g_assert_cmpuint (hs_heap_get_line (heap, old, NULL), ==, 0);
  g_assert_true (hs_heap_get_requested (heap, lost) == HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_heap_get_occupied (heap, lost), ==, 64);
  g_assert_cmpuint (hs_heap_get_line (heap, lost, NULL), ==, 0);
  g_assert_true (hs_heap_get_getsizeof (heap, lost) == HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_heap_get_getsizeof (heap, list), ==, 72);

  g_assert_cmpuint (hs_heap_get_occupied (heap, mapped), ==, 64);
  g_assert_cmpuint (hs_heap_get_requested (heap, mapped), ==, 64);
  g_assert_cmpuint (hs_heap_get_external (heap, mapped), ==, 1 << 20);
}

static void
test_without_ledger (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = test_heap_finish (test);

  g_assert_true (hs_heap_get_requested (heap, list) == HS_BYTES_UNKNOWN);
  g_assert_cmpuint (hs_heap_get_line (heap, list, NULL), ==, 0);
}

/* As many blocks at each of many objects as the view says. */
static void
test_blocks (void)
{
  TestHeap *test = test_heap_new ();
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  guint n = 1000;
  g_autoptr(HsHeap) heap = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint32 object = test_heap_add (test, T_LIST, "");
      gint32  n_blocks = g_rand_int_range (random, 0, 8) - 4;

      if (i == 300)
        n_blocks = 500;
      for (gint32 k = 0; k < n_blocks; k++)
        hs_test_snapshot_add_block (test->snapshot, object, HS_BLOCK_ITEMS, 16, 0);
    }
  heap = test_heap_finish (test);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 first, view_first;

      g_assert_cmpuint (
        hs_heap_get_blocks (heap, i, &first), ==,
        hs_snapshot_view_get_blocks (hs_heap_get_view (heap), i, &view_first));
      g_assert_cmpuint (first, ==, view_first);
    }
  g_assert_cmpuint (hs_heap_get_occupied (heap, 300), ==, 64 + 500 * 16);
}

/* What the code did not make neither refers to anything nor is it missing. */
static void
test_unreached (void)
{
  TestHeap *test = test_heap_new ();
  guint32   number = test_heap_add (test, T_INT, "1001");
  guint32   list = test_heap_add_sequence (test, T_LIST, number, HS_NO_OBJECT);
  guint32   module = test_heap_add (test, T_MODULE, "sys");
  guint32   outside = test_heap_add_sequence (test, T_LIST, number, list, HS_NO_OBJECT);
  g_autoptr(HsHeap) heap = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  guint            n;
  guint32          edge;

  hs_test_snapshot_set_flags (test->snapshot, module, HS_OBJECT_BOUNDARY);
  hs_test_snapshot_set_flags (test->snapshot, outside, HS_OBJECT_UNREACHED);
  hs_test_snapshot_add_edge (test->snapshot, module, HS_EDGE_FIELD, "__dict__", list);
  hs_test_snapshot_set_late (test->snapshot, module);
  hs_test_snapshot_get_info (test->snapshot)->n_reached = 3;
  test_heap_name (test, "list", list);
  test_heap_name (test, "sys", module);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_n_referrers (heap, number), ==, 1);
  g_assert_cmpuint (hs_heap_get_n_referrers (heap, list), ==, 1);
  _hs_heap_get_referrers (heap, list, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (hs_heap_get_deep (heap, module), ==, 0);

  g_assert_cmpuint (hs_snapshot_view_get_all_edges (hs_heap_get_view (heap), module, &edge), ==, 1);
  g_assert_cmpuint (_hs_heap_get_edge_source (heap, edge), ==, module);
  label = hs_heap_dup_edge_label (heap, edge);
  g_assert_cmpstr (label, ==, "__dict__");

  text = test_graph_text (heap, NULL);
  g_assert_nonnull (strstr (text, "Drawn: 3 objects, "));
  g_assert_null (strstr (text, "Not drawn: "));
}

/* A key or value without a label of its own has that of its key. */
static void
test_key_labels (void)
{
  TestHeap *test = test_heap_new ();
  guint32   text = test_heap_add (test, T_STR, "'a'");
  guint32   one = test_heap_add (test, T_INT, "");
  guint32   half = test_heap_add (test, T_FLOAT, "");
  guint32   node = test_heap_add (test, T_NODE, "");
  guint32   empty = test_heap_add (test, T_TUPLE, "");
  guint32   single = test_heap_add_sequence (test, T_TUPLE, half, HS_NO_OBJECT);
  guint32   pair = test_heap_add_sequence (test, T_TUPLE, one, text, HS_NO_OBJECT);
  guint32   deep = test_heap_add_sequence (test, T_TUPLE, pair, node, HS_NO_OBJECT);
  guint32   many = test_heap_add_sequence (test, T_TUPLE, one, one, one, one, one, HS_NO_OBJECT);
  guint32   keys[] = { text, one, half, node, empty, single, pair, deep, many };
  guint32   dict = test_heap_add (test, T_DICT, "");
  GString  *labels = g_string_new (NULL);
  g_autoptr(HsHeap) heap = NULL;
  guint32 first, n;

  hs_test_snapshot_set_value_int (test->snapshot, one, 1);
  hs_test_snapshot_set_value_float (test->snapshot, half, 0.5);
  hs_test_snapshot_add_edge (test->snapshot, dict, HS_EDGE_VALUE, "", one);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    hs_test_snapshot_add_item (test->snapshot, dict, keys[i], one);
  hs_test_snapshot_add_edge (test->snapshot, dict, HS_EDGE_VALUE, "own", one);
  heap = test_heap_finish (test);

  n = hs_snapshot_view_get_all_edges (hs_heap_get_view (heap), dict, &first);
  for (guint32 i = first; i < first + n; i++)
    {
      g_autofree char *label = hs_heap_dup_edge_label (heap, i);

      g_string_append_printf (labels, "%s;", label);
    }
  g_assert_cmpstr (labels->str, ==,
                   ";'a';'a';1;1;0.5;0.5;(Node);(Node);();();(0.5,);(0.5,);(1, 'a');(1, 'a');"
                   "((1, 'a'), (Node));((1, 'a'), (Node));(1, 1, 1, 1, …);(1, 1, 1, 1, …);own;");
  g_string_free (labels, TRUE);
}

static void
test_referrers (void)
{
  TestHeap *test = test_heap_new ();
  guint32   number = test_heap_add (test, T_INT, "1001");
  guint32   list = test_heap_add_sequence (test, T_LIST, number, number, HS_NO_OBJECT);
  guint32   alone = test_heap_add (test, T_INT, "7");
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_index (test->snapshot, list, HS_EDGE_INDEX, 2, list);
  test_heap_name (test, "number", number);
  test_heap_name (test, "list", list);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_n_referrers (heap, number), ==, 3);
  g_assert_cmpuint (hs_heap_get_n_referrers (heap, list), ==, 2);
  g_assert_cmpuint (hs_heap_get_n_referrers (heap, alone), ==, 0);
}

/* Each part counts once, cycles end, and what belongs to the program is not
 * followed.
 */
static void
test_deep (void)
{
  TestHeap *test = test_heap_new ();
  guint32   number = test_heap_add (test, T_INT, "1001");
  guint32   none = test_heap_add (test, T_NONE, "None");
  guint32   inner = test_heap_add_sequence (test, T_LIST, number, none, HS_NO_OBJECT);
  guint32   outer = test_heap_add_sequence (test, T_LIST, inner, number, HS_NO_OBJECT);
  guint32 class = test_heap_add (test, T_CLASS, "Node");
  guint32 namespace = test_heap_add (test, T_DICT, "");
  guint32 node = test_heap_add (test, T_NODE, "");
  guint32 partial = test_heap_add_sequence (test, T_LIST, outer, HS_NO_OBJECT);
  guint32 unknown = test_heap_add (test, T_LIST, "");
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_index (test->snapshot, inner, HS_EDGE_INDEX, 2, outer);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "value", number);
  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_CLASS, "__class__", class);
  hs_test_snapshot_add_edge (test->snapshot, class, HS_EDGE_FIELD, "__dict__", namespace);
  hs_test_snapshot_add_index (test->snapshot, partial, HS_EDGE_INDEX, 1, unknown);
  hs_test_snapshot_set_flags (test->snapshot, unknown, HS_OBJECT_EDGES_INCOMPLETE);
  heap = test_heap_finish (test);

  g_assert_cmpuint (hs_heap_get_deep (heap, number), ==, 32);
  g_assert_cmpuint (hs_heap_get_deep (heap, inner), ==, 64 + 64 + 32);
  g_assert_cmpuint (hs_heap_get_deep (heap, outer), ==, 64 + 64 + 32);
  g_assert_cmpuint (hs_heap_get_deep (heap, node), ==, 48 + 32);
  g_assert_cmpuint (hs_heap_get_deep (heap, class), ==, 0);
  g_assert_true (hs_heap_get_deep (heap, partial) == HS_BYTES_UNKNOWN);
}

static void
test_find_address (void)
{
  TestHeap             *test = test_heap_new ();
  const HsSnapshotView *view;
  g_autoptr(HsHeap) heap = NULL;

  for (guint i = 0; i < 100; i++)
    test_heap_add (test, T_INT, "1");
  heap = test_heap_finish (test);

  view = hs_heap_get_view (heap);
  for (guint32 i = 0; i < 100; i++)
    g_assert_cmpuint (hs_heap_find_address (heap, hs_snapshot_view_get_address (view, i)), ==, i);
  g_assert_cmpuint (hs_heap_find_address (heap, 1), ==, HS_NO_OBJECT);
  g_assert_cmpuint (hs_heap_find_address (heap, G_MAXUINT64), ==, HS_NO_OBJECT);
}

static void
test_texts (void)
{
  static const struct
  {
    const char *bytes;
    const char *shown;
  } cases[] = {
    { "plain", "plain" },
    { "naïve 文字 😀", "naïve 文字 😀" },
    { "a\nb\tc\x1b[31m", "a␊b␉c␛[31m" },
    { "del\x7f", "del␡" },
    { "\xff\xfe!", "��!" },
    { "cut \xe6\x96", "cut ��" },
    { "right\xe2\x80\xaeleft", "right\\u202eleft" },
    { "line\xe2\x80\xa8"
      "end",
      "line\\u2028end" },
    { "c1 \xc2\x85", "c1 \\x85" },
    { "", "" },
  };
  TestHeap *test = test_heap_new ();
  g_autoptr(HsHeap) heap = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    test_heap_add (test, T_STR, cases[i].bytes);
  heap = test_heap_finish (test);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = hs_heap_dup_preview (heap, i);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_type_names (void)
{
  TestHeap *test = test_heap_new ();
  guint32   list = test->type[T_LIST];
  guint32   node = test->type[T_NODE];
  guint32   deque = test->type[T_DEQUE];
  g_autoptr(HsHeap) heap = test_heap_finish (test);
  g_autofree char *list_name = hs_heap_dup_type_name (heap, list);
  g_autofree char *node_name = hs_heap_dup_type_name (heap, node);
  g_autofree char *deque_name = hs_heap_dup_type_name (heap, deque);

  g_assert_cmpstr (list_name, ==, "list");
  g_assert_cmpstr (node_name, ==, "Node");
  g_assert_cmpstr (deque_name, ==, "collections.deque");
}

static void
test_labels (void)
{
  TestHeap *test = test_heap_new ();
  guint32   node = test_heap_add (test, T_NODE, "");
  GString  *text = g_string_new (NULL);
  g_autoptr(HsHeap) heap = NULL;

  hs_test_snapshot_add_edge (test->snapshot, node, HS_EDGE_ATTRIBUTE, "node_id", node);
  hs_test_snapshot_add_index (test->snapshot, node, HS_EDGE_INDEX, 4000000000, node);
  heap = test_heap_finish (test);

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_edges; i++)
    {
      g_autofree char *label = hs_heap_dup_edge_label (heap, i);
      HsEdgeKind       kind = (HsEdgeKind)hs_heap_get_view (heap)->edge_kind[i];

      g_string_append_printf (text, "%s %s;", hs_edge_kind_to_string (kind), label);
    }
  g_assert_cmpstr (text->str, ==, "attribute node_id;index 4000000000;");
  g_string_free (text, TRUE);
}

/* Who refers to whom, found the slow way. */
static void
check_referrers (HsHeap  *heap,
                 uint32_t object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint                 n_edges;
  guint                 n_names;
  const guint32        *edges = _hs_heap_get_referrers (heap, object, &n_edges);
  const guint32        *names = _hs_heap_get_names_of (heap, object, &n_names);
  guint                 e = 0;
  guint                 n = 0;

  for (uint32_t from = 0; from < view->n_objects; from++)
    {
      for (uint32_t i = view->object_edges[from]; i < view->object_edges[from + 1]; i++)
        {
          if (view->edge_target[i] != object)
            continue;
          g_assert_cmpuint (e, <, n_edges);
          g_assert_cmpuint (edges[e++], ==, i);
          g_assert_cmpuint (_hs_heap_get_edge_source (heap, i), ==, from);
        }
    }
  for (uint32_t i = 0; i < view->n_names; i++)
    {
      if (view->name_object[i] != object)
        continue;
      g_assert_cmpuint (n, <, n_names);
      g_assert_cmpuint (names[n++], ==, i);
    }

  g_assert_cmpuint (e, ==, n_edges);
  g_assert_cmpuint (n, ==, n_names);
  g_assert_cmpuint (hs_heap_get_n_referrers (heap, object), ==, e + n);
}

/* Marks what is reachable until nothing is added, then sums it up. */
static guint64
find_deep (HsHeap  *heap,
           uint32_t object)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  g_autofree gboolean  *reached = g_new0 (gboolean, view->n_objects);
  gboolean              has_grown = TRUE;
  guint64               sum = 0;

  reached[object] = TRUE;
  while (has_grown)
    {
      has_grown = FALSE;
      for (uint32_t from = 0; from < view->n_objects; from++)
        {
          for (uint32_t i = view->object_edges[from]; i < view->object_edges[from + 1]; i++)
            {
              if (!reached[from] || reached[view->edge_target[i]])
                continue;
              reached[view->edge_target[i]] = TRUE;
              has_grown = TRUE;
            }
        }
    }

  for (uint32_t i = 0; i < view->n_objects; i++)
    sum += reached[i] ? hs_heap_get_occupied (heap, i) : 0;

  return sum;
}

static void
test_random (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (round);
      TestHeap *test = test_heap_new ();
      gint32    n = g_rand_int_range (rand, 1, 60);
      g_autoptr(HsHeap) heap = NULL;

      for (gint32 i = 0; i < n; i++)
        test_heap_add (test, (TestType)g_rand_int_range (rand, T_LIST, T_BOOL), "");
      for (gint32 i = 0; i < g_rand_int_range (rand, 0, 120); i++)
        hs_test_snapshot_add_index (test->snapshot, (guint32)g_rand_int_range (rand, 0, n),
                                    HS_EDGE_INDEX, 0, (guint32)g_rand_int_range (rand, 0, n));
      for (gint32 i = 0; i < 10; i++)
        test_heap_name (test, "name", (guint32)g_rand_int_range (rand, 0, n));
      heap = test_heap_finish (test);

      for (uint32_t i = 0; i < (uint32_t)n; i++)
        {
          check_referrers (heap, i);
          g_assert_cmpuint (hs_heap_get_deep (heap, i), ==, find_deep (heap, i));
        }
    }
}

/* Objects of all types, with cycles, of which some are not wholly known. */
static HsHeap *
new_random_heap (GRand *rand,
                 gint32 n)
{
  TestHeap *test = test_heap_new ();

  for (gint32 i = 0; i < n; i++)
    {
      guint32 object = test_heap_add (test, (TestType)g_rand_int_range (rand, 0, N_TYPES), "");

      if (g_rand_int_range (rand, 0, n) == 0)
        hs_test_snapshot_set_flags (test->snapshot, object, HS_OBJECT_EDGES_INCOMPLETE);
      if (g_rand_int_range (rand, 0, 10) == 0)
        hs_test_snapshot_set_flags (test->snapshot, object, HS_OBJECT_STATIC);
    }
  for (gint32 i = g_rand_int_range (rand, 0, 2 * n); i > 0; i--)
    hs_test_snapshot_add_index (test->snapshot, (guint32)g_rand_int_range (rand, 0, n),
                                HS_EDGE_INDEX, 0, (guint32)g_rand_int_range (rand, 0, n));

  return test_heap_finish (test);
}

static void
test_deep_of_many (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (round);
      gint32 n = g_rand_int_range (rand, 1, round % 10 == 0 ? 1000 : 100);
      guint  n_wanted = (guint)g_rand_int_range (rand, 0, 3 * n);
      g_autoptr(HsHeap) heap = new_random_heap (rand, n);
      g_autofree uint32_t *wanted = g_new (uint32_t, n_wanted + 1);
      g_autofree guint64  *deep = NULL;

      for (guint i = 0; i < n_wanted; i++)
        wanted[i] = (uint32_t)g_rand_int_range (rand, 0, n);
      deep = hs_heap_new_deep_of (heap, wanted, n_wanted);
      for (guint i = 0; i < n_wanted; i++)
        g_assert_cmpuint (deep[i], ==, hs_heap_get_deep (heap, wanted[i]));
    }
}

/* A chain that is a million long, and of which every end is asked for. */
static void
test_deep_of_chain (void)
{
  TestHeap            *test = test_heap_new ();
  guint                n = 1000000;
  g_autofree guint64  *deep = NULL;
  g_autofree uint32_t *wanted = g_new (uint32_t, 1000);
  g_autoptr(HsHeap) heap = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint32 object = test_heap_add (test, T_LIST, "");

      if (i > 0)
        hs_test_snapshot_add_index (test->snapshot, object, HS_EDGE_INDEX, 0, object - 1);
    }
  heap = test_heap_finish (test);
  for (guint i = 0; i < 1000; i++)
    wanted[i] = n - 1 - i;

  g_test_timer_start ();
  deep = hs_heap_new_deep_of (heap, wanted, 1000);
  g_test_message ("1000 of a million: %.3f s", g_test_timer_elapsed ());
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (deep[i], ==, (guint64)(n - i) * 64);
}

/* Only what hostile workers write is so long. */
static void
test_endless_text (void)
{
  g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
  g_autofree char *endless = g_strnfill (10 << 20, 'x');
  guint32          offset = hs_test_snapshot_add_string (test, endless);
  g_autoptr (GBytes) bytes = hs_test_snapshot_to_bytes (test);
  g_autoptr (HsHeap) heap = hs_heap_new (bytes, NULL);
  g_autofree char *text = hs_heap_dup_string (heap, offset);

  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 4096 + 1);
  g_assert_true (g_str_has_suffix (text, "x…"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heap/errors", test_errors);
  g_test_add_func ("/heap/unaligned", test_unaligned);
  g_test_add_func ("/heap/occupied", test_occupied);
  g_test_add_func ("/heap/static", test_static);
  g_test_add_func ("/heap/ledger", test_ledger);
  g_test_add_func ("/heap/without-ledger", test_without_ledger);
  g_test_add_func ("/heap/blocks", test_blocks);
  g_test_add_func ("/heap/unreached", test_unreached);
  g_test_add_func ("/heap/key-labels", test_key_labels);
  g_test_add_func ("/heap/referrers", test_referrers);
  g_test_add_func ("/heap/deep", test_deep);
  g_test_add_func ("/heap/deep-of-many", test_deep_of_many);
  g_test_add_func ("/heap/deep-of-chain", test_deep_of_chain);
  g_test_add_func ("/heap/find-address", test_find_address);
  g_test_add_func ("/heap/texts", test_texts);
  g_test_add_func ("/heap/type-names", test_type_names);
  g_test_add_func ("/heap/labels", test_labels);

  g_test_add_func ("/heap/random", test_random);
  g_test_add_func ("/heap/endless-text", test_endless_text);

  return g_test_run ();
}
