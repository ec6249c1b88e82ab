/* hs-completion.h - completes words in a source view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HS_TYPE_COMPLETION (hs_completion_get_type ())
G_DECLARE_FINAL_TYPE (HsCompletion, hs_completion, HS, COMPLETION, GObject)

/* While one types, words of the text and of Python are shown: Tab takes the first or the chosen
 * one, Enter the chosen one only, and Escape closes the list until another word is begun.
 * @around: what holds @view, and sees its keys before it
 */
HsCompletion *hs_completion_new (GtkSourceView *view,
                                 GtkWidget     *around);

void hs_completion_set_enabled (HsCompletion *self,
                                gboolean      enabled); /* FALSE at first */

/* Whether the list is seen. */
gboolean hs_completion_is_shown (HsCompletion *self);

/* The view is given up. */
void hs_completion_detach (HsCompletion *self);

G_END_DECLS
