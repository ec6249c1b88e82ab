/* bench-run.c - from Run to the first picture, against a bare interpreter
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does what the window does between a click on Run and the first picture of a
 * small file: start a worker, run, check the snapshot, choose the boxes, lay
 * them out, draw them. The anchor is "python3 -I -c pass" with the interpreter
 * of the same library, started in turn with it.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "hs-graph-scene.h"
#include "hs-runner.h"

#define N_REPEATS 15

static const char source[] = "class Point:\n"
                             "    def __init__(self, x, y):\n"
                             "        self.x, self.y = x, y\n"
                             "points = [Point(i, i * 1.5) for i in range(10)]\n"
                             "print(len(points))\n";

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  HsRun **run = user_data;

  *run = hs_runner_run_finish (HS_RUNNER (object), result, &error);
  if (*run == NULL)
    g_error ("%s", error->message);
}

static void
draw_picture (HsHeap *heap)
{
  g_autoptr(HsGraphOptions) options = hs_graph_options_new ();
  g_autoptr(HsGraph) graph = hs_graph_new (heap, options, NULL, NULL);
  g_autoptr(HsScene) scene = hs_graph_scene_new (graph, NULL, NULL, NULL);
  const HsRect     window = { 0, 0, 1000, 700 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1000, 700);
  cairo_t         *cr = cairo_create (surface);

  hs_scene_draw (scene, cr, &window, 1.0, hs_theme_get (HS_THEME_LIGHT));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
time_run (HsPython *python)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (source, sizeof source - 1);
  g_autoptr(HsRunSpec) spec = hs_run_spec_new (bytes, NULL, "bench.py");
  g_autoptr(HsRunner) runner = NULL;
  g_autoptr(HsRun) run = NULL;
  gint64      start = g_get_monotonic_time ();
  const char *reason;
  HsHeap     *heap;

  hs_run_spec_set_python (spec, python);
  runner = hs_runner_new (spec);
  hs_runner_run_async (runner, NULL, finished_cb, &run);
  while (run == NULL)
    g_main_context_iteration (NULL, TRUE);

  heap = hs_run_get_heap (run, &reason);
  if (heap == NULL)
    g_error ("%s", reason);
  draw_picture (heap);

  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static double
time_bare_interpreter (const char *executable)
{
  const char *argv[] = { executable, "-I", "-c", "pass", NULL };
  gint64      start = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                     &error))
    g_error ("%s", error->message);

  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double difference = *(const double *)a - *(const double *)b;

  return (difference > 0) - (difference < 0);
}

static double
median (double *values)
{
  qsort (values, N_REPEATS, sizeof values[0], compare_doubles);

  return values[N_REPEATS / 2];
}

int
main (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsPython) python = hs_python_find (NULL, &error);
  double      runs[N_REPEATS];
  double      starts[N_REPEATS];
  const char *executable;

  if (python == NULL)
    g_error ("%s", error->message);
  executable = hs_python_get_executable (python);
  if (executable == NULL)
    executable = "/usr/bin/python3";

  time_run (python); /* fonts, caches of the file system */
  time_bare_interpreter (executable);
  for (int i = 0; i < N_REPEATS; i++)
    {
      runs[i] = time_run (python);
      starts[i] = time_bare_interpreter (executable);
    }

  printf ("Run to first picture: median %.1f ms (%.1f to %.1f)\n",
          median (runs), runs[0], runs[N_REPEATS - 1]);
  printf ("bare interpreter:     median %.1f ms (%.1f to %.1f)\n",
          median (starts), starts[0], starts[N_REPEATS - 1]);
  printf ("ratio: %.2f (goal: at most 4)\n", median (runs) / median (starts));

  return EXIT_SUCCESS;
}
