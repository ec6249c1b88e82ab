/* test-layout.c - what must hold of every layout, on graphs made by rule
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-test-graphs.h"

static HsLayout *
lay_out (const HsTestGraph *graph)
{
  return hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, NULL, NULL);
}

static void
assert_same_point (HsPoint a,
                   HsPoint b)
{
  g_assert_cmpfloat_with_epsilon (a.x, b.x, 0.01);
  g_assert_cmpfloat_with_epsilon (a.y, b.y, 0.01);
}

/* Every arrow starts at its row, ends at its box, and is in one piece. */
static void
assert_routes (const HsTestGraph *graph,
               const HsLayout    *layout)
{
  guint n_stubs = 0;

  for (guint i = 0; i < graph->n_edges; i++)
    {
      const HsLayoutEdge   *edge = &graph->edges[i];
      guint                 first = layout->edge_first[i];
      guint                 last = layout->edge_first[i + 1] - 1;
      const HsPoint        *from = &layout->places[edge->from];
      const HsPoint        *to = &layout->places[edge->to];
      const HsLayoutStrand *strand = &layout->strands[layout->edge_strands[first]];
      double                right = from->x + graph->nodes[edge->from].width;
      HsPoint               port = { right, from->y + edge->port };
      HsPoint               entry = { to->x, to->y + graph->nodes[edge->to].entry };

      g_assert_cmpuint (first, <=, last);
      gboolean is_stub = strand->is_stub;

      g_assert_true (strand->is_first);
      assert_same_point (strand->start, port);
      for (guint j = first; j <= last; j++)
        {
          strand = &layout->strands[layout->edge_strands[j]];
          g_assert_cmpuint (strand->target, ==, edge->to);
          g_assert_cmpuint (strand->n_edges, >, 0);
          g_assert_cmpuint (strand->is_stub, ==, is_stub);
          if (j < last && !is_stub)
            assert_same_point (strand->curve[3],
                               layout->strands[layout->edge_strands[j + 1]].start);
        }
      n_stubs += is_stub;
      g_assert_true (strand->is_last);
      assert_same_point (strand->curve[3], entry);
      /* The arrow head looks to the right. */
      g_assert_cmpfloat (strand->curve[2].x, <, strand->curve[3].x);
      g_assert_cmpfloat_with_epsilon (strand->curve[2].y, strand->curve[3].y, 0.01);
    }
  g_assert_cmpuint (n_stubs, ==, layout->n_stubs);
  g_assert_true (n_stubs == 0 || layout->is_simplified);
}

static void
assert_inside (const HsLayout *layout,
               HsPoint         point)
{
  g_assert_true (isfinite (point.x) && isfinite (point.y));
  g_assert_cmpfloat (point.x, >=, -0.01);
  g_assert_cmpfloat (point.x, <=, layout->width + 0.01);
  g_assert_cmpfloat (point.y, >=, -0.01);
  g_assert_cmpfloat (point.y, <=, layout->height + 0.01);
}

static void
assert_extents (const HsTestGraph *graph,
                const HsLayout    *layout)
{
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      g_assert_cmpfloat (layout->places[i].x, >=, 0);
      g_assert_cmpfloat (layout->places[i].y, >=, 0);
      g_assert_cmpfloat (layout->places[i].x + graph->nodes[i].width, <=, layout->width + 0.01);
      g_assert_cmpfloat (layout->places[i].y + graph->nodes[i].height, <=, layout->height + 0.01);
    }
  for (guint i = 0; i < layout->n_strands; i++)
    {
      assert_inside (layout, layout->strands[i].start);
      for (guint step = 0; step <= 8; step++)
        assert_inside (layout, hs_test_strand_get_point (&layout->strands[i], step / 8.));
    }
}

static void
assert_all (const HsTestGraph *graph,
            const HsLayout    *layout)
{
  HsTestMeasure measure;

  g_assert_nonnull (layout);
  assert_extents (graph, layout);
  assert_routes (graph, layout);
  measure = hs_test_graph_measure (graph, layout, FALSE);
  g_assert_cmpuint (measure.n_overlaps, ==, 0);
  g_assert_cmpuint (measure.n_through, ==, 0);
}

static void
test_invariants (gconstpointer data)
{
  HsTestGraphKind    kind = GPOINTER_TO_UINT (data);
  static const guint sizes[] = { 1, 2, 3, 7, 20, 61, 200, 700, 2000, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, sizes[i], 7 + i);
      g_autoptr (HsLayout) layout = lay_out (graph);

      assert_all (graph, layout);
    }
}

static void
assert_equal (const HsLayout *a,
              const HsLayout *b)
{
  g_assert_cmpmem (a->places, sizeof (HsPoint) * a->n_nodes, b->places,
                   sizeof (HsPoint) * b->n_nodes);
  g_assert_cmpuint (a->n_strands, ==, b->n_strands);
  for (guint i = 0; i < a->n_strands; i++)
    {
      g_assert_cmpmem (a->strands[i].curve, sizeof a->strands[i].curve, b->strands[i].curve,
                       sizeof b->strands[i].curve);
      assert_same_point (a->strands[i].start, b->strands[i].start);
    }
  g_assert_cmpmem (a->edge_strands, sizeof (guint) * a->edge_first[a->n_edges], b->edge_strands,
                   sizeof (guint) * b->edge_first[b->n_edges]);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (2000);
  g_cancellable_cancel (data);

  return NULL;
}

