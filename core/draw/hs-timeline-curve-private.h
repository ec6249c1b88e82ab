/* hs-timeline-curve-private.h - draws the curves of memory over time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-timeline-scene-private.h"

G_BEGIN_DECLS

typedef enum
{
  HS_TIMELINE_CURVE_LIVE,
  HS_TIMELINE_CURVE_RSS,
  HS_TIMELINE_CURVE_ANON,
  HS_TIMELINE_CURVE_FILE,
  HS_TIMELINE_CURVE_SHMEM,
  HS_TIMELINE_CURVE_SWAP,
  HS_TIMELINE_N_CURVES
} HsTimelineCurve;

/* From the samples, so that a larger scale shows more of them. */
void _hs_timeline_curve_draw (const HsTimelineScene *self,
                              const HsTimelinePlot  *plot,
                              HsTimelineCurve        curve,
                              cairo_t               *cr,
                              const HsRect          *clip,
                              double                 scale,
                              const HsTheme         *theme);

/* The path of @cr, as the curve looks. */
void _hs_timeline_curve_stroke (cairo_t        *cr,
                                HsTimelineCurve curve,
                                const HsTheme  *theme);

G_END_DECLS
