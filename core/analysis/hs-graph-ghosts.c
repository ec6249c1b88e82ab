/* hs-graph-ghosts.c - in a graph, what has appeared since an earlier moment, and what has gone
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-ghosts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"
#include "hs-graph-label.h"

/* So many of one type, gone from one object, are one ghost; of one object come at most so
 * many ghosts, the last of which stands for all others.
 */
#define GROUP_MIN 4
#define ROWS_MAX  8

/* What of an object, or of a scope, has gone. */
typedef struct
{
  guint32 index;  /* of the edge or name before */
  guint32 object; /* before */
  guint32 type;
} Loss;

/* Losses that become one row. */
typedef struct
{
  guint first;
  guint n;
} LossRun;

void
_hs_graph_ghosts_init (HsGraphGhosts        *self,
                       HsDiff               *diff,
                       const HsGraphOptions *options,
                       HsGraph              *graph)
{
  memset (self, 0, sizeof *self);
  self->diff = diff;
  self->heap = hs_diff_get_before (diff);
  self->options = options;
  self->graph = graph;
  /* Zero pages until they are written to. */
  self->ghost_of = g_new0 (guint32, (gsize)self->heap->view.n_objects + 1);
}

void
_hs_graph_ghosts_clear (HsGraphGhosts *self)
{
  g_clear_pointer (&self->ghost_of, g_free);
}

/* Everything gone that only what has gone leads to is in the ghost by which it is found
 * first.
 */
static void
add_inside (HsGraphGhosts *self,
            HsGraphBox    *box,
            GArray        *queue)
{
  const HsSnapshotView *view = &self->heap->view;
  guint32               mark = self->graph->boxes->len;
  guint                 n_members = queue->len;

  for (guint i = 0; i < queue->len; i++)
    {
      guint32 object = g_array_index (queue, guint32, i);
      guint64 bytes = hs_heap_get_occupied (self->heap, object);
      guint64 least = hs_heap_get_least (self->heap, object);

      if (i >= n_members)
        {
          box->inside_bytes = _hs_graph_add_bytes (box->inside_bytes, bytes);
          box->inside_least_bytes = _hs_graph_add_bytes (box->inside_least_bytes, least);
          box->n_inside++;
        }
      for (guint32 edge = view->object_edges[object]; edge < view->object_edges[object + 1]; edge++)
        {
          guint32 target = view->edge_target[edge];

          if (self->ghost_of[target] != 0 || hs_diff_get_later (self->diff, target) != HS_NO_OBJECT)
            continue;
          self->ghost_of[target] = mark;
          g_array_append_val (queue, target);
        }
    }
}

static char *
dup_title (HsGraphGhosts *self,
           const Loss    *losses,
           guint          n,
           gboolean       is_mixed)
{
  g_autofree char *count = hs_format_count (n);

  if (is_mixed)
    /* translators: title of several objects of different types that have gone */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object", "%s objects", n), count);

  return _hs_graph_dup_group_title (self->heap, losses[0].type, n, FALSE);
}

