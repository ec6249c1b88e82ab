/* hs-growth-maps.h - the address space of the process, and which of it is resident
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  HS_AREA_ANON = 0, /* private anonymous memory */
  HS_AREA_SHARED,   /* shared anonymous memory, System V segments */
  HS_AREA_FILE,
  HS_AREA_HEAP,  /* up to the break */
  HS_AREA_STACK, /* of the main thread */
  HS_AREA_KERNEL /* vdso and its like */
} HsAreaKind;

typedef struct
{
  uint64_t start;
  uint64_t end;
  uint8_t  kind; /* HsAreaKind */
  bool     is_accessible;
  bool     is_writable;
  uint64_t rss_bytes;  /* these two only from hs_growth_read_maps() with RSS */
  uint64_t anon_bytes; /* of these, what is neither of a file nor shared */
} HsArea;

/* More than the kernel allows by default (vm.max_map_count, 65530). */
#define HS_AREAS_MAX 65600

/* Reads /proc/self/maps into memory that is kept for it, or with RSS /proc/self/smaps,
 * which takes longer the more is resident; by ascending address, neighbours not joined.
 * Returns: NULL if it cannot be read
 */
const HsArea *hs_growth_read_maps (bool      has_rss,
                                   uint32_t *n_areas);

/* Bytes, as the kernel counts them. Returns: 0 if it cannot be read */
uint64_t hs_growth_read_rss (void);

/* Called by ascending address for what is resident and agrees in @is_anon: not
 * pages of a file, nor shared. Pages of zeros are not resident.
 */
typedef void (*HsResidentFunc) (uint64_t start,
                                uint64_t end,
                                bool     is_anon,
                                void    *data);

/* Before Linux 6.7 there is no PAGEMAP_SCAN. Pages are then read one by one, whether
 * they are there or not; and the page of zeros cannot be told from one that is shared
 * with a fork.
 */
typedef struct
{
  int  fd; /* of /proc/self/pagemap */
  bool has_scan;
  bool counts_shared; /* without it: whether what may be the page of zeros is resident */
} HsResidency;

/* Returns: false if it cannot be read */
bool hs_residency_open (HsResidency *self);
void hs_residency_close (HsResidency *self);
/* Maps no page. Returns: false if it cannot be read */
bool hs_residency_visit (HsResidency   *self,
                         uint64_t       start,
                         uint64_t       end,
                         HsResidentFunc func,
                         void          *data);
