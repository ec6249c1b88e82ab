/* hs-graph-build.c - chooses what of a heap is drawn, breadth first from the names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include "hs-graph-label.h"

typedef struct
{
  HsGraph              *graph;       /* borrowed */
  HsHeap               *heap;        /* borrowed from graph */
  const HsSnapshotView *view;        /* borrowed from heap */
  const HsGraphOptions *options;     /* borrowed */
  GCancellable         *cancellable; /* borrowed, may be NULL */

  guint64 n_represented; /* objects */
} Builder;

static gboolean
has_room (Builder *builder)
{
  return builder->graph->boxes->len < builder->graph->max_boxes;
}

/* Adds a box with its common fields; returns it. Valid until the next box. */
static HsGraphBox *
add_box (Builder  *builder,
         HsBoxKind kind,
         guint64   key)
{
  HsGraphBox    box = { 0 };
  HsGraphDetail detail = { 0 };

  box.kind = kind;
  box.key = key;
  box.object = HS_NO_OBJECT;
  box.scope = HS_NO_OBJECT;
  box.n_members = 1;
  detail.last_object = HS_NO_OBJECT;

  g_array_append_val (builder->graph->boxes, box);
  g_array_append_val (builder->graph->details, detail);

  return &g_array_index (builder->graph->boxes, HsGraphBox, builder->graph->boxes->len - 1);
}

static void
represent (Builder *builder,
           uint32_t object,
           guint32  mark)
{
  if (builder->graph->box_of[object] == 0 && object < builder->view->info.n_reached)
    builder->n_represented++;

  builder->graph->box_of[object] = mark;
}

/* The box of @object, new if need be; HS_GRAPH_NONE if there is no room. */
static guint
take_object (Builder *builder,
             uint32_t object)
{
  HsGraph    *graph = builder->graph;
  HsGraphBox *box;

  if (graph->box_of[object] != 0 && graph->box_of[object] != HS_GRAPH_IN_A_ROW)
    return graph->box_of[object] - 1;
  if (!has_room (builder))
    return HS_GRAPH_NONE;

  box = add_box (builder, HS_BOX_OBJECT, object);
  box->object = object;
  box->family = hs_heap_get_family (builder->heap, object);
  box->bytes = hs_heap_get_occupied (builder->heap, object);
  box->least_bytes = hs_heap_get_least (builder->heap, object);
  box->n_referrers = hs_heap_get_n_referrers (builder->heap, object);
  box->is_shared = box->n_referrers > 1;
  box->is_boundary = (builder->view->object_flags[object] & HS_OBJECT_BOUNDARY) != 0;

  box->bytes_each_min = box->bytes_each_max = box->bytes;
  box->marks = _hs_graph_get_marks (builder->heap, object);
  box->n_spare = _hs_graph_get_n_spare (builder->heap, object);
  if (box->n_spare > 0)
    box->marks |= HS_GRAPH_MARK_OVERALLOCATED;
  box->is_center = object == builder->options->center;

  _hs_graph_label_object (builder->heap, object, &box->title, &box->preview);
  box->note = _hs_graph_dup_note (builder->heap, object, box->n_spare);

  represent (builder, object, graph->boxes->len);

  return graph->boxes->len - 1;
}

/* The sum, unknown if a part is. */
static guint64
add_bytes (guint64 a,
           guint64 b)
{
  if (a == HS_BYTES_UNKNOWN || b == HS_BYTES_UNKNOWN || a > HS_BYTES_UNKNOWN - 1 - b)
    return HS_BYTES_UNKNOWN;

  return a + b;
}

static void
sum_members (Builder           *builder,
             const HsGraphRows *rows,
             const HsGraphRun  *run,
             HsGraphBox        *box,
             HsGraphDetail     *detail)
{
  guint32 mark = builder->graph->boxes->len;

  detail->min_bytes = HS_BYTES_UNKNOWN;

  for (guint i = 0; i < run->n_references; i++)
    {
      uint32_t member = g_array_index (rows->references, HsGraphReference, run->first + i).target;
      guint64  bytes = hs_heap_get_occupied (builder->heap, member);

      represent (builder, member, mark);
      detail->last_object = member;
      box->least_bytes = add_bytes (box->least_bytes, hs_heap_get_least (builder->heap, member));
      box->bytes = add_bytes (box->bytes, bytes);

      detail->min_bytes = MIN (detail->min_bytes, bytes);
      detail->max_bytes = MAX (detail->max_bytes, bytes);
    }

  if (box->bytes == HS_BYTES_UNKNOWN)
    detail->min_bytes = detail->max_bytes = HS_BYTES_UNKNOWN;
}

