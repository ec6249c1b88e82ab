/* hs-editor.h - the editor for Python source, with its find bar
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HS_TYPE_EDITOR (hs_editor_get_type ())
G_DECLARE_FINAL_TYPE (HsEditor, hs_editor, HS, EDITOR, AdwBin)

/* Properties: "modified" and "can-compare" (boolean, read only, notified). Signals ::changed, and
 * ::remark (const char *text): a sentence about what it does not show, or shows without colours.
 */

char *hs_editor_dup_text (HsEditor *self); /* (transfer full): UTF-8, lines ended by "\n" */
/* Replaces everything, cannot be undone, is not modified afterwards. Not for a text that
 * hs_text_extent_dup_refusal() refuses; what is pasted or dropped is refused by the editor.
 */
void     hs_editor_set_text (HsEditor   *self,
                             const char *text);
gboolean hs_editor_get_modified (HsEditor *self);
void     hs_editor_set_modified (HsEditor *self,
                                 gboolean  modified);

void hs_editor_go_to_line (HsEditor *self,
                           guint     line); /* 1-based; selects nothing, takes the focus */
/* Opens a bar that takes the number of a line. */
void hs_editor_ask_for_line (HsEditor *self);
/* Marks @line in the gutter and by its background; @message is its tooltip.
 * Any change of the text removes the mark.
 */
void  hs_editor_set_error (HsEditor   *self,
                           guint       line,
                           const char *message);
void  hs_editor_clear_error (HsEditor *self);
guint hs_editor_get_error_line (HsEditor *self); /* 0: none */

guint hs_editor_get_cursor (HsEditor *self); /* characters before it */
/* Scrolls there, too; selects nothing. Beyond the end: the end. */
void hs_editor_set_cursor (HsEditor *self,
                           guint     offset);

/* Moves the cursor to @line, which lights it up, without taking the focus. */
void hs_editor_show_line (HsEditor *self,
                          guint     line);

/* Beside the lines: what each has allocated in the last run, and the line in which the
 * peak was reached (0: none). @lines: (nullable): of HsLineBytes
 */
void hs_editor_set_line_bytes (HsEditor *self,
                               GArray   *lines,
                               guint     peak_line);

/* Whether the code has variants, or a constant to be swept. */
gboolean hs_editor_get_can_compare (HsEditor *self);

/* Lines at which snapshots are taken. The first toggles that of the line of the
 * cursor. Returns: (transfer full): of guint, ascending, from 1
 */
void    hs_editor_toggle_mark (HsEditor *self);
GArray *hs_editor_get_marked_lines (HsEditor *self);

void hs_editor_find (HsEditor *self,
                     gboolean  with_replace);
void hs_editor_find_next (HsEditor *self,
                          gboolean  backwards);

/* @steps: +1 larger, -1 smaller, 0 back to normal */
void hs_editor_zoom (HsEditor *self,
                     int       steps);
/* The editor follows those of it that are about editors. Once. */
void hs_editor_set_settings (HsEditor  *self,
                             GSettings *settings);
/* NULL: the monospace font of the desktop. A Pango font description. */
void hs_editor_set_font (HsEditor   *self,
                         const char *font);

G_END_DECLS
