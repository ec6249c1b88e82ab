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

/* Fewer neighbours than this are not worth a common row, and fewer of what has
 * references of its own not a common box.
 */
#define RUN_MIN   4
#define GROUP_MIN 10

/* Members of an opened group with rows of their own: on the first page from the
 * start and from the end, on the second, on each further one.
 */
#define PAGE_HEAD   8
#define PAGE_TAIL   2
#define PAGE_SECOND 10
#define PAGE_NEXT   100

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

/* Whether @edge is bookkeeping of the interpreter rather than something that the
 * code put there: ht_cached_keys and ht_module of PyHeapTypeObject, its list of
 * subclasses, the nodes of an OrderedDict, what the frame of a generator repeats,
 * and names that stand in the title.
 */
static gboolean
is_internal (const HsSnapshotView *view,
             uint32_t              edge)
{
  static const char *const prefixes[] = { "ht_", "tp_", "od_", "__subclasses__",
                                          "__qualname__", "__name__", "f_code", "f_func" };
  const char              *label;

  if (view->edge_kind[edge] != HS_EDGE_FIELD)
    return FALSE;

  label = hs_snapshot_view_get_string (view, view->edge_label[edge]);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_str_has_prefix (label, prefixes[i]))
        return TRUE;
    }

  return FALSE;
}

void
_hs_graph_rows_collect_object (HsGraphRows         *self,
                               HsHeap              *heap,
                               uint32_t             object,
                               const HsGraphWanted *wanted,
                               GCancellable        *cancellable)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              end = view->object_edges[object + 1];
  g_autoptr(GArray) fields = g_array_new (FALSE, FALSE, sizeof (HsGraphReference));
  g_autoptr(GArray) internals = g_array_new (FALSE, FALSE, sizeof (HsGraphReference));

  for (uint32_t edge = view->object_edges[object]; edge < end; edge++)
    {
      gboolean is_wanted = _hs_graph_wanted_get (wanted->edges, edge) != 0;

      if (edge % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return;

      if (view->edge_kind[edge] == HS_EDGE_CLASS && !is_wanted)
        self->n_classes_hidden++;
      else if (is_plain_key (heap, edge, end) && !is_wanted)
        self->n_keys_hidden++;
      else
        {
          HsGraphReference reference = { edge, view->edge_target[edge] };
          gboolean         is_field = view->edge_kind[edge] == HS_EDGE_FIELD ||
                              view->edge_kind[edge] == HS_EDGE_OTHER;

          if (is_internal (view, edge))
            g_array_append_val (internals, reference);
          else
            g_array_append_val (is_field ? fields : self->references, reference);
        }
    }

  /* What the code put there comes before what the interpreter keeps: the
   * variables of a generator before its code.
   */
  g_array_append_vals (self->references, fields->data, fields->len);
  g_array_append_vals (self->references, internals->data, internals->len);
  self->n_internal = internals->len;
}

void
_hs_graph_rows_collect_scope (HsGraphRows          *self,
                              HsHeap               *heap,
                              uint32_t              scope,
                              const HsGraphOptions *options,
                              const HsGraphWanted  *wanted,
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

      if (_hs_graph_wanted_get (wanted->names, name) != 0 ||
          (!wanted->only_names && _hs_graph_options_has_focus (options, label)))
        g_array_append_val (self->references, reference);
      else
        (*n_out_of_focus)++;
    }
}

/* Whether references of @kind are items of a collection, so that neighbours
 * may share a row.
 */
static gboolean
is_item (uint8_t kind)
{
  return kind == HS_EDGE_INDEX || kind == HS_EDGE_MEMBER || kind == HS_EDGE_VALUE;
}

static const HsGraphReference *
get_reference (const HsGraphRows *self,
               guint              i)
{
  return &g_array_index (self->references, HsGraphReference, i);
}

static HsGraphRun
make_single (const HsGraphRows        *self,
             const HsGraphArrangement *how,
             guint                     i)
{
  const HsGraphReference *reference = get_reference (self, i);
  HsGraphRun              run = { i, 1 };

  run.key_object = reference->target;
  run.is_wanted = _hs_graph_wanted_get (how->object == HS_NO_OBJECT ? how->wanted->names
                                                                    : how->wanted->edges,
                                        reference->index) != 0;
  run.is_internal = i >= self->references->len - self->n_internal;

  return run;
}

