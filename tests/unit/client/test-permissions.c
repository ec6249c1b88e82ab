/* test-permissions.c - what code may do beyond reading and computing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "hs-error.h"
#include "hs-permissions-private.h"
#include "hs-protocol.h"

/* Of all tests, removed at the end. */
static char *root;

static char *
make_folder (const char *name)
{
  char *path = g_build_filename (root, name, NULL);

  g_assert_no_errno (g_mkdir_with_parents (path, 0755));

  return path;
}

static char *
dup_write (const char *path)
{
  return g_strconcat ("write=", path, NULL);
}

static void
assert_refused (HsPermissions *self,
                const char    *text,
                const char    *words)
{
  g_autoptr(HsPermissions) before = hs_permissions_copy (self);
  g_autoptr(GError) error = NULL;

  g_assert_false (hs_permissions_add (self, text, &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_PERMISSION);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
  g_assert_true (hs_permissions_equal (self, before));
}

static void
assert_texts (const HsPermissions *self,
              const char *const   *expected)
{
  g_auto(GStrv) texts = hs_permissions_to_strv (self);

  g_assert_cmpstrv (texts, expected);
}

static void
test_words (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();

  g_assert_true (hs_permissions_is_empty (self));
  assert_texts (self, (const char *const[]) { NULL });

  g_assert_true (hs_permissions_add (self, "unprotected", NULL));
  g_assert_true (hs_permissions_add (self, "network", NULL));
  g_assert_true (hs_permissions_add (self, "processes", NULL));
  g_assert_true (hs_permissions_add (self, "network", NULL));
  assert_texts (self, (const char *const[]) { "network", "processes", "unprotected", NULL });
  g_assert_false (hs_permissions_is_empty (self));

  assert_refused (self, "", "nothing that can be allowed");
  assert_refused (self, "Network", "“Network” is nothing");
  assert_refused (self, "write", "write=FOLDER");
  assert_refused (self, "\033[2J\nx", "“␛[2J␊x” is nothing");
  assert_refused (self, "everything", "write=FOLDER, network, processes and unprotected");
}

static void
test_folders (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autofree char *a = make_folder ("a"), *b = make_folder ("b");
  g_autofree char *write_a = dup_write (a), *write_b = dup_write (b);
  g_autofree char *dots = g_strconcat (write_b, "/../a/./", NULL);
  g_autofree char *here = g_get_current_dir ();

  g_assert_true (hs_permissions_add (self, write_b, NULL));
  g_assert_true (hs_permissions_add (self, write_a, NULL));
  g_assert_true (hs_permissions_add (self, dots, NULL));
  assert_texts (self, (const char *const[]) { write_a, write_b, NULL });

  g_assert_no_errno (chdir (root));
  g_assert_true (hs_permissions_add (self, "write=b", NULL));
  g_assert_no_errno (chdir (here));
  assert_texts (self, (const char *const[]) { write_a, write_b, NULL });

  g_assert_true (hs_permissions_has_folder (self, a));
  g_assert_true (hs_permissions_remove_folder (self, a));
  g_assert_false (hs_permissions_remove_folder (self, a));
  g_assert_false (hs_permissions_has_folder (self, a));
  assert_texts (self, (const char *const[]) { write_b, NULL });
}

static void
test_no_folders (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autofree char *folder = make_folder ("c");
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *write_file = dup_write (file), *write_missing = dup_write (missing);
  g_autofree char *write_link = dup_write (link);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_no_errno (symlink ("/", link));

  assert_refused (self, "write=", "needs a folder");
  assert_refused (self, "write=/", "everywhere");
  assert_refused (self, "write=//./", "everywhere");
  assert_refused (self, write_link, "everywhere");
  assert_refused (self, write_file, "is not a folder");
  assert_refused (self, write_missing, "missing");
  assert_refused (self, "write=/proc", "belongs to the system");
  assert_refused (self, "write=/proc/self", "belongs to the system");
  assert_refused (self, "write=/dev", "belongs to the system");
  assert_refused (self, "write=/sys/kernel", "belongs to the system");
}

static void
test_too_many (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();

  for (guint i = 0; i <= HS_JOB_N_FOLDERS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("many-%03u", i);
      g_autofree char *folder = make_folder (name);
      g_autofree char *text = dup_write (folder);

      if (i < HS_JOB_N_FOLDERS_MAX)
        g_assert_true (hs_permissions_add (self, text, NULL));
      else
        assert_refused (self, text, "Not more than 100 folders");
    }

  g_assert_true (_hs_permissions_check (self, NULL));
  hs_permissions_add_folder (self, "/somewhere/else");
  g_assert_false (_hs_permissions_check (self, NULL));
}

/* Code that may write beside an allowed folder may put something else there. */
static void
test_replaced (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = make_folder ("replaced");
  g_autofree char *text = dup_write (folder);

  g_assert_true (hs_permissions_add (self, text, NULL));
  g_assert_true (_hs_permissions_check (self, NULL));

  g_assert_no_errno (g_rmdir (folder));
  g_assert_true (_hs_permissions_check (self, NULL)); /* which allows nothing */

  g_assert_no_errno (symlink (g_get_home_dir (), folder));
  g_assert_false (_hs_permissions_check (self, &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_PERMISSION);
  g_assert_nonnull (strstr (error->message, folder));
  g_clear_error (&error);

  g_assert_no_errno (g_unlink (folder));
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (_hs_permissions_check (self, &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_PERMISSION);
  g_clear_error (&error);

  hs_permissions_remove_folder (self, folder);
  hs_permissions_add_folder (self, "/");
  g_assert_false (_hs_permissions_check (self, &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_PERMISSION);
}

static void
assert_text (const HsPermissions *self,
             const char          *expected)
{
  g_autofree char *text = hs_permissions_dup_text (self);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();

  assert_text (self, "May only read files");
  hs_permissions_add_folder (self, "/odd\nname");
  assert_text (self, "May write in “/odd␊name”");
  hs_permissions_remove_folder (self, "/odd\nname");
  hs_permissions_add_folder (self, "/home/me/data/");
  assert_text (self, "May write in “/home/me/data”");
  self->network = TRUE;
  assert_text (self, "May write in “/home/me/data”, and use the network");
  hs_permissions_add_folder (self, "/home/me/a");
  self->processes = TRUE;
  assert_text (self, "May write in “/home/me/a” and “/home/me/data”, use the network, and start "
                     "other programs");
}

/* ---- Remembered ---- */

static char *
get_store (void)
{
  return g_build_filename (g_get_user_state_dir (), "heapscape", "permissions", NULL);
}

static void
assert_loads (GFile               *file,
              const HsPermissions *expected)
{
  g_autoptr(HsPermissions) loaded = hs_permissions_load (file);

  g_assert_cmpint (loaded != NULL, ==, expected != NULL);
  if (expected != NULL)
    g_assert_true (hs_permissions_equal (loaded, expected));
}

static void
test_store (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autoptr(HsPermissions) other = hs_permissions_new ();
  g_autofree char *folder = make_folder ("state");
  g_autofree char *odd = g_build_filename (folder, "a [b]=c;\n\xff.py", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain.py", NULL);
  g_autofree char *link = g_build_filename (folder, "link.py", NULL);
  g_autoptr(GFile) odd_file = g_file_new_for_path (odd);
  g_autoptr(GFile) plain_file = g_file_new_for_path (plain);
  g_autoptr(GFile) link_file = g_file_new_for_path (link);
  g_autoptr(GFile) remote = g_file_new_for_uri ("sftp://[::1]/x.py");
  g_autofree char *store = get_store ();
  GStatBuf         status;

  g_assert_true (g_file_set_contents (plain, "", 0, NULL));
  g_assert_no_errno (symlink (plain, link));

  assert_loads (odd_file, NULL);
  g_assert_true (hs_permissions_store (NULL, odd_file, NULL));
  g_assert_false (g_file_test (store, G_FILE_TEST_EXISTS));

  self->network = TRUE;
  hs_permissions_add_folder (self, "/a;b\xfe\nc");
  hs_permissions_add_folder (self, folder);
  g_assert_true (hs_permissions_store (self, odd_file, NULL));
  g_assert_true (hs_permissions_store (self, remote, NULL));
  g_assert_true (hs_permissions_store (other, plain_file, NULL));
  assert_loads (odd_file, self);
  assert_loads (remote, self);
  assert_loads (plain_file, other);
  assert_loads (link_file, other);

  g_assert_no_errno (g_stat (store, &status));
  g_assert_cmpuint (status.st_mode & 07777, ==, 0600);

  other->processes = other->unprotected = TRUE;
  g_assert_true (hs_permissions_store (other, link_file, NULL));
  g_assert_true (hs_permissions_store (NULL, remote, NULL));
  assert_loads (odd_file, self);
  assert_loads (plain_file, other);
  assert_loads (remote, NULL);
}

/* A file that is no key file is not ours to overwrite. */
static void
test_broken_store (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autoptr(GFile) file = g_file_new_for_path ("/somewhere/x.py");
  g_autoptr(GError) error = NULL;
  g_autofree char *store = get_store (), *text = NULL;

  g_assert_true (hs_permissions_store (self, file, NULL));
  g_assert_true (g_file_set_contents (store, "what is this\n", -1, NULL));

  assert_loads (file, NULL);
  g_assert_false (hs_permissions_store (self, file, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, store));
  g_assert_true (g_file_get_contents (store, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "what is this\n");
  g_assert_no_errno (g_unlink (store));
}

/* With a folder in the way of the new file: that hinders root as well. */
static void
test_no_place (void)
{
  g_autoptr(HsPermissions) self = hs_permissions_new ();
  g_autoptr(GFile) file = g_file_new_for_path ("/somewhere/x.py");
  g_autoptr(GError) error = NULL;
  g_autofree char *store = get_store ();
  g_autofree char *folder = g_path_get_dirname (store);

  g_unlink (store);
  g_rmdir (folder);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));

  g_assert_false (hs_permissions_store (self, file, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, store));
  g_assert_no_errno (g_unlink (folder));
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      dir = g_dir_open (path, 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_all (child);
        }
    }

  g_assert_no_errno (g_remove (path));
}

int
main (int    argc,
      char **argv)
{
  int failed;

  /* Sentences are compared with their originals. */
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, "");

  root = g_dir_make_tmp ("heapscape-test-XXXXXX", NULL);
  g_assert_nonnull (root);
  g_setenv ("XDG_STATE_HOME", root, TRUE);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permissions/words", test_words);
  g_test_add_func ("/permissions/folders", test_folders);
  g_test_add_func ("/permissions/no-folders", test_no_folders);
  g_test_add_func ("/permissions/too-many", test_too_many);
  g_test_add_func ("/permissions/replaced", test_replaced);
  g_test_add_func ("/permissions/text", test_text);
  g_test_add_func ("/permissions/store", test_store);
  g_test_add_func ("/permissions/broken-store", test_broken_store);
  g_test_add_func ("/permissions/no-place", test_no_place);
  failed = g_test_run ();

  remove_all (root);
  g_free (root);

  return failed;
}
