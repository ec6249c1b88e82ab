/* hs-test-anatomy.h - heaps whose blocks have fields, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"

G_BEGIN_DECLS

/* As CPython 3.11 lays them out, with the ledger; in __main__:
 *   node, other  Node with two attributes in a block of values, of which one has
 *                been asked for its __dict__; their class has a key table
 *   slim         Slim with two slots
 *   numbers      list of 100 ints, of which the first is static and two are one
 *                object, with room for 8 more
 *   packed       array of as many, four bytes each
 *   text         str
 *   hidden       list whose fields are not there
 * Returns: (transfer full)
 */
HsHeap *test_anatomy_heap_new (void);

/* The object with the name. */
guint32 test_anatomy_find (HsHeap     *heap,
                           const char *name);

/* Fields that contradict each other and their blocks, in @seed's way.
 * Returns: (transfer full)
 */
HsHeap *test_anatomy_heap_new_hostile (guint32 seed);

G_END_DECLS
