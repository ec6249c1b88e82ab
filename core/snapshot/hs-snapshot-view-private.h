/* hs-snapshot-view-private.h - shared by the files of the reader
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-view.h"

/* Whether arenas, pools and maps hold what the view promises. O(their size). */
bool _hs_snapshot_view_check_pools (const HsSnapshotView *view);
