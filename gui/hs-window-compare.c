/* hs-window-compare.c - the window compares variants of its code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-comparer.h"
#include "hs-compat.h"
#include "hs-line-bytes.h"
#include "hs-variants.h"

HsComparison *
_hs_window_get_comparison (HsWindow *self)
{
  return self->comparison;
}

static void
progress_cb (HsWindow   *self,
             guint       n_done,
             guint       n_all,
             const char *what,
             HsComparer *comparer)
{
  hs_console_set_pass (self->console, n_done, n_all, what);
}

static gboolean
is_ok (HsComparison *comparison)
{
  for (guint i = 0; i < hs_comparison_get_n (comparison); i++)
    {
      HsVerdict verdict = hs_comparison_get (comparison, i)->verdict;

      if (verdict == HS_VERDICT_FAILED || verdict == HS_VERDICT_RESULTS_DIFFER)
        return FALSE;
    }

  return TRUE;
}

static void
print_line (HsWindow *self,
            char     *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));

  hs_console_append (self->console, HS_STREAM_STDOUT, bytes);
}

/* What each of them has printed. */
static void
print_output (HsWindow *self)
{
  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (self->comparison, i);

      if (variant->output == NULL || *variant->output == '\0')
        continue;
      print_line (self, g_strdup_printf ("# %%%% %s\n", variant->name));
      print_line (self, g_strdup (variant->output));
      if (!g_str_has_suffix (variant->output, "\n"))
        print_line (self, g_strdup ("\n"));
    }
}

/* What the comments ask for and cannot have is said, and nothing is held up. */
static void
print_problems (HsWindow *self)
{
  g_autofree char *text = hs_editor_dup_text (self->editor);
  g_autoptr(HsVariants) variants = hs_variants_new_for_text (text);

  for (guint i = 0; i < hs_variants_get_n_problems (variants); i++)
    {
      guint       line;
      const char *problem = hs_variants_get_problem (variants, i, &line);
      char       *sentence = g_strdup_printf (_("Line %u: %s\n"), line, problem);
      g_autoptr(GBytes) bytes = g_bytes_new_take (sentence, strlen (sentence));

      hs_console_append (self->console, HS_STREAM_STDERR, bytes);
    }
}

/* Beside the code: the bytes of all variants of this file, each in its own lines; what is common
 * comes from the baseline.
 */
static void
show_line_bytes (HsWindow *self,
                 guint     shown)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, shown);
  g_autoptr(GArray) lines = NULL;

  if (variant->history == NULL || !self->is_comparison_of_text)
    {
      hs_editor_set_line_bytes (self->editor, NULL, 0);
      return;
    }
  lines = hs_history_new_lines (variant->history);
  hs_editor_set_line_bytes (self->editor, lines,
                            hs_history_get_record (variant->history)->header.peak_line);
}

static void
variant_shown_cb (HsWindow *self,
                  guint     variant,
                  HsViews  *views)
{
  const HsVariant *shown;

  if (self->comparison == NULL || variant >= hs_comparison_get_n (self->comparison))
    return;

  shown = hs_comparison_get (self->comparison, variant);
  show_line_bytes (self, variant);
  if (self->is_comparison_of_text && shown->first_line != 0)
    hs_editor_show_line (self->editor, shown->first_line);
}

/* The first variant of the window's code that was refused something. */
static void
show_refusal (HsWindow   *self,
              HsComparer *comparer)
{
  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      HsRun *run = hs_comparer_get_run (comparer, i);

      if (run == NULL || hs_run_get_refused (run) == HS_REFUSED_NOTHING ||
          (!self->compares_variants && i == 0))
        continue;
      _hs_window_show_refusal (self, run);
      return;
    }
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsComparison) comparison = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *text = NULL;

  comparison = hs_comparer_run_finish (HS_COMPARER (object), result, &error);
  /* The window is gone, or something newer has taken over. */
  if (self == NULL || (HsComparer *)object != self->comparer)
    return;

  g_clear_object (&self->comparer);
  g_clear_object (&self->running);
  _hs_window_update_run_actions (self);
  if (comparison == NULL)
    {
      hs_console_fail (self->console, error->message);
      return;
    }

  g_clear_pointer (&self->run, hs_run_unref);
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  self->comparison = g_steal_pointer (&comparison);
  text = hs_editor_dup_text (self->editor);
  self->is_comparison_of_text = self->compares_variants &&
                                g_strcmp0 (text, self->compared_text) == 0;

  print_output (self);
  summary = hs_comparison_dup_summary (self->comparison);
  hs_console_end_comparison (self->console, is_ok (self->comparison), summary);
  show_refusal (self, HS_COMPARER (object));
  hs_views_set_comparison (self->views, self->comparison);
  hs_views_show (self->views, "compare");
  show_line_bytes (self, 0);
  _hs_window_show_in_lesson (self, self->comparison);
}

/* @comparer: (transfer full) */
static void
start (HsWindow   *self,
       HsComparer *comparer,
       gboolean    compares_variants)
{
  self->comparer = comparer;
  self->running = g_cancellable_new ();
  self->compares_variants = compares_variants;
  g_free (self->compared_text);
  self->compared_text = hs_editor_dup_text (self->editor);
  g_signal_connect_object (comparer, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  _hs_window_update_run_actions (self);
  hs_comparer_run_async (comparer, self->running, finished_cb, hs_weak_ref_new (self));
}

/* Begins to show that something is compared. Returns: (transfer full) (nullable): what is in the
 * editor
 */
static HsRunSpec *
begin (HsWindow *self)
{
  g_autofree char *name = _hs_window_dup_name (self);
  g_autoptr(GError) error = NULL;
  HsRunSpec *spec;

  _hs_window_hide_refusal (self);
  hs_editor_clear_error (self->editor);
  hs_console_begin_comparison (self->console, name);
  spec = _hs_window_make_spec (self, &error);
  if (spec == NULL)
    {
      hs_console_fail (self->console, error->message);
      return NULL;
    }
  hs_run_spec_set_stdin_interactive (spec, FALSE);

  return spec;
}

static void
compare_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);
  g_autoptr(HsRunSpec) spec = NULL;

  if (_hs_window_is_busy (self) || !_hs_window_may_start (self, action))
    return;
  spec = begin (self);
  if (spec == NULL)
    return;

  print_problems (self);
  start (self, hs_comparer_new (spec), TRUE);
}

