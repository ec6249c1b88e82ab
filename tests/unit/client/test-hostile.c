/* test-hostile.c - workers that die, lie, or do not answer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hs-error.h"
#include "runner-fixture.h"

/* What fake-worker.py does, and what is to come of it. */
static const struct
{
  const char *mode;
  HsStatus    status;
  const char *expected; /* in the message, or in why there is no heap */
} cases[] = {
  { "dies", HS_STATUS_FAILED, "worker: no memory for the result" },
  { "dies_silently", HS_STATUS_FAILED, "exit code 3" },
  { "is_killed", HS_STATUS_FAILED, "SIGKILL" },
  { "closes", HS_STATUS_FAILED, "SIGKILL" },
  { "hangs_after_done", HS_STATUS_OK, NULL },

  { "nothing", HS_STATUS_FAILED, "not understood" },
  { "garbage", HS_STATUS_FAILED, "not understood" },
  { "wrong_magic", HS_STATUS_FAILED, "not understood" },
  { "wrong_version", HS_STATUS_FAILED, "not understood" },
  { "wrong_size", HS_STATUS_FAILED, "not understood" },
  { "unknown_kind", HS_STATUS_FAILED, "not understood" },
  { "wrong_direction", HS_STATUS_FAILED, "not understood" },
  { "large_packet", HS_STATUS_FAILED, "not understood" },
  { "short_output", HS_STATUS_FAILED, "not understood" },
  { "wrong_output_size", HS_STATUS_FAILED, "not understood" },
  { "wrong_stream", HS_STATUS_FAILED, "not understood" },
  { "output_with_descriptor", HS_STATUS_FAILED, "not understood" },
  { "short_progress", HS_STATUS_FAILED, "not understood" },
  { "short_done", HS_STATUS_FAILED, "not understood" },
  { "wrong_status", HS_STATUS_FAILED, "not understood" },
  { "wrong_kept", HS_STATUS_FAILED, "not understood" },
  { "texts_too_long", HS_STATUS_FAILED, "not understood" },
  { "texts_overflow", HS_STATUS_FAILED, "not understood" },

  { "unsealed", HS_STATUS_OK, "could still be changed" },
  { "shorter", HS_STATUS_OK, "shorter than it says" },
  { "beyond_the_end", HS_STATUS_OK, "shorter than it says" },
  { "range_overflows", HS_STATUS_OK, "shorter than it says" },
  { "result_overflows", HS_STATUS_OK, "shorter than it says" },
  { "pickle_beyond_the_end", HS_STATUS_OK, "cannot be shown" },
  { "record_beyond_the_end", HS_STATUS_OK, "record of the run is damaged" },
  { "record_overflows", HS_STATUS_OK, "record of the run is damaged" },
  { "record_of_garbage", HS_STATUS_OK, "record of the run is damaged" },
  { "odd_offset", HS_STATUS_OK, "shorter than it says" },
  { "no_descriptor", HS_STATUS_OK, "did not hand it over" },
  { "no_memfd", HS_STATUS_OK, "could still be changed" },
  { "many_descriptors", HS_STATUS_OK, "cannot be shown" },
  { "no_snapshot", HS_STATUS_OK, "cannot be shown" },
};

