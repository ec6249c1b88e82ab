/* hs-occupied.h - how many bytes an allocator has given for a block
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

#include "hs-arenas.h"
#include "hs-snapshot-format.h"

/* Before each snapshot: which libraries are loaded may have changed. */
void hs_occupied_prepare (void);

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
  uint64_t size = hs_arenas_get_class (address);

  if (__builtin_expect (size == 0, 0))
    return hs_occupied_get_outside (address, requested);

  return size >= requested ? size : HS_BYTES_UNKNOWN;
}
