/* hs-moment-marks.h - lines marked in the editor, at which snapshots are taken
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* A click beside the line numbers sets or removes a mark, as one sets a breakpoint;
 * the marks stay with the text when it is edited. Once for each view.
 */
void hs_moment_marks_set_up (GtkSourceView *view);

/* @line: of the text, from 1. Returns: whether it is marked now */
gboolean hs_moment_marks_toggle (GtkSourceView *view,
                                 guint          line);
void     hs_moment_marks_clear (GtkSourceView *view);

/* The marked lines, from 1, ascending. Returns: (transfer full): of guint */
GArray *hs_moment_marks_get_lines (GtkSourceView *view);

G_END_DECLS
