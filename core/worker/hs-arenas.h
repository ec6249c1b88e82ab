/* hs-arenas.h - knows which memory belongs to pymalloc
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Puts a hook between pymalloc and its arenas. Before any other call to
 * Python, so that no arena is missed.
 */
bool hs_arenas_init (void);

/* Arenas have numbers below this; a number is used again once its arena has
 * been given back.
 */
#define HS_ARENAS_MAX (1 << 18)

/* Blocks begin at multiples of this. */
#define HS_ARENA_GRANULE  16
#define HS_ARENA_GRANULES ((1 << 20) / HS_ARENA_GRANULE)

/* Returns: the number of the arena in which @address lies, -1 if in none;
 * *offset is the place in it, bytes
 */
int hs_arenas_find (const void *address,
                    uint32_t   *offset);

/* Returns: the size class of the block at @address, bytes, if it lies in an
 * arena; else 0
 */
uint32_t hs_arenas_get_block_size (const void *address);
