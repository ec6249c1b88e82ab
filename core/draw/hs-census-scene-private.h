/* hs-census-scene-private.h - what the table of types is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-census-scene.h"
#include "hs-scene-private.h"
#include "hs-text.h"

G_BEGIN_DECLS

#define HS_CENSUS_MARGIN     32.
#define HS_CENSUS_ROW_HEIGHT 24.
#define HS_CENSUS_BAR_HEIGHT 10.

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  guint         is_quiet : 1;
} HsCensusLabel;

typedef struct
{
  HsScene   parent;
  HsCensus *census;
  HsTexts  *texts;
  GArray   *labels;  /* HsCensusLabel */
  guint     n_rows;  /* types that are shown */
  double    table_y; /* top of the first row */
  double    bar_x;
  double    bar_width; /* of most bytes */
  guint64   most;      /* the bytes of the longest bar */
} HsCensusScene;

/* hs-census-draw.c */
void _hs_census_scene_draw (HsScene       *scene,
                            cairo_t       *cr,
                            const HsRect  *clip,
                            double         scale,
                            const HsTheme *theme);
/* @which: 0: bytes, 1: retained */
void _hs_census_scene_draw_sample (cairo_t       *cr,
                                   const HsRect  *rect,
                                   const HsTheme *theme,
                                   guint          which);

G_END_DECLS
