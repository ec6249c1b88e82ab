/* hs-window-actions.c - what the window's menus and shortcuts do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"
#include "hs-examples.h"
#include "hs-export-dialog.h"
#include "hs-help.h"
#include "hs-menu.h"
#include "hs-picture-content.h"
#include "hs-preferences.h"
#include "hs-troubleshooting.h"

/* Examples */

void
_hs_window_setup_examples (HsWindow *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) others = g_menu_new ();
  GMenu           *chapters[HS_N_CHAPTERS];
  guint            n_examples;
  const HsExample *examples = hs_examples_list (&n_examples);

  for (guint i = 0; i < HS_N_CHAPTERS; i++)
    chapters[i] = g_menu_new ();
  for (guint i = 0; i < n_examples; i++)
    {
      g_auto(GStrv) parts = g_strsplit (_(examples[i].title), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts); /* "_" would be a mnemonic */
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-example", "s", examples[i].name);
      g_menu_append_item (chapters[hs_example_get_chapter (&examples[i])], item);
    }
  /* All of them at once are higher than most screens. */
  g_menu_append_section (menu, hs_chapter_get_title (0), G_MENU_MODEL (chapters[0]));
  for (guint i = 1; i < HS_N_CHAPTERS; i++)
    g_menu_append_submenu (others, hs_chapter_get_title (i), G_MENU_MODEL (chapters[i]));
  g_menu_append (others, _("All Examples and Lessons"), "win.learn");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  for (guint i = 0; i < HS_N_CHAPTERS; i++)
    g_object_unref (chapters[i]);
  hs_menu_button_set_model (self->examples_button, G_MENU_MODEL (menu));
}

static void
open_example_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  HsWindow   *self = HS_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = hs_example_load (name, &error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    {
      _hs_window_show_notice (self, error->message, NULL, NULL);
      return;
    }

  _hs_window_leave_learn_page (self);
  /* Nobody's work is replaced. */
  if (!hs_window_is_untouched (self))
    {
      self = hs_window_new (HS_APPLICATION (g_application_get_default ()));
      gtk_window_present (GTK_WINDOW (self));
    }

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  _hs_window_forget_run (self);
  hs_editor_set_text (self->editor, text);
  _hs_window_set_file (self, NULL, NULL);
  g_free (self->display_name);
  self->display_name = g_strconcat (name, ".py", NULL);
  _hs_window_update_draft (self);
  _hs_window_update_title (self);
  _hs_window_open_lesson (self, name);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

/* Editing */

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsWindow    *self = HS_WINDOW (widget);
  HsViewPanel *panel = hs_views_get_panel (self->views);

  if (g_str_equal (action, "win.find") && hs_view_panel_has_focus (panel))
    hs_view_panel_find (panel);
  else
    hs_editor_find (self->editor, g_str_equal (action, "win.replace"));
}

static void
go_to_line_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  hs_editor_ask_for_line (HS_WINDOW (widget)->editor);
}

static void
find_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  HsWindow    *self = HS_WINDOW (widget);
  HsViewPanel *panel = hs_views_get_panel (self->views);
  gboolean     backwards = g_str_equal (action, "win.find-previous");

  if (hs_view_panel_has_focus (panel))
    gtk_widget_activate_action (GTK_WIDGET (panel),
                                backwards ? "view.find-previous" : "view.find-next", NULL);
  else
    hs_editor_find_next (self->editor, backwards);
}

static void
zoom_text_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  hs_editor_zoom (self->editor, g_str_equal (action, "win.text-larger")    ? 1
                                : g_str_equal (action, "win.text-smaller") ? -1
                                                                           : 0);
}

static void
focus_view_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  hs_view_panel_focus (hs_views_get_panel (HS_WINDOW (widget)->views));
}

/* @parameter: the position of the view, from 1; shortcuts of more than there are
 * do nothing.
 */
static void
show_view_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);
  gint32    position = g_variant_get_int32 (parameter);

  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    if (--position == 0)
      {
        hs_views_show (self->views, hs_view_get_name (*view));
        hs_view_panel_focus (hs_views_get_panel (self->views));
      }
}

static void
toggle_mark_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  hs_editor_toggle_mark (HS_WINDOW (widget)->editor);
}

static void
go_to_moment_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  hs_views_go_by_moments (HS_WINDOW (widget)->views, g_variant_get_int32 (parameter));
}

static void
dismiss_notice_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  _hs_window_hide_notice (HS_WINDOW (widget));
}

/* The picture */

static void
exported_cb (HsWindow       *self,
             char          **files,
             HsExportDialog *dialog)
{
  g_autoptr(GFile) first = g_file_new_for_path (files[0]);
  g_autofree char *text = NULL;
  guint            n_files = g_strv_length (files);

  if (n_files == 1)
    {
      g_autofree char *name = g_filename_display_basename (files[0]);

      /* translators: %s is a file name */
      text = g_strdup_printf (_("Exported “%s”"), name);
    }
  else
    {
      /* translators: a large picture was cut into several files; %u is their number */
      text =
        g_strdup_printf (g_dngettext (NULL, "The picture is large and was cut into %u file",
                                      "The picture is large and was cut into %u files", n_files),
                         n_files);
    }
  _hs_window_add_file_toast (self, text, first);
}

