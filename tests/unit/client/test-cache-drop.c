/* test-cache-drop.c - what leaves the page cache, and why the rest stays
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cache-drop.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PAGES 256
#define TMPFS   0x01021994
#define NOBODY  65534

typedef struct
{
  char  *folder;
  char  *path;
  GFile *file;
} Fixture;

/* A file that was just written: all of it is in the cache, and newer than the disk. */
static gboolean
set_up (Fixture    *self,
        const char *parent,
        gsize       size)
{
  g_autofree char *data = g_malloc (size + 1);

  self->folder = g_build_filename (parent, "heapscape-test-XXXXXX", NULL);
  if (g_mkdtemp_full (self->folder, 0755) == NULL)
    return FALSE;
  self->path = g_build_filename (self->folder, "file", NULL);
  self->file = g_file_new_for_path (self->path);
  memset (data, 'x', size);

  return g_file_set_contents (self->path, data, (gssize)size, NULL);
}

static void
tear_down (Fixture *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  g_rmdir (self->folder);
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self->folder);
}

/* On a disk: the build folder, else where temporary files survive. */
static gboolean
set_up_disk (Fixture *self,
             gsize    size)
{
  static const char *const parents[] = { HS_BUILD_ROOT, "/var/tmp" };
  struct statfs            system;

  for (gsize i = 0; i < G_N_ELEMENTS (parents); i++)
    if (statfs (parents[i], &system) == 0 && system.f_type != TMPFS &&
        set_up (self, parents[i], size))
      return TRUE;
  g_test_skip ("no folder on a disk");

  return FALSE;
}

static HsCacheDrop *
drop (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  HsCacheDrop *result = hs_cache_drop (self->file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);

  return result;
}

