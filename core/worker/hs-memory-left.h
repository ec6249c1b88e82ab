/* hs-memory-left.h - how much memory the machine has left
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

/* MemAvailable of proc_meminfo(5). Returns: bytes; UINT64_MAX if unknown */
uint64_t hs_memory_left_read (void);
