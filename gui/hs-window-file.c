/* hs-window-file.c - opening, saving and closing a window's file
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-menu.h"
#include "hs-file-kind.h"
#include "hs-text-extent.h"
#include "hs-visible-name.h"

/* What a person may mean by a file that is not UTF-8, by how often it is met. */
static const char *const fallback_encodings[] = { "GB18030", "ISO-8859-15", NULL };

/* Recent files */

#define MAX_RECENT 12

static int
compare_recent (gconstpointer a,
                gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified (*(GtkRecentInfo *const *)b),
                              gtk_recent_info_get_modified (*(GtkRecentInfo *const *)a));
}

void
_hs_window_update_recent (HsWindow *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  g_autoptr(GPtrArray) ours = g_ptr_array_new ();
  g_autoptr(GMenu) menu = g_menu_new ();

  for (GList *l = items; l != NULL; l = l->next)
    if (gtk_recent_info_has_application (l->data, g_get_application_name ()) &&
        gtk_recent_info_is_local (l->data))
      g_ptr_array_add (ours, l->data);
  g_ptr_array_sort (ours, compare_recent);

  for (guint i = 0; i < ours->len && i < MAX_RECENT; i++)
    {
      GtkRecentInfo   *info = ours->pdata[i];
      g_autofree char *name = hs_visible_name (gtk_recent_info_get_display_name (info));
      g_auto(GStrv) parts = g_strsplit (name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts); /* "_" would be a mnemonic */
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                         gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->recent_button), ours->len > 0);
  hs_menu_button_set_model (self->recent_button, G_MENU_MODEL (menu));
  g_list_free_full (items, (GDestroyNotify)gtk_recent_info_unref);
}

void
_hs_window_add_recent (HsWindow *self,
                       GFile    *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  _hs_window_update_recent (self);
}

/* The file on disk */

static void
show_changed_notice (HsWindow *self)
{
  self->is_contested = TRUE;
  _hs_window_show_notice (self, _("The file was changed by another program."), _("_Reload"),
                                                                                   "win.reload");
}

static void
file_changed_cb (GFileMonitor     *monitor,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 HsWindow         *self)
{
  if (event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT && event != G_FILE_MONITOR_EVENT_CREATED &&
      event != G_FILE_MONITOR_EVENT_RENAMED)
    return;

  show_changed_notice (self);
}

static void
watch_file (HsWindow *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);

  if (self->file == NULL)
    return;

  /* A file system without notification: saving still sees the change. */
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self,
                             G_CONNECT_DEFAULT);
}

/* @source: as it is on disk now; both NULL for code that was never saved. */
void
_hs_window_set_file (HsWindow *self,
                     GFile    *file,
                     HsSource *source)
{
  if (self->file == NULL || file == NULL || !g_file_equal (self->file, file))
    _hs_window_change_permissions (self, file);
  g_set_object (&self->file, file);
  if (source != NULL)
    hs_source_ref (source);
  g_clear_pointer (&self->source, hs_source_unref);
  self->source = source;

  if (file != NULL)
    {
      g_clear_pointer (&self->display_name, g_free);
      _hs_window_add_recent (self, file);
    }
  self->is_restored = FALSE;
  self->is_replaced = FALSE;
  self->is_contested = FALSE;
  _hs_window_update_draft (self);
  watch_file (self);
  _hs_window_update_title (self);
}

/* Loading */

static void
open_file (HsWindow *self,
           GFile    *file)
{
  hs_application_open_file (HS_APPLICATION (g_application_get_default ()), file, GTK_WINDOW (self));
}

typedef struct
{
  GWeakRef     *window;
  GFile        *file;      /* owned */
  GCancellable *operation; /* owned */
  char         *text;      /* owned; what the editor had when it began */
} Pending;

static Pending *
pending_new (HsWindow *self,
             GFile    *file)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->window = hs_weak_ref_new (self);
  pending->file = g_object_ref (file);
  pending->operation = g_object_ref (self->loading);
  pending->text = hs_editor_dup_text (self->editor);

  return pending;
}

/* Frees @pending; the file goes to @file, and to @is_same whether the editor
 * still has the text that it had. Returns: (transfer full) (nullable): NULL if
 * the window is gone or a newer operation has taken over
 */
