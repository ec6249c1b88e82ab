/* hs-file-kind.c - what a file is that somebody opens, by how it begins
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-file-kind.h"

#include <string.h>

#include "hs-run-file.h"
#include "hs-snapshot-open-private.h"

#define HEAD_SIZE 8

/* PNG (third edition), 5.2. */
static const guint8 png_signature[HEAD_SIZE] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

static void
kind_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GInputStream) stream = _hs_snapshot_open (task_data, "", cancellable, NULL);
  guint8     head[HEAD_SIZE];
  gsize      n = 0;
  HsFileKind kind = HS_FILE_KIND_SOURCE;

  if (stream != NULL && g_input_stream_read_all (stream, head, sizeof head, &n, cancellable, NULL))
    {
      if (hs_run_file_is_ours (head, n))
        kind = HS_FILE_KIND_RUN;
      else if (n == HEAD_SIZE && memcmp (head, png_signature, HEAD_SIZE) == 0)
        kind = HS_FILE_KIND_PICTURE;
    }

  g_task_return_int (task, kind);
}

void
hs_file_kind_async (GFile              *file,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_file_kind_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, kind_thread);
}

HsFileKind
hs_file_kind_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), HS_FILE_KIND_SOURCE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_file_kind_async), HS_FILE_KIND_SOURCE);

  return (HsFileKind)g_task_propagate_int (G_TASK (result), NULL);
}
