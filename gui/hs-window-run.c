/* hs-window-run.c - the window's runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-first-frame.h"
#include "hs-line-bytes.h"
#include "hs-menu.h"
#include "hs-python.h"

gboolean
_hs_window_is_busy (HsWindow *self)
{
  return self->runner != NULL || self->comparer != NULL;
}

void
_hs_window_update_run_actions (HsWindow *self)
{
  gboolean is_running = _hs_window_is_busy (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run", !is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare", !is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-saved", !is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-file", !is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", is_running);
  gtk_stack_set_visible_child_name (self->run_stack, is_running ? "stop" : "run");
}

static void
update_picture_actions (HsWindow *self)
{
  gboolean has_picture = (self->run != NULL || self->comparison != NULL) &&
                         hs_views_get_scene (self->views) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", has_picture);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.copy-picture", has_picture);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-text", has_picture);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print-picture", has_picture);
}

/* Interpreters */

void
_hs_window_update_interpreter_label (HsWindow *self)
{
  g_autofree char *chosen = g_settings_get_string (_hs_window_get_settings (self), "interpreter");
  g_autoptr(HsPython) python = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *tooltip = NULL;

  python = hs_python_find (*chosen != '\0' ? chosen : NULL, &error);
  if (python == NULL)
    {
      gtk_menu_button_set_label (self->interpreter_button, _("No Python"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->interpreter_button), error->message);
      return;
    }

  label = hs_python_dup_label (python);
  gtk_menu_button_set_label (self->interpreter_button,
                             self->is_narrow ? hs_python_get_minor (python) : label);
  /* translators: %s is an interpreter: “Python 3.11.2” */
  tooltip = g_strdup_printf (_("%s, the interpreter that runs the code"), label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->interpreter_button), tooltip);
}

static void
list_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autoptr(GPtrArray) pythons = NULL;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GError) error = NULL;

  pythons = hs_pythons_list_finish (result, &error);
  if (self == NULL)
    return;
  if (pythons == NULL || pythons->len == 0)
    {
      _hs_window_show_notice (
        self, error != NULL ? error->message
                            : _("There is no Python that could run the code."), NULL, NULL);
      return;
    }

  for (guint i = 0; i < pythons->len; i++)
    {
      HsPython        *python = g_ptr_array_index (pythons, i);
      g_autofree char *label = hs_python_dup_label (python);
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.interpreter", "s",
                                         i == 0 ? "" : hs_python_get_minor (python));
      g_menu_append_item (menu, item);
    }
  hs_menu_button_set_model (self->interpreter_button, G_MENU_MODEL (menu));
  _hs_window_update_interpreter_label (self);
}

/* Asks the workers what they are in a thread. */
static void
ask_workers (gpointer widget)
{
  hs_pythons_list_async (list_cb, hs_weak_ref_new (widget));
}

/* Each worker is a program to start, which would take the processor from the first frame. */
void
_hs_window_list_interpreters (HsWindow *self)
{
  GSettings *settings = _hs_window_get_settings (self);
  g_autoptr(GAction) action = g_settings_create_action (settings, "interpreter");

  g_action_map_add_action (G_ACTION_MAP (self), action);
  g_signal_connect_object (settings, "changed::interpreter",
                           G_CALLBACK (_hs_window_update_interpreter_label), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_label (self->interpreter_button, "Python");
  hs_first_frame_wait (self, ask_workers);
}

/* Runs */

static void
output_cb (HsRunner *runner,
           guint     stream,
           GBytes   *bytes,
           HsWindow *self)
{
  hs_console_append (self->console, stream, bytes);
}

static void
progress_cb (HsRunner *runner,
             guint64   elapsed_ns,
             guint64   rss_bytes,
             HsWindow *self)
{
  hs_console_set_progress (self->console, elapsed_ns, rss_bytes);
}

static void
mark_error (HsWindow *self)
{
  HsStatus         status = hs_run_get_status (self->run);
  const char      *type = hs_run_get_exception_type (self->run);
  const char      *message = hs_run_get_exception_message (self->run);
  g_autofree char *text = NULL;

  if (hs_run_get_line (self->run) == 0 ||
      (status != HS_STATUS_EXCEPTION && status != HS_STATUS_SYNTAX_ERROR &&
       status != HS_STATUS_MEMORY_LIMIT))
    return;

  if (type != NULL && message != NULL && *message != '\0')
    text = g_strdup_printf ("%s: %s", type, message);
  else
    text = g_strdup (type);
  hs_editor_set_error (self->editor, hs_run_get_line (self->run), text);
}

/* Whether the editor holds what was run: it may have been edited meanwhile. */
static gboolean
is_code_as_run (HsWindow *self)
{
  g_autofree char *text = hs_editor_dup_text (self->editor);
  g_autoptr(GBytes) bytes = hs_source_encode (self->source, text, NULL);

  return bytes != NULL &&
         g_bytes_equal (bytes, hs_run_spec_get_source (hs_run_get_spec (self->run)));
}

/* Beside the code: what its lines have allocated. */
static void
show_line_bytes (HsWindow *self)
{
  HsHistory *history = hs_run_get_history (self->run);
  g_autoptr(GArray) lines = NULL;

  /* Numbers beside other lines would be wrong ones. */
  if (history == NULL || !is_code_as_run (self))
    {
      hs_editor_set_line_bytes (self->editor, NULL, 0);
      return;
    }
  lines = hs_history_new_lines (history);
  hs_editor_set_line_bytes (self->editor, lines,
                            hs_history_get_record (history)->header.peak_line);
}

void
_hs_window_show_run (HsWindow *self,
                     HsRun    *run)
{
  const char *reason = NULL;
  HsHeap     *heap;

  _hs_window_forget_comparison (self);
  hs_run_ref (run);
  g_clear_pointer (&self->run, hs_run_unref);
  self->run = run;

  hs_console_end (self->console, run);
  mark_error (self);
  heap = hs_run_get_heap (run, &reason);
  hs_views_set_heap (self->views, heap, hs_run_get_history (run), heap == NULL ? reason : NULL);
  show_line_bytes (self);
  _hs_window_update_snapshot_action (self);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsRun) run = hs_runner_run_finish (HS_RUNNER (object), result, &error);

  /* The window is gone, or a newer run has taken over. */
  if (self == NULL || (HsRunner *)object != self->runner)
    return;

  g_clear_object (&self->runner);
  g_clear_object (&self->running);
  _hs_window_update_run_actions (self);

  if (run == NULL)
    {
      hs_console_fail (self->console, error->message);
      return;
    }

  _hs_window_leave_snapshot (self);
  _hs_window_show_run (self, run);
  _hs_window_show_refusal (self, run);
}

