/* test-source.c - source files: encodings, line ends, errors, saving
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "hs-error.h"
#include "hs-source.h"

/* A literal with its length, so that it may contain zeros. */
#define BYTES(literal) literal, sizeof literal - 1

static const struct
{
  const char     *name;
  const char     *bytes;
  gsize           size;
  HsSourceProblem problem;
  guint           line;
  guint           byte;
  const char     *encoding;
  gboolean        has_bom;
  HsNewline       newline;
  const char     *text; /* NULL: no text */
} cases[] = {
  { "empty", BYTES (""), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_LF, "" },
  { "ascii", BYTES ("a = 1\n"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_LF, "a = 1\n" },
  { "utf-8", BYTES ("s = 'é€😀'\n"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_LF,
    "s = 'é€😀'\n" },
  { "bom", BYTES ("\xef\xbb\xbfs = 'é'"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", TRUE, HS_NEWLINE_LF,
    "s = 'é'" },
  { "only a bom", BYTES ("\xef\xbb\xbf"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", TRUE, HS_NEWLINE_LF,
    "" },
  { "latin-1", BYTES ("# coding: latin-1\ns = '\xe9'\n"), HS_SOURCE_IS_TEXT, 0, 0, "latin-1",
    FALSE, HS_NEWLINE_LF,
    "# coding: latin-1\ns = 'é'\n" },
  { "second line", BYTES ("#!/usr/bin/python3\n# -*- coding: iso-8859-15 -*-\ns = '\xa4'\n"),
    HS_SOURCE_IS_TEXT, 0, 0,
    "iso-8859-15", FALSE, HS_NEWLINE_LF,
    "#!/usr/bin/python3\n# -*- coding: iso-8859-15 -*-\ns = '€'\n" },
  { "third line does not count", BYTES ("\n\n# coding: latin-1\ns = '\xe9'\n"),
    HS_SOURCE_BAD_BYTES, 4, 6, "UTF-8",
    FALSE, HS_NEWLINE_LF, NULL },
  { "after code it does not count", BYTES ("a = 1\n# coding: latin-1\n'\xe9'"),
    HS_SOURCE_BAD_BYTES, 3, 2, "UTF-8",
    FALSE, HS_NEWLINE_LF, NULL },
  { "vim", BYTES ("# vim: set fileencoding=gb18030 :\ns = '\xd6\xd0'\n"), HS_SOURCE_IS_TEXT, 0, 0,
    "gb18030", FALSE,
    HS_NEWLINE_LF, "# vim: set fileencoding=gb18030 :\ns = '中'\n" },
  { "cp1252", BYTES ("# coding=cp1252\n'\x80'"), HS_SOURCE_IS_TEXT, 0, 0, "cp1252", FALSE,
    HS_NEWLINE_LF,
    "# coding=cp1252\n'€'" },
  { "utf_8 spelt otherwise", BYTES ("# coding: UTF_8\n'é'"), HS_SOURCE_IS_TEXT, 0, 0, "UTF_8",
    FALSE, HS_NEWLINE_LF,
    "# coding: UTF_8\n'é'" },
  { "unknown", BYTES ("# coding: klingon\n"), HS_SOURCE_UNKNOWN_ENCODING, 0, 0, "klingon", FALSE,
    HS_NEWLINE_LF, NULL },
  { "utf-16 cannot name itself", BYTES ("# coding: utf-16\na=1\n"), HS_SOURCE_UNKNOWN_ENCODING, 0,
    0, "utf-16", FALSE,
    HS_NEWLINE_LF, NULL },
  { "bom against cookie", BYTES ("\xef\xbb\xbf# coding: latin-1\n"), HS_SOURCE_UNKNOWN_ENCODING, 0,
    0, "latin-1", TRUE,
    HS_NEWLINE_LF, NULL },
  { "bad first byte", BYTES ("\xff"), HS_SOURCE_BAD_BYTES, 1, 1, "UTF-8", FALSE, HS_NEWLINE_LF,
    NULL },
  { "bad bytes", BYTES ("# hi\r\nprint('caf\xe9')\r\n"), HS_SOURCE_BAD_BYTES, 2, 11, "UTF-8",
    FALSE, HS_NEWLINE_LF, NULL },
  { "cut character", BYTES ("s = '\xe2\x82"), HS_SOURCE_BAD_BYTES, 1, 6, "UTF-8", FALSE,
    HS_NEWLINE_LF, NULL },
  { "ascii only", BYTES ("# coding: ascii\ns = '\xe9'\n"), HS_SOURCE_BAD_BYTES, 2, 6, "ascii",
    FALSE, HS_NEWLINE_LF, NULL },
  { "nul", BYTES ("a = 1\nb\0c\n"), HS_SOURCE_HAS_NUL, 2, 2, "UTF-8", FALSE, HS_NEWLINE_LF, NULL },
  { "crlf", BYTES ("a\r\nb\r\n"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_CRLF,
    "a\nb\n" },
  { "cr", BYTES ("a\rb\r"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_CR, "a\nb\n" },
  { "mixed", BYTES ("a\r\nb\nc"), HS_SOURCE_IS_TEXT, 0, 0, "UTF-8", FALSE, HS_NEWLINE_MIXED,
    "a\r\nb\nc" },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].size);
      g_autoptr(HsSource) source = hs_source_new (bytes);
      g_autofree char *problem = hs_source_dup_problem (source, "x.py");

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (hs_source_get_problem (source), ==, cases[i].problem);
      g_assert_cmpuint (hs_source_get_problem_line (source), ==, cases[i].line);
      g_assert_cmpuint (hs_source_get_problem_byte (source), ==, cases[i].byte);
      g_assert_cmpstr (hs_source_get_encoding (source), ==, cases[i].encoding);
      g_assert_cmpint (hs_source_get_has_bom (source), ==, cases[i].has_bom);
      g_assert_cmpstr (hs_source_get_text (source), ==, cases[i].text);
      if (cases[i].text != NULL)
        g_assert_cmpint (hs_source_get_newline (source), ==, cases[i].newline);
      g_assert_cmpint (problem == NULL, ==, cases[i].text != NULL);
      if (problem != NULL)
        g_assert_nonnull (strstr (problem, "x.py"));
    }
}

/* What was read and not changed is written back byte for byte. */
static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].size);
      g_autoptr(HsSource) source = hs_source_new (bytes);
      g_autoptr(GBytes) written = NULL;
      g_autoptr(GError) error = NULL;

      if (hs_source_get_text (source) == NULL)
        continue;

      g_test_message ("%s", cases[i].name);
      written = hs_source_encode (source, hs_source_get_text (source), &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, written));
    }
}

