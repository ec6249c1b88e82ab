/* test-examples.c - the list of examples and the files of resources/examples
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "hs-error.h"
#include "hs-examples.h"
#include "hs-source.h"

/* Every file is in the list, and nothing else is. */
static void
test_files (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("HS_SOURCE_ROOT"), "resources", "examples",
                                              NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const HsExample *examples;
  guint            n_examples, n_files = 0;
  const char      *name;

  g_assert_nonnull (dir);
  examples = hs_examples_list (&n_examples);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      gboolean found = FALSE;

      if (!g_str_has_suffix (name, ".py"))
        continue;

      n_files++;
      for (guint i = 0; i < n_examples; i++)
        found = found || strncmp (examples[i].name, name, strlen (name) - 3) == 0;
      g_test_message ("%s", name);
      g_assert_true (found);
    }

  g_assert_cmpuint (n_files, ==, n_examples);
}

static void
test_load (void)
{
  const HsExample *examples;
  guint            n_examples;

  examples = hs_examples_list (&n_examples);
  g_assert_cmpuint (n_examples, >=, 3);

  for (guint i = 0; i < n_examples; i++)
    {
      g_autofree char *with_ending = g_strconcat (examples[i].name, ".py", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("HS_SOURCE_ROOT"), "resources",
                                                "examples", with_ending, NULL);
      g_autofree char *contents = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) by_name = hs_example_load (examples[i].name, &error);
      g_autoptr(GBytes) by_file = NULL;
      g_autoptr(HsSource) source = NULL;
      gsize length;

      g_assert_no_error (error);
      by_file = hs_example_load (with_ending, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_cmpmem (contents, length, g_bytes_get_data (by_name, NULL),
                       g_bytes_get_size (by_name));
      g_assert_true (g_bytes_equal (by_name, by_file));

      source = hs_source_new (by_name);
      g_assert_nonnull (hs_source_get_text (source));
      g_assert_cmpuint (strlen (examples[i].title), >, 0);
      g_assert_cmpuint (strlen (examples[i].summary), >, 0);
    }
}

static void
test_missing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_example_load ("99-nothing", &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_EXAMPLE);
  g_assert_nonnull (strstr (error->message, "99-nothing"));
}

static void
test_chapters (void)
{
  guint            n_examples;
  const HsExample *examples = hs_examples_list (&n_examples);
  HsChapter        last = HS_CHAPTER_TOUR;

  for (guint i = 0; i < n_examples; i++)
    {
      HsChapter chapter = hs_example_get_chapter (&examples[i]);

      g_assert_cmpint (chapter, >=, last);
      g_assert_true (hs_example_find (examples[i].name) == &examples[i]);
      if (i > 0)
        g_assert_cmpstr (examples[i - 1].name, <, examples[i].name);
      last = chapter;
    }
  for (guint i = 0; i < HS_N_CHAPTERS; i++)
    g_assert_cmpuint (strlen (hs_chapter_get_title (i)), >, 0);
  g_assert_null (hs_example_find ("99-nothing"));
}

static void
test_no_lesson (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_example_load_lesson_text ("99-nothing", &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_EXAMPLE);
  g_clear_error (&error);
  g_assert_false (hs_example_has_lesson (hs_example_find ("01-references")));
  g_assert_null (hs_example_load_lesson_text ("01-references.py", &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_EXAMPLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/examples/files", test_files);
  g_test_add_func ("/examples/load", test_load);
  g_test_add_func ("/examples/missing", test_missing);
  g_test_add_func ("/examples/chapters", test_chapters);
  g_test_add_func ("/examples/no-lesson", test_no_lesson);

  return g_test_run ();
}
