/* hs-test-dominators.h - dominators by simple means, to compare with
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"

G_BEGIN_DECLS

/* Parents as of hs_dominators_get_parent(), by object, by what their definition
 * says. Returns: (transfer full)
 */

/* Each object is taken away in turn: objects × (objects + edges). */
guint32 *hs_test_dominators_by_removal (HsHeap *heap);

/* The iterative algorithm of Cooper, Harvey and Kennedy; some shapes take the
 * square of the objects. @retained: (out) (optional): bytes by object, known ones
 */
guint32 *hs_test_dominators_by_iteration (HsHeap   *heap,
                                          guint64 **retained);

/* Bytes that @object adds to what is retained; whether all are known. */
guint64 hs_test_dominators_get_own (HsHeap   *heap,
                                    guint32   object,
                                    gboolean *is_least);

G_END_DECLS
