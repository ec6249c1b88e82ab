/* hs-variant-color.h - what variants of code look like, everywhere
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "hs-theme.h"

G_BEGIN_DECLS

/* A variant, counted from 0, the baseline, is told by a letter, a sign and a colour; from the
 * ninth on colours come again, with other signs and letters.
 */
#define HS_N_VARIANT_COLORS 8
#define HS_N_VARIANT_SIGNS  9

/* 0 to 1. As dark against the background as text must be at least in large print (3:1), and apart
 * from its neighbours for colour-blind eyes; a line in it stays apart in grey by its dashes.
 */
void hs_theme_get_variant_color (const HsTheme *theme,
                                 guint          variant,
                                 double        *red,
                                 double        *green,
                                 double        *blue);

/* "A" for the baseline, after "Z" "A2". Returns: (transfer full) */
char *hs_variant_dup_letter (guint variant);

/* Points of a curve: a disc, a square, … in the source of @cr, round @x, @y (scene units), as large
 * as a disc of @radius.
 */
void hs_variant_draw_sign (cairo_t       *cr,
                           guint          variant,
                           double         x,
                           double         y,
                           double         radius,
                           const HsTheme *theme);

/* Sets source and dashes of a line that is @width (scene units) wide. */
void hs_variant_set_line (cairo_t       *cr,
                          guint          variant,
                          double         width,
                          const HsTheme *theme);

G_END_DECLS
