/* hs-growth-malloc.c - what the memory of malloc() is used for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-growth-malloc.h"

#include "hs-ledger.h"

#include <malloc.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE_SIZE UINT64_C (4096)

/* glibc, malloc/malloc.c: the second word of a chunk is its size, a multiple of
 * 16, with three flags. One that was mapped alone has the second flag only; its
 * first word is how far malloc() has moved it to align it: 0 for all but
 * memalign().
 */
#define CHUNK_FLAGS     UINT64_C (7)
#define CHUNK_IS_MAPPED UINT64_C (2)
#define CHUNK_SIZE_MIN  UINT64_C (32)

/* M_MMAP_THRESHOLD at its least: smaller blocks are never mapped alone. */
#define MAPPED_SIZE_MIN UINT64_C (131072)

/* malloc/arena.c, heap_info: its arena, the heap before, its size; of the first
 * heap of an arena the arena follows at once.
 */
#define HEAP_SIZE_MAX   (UINT64_C (64) << 20)
#define HEAP_INFO_SIZE  64 /* at most */
#define N_HEAD_WORDS    3
#define N_HEADS_AT_ONCE 64

#define N_RUNS_MAX (1 << 17)

typedef struct
{
  uint64_t start;
  uint64_t end;
} Run;

static Run      runs[N_RUNS_MAX];
static uint32_t n_runs;
static uint32_t last_run; /* that was looked at */
static uint64_t heap_bytes;
static uint64_t heap_resident_bytes;
static uint64_t resident_bytes;

/* ---- Pieces ---- */

/* A thread that has no GIL may free what is looked at: the kernel then says so.
 * Returns: how many could be read
 */
static uint64_t
read_heads (uint64_t start,
            uint64_t n,
            uint64_t (*heads)[N_HEAD_WORDS])
{
  struct iovec to = { heads, n * sizeof *heads };
  struct iovec from[N_HEADS_AT_ONCE];
  ssize_t      size;

  for (uint64_t i = 0; i < n; i++)
    from[i] = (struct iovec) { (void *)(uintptr_t)(start + i * PAGE_SIZE), sizeof *heads };
  size = process_vm_readv (getpid (), &to, 1, from, n, 0);

  return size > 0 ? (uint64_t)size / sizeof *heads : 0;
}

static bool
is_piece (uint64_t       start,
          uint64_t       limit,
          const uint64_t head[N_HEAD_WORDS],
          HsMallocPiece *piece)
{
  uint64_t size = head[1] & ~CHUNK_FLAGS;

  if (head[0] == 0 && (head[1] & CHUNK_FLAGS) == CHUNK_IS_MAPPED && size != 0 &&
      size % PAGE_SIZE == 0 && size <= limit - start)
    {
      *piece = (HsMallocPiece) { start + size, false };
      return true;
    }

  if (start % HEAP_SIZE_MAX == 0 && head[0] % HEAP_SIZE_MAX < HEAP_INFO_SIZE && head[0] % 16 == 0 &&
      head[0] % HEAP_SIZE_MAX != 0 && head[1] % HEAP_SIZE_MAX == 0 && head[2] % PAGE_SIZE == 0 &&
      head[2] != 0 && head[2] <= limit - start)
    {
      *piece = (HsMallocPiece) { start + head[2], true };
      return true;
    }

  return false;
}

uint64_t
hs_malloc_find_piece (uint64_t       start,
                      uint64_t       end,
                      uint64_t       limit,
                      HsMallocPiece *piece)
{
  uint64_t heads[N_HEADS_AT_ONCE][N_HEAD_WORDS];
  uint64_t at = start;

  while (at < end)
    {
      uint64_t n = (end - at) / PAGE_SIZE;
      uint64_t n_read;

      /* Most often it is the first. */
      n = at == start ? 1 : n < N_HEADS_AT_ONCE ? n
                                                : N_HEADS_AT_ONCE;
      n_read = read_heads (at, n, heads);
      for (uint64_t i = 0; i < n_read; i++, at += PAGE_SIZE)
        if (is_piece (at, limit, heads[i], piece))
          return at;
      if (n_read < n)
        at += PAGE_SIZE;
    }

  return end;
}

/* ---- Adding up ---- */

