/* hs-test-touch.h - uses every index of a view, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-view.h"

/* Follows every index, offset and range of an accepted view without a test,
 * as readers do. Under a sanitizer a wrong one is found. Returns: a sum that
 * keeps compilers from leaving it out
 */
uint64_t hs_test_touch_view (const HsSnapshotView *view);
