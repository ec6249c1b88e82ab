/* hs-console-output.h - fills a text view with what a program writes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "hs-protocol.h"

G_BEGIN_DECLS

#define HS_TYPE_CONSOLE_OUTPUT (hs_console_output_get_type ())
G_DECLARE_FINAL_TYPE (HsConsoleOutput, hs_console_output, HS, CONSOLE_OUTPUT, GObject)

/* Signal ::line-activated (guint line): a line of the code in a traceback.
 *
 * Text appears a moment after it came, in batches; of a lot of it only the
 * end, under a line that says how much is missing. The view stays at the end
 * unless the user goes up.
 */

/* @scroller: what @view stands in. No reference is held on either. */
HsConsoleOutput *hs_console_output_new (GtkSourceView     *view,
                                        GtkScrolledWindow *scroller);

/* @file_name: as tracebacks name the code's file */
void  hs_console_output_begin (HsConsoleOutput *self,
                               const char      *file_name);
void  hs_console_output_append (HsConsoleOutput *self,
                                HsStream         stream,
                                GBytes          *bytes);
void  hs_console_output_echo (HsConsoleOutput *self,
                              const char      *text);          /* UTF-8, what the user typed */
void  hs_console_output_end (HsConsoleOutput *self);      /* no more comes */
char *hs_console_output_dup_text (HsConsoleOutput *self); /* (transfer full) */

G_END_DECLS
