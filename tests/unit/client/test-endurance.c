/* test-endurance.c - many runs in a row, stopped, killed and dropped at random
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "--seed" repeats what was printed. HS_RUNS: how many runs, 200.
 */

#include "config.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner-fixture.h"

#define MIB ((guint64)1 << 20)

/* Something happens at a moment up to this long after the start. */
#define MOMENT_MAX_US 150000

/* Runs until everything has its size: caches, threads, arenas of the allocator. */
#define N_FIRST_RUNS 40

/* What may be in use more after the last run than after the first ones. */
#define GROWTH_MAX_BYTES (MIB / 2)

#define STATUS(status) (1U << (status))

typedef struct
{
  const char *name;
  const char *source;
  guint       timeout_ms;
  guint       statuses; /* how it may end if nothing happens to it */
  gboolean    has_processes;
  gboolean    is_traced;
} Program;

static const Program programs[] = {
  { "short", "x = [[i] for i in range(1000)]\nprint(len(x))\n", 30000,
    STATUS (HS_STATUS_OK), FALSE, FALSE },
  { "exception", "import time\ntime.sleep(0.03)\nraise ValueError\n", 30000,
    STATUS (HS_STATUS_EXCEPTION), FALSE, FALSE },
  { "crash", "import os, time\ntime.sleep(0.03)\nos.abort()\n", 30000,
    STATUS (HS_STATUS_CRASHED), FALSE, FALSE },
  { "no syntax", "if\n", 30000, STATUS (HS_STATUS_SYNTAX_ERROR), FALSE, FALSE },
  { "loop", "while True: pass\n", 200, STATUS (HS_STATUS_TIMEOUT), FALSE, FALSE },
  { "output", "while True: print('x' * 5000)\n", 200, STATUS (HS_STATUS_TIMEOUT), FALSE, FALSE },
  { "files",
    "import os\ni = 0\nwhile True:\n    os.mkdir(str(i))\n    open(f'{i}/file', 'w').write('x')\n"
    "    i += 1\n",
    200, STATUS (HS_STATUS_TIMEOUT), FALSE, FALSE },
  { "at the end", "import atexit, time\natexit.register(time.sleep, 0.1)\n", 30000,
    STATUS (HS_STATUS_OK), FALSE, FALSE },
  { "trace", "x = []\nfor i in range(3000):\n    x.append([i] * 10)\n", 30000,
    STATUS (HS_STATUS_OK), FALSE, TRUE },
  { "processes",
    "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        os.fork()\n"
    "        time.sleep(1000)\nwhile True: pass\n",
    200, STATUS (HS_STATUS_TIMEOUT), TRUE, FALSE },
};

typedef enum
{
  ACTION_NOTHING,
  ACTION_STOP,
  ACTION_CANCEL,
  ACTION_STOP_AND_CANCEL,
  ACTION_DROP,
  ACTION_STOP_AND_DROP,
  ACTION_KILL_WORKER,
  ACTION_STOP_AND_KILL_WORKER,
  ACTION_PAUSE_WORKER,
  ACTION_KILL_CODE,
  ACTION_HALT_CODE_AND_STOP,
  N_ACTIONS
} Action;

static const char *const action_names[] = {
  "nothing",
  "stop",
  "cancel",
  "stop and cancel",
  "drop",
  "stop and drop",
  "kill worker",
  "stop and kill worker",
  "pause worker",
  "kill code",
  "halt code and stop",
};

typedef struct
{
  Fixture  fixture;
  Action   action;
  guint    statuses;
  gboolean may_be_cancelled; /* G_IO_ERROR_CANCELLED is right */
} Run;

/* The first living child of @parent, 0 if there is none. */
static int
find_child (int parent)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", parent, parent);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? atoi (text) : 0;
}

static gboolean
signal_process (int pid,
                int number)
{
  return pid > 1 && kill (pid, number) == 0;
}

static void
drop (Run *run)
{
  run->may_be_cancelled = TRUE;
  g_clear_object (&run->fixture.runner);
}

static void
stop (Run *run)
{
  run->statuses |= STATUS (HS_STATUS_CANCELLED);
  hs_runner_stop (run->fixture.runner);
}

static void
cancel (Run *run)
{
  run->may_be_cancelled = TRUE;
  g_cancellable_cancel (run->fixture.cancellable);
}

