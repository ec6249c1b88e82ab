/* hs-runner.h - runs code once and tells what happens meanwhile
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

#define HS_TYPE_RUNNER (hs_runner_get_type ())
G_DECLARE_FINAL_TYPE (HsRunner, hs_runner, HS, RUNNER, GObject)

/* One object, one run. Dropping its last reference, or disposing of it, ends a
 * run that is still going: when that returns the worker and the code are dead
 * and the scratch folder is gone, and the callback is still to come, with
 * G_IO_ERROR_CANCELLED. A running call holds no reference.
 *
 * Lives in the main context of the thread that calls
 * hs_runner_run_async(). Signals, all emitted there:
 *
 *   ::output   (HsStream stream, GBytes *bytes)  as it comes; not necessarily whole characters
 *   ::progress (guint64 elapsed_ns, guint64 rss_bytes)
 */
HsRunner *hs_runner_new (HsRunSpec *spec);

/* Starts a worker. Everything that user code can do ends as a HsRun, whatever
 * its status; an error means that no run took place at all (no worker program,
 * no memory). Cancelling @cancellable kills at once and gives
 * G_IO_ERROR_CANCELLED; hs_runner_stop() asks for a last snapshot first and
 * gives a HsRun with HS_STATUS_CANCELLED.
 */
void   hs_runner_run_async (HsRunner           *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);
HsRun *hs_runner_run_finish (HsRunner     *self,
                             GAsyncResult *result,
                             GError      **error);

void hs_runner_stop (HsRunner *self);

/* For an interactive stdin. Never blocks: what does not fit is queued. */
void hs_runner_write_stdin (HsRunner   *self,
                            const char *text,
                            gssize      length);
void hs_runner_close_stdin (HsRunner *self);

G_END_DECLS
