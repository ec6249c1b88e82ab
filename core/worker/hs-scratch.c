/* hs-scratch.c - memory for taking snapshots, none of it Python's
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-scratch.h"

#include "hs-fork.h"

#include <sys/mman.h>

#define ALIGNMENT_MASK UINT64_C (63)
#define PAGE_SIZE      UINT64_C (4096)
#define HUGE_PAGE_SIZE (UINT64_C (2) << 20)

static char    *base;
static uint64_t room_bytes;
static uint64_t used_bytes;

bool
hs_scratch_init (uint64_t size_bytes)
{
  base = mmap (NULL, size_bytes, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED)
    return false;

  /* Processes that the code forks take no snapshots. */
  madvise (base, size_bytes, MADV_DONTFORK);
  hs_fork_add_memory (base, size_bytes);
  room_bytes = size_bytes;

  return true;
}

void *
hs_scratch_alloc (uint64_t size_bytes)
{
  uint64_t start = (used_bytes + ALIGNMENT_MASK) & ~ALIGNMENT_MASK;

  if (start > room_bytes || size_bytes > room_bytes - start)
    return NULL;

  used_bytes = start + size_bytes;

  return base + start;
}

void *
hs_scratch_alloc_dense (uint64_t size_bytes)
{
  void *memory = hs_scratch_alloc (size_bytes);

  if (memory != NULL && size_bytes >= 2 * HUGE_PAGE_SIZE)
    {
      uint64_t start = ((uint64_t)memory + HUGE_PAGE_SIZE - 1) & ~(HUGE_PAGE_SIZE - 1);
      uint64_t end = ((uint64_t)memory + size_bytes) & ~(HUGE_PAGE_SIZE - 1);

      madvise ((void *)(uintptr_t)start, end - start, MADV_HUGEPAGE);
    }

  return memory;
}

void
hs_scratch_release_behind (uint64_t size_bytes)
{
  if (used_bytes > size_bytes)
    hs_scratch_release (base + size_bytes, used_bytes - size_bytes);
}

void
hs_scratch_release (void    *start,
                    uint64_t size_bytes)
{
  uint64_t from = ((uint64_t)start + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
  uint64_t to = ((uint64_t)start + size_bytes) & ~(PAGE_SIZE - 1);

  if (to > from)
    madvise ((void *)(uintptr_t)from, to - from, MADV_DONTNEED);
}

void
hs_scratch_reset (void)
{
  madvise (base, used_bytes, MADV_DONTNEED);
  used_bytes = 0;
}
