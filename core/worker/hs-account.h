/* hs-account.h - what the allocators hold, written into a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-writer.h"

/* When the code begins: what the interpreter holds by itself. Needs the GIL, as
 * all of this.
 */
void hs_account_begin (void);

/* Fills in the counts and what is known of the arenas, and adds the sites and
 * pools. After
 * all objects; allocates nothing but scratch memory.
 */
void hs_account_add (HsSnapshotWriter *out,
                     HsSnapshotInfo   *info);
