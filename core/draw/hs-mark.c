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

gboolean
hs_mark_has_sign (HsGraphMarks mark)
{
  return (mark & (HS_GRAPH_MARK_INTERNED | HS_GRAPH_MARK_IMMORTAL | HS_GRAPH_MARK_STATIC |
                  HS_GRAPH_MARK_OVERALLOCATED)) != 0;
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
    case HS_GRAPH_MARK_TRACKED:
    case HS_GRAPH_MARK_FREED:
    default:
      break;
    }
  cairo_restore (cr);
}
