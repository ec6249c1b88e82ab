/* test-runner.c - runs of real code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "hs-error.h"
#include "hs-snapshot-file.h"
#include "runner-fixture.h"

#define MIB ((guint64)1 << 20)

/* How runs end, and whether there is something to look at afterwards. */
static const struct
{
  const char *name;
  const char *source;
  HsStatus    status;
  int         number; /* exit code or signal */
  guint       line;
  gboolean    has_heap;
  const char *type; /* of the exception; NULL: not looked at */
} endings[] = {
  { "ok", "a = [1, 2]\n", HS_STATUS_OK, 0, 0, TRUE, NULL },
  { "empty", "", HS_STATUS_OK, 0, 0, TRUE, NULL },
  { "exception", "a = 1\nraise ValueError('no')\n", HS_STATUS_EXCEPTION, 0, 2, TRUE, "ValueError" },
  { "exit", "import sys\nsys.exit(3)\n", HS_STATUS_EXIT, 3, 2, TRUE, NULL },
  { "exit 0", "import sys\nsys.exit()\n", HS_STATUS_EXIT, 0, 2, TRUE, NULL },
  { "os._exit", "import os\nos._exit(7)\n", HS_STATUS_EXIT, 7, 0, FALSE, NULL },
  { "timeout", "while True:\n    pass\n", HS_STATUS_TIMEOUT, 0, 0, TRUE, NULL },
  { "memory", "a = []\nwhile True:\n    a.append(bytearray(1 << 20))\n", HS_STATUS_MEMORY_LIMIT, 0,
    3, TRUE,
    "MemoryError" },
  { "output", "print('x' * 2_000_000)\n", HS_STATUS_OUTPUT_LIMIT, 0, 0, TRUE, NULL },
  { "crash", "import os\nos.abort()\n", HS_STATUS_CRASHED, SIGABRT, 0, FALSE, NULL },
  { "syntax", "a = 1\nif\n", HS_STATUS_SYNTAX_ERROR, 0, 2, FALSE, "SyntaxError" },
  { "not utf-8", "a = '\xe9'\n", HS_STATUS_SYNTAX_ERROR, 0, 0, FALSE, "SyntaxError" },
};

static void
test_endings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      Fixture          fixture;
      HsRun           *run;
      const char      *reason;
      g_autofree char *message = NULL;

#ifdef __SANITIZE_ADDRESS__
      /* The worker's limit on address space cannot be used beside a shadow of
       * terabytes: it kills by RSS, which no MemoryError can tell of.
       */
      if (endings[i].status == HS_STATUS_MEMORY_LIMIT)
        continue;
#endif
      g_test_message ("%s", endings[i].name);
      fixture_init (&fixture, endings[i].source);
      hs_run_spec_set_timeout (fixture.spec, endings[i].status == HS_STATUS_TIMEOUT ? 500 : 30000);
      hs_run_spec_set_memory_limit (fixture.spec, 128 * MIB);
      hs_run_spec_set_output_limit (fixture.spec, MIB);
      run = fixture_run (&fixture);

      g_assert_cmpint (hs_run_get_status (run), ==, endings[i].status);
      if (endings[i].status == HS_STATUS_CRASHED)
        g_assert_cmpint (hs_run_get_signal (run), ==, endings[i].number);
      else
        g_assert_cmpint (hs_run_get_exit_code (run), ==, endings[i].number);
      if (endings[i].line != 0)
        g_assert_cmpuint (hs_run_get_line (run), ==, endings[i].line);
      if (endings[i].type != NULL)
        g_assert_cmpstr (hs_run_get_exception_type (run), ==, endings[i].type);
      g_assert_cmpint (hs_run_get_heap (run, &reason) != NULL, ==, endings[i].has_heap);
      g_assert_cmpint (reason == NULL, ==, endings[i].has_heap);

      message = hs_run_dup_message (run);
      g_test_message ("%s", message);
      g_assert_cmpuint (strlen (message), >, 0);
      fixture_clear (&fixture);
    }

  assert_no_descendants ();
}

