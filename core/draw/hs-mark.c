/* hs-mark.c - signs of what is special about an object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-mark.h"

#define MIDDLE (HS_MARK_SIGN_SIZE / 2.)
#define LINE   1.4

static void
add_circle (cairo_t *cr,
            double   x,
            double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, MIDDLE, radius, 0, 2 * G_PI);
}

/* A box that is filled in part only. */
static void
draw_room (cairo_t *cr)
{
  static const double dashes[] = { 2, 1.5 };

  cairo_rectangle (cr, 1.5, 2, 4.5, HS_MARK_SIGN_SIZE - 4);
  cairo_fill (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, 6.5, 2.5, 4, HS_MARK_SIGN_SIZE - 5);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* @direction: -1: points up, 1: down */
static void
add_triangle (cairo_t *cr,
              double   direction)
{
  cairo_move_to (cr, MIDDLE, MIDDLE + direction * 4.5);
  cairo_line_to (cr, MIDDLE - 5, MIDDLE - direction * 4);
  cairo_line_to (cr, MIDDLE + 5, MIDDLE - direction * 4);
  cairo_close_path (cr);
  cairo_fill (cr);
}

gboolean
hs_mark_has_sign (HsGraphMarks mark)
{
  return (mark & (HS_GRAPH_MARK_INTERNED | HS_GRAPH_MARK_IMMORTAL | HS_GRAPH_MARK_STATIC |
                  HS_GRAPH_MARK_OVERALLOCATED | HS_GRAPH_MARK_FREED | HS_GRAPH_MARK_NEW |
                  HS_GRAPH_MARK_GREW | HS_GRAPH_MARK_SHRANK | HS_GRAPH_MARK_CHANGED)) != 0;
}

void
hs_mark_draw (cairo_t     *cr,
              HsGraphMarks mark,
              double       x,
              double       y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_new_path (cr);
  cairo_set_line_width (cr, LINE);
  switch (mark)
    {
    case HS_GRAPH_MARK_INTERNED:
      /* The one place in the table. */
      add_circle (cr, MIDDLE, MIDDLE - 1.25);
      cairo_stroke (cr);
      add_circle (cr, MIDDLE, 2.25);
      cairo_fill (cr);
      break;
    case HS_GRAPH_MARK_IMMORTAL:
      /* Infinity. */
      add_circle (cr, MIDDLE - 2.6, 2.4);
      cairo_stroke (cr);
      add_circle (cr, MIDDLE + 2.6, 2.4);
      cairo_stroke (cr);
      break;
    case HS_GRAPH_MARK_STATIC:
      cairo_rectangle (cr, 2, 2, HS_MARK_SIGN_SIZE - 4, HS_MARK_SIGN_SIZE - 4);
      cairo_fill (cr);
      break;
    case HS_GRAPH_MARK_OVERALLOCATED:
      draw_room (cr);
      break;
    case HS_GRAPH_MARK_FREED:
      /* A cross. */
      cairo_move_to (cr, 2.5, 2.5);
      cairo_line_to (cr, HS_MARK_SIGN_SIZE - 2.5, HS_MARK_SIGN_SIZE - 2.5);
      cairo_move_to (cr, HS_MARK_SIGN_SIZE - 2.5, 2.5);
      cairo_line_to (cr, 2.5, HS_MARK_SIGN_SIZE - 2.5);
      cairo_stroke (cr);
      break;
    case HS_GRAPH_MARK_NEW:
      /* A plus, heavier than text. */
      cairo_rectangle (cr, MIDDLE - 1.1, 1, 2.2, HS_MARK_SIGN_SIZE - 2);
      cairo_rectangle (cr, 1, MIDDLE - 1.1, HS_MARK_SIGN_SIZE - 2, 2.2);
      cairo_fill (cr);
      break;
    case HS_GRAPH_MARK_GREW:
      add_triangle (cr, -1);
      break;
    case HS_GRAPH_MARK_SHRANK:
      add_triangle (cr, 1);
      break;
    case HS_GRAPH_MARK_CHANGED:
      /* A wave: as many bytes, but others. */
      cairo_move_to (cr, 1, MIDDLE);
      cairo_curve_to (cr, 3.5, 1.5, 5, 1.5, MIDDLE, MIDDLE);
      cairo_curve_to (cr, 7, 10.5, 8.5, 10.5, HS_MARK_SIGN_SIZE - 1, MIDDLE);
      cairo_stroke (cr);
      break;
    case HS_GRAPH_MARK_TRACKED:
    default:
      break;
    }
  cairo_restore (cr);
}
