/* oracle-ledger.c - every live block of Python's allocators and of malloc()
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "oracle-ledger.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Objects/obmalloc.c, 3.10 to 3.13: pools of 16 KiB, aligned to their size;
 * pool_header.szidx is the ninth of its 32-bit words.
 */
#define POOL_SIZE       16384
#define POOL_SIZE_CLASS 9

/* A power of two; more than any of the programs that are run here needs. */
#define N_SLOTS (1u << 21)
#define N_NOTED (1u << 18)

typedef struct
{
  uintptr_t start; /* 0: free */
  size_t    requested;
  uint32_t  domain;
  uint32_t  epoch; /* 0, or that in which it was noted */
} Slot;

typedef struct
{
  Slot   slots[N_SLOTS];
  size_t n_used;
} Table;

/* Blocks above 512 bytes are in both. */
static Table python_table;
static Table malloc_table;

static struct
{
  uintptr_t start;
  Table    *table;
} noted[N_NOTED];
static size_t   n_noted;
static uint32_t epoch;
static bool     is_noting;

static OracleBlock result[N_NOTED];

static PyMemAllocatorEx inner[3];

/* RAW is called without the GIL, malloc() from anywhere. */
static atomic_flag lock = ATOMIC_FLAG_INIT;

static void
take_lock (void)
{
  while (atomic_flag_test_and_set_explicit (&lock, memory_order_acquire))
    ;
}

static void
drop_lock (void)
{
  atomic_flag_clear_explicit (&lock, memory_order_release);
}

static size_t
get_home (uintptr_t start)
{
  return (size_t)(((uint64_t)start >> 4) * UINT64_C (0x9e3779b97f4a7c15) >> 43) % N_SLOTS;
}

/* Returns: where the block is, or the free slot where it would be */
static Slot *
get_slot (Table    *table,
          uintptr_t start)
{
  size_t i = get_home (start);

  while (table->slots[i].start != 0 && table->slots[i].start != start)
    i = (i + 1) % N_SLOTS;

  return &table->slots[i];
}

static void
add (Table       *table,
     const void  *start,
     size_t       requested,
     OracleDomain domain)
{
  Slot *slot;

  if (start == NULL)
    return;

  take_lock ();
  slot = get_slot (table, (uintptr_t)start);
  if (slot->start == 0 && ++table->n_used > N_SLOTS / 2)
    abort ();
  *slot = (Slot) { (uintptr_t)start, requested, domain, is_noting ? epoch : 0 };
  if (is_noting)
    {
      if (n_noted == N_NOTED)
        abort ();
      noted[n_noted].start = (uintptr_t)start;
      noted[n_noted++].table = table;
    }
  drop_lock ();
}

/* Closes the gap that a removed block leaves in its run of slots.
 *
 * Returns: what was removed, all zero if nothing
 */
static Slot
take_away (Table      *table,
           const void *start)
{
  Slot   removed;
  Slot  *slot;
  size_t gap;

  take_lock ();
  slot = get_slot (table, (uintptr_t)start);
  removed = *slot;
  if (removed.start != 0)
    {
      table->n_used--;
      gap = (size_t)(slot - table->slots);
      for (size_t i = (gap + 1) % N_SLOTS; table->slots[i].start != 0; i = (i + 1) % N_SLOTS)
        {
          size_t home = get_home (table->slots[i].start);

          if ((i - home) % N_SLOTS >= (i - gap) % N_SLOTS)
            {
              table->slots[gap] = table->slots[i];
              gap = i;
            }
        }
      table->slots[gap].start = 0;
    }
  drop_lock ();

  return removed;
}

static void
put_back (Table      *table,
          const Slot *removed)
{
  take_lock ();
  table->n_used++;
  *get_slot (table, removed->start) = *removed;
  drop_lock ();
}

/* ---- malloc() ---- */

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n,
                            size_t size);
extern void *__libc_realloc (void  *block,
                             size_t size);
extern void *__libc_memalign (size_t alignment,
                              size_t size);
extern void  __libc_free (void *block);

void *
malloc (size_t size)
{
  void *block = __libc_malloc (size);

  add (&malloc_table, block, size, ORACLE_MALLOC);

  return block;
}

void *
calloc (size_t n,
        size_t size)
{
  void *block = __libc_calloc (n, size);

  add (&malloc_table, block, n * size, ORACLE_MALLOC);

  return block;
}

void *
realloc (void  *old,
         size_t size)
{
  Slot  removed = { 0 };
  void *block;

  if (old != NULL)
    removed = take_away (&malloc_table, old);
  block = __libc_realloc (old, size);
  if (block == NULL && size != 0 && removed.start != 0)
    put_back (&malloc_table, &removed);
  add (&malloc_table, block, size, ORACLE_MALLOC);

  return block;
}

void
free (void *block)
{
  if (block == NULL)
    return;

  take_away (&malloc_table, block);
  __libc_free (block);
}

void *
memalign (size_t alignment,
          size_t size)
{
  void *block = __libc_memalign (alignment, size);

  add (&malloc_table, block, size, ORACLE_MALLOC);

  return block;
}

