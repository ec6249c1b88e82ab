/* hs-selftest-memory.h - all memory of this process, to see what has changed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define HS_PAGE_SIZE UINT64_C (4096)

/* Of each page that is there a hash of its contents; pages that are not there
 * are not touched. Left out is what belongs to the worker: its variables and its
 * stack, and the ranges that hs_memory_add_own() names.
 */
typedef struct
{
  uint64_t address;
  uint64_t hash;
} HsMemoryPage;

#define HS_MEMORY_MAPPINGS_MAX 4096
#define HS_MEMORY_NAME_SIZE    256

typedef struct
{
  uint64_t start;
  uint64_t end;
  bool     is_readable;
  char     name[HS_MEMORY_NAME_SIZE]; /* cut; empty: anonymous */
} HsMemoryMapping;

typedef struct
{
  HsMemoryPage   *pages; /* ascending */
  uint64_t        n_pages;
  HsMemoryMapping mappings[HS_MEMORY_MAPPINGS_MAX]; /* ascending, the worker's own left out */
  uint32_t        n_mappings;

  /* What the kernel accounts to this process alone (Private_Dirty of
   * smaps_rollup), and how much of that is the worker's. Bytes
   */
  uint64_t private_bytes;
  uint64_t own_bytes;
} HsMemory;

/* A range that is the worker's, whole pages. Up to 32, the records themselves
 * included; one that is known already does not count.
 */
void hs_memory_add_own (const void *start,
                        uint64_t    size);

/* Bytes of a range that are there. */
uint64_t hs_memory_get_resident (const void *start,
                                 uint64_t    size);

/* Both are taken with no call to malloc(). Between the end of the first and the
 * begin of the second stands what is to be examined.
 * Returns: (nullable): NULL without address space
 */
HsMemory *hs_memory_take_before (void);
HsMemory *hs_memory_take_after (void);

void hs_memory_free (HsMemory *self);

/* Prints what differs as members of a JSON object: "pages", "changed", "appeared",
 * "vanished", each with the number of pages and, by mapping, examples.
 */
void hs_memory_print_changes (const HsMemory *before,
                              const HsMemory *after,
                              FILE           *out);