static void
act (Run *run)
{
  int worker = find_child (getpid ());
  int code = worker != 0 ? find_child (worker) : 0;

  switch (run->action)
    {
    case ACTION_STOP_AND_CANCEL:
      stop (run);
      cancel (run);
      break;
    case ACTION_STOP:
      stop (run);
      break;
    case ACTION_CANCEL:
      cancel (run);
      break;

    case ACTION_STOP_AND_DROP:
      stop (run);
      drop (run);
      break;
    case ACTION_DROP:
      drop (run);
      break;

    case ACTION_STOP_AND_KILL_WORKER:
      stop (run);
      signal_process (worker, SIGKILL);
      break;
    case ACTION_KILL_WORKER:
      if (signal_process (worker, SIGKILL))
        run->statuses |= STATUS (HS_STATUS_FAILED);
      break;

    case ACTION_PAUSE_WORKER:
      if (signal_process (worker, SIGSTOP))
        {
          g_usleep (20000);
          signal_process (worker, SIGCONT);
        }
      break;

    case ACTION_KILL_CODE:
      if (signal_process (code, SIGKILL))
        run->statuses |= STATUS (HS_STATUS_CRASHED);
      break;

    case ACTION_HALT_CODE_AND_STOP:
      signal_process (code, SIGSTOP);
      stop (run);
      break;

    case ACTION_NOTHING:
    case N_ACTIONS:
    default:
      break;
    }
}

static gboolean
moment_cb (gpointer user_data)
{
  Run *run = user_data;

  if (!run->fixture.is_over)
    act (run);

  return G_SOURCE_REMOVE;
}

static void
run_once (const Program *program,
          Action         action,
          guint          moment_us)
{
  Run      run = { .action = action, .statuses = program->statuses };
  GSource *source = g_timeout_source_new (moment_us / 1000);

  fixture_init (&run.fixture, program->source);
  hs_run_spec_set_timeout (run.fixture.spec, program->timeout_ms);
  hs_run_spec_set_output_limit (run.fixture.spec, MIB);
  hs_run_spec_set_trace (run.fixture.spec, program->is_traced);
  if (program->has_processes)
    {
      g_autoptr(HsPermissions) permissions = hs_permissions_new ();

      permissions->processes = TRUE;
      hs_run_spec_set_permissions (run.fixture.spec, permissions);
    }
  g_source_set_callback (source, moment_cb, &run, NULL);
  g_source_attach (source, NULL);

  fixture_start (&run.fixture);
  fixture_wait (&run.fixture);
  g_source_destroy (source);
  g_source_unref (source);

  if (run.fixture.error != NULL)
    {
      g_assert_error (run.fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (run.may_be_cancelled);
    }
  else
    {
      HsStatus         status = hs_run_get_status (run.fixture.run);
      g_autofree char *message = hs_run_dup_message (run.fixture.run);

      if ((run.statuses & STATUS (status)) == 0)
        g_error ("%s, %s after %u us: %s: %s", program->name, action_names[action], moment_us,
                 hs_status_to_string (status), message);
    }
  fixture_clear (&run.fixture);
  assert_no_descendants ();
}

static guint
count_threads (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static guint64
get_bytes_in_use (void)
{
#ifdef __SANITIZE_ADDRESS__
  return 0; /* LeakSanitizer tells more at the end */
#else
  return mallinfo2 ().uordblks;
#endif
}

static void
test_random (void)
{
  const char *text = g_getenv ("HS_RUNS");
  int         n_runs = text != NULL ? atoi (text) : 200;
  guint       n_fds = 0, n_threads = 0;
  guint64     bytes = 0;

  for (int i = 0; i < n_runs; i++)
    {
      const Program *program =
        &programs[g_test_rand_int_range (0, (int)G_N_ELEMENTS (programs))];
      Action action = (Action)(i % N_ACTIONS);
      guint  moment_us = (guint)g_test_rand_int_range (0, MOMENT_MAX_US);

      run_once (program, action, moment_us);
      g_assert_cmpuint (count_scratch_folders (), ==, 0);
      if (i == N_FIRST_RUNS)
        {
          n_fds = count_fds ();
          n_threads = count_threads ();
          bytes = get_bytes_in_use ();
        }
    }

  if (n_runs <= N_FIRST_RUNS)
    return;

  g_test_message ("%u descriptors, %u threads (%u at first), %" G_GUINT64_FORMAT
                  " bytes (%" G_GUINT64_FORMAT " at first)",
                  count_fds (), count_threads (), n_threads, get_bytes_in_use (), bytes);
  g_assert_cmpuint (count_fds (), ==, n_fds);
  /* Those of GLib's pool come and go. */
  g_assert_cmpuint (count_threads (), <=, n_threads + 2);
  g_assert_cmpuint (get_bytes_in_use (), <, bytes + GROWTH_MAX_BYTES);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  use_own_tmp_dir ();
  g_test_init (&argc, &argv, NULL);
  adopt_orphans ();

  g_test_add_func ("/endurance/random", test_random);

  result = g_test_run ();
  remove_own_tmp_dir ();

  return result;
}
