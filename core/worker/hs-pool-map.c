/* hs-pool-map.c - what pymalloc's pools hold, written into a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pool-map.h"

#include "hs-ledger.h"
#include "hs-pools.h"

#define POOLS_PER_ARENA (HS_ARENA_SIZE / HS_POOL_SIZE)
#define N_WORDS_MAX     ((HS_POOL_BLOCKS_MAX + 63) / 64)

/* Which blocks of @used were there before the code began. Those of one pool lie
 * one behind the other, and so do their words.
 */
static void
find_baseline (const HsPool   *pool,
               const uint64_t *used,
               uint64_t       *baseline)
{
  const uint32_t *words = hs_ledger_words + hs_arenas_granule_index (pool->first);
  uint32_t        stride = pool->size / HS_ARENA_GRANULE;

  for (uint32_t from = 0; from < pool->n_blocks; from += 64)
    {
      uint64_t bits = 0;

      for (uint64_t rest = used[from / 64]; rest != 0; rest &= rest - 1)
        {
          uint32_t i = (uint32_t)__builtin_ctzll (rest);

          bits |= (uint64_t)(words[(from + i) * stride] >> HS_LEDGER_WORD_SITE == 0) << i;
        }
      baseline[from / 64] = bits;
    }
}

static void
add_pool_in_use (HsSnapshotWriter *out,
                 const HsPool     *pool)
{
  uint64_t used[N_WORDS_MAX];
  uint64_t baseline[N_WORDS_MAX];
  uint32_t n_words = (pool->n_blocks + 63) / 64;

  for (uint32_t i = 0; i < n_words; i++)
    used[i] = ~pool->is_free[i];
  if (pool->n_blocks % 64 != 0)
    used[n_words - 1] &= (UINT64_C (1) << pool->n_blocks % 64) - 1;

  if (out->has_ledger)
    find_baseline (pool, used, baseline);
  hs_snapshot_writer_add_pool_in_use (out, pool->size, pool->n_blocks, used, baseline);
}

/* A pool from which everything has been given back keeps where its next new block
 * would have been (Objects/obmalloc.c, insert_to_freepool()); in a new arena all is
 * zero.
 */
static void
add_pool (HsSnapshotWriter   *out,
          const HsPoolHeader *header)
{
  HsPool pool;

  if (header->n_used == 0)
    hs_snapshot_writer_add_pool (out,
                                 header->next_offset == 0 ? HS_POOL_UNTOUCHED : HS_POOL_FREE);
  else if (hs_pools_read (header, &pool))
    add_pool_in_use (out, &pool);
  else
    hs_snapshot_writer_add_pool (out, HS_POOL_DAMAGED);
}

static void
add_arenas (HsSnapshotWriter *out)
{
  bool fits = true;

  for (uint64_t i = 0; i < hs_arenas.span / HS_ARENA_SIZE; i++)
    {
      uint64_t address = hs_arenas.base + i * HS_ARENA_SIZE;

      if (!hs_arenas.is_used[i])
        continue;
      fits = hs_snapshot_writer_add_arena (out, address, POOLS_PER_ARENA) && fits;
      for (uint64_t k = 0; fits && k < POOLS_PER_ARENA; k++)
        add_pool (out, (const HsPoolHeader *)(uintptr_t)(address + k * HS_POOL_SIZE));
    }
}

/* HsLedgerFunc */
static void
add_large (const void          *start,
           const HsLedgerBlock *block,
           void                *data)
{
  HsSnapshotMemory *memory = data;

  (void)start;
  memory->large_blocks++;
  memory->large_bytes += block->requested;
  if (block->is_baseline)
    {
      memory->large_baseline_blocks++;
      memory->large_baseline_bytes += block->requested;
    }
}

void
hs_pool_map_add (HsSnapshotWriter *out)
{
  out->memory->arena_size = HS_ARENA_SIZE;
  out->memory->pool_size = HS_POOL_SIZE;
  out->memory->pool_header = sizeof (HsPoolHeader);
  add_arenas (out);
  if (out->has_ledger)
    hs_ledger_visit_large (add_large, out->memory);
}
