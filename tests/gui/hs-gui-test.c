/* hs-gui-test.c - what the tests of the window share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>

static HsApplication *application;
static char          *folder;

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
hs_gui_test_init (int   *argc,
                  char **argv[])
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;

  /* Recent files and settings of the person who runs the tests stay as they are. */
  folder = g_dir_make_tmp ("heapscape-gui-XXXXXX", &error);
  g_assert_no_error (error);
  data = g_build_filename (folder, "data", NULL);
  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", data, TRUE);
  g_setenv ("XDG_STATE_HOME", data, TRUE);

  gtk_test_init (argc, argv, NULL);

  application = hs_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
}

HsApplication *
hs_gui_test_get_application (void)
{
  return application;
}

const char *
hs_gui_test_get_folder (void)
{
  return folder;
}

int
hs_gui_test_finish (void)
{
  int result = g_test_run ();

  remove_tree (folder);
  g_free (folder);

  return result;
}

HsWindow *
hs_gui_test_open_window (const char *code)
{
  HsWindow *window = hs_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  if (code != NULL)
    hs_editor_set_text (window->editor, code);

  return window;
}

void
hs_gui_test_close_window (HsWindow *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_destroy (GTK_WINDOW (window));
  hs_gui_test_wait (alive == NULL);
}

void
hs_gui_test_activate (gpointer    widget,
                      const char *action)
{
  g_test_message ("%s", action);
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

void
hs_gui_test_run (HsWindow *window)
{
  /* A new window asks the kernel first what protects from code. */
  hs_gui_test_wait (window->is_protection_known);
  hs_gui_test_activate (window, "win.run");
  hs_gui_test_wait (!hs_window_is_running (window));
}

gpointer
hs_gui_test_find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type) && gtk_widget_get_mapped (toplevel))
        return toplevel;
    }

  return NULL;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_child_visible (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
hs_gui_test_click (gpointer    widget,
                   const char *label)
{
  GtkWidget *button = find_button (widget, label);

  g_test_message ("click: %s", label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

gpointer
hs_gui_test_find_child (gpointer    widget,
                        GType       type,
                        const char *buildable_id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found;

      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) &&
          (buildable_id == NULL ||
           g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (child)), buildable_id) == 0))
        return child;

      found = hs_gui_test_find_child (child, type, buildable_id);
      if (found != NULL)
        return found;
    }

  return NULL;
}

gpointer
hs_gui_test_find_controller (gpointer widget,
                             GType    type)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }

  return NULL;
}

GtkTextBuffer *
hs_gui_test_get_buffer (HsWindow *window)
{
  GtkTextView *view = hs_gui_test_find_child (window->editor, GTK_SOURCE_TYPE_VIEW, "view");

  g_assert_nonnull (view);

  return gtk_text_view_get_buffer (view);
}

GFile *
hs_gui_test_write_file (const char *name,
                        const void *content,
                        gsize       size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, content, (gssize)size, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

gboolean
hs_gui_test_has_children (void)
{
  g_autofree char *children = NULL;
  g_autoptr(GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  /* Any thread may have started one. */
  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *of_task = g_build_filename ("/proc/self/task", task, "children", NULL);

      g_clear_pointer (&children, g_free);
      if (g_file_get_contents (of_task, &children, NULL, NULL) && *children != '\0')
        return TRUE;
    }

  return FALSE;
}
