/* hs-heap.c - one snapshot, checked, with what follows from it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

#include <glib/gi18n-lib.h>
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
  uint32_t              n_edges = _hs_heap_get_n_edges (self);

  self->n_referrers = g_new0 (guint32, view->n_objects);

  for (uint32_t edge = 0; edge < n_edges; edge++)
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
  g_mutex_init (&self->dominators_lock);
  self->bytes = g_steal_pointer (&aligned);
  self->view = view;
  self->moment = HS_NO_MOMENT;
  self->type_role = g_new (guint8, view.n_types);

  for (uint32_t type = 0; type < view.n_types; type++)
    self->type_role[type] = (guint8)find_role (self, type);

  self->block_index = _hs_heap_new_block_index (&self->view);
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
  g_clear_pointer (&self->history, hs_history_unref);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->dominators_lock);
  g_free (self->type_role);
  g_free (self->block_index);
  g_free (self->n_referrers);
  g_free (self->by_address);
  g_free (self->referrers_first);
  g_free (self->referrers);
  g_free (self->names_by_object);
  g_free (self->came_by);
  _hs_dominators_free (self->dominators);
  g_free (self);
}

void
_hs_heap_set_history (HsHeap    *self,
                      HsHistory *history,
                      guint      moment)
{
  self->history = hs_history_ref (history);
  self->moment = moment;
}

void
_hs_heap_set_comparison (HsHeap       *self,
                         HsComparison *comparison)
{
  self->comparison = hs_comparison_ref (comparison);
}

HsComparison *
hs_heap_get_comparison (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->comparison;
}

HsHistory *
hs_heap_get_history (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->history;
}

guint
hs_heap_get_moment (HsHeap *self)
{
  g_return_val_if_fail (self != NULL, HS_NO_MOMENT);

  return self->moment;
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

  return (HsFamily)self->view.type_family[hs_snapshot_view_get_type (&self->view, object)];
}

guint
hs_heap_get_n_referrers (HsHeap  *self,
                         uint32_t object)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->view.n_objects, 0);

  return self->n_referrers[object];
}
