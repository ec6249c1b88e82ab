/* hs-test-snapshot-pools.c - builds what is known of pools, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-test-snapshot-private.h"

#define ARENA_SIZE      (1 << 20)
#define POOL_SIZE       (1 << 14)
#define POOL_HEADER     48
#define POOLS_PER_ARENA (ARENA_SIZE / POOL_SIZE)

guint32
hs_test_snapshot_add_arena (HsTestSnapshot *self,
                            guint64         address)
{
  guint32 first = self->pools->len;

  self->memory.arena_size = ARENA_SIZE;
  self->memory.pool_size = POOL_SIZE;
  self->memory.pool_header = POOL_HEADER;
  g_array_append_val (self->arenas, address);
  g_array_set_size (self->pools, first + POOLS_PER_ARENA);

  return first;
}

void
hs_test_snapshot_set_pool (HsTestSnapshot *self,
                           guint32         pool,
                           HsPoolState     state,
                           guint32         block_size,
                           guint32         n_touched)
{
  Pool *row = ROW (self->pools, Pool, pool);

  row->state = (guint8)state;
  row->block_size = (guint8)(block_size / HS_GRANULE);
  row->touched = (guint16)n_touched;
}

void
hs_test_snapshot_use_pool_block (HsTestSnapshot *self,
                                 guint32         pool,
                                 guint32         block,
                                 gboolean        is_baseline)
{
  Pool   *row = ROW (self->pools, Pool, pool);
  guint64 bit = G_GUINT64_CONSTANT (1) << block % 64;

  row->used[block / 64] |= bit;
  row->n_used++;
  if (is_baseline)
    {
      row->baseline[block / 64] |= bit;
      row->n_baseline++;
    }
}

void
hs_test_snapshot_leave_out_map (HsTestSnapshot *self,
                                guint32         pool)
{
  ROW (self->pools, Pool, pool)->has_no_map = TRUE;
  self->memory.n_pools_without_map++;
}

HsSnapshotMemory *
hs_test_snapshot_get_memory (HsTestSnapshot *self)
{
  return &self->memory;
}
