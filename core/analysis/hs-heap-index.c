/* hs-heap-index.c - which object is where, and who refers to it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

#include <stdlib.h>

typedef struct
{
  uint64_t address;
  uint32_t object;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  if (left->address != right->address)
    return left->address < right->address ? -1 : 1;

  return (left->object > right->object) - (left->object < right->object);
}

/* The sort moves the addresses along: looking each up in its column for every
 * comparison would miss the cache every time.
 */
static guint32 *
sort_by_address (const HsSnapshotView *view)
{
  uint32_t          n = view->n_objects;
  guint32          *order = g_new (guint32, (gsize)n + 1);
  g_autofree Place *places = g_new (Place, (gsize)n + 1);

  for (uint32_t i = 0; i < n; i++)
    places[i] = (Place) { hs_snapshot_view_get_address (view, i), i };
  qsort (places, n, sizeof *places, compare_places);
  for (uint32_t i = 0; i < n; i++)
    order[i] = places[i].object;

  return order;
}

const guint32 *
_hs_heap_get_by_address (HsHeap *self)
{
  g_mutex_lock (&self->lock);
  if (self->by_address == NULL)
    self->by_address = sort_by_address (&self->view);
  g_mutex_unlock (&self->lock);

  return self->by_address;
}

guint32
hs_heap_find_address (HsHeap *self,
                      guint64 address)
{
  const guint32 *order;
  uint32_t       low = 0;
  uint32_t       high;

  g_return_val_if_fail (self != NULL, HS_NO_OBJECT);

  order = _hs_heap_get_by_address (self);
  high = self->view.n_objects;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (hs_snapshot_view_get_address (&self->view, order[middle]) < address)
        low = middle + 1;
      else
        high = middle;
    }

  if (low < self->view.n_objects &&
      hs_snapshot_view_get_address (&self->view, order[low]) == address)
    return order[low];

  return HS_NO_OBJECT;
}

/* Counting sort of the edges by target: two passes, O(objects + edges). */
static void
sort_referrers (HsHeap *self)
{
  const HsSnapshotView *view = &self->view;
  uint32_t              n_edges = _hs_heap_get_n_edges (self);
  guint32              *first = g_new0 (guint32, (gsize)view->n_objects + 2);
  guint32              *edges = g_new (guint32, (gsize)n_edges + 1);

  /* first[t + 1] runs from the start of t to its end, which is the start of
   * t + 1: one place further is where counting began.
   */
  for (uint32_t edge = 0; edge < n_edges; edge++)
    first[view->edge_target[edge] + 2]++;
  for (uint32_t object = 0; object < view->n_objects; object++)
    first[object + 2] += first[object + 1];
  for (uint32_t edge = 0; edge < n_edges; edge++)
    edges[first[view->edge_target[edge] + 1]++] = edge;

  self->referrers_first = first;
  self->referrers = edges;
}

const guint32 *
_hs_heap_get_referrers (HsHeap  *self,
                        uint32_t object,
                        guint   *n_edges)
{
  g_mutex_lock (&self->lock);
  if (self->referrers == NULL)
    sort_referrers (self);
  g_mutex_unlock (&self->lock);

  *n_edges = self->referrers_first[object + 1] - self->referrers_first[object];

  return self->referrers + self->referrers_first[object];
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const uint32_t *object = user_data;
  uint32_t        left = *(const uint32_t *)a;
  uint32_t        right = *(const uint32_t *)b;

  if (object[left] != object[right])
    return object[left] < object[right] ? -1 : 1;

  return (left > right) - (left < right);
}

const guint32 *
_hs_heap_get_names_of (HsHeap  *self,
                       uint32_t object,
                       guint   *n_names)
{
  const HsSnapshotView *view = &self->view;
  uint32_t              low = 0;
  uint32_t              high = view->n_names;
  uint32_t              end;

  g_mutex_lock (&self->lock);
  if (self->names_by_object == NULL)
    {
      guint32 *order = g_new (guint32, (gsize)view->n_names + 1);

      for (uint32_t i = 0; i < view->n_names; i++)
        order[i] = i;
      qsort_r (order, view->n_names, sizeof *order, compare_names, (gpointer)view->name_object);
      self->names_by_object = order;
    }
  g_mutex_unlock (&self->lock);

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (view->name_object[self->names_by_object[middle]] < object)
        low = middle + 1;
      else
        high = middle;
    }

  end = low;
  while (end < view->n_names && view->name_object[self->names_by_object[end]] == object)
    end++;

  *n_names = end - low;

  return self->names_by_object + low;
}

/* The last of @n rows whose edges, from @first on, begin at or before @edge. */
static uint32_t
find_row (const uint32_t *first,
          uint32_t        n,
          uint32_t        edge)
{
  uint32_t low = 0;
  uint32_t high = n;

  while (high - low > 1)
    {
      uint32_t middle = low + (high - low) / 2;

      if (first[middle] <= edge)
        low = middle;
      else
        high = middle;
    }

  return low;
}

uint32_t
_hs_heap_get_edge_source (HsHeap  *self,
                          uint32_t edge)
{
  const HsSnapshotView *view = &self->view;

  if (edge < view->object_edges[view->n_objects])
    return find_row (view->object_edges, view->n_objects, edge);

  return view->late_object[find_row (view->late_edges, view->n_late, edge)];
}