/* A box for @n losses, none of which has one yet. Returns: its index */
static guint
take_ghost (HsGraphGhosts *self,
            const Loss    *losses,
            guint          n)
{
  HsGraph      *graph = self->graph;
  HsGraphBox    box = { 0 };
  HsGraphDetail detail = { 0 };
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean is_mixed = FALSE;

  box.kind = HS_BOX_GHOST;
  box.object = box.scope = HS_NO_OBJECT;
  box.place = _hs_graph_get_place (self->heap, losses[0].object);
  box.key = HS_GRAPH_KEY_GHOST | losses[0].object;
  box.family = hs_heap_get_family (self->heap, losses[0].object);
  box.is_ghost = TRUE;
  box.marks = HS_GRAPH_MARK_FREED;
  detail.last_object = HS_NO_OBJECT;
  for (guint i = 0; i < n; i++)
    {
      is_mixed |= losses[i].type != losses[0].type;
      /* One object may be lost by two references. */
      if (self->ghost_of[losses[i].object] != 0)
        continue;
      box.n_members++;
      box.bytes = _hs_graph_add_bytes (box.bytes,
                                       hs_heap_get_occupied (self->heap, losses[i].object));
      box.least_bytes = _hs_graph_add_bytes (box.least_bytes,
                                             hs_heap_get_least (self->heap, losses[i].object));
      self->ghost_of[losses[i].object] = graph->boxes->len + 1;
      g_array_append_val (queue, losses[i].object);
    }
  box.is_mixed = is_mixed;
  box.bytes_each_min = box.bytes_each_max = HS_BYTES_UNKNOWN;
  if (box.n_members == 1)
    _hs_graph_label_object (self->heap, losses[0].object, &box.title, &box.preview);
  else
    box.title = dup_title (self, losses, (guint)box.n_members, is_mixed);

  g_array_append_val (graph->boxes, box);
  g_array_append_val (graph->details, detail);
  add_inside (self, &g_array_index (graph->boxes, HsGraphBox, graph->boxes->len - 1), queue);
  g_array_index (graph->boxes, HsGraphBox, graph->boxes->len - 1).note =
    _hs_graph_dup_inside_note (
      &g_array_index (graph->boxes, HsGraphBox, graph->boxes->len - 1), FALSE);
  self->n_drawn += queue->len;

  return graph->boxes->len - 1;
}

static char *
dup_label (HsGraphGhosts *self,
           gboolean       is_scope,
           const Loss    *losses,
           guint          n)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!is_scope)
    return _hs_graph_dup_run_label (self->heap, losses[0].index, losses[n - 1].index, n);

  first = _hs_graph_dup_name_label (self->heap, losses[0].index);
  if (n == 1)
    return g_steal_pointer (&first);
  last = _hs_graph_dup_name_label (self->heap, losses[n - 1].index);

  return g_strdup_printf ("%s … %s", first, last);
}

static void
add_row (HsGraphGhosts *self,
         gboolean       is_scope,
         const Loss    *losses,
         guint          n)
{
  HsGraph   *graph = self->graph;
  HsGraphRow row = { HS_ROW_REFERENCE };
  guint32    ghost = self->ghost_of[losses[0].object];

  if (ghost == 0 && graph->boxes->len >= graph->max_boxes)
    return;

  row.edge_kind = HS_EDGE_LOCAL;
  if (!is_scope)
    row.edge_kind = (HsEdgeKind)self->heap->view.edge_kind[losses[0].index];
  row.label = dup_label (self, is_scope, losses, n);
  row.n_references = n;
  row.is_ghost = TRUE;
  row.target = ghost != 0 ? ghost - 1 : take_ghost (self, losses, n);
  g_array_append_val (graph->rows, row);
}

/* Losses of one type are together then, types by their first loss. */
static GArray *
sort_by_type (GArray *losses)
{
  GArray     *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Loss), losses->len);
  GArray     *order = g_array_new (FALSE, FALSE, sizeof (GArray *));
  GHashTable *by_type = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < losses->len; i++)
    {
      Loss    loss = g_array_index (losses, Loss, i);
      GArray *list = g_hash_table_lookup (by_type, GUINT_TO_POINTER (loss.type));

      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (Loss));
          g_hash_table_insert (by_type, GUINT_TO_POINTER (loss.type), list);
          g_array_append_val (order, list);
        }
      g_array_append_val (list, loss);
    }
  for (guint i = 0; i < order->len; i++)
    {
      GArray *list = g_array_index (order, GArray *, i);

      g_array_append_vals (sorted, list->data, list->len);
      g_array_unref (list);
    }
  g_array_unref (order);
  g_hash_table_unref (by_type);

  return sorted;
}

static guint
count_type (const GArray *losses,
            guint         first)
{
  guint n = 1;

  while (first + n < losses->len && g_array_index (losses, Loss, first + n).type ==
                                      g_array_index (losses, Loss, first).type)
    n++;

  return n;
}

static void
add_rows (HsGraphGhosts *self,
          gboolean       is_scope,
          GArray        *losses)
{
  g_autoptr(GArray) sorted = sort_by_type (losses);
  guint n_rows = 0;

  for (guint i = 0; i < sorted->len;)
    {
      guint n = count_type (sorted, i);

      if (n < GROUP_MIN || is_scope)
        n = 1;
      if (++n_rows == ROWS_MAX)
        n = sorted->len - i;
      add_row (self, is_scope, &g_array_index (sorted, Loss, i), n);
      i += n;
    }
}

