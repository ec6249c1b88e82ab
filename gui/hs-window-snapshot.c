/* hs-window-snapshot.c - whole runs as files: saved, and opened again
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-run-file.h"
#include "hs-visible-name.h"

/* What takes longer says so, and can be cancelled. */
#define PATIENCE_MS 500

/* ---- Work that goes on ---- */

typedef struct
{
  GWeakRef     *window;
  GFile        *file;        /* owned */
  GCancellable *cancellable; /* owned */
  char         *sentence;    /* owned; what goes on */
  guint         timeout;     /* 0: it was said */
} Work;

static gboolean
patience_cb (gpointer user_data)
{
  Work *work = user_data;
  g_autoptr(HsWindow) self = g_weak_ref_get (work->window);

  work->timeout = 0;
  if (self != NULL)
    _hs_window_show_notice (self, work->sentence, _("_Cancel"), "win.cancel-snapshot");

  return G_SOURCE_REMOVE;
}

/* @sentence: (transfer full) */
static Work *
work_new (HsWindow *self,
          GFile    *file,
          char     *sentence)
{
  Work *work = g_new0 (Work, 1);

  if (self->snapshot_work != NULL)
    g_cancellable_cancel (self->snapshot_work);
  g_clear_object (&self->snapshot_work);
  self->snapshot_work = g_cancellable_new ();

  work->window = hs_weak_ref_new (self);
  work->file = g_object_ref (file);
  work->cancellable = g_object_ref (self->snapshot_work);
  work->sentence = sentence;
  work->timeout = g_timeout_add (PATIENCE_MS, patience_cb, work);

  return work;
}

/* Frees @work; the file goes to @file. Returns: (transfer full) (nullable): NULL if the window is
 * gone, or something else has taken over
 */
static HsWindow *
work_take (Work   *work,
           GFile **file)
{
  HsWindow *self = hs_weak_ref_take (work->window);
  gboolean  was_said = work->timeout == 0;

  *file = work->file;
  g_clear_handle_id (&work->timeout, g_source_remove);
  if (self != NULL && self->snapshot_work != work->cancellable)
    g_clear_object (&self);
  if (self != NULL)
    {
      g_clear_object (&self->snapshot_work);
      if (was_said)
        _hs_window_hide_notice (self);
    }
  g_object_unref (work->cancellable);
  g_free (work->sentence);
  g_free (work);

  return self;
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (self->snapshot_work != NULL)
    g_cancellable_cancel (self->snapshot_work);
}

void
_hs_window_dispose_snapshot (HsWindow *self)
{
  if (self->snapshot_work != NULL)
    g_cancellable_cancel (self->snapshot_work);
  g_clear_object (&self->snapshot_work);
  g_clear_object (&self->snapshot_file);
}

static char *
dup_base_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return hs_visible_name (base);
}

/* ---- Saving ---- */

static void
save_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(HsWindow) self = work_take (user_data, &file);
  g_autoptr(GError) error = NULL;
  gboolean         ok = hs_run_save_finish (result, &error);
  g_autofree char *name = dup_base_name (file);
  g_autofree char *text = NULL;

  if (self == NULL)
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      _hs_window_add_toast (self, _("Saving the snapshot was cancelled"));
      return;
    }
  if (!ok)
    {
      _hs_window_show_notice (self, error->message, _("Save _As…"), "win.save-snapshot");
      return;
    }

  _hs_window_add_recent (self, file);
  /* translators: %s is a file name */
  text = g_strdup_printf (_("Snapshot saved as “%s”"), name);
  _hs_window_add_file_toast (self, text, file);
}

static void
save_to (HsWindow *self,
         GFile    *file)
{
  g_autofree char *name = dup_base_name (file);
  Work            *work;

  /* translators: %s is a file name */
  work = work_new (self, file, g_strdup_printf (_("Saving the snapshot “%s”…"), name));
  hs_run_save_async (self->run, file, work->cancellable, save_cb, work);
}

static void
save_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  HsWindow        *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->run != NULL)
    save_to (self, file);
  g_clear_object (&self->chooser);
}

