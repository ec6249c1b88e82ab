/* hs-heap.c - one snapshot, checked, with what follows from it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (hs_heap_error, hs_heap_error)

gboolean
_hs_heap_type_is (HsHeap     *self,
                  uint32_t    type,
                  const char *name)
{
  const HsSnapshotView *view = &self->view;

  return strcmp (hs_snapshot_view_get_string (view, view->type_module[type]), "builtins") == 0 &&
         strcmp (hs_snapshot_view_get_string (view, view->type_name[type]), name) == 0;
}

static gboolean
type_is_one_of (HsHeap            *self,
                uint32_t           type,
                const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (_hs_heap_type_is (self, type, names[i]))
        return TRUE;
    }

  return FALSE;
}

static HsRole
find_role (HsHeap  *self,
           uint32_t type)
{
  static const char *const atoms[] = { "str", "bytes", "int", "float", "complex", "bool",
                                       "NoneType", "ellipsis", "NotImplementedType", NULL };
  /* Of the callables, these hold the data of a computation. */
  static const char *const holders[] = { "generator", "coroutine", "async_generator", "cell",
                                         "method", "frame", NULL };
  const char              *module;

  if (type_is_one_of (self, type, atoms))
    return HS_ROLE_ATOM;

  switch ((HsFamily)self->view.type_family[type])
    {
    case HS_FAMILY_MODULE:
    case HS_FAMILY_CLASS:
      return HS_ROLE_DEFINITION;

    case HS_FAMILY_CALLABLE:
      /* functools.partial, a cache and what other modules make hold data, too. */
      module = hs_snapshot_view_get_string (&self->view, self->view.type_module[type]);
      if (strcmp (module, "builtins") == 0 && !type_is_one_of (self, type, holders))
        return HS_ROLE_DEFINITION;
      return HS_ROLE_DATA;

    case HS_FAMILY_OTHER:
    case HS_FAMILY_CONTAINER:
    case HS_FAMILY_TEXT:
    case HS_FAMILY_NUMBER:
    case HS_FAMILY_INSTANCE:
    case HS_FAMILY_BUFFER:
    case HS_N_FAMILIES:
      break;
    }

  return HS_ROLE_DATA;
}

static void
count_referrers (HsHeap *self)
{
  const HsSnapshotView *view = &self->view;

  self->n_referrers = g_new0 (guint32, view->n_objects);

  for (uint32_t edge = 0; edge < view->n_edges; edge++)
    self->n_referrers[view->edge_target[edge]]++;

  /* Saturates: both counts are below 2^32, their sum need not be. */
  for (uint32_t name = 0; name < view->n_names; name++)
    {
      guint32 *count = &self->n_referrers[view->name_object[name]];

      if (*count < G_MAXUINT32)
        (*count)++;
    }
}

static void
set_status_error (GError         **error,
                  HsSnapshotStatus status)
{
  switch (status)
    {
    case HS_SNAPSHOT_STATUS_TRUNCATED:
      g_set_error_literal (error, HS_HEAP_ERROR, HS_HEAP_ERROR_TRUNCATED,
                           _("The snapshot is incomplete"));
      break;

    case HS_SNAPSHOT_STATUS_BAD_MAGIC:
      g_set_error_literal (error, HS_HEAP_ERROR, HS_HEAP_ERROR_NOT_A_SNAPSHOT,
                           _("This is not a snapshot of Heapscape"));
      break;

    case HS_SNAPSHOT_STATUS_BAD_VERSION:
      g_set_error_literal (error, HS_HEAP_ERROR, HS_HEAP_ERROR_NEWER_VERSION,
                           _("The snapshot was made by a newer release of Heapscape"));
      break;

    case HS_SNAPSHOT_STATUS_OK:
    case HS_SNAPSHOT_STATUS_CORRUPT:
      g_set_error_literal (error, HS_HEAP_ERROR, HS_HEAP_ERROR_CORRUPT,
                           _("The snapshot is damaged"));
      break;
    }
}

/**
 * hs_heap_new:
 * @bytes: a snapshot; a reference is kept
 * @error: return location for an error of %HS_HEAP_ERROR
 *
 * Checks the snapshot once and counts references. O(size of the snapshot).
 *
 * Returns: (transfer full) (nullable): the heap, or %NULL with @error set
 */