static void
test_problem_sentence (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("# hi\nprint('caf\xe9')\n", 19);
  g_autoptr(HsSource) source = hs_source_new (bytes);
  g_autofree char *problem = hs_source_dup_problem (source, "menu.py");

  g_assert_cmpstr (problem, ==,
                   "“menu.py” is not valid UTF-8: line 2, byte 11 is 0xe9. Save it as UTF-8, or "
                   "name its "
                   "encoding in the first line, such as “# coding: latin-1”.");
}

static void
test_encode (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = NULL;
  g_autoptr(GBytes) latin = NULL;
  g_autoptr(GBytes) impossible = NULL;

  plain = hs_source_encode (NULL, "s = 'é'\n", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "s = 'é'\n",
                   strlen ("s = 'é'\n"));

  /* The coding line of the text counts, not that of the file. */
  latin = hs_source_encode (NULL, "# coding: latin-1\ns = 'é'\n", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (latin, NULL), g_bytes_get_size (latin),
                   "# coding: latin-1\ns = '\xe9'\n", 26);

  impossible = hs_source_encode (NULL, "# coding: latin-1\n\ns = '€'\n", &error);
  g_assert_null (impossible);
  g_assert_error (error, HS_ERROR, HS_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, "“€” in line 3"));
  g_clear_error (&error);

  impossible = hs_source_encode (NULL, "# coding: klingon\n", &error);
  g_assert_null (impossible);
  g_assert_error (error, HS_ERROR, HS_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, "klingon"));
}

static void
test_read_as (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("s = '\xd6\xd0'\n", 9);
  g_autoptr(HsSource) source = hs_source_new (bytes);
  g_autoptr(HsSource) chinese = NULL;
  g_autoptr(HsSource) impossible = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (hs_source_get_problem (source), ==, HS_SOURCE_BAD_BYTES);

  chinese = hs_source_read_as (source, "GB18030", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hs_source_get_text (chinese), ==, "s = '中'\n");

  impossible = hs_source_read_as (source, "US-ASCII", &error);
  g_assert_null (impossible);
  g_assert_error (error, HS_ERROR, HS_ERROR_SOURCE);
}

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
} Wait;

