/* hs-graph-draw-private.h - pieces of which a scene is drawn
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-scene-private.h"
#include "hs-theme-private.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t      *cr;
  const HsRect *clip; /* scene units; NULL: everything */
  double        width;
  gboolean      has_head;
  gboolean      is_ghost; /* dashed: a reference that has gone */
} HsStroke;

/* With the source of the cairo_t, and an arrow head where the strand ends. */
void _hs_stroke_strand (const HsStroke       *stroke,
                        const HsLayoutStrand *strand);

/* The arrows of rows that belong to an answer. */
void _hs_graph_scene_draw_highlight (HsGraphScene  *self,
                                     cairo_t       *cr,
                                     const HsRect  *clip,
                                     const HsTheme *theme);

/* A bundle of arrows is a little heavier than one. */
double _hs_strand_get_width (const HsLayoutStrand *strand,
                             double                arrow_width);

void _hs_draw_add_rounded (cairo_t      *cr,
                           const HsRect *rect,
                           double        radius);

/* Bytes as a surface. */
void _hs_draw_area (cairo_t       *cr,
                    const HsRect  *rect,
                    const HsTheme *theme,
                    HsFamily       family);

/* Line and font settings that all drawing of scenes starts from. */
void _hs_draw_prepare (cairo_t *cr);

G_END_DECLS
