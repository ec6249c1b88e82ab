/* hs-run-reader-private.h - what is left to do once a worker is dead
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

/* In a thread, since both take time: checks what the worker left and makes it the
 * history and the heap of @run, and removes the folder @scratch. Goes on to its end whether or not
 * anybody waits for it.
 *
 * @run: (transfer full) (nullable): NULL if only the folder is to go
 * @scratch: (transfer full)
 */
void   _hs_run_reader_read_async (HsRun              *run,
                                  char               *scratch,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
HsRun *_hs_run_reader_read_finish (GAsyncResult *result); /* (transfer full) (nullable) */

G_END_DECLS
