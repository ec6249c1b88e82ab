/* test-parts.c - every type of the window can be built, read, and let go
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "hs-console-decoder.h"
#include "hs-find-bar.h"
#include "hs-indenter.h"
#include "hs-permission-popover.h"
#include "hs-preferences.h"
#include "hs-scene-view.h"
#include "hs-views.h"
#include "hs-visible-name.h"

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

/* Nothing that a program writes is hidden, or shown as something else. */
static void
test_decoder (void)
{
  static const struct
  {
    const char *written;
    gsize       size;
    const char *shown;
  } cases[] = {
    { "plain\ttab\n", 10, "plain\ttab\n" },
    { "a\0b", 3, "a\342\220\200b" },
    { "\033[31m", 5, "\342\220\233[31m" },
    { "\177", 1, "\342\220\241" },
    { "\377\376", 2, "\357\277\275\357\277\275" },
    { "\302\205", 2, "\357\277\275" },
    { "a\342\200\256b", 5, "a\\u202eb" },
    { "\342\201\246", 3, "\\u2066" },
    { "one\r\ntwo\rthree", 14, "one\ntwo\nthree" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    /* Whole, and byte by byte. */
    for (gsize step = 1; step <= cases[i].size; step += cases[i].size - 1 + (cases[i].size == 1))
      {
        g_autoptr(GString) text = g_string_new (NULL);
        HsConsoleDecoder decoder = { 0 };

        for (gsize at = 0; at < cases[i].size; at += step)
          hs_console_decoder_push (&decoder, HS_STREAM_STDOUT,
                                   (const guchar *)cases[i].written + at,
                                   MIN (step, cases[i].size - at), text);
        hs_console_decoder_finish (&decoder, HS_STREAM_STDOUT, text);
        g_assert_cmpstr (text->str, ==, cases[i].shown);
      }
}

static void
test_visible_name (void)
{
  g_autofree char *plain = hs_visible_name ("/home/\345\274\240 \342\200\234x\342\200\235");
  g_autofree char *turned = hs_visible_basename ("/a\nb/c\342\200\256d\n");

  g_assert_cmpstr (plain, ==, "/home/\345\274\240 \342\200\234x\342\200\235");
  g_assert_cmpstr (turned, ==, "c\\u202ed\\u000a");
}

/* The nearest folder that is there, without links; never what belongs to the system. */
static void
test_folder_to_allow (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hs-folder-XXXXXX", NULL);
  g_autofree char *real = g_canonicalize_filename (folder, NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *in_link = g_build_filename (link, "new", "file", NULL);
  g_autofree char *found = NULL;

  g_assert_cmpint (symlink (".", link), ==, 0);
  found = hs_permission_popover_dup_folder (in_link);
  g_assert_cmpstr (found, ==, real);
  g_assert_null (hs_permission_popover_dup_folder ("/file"));
  g_assert_null (hs_permission_popover_dup_folder ("/proc/self/mem"));
  g_assert_null (hs_permission_popover_dup_folder ("/dev/shm/x"));
  g_assert_null (hs_permission_popover_dup_folder ("relative/file"));

  g_unlink (link);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  GType parts[8];

  hs_gui_test_init (&argc, &argv);
  parts[0] = HS_TYPE_CONSOLE;
  parts[1] = HS_TYPE_EDITOR;
  parts[2] = HS_TYPE_FIND_BAR;
  parts[3] = HS_TYPE_VIEW_PANEL;
  parts[4] = HS_TYPE_SCENE_VIEW;
  parts[5] = HS_TYPE_INDENTER;
  parts[6] = HS_TYPE_VIEWS;
  parts[7] = HS_TYPE_PERMISSION_POPOVER;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat ("/parts/", g_type_name (parts[i]), NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (parts[i]), test_part);
    }
  g_test_add_func ("/parts/HsWindow", test_window);
  g_test_add_func ("/parts/HsPreferences", test_preferences_let_go);
  g_test_add_func ("/parts/decoder", test_decoder);
  g_test_add_func ("/parts/visible-name", test_visible_name);
  g_test_add_func ("/parts/folder-to-allow", test_folder_to_allow);

  return hs_gui_test_finish ();
}
