/* test-parts.c - every type of the window can be built, read, and let go
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include "hs-find-bar.h"
#include "hs-indenter.h"
#include "hs-preferences.h"
#include "hs-scene-view.h"
#include "hs-views.h"

/* Under G_DEBUG=fatal-warnings a getter that sets the wrong kind of value, or
 * a property missing from a switch, aborts.
 */
static void
read_and_write_properties (GObject *object,
                           GType    type)
{
  guint                   n_pspecs;
  g_autofree GParamSpec **pspecs = NULL;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      if (pspecs[i]->owner_type != type || !(pspecs[i]->flags & G_PARAM_READABLE))
        continue;

      g_test_message ("%s:%s", g_type_name (type), pspecs[i]->name);
      g_value_init (&value, pspecs[i]->value_type);
      g_object_get_property (object, pspecs[i]->name, &value);
      g_assert_false (g_param_value_validate (pspecs[i], &value));

      if ((pspecs[i]->flags & G_PARAM_WRITABLE) && !(pspecs[i]->flags & G_PARAM_CONSTRUCT_ONLY))
        g_object_set_property (object, pspecs[i]->name, &value);
    }
}

/* Builds the template, if there is one, and finds that nothing keeps the
 * widget once it is dropped.
 */
static void
test_part (gconstpointer user_data)
{
  GType    type = GPOINTER_TO_SIZE (user_data);
  GObject *object = g_object_new (type, NULL);

  if (g_object_is_floating (object))
    g_object_ref_sink (object);
  read_and_write_properties (object, type);
  g_assert_finalize_object (object);
}

static void
test_window (void)
{
  HsWindow *window = hs_gui_test_open_window (NULL);

  read_and_write_properties (G_OBJECT (window), HS_TYPE_WINDOW);
  g_assert_true (hs_window_is_untouched (window));
  g_assert_null (hs_window_get_file (window));
  hs_gui_test_close_window (window);
}

static void
test_preferences_let_go (void)
{
  HsWindow *window = hs_gui_test_open_window (NULL);
  gpointer  preferences;

  hs_gui_test_activate (window, "win.preferences");
  preferences = hs_gui_test_find_toplevel (HS_TYPE_PREFERENCES);
  g_assert_nonnull (preferences);
  g_object_add_weak_pointer (preferences, &preferences);
  gtk_window_close (preferences);
  hs_gui_test_wait (preferences == NULL);
  hs_gui_test_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  GType parts[7];

  hs_gui_test_init (&argc, &argv);
  parts[0] = HS_TYPE_CONSOLE;
  parts[1] = HS_TYPE_EDITOR;
  parts[2] = HS_TYPE_FIND_BAR;
  parts[3] = HS_TYPE_VIEW_PANEL;
  parts[4] = HS_TYPE_SCENE_VIEW;
  parts[5] = HS_TYPE_INDENTER;
  parts[6] = HS_TYPE_VIEWS;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat ("/parts/", g_type_name (parts[i]), NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (parts[i]), test_part);
    }
  g_test_add_func ("/parts/HsWindow", test_window);
  g_test_add_func ("/parts/HsPreferences", test_preferences_let_go);

  return hs_gui_test_finish ();
}
