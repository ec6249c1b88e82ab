/* hs-test-dominators.c - dominators by simple means, to compare with
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-dominators.h"

/* The references between objects that are no roots' own, in both directions. */
typedef struct
{
  HsHeap               *heap;
  const HsSnapshotView *view;
  guint32               n;

  /* Owned. */
  guint8  *is_root;
  guint32 *from_first; /* n + 1 indices into from */
  guint32 *from;       /* who refers to each */
} Graph;

static gboolean
counts (const Graph *self,
        guint32      object,
        guint32      target)
{
  guint32 n_reached = self->view->info.n_reached;

  return object < n_reached || target >= n_reached;
}

#define FOR_EACH_TARGET(graph, object, target)                      \
  for (guint32 edge_ = (graph)->view->object_edges[object], target; \
       edge_ < (graph)->view->object_edges[(object) + 1] &&         \
       (target = (graph)->view->edge_target[edge_], TRUE);          \
       edge_++)                                                     \
    if (counts (graph, object, target) && !(graph)->is_root[target] && target != (object))

static void
find_roots (Graph *self)
{
  const HsSnapshotView *view = self->view;
  g_autofree guint32   *n_found = g_new0 (guint32, (gsize)self->n + 1);

  for (guint32 object = 0; object < self->n; object++)
    for (guint32 edge = view->object_edges[object]; edge < view->object_edges[object + 1]; edge++)
      n_found[view->edge_target[edge]] += counts (self, object, view->edge_target[edge]);
  for (guint32 name = 0; name < view->n_names; name++)
    n_found[view->name_object[name]]++;

  for (guint32 i = 0; i < self->n; i++)
    self->is_root[i] =
      hs_snapshot_view_get_refcount (view, i) > n_found[i] ||
      (view->object_flags[i] & (HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL)) != 0;
  for (guint32 name = 0; name < view->n_names; name++)
    self->is_root[view->name_object[name]] = TRUE;
  for (guint32 edge = view->late_edges[0]; edge < view->n_edges; edge++)
    self->is_root[view->edge_target[edge]] |= view->edge_target[edge] >= view->info.n_reached;
}

static void
list_referrers (Graph *self)
{
  guint32 n_edges = self->view->object_edges[self->n];

  self->from_first = g_new0 (guint32, (gsize)self->n + 2);
  self->from = g_new (guint32, (gsize)n_edges + 1);
  for (guint32 object = 0; object < self->n; object++)
    FOR_EACH_TARGET (self, object, target)
  self->from_first[target + 2]++;
  for (guint32 i = 1; i <= self->n; i++)
    self->from_first[i + 1] += self->from_first[i];
  for (guint32 object = 0; object < self->n; object++)
    FOR_EACH_TARGET (self, object, target)
  self->from[self->from_first[target + 1]++] = object;
}

static void
graph_clear (Graph *self)
{
  g_free (self->is_root);
  g_free (self->from_first);
  g_free (self->from);
}

/* Marks what can be reached from @object but through @without. */
static void
reach (const Graph *self,
       guint32      object,
       guint32      without,
       guint8      *is_reached)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (object == without || is_reached[object])
    return;

  is_reached[object] = TRUE;
  g_array_append_val (stack, object);
  while (stack->len > 0)
    {
      guint32 next = g_array_index (stack, guint32, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      FOR_EACH_TARGET (self, next, target)
      {
        if (target == without || is_reached[target])
          continue;
        is_reached[target] = TRUE;
        g_array_append_val (stack, target);
      }
    }
}

static guint8 *
reach_from_roots (const Graph *self,
                  guint32      without)
{
  guint8 *is_reached = g_new0 (guint8, (gsize)self->n + 1);

  for (guint32 i = 0; i < self->n; i++)
    {
      if (self->is_root[i])
        reach (self, i, without, is_reached);
    }

  return is_reached;
}

/* Whether all that @object refers to are parts of it. */
static gboolean
is_leaf (const Graph  *self,
         guint32       object,
         const guint8 *is_part)
{
  FOR_EACH_TARGET (self, object, target)
  {
    if (!is_part[target] || self->from[self->from_first[target]] != object)
      return FALSE;
  }

  return TRUE;
}