HsHeap *
hs_heap_new (GBytes  *bytes,
             GError **error)
{
  g_autoptr(GBytes) aligned = NULL;
  HsHeap          *self;
  HsSnapshotView   view;
  HsSnapshotStatus status;
  gconstpointer    data;
  gsize            size;

  g_return_val_if_fail (bytes != NULL, NULL);

  /* A slice of other bytes may lie anywhere; the columns are read in place. */
  data = g_bytes_get_data (bytes, &size);
  if (GPOINTER_TO_SIZE (data) % sizeof (guint64) != 0)
    aligned = g_bytes_new (data, size);
  else
    aligned = g_bytes_ref (bytes);

  data = g_bytes_get_data (aligned, &size);
  status = hs_snapshot_view_init (&view, data, size);
  if (status != HS_SNAPSHOT_STATUS_OK)
    {
      set_status_error (error, status);
      return NULL;
    }

  self = g_new0 (HsHeap, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->bytes = g_steal_pointer (&aligned);
  self->view = view;
  self->type_role = g_new (guint8, view.n_types);

  for (uint32_t type = 0; type < view.n_types; type++)
    self->type_role[type] = (guint8)find_role (self, type);

  count_referrers (self);

  return self;
}

HsHeap *
hs_heap_ref (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_heap_unref (HsHeap *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_bytes_unref (self->bytes);
  g_mutex_clear (&self->lock);
  g_free (self->type_role);
  g_free (self->n_referrers);
  g_free (self->by_address);
  g_free (self->referrers_first);
  g_free (self->referrers);
  g_free (self->names_by_object);
  g_free (self);
}

const HsSnapshotView *
hs_heap_get_view (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->view;
}

GBytes *
hs_heap_get_bytes (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

HsFamily
hs_heap_get_family (HsHeap  *self,
                    uint32_t object)
{
  g_return_val_if_fail (self != NULL, HS_FAMILY_OTHER);
  g_return_val_if_fail (object < self->view.n_objects, HS_FAMILY_OTHER);

  return (HsFamily)self->view.type_family[self->view.object_type[object]];
}

/* Returns whether the sum is all that there is. */
static gboolean
sum_blocks (HsHeap  *self,
            uint32_t object,
            guint64 *sum)
{
  const HsSnapshotView *view = &self->view;
  uint32_t              end = view->object_blocks[object + 1];
  gboolean              is_whole = TRUE;

  *sum = 0;

  if (view->object_flags[object] & HS_OBJECT_STATIC)
    return TRUE;

  for (uint32_t block = view->object_blocks[object]; block < end; block++)
    {
      guint64 bytes = view->block_occupied[block];

      if (view->block_flags[block] & HS_BLOCK_SHARED)
        continue;
      if (bytes == HS_BYTES_UNKNOWN || bytes > HS_BYTES_UNKNOWN - 1 - *sum)
        is_whole = FALSE;
      else
        *sum += bytes;
    }

  return is_whole && (view->object_flags[object] & HS_OBJECT_BLOCKS_INCOMPLETE) == 0;
}

guint64
hs_heap_get_occupied (HsHeap  *self,
                      uint32_t object)
{
  guint64 sum;

  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  return sum_blocks (self, object, &sum) ? sum : HS_BYTES_UNKNOWN;
}

guint64
_hs_heap_get_least (HsHeap  *self,
                    uint32_t object)
{
  guint64 sum;

  sum_blocks (self, object, &sum);

  return sum;
}

guint
hs_heap_get_n_referrers (HsHeap  *self,
                         uint32_t object)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->view.n_objects, 0);

  return self->n_referrers[object];
}

static int
compare_addresses (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const uint64_t *address = user_data;
  uint32_t        left = *(const uint32_t *)a;
  uint32_t        right = *(const uint32_t *)b;

  if (address[left] != address[right])
    return address[left] < address[right] ? -1 : 1;

  return (left > right) - (left < right);
}

static const guint32 *
get_by_address (HsHeap *self)
{
  g_mutex_lock (&self->lock);

  if (self->by_address == NULL)
    {
      uint32_t n = self->view.n_objects;
      guint32 *order = g_new (guint32, (gsize)n + 1);

      for (uint32_t i = 0; i < n; i++)
        order[i] = i;
      qsort_r (order, n, sizeof *order, compare_addresses, (gpointer)self->view.object_address);
      self->by_address = order;
    }

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

  order = get_by_address (self);
  high = self->view.n_objects;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->view.object_address[order[middle]] < address)
        low = middle + 1;
      else
        high = middle;
    }

  if (low < self->view.n_objects && self->view.object_address[order[low]] == address)
    return order[low];

  return HS_NO_OBJECT;
}

/* Counting sort of the edges by target: two passes, O(objects + edges). */
static void
sort_referrers (HsHeap *self)
{
  const HsSnapshotView *view = &self->view;
  guint32              *first = g_new0 (guint32, (gsize)view->n_objects + 2);
  guint32              *edges = g_new (guint32, (gsize)view->n_edges + 1);

  /* first[t + 1] runs from the start of t to its end, which is the start of
   * t + 1: one place further is where counting began.
   */
  for (uint32_t edge = 0; edge < view->n_edges; edge++)
    first[view->edge_target[edge] + 2]++;
  for (uint32_t object = 0; object < view->n_objects; object++)
    first[object + 2] += first[object + 1];
  for (uint32_t edge = 0; edge < view->n_edges; edge++)
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

uint32_t
_hs_heap_get_edge_source (HsHeap  *self,
                          uint32_t edge)
{
  const uint32_t *first = self->view.object_edges;
  uint32_t        low = 0;
  uint32_t        high = self->view.n_objects;

  /* The last object whose edges begin at or before @edge. */
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
