/* test-run-file.c - whole runs on disk: what is read is what was written; what is damaged says so
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "hs-error.h"
#include "hs-graph.h"
#include "hs-run-file-private.h"
#include "hs-snapshot-file.h"
#include "hs-timeline.h"
#include "runner-fixture.h"

static const char source[] = "import sys\n"
                             "words = ['gr\xc3\xbc\xc3\x9f' + str(i) for i in range(200)]\n"
                             "# heapscape: snapshot words\n"
                             "pairs = {word: [word] for word in words}\n"
                             "print('out', len(pairs))\n"
                             "print('err', file=sys.stderr)\n"
                             "raise ValueError('at the end')\n";

typedef struct
{
  Fixture fixture;
  HsRun  *run;
  char   *path;
  GFile  *file;
} Saved;

static void
saved_init (Saved      *self,
            const char *code)
{
  memset (self, 0, sizeof *self);
  fixture_init (&self->fixture, code);
  self->run = fixture_run (&self->fixture);
  self->path = g_build_filename (g_get_tmp_dir (), "run.heapscape", NULL);
  self->file = g_file_new_for_path (self->path);
}

static void
saved_clear (Saved *self)
{
  g_unlink (self->path);
  g_free (self->path);
  g_object_unref (self->file);
  fixture_clear (&self->fixture);
}

static void
save (Saved *self)
{
  g_autoptr(GError) error = NULL;

  hs_run_save_sync (self->run, self->file, NULL, &error);
  g_assert_no_error (error);
}

static HsRun *
load (GFile *file)
{
  g_autoptr(GError) error = NULL;
  HsRun *run = hs_run_load_sync (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (run);

  return run;
}

static char *
dup_heap_text (HsHeap *heap)
{
  g_autoptr(HsGraph) graph = hs_graph_new (heap, NULL, NULL, NULL);

  return hs_graph_to_text (graph);
}

static void
assert_same_heaps (HsHistory *first,
                   HsHistory *second)
{
  g_assert_cmpuint (hs_history_get_n_moments (first), ==, hs_history_get_n_moments (second));
  for (guint i = 0; i < hs_history_get_n_moments (first); i++)
    {
      g_autofree char *name = hs_history_dup_moment_name (first, i);
      g_autofree char *other_name = hs_history_dup_moment_name (second, i);

      g_assert_cmpstr (name, ==, other_name);
      g_assert_cmpint (hs_history_has_heap (first, i), ==, hs_history_has_heap (second, i));
      if (hs_history_has_heap (first, i))
        {
          g_autoptr(HsHeap) heap = hs_history_open_heap (first, i, NULL);
          g_autoptr(HsHeap) other = hs_history_open_heap (second, i, NULL);
          g_autofree char *text = dup_heap_text (heap);
          g_autofree char *other_text = dup_heap_text (other);

          g_assert_cmpstr (text, ==, other_text);
        }
    }
}

static void
assert_same_timelines (HsHistory *first,
                       HsHistory *second)
{
  g_autoptr(HsTimeline) timeline = hs_timeline_new (first);
  g_autoptr(HsTimeline) other = hs_timeline_new (second);
  g_autofree char *text = hs_timeline_to_text (timeline);
  g_autofree char *other_text = hs_timeline_to_text (other);

  g_assert_cmpstr (text, ==, other_text);
}

static void
test_all_comes_back (void)
{
  Saved saved;
  g_autoptr(HsRun) run = NULL;
  g_autofree char *message = NULL;
  g_autofree char *other_message = NULL;
  g_autofree char *label = NULL;
  g_autofree char *other_label = NULL;

  saved_init (&saved, source);
  save (&saved);
  run = load (saved.file);

  g_assert_false (hs_run_is_bare (run));
  g_assert_true (g_bytes_equal (hs_run_spec_get_source (hs_run_get_spec (run)),
                                hs_run_spec_get_source (hs_run_get_spec (saved.run))));
  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_EXCEPTION);
  g_assert_cmpuint (hs_run_get_line (run), ==, 7);
  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDOUT), ==, "out 200\n");
  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDERR), ==,
                   hs_run_get_output (saved.run, HS_STREAM_STDERR));
  g_assert_cmpstr (hs_run_get_traceback (run), ==, hs_run_get_traceback (saved.run));
  g_assert_cmpuint (hs_run_get_rss_peak (run), ==, hs_run_get_rss_peak (saved.run));
  g_assert_true (g_date_time_equal (hs_run_get_date (run), hs_run_get_date (saved.run)));
  message = hs_run_dup_message (run);
  other_message = hs_run_dup_message (saved.run);
  g_assert_cmpstr (message, ==, other_message);
  label = hs_python_dup_label (hs_run_get_python (run));
  other_label = hs_python_dup_label (hs_run_get_python (saved.run));
  g_assert_cmpstr (label, ==, other_label);

  g_assert_cmpuint (hs_history_get_n_moments (hs_run_get_history (run)), ==, 3);
  assert_same_heaps (hs_run_get_history (saved.run), hs_run_get_history (run));
  assert_same_timelines (hs_run_get_history (saved.run), hs_run_get_history (run));

  saved_clear (&saved);
}

static gboolean
is_same_file (const char *path,
              const char *other)
{
  g_autofree char *data = NULL;
  g_autofree char *other_data = NULL;
  gsize            size, other_size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_true (g_file_get_contents (other, &other_data, &other_size, NULL));

  return size == other_size && memcmp (data, other_data, size) == 0;
}

/* What was loaded is saved as it was: nothing is lost on the way. */
static void
test_saved_again (void)
{
  Saved saved;
  g_autoptr(HsRun) run = NULL;
  g_autoptr(GFile) second = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "second.heapscape", NULL);

  saved_init (&saved, source);
  save (&saved);
  run = load (saved.file);
  second = g_file_new_for_path (path);
  hs_run_save_sync (run, second, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_same_file (saved.path, path));

  g_unlink (path);
  saved_clear (&saved);
}

