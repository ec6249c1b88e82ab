/* hs-find-bar.h - finds and replaces in a source view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HS_TYPE_FIND_BAR (hs_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (HsFindBar, hs_find_bar, HS, FIND_BAR, AdwBin)

/* Properties: "match-case", "whole-words", "use-regex", "show-replace" (boolean,
 * read and write). Actions: the group "find", for the bar's own buttons.
 */

/* Where to search. The bar holds no reference on @view. Call once. */
void hs_find_bar_set_view (HsFindBar     *self,
                           GtkSourceView *view);

/* Shows the bar and takes the focus. A selection within one line becomes what
 * is looked for.
 */
void hs_find_bar_open (HsFindBar *self,
                       gboolean   with_replace);
void hs_find_bar_close (HsFindBar *self); /* gives the focus back to the view */

/* Selects the next match after the cursor, or before it; from the end it goes
 * on at the other. Opens the bar if there is nothing to look for yet.
 */
void hs_find_bar_find_next (HsFindBar *self,
                            gboolean   backwards);

G_END_DECLS
