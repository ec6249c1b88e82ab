/* test-files.c - opening, changing, searching, saving and closing code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-gui-test.h"

#include <string.h>

/* Latin-1, as its first line says, with the line ends of Windows. */
#define LATIN_1 "# -*- coding: latin-1 -*-\r\nname = 'caf\xe9'\r\n"

static HsWindow *
open_file (GFile *file)
{
  HsWindow *window = hs_gui_test_open_window (NULL);

  hs_window_load (window, file);
  hs_gui_test_wait (hs_window_get_file (window) != NULL);

  return window;
}

static void
assert_content (GFile      *file,
                const char *wanted)
{
  g_autofree char *content = NULL;
  gsize            size;

  g_assert_true (g_file_load_contents (file, NULL, &content, &size, NULL, NULL));
  g_assert_cmpmem (content, size, wanted, strlen (wanted));
}

static void
append (HsWindow   *window,
        const char *text)
{
  GtkTextBuffer *buffer = hs_gui_test_get_buffer (window);
  GtkTextIter    end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, text, -1);
}

static void
test_round_trip (void)
{
  g_autoptr(GFile) file = hs_gui_test_write_file ("latin.py", LATIN_1, strlen (LATIN_1));
  HsWindow        *window = open_file (file);
  g_autofree char *text = hs_editor_dup_text (window->editor);

  g_assert_cmpstr (text, ==, "# -*- coding: latin-1 -*-\nname = 'café'\n");
  g_assert_false (hs_editor_get_modified (window->editor));

  append (window, "more = 'ü'\n");
  g_assert_true (hs_editor_get_modified (window->editor));
  hs_gui_test_activate (window, "win.save");
  hs_gui_test_wait (!hs_editor_get_modified (window->editor));
  assert_content (file, LATIN_1 "more = '\xfc'\r\n");
  hs_gui_test_close_window (window);
}

/* A character that the encoding does not have: explained, and nothing lost. */
static void
test_not_encodable (void)
{
  g_autoptr(GFile) file = hs_gui_test_write_file ("narrow.py", LATIN_1, strlen (LATIN_1));
  HsWindow        *window = open_file (file);
  g_autofree char *text = NULL;

  append (window, "price = '€ 漢'\n");
  hs_gui_test_activate (window, "win.save");
  hs_gui_test_wait (gtk_revealer_get_reveal_child (window->notice_revealer));
  g_assert_true (hs_editor_get_modified (window->editor));
  text = hs_editor_dup_text (window->editor);
  g_assert_nonnull (strstr (text, "€ 漢"));
  assert_content (file, LATIN_1);
  hs_gui_test_close_window (window);
}

