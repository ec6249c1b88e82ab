/* hs-console-gutter.h - a sign beside the lines of standard error
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HS_TYPE_CONSOLE_GUTTER (hs_console_gutter_get_type ())
G_DECLARE_FINAL_TYPE (
  HsConsoleGutter, hs_console_gutter, HS, CONSOLE_GUTTER, GtkSourceGutterRendererText)

/* Puts a sign beside each line that has text with @tag. */
GtkSourceGutterRenderer *hs_console_gutter_new (GtkTextTag *tag);

G_END_DECLS
