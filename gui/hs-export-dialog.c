/* hs-export-dialog.c - asks how and where, then exports the picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"

/* Where the last export of this process went, kept on the settings object. */
#define FOLDER_DATA "heapscape-export-folder"

/* In the order of HsExportFormat, of the rows, and of the enum in the schema. */
static const struct
{
  const char *ending;
  const char *mime_type;
} formats[] = {
  { "png", "image/png" },
  { "svg", "image/svg+xml" },
  { "pdf", "application/pdf" },
  { "txt", "text/plain" },
};

static const guint scales[] = { 1, 2, 4 };

/* In the order of the rows and of the enum in the schema. */
static const HsThemeKind themes[] = { HS_THEME_LIGHT, HS_THEME_DARK, HS_THEME_HIGH_CONTRAST };

struct _HsExportDialog
{
  AdwWindow parent_instance;

  GSettings            *settings;  /* owned */
  HsScene              *scene;     /* owned */
  HsPictureInfo        *info;      /* owned */
  char                 *name;      /* owned; without an ending */
  GtkFileChooserNative *chooser;   /* owned while it is open */
  GCancellable         *exporting; /* owned; while a file is written */

  /* Template widgets */
  GtkWidget   *export_button;
  GtkWidget   *cancel_button;
  GtkSpinner  *spinner;
  AdwComboRow *format_row;
  AdwComboRow *scale_row;
  AdwComboRow *theme_row;
};

enum
{
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HsExportDialog, hs_export_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  HsScene        *scene; /* owned */
  HsPictureInfo  *info;  /* owned */
  HsExportOptions options;
  char           *path; /* owned */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  hs_scene_unref (self->scene);
  hs_picture_info_free (self->info);
  g_free (self->path);
  g_free (self);
}

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Export *export = task_data;
  char  **files = NULL;
  GError *error = NULL;

  if (hs_export_scene (export->scene, export->info, &export->options, export->path, &files,
                       cancellable, &error))
    g_task_return_pointer (task, files, (GDestroyNotify)g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
set_exporting (HsExportDialog *self,
               gboolean        is_exporting)
{
  gtk_spinner_set_spinning (self->spinner, is_exporting);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose", !is_exporting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->format_row), !is_exporting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale_row), !is_exporting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->theme_row), !is_exporting);
}

static void
show_error (HsExportDialog *self,
            const char     *reason)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("The picture could not be exported"), reason);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HsExportDialog) self = hs_weak_ref_take (user_data);
  g_auto(GStrv) files = NULL;
  g_autoptr(GError) error = NULL;

  files = g_task_propagate_pointer (G_TASK (result), &error);

  /* The dialog is gone or being closed. */
  if (self == NULL || self->exporting == NULL || g_cancellable_is_cancelled (self->exporting))
    return;

  g_clear_object (&self->exporting);
  set_exporting (self, FALSE);
  if (files == NULL)
    {
      show_error (self, error->message);
      return;
    }

  g_signal_emit (self, signals[EXPORTED], 0, files);
  gtk_window_close (GTK_WINDOW (self));
}

static HsExportFormat
get_format (HsExportDialog *self)
{
  return (HsExportFormat)MIN (adw_combo_row_get_selected (self->format_row),
                              G_N_ELEMENTS (formats) - 1);
}

static void
start_export (HsExportDialog *self,
              const char     *path)
{
  guint scale = MIN (adw_combo_row_get_selected (self->scale_row), G_N_ELEMENTS (scales) - 1);
  guint theme = MIN (adw_combo_row_get_selected (self->theme_row), G_N_ELEMENTS (themes) - 1);
  Export *export = g_new0 (Export, 1);
  g_autoptr(GTask) task = NULL;

  export->scene = hs_scene_ref (self->scene);
  export->info = hs_picture_info_copy (self->info);
  export->options.format = get_format (self);
  export->options.scale = scales[scale];
  export->options.theme = themes[theme];
  export->path = g_strdup (path);
  /* An ending that was typed is meant. */
  hs_export_format_from_path (path, &export->options.format);

  g_settings_set_enum (self->settings, "export-format", (int)get_format (self));
  g_settings_set_uint (self->settings, "export-scale", scales[scale]);
  g_settings_set_enum (self->settings, "export-theme", (int)theme);

  self->exporting = g_cancellable_new ();
  set_exporting (self, TRUE);
  task = g_task_new (NULL, self->exporting, export_cb, hs_weak_ref_new (self));
  g_task_set_source_tag (task, start_export);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_thread);
}

static void
replace_response_cb (HsExportDialog *self,
                     const char     *response,
                     GtkWidget      *dialog)
{
  if (g_str_equal (response, "replace"))
    start_export (self, g_object_get_data (G_OBJECT (dialog), "path"));
}