static void
add_loss (HsGraphGhosts *self,
          GArray        *losses,
          guint32        index,
          guint32        object)
{
  Loss loss = { index, object, hs_snapshot_view_get_type (&self->heap->view, object) };

  if (hs_diff_get_later (self->diff, object) == HS_NO_OBJECT)
    g_array_append_val (losses, loss);
}

static gboolean
is_same_text (HsGraphGhosts *self,
              guint32        before,
              guint32        after)
{
  return strncmp (hs_snapshot_view_get_string (&self->heap->view, before),
                  hs_snapshot_view_get_string (&self->graph->heap->view, after),
                  HS_GRAPH_PATH_CHARS) == 0;
}

/* The scope before that is @scope, or HS_NO_OBJECT. */
static guint32
find_scope (HsGraphGhosts *self,
            guint32        scope)
{
  const HsSnapshotView *before = &self->heap->view;
  const HsSnapshotView *after = &self->graph->heap->view;

  for (guint32 i = 0; i < before->n_scopes; i++)
    if (before->scope_kind[i] == after->scope_kind[scope] &&
        is_same_text (self, before->scope_name[i], after->scope_name[scope]) &&
        is_same_text (self, before->scope_file[i], after->scope_file[scope]))
      return i;

  return HS_NO_OBJECT;
}

static void
find_lost_names (HsGraphGhosts *self,
                 guint32        scope,
                 GArray        *losses)
{
  const HsSnapshotView *view = &self->heap->view;
  guint32               low = 0;
  guint32               high = view->n_names;

  /* Names stand by ascending scope. */
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (view->name_scope[middle] < scope)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint32 i = low; i < view->n_names && view->name_scope[i] == scope; i++)
    if (self->options->focus == NULL ||
        _hs_graph_options_has_focus (self->options,
                                     hs_snapshot_view_get_string (view, view->name_label[i])))
      add_loss (self, losses, i, view->name_object[i]);
}

void
_hs_graph_ghosts_add_rows (HsGraphGhosts *self,
                           guint          index)
{
  const HsSnapshotView *view;
  const HsGraphBox     *box;
  g_autoptr(GArray) losses = NULL;
  guint32 former;

  if (self->diff == NULL)
    return;

  view = &self->heap->view;
  box = hs_graph_get_box (self->graph, index);
  losses = g_array_new (FALSE, FALSE, sizeof (Loss));
  if (box->kind == HS_BOX_SCOPE)
    {
      former = find_scope (self, box->scope);
      if (former != HS_NO_OBJECT)
        find_lost_names (self, former, losses);
    }
  else if (box->kind == HS_BOX_OBJECT)
    {
      former = hs_diff_get_former (self->diff, box->object);
      for (guint32 i = former != HS_NO_OBJECT ? view->object_edges[former] : 0;
           former != HS_NO_OBJECT && i < view->object_edges[former + 1]; i++)
        if (_hs_graph_is_drawn (self->heap, i, view->object_edges[former + 1]))
          add_loss (self, losses, i, view->edge_target[i]);
    }

  if (losses->len > 0)
    add_rows (self, box->kind == HS_BOX_SCOPE, losses);
}

guint
_hs_graph_ghosts_get_mark (const HsGraphGhosts *self,
                           guint32              object)
{
  if (self->diff == NULL)
    return 0;

  switch (hs_diff_get_state (self->diff, object))
    {
    case HS_DIFF_APPEARED:
      return HS_GRAPH_MARK_NEW;
    case HS_DIFF_GREW:
      return HS_GRAPH_MARK_GREW;
    case HS_DIFF_SHRANK:
      return HS_GRAPH_MARK_SHRANK;
    case HS_DIFF_CHANGED:
      return HS_GRAPH_MARK_CHANGED;
    case HS_DIFF_STAYED:
    case HS_DIFF_GONE:
    case HS_DIFF_N_STATES:
    default:
      return 0;
    }
}
