/* runner-fixture.c - runs code in tests and waits for it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "runner-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void
fixture_init (Fixture    *fixture,
              const char *source)
{
  g_autoptr(GBytes) bytes = g_bytes_new (source, strlen (source));

  memset (fixture, 0, sizeof *fixture);
  fixture->spec = hs_run_spec_new (bytes, NULL, "Untitled");
  fixture->cancellable = g_cancellable_new ();
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->seen = g_string_new (NULL);
}

void
fixture_clear (Fixture *fixture)
{
  g_clear_object (&fixture->runner);
  g_clear_object (&fixture->cancellable);
  g_clear_pointer (&fixture->spec, hs_run_spec_unref);
  g_clear_pointer (&fixture->loop, g_main_loop_unref);
  g_clear_pointer (&fixture->run, hs_run_unref);
  g_clear_error (&fixture->error);
  g_string_free (fixture->seen, TRUE);
}

static void
output_cb (HsRunner *runner,
           int       stream,
           GBytes   *bytes,
           Fixture  *fixture)
{
  g_assert_true (stream == HS_STREAM_STDOUT || stream == HS_STREAM_STDERR);
  g_string_append_len (fixture->seen, g_bytes_get_data (bytes, NULL),
                       (gssize)g_bytes_get_size (bytes));
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->is_over);
  fixture->run = hs_runner_run_finish (HS_RUNNER (object), result, &fixture->error);
  fixture->is_over = TRUE;
  g_main_loop_quit (fixture->loop);
}

void
fixture_start (Fixture *fixture)
{
  fixture->runner = hs_runner_new (fixture->spec);
  g_signal_connect (fixture->runner, "output", G_CALLBACK (output_cb), fixture);
  hs_runner_run_async (fixture->runner, fixture->cancellable, run_cb, fixture);
}

void
fixture_wait (Fixture *fixture)
{
  while (!fixture->is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
fixture_wait_for_output (Fixture    *fixture,
                         const char *text)
{
  while (!fixture->is_over && strstr (fixture->seen->str, text) == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (fixture->is_over);
}

HsRun *
fixture_run (Fixture *fixture)
{
  fixture_start (fixture);
  fixture_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->run);

  return fixture->run;
}

guint
count_fds (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

void
adopt_orphans (void)
{
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), ==, 0);
}

/* The parent of @pid, or 0 for one that is dead. */
static int
get_living_parent (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  const char      *after;
  char             state;
  int              parent;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  after = strrchr (text, ')');
  g_assert_cmpint (sscanf (after + 1, " %c %d", &state, &parent), ==, 2);

  return state == 'Z' || state == 'X' ? 0 : parent;
}

guint
count_descendants (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (name[0]) && get_living_parent (name) == getpid ())
      n++;

  return n;
}

/* A process that was killed with its worker may need a moment to be gone. */
void
assert_no_descendants (void)
{
  for (int i = 0; i < 500 && count_descendants () > 0; i++)
    g_usleep (10000);

  g_assert_cmpuint (count_descendants (), ==, 0);
}

void
use_own_tmp_dir (void)
{
  char template[] = "/tmp/hs-client-test-XXXXXX";
  char *folder = mkdtemp (template);

  g_assert_nonnull (folder);
  g_setenv ("TMPDIR", folder, TRUE);
}

void
remove_own_tmp_dir (void)
{
  g_assert_cmpint (g_rmdir (g_getenv ("TMPDIR")), ==, 0);
}

guint
count_scratch_folders (void)
{
  g_autoptr(GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "heapscape-"))
      n++;

  return n;
}
