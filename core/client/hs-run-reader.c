/* hs-run-reader.c - what is left to do once a worker is dead
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-reader-private.h"

#include <glib/gi18n-lib.h>

#include "hs-error.h"
#include "hs-run-private.h"

typedef struct
{
  HsRun     *run;     /* owned, nullable */
  HsScratch *scratch; /* a reference */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->run, hs_run_unref);
  _hs_scratch_unref (reading->scratch);
  g_free (reading);
}

static void
take_problem (HsRun  *run,
              GError *error)
{
  /* The first says why there is no heap. */
  if (run->heap_problem == NULL)
    /* translators: %s is a reason */
    run->heap_problem = g_strdup_printf (_("What was measured cannot be shown: %s"),
                                            error->message);
  g_error_free (error);
}

static void
read_history (HsRun *run)
{
  HsRunResult *result = &run->result;
  GError      *error = NULL;

  run->history = hs_history_new (result->bytes, result->record_offset, result->record_size,
                                 hs_run_spec_get_display_name (run->spec), &error);
  if (run->history == NULL)
    take_problem (run, error);
}

static gboolean
is_inside (const HsRunResult *result,
           guint64            offset,
           guint64            size)
{
  gsize total = g_bytes_get_size (result->bytes);

  return offset % sizeof (guint64) == 0 && offset <= total && size <= total - offset;
}

/* The last snapshot: a moment of the history, or by itself. */
static void
read_heap (HsRun *run)
{
  HsRunResult *result = &run->result;
  guint        last = run->history != NULL ? hs_history_get_last (run->history) : HS_NO_MOMENT;
  GError      *error = NULL;
  g_autoptr(GBytes) snapshot = NULL;

  if (last != HS_NO_MOMENT)
    run->heap = hs_history_open_heap (run->history, last, &error);
  else if (result->snapshot_size == 0)
    return;
  else if (!is_inside (result, result->snapshot_offset, result->snapshot_size))
    g_set_error_literal (&error, HS_ERROR, HS_ERROR_WORKER,
                         _("the worker handed over a result that is shorter than it says"));
  else
    {
      snapshot = g_bytes_new_from_bytes (result->bytes, result->snapshot_offset,
                                         result->snapshot_size);
      run->heap = hs_heap_new (snapshot, &error);
    }

  if (error != NULL)
    take_problem (run, error);
}

void
_hs_run_read_result (HsRun *run)
{
  if (run->result.bytes == NULL)
    return;

  if (run->result.record_size != 0)
    read_history (run);
  read_heap (run);
  g_clear_pointer (&run->result.bytes, g_bytes_unref);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;

  _hs_scratch_remove_or_tell (reading->scratch);
  if (reading->run != NULL)
    _hs_run_read_result (reading->run);

  g_task_return_boolean (task, TRUE);
}

void
_hs_run_reader_read_async (HsRun              *run,
                           HsScratch          *scratch,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->run = run;
  reading->scratch = _hs_scratch_ref (scratch);

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
