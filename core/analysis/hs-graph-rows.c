/* hs-graph-rows.c - which references of a box become rows, and which are shown
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

/* Rows of a container and of what has names in its rows: all are shown up to
 * the first number, else so many from the start and from the end.
 */
#define ITEMS_MAX  12
#define ITEMS_HEAD 8
#define ITEMS_TAIL 2

#define NAMES_MAX  48
#define NAMES_HEAD 44
#define NAMES_TAIL 2

/* Fewer neighbours than this are not worth a common row. */
#define RUN_MIN 4

/* So many references are looked at between two questions whether to go on. */
#define CANCEL_INTERVAL 4096

void
_hs_graph_rows_init (HsGraphRows *self)
{
  *self = (HsGraphRows) { 0 };
  self->references = g_array_new (FALSE, FALSE, sizeof (HsGraphReference));
  self->runs = g_array_new (FALSE, FALSE, sizeof (HsGraphRun));
}

void
_hs_graph_rows_clear (HsGraphRows *self)
{
  g_array_unref (self->references);
  g_array_unref (self->runs);
}

/* The key of a dict that the label of its value says completely. */
static gboolean
is_plain_key (HsHeap  *heap,
              uint32_t edge,
              uint32_t end)
{
  const HsSnapshotView *view = &heap->view;

  return view->edge_kind[edge] == HS_EDGE_KEY &&
         edge + 1 < end && view->edge_kind[edge + 1] == HS_EDGE_VALUE &&
         _hs_heap_get_role (heap, view->edge_target[edge]) == HS_ROLE_ATOM;
}

gboolean
_hs_graph_is_drawn (HsHeap  *heap,
                    uint32_t edge,
                    uint32_t end)
{
  return heap->view.edge_kind[edge] != HS_EDGE_CLASS && !is_plain_key (heap, edge, end);
}

void
_hs_graph_rows_collect_object (HsGraphRows  *self,
                               HsHeap       *heap,
                               uint32_t      object,
                               GCancellable *cancellable)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              end = view->object_edges[object + 1];
  g_autoptr(GArray) fields = g_array_new (FALSE, FALSE, sizeof (HsGraphReference));

  for (uint32_t edge = view->object_edges[object]; edge < end; edge++)
    {
      if (edge % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return;

      if (view->edge_kind[edge] == HS_EDGE_CLASS)
        self->n_classes_hidden++;
      else if (is_plain_key (heap, edge, end))
        self->n_keys_hidden++;
      else
        {
          HsGraphReference reference = { edge, view->edge_target[edge] };
          gboolean         is_field = view->edge_kind[edge] == HS_EDGE_FIELD ||
                              view->edge_kind[edge] == HS_EDGE_OTHER;

          g_array_append_val (is_field ? fields : self->references, reference);
        }
    }

  /* What the code put there comes before what the interpreter keeps: the
   * variables of a generator before its code.
   */
  g_array_append_vals (self->references, fields->data, fields->len);
}

void
_hs_graph_rows_collect_scope (HsGraphRows          *self,
                              HsHeap               *heap,
                              uint32_t              scope,
                              const HsGraphOptions *options,
                              guint64              *n_out_of_focus)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              low = 0;
  uint32_t              high = view->n_names;

  *n_out_of_focus = 0;

  /* The names stand by ascending scope. */
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (view->name_scope[middle] < scope)
        low = middle + 1;
      else
        high = middle;
    }

  for (uint32_t name = low; name < view->n_names && view->name_scope[name] == scope; name++)
    {
      HsGraphReference reference = { name, view->name_object[name] };
      const char      *label = hs_snapshot_view_get_string (view, view->name_label[name]);

      if (_hs_graph_options_has_focus (options, label))
        g_array_append_val (self->references, reference);
      else
        (*n_out_of_focus)++;
    }
}

/* Whether @object can disappear in a group: nothing else refers to it, and
 * nothing would leave its box.
 */
static gboolean
is_lone_leaf (HsHeap  *heap,
              uint32_t object)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              end = view->object_edges[object + 1];

  if (heap->n_referrers[object] != 1)
    return FALSE;

  for (uint32_t edge = view->object_edges[object]; edge < end; edge++)
    {
      if (_hs_graph_is_drawn (heap, edge, end))
        return FALSE;
    }

  return TRUE;
}

/* What members of a group have in common besides their type. */
#define GROUP_FLAGS (HS_OBJECT_STATIC | HS_OBJECT_BOUNDARY)

static gboolean
are_alike (HsHeap  *heap,
           uint32_t a,
           uint32_t b)
{
  const HsSnapshotView *view = &heap->view;

  return hs_snapshot_view_get_type (view, a) == hs_snapshot_view_get_type (view, b) &&
         ((view->object_flags[a] ^ view->object_flags[b]) & GROUP_FLAGS) == 0 &&
         (hs_heap_get_occupied (heap, a) == HS_BYTES_UNKNOWN) ==
           (hs_heap_get_occupied (heap, b) == HS_BYTES_UNKNOWN);
}

