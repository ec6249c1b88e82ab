/* hs-cost-scene-private.h - what the picture of costs is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cost-scene.h"
#include "hs-scene-private.h"
#include "hs-text.h"

G_BEGIN_DECLS

#define HS_COST_MARGIN     32.
#define HS_COST_ROW_HEIGHT 24.
#define HS_COST_POINT      4. /* half the width of a point */

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  guint         is_quiet : 1;
} HsCostLabel;

/* A line through points of a chart. */
typedef struct
{
  guint item;          /* class whose it is, or HS_NO_ITEM if each point has its own */
  guint is_hollow : 1; /* with __slots__ */
  guint rank;          /* of the lines of a chart: its dashes */
  guint first_point;
  guint n_points;
} HsCostLine;

typedef struct
{
  double x;
  double y;
  guint  item;
} HsCostPoint;

typedef struct
{
  HsRect  plot;  /* inside of the axes */
  GArray *ticks; /* double: y of each level line */
  GArray *lines; /* HsCostLine */
} HsCostChart;

typedef struct
{
  HsScene     parent;
  HsCost     *cost;
  HsTexts    *texts;
  HsCostChart charts[2]; /* first instances, attributes; without ticks if not drawn */
  GArray     *points;    /* HsCostPoint */
  GArray     *labels;    /* HsCostLabel */
  double      table_y;   /* top of the first row */
} HsCostScene;

/* hs-cost-draw.c */
void _hs_cost_scene_draw (HsScene       *scene,
                          cairo_t       *cr,
                          const HsRect  *clip,
                          double         scale,
                          const HsTheme *theme);
void _hs_cost_scene_draw_sample (cairo_t       *cr,
                                 const HsRect  *rect,
                                 const HsTheme *theme,
                                 guint          which);

G_END_DECLS
