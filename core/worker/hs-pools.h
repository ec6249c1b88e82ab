/* hs-pools.h - which blocks pymalloc has given out, told by pymalloc itself
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hs-arenas.h"

/* A pool is read with the GIL held; nothing is allocated or changed. */

#define HS_POOL_BLOCKS_MAX ((HS_POOL_SIZE - sizeof (HsPoolHeader)) / HS_ARENA_GRANULE)

typedef struct
{
  const char *first;    /* block 0 */
  uint32_t    size;     /* of one block, bytes */
  uint32_t    n_blocks; /* that were ever given out; the rest is untouched */

  /* Bit i: block i has been given back. */
  uint64_t is_free[(HS_POOL_BLOCKS_MAX + 63) / 64];
} HsPool;

/* @header: of a pool in an arena that is in use. Returns: false if the pool is
 * not in use, or if the code has overwritten what pymalloc keeps in it
 */
bool hs_pools_read (const HsPoolHeader *header,
                    HsPool             *pool);

static inline bool
hs_pool_is_free (const HsPool *self,
                 uint32_t      block)
{
  return (self->is_free[block / 64] >> block % 64 & 1) != 0;
}

/* @size: the size class, bytes */
typedef void (*HsPoolsFunc) (const void *address,
                             uint32_t    size,
                             void       *data);

/* Calls @func for every block that is given out, by ascending address. Returns:
 * false if a pool is damaged, whose blocks are then left out
 */
bool hs_pools_visit (HsPoolsFunc func,
                     void       *data);

/* What the arenas are used for. The four kinds of bytes add up to the arenas. */
typedef struct
{
  uint64_t n_arenas;
  uint64_t n_pools; /* in use */
  uint64_t n_blocks;
  uint64_t block_bytes;    /* given out, size classes */
  uint64_t free_bytes;     /* of blocks in pools in use that are not given out */
  uint64_t overhead_bytes; /* headers of these pools, and what is too small for a block */
  uint64_t unused_bytes;   /* pools that are not in use */
} HsPoolsSums;

void hs_pools_sum (HsPoolsSums *sums);
