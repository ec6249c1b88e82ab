/* hs-run.c - what a run gave
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run.h"
#include "hs-run-private.h"
#include "hs-run-spec-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-source.h"

HsRun *
_hs_run_new (HsRunSpec *spec,
             HsPython  *python,
             GDateTime *date)
{
  HsRun *self = g_atomic_rc_box_new0 (HsRun);

  self->spec = hs_run_spec_ref (spec);
  self->python = hs_python_ref (python);
  self->date = g_date_time_ref (date);
  self->status = HS_STATUS_FAILED;
  self->output[0] = g_strdup ("");
  self->output[1] = g_strdup ("");

  return self;
}

HsRun *
hs_run_ref (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
run_clear (gpointer data)
{
  HsRun *self = data;

  hs_run_spec_unref (self->spec);
  hs_python_unref (self->python);
  g_date_time_unref (self->date);
  g_free (self->code_name);
  g_free (self->exception_type);
  g_free (self->exception_message);
  g_free (self->traceback);
  g_free (self->output[0]);
  g_free (self->output[1]);
  g_clear_pointer (&self->kept_pickle, g_bytes_unref);
  g_free (self->kept_type);
  g_free (self->kept_preview);
  g_free (self->kept_problem);
  g_free (self->refused_file);
  g_clear_pointer (&self->result.bytes, g_bytes_unref);
  g_clear_pointer (&self->history, hs_history_unref);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_free (self->heap_problem);
}

void
hs_run_unref (HsRun *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, run_clear);
}

HsRunSpec *
hs_run_get_spec (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->spec;
}

HsPython *
hs_run_get_python (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->python;
}

GDateTime *
hs_run_get_date (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->date;
}

char *
hs_run_dup_code_name (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->code_name != NULL ? g_strdup (self->code_name)
                                 : _hs_run_spec_dup_file_name (self->spec);
}

gboolean
hs_run_is_bare (HsRun *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_bare;
}

HsStatus
hs_run_get_status (HsRun *self)
{
  g_return_val_if_fail (self != NULL, HS_STATUS_FAILED);

  return self->status;
}

gboolean
hs_run_is_ok (HsRun *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->status == HS_STATUS_OK || self->status == HS_STATUS_OUTPUT_LIMIT ||
         (self->status == HS_STATUS_EXIT && self->exit_code == 0);
}

int
hs_run_get_exit_code (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->exit_code;
}

int
hs_run_get_signal (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->signal;
}

guint
hs_run_get_flags (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->flags;
}

guint
hs_run_get_line (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}

guint
hs_run_get_column (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->column;
}

const char *
hs_run_get_exception_type (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exception_type;
}

const char *
hs_run_get_exception_message (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exception_message;
}

const char *
hs_run_get_traceback (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->traceback;
}

const char *
hs_run_get_output (HsRun   *self,
                   HsStream stream)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (stream == HS_STREAM_STDOUT || stream == HS_STREAM_STDERR, NULL);

  return self->output[stream - HS_STREAM_STDOUT];
}

guint64
hs_run_get_output_truncated (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->output_truncated;
}

guint64
hs_run_get_wall_ns (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->wall_ns;
}

guint64
hs_run_get_cpu_ns (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cpu_ns;
}

guint64
hs_run_get_rss_peak (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rss_peak;
}

guint64
hs_run_get_rss_base (HsRun *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rss_base;
}

HsKept
hs_run_get_kept (HsRun *self)
{
  g_return_val_if_fail (self != NULL, HS_KEPT_NOT_ASKED);

  return self->kept;
}

GBytes *
hs_run_get_kept_pickle (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kept_pickle;
}

const char *
hs_run_get_kept_type (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kept_type;
}

const char *
hs_run_get_kept_preview (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kept_preview;
}

const char *
hs_run_get_kept_problem (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kept_problem;
}

HsRefused
hs_run_get_refused (HsRun *self)
{
  g_return_val_if_fail (self != NULL, HS_REFUSED_NOTHING);

  return self->refused;
}

const char *
hs_run_get_refused_file (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->refused_file;
}

HsHistory *
hs_run_get_history (HsRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->history;
}

HsHeap *
hs_run_get_heap (HsRun       *self,
                 const char **reason)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (reason != NULL)
    *reason = self->heap == NULL ? _hs_run_get_no_heap_reason (self) : NULL;

  return self->heap;
}

const char *
hs_status_to_string (HsStatus status)
{
  static const char *const names[] = {
    [HS_STATUS_OK] = "ok",
    [HS_STATUS_EXCEPTION] = "exception",
    [HS_STATUS_EXIT] = "exit",
    [HS_STATUS_TIMEOUT] = "timeout",
    [HS_STATUS_MEMORY_LIMIT] = "memory-limit",
    [HS_STATUS_OUTPUT_LIMIT] = "output-limit",
    [HS_STATUS_CRASHED] = "crashed",
    [HS_STATUS_CANCELLED] = "cancelled",
    [HS_STATUS_SYNTAX_ERROR] = "syntax-error",
    [HS_STATUS_FAILED] = "failed",
    [HS_STATUS_DISK_LIMIT] = "disk-limit",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HS_N_STATUSES);
  g_return_val_if_fail ((guint)status < HS_N_STATUSES, NULL);

  return names[status];
}

/* How many objects the code's names lead to, those included that a snapshot
 * that was cut has no room for.
 */
static guint64
get_n_reached (const HsSnapshotView *view)
{
  if (view->info.flags & HS_INFO_ALL_OBJECTS)
    return view->info.n_reached;

  return view->info.objects_seen;
}

/* Peak and objects in one line; NULL if nothing is known. The message has the
 * time.
 */
static char *
dup_figures (HsRun *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  if (self->rss_peak != 0)
    {
      g_autofree char *bytes = hs_format_bytes (self->rss_peak);
      /* translators: RSS is resident set size; %s is a number of bytes with its unit */
      g_autofree char *part = g_strdup_printf (_("peak RSS %s"), bytes);

      g_strv_builder_add (builder, part);
    }

  if (self->heap != NULL)
    {
      guint64          n_objects = get_n_reached (hs_heap_get_view (self->heap));
      g_autofree char *count = hs_format_count (n_objects);
      g_autofree char *part = NULL;

      part = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           /* translators: %s is a number with digit groups */
                                           "%s object reachable from the code’s names",
                                           "%s objects reachable from the code’s names",
                                           (gulong)MIN (n_objects, G_MAXULONG)),
                              count);
      g_strv_builder_add (builder, part);
    }

  parts = g_strv_builder_end (builder);

  return parts[0] != NULL ? g_strjoinv (" · ", parts) : NULL;
}

HsPictureInfo *
hs_run_dup_picture_info (HsRun *self)
{
  g_autoptr(HsSource) source = NULL;
  HsPictureInfo *info;
  GBytes        *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  info = hs_picture_info_new ();
  info->title = g_strdup (hs_run_spec_get_display_name (self->spec));
  info->python = g_strdup_printf ("CPython %s", hs_python_get_version (self->python));
  info->date = g_date_time_format (self->date, "%Y-%m-%d %H:%M");
  info->method = g_strdup (_("Bytes as the allocator gave them, read from the process’s memory "
                             "when the code had ended; none of its own code was called for it"));
  info->figures = dup_figures (self);
  info->status = hs_run_dup_message (self);

  bytes = hs_run_spec_get_source (self->spec);
  source = hs_source_new (bytes);
  if (hs_source_get_text (source) != NULL)
    info->source = g_strdup (hs_source_get_text (source));
  else
    info->source = g_utf8_make_valid (g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes));

  return info;
}
