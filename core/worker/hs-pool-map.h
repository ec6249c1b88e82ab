/* hs-pool-map.h - what pymalloc's pools hold, written into a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-writer.h"

/* Adds the arenas with their pools, and what lies outside of them. Needs the GIL;
 * allocates and changes nothing. Takes as long as there are blocks, whatever the
 * code has written over what pymalloc keeps in its pools.
 */
void hs_pool_map_add (HsSnapshotWriter *out);