static gboolean
has_one_referrer (const Graph *self,
                  guint32      object)
{
  for (guint32 i = self->from_first[object]; i < self->from_first[object + 1]; i++)
    {
      if (self->from[i] != self->from[self->from_first[object]])
        return FALSE;
    }

  return self->from_first[object] < self->from_first[object + 1];
}

/* What is a part of its only referrer, as the program folds it. */
static guint8 *
find_parts (const Graph *self)
{
  guint8  *is_part = g_new0 (guint8, (gsize)self->n + 1);
  gboolean is_changed = TRUE;

  while (is_changed)
    {
      is_changed = FALSE;
      for (guint32 i = 0; i < self->n; i++)
        {
          if (is_part[i] || self->is_root[i] || !has_one_referrer (self, i) ||
              !is_leaf (self, i, is_part))
            continue;
          is_part[i] = TRUE;
          is_changed = TRUE;
        }
    }

  return is_part;
}

/* Of what no root leads to, one of each cycle is a root. */
static void
add_roots (Graph *self)
{
  g_autofree guint8 *is_reached = reach_from_roots (self, HS_NO_OBJECT);
  g_autofree guint8 *is_part = NULL;

  for (guint32 i = 0; i < self->n; i++)
    {
      if (is_reached[i])
        continue;
      if (is_part == NULL)
        is_part = find_parts (self);
      if (is_part[i])
        continue;
      self->is_root[i] = TRUE;
      reach (self, i, HS_NO_OBJECT, is_reached);
    }
}

static void
graph_init (Graph  *self,
            HsHeap *heap)
{
  *self = (Graph) { heap, hs_heap_get_view (heap), hs_heap_get_view (heap)->n_objects };
  self->is_root = g_new0 (guint8, (gsize)self->n + 1);

  find_roots (self);
  list_referrers (self);
  for (guint32 i = 0; i < self->n; i++)
    self->is_root[i] |= self->from_first[i] == self->from_first[i + 1];
  add_roots (self);

  /* Without those to the roots that were added. */
  g_free (self->from_first);
  g_free (self->from);
  list_referrers (self);
}

guint64
hs_test_dominators_get_own (HsHeap   *heap,
                            guint32   object,
                            gboolean *is_least)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);
  guint16               flags = view->object_flags[object];
  guint64               bytes = hs_heap_get_least (heap, object);
  guint32               first;
  guint32               n = hs_heap_get_blocks (heap, object, &first);

  *is_least = hs_heap_get_occupied (heap, object) == HS_BYTES_UNKNOWN ||
              (flags & (HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE |
                        HS_OBJECT_BOUNDARY)) != 0 ||
              (view->flags & HS_SNAPSHOT_CUT) != 0;

  for (guint32 i = first; i < first + n; i++)
    {
      HsSnapshotBlock block;

      hs_snapshot_view_get_block (view, i, &block);
      if ((block.flags & HS_BLOCK_EXTERNAL) != 0 || (block.flags & HS_BLOCK_SHARED) == 0)
        continue;
      if (block.occupied == HS_BYTES_UNKNOWN)
        *is_least = TRUE;
      else
        bytes += block.occupied;
    }

  return bytes;
}

