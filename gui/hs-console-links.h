/* hs-console-links.h - the lines of the code that tracebacks name
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _HsConsoleLinks HsConsoleLinks;

/* Text is only ever appended to @buffer, or removed from its start. */
HsConsoleLinks *hs_console_links_new (GtkTextBuffer *buffer);
void            hs_console_links_free (HsConsoleLinks *self);

/* @file_name: (nullable): as tracebacks name the code's file */
void hs_console_links_set_file_name (HsConsoleLinks *self,
                                     const char     *file_name);

/* Underlines the links in the lines that have become complete since the last
 * call, and in the last line, too, if the text @is_over.
 */
void hs_console_links_scan (HsConsoleLinks *self,
                            gboolean        is_over);

gboolean hs_console_links_is_link (HsConsoleLinks    *self,
                                   const GtkTextIter *iter);
/* The line of the code that the line of @iter names, or 0. */
guint hs_console_links_get_line (HsConsoleLinks    *self,
                                 const GtkTextIter *iter);

G_END_DECLS
