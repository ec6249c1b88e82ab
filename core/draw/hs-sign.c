/* hs-sign.c - a sign for each family of types, so that hue is never alone
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-graph-scene-private.h"

#define LINE_WIDTH 1.6

/* All signs are drawn in a square from 0 to HS_SIGN_SIZE. */
#define MIDDLE (HS_SIGN_SIZE / 2.)
#define LOW    1.5
#define HIGH   (HS_SIGN_SIZE - 1.5)

static void
draw_line (cairo_t *cr,
           double   x0,
           double   y0,
           double   x1,
           double   y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
}

/* Square brackets. */
static void
draw_container (cairo_t *cr)
{
  cairo_move_to (cr, 5, LOW);
  cairo_line_to (cr, 2, LOW);
  cairo_line_to (cr, 2, HIGH);
  cairo_line_to (cr, 5, HIGH);
  cairo_move_to (cr, HS_SIGN_SIZE - 5, LOW);
  cairo_line_to (cr, HS_SIGN_SIZE - 2, LOW);
  cairo_line_to (cr, HS_SIGN_SIZE - 2, HIGH);
  cairo_line_to (cr, HS_SIGN_SIZE - 5, HIGH);
  cairo_stroke (cr);
  for (guint i = 0; i < 2; i++)
    {
      cairo_arc (cr, MIDDLE - 1.75 + 3.5 * i, MIDDLE, 1, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* A capital T. */
static void
draw_text (cairo_t *cr)
{
  draw_line (cr, 2.5, LOW + 1, HS_SIGN_SIZE - 2.5, LOW + 1);
  draw_line (cr, MIDDLE, LOW + 1, MIDDLE, HIGH - 0.5);
  cairo_stroke (cr);
}

/* A number sign. */
static void
draw_number (cairo_t *cr)
{
  draw_line (cr, 5.75, LOW, 4.25, HIGH);
  draw_line (cr, 9.75, LOW, 8.25, HIGH);
  draw_line (cr, 2, 5, 12.5, 5);
  draw_line (cr, 1.5, 9, 12, 9);
  cairo_stroke (cr);
}

/* Parentheses, as one calls it. */
static void
draw_callable (cairo_t *cr)
{
  cairo_move_to (cr, 5, LOW);
  cairo_curve_to (cr, 1.5, 4.5, 1.5, HS_SIGN_SIZE - 4.5, 5, HIGH);
  cairo_move_to (cr, HS_SIGN_SIZE - 5, LOW);
  cairo_curve_to (cr, HS_SIGN_SIZE - 1.5, 4.5, HS_SIGN_SIZE - 1.5, HS_SIGN_SIZE - 4.5,
                  HS_SIGN_SIZE - 5, HIGH);
  cairo_stroke (cr);
}

static void
add_diamond (cairo_t *cr)
{
  cairo_move_to (cr, MIDDLE, 1);
  cairo_line_to (cr, HS_SIGN_SIZE - 1, MIDDLE);
  cairo_line_to (cr, MIDDLE, HS_SIGN_SIZE - 1);
  cairo_line_to (cr, 1, MIDDLE);
  cairo_close_path (cr);
}

/* A diamond: empty for the mould, filled for what is cast in it. */
static void
draw_class (cairo_t *cr)
{
  add_diamond (cr);
  cairo_stroke (cr);
}

static void
draw_instance (cairo_t *cr)
{
  add_diamond (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
}

/* A parcel. */
static void
draw_module (cairo_t *cr)
{
  cairo_rectangle (cr, 2, 2, HS_SIGN_SIZE - 4, HS_SIGN_SIZE - 4);
  draw_line (cr, 2, 5.5, HS_SIGN_SIZE - 2, 5.5);
  cairo_stroke (cr);
}

/* Cells side by side. */
static void
draw_buffer (cairo_t *cr)
{
  cairo_rectangle (cr, 1.25, 4, HS_SIGN_SIZE - 2.5, 6);
  draw_line (cr, 5.1, 4, 5.1, 10);
  draw_line (cr, 8.9, 4, 8.9, 10);
  cairo_stroke (cr);
}

static void
draw_other (cairo_t *cr)
{
  cairo_arc (cr, MIDDLE, MIDDLE, MIDDLE - 2.25, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void (*const signs[]) (cairo_t *cr) = {
  [HS_FAMILY_OTHER] = draw_other,
  [HS_FAMILY_CONTAINER] = draw_container,
  [HS_FAMILY_TEXT] = draw_text,
  [HS_FAMILY_NUMBER] = draw_number,
  [HS_FAMILY_CALLABLE] = draw_callable,
  [HS_FAMILY_CLASS] = draw_class,
  [HS_FAMILY_INSTANCE] = draw_instance,
  [HS_FAMILY_MODULE] = draw_module,
  [HS_FAMILY_BUFFER] = draw_buffer,
};

G_STATIC_ASSERT (G_N_ELEMENTS (signs) == HS_N_FAMILIES);

void
_hs_sign_draw (cairo_t *cr,
               HsFamily family,
               double   x,
               double   y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  signs[family](cr);
  cairo_restore (cr);
}
