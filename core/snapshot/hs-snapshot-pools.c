/* hs-snapshot-pools.c - what a checked snapshot says of pymalloc's pools
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-view-private.h"

#include <string.h>

static uint32_t
get_n_words (uint32_t n_bits)
{
  return (n_bits + 63) / 64;
}

/* Blocks of @granules that a pool has room for. */
static uint32_t
get_capacity (const HsSnapshotMemory *memory,
              uint32_t                granules)
{
  return (memory->pool_size - memory->pool_header) / (granules * HS_GRANULE);
}

void
hs_snapshot_view_get_pool (const HsSnapshotView *view,
                           uint32_t              i,
                           HsSnapshotPool       *pool)
{
  uint32_t per_arena = hs_snapshot_view_get_pools_per_arena (view);
  uint32_t map = view->pool_map[i];

  memset (pool, 0, sizeof *pool);
  pool->address =
    view->arena_address[i / per_arena] + (uint64_t)(i % per_arena) * view->memory.pool_size;
  pool->state = view->pool_state[i];
  if (pool->state != HS_POOL_IN_USE)
    return;

  pool->block_size = (uint32_t)view->pool_block_size[i] * HS_GRANULE;
  pool->n_blocks = get_capacity (&view->memory, view->pool_block_size[i]);
  pool->n_touched = view->pool_touched[i];
  pool->n_used = view->pool_used[i];
  if (view->n_traced_pools != 0)
    pool->n_baseline = view->pool_baseline[i];
  if (map != HS_POOL_NO_MAP)
    {
      pool->used = view->map_used + map;
      if (view->n_traced_map_words != 0)
        pool->baseline = view->map_baseline + map;
    }
}

bool
hs_snapshot_view_find_pool (const HsSnapshotView *view,
                            uint64_t              address,
                            uint32_t             *i)
{
  uint32_t low = 0;
  uint32_t high = view->n_arenas;
  uint64_t distance;

  /* The first arena behind the address. */
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (view->arena_address[middle] <= address)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return false;

  distance = address - view->arena_address[low - 1];
  if (distance >= view->memory.arena_size)
    return false;
  *i = (low - 1) * hs_snapshot_view_get_pools_per_arena (view) +
       (uint32_t)distance / view->memory.pool_size;

  return true;
}

uint32_t
hs_snapshot_view_find_block_of_pool (const HsSnapshotView *view,
                                     const HsSnapshotPool *pool,
                                     uint64_t              address)
{
  uint64_t distance = address - pool->address - view->memory.pool_header;

  if (pool->n_blocks == 0 || distance / pool->block_size >= pool->n_blocks)
    return UINT32_MAX;

  return (uint32_t)(distance / pool->block_size);
}

/* Whether there are @n_set bits, all of them below @n_bits. */
static bool
bits_fit (const uint64_t *words,
          uint32_t        n_bits,
          uint32_t        n_set)
{
  uint32_t n_words = get_n_words (n_bits);
  uint32_t n = 0;

  for (uint32_t i = 0; i < n_words; i++)
    n += (uint32_t)__builtin_popcountll (words[i]);

  return n == n_set && (n_bits % 64 == 0 || words[n_words - 1] >> n_bits % 64 == 0);
}

static bool
is_part (const uint64_t *words,
         const uint64_t *whole,
         uint32_t        n_words)
{
  uint64_t rest = 0;

  for (uint32_t i = 0; i < n_words; i++)
    rest |= words[i] & ~whole[i];

  return rest == 0;
}

/* Whether pool @i, which is in use, says nothing impossible. @n_words: those of the
 * maps before it, to which its own are added: so each word belongs to one pool, and
 * all of this takes no longer than the maps are long.
 */
static bool
check_pool_in_use (const HsSnapshotView *view,
                   uint32_t              i,
                   uint32_t             *n_words)
{
  uint32_t granules = view->pool_block_size[i];
  uint32_t touched = view->pool_touched[i];
  uint32_t used = view->pool_used[i];
  uint32_t baseline = view->n_traced_pools != 0 ? view->pool_baseline[i] : 0;
  uint32_t map = view->pool_map[i];
  uint32_t size = get_n_words (touched);

  if (granules == 0 || touched > get_capacity (&view->memory, granules) ||
      get_capacity (&view->memory, granules) > UINT16_MAX || used == 0 || used > touched ||
      baseline > used)
    return false;

  if (map == HS_POOL_NO_MAP)
    return true;
  if (map != *n_words || size > view->n_map_words - map)
    return false;
  *n_words += size;

  return bits_fit (view->map_used + map, touched, used) &&
         (view->n_traced_map_words == 0 ||
          (bits_fit (view->map_baseline + map, touched, baseline) &&
           is_part (view->map_baseline + map, view->map_used + map, size)));
}

static bool
is_pool_empty (const HsSnapshotView *view,
               uint32_t              i)
{
  return view->pool_block_size[i] == 0 && view->pool_used[i] == 0 && view->pool_touched[i] == 0 &&
         view->pool_map[i] == HS_POOL_NO_MAP &&
         (view->n_traced_pools == 0 || view->pool_baseline[i] == 0);
}

/* Arenas ascend, do not overlap, and do not wrap around. */
static bool
arenas_fit (const HsSnapshotView *view)
{
  uint64_t size = view->memory.arena_size;
  uint32_t n_wrong = 0;

  for (uint32_t i = 0; i < view->n_arenas; i++)
    {
      uint64_t start = view->arena_address[i];

      n_wrong += start > UINT64_MAX - size;
      n_wrong += i > 0 && (start <= view->arena_address[i - 1] ||
                           start - view->arena_address[i - 1] < size);
    }

  return n_wrong == 0;
}

static bool
sizes_fit (const HsSnapshotView *view)
{
  const HsSnapshotMemory *memory = &view->memory;

  if (view->n_arenas == 0)
    return view->n_pools == 0;

  return memory->pool_size != 0 && memory->pool_header < memory->pool_size &&
         memory->arena_size != 0 && memory->arena_size % memory->pool_size == 0 &&
         (uint64_t)view->n_arenas * (memory->arena_size / memory->pool_size) == view->n_pools;
}

bool
_hs_snapshot_view_check_pools (const HsSnapshotView *view)
{
  uint32_t n_words = 0;

  if (!sizes_fit (view) || !arenas_fit (view) ||
      (view->n_traced_pools != 0 && view->n_traced_pools != view->n_pools) ||
      (view->n_traced_map_words != 0 && view->n_traced_map_words != view->n_map_words) ||
      (view->n_traced_map_words != 0 && view->n_traced_pools == 0))
    return false;

  for (uint32_t i = 0; i < view->n_pools; i++)
    {
      if (view->pool_state[i] >= HS_N_POOL_STATES)
        return false;
      if (view->pool_state[i] == HS_POOL_IN_USE ? !check_pool_in_use (view, i, &n_words)
                                                : !is_pool_empty (view, i))
        return false;
    }

  return n_words == view->n_map_words;
}
