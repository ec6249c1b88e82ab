/* hs-test-graphs.c - graphs to lay out, made by rule, for tests and benchmarks
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-graphs.h"

#include <math.h>

#define TITLE_HEIGHT 56
#define ROW_HEIGHT   24

/* Rows as they are added, one list for all nodes. */
typedef struct
{
  GArray *edges;  /* HsLayoutEdge; port holds the row */
  guint  *n_rows; /* per node */
  guint   n_nodes;
  GRand  *random;
} Maker;

static void
add_row (Maker *maker,
         guint  from,
         guint  to)
{
  HsLayoutEdge edge = { from, to, maker->n_rows[from]++ };

  g_array_append_val (maker->edges, edge);
}

static void
make_heap (Maker *maker)
{
  guint made = 1;
  guint hubs = maker->n_nodes > 60 ? 3 : 0;

  for (guint node = 0; node < made && made < maker->n_nodes; node++)
    {
      static const guint rows_of_tenths[] = { 0, 0, 0, 0, 2, 2, 2, 4, 4, 8 };
      int                tenth = g_rand_int_range (maker->random, 0, 10);
      guint              n_rows = node == 0 ? 8 : rows_of_tenths[tenth];

      for (guint row = 0; row < n_rows; row++)
        {
          int chance = g_rand_int_range (maker->random, 0, 100);

          if (node > 0 && chance < 12 && made > 3)
            add_row (maker, node, (guint)g_rand_int_range (maker->random, 0, (int)made));
          else if (chance < 16 && hubs > 0 && made > 10)
            add_row (maker, node, 1 + (guint)g_rand_int_range (maker->random, 0, (int)hubs));
          else if (made < maker->n_nodes)
            add_row (maker, node, made++);
        }
      /* It must go on as long as boxes are missing. */
      if (node + 1 == made && made < maker->n_nodes)
        add_row (maker, node, made++);
    }
}

static void
make_edges (Maker          *maker,
            HsTestGraphKind kind)
{
  guint n = maker->n_nodes;

  if (kind == HS_TEST_GRAPH_HEAP)
    {
      make_heap (maker);
      return;
    }

  for (guint i = 0; i < n; i++)
    switch (kind)
      {
      case HS_TEST_GRAPH_LIST:
        if (i + 1 < n)
          add_row (maker, i, i + 1);
        break;
      case HS_TEST_GRAPH_DOUBLE:
        if (i > 0)
          add_row (maker, i, i - 1);
        if (i + 1 < n)
          add_row (maker, i, i + 1);
        break;
      case HS_TEST_GRAPH_RING:
        add_row (maker, i, (i + 1) % n);
        break;
      case HS_TEST_GRAPH_TREE:
        if (i > 0)
          add_row (maker, i, (i - 1) / 2);
        for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
          add_row (maker, i, child);
        break;
      case HS_TEST_GRAPH_STAR:
        if (i > 0)
          add_row (maker, 0, i);
        break;
      case HS_TEST_GRAPH_SINK:
        add_row (maker, i, n - 1);
        if (i > 0 && i + 1 < n)
          add_row (maker, i / 2, i);
        break;
      case HS_TEST_GRAPH_LOOPS:
        add_row (maker, i, i);
        add_row (maker, i, i);
        break;
      case HS_TEST_GRAPH_RANDOM:
        for (guint j = 0; j < 2; j++)
          add_row (maker, (guint)g_rand_int_range (maker->random, 0, (int)n),
                   (guint)g_rand_int_range (maker->random, 0, (int)n));
        break;
      case HS_TEST_GRAPH_PARTS:
        if (i % 5 != 4 && i + 1 < n)
          add_row (maker, i, i + 1);
        break;
      case HS_TEST_GRAPH_BIPARTITE:
        for (guint j = 0; j < 3 && i < n / 2; j++)
          add_row (maker, i, n / 2 + (guint)g_rand_int_range (maker->random, 0, (int)(n - n / 2)));
        break;
      case HS_TEST_GRAPH_DENSE:
        for (guint j = 1; j <= 12; j++)
          add_row (maker, i, (i + j) % n);
        break;
      case HS_TEST_GRAPH_MULTI:
        for (guint j = 0; j < 5 && i > 0; j++)
          add_row (maker, (i - 1) / 3, i);
        break;
      case HS_TEST_GRAPH_ROOTLESS:
        add_row (maker, i, i / 10 * 10 + (i + 1) % 10 < n ? i / 10 * 10 + (i + 1) % 10 : i);
        add_row (maker, i, i / 10);
        break;
      case HS_TEST_GRAPH_SIZES:
        add_row (maker, (guint)g_rand_int_range (maker->random, 0, (int)i + 1), i);
        add_row (maker, i, (guint)g_rand_int_range (maker->random, 0, (int)n));
        break;
      case HS_TEST_GRAPH_HUBS:
        if (i > 0)
          add_row (maker, (i - 1) / 6, i);
        add_row (maker, i, n - 1 - i % MIN (3, n));
        break;
      case HS_TEST_GRAPH_HEAP:
      case HS_N_TEST_GRAPH_KINDS:
        break;
      }
}

