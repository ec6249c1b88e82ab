/* hs-history.h - what happened over time in a run, and the heaps of its moments
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"
#include "hs-record-view.h"

G_BEGIN_DECLS

#define HS_NO_MOMENT G_MAXUINT

/* Immutable and atomically reference counted: any thread may read it. Moments are
 * named by their index in the record, by time; the first, at which nothing has
 * happened yet, and those that found no room have no heap.
 */

/* @result: all that a run has left; the record lies at @record_offset, and where the
 * moments say, the snapshots. @file: (nullable): the code's name, for texts.
 * Returns: (transfer full) (nullable): NULL with an error of HS_HEAP_ERROR. Keeps a
 * reference on @result, which must not change.
 */
HsHistory *hs_history_new (GBytes     *result,
                           guint64     record_offset,
                           guint64     record_size,
                           const char *file,
                           GError    **error);
HsHistory *hs_history_ref (HsHistory *self);
void       hs_history_unref (HsHistory *self);

const HsRecordView *hs_history_get_record (HsHistory *self);
/* What hs_history_new() was given, to be saved. (transfer none) */
GBytes     *hs_history_get_result (HsHistory *self,
                                   guint64   *record_offset,
                                   guint64   *record_size);
const char *hs_history_get_file (HsHistory *self); /* (nullable) */

guint    hs_history_get_n_moments (HsHistory *self);
gboolean hs_history_has_heap (HsHistory *self,
                              guint      moment);
/* The last moment with a heap, or HS_NO_MOMENT. */
guint hs_history_get_last (HsHistory *self);

/* What a person calls it: "End", "Line 12", "loop", "loop, 3rd time". Returns:
 * (transfer full)
 */
char *hs_history_dup_moment_name (HsHistory *self,
                                  guint      moment);

/* The heap of a moment, made anew; its hs_heap_get_history() is this. O(size of the
 * snapshot). With HS_NO_MOMENT an empty heap, for what needs only the history.
 * Returns: (transfer full) (nullable): NULL with an error of HS_HEAP_ERROR
 */
HsHeap *hs_history_open_heap (HsHistory *self,
                              guint      moment,
                              GError   **error);

/* A text of the record, made valid UTF-8, control characters shown as their
 * pictures. Returns: (transfer full)
 */
char *hs_history_dup_text (HsHistory *self,
                           uint32_t   text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsHistory, hs_history_unref)

G_END_DECLS
