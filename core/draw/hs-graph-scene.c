/* hs-graph-scene.c - a graph laid out, ready to be drawn and pointed at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-graph-scene-private.h"

static void
graph_scene_finalize (HsScene *scene)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  g_clear_pointer (&self->graph, hs_graph_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->layout, hs_layout_free);
  g_free (self->answer);
  g_free (self->legend);
  g_free (self->is_solid);
  g_free (self->boxes);
  g_free (self->rows);
  g_free (self->edges);
  g_free (self->in_first);
  g_free (self->in_edges);
  g_free (self->out_first);
  g_free (self->box_grid.first);
  g_free (self->box_grid.members);
  g_free (self->strand_grid.first);
  g_free (self->strand_grid.members);
}

static void
find_edges (HsGraphScene *self)
{
  GArray           *edges = g_array_new (FALSE, FALSE, sizeof (HsSceneEdge));
  g_autofree guint *fill = NULL;

  self->out_first = g_new0 (guint, self->n_boxes + 1);
  self->in_first = g_new0 (guint, self->n_boxes + 1);
  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsSceneBox *box = &self->boxes[i];

      self->out_first[i] = edges->len;
      for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
        {
          HsSceneEdge edge = { i, row, hs_graph_get_row (self->graph, row)->target };

          if (edge.to == HS_GRAPH_NONE)
            continue;
          self->rows[row].edge = edges->len;
          self->in_first[edge.to + 1]++;
          g_array_append_val (edges, edge);
        }
    }
  self->n_edges = self->out_first[self->n_boxes] = edges->len;
  self->edges = (HsSceneEdge *)(void *)g_array_free (edges, FALSE);

  for (guint i = 0; i < self->n_boxes; i++)
    self->in_first[i + 1] += self->in_first[i];
  self->in_edges = g_new (guint, self->n_edges + 1);
  fill = g_memdup2 (self->in_first, sizeof (guint) * (self->n_boxes + 1));
  for (guint i = 0; i < self->n_edges; i++)
    self->in_edges[fill[self->edges[i].to]++] = i;
}

static double
get_row_top (const HsSceneBox *box,
             guint             row)
{
  return box->header_height + HS_ROWS_MARGIN + HS_ROW_HEIGHT * (row - box->first_row);
}

static double
get_stack_size (const HsSceneBox *box)
{
  return box->is_group ? 2 * HS_STACK_OFFSET : 0;
}

/* Whether the places of boxes mean the same in both. */
static gboolean
is_of_one_process (HsHeap *a,
                   HsHeap *b)
{
  HsHistory *history = hs_heap_get_history (a);

  return a == b || (history != NULL && history == hs_heap_get_history (b));
}

/* Where boxes stood in the picture before. Returns: (transfer full) (nullable) */
static HsLayoutHint *
new_hints (HsGraphScene *self,
           HsScene      *before)
{
  HsLayoutHint *hints;
  g_autoptr(GHashTable) places = NULL;

  if (before == NULL || before->klass != self->parent.klass ||
      !is_of_one_process (before->heap, self->parent.heap))
    return NULL;

  hints = g_new0 (HsLayoutHint, self->n_boxes + 1);
  places = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < before->n_items; i++)
    {
      HsGraph *graph = hs_graph_scene_get_graph (before);

      g_hash_table_insert (places, (gpointer)&hs_graph_get_box (graph, i)->place,
                           &((HsGraphScene *)before)->boxes[i].rect);
    }
  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsRect *rect =
        g_hash_table_lookup (places, &hs_graph_get_box (self->graph, i)->place);

      if (rect != NULL)
        hints[i] = (HsLayoutHint) { { rect->x - HS_SCENE_MARGIN, rect->y - HS_SCENE_MARGIN },
                                    TRUE };
    }

  return hints;
}