static guint
take_group (Builder           *builder,
            const HsGraphRows *rows,
            const HsGraphRun  *run)
{
  HsGraph       *graph = builder->graph;
  uint32_t       first = g_array_index (rows->references, HsGraphReference, run->first).target;
  HsGraphBox    *box;
  HsGraphDetail *detail;
  gboolean       is_static;

  if (!has_room (builder))
    return HS_GRAPH_NONE;

  box = add_box (builder, HS_BOX_GROUP, HS_GRAPH_KEY_GROUP | first);
  detail = &g_array_index (graph->details, HsGraphDetail, graph->boxes->len - 1);
  box->object = first;
  box->family = hs_heap_get_family (builder->heap, first);
  box->n_members = run->n_references;
  box->n_referrers = 1;
  box->is_boundary = (builder->view->object_flags[first] & HS_OBJECT_BOUNDARY) != 0;
  sum_members (builder, rows, run, box, detail);

  box->title = _hs_graph_dup_group_title (builder->heap,
                                          hs_snapshot_view_get_type (builder->view, first),
                                          run->n_references);
  is_static = (builder->view->object_flags[first] & HS_OBJECT_STATIC) != 0;
  box->preview = _hs_graph_dup_each (detail->min_bytes, detail->max_bytes, is_static, FALSE);

  return graph->boxes->len - 1;
}

static void
note_row_value (Builder       *builder,
                HsGraphDetail *detail,
                uint32_t       object)
{
  guint64 bytes = hs_heap_get_occupied (builder->heap, object);

  detail->n_values++;
  detail->value_bytes = add_bytes (detail->value_bytes, bytes);

  if (builder->graph->box_of[object] == 0)
    represent (builder, object, HS_GRAPH_IN_A_ROW);
}

static char *
dup_row_label (Builder           *builder,
               const HsGraphRows *rows,
               const HsGraphRun  *run,
               gboolean           is_scope)
{
  guint            last = run->first + run->n_references - 1;
  HsGraphReference from = g_array_index (rows->references, HsGraphReference, run->first);
  HsGraphReference to = g_array_index (rows->references, HsGraphReference, last);

  if (is_scope)
    return _hs_graph_dup_name_label (builder->heap, from.index);

  return _hs_graph_dup_run_label (builder->heap, from.index, to.index, run->n_references);
}

/* Adds one row for @run and the box to which it leads. */
static void
add_run (Builder           *builder,
         guint              box,
         const HsGraphRows *rows,
         const HsGraphRun  *run)
{
  HsGraph         *graph = builder->graph;
  gboolean         is_scope = g_array_index (graph->boxes, HsGraphBox, box).kind == HS_BOX_SCOPE;
  HsGraphReference first = g_array_index (rows->references, HsGraphReference, run->first);
  HsGraphRow       row = { HS_ROW_REFERENCE };

  row.edge_kind = is_scope ? HS_EDGE_LOCAL : (HsEdgeKind)builder->view->edge_kind[first.index];
  row.label = dup_row_label (builder, rows, run, is_scope);
  row.n_references = run->n_references;
  row.target = HS_GRAPH_NONE;

  if (!run->is_group && builder->options->values_in_rows)
    row.value = _hs_graph_dup_row_value (builder->heap, first.target);

  if (row.value != NULL)
    note_row_value (builder, &g_array_index (graph->details, HsGraphDetail, box), first.target);
  else if (run->is_group)
    row.target = take_group (builder, rows, run);
  else
    row.target = take_object (builder, first.target);

  if (row.value == NULL && row.target == HS_GRAPH_NONE)
    {
      g_array_index (graph->boxes, HsGraphBox, box).is_incomplete = TRUE;
      graph->is_full = TRUE;
    }

  g_array_append_val (graph->rows, row);
}

static void
add_more_row (Builder *builder,
              guint64  n_hidden)
{
  HsGraphRow row = { HS_ROW_MORE };

  row.edge_kind = HS_EDGE_OTHER;
  row.target = HS_GRAPH_NONE;
  row.n_hidden = n_hidden;
  row.n_references = n_hidden;
  row.label = _hs_graph_dup_more_label (n_hidden);

  g_array_append_val (builder->graph->rows, row);
}

static gboolean
is_folded_at_first (Builder          *builder,
                    const HsGraphBox *box)
{
  return box->kind == HS_BOX_OBJECT &&
         (box->is_boundary || _hs_heap_get_role (builder->heap, box->object) == HS_ROLE_DEFINITION);
}

static void
add_rows (Builder     *builder,
          guint        index,
          HsGraphRows *rows)
{
  GArray *boxes = builder->graph->boxes;
  guint   first_row = builder->graph->rows->len;

  for (guint i = 0; i < rows->n_head; i++)
    add_run (builder, index, rows, &g_array_index (rows->runs, HsGraphRun, i));

  if (rows->n_hidden > 0)
    add_more_row (builder, rows->n_hidden);

  for (guint i = rows->runs->len - rows->n_tail; i < rows->runs->len; i++)
    add_run (builder, index, rows, &g_array_index (rows->runs, HsGraphRun, i));

  /* The array may have moved. */
  g_array_index (boxes, HsGraphBox, index).first_row = first_row;
  g_array_index (boxes, HsGraphBox, index).n_rows = builder->graph->rows->len - first_row;
}

