/* hs-snapshot-file.h - snapshots on disk
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* Larger files are refused, since all of it is read into memory. Bytes. */
#define HS_SNAPSHOT_SIZE_MAX ((guint64)4 << 30)

/* Writes the snapshot of @heap with checksums, and without the holes that a worker
 * leaves between its columns. The file is replaced only once the new one is complete;
 * a link is followed. Blocks; any thread. Errors of G_IO_ERROR, with the name of the
 * file.
 */
gboolean hs_snapshot_save (HsHeap       *heap,
                           GFile        *file,
                           GCancellable *cancellable,
                           GError      **error);

/* Reads a snapshot into memory of its own, so that nothing that happens to the file later
 * changes it, and checks it. Snapshots that were saved without checksums are checked but for
 * these. Blocks; any thread.
 *
 * Errors are HS_ERROR_SNAPSHOT, each a translated sentence that names the file and says what to
 * do, or G_IO_ERROR_CANCELLED. Returns: (transfer full) (nullable)
 */
HsHeap *hs_snapshot_load_sync (GFile        *file,
                               GCancellable *cancellable,
                               GError      **error);
void    hs_snapshot_load_async (GFile              *file,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
HsHeap *hs_snapshot_load_finish (GAsyncResult *result,
                                 GError      **error);

G_END_DECLS
