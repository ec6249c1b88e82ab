/* hs-graph-build.c - chooses what of a heap is drawn, breadth first from the names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include "hs-graph-ghosts.h"
#include "hs-graph-label.h"

typedef struct
{
  HsGraph              *graph;       /* borrowed */
  HsHeap               *heap;        /* borrowed from graph */
  const HsSnapshotView *view;        /* borrowed from heap */
  const HsGraphOptions *options;     /* borrowed */
  GCancellable         *cancellable; /* borrowed, may be NULL */
  HsGraphWanted         wanted;
  HsGraphScratch        scratch;
  HsGraphGhosts         ghosts;
  GHashTable           *group_rows; /* owned; box → GArray of HsGraphGroupRow (owned) */

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
  box.key = box.place = key;
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

/* Whether what is not wanted has to get by with few boxes. */
static gboolean
is_tight (Builder *builder)
{
  return builder->graph->boxes->len >= builder->graph->max_boxes / 2;
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
  if (!has_room (builder) && _hs_graph_wanted_get (builder->wanted.objects, object) == 0)
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
  box->place = _hs_graph_get_place (builder->heap, object);
  box->marks = _hs_graph_get_marks (builder->heap, object) |
               _hs_graph_ghosts_get_mark (&builder->ghosts, object);
  box->n_spare = _hs_graph_get_n_spare (builder->heap, object);
  if (box->n_spare > 0)
    box->marks |= HS_GRAPH_MARK_OVERALLOCATED;
  box->is_center = object == builder->options->center;

  _hs_graph_label_object (builder->heap, object, &box->title, &box->preview);
  box->note = _hs_graph_dup_note (builder->heap, object, box->n_spare);

  represent (builder, object, graph->boxes->len);

  return graph->boxes->len - 1;
}

/* The occupied bytes of @object, added to both sums. */
static guint64
add_object_bytes (Builder *builder,
                  uint32_t object,
                  guint64 *bytes,
                  guint64 *least)
{
  guint64 own = hs_heap_get_occupied (builder->heap, object);
  guint64 known = own != HS_BYTES_UNKNOWN ? own : hs_heap_get_least (builder->heap, object);

  *bytes = _hs_graph_add_bytes (*bytes, own);
  *least = _hs_graph_add_bytes (*least, known);

  return own;
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
  box->marks = ~0u;

  for (guint i = 0; i < run->n_references; i++)
    {
      uint32_t member = g_array_index (rows->references, HsGraphReference, run->first + i).target;
      guint64  bytes = add_object_bytes (builder, member, &box->bytes, &box->least_bytes);

      represent (builder, member, mark);
      detail->last_object = member;
      box->marks &= _hs_graph_get_marks (builder->heap, member) |
                    _hs_graph_ghosts_get_mark (&builder->ghosts, member);
      if (_hs_graph_ghosts_get_mark (&builder->ghosts, member) == HS_GRAPH_MARK_NEW)
        box->n_new++;

      detail->min_bytes = MIN (detail->min_bytes, bytes);
      detail->max_bytes = MAX (detail->max_bytes, bytes);
    }

  if (box->bytes == HS_BYTES_UNKNOWN)
    detail->min_bytes = detail->max_bytes = HS_BYTES_UNKNOWN;
  box->bytes_each_min = detail->min_bytes;
  box->bytes_each_max = detail->max_bytes;
}

