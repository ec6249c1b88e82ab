/* hs-rows.h - from an object to its row
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-address-map.h"
#include "hs-arenas.h"

/* What is known of a pool in which an object was seen. */
typedef struct
{
  uint32_t first;      /* of its blocks in rows; 0: not seen yet */
  uint32_t reciprocal; /* of the size class, see hs_rows_get() */
} HsPoolRows;

/* Most objects lie in the pools of arenas, one to a block. There a plain array
 * takes a block to its row: four bytes for each block, against 32 and more of a
 * hash table, and fewer misses of the cache. All in scratch memory.
 */
typedef struct
{
  HsPoolRows  *pools; /* by hs_arenas_pool_index() */
  uint32_t    *rows;  /* row + 1; 0: none */
  uint32_t     n_rows;
  uint32_t     n_rows_max;
  HsAddressMap others; /* objects outside arenas → row */
} HsRows;

/* Returns: false if there is no room */
bool hs_rows_init (HsRows  *self,
                   uint64_t n_pools);

/* Gives the blocks of a pool their rows. Returns: false if there is no room */
bool hs_rows_add_pool (HsRows     *self,
                       uint32_t    pool,
                       const void *address);

/* The place of @object, which lies in an arena, in the array of rows; it holds
 * its row + 1, or 0. Returns: NULL if there is no room
 */
static inline uint32_t *
hs_rows_get (HsRows     *self,
             const void *object)
{
  uint32_t    index = hs_arenas_pool_index (object);
  HsPoolRows *pool = &self->pools[index];
  uint32_t    granule;

  if (__builtin_expect (pool->first == 0, 0) && !hs_rows_add_pool (self, index, object))
    return NULL;

  /* Counted in granules both are small, so that multiplying by a reciprocal of
   * 16 bits divides without error.
   */
  granule = ((uint32_t)(uintptr_t)object % HS_POOL_SIZE - sizeof (HsPoolHeader)) / HS_ARENA_GRANULE;

  return &self->rows[pool->first + (granule * pool->reciprocal >> 16)];
}

/* Fetches what hs_rows_get() will look at, into the cache. Always inline: gcc
 * takes a function that does nothing but fetch for one without effect, and
 * drops the call.
 */
__attribute__ ((always_inline)) static inline void
hs_rows_prefetch (HsRows     *self,
                  const void *object)
{
  const HsPoolRows *pool;
  uint32_t          granule;

  if (!hs_arenas_contain (object))
    return;

  /* Not the pool's header: these all lie 16 KiB apart, so that they share a few
   * places of the cache.
   */
  pool = &self->pools[hs_arenas_pool_index (object)];
  granule = ((uint32_t)(uintptr_t)object % HS_POOL_SIZE - sizeof (HsPoolHeader)) / HS_ARENA_GRANULE;
  if (pool->first != 0)
    __builtin_prefetch (&self->rows[pool->first + (granule * pool->reciprocal >> 16)]);
}