char *
_hs_window_dup_picture_name (HsWindow *self)
{
  char *name = _hs_window_dup_name (self);

  if (g_str_has_suffix (name, ".py"))
    name[strlen (name) - strlen (".py")] = '\0';

  return name;
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HsWindow        *self = HS_WINDOW (widget);
  HsScene         *scene = hs_views_get_scene (self->views);
  g_autofree char *name = _hs_window_dup_picture_name (self);
  g_autoptr(HsPictureInfo) info = NULL;
  HsExportDialog *dialog;

  info = _hs_window_dup_picture_info (self);
  if (scene == NULL || info == NULL)
    return;

  dialog =
    hs_export_dialog_new (GTK_WINDOW (self), _hs_window_get_settings (self), scene, info, name);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Nothing is drawn until another program asks for it. */
static void
copy_picture_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);
  HsScene  *scene = hs_views_get_scene (self->views);
  g_autoptr(HsPictureInfo) info = _hs_window_dup_picture_info (self);
  g_autoptr(GdkContentProvider) content = NULL;

  if (scene == NULL || info == NULL)
    return;

  content = hs_picture_content_new (scene, info);
  if (content == NULL)
    {
      const char *text = _("The picture is too large for the clipboard.");

      _hs_window_show_notice (self, text, _("_Export…"), "win.export");
      return;
    }

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  _hs_window_add_toast (self, _("Picture copied"));
}

/* The program */

static void
preferences_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (hs_preferences_new (GTK_WINDOW (self),
                                                      _hs_window_get_settings (self))));
}

/* Made only when it is asked for: it is the largest of all templates, and under
 * its customary name in the resources every new window would wait for it.
 */
static void
shortcuts_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  g_autoptr(GtkBuilder) builder =
               gtk_builder_new_from_resource (RESOURCE_PATH "/ui/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (overlay, GTK_WINDOW (widget));
  gtk_window_present (overlay);
}

/* @parameter: a page, or "" for that of what has the focus. Pages of views have their names. */
static void
help_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsWindow    *self = HS_WINDOW (widget);
  HsViewPanel *panel = hs_views_get_panel (self->views);
  const char  *page = g_variant_get_string (parameter, NULL);

  if (*page == '\0' && panel != NULL && hs_view_panel_has_focus (panel))
    page = hs_view_get_name (hs_view_panel_get_view (panel));

  hs_help_show (self, *page != '\0' ? page : NULL);
}

static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(AdwAboutWindow) about = hs_weak_ref_take (user_data);
  g_autofree char *text = hs_troubleshooting_collect_finish (result);

  if (about != NULL)
    adw_about_window_set_debug_info (about, text);
}

/* What is said of troubles comes when it is collected. */
void
_hs_window_show_about (GtkWindow *parent)
{
  /* clang-format off */
  GtkWidget *about = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                         "transient-for", parent,
                         "modal", TRUE,
                         "application-name", _("Heapscape"),
                         "application-icon", APP_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Heapscape authors"),
                         "comments", _("Shows where Python’s bytes live"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "copyright", "© 2026 The Heapscape authors",
                         /* translators: your name, one a line, with an address if you like */
                         "translator-credits", _("translator-credits"),
                         "debug-info-filename", HS_TROUBLESHOOTING_FILE,
                         NULL);
  /* clang-format on */

  hs_troubleshooting_collect_async (parent, collected_cb, hs_weak_ref_new (about));
  gtk_window_present (GTK_WINDOW (about));
}

static void
about_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  _hs_window_show_about (GTK_WINDOW (widget));
}

void
_hs_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-example", "s", open_example_action);
  gtk_widget_class_install_action (widget_class, "win.go-to-line", NULL, go_to_line_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.replace", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.find-next", NULL, find_again_action);
  gtk_widget_class_install_action (widget_class, "win.find-previous", NULL, find_again_action);
  gtk_widget_class_install_action (widget_class, "win.text-larger", NULL, zoom_text_action);
  gtk_widget_class_install_action (widget_class, "win.text-smaller", NULL, zoom_text_action);
  gtk_widget_class_install_action (widget_class, "win.text-normal", NULL, zoom_text_action);
  gtk_widget_class_install_action (widget_class, "win.focus-view", NULL, focus_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-view", "i", show_view_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-mark", NULL, toggle_mark_action);
  gtk_widget_class_install_action (widget_class, "win.go-by-moments", "i", go_to_moment_action);
  gtk_widget_class_install_action (widget_class, "win.dismiss-notice", NULL, dismiss_notice_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.copy-picture", NULL, copy_picture_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.help", "s", help_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
}