/* Without the trace there is a heap and no history. */
static void
test_light_runs (void)
{
  Saved saved;
  g_autoptr(HsRun) run = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  memset (&saved, 0, sizeof saved);
  fixture_init (&saved.fixture, "a = [1.5, 'x']\n");
  hs_run_spec_set_trace (saved.fixture.spec, FALSE);
  saved.run = fixture_run (&saved.fixture);
  saved.path = g_build_filename (g_get_tmp_dir (), "light.heapscape", NULL);
  saved.file = g_file_new_for_path (saved.path);
  save (&saved);
  run = load (saved.file);
  text = dup_heap_text (hs_run_get_heap (saved.run, NULL));
  other = dup_heap_text (hs_run_get_heap (run, NULL));
  g_assert_cmpstr (text, ==, other);

  saved_clear (&saved);
}

static void
test_bare_snapshots (void)
{
  Saved saved;
  g_autoptr(HsRun) run = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  saved_init (&saved, "a = [1.5, 'x']\n");
  hs_snapshot_save (hs_run_get_heap (saved.run, NULL), saved.file, NULL, &error);
  g_assert_no_error (error);
  run = load (saved.file);
  g_assert_true (hs_run_is_bare (run));
  g_assert_null (hs_run_get_history (run));
  g_assert_cmpuint (g_bytes_get_size (hs_run_spec_get_source (hs_run_get_spec (run))), ==, 0);
  g_assert_cmpstr (hs_python_get_version (hs_run_get_python (run)), ==,
                   hs_python_get_version (hs_run_get_python (saved.run)));
  text = dup_heap_text (hs_run_get_heap (saved.run, NULL));
  other = dup_heap_text (hs_run_get_heap (run, NULL));
  g_assert_cmpstr (text, ==, other);

  saved_clear (&saved);
}

/* Writes @size bytes and expects an error about the file. */
static void
check_bytes (Saved        *saved,
             const guint8 *data,
             gsize         size)
{
  g_autoptr(GError) error = NULL;
  HsRun *run;
  FILE  *file;

  file = fopen (saved->path, "wb");
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
  run = hs_run_load_sync (saved->file, NULL, &error);
  g_assert_null (run);
  g_assert_error (error, HS_ERROR, HS_ERROR_SNAPSHOT);
  g_assert_nonnull (strstr (error->message, "run.heapscape"));
}

static void
test_truncated (void)
{
  Saved            saved;
  g_autofree char *data = NULL;
  gsize            size;

  saved_init (&saved, "a = [1.5, 'x']\n");
  save (&saved);
  g_assert_true (g_file_get_contents (saved.path, &data, &size, NULL));
  for (gsize i = 0; i < size; i += i < 400 ? 1 : size / 97)
    check_bytes (&saved, (const guint8 *)data, i);

  saved_clear (&saved);
}

/* More than the magic, the descriptors and the first block's header (RFC 8878, 3.1.1). Bytes. */
#define N_FRAME_HEAD 24