static HsWindow *
pending_take (Pending  *pending,
              GFile   **file,
              gboolean *is_same)
{
  HsWindow *self = hs_weak_ref_take (pending->window);

  if (self != NULL && self->loading == pending->operation)
    {
      g_autofree char *text = hs_editor_dup_text (self->editor);

      *is_same = g_str_equal (text, pending->text);
      g_clear_object (&self->loading);
    }
  else
    g_clear_object (&self);

  *file = pending->file;
  g_object_unref (pending->operation);
  g_free (pending->text);
  g_free (pending);

  return self;
}

/* Says why a text is not shown, if it is not. */
static gboolean
refuse_text (HsWindow *self,
             GFile    *file,
             HsSource *source)
{
  const char      *text = hs_source_get_text (source);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = hs_visible_name (base);
  g_autofree char *refusal = NULL;
  HsTextExtent     extent;

  hs_text_extent_measure (&extent, text, strlen (text));
  refusal = hs_text_extent_dup_refusal (&extent, name);
  if (refusal != NULL)
    _hs_window_show_notice (self, refusal, NULL, NULL);

  return refusal != NULL;
}

static void
show_source (HsWindow *self,
             GFile    *file,
             HsSource *source)
{
  if (refuse_text (self, file, source))
    return;

  if (self->file == NULL || !g_file_equal (self->file, file))
    _hs_window_forget_run (self);
  else if (self->runner != NULL)
    hs_runner_stop (self->runner); /* its end still has to be shown */
  _hs_window_hide_notice (self);
  hs_editor_set_text (self->editor, hs_source_get_text (source));
  _hs_window_set_file (self, file, source);
}

static void
read_as_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     HsWindow         *self)
{
  HsSource *source = g_object_get_data (G_OBJECT (dialog), "source");
  GFile    *file = g_object_get_data (G_OBJECT (dialog), "file");
  g_autoptr(HsSource) text = NULL;
  g_autoptr(GError) error = NULL;

  if (g_str_equal (response, "cancel"))
    return;

  text = hs_source_read_as (source, response, &error);
  if (text != NULL)
    show_source (self, file, text);
  else
    _hs_window_show_notice (self, error->message, NULL, NULL);
}

/* The bytes are no text: says where, and offers to read them otherwise. */
static void
explain_problem (HsWindow *self,
                 GFile    *file,
                 HsSource *source)
{
  g_autofree char *parse_name = g_file_get_parse_name (file);
  g_autofree char *name = hs_visible_name (parse_name);
  g_autofree char *problem = hs_source_dup_problem (source, name);
  GtkWidget       *dialog;

  if (hs_source_get_problem (source) == HS_SOURCE_HAS_NUL)
    {
      _hs_window_show_notice (self, problem, NULL, NULL);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("The File Is Not Valid Text"), problem);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  for (guint i = 0; fallback_encodings[i] != NULL; i++)
    {
      g_autoptr(HsSource) text = hs_source_read_as (source, fallback_encodings[i], NULL);
      g_autofree char *label = NULL;

      if (text == NULL)
        continue;
      /* translators: %s is an encoding, such as GB18030 */
      label = g_strdup_printf (_("Open as %s"), fallback_encodings[i]);
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), fallback_encodings[i], label);
    }
  g_object_set_data_full (G_OBJECT (dialog), "source", hs_source_ref (source),
                          (GDestroyNotify)hs_source_unref);
  g_object_set_data_full (G_OBJECT (dialog), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (read_as_response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GFile) file = NULL;
  gboolean is_same = TRUE;
  g_autoptr(HsWindow) self = pending_take (user_data, &file, &is_same);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) source = hs_source_load_finish (result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source == NULL)
    _hs_window_show_notice (self, error->message, NULL, NULL);
  else if (!is_same && self->file != NULL && g_file_equal (self->file, file))
    show_changed_notice (self);
  else if (!is_same)
    open_file (self, file); /* not over what was typed meanwhile */
  else if (hs_source_get_problem (source) != HS_SOURCE_IS_TEXT)
    explain_problem (self, file, source);
  else
    show_source (self, file, source);
}

static void
new_operation (HsWindow *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->is_saving = FALSE;
}

/* @format: with the name of the file */
static void
be_patient (HsWindow   *self,
            GFile      *file,
            const char *format)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = hs_visible_name (base);
  g_autoptr(GString) sentence = g_string_new (format);

  g_string_replace (sentence, "%s", name, 1);
  _hs_window_be_patient (self, sentence->str);
}

static void
begin_loading (HsWindow *self,
               GFile    *file)
{
  new_operation (self);
  /* translators: %s is a file name */
  be_patient (self, file, _("Opening “%s”…"));
}

