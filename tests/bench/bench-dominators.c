/* bench-dominators.c - what retained sizes of millions of objects cost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-dominators [OBJECTS]: a worker takes snapshots of heaps of about four
 * objects for each of OBJECTS (default: one million). Prints processor time for
 * each object, median of the runs, with all that later questions need, and its
 * ratio to the iterative algorithm on the same snapshot, which takes the square
 * of some shapes and is left out there.
 */

#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hs-dominators-private.h"
#include "hs-runner.h"
#include "hs-test-dominators.h"

#define N_RUNS      7
#define N_QUESTIONS 100000
#define GOAL        30 /* ns for each object */

static const char common[] = "import random\n"
                             "class Point:\n"
                             "    def __init__(self, i):\n"
                             "        self.a = i\n"
                             "        self.b = i * 0.5\n"
                             "        self.c = f'n{i}'\n"
                             "class Node:\n"
                             "    __slots__ = ('next', 'value', 'all')\n"
                             "    def __init__(self, next, value, all):\n"
                             "        self.next = next\n"
                             "        self.value = value\n"
                             "        self.all = all\n";

typedef struct
{
  const char *name;
  const char *source;
  gboolean    is_deep; /* too much for the iterative algorithm */
} Program;

static const Program programs[] = {
  { "fresh", "data = [Point(i) for i in range(n)]\n" },
  /* Allocated in another order than referred to, two fifths of it replaced. */
  { "aged", "chance = random.Random(3)\n"
            "data = [Point(i) for i in range(n)]\n"
            "chance.shuffle(data)\n"
            "for _ in range(2):\n"
            "    for i in chance.sample(range(n), n // 5):\n"
            "        data[i] = None\n"
            "    holes = [i for i in range(n) if data[i] is None]\n"
            "    chance.shuffle(holes)\n"
            "    for i in holes:\n"
            "        data[i] = Point(i)\n"
            "chance.shuffle(data)\n"
            "del holes, chance\n" },
  { "json", "import json\n"
            "text = json.dumps([{'id': 1000 + i, 'name': f'user {i}', 'on': i % 2 == 0,\n"
            "                    'tags': [f't{i}', i / 3]} for i in range(n * 2 // 3)])\n"
            "data = json.loads(text)\n"
            "del text\n" },
  { "linked", "data = None\n"
              "for i in range(n * 2):\n"
              "    data = Node(data, i + 1000, None)\n" },
  /* Every node refers to the same object, which has no name. */
  { "shared-deep", "shared = [object()]\n"
                   "data = None\n"
                   "for i in range(n * 2):\n"
                   "    data = Node(data, i + 1000, shared)\n"
                   "del shared\n",
    TRUE },
  /* Nothing folds. */
  { "random", "chance = random.Random(3)\n"
              "pool = [[] for i in range(n * 4)]\n"
              "for list in pool:\n"
              "    list += chance.choices(pool, k=2)\n"
              "data = pool[:8]\n"
              "del pool, chance, list\n" },
};

static double
cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return x < y ? -1 : x > y;
}

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

/* Returns: (transfer full): the bytes of the snapshot at the end of @program */
static GBytes *
take_snapshot (HsPython      *python,
               const Program *program,
               guint          n)
{
  char *source = g_strdup_printf ("n = %u\n%s%s", n, common, program->source);
  g_autoptr(GBytes) bytes = g_bytes_new_take (source, strlen (source));
  g_autoptr(HsRunSpec) spec = hs_run_spec_new (bytes, NULL, "bench.py");
  g_autoptr(HsRunner) runner = NULL;
  g_autoptr(HsRun) run = NULL;
  const char *reason;
  HsHeap     *heap;

  hs_run_spec_set_python (spec, python);
  hs_run_spec_set_trace (spec, FALSE);
  hs_run_spec_set_timeout (spec, 600000);
  hs_run_spec_set_memory_limit (spec, G_GUINT64_CONSTANT (12) << 30);
  runner = hs_runner_new (spec);
  hs_runner_run_async (runner, NULL, finished_cb, &run);
  while (run == NULL)
    g_main_context_iteration (NULL, TRUE);

  heap = hs_run_get_heap (run, &reason);
  if (heap == NULL)
    g_error ("%s: %s", program->name, reason);

  return g_bytes_ref (hs_heap_get_bytes (heap));
}