static void
test_output (void)
{
  Fixture fixture;
  HsRun  *run;

  fixture_init (&fixture, "import sys\n"
                          "print('out', flush=True)\n"
                          "print('err', file=sys.stderr, flush=True)\n"
                          "sys.stdout.buffer.write(b'\\xff\\n')\n");
  run = fixture_run (&fixture);

  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDOUT), ==, "out\n\357\277\275\n");
  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDERR), ==, "err\n");
  g_assert_cmpuint (fixture.seen->len, ==, strlen ("out\nerr\n\xff\n"));
  g_assert_cmpuint (hs_run_get_output_truncated (run), ==, 0);
  g_assert_cmpuint (hs_run_get_wall_ns (run), >, 0);
  g_assert_cmpuint (hs_run_get_rss_peak (run), >, MIB);
  fixture_clear (&fixture);
}

static void
test_output_cut (void)
{
  Fixture fixture;
  HsRun  *run;

  fixture_init (&fixture, "for i in range(20):\n    print('x' * 999_999)\n");
  hs_run_spec_set_output_limit (fixture.spec, 3 * MIB);
  run = fixture_run (&fixture);

  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_OUTPUT_LIMIT);
  g_assert_cmpuint (strlen (hs_run_get_output (run, HS_STREAM_STDOUT)), ==, 3 * MIB);
  g_assert_cmpuint (fixture.seen->len, ==, 3 * MIB);
  g_assert_cmpuint (hs_run_get_output_truncated (run), ==, 20 * 1000000 - 3 * MIB);
  fixture_clear (&fixture);
}

static void
test_heap (void)
{
  Fixture               fixture;
  HsHeap               *heap;
  const HsSnapshotView *view;
  gboolean              found = FALSE;

  fixture_init (&fixture, "fruits = ['apple']\nsame = fruits\n");
  heap = hs_run_get_heap (fixture_run (&fixture), NULL);
  g_assert_nonnull (heap);
  view = hs_heap_get_view (heap);

  g_assert_cmpuint (view->n_names, ==, 2);
  for (guint32 i = 0; i < view->n_names; i++)
    {
      g_autofree char *name = hs_heap_dup_string (heap, view->name_label[i]);
      guint32          index = hs_snapshot_view_get_type (view, view->name_object[i]);
      g_autofree char *type = hs_heap_dup_type_name (heap, index);

      g_assert_cmpstr (type, ==, "list");
      found = found || strcmp (name, "fruits") == 0;
    }
  g_assert_true (found);
  g_assert_cmpuint (view->name_object[0], ==, view->name_object[1]);
  fixture_clear (&fixture);
}

static void
test_stop (void)
{
  Fixture fixture;
  HsRun  *run;

  fixture_init (&fixture, "a = [1]\nprint('go', flush=True)\nwhile True:\n    pass\n");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  hs_runner_stop (fixture.runner);
  hs_runner_stop (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  run = fixture.run;
  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_CANCELLED);
  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDOUT), ==, "go\n");
  g_assert_nonnull (hs_run_get_heap (run, NULL));
  fixture_clear (&fixture);
  assert_no_descendants ();
}

/* Code that hears no signal has to be killed. */
static void
test_stop_deaf (void)
{
  Fixture fixture;
  HsRun  *run;

  fixture_init (&fixture, "import signal\n"
                          "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
                          "print('go', flush=True)\n"
                          "while True:\n    pass\n");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  hs_runner_stop (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  run = fixture.run;
  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_CANCELLED);
  g_assert_cmpuint (hs_run_get_flags (run) & HS_DONE_KILLED, !=, 0);
  g_assert_null (hs_run_get_heap (run, NULL));
  fixture_clear (&fixture);
  assert_no_descendants ();
}

static void
test_stop_at_once (void)
{
  Fixture fixture;

  fixture_init (&fixture, "while True:\n    pass\n");
  fixture_start (&fixture);
  hs_runner_stop (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  g_assert_cmpint (hs_run_get_status (fixture.run), ==, HS_STATUS_CANCELLED);
  fixture_clear (&fixture);
  assert_no_descendants ();
}

static void
test_cancel (void)
{
  Fixture fixture;

  fixture_init (&fixture, "print('go', flush=True)\nwhile True:\n    pass\n");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  g_cancellable_cancel (fixture.cancellable);
  fixture_wait (&fixture);

  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture.run);
  fixture_clear (&fixture);
  assert_no_descendants ();
}

