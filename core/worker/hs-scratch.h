/* hs-scratch.h - memory for taking snapshots, none of it Python's
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reserves address space. Pages are only taken when they are touched, so that
 * it costs nothing until there is a snapshot; and because it is reserved
 * before the limits are set, there is room even after a MemoryError.
 */
bool hs_scratch_init (uint64_t size_bytes);

/* Zeroed, aligned to 64 bytes. Returns: NULL if the room is used up */
void *hs_scratch_alloc (uint64_t size_bytes);

/* The same, for what will be touched all over: in huge pages if it is large,
 * which cost a fifth of small ones to touch first.
 */
void *hs_scratch_alloc_dense (uint64_t size_bytes);

/* Gives back all pages behind the first @size_bytes, or of a part; their
 * contents are lost, their places stay taken.
 */
void hs_scratch_release_behind (uint64_t size_bytes);
void hs_scratch_release (void    *start,
                         uint64_t size_bytes);

/* Gives back everything, pages included. */
void hs_scratch_reset (void);