/* ns for each question; the slowest of all in *@worst. */
static double
ask (const HsDominators *tree,
     guint32             n_objects,
     double             *worst)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (1);
  double  begin = cpu_ns ();
  double  last = begin;
  guint64 sum = 0;

  *worst = 0;
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      guint32 object = (guint32)g_rand_int_range (chance, 0, (gint32)n_objects);
      guint32 n;
      double  now;

      sum += hs_dominators_get_retained (tree, object, NULL);
      sum += hs_dominators_get_n_retained (tree, object);
      sum += hs_dominators_get_children (tree, object, &n)[0];
      sum += hs_dominators_dominates (tree, hs_dominators_get_children (tree, HS_NO_OBJECT, &n)[0],
                                      object);
      now = cpu_ns ();
      *worst = MAX (*worst, now - last);
      last = now;
    }
  if (sum == 0)
    g_print ("nothing\n");

  return (last - begin) / N_QUESTIONS;
}

static double
time_reference (HsHeap             *heap,
                const HsDominators *tree)
{
  g_autofree guint64 *retained = NULL;
  double              start = cpu_ns ();
  g_autofree guint32 *parent = hs_test_dominators_by_iteration (heap, &retained);
  double              end = cpu_ns ();

  for (guint32 i = 0; i < hs_heap_get_view (heap)->n_objects; i++)
    {
      g_assert_cmpuint (hs_dominators_get_parent (tree, i), ==, parent[i]);
      g_assert_cmpuint (hs_dominators_get_retained (tree, i, NULL), ==, retained[i]);
    }

  return end - start;
}

static void
measure (HsPython      *python,
         const Program *program,
         guint          n)
{
  g_autoptr(GBytes) bytes = take_snapshot (python, program, n);
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HsHeap) heap = hs_heap_new (bytes, &error);
      const HsDominators *tree;
      guint32             n_objects;
      double              start;
      double              worst;
      double              question;

      g_assert_no_error (error);
      n_objects = hs_heap_get_view (heap)->n_objects;
      start = cpu_ns ();
      tree = hs_heap_get_dominators (heap);
      times[i] = cpu_ns () - start;
      if (i + 1 < N_RUNS)
        continue;

      qsort (times, N_RUNS, sizeof times[0], compare_doubles);
      question = ask (tree, n_objects, &worst);
      g_print ("%-11s %9u objects  %7.1f ms  %5.1f ns each (%.1f to %.1f, goal %d)  "
               "%5.1f %% did not fold  four questions %.2f µs, at most %.0f µs\n",
               program->name, n_objects, times[N_RUNS / 2] / 1e6, times[N_RUNS / 2] / n_objects,
               times[0] / n_objects, times[N_RUNS - 1] / n_objects, GOAL,
               100.0 * tree->n_core / n_objects, question / 1e3, worst / 1e3);
      if (!program->is_deep)
        g_print ("            iterative algorithm %.2f times as long\n",
                 time_reference (heap, tree) / times[N_RUNS / 2]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HsPython) python = hs_python_find (NULL, &error);
  guint n = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : 1000000;

  setlocale (LC_ALL, "C.UTF-8");
  if (python == NULL)
    g_error ("%s", error->message);
  if (n == 0 || n > G_MAXINT32 / 8)
    g_error ("Not a number of objects: %s", argv[1]);

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      if (argc < 3 || g_str_equal (argv[2], programs[i].name))
        measure (python, &programs[i], n);
    }

  return 0;
}
