/* test-endurance.c - many runs in windows, stopped, killed and closed at random
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "--seed" repeats what was printed. HS_RUNS: how many runs, 200.
 */

#include "config.h"

#include "hs-gui-test.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Something happens at a moment up to this long after the start. */
#define MOMENT_MAX_US 60000

/* A new window comes after so many runs. */
#define N_RUNS_OF_WINDOW 10

/* Until everything has its size: caches of fonts and icons, threads, arenas of the allocator. */
#define N_FIRST_RUNS 100

/* What may be in use more after the last run than after the first ones. A window that is closed
 * leaves 0.2 MiB, since GtkSourceView 5.6 keeps every view that has a gutter, and there are some
 * 25 windows; a run leaves nothing.
 */
#define GROWTH_MAX_BYTES ((gsize)12 << 20)

static const char *const programs[] = {
  "x = [[i] for i in range(300)]\nprint(len(x))\n",
  "words = 'a b c'.split()\nraise ValueError(words)\n",
  "import os\nos.abort()\n",
  "if\n",
  "x = ['kept']\nwhile True: pass\n",
  "while True: print('x' * 500)\n",
  "# heapscape: snapshot one\nx = 1\n# heapscape: snapshot two\ny = [x] * 100\n",
  "open('/proc/1/environ')\n",
};

typedef enum
{
  ACTION_NOTHING,
  ACTION_STOP,
  ACTION_STOP_TWICE,
  ACTION_KILL_WORKER,
  ACTION_KILL_CODE,
  ACTION_EDIT,
  ACTION_CLOSE,
  N_ACTIONS
} Action;

/* The first living child of @parent, 0 if there is none. */
static int
find_child (int parent)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", parent, parent);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? atoi (text) : 0;
}

static int
find_worker (void)
{
  g_autoptr(GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/children", task);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && atoi (text) != 0)
        return atoi (text);
    }

  return 0;
}

static void
kill_process (int pid)
{
  if (pid > 1)
    kill (pid, SIGKILL);
}

static guint
count_fds (void)
{
  g_autoptr(GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
pass_time (gint64 us)
{
  gint64 end_us = g_get_monotonic_time () + us;

  while (g_get_monotonic_time () < end_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* What endless code is left to needs an end. */
static gboolean
ends_by_itself (const char *program)
{
  return strstr (program, "while True") == NULL;
}

static void
act (HsWindow *window,
     Action    action,
     gboolean  must_end)
{
  int worker = find_worker ();

  if (action == ACTION_KILL_WORKER)
    kill_process (worker);
  else if (action == ACTION_KILL_CODE)
    kill_process (worker != 0 ? find_child (worker) : 0);
  else if (action == ACTION_EDIT)
    hs_editor_set_text (window->editor, "z = 1\n");
  if (action == ACTION_STOP || action == ACTION_STOP_TWICE || must_end)
    hs_gui_test_activate (window, "win.stop");
  if (action == ACTION_STOP_TWICE)
    hs_gui_test_activate (window, "win.stop");
}

/* Returns: whether the window is still there */
static gboolean
run_once (HsWindow *window)
{
  const char *program = programs[g_test_rand_int_range (0, G_N_ELEMENTS (programs))];
  Action      action = (Action)g_test_rand_int_range (0, N_ACTIONS);

  hs_editor_set_text (window->editor, program);
  hs_gui_test_activate (window, "win.run");
  pass_time (g_test_rand_int_range (0, MOMENT_MAX_US));
  if (action == ACTION_CLOSE)
    {
      hs_gui_test_close_window (window);
      return FALSE;
    }

  act (window, action, !ends_by_itself (program));
  hs_gui_test_wait (!hs_window_is_running (window));

  return TRUE;
}

static gsize
get_used (void)
{
  hs_gui_test_wait (!hs_gui_test_has_children ());
  pass_time (300000);

  return mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
}

/* GTK 4.8 says these of a widget of its own that it unmaps with its window in the middle of an
 * animation; all else stays fatal.
 */
static gboolean
is_fatal (const char    *domain,
          GLogLevelFlags level,
          const char    *message,
          gpointer       user_data)
{
  return strstr (message, "g_signal_handler_disconnect: assertion 'handler_id > 0'") == NULL &&
         strstr (message, "gdk_frame_clock_idle_end_updating: assertion") == NULL;
}

static void
test_runs (void)
{
  const char *wanted = g_getenv ("HS_RUNS");
  guint       n_runs = wanted != NULL ? (guint)atoi (wanted) : 200;
  HsWindow   *window = NULL;
  guint       n_fds = 0;
  gsize       used = 0;
  gsize       used_at_last;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  for (guint i = 0; i < n_runs; i++)
    {
      if (window != NULL && i % N_RUNS_OF_WINDOW == 0)
        g_clear_pointer (&window, hs_gui_test_close_window);
      if (i == N_FIRST_RUNS)
        {
          g_clear_pointer (&window, hs_gui_test_close_window);
          used = get_used ();
          n_fds = count_fds ();
        }
      if (window == NULL)
        window = hs_gui_test_open_window (NULL);
      if (!run_once (window))
        window = NULL;
    }

  g_clear_pointer (&window, hs_gui_test_close_window);
  used_at_last = get_used ();
  g_test_message ("%u runs: %" G_GSIZE_FORMAT " bytes in use, %+" G_GSSIZE_FORMAT " since run %d; "
                  "%u descriptors",
                  n_runs, used_at_last, (gssize)(used_at_last - used), N_FIRST_RUNS, count_fds ());
  if (n_runs <= N_FIRST_RUNS)
    return;

  g_assert_cmpuint (count_fds (), <=, n_fds);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (used_at_last, <, used + GROWTH_MAX_BYTES);
#endif
}

int
main (int   argc,
      char *argv[])
{
  hs_gui_test_init (&argc, &argv);
  g_test_add_func ("/endurance/runs", test_runs);

  return hs_gui_test_finish ();
}
