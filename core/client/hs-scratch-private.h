/* hs-scratch-private.h - the folder that a run may write into
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder, shared by those who may have to remove it. Any thread. */
typedef struct _HsScratch HsScratch;

/* A new, empty folder that only this user may enter.
 * Returns: (transfer full) (nullable)
 */
HsScratch *_hs_scratch_new (GError **error);
HsScratch *_hs_scratch_ref (HsScratch *scratch);
void       _hs_scratch_unref (HsScratch *scratch); /* the folder stays */

const char *_hs_scratch_get_path (const HsScratch *scratch); /* (transfer none) */

/* Removes the folder with all that is in it, however deep, and whatever permissions
 * the code gave it; links are removed, not followed. Blocks, also while another thread does it:
 * afterwards it is gone, whoever was asked first. The processes that could write there must be
 * dead.
 */
gboolean _hs_scratch_remove (HsScratch *scratch,
                             GError   **error);

/* The same where nobody could do anything about a failure: it is logged. */
void _hs_scratch_remove_or_tell (HsScratch *scratch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsScratch, _hs_scratch_unref)

G_END_DECLS