/* "points.heapscape" of "points.py". Returns: (transfer full) */
static char *
propose_name (HsWindow *self)
{
  g_autofree char *name = _hs_window_dup_name (self);
  const char      *suffix = strrchr (name, '.');

  if (suffix != NULL && suffix > name)
    name[suffix - name] = '\0';

  return g_strconcat (name, HS_RUN_FILE_SUFFIX, NULL);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsWindow        *self = HS_WINDOW (widget);
  g_autofree char *name = propose_name (self);
  g_autoptr(GtkFileFilter) filter = _hs_window_new_snapshot_filter ();

  if (self->run == NULL)
    return;

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save Snapshot"), GTK_WINDOW (self),
                                                  GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
_hs_window_add_snapshot_patterns (GtkFileFilter *filter)
{
  gtk_file_filter_add_mime_type (filter, HS_RUN_FILE_MIME_TYPE);
  gtk_file_filter_add_pattern (filter, "*" HS_RUN_FILE_SUFFIX);
  gtk_file_filter_add_pattern (filter, "*.hss");
}

GtkFileFilter *
_hs_window_new_snapshot_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Snapshots"));
  _hs_window_add_snapshot_patterns (filter);

  return filter;
}

void
_hs_window_update_snapshot_action (HsWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-snapshot",
                                 self->run != NULL && hs_run_can_save (self->run));
}

/* ---- Opening ---- */

/* From what the picture is, and when that was. Returns: (transfer full) */
static char *
describe (HsRun *run,
          GFile *file)
{
  g_autofree char *name = dup_base_name (file);
  g_autofree char *python = hs_python_dup_label (hs_run_get_python (run));
  g_autofree char *date = g_date_time_format (hs_run_get_date (run), "%Y-%m-%d %H:%M");

  if (hs_run_is_bare (run))
    /* translators: %1$s is a file name, %2$s is as in “Python 3.11.2” */
    return g_strdup_printf (_("“%1$s” is a snapshot of objects alone, taken with %2$s: it does not "
                              "hold their code."),
                               name, python);

  /* translators: %1$s is a file name, %2$s is as in “Python 3.11.2”, %3$s is a date with time */
  return g_strdup_printf (_("The snapshot “%1$s”, taken with %2$s on %3$s. Run the code to measure "
                            "it anew."),
                             name, python, date);
}

/* The code as it was run, to be run again; its own file is somewhere else. */
static void
show_source (HsWindow *self,
             HsRun    *run)
{
  HsRunSpec *spec = hs_run_get_spec (run);
  g_autoptr(HsSource) source = hs_source_new (hs_run_spec_get_source (spec));
  const char *text = hs_source_get_problem (source) == HS_SOURCE_IS_TEXT
                       ? hs_source_get_text (source)
                       : "";

  hs_editor_set_text (self->editor, text);
  _hs_window_set_file (self, NULL, source);
  hs_set_str (&self->display_name,
              hs_run_is_bare (run) ? NULL : hs_run_spec_get_display_name (spec));
  _hs_window_update_title (self);
}

static void
show_output (HsWindow *self,
             HsRun    *run)
{
  g_autofree char      *name = hs_run_dup_code_name (run);
  static const HsStream streams[] = { HS_STREAM_STDOUT, HS_STREAM_STDERR };

  hs_console_begin (self->console, name);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      const char *text = hs_run_get_output (run, streams[i]);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

      if (*text != '\0')
        hs_console_append (self->console, streams[i], bytes);
    }
}

static void
show_run (HsWindow *self,
          HsRun    *run,
          GFile    *file)
{
  g_autofree char *sentence = describe (run, file);

  _hs_window_forget_run (self);
  _hs_window_leave_learn_page (self);
  show_source (self, run);
  g_set_object (&self->snapshot_file, file);
  show_output (self, run);
  _hs_window_show_run (self, run);
  _hs_window_add_recent (self, file);
  _hs_window_show_notice (self, sentence, NULL, NULL);
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(HsWindow) self = work_take (user_data, &file);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsRun) run = hs_run_load_finish (result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (run == NULL)
    _hs_window_show_notice (self, error->message, NULL, NULL);
  else if (hs_editor_get_modified (self->editor)) /* typed meanwhile */
    hs_application_open_file (HS_APPLICATION (g_application_get_default ()), file, NULL);
  else
    show_run (self, run, file);
}

void
_hs_window_load_snapshot (HsWindow *self,
                          GFile    *file)
{
  g_autofree char *name = dup_base_name (file);
  Work            *work;

  /* translators: %s is a file name */
  work = work_new (self, file, g_strdup_printf (_("Opening the snapshot “%s”…"), name));
  hs_run_load_async (file, work->cancellable, load_cb, work);
}

/* What is shown now is of this machine and this moment. */
void
_hs_window_leave_snapshot (HsWindow *self)
{
  if (self->snapshot_file == NULL)
    return;

  g_clear_object (&self->snapshot_file);
  _hs_window_hide_notice (self);
}

void
_hs_window_install_snapshot_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-snapshot", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-snapshot", NULL, cancel_action);
}
