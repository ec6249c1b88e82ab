/* hs-pool-scene-private.h - what the map of pools is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-pool-scene.h"
#include "hs-scene-private.h"
#include "hs-text.h"

G_BEGIN_DECLS

#define HS_POOL_MARGIN     32.
#define HS_POOL_ROW_HEIGHT 24.
#define HS_POOL_BAR_HEIGHT 12.

/* Cells of the whole map; a larger heap has several pools in each. */
#define HS_POOL_CELLS_MAX 12800

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  guint         is_quiet : 1;
} HsPoolLabel;

/* How much of a pool is what; blocks or bytes, of @all. */
typedef struct
{
  guint64 code;
  guint64 baseline;
  guint64 holes;
  guint64 never;
  guint64 other; /* what no block is: heads, pools not in use */
  guint64 all;
} HsPoolShares;

/* The whole of the arenas, or of a size. */
typedef struct
{
  HsRect       rect;
  HsPoolShares shares;
} HsPoolBar;

typedef struct
{
  HsScene    parent;
  HsPoolMap *map;
  HsTexts   *texts;
  GArray    *labels; /* HsPoolLabel, by y */
  GArray    *bars;   /* HsPoolBar */

  guint  n_rows;  /* of the table: the first items */
  double table_y; /* top of the first row */
  double table_width;

  /* The map: strips of cells, one below the other, each of one arena or, if a cell is
   * several pools, of as many arenas.
   */
  guint32 n_cells;
  guint32 pools_per_cell;
  guint32 cells_per_strip;
  guint32 cells_per_line; /* a strip may take several lines */
  guint   shows_blocks : 1;
  guint   shows_sizes : 1;
  double  cell_width; /* scene units, without the gap */
  double  cell_height;
  double  gap;
  double  map_x;
  double  map_y;        /* top of the first cell */
  double  strip_height; /* with the gap behind it */

  HsLegendEntry legend[8]; /* HS_N_POOL_SAMPLES */
  guint         n_legend;

  const HsText *sizes[256]; /* by granules: the number in a cell; NULL if there is none */
} HsPoolScene;

/* Of @cell, below n_cells. */
void _hs_pool_scene_get_cell_rect (HsPoolScene *self,
                                   guint32      cell,
                                   HsRect      *rect);
void _hs_pool_scene_get_shares (const HsPoolSum *sum,
                                HsPoolShares    *shares);

/* hs-pool-scene-draw.c */
void _hs_pool_scene_draw (HsScene       *scene,
                          cairo_t       *cr,
                          const HsRect  *clip,
                          double         scale,
                          const HsTheme *theme);
void _hs_pool_scene_draw_sample (cairo_t       *cr,
                                 const HsRect  *rect,
                                 const HsTheme *theme,
                                 guint          which);

/* What a sample shows. */
typedef enum
{
  HS_POOL_SAMPLE_CODE,
  HS_POOL_SAMPLE_OTHERS,
  HS_POOL_SAMPLE_BASELINE,
  HS_POOL_SAMPLE_HOLES,
  HS_POOL_SAMPLE_NEVER,
  HS_POOL_SAMPLE_FREE,
  HS_POOL_SAMPLE_UNTOUCHED,
  HS_POOL_SAMPLE_DAMAGED,
  HS_N_POOL_SAMPLES
} HsPoolSample;

G_END_DECLS