/* What only the members hold is in the box, too. */
static void
add_inside (Builder           *builder,
            const HsGraphRows *rows,
            const HsGraphRun  *run,
            HsGraphBox        *box)
{
  HsGraph      *graph = builder->graph;
  HsGraphInside inside;

  _hs_graph_inside_init (&inside, builder->heap, &builder->scratch, &builder->wanted, graph->box_of,
                         &g_array_index (rows->references, HsGraphReference, run->first),
                         run->n_references, run->is_mixed, builder->cancellable);

  for (guint i = 0; i < inside.inside->len; i++)
    {
      guint32 object = g_array_index (inside.inside, guint32, i);

      represent (builder, object, graph->boxes->len);
      add_object_bytes (builder, object, &box->inside_bytes, &box->inside_least_bytes);
    }
  box->n_inside = inside.inside->len;

  if (inside.rows->len > 0)
    g_hash_table_insert (builder->group_rows, GUINT_TO_POINTER (graph->boxes->len - 1),
                         g_array_ref (inside.rows));
  _hs_graph_inside_clear (&inside);
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

  box = add_box (builder, HS_BOX_GROUP, HS_GRAPH_KEY_GROUP | run->key_object);
  detail = &g_array_index (graph->details, HsGraphDetail, graph->boxes->len - 1);
  box->object = first;
  box->place = HS_GRAPH_KEY_GROUP | _hs_graph_get_place (builder->heap, run->key_object);
  box->family = hs_heap_get_family (builder->heap, first);
  box->n_members = run->n_references;
  box->n_opened = run->n_opened;
  box->n_referrers = 1;
  box->is_mixed = run->is_mixed;
  box->is_boundary = (builder->view->object_flags[first] & HS_OBJECT_BOUNDARY) != 0;
  sum_members (builder, rows, run, box, detail);
  add_inside (builder, rows, run, box);

  box->title = _hs_graph_dup_group_title (builder->heap,
                                          hs_snapshot_view_get_type (builder->view, first),
                                          run->n_references, run->n_opened > 0);
  is_static = (builder->view->object_flags[first] & HS_OBJECT_STATIC) != 0;
  box->preview = _hs_graph_dup_each (detail->min_bytes, detail->max_bytes, is_static, FALSE);
  box->note = _hs_graph_dup_group_note (box, FALSE);

  return graph->boxes->len - 1;
}