/* Every byte counts: the head is summed up, and so is the data. */
static void
test_damaged (void)
{
  Saved            saved;
  HsRunFileHeader  header;
  g_autofree char *data = NULL;
  gsize            size;
  gsize            frame;

  saved_init (&saved, "a = [1.5, 'x']\n");
  save (&saved);
  g_assert_true (g_file_get_contents (saved.path, &data, &size, NULL));
  for (gsize i = 0; i < size; i += i < 300 ? 1 : 1 + size / 211)
    {
      char old = data[i];

      data[i] ^= (char)(1 << g_test_rand_int_range (0, 8));
      check_bytes (&saved, (const guint8 *)data, size);
      data[i] = old;
    }

  /* The head of the frame has bits that change nothing of what is unpacked. */
  memcpy (&header, data, sizeof header);
  frame = sizeof header + header.facts_size + header.source_size +
          header.n_ranges * sizeof (HsRunFileRange);
  for (gsize bit = 0; bit < N_FRAME_HEAD * 8; bit++)
    {
      data[frame + bit / 8] ^= (char)(1 << bit % 8);
      check_bytes (&saved, (const guint8 *)data, size);
      data[frame + bit / 8] ^= (char)(1 << bit % 8);
    }

  data = g_realloc (data, size + 1);
  data[size] = 0;
  check_bytes (&saved, (const guint8 *)data, size + 1);

  saved_clear (&saved);
}

static void
assert_message (Saved      *saved,
                GBytes     *bytes,
                const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (saved->path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  g_assert_null (hs_run_load_sync (saved->file, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_what_is_wrong (void)
{
  Saved           saved;
  HsRunFileHeader header = { .magic = HS_RUN_FILE_MAGIC, .major = HS_RUN_FILE_MAJOR };
  g_autoptr(GBytes) text = g_bytes_new_static ("print('no snapshot')", 20);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) newer = NULL;
  g_autoptr(GBytes) older = NULL;
  g_autoptr(GBytes) huge = NULL;

  saved_init (&saved, "a = 1\n");
  assert_message (&saved, text, "is not a snapshot of Heapscape");
  assert_message (&saved, empty, "is not a snapshot of Heapscape");

  header.minor = HS_RUN_FILE_MINOR + 1;
  newer = g_bytes_new (&header, sizeof header);
  assert_message (&saved, newer, "newer release");
  header.minor = 0;
  header.major = 0;
  older = g_bytes_new (&header, sizeof header);
  assert_message (&saved, older, "old release");
  header.major = HS_RUN_FILE_MAJOR;
  header.data_size = HS_SNAPSHOT_SIZE_MAX + 1;
  huge = g_bytes_new (&header, sizeof header);
  assert_message (&saved, huge, "larger than");

  saved_clear (&saved);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
test_async (void)
{
  Saved saved;
  g_autoptr(GAsyncResult) written = NULL;
  g_autoptr(GAsyncResult) read = NULL;
  g_autoptr(GAsyncResult) refused = NULL;
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(HsRun) run = NULL;
  g_autoptr(GError) error = NULL;

  saved_init (&saved, source);
  hs_run_save_async (saved.run, saved.file, NULL, done_cb, &written);
  while (written == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hs_run_save_finish (written, &error));
  g_assert_no_error (error);

  hs_run_load_async (saved.file, NULL, done_cb, &read);
  while (read == NULL)
    g_main_context_iteration (NULL, TRUE);
  run = hs_run_load_finish (read, &error);
  g_assert_no_error (error);
  g_assert_nonnull (hs_run_get_heap (run, NULL));

  /* What is cancelled leaves the file that was there. */
  g_cancellable_cancel (cancelled);
  hs_run_save_async (saved.run, saved.file, cancelled, done_cb, &refused);
  while (refused == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hs_run_save_finish (refused, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  hs_run_unref (load (saved.file));

  saved_clear (&saved);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  use_own_tmp_dir ();

  g_test_add_func ("/run-file/all-comes-back", test_all_comes_back);
  g_test_add_func ("/run-file/saved-again", test_saved_again);
  g_test_add_func ("/run-file/light-runs", test_light_runs);
  g_test_add_func ("/run-file/bare-snapshots", test_bare_snapshots);
  g_test_add_func ("/run-file/truncated", test_truncated);
  g_test_add_func ("/run-file/damaged", test_damaged);
  g_test_add_func ("/run-file/what-is-wrong", test_what_is_wrong);
  g_test_add_func ("/run-file/async", test_async);

  status = g_test_run ();
  remove_own_tmp_dir ();

  return status;
}
