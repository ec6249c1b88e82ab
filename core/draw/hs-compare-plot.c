/* hs-compare-plot.c - axes of curves, and the places of their names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-compare-scene-private.h"

#define N_LEVELS   4. /* of an axis, about */
#define LEVELS_MAX 16
#define BYTES_MIN  8.

double
_hs_compare_plot_get_x (const HsComparePlot *plot,
                        double               value)
{
  double part;

  if (plot->is_x_log)
    part = log (MAX (value, plot->x_low) / plot->x_low) / log (plot->x_high / plot->x_low);
  else
    part = (value - plot->x_low) / (plot->x_high - plot->x_low);

  return plot->rect.x + plot->rect.width * CLAMP (part, 0, 1);
}

double
_hs_compare_plot_get_y (const HsComparePlot *plot,
                        double               value)
{
  double part;

  if (plot->is_log)
    part = log (MAX (value, plot->low) / plot->low) / log (plot->high / plot->low);
  else
    part = (value - plot->low) / (plot->high - plot->low);

  return plot->rect.y + plot->rect.height * (1 - CLAMP (part, 0, 1));
}

/* Of bytes powers of two, else 1, 2 or 5 times a power of ten. */
static double
get_step (HsMetric metric,
          double   range)
{
  double raw = MAX (range / N_LEVELS, 1e-300);
  double power = pow (10, floor (log10 (raw)));

  if (metric != HS_METRIC_TIME && metric != HS_METRIC_ALLOCATIONS)
    return MAX (exp2 (ceil (log2 (raw))), BYTES_MIN);
  if (raw <= power)
    return power;

  return raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power
                                                         : 10 * power;
}

static void
add_level (HsCompareScene      *self,
           const HsComparePlot *plot,
           HsMetric             metric,
           double               value)
{
  double           y = round (_hs_compare_plot_get_y (plot, value));
  g_autofree char *text = value > 0 ? hs_metric_format (metric, value) : g_strdup ("0");

  _hs_compare_add_shape (self, HS_COMPARE_RULE, 0, 0,
                         (HsRect) { plot->rect.x, y, plot->rect.width, 1 });
  _hs_compare_add_number (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, text, plot->rect.x - 8, y);
}

static void
add_log_levels (HsCompareScene *self,
                HsComparePlot  *plot,
                HsMetric        metric,
                double          least,
                double          most)
{
  double base = metric == HS_METRIC_TIME || metric == HS_METRIC_ALLOCATIONS ? 10 : 2;
  double first = floor (log (least) / log (base) + 1e-9);
  double last = MAX (ceil (log (most) / log (base) - 1e-9), first + 1);
  double step = MAX (ceil ((last - first) / (N_LEVELS + 1)), 1);

  plot->low = pow (base, first);
  plot->high = pow (base, last);
  for (double power = first; power <= last + 1e-9; power += step)
    add_level (self, plot, metric, pow (base, power));
}

void
_hs_compare_plot_add_levels (HsCompareScene *self,
                             HsComparePlot  *plot,
                             HsMetric        metric,
                             double          least,
                             double          most)
{
  double step;

  if (plot->is_log)
    {
      add_log_levels (self, plot, metric, MAX (least, 1), MAX (most, 2));
      return;
    }

  step = get_step (metric, MAX (most, BYTES_MIN));
  plot->low = 0;
  plot->high = step * MAX (ceil (most / step), 1);
  for (guint i = 0; i <= LEVELS_MAX && step * i <= plot->high * (1 + 1e-9); i++)
    add_level (self, plot, metric, step * i);
}

void
_hs_compare_plot_add_tick (HsCompareScene      *self,
                           const HsComparePlot *plot,
                           const char          *text,
                           double               x,
                           double              *right)
{
  const HsText *shaped = hs_texts_shape (self->texts, HS_TEXT_QUIET, text, -1);
  double        bottom = plot->rect.y + plot->rect.height;

  _hs_compare_add_shape (self, HS_COMPARE_AXIS, 0, 0, (HsRect) { round (x), bottom, 1, 5 });
  if (x - shaped->width / 2 < *right + 12)
    return;
  _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, text, -1, x - shaped->width / 2,
                         bottom + 16);
  *right = x + shaped->width / 2;
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const HsCompareEnd *left = a, *right = b;

  if (left->y < right->y || left->y > right->y)
    return left->y < right->y ? -1 : 1;

  return left->variant < right->variant ? -1 : left->variant > right->variant;
}

void
_hs_compare_plot_spread (GArray *ends,
                         double  top,
                         double  bottom,
                         double  height)
{
  double next = top + height / 2;

  g_array_sort (ends, compare_ends);
  for (guint i = 0; i < ends->len; i++)
    {
      HsCompareEnd *end = &g_array_index (ends, HsCompareEnd, i);

      end->label_y = MAX (end->y, next);
      next = end->label_y + height;
    }

  next = bottom - height / 2;
  for (guint i = ends->len; i-- > 0;)
    {
      HsCompareEnd *end = &g_array_index (ends, HsCompareEnd, i);

      end->label_y = MIN (end->label_y, next);
      next = end->label_y - height;
    }
}