static gboolean
lay_out (HsGraphScene *self,
         HsScene      *before,
         GCancellable *cancellable)
{
  g_autofree HsLayoutHint *hints = new_hints (self, before);
  g_autofree HsLayoutNode *nodes = g_new0 (HsLayoutNode, self->n_boxes + 1);
  g_autofree HsLayoutEdge *edges = g_new0 (HsLayoutEdge, self->n_edges + 1);

  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsSceneBox *box = &self->boxes[i];

      nodes[i].width = box->rect.width + get_stack_size (box);
      nodes[i].height = box->rect.height + get_stack_size (box);
      nodes[i].entry = HS_TITLE_HEIGHT / 2.;
      nodes[i].is_root = box->is_scope;
    }
  for (guint i = 0; i < self->n_edges; i++)
    {
      const HsSceneEdge *edge = &self->edges[i];

      edges[i].from = edge->from;
      edges[i].to = edge->to;
      edges[i].port = get_row_top (&self->boxes[edge->from], edge->row) + HS_ROW_HEIGHT / 2.;
    }
  self->layout = hs_layout_new (nodes, self->n_boxes, edges, self->n_edges, hints,
                                cancellable);

  return self->layout != NULL;
}

static void
find_solid_strands (HsGraphScene *self)
{
  const HsLayout *layout = self->layout;

  self->is_solid = g_malloc0 ((gsize)layout->n_strands + 1);
  for (guint i = 0; i < self->n_edges; i++)
    for (guint j = layout->edge_first[i];
         !self->rows[self->edges[i].row].is_ghost && j < layout->edge_first[i + 1]; j++)
      self->is_solid[layout->edge_strands[j]] = TRUE;
}

static void
apply_layout (HsGraphScene *self)
{
  HsLayout *layout = self->layout;

  self->parent.width = ceil (layout->width) + 2 * HS_SCENE_MARGIN;
  self->parent.height = ceil (layout->height) + 2 * HS_SCENE_MARGIN;
  for (guint i = 0; i < self->n_boxes; i++)
    {
      HsSceneBox *box = &self->boxes[i];

      box->rect.x = layout->places[i].x + HS_SCENE_MARGIN;
      box->rect.y = layout->places[i].y + HS_SCENE_MARGIN;
      for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
        self->rows[row].y = box->rect.y + get_row_top (box, row);
    }
  for (guint i = 0; i < layout->n_strands; i++)
    {
      HsLayoutStrand *strand = &layout->strands[i];

      strand->start.x += HS_SCENE_MARGIN;
      strand->start.y += HS_SCENE_MARGIN + HS_LINE_MIDDLE;
      for (guint j = 0; j < 4; j++)
        {
          strand->curve[j].x += HS_SCENE_MARGIN;
          strand->curve[j].y += HS_SCENE_MARGIN + HS_LINE_MIDDLE;
        }
    }
}

/* Squares of the plane */

typedef struct
{
  guint left;
  guint top;
  guint right;
  guint bottom; /* all inclusive */
} Cells;

static Cells
find_cells (const HsSceneGrid *grid,
            double             left,
            double             top,
            double             right,
            double             bottom)
{
  double last_column = grid->n_columns - 1.;
  double last_row = grid->n_rows - 1.;

  return (Cells) {
    (guint)CLAMP (floor (left / HS_GRID_CELL), 0, last_column),
    (guint)CLAMP (floor (top / HS_GRID_CELL), 0, last_row),
    (guint)CLAMP (floor (right / HS_GRID_CELL), 0, last_column),
    (guint)CLAMP (floor (bottom / HS_GRID_CELL), 0, last_row),
  };
}

/* Pairs of cell and member, to be sorted into a grid. */
typedef struct
{
  guint cell;
  guint member;
} Placing;

static void
add_placings (const HsSceneGrid *grid,
              GArray            *placings,
              guint              member,
              Cells              cells)
{
  for (guint row = cells.top; row <= cells.bottom; row++)
    for (guint column = cells.left; column <= cells.right; column++)
      {
        Placing placing = { row * grid->n_columns + column, member };

        g_array_append_val (placings, placing);
      }
}

