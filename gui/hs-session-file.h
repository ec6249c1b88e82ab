/* hs-session-file.h - which windows there were, as it outlives the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One window. */
typedef struct
{
  char    *uri;     /* of its file; NULL: never saved */
  char    *example; /* that it shows, unchanged; NULL: none */
  char    *draft;   /* hs_draft_slot_dup_name() of its unsaved text; NULL: none */
  char    *view;    /* hs_view_get_name(); NULL: unknown */
  guint    cursor;  /* characters before it */
  int      width;   /* pixels, when not maximized; 0: unknown */
  int      height;
  gboolean is_maximized;
} HsWindowState;

typedef struct
{
  GPtrArray *windows;  /* owned, of HsWindowState, the one that was used last at the end */
  gboolean   is_clean; /* the program was ended in order, and not by a crash */
} HsSessionFile;

HsWindowState *hs_window_state_new (void);
void           hs_window_state_free (HsWindowState *self);

HsSessionFile *hs_session_file_new (void);
void           hs_session_file_free (HsSessionFile *self);

/* A file that is not there is a session without windows. Returns: (transfer full) (nullable):
 * NULL with HS_ERROR_SESSION, which says the path and what to do
 */
HsSessionFile *hs_session_file_read (const char *path,
                                     GError    **error);
/* Makes the folder (mode 0700) if it is not there; the file is replaced once the new one is
 * complete. HS_ERROR_SESSION.
 */
gboolean hs_session_file_write (const HsSessionFile *self,
                                const char          *path,
                                GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsWindowState, hs_window_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsSessionFile, hs_session_file_free)

G_END_DECLS
