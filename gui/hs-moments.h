/* hs-moments.h - the moments of a history, and the heaps of those that are looked at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-history.h"

G_BEGIN_DECLS

/* Those moments of a history that have heaps, by position; the heaps are opened in
 * threads when they are asked for, and the last few are kept. For one thread.
 */
typedef struct _HsMoments HsMoments;

/* @heap: (nullable): one that is open already */
HsMoments *hs_moments_new (HsHistory *history,
                           HsHeap    *heap);
void       hs_moments_free (HsMoments *self);

HsHistory *hs_moments_get_history (HsMoments *self); /* (transfer none) */
guint      hs_moments_get_n (HsMoments *self);       /* positions */
/* The moment at @position, or the last position at or before @moment, 0 if there is
 * none.
 */
guint hs_moments_get_moment (HsMoments *self,
                             guint      position);
guint hs_moments_find (HsMoments *self,
                       guint      moment);
/* "loop, no. 3: 4.2 ms, 3.1 MiB". Returns: (transfer full) */
char *hs_moments_dup_label (HsMoments *self,
                            guint      position);

/* The heap at @position, at once if it is kept. (transfer none) (nullable) */
HsHeap *hs_moments_peek (HsMoments *self,
                         guint      position);
/* Opens it in a thread. The task returns a HsHeap, or an error of HS_HEAP_ERROR. */
void    hs_moments_open_async (HsMoments          *self,
                               guint               position,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
HsHeap *hs_moments_open_finish (GAsyncResult *result,
                                GError      **error);
/* Keeps @heap, which is of this history, for later. */
void hs_moments_keep (HsMoments *self,
                      HsHeap    *heap);

/* What @object (or HS_NO_OBJECT) of @from is in @to: what is of the same type at its address;
 * HS_NO_OBJECT: nothing.
 */
guint32 hs_moments_find_object (HsHeap *from,
                                HsHeap *to,
                                guint32 object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsMoments, hs_moments_free)

G_END_DECLS
