/* hs-growth-regions.h - what is known of the address space, by address
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hs-growth-maps.h"
#include "hs-record-format.h"

/* Neighbours that the kernel has joined to one area are told apart by these. */
typedef enum
{
  /* Below: HsMemoryKind */
  HS_REGION_ARENAS = HS_N_MEMORIES,
  HS_REGION_MAPPED, /* by an mmap object */
} HsRegionKind;

typedef struct
{
  uint64_t start;
  uint64_t end;
  uint32_t kind; /* HsRegionKind or HsMemoryKind */
} HsRegion;

#define HS_REGIONS_MAX 65536

/* See hs_growth_init() and hs_growth_begin(). Returns: false if the maps cannot be
 * read, or there is no room
 */
bool hs_regions_note_early (void);
bool hs_regions_note_own (const void *shared,
                          uint64_t    shared_size);

/* Of @areas. Needs the GIL, allocates nothing. Files that are there at the first
 * call are not the code's. Returns: by ascending address, disjoint; NULL if there is
 * no room
 */
const HsRegion *hs_regions_collect (const HsArea *areas,
                                    uint32_t      n_areas,
                                    uint32_t     *n_regions);

/* hs-growth-mmaps.c: calls @func for each live mapping of an mmap object. */
typedef void (*HsMmapFunc) (uint64_t start,
                            uint64_t size,
                            void    *data);
void hs_growth_visit_mmaps (HsMmapFunc func,
                            void      *data);