/* The file chooser asks only about the name as it was typed. */
static void
ask_before_replacing (HsExportDialog *self,
                      const char     *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);

  /* translators: %s is the name of a file */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Replace “%s”?"), name);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("A file of this name exists. Its content will be lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (replace_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
file_chosen (HsExportDialog *self,
             GFile          *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr(GFile) folder = g_file_get_parent (file);
  HsExportFormat format;

  if (path == NULL)
    {
      show_error (self, _("Pictures can be exported only to folders of this computer"));
      return;
    }
  if (folder != NULL)
    g_object_set_data_full (G_OBJECT (self->settings), FOLDER_DATA, g_steal_pointer (&folder),
                            g_object_unref);

  if (!hs_export_format_from_path (path, &format))
    {
      g_autofree char *completed = g_strconcat (path, ".", formats[get_format (self)].ending, NULL);

      if (g_file_test (completed, G_FILE_TEST_EXISTS))
        ask_before_replacing (self, completed);
      else
        start_export (self, completed);
      return;
    }

  start_export (self, path);
}

static void
chooser_response_cb (HsExportDialog *self,
                     int             response)
{
  g_autoptr(GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr(GFile) file = NULL;

  if (chooser == NULL || response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    file_chosen (self, file);
}

/* (transfer full) (nullable) */
static GFile *
dup_folder (HsExportDialog *self)
{
  GFile      *last = g_object_get_data (G_OBJECT (self->settings), FOLDER_DATA);
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);

  if (last != NULL)
    return g_object_ref (last);

  return pictures != NULL ? g_file_new_for_path (pictures) : NULL;
}

static void
choose_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsExportDialog  *self = HS_EXPORT_DIALOG (widget);
  HsExportFormat   format = get_format (self);
  g_autofree char *name = g_strconcat (self->name, ".", formats[format].ending, NULL);
  g_autofree char *suffix = g_ascii_strup (formats[format].ending, -1);
  g_autoptr(GFile) folder = dup_folder (self);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL || self->exporting != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Export Picture"), GTK_WINDOW (self),
                                                  GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_file_filter_set_name (filter, suffix);
  gtk_file_filter_add_suffix (filter, formats[format].ending);
  gtk_file_filter_add_mime_type (filter, formats[format].mime_type);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
notify_format_cb (HsExportDialog *self)
{
  HsExportFormat format = get_format (self);

  gtk_widget_set_visible (GTK_WIDGET (self->scale_row), format == HS_EXPORT_PNG);
  gtk_widget_set_visible (GTK_WIDGET (self->theme_row), format != HS_EXPORT_TEXT);
}

static void
load_settings (HsExportDialog *self)
{
  guint scale = g_settings_get_uint (self->settings, "export-scale");

  adw_combo_row_set_selected (self->format_row,
                              (guint)g_settings_get_enum (self->settings, "export-format"));
  adw_combo_row_set_selected (self->theme_row,
                              (guint)g_settings_get_enum (self->settings, "export-theme"));
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (scales[i] == scale)
      adw_combo_row_set_selected (self->scale_row, i);
  notify_format_cb (self);
}

HsExportDialog *
hs_export_dialog_new (GtkWindow           *parent,
                      GSettings           *settings,
                      HsScene             *scene,
                      const HsPictureInfo *info,
                      const char          *name)
{
  HsExportDialog *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (scene != NULL && info != NULL && name != NULL, NULL);

  self = g_object_new (HS_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->settings = g_object_ref (settings);
  self->scene = hs_scene_ref (scene);
  self->info = hs_picture_info_copy (info);
  self->name = g_strdup (name);
  load_settings (self);
  /* The first in the header bar would be Cancel. */
  gtk_widget_grab_focus (self->export_button);

  return self;
}

static void
hs_export_dialog_dispose (GObject *object)
{
  HsExportDialog *self = HS_EXPORT_DIALOG (object);

  if (self->exporting != NULL)
    g_cancellable_cancel (self->exporting);
  g_clear_object (&self->exporting);
  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->scene, hs_scene_unref);
  g_clear_pointer (&self->info, hs_picture_info_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (hs_export_dialog_parent_class)->dispose (object);
}

static void
hs_export_dialog_class_init (HsExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_export_dialog_dispose;

  signals[EXPORTED] =
    g_signal_new ("exported", HS_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRV | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/hs-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, HsExportDialog, theme_row);
  gtk_widget_class_bind_template_callback (widget_class, notify_format_cb);
}

static void
hs_export_dialog_init (HsExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hs_accessible_use_label_only (self->cancel_button);
  hs_accessible_use_label_only (self->export_button);
}
