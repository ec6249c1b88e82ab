/* test-drafts.c - unsaved text that outlives the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hs-draft.h"
#include "hs-error.h"

static char *
make_folder (void)
{
  char *path = g_dir_make_tmp ("hs-drafts-XXXXXX", NULL);

  g_assert_nonnull (path);

  return path;
}

/* Returns: (transfer full): how many files are in @path, in which none but files may be */
static guint
count_files (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
remove_folder (char *path)
{
  GDir       *folder = g_dir_open (path, 0, NULL);
  const char *base;

  while (folder != NULL && (base = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, base, NULL);

      g_assert_no_errno (g_unlink (file));
    }
  g_clear_pointer (&folder, g_dir_close);
  g_assert_no_errno (g_rmdir (path));
  g_free (path);
}

static HsDraft *
make_draft (const char *text)
{
  HsDraft *draft = hs_draft_new ();

  draft->text = g_strdup (text);
  draft->uri = g_strdup ("file:///home/a%0Ab/x.py");
  draft->etag = g_strdup ("12:34");
  draft->name = g_strdup ("x\n[Text]\n\"y\".py");
  draft->cursor = 3;
  draft->time = 1700000000123456;

  return draft;
}

static void
test_bytes (void)
{
  static const char *const texts[] = { "", "x = 1", "a\r\nb\n\n[Text]\n[Heapscape Draft]\nUri=no\n",
                                       "# \344\275\240\345\245\275 \360\237\220\215\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(HsDraft) draft = make_draft (texts[i]);
      g_autoptr(GBytes) bytes = hs_draft_to_bytes (draft);
      g_autoptr(GError) error = NULL;
      g_autoptr(HsDraft) read = hs_draft_new_for_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (read->text, ==, draft->text);
      g_assert_cmpstr (read->uri, ==, draft->uri);
      g_assert_cmpstr (read->etag, ==, draft->etag);
      g_assert_cmpstr (read->name, ==, draft->name);
      g_assert_cmpuint (read->cursor, ==, draft->cursor);
      g_assert_cmpint (read->time, ==, draft->time);
    }
}

static void
test_untitled (void)
{
  g_autoptr(HsDraft) draft = hs_draft_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(HsDraft) read = NULL;

  draft->text = g_strdup ("x");
  bytes = hs_draft_to_bytes (draft);
  read = hs_draft_new_for_bytes (bytes, NULL);
  g_assert_nonnull (read);
  g_assert_null (read->uri);
  g_assert_null (read->etag);
  g_assert_null (read->name);
}

/* No prefix of a draft and no changed byte of its text is taken for one. */
static void
test_damaged_bytes (void)
{
  g_autoptr(HsDraft) draft = make_draft ("print (\"hello\")\n");
  g_autoptr(GBytes) bytes = hs_draft_to_bytes (draft);
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize       text_size = strlen (draft->text);

  for (gsize n = 0; n < size; n++)
    {
      g_autoptr(GBytes) part = g_bytes_new (data, n);
      g_autoptr(GError) error = NULL;

      g_assert_null (hs_draft_new_for_bytes (part, &error));
      g_assert_error (error, HS_ERROR, HS_ERROR_DRAFT);
    }
  for (gsize i = size - text_size; i < size; i++)
    {
      char *copy = g_memdup2 (data, size);
      g_autoptr(GBytes) changed = g_bytes_new_take (copy, size);

      copy[i] ^= 0x20;
      g_assert_null (hs_draft_new_for_bytes (changed, NULL));
    }
}

/* Writes a draft in another process, which ends without closing anything. */
static void
write_and_die (const char *path,
               const char *text,
               gint64      time)
{
  pid_t pid = fork ();
  int   status;

  if (pid == 0)
    {
      HsDrafts *drafts = hs_drafts_open (path, NULL);
      HsDraft  *draft = make_draft (text);

      draft->time = time;
      if (drafts != NULL && hs_draft_slot_write (hs_drafts_new_slot (drafts), draft, NULL))
        kill (getpid (), SIGKILL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
}

static void
test_abandoned (void)
{
  char *path = make_folder ();
  g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GPtrArray) third = NULL;
  HsDrafts         *drafts;
  HsDrafts         *others;
  HsAbandonedDraft *first;

  write_and_die (path, "second", 2000);
  write_and_die (path, "first", 1000);

  drafts = hs_drafts_open (path, NULL);
  g_assert_nonnull (drafts);
  taken = hs_drafts_take_abandoned (drafts, damaged);
  g_assert_cmpuint (taken->len, ==, 2);
  g_assert_cmpuint (damaged->len, ==, 0);
  first = taken->pdata[0];
  g_assert_cmpstr (first->draft->text, ==, "first");

  /* They are this process's now: nobody else gets them while it lives, … */
  others = hs_drafts_open (path, NULL);
  again = hs_drafts_take_abandoned (others, damaged);
  g_assert_cmpuint (again->len, ==, 0);

  /* … and one that was not removed is there again afterwards. */
  hs_draft_slot_remove (first->slot);
  g_assert_true (hs_draft_slot_write (first->slot, first->draft, NULL));
  hs_drafts_close (drafts);
  third = hs_drafts_take_abandoned (others, damaged);
  g_assert_cmpuint (third->len, ==, 1);
  g_assert_cmpstr (((HsAbandonedDraft *)third->pdata[0])->draft->text, ==, "second");
  hs_draft_slot_remove (((HsAbandonedDraft *)third->pdata[0])->slot);
  hs_drafts_close (others);

  g_assert_cmpuint (count_files (path), ==, 0);
  remove_folder (path);
}

static void
test_replaced (void)
{
  char            *path = make_folder ();
  g_autofree char *folder = g_build_filename (path, "deep", "drafts", NULL);
  g_autofree char *between = g_build_filename (path, "deep", NULL);
  g_autoptr(HsDraft) draft = make_draft ("old");
  g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GDir) listed = NULL;
  HsDrafts    *drafts = hs_drafts_open (folder, NULL);
  HsDraftSlot *slot;
  const char  *base;
  mode_t       before = umask (0);

  g_assert_nonnull (drafts);
  slot = hs_drafts_new_slot (drafts);
  g_assert_true (hs_draft_slot_write (slot, draft, NULL));
  g_free (draft->text);
  draft->text = g_strdup ("new");
  g_assert_true (hs_draft_slot_write (slot, draft, NULL));
  umask (before);

  /* Nobody else may read what is in there. */
  listed = g_dir_open (folder, 0, NULL);
  while ((base = g_dir_read_name (listed)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, base, NULL);
      GStatBuf         status;

      g_assert_no_errno (g_stat (file, &status));
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  g_assert_cmpuint (count_files (folder), ==, 2);

  hs_draft_slot_unref (slot);
  hs_drafts_close (drafts);
  drafts = hs_drafts_open (folder, NULL);
  taken = hs_drafts_take_abandoned (drafts, damaged);
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_cmpstr (((HsAbandonedDraft *)taken->pdata[0])->draft->text, ==, "new");
  hs_draft_slot_remove (((HsAbandonedDraft *)taken->pdata[0])->slot);
  hs_drafts_close (drafts);
  g_assert_no_errno (g_rmdir (folder));
  g_assert_no_errno (g_rmdir (between));
  remove_folder (path);
}

static void
put (const char *folder,
     const char *base,
     const char *content)
{
  g_autofree char *path = g_build_filename (folder, base, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

/* What is no draft is kept, and said once. */
static void
test_damaged_files (void)
{
  char *path = make_folder ();
  g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) taken = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autofree char *fifo = g_build_filename (path, "aaaa-2.draft", NULL);
  g_autofree char *content = NULL;
  HsDrafts        *drafts;

  put (path, "aaaa-0.draft", "my text");
  put (path, "aaaa-1.draft", "");
  g_assert_no_errno (mkfifo (fifo, 0600));
  put (path, "aaaa-3.draft.1.partial", "half a dra");
  put (path, "notes.txt", "not ours");
  put (path, ".draft", "not ours");

  drafts = hs_drafts_open (path, NULL);
  taken = hs_drafts_take_abandoned (drafts, damaged);
  g_assert_cmpuint (taken->len, ==, 0);
  g_assert_cmpuint (damaged->len, ==, 3);
  again = hs_drafts_take_abandoned (drafts, damaged);
  g_assert_cmpuint (again->len, ==, 0);
  g_assert_cmpuint (damaged->len, ==, 3);
  hs_drafts_close (drafts);

  g_clear_pointer (&fifo, g_free);
  fifo = g_build_filename (path, "aaaa-0.draft.damaged", NULL);
  g_assert_true (g_file_get_contents (fifo, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "my text");
  g_assert_cmpuint (count_files (path), ==, 5);
  remove_folder (path);
}

static void
test_not_writable (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (hs_drafts_open ("/proc/heapscape/drafts", &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_DRAFT);
  g_assert_nonnull (strstr (error->message, "/proc/heapscape/drafts"));
}

/* The old draft stays whole if there is no room for the new one. */
static void
test_disk_full (void)
{
  char *path = make_folder ();
  g_autoptr(HsDraft) draft = make_draft ("old");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) taken = NULL;
  struct rlimit limit;
  struct rlimit old_limit;
  HsDrafts     *drafts = hs_drafts_open (path, NULL);
  HsDraftSlot  *slot = hs_drafts_new_slot (drafts);

  g_assert_true (hs_draft_slot_write (slot, draft, NULL));
  g_free (draft->text);
  draft->text = g_strnfill (1 << 20, 'x');

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &old_limit));
  limit = old_limit;
  limit.rlim_cur = 1 << 16;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  g_assert_false (hs_draft_slot_write (slot, draft, &error));
  g_assert_error (error, HS_ERROR, HS_ERROR_DRAFT);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &old_limit));
  hs_draft_slot_unref (slot);
  hs_drafts_close (drafts);

  drafts = hs_drafts_open (path, NULL);
  taken = hs_drafts_take_abandoned (drafts, damaged);
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_cmpstr (((HsAbandonedDraft *)taken->pdata[0])->draft->text, ==, "old");
  hs_drafts_close (drafts);
  g_assert_cmpuint (count_files (path), ==, 1);
  remove_folder (path);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drafts/bytes", test_bytes);
  g_test_add_func ("/drafts/untitled", test_untitled);
  g_test_add_func ("/drafts/damaged-bytes", test_damaged_bytes);
  g_test_add_func ("/drafts/abandoned", test_abandoned);
  g_test_add_func ("/drafts/replaced", test_replaced);
  g_test_add_func ("/drafts/damaged-files", test_damaged_files);
  g_test_add_func ("/drafts/not-writable", test_not_writable);
  g_test_add_func ("/drafts/disk-full", test_disk_full);

  return g_test_run ();
}
