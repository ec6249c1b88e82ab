/* hs-snapshot-load.c - opens snapshots from disk
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-snapshot-file.h"

#include <string.h>
#include <zlib.h>

#include "hs-snapshot-open-private.h"

#define CHUNK_SIZE ((gsize)1 << 20)

static HsFileProblem
get_problem (const GError *cause,
             const guint8 *data,
             gsize         size)
{
  HsSnapshotHeader header = { 0 };

  memcpy (&header, data, MIN (size, sizeof header));

  switch (cause->code)
    {
    case HS_HEAP_ERROR_NOT_A_SNAPSHOT:
      return HS_FILE_NOT_OURS;
    case HS_HEAP_ERROR_TRUNCATED:
      return HS_FILE_TRUNCATED;
    case HS_HEAP_ERROR_NEWER_VERSION:
      return header.major < HS_SNAPSHOT_MAJOR ? HS_FILE_OLDER : HS_FILE_NEWER;
    case HS_HEAP_ERROR_CORRUPT:
    default:
      return HS_FILE_DAMAGED;
    }
}

/* ---- The bytes ---- */

/* How much the head of a file says that there is; as much as was read of what is no snapshot. */
static guint64
get_wanted (const guint8 *data,
            gsize         size)
{
  HsSnapshotHeader header;

  if (size < sizeof header || memcmp (data, HS_SNAPSHOT_MAGIC, sizeof header.magic) != 0)
    return size;
  memcpy (&header, data, sizeof header);

  return header.major == HS_SNAPSHOT_MAJOR && header.minor <= HS_SNAPSHOT_MINOR ? header.total_size
                                                                                : size;
}

/* Whatever the size of the file: it may be shortened or grow meanwhile.
 * Returns: (transfer full) (nullable)
 */
static GBytes *
read_stream (GInputStream *stream,
             const char   *name,
             GCancellable *cancellable,
             GError      **error)
{
  guint8 *data = NULL;
  gsize   size = 0;
  guint64 wanted = CHUNK_SIZE;
  gsize   n;

  do
    {
      /* As it comes, so that a short file that claims to be large takes no memory. */
      gsize   room = (gsize)MIN (wanted - size, MAX (size, CHUNK_SIZE));
      guint8 *larger = g_try_realloc (data, size + room);

      if (larger == NULL)
        {
          _hs_snapshot_set_error (error, HS_FILE_NO_MEMORY, name);
          g_free (data);
          return NULL;
        }
      data = larger;

      if (!g_input_stream_read_all (stream, data + size, room, &n, cancellable, error))
        {
          g_free (data);
          return NULL;
        }
      if (size == 0)
        wanted = get_wanted (data, n);
      size += n;
      if (wanted > HS_SNAPSHOT_SIZE_MAX)
        {
          _hs_snapshot_set_error (error, HS_FILE_TOO_LARGE, name);
          g_free (data);
          return NULL;
        }
      if (n < room)
        break;
    }
  while (size < wanted);

  return g_bytes_new_take (data, size);
}

/* ---- Checksums ---- */

static gboolean
is_zero (const guint8 *data,
         guint64       size)
{
  guint8 bits = 0;

  for (guint64 i = 0; i < size; i++)
    bits |= data[i];

  return bits == 0;
}

/* Whether all is as it was written. @data has been checked but for this. */
static gboolean
check_sums (const guint8 *data)
{
  HsSnapshotHeader  header;
  HsSnapshotSection section;
  guint64           position;
  guint64           sum;
  uLong             crc;

  memcpy (&header, data, sizeof header);
  position = header.header_size + (guint64)header.n_sections * sizeof section;

  sum = header.checksum;
  header.checksum = 0;
  crc = crc32_z (0, (const guint8 *)&header, sizeof header);
  crc = crc32_z (crc, data + sizeof header, (gsize)position - sizeof header);
  if (sum != 0 && sum != (HS_CHECKSUM_PRESENT | crc))
    return FALSE;

  for (guint i = 0; i < header.n_sections; i++)
    {
      memcpy (&section, data + header.header_size + i * sizeof section, sizeof section);
      /* A checksum of a section without that of the head: the latter has been lost. */
      if (sum == 0 && section.crc != 0)
        return FALSE;
      if (sum == 0)
        continue;

      if (section.offset < position || !is_zero (data + position, section.offset - position) ||
          section.crc != crc32_z (0, data + section.offset, (gsize)section.size))
        return FALSE;
      position = section.offset + section.size;
    }

  return sum == 0 || position == header.total_size;
}

/* Returns: (transfer full) (nullable) */
static HsHeap *
open_bytes (GBytes     *bytes,
            const char *name,
            GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HsHeap) heap = hs_heap_new (bytes, &cause);
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (heap == NULL)
    {
      _hs_snapshot_set_error (error, get_problem (cause, data, size), name);
      return NULL;
    }
  if (!check_sums (data))
    {
      _hs_snapshot_set_error (error, HS_FILE_DAMAGED, name);
      return NULL;
    }

  return g_steal_pointer (&heap);
}

HsHeap *
hs_snapshot_load_sync (GFile        *file,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  name = g_file_get_parse_name (file);
  stream = _hs_snapshot_open (file, name, cancellable, &local_error);
  if (stream != NULL)
    bytes = read_stream (stream, name, cancellable, &local_error);

  if (bytes == NULL)
    {
      _hs_snapshot_explain_error (&local_error, name);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return open_bytes (bytes, name, error);
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  HsHeap *heap = hs_snapshot_load_sync (task_data, cancellable, &error);

  if (heap != NULL)
    g_task_return_pointer (task, heap, (GDestroyNotify)hs_heap_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hs_snapshot_load_async (GFile              *file,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_snapshot_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

HsHeap *
hs_snapshot_load_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_snapshot_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
