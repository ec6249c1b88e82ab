/* test-scratch.c - removing what code leaves in its folder
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-scratch-private.h"

static void
check_removed (HsScratch *scratch)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (_hs_scratch_remove (scratch, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (_hs_scratch_get_path (scratch), G_FILE_TEST_EXISTS));

  /* Nor is it an error that it has gone. */
  g_assert_true (_hs_scratch_remove (scratch, &error));
  g_assert_no_error (error);
}

static HsScratch *
new_scratch (void)
{
  g_autoptr(GError) error = NULL;
  HsScratch *scratch = _hs_scratch_new (&error);

  g_assert_no_error (error);
  g_assert_true (g_file_test (_hs_scratch_get_path (scratch), G_FILE_TEST_IS_DIR));

  return scratch;
}

static void
test_empty (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();

  check_removed (scratch);
}

static void
test_files_and_folders (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();
  const char *path = _hs_scratch_get_path (scratch);

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%d/b/c", path, i);
      g_autofree char *file = g_strdup_printf ("%s/%d/b/c/file", path, i);
      g_autofree char *top = g_strdup_printf ("%s/.heapscape-%d", path, i);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (file, "x", 1, NULL));

      /* Names that removing would like to use itself. */
      g_assert_true (g_file_set_contents (top, "x", 1, NULL));
    }

  check_removed (scratch);
}

static void
test_links_are_not_followed (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();
  const char *path = _hs_scratch_get_path (scratch);
  g_autoptr(HsScratch) other = new_scratch ();
  const char      *outside = _hs_scratch_get_path (other);
  g_autofree char *kept = g_build_filename (outside, "kept", NULL);
  g_autofree char *to_folder = g_build_filename (path, "to-folder", NULL);
  g_autofree char *to_file = g_build_filename (path, "to-file", NULL);
  GStatBuf         info;

  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_cmpint (g_chmod (outside, 0750), ==, 0);
  g_assert_cmpint (symlink (outside, to_folder), ==, 0);
  g_assert_cmpint (symlink (kept, to_file), ==, 0);

  check_removed (scratch);

  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (outside, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0750);
  check_removed (other);
}

/* The code has put a link in the place of its own folder. */
static void
test_link_instead (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();
  const char *path = _hs_scratch_get_path (scratch);
  g_autoptr(HsScratch) other = new_scratch ();
  const char      *outside = _hs_scratch_get_path (other);
  g_autofree char *kept = g_build_filename (outside, "kept", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (symlink (outside, path), ==, 0);

  g_assert_false (_hs_scratch_remove (scratch, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  g_remove (path);
  check_removed (other);
}

static void
test_permissions (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();
  const char      *path = _hs_scratch_get_path (scratch);
  g_autofree char *folder = g_build_filename (path, "a", "b", NULL);
  g_autofree char *parent = g_build_filename (path, "a", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (g_chmod (file, 0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  g_assert_cmpint (g_chmod (parent, 0), ==, 0);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);

  check_removed (scratch);
}

/* Deeper than a path may be long, and than a stack or the descriptors last. */
static void
test_deep (void)
{
  g_autoptr(HsScratch) scratch = new_scratch ();
  const char *path = _hs_scratch_get_path (scratch);
  int         fd = open (path, O_RDONLY | O_DIRECTORY);

  for (int i = 0; i < 5000; i++)
    {
      int child;

      g_assert_cmpint (mkdirat (fd, "deeper", 0700), ==, 0);
      child = openat (fd, "deeper", O_RDONLY | O_DIRECTORY);
      g_assert_cmpint (child, >=, 0);
      close (fd);
      fd = child;
    }
  close (fd);

  check_removed (scratch);
}

static gpointer
remove_thread (gpointer data)
{
  g_autoptr(HsScratch) scratch = data;

  _hs_scratch_remove_or_tell (scratch);

  return NULL;
}

/* Whoever is told that a folder has gone finds it gone, although another thread removes it. */
static void
test_two_threads (void)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr(HsScratch) scratch = new_scratch ();
      GThread *thread;

      for (int n = 0; n < 500; n++)
        {
          g_autofree char *file = g_strdup_printf ("%s/%d", _hs_scratch_get_path (scratch), n);

          g_assert_true (g_file_set_contents_full (file, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600,
                                                   NULL));
        }
      thread = g_thread_new ("remove", remove_thread, _hs_scratch_ref (scratch));
      g_usleep ((gulong)g_test_rand_int_range (0, 3000));
      check_removed (scratch);
      g_thread_join (thread);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scratch/empty", test_empty);
  g_test_add_func ("/scratch/files-and-folders", test_files_and_folders);
  g_test_add_func ("/scratch/links-are-not-followed", test_links_are_not_followed);
  g_test_add_func ("/scratch/link-instead", test_link_instead);
  g_test_add_func ("/scratch/permissions", test_permissions);
  g_test_add_func ("/scratch/deep", test_deep);
  g_test_add_func ("/scratch/two-threads", test_two_threads);

  return g_test_run ();
}