/* Neither does what the code has started live on, which it may if it is allowed. */
static const char starts_another[] = "import os, time\n"
                                     "if os.fork() == 0:\n"
                                     "    if os.fork() == 0:\n"
                                     "        print('go', flush=True)\n"
                                     "    time.sleep(1000)\n"
                                     "while True:\n    pass\n";

static void
allow_processes (Fixture *fixture)
{
  g_autoptr(HsPermissions) permissions = hs_permissions_new ();

  permissions->processes = TRUE;
  hs_run_spec_set_permissions (fixture->spec, permissions);
}

static void
test_cancel_orphans (void)
{
  Fixture fixture;

  fixture_init (&fixture, starts_another);
  allow_processes (&fixture);
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  g_cancellable_cancel (fixture.cancellable);
  fixture_wait (&fixture);
  fixture_clear (&fixture);
  assert_no_descendants ();
}

static void
test_drop_orphans (void)
{
  Fixture fixture;

  fixture_init (&fixture, starts_another);
  allow_processes (&fixture);
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  g_clear_object (&fixture.runner);
  assert_no_descendants ();
  fixture_wait (&fixture);
  fixture_clear (&fixture);
}

static void
test_cancelled_before (void)
{
  Fixture fixture;

  fixture_init (&fixture, "while True:\n    pass\n");
  g_cancellable_cancel (fixture.cancellable);
  fixture_start (&fixture);
  fixture_wait (&fixture);

  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
  assert_no_descendants ();
}

/* Dropping the last reference ends the run there and then. */
static void
test_drop (void)
{
  guint   n_folders = count_scratch_folders ();
  Fixture fixture;

  fixture_init (&fixture,
                "open('left', 'w').write('x')\nprint('go', flush=True)\nwhile True:\n    pass\n");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "go");
  g_assert_cmpuint (count_descendants (), >, 0);
  g_clear_object (&fixture.runner);

  assert_no_descendants ();
  g_assert_cmpuint (count_scratch_folders (), ==, n_folders);

  /* Whoever waits is told. */
  fixture_wait (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
}

static void
drop_cb (HsRunner *runner,
         int       stream,
         GBytes   *bytes,
         Fixture  *fixture)
{
  g_clear_object (&fixture->runner);
}

/* The same from inside a handler of its own signal. */
static void
test_drop_in_handler (void)
{
  Fixture fixture;

  fixture_init (&fixture, "print('go', flush=True)\nwhile True:\n    pass\n");
  fixture_start (&fixture);
  g_signal_connect (fixture.runner, "output", G_CALLBACK (drop_cb), &fixture);
  fixture_wait (&fixture);

  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
  assert_no_descendants ();
}

static void
test_stdin_whole (void)
{
  g_autofree char *text = g_strnfill (300000, 'x');
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, 300000);
  Fixture fixture;

  fixture_init (&fixture, "import sys\nprint(len(sys.stdin.read()))\n");
  hs_run_spec_set_stdin (fixture.spec, bytes);
  g_assert_cmpstr (hs_run_get_output (fixture_run (&fixture), HS_STREAM_STDOUT), ==, "300000\n");
  fixture_clear (&fixture);
}

static void
test_stdin_empty (void)
{
  Fixture fixture;

  fixture_init (&fixture, "import sys\nprint(repr(sys.stdin.read()))\n");
  g_assert_cmpstr (hs_run_get_output (fixture_run (&fixture), HS_STREAM_STDOUT), ==, "''\n");
  fixture_clear (&fixture);
}

static void
test_stdin_interactive (void)
{
  Fixture fixture;

  fixture_init (&fixture,
                "print(input('name? ') + '!', flush=True)\nimport sys\nprint(sys.stdin.read())\n");
  hs_run_spec_set_stdin_interactive (fixture.spec, TRUE);
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "name? ");
  hs_runner_write_stdin (fixture.runner, "Ada\nmore", 4);
  fixture_wait_for_output (&fixture, "Ada!");
  hs_runner_write_stdin (fixture.runner, "rest", -1);
  hs_runner_close_stdin (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  g_assert_cmpint (hs_run_get_status (fixture.run), ==, HS_STATUS_OK);
  g_assert_cmpstr (hs_run_get_output (fixture.run, HS_STREAM_STDOUT), ==, "name? Ada!\nrest\n");
  fixture_clear (&fixture);
}

