/* hs-test-touch-record.h - uses every index of the view of a record, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-record-view.h"

/* Follows every index, offset and range of an accepted view without a test, as readers do;
 * aborts where one leads out of what it may. Returns: a sum that keeps compilers from
 * leaving it out
 */
uint64_t hs_test_touch_record (const HsRecordView *view,
                               uint64_t            result_size);
