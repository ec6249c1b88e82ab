/* test-run.c - from code in the editor to output, marks and picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <string.h>

#include "hs-examples.h"
#include "hs-export-dialog.h"

/* The status sentence under the editor. */
static const char *
get_status (HsWindow *window)
{
  return gtk_label_get_label (hs_gui_test_find_child (window->console, GTK_TYPE_LABEL,
                                                      "status_label"));
}

/* Output comes in batches a moment later. */
static gboolean
shows (HsWindow   *window,
       const char *text)
{
  g_autofree char *shown = hs_console_dup_text (window->console);

  return strstr (shown, text) != NULL;
}

static gboolean
graph_has (HsWindow   *window,
           const char *text)
{
  HsScene *scene = hs_views_get_scene (window->views);

  return scene != NULL && hs_scene_search (scene, text, HS_NO_ITEM, FALSE) != HS_NO_ITEM;
}

static void
test_graph (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "words = ['first', 'second']\n"
    "again = words\n"
    "print('done')\n");

  hs_gui_test_run (window);
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_OK);
  hs_gui_test_wait (shows (window, "done\n"));
  hs_gui_test_wait (graph_has (window, "second"));

  /* A newer run takes the place of the older. */
  hs_editor_set_text (window->editor, "number = 123456\n");
  hs_gui_test_run (window);
  hs_gui_test_wait (graph_has (window, "123456"));
  g_assert_false (graph_has (window, "second"));
  g_assert_false (shows (window, "done"));
  hs_gui_test_close_window (window);
}

static void
test_stop (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "kept = ['partial']\n"
    "print('begun', flush=True)\n"
    "while True:\n"
    "    pass\n");

  hs_gui_test_activate (window, "win.run");
  hs_gui_test_wait (shows (window, "begun"));
  g_assert_true (hs_window_is_running (window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->run_stack), ==, "stop");

  hs_gui_test_activate (window, "win.stop");
  hs_gui_test_wait (!hs_window_is_running (window));
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_CANCELLED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->run_stack), ==, "run");
  hs_gui_test_wait (graph_has (window, "partial"));
  hs_gui_test_wait (!hs_gui_test_has_children ());
  hs_gui_test_close_window (window);
}

static void
test_close_while_running (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "print('begun', flush=True)\n"
    "while True:\n"
    "    pass\n");

  hs_gui_test_activate (window, "win.run");
  hs_gui_test_wait (shows (window, "begun"));
  g_assert_true (hs_gui_test_has_children ());
  hs_gui_test_close_window (window);
  hs_gui_test_wait (!hs_gui_test_has_children ());
}

static void
test_exception (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "def divide(a, b):\n"
    "    return a / b\n"
    "\n"
    "\n"
    "divide(1, 0)\n");
  GtkTextBuffer   *buffer = hs_gui_test_get_buffer (window);
  g_autofree char *message = NULL;
  GtkTextIter      iter;

  hs_gui_test_run (window);
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_EXCEPTION);
  message = hs_run_dup_message (window->run);
  g_assert_cmpstr (get_status (window), ==, message);
  g_assert_cmpuint (hs_editor_get_error_line (window->editor), ==, hs_run_get_line (window->run));
  hs_gui_test_wait (shows (window, "Traceback (most recent call last)"));

  /* The button of the status goes there, and so does its action. */
  gtk_text_buffer_get_start_iter (buffer, &iter);
  gtk_text_buffer_place_cursor (buffer, &iter);
  hs_gui_test_activate (window->console, "console.go-to-line");
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&iter) + 1, ==, (int)hs_run_get_line (window->run));

  /* What was marked is no longer there once the text changes. */
  gtk_text_buffer_insert_at_cursor (buffer, "x", 1);
  g_assert_cmpuint (hs_editor_get_error_line (window->editor), ==, 0);
  hs_gui_test_close_window (window);
}

static void
store_line_cb (HsConsole *console,
               guint      line,
               guint     *stored)
{
  *stored = line;
}

/* The output has a link for each line of the file's own tracebacks: Enter on
 * it does what a click does.
 */
