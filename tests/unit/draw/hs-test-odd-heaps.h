/* hs-test-odd-heaps.h - snapshots that no worker writes but every view must bear, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;       /* "cycles" */
  GBytes *(*make) (void); /* Returns: (transfer full): the reader accepts it */
} HsTestOddHeap;

/* Returns: constant, *@n of them */
const HsTestOddHeap *hs_test_odd_heaps_list (guint *n);

/* @n_objects whose every number is random, within what the reader accepts; the same
 * ones for the same @seed. Returns: (transfer full)
 */
GBytes *hs_test_odd_heap_make_random (guint32 seed,
                                      guint   n_objects);

G_END_DECLS