/* Far more than a pipe holds, written before anybody reads. */
static void
test_stdin_queue (void)
{
  g_autofree char *text = g_strnfill (3000000, 'x');
  Fixture          fixture;

  fixture_init (&fixture, "import sys, time\ntime.sleep(0.2)\nprint(len(sys.stdin.read()))\n");
  hs_run_spec_set_stdin_interactive (fixture.spec, TRUE);
  fixture_start (&fixture);
  hs_runner_write_stdin (fixture.runner, text, -1);
  hs_runner_close_stdin (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  g_assert_cmpstr (hs_run_get_output (fixture.run, HS_STREAM_STDOUT), ==, "3000000\n");
  fixture_clear (&fixture);
}

/* Code that does not want its input is no reason for anything to fail. */
static void
test_stdin_unwanted (void)
{
  g_autofree char *text = g_strnfill (3000000, 'x');
  Fixture          fixture;

  fixture_init (&fixture,
                "import os, time\nos.close(0)\nprint('closed', flush=True)\ntime.sleep(0.2)\n");
  hs_run_spec_set_stdin_interactive (fixture.spec, TRUE);
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "closed");
  hs_runner_write_stdin (fixture.runner, text, -1);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  g_assert_cmpint (hs_run_get_status (fixture.run), ==, HS_STATUS_OK);
  fixture_clear (&fixture);
}

static void
test_args (void)
{
  const char *const args[] = { "one", "two words", "é", NULL };
  Fixture           fixture;

  fixture_init (&fixture, "import sys\nprint(sys.argv)\n");
  hs_run_spec_set_args (fixture.spec, args);
  g_assert_cmpstr (hs_run_get_output (fixture_run (&fixture), HS_STREAM_STDOUT), ==,
                   "['Untitled', 'one', 'two words', 'é']\n");
  fixture_clear (&fixture);
}

/* A file on disk runs in its own folder, so that it finds its data. */
static void
test_file (void)
{
  static const char source[] = "import os, "
                               "sys\nprint(__file__)\nprint(os.getcwd())\nprint(sys.path[0])\n"
                               "print(open('data.txt').read())\n";
  g_autofree char  *folder = g_dir_make_tmp ("hs-test-XXXXXX", NULL);
  g_autofree char  *path = g_build_filename (folder, "code.py", NULL);
  g_autofree char  *data = g_build_filename (folder, "data.txt", NULL);
  g_autofree char  *expected = g_strdup_printf ("%s\n%s\n%s\nfound\n", path, folder, folder);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = g_bytes_new_static (source, strlen (source));
  Fixture fixture;

  g_assert_true (g_file_set_contents (data, "found", -1, NULL));
  fixture_init (&fixture, "");
  hs_run_spec_unref (fixture.spec);
  fixture.spec = hs_run_spec_new (bytes, file, "code.py");
  g_assert_cmpstr (hs_run_get_output (fixture_run (&fixture), HS_STREAM_STDOUT), ==, expected);
  fixture_clear (&fixture);

  g_remove (data);
  g_rmdir (folder);
}

/* Pasted code runs in the scratch folder, which is gone afterwards. */
static void
test_scratch (void)
{
  Fixture fixture;
  HsRun  *run;
  g_auto(GStrv) lines = NULL;

  fixture_init (&fixture, "import os, tempfile\n"
                          "os.makedirs('a/b')\n"
                          "open('a/b/file', 'w').write('x')\n"
                          "os.symlink('/usr', 'link')\n"
                          "os.mkdir('a/closed', 0)\n"
                          "print(os.getcwd())\n"
                          "print(tempfile.gettempdir())\n");
  run = fixture_run (&fixture);
  lines = g_strsplit (hs_run_get_output (run, HS_STREAM_STDOUT), "\n", -1);

  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_OK);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, lines[1]);
  g_assert_true (g_path_is_absolute (lines[0]));
  g_assert_false (g_file_test (lines[0], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test ("/usr/bin", G_FILE_TEST_IS_DIR));
  fixture_clear (&fixture);
}