static void
test_no_text (void)
{
  const char *content = "good = 1\nbad = '\xff\xfe\xe9'\n";
  g_autoptr(GFile) file = hs_gui_test_write_file ("bad.py", content, strlen (content));
  HsWindow        *window = hs_gui_test_open_window ("mine = 1\n");
  g_autofree char *text = NULL;
  gpointer         dialog;

  hs_window_load (window, file);
  hs_gui_test_wait ((dialog = hs_gui_test_find_toplevel (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "bad.py"));
  hs_gui_test_click (dialog, "_Cancel");

  text = hs_editor_dup_text (window->editor);
  g_assert_cmpstr (text, ==, "mine = 1\n");
  g_assert_null (hs_window_get_file (window));
  assert_content (file, content);
  hs_gui_test_close_window (window);
}

static void
test_missing (void)
{
  g_autofree char *path = g_build_filename (hs_gui_test_get_folder (), "nowhere.py", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  HsWindow *window = hs_gui_test_open_window (NULL);

  hs_window_load (window, file);
  hs_gui_test_wait (gtk_revealer_get_reveal_child (window->notice_revealer));
  g_assert_nonnull (strstr (gtk_label_get_label (window->notice_label), "nowhere.py"));
  hs_gui_test_close_window (window);
}

/* Answers the question that closing asks; the window goes or stays. */
static void
close_with_answer (const char *label,
                   gboolean    closes,
                   const char *wanted)
{
  g_autofree char *name = g_strconcat (label, ".py", NULL);
  g_autoptr(GFile) file = hs_gui_test_write_file (name, "old = 1\n", strlen ("old = 1\n"));
  HsWindow *window = open_file (file);
  gpointer  alive = window;
  gpointer  dialog;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  append (window, "new = 2\n");
  gtk_window_close (GTK_WINDOW (window));
  hs_gui_test_wait ((dialog = hs_gui_test_find_toplevel (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  hs_gui_test_click (dialog, label);
  hs_gui_test_wait (hs_gui_test_find_toplevel (ADW_TYPE_MESSAGE_DIALOG) == NULL);

  if (closes)
    {
      hs_gui_test_wait (alive == NULL);
    }
  else
    {
      g_assert_true (hs_editor_get_modified (window->editor));
      hs_gui_test_close_window (window);
    }
  assert_content (file, wanted);
}

static void
test_close_cancel (void)
{
  close_with_answer ("_Cancel", FALSE, "old = 1\n");
}

static void
test_close_discard (void)
{
  close_with_answer ("_Discard", TRUE, "old = 1\n");
}

static void
test_close_save (void)
{
  close_with_answer ("_Save", TRUE, "old = 1\nnew = 2\n");
}

/* What is written while the file is being saved is not saved. */
static void
test_change_while_saving (void)
{
  g_autoptr(GFile) file = hs_gui_test_write_file ("busy.py", "a = 1\n", strlen ("a = 1\n"));
  HsWindow *window = open_file (file);

  append (window, "b = 2\n");
  hs_gui_test_activate (window, "win.save");
  append (window, "c = 3\n");
  hs_gui_test_wait (window->source != NULL &&
                    g_bytes_get_size (hs_source_get_bytes (window->source)) ==
                      strlen ("a = 1\nb = 2\n"));
  g_assert_true (hs_editor_get_modified (window->editor));
  hs_gui_test_close_window (window);
}

static void
test_changed_on_disk (void)
{
  g_autoptr(GFile) file = hs_gui_test_write_file ("shared.py", "a = 1\n", strlen ("a = 1\n"));
  HsWindow *window = open_file (file);

  g_assert_false (gtk_revealer_get_reveal_child (window->notice_revealer));
  g_object_unref (hs_gui_test_write_file ("shared.py", "other = 1\n", strlen ("other = 1\n")));
  hs_gui_test_wait (gtk_revealer_get_reveal_child (window->notice_revealer));

  /* Saving does not replace what the other program wrote, not silently. */
  append (window, "mine = 2\n");
  hs_gui_test_activate (window, "win.dismiss-notice");
  hs_gui_test_activate (window, "win.save");
  hs_gui_test_wait (gtk_revealer_get_reveal_child (window->notice_revealer));
  assert_content (file, "other = 1\n");
  hs_gui_test_activate (window, "win.save-anyway");
  hs_gui_test_wait (!hs_editor_get_modified (window->editor));
  assert_content (file, "a = 1\nmine = 2\n");
  hs_gui_test_close_window (window);
}

/* A file takes the place of nothing but an empty window. */
static void
test_second_file (void)
{
  HsApplication *application = hs_gui_test_get_application ();
  g_autoptr(GFile) first = hs_gui_test_write_file ("first.py", "one = 1\n", strlen ("one = 1\n"));
  g_autoptr(GFile) second = hs_gui_test_write_file ("second.py", "two = 2\n", strlen ("two = 2\n"));
  HsWindow  *window = hs_gui_test_open_window (NULL);
  GtkWindow *other;

  hs_application_open_file (application, first, GTK_WINDOW (window));
  hs_gui_test_wait (hs_window_get_file (window) != NULL);
  g_assert_true (g_file_equal (hs_window_get_file (window), first));

  hs_application_open_file (application, second, GTK_WINDOW (window));
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))),
                    ==, 2);
  hs_application_open_file (application, first, NULL);
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))),
                    ==, 2);

  other = gtk_application_get_windows (GTK_APPLICATION (application))->data;
  if (other == GTK_WINDOW (window))
    other = gtk_application_get_windows (GTK_APPLICATION (application))->next->data;
  hs_gui_test_close_window (HS_WINDOW (other));
  hs_gui_test_close_window (window);
}

/* Two files at once, as the command line or a drop gives them. */
static void
test_two_files (void)
{
  GtkApplication *application = GTK_APPLICATION (hs_gui_test_get_application ());
  g_autoptr(GFile) first = hs_gui_test_write_file ("1.py", "one = 1\n", strlen ("one = 1\n"));
  g_autoptr(GFile) second = hs_gui_test_write_file ("2.py", "two = 2\n", strlen ("two = 2\n"));
  HsWindow *window = hs_gui_test_open_window (NULL);
  GList    *windows;

  hs_application_open_file (hs_gui_test_get_application (), first, GTK_WINDOW (window));
  hs_application_open_file (hs_gui_test_get_application (), second, GTK_WINDOW (window));
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (application)), ==, 2);
  while ((windows = gtk_application_get_windows (application)) != NULL)
    {
      HsWindow *shown = windows->data;

      hs_gui_test_wait (hs_window_get_file (shown) != NULL);
      hs_gui_test_close_window (shown);
    }
}

