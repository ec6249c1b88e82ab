/* hs-page-states.h - which pages of a mapping are where
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hs-record-format.h"

/* What has to be known of a mapping to ask the kernel for its pages. */
typedef struct
{
  uint64_t start; /* address of the first page */
  uint64_t n_pages;
  uint64_t file_offset; /* bytes */
  uint32_t kind;        /* HsMappingKind */
  uint32_t flags;       /* HsMappingFlags of the whole */
  int      fd;          /* of the file; -1: none at hand */
  uint64_t inode;       /* that @fd has to have */
  uint64_t device;
} HsPageRange;

/* As many pages as are read at a time. */
#define HS_PAGE_CHUNK 65536
#define HS_PAGE_BYTES 4096

/* Address space for reading; before limits are set. Returns: false without it */
bool hs_page_states_init (void);

/* To be called around hs_page_states_read(). Returns: false if the kernel does not let
 * the process see its own page table
 */
bool hs_page_states_open (void);
void hs_page_states_close (void);

/* The HsPageState of each of @n pages from @first on, at most HS_PAGE_CHUNK. Touches none of
 * them and reads none into the cache: mincore(), /proc/self/pagemap, PAGEMAP_SCAN
 * (Linux 6.7) to pass over stretches that are not mapped, cachestat() (6.5) for the dirty
 * ones. Returns: false if the range is no longer mapped
 */
bool hs_page_states_read (const HsPageRange *range,
                          uint64_t           first,
                          uint64_t           n,
                          uint8_t           *states);

/* Whether it can be known which pages are huge: PAGEMAP_SCAN. */
bool hs_page_states_has_huge (void);

/* Whether it can be known of the file @fd which of its pages are dirty. */
bool hs_page_states_has_dirty (int fd);
