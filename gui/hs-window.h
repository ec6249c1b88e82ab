/* hs-window.h - one piece of code, its runs, and the picture of its objects
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-application.h"
#include "hs-draft.h"
#include "hs-session-file.h"

G_BEGIN_DECLS

#define HS_TYPE_WINDOW (hs_window_get_type ())
G_DECLARE_FINAL_TYPE (HsWindow, hs_window, HS, WINDOW, AdwApplicationWindow)

HsWindow *hs_window_new (HsApplication *application);

/* The code's, or the snapshot that is shown. (transfer none) (nullable) */
GFile   *hs_window_get_file (HsWindow *self);
gboolean hs_window_is_untouched (HsWindow *self); /* empty, never saved: may be replaced */
gboolean hs_window_is_running (HsWindow *self);

/* Reads @file in the background; what is wrong with it is said in the window,
 * which then keeps what it shows.
 */
void hs_window_load (HsWindow *self,
                     GFile    *file);

/* Shows what another process has left. @is_crash: says so, too. @remark (nullable): one more
 * sentence to say.
 */
void hs_window_restore (HsWindow         *self,
                        HsAbandonedDraft *abandoned,
                        const char       *remark,
                        gboolean          is_crash);
/* A sentence above the panes that stays. */
void hs_window_say (HsWindow   *self,
                    const char *text);
/* The program ends at once, however it was asked to: writes what is unsaved, ends what runs. */
void hs_window_flush (HsWindow *self);

/* For the next session. Returns: (transfer full) */
HsWindowState *hs_window_dup_state (HsWindow *self);
/* Of a window that is not shown yet. The file is for hs_window_load() to load. */
void hs_window_set_state (HsWindow            *self,
                          const HsWindowState *state);
/* The text comes back in the next session: the window closes without a question. Returns:
 * FALSE if it could not be kept
 */
gboolean hs_window_keep_text (HsWindow *self);

G_END_DECLS
