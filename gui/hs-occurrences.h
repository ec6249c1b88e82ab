/* hs-occurrences.h - where else there is what is selected
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HS_TYPE_OCCURRENCES (hs_occurrences_get_type ())
G_DECLARE_FINAL_TYPE (HsOccurrences, hs_occurrences, HS, OCCURRENCES, GObject)

/* Lights up, a moment after something within one line is selected, where else it is seen: whole
 * words if it is one, otherwise any text. Case matters, as it does to Python. @view is in a
 * scrolled window.
 */
HsOccurrences *hs_occurrences_new (GtkTextView *view);

void hs_occurrences_set_enabled (HsOccurrences *self,
                                 gboolean       enabled); /* FALSE at first */

/* Selects the next occurrence of what is selected, after the last the first; where nothing is
 * selected, the word at the cursor. Returns: whether there is one
 */
gboolean hs_occurrences_select_next (HsOccurrences *self);

/* How many are lit up, what is selected included. */
guint hs_occurrences_get_n_lit (HsOccurrences *self);

/* The view is given up. */
void hs_occurrences_detach (HsOccurrences *self);

G_END_DECLS
