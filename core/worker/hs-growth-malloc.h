/* hs-growth-malloc.h - what the memory of malloc() is used for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* glibc has three kinds of memory: what lies below the break, heaps for threads,
 * and large blocks that are mapped one by one. The latter two are anonymous
 * memory like any other, and are known by how they begin.
 */
typedef struct
{
  uint64_t end;     /* of what begins at the address */
  bool     is_heap; /* for many blocks */
} HsMallocPiece;

/* What begins at @start, a multiple of the page size, or at a later page before
 * @end; these pages are resident. @limit: where the anonymous memory ends. Returns:
 * its address, @end if there is none
 */
uint64_t hs_malloc_find_piece (uint64_t       start,
                               uint64_t       end,
                               uint64_t       limit,
                               HsMallocPiece *piece);

/* ---- Adding up ---- */

void hs_malloc_begin (void);
void hs_malloc_add_heap (uint64_t size_bytes);
/* Resident memory of all three kinds; by ascending address. Returns: false if there
 * is no room
 */
bool hs_malloc_add_resident (uint64_t start,
                             uint64_t end,
                             bool     is_heap);

/* Resident bytes. */
typedef struct
{
  uint64_t objects; /* live blocks of Python, as far as the ledger knows them */
  uint64_t free;
  uint64_t rest; /* live blocks of others, and what malloc() needs for itself */
} HsMallocSums;

/* Looks at every such block and at malloc()'s free ones. Needs the GIL. */
void hs_malloc_sum (HsMallocSums *sums);
