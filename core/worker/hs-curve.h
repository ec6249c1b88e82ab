/* hs-curve.h - live bytes over time and by line, written into the record
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-shared.h"

/* The ledger's part of a record: samples, sites, lines and the peak. Each sample
 * has the exact least and most of its stretch of time; where it ends is looked at
 * every few allocations, and by the supervisor's wish. When there is no room, two
 * become one, and from then on each spans at least twice the time.
 *
 * All of this needs the GIL. Nothing here allocates.
 */

/* The code begins: HsShared.start_ns is set, and hs_ledger_begin_code() was called.
 * Without it, and in processes that the code forks, the others do nothing. Does
 * nothing without a ledger or a record.
 */
void hs_curve_begin (HsShared *shared);

/* Now the time is looked at: called by the ledger before it counts a block. */
void hs_curve_tick (void);

/* At a moment: a sample ends now, and the lines are as of now. */
void hs_curve_write_lines (void);

/* The code has ended: likewise, for the last time. */
void hs_curve_end (void);