/* The neighbours behind @run that may be in one group with its first. */
static void
extend_group (const HsGraphRows        *self,
              const HsGraphArrangement *how,
              HsGraphRun               *run)
{
  HsHeap  *heap = how->heap;
  guint    n = self->references->len - self->n_internal;
  guint32  target = get_reference (self, run->first)->target;
  uint8_t  kind = heap->view.edge_kind[get_reference (self, run->first)->index];
  gboolean is_leaf = _hs_graph_is_leaf (heap, target);
  guint    end = run->first + 1;

  if (!is_leaf && _hs_heap_get_role (heap, target) != HS_ROLE_DATA)
    return;

  for (; end < n; end++)
    {
      guint32 other = get_reference (self, end)->target;

      if (end % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (how->cancellable))
        return;
      if (heap->view.edge_kind[get_reference (self, end)->index] != kind ||
          !_hs_graph_are_alike (heap, target, other) ||
          !_hs_graph_can_be_member (heap, how->wanted, other))
        break;

      if (is_leaf ? _hs_graph_is_leaf (heap, other)
                  : _hs_graph_have_same_shape (heap, target, other))
        continue;
      if (!how->is_tight)
        break;
      run->is_mixed = TRUE;
    }

  run->n_references = end - run->first;
  run->is_group = run->n_references >= (is_leaf || how->is_tight ? RUN_MIN : GROUP_MIN);

  /* In a short container all values are to be seen. */
  if (is_leaf && !how->is_tight && self->references->len <= ITEMS_MAX)
    run->is_group = FALSE;
}

/* The run that begins at @first: neighbours that lead to one object, or to
 * objects that are alike.
 */
static HsGraphRun
find_run (const HsGraphRows        *self,
          const HsGraphArrangement *how,
          guint                     first)
{
  const HsSnapshotView *view = &how->heap->view;
  HsGraphRun            run = make_single (self, how, first);
  guint                 n = self->references->len - self->n_internal;
  guint32               target = get_reference (self, first)->target;
  uint8_t               kind = view->edge_kind[get_reference (self, first)->index];
  guint                 end = first + 1;

  if (!is_item (kind) || run.is_internal)
    return run;

  while (end < n && get_reference (self, end)->target == target &&
         view->edge_kind[get_reference (self, end)->index] == kind)
    end++;
  if (end - first > 1)
    run.n_references = end - first;
  else if (_hs_graph_can_be_member (how->heap, how->wanted, target))
    extend_group (self, how, &run);

  return run;
}

static void
add_singles (HsGraphRows              *self,
             const HsGraphArrangement *how,
             guint                     first,
             guint                     n)
{
  for (guint i = first; i < first + n; i++)
    {
      HsGraphRun single = make_single (self, how, i);

      g_array_append_val (self->runs, single);
    }
}

/* Adds the rows of a group, some of its members beside it if it is opened. Returns:
 * how many
 */
static guint
add_group (HsGraphRows              *self,
           const HsGraphArrangement *how,
           const HsGraphRun         *run)
{
  guint64    key = HS_GRAPH_KEY_GROUP | run->key_object;
  guint64    pages = _hs_graph_options_get_pages (how->options, key);
  guint64    head = PAGE_HEAD;
  HsGraphRun rest = *run;

  if (pages == 0)
    {
      g_array_append_val (self->runs, rest);
      return 0;
    }

  if (pages > 1)
    head += PAGE_SECOND;
  if (pages > 2)
    head += MIN (pages - 2, G_MAXUINT32) * PAGE_NEXT;

  if (head + PAGE_TAIL + RUN_MIN > run->n_references)
    {
      add_singles (self, how, run->first, run->n_references);
      return run->n_references;
    }

  rest.first += (guint)head;
  rest.n_references -= (guint)head + PAGE_TAIL;
  rest.n_opened = (guint)head + PAGE_TAIL;
  add_singles (self, how, run->first, (guint)head);
  g_array_append_val (self->runs, rest);
  add_singles (self, how, rest.first + rest.n_references, PAGE_TAIL);

  return rest.n_opened;
}

