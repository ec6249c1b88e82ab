/* hs-line-edits.h - changes of whole lines of Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Each is about the lines of the selection, or of the cursor where nothing is selected; a line
 * that a selection only touches at its start is not one of them. Each is one step of undo.
 * Returns: whether there was anything to change
 */

/* Comments the lines where the shortest of their indentations ends, and leaves blank ones alone.
 * If all of them are comments: takes one "#" away from each, with the space behind it.
 */
gboolean hs_line_edits_toggle_comment (GtkTextBuffer *buffer);

/* Below the lines; the selection goes to the copy. */
gboolean hs_line_edits_duplicate (GtkTextBuffer *buffer);

gboolean hs_line_edits_delete (GtkTextBuffer *buffer);

/* By one line. Cursor and selection go along. */
gboolean hs_line_edits_move (GtkTextBuffer *buffer,
                             gboolean       down);

G_END_DECLS
