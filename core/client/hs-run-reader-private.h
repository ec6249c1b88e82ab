/* hs-run-reader-private.h - what is left to do once a worker is dead
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"
#include "hs-scratch-private.h"

G_BEGIN_DECLS

/* In a thread, since both take time: removes the folder @scratch, checks what the worker left and
 * makes it the history and the heap of @run. Goes on to its end whether or not anybody waits for
 * it.
 *
 * @run: (transfer full) (nullable): NULL if only the folder is to go
 */
void   _hs_run_reader_read_async (HsRun              *run,
                                  HsScratch          *scratch,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
HsRun *_hs_run_reader_read_finish (GAsyncResult *result); /* (transfer full) (nullable) */

G_END_DECLS