HsTestGraph *
hs_test_graph_new (HsTestGraphKind kind,
                   guint           n_nodes,
                   guint32         seed)
{
  HsTestGraph      *self = g_new0 (HsTestGraph, 1);
  g_autofree guint *n_rows = g_new0 (guint, n_nodes + 1);
  Maker             maker = { g_array_new (FALSE, FALSE, sizeof (HsLayoutEdge)), n_rows, n_nodes,
                              g_rand_new_with_seed (seed) };

  make_edges (&maker, kind);
  self->n_nodes = n_nodes;
  self->nodes = g_new0 (HsLayoutNode, n_nodes + 1);
  for (guint i = 0; i < n_nodes; i++)
    {
      self->nodes[i].width = 120 + 8 * g_rand_int_range (maker.random, 0, 16);
      self->nodes[i].height = TITLE_HEIGHT + (n_rows[i] > 0 ? 8 + ROW_HEIGHT * n_rows[i] : 0);
      self->nodes[i].entry = 16;
      self->nodes[i].is_root = i == 0 && kind != HS_TEST_GRAPH_ROOTLESS;
      if (kind == HS_TEST_GRAPH_SIZES)
        {
          self->nodes[i].width = exp (g_rand_double_range (maker.random, 2, 7.5));
          self->nodes[i].height += exp (g_rand_double_range (maker.random, 0, 8));
        }
    }
  g_rand_free (maker.random);

  self->n_edges = maker.edges->len;
  self->edges = (HsLayoutEdge *)(void *)g_array_free (maker.edges, FALSE);
  for (guint i = 0; i < self->n_edges; i++)
    self->edges[i].port = TITLE_HEIGHT + 4 + ROW_HEIGHT * (self->edges[i].port + 0.5);

  return self;
}

HsTestGraph *
hs_test_graph_dup_without_leaves (const HsTestGraph *self,
                                  guint              n_leaves,
                                  guint             *ids)
{
  HsTestGraph      *dup = g_new0 (HsTestGraph, 1);
  g_autofree guint *new_ids = g_new (guint, self->n_nodes + 1);
  g_autofree guint *n_out = g_new0 (guint, self->n_nodes + 1);
  guint             n_all = 0;
  guint             stride;

  for (guint i = 0; i < self->n_edges; i++)
    n_out[self->edges[i].from]++;
  for (guint i = 0; i < self->n_nodes; i++)
    n_all += n_out[i] == 0;
  stride = MAX (1, n_all / MAX (1, n_leaves));

  dup->nodes = g_new0 (HsLayoutNode, self->n_nodes + 1);
  dup->edges = g_new0 (HsLayoutEdge, self->n_edges + 1);
  for (guint i = 0, leaf = 0; i < self->n_nodes; i++)
    {
      new_ids[i] = G_MAXUINT;
      if (n_out[i] == 0 && leaf++ % stride == stride / 2 && n_leaves > 0)
        {
          n_leaves--;
          continue;
        }
      new_ids[i] = dup->n_nodes;
      ids[dup->n_nodes] = i;
      dup->nodes[dup->n_nodes++] = self->nodes[i];
    }
  for (guint i = 0; i < self->n_edges; i++)
    {
      const HsLayoutEdge *edge = &self->edges[i];

      if (new_ids[edge->to] != G_MAXUINT)
        dup->edges[dup->n_edges++] =
          (HsLayoutEdge) { new_ids[edge->from], new_ids[edge->to], edge->port };
    }

  return dup;
}