/* What is allowed to the window's code is allowed to no other file; but whether code runs without
 * protection is asked for all that is about to be run. Returns: (transfer full)
 */
static HsPermissions *
dup_permissions_of (HsWindow *self,
                    GFile    *file)
{
  const HsPermissions *own = _hs_window_get_permissions (self);
  HsPermissions       *permissions;

  if (file != NULL && self->file != NULL && g_file_equal (file, self->file))
    return hs_permissions_copy (own);

  permissions = file != NULL ? hs_permissions_load (file) : NULL;
  if (permissions == NULL)
    permissions = hs_permissions_new ();
  permissions->unprotected = own->unprotected;

  return permissions;
}

/* @saved or another file against what is in the editor. */
static void
compare_with (HsWindow   *self,
              GBytes     *bytes,
              GFile      *file,
              const char *name,
              const char *own_name)
{
  const char *const names[] = { name, own_name, NULL };
  g_autoptr(HsRunSpec) second = begin (self);
  g_autoptr(HsRunSpec) first = NULL;
  g_autoptr(HsPermissions) permissions = NULL;

  if (second == NULL)
    return;

  first = hs_run_spec_new (bytes, file, name);
  hs_run_spec_set_python (first, hs_run_spec_get_python (second));
  hs_run_spec_set_timeout (first, hs_run_spec_get_timeout (second));
  hs_run_spec_set_memory_limit (first, hs_run_spec_get_memory_limit (second));
  permissions = dup_permissions_of (self, file);
  hs_run_spec_set_permissions (first, permissions);
  start (self, hs_comparer_new_for_two (first, second, names), FALSE);
}

static void
compare_saved_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (_hs_window_is_busy (self))
    return;
  if (self->file == NULL || self->source == NULL)
    {
      _hs_window_add_toast (self, _("This code was never saved, so there is no saved version."));
      return;
    }
  if (!_hs_window_may_start (self, action))
    return;

  compare_with (self, hs_source_get_bytes (self->source), self->file, _("Saved"), _("Edited"));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) source = hs_source_load_finish (result, &error);
  g_autoptr(GFile) file = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *own_name = NULL;

  if (self == NULL)
    return;
  file = g_steal_pointer (&self->other_file);
  if (source == NULL)
    {
      _hs_window_show_notice (self, error->message, NULL, NULL);
      return;
    }
  if (file == NULL || _hs_window_is_busy (self))
    return;

  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  own_name = _hs_window_dup_name (self);
  if (g_str_equal (name, own_name))
    {
      g_free (name);
      name = g_file_get_parse_name (file);
    }
  compare_with (self, hs_source_get_bytes (source), file, name, own_name);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           HsWindow        *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_clear_object (&self->other_file);
      self->other_file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      hs_source_load_async (self->other_file, NULL, loaded_cb, hs_weak_ref_new (self));
    }
  g_clear_object (&self->chooser);
}

static void
compare_file_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  HsWindow   *self = HS_WINDOW (widget);
  const char *title = _("Compare with File");
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL || _hs_window_is_busy (self) || !_hs_window_may_start (self, action))
    return;

  gtk_file_filter_set_name (filter, _("Python Files"));
  gtk_file_filter_add_suffix (filter, "py");
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Compare"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
_hs_window_stop_comparing (HsWindow *self)
{
  HsComparer *comparer = g_steal_pointer (&self->comparer);

  if (comparer == NULL)
    return;
  g_signal_handlers_disconnect_by_data (comparer, self);
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_object_run_dispose (G_OBJECT (comparer));
  g_object_unref (comparer);
}

void
_hs_window_forget_comparison (HsWindow *self)
{
  g_clear_pointer (&self->comparison, hs_comparison_unref);
  g_clear_pointer (&self->compared_text, g_free);
}

static void
update_compare_button (HsWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->compare_squeezer),
                          hs_editor_get_can_compare (self->editor));
}

/* One button with a word, and one with a picture for narrow windows. */
static void
add_compare_button (HsWindow   *self,
                    const char *label,
                    const char *icon_name)
{
  GtkWidget *button = label != NULL ? gtk_button_new_with_mnemonic (label)
                                    : gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, _("Compare the variants of the code (Ctrl+Shift+Enter)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.compare");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Compare"), -1);
  hs_accessible_use_label_only (GTK_BUTTON (button));
  adw_squeezer_add (self->compare_squeezer, button);
}

void
_hs_window_setup_comparing (HsWindow *self)
{
  g_signal_connect_object (self->views, "variant-shown", G_CALLBACK (variant_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::can-compare",
                           G_CALLBACK (update_compare_button), self, G_CONNECT_SWAPPED);
  add_compare_button (self, _("_Compare"), NULL);
  add_compare_button (self, NULL, "heapscape-compare-symbolic");
  update_compare_button (self);
}

void
_hs_window_install_compare_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "win.compare-saved", NULL, compare_saved_action);
  gtk_widget_class_install_action (widget_class, "win.compare-file", NULL, compare_file_action);
}
