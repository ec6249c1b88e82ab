/* hs-snapshot-writer-pools.c - writes what pymalloc's pools hold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-writer.h"

#include <string.h>

bool
hs_snapshot_writer_add_arena (HsSnapshotWriter *self,
                              uint64_t          address,
                              uint32_t          n_pools)
{
  if (self->n_arenas >= self->n_arenas_max || n_pools > self->n_pools_max - self->n_pools)
    {
      self->memory->n_arenas_left_out++;
      return false;
    }
  self->arena_address[self->n_arenas++] = address;

  return true;
}

void
hs_snapshot_writer_add_pool (HsSnapshotWriter *self,
                             HsPoolState       state)
{
  uint32_t i = self->n_pools++;

  self->pool_state[i] = (uint8_t)state;
  self->pool_map[i] = HS_POOL_NO_MAP;
}

static uint32_t
count_bits (const uint64_t *words,
            uint32_t        n_words)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < n_words; i++)
    n += (uint32_t)__builtin_popcountll (words[i]);

  return n;
}

void
hs_snapshot_writer_add_pool_in_use (HsSnapshotWriter *self,
                                    uint32_t          block_size,
                                    uint32_t          n_touched,
                                    const uint64_t   *used,
                                    const uint64_t   *baseline)
{
  uint32_t i = self->n_pools;
  uint32_t map = self->n_map_words;
  uint32_t n_words = (n_touched + 63) / 64;

  hs_snapshot_writer_add_pool (self, HS_POOL_IN_USE);
  self->pool_block_size[i] = (uint8_t)(block_size / HS_GRANULE);
  self->pool_touched[i] = (uint16_t)n_touched;
  self->pool_used[i] = (uint16_t)count_bits (used, n_words);
  if (self->has_ledger)
    self->pool_baseline[i] = (uint16_t)count_bits (baseline, n_words);

  if (n_words > self->n_map_words_max - map)
    {
      self->memory->n_pools_without_map++;
      return;
    }
  self->pool_map[i] = map;
  memcpy (self->map_used + map, used, n_words * sizeof *used);
  if (self->has_ledger)
    memcpy (self->map_baseline + map, baseline, n_words * sizeof *baseline);
  self->n_map_words += n_words;
}