/* What it is decides who loads it. */
static void
kind_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GFile) file = NULL;
  gboolean is_same = TRUE;
  g_autoptr(HsWindow) self = pending_take (user_data, &file, &is_same);
  HsFileKind kind = hs_file_kind_finish (result);

  if (self == NULL)
    return;

  if (!is_same && (self->file == NULL || !g_file_equal (self->file, file)))
    open_file (self, file); /* not over what was typed meanwhile */
  else if (kind == HS_FILE_KIND_RUN)
    _hs_window_load_snapshot (self, file);
  else if (kind == HS_FILE_KIND_PICTURE)
    _hs_window_load_picture (self, file);
  else
    {
      begin_loading (self, file);
      hs_source_load_async (file, self->loading, load_cb, pending_new (self, file));
    }
}

void
hs_window_load (HsWindow *self,
                GFile    *file)
{
  g_return_if_fail (HS_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  begin_loading (self, file);
  self->close_after_saving = FALSE;
  hs_file_kind_async (file, self->loading, kind_cb, pending_new (self, file));
}

static void
reload_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    HsWindow         *self)
{
  if (g_str_equal (response, "reload") && self->file != NULL)
    hs_window_load (self, self->file);
}

/* Reloading cannot be undone, so it asks where something would be lost. */
static void
reload_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsWindow   *self = HS_WINDOW (widget);
  const char *body = _("Your changes since the last Save are lost if you reload it.");
  GtkWidget  *dialog;

  if (self->file == NULL)
    return;

  if (!hs_editor_get_modified (self->editor))
    {
      _hs_window_hide_notice (self);
      hs_window_load (self, self->file);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Reload the File?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "reload", _("_Reload"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reload",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (reload_response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Saving */

static gboolean
close_cb (gpointer user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);

  if (self != NULL)
    gtk_window_close (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

/* Not from within the response of a dialog: it is transient for this window,
 * goes with it, and is not done with itself yet.
 */
static void
close_soon (HsWindow *self)
{
  self->may_close = TRUE;
  g_idle_add (close_cb, hs_weak_ref_new (self));
}

static void
saved (HsWindow *self,
       GFile    *file,
       HsSource *source,
       gboolean  is_same)
{
  gboolean was_asked = !self->is_autosaving;

  /* What somebody is told stays while the file is saved unasked. */
  if (was_asked)
    _hs_window_hide_notice (self);
  self->is_autosaving = FALSE;
  /* What was typed meanwhile is not saved. */
  if (is_same)
    hs_editor_set_modified (self->editor, FALSE);
  _hs_window_set_file (self, file, source);

  if (self->close_after_saving)
    {
      self->close_after_saving = FALSE;
      close_soon (self);
    }
  else if (was_asked)
    {
      g_autofree char *name = _hs_window_dup_name (self);
      /* translators: %s is a file name */
      g_autofree char *text = g_strdup_printf (_("Saved “%s”"), name);

      _hs_window_add_toast (self, text);
    }
}

static void
save_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GFile) file = NULL;
  gboolean is_same = TRUE;
  g_autoptr(HsWindow) self = pending_take (user_data, &file, &is_same);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) source = hs_source_save_finish (result, &error);

  if (self == NULL)
    return;
  self->is_saving = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      watch_file (self);
      return;
    }

  if (source != NULL)
    {
      saved (self, file, source, is_same);
      return;
    }

  self->close_after_saving = FALSE;
  self->is_autosaving = FALSE;
  self->is_contested = TRUE;
  watch_file (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    _hs_window_show_notice (self,
                            _("The file was changed by another program since it was opened. "
                              "Save replaces those changes."),
                               _("_Save Anyway"), "win.save-anyway");
  else
    _hs_window_show_notice (self, error->message, _("Save _As…"), "win.save-as");
}

static void
save_to (HsWindow *self,
         GFile    *file,
         gboolean  overwrite)
{
  g_autofree char *text = hs_editor_dup_text (self->editor);

  if (self->is_saving && self->file != NULL && g_file_equal (self->file, file))
    return;
  if (self->file != NULL && g_file_equal (self->file, file) &&
      _hs_window_warn_of_replaced (self, overwrite))
    return;

  /* Our own writing is no change by another program. */
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);

  new_operation (self);
  self->is_autosaving = FALSE;
  self->is_saving = TRUE;
  /* translators: %s is a file name */
  be_patient (self, file, _("Saving “%s”…"));
  hs_source_save_async (self->source, file, text, overwrite, self->loading, save_cb,
                        pending_new (self, file));
}

