/* hs-line-gutter.h - bytes beside the lines of the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "hs-line-bytes.h"

G_BEGIN_DECLS

#define HS_TYPE_LINE_GUTTER (hs_line_gutter_get_type ())
G_DECLARE_FINAL_TYPE (HsLineGutter, hs_line_gutter, HS, LINE_GUTTER, GtkSourceGutterRenderer)

/* For each line what it has allocated and what of that is live, as a number and a
 * bar. It is not there while there is nothing to show.
 */
GtkSourceGutterRenderer *hs_line_gutter_new (void);

/* @lines: (nullable): of HsLineBytes, ascending. They stay with the text when it is
 * edited.
 * @peak_line: where the most was live at a time; 0: none
 */
void hs_line_gutter_set_lines (HsLineGutter *self,
                               GArray       *lines,
                               guint         peak_line);

/* What is known of a line of the text (from 0), for people who cannot point at it.
 * Returns: (transfer full) (nullable)
 */
char *hs_line_gutter_describe (HsLineGutter *self,
                               guint         line);

G_END_DECLS
