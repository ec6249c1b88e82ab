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

/* Returns: the size class of the block at @address, bytes, if it lies in an
 * arena; else 0
 */
uint32_t hs_arenas_get_block_size (const void *address);
