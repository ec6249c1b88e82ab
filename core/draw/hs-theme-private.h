/* hs-theme-private.h - what a theme consists of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "hs-theme.h"
#include "hs-variant-color.h"

G_BEGIN_DECLS

typedef guint32 HsColor; /* 0xRRGGBB, sRGB */

struct _HsTheme
{
  HsColor background;
  HsColor box;    /* inside of a box */
  HsColor border; /* of a box */
  HsColor line;   /* between rows */
  HsColor shared; /* border of an object with several references */
  HsColor text;
  HsColor quiet_text; /* reference counts, positions, "… 9 990 more" */
  HsColor arrow;
  HsColor accent;
  HsColor accent_text; /* on the accent */
  HsColor found;       /* frame of what a search found */

  double border_width; /* scene units */
  double shared_width;
  double arrow_width;
  double mark_width; /* of selection */

  /* By HsFamily: the strip and the sign, and the title bar behind dark text. */
  HsColor hue[HS_N_FAMILIES];
  HsColor tint[HS_N_FAMILIES];

  HsColor variant[HS_N_VARIANT_COLORS];
  HsColor variant_text; /* on any of them */
};

static inline void
hs_theme_set_color (cairo_t *cr,
                    HsColor  color)
{
  cairo_set_source_rgb (cr, (color >> 16 & 0xff) / 255., (color >> 8 & 0xff) / 255.,
                        (color & 0xff) / 255.);
}

static inline void
hs_theme_set_color_alpha (cairo_t *cr,
                          HsColor  color,
                          double   alpha)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255., (color >> 8 & 0xff) / 255.,
                         (color & 0xff) / 255., alpha);
}

G_END_DECLS
