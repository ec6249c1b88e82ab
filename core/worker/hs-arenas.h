/* hs-arenas.h - the memory of pymalloc, in one piece
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

/* Objects/obmalloc.c of CPython 3.11, Include/internal/pycore_obmalloc.h of
 * 3.12 and 3.13: arenas of 1 MiB, pools of 16 KiB, size classes of 16 bytes up
 * to 512. A pool begins with its header and holds blocks of one class.
 */
#define HS_ARENA_BITS    20
#define HS_ARENA_SIZE    (UINT64_C (1) << HS_ARENA_BITS)
#define HS_POOL_BITS     14
#define HS_POOL_SIZE     (UINT64_C (1) << HS_POOL_BITS)
#define HS_POOL_CLASSES  32
#define HS_POOL_SIZE_MAX 512 /* the largest request that is served from a pool, bytes */

/* Blocks begin at multiples of this, bytes. */
#define HS_ARENA_GRANULE  16
#define HS_ARENA_GRANULES (HS_ARENA_SIZE / HS_ARENA_GRANULE)

/* Arenas have numbers below this: 256 GiB. */
#define HS_ARENAS_MAX (1 << 18)

typedef struct
{
  uint32_t n_used; /* blocks that are given out; 0: the pool is not in use */
  uint32_t padding;
  void    *free_block; /* a chain through the first word of each, ends with NULL */
  void    *next;
  void    *previous;
  uint32_t arena;
  uint32_t size_class;      /* blocks have (size_class + 1) * 16 bytes */
  uint32_t next_offset;     /* blocks from here on have never been given out */
  uint32_t next_offset_max; /* the last block's; next_offset may lie one block behind */
} HsPoolHeader;

static_assert (sizeof (HsPoolHeader) == 48, "pool_header of CPython 3.10 to 3.13 has 48 bytes");

/* One range of addresses is reserved before Python is first called, and every
 * arena is cut from it: to tell a block of pymalloc from any other, and to find
 * what is known about it, takes a subtraction instead of a search.
 *
 * Only changed with the GIL held. Memory of an arena that is not in use cannot
 * be read.
 */
typedef struct
{
  uint64_t base;     /* address, a multiple of the arenas' size */
  uint64_t span;     /* bytes from there to the end of the highest arena there has been */
  uint64_t reserved; /* bytes of address space */

  uint32_t n_arenas; /* in use */
  uint32_t n_arenas_max;
  uint32_t n_chunks; /* of the stacks of Python frames, which come the same way */
  uint32_t first_free;
  uint64_t chunk_bytes;

  uint8_t is_used[HS_ARENAS_MAX];
} HsArenas;

extern HsArenas hs_arenas __attribute__ ((visibility ("hidden")));

/* Reserves the range and puts a hook between pymalloc and its arenas. Before
 * any other call to Python, so that no arena is missed; and before limits are
 * set, as the range counts as address space (but not as data: arenas in use do).
 */
bool hs_arenas_init (void);

/* Whether @address, which need not be one, lies where arenas are or have been. */
static inline bool
hs_arenas_contain (const void *address)
{
  return (uint64_t)address - hs_arenas.base < hs_arenas.span;
}

/* The number of the pool of an address that hs_arenas_contain(). */
static inline uint32_t
hs_arenas_pool_index (const void *address)
{
  return (uint32_t)(((uint64_t)address - hs_arenas.base) >> HS_POOL_BITS);
}

/* The number of the granule of an address that hs_arenas_contain(). */
static inline uint64_t
hs_arenas_granule_index (const void *address)
{
  return ((uint64_t)address - hs_arenas.base) / HS_ARENA_GRANULE;
}

/* The pool of an address that hs_arenas_contain(): can be read only if its
 * arena is in use.
 */
static inline const HsPoolHeader *
hs_arenas_get_pool (const void *address)
{
  return (const HsPoolHeader *)((uintptr_t)address & ~(uintptr_t)(HS_POOL_SIZE - 1));
}

/* Returns: the size class of the block at @address, which need not be one,
 * bytes; 0 if it lies in no pool that is in use
 */
static inline uint32_t
hs_arenas_get_class (const void *address)
{
  const HsPoolHeader *pool = hs_arenas_get_pool (address);

  if (!hs_arenas_contain (address) ||
      !hs_arenas.is_used[((uint64_t)address - hs_arenas.base) >> HS_ARENA_BITS])
    return 0;
  if (pool->n_used == 0 || pool->size_class >= HS_POOL_CLASSES)
    return 0;

  return (pool->size_class + 1) * HS_ARENA_GRANULE;
}
