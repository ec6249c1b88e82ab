/* hs-variant-color.c - what variants of code look like, everywhere
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-variant-color.h"

#include "hs-theme-private.h"

#define N_LETTERS 26

typedef enum
{
  SHAPE_DISC,
  SHAPE_SQUARE,
  SHAPE_TRIANGLE,
  SHAPE_DIAMOND,
  SHAPE_DOWNWARDS, /* a triangle on its tip */
  N_SHAPES
} Shape;

/* Nine of them and eight colours: a variant is like another one in both only after 72. */
static const struct
{
  Shape    shape;
  gboolean is_hollow;
} signs[HS_N_VARIANT_SIGNS] = {
  { SHAPE_DISC, FALSE },
  { SHAPE_SQUARE, FALSE },
  { SHAPE_TRIANGLE, FALSE },
  { SHAPE_DIAMOND, FALSE },
  { SHAPE_DISC, TRUE },
  { SHAPE_SQUARE, TRUE },
  { SHAPE_TRIANGLE, TRUE },
  { SHAPE_DIAMOND, TRUE },
  { SHAPE_DOWNWARDS, FALSE },
};

/* In widths of the line. */
static const struct
{
  double dashes[4];
  int    n_dashes;
} lines[HS_N_VARIANT_SIGNS] = {
  { { 0 }, 0 },
  { { 12, 2 }, 2 },
  { { 5, 2 }, 2 },
  { { 1.5, 1.5 }, 2 },
  { { 6, 2, 1.5, 2 }, 4 },
  { { 8, 3 }, 2 },
  { { 3, 1.5 }, 2 },
  { { 4, 2, 4, 4 }, 4 },
  { { 1, 2.5 }, 2 },
};

static HsColor
get_color (const HsTheme *theme,
           guint          variant)
{
  return theme->variant[variant % HS_N_VARIANT_COLORS];
}

void
hs_theme_get_variant_color (const HsTheme *theme,
                            guint          variant,
                            double        *red,
                            double        *green,
                            double        *blue)
{
  HsColor color = get_color (theme, variant);

  *red = (color >> 16 & 0xff) / 255.;
  *green = (color >> 8 & 0xff) / 255.;
  *blue = (color & 0xff) / 255.;
}

char *
hs_variant_dup_letter (guint variant)
{
  char letter = (char)('A' + variant % N_LETTERS);

  if (variant < N_LETTERS)
    return g_strdup_printf ("%c", letter);

  return g_strdup_printf ("%c%u", letter, variant / N_LETTERS + 1);
}

static void
add_shape (cairo_t *cr,
           Shape    shape,
           double   radius)
{
  switch (shape)
    {
    case SHAPE_SQUARE:
      cairo_rectangle (cr, -0.88 * radius, -0.88 * radius, 1.76 * radius, 1.76 * radius);
      break;

    case SHAPE_TRIANGLE:
      cairo_move_to (cr, 0, -1.2 * radius);
      cairo_line_to (cr, 1.15 * radius, 0.8 * radius);
      cairo_line_to (cr, -1.15 * radius, 0.8 * radius);
      cairo_close_path (cr);
      break;

    case SHAPE_DOWNWARDS:
      cairo_move_to (cr, 0, 1.2 * radius);
      cairo_line_to (cr, 1.15 * radius, -0.8 * radius);
      cairo_line_to (cr, -1.15 * radius, -0.8 * radius);
      cairo_close_path (cr);
      break;

    case SHAPE_DIAMOND:
      cairo_move_to (cr, 0, -1.3 * radius);
      cairo_line_to (cr, 1.2 * radius, 0);
      cairo_line_to (cr, 0, 1.3 * radius);
      cairo_line_to (cr, -1.2 * radius, 0);
      cairo_close_path (cr);
      break;

    case SHAPE_DISC:
    case N_SHAPES:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
      break;
    }
}

void
hs_variant_draw_sign (cairo_t       *cr,
                      guint          variant,
                      double         x,
                      double         y,
                      double         radius,
                      const HsTheme *theme)
{
  guint which = variant % HS_N_VARIANT_SIGNS;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_new_path (cr);
  add_shape (cr, signs[which].shape, radius);
  hs_theme_set_color (cr, signs[which].is_hollow ? theme->background : get_color (theme, variant));
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, get_color (theme, variant));
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, MAX (radius / 3, 0.5));
  if (signs[which].is_hollow)
    cairo_stroke (cr);
  else
    cairo_new_path (cr);
  cairo_restore (cr);
}

void
hs_variant_set_line (cairo_t       *cr,
                     guint          variant,
                     double         width,
                     const HsTheme *theme)
{
  guint  which = variant % HS_N_VARIANT_SIGNS;
  double dashes[4];

  for (int i = 0; i < lines[which].n_dashes; i++)
    dashes[i] = lines[which].dashes[i] * width;
  hs_theme_set_color (cr, get_color (theme, variant));
  cairo_set_line_width (cr, width);
  cairo_set_dash (cr, dashes, lines[which].n_dashes, 0);
}