void
hs_test_graph_free (HsTestGraph *self)
{
  g_free (self->nodes);
  g_free (self->edges);
  g_free (self);
}

const char *
hs_test_graph_kind_to_string (HsTestGraphKind kind)
{
  static const char *const names[] = { "list", "double", "ring", "tree", "star",
                                       "sink", "loops", "heap", "random", "parts",
                                       "bipartite", "dense", "multi", "rootless", "sizes",
                                       "hubs" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HS_N_TEST_GRAPH_KINDS);

  return names[kind];
}

/* Measuring */

double
hs_test_layout_measure_moves (const HsLayout *before,
                              const HsLayout *after,
                              const guint    *ids)
{
  double sum = 0;

  for (guint i = 0; i < before->n_nodes; i++)
    {
      HsPoint old_place = before->places[i];
      HsPoint new_place = after->places[ids[i]];

      sum += hypot (new_place.x - old_place.x - after->places[ids[0]].x + before->places[0].x,
                    new_place.y - old_place.y - after->places[ids[0]].y + before->places[0].y);
    }

  return sum / MAX (1, before->n_nodes);
}

#define CURVE_STEPS 16
#define CELL        64.

/* Boxes by squares of the plane. */
typedef struct
{
  guint    n_columns;
  guint    n_rows;
  GArray **cells; /* guint: box */
} Grid;

static GArray **
grid_cell (Grid  *grid,
           double x,
           double y)
{
  guint column = (guint)CLAMP (floor (x / CELL), 0, grid->n_columns - 1.);
  guint row = (guint)CLAMP (floor (y / CELL), 0, grid->n_rows - 1.);

  return &grid->cells[row * grid->n_columns + column];
}

static void
grid_init (Grid              *grid,
           const HsTestGraph *graph,
           const HsLayout    *layout)
{
  grid->n_columns = (guint)(layout->width / CELL) + 2;
  grid->n_rows = (guint)(layout->height / CELL) + 2;
  grid->cells = g_new0 (GArray *, (gsize)grid->n_columns * grid->n_rows);
  for (guint i = 0; i < graph->n_nodes; i++)
    for (double y = layout->places[i].y; y < layout->places[i].y + graph->nodes[i].height + CELL;
         y += CELL)
      for (double x = layout->places[i].x; x < layout->places[i].x + graph->nodes[i].width + CELL;
           x += CELL)
        {
          GArray **cell = grid_cell (grid, x, y);

          if (*cell == NULL)
            *cell = g_array_new (FALSE, FALSE, sizeof (guint));
          g_array_append_val (*cell, i);
        }
}

static void
grid_clear (Grid *grid)
{
  for (gsize i = 0; i < (gsize)grid->n_columns * grid->n_rows; i++)
    if (grid->cells[i] != NULL)
      g_array_unref (grid->cells[i]);
  g_free (grid->cells);
}

static gboolean
is_inside (const HsTestGraph *graph,
           const HsLayout    *layout,
           guint              node,
           HsPoint            point)
{
  const HsPoint *place = &layout->places[node];

  return point.x > place->x + 0.5 && point.x < place->x + graph->nodes[node].width - 0.5 &&
         point.y > place->y + 0.5 && point.y < place->y + graph->nodes[node].height - 0.5;
}

static gboolean
meets_box (Grid              *grid,
           const HsTestGraph *graph,
           const HsLayout    *layout,
           HsPoint            point)
{
  GArray *cell = *grid_cell (grid, point.x, point.y);

  for (guint i = 0; cell != NULL && i < cell->len; i++)
    if (is_inside (graph, layout, g_array_index (cell, guint, i), point))
      return TRUE;

  return FALSE;
}

HsPoint
hs_test_strand_get_point (const HsLayoutStrand *strand,
                          double                t)
{
  double         u = 1 - t;
  const HsPoint *p = strand->curve;

  return (HsPoint) {
    u * u * u * p[0].x + 3 * u * u * t * p[1].x + 3 * u * t * t * p[2].x + t * t * t * p[3].x,
    u * u * u * p[0].y + 3 * u * u * t * p[1].y + 3 * u * t * t * p[2].y + t * t * t * p[3].y,
  };
}

