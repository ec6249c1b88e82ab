/* hs-hash.h - a number that stands for a text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

/* Of @n characters of @kind bytes each (1, 2 or 4). Equal texts have equal
 * hashes: CPython keeps every str in the narrowest kind. Not Python's hash(),
 * which may not have been computed, and never 0.
 */
uint64_t hs_hash_text (const void *data,
                       uint64_t    n,
                       uint32_t    kind);
