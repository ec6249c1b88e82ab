/* bench-pages.c - how long it takes to show the pages of large mappings
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-pages-scene-private.h"
#include "hs-test-record.h"
#include "hs-wishes.h"

#define N_REPEATS 7
#define N_CHANGED 1000

/* Pages that Cairo's rectangles are drawn for: the anchor. */
#define N_ANCHOR 100000

typedef enum
{
  LIKE_FILES, /* a thousand places that were read from */
  SCATTERED,  /* every second of the first pages differs from its neighbours */
} Kind;

static HsPageMap *
create_map (guint32 n_pages,
            Kind    kind)
{
  g_autoptr(HsTestRecord) test = hs_test_record_new ();
  guint32            n_runs = kind == LIKE_FILES ? 2000 : 100000;
  guint32            step = n_pages / n_runs;
  HsRecordPageRun   *runs = g_new (HsRecordPageRun, n_runs);
  HsRecordMapping    mapping = { .bytes = (guint64)n_pages * 4096, .page_size = 4096 };
  HsRecordPageSample sample = { .bytes = mapping.bytes, .moment = G_MAXUINT32, .line = 1 };
  g_autoptr(GBytes) result = NULL;
  g_autoptr(HsHistory) history = NULL;
  HsPageMap *map;
  guint64    offset;
  guint64    size;

  mapping.file_bytes = mapping.bytes;
  hs_test_record_add_mapping (test, &mapping);
  for (guint32 i = 0; i < n_runs; i++)
    runs[i] = kind == LIKE_FILES
                ? (HsRecordPageRun) { i * step, 1 + i % step, i % 2 == 0 ? 3 : 1 }
                : (HsRecordPageRun) { 2 * i, 1, 3 };
  hs_test_record_add_page_sample (test, &sample, runs, n_runs);
  for (guint32 i = 0; i < N_CHANGED; i++)
    runs[i] = (HsRecordPageRun) { i * (n_pages / N_CHANGED), 1, 7 };
  sample.time_ns = 1;
  sample.line = 2;
  hs_test_record_add_page_sample (test, &sample, runs, N_CHANGED);
  g_free (runs);
  result = hs_test_record_to_bytes (test, &offset, &size);
  history = hs_history_new (result, offset, size, NULL, NULL);
  map = hs_page_map_new (history, NULL, NULL);
  g_assert_nonnull (map);

  return map;
}

/* As the picture does. */
static guint
choose_shift (guint32 n_pages)
{
  guint shift = 0;

  while (n_pages >> shift > 128 * 128)
    shift++;

  return shift;
}

static double
get_ms (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / 1000;
}

static void
report (const char *what,
        guint32     n_pages,
        double      ms)
{
  g_print ("%-44s %10u pages %9.3f ms\n", what, n_pages, ms);
}

static void
measure (guint32     n_pages,
         Kind        kind,
         const char *name)
{
  g_autoptr(HsPageMap) map = create_map (n_pages, kind);
  g_autoptr(GArray) before = hs_page_map_dup_spans (map, 0);
  double any = HUGE_VAL;
  double count = HUGE_VAL;
  double image = HUGE_VAL;
  double change = HUGE_VAL;

  for (guint i = 0; i < N_REPEATS; i++)
    {
      g_autoptr(GArray) spans = NULL;
      g_autoptr(GArray) after = NULL;
      HsPageCells      cells;
      cairo_surface_t *surface;
      gint64           start = g_get_monotonic_time ();

      spans = hs_page_map_dup_spans (map, 1);
      any = MIN (any, get_ms (start));

      start = g_get_monotonic_time ();
      hs_page_cells_init (&cells, map, 0, before, 0, n_pages, choose_shift (n_pages));
      count = MIN (count, get_ms (start));
      surface = _hs_pages_create_image (&cells, 128, 0, 0, 128, 128, 5,
                                        hs_theme_get (HS_THEME_LIGHT));
      image = MIN (image, get_ms (start));
      cairo_surface_destroy (surface);

      start = g_get_monotonic_time ();
      after = hs_page_map_dup_next_spans (map, 1, before);
      hs_page_cells_change (&cells, map, 1, before, after);
      change = MIN (change, get_ms (start));
      hs_page_cells_clear (&cells);
    }
  g_print ("%s, %u spans\n", name, before->len);
  report ("  to any sample", n_pages, any);
  report ("  counted into cells", n_pages, count);
  report ("  counted and made an image of 640 px", n_pages, image);
  report ("  1000 scattered pages changed", n_pages, change);
}

/* What drawing each page by itself takes. */
static void
measure_anchor (void)
{
  double ms = HUGE_VAL;

  for (guint i = 0; i < 3; i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1000, 400);
      cairo_t         *cr = cairo_create (surface);
      gint64           start = g_get_monotonic_time ();

      for (guint32 j = 0; j < N_ANCHOR; j++)
        {
          cairo_set_source_rgb (cr, j % 3 / 2., 0.5, 0.5);
          cairo_rectangle (cr, j % 500 * 2, j / 500 * 2, 2, 2);
          cairo_fill (cr);
        }
      ms = MIN (ms, get_ms (start));
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  report ("Cairo, a rectangle for each page", N_ANCHOR, ms);
}

int
main (void)
{
  measure_anchor ();
  measure (1000000, LIKE_FILES, "Read here and there");
  measure (10000000, LIKE_FILES, "Read here and there");
  measure (1000000, SCATTERED, "Every second page");
  measure (10000000, SCATTERED, "Every second page of the first ones");

  return 0;
}