static void
check_text (const HsCacheDrop *result,
            const char        *expected)
{
  g_autofree char *text = hs_cache_drop_describe (result);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_all_of_it (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *first = NULL;
  g_autofree HsCacheDrop *second = NULL;

  if (!set_up_disk (&fixture, N_PAGES * 4096 - 100))
    return;
  first = drop (&fixture);
  second = drop (&fixture);
  tear_down (&fixture);

  g_assert_cmpuint (first->page_size, ==, 4096);
  g_assert_cmpuint (first->n_pages, ==, N_PAGES);
  g_assert_cmpuint (first->n_before, ==, N_PAGES);
  g_assert_cmpuint (first->n_after, ==, 0);
  g_assert_cmpuint (first->reasons, ==, 0);
  check_text (first, "256 pages were dropped from the cache, all of them.");
  g_assert_cmpuint (second->n_before, ==, 0);
  check_text (second, "No page of the file was in the cache.");
}

/* Another process that has the first half of the file mapped. Returns: its id */
static pid_t
begin_holder (Fixture *self)
{
  int   ready[2];
  char  byte;
  pid_t pid;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      int            fd = open (self->path, O_RDONLY);
      volatile char *pages = mmap (NULL, N_PAGES * 4096, PROT_READ, MAP_SHARED, fd, 0);

      if (pages == MAP_FAILED)
        _exit (1);
      for (int i = 0; i < N_PAGES / 2; i++)
        (void)pages[i * 4096];
      if (write (ready[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);

  return pid;
}

static void
test_mapped_elsewhere (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *held = NULL;
  g_autofree HsCacheDrop *free_again = NULL;
  g_autofree char        *text = NULL;
  pid_t                   pid;

  if (!set_up_disk (&fixture, N_PAGES * 4096))
    return;
  pid = begin_holder (&fixture);
  held = drop (&fixture);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  free_again = drop (&fixture);
  tear_down (&fixture);

  /* Mapping reaches some pages beyond what was touched. */
  g_assert_cmpuint (held->n_before, ==, N_PAGES);
  g_assert_cmpuint (held->n_after, >=, N_PAGES / 2);
  g_assert_cmpuint (held->n_processes, ==, 1);
  g_assert_cmpuint (held->reasons, ==, HS_CACHE_MAPPED);
  text = hs_cache_drop_describe (held);
  g_assert_true (g_str_has_suffix (text, "\n1 process has pages of the file mapped."));
  g_assert_true (g_str_has_prefix (text, "Dropped from the cache: "));

  g_assert_cmpuint (free_again->n_before, ==, held->n_after);
  g_assert_cmpuint (free_again->n_after, ==, 0);
}

/* That a process has the file mapped does not matter as long as it has no page of it. */
static void
test_mapped_but_not_touched (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *result = NULL;
  void                   *pages;
  int                     fd;

  if (!set_up_disk (&fixture, N_PAGES * 4096))
    return;
  fd = open (fixture.path, O_RDONLY | O_CLOEXEC);
  pages = mmap (NULL, N_PAGES * 4096, PROT_READ, MAP_SHARED, fd, 0);
  g_assert_true (pages != MAP_FAILED);
  result = drop (&fixture);
  munmap (pages, N_PAGES * 4096);
  close (fd);
  tear_down (&fixture);

  g_assert_cmpuint (result->n_after, ==, 0);
}

static void
test_memory (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *result = NULL;
  struct statfs           system;

  if (statfs ("/dev/shm", &system) != 0 || system.f_type != TMPFS ||
      !set_up (&fixture, "/dev/shm", N_PAGES * 4096))
    {
      g_test_skip ("no folder in memory");
      return;
    }
  result = drop (&fixture);
  tear_down (&fixture);

  g_assert_cmpuint (result->n_before, ==, N_PAGES);
  g_assert_cmpuint (result->n_after, ==, N_PAGES);
  g_assert_cmpuint (result->reasons, ==, HS_CACHE_MEMORY);
  check_text (result, "The file lies in memory, not on a disk: its pages cannot be dropped.");
}

/* As another user: a file that he can read, but not write. */
static void
test_of_another_user (gconstpointer data)
{
  gboolean                is_writable = GPOINTER_TO_INT (data);
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *result = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can be two users");
      return;
    }
  /* Anybody can come there. */
  if (!set_up (&fixture, "/var/tmp", N_PAGES * 4096))
    {
      g_test_skip ("no folder");
      return;
    }
  g_assert_cmpint (g_chmod (fixture.path, is_writable ? 0666 : 0644), ==, 0);
  g_assert_cmpint (setegid (NOBODY), ==, 0);
  g_assert_cmpint (seteuid (NOBODY), ==, 0);
  result = drop (&fixture);
  g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (setegid (0), ==, 0);
  tear_down (&fixture);

  g_assert_cmpuint (result->n_pages, ==, N_PAGES);
  if (!is_writable)
    {
      g_assert_cmpuint (result->n_before, ==, 0);
      g_assert_cmpuint (result->reasons, ==, HS_CACHE_HIDDEN);
      return;
    }
  /* Whether its pages were written in the meantime is the system's business. */
  g_assert_cmpuint (result->n_before, ==, N_PAGES);
  if (result->n_after > 0)
    g_assert_cmpuint (result->reasons & (HS_CACHE_DIRTY | HS_CACHE_BUSY), !=, 0);
  else
    g_assert_cmpuint (result->reasons, ==, 0);
}

static void
test_empty (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *result = NULL;

  if (!set_up_disk (&fixture, 0))
    return;
  result = drop (&fixture);
  tear_down (&fixture);
  g_assert_cmpuint (result->n_pages, ==, 0);
  check_text (result, "The file is empty: there is nothing to drop.");
}

static void
check_error (const char *path,
             int         code)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_cache_drop (file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_no_file (void)
{
  Fixture          fixture = { 0 };
  g_autofree char *fifo = NULL;

  check_error ("/nowhere/at/all", G_IO_ERROR_NOT_FOUND);
  check_error ("/", G_IO_ERROR_IS_DIRECTORY);

  /* Must not wait for a writer. */
  if (!set_up_disk (&fixture, 1))
    return;
  fifo = g_build_filename (fixture.folder, "pipe", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  check_error (fifo, G_IO_ERROR_INVALID_ARGUMENT);
  g_unlink (fifo);
  tear_down (&fixture);
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static HsCacheDrop *
drop_in_thread (Fixture      *self,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  hs_cache_drop_async (self->file, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return hs_cache_drop_finish (result, error);
}

static void
test_in_a_thread (void)
{
  Fixture                 fixture = { 0 };
  g_autofree HsCacheDrop *result = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  if (!set_up_disk (&fixture, N_PAGES * 4096))
    return;
  g_cancellable_cancel (cancellable);
  g_assert_null (drop_in_thread (&fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  result = drop_in_thread (&fixture, NULL, &error);
  g_assert_no_error (error);
  tear_down (&fixture);
  g_assert_cmpuint (result->n_before, ==, N_PAGES);
  g_assert_cmpuint (result->n_after, ==, 0);
}

static void
test_words (void)
{
  HsCacheDrop result = { .n_pages = 10000,
                         .n_before = 10000,
                         .n_after = 3,
                         .n_dirty = 2,
                         .n_processes = 4,
                         .page_size = 4096,
                         .reasons = HS_CACHE_DIRTY | HS_CACHE_MAPPED };

  check_text (&result, "Dropped from the cache: 9\u202f997 of 10\u202f000 pages; still there: 3.\n"
                       "2 pages are newer than the disk and were not yet written.\n"
                       "4 processes have pages of the file mapped.");
  result.n_after = 20000;
  result.reasons = HS_CACHE_BUSY;
  check_text (&result, "Dropped from the cache: 0 of 10\u202f000 pages; still there: 20\u202f000.\n"
                       "Why they stay cannot be seen: another user's process may have them "
                       "mapped, or the system is using them.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cache-drop/all-of-it", test_all_of_it);
  g_test_add_func ("/cache-drop/mapped-elsewhere", test_mapped_elsewhere);
  g_test_add_func ("/cache-drop/mapped-but-not-touched", test_mapped_but_not_touched);
  g_test_add_func ("/cache-drop/memory", test_memory);
  g_test_add_data_func ("/cache-drop/only-readable", GINT_TO_POINTER (FALSE), test_of_another_user);
  g_test_add_data_func ("/cache-drop/only-writable", GINT_TO_POINTER (TRUE), test_of_another_user);
  g_test_add_func ("/cache-drop/empty", test_empty);
  g_test_add_func ("/cache-drop/no-file", test_no_file);
  g_test_add_func ("/cache-drop/in-a-thread", test_in_a_thread);
  g_test_add_func ("/cache-drop/words", test_words);

  return g_test_run ();
}
