/* bench-frame.c - frames of a graph of 50 000 boxes, or of a static image
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bench-frame static|pan|zoom
 *
 * Prints for each scenario its name, the median milliseconds of a frame from
 * before-paint to after-paint, and those of drawing in it: median and most.
 */

#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hs-test-scenes.h"
#include "hs-tiles.h"

#define N_BOXES  50000
#define N_FRAMES 150
#define WIDTH    1920
#define HEIGHT   1080
#define BUDGET   8000

/* Not measured: the first pictures of a scenario are drawn at once. */
#define N_WARM 20

#define BENCH_TYPE_CANVAS (bench_canvas_get_type ())
G_DECLARE_FINAL_TYPE (BenchCanvas, bench_canvas, BENCH, CANVAS, GtkWidget)

struct _BenchCanvas
{
  GtkWidget parent_instance;

  cairo_surface_t *image; /* static; or NULL */
  HsTiles         *tiles;
  HsViewport       viewport;
  double           draw_ms;
};

G_DEFINE_FINAL_TYPE (BenchCanvas, bench_canvas, GTK_TYPE_WIDGET)

typedef struct
{
  const char *name;
  double      zoom;
  double      dx; /* a frame, pixels */
  double      dy;
  double      factor; /* of the zoom, a frame */
} Scenario;

static const Scenario pans[] = {
  { "pan-1.0", 1, 23, 11, 1 },
  { "pan-0.5", 0.5, 23, 11, 1 },
  { "pan-0.3", 0.3, 23, 11, 1 },
  { "pan-0.1", 0.1, 11, 5, 1 },
};
static const Scenario zooms[] = {
  { "zoom-in", 0.1, 0, 0, 1.015 },
  { "zoom-out", 1, 0, 0, 1 / 1.015 },
};
static const Scenario statics[] = {
  { "static", 1, 0, 0, 1 },
};

typedef struct
{
  BenchCanvas    *canvas;
  const Scenario *scenarios;
  guint           n_scenarios;
  guint           scenario;
  guint           frame;
  gint64          start;
  double          frames[N_FRAMES];
  double          draws[N_FRAMES];
  GMainLoop      *loop;
} Bench;

static void
bench_canvas_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  BenchCanvas *self = BENCH_CANVAS (widget);
  cairo_t     *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gint64       start = g_get_monotonic_time ();

  if (self->image != NULL)
    {
      cairo_set_source_surface (cr, self->image, 0, 0);
      cairo_paint (cr);
    }
  else
    hs_tiles_paint (self->tiles, cr, &self->viewport, BUDGET);
  self->draw_ms = (double)(g_get_monotonic_time () - start) / 1000;
  cairo_destroy (cr);
}

static void
bench_canvas_class_init (BenchCanvasClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_canvas_snapshot;
}

static void
bench_canvas_init (BenchCanvas *self)
{
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return left < right ? -1 : left > right;
}

static void
report (Bench *bench)
{
  qsort (bench->frames + N_WARM, N_FRAMES - N_WARM, sizeof (double), compare);
  qsort (bench->draws + N_WARM, N_FRAMES - N_WARM, sizeof (double), compare);
  g_print ("%s %.3f %.3f %.3f\n", bench->scenarios[bench->scenario].name,
           bench->frames[(N_WARM + N_FRAMES) / 2], bench->draws[(N_WARM + N_FRAMES) / 2],
           bench->draws[N_FRAMES - 1]);
}

static void
place (Bench *bench)
{
  const Scenario *scenario = &bench->scenarios[bench->scenario];
  HsViewport     *viewport = &bench->canvas->viewport;
  double          zoom = scenario->zoom * pow (scenario->factor, bench->frame);

  viewport->x = 900 * zoom + scenario->dx * bench->frame;
  viewport->y = 9000 * zoom + scenario->dy * bench->frame;
  viewport->zoom = zoom;
}

static void
before_paint_cb (Bench *bench)
{
  bench->start = g_get_monotonic_time ();
}

static void
after_paint_cb (Bench *bench)
{
  bench->frames[bench->frame] = (double)(g_get_monotonic_time () - bench->start) / 1000;
  bench->draws[bench->frame] = bench->canvas->draw_ms;
  if (++bench->frame == N_FRAMES)
    {
      report (bench);
      bench->frame = 0;
      if (++bench->scenario == bench->n_scenarios)
        {
          g_main_loop_quit (bench->loop);
          return;
        }
    }
  place (bench);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

static void
tiles_ready_cb (gpointer user_data)
{
}

static void
measure (Bench *bench)
{
  GtkWidget     *window = gtk_window_new ();
  GdkFrameClock *clock;

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bench->canvas));
  gtk_window_present (GTK_WINDOW (window));
  place (bench);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_widget_add_tick_callback (GTK_WIDGET (bench->canvas), tick_cb, NULL, NULL);
  g_main_loop_run (bench->loop);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .scenarios = pans, .n_scenarios = G_N_ELEMENTS (pans) };
  g_autoptr(HsScene) scene = NULL;

  if (argc != 2)
    return EXIT_FAILURE;

  adw_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.canvas = g_object_new (BENCH_TYPE_CANVAS, NULL);
  bench.canvas->viewport = (HsViewport) { 0, 0, WIDTH, HEIGHT, 1, 1 };
  if (strcmp (argv[1], "static") == 0)
    {
      bench.scenarios = statics;
      bench.n_scenarios = G_N_ELEMENTS (statics);
      bench.canvas->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    }
  else
    {
      if (strcmp (argv[1], "zoom") == 0)
        {
          bench.scenarios = zooms;
          bench.n_scenarios = G_N_ELEMENTS (zooms);
        }
      scene = hs_test_scene_new_tree (N_BOXES);
      bench.canvas->tiles = hs_tiles_new (tiles_ready_cb, NULL);
      hs_tiles_set_scene (bench.canvas->tiles, scene);
    }
  measure (&bench);

  return EXIT_SUCCESS;
}