/* What a run that was cancelled half done leaves behind changes nothing. */
static void
test_deterministic (void)
{
  for (guint kind = 0; kind < HS_N_TEST_GRAPH_KINDS; kind++)
    {
      g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, 600, 3);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (HsLayout) first = lay_out (graph);
      g_autoptr (HsLayout) second = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

      hs_layout_free (hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges,
                                     NULL, cancellable));
      g_thread_join (thread);
      second = lay_out (graph);
      assert_equal (first, second);
    }
}

/* Up to 5000 boxes of a usual program get the best order that there is time
 * for. Past the budget it is a tree, and the layout says so.
 */
static void
test_simplified (void)
{
  g_autoptr (HsTestGraph) usual = hs_test_graph_new (HS_TEST_GRAPH_HEAP, 5000, 1);
  g_autoptr (HsLayout) ordered = lay_out (usual);
  g_autoptr (HsTestGraph) large = hs_test_graph_new (HS_TEST_GRAPH_HEAP, 20000, 1);
  g_autoptr (HsLayout) tree = lay_out (large);

  g_assert_false (ordered->is_simplified);
  g_assert_cmpuint (ordered->n_stubs, ==, 0);
  g_assert_true (tree->is_simplified);
  g_assert_cmpuint (tree->n_stubs, >, 0);
  g_assert_cmpuint (tree->n_stubs, <, large->n_edges / 2);
  assert_all (large, tree);
}

/* 300 names of one list: the arrows come together in a trunk, of which no
 * piece is far from the one that it joins.
 */
static void
test_trunk (void)
{
  HsLayoutNode nodes[] = { { 200, 7264, 16, TRUE }, { 200, 56, 16, FALSE } };
  HsLayoutEdge edges[300];
  guint        n_trunk = 0;
  HsTestGraph  graph = { 2, 300, nodes, edges };
  g_autoptr (HsLayout) layout = NULL;

  for (guint i = 0; i < 300; i++)
    edges[i] = (HsLayoutEdge) { 0, 1, 60 + 24 * i };
  layout = lay_out (&graph);
  assert_all (&graph, layout);
  for (guint i = 0; i < layout->n_strands; i++)
    if (layout->strands[i].n_edges > 100)
      n_trunk++;
  g_assert_cmpuint (n_trunk, >, 4);
  /* Not a list of all pieces for each arrow. */
  g_assert_cmpuint (layout->edge_first[300], <, 300 * 30);
}

/* Boxes that the reader knows stay in their order, and near their places. */
static void
assert_stable (const HsTestGraph *graph,
               const HsTestGraph *former,
               const guint       *ids,
               double            *moves,
               double            *moves_without)
{
  g_autofree HsLayoutHint *hints = g_new0 (HsLayoutHint, graph->n_nodes + 1);
  g_autoptr (HsLayout) before = lay_out (former);
  g_autoptr (HsLayout) without = lay_out (graph);
  g_autoptr (HsLayout) after = NULL;

  for (guint i = 0; i < former->n_nodes; i++)
    hints[ids[i]] = (HsLayoutHint) { before->places[i], TRUE };
  after =
    hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, hints, NULL);
  assert_all (graph, after);

  for (guint i = 0; i < former->n_nodes; i++)
    for (guint j = i + 1; j < former->n_nodes; j++)
      {
        double now = after->places[ids[i]].y - after->places[ids[j]].y;
        double then = before->places[i].y - before->places[j].y;
        double way = after->places[ids[i]].x - after->places[ids[j]].x;

        if (fabs (way) < 0.01 && fabs (then) > 0.01)
          g_assert_cmpfloat (now * then, >, 0);
      }
  *moves += hs_test_layout_measure_moves (before, after, ids);
  *moves_without += hs_test_layout_measure_moves (before, without, ids);
}

static void
test_stable (void)
{
  static const guint sizes[] = { 30, 60, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      double moves = 0;
      double moves_without = 0;

      for (guint seed = 1; seed <= 8; seed++)
        {
          g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_HEAP, sizes[i], seed);
          g_autofree guint *ids = g_new (guint, graph->n_nodes);
          g_autoptr (HsTestGraph) former = hs_test_graph_dup_without_leaves (graph, 10, ids);

          assert_stable (graph, former, ids, &moves, &moves_without);
        }
      g_assert_cmpfloat (moves, <, 0.8 * moves_without);
    }
}

