/* hs-pool-map.c - how Python's arenas are divided, and what is free in them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-pool-map.h"

#include <glib/gi18n-lib.h>

/* The size of a block is one byte, in granules. */
#define N_SIZES 256

/* Objects or pools between two looks at the cancellable. */
#define CHECK_EVERY 65536

struct _HsPoolMap
{
  HsHeap               *heap; /* owned */
  const HsSnapshotView *view;
  HsPoolSum             all;
  HsPoolSum             classes[N_SIZES];
  guint                 n_classes;
  gsize                *first_use; /* owned; n_pools + 1 */
  HsPoolUse            *uses;      /* owned */
};

/* A use before it is sorted by pool. */
typedef struct
{
  guint32   pool;
  HsPoolUse use;
} Found;

/* Sums */

static void
add_pool (HsPoolMap            *self,
          const HsSnapshotPool *pool,
          HsPoolSum            *sum)
{
  guint64 size = pool->block_size;
  guint64 in_blocks = (guint64)pool->n_blocks * size;

  sum->n_pools++;
  sum->n_in_state[pool->state]++;
  if (pool->state != HS_POOL_IN_USE)
    return;

  if (sum->n_in_state[HS_POOL_IN_USE] == 1)
    sum->block_size = pool->block_size;
  else if (sum->block_size != pool->block_size)
    sum->block_size = 0;
  sum->n_without_map += pool->used == NULL ? 1 : 0;
  sum->n_blocks += pool->n_blocks;
  sum->n_used += pool->n_used;
  sum->n_baseline += pool->n_baseline;
  sum->n_holes += pool->n_touched - pool->n_used;
  sum->n_never += pool->n_blocks - pool->n_touched;
  sum->used_bytes += pool->n_used * size;
  sum->baseline_bytes += pool->n_baseline * size;
  sum->hole_bytes += (pool->n_touched - pool->n_used) * size;
  sum->never_bytes += (pool->n_blocks - pool->n_touched) * size;
  sum->lost_bytes += self->view->memory.pool_size - MIN (in_blocks, self->view->memory.pool_size);
}

void
hs_pool_map_sum (HsPoolMap *self,
                 guint32    first,
                 guint32    n,
                 HsPoolSum *sum)
{
  *sum = (HsPoolSum) { 0 };
  for (guint32 i = first; i < self->view->n_pools && i - first < n; i++)
    {
      HsSnapshotPool pool;

      hs_snapshot_view_get_pool (self->view, i, &pool);
      add_pool (self, &pool, sum);
    }
}

static void
sum_up (HsPoolMap *self)
{
  g_autofree HsPoolSum *by_size = g_new0 (HsPoolSum, N_SIZES);

  for (guint32 i = 0; i < self->view->n_pools; i++)
    {
      HsSnapshotPool pool;

      hs_snapshot_view_get_pool (self->view, i, &pool);
      add_pool (self, &pool, &self->all);
      if (pool.state == HS_POOL_IN_USE)
        add_pool (self, &pool, &by_size[pool.block_size / HS_GRANULE % N_SIZES]);
    }
  for (guint i = 0; i < N_SIZES; i++)
    if (by_size[i].n_pools > 0)
      self->classes[self->n_classes++] = by_size[i];
}

/* Objects */

static void
find_use (HsPoolMap *self,
          guint32    object,
          guint64    address,
          gboolean   is_main,
          GArray    *found)
{
  HsSnapshotPool pool;
  Found          one = { 0, { object, 0, is_main } };
  guint32        block;

  if (!hs_snapshot_view_find_pool (self->view, address, &one.pool))
    return;
  hs_snapshot_view_get_pool (self->view, one.pool, &pool);
  if (pool.state != HS_POOL_IN_USE)
    return;

  block = hs_snapshot_view_find_block_of_pool (self->view, &pool, address);
  if (block >= pool.n_touched ||
      (pool.used != NULL && !hs_snapshot_pool_has (&pool, pool.used, block)))
    return;

  one.use.block = (guint16)block;
  g_array_append_val (found, one);
}

/* Keeps the order of objects within a pool. */
static void
sort_uses (HsPoolMap *self,
           GArray    *found)
{
  g_autofree gsize *next = NULL;

  self->first_use = g_new0 (gsize, (gsize)self->view->n_pools + 1);
  self->uses = g_new (HsPoolUse, MAX (found->len, 1));
  for (guint i = 0; i < found->len; i++)
    self->first_use[(gsize)g_array_index (found, Found, i).pool + 1]++;
  for (gsize i = 0; i < self->view->n_pools; i++)
    self->first_use[i + 1] += self->first_use[i];
  next = g_memdup2 (self->first_use, sizeof (gsize) * ((gsize)self->view->n_pools + 1));
  for (guint i = 0; i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);

      self->uses[next[one->pool]++] = one->use;
    }
}