void
hs_malloc_begin (void)
{
  n_runs = 0;
  last_run = 0;
  heap_bytes = 0;
  heap_resident_bytes = 0;
  resident_bytes = 0;
}

void
hs_malloc_add_heap (uint64_t size_bytes)
{
  heap_bytes += size_bytes;
}

bool
hs_malloc_add_resident (uint64_t start,
                        uint64_t end,
                        bool     is_heap)
{
  resident_bytes += end - start;
  if (is_heap)
    heap_resident_bytes += end - start;

  if (n_runs != 0 && runs[n_runs - 1].end == start)
    {
      runs[n_runs - 1].end = end;
      return true;
    }
  if (n_runs == N_RUNS_MAX)
    return false;
  runs[n_runs++] = (Run) { start, end };

  return true;
}

/* The first run that ends behind an address; neighbours are asked for one after
 * the other more often than not.
 */
static uint32_t
find_run (uint64_t address)
{
  uint32_t low = 0;
  uint32_t high = n_runs;

  if (last_run < n_runs && runs[last_run].end > address &&
      (last_run == 0 || runs[last_run - 1].end <= address))
    return last_run;

  while (low < high)
    {
      uint32_t middle = (low + high) / 2;

      if (runs[middle].end <= address)
        low = middle + 1;
      else
        high = middle;
    }
  last_run = low;

  return low;
}

static uint64_t
get_resident (uint64_t start,
              uint64_t end)
{
  uint64_t sum = 0;

  for (uint32_t i = find_run (start); i < n_runs && runs[i].start < end; i++)
    {
      uint64_t from = runs[i].start > start ? runs[i].start : start;
      uint64_t to = runs[i].end < end ? runs[i].end : end;

      sum += to - from;
    }

  return sum;
}

typedef struct
{
  uint64_t resident;
  uint64_t heap_resident;
  uint64_t heap_absent;
} BlockSums;

/* The size of small ones is computed: to look at the chunk of each costs a cache
 * line. One that has been shrunk in place may have a larger chunk.
 */
static void
add_block (const void          *start,
           const HsLedgerBlock *block,
           void                *data)
{
  BlockSums *sums = data;
  uint64_t   from = (uint64_t)start - 8;
  uint64_t   size = (block->requested + 8 + 15) & ~UINT64_C (15);
  bool       is_heap = true;
  uint64_t   resident;

  if (block->requested >= MAPPED_SIZE_MIN)
    {
      is_heap = (((const uint64_t *)start)[-1] & CHUNK_IS_MAPPED) == 0;
      size = malloc_usable_size ((void *)(uintptr_t)start) + (is_heap ? 8 : 16);
      from -= is_heap ? 0 : 8;
    }
  if (size < CHUNK_SIZE_MIN)
    size = CHUNK_SIZE_MIN;

  resident = get_resident (from, from + size);
  sums->resident += resident;
  if (is_heap)
    {
      sums->heap_resident += resident;
      sums->heap_absent += size - resident;
    }
}

/* What malloc() keeps for later, as it says itself: in bins, and at the end of
 * each heap.
 */
static uint64_t
get_free_bytes (void)
{
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 33)
  struct mallinfo2 info = mallinfo2 ();

  return info.fordblks;
#else
  return 0;
#endif
}

static uint64_t
subtract (uint64_t from,
          uint64_t what)
{
  return from > what ? from - what : 0;
}

/* What of the heaps is absent and no object's is taken for free: it has been given
 * back to the kernel, or never touched.
 */
void
hs_malloc_sum (HsMallocSums *sums)
{
  BlockSums blocks = { 0 };
  uint64_t  heap_absent;
  uint64_t  heap_room;

  hs_ledger_visit_large (add_block, &blocks);
  if (blocks.resident > resident_bytes)
    blocks.resident = resident_bytes;

  heap_absent = subtract (subtract (heap_bytes, heap_resident_bytes), blocks.heap_absent);
  heap_room = subtract (heap_resident_bytes, blocks.heap_resident);
  sums->objects = blocks.resident;
  sums->free = subtract (get_free_bytes (), heap_absent);
  if (sums->free > heap_room)
    sums->free = heap_room;
  sums->rest = subtract (resident_bytes, sums->objects + sums->free);
}
