/* hs-snapshot-file.h - snapshots on disk
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* Writes the snapshot of @heap without the holes that a worker leaves between
 * its columns. The file is replaced only once the new one is complete. Blocks;
 * any thread. Errors of G_IO_ERROR, with the name of the file.
 */
gboolean hs_snapshot_save (HsHeap       *heap,
                           GFile        *file,
                           GCancellable *cancellable,
                           GError      **error);

G_END_DECLS