/* Hints that cannot be places change at most the picture. */
static void
test_odd_hints (void)
{
  static const double heights[] = { NAN, HUGE_VAL, -HUGE_VAL, 1e300, -1e300, 0 };
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_HEAP, 100, 1);
  g_autofree HsLayoutHint *hints = g_new0 (HsLayoutHint, graph->n_nodes);
  g_autoptr (HsLayout) layout = NULL;

  for (guint i = 0; i < graph->n_nodes; i++)
    hints[i] = (HsLayoutHint) { { NAN, heights[i % G_N_ELEMENTS (heights)] }, i % 7 != 3 };
  layout =
    hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, hints, NULL);
  assert_routes (graph, layout);
  g_assert_cmpuint (hs_test_graph_measure (graph, layout, FALSE).n_overlaps, ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (HsLayout) layout = hs_layout_new (NULL, 0, NULL, 0, NULL, NULL);

  g_assert_cmpuint (layout->n_strands, ==, 0);
  g_assert_cmpfloat_with_epsilon (layout->width, 0, 0.01);
}

/* Three boxes in a row: the arrows are level and nothing is wasted. */
static void
test_straight (void)
{
  HsLayoutNode nodes[] = { { 100, 40, 20, TRUE }, { 100, 40, 20, FALSE }, { 100, 40, 20, FALSE } };
  HsLayoutEdge edges[] = { { 0, 1, 20 }, { 1, 2, 20 } };
  g_autoptr (HsLayout) layout = hs_layout_new (nodes, 3, edges, 2, NULL, NULL);

  g_assert_cmpfloat_with_epsilon (layout->height, 40, 0.01);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (layout->strands[i].curve[0].y, layout->strands[i].curve[3].y,
                                    0.01);
  g_assert_cmpfloat (layout->places[0].x, <, layout->places[1].x);
  g_assert_cmpfloat (layout->places[1].x, <, layout->places[2].x);
}

/* Two arrows that can be drawn without crossing are. */
static void
test_uncrossed (void)
{
  HsLayoutNode nodes[] = { { 100, 80, 20, TRUE }, { 100, 40, 20, FALSE }, { 100, 40, 20, FALSE } };
  HsLayoutEdge edges[] = { { 0, 2, 40 }, { 0, 1, 60 } };
  g_autoptr (HsLayout) layout = hs_layout_new (nodes, 3, edges, 2, NULL, NULL);

  g_assert_cmpfloat (layout->places[2].y, <, layout->places[1].y);
}

/* Arrows that share their way share its strands. */
static void
test_bundled (void)
{
  HsLayoutNode nodes[] = { { 100, 80, 20, TRUE }, { 100, 80, 20, FALSE }, { 100, 40, 20, FALSE } };
  HsLayoutEdge edges[] = { { 0, 1, 30 }, { 0, 2, 50 }, { 0, 2, 70 }, { 1, 2, 40 } };
  g_autoptr (HsLayout) layout = hs_layout_new (nodes, 3, edges, 4, NULL, NULL);
  guint second_last = layout->edge_first[2] - 1;
  guint third_last = layout->edge_first[3] - 1;

  g_assert_cmpuint (layout->edge_strands[second_last], ==, layout->edge_strands[third_last]);
  g_assert_cmpuint (layout->strands[layout->edge_strands[second_last]].n_edges, ==, 2);
}

/* A long list is broken into lines that fit a page. */
static void
test_bands (void)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_LIST, 60, 1);
  g_autoptr (HsLayout) layout = lay_out (graph);

  g_assert_cmpfloat (layout->width, <, 4 * layout->height);
  g_assert_cmpfloat (layout->height, <, 2 * layout->width);
}

/* As deep as it is long: nothing may recurse. */
static void
test_deep (void)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_LIST, 100000, 1);
  g_autoptr (HsLayout) layout = lay_out (graph);

  g_assert_nonnull (layout);
  assert_routes (graph, layout);
}

static void
test_cancelled (void)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_HEAP, 100, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (
    hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, NULL, cancellable));
}

/* A layout that takes long ends soon after it is cancelled: without that the
 * test program runs into its time limit.
 */
static void
test_cancelled_midway (void)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_RANDOM, 60000, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_null (
    hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, NULL, cancellable));
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint kind = 0; kind < HS_N_TEST_GRAPH_KINDS; kind++)
    {
      g_autofree char *path =
        g_strdup_printf ("/layout/invariants/%s", hs_test_graph_kind_to_string (kind));

      g_test_add_data_func (path, GUINT_TO_POINTER (kind), test_invariants);
    }
  g_test_add_func ("/layout/deterministic", test_deterministic);
  g_test_add_func ("/layout/simplified", test_simplified);
  g_test_add_func ("/layout/trunk", test_trunk);
  g_test_add_func ("/layout/stable", test_stable);
  g_test_add_func ("/layout/odd-hints", test_odd_hints);
  g_test_add_func ("/layout/empty", test_empty);
  g_test_add_func ("/layout/straight", test_straight);
  g_test_add_func ("/layout/uncrossed", test_uncrossed);
  g_test_add_func ("/layout/bundled", test_bundled);
  g_test_add_func ("/layout/bands", test_bands);
  g_test_add_func ("/layout/deep", test_deep);
  g_test_add_func ("/layout/cancelled", test_cancelled);
  g_test_add_func ("/layout/cancelled-midway", test_cancelled_midway);

  return g_test_run ();
}