static void
test_traceback_link (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "def inner():\n"
    "    raise ValueError('here')\n"
    "\n"
    "inner()\n");
  GtkTextView        *view = hs_gui_test_find_child (window->console, GTK_TYPE_TEXT_VIEW, "view");
  GtkTextBuffer      *buffer = gtk_text_view_get_buffer (view);
  GtkEventController *keys = hs_gui_test_find_controller (view, GTK_TYPE_EVENT_CONTROLLER_KEY);
  GtkTextIter         start;
  gboolean            is_handled = FALSE;
  guint               line = 0;

  g_signal_connect (window->console, "line-activated", G_CALLBACK (store_line_cb), &line);
  hs_gui_test_run (window);
  hs_gui_test_wait (shows (window, "line 2, in inner"));

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, "line 2, in inner", 0, &start, NULL, NULL));
  gtk_text_iter_forward_chars (&start, 2);
  gtk_text_buffer_place_cursor (buffer, &start);

  g_assert_nonnull (keys);
  g_signal_emit_by_name (keys, "key-pressed", (guint)GDK_KEY_Return, (guint)0, (GdkModifierType)0,
                         &is_handled);
  g_assert_true (is_handled);
  g_assert_cmpuint (line, ==, 2);
  hs_gui_test_close_window (window);
}

static void
test_syntax_error (void)
{
  HsWindow *window = hs_gui_test_open_window ("good = 1\nbad = (1,\n");

  hs_gui_test_run (window);
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_SYNTAX_ERROR);
  g_assert_cmpuint (hs_editor_get_error_line (window->editor), ==, 2);
  hs_gui_test_close_window (window);
}

static void
test_input (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "print('Hello,', input('Who? '))\n"
    "import sys\n"
    "print(repr(sys.stdin.read()))\n");
  GtkEditable *entry = hs_gui_test_find_child (window->console, GTK_TYPE_ENTRY, "input_entry");

  hs_gui_test_activate (window, "win.run");
  hs_gui_test_wait (shows (window, "Who? "));
  gtk_editable_set_text (entry, "Ada");
  g_signal_emit_by_name (entry, "activate");
  hs_gui_test_wait (shows (window, "Hello, Ada"));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");

  /* What was begun goes along with the end of the input. */
  gtk_editable_set_text (entry, "rest");
  hs_gui_test_activate (window->console, "console.end-of-input");
  hs_gui_test_wait (!hs_window_is_running (window));
  hs_gui_test_wait (shows (window, "'rest\\n'"));
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_OK);
  hs_gui_test_close_window (window);
}

/* Whether all of the output is in the view and measured, and its end in sight. */
static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  double upper = gtk_adjustment_get_upper (adjustment);

  return upper > 10000. &&
         gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >= upper;
}

static void
test_flood (void)
{
  HsWindow *window = hs_gui_test_open_window (
    "for i in range(200_000):\n"
    "    print('line', i, 'x' * 80)\n"
    "print('the', 'end')\n");
  GtkScrolledWindow *scroller = hs_gui_test_find_child (window->console, GTK_TYPE_SCROLLED_WINDOW,
                                                        "scroller");
  g_autofree char   *shown = NULL;

  hs_gui_test_run (window);
  g_assert_cmpuint (hs_run_get_output_truncated (window->run), >, 0);
  /* The window keeps the end of what it got, and not all of it. */
  shown = hs_console_dup_text (window->console);
  g_assert_cmpuint (strlen (shown), <, HS_DEFAULT_OUTPUT_LIMIT);
  hs_gui_test_wait (is_at_end (gtk_scrolled_window_get_vadjustment (scroller)));
  hs_gui_test_close_window (window);
}

