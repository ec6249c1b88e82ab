/* hs-dominators.c - what would go if an object went
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

#include <sys/mman.h>

#define HUGE_PAGE ((gsize)2 << 20)

gpointer
_hs_dominators_new_array (gsize n,
                          gsize size)
{
  gsize    bytes = MAX (n, 1) * size;
  gpointer array;

  /* Smaller ones would waste more than they save. */
  if (bytes < 2 * HUGE_PAGE)
    return g_aligned_alloc (MAX (n, 1), size, sizeof (guint64));

  array = g_aligned_alloc (n, size, HUGE_PAGE);
  /* Only a hint: without it all is as before, but slower. */
  madvise (array, bytes & ~(HUGE_PAGE - 1), MADV_HUGEPAGE);

  return array;
}

void
_hs_dominators_free (HsDominators *self)
{
  if (self == NULL)
    return;

  g_aligned_free (self->parent);
  g_aligned_free (self->retained);
  g_aligned_free (self->n_retained);
  g_aligned_free (self->order);
  g_aligned_free (self->children);
  g_aligned_free (self->first);
  g_free (self);
}

static HsDominators *
dominators_alloc (guint32 n_objects)
{
  HsDominators *self = g_new0 (HsDominators, 1);

  self->n_objects = n_objects;
  self->parent = _hs_dominators_new_array (n_objects, sizeof *self->parent);
  self->retained = _hs_dominators_new_array (n_objects, sizeof *self->retained);
  self->n_retained = _hs_dominators_new_array (n_objects, sizeof *self->n_retained);
  self->order = _hs_dominators_new_array (n_objects, sizeof *self->order);
  self->children = _hs_dominators_new_array (n_objects, sizeof *self->children);
  self->first = _hs_dominators_new_array ((gsize)n_objects + 3, sizeof *self->first);

  return self;
}

/* Returns: (transfer full) (nullable): NULL if it was cancelled */
static HsDominators *
dominators_new (HsHeap       *heap,
                GCancellable *cancellable)
{
  static void (*const steps[]) (HsDominatorsBuild *) = {
    _hs_dominators_sum_own,
    _hs_dominators_find_roots,
    _hs_dominators_fold,
    _hs_dominators_solve_core,
    _hs_dominators_grow,
  };
  HsDominatorsBuild build = { .heap = heap, .cancellable = cancellable };
  HsDominators     *tree = dominators_alloc (heap->view.n_objects);

  build.tree = tree;
  build.left = tree->first;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!g_cancellable_is_cancelled (cancellable))
        steps[i](&build);
    }

  if (g_cancellable_is_cancelled (cancellable))
    g_clear_pointer (&tree, _hs_dominators_free);

  return tree;
}

gboolean
hs_heap_has_dominators (HsHeap *heap)
{
  g_return_val_if_fail (heap != NULL, FALSE);

  return g_atomic_pointer_get (&heap->dominators) != NULL;
}

/**
 * hs_heap_prepare_dominators:
 * @heap: a heap
 * @cancellable: (nullable): checked every few milliseconds
 * @error: return location for an error of %G_IO_ERROR
 *
 * Blocks while another thread makes them.
 *
 * Returns: whether hs_heap_get_dominators() has them at once
 */
gboolean
hs_heap_prepare_dominators (HsHeap       *heap,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_return_val_if_fail (heap != NULL, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  if (hs_heap_has_dominators (heap))
    return TRUE;

  g_mutex_lock (&heap->dominators_lock);
  if (heap->dominators == NULL)
    g_atomic_pointer_set (&heap->dominators, dominators_new (heap, cancellable));
  g_mutex_unlock (&heap->dominators_lock);

  if (hs_heap_has_dominators (heap))
    return TRUE;

  g_cancellable_set_error_if_cancelled (cancellable, error);

  return FALSE;
}

const HsDominators *
hs_heap_get_dominators (HsHeap *heap)
{
  g_return_val_if_fail (heap != NULL, NULL);

  hs_heap_prepare_dominators (heap, NULL, NULL);

  return g_atomic_pointer_get (&heap->dominators);
}

guint32
hs_dominators_get_parent (const HsDominators *self,
                          guint32             object)
{
  g_return_val_if_fail (self != NULL, HS_NO_OBJECT);
  g_return_val_if_fail (object < self->n_objects, HS_NO_OBJECT);

  return self->parent[object];
}

guint64
hs_dominators_get_retained (const HsDominators *self,
                            guint32             object,
                            gboolean           *is_least)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->n_objects, 0);

  if (is_least != NULL)
    *is_least = (self->retained[object] & HS_RETAINED_LEAST) != 0;

  return self->retained[object] & HS_RETAINED_MAX;
}

guint64
hs_dominators_get_n_retained (const HsDominators *self,
                              guint32             object)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->n_objects, 0);

  return self->n_retained[object];
}

const guint32 *
hs_dominators_get_children (const HsDominators *self,
                            guint32             object,
                            guint32            *n)
{
  gsize index;

  g_return_val_if_fail (self != NULL && n != NULL, NULL);
  g_return_val_if_fail (object < self->n_objects || object == HS_NO_OBJECT, NULL);

  /* The top level stands first. */
  index = (guint32)(object + 1);
  *n = self->first[index + 1] - self->first[index];

  return self->children + self->first[index];
}

gboolean
hs_dominators_dominates (const HsDominators *self,
                         guint32             object,
                         guint32             other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (object < self->n_objects && other < self->n_objects, FALSE);

  return self->order[other] - self->order[object] < self->n_retained[object];
}

/* Of what the names lead to, the references are all counted. */
static gboolean
is_held_from_outside (HsHeap *heap,
                      guint32 object)
{
  return object >= heap->view.info.n_reached ||
         hs_snapshot_view_get_refcount (&heap->view, object) > heap->n_referrers[object];
}

HsHeldFlags
hs_heap_get_held (HsHeap *heap,
                  guint32 object)
{
  HsHeldFlags held = 0;
  guint16     flags;
  guint       n_names;

  g_return_val_if_fail (heap != NULL, 0);
  g_return_val_if_fail (object < heap->view.n_objects, 0);

  flags = heap->view.object_flags[object];
  _hs_heap_get_names_of (heap, object, &n_names);
  if (n_names > 0)
    held |= HS_HELD_BY_NAME;
  if ((flags & (HS_OBJECT_STATIC | HS_OBJECT_IMMORTAL)) != 0)
    held |= HS_HELD_FOR_EVER;
  else if (is_held_from_outside (heap, object))
    held |= HS_HELD_FROM_OUTSIDE;

  return held;
}