/* What is written before a file arrives is not replaced by it. */
static void
test_change_while_loading (void)
{
  GtkApplication *application = GTK_APPLICATION (hs_gui_test_get_application ());
  g_autoptr(GFile) file = hs_gui_test_write_file ("late.py", "a = 1\n", strlen ("a = 1\n"));
  HsWindow        *window = hs_gui_test_open_window (NULL);
  g_autofree char *text = NULL;
  GList           *windows;

  hs_window_load (window, file);
  append (window, "b = 2\n");
  hs_gui_test_wait (g_list_length (gtk_application_get_windows (application)) == 2);
  text = hs_editor_dup_text (window->editor);
  g_assert_cmpstr (text, ==, "b = 2\n");
  while ((windows = gtk_application_get_windows (application)) != NULL)
    hs_gui_test_close_window (windows->data);
}

/* Reloading ends a run, and another can be started. */
static void
test_reload_while_running (void)
{
  const char *loop = "while True:\n    pass\n";
  g_autoptr(GFile) file = hs_gui_test_write_file ("loop.py", loop, strlen (loop));
  HsWindow *window = open_file (file);

  hs_gui_test_activate (window, "win.run");
  g_assert_true (hs_window_is_running (window));
  hs_gui_test_activate (window, "win.reload");
  hs_gui_test_wait (!hs_window_is_running (window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->run_stack), ==, "run");
  hs_gui_test_close_window (window);
}

static void
test_find_and_replace (void)
{
  HsWindow        *window = hs_gui_test_open_window ("one = 1\ntwo = one + one\nOne = 0\n");
  gpointer         bar;
  GtkEditable     *find;
  GtkEditable     *replacement;
  GtkLabel        *count;
  g_autofree char *text = NULL;
  g_autofree char *undone = NULL;

  /* Made when it is wanted. */
  hs_gui_test_activate (window, "win.replace");
  bar = hs_gui_test_find_child (window->editor, g_type_from_name ("HsFindBar"), NULL);
  find = hs_gui_test_find_child (bar, GTK_TYPE_ENTRY, "find_entry");
  replacement = hs_gui_test_find_child (bar, GTK_TYPE_ENTRY, "replace_entry");
  count = hs_gui_test_find_child (bar, GTK_TYPE_LABEL, "count_label");
  g_object_set (bar, "match-case", TRUE, NULL);
  gtk_editable_set_text (find, "one");
  hs_gui_test_wait (strstr (gtk_label_get_label (count), "3") != NULL);
  gtk_editable_set_text (replacement, "eins");
  hs_gui_test_activate (bar, "find.replace-all");
  text = hs_editor_dup_text (window->editor);
  g_assert_cmpstr (text, ==, "eins = 1\ntwo = eins + eins\nOne = 0\n");

  /* One step back, not one for each. */
  gtk_text_buffer_undo (hs_gui_test_get_buffer (window));
  undone = hs_editor_dup_text (window->editor);
  g_assert_cmpstr (undone, ==, "one = 1\ntwo = one + one\nOne = 0\n");
  hs_gui_test_close_window (window);
}

/* That for files: there is another one for text. Borrowed. */
static GtkEventController *
find_file_target (HsWindow *window)
{
  g_autoptr(GListModel) all = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (all, i);
      GdkContentFormats *formats =
        GTK_IS_DROP_TARGET (controller) ? gtk_drop_target_get_formats (GTK_DROP_TARGET (controller))
                                        : NULL;

      if (formats != NULL && gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
        return controller;
    }

  return NULL;
}

static void
test_drop (void)
{
  g_autoptr(GFile) file = hs_gui_test_write_file ("drop me.py", "d = 1\n", strlen ("d = 1\n"));
  HsWindow           *window = hs_gui_test_open_window (NULL);
  GtkEventController *target = find_file_target (window);
  g_autoptr(GSList) files = g_slist_append (NULL, file);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean is_handled = FALSE;

  g_assert_nonnull (target);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &is_handled);
  g_assert_true (is_handled);
  hs_gui_test_wait (hs_window_get_file (window) != NULL);
  g_assert_true (g_file_equal (hs_window_get_file (window), file));
  hs_gui_test_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/files/round-trip", test_round_trip);
  g_test_add_func ("/files/not-encodable", test_not_encodable);
  g_test_add_func ("/files/no-text", test_no_text);
  g_test_add_func ("/files/missing", test_missing);
  g_test_add_func ("/files/close-cancel", test_close_cancel);
  g_test_add_func ("/files/close-discard", test_close_discard);
  g_test_add_func ("/files/close-save", test_close_save);
  g_test_add_func ("/files/change-while-saving", test_change_while_saving);
  g_test_add_func ("/files/changed-on-disk", test_changed_on_disk);
  g_test_add_func ("/files/second-file", test_second_file);
  g_test_add_func ("/files/two-files", test_two_files);
  g_test_add_func ("/files/change-while-loading", test_change_while_loading);
  g_test_add_func ("/files/reload-while-running", test_reload_while_running);
  g_test_add_func ("/files/find-and-replace", test_find_and_replace);
  g_test_add_func ("/files/drop", test_drop);

  return hs_gui_test_finish ();
}