/* Returns: members of opened groups among the rows */
static guint
arrange_items (HsGraphRows              *self,
               const HsGraphArrangement *how)
{
  guint next_check = 0;
  guint n_opened = 0;

  for (guint first = 0; first < self->references->len;)
    {
      HsGraphRun run = find_run (self, how, first);

      if (first >= next_check)
        {
          if (g_cancellable_is_cancelled (how->cancellable))
            return n_opened;
          next_check = first + CANCEL_INTERVAL;
        }

      first += run.n_references;

      if (run.is_group)
        n_opened += add_group (self, how, &run);
      else if (run.n_references >= RUN_MIN && self->references->len > ITEMS_MAX &&
               get_reference (self, run.first)->target ==
                 get_reference (self, first - 1)->target)
        {
          for (guint i = run.first; i < first && !run.is_wanted; i++)
            run.is_wanted = make_single (self, how, i).is_wanted;
          g_array_append_val (self->runs, run);
        }
      else
        add_singles (self, how, run.first, run.n_references);
    }

  return n_opened;
}

/* Shows the first and the last rows if there are too many. */
static void
cut_rows (HsGraphRows *self,
          guint        n,
          guint64      max,
          guint64      head,
          guint        tail)
{
  /* A row "1 more" would take as much room as what it hides. */
  if (n <= max || head + tail + 1 >= n)
    return;

  for (guint i = (guint)head; i < n - tail; i++)
    g_array_index (self->runs, HsGraphRun, i).is_hidden = TRUE;
}

/* Shows what is wanted, and lone rows that are hidden between others. */
static void
show_wanted (HsGraphRows *self)
{
  HsGraphRun *runs = (HsGraphRun *)(gpointer)self->runs->data;
  guint       n = self->runs->len;

  for (guint i = 0; i < n; i++)
    {
      if (runs[i].is_wanted)
        runs[i].is_hidden = FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      gboolean is_before = i > 0 && runs[i - 1].is_hidden &&
                           runs[i - 1].is_internal == runs[i].is_internal;
      gboolean is_behind = i + 1 < n && runs[i + 1].is_hidden &&
                           runs[i + 1].is_internal == runs[i].is_internal;

      if (runs[i].is_hidden && !is_before && !is_behind && runs[i].n_references == 1)
        runs[i].is_hidden = FALSE;
    }
}

static gboolean
has_items (const HsGraphRows        *self,
           const HsGraphArrangement *how)
{
  /* A subclass of a container may have attributes before its items. */
  for (guint i = 0; how->object != HS_NO_OBJECT && i < self->references->len; i++)
    {
      if (is_item (how->heap->view.edge_kind[get_reference (self, i)->index]))
        return TRUE;
    }

  return FALSE;
}

void
_hs_graph_rows_arrange (HsGraphRows              *self,
                        const HsGraphArrangement *how)
{
  guint64  more = _hs_graph_options_get_more (how->options, how->key);
  gboolean is_container = has_items (self, how);
  guint    n_opened = 0;
  guint    n_internal = self->n_internal;
  gboolean is_cut = FALSE;
  guint    n;

  if (is_container && !how->is_group && !how->is_narrow &&
      self->references->len >= (how->is_tight ? RUN_MIN : GROUP_MIN))
    n_opened = arrange_items (self, how);
  else
    add_singles (self, how, 0, self->references->len);

  /* Cancelled: some are missing. */
  n_internal = MIN (n_internal, self->runs->len);
  n = self->runs->len - n_internal;

  if (how->is_narrow)
    cut_rows (self, n, more, more, 0);
  else if (is_container)
    cut_rows (self, n, ITEMS_MAX + more + n_opened, ITEMS_HEAD + more + n_opened, ITEMS_TAIL);
  else
    cut_rows (self, n, NAMES_MAX + more, NAMES_HEAD + more, NAMES_TAIL);

  /* The bookkeeping comes last also when more is asked for. */
  for (guint i = 0; i < n && !is_cut; i++)
    is_cut = g_array_index (self->runs, HsGraphRun, i).is_hidden;
  for (guint i = n; i < self->runs->len; i++)
    g_array_index (self->runs, HsGraphRun, i).is_hidden = is_cut || more == 0;

  show_wanted (self);
}

gboolean
_hs_graph_rows_has_wanted (const HsGraphRows *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      if (g_array_index (self->runs, HsGraphRun, i).is_wanted)
        return TRUE;
    }

  return FALSE;
}