static void
wait_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static HsSource *
save (HsSource   *source,
      GFile      *file,
      const char *text,
      gboolean    overwrite,
      GError    **error)
{
  Wait      wait = { g_main_loop_new (NULL, FALSE), NULL };
  HsSource *saved;

  hs_source_save_async (source, file, text, overwrite, NULL, wait_cb, &wait);
  g_main_loop_run (wait.loop);
  saved = hs_source_save_finish (wait.result, error);
  g_object_unref (wait.result);
  g_main_loop_unref (wait.loop);

  return saved;
}

static void
test_save (void)
{
  g_autofree char *folder = g_dir_make_tmp ("heapscape-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.py", NULL);
  g_autofree char *link = g_build_filename (folder, "link.py", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (link);
  g_autoptr(HsSource) source = NULL;
  g_autoptr(HsSource) saved = NULL;
  g_autoptr(HsSource) refused = NULL;
  g_autoptr(HsSource) forced = NULL;
  g_autoptr(GError) error = NULL;
  struct utimbuf long_ago = { 1000000000, 1000000000 };
  GStatBuf       info;

  g_assert_true (g_file_set_contents (path, "a\r\nb\r\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0750), ==, 0);
  g_assert_cmpint (symlink ("x.py", link), ==, 0);

  source = hs_source_load_sync (file, NULL, &error);
  g_assert_no_error (error);
  saved = save (source, file, "a\nb\nc\n", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hs_source_get_text (saved), ==, "a\nb\nc\n");

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "a\r\nb\r\nc\r\n");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0750);

  /* Somebody else writes it, at a time that no clock is too coarse for. */
  g_assert_true (g_file_set_contents (path, "changed by another program\n", -1, NULL));
  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  refused = save (saved, file, "mine\n", FALSE, &error);
  g_assert_null (refused);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);

  forced = save (saved, file, "mine\n", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (hs_source_get_bytes (forced), NULL), 6, "mine\r\n", 6);

  g_remove (link);
  g_remove (path);
  g_rmdir (folder);
}

static void
check_load_error (const char *path,
                  const char *expected)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsSource) source = hs_source_load_sync (file, NULL, &error);

  g_assert_null (source);
  g_assert_error (error, HS_ERROR, HS_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_load_errors (void)
{
  g_autofree char *folder = g_dir_make_tmp ("heapscape-test-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.py", NULL);
  g_autofree char *large = g_build_filename (folder, "large.py", NULL);
  g_autofree char *secret = g_build_filename (folder, "secret.py", NULL);
  FILE            *stream;

  check_load_error (missing, "There is no file");
  check_load_error (folder, "is a folder");

  stream = g_fopen (large, "w");
  g_assert_nonnull (stream);
  g_assert_cmpint (ftruncate (fileno (stream), HS_SOURCE_SIZE_MAX + 1), ==, 0);
  fclose (stream);
  check_load_error (large, "larger than 16 MiB");

  g_assert_true (g_file_set_contents (secret, "a = 1\n", -1, NULL));
  g_assert_cmpint (g_chmod (secret, 0), ==, 0);
  if (geteuid () != 0)
    check_load_error (secret, "no permission");

  g_remove (large);
  g_remove (secret);
  g_rmdir (folder);
}

static void
test_load_fd (void)
{
  g_autoptr(HsSource) source = NULL;
  g_autoptr(GError) error = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], "a = 1\n", 6), ==, 6);
  close (fds[1]);

  source = hs_source_load_fd (fds[0], "<stdin>", &error);
  close (fds[0]);
  g_assert_no_error (error);
  g_assert_cmpstr (hs_source_get_text (source), ==, "a = 1\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source/table", test_table);
  g_test_add_func ("/source/round-trip", test_round_trip);
  g_test_add_func ("/source/problem-sentence", test_problem_sentence);
  g_test_add_func ("/source/encode", test_encode);
  g_test_add_func ("/source/read-as", test_read_as);
  g_test_add_func ("/source/save", test_save);
  g_test_add_func ("/source/load-errors", test_load_errors);
  g_test_add_func ("/source/load-fd", test_load_fd);

  return g_test_run ();
}
