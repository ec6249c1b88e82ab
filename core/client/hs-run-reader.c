/* hs-run-reader.c - what is left to do once a worker is dead
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-reader-private.h"

#include <glib/gi18n-lib.h>

#include "hs-run-private.h"
#include "hs-scratch-private.h"

typedef struct
{
  HsRun  *run;
  GBytes *snapshot;
  char   *scratch;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->run, hs_run_unref);
  g_clear_pointer (&reading->snapshot, g_bytes_unref);
  g_free (reading->scratch);
  g_free (reading);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  HsRun   *run = reading->run;
  g_autoptr(GError) error = NULL;

  if (reading->snapshot != NULL)
    {
      run->heap = hs_heap_new (reading->snapshot, &error);
      if (run->heap == NULL)
        /* translators: %s is a reason */
        run->heap_problem = g_strdup_printf (_("What was measured cannot be shown: %s"),
                                                error->message);
    }

  _hs_scratch_remove_or_tell (reading->scratch);
  g_task_return_boolean (task, TRUE);
}

void
_hs_run_reader_read_async (HsRun              *run,
                           GBytes             *snapshot,
                           char               *scratch,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->run = run;
  reading->snapshot = snapshot;
  reading->scratch = scratch;

  g_task_set_source_tag (task, _hs_run_reader_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

HsRun *
_hs_run_reader_read_finish (GAsyncResult *result)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  g_assert (g_async_result_is_tagged (result, _hs_run_reader_read_async));

  return g_steal_pointer (&reading->run);
}