/* Makes fake-worker.py the only worker there is. Returns: (transfer full) */
static char *
install_fake_worker (void)
{
  char            *folder = g_dir_make_tmp ("hs-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "heapscape-worker-3.11", NULL);
  g_autofree char *program = g_build_filename (g_getenv ("HS_SOURCE_ROOT"), "tests", "unit",
                                               "client", "fake-worker.py", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nexec /usr/bin/python3 '%s' \"$@\"\n",
                                             program);

  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_setenv ("HEAPSCAPE_WORKERS", folder, TRUE);

  return folder;
}

static void
test_cases (void)
{
  guint n_folders = count_scratch_folders ();
  guint n_fds = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture          fixture;
      HsRun           *run;
      const char      *reason;
      g_autofree char *message = NULL;

      g_setenv ("FAKE_WORKER", cases[i].mode, TRUE);
      fixture_init (&fixture, "a = 1\n");
      run = fixture_run (&fixture);
      message = hs_run_dup_message (run);
      g_assert_null (hs_run_get_heap (run, &reason));
      g_test_message ("%s: %s | %s", cases[i].mode, message, reason);

      g_assert_cmpint (hs_run_get_status (run), ==, cases[i].status);
      if (cases[i].expected != NULL)
        g_assert_nonnull (strstr (cases[i].status == HS_STATUS_FAILED ? message : reason,
                                  cases[i].expected));
      fixture_clear (&fixture);

      if (i == 2)
        n_fds = count_fds ();
    }

  assert_no_descendants ();
  g_assert_cmpuint (count_fds (), ==, n_fds);
  g_assert_cmpuint (count_scratch_folders (), ==, n_folders);
}

static void
test_too_much_output (void)
{
  Fixture fixture;
  HsRun  *run;

  g_setenv ("FAKE_WORKER", "too_much_output", TRUE);
  fixture_init (&fixture, "");
  hs_run_spec_set_output_limit (fixture.spec, 2500);
  run = fixture_run (&fixture);

  g_assert_cmpuint (strlen (hs_run_get_output (run, HS_STREAM_STDOUT)), ==, 2500);
  g_assert_cmpuint (fixture.seen->len, ==, 2500);
  fixture_clear (&fixture);
}

/* A worker that does not even answer to being asked to stop. */
static void
test_stop (void)
{
  Fixture fixture;
  HsRun  *run;

  g_setenv ("FAKE_WORKER", "hangs", TRUE);
  fixture_init (&fixture, "");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "here");
  hs_runner_stop (fixture.runner);
  fixture_wait (&fixture);

  g_assert_no_error (fixture.error);
  run = fixture.run;
  g_assert_cmpint (hs_run_get_status (run), ==, HS_STATUS_CANCELLED);
  g_assert_cmpuint (hs_run_get_flags (run), ==, HS_DONE_KILLED);
  g_assert_cmpstr (hs_run_get_output (run, HS_STREAM_STDOUT), ==, "here\n");
  fixture_clear (&fixture);
  assert_no_descendants ();
}

static void
test_drop (void)
{
  Fixture fixture;

  g_setenv ("FAKE_WORKER", "hangs", TRUE);
  fixture_init (&fixture, "");
  fixture_start (&fixture);
  fixture_wait_for_output (&fixture, "here");
  g_clear_object (&fixture.runner);
  assert_no_descendants ();
  fixture_wait (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
}

/* No worker at all is the one thing that is not a run. */
static void
test_no_worker (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hs-test-XXXXXX", NULL);
  g_autofree char *old = g_strdup (g_getenv ("HEAPSCAPE_WORKERS"));
  Fixture          fixture;

  g_setenv ("HEAPSCAPE_WORKERS", folder, TRUE);
  fixture_init (&fixture, "");
  fixture_start (&fixture);
  fixture_wait (&fixture);
  g_assert_error (fixture.error, HS_ERROR, HS_ERROR_NO_WORKER);
  fixture_clear (&fixture);
  g_setenv ("HEAPSCAPE_WORKERS", old, TRUE);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *worker = NULL;
  int              result;

  use_own_tmp_dir ();
  g_test_init (&argc, &argv, NULL);
  adopt_orphans ();
  folder = install_fake_worker ();

  g_test_add_func ("/hostile/cases", test_cases);
  g_test_add_func ("/hostile/too-much-output", test_too_much_output);
  g_test_add_func ("/hostile/stop", test_stop);
  g_test_add_func ("/hostile/drop", test_drop);
  g_test_add_func ("/hostile/no-worker", test_no_worker);
  result = g_test_run ();

  worker = g_build_filename (folder, "heapscape-worker-3.11", NULL);
  g_remove (worker);
  g_rmdir (folder);
  remove_own_tmp_dir ();

  return result;
}
