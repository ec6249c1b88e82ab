/* hs-window-print.c - printing what is in the window
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-picture-pages.h"
#include "hs-print.h"

/* ---- What was chosen the last time ---- */

/* Groups of the file, by HsPrintKind: a picture lies on its paper as its shape asks for. */
static const struct
{
  const char *settings;
  const char *page_setup;
} groups[] = {
  [HS_PRINT_CODE] = { "Code", "Paper of Code" },
  [HS_PRINT_PICTURE] = { "Picture", "Paper of Picture" },
};

static char *
dup_memory_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "heapscape", "print.ini", NULL);
}

/* What is not there, or not as GTK wrote it, is as GTK has it. */
static void
recall (GtkPrintOperation *operation,
        HsPrintKind        kind)
{
  g_autofree char *path = dup_memory_path ();
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GtkPrintSettings) settings = NULL;
  g_autoptr(GtkPageSetup) page_setup = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    {
      settings = gtk_print_settings_new_from_key_file (file, groups[kind].settings, NULL);
      page_setup = gtk_page_setup_new_from_key_file (file, groups[kind].page_setup, NULL);
    }
  if (settings == NULL)
    settings = gtk_print_settings_new ();
  if (page_setup == NULL)
    page_setup = gtk_page_setup_new ();

  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_default_page_setup (operation, page_setup);
}

static void
remember (GtkPrintOperation *operation,
          HsPrintKind        kind)
{
  g_autofree char  *path = dup_memory_path ();
  g_autofree char  *folder = g_path_get_dirname (path);
  GtkPrintSettings *settings = gtk_print_operation_get_print_settings (operation);
  GtkPageSetup     *page_setup = gtk_print_operation_get_default_page_setup (operation);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  if (settings != NULL)
    {
      g_autoptr(GtkPrintSettings) kept = gtk_print_settings_copy (settings);

      /* Of this one time. */
      gtk_print_settings_unset (kept, GTK_PRINT_SETTINGS_OUTPUT_BASENAME);
      gtk_print_settings_unset (kept, GTK_PRINT_SETTINGS_PRINT_PAGES);
      gtk_print_settings_unset (kept, GTK_PRINT_SETTINGS_PAGE_RANGES);
      gtk_print_settings_unset (kept, GTK_PRINT_SETTINGS_N_COPIES);
      gtk_print_settings_unset (kept, GTK_PRINT_SETTINGS_OUTPUT_URI);
      gtk_print_settings_to_key_file (kept, file, groups[kind].settings);
    }
  if (page_setup != NULL)
    gtk_page_setup_to_key_file (page_setup, file, groups[kind].page_setup);
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_message ("How it was printed is not remembered: %s",
               error != NULL ? error->message : g_strerror (errno));
}

/* ---- Printing ---- */

static void
say_printed (HsWindow         *self,
             GtkPrintSettings *settings)
{
  const char *uri =
    settings != NULL ? gtk_print_settings_get (settings, GTK_PRINT_SETTINGS_OUTPUT_URI) : NULL;
  g_autoptr(GFile) file = uri != NULL ? g_file_new_for_uri (uri) : NULL;
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;
  g_autofree char *text = NULL;

  if (name == NULL)
    text = g_strdup (_("Sent to the printer"));
  else
    /* translators: %s is a file name */
    text = g_strdup_printf (_("Printed into the file “%s”"), name);
  _hs_window_add_toast (self, text);
}

static void
done_cb (GtkPrintOperation      *operation,
         GtkPrintOperationResult result,
         HsWindow               *self)
{
  HsPrintKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (operation), "kind"));
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      remember (operation, kind);
      say_printed (self, gtk_print_operation_get_print_settings (operation));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      /* translators: %s is the reason, of the system */
      text = g_strdup_printf (_("Printing failed: %s"),
                                 error != NULL ? error->message : _("the reason is not known"));
      _hs_window_show_notice (self, text, NULL, NULL);
    }
}

static GtkPrintOperation *
create_operation (HsWindow   *self,
                  HsPrintKind kind)
{
  g_autofree char   *name = _hs_window_dup_name (self);
  HsScene           *scene = hs_views_get_scene (self->views);
  GtkPrintOperation *operation;

  if (kind == HS_PRINT_CODE)
    {
      g_autofree char *text = hs_editor_dup_text (self->editor);

      if (*text == '\0')
        {
          _hs_window_add_toast (self, _("There is no code to print"));
          return NULL;
        }
      operation = hs_print_code_new (text, name);
      recall (operation, kind);
    }
  else
    {
      g_autoptr(HsPictureInfo) info = _hs_window_dup_picture_info (self);

      if (scene == NULL || info == NULL)
        return NULL;
      operation = hs_print_picture_new (scene, info, name);
      recall (operation, kind);
      gtk_page_setup_set_orientation (gtk_print_operation_get_default_page_setup (operation),
                                      hs_picture_pages_is_wide (scene, info)
                                        ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                        : GTK_PAGE_ORIENTATION_PORTRAIT);
    }

  return operation;
}

void
_hs_window_print (HsWindow               *self,
                  HsPrintKind             kind,
                  GtkPrintOperationAction action,
                  const char             *path)
{
  g_autoptr(GtkPrintOperation) operation = create_operation (self, kind);
  g_autofree char  *name = _hs_window_dup_picture_name (self);
  GtkPrintSettings *settings;

  if (operation == NULL)
    return;

  settings = gtk_print_operation_get_print_settings (operation);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data (G_OBJECT (operation), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self, G_CONNECT_DEFAULT);
  /* What goes wrong comes with ::done as well. */
  gtk_print_operation_run (operation, action, GTK_WINDOW (self), NULL);
}

static void
print_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  _hs_window_print (HS_WINDOW (widget),
                    g_str_equal (action, "win.print-picture") ? HS_PRINT_PICTURE : HS_PRINT_CODE,
                    GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
}

void
_hs_window_install_print_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print-code", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "win.print-picture", NULL, print_action);
}
