/* hs-command-private.h - asks another program something, with a time limit
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs @argv with an empty standard input and waits for its end, at most
 * @timeout_ms; a program that takes longer is killed. Of each stream at most
 * 64 KiB are kept, made valid UTF-8.
 *
 * @out: (out) (transfer full): what it wrote to standard output
 * @err: (out) (transfer full): the same of standard error; both are set
 *   unless it could not be started
 * Returns: whether it exited with 0. Error G_IO_ERROR_TIMED_OUT, G_IO_ERROR_FAILED
 *   ("exit code 3"), or one of G_SPAWN_ERROR.
 */
gboolean _hs_command_ask (const char *const *argv,
                          guint              timeout_ms,
                          char             **out,
                          char             **err,
                          GError           **error);

G_END_DECLS
