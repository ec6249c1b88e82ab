/* hs-heap-empty.c - a heap without objects
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"
#include "hs-snapshot-writer.h"

/* The least room that a snapshot can be written in (hs-snapshot-writer.h). */
#define EMPTY_AREA ((gsize)2 << 20)

HsHeap *
_hs_heap_new_empty (GError **error)
{
  HsSnapshotWriter    *writer = g_new0 (HsSnapshotWriter, 1);
  const HsSnapshotInfo info = { 0 };
  gpointer             area = g_aligned_alloc0 (1, EMPTY_AREA, 4096);
  g_autoptr(GBytes) taken = NULL;
  gpointer bytes;
  guint64  size;

  hs_snapshot_writer_init (writer, area, EMPTY_AREA);
  size = hs_snapshot_writer_get_size (writer);
  bytes = g_malloc0 (size);
  hs_snapshot_writer_finish (writer, &info, bytes, NULL);
  g_aligned_free (area);
  g_free (writer);

  taken = g_bytes_new_take (bytes, size);

  return hs_heap_new (taken, error);
}
