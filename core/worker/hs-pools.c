/* hs-pools.c - which blocks pymalloc has given out, told by pymalloc itself
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pools.h"

#include <string.h>

#define POOLS_PER_ARENA (HS_ARENA_SIZE / HS_POOL_SIZE)

static bool
is_in_use (const HsPoolHeader *header)
{
  return header->n_used != 0 && header->size_class < HS_POOL_CLASSES;
}

static uint32_t
get_capacity (uint32_t size)
{
  return (uint32_t)(HS_POOL_SIZE - sizeof (HsPoolHeader)) / size;
}

/* Blocks behind next_offset are taken only when the chain of free ones is
 * empty (Objects/obmalloc.c, pymalloc_pool_extend()): they are on no chain.
 */
static bool
mark_free_blocks (const HsPoolHeader *header,
                  HsPool             *self)
{
  const char *block = header->free_block;
  uint32_t    n_free = 0;

  while (block != NULL)
    {
      uint64_t offset = (uint64_t)(block - self->first);
      uint64_t i = offset / self->size;

      if (offset % self->size != 0 || i >= self->n_blocks || hs_pool_is_free (self, (uint32_t)i))
        return false;

      self->is_free[i / 64] |= UINT64_C (1) << i % 64;
      n_free++;
      memcpy (&block, (const void *)block, sizeof (const char *));
    }

  return n_free + header->n_used == self->n_blocks;
}

bool
hs_pools_read (const HsPoolHeader *header,
               HsPool             *pool)
{
  uint32_t size = (header->size_class + 1) * HS_ARENA_GRANULE;
  uint32_t touched = header->next_offset - (uint32_t)sizeof *header;

  if (!is_in_use (header) || header->next_offset < sizeof *header || touched % size != 0 ||
      touched / size > get_capacity (size))
    return false;

  pool->first = (const char *)(header + 1);
  pool->size = size;
  pool->n_blocks = touched / size;
  memset (pool->is_free, 0, (pool->n_blocks + 63) / 64 * sizeof pool->is_free[0]);

  return mark_free_blocks (header, pool);
}

static bool
visit_pool (const HsPoolHeader *header,
            HsPoolsFunc         func,
            void               *data)
{
  HsPool pool;

  if (!is_in_use (header))
    return true;
  if (!hs_pools_read (header, &pool))
    return false;

  for (uint32_t i = 0; i < pool.n_blocks; i++)
    if (!hs_pool_is_free (&pool, i))
      func (pool.first + (uint64_t)i * pool.size, pool.size, data);

  return true;
}

static const HsPoolHeader *
get_header (uint64_t arena,
            uint64_t pool)
{
  uint64_t offset = arena * HS_ARENA_SIZE + pool * HS_POOL_SIZE;

  return (const HsPoolHeader *)(uintptr_t)(hs_arenas.base + offset);
}

bool
hs_pools_visit (HsPoolsFunc func,
                void       *data)
{
  bool is_sound = true;

  for (uint64_t i = 0; i < hs_arenas.span / HS_ARENA_SIZE; i++)
    for (uint64_t k = 0; hs_arenas.is_used[i] && k < POOLS_PER_ARENA; k++)
      if (!visit_pool (get_header (i, k), func, data))
        is_sound = false;

  return is_sound;
}

static void
add_pool (const HsPoolHeader *header,
          HsPoolsSums        *sums)
{
  uint32_t size = (header->size_class + 1) * HS_ARENA_GRANULE;
  uint64_t n_blocks;

  if (!is_in_use (header))
    {
      sums->unused_bytes += HS_POOL_SIZE;
      return;
    }

  n_blocks = get_capacity (size);
  sums->n_pools++;
  sums->n_blocks += header->n_used;
  sums->block_bytes += (uint64_t)header->n_used * size;
  sums->free_bytes += (n_blocks - header->n_used) * size;
  sums->overhead_bytes += HS_POOL_SIZE - n_blocks * size;
}

void
hs_pools_sum (HsPoolsSums *sums)
{
  memset (sums, 0, sizeof *sums);
  sums->n_arenas = hs_arenas.n_arenas;

  for (uint64_t i = 0; i < hs_arenas.span / HS_ARENA_SIZE; i++)
    for (uint64_t k = 0; hs_arenas.is_used[i] && k < POOLS_PER_ARENA; k++)
      add_pool (get_header (i, k), sums);
}