void *
aligned_alloc (size_t alignment,
               size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void **block,
                size_t alignment,
                size_t size)
{
  *block = memalign (alignment, size);

  return *block == NULL ? ENOMEM : 0;
}

/* ---- Python's allocators ---- */

/* What a block held before must not look like an object or a pointer. */
static void
blot_out (void  *block,
          size_t from,
          size_t to)
{
  if (is_noting && block != NULL && from < to)
    memset ((char *)block + from, 0xcb, to - from);
}

static void *
hook_malloc (void  *context,
             size_t size)
{
  PyMemAllocatorEx *allocator = context;
  void             *block = allocator->malloc (allocator->ctx, size);

  blot_out (block, 0, size);
  add (&python_table, block, size, (OracleDomain)(allocator - inner));

  return block;
}

static void *
hook_calloc (void  *context,
             size_t n,
             size_t size)
{
  PyMemAllocatorEx *allocator = context;
  void             *block = allocator->calloc (allocator->ctx, n, size);

  add (&python_table, block, n * size, (OracleDomain)(allocator - inner));

  return block;
}

static void *
hook_realloc (void  *context,
              void  *old,
              size_t size)
{
  PyMemAllocatorEx *allocator = context;
  Slot              removed = { 0 };
  void             *block;

  /* First, because another thread may get the address at once. */
  if (old != NULL)
    removed = take_away (&python_table, old);
  block = allocator->realloc (allocator->ctx, old, size);
  if (block == NULL && removed.start != 0)
    put_back (&python_table, &removed);
  blot_out (block, removed.requested, size);
  add (&python_table, block, size, (OracleDomain)(allocator - inner));

  return block;
}

static void
hook_free (void *context,
           void *block)
{
  PyMemAllocatorEx *allocator = context;

  if (block != NULL)
    take_away (&python_table, block);
  allocator->free (allocator->ctx, block);
}

void
oracle_ledger_install (void)
{
  for (int domain = 0; domain < 3; domain++)
    {
      PyMemAllocatorEx hook = { &inner[domain], hook_malloc, hook_calloc, hook_realloc, hook_free };

      PyMem_GetAllocator ((PyMemAllocatorDomain)domain, &inner[domain]);
      PyMem_SetAllocator ((PyMemAllocatorDomain)domain, &hook);
    }
}

bool
oracle_ledger_is_installed (void)
{
  for (int domain = 0; domain < 3; domain++)
    {
      PyMemAllocatorEx allocator;

      PyMem_GetAllocator ((PyMemAllocatorDomain)domain, &allocator);
      if (allocator.malloc != hook_malloc)
        return false;
    }

  return true;
}

/* ---- What was noted ---- */

void
oracle_ledger_start (void)
{
  take_lock ();
  n_noted = 0;
  epoch++;
  is_noting = true;
  drop_lock ();
}

void
oracle_ledger_stop (void)
{
  take_lock ();
  is_noting = false;
  drop_lock ();
}

static int
compare (const void *a,
         const void *b)
{
  uintptr_t first = ((const OracleBlock *)a)->start;
  uintptr_t second = ((const OracleBlock *)b)->start;

  return (first > second) - (first < second);
}

/* Each block once: an address may have been given out several times. */
static size_t
collect (Table *table,
         size_t at)
{
  size_t begin = at;
  size_t n_unique;

  for (size_t i = 0; i < n_noted; i++)
    {
      const Slot *slot = get_slot (table, noted[i].start);

      if (noted[i].table != table || slot->start == 0 || slot->epoch != epoch ||
          (table == &malloc_table && get_slot (&python_table, slot->start)->start != 0))
        continue;
      result[at++] = (OracleBlock) { slot->start, slot->requested, slot->domain };
    }

  qsort (result + begin, at - begin, sizeof *result, compare);
  n_unique = begin;
  for (size_t i = begin; i < at; i++)
    if (i == begin || result[i].start != result[i - 1].start)
      result[n_unique++] = result[i];

  return n_unique;
}

size_t
oracle_ledger_get_noted (const OracleBlock **blocks,
                         size_t             *n_python)
{
  *blocks = result;
  *n_python = collect (&python_table, 0);

  return collect (&malloc_table, *n_python);
}

bool
oracle_ledger_find (uintptr_t    start,
                    OracleBlock *block)
{
  const Slot *slot = get_slot (&python_table, start);

  if (slot->start == 0)
    return false;
  *block = (OracleBlock) { slot->start, slot->requested, slot->domain };

  return true;
}

bool
oracle_ledger_is_chunk (const OracleBlock *block)
{
  return get_slot (&malloc_table, block->start)->start != 0;
}

size_t
oracle_ledger_get_occupied (const OracleBlock *block)
{
  const uint32_t *pool = (const uint32_t *)(block->start & ~(uintptr_t)(POOL_SIZE - 1));
  const size_t   *size_word = (const size_t *)block->start - 1;

  if (!oracle_ledger_is_chunk (block))
    return 16 * ((size_t)pool[POOL_SIZE_CLASS] + 1);

  /* A chunk that was mapped alone, bit 1, has a second word. */
  return malloc_usable_size ((void *)block->start) + ((*size_word & 2) != 0 ? 16 : 8);
}
