/* bench-layout.c - how long layouts take, and how they compare with dot's
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "hs-test-graphs.h"

/* Prints processor time (own layout, median of the runs) and wall time (dot,
 * one run), crossings and arrows through boxes counted on the drawn curves.
 * Each line is the mean over the seeds.
 */

#define N_SEEDS        5
#define N_RUNS         5
#define CROSSINGS_MAX  1000 /* boxes; counting takes the square of the arrows */
#define DOT_MAX        1000 /* boxes; beyond it takes a minute and more */
#define UNITS_PER_INCH 72.

typedef struct
{
  double ms;
  double crossings;
  double through;
  double length;
  double pixels; /* area of the picture, millions */
} Result;

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
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
add_measure (Result            *result,
             const HsTestGraph *graph,
             const HsLayout    *layout,
             gboolean           count_crossings)
{
  HsTestMeasure measure = hs_test_graph_measure (graph, layout, count_crossings);

  result->crossings += count_crossings ? measure.n_crossings : NAN;
  result->through += measure.n_through;
  result->length += measure.length;
  result->pixels += layout->width * layout->height / 1e6;
}

static void
run_own (const HsTestGraph *graph,
         Result            *result)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = cpu_ms ();
      g_autoptr (HsLayout) layout = hs_layout_new (graph->nodes, graph->n_nodes, graph->edges,
                                                   graph->n_edges, NULL, NULL);

      times[i] = cpu_ms () - start;
      if (i + 1 == N_RUNS)
        add_measure (result, graph, layout, graph->n_nodes <= CROSSINGS_MAX);
    }
  qsort (times, N_RUNS, sizeof (double), compare_doubles);
  result->ms += times[N_RUNS / 2];
}

/* Boxes as tables with a port for each row, as close to ours as dot has it. */
static char *
dup_dot_source (const HsTestGraph *graph)
{
  GString *text =
    g_string_new ("digraph g { rankdir=LR; node [shape=plain]; ranksep=0.9; nodesep=0.33;\n");

  for (guint i = 0, edge = 0; i < graph->n_nodes; i++)
    {
      g_string_append_printf (
        text,
        "n%u [label=<<table border=\"1\" cellborder=\"0\" cellspacing=\"0\" "
        "cellpadding=\"0\"><tr><td port=\"t\" fixedsize=\"true\" width=\"%d\" "
        "height=\"32\"></td></tr><tr><td fixedsize=\"true\" width=\"8\" "
        "height=\"24\"></td></tr>",
        i, (int)graph->nodes[i].width);
      for (edge = 0; edge < graph->n_edges; edge++)
        if (graph->edges[edge].from == i)
          g_string_append_printf (
            text,
            "<tr><td port=\"p%u\" fixedsize=\"true\" width=\"%d\" height=\"24\">"
            "</td></tr>",
            edge, (int)graph->nodes[i].width);
      g_string_append (text, "</table>>];\n");
    }
  for (guint i = 0; i < graph->n_edges; i++)
    g_string_append_printf (text, "n%u:p%u:e -> n%u:t:w;\n", graph->edges[i].from, i,
                            graph->edges[i].to);
  g_string_append (text, "}\n");

  return g_string_free (text, FALSE);
}

/* Reads "dot -Tplain": places of nodes and curves of edges, into the form of
 * our own layouts, a strand for each piece of a curve.
 */
static HsLayout *
parse_plain (const HsTestGraph *graph,
             const char        *plain)
{
  HsLayout *layout = g_new0 (HsLayout, 1);
  GArray   *strands = g_array_new (FALSE, TRUE, sizeof (HsLayoutStrand));
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);

  layout->n_nodes = graph->n_nodes;
  layout->places = g_new0 (HsPoint, graph->n_nodes + 1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (g_strcmp0 (words[0], "graph") == 0)
        {
          layout->width = g_ascii_strtod (words[2], NULL) * UNITS_PER_INCH;
          layout->height = g_ascii_strtod (words[3], NULL) * UNITS_PER_INCH;
        }
      else if (g_strcmp0 (words[0], "node") == 0)
        {
          guint node = (guint)atoi (words[1] + 1);

          layout->places[node].x =
            g_ascii_strtod (words[2], NULL) * UNITS_PER_INCH - graph->nodes[node].width / 2;
          layout->places[node].y =
            g_ascii_strtod (words[3], NULL) * UNITS_PER_INCH - graph->nodes[node].height / 2;
        }
      else if (g_strcmp0 (words[0], "edge") == 0)
        {
          int n_points = atoi (words[3]);

          for (int piece = 0; piece + 3 < n_points; piece += 3)
            {
              HsLayoutStrand strand = { .target = (guint)atoi (words[2] + 1), .n_edges = 1 };

              for (int j = 0; j < 4; j++)
                {
                  strand.curve[j].x =
                    g_ascii_strtod (words[4 + 2 * (piece + j)], NULL) * UNITS_PER_INCH;
                  strand.curve[j].y =
                    g_ascii_strtod (words[5 + 2 * (piece + j)], NULL) * UNITS_PER_INCH;
                }
              strand.start = strand.curve[0];
              g_array_append_val (strands, strand);
            }
        }
    }
  layout->n_strands = strands->len;
  layout->strands = (HsLayoutStrand *)(void *)g_array_free (strands, FALSE);

  return layout;
}

static gboolean
run_dot (const HsTestGraph *graph,
         const char        *dot,
         Result            *result)
{
  g_autofree char *source = dup_dot_source (graph);
  g_autofree char *plain = NULL;
  g_autoptr (HsLayout) layout = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gint64 start = g_get_monotonic_time ();

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, dot, "-Tplain", NULL);
  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, source, NULL, &plain, NULL, NULL) ||
      !g_subprocess_get_successful (process))
    return FALSE;
  result->ms += (double)(g_get_monotonic_time () - start) / 1e3;
  layout = parse_plain (graph, plain);
  add_measure (result, graph, layout, graph->n_nodes <= CROSSINGS_MAX);

  return TRUE;
}

static void
print_result (const char   *name,
              guint         n_boxes,
              const char   *program,
              const Result *sum)
{
  g_print ("%-7s %5u  %-4s %9.2f ms  %8.0f crossings  %5.1f through  %7.0fk long  %6.1f Mpx\n",
           name, n_boxes, program, sum->ms / N_SEEDS, sum->crossings / N_SEEDS,
           sum->through / N_SEEDS, sum->length / N_SEEDS / 1e3, sum->pixels / N_SEEDS);
}

int
main (void)
{
  static const guint sizes[] = { 20, 60, 200, 1000, 2000, 5000 };
  g_autofree char   *dot = g_find_program_in_path ("dot");

  setlocale (LC_ALL, "C.UTF-8");
  for (guint kind = HS_TEST_GRAPH_HEAP; kind <= HS_TEST_GRAPH_RANDOM; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        Result   own = { 0 };
        Result   dots = { 0 };
        gboolean has_dot = dot != NULL && kind == HS_TEST_GRAPH_HEAP && sizes[i] <= DOT_MAX;

        for (guint seed = 1; seed <= N_SEEDS; seed++)
          {
            g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, sizes[i], seed);

            run_own (graph, &own);
            has_dot = has_dot && run_dot (graph, dot, &dots);
          }
        print_result (hs_test_graph_kind_to_string (kind), sizes[i], "own", &own);
        if (has_dot)
          print_result (hs_test_graph_kind_to_string (kind), sizes[i], "dot", &dots);
      }

  return 0;
}