guint32 *
hs_test_dominators_by_removal (HsHeap *heap)
{
  Graph               graph;
  guint32            *parent;
  g_autofree guint32 *n_parents = NULL;

  graph_init (&graph, heap);
  parent = g_new (guint32, (gsize)graph.n + 1);
  n_parents = g_new0 (guint32, (gsize)graph.n + 1);

  /* How many dominate each: of those, the parent is dominated by all others. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint32 without = 0; without < graph.n; without++)
      {
        g_autofree guint8 *is_reached = reach_from_roots (&graph, without);

        for (guint32 i = 0; i < graph.n; i++)
          {
            if (is_reached[i] || i == without)
              continue;
            if (pass == 0)
              n_parents[i]++;
            else if (n_parents[without] + 1 == n_parents[i])
              parent[i] = without;
          }
      }
  for (guint32 i = 0; i < graph.n; i++)
    {
      if (n_parents[i] == 0)
        parent[i] = HS_NO_OBJECT;
    }
  graph_clear (&graph);

  return parent;
}

/* Numbers in postorder, from 0; @order: objects by number. */
static guint32 *
number_in_postorder (const Graph *self,
                     guint32     *order)
{
  const guint32      *edges = self->view->object_edges;
  guint32            *number = g_new (guint32, (gsize)self->n + 1);
  g_autofree guint32 *stack = g_new (guint32, (gsize)self->n + 1);
  g_autofree guint32 *next = g_new (guint32, (gsize)self->n + 1);
  g_autofree guint8  *is_seen = g_new0 (guint8, (gsize)self->n + 1);
  guint32             n = 0;

  for (guint32 root = 0; root < self->n; root++)
    {
      guint32 depth = 0;

      if (!self->is_root[root])
        continue;
      stack[depth++] = root;
      next[root] = edges[root];
      while (depth > 0)
        {
          guint32 object = stack[depth - 1];

          if (next[object] < edges[object + 1])
            {
              guint32 target = self->view->edge_target[next[object]++];

              if (is_seen[target] || self->is_root[target] || !counts (self, object, target))
                continue;
              is_seen[target] = TRUE;
              next[target] = edges[target];
              stack[depth++] = target;
              continue;
            }
          number[object] = n;
          order[n++] = object;
          depth--;
        }
    }
  g_assert_cmpuint (n, ==, self->n);

  return number;
}

/* The nearest that dominates both; HS_NO_OBJECT: none. */
static guint32
meet (const guint32 *parent,
      const guint32 *number,
      guint32        a,
      guint32        b)
{
  while (a != b)
    {
      if (a == HS_NO_OBJECT || b == HS_NO_OBJECT)
        return HS_NO_OBJECT;
      if (number[a] < number[b])
        a = parent[a];
      else
        b = parent[b];
    }

  return a;
}

static void
iterate (const Graph   *self,
         const guint32 *number,
         const guint32 *order,
         guint32       *parent)
{
  g_autofree guint8 *is_known = g_new0 (guint8, (gsize)self->n + 1);
  gboolean           is_changed = TRUE;

  while (is_changed)
    {
      is_changed = FALSE;
      for (guint32 i = self->n; i-- > 0;)
        {
          guint32  object = order[i];
          guint32  found = HS_NO_OBJECT;
          gboolean is_first = TRUE;

          for (guint32 j = self->from_first[object]; j < self->from_first[object + 1]; j++)
            {
              guint32 referrer = self->from[j];

              if (!is_known[referrer])
                continue;
              found = is_first ? referrer : meet (parent, number, found, referrer);
              is_first = FALSE;
            }
          if (is_known[object] && parent[object] == found)
            continue;
          is_known[object] = TRUE;
          parent[object] = found;
          is_changed = TRUE;
        }
    }
}

guint32 *
hs_test_dominators_by_iteration (HsHeap   *heap,
                                 guint64 **retained)
{
  Graph               graph;
  guint32            *parent;
  g_autofree guint32 *number = NULL;
  g_autofree guint32 *order = NULL;

  graph_init (&graph, heap);
  parent = g_new (guint32, (gsize)graph.n + 1);
  order = g_new (guint32, (gsize)graph.n + 1);
  number = number_in_postorder (&graph, order);
  iterate (&graph, number, order, parent);

  if (retained != NULL)
    {
      gboolean is_least;

      *retained = g_new (guint64, (gsize)graph.n + 1);
      for (guint32 i = 0; i < graph.n; i++)
        (*retained)[i] = hs_test_dominators_get_own (heap, i, &is_least);
      for (guint32 i = 0; i < graph.n; i++)
        {
          if (parent[order[i]] != HS_NO_OBJECT)
            (*retained)[parent[order[i]]] += (*retained)[order[i]];
        }
    }
  graph_clear (&graph);

  return parent;
}
