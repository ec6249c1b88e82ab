/* test-snapshot-file.c - snapshots on disk: saved whole or not at all, and opened with care
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-error.h"
#include "hs-snapshot-file.h"
#include "hs-test-snapshot.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char   *folder;
  char   *path;
  GFile  *file;
  GBytes *saved; /* what the file holds */
} Fixture;

/* Returns: (transfer full): with something in many columns */
static GBytes *
make_memory (void)
{
  g_autoptr(HsTestSnapshot) test = hs_test_snapshot_new ();
  guint32 type = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
  guint32 scope = hs_test_snapshot_add_scope (test, "__main__", HS_SCOPE_MODULE, "t.py", 0);

  for (guint32 i = 0; i < 8; i++)
    {
      guint32 object = hs_test_snapshot_add_object (test, type, "[]", 64);

      hs_test_snapshot_add_block (test, object, HS_BLOCK_ITEMS, 32, 0);
      hs_test_snapshot_add_index (test, object, HS_EDGE_INDEX, 0, (i + 1) % 8);
      hs_test_snapshot_add_name (test, scope, "x", object);
    }

  return hs_test_snapshot_to_bytes (test);
}

static HsHeap *
make_heap (void)
{
  g_autoptr(GBytes) bytes = make_memory ();
  g_autoptr(GError) error = NULL;
  HsHeap *heap = hs_heap_new (bytes, &error);

  g_assert_no_error (error);

  return heap;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr(HsHeap) heap = make_heap ();
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("hs-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.heapscape", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  hs_snapshot_save (heap, fixture->file, NULL, &error);
  g_assert_no_error (error);
  fixture->saved = g_file_load_bytes (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing else is left behind */
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
  g_bytes_unref (fixture->saved);
}

/* Returns: (transfer full) (nullable): the message; NULL if it could be opened */
static char *
try_load (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsHeap) heap = hs_snapshot_load_sync (fixture->file, NULL, &error);

  if (heap != NULL)
    {
      g_assert_no_error (error);
      return NULL;
    }
  g_assert_error (error, HS_ERROR, HS_ERROR_SNAPSHOT);
  g_assert_nonnull (strstr (error->message, "x.heapscape"));

  return g_strdup (error->message);
}

static void
put (Fixture      *fixture,
     gconstpointer data,
     gsize         size)
{
  g_autoptr(GError) error = NULL;

  g_file_replace_contents (fixture->file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
}

static void
assert_problem (Fixture    *fixture,
                const char *part)
{
  g_autofree char *message = try_load (fixture);

  g_assert_nonnull (message);
  if (strstr (message, part) == NULL)
    g_error ("“%s” does not say “%s”", message, part);
}

static void
assert_put_problem (Fixture      *fixture,
                    gconstpointer data,
                    gsize         size,
                    const char   *part)
{
  put (fixture, data, size);
  assert_problem (fixture, part);
}

static void
test_same (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(HsHeap) before = make_heap ();
  g_autoptr(GError) error = NULL;
  g_autoptr(HsHeap) after = hs_snapshot_load_sync (fixture->file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hs_heap_get_view (after)->n_objects, ==, hs_heap_get_view (before)->n_objects);

  /* What was loaded can be saved again, to the same bytes. */
  hs_snapshot_save (after, fixture->file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(GBytes) again = g_file_load_bytes (fixture->file, NULL, NULL, &error);
  g_assert_true (g_bytes_equal (again, fixture->saved));
}

/* As older releases have saved them, and as they are in memory. */
static void
test_without_checksums (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(GBytes) bytes = make_memory ();

  put (fixture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_null (try_load (fixture));
}

static void
test_other_files (Fixture      *fixture,
                  gconstpointer data)
{
  static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
  g_autofree char  *text = g_strnfill (3 << 20, 'a');

  assert_put_problem (fixture, "", 0, "not a snapshot");
  assert_put_problem (fixture, png, sizeof png, "not a snapshot");
  assert_put_problem (fixture, "x = 1\n", 6, "not a snapshot");
  assert_put_problem (fixture, text, 3 << 20, "not a snapshot");
}

static void
test_versions (Fixture      *fixture,
               gconstpointer data)
{
  gsize                        size = g_bytes_get_size (fixture->saved);
  g_autofree HsSnapshotHeader *copy = g_memdup2 (g_bytes_get_data (fixture->saved, NULL), size);

  copy->major = HS_SNAPSHOT_MAJOR - 1;
  assert_put_problem (fixture, copy, size, "old release");
  copy->major = HS_SNAPSHOT_MAJOR + 1;
  assert_put_problem (fixture, copy, size, "newer release");
  copy->major = HS_SNAPSHOT_MAJOR;
  copy->minor = HS_SNAPSHOT_MINOR + 1;
  assert_put_problem (fixture, copy, size, "newer release");
  copy->minor = HS_SNAPSHOT_MINOR;
  copy->total_size = HS_SNAPSHOT_SIZE_MAX + 1;
  assert_put_problem (fixture, copy, size, "larger than 4 GiB");
}

/* At every boundary, and beside it. */
static void
test_truncated (Fixture      *fixture,
                gconstpointer data)
{
  const guint8           *bytes = g_bytes_get_data (fixture->saved, NULL);
  gsize                   size = g_bytes_get_size (fixture->saved);
  const HsSnapshotHeader *header = (gconstpointer)bytes;

  for (guint i = 0; i < header->n_sections; i++)
    {
      HsSnapshotSection section;

      memcpy (&section, bytes + header->header_size + i * sizeof section, sizeof section);
      for (gsize end = section.offset - 1; end <= section.offset + 1; end++)
        if (end < size)
          assert_put_problem (fixture, bytes, end, "incomplete");
    }
  for (gsize end = sizeof header->magic; end <= 2 * sizeof *header; end++)
    assert_put_problem (fixture, bytes, end, "incomplete");
  assert_put_problem (fixture, bytes, sizeof header->magic - 1, "not a snapshot");
  assert_put_problem (fixture, bytes, size - 1, "incomplete");
}

static void
test_flips (Fixture      *fixture,
            gconstpointer data)
{
  gsize              size = g_bytes_get_size (fixture->saved);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (fixture->saved, NULL), size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *message = NULL;
      guint8           mask = (guint8)(1 << i % 8);

      copy[i] ^= mask;
      g_assert_true (g_file_set_contents_full (fixture->path, (const char *)copy, (gssize)size,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      message = try_load (fixture);
      if (message == NULL)
        g_error ("a changed byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " is not noticed", i,
                 size);
      copy[i] ^= mask;
    }

  copy[size - 1] ^= 1;
  assert_put_problem (fixture, copy, size, "damaged");
}

static void
test_special (Fixture      *fixture,
              gconstpointer data)
{
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  assert_problem (fixture, "There is no file");

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_problem (fixture, "not a file that can be opened");
  g_assert_cmpint (g_remove (fixture->path), ==, 0);

  g_assert_cmpint (symlink ("/dev/zero", fixture->path), ==, 0);
  assert_problem (fixture, "not a file that can be opened");
  g_assert_cmpint (g_remove (fixture->path), ==, 0);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_problem (fixture, "is a folder");
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);

  put (fixture, "x", 1);
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  /* Root may read it. */
  assert_problem (fixture, geteuid () == 0 ? "not a snapshot" : "no permission");
}

static void
assert_saved (Fixture *fixture)
{
  g_autoptr(GBytes) now = g_file_load_bytes (fixture->file, NULL, NULL, NULL);

  g_assert_nonnull (now);
  g_assert_true (g_bytes_equal (now, fixture->saved));
}

/* The old file stays whole, also behind a link. */
static void
test_no_room (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr(GFile) link_file = g_file_new_for_path (link_path);
  g_autoptr(HsHeap) heap = make_heap ();
  struct rlimit old;
  struct rlimit limit;

  g_assert_cmpint (symlink ("x.heapscape", link_path), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  limit = old;
  limit.rlim_cur = 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (hs_snapshot_save (heap, i == 0 ? fixture->file : link_file, NULL, &error));
      g_assert_nonnull (strstr (error->message, i == 0 ? "x.heapscape" : "link"));
      assert_saved (fixture);
    }

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_true (hs_snapshot_save (heap, link_file, NULL, NULL));
  assert_saved (fixture);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_remove (link_path), ==, 0);
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
test_async (Fixture      *fixture,
            gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(HsHeap) heap = NULL;
      g_autoptr(HsHeap) other = make_heap ();
      g_autoptr(GError) error = NULL;

      if (i == 1)
        g_cancellable_cancel (cancellable);
      hs_snapshot_load_async (fixture->file, cancellable, load_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      heap = hs_snapshot_load_finish (result, &error);
      g_assert_true ((heap != NULL) == (i == 0));
      if (i == 0)
        continue;

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (hs_snapshot_save (other, fixture->file, cancellable, NULL));
      assert_saved (fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/snapshot-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("same", test_same);
  ADD ("without-checksums", test_without_checksums);
  ADD ("other-files", test_other_files);
  ADD ("versions", test_versions);
  ADD ("truncated", test_truncated);
  ADD ("flips", test_flips);
  ADD ("special", test_special);
  ADD ("no-room", test_no_room);
  ADD ("async", test_async);
#undef ADD

  return g_test_run ();
}
