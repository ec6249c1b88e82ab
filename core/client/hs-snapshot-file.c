/* hs-snapshot-file.c - snapshots on disk
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-snapshot-file.h"

#include <string.h>
#include <zlib.h>

#include "hs-snapshot-open-private.h"

static guint64
align (guint64 offset)
{
  return (offset + HS_SECTION_ALIGNMENT - 1) / HS_SECTION_ALIGNMENT * HS_SECTION_ALIGNMENT;
}

static gboolean
write_padding (GOutputStream *stream,
               guint64       *position,
               guint64        until,
               GCancellable  *cancellable,
               GError       **error)
{
  static const guint8 zeros[HS_SECTION_ALIGNMENT];
  gsize               n = (gsize)(until - *position);

  *position = until;

  return g_output_stream_write_all (stream, zeros, n, NULL, cancellable, error);
}

/* The header and the table as they are in the new file. The heap has been
 * checked, so that all offsets lie inside @data.
 */
static GByteArray *
new_head (const guint8 *data)
{
  GByteArray       *head = g_byte_array_new ();
  HsSnapshotHeader  header;
  HsSnapshotSection section;
  guint64           position;

  memcpy (&header, data, sizeof header);

  position = header.header_size + (guint64)header.n_sections * sizeof section;
  g_byte_array_append (head, data, (guint)position);

  for (guint i = 0; i < header.n_sections; i++)
    {
      guint8 *place = head->data + header.header_size + i * sizeof section;

      memcpy (&section, place, sizeof section);
      section.crc = (guint32)crc32_z (0, data + section.offset, (gsize)section.size);
      section.offset = align (position);
      position = section.offset + section.size;
      memcpy (place, &section, sizeof section);
    }

  header.total_size = position;
  header.checksum = 0;
  memcpy (head->data, &header, sizeof header);
  header.checksum = HS_CHECKSUM_PRESENT | crc32_z (0, head->data, head->len);
  memcpy (head->data, &header, sizeof header);

  return head;
}

static gboolean
write_compact (GOutputStream *stream,
               gpointer       heap,
               GCancellable  *cancellable,
               GError       **error)
{
  const guint8 *data = g_bytes_get_data (hs_heap_get_bytes (heap), NULL);
  g_autoptr(GByteArray) head = new_head (data);
  guint64           position = head->len;
  HsSnapshotHeader  header;
  HsSnapshotSection from, to;

  if (!g_output_stream_write_all (stream, head->data, head->len, NULL, cancellable, error))
    return FALSE;

  memcpy (&header, data, sizeof header);
  for (guint i = 0; i < header.n_sections; i++)
    {
      gsize place = header.header_size + i * sizeof from;

      memcpy (&from, data + place, sizeof from);
      memcpy (&to, head->data + place, sizeof to);

      if (!write_padding (stream, &position, to.offset, cancellable, error) ||
          !g_output_stream_write_all (stream, data + from.offset, (gsize)from.size, NULL,
                                      cancellable, error))
        return FALSE;
      position += from.size;
    }

  return TRUE;
}

gboolean
hs_snapshot_save (HsHeap       *heap,
                  GFile        *file,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_return_val_if_fail (heap != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  return _hs_snapshot_replace (file, write_compact, heap, cancellable, error);
}