/* Gives box @index its rows, unless it is folded. */
static void
expand (Builder *builder,
        guint    index)
{
  HsGraph       *graph = builder->graph;
  HsGraphBox    *box = &g_array_index (graph->boxes, HsGraphBox, index);
  HsGraphDetail *detail = &g_array_index (graph->details, HsGraphDetail, index);
  HsGraphRows    rows;

  box->first_row = graph->rows->len;
  if (box->kind == HS_BOX_GROUP)
    return;

  _hs_graph_rows_init (&rows);

  if (box->kind == HS_BOX_SCOPE)
    {
      _hs_graph_rows_collect_scope (&rows, builder->heap, box->scope, builder->options,
                                    &detail->n_out_of_focus);
      graph->n_out_of_focus += detail->n_out_of_focus;
    }
  else
    _hs_graph_rows_collect_object (&rows, builder->heap, box->object, builder->cancellable);

  detail->n_keys_hidden = rows.n_keys_hidden;
  detail->n_classes_hidden = rows.n_classes_hidden;

  if (_hs_graph_options_is_folded (builder->options, box->key, is_folded_at_first (builder, box)))
    {
      box->is_folded = rows.references->len > 0;
      detail->n_folded = rows.references->len;
    }
  else
    {
      _hs_graph_rows_arrange (&rows, builder->heap, box->object, box->key, builder->options,
                              builder->cancellable);
      add_rows (builder, index, &rows);
    }

  _hs_graph_rows_clear (&rows);
}

static gboolean
scope_is_in_focus (Builder  *builder,
                   uint32_t  scope,
                   uint32_t *name)
{
  const HsSnapshotView *view = builder->view;
  gboolean              is_in_focus = builder->options->focus == NULL;

  /* Names stand by ascending scope: @name runs over all of them once. */
  while (*name < view->n_names && view->name_scope[*name] < scope)
    (*name)++;

  for (; *name < view->n_names && view->name_scope[*name] == scope; (*name)++)
    {
      const char *label = hs_snapshot_view_get_string (view, view->name_label[*name]);

      is_in_focus = is_in_focus || _hs_graph_options_has_focus (builder->options, label);
    }

  return is_in_focus;
}

static void
add_scopes (Builder *builder)
{
  HsGraph *graph = builder->graph;
  uint32_t name = 0;

  for (uint32_t scope = 0; scope < builder->view->n_scopes; scope++)
    {
      uint32_t    first_name = name;
      HsGraphBox *box;

      if (!scope_is_in_focus (builder, scope, &name))
        {
          graph->n_out_of_focus += name - first_name;
          continue;
        }

      if (!has_room (builder))
        {
          graph->n_scopes_left_out++;
          graph->is_full = TRUE;
          continue;
        }

      box = add_box (builder, HS_BOX_SCOPE, HS_GRAPH_KEY_SCOPE | scope);
      box->scope = scope;
      box->family = builder->view->scope_kind[scope] == HS_SCOPE_FRAME ? HS_FAMILY_CALLABLE
                                                                       : HS_FAMILY_MODULE;
      box->bytes = HS_BYTES_UNKNOWN;
      _hs_graph_label_scope (builder->heap, scope, &box->title, &box->preview);
    }
}

static void
box_clear (gpointer data)
{
  HsGraphBox *box = data;

  g_free (box->title);
  g_free (box->preview);
  g_free (box->note);
}

static void
row_clear (gpointer data)
{
  HsGraphRow *row = data;

  g_free (row->label);
  g_free (row->value);
}

static HsGraph *
graph_alloc (HsHeap *heap,
             guint   max_boxes)
{
  HsGraph *self = g_new0 (HsGraph, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->heap = hs_heap_ref (heap);
  self->max_boxes = max_boxes;
  self->boxes = g_array_new (FALSE, FALSE, sizeof (HsGraphBox));
  self->details = g_array_new (FALSE, FALSE, sizeof (HsGraphDetail));
  self->rows = g_array_new (FALSE, FALSE, sizeof (HsGraphRow));
  g_array_set_clear_func (self->boxes, box_clear);
  g_array_set_clear_func (self->rows, row_clear);

  /* Zero pages until they are written to: costs what is visited. */
  self->box_of = g_new0 (guint32, (gsize)heap->view.n_objects + 1);

  return self;
}

HsGraph *
hs_graph_new (HsHeap               *heap,
              const HsGraphOptions *options,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr(HsGraphOptions) defaults = NULL;
  g_autoptr(HsGraph) self = NULL;
  Builder builder = { 0 };

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (options == NULL)
    options = defaults = hs_graph_options_new ();

  self = graph_alloc (heap, options->max_boxes);
  builder.graph = self;
  builder.heap = heap;
  builder.view = &heap->view;
  builder.options = options;
  builder.cancellable = cancellable;

  add_scopes (&builder);

  /* The boxes are the queue of the search. */
  for (guint i = 0; i < self->boxes->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      expand (&builder, i);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self->n_left_out = heap->view.info.n_reached - builder.n_represented;

  return g_steal_pointer (&self);
}