static void
grid_init (HsSceneGrid *grid,
           double       width,
           double       height)
{
  grid->n_columns = (guint)ceil (width / HS_GRID_CELL) + 1;
  grid->n_rows = (guint)ceil (height / HS_GRID_CELL) + 1;
}

static void
grid_fill (HsSceneGrid *grid,
           GArray      *placings)
{
  guint             n_cells = grid->n_columns * grid->n_rows;
  g_autofree guint *fill = NULL;

  grid->first = g_new0 (guint, n_cells + 1);
  grid->members = g_new (guint, placings->len + 1);
  for (guint i = 0; i < placings->len; i++)
    grid->first[g_array_index (placings, Placing, i).cell + 1]++;
  for (guint i = 0; i < n_cells; i++)
    grid->first[i + 1] += grid->first[i];
  fill = g_memdup2 (grid->first, sizeof (guint) * (n_cells + 1));
  for (guint i = 0; i < placings->len; i++)
    {
      const Placing *placing = &g_array_index (placings, Placing, i);

      grid->members[fill[placing->cell]++] = placing->member;
    }
}

/* A curve is put into the cells of its quarters, not into all that its whole
 * bounds cover. Quarters of a Bézier with level ends lie between their ends'
 * heights; turns lean out by less than HS_MARGIN_OF_MARK.
 */
#define CURVE_PARTS 4

static double
bezier (const double p[4],
        double       t)
{
  double u = 1 - t;

  return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3];
}

static void
add_strand_placings (const HsSceneGrid    *grid,
                     GArray               *placings,
                     const HsLayoutStrand *strand,
                     guint                 index)
{
  const HsPoint *p = strand->curve;
  const double   xs[] = { p[0].x, p[1].x, p[2].x, p[3].x };
  const double   ys[] = { p[0].y, p[1].y, p[2].y, p[3].y };

  add_placings (grid, placings, index,
                find_cells (grid, MIN (strand->start.x, p[0].x), p[0].y,
                            MAX (strand->start.x, p[0].x), p[0].y));
  for (guint i = 0; i < CURVE_PARTS; i++)
    {
      double t0 = i / (double)CURVE_PARTS;
      double t1 = (i + 1) / (double)CURVE_PARTS;
      double x0 = bezier (xs, t0);
      double x1 = bezier (xs, t1);
      double y0 = bezier (ys, t0);
      double y1 = bezier (ys, t1);

      add_placings (grid, placings, index,
                    find_cells (grid, MIN (x0, x1), MIN (y0, y1), MAX (x0, x1), MAX (y0, y1)));
    }
}

static void
build_grids (HsGraphScene *self)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Placing));
  g_autoptr (GArray) strands = g_array_new (FALSE, FALSE, sizeof (Placing));

  grid_init (&self->box_grid, self->parent.width, self->parent.height);
  grid_init (&self->strand_grid, self->parent.width, self->parent.height);

  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsSceneBox *box = &self->boxes[i];
      double            stack = get_stack_size (box);

      add_placings (&self->box_grid, boxes, i,
                    find_cells (&self->box_grid, box->rect.x, box->rect.y,
                                box->rect.x + box->rect.width + stack,
                                box->rect.y + box->rect.height + stack));
    }
  for (guint i = 0; i < self->layout->n_strands; i++)
    add_strand_placings (&self->strand_grid, strands, &self->layout->strands[i], i);

  grid_fill (&self->box_grid, boxes);
  grid_fill (&self->strand_grid, strands);
}