static gboolean
goes_through_box (Grid                 *grid,
                  const HsTestGraph    *graph,
                  const HsLayout       *layout,
                  const HsLayoutStrand *strand)
{
  double way = strand->curve[0].x - strand->start.x;
  guint  n_steps = (guint)(fabs (way) / 8) + 1;

  for (guint i = 0; i <= n_steps; i++)
    {
      HsPoint point = { strand->start.x + way * i / n_steps, strand->start.y };

      if (meets_box (grid, graph, layout, point))
        return TRUE;
    }
  for (guint i = 0; i <= CURVE_STEPS; i++)
    if (meets_box (grid, graph, layout, hs_test_strand_get_point (strand, i / (double)CURVE_STEPS)))
      return TRUE;

  return FALSE;
}

static guint
count_overlaps (const HsTestGraph *graph,
                const HsLayout    *layout)
{
  guint n = 0;

  for (guint i = 0; i < graph->n_nodes; i++)
    for (guint j = i + 1; j < graph->n_nodes; j++)
      {
        const HsPoint *a = &layout->places[i];
        const HsPoint *b = &layout->places[j];

        if (a->x < b->x + graph->nodes[j].width && b->x < a->x + graph->nodes[i].width &&
            a->y < b->y + graph->nodes[j].height && b->y < a->y + graph->nodes[i].height)
          n++;
      }

  return n;
}

/* Flattened: the line, then the steps of the curve. */
static void
flatten (const HsLayoutStrand *strand,
         HsPoint               points[CURVE_STEPS + 2])
{
  points[0] = strand->start;
  for (guint i = 0; i <= CURVE_STEPS; i++)
    points[i + 1] = hs_test_strand_get_point (strand, i / (double)CURVE_STEPS);
}

static double
side (HsPoint a,
      HsPoint b,
      HsPoint c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static guint
count_crossings_of (const HsPoint *a,
                    const HsPoint *b)
{
  guint n = 0;

  for (guint i = 0; i <= CURVE_STEPS; i++)
    for (guint j = 0; j <= CURVE_STEPS; j++)
      if (side (a[i], a[i + 1], b[j]) * side (a[i], a[i + 1], b[j + 1]) < 0 &&
          side (b[j], b[j + 1], a[i]) * side (b[j], b[j + 1], a[i + 1]) < 0)
        n++;

  return n;
}

static guint
count_crossings_in (const HsLayout *layout)
{
  typedef HsPoint      Polyline[CURVE_STEPS + 2];
  g_autofree Polyline *lines = g_new (Polyline, layout->n_strands + 1);
  guint                n = 0;

  for (guint i = 0; i < layout->n_strands; i++)
    flatten (&layout->strands[i], lines[i]);

  for (guint i = 0; i < layout->n_strands; i++)
    for (guint j = i + 1; j < layout->n_strands; j++)
      {
        const HsLayoutStrand *a = &layout->strands[i];
        const HsLayoutStrand *b = &layout->strands[j];

        /* Far apart, or of one bundle. */
        if (a->target == b->target ||
            MIN (a->start.y, a->curve[3].y) > MAX (b->start.y, b->curve[3].y) ||
            MIN (b->start.y, b->curve[3].y) > MAX (a->start.y, a->curve[3].y))
          continue;
        n += count_crossings_of (lines[i], lines[j]);
      }

  return n;
}

HsTestMeasure
hs_test_graph_measure (const HsTestGraph *graph,
                       const HsLayout    *layout,
                       gboolean           count_crossings)
{
  HsTestMeasure measure = { 0, count_overlaps (graph, layout), G_MAXUINT, 0 };
  Grid          grid;

  grid_init (&grid, graph, layout);
  for (guint i = 0; i < layout->n_strands; i++)
    {
      HsPoint points[CURVE_STEPS + 2];

      if (goes_through_box (&grid, graph, layout, &layout->strands[i]))
        measure.n_through++;
      flatten (&layout->strands[i], points);
      for (guint j = 0; j <= CURVE_STEPS; j++)
        measure.length += hypot (points[j + 1].x - points[j].x, points[j + 1].y - points[j].y);
    }
  grid_clear (&grid);
  if (count_crossings)
    measure.n_crossings = count_crossings_in (layout);

  return measure;
}
