/* hs-occupied.h - how many bytes an allocator has given for a block
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hs-arenas.h"
#include "hs-snapshot-format.h"

/* Before each snapshot: which libraries are loaded may have changed. Takes
 * scratch memory. Returns: false if there is no room
 */
bool hs_occupied_prepare (void);

/* The size class of each pool in granules, once it has been asked for; 0 before.
 * The headers that say it lie 16 KiB apart and so push each other out of the
 * cache; here they are side by side.
 */
extern uint8_t *hs_occupied_granules __attribute__ ((visibility ("hidden")));

/* For hs_occupied_get(). */
uint64_t hs_occupied_get_outside (const void *address,
                                  uint64_t    requested);

/* The bytes that the block at @address takes: pymalloc's size class, or the
 * chunk of malloc(), its own head included; 0 if it is static memory of the
 * program or a library; HS_BYTES_UNKNOWN if it cannot be a block of at least
 * @requested bytes.
 */
static inline uint64_t
hs_occupied_get (const void *address,
                 uint64_t    requested)
{
  uint64_t size;

  if (__builtin_expect (!hs_arenas_contain (address), 0))
    return hs_occupied_get_outside (address, requested);

  size = (uint64_t)hs_occupied_granules[hs_arenas_pool_index (address)] * HS_GRANULE;
  if (__builtin_expect (size == 0, 0))
    {
      size = hs_arenas_get_class (address);
      hs_occupied_granules[hs_arenas_pool_index (address)] = (uint8_t)(size / HS_GRANULE);
    }

  /* In an arena, but in no pool that is in use, is no block at all. */
  return size != 0 && size >= requested ? size : HS_BYTES_UNKNOWN;
}