void
_hs_graph_scene_visit (HsGraphScene      *self,
                       const HsSceneGrid *grid,
                       guint              n_indices,
                       const HsRect      *rect,
                       HsSceneVisit       visit,
                       gpointer           user_data)
{
  g_autofree guint8 *seen = g_malloc0 (n_indices / 8 + 1);
  double             margin = HS_MARGIN_OF_MARK;
  Cells              cells = find_cells (grid, rect->x - margin, rect->y - margin,
                                         rect->x + rect->width + margin,
                                         rect->y + rect->height + margin);

  for (guint row = cells.top; row <= cells.bottom; row++)
    for (guint column = cells.left; column <= cells.right; column++)
      {
        guint cell = row * grid->n_columns + column;

        for (guint i = grid->first[cell]; i < grid->first[cell + 1]; i++)
          {
            guint member = grid->members[i];

            if (seen[member / 8] >> member % 8 & 1)
              continue;
            seen[member / 8] |= (guint8)(1 << member % 8);
            visit (self, member, user_data);
          }
      }
}

void
_hs_scene_box_get_fold_rect (const HsSceneBox *box,
                             HsRect           *rect)
{
  *rect = (HsRect) { box->rect.x + box->rect.width - HS_FOLD_WIDTH - HS_BOX_PADDING / 2.,
                     box->rect.y, HS_FOLD_WIDTH + HS_BOX_PADDING / 2., HS_TITLE_HEIGHT };
}

static void
graph_scene_get_item_rect (HsScene *scene,
                           guint    item,
                           HsRect  *rect)
{
  *rect = ((HsGraphScene *)scene)->boxes[item].rect;
}

static guint64
graph_scene_get_item_key (HsScene *scene,
                          guint    item)
{
  return hs_graph_get_box (hs_graph_scene_get_graph (scene), item)->place;
}

static guint32
graph_scene_get_item_object (HsScene *scene,
                             guint    item)
{
  return hs_graph_get_box (hs_graph_scene_get_graph (scene), item)->object;
}

static guint
graph_scene_find_object (HsScene *scene,
                         guint32  object)
{
  return hs_graph_find_object (hs_graph_scene_get_graph (scene), object);
}

static guint
graph_scene_search (HsScene    *scene,
                    const char *text,
                    guint       start,
                    gboolean    backwards)
{
  return hs_graph_search (hs_graph_scene_get_graph (scene), text, start, backwards);
}

static char *
graph_scene_name_item (HsScene *scene,
                       guint    item)
{
  return hs_graph_name_box (hs_graph_scene_get_graph (scene), item);
}

static char *
graph_scene_describe_item (HsScene *scene,
                           guint    item)
{
  return hs_graph_describe_box (hs_graph_scene_get_graph (scene), item);
}

static char *
graph_scene_to_text (HsScene *scene)
{
  return hs_graph_to_text (hs_graph_scene_get_graph (scene));
}

static char *
dup_left_out_objects (HsGraphScene *self)
{
  guint64          n = hs_graph_get_n_left_out (self->graph);
  g_autofree char *count = hs_format_count (n);

  if (n == 0)
    return NULL;

  /* translators: %s is a number with digit groups */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object is not shown",
                                       "%s objects are not shown", (gulong)MIN (n, G_MAXULONG)),
                          count);
}

static char *
graph_scene_dup_left_out (HsScene *scene)
{
  HsGraphScene    *self = (HsGraphScene *)scene;
  char            *objects = dup_left_out_objects (self);
  guint            n = self->layout->n_stubs;
  g_autofree char *count = hs_format_count (n);
  g_autofree char *first = NULL;
  g_autofree char *arrows = NULL;

  if (n == 0)
    return objects;

  first = objects;
  /* translators: there are too many arrows for all of them to be drawn whole; %s is a number */
  arrows = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "of %s arrow only the ends are drawn",
                                         "of %s arrows only the ends are drawn", n),
                            count);
  if (objects == NULL)
    return g_steal_pointer (&arrows);

  /* translators: two things that a picture leaves out */
  return g_strdup_printf (_("%1$s; %2$s"), objects, arrows);
}

