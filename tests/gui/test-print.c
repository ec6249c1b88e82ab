/* test-print.c - code and pictures on paper, as PDF
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hs-gui-test.h"
#include "hs-print.h"

static char *
dup_path (const char *name)
{
  return g_build_filename (hs_gui_test_get_folder (), name, NULL);
}

static gboolean
is_complete (const char *path)
{
  g_autofree char *content = NULL;
  gsize            size;

  return g_file_get_contents (path, &content, &size, NULL) && size > 100 &&
         g_str_has_prefix (content, "%PDF-") &&
         memmem (content + size - 10, 10, "%%EOF", 5) != NULL;
}

/* What a reader of PDF finds. NULL if there is no such program. Returns: (transfer full) */
static char *
read_pdf (const char *program,
          const char *path,
          const char *output)
{
  g_autofree char *found = g_find_program_in_path (program);
  const char      *command[] = { program, path, output, NULL };
  char            *text = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (found == NULL)
    return NULL;
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return text;
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("no “%s” in: %s", part, text);
}

/* The code with the numbers of its lines, its name and the number of the page. */
static void
test_code (void)
{
  GString         *code = g_string_new ("# 第一行\n");
  g_autofree char *path = dup_path ("code.pdf");
  g_autofree char *text = NULL;
  HsWindow        *window;

  for (guint i = 2; i <= 150; i++)
    g_string_append_printf (code, "value_%u = 'text %u'\n", i, i);
  window = hs_gui_test_open_window (code->str);
  _hs_window_print (window, HS_PRINT_CODE, GTK_PRINT_OPERATION_ACTION_EXPORT, path);
  hs_gui_test_wait (is_complete (path));
  text = read_pdf ("pdftotext", path, "-");
  if (text != NULL)
    {
      g_autofree char *name = _hs_window_dup_name (window);

      assert_has (text, name);
      assert_has (text, "第一行");
      assert_has (text, "value_150 = 'text 150'");
      assert_has (text, "Page 1 of 3");
      assert_has (text, "Page 3 of 3");
    }
  else
    g_test_message ("pdftotext is missing");
  hs_gui_test_close_window (window);
  g_string_free (code, TRUE);
}

/* One sheet that lies as the picture does, with the footer of an export. */
static void
test_picture (void)
{
  g_autofree char *path = dup_path ("picture.pdf");
  g_autofree char *text = NULL;
  g_autofree char *facts = NULL;
  HsWindow        *window = hs_gui_test_open_window ("words = ['apple', 'banana']\n");

  hs_gui_test_run (window);
  hs_gui_test_wait (hs_views_get_scene (window->views) != NULL);
  _hs_window_print (window, HS_PRINT_PICTURE, GTK_PRINT_OPERATION_ACTION_EXPORT, path);
  hs_gui_test_wait (is_complete (path));
  text = read_pdf ("pdftotext", path, "-");
  facts = read_pdf ("pdfinfo", path, NULL);
  if (text != NULL && facts != NULL)
    {
      assert_has (text, "'banana'");
      assert_has (text, "CPython 3.");
      assert_has (facts, "Pages:           1\n");
    }
  else
    g_test_message ("pdftotext or pdfinfo is missing");
  hs_gui_test_close_window (window);
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         GtkPrintOperationResult *where)
{
  *where = result;
}

/* Larger than a sheet: small on one, or readable on several. */
static void
test_spread (void)
{
  static const gboolean spreads[] = { FALSE, TRUE };
  HsWindow             *window = hs_gui_test_open_window ("rows = [[i] for i in range(60)]\n");
  g_autoptr(HsPictureInfo) info = NULL;
  g_autoptr(GtkPageSetup) page_setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new ("iso_a6");

  gtk_page_setup_set_paper_size (page_setup, paper);
  gtk_paper_size_free (paper);
  hs_gui_test_run (window);
  hs_gui_test_wait (hs_views_get_scene (window->views) != NULL);
  info = _hs_window_dup_picture_info (window);
  for (guint i = 0; i < G_N_ELEMENTS (spreads); i++)
    {
      g_autofree char *path = dup_path (spreads[i] ? "spread.pdf" : "small.pdf");
      g_autofree char *text = NULL;
      g_autoptr(GtkPrintOperation) operation = NULL;
      g_autoptr(GtkPrintSettings) settings = gtk_print_settings_new ();
      GtkPrintOperationResult result = GTK_PRINT_OPERATION_RESULT_IN_PROGRESS;
      int                     n_pages;

      operation = hs_print_picture_new (hs_views_get_scene (window->views), info, "rows");
      gtk_print_settings_set_bool (settings, HS_PRINT_SPREAD, spreads[i]);
      gtk_print_operation_set_print_settings (operation, settings);
      gtk_print_operation_set_default_page_setup (operation, page_setup);
      gtk_print_operation_set_export_filename (operation, path);
      gtk_print_operation_set_allow_async (operation, TRUE);
      g_signal_connect (operation, "done", G_CALLBACK (done_cb), &result);
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, NULL);
      hs_gui_test_wait (result != GTK_PRINT_OPERATION_RESULT_IN_PROGRESS);
      g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
      g_assert_true (is_complete (path));
      g_object_get (operation, "n-pages", &n_pages, NULL);
      if (spreads[i])
        g_assert_cmpint (n_pages, >, 1);
      else
        g_assert_cmpint (n_pages, ==, 1);
      text = read_pdf ("pdftotext", path, "-");
      if (text != NULL && spreads[i])
        assert_has (text, "Row 1 of ");
    }
  hs_gui_test_close_window (window);
}

/* Where nothing can be written, that is said. */
static void
test_failure (void)
{
  g_autofree char *path = dup_path ("none/code.pdf");
  HsWindow        *window = hs_gui_test_open_window ("x = 1\n");

  _hs_window_print (window, HS_PRINT_CODE, GTK_PRINT_OPERATION_ACTION_EXPORT, path);
  hs_gui_test_wait (gtk_revealer_get_reveal_child (window->notice_revealer));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (window->notice_label), "Printing failed: "));
  hs_gui_test_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);

  g_test_add_func ("/print/code", test_code);
  g_test_add_func ("/print/picture", test_picture);
  g_test_add_func ("/print/spread", test_spread);
  g_test_add_func ("/print/failure", test_failure);

  return hs_gui_test_finish ();
}
