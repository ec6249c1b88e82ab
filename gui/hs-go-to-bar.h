/* hs-go-to-bar.h - goes to a line by its number
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HS_TYPE_GO_TO_BAR (hs_go_to_bar_get_type ())
G_DECLARE_FINAL_TYPE (HsGoToBar, hs_go_to_bar, HS, GO_TO_BAR, AdwBin)

/* Signal: ::go (guint line, guint column), both from 1; the column may be beyond the line's end. */

/* Must be called once. */
void hs_go_to_bar_set_view (HsGoToBar   *self,
                            GtkTextView *view);

/* Takes the focus, with the line of the cursor in its field. */
void hs_go_to_bar_open (HsGoToBar *self);
/* The focus goes back to the view. */
void hs_go_to_bar_close (HsGoToBar *self);

/* Reads "12" or "12:5", with blanks around, in any digits, with a colon or a comma of any width.
 * @column: 1 where there is none. Returns: whether it is that; both numbers are at least 1
 */
gboolean hs_go_to_bar_parse (const char *text,
                             guint      *line,
                             guint      *column);

G_END_DECLS