static gboolean
find_uses (HsPoolMap    *self,
           GCancellable *cancellable)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint32 i = 0; i < self->view->n_objects; i++)
    {
      HsSnapshotBlock block;
      guint32         first;
      guint32         n;

      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (hs_snapshot_view_get_main_block (self->view, i, &block))
        find_use (self, i, block.address, TRUE, found);
      n = hs_heap_get_blocks (self->heap, i, &first);
      for (guint32 j = 0; j < n; j++)
        {
          hs_snapshot_view_get_block (self->view, first + j, &block);
          find_use (self, i, block.address, FALSE, found);
        }
    }
  sort_uses (self, found);

  return TRUE;
}

const HsPoolUse *
hs_pool_map_get_uses (HsPoolMap *self,
                      guint32    pool,
                      guint32   *n_uses)
{
  *n_uses = 0;
  g_return_val_if_fail (pool < self->view->n_pools, NULL);

  *n_uses = (guint32)(self->first_use[pool + 1] - self->first_use[pool]);

  return self->uses + self->first_use[pool];
}

guint32
hs_pool_map_find_largest (HsPoolMap *self,
                          guint32    first,
                          guint32    n)
{
  guint32 best = HS_NO_OBJECT;
  guint64 most = 0;

  for (guint32 i = first; i < self->view->n_pools && i - first < n; i++)
    for (gsize j = self->first_use[i]; j < self->first_use[i + 1]; j++)
      {
        guint64 bytes =
          self->uses[j].is_main ? hs_heap_get_least (self->heap, self->uses[j].object) : 0;

        if (self->uses[j].is_main && (best == HS_NO_OBJECT || bytes > most))
          {
            best = self->uses[j].object;
            most = bytes;
          }
      }

  return best;
}

gboolean
hs_pool_map_find_object (HsPoolMap *self,
                         guint32    object,
                         guint32   *pool)
{
  HsSnapshotBlock block;

  return object < self->view->n_objects &&
         hs_snapshot_view_get_main_block (self->view, object, &block) &&
         hs_snapshot_view_find_pool (self->view, block.address, pool);
}

/* The map */

HsPoolMap *
hs_pool_map_new (HsHeap       *heap,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr(HsPoolMap) self = NULL;
  const HsSnapshotView *view = hs_heap_get_view (heap);

  if (view->n_pools == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("This snapshot does not know the pools of Python's memory."));
      return NULL;
    }

  self = g_new0 (HsPoolMap, 1);
  self->heap = hs_heap_ref (heap);
  self->view = view;
  sum_up (self);
  if (!find_uses (self, cancellable) || g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
hs_pool_map_free (HsPoolMap *self)
{
  hs_heap_unref (self->heap);
  g_free (self->first_use);
  g_free (self->uses);
  g_free (self);
}

HsHeap *
hs_pool_map_get_heap (HsPoolMap *self)
{
  return self->heap;
}

gboolean
hs_pool_map_has_ledger (HsPoolMap *self)
{
  return self->view->n_traced_pools > 0;
}

const HsPoolSum *
hs_pool_map_get_all (HsPoolMap *self)
{
  return &self->all;
}

guint
hs_pool_map_get_n_classes (HsPoolMap *self)
{
  return self->n_classes;
}

const HsPoolSum *
hs_pool_map_get_class (HsPoolMap *self,
                       guint      i)
{
  g_return_val_if_fail (i < self->n_classes, NULL);

  return &self->classes[i];
}

guint64
hs_pool_map_get_part (HsPoolMap *self,
                      HsPoolPart part)
{
  guint64 pool = self->view->memory.pool_size;

  switch (part)
    {
    case HS_POOL_PART_CODE:
      return self->all.used_bytes - self->all.baseline_bytes;
    case HS_POOL_PART_BASELINE:
      return self->all.baseline_bytes;
    case HS_POOL_PART_HOLES:
      return self->all.hole_bytes;
    case HS_POOL_PART_NEVER:
      return self->all.never_bytes;
    case HS_POOL_PART_FREE:
      return self->all.n_in_state[HS_POOL_FREE] * pool;
    case HS_POOL_PART_UNTOUCHED:
      return self->all.n_in_state[HS_POOL_UNTOUCHED] * pool;
    case HS_POOL_PART_LOST:
      return self->all.lost_bytes;
    case HS_POOL_PART_DAMAGED:
      return self->all.n_in_state[HS_POOL_DAMAGED] * pool;
    case HS_N_POOL_PARTS:
    default:
      return 0;
    }
}
