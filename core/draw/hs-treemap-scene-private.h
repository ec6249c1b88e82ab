/* hs-treemap-scene-private.h - what a treemap is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene-private.h"
#include "hs-text.h"
#include "hs-treemap-scene.h"

G_BEGIN_DECLS

#define HS_TREEMAP_PADDING 6.
#define HS_TREEMAP_TITLE   22. /* height of a line of words */

typedef struct
{
  HsRect        rect;
  HsTreemapTile tile;         /* its texts belong to a level of the scene */
  const HsText *title;        /* NULL: there is no room */
  const HsText *bytes;        /* right of the title, or below it */
  guint         level;        /* 0: not within another */
  guint         parent;       /* index, or HS_NO_ITEM */
  guint         is_open : 1;  /* its tiles lie in it */
  guint         is_below : 1; /* the bytes stand below the title */
  guint         has_sign : 1;
} HsTreemapBox;

typedef struct
{
  HsRect        rect;
  guint32       object; /* HS_NO_OBJECT: the whole heap */
  const HsText *text;
} HsTreemapStep;

typedef struct
{
  HsScene       parent;
  HsTexts      *texts;
  GPtrArray    *levels; /* GArray of HsTreemapTile: keep the texts */
  GArray       *boxes;  /* HsTreemapBox */
  GArray       *steps;  /* HsTreemapStep */
  HsRect        map;
  const HsText *sum;
  guint64       whole;
  guint32       root;
  HsLegendEntry legend[HS_N_FAMILIES + 1];
  guint         n_legend;
} HsTreemapScene;

/* hs-treemap-place.c */

/* Areas of @weights (descending) side by side in @rect, as square as they can be:
 * Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000.
 */
void _hs_treemap_squarify (const double *weights,
                           guint         n,
                           const HsRect *rect,
                           HsRect       *rects);

/* hs-treemap-draw.c */
void _hs_treemap_scene_draw (HsScene       *scene,
                             cairo_t       *cr,
                             const HsRect  *clip,
                             double         scale,
                             const HsTheme *theme);
/* @which: a family, or HS_N_FAMILIES for several objects in one tile */
void _hs_treemap_scene_draw_sample (cairo_t       *cr,
                                    const HsRect  *rect,
                                    const HsTheme *theme,
                                    guint          which);

G_END_DECLS
