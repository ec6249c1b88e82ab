/* bench-layout.c - how long layouts take, and how they compare with Graphviz's
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

/* Prints processor time (own layout, median of the runs) and wall time (dot and
 * sfdp, one run, with about 6 ms for the start of the program), crossings and
 * arrows through boxes counted on the drawn curves, and how that compares.
 * Each line is the mean over the seeds.
 */

#define N_SEEDS        10
#define N_SEEDS_LARGE  3 /* past CROSSINGS_MAX */
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

/* Too many boxes to look for overlaps and the like. */
static void
time_large (HsTestGraphKind kind,
            guint           n_boxes)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, n_boxes, 1);
  double start = cpu_ms ();
  g_autoptr (HsLayout) layout = hs_layout_new (graph->nodes, graph->n_nodes, graph->edges,
                                               graph->n_edges, NULL, NULL);

  g_print ("%-9s %5u  own  %9.2f ms%s, %u of %u arrows as stubs\n",
           hs_test_graph_kind_to_string (kind), n_boxes, cpu_ms () - start,
           layout->is_simplified ? ", simplified" : "", layout->n_stubs, graph->n_edges);
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
run_program (const HsTestGraph *graph,
             const char        *program,
             Result            *result)
{
  g_autofree char *source = dup_dot_source (graph);
  g_autofree char *plain = NULL;
  g_autoptr (HsLayout) layout = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gint64 start = g_get_monotonic_time ();

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, program, "-Tplain", "-Goverlap=prism", NULL);
  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, source, NULL, &plain, NULL, NULL) ||
      !g_subprocess_get_successful (process))
    return FALSE;
  result->ms += (double)(g_get_monotonic_time () - start) / 1e3;
  layout = parse_plain (graph, plain);
  add_measure (result, graph, layout, graph->n_nodes <= CROSSINGS_MAX);

  return TRUE;
}

static guint
choose_n_seeds (guint n_boxes)
{
  return n_boxes <= CROSSINGS_MAX ? N_SEEDS : N_SEEDS_LARGE;
}

/* Beside @own if that is another's. */
static void
print_result (const char   *name,
              guint         n_boxes,
              const char   *program,
              const Result *sum,
              const Result *own)
{
  double n = choose_n_seeds (n_boxes);

  g_print ("%-9s %5u  %-4s %9.2f ms  %7.0f crossings  %5.1f through  %7.0fk long  %6.1f Mpx",
           name, n_boxes, program, sum->ms / n, sum->crossings / n, sum->through / n,
           sum->length / n / 1e3, sum->pixels / n);
  if (own != NULL)
    g_print ("; own: time 1/%.0f, crossings %.2f, length %.2f", sum->ms / own->ms,
             own->crossings / sum->crossings, own->length / sum->length);
  g_print ("\n");
}

static void
compare_programs (HsTestGraphKind kind,
                  guint           n_boxes)
{
  static const char *const programs[] = { "dot", "sfdp" };
  const char              *name = hs_test_graph_kind_to_string (kind);
  Result                   own = { 0 };

  for (guint seed = 1; seed <= choose_n_seeds (n_boxes); seed++)
    {
      g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, n_boxes, seed);

      run_own (graph, &own);
    }
  print_result (name, n_boxes, "own", &own, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_find_program_in_path (programs[i]);
      Result           other = { 0 };
      gboolean         has_other = path != NULL && kind == HS_TEST_GRAPH_HEAP && n_boxes <= DOT_MAX;

      for (guint seed = 1; has_other && seed <= choose_n_seeds (n_boxes); seed++)
        {
          g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, n_boxes, seed);

          has_other = run_program (graph, path, &other);
        }
      if (has_other)
        print_result (name, n_boxes, programs[i], &other, &own);
    }
}

/* How far boxes move when ten others come, with and without hints. */
static void
measure_stability (guint n_boxes)
{
  double with = 0;
  double without = 0;

  for (guint seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr (HsTestGraph) graph = hs_test_graph_new (HS_TEST_GRAPH_HEAP, n_boxes, seed);
      g_autofree guint        *ids = g_new (guint, n_boxes);
      g_autofree HsLayoutHint *hints = g_new0 (HsLayoutHint, n_boxes);
      g_autoptr (HsTestGraph) former = hs_test_graph_dup_without_leaves (graph, 10, ids);
      g_autoptr (HsLayout) before = hs_layout_new (former->nodes, former->n_nodes, former->edges,
                                                   former->n_edges, NULL, NULL);
      g_autoptr (HsLayout) cold = hs_layout_new (graph->nodes, graph->n_nodes, graph->edges,
                                                 graph->n_edges, NULL, NULL);
      g_autoptr (HsLayout) warm = NULL;

      for (guint i = 0; i < former->n_nodes; i++)
        hints[ids[i]] = (HsLayoutHint) { before->places[i], TRUE };
      warm = hs_layout_new (graph->nodes, graph->n_nodes, graph->edges, graph->n_edges, hints,
                            NULL);
      without += hs_test_layout_measure_moves (before, cold, ids);
      with += hs_test_layout_measure_moves (before, warm, ids);
    }
  g_print ("ten more  %5u  boxes move %.0f, without hints %.0f (mean, beside the first)\n",
           n_boxes, with / N_SEEDS, without / N_SEEDS);
}

typedef struct
{
  GCancellable *cancellable;
  gint64        delay; /* us */
  gint64        time;  /* when it was cancelled, monotonic */
} Cancelling;

static gpointer
cancel_later (gpointer data)
{
  Cancelling *self = data;

  g_usleep ((gulong)self->delay);
  self->time = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);

  return NULL;
}

/* The longest that a layout went on after it was cancelled. */
static void
measure_cancelling (HsTestGraphKind kind,
                    guint           n_boxes)
{
  g_autoptr (HsTestGraph) graph = hs_test_graph_new (kind, n_boxes, 1);
  gint64 longest = 0;
  guint  n_cancelled = 0;

  for (gint64 delay = 1000; delay < 2000000; delay = delay * 5 / 4)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, delay, 0 };
      GThread   *thread = g_thread_new ("cancel", cancel_later, &cancelling);
      g_autoptr (HsLayout) layout = hs_layout_new (graph->nodes, graph->n_nodes, graph->edges,
                                                   graph->n_edges, NULL, cancellable);
      gint64 end = g_get_monotonic_time ();

      g_thread_join (thread);
      if (layout != NULL)
        break;
      longest = MAX (longest, end - cancelling.time);
      n_cancelled++;
    }
  g_print ("cancelled %5u  %s: %u times, at most %.1f ms later\n", n_boxes,
           hs_test_graph_kind_to_string (kind), n_cancelled, (double)longest / 1e3);
}

int
main (void)
{
  static const guint           sizes[] = { 20, 30, 60, 100, 200, 500, 1000, 2000, 5000 };
  static const guint           large_sizes[] = { 20000, 50000 };
  static const HsTestGraphKind kinds[] = { HS_TEST_GRAPH_HEAP, HS_TEST_GRAPH_RANDOM };

  setlocale (LC_ALL, "C.UTF-8");
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        compare_programs (kinds[kind], sizes[i]);
      for (guint i = 0; i < G_N_ELEMENTS (large_sizes); i++)
        time_large (kinds[kind], large_sizes[i]);
    }
  for (guint i = 1; i < 6; i++)
    measure_stability (sizes[i]);
  measure_cancelling (HS_TEST_GRAPH_HEAP, 5000);
  measure_cancelling (HS_TEST_GRAPH_RANDOM, 50000);
  measure_cancelling (HS_TEST_GRAPH_LIST, 100000);

  return 0;
}
