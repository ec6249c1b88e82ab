/* hs-run-file.h - whole runs on disk, with their source
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-run.h"

G_BEGIN_DECLS

/* What files of runs are called, and their type: see resources/mime. */
#define HS_RUN_FILE_SUFFIX    ".heapscape"
#define HS_RUN_FILE_MIME_TYPE "application/x-heapscape"

/* Whether @run has something to be saved: what was measured. */
gboolean hs_run_can_save (HsRun *run);

/* Writes @run with all that it has measured: source, output, record and heaps of all moments;
 * not what it kept of "result". The file is replaced only once the new one is complete; a
 * link is followed. Blocks; any thread. Errors of G_IO_ERROR, with the name of the file.
 */
gboolean hs_run_save_sync (HsRun        *run,
                           GFile        *file,
                           GCancellable *cancellable,
                           GError      **error);
void     hs_run_save_async (HsRun              *run,
                            GFile              *file,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);
gboolean hs_run_save_finish (GAsyncResult *result,
                             GError      **error);

/* Reads a file of hs_run_save_sync(), or of hs_snapshot_save(): then hs_run_is_bare(). All of
 * it is checked, and in memory of its own. Blocks; any thread. Errors as of
 * hs_snapshot_load_sync(). Returns: (transfer full) (nullable)
 */
HsRun *hs_run_load_sync (GFile        *file,
                         GCancellable *cancellable,
                         GError      **error);
void   hs_run_load_async (GFile              *file,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
HsRun *hs_run_load_finish (GAsyncResult *result,
                           GError      **error);

/* Whether a file that begins with @data is one of these; by its first 8 bytes. */
gboolean hs_run_file_is_ours (const guint8 *data,
                              gsize         size);

G_END_DECLS