/* What the tracebacks of a run call its file; as the runner decides. */
static char *
dup_traceback_name (HsWindow *self)
{
  g_autofree char *path = self->file != NULL ? g_file_get_path (self->file) : NULL;

  return path != NULL ? g_steal_pointer (&path) : _hs_window_dup_name (self);
}

HsRunSpec *
_hs_window_make_spec (HsWindow *self,
                      GError  **error)
{
  GSettings       *settings = _hs_window_get_settings (self);
  g_autofree char *text = hs_editor_dup_text (self->editor);
  g_autofree char *name = _hs_window_dup_name (self);
  g_autofree char *interpreter = g_settings_get_string (settings, "interpreter");
  g_autoptr(GArray) marks = hs_editor_get_marked_lines (self->editor);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(HsPython) python = NULL;
  HsRunSpec *spec;

  python = hs_python_find (*interpreter != '\0' ? interpreter : NULL, error);
  if (python == NULL)
    return NULL;

  bytes = hs_source_encode (self->source, text, error);
  if (bytes == NULL)
    return NULL;

  spec = hs_run_spec_new (bytes, self->file, name);
  hs_run_spec_set_python (spec, python);
  hs_run_spec_set_timeout (spec, (guint64)g_settings_get_uint (settings, "time-limit") * 1000);
  hs_run_spec_set_memory_limit (spec, (guint64)g_settings_get_uint (settings, "memory-limit")
                                        << 20);
  hs_run_spec_set_stdin_interactive (spec, TRUE);
  hs_run_spec_set_permissions (spec, _hs_window_get_permissions (self));
  hs_run_spec_set_marks (spec, &g_array_index (marks, guint, 0), marks->len);

  return spec;
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  HsWindow        *self = HS_WINDOW (widget);
  g_autofree char *name = dup_traceback_name (self);
  g_autoptr(HsRunSpec) spec = NULL;
  g_autoptr(GError) error = NULL;

  if (_hs_window_is_busy (self) || !_hs_window_may_start (self, action))
    return;

  _hs_window_hide_refusal (self);
  hs_editor_clear_error (self->editor);
  hs_console_begin (self->console, name);

  spec = _hs_window_make_spec (self, &error);
  if (spec == NULL)
    {
      hs_console_fail (self->console, error->message);
      return;
    }

  self->runner = hs_runner_new (spec);
  self->running = g_cancellable_new ();
  g_signal_connect_object (self->runner, "output", G_CALLBACK (output_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->runner, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_DEFAULT);
  _hs_window_update_run_actions (self);
  hs_runner_run_async (self->runner, self->running, finished_cb, hs_weak_ref_new (self));
}

static void
stop_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (self->runner != NULL)
    hs_runner_stop (self->runner);
  if (self->comparer == NULL)
    return;

  _hs_window_stop_comparing (self);
  _hs_window_update_run_actions (self);
  hs_console_fail (self->console, _("The comparison was stopped."));
}

HsPictureInfo *
_hs_window_dup_picture_info (HsWindow *self)
{
  if (self->comparison != NULL)
    return hs_picture_info_copy (hs_comparison_get_info (self->comparison));

  return self->run != NULL ? hs_run_dup_picture_info (self->run) : NULL;
}

/* Ends a run of which nobody wants to know any more. */
void
_hs_window_abandon_run (HsWindow *self)
{
  _hs_window_stop_comparing (self);
  if (self->runner == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->runner, self);
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->runner);
}

void
_hs_window_forget_run (HsWindow *self)
{
  _hs_window_abandon_run (self);
  _hs_window_reset_permissions (self);
  _hs_window_close_lesson (self);
  _hs_window_forget_comparison (self);
  g_clear_pointer (&self->run, hs_run_unref);
  _hs_window_leave_snapshot (self);
  _hs_window_update_snapshot_action (self);
  hs_console_reset (self->console);
  hs_views_set_heap (self->views, NULL, NULL, NULL);
  hs_editor_set_line_bytes (self->editor, NULL, 0);
  _hs_window_update_run_actions (self);
}

/* Escape stops a run wherever the focus is, unless a search bar or a popover
 * took it first.
 */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  if (!_hs_window_is_busy (HS_WINDOW (widget)))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (widget, "win.stop", NULL);

  return GDK_EVENT_STOP;
}

/* The buttons and actions follow what there is to stop, export and copy. */
void
_hs_window_setup_runs (HsWindow *self)
{
  g_signal_connect_object (self->views, "line-selected", G_CALLBACK (hs_editor_show_line),
                           self->editor, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::scene", G_CALLBACK (update_picture_actions),
                           self, G_CONNECT_SWAPPED);
  update_picture_actions (self);
  _hs_window_update_snapshot_action (self);
  _hs_window_update_run_actions (self);
}

void
_hs_window_install_run_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
