/* hs-drafts.h - keeps the unsaved text of a window for after a crash
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-draft.h"
#include "hs-editor.h"

G_BEGIN_DECLS

/* Writes what @editor has a moment after the last change, off the main thread: 2 s after the
 * last one, and at least every 10 s while somebody types. Removes it once nothing is unsaved.
 */
#define HS_TYPE_DRAFT_KEEPER (hs_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (HsDraftKeeper, hs_draft_keeper, HS, DRAFT_KEEPER, GObject)

/* Signal ::failed (const char *message): a draft could not be written; once in a row. */

/* @drafts: borrowed, must outlive it. */
HsDraftKeeper *hs_draft_keeper_new (HsEditor *editor,
                                    HsDrafts *drafts);

/* Of which file the text is, as it was read. All (nullable). */
void hs_draft_keeper_set_file (HsDraftKeeper *self,
                               GFile         *file,
                               const char    *etag,
                               const char    *name);

/* Goes on with what another process has left; the editor has its text already, modified.
 * @time: of its last change, microseconds since 1970 UTC
 */
void hs_draft_keeper_adopt (HsDraftKeeper *self,
                            HsDraftSlot   *slot,
                            gint64         time);

/* Writes what is unsaved now, before it returns: the program is about to end. Nothing is
 * removed any more. Returns: FALSE if something is unsaved and could not be written, which was
 * said; the keeper goes on then
 */
gboolean hs_draft_keeper_flush (HsDraftKeeper *self);

/* hs_draft_slot_dup_name() of what is unsaved. Returns: (transfer full) (nullable): nothing
 * was written
 */
char *hs_draft_keeper_dup_name (HsDraftKeeper *self);

/* Nothing is unsaved any more, or the user does not want it. */
void hs_draft_keeper_discard (HsDraftKeeper *self);

G_END_DECLS