/* What is folded or stands behind "… N more" is opened where it stands. */
static gboolean
graph_scene_can_show_more (HsScene *scene)
{
  HsGraph *graph = hs_graph_scene_get_graph (scene);

  if (hs_graph_get_n_left_out (graph) == 0)
    return FALSE;
  for (guint i = 0; i < hs_graph_get_n_boxes (graph); i++)
    if (hs_graph_get_box (graph, i)->is_incomplete)
      return TRUE;

  return FALSE;
}

static char *
graph_scene_dup_answer (HsScene *scene)
{
  return g_strdup (((HsGraphScene *)scene)->answer);
}

static const HsLegendEntry *
graph_scene_get_legend (HsScene *scene,
                        guint   *n_entries)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

static const HsSceneClass graph_scene_class = {
  .view = "graph",
  .finalize = graph_scene_finalize,
  .get_item_rect = graph_scene_get_item_rect,
  .get_item_key = graph_scene_get_item_key,
  .get_item_object = graph_scene_get_item_object,
  .find_object = graph_scene_find_object,
  .hit = _hs_graph_scene_hit,
  .follow = _hs_graph_scene_follow,
  .get_action = _hs_graph_scene_get_action,
  .walk = _hs_graph_scene_walk,
  .search = graph_scene_search,
  .name_item = graph_scene_name_item,
  .describe_item = graph_scene_describe_item,
  .to_text = graph_scene_to_text,
  .dup_left_out = graph_scene_dup_left_out,
  .can_show_more = graph_scene_can_show_more,
  .dup_answer = graph_scene_dup_answer,
  .dump = _hs_graph_scene_dump,
  .draw = _hs_graph_scene_draw,
  .draw_mark = _hs_graph_scene_draw_mark,
  .draw_item = _hs_graph_scene_draw_item,
  .draw_between = _hs_graph_scene_draw_between,
  .get_legend = graph_scene_get_legend,
};

/**
 * hs_graph_scene_new:
 * @graph: what to draw
 * @language: (nullable): a Pango language such as "zh-cn", or %NULL
 * @cancellable: (nullable)
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable)
 */
HsScene *
hs_graph_scene_new (HsGraph      *graph,
                    const char   *language,
                    GCancellable *cancellable,
                    GError      **error)
{
  return hs_graph_scene_new_near (graph, NULL, FALSE, language, cancellable, error);
}

HsScene *
hs_graph_scene_new_near (HsGraph      *graph,
                         HsScene      *before,
                         gboolean      has_areas,
                         const char   *language,
                         GCancellable *cancellable,
                         GError      **error)
{
  HsGraphScene *self =
    _hs_scene_alloc (&graph_scene_class, sizeof *self, hs_graph_get_heap (graph), language);

  self->graph = hs_graph_ref (graph);
  self->n_boxes = hs_graph_get_n_boxes (graph);
  self->parent.n_items = self->n_boxes;
  self->boxes = g_new0 (HsSceneBox, self->n_boxes + 1);
  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsGraphBox *box = hs_graph_get_box (graph, i);

      self->n_rows = MAX (self->n_rows, box->first_row + box->n_rows);
    }
  self->rows = g_new0 (HsSceneRow, self->n_rows + 1);

  if (!_hs_graph_scene_measure (self, has_areas, cancellable))
    goto cancelled;
  find_edges (self);
  if (!lay_out (self, before, cancellable))
    goto cancelled;
  apply_layout (self);
  find_solid_strands (self);
  build_grids (self);
  _hs_graph_scene_make_legend (self);

  return &self->parent;

cancelled:
  hs_scene_unref (&self->parent);
  g_cancellable_set_error_if_cancelled (cancellable, error);

  return NULL;
}

HsGraph *
hs_graph_scene_get_graph (HsScene *scene)
{
  g_return_val_if_fail (scene != NULL && scene->klass == &graph_scene_class, NULL);

  return ((HsGraphScene *)scene)->graph;
}
