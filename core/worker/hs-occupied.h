/* hs-occupied.h - how many bytes an allocator has given for a block
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

/* Before each snapshot: which libraries are loaded may have changed. */
void hs_occupied_prepare (void);

/* The bytes that the block at @address takes: pymalloc's size class, or the
 * chunk of the C library's malloc. 0 if it is not allocated at all but lies
 * inside a library. @address must be the start of a block of one of the three,
 * of at least @requested bytes; where that is not the case: HS_BYTES_UNKNOWN.
 */
uint64_t hs_occupied_get (const void *address,
                          uint64_t    requested);