/* Each worker can be asked for; the version is the one that runs. */
static void
test_pythons (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pythons = hs_pythons_list (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < pythons->len; i++)
    {
      HsPython        *python = g_ptr_array_index (pythons, i);
      g_autofree char *expected = g_strconcat (hs_python_get_version (python), "\n", NULL);
      Fixture          fixture;
      HsRun           *run;

      g_test_message ("%s", expected);
      fixture_init (&fixture, "import platform\nprint(platform.python_version())\n");
      hs_run_spec_set_python (fixture.spec, python);
      run = fixture_run (&fixture);
      g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDOUT), ==, expected);
      g_assert_true (hs_run_get_python (run) == python);
      fixture_clear (&fixture);
    }
}

/* A snapshot on disk is the same as the one in memory, without holes. */
static void
test_snapshot_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hs-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.heapscape", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(HsHeap) loaded = NULL;
  g_autoptr(GError) error = NULL;
  const HsSnapshotView *before, *after;
  HsHeap               *heap;
  Fixture               fixture;

  fixture_init (&fixture, "a = ['x', 1, {2: 3}]\n");
  heap = hs_run_get_heap (fixture_run (&fixture), NULL);
  g_assert_true (hs_snapshot_save (heap, file, NULL, &error));
  g_assert_no_error (error);

  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, g_bytes_get_size (hs_heap_get_bytes (heap)));
  loaded = hs_heap_new (bytes, &error);
  g_assert_no_error (error);

  before = hs_heap_get_view (heap);
  after = hs_heap_get_view (loaded);
  g_assert_cmpuint (after->n_objects, ==, before->n_objects);
  g_assert_cmpmem (after->object_address, after->n_objects * sizeof (guint32),
                   before->object_address, before->n_objects * sizeof (guint32));
  g_assert_cmpmem (after->edge_target, after->n_edges * sizeof (guint32),
                   before->edge_target, before->n_edges * sizeof (guint32));
  g_assert_cmpmem (after->strings, after->strings_size, before->strings, before->strings_size);

  fixture_clear (&fixture);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_no_leak (void)
{
  guint n_folders = count_scratch_folders ();
  guint n_fds = 0;

  /* The first run opens what stays open, such as GLib's own wake-ups. */
  for (int i = 0; i < 200; i++)
    {
      Fixture fixture;

      fixture_init (&fixture, "a = 1\n");
      fixture_run (&fixture);
      fixture_clear (&fixture);
      if (i == 2)
        n_fds = count_fds ();
    }

  g_assert_cmpuint (count_fds (), ==, n_fds);
  g_assert_cmpuint (count_scratch_folders (), ==, n_folders);
  assert_no_descendants ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  use_own_tmp_dir ();
  g_test_init (&argc, &argv, NULL);
  adopt_orphans ();

  g_test_add_func ("/runner/endings", test_endings);
  g_test_add_func ("/runner/output", test_output);
  g_test_add_func ("/runner/output-cut", test_output_cut);
  g_test_add_func ("/runner/heap", test_heap);
  g_test_add_func ("/runner/stop", test_stop);
  g_test_add_func ("/runner/stop-deaf", test_stop_deaf);
  g_test_add_func ("/runner/stop-at-once", test_stop_at_once);
  g_test_add_func ("/runner/cancel", test_cancel);
  g_test_add_func ("/runner/cancel-orphans", test_cancel_orphans);
  g_test_add_func ("/runner/drop-orphans", test_drop_orphans);
  g_test_add_func ("/runner/cancelled-before", test_cancelled_before);
  g_test_add_func ("/runner/drop", test_drop);
  g_test_add_func ("/runner/drop-in-handler", test_drop_in_handler);
  g_test_add_func ("/runner/stdin-whole", test_stdin_whole);
  g_test_add_func ("/runner/stdin-empty", test_stdin_empty);
  g_test_add_func ("/runner/stdin-interactive", test_stdin_interactive);
  g_test_add_func ("/runner/stdin-queue", test_stdin_queue);
  g_test_add_func ("/runner/stdin-unwanted", test_stdin_unwanted);
  g_test_add_func ("/runner/args", test_args);
  g_test_add_func ("/runner/file", test_file);
  g_test_add_func ("/runner/scratch", test_scratch);
  g_test_add_func ("/runner/pythons", test_pythons);
  g_test_add_func ("/runner/snapshot-file", test_snapshot_file);
  g_test_add_func ("/runner/no-leak", test_no_leak);

  result = g_test_run ();
  remove_own_tmp_dir ();

  return result;
}
