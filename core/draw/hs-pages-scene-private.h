/* hs-pages-scene-private.h - what the picture of pages is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-pages-scene.h"
#include "hs-scene-private.h"
#include "hs-text.h"
#include "hs-theme-private.h"

G_BEGIN_DECLS

/* Scene units. */
#define HS_PAGES_MARGIN     32.
#define HS_PAGES_LABELS     64. /* offsets, left of the map */
#define HS_PAGES_MAP_WIDTH  640.
#define HS_PAGES_WIDTH      (HS_PAGES_LABELS + HS_PAGES_MAP_WIDTH)
#define HS_PAGES_LINE       20.
#define HS_PAGES_BAR_HEIGHT 32.
#define HS_PAGES_COLUMN_MIN 4.
#define HS_PAGES_COLUMN_MAX 40.

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  guint         is_quiet : 1;
} HsPagesLabel;

/* A mapping. */
typedef struct
{
  guint   mapping;
  guint   sample; /* HS_NO_SAMPLE: not made yet */
  guint   is_whole : 1;
  HsRect  header;
  HsRect  frame; /* room for all pages that it ever has; empty if not whole */
  guint32 n_columns;
  double  cell; /* from one cell to the next */
  /* What it has now; all NULL if not whole or without a sample. */
  HsPageCells cells;
  GArray     *spans;
  GArray     *changes;
  guint8     *changed;    /* by cell: 0, or 1 + HsPageChange */
  guint       first_item; /* of its cells */
  char       *name;
} HsPagesPart;

/* Samples that stand in one column: the most of each. Bytes. */
typedef struct
{
  guint  first_step;
  guint  n_steps;
  double mapped; /* copies included */
  double cached; /* of these, also those that are mapped */
  double copies;
  double rss[3]; /* HsPagesRss */
} HsPagesColumn;

typedef enum
{
  HS_PAGES_RSS_FILE,
  HS_PAGES_RSS_ANON,
  HS_PAGES_RSS_SHMEM,
  HS_N_PAGES_RSS
} HsPagesRss;

/* A row of the chart. */
typedef struct
{
  double y; /* of the bottom of the bars */
  double most;
  int    rss; /* HsPagesRss, or -1: pages of the mappings */
} HsPagesRow;

/* What a sample of the legend shows: an HsPageClass, or from HS_N_PAGE_CLASSES on an
 * HsPageChange, or one of these.
 */
enum
{
  HS_PAGES_SAMPLE_ODD = HS_N_PAGE_CLASSES + HS_N_PAGE_CHANGES,
  HS_PAGES_SAMPLE_SHOWN,
  HS_N_PAGES_SAMPLES
};

typedef struct
{
  HsScene      parent;
  HsPagesFocus focus;  /* the step is never HS_NO_SAMPLE */
  HsPageMap   *map;    /* owned */
  HsTexts     *texts;  /* owned */
  GArray      *labels; /* owned; HsPagesLabel, by y within each part */

  /* Items: parts, "N more", columns, cells. */
  HsPagesPart *parts; /* owned */
  guint        n_parts;
  guint        n_more; /* mappings that are not in a part */
  HsRect       more;
  GArray      *columns;      /* owned; HsPagesColumn */
  guint        first_column; /* item */
  guint        shown_column;
  double       column_width;
  HsRect       chart;
  HsPagesRow   rows[1 + HS_N_PAGES_RSS];
  guint        n_rows;

  HsLegendEntry legend[HS_N_PAGES_SAMPLES];
  guint         n_legend;
} HsPagesScene;

/* hs-pages-place.c. FALSE if cancelled. */
gboolean _hs_pages_scene_place (HsPagesScene *self,
                                GCancellable *cancellable);

/* hs-pages-chart.c: from @y on. Returns: its bottom */
double _hs_pages_chart_place (HsPagesScene *self,
                              double        y);
void   _hs_pages_chart_draw (HsPagesScene  *self,
                             cairo_t       *cr,
                             const HsTheme *theme);

const HsText *_hs_pages_add_label (HsPagesScene *self,
                                   HsTextStyle   style,
                                   const char   *text,
                                   double        x,
                                   double        y);
/* Ends at @x. */
void _hs_pages_add_number (HsPagesScene *self,
                           HsTextStyle   style,
                           const char   *text,
                           double        x,
                           double        y);

/* The part with the cell that is @item, or NULL. */
HsPagesPart *_hs_pages_scene_find_part (HsPagesScene *self,
                                        guint         item);
/* Pages of @cell. */
guint32 _hs_pages_part_get_pages (const HsPagesPart *part,
                                  guint32            cell,
                                  guint32           *n);

/* hs-pages-cells.c: the map as an image. */

HsColor _hs_pages_get_color (const HsTheme *theme,
                             HsPageClass    page_class);
/* One cell of @page_class in @rect, with a corner of @odd if that is another one. */
void _hs_pages_draw_cell (cairo_t       *cr,
                          const HsRect  *rect,
                          const HsTheme *theme,
                          HsPageClass    page_class,
                          HsPageClass    odd);
/* Where a cell begins in an image with @pixels (at least 1) from one to the next: some cells
 * are a pixel wider than others, but each has edges that are sharp.
 */
guint _hs_pages_get_edge (guint32 cell,
                          double  pixels);
/* The cells of @columns × @rows from @first_column, @first_row on. Returns: (transfer full):
 * an image surface
 */
cairo_surface_t *_hs_pages_create_image (const HsPageCells *cells,
                                         guint32            n_columns,
                                         guint32            first_column,
                                         guint32            first_row,
                                         guint32            columns,
                                         guint32            rows,
                                         double             pixels,
                                         const HsTheme     *theme);
/* The same with @merged × @merged cells in each pixel. */
cairo_surface_t *_hs_pages_create_small_image (const HsPageCells *cells,
                                               guint32            n_columns,
                                               guint32            merged,
                                               const HsTheme     *theme);

/* hs-pages-draw.c */
void _hs_pages_scene_draw (HsScene       *scene,
                           cairo_t       *cr,
                           const HsRect  *clip,
                           double         scale,
                           const HsTheme *theme);
void _hs_pages_draw_sample (cairo_t       *cr,
                            const HsRect  *rect,
                            const HsTheme *theme,
                            guint          which);
/* The line round pages that changed. */
void _hs_pages_set_change_line (cairo_t       *cr,
                                const HsTheme *theme,
                                HsPageChange   change,
                                double         width);

G_END_DECLS