static void
test_limits (void)
{
  GSettings     *settings = hs_application_get_settings (hs_gui_test_get_application ());
  HsWindow      *window = hs_gui_test_open_window ("while True:\n    pass\n");
  GtkSpinButton *spin;
  gpointer       preferences;

  hs_gui_test_activate (window, "win.preferences");
  preferences = hs_gui_test_find_toplevel (ADW_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (preferences);
  spin = hs_gui_test_find_child (preferences, GTK_TYPE_SPIN_BUTTON, "time_spin");
  gtk_spin_button_set_value (spin, 1);
  g_assert_cmpuint (g_settings_get_uint (settings, "time-limit"), ==, 1);
  spin = hs_gui_test_find_child (preferences, GTK_TYPE_SPIN_BUTTON, "memory_spin");
  gtk_spin_button_set_value (spin, 512);
  g_assert_cmpuint (g_settings_get_uint (settings, "memory-limit"), ==, 512);
  gtk_window_close (preferences);

  hs_gui_test_run (window);
  g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_TIMEOUT);
  g_assert_cmpuint (hs_run_spec_get_timeout (hs_run_get_spec (window->run)), ==, 1000);
  g_assert_cmpuint (hs_run_spec_get_memory_limit (hs_run_get_spec (window->run)), ==,
                    G_GUINT64_CONSTANT (512) << 20);

  g_settings_reset (settings, "time-limit");
  g_settings_reset (settings, "memory-limit");
  hs_gui_test_close_window (window);
}

static void
test_examples (void)
{
  guint            n_examples;
  const HsExample *examples = hs_examples_list (&n_examples);

  for (guint i = 0; i < n_examples; i++)
    {
      HsWindow *window = hs_gui_test_open_window (NULL);
      g_autoptr(GBytes) source = hs_example_load (examples[i].name, NULL);
      g_autofree char *text = NULL;

      g_test_message ("%s", examples[i].name);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.open-example", "s",
                                                 examples[i].name));
      text = hs_editor_dup_text (window->editor);
      g_assert_cmpmem (text, strlen (text), g_bytes_get_data (source, NULL),
                       g_bytes_get_size (source));
      g_assert_false (hs_editor_get_modified (window->editor));

      hs_gui_test_run (window);
      g_assert_cmpint (hs_run_get_status (window->run), ==, HS_STATUS_OK);
      hs_gui_test_wait (hs_views_get_scene (window->views) != NULL);
      hs_gui_test_close_window (window);
    }
}

static gboolean
chooser_has (GtkFileChooser *chooser,
             const char     *path)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *chosen = file != NULL ? g_file_get_path (file) : NULL;

  return g_strcmp0 (chosen, path) == 0;
}

static void
test_export (void)
{
  HsWindow        *window = hs_gui_test_open_window ("pair = ['a', 'b']\n");
  g_autofree char *path = g_build_filename (hs_gui_test_get_folder (), "picture.png", NULL);
  g_autofree char *content = NULL;
  gpointer         dialog;
  gpointer         chooser;
  gsize            size;

  hs_gui_test_run (window);
  hs_gui_test_wait (hs_views_get_scene (window->views) != NULL);
  hs_gui_test_activate (window, "win.export");
  hs_gui_test_wait ((dialog = hs_gui_test_find_toplevel (HS_TYPE_EXPORT_DIALOG)) != NULL);
  hs_gui_test_activate (dialog, "export.choose");
  hs_gui_test_wait ((chooser = hs_gui_test_find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG)) != NULL);
  /* A whole path, as one types it: the folder alone is read in the background. */
  gtk_file_chooser_set_current_name (chooser, path);
  hs_gui_test_wait (chooser_has (chooser, path));
  hs_gui_test_click (chooser, "_Export");

  hs_gui_test_wait (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpmem (content, 8, "\x89PNG\r\n\x1a\n", 8);
  hs_gui_test_wait (hs_gui_test_find_toplevel (HS_TYPE_EXPORT_DIALOG) == NULL);
  hs_gui_test_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/run/graph", test_graph);
  g_test_add_func ("/run/stop", test_stop);
  g_test_add_func ("/run/close-while-running", test_close_while_running);
  g_test_add_func ("/run/exception", test_exception);
  g_test_add_func ("/run/traceback-link", test_traceback_link);
  g_test_add_func ("/run/syntax-error", test_syntax_error);
  g_test_add_func ("/run/input", test_input);
  g_test_add_func ("/run/flood", test_flood);
  g_test_add_func ("/run/limits", test_limits);
  g_test_add_func ("/run/examples", test_examples);
  g_test_add_func ("/run/export", test_export);

  return hs_gui_test_finish ();
}