/* Whether references of @kind are items of a collection, so that neighbours
 * may share a row.
 */
static gboolean
is_item (uint8_t kind)
{
  return kind == HS_EDGE_INDEX || kind == HS_EDGE_MEMBER || kind == HS_EDGE_VALUE;
}

/* The run that begins at @first: neighbours that lead to one object, or to
 * lone leaves that are alike.
 */
static HsGraphRun
find_run (HsGraphRows          *self,
          HsHeap               *heap,
          const HsGraphOptions *options,
          guint                 first)
{
  const HsSnapshotView *view = &heap->view;
  HsGraphReference     *reference = &g_array_index (self->references, HsGraphReference, 0);
  guint                 n = self->references->len;
  uint8_t               kind = view->edge_kind[reference[first].index];
  guint32               target = reference[first].target;
  guint                 end = first + 1;

  if (!is_item (kind))
    return (HsGraphRun) { first, 1, FALSE };

  while (end < n && reference[end].target == target &&
         view->edge_kind[reference[end].index] == kind)
    end++;
  if (end - first > 1)
    return (HsGraphRun) { first, end - first, FALSE };

  if (!is_lone_leaf (heap, target))
    return (HsGraphRun) { first, 1, FALSE };

  while (end < n && view->edge_kind[reference[end].index] == kind &&
         are_alike (heap, target, reference[end].target) &&
         is_lone_leaf (heap, reference[end].target))
    end++;

  return (HsGraphRun) { first, end - first, TRUE };
}

/* Whether @run stands in one row. */
static gboolean
is_worth_a_row (HsGraphRows          *self,
                const HsGraphRun     *run,
                const HsGraphOptions *options)
{
  uint32_t first = g_array_index (self->references, HsGraphReference, run->first).target;

  if (run->n_references < RUN_MIN)
    return FALSE;

  return !run->is_group || _hs_graph_options_get_pages (options, HS_GRAPH_KEY_GROUP | first) == 0;
}

static void
arrange_items (HsGraphRows          *self,
               HsHeap               *heap,
               const HsGraphOptions *options,
               GCancellable         *cancellable)
{
  guint next_check = 0;

  for (guint first = 0; first < self->references->len;)
    {
      HsGraphRun run = find_run (self, heap, options, first);

      if (first >= next_check)
        {
          if (g_cancellable_is_cancelled (cancellable))
            return;
          next_check = first + CANCEL_INTERVAL;
        }

      first += run.n_references;

      if (is_worth_a_row (self, &run, options))
        g_array_append_val (self->runs, run);
      else
        {
          for (guint i = 0; i < run.n_references; i++)
            {
              HsGraphRun single = { run.first + i, 1, FALSE };

              g_array_append_val (self->runs, single);
            }
        }
    }
}

/* Shows the first and the last rows if there are too many. */
static void
cut_rows (HsGraphRows *self,
          guint64      max,
          guint64      head,
          guint        tail)
{
  guint n = self->runs->len;

  self->n_head = n;
  self->n_tail = 0;
  self->n_hidden = 0;

  /* A row "1 more" would take as much room as what it hides. */
  if (n <= max || head + tail + 1 >= n)
    return;

  self->n_head = (guint)head;
  self->n_tail = tail;

  for (guint i = self->n_head; i < n - tail; i++)
    self->n_hidden += g_array_index (self->runs, HsGraphRun, i).n_references;
}

void
_hs_graph_rows_arrange (HsGraphRows          *self,
                        HsHeap               *heap,
                        uint32_t              object,
                        guint64               key,
                        const HsGraphOptions *options,
                        GCancellable         *cancellable)
{
  guint64  more = _hs_graph_options_get_more (options, key);
  gboolean has_items = FALSE;

  /* A subclass of a container may have attributes before its items. */
  for (guint i = 0; object != HS_NO_OBJECT && !has_items && i < self->references->len; i++)
    {
      guint32 edge = g_array_index (self->references, HsGraphReference, i).index;

      has_items = is_item (heap->view.edge_kind[edge]);
    }

  if (has_items && self->references->len > ITEMS_MAX)
    arrange_items (self, heap, options, cancellable);
  else
    {
      for (guint i = 0; i < self->references->len; i++)
        {
          HsGraphRun single = { i, 1, FALSE };

          g_array_append_val (self->runs, single);
        }
    }

  if (has_items)
    cut_rows (self, ITEMS_MAX + more, ITEMS_HEAD + more, ITEMS_TAIL);
  else
    cut_rows (self, NAMES_MAX + more, NAMES_HEAD + more, NAMES_TAIL);
}
