/* hs-arenas.c - knows which memory belongs to pymalloc
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-arenas.h"

#include <stddef.h>
#include <sys/mman.h>

/* Objects/obmalloc.c of CPython 3.11, Include/internal/pycore_obmalloc.h of
 * 3.12 and 3.13: arenas of 1 MiB, pools of 16 KiB, size classes of 16 bytes.
 * Arenas are not always aligned to their size, pools are.
 */
#define ARENA_BITS 20
#define ARENA_SIZE (UINT64_C (1) << ARENA_BITS)
#define POOL_SIZE  (16 * 1024)
#define CLASS_SIZE 16
#define N_CLASSES  32

typedef struct
{
  uint32_t n_used;
  uint32_t padding;
  void    *free_block;
  void    *next;
  void    *previous;
  uint32_t arena;
  uint32_t size_class;
  uint32_t next_offset;
  uint32_t next_offset_max;
} PoolHeader;

static_assert (sizeof (PoolHeader) == 48, "pool_header of CPython 3.10 to 3.13 has 48 bytes");

/* Open addressing, keyed by the MiB in which an arena begins: two arenas
 * cannot begin in the same one. Sparse: 2 MiB of address space, enough for
 * 200 GiB of arenas. Only changed with the GIL held.
 */
#define TABLE_SIZE HS_ARENAS_MAX
#define FREED      UINT64_C (1)

static uint64_t              *table; /* addresses; 0: never used; FREED */
static PyObjectArenaAllocator original;

static uint64_t *
find_slot (uint64_t window,
           bool     is_new)
{
  uint64_t slot = (window * UINT64_C (0x9e3779b97f4a7c15)) >> 40;

  for (uint32_t i = 0; i < TABLE_SIZE; i++, slot++)
    {
      uint64_t *entry = &table[slot % TABLE_SIZE];

      if (*entry == 0 || (is_new && *entry == FREED))
        return is_new ? entry : NULL;
      if (*entry != FREED && *entry >> ARENA_BITS == window)
        return entry;
    }

  return NULL;
}

/* Other sizes are the stacks of Python frames, which come the same way
 * (Python/pystate.c, allocate_chunk()).
 */
static void *
allocate (void  *context,
          size_t size)
{
  void     *arena = original.alloc (original.ctx, size);
  uint64_t *entry;

  if (arena == NULL || size != ARENA_SIZE)
    return arena;

  entry = find_slot ((uint64_t)arena >> ARENA_BITS, true);
  if (entry == NULL)
    {
      original.free (original.ctx, arena, size);
      return NULL;
    }
  *entry = (uint64_t)arena;

  return arena;
}

static void
release (void  *context,
         void  *arena,
         size_t size)
{
  if (size == ARENA_SIZE)
    {
      uint64_t *entry = find_slot ((uint64_t)arena >> ARENA_BITS, false);

      if (entry != NULL)
        *entry = FREED;
    }

  original.free (original.ctx, arena, size);
}

bool
hs_arenas_init (void)
{
  PyObjectArenaAllocator hook = { .alloc = allocate, .free = release };

  table = mmap (NULL, TABLE_SIZE * sizeof *table, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (table == MAP_FAILED)
    return false;

  PyObject_GetArenaAllocator (&original);
  PyObject_SetArenaAllocator (&hook);

  return true;
}

int
hs_arenas_find (const void *address,
                uint32_t   *offset)
{
  static uint64_t *last; /* neighbours in memory are often asked for in a row */
  uint64_t         place = (uint64_t)address;
  uint64_t        *entry = last;

  if (entry == NULL || place - *entry >= ARENA_SIZE || *entry == FREED)
    {
      entry = find_slot (place >> ARENA_BITS, false);
      if (entry == NULL || *entry > place)
        entry = find_slot ((place >> ARENA_BITS) - 1, false);
      if (entry == NULL || place - *entry >= ARENA_SIZE)
        return -1;
      last = entry;
    }

  *offset = (uint32_t)(place - *entry);

  return (int)(entry - table);
}

uint32_t
hs_arenas_get_block_size (const void *address)
{
  const PoolHeader *pool;
  uint32_t          offset;

  if (hs_arenas_find (address, &offset) < 0)
    return 0;

  pool = (const PoolHeader *)((uintptr_t)address & ~(uintptr_t)(POOL_SIZE - 1));
  if (pool->n_used == 0 || pool->size_class >= N_CLASSES)
    return 0;

  return (pool->size_class + 1) * CLASS_SIZE;
}
