/* hs-console.h - how a run goes: its status, its output, its input
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-run.h"

G_BEGIN_DECLS

#define HS_TYPE_CONSOLE (hs_console_get_type ())
G_DECLARE_FINAL_TYPE (HsConsole, hs_console, HS, CONSOLE, AdwBin)

/* Signals:
 *   ::line-activated (guint line)   a traceback line of the code's own file, or the button
 *   ::input (const char *text)           a line for the program, with its newline
 *   ::end-of-input ()
 */

/* As before the first run. */
void hs_console_reset (HsConsole *self);
/* A run begins: empties the view, shows the spinner and the input. @file_name:
 * as tracebacks name the code's file.
 */
void hs_console_begin (HsConsole  *self,
                       const char *file_name);
void hs_console_append (HsConsole *self,
                        HsStream   stream,
                        GBytes    *bytes);
void hs_console_set_progress (HsConsole *self,
                              guint64    elapsed_ns,
                              guint64    rss_bytes);
/* The run is over. Shows hs_run_dup_message(), an icon for its status, how much
 * output was cut, and a button for its line.
 */
void hs_console_end (HsConsole *self,
                     HsRun     *run);
/* No run took place: @message says why. */
void hs_console_fail (HsConsole  *self,
                      const char *message);
/* The same of a comparison, which takes no input. @what: a sentence. @n_done of @n_all */
void hs_console_begin_comparison (HsConsole  *self,
                                  const char *file_name);
void hs_console_set_pass (HsConsole  *self,
                          guint       n_done,
                          guint       n_all,
                          const char *what);
/* @is_ok: whether all variants ended well and do the same */
void hs_console_end_comparison (HsConsole  *self,
                                gboolean    is_ok,
                                const char *summary);

/* Everything that is shown as output, for tests. Returns: (transfer full) */
char *hs_console_dup_text (HsConsole *self);

G_END_DECLS
