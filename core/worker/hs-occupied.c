/* hs-occupied.c - how many bytes an allocator has given for a block
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-occupied.h"

#include "hs-compat.h"
#include "hs-scratch.h"
#include "hs-snapshot-format.h"

#include <link.h>
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>

/* More loaded segments than any program has; those beyond would be taken for
 * heap blocks, so that their number is checked.
 */
#define N_RANGES_MAX 8192

typedef struct
{
  uint64_t start;
  uint64_t end;
} Range;

uint8_t *hs_occupied_granules;

static Range  ranges[N_RANGES_MAX]; /* ascending, disjoint */
static size_t n_ranges;
static bool   has_all_ranges;

static int
add_ranges (struct dl_phdr_info *library,
            size_t               size,
            void                *data)
{
  for (int i = 0; i < library->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *segment = &library->dlpi_phdr[i];
      uint64_t start = library->dlpi_addr + segment->p_vaddr;
      size_t   at = n_ranges;

      if (segment->p_type != PT_LOAD)
        continue;
      if (n_ranges == N_RANGES_MAX)
        {
          has_all_ranges = false;
          return 1;
        }

      while (at > 0 && ranges[at - 1].start > start)
        {
          ranges[at] = ranges[at - 1];
          at--;
        }
      ranges[at] = (Range) { start, start + segment->p_memsz };
      n_ranges++;
    }

  return 0;
}

bool
hs_occupied_prepare (void)
{
  /* One more, so that it is not empty. */
  hs_occupied_granules = hs_scratch_alloc ((hs_arenas.span >> HS_POOL_BITS) + 1);

  n_ranges = 0;
  has_all_ranges = true;
  dl_iterate_phdr (add_ranges, NULL);

  return hs_occupied_granules != NULL;
}

static bool
is_static (uint64_t address)
{
  size_t low = 0;
  size_t high = n_ranges;

  while (low < high)
    {
      size_t middle = (low + high) / 2;

      if (ranges[middle].end <= address)
        low = middle + 1;
      else
        high = middle;
    }

  return low < n_ranges && ranges[low].start <= address;
}

/* glibc, malloc/malloc.c: a chunk is the usable bytes and the size word before
 * them; one that was mapped alone (bit 1 of the size word) has two words.
 */
static uint64_t
get_chunk_size (const void *address)
{
  uint64_t usable = malloc_usable_size ((void *)(uintptr_t)address);

#if HS_WITH_ASAN
  /* AddressSanitizer's malloc has no chunks and reports what was requested:
   * round as glibc does.
   */
  uint64_t size = (usable + 8 + 15) & ~UINT64_C (15);

  return size < 32 ? 32 : size;
#else
  const uint64_t *size_word = (const uint64_t *)address - 1;

  return usable + ((*size_word & 2) != 0 ? 16 : 8);
#endif
}

uint64_t
hs_occupied_get_outside (const void *address,
                         uint64_t    requested)
{
  uint64_t size;

  if (is_static ((uint64_t)address))
    return 0;

  /* malloc() aligns to 16 bytes. */
  if (!has_all_ranges || (uint64_t)address % 16 != 0)
    return HS_BYTES_UNKNOWN;

  size = get_chunk_size (address);

  return size >= requested ? size : HS_BYTES_UNKNOWN;
}
