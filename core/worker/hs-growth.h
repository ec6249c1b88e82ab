/* hs-growth.h - what the resident memory of the process consists of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

#include "hs-record-format.h"

/* What is ours and what the program brought along is told from what comes later
 * by when it was there: hs_growth_init() is called before anything is reserved,
 * hs_growth_begin() when everything of ours is, and before Python is initialised.
 * @shared, @shared_size: the result area, in bytes
 */
void hs_growth_init (const void *shared,
                     uint64_t    shared_size);
void hs_growth_begin (void);

/* Fills in rss and memory, and sets HS_MOMENT_MEMORY; leaves @moment as it is if
 * that cannot be known: /proc cannot be read, or memory is in more pieces than
 * there is room for. With the GIL, while the code stands still, before pages of a
 * snapshot are touched. Allocates nothing and runs no Python code. O(resident
 * pages + blocks of malloc() that the ledger knows): 4 KiB pages are looked at
 * at some 10 to 15 ms a GiB.
 */
void hs_growth_measure (HsRecordMoment *moment);
