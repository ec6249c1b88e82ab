/* hs-session.h - the windows that were open when the program ended come back
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-application.h"

G_BEGIN_DECLS

/* Writes which windows there are whenever one is opened, closed or shows another file, as long
 * as the setting "restore-session" is on. Main thread.
 */
typedef struct _HsSession HsSession;

/* @application: borrowed, must outlive it. Nothing is written before hs_session_begin(). */
HsSession *hs_session_new (HsApplication *application);
void       hs_session_free (HsSession *self);

/* Opens the windows of the last session, if that is wanted. Those of @drafts (element-type
 * HsAbandonedDraft) that belong to one of them are taken out of it. @of_drafts (nullable): what
 * is to be said beside the first of them that is said to be restored. @remark: (out)
 * (transfer full) (nullable): what could not be restored. Returns: whether @of_drafts was said
 */
gboolean hs_session_restore (HsSession  *self,
                             GPtrArray  *drafts,
                             const char *of_drafts,
                             char      **remark);
/* From now on it is written. */
void hs_session_begin (HsSession *self);

/* The program is about to end: what is unsaved is kept, and all windows come back. Windows are
 * not written any more. Returns: whether that is so; if not, none is to be closed unasked
 */
gboolean hs_session_keep (HsSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsSession, hs_session_free)

G_END_DECLS
