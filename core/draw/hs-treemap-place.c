/* hs-treemap-place.c - areas side by side, as square as they can be
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-treemap-scene-private.h"

#define LEAST_SIDE 1e-3 /* scene units */

/* The worst ratio of the sides if @sum is laid along a side of @length, its largest
 * and smallest part being @most and @least.
 */
static double
get_worst (double sum,
           double most,
           double least,
           double length)
{
  double square = length * length;

  return MAX (square * most / (sum * sum), sum * sum / (square * least));
}

/* How many of the next ones stand in one row along the side of @length. */
static guint
fill_row (const double *areas,
          guint         n,
          double        length,
          double       *sum)
{
  double worst = 0;
  guint  i;

  *sum = 0;
  for (i = 0; i < n; i++)
    {
      double with = *sum + areas[i];
      double ratio = get_worst (with, areas[0], areas[i], length);

      if (i > 0 && ratio > worst)
        break;
      worst = ratio;
      *sum = with;
    }

  return i;
}

void
_hs_treemap_squarify (const double *weights,
                      guint         n,
                      const HsRect *rect,
                      HsRect       *rects)
{
  g_autofree double *areas = g_new (double, n + 1);
  HsRect             room = *rect;
  double             whole = 0;

  for (guint i = 0; i < n; i++)
    whole += weights[i];
  for (guint i = 0; i < n; i++)
    areas[i] = rect->width * rect->height *
               (whole > 0 ? MAX (weights[i] / whole, 1e-12) : 1. / n);

  for (guint first = 0; first < n;)
    {
      gboolean is_wide = room.width >= room.height;
      double   length = MAX (is_wide ? room.height : room.width, 1e-9);
      double   sum;
      guint    n_row = fill_row (areas + first, n - first, length, &sum);
      double   thickness = MIN (sum / length, is_wide ? room.width : room.height);
      double   along = 0;

      for (guint i = first; i < first + n_row; i++)
        {
          double part = length * areas[i] / sum;

          /* What is thinner than a number can say beside its place is still there. */
          rects[i] = is_wide ? (HsRect) { room.x, room.y + along, MAX (thickness, LEAST_SIDE),
                                          MAX (part, LEAST_SIDE) }
                             : (HsRect) { room.x + along, room.y, MAX (part, LEAST_SIDE),
                                          MAX (thickness, LEAST_SIDE) };
          along += part;
        }
      if (is_wide)
        {
          room.x += thickness;
          room.width -= thickness;
        }
      else
        {
          room.y += thickness;
          room.height -= thickness;
        }
      first += n_row;
    }
}