static void
add_python (GtkFileFilter *filter)
{
  gtk_file_filter_add_mime_type (filter, "text/x-python");
  gtk_file_filter_add_pattern (filter, "*.py");
  gtk_file_filter_add_pattern (filter, "*.pyw");
}

/* What can be opened, or saved: the first is used until somebody chooses another. */
static void
add_filters (GtkFileChooser      *chooser,
             GtkFileChooserAction action)
{
  g_autoptr(GtkFileFilter) ours = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) python = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) snapshots = _hs_window_new_snapshot_filter ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (ours, _("Code and snapshots"));
  add_python (ours);
  _hs_window_add_snapshot_patterns (ours);
  gtk_file_filter_add_mime_type (ours, "image/png"); /* the code in a picture */
  gtk_file_filter_set_name (python, _("Python Files"));
  add_python (python);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");

  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    gtk_file_chooser_add_filter (chooser, ours);
  gtk_file_chooser_add_filter (chooser, python);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    gtk_file_chooser_add_filter (chooser, snapshots);
  gtk_file_chooser_add_filter (chooser, all);
}

/* Makes a file dialog; the callback gets the native dialog and its response. What it begins with is
 * set before it is shown: afterwards GTK would take back what it reads, and complain.
 */
static void
choose (HsWindow            *self,
        const char          *title,
        GtkFileChooserAction action,
        const char          *accept,
        GCallback            response_cb)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (self->chooser), action);
  g_signal_connect_object (self->chooser, "response", response_cb, self, G_CONNECT_DEFAULT);
}

/* Of one file there is one window. */
static void
save_as (HsWindow *self,
         GFile    *file)
{
  HsApplication   *application = HS_APPLICATION (g_application_get_default ());
  GtkWindow       *other = hs_application_find_window (application, file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = hs_visible_name (base);
  g_autofree char *text = NULL;

  if (other == NULL || other == GTK_WINDOW (self))
    {
      save_to (self, file, TRUE); /* the dialog has asked about replacing */
      return;
    }

  self->close_after_saving = FALSE;
  /* translators: %s is a file name */
  text = g_strdup_printf (_("“%s” is open in another window. Choose another name, or close that "
                            "window first."),
                             name);
  _hs_window_show_notice (self, text, _("Save _As…"), "win.save-as");
}

static void
save_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  HsWindow        *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    save_as (self, file);
  else
    self->close_after_saving = FALSE;
  g_clear_object (&self->chooser);
}

static void
save_as_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HsWindow        *self = HS_WINDOW (widget);
  g_autofree char *name = _hs_window_dup_name (self);
  g_autofree char *proposed = NULL;

  choose (self, _("Save As"), GTK_FILE_CHOOSER_ACTION_SAVE,
                   _("_Save"), G_CALLBACK (save_response_cb));
  proposed = g_str_has_suffix (name, ".py") ? g_strdup (name) : g_strconcat (name, ".py", NULL);
  if (self->file != NULL)
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), self->file, NULL);
  else
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), proposed);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
_hs_window_save (HsWindow *self,
                 gboolean  overwrite)
{
  if (self->file != NULL)
    save_to (self, self->file, overwrite);
  else
    save_as_action (GTK_WIDGET (self), "win.save-as", NULL);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HS_WINDOW (widget)->close_after_saving = FALSE;
  _hs_window_save (HS_WINDOW (widget), g_str_equal (action, "win.save-anyway"));
}

/* Opening */

static void
open_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  HsWindow        *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    open_file (self, file);
  g_clear_object (&self->chooser);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  choose (self, _("Open a File"), GTK_FILE_CHOOSER_ACTION_OPEN,
                   _("_Open"), G_CALLBACK (open_response_cb));
  if (self->file != NULL)
    {
      g_autoptr(GFile) folder = g_file_get_parent (self->file);

      if (folder != NULL)
        gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_recent_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  g_autoptr(GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_file (HS_WINDOW (widget), file);
}

/* Closing */

static void
close_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   HsWindow         *self)
{
  if (g_str_equal (response, "discard"))
    {
      close_soon (self);
    }
  else if (g_str_equal (response, "save"))
    {
      self->close_after_saving = TRUE;
      _hs_window_save (self, FALSE);
    }
}

void
_hs_window_ask_before_closing (HsWindow *self)
{
  g_autofree char *name = _hs_window_dup_name (self);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Save Changes?"), NULL);

  /* translators: %s is a file name */
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    _("“%s” has changes that were not saved. They are lost if you discard them."), name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "discard",
                                       _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_hs_window_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "s", open_recent_action);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.save-anyway", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, save_as_action);
}