static void
note_row_value (Builder       *builder,
                HsGraphDetail *detail,
                uint32_t       object)
{
  guint64 bytes = hs_heap_get_occupied (builder->heap, object);

  detail->n_values++;
  detail->value_bytes = _hs_graph_add_bytes (detail->value_bytes, bytes);

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

/* Whether @run is a step of the way that is highlighted. */
static gboolean
is_highlighted (Builder           *builder,
                const HsGraphRows *rows,
                const HsGraphRun  *run,
                gboolean           is_scope)
{
  GHashTable *table = is_scope ? builder->wanted.names : builder->wanted.edges;

  if (!run->is_wanted)
    return FALSE;

  for (guint i = run->first; i < run->first + run->n_references; i++)
    {
      guint32 index = g_array_index (rows->references, HsGraphReference, i).index;

      if (_hs_graph_wanted_get (table, index) & HS_WANTED_HIGHLIGHT)
        return TRUE;
    }

  return FALSE;
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
  row.is_highlighted = is_highlighted (builder, rows, run, is_scope);

  if (!run->is_group && builder->options->values_in_rows &&
      _hs_graph_wanted_get (builder->wanted.objects, first.target) == 0)
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
              guint64  n_hidden,
              gboolean is_internal)
{
  HsGraphRow row = { HS_ROW_MORE };

  row.edge_kind = HS_EDGE_OTHER;
  row.target = HS_GRAPH_NONE;
  row.n_hidden = n_hidden;
  row.n_references = n_hidden;
  row.label = _hs_graph_dup_more_label (n_hidden, is_internal);

  g_array_append_val (builder->graph->rows, row);
}

static gboolean
is_folded_at_first (Builder          *builder,
                    const HsGraphBox *box)
{
  return box->kind == HS_BOX_OBJECT && !box->is_center &&
         (box->is_boundary || _hs_heap_get_role (builder->heap, box->object) == HS_ROLE_DEFINITION);
}

static void
begin_rows (Builder *builder,
            guint    index)
{
  HsGraphBox *box = &g_array_index (builder->graph->boxes, HsGraphBox, index);

  box->first_row = builder->graph->rows->len;
}

static void
end_rows (Builder *builder,
          guint    index)
{
  HsGraphBox *box = &g_array_index (builder->graph->boxes, HsGraphBox, index);

  box->n_rows = builder->graph->rows->len - box->first_row;
}

static void
add_rows (Builder     *builder,
          guint        index,
          HsGraphRows *rows)
{
  const HsGraphRun *runs = (const HsGraphRun *)(gpointer)rows->runs->data;
  guint64           n_hidden = 0;

  for (guint i = 0; i < rows->runs->len; i++)
    {
      if (!runs[i].is_hidden)
        {
          add_run (builder, index, rows, &runs[i]);
          continue;
        }

      n_hidden += runs[i].n_references;
      if (i + 1 == rows->runs->len || !runs[i + 1].is_hidden ||
          runs[i + 1].is_internal != runs[i].is_internal)
        {
          add_more_row (builder, n_hidden, runs[i].is_internal);
          if (runs[i].is_internal)
            g_array_index (builder->graph->details, HsGraphDetail, index).n_internal += n_hidden;
          n_hidden = 0;
        }
    }
}

/* The row of a group that stands for reference @row of each member. */
static void
add_group_row (Builder               *builder,
               guint                  index,
               const HsGraphGroupRow *group_row)
{
  HsGraph   *graph = builder->graph;
  HsGraphRow row = { HS_ROW_REFERENCE };

  row.edge_kind = (HsEdgeKind)builder->view->edge_kind[group_row->edge];
  row.label = _hs_graph_dup_run_label (builder->heap, group_row->edge, group_row->edge, 1);
  row.value = g_strdup (group_row->value);
  row.n_references = g_array_index (graph->boxes, HsGraphBox, index).n_members;
  row.target = HS_GRAPH_NONE;

  if (group_row->target != HS_NO_OBJECT)
    {
      row.target = take_object (builder, group_row->target);
      if (row.target == HS_GRAPH_NONE)
        {
          g_array_index (graph->boxes, HsGraphBox, index).is_incomplete = TRUE;
          graph->is_full = TRUE;
        }
    }

  g_array_append_val (graph->rows, row);
}

static void
expand_group (Builder *builder,
              guint    index)
{
  GArray            *group_rows = g_hash_table_lookup (builder->group_rows,
                                                       GUINT_TO_POINTER (index));
  const HsGraphBox  *box = &g_array_index (builder->graph->boxes, HsGraphBox, index);
  HsGraphArrangement how = { builder->heap, builder->options, &builder->wanted,
                             builder->cancellable };
  HsGraphRows        rows;

  if (group_rows == NULL)
    return;

  how.object = box->object;
  how.key = box->key;
  how.is_group = TRUE;
  _hs_graph_rows_init (&rows);
  for (guint i = 0; i < group_rows->len; i++)
    {
      HsGraphReference reference = { g_array_index (group_rows, HsGraphGroupRow, i).edge,
                                     HS_NO_OBJECT };

      g_array_append_val (rows.references, reference);
    }
  _hs_graph_rows_arrange (&rows, &how);

  for (guint i = 0, n_hidden = 0; i < rows.runs->len; i++)
    {
      if (!g_array_index (rows.runs, HsGraphRun, i).is_hidden)
        {
          if (n_hidden > 0)
            add_more_row (builder, n_hidden, FALSE);
          n_hidden = 0;
          add_group_row (builder, index, &g_array_index (group_rows, HsGraphGroupRow, i));
        }
      else
        n_hidden++;
    }

  _hs_graph_rows_clear (&rows);
}

static void
expand_object (Builder *builder,
               guint    index)
{
  HsGraph           *graph = builder->graph;
  HsGraphBox        *box = &g_array_index (graph->boxes, HsGraphBox, index);
  HsGraphDetail     *detail = &g_array_index (graph->details, HsGraphDetail, index);
  HsGraphArrangement how = { builder->heap, builder->options, &builder->wanted,
                             builder->cancellable };
  guint              wanted = 0;
  gboolean           is_folded;
  HsGraphRows        rows;

  _hs_graph_rows_init (&rows);

  if (box->kind == HS_BOX_SCOPE)
    {
      _hs_graph_rows_collect_scope (&rows, builder->heap, box->scope, builder->options,
                                    &builder->wanted, &detail->n_out_of_focus);
      graph->n_out_of_focus += detail->n_out_of_focus;
    }
  else
    {
      wanted = _hs_graph_wanted_get (builder->wanted.objects, box->object);
      _hs_graph_rows_collect_object (&rows, builder->heap, box->object, &builder->wanted,
                                     builder->cancellable);
    }

  detail->n_keys_hidden = rows.n_keys_hidden;
  detail->n_classes_hidden = rows.n_classes_hidden;
  is_folded = _hs_graph_options_is_folded (builder->options, box->key,
                                           is_folded_at_first (builder, box));

  how.object = box->object;
  how.key = box->key;
  how.is_tight = is_tight (builder);
  how.is_narrow = is_folded || ((wanted & HS_WANTED_NARROW) != 0 && !box->is_center);
  _hs_graph_rows_arrange (&rows, &how);

  if (is_folded && !_hs_graph_rows_has_wanted (&rows))
    {
      box->is_folded = rows.references->len > 0;
      detail->n_folded = rows.references->len;
    }
  else
    {
      add_rows (builder, index, &rows);
      if (!how.is_narrow)
        _hs_graph_ghosts_add_rows (&builder->ghosts, index);
    }

  _hs_graph_rows_clear (&rows);
}

/* Gives box @index its rows, unless it is folded. */
static void
expand (Builder *builder,
        guint    index)
{
  begin_rows (builder, index);

  if (g_array_index (builder->graph->boxes, HsGraphBox, index).kind == HS_BOX_GROUP)
    expand_group (builder, index);
  else if (g_array_index (builder->graph->boxes, HsGraphBox, index).kind != HS_BOX_GHOST)
    expand_object (builder, index);

  end_rows (builder, index);
}

static gboolean
scope_is_in_focus (Builder  *builder,
                   uint32_t  scope,
                   uint32_t *name)
{
  const HsSnapshotView *view = builder->view;
  gboolean              has_all = !builder->wanted.only_names;
  gboolean              is_in_focus = has_all && builder->options->focus == NULL;
  gboolean              is_wanted = FALSE;

  /* Names stand by ascending scope: @name runs over all of them once. */
  while (*name < view->n_names && view->name_scope[*name] < scope)
    (*name)++;

  for (; *name < view->n_names && view->name_scope[*name] == scope; (*name)++)
    {
      const char *label = hs_snapshot_view_get_string (view, view->name_label[*name]);

      is_wanted = is_wanted || _hs_graph_wanted_get (builder->wanted.names, *name) != 0;
      is_in_focus = is_in_focus ||
                    (has_all && _hs_graph_options_has_focus (builder->options, label));
    }

  return is_in_focus || is_wanted;
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

      if (!has_room (builder) && !builder->wanted.only_names)
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

/* What is to be seen although perhaps no name leads there, the farthest from the
 * centre first.
 */
static void
add_starts (Builder *builder)
{
  const GArray *starts = builder->wanted.starts;

  for (guint i = starts->len; i > 0; i--)
    take_object (builder, g_array_index (starts, guint32, i - 1));
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

/* Returns: FALSE if cancelled */
static gboolean
build (Builder *builder,
       GError **error)
{
  GArray *boxes = builder->graph->boxes;

  add_scopes (builder);
  add_starts (builder);

  /* The boxes are the queue of the search. */
  for (guint i = 0; i < boxes->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (builder->cancellable, error))
        return FALSE;
      expand (builder, i);
    }
  _hs_graph_wanted_highlight (&builder->wanted, builder->graph, builder->options);

  return !g_cancellable_set_error_if_cancelled (builder->cancellable, error);
}

HsGraph *
hs_graph_new (HsHeap               *heap,
              const HsGraphOptions *options,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr(HsGraphOptions) defaults = NULL;
  g_autoptr(HsGraph) self = NULL;
  Builder  builder = { 0 };
  gboolean is_done;

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
  builder.group_rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);

  if (options->diff != NULL && hs_diff_is_matched (options->diff) &&
      hs_diff_get_after (options->diff) == heap)
    {
      self->diff = hs_diff_ref (options->diff);
      _hs_graph_ghosts_init (&builder.ghosts, self->diff, options, self);
    }

  is_done = _hs_graph_wanted_init (&builder.wanted, heap, options, cancellable, error) &&
            build (&builder, error);

  self->n_left_out = heap->view.info.n_reached - builder.n_represented;
  if (self->diff != NULL)
    self->n_gone_left_out = hs_diff_get_sum (self->diff)->n[HS_DIFF_GONE] - builder.ghosts.n_drawn;
  self->n_center_left_out = builder.wanted.n_left_out;
  self->highlight = g_steal_pointer (&builder.wanted.text);
  _hs_graph_wanted_clear (&builder.wanted);
  _hs_graph_scratch_clear (&builder.scratch);
  _hs_graph_ghosts_clear (&builder.ghosts);
  g_hash_table_unref (builder.group_rows);

  return is_done ? g_steal_pointer (&self) : NULL;
}
