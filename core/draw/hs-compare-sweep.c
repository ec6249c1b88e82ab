/* hs-compare-sweep.c - what the variants need as a constant grows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"
#include "hs-format.h"

#define AXIS_WIDTH   88.
#define NAME_GAP     40.
#define NAME_WIDTH   184.
#define PLOT_HEIGHT  264.
#define BELOW        56. /* for the axis and its title */
#define LOG_FROM     30. /* times: values that lie further apart are not seen on one linear axis */
#define LOG_BOTH     10. /* the same of measures, if the other axis is logarithmic */
#define LABEL_HEIGHT 36.
#define BREAK_BADGE  12.   /* above the plot */
#define SLOPE_MIN    0.005 /* bytes or nanoseconds: less is what the ends of the line differ by */
#define SLOPE_LARGE  1000. /* from which on it is written as other bytes and times are */
#define WHOLE        1e15  /* up to which a double is written as a whole number */

static gboolean
has_points (const HsSweep *sweep,
            HsMetric       metric)
{
  for (guint i = 0; i < sweep->n_variants; i++)
    for (guint j = 0; j < sweep->n_values; j++)
      if (hs_sweep_get (sweep, i, j, metric) != HS_SWEEP_UNKNOWN)
        return TRUE;

  return FALSE;
}

static char *
format_value (double value)
{
  if (value >= 0 && value < WHOLE && fabs (value - floor (value)) < 1e-9)
    return hs_format_count ((guint64)value);

  return g_strdup_printf ("%.6g", value);
}

/* "80.12 B each", "1.20 µs each". */
static char *
dup_slope (const HsSweep *sweep,
           guint          variant,
           HsMetric       metric)
{
  double           per_item;
  double           fixed;
  g_autofree char *size = NULL;
  const char      *sign;

  if (!hs_sweep_get_slope (sweep, variant, metric, &per_item, &fixed))
    return g_strdup (_("unknown"));
  sign = per_item < 0 ? "−" : "+";
  if (fabs (per_item) < SLOPE_MIN)
    size = g_strdup ("0");
  else if (fabs (per_item) >= SLOPE_LARGE)
    size = hs_metric_format_difference (metric, (gint64)CLAMP (per_item, -1e18, 1e18));
  else if (metric == HS_METRIC_TIME)
    size = g_strdup_printf ("%s%.3g ns", sign, fabs (per_item));
  else if (metric == HS_METRIC_ALLOCATIONS)
    size = g_strdup_printf ("%s%.3g", sign, fabs (per_item));
  else
    size = g_strdup_printf ("%s%.4g B", sign, fabs (per_item));

  /* translators: %s is how many more bytes or how much more time each item needs: "+80 B" */
  return g_strdup_printf (_("%s each"), size);
}

static void
add_slope (HsCompareScene      *self,
           const HsSweep       *sweep,
           const HsComparePlot *plot,
           guint                variant,
           GArray              *ends)
{
  HsCompareCurve curve = { variant, self->points->len, 0, FALSE };
  HsCompareEnd   end = { .variant = variant };

  for (guint j = 0; j < sweep->n_values; j++)
    {
      guint64        value = hs_sweep_get (sweep, variant, j, self->swept);
      HsComparePoint point;

      if (value == HS_SWEEP_UNKNOWN)
        continue;
      point.x = _hs_compare_plot_get_x (plot, sweep->values[j]);
      point.low = point.high = _hs_compare_plot_get_y (plot, (double)value);
      g_array_append_val (self->points, point);
      curve.n++;
      end.x = point.x;
      end.y = point.high;
    }
  if (curve.n == 0)
    return;

  g_array_append_val (self->curves, curve);
  g_array_append_val (ends, end);
}

static void
add_points (HsCompareScene      *self,
            const HsSweep       *sweep,
            const HsComparePlot *plot,
            guint                variant)
{
  double side = 2 * HS_COMPARE_SIGN + 4;

  for (guint j = 0; j < sweep->n_values; j++)
    {
      guint64 value = hs_sweep_get (sweep, variant, j, self->swept);
      double  x = _hs_compare_plot_get_x (plot, sweep->values[j]);
      double  y = _hs_compare_plot_get_y (plot, (double)value);

      if (value == HS_SWEEP_UNKNOWN)
        continue;
      _hs_compare_add_shape (self, HS_COMPARE_POINT, variant, 0, (HsRect) { x, y, 0, 0 });
      _hs_compare_add_item (self, HS_COMPARE_ITEM_POINT, variant, j,
                            (HsRect) { x - side / 2, y - side / 2, side, side });
    }
}

static void
add_names (HsCompareScene      *self,
           const HsSweep       *sweep,
           const HsComparePlot *plot,
           GArray              *ends)
{
  double right = plot->rect.x + plot->rect.width;
  double x = right + NAME_GAP;

  _hs_compare_plot_spread (ends, plot->rect.y, plot->rect.y + plot->rect.height + 16, LABEL_HEIGHT);
  for (guint i = 0; i < ends->len; i++)
    {
      const HsCompareEnd *end = &g_array_index (ends, HsCompareEnd, i);
      g_autofree char    *slope = dup_slope (sweep, end->variant, self->swept);
      double              y = end->label_y - LABEL_HEIGHT / 4;

      _hs_compare_add_shape (self, HS_COMPARE_LEADER, end->variant, 0,
                             (HsRect) { end->x, end->y, right - end->x, 0 });
      _hs_compare_add_shape (self, HS_COMPARE_LEADER, end->variant, 0,
                             (HsRect) { right, end->y, NAME_GAP - 4, y - end->y });
      _hs_compare_add_badge (self, end->variant, HS_COMPARE_BADGE, x, y);
      _hs_compare_add_label (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT,
                             _hs_compare_get_name (self, end->variant), NAME_WIDTH - 28, x + 28, y);
      _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, slope, NAME_WIDTH - 28,
                             x + 28, y + LABEL_HEIGHT / 2 - 1);
      _hs_compare_add_item (self, HS_COMPARE_ITEM_SLOPE, end->variant, 0,
                            (HsRect) { x - 4, end->label_y - LABEL_HEIGHT / 2, NAME_WIDTH + 4,
                                       LABEL_HEIGHT });
    }
}

/* Where variants meet the baseline: a line with the letter of the variant at its top. */
static void
add_breaks (HsCompareScene      *self,
            const HsSweep       *sweep,
            const HsComparePlot *plot)
{
  g_autoptr(GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 1; i < sweep->n_variants; i++)
    {
      double      value;
      HsBreakEven kind = hs_sweep_get_break_even (sweep, i, self->swept, &value);
      double      x;
      gboolean    is_free = TRUE;

      if ((kind != HS_BREAK_EVEN_FROM && kind != HS_BREAK_EVEN_UP_TO) || !isfinite (value) ||
          !hs_comparison_can_claim (self->comparison, i))
        continue;
      x = _hs_compare_plot_get_x (plot, value);
      _hs_compare_add_shape (self, HS_COMPARE_BREAK, i, 0,
                             (HsRect) { x, plot->rect.y, 0, plot->rect.height });
      /* Letters that would cover each other are left out; the sentences have them all. */
      for (guint k = 0; k < taken->len; k++)
        is_free = is_free && fabs (x - g_array_index (taken, double, k)) > HS_COMPARE_BADGE + 4;
      if (!is_free)
        continue;
      _hs_compare_add_badge (self, i, HS_COMPARE_BADGE, x - HS_COMPARE_BADGE / 2,
                             plot->rect.y - BREAK_BADGE);
      g_array_append_val (taken, x);
    }
}

static void
add_sentences (HsCompareScene *self,
               const HsSweep  *sweep)
{
  for (guint i = 1; i < sweep->n_variants; i++)
    {
      g_autofree char *sentence =
        hs_sweep_dup_break_even (sweep, i, self->swept, _hs_compare_get_name (self, i),
                                 _hs_compare_get_name (self, 0));

      if (!hs_comparison_can_claim (self->comparison, i))
        continue;
      _hs_compare_add_badge (self, i, HS_COMPARE_BADGE, HS_COMPARE_MARGIN,
                             self->y + HS_COMPARE_LINE / 2);
      self->y +=
        4 + HS_COMPARE_LINE * _hs_compare_add_lines (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT,
                                                     sentence, HS_COMPARE_WIDTH - 28, 6,
                                                     HS_COMPARE_MARGIN + 28, self->y);
    }
}

static void
add_value_axis (HsCompareScene      *self,
                const HsSweep       *sweep,
                const HsComparePlot *plot)
{
  double        right = -HUGE_VAL;
  double        bottom = plot->rect.y + plot->rect.height;
  const HsText *name;

  for (guint j = 0; j < sweep->n_values; j++)
    {
      g_autofree char *text = format_value (sweep->values[j]);

      _hs_compare_plot_add_tick (self, plot, text, _hs_compare_plot_get_x (plot, sweep->values[j]),
                                 &right);
    }
  name = hs_texts_shape (self->texts, HS_TEXT_QUIET, sweep->parameter, plot->rect.width);
  _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, sweep->parameter,
                         plot->rect.width, plot->rect.x + (plot->rect.width - name->width) / 2,
                         bottom + 36);
}

/* Whether there are points, and of which values. */
static void
find_extremes (const HsSweep *sweep,
               HsMetric       metric,
               double        *least,
               double        *most)
{
  *least = HUGE_VAL;
  *most = 0;
  for (guint i = 0; i < sweep->n_variants; i++)
    for (guint j = 0; j < sweep->n_values; j++)
      {
        guint64 value = hs_sweep_get (sweep, i, j, metric);

        if (value == HS_SWEEP_UNKNOWN)
          continue;
        *least = MIN (*least, (double)MAX (value, 1));
        *most = MAX (*most, (double)value);
      }
}

static void
init_plot (HsCompareScene *self,
           const HsSweep  *sweep,
           HsComparePlot  *plot)
{
  double first = sweep->values[0];
  double last = sweep->values[sweep->n_values - 1];

  *plot = (HsComparePlot) {
    .rect = { HS_COMPARE_MARGIN + AXIS_WIDTH, self->y + 24,
              HS_COMPARE_WIDTH - AXIS_WIDTH - NAME_GAP - NAME_WIDTH,
              MAX (PLOT_HEIGHT, LABEL_HEIGHT * sweep->n_variants) },
    .x_low = first,
    .x_high = last > first ? last : first + 1,
    .is_x_log = first > 0 && last > first * LOG_FROM,
  };
  /* From 0 on, unless that is far away. */
  if (!plot->is_x_log && first > 0 && first < last / 2)
    plot->x_low = 0;
}

static void
add_plot (HsCompareScene *self,
          const HsSweep  *sweep)
{
  g_autoptr(GArray) ends = g_array_new (FALSE, TRUE, sizeof (HsCompareEnd));
  HsComparePlot plot;
  double        least;
  double        most;

  find_extremes (sweep, self->swept, &least, &most);
  init_plot (self, sweep, &plot);
  /* With both axes so, what grows in proportion is a straight line. */
  plot.is_log = self->options.scale == HS_COMPARE_SCALE_LOG ||
                (self->options.scale == HS_COMPARE_SCALE_FIT && plot.is_x_log &&
                 most > least * LOG_BOTH);
  _hs_compare_plot_add_levels (self, &plot, self->swept, least, most);
  add_breaks (self, sweep, &plot);
  for (guint i = 0; i < sweep->n_variants; i++)
    add_slope (self, sweep, &plot, i, ends);
  add_names (self, sweep, &plot, ends);
  for (guint i = 0; i < sweep->n_variants; i++)
    add_points (self, sweep, &plot, i);
  add_value_axis (self, sweep, &plot);
  self->y = plot.rect.y + plot.rect.height + BELOW;
}

void
_hs_compare_place_sweep (HsCompareScene *self)
{
  static const HsMetric order[] = { HS_METRIC_PEAK, HS_METRIC_FINAL, HS_METRIC_TIME };
  const HsSweep        *sweep = hs_comparison_get_sweep (self->comparison);
  g_autofree char      *title = NULL;

  self->swept = self->options.swept;
  if (sweep == NULL || sweep->n_values == 0 ||
      sweep->n_variants > hs_comparison_get_n (self->comparison))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (order) && !has_points (sweep, self->swept); i++)
    self->swept = order[i];
  /* translators: what is measured ("Peak"), and the name of a constant of the code ("N") */
  title = g_strdup_printf (_("%1$s by %2$s"), hs_metric_get_title (self->swept), sweep->parameter);
  _hs_compare_begin_section (self, title,
                             _("Right: what each item more costs, by a straight line through the "
                               "points."));
  if (!has_points (sweep, self->swept))
    {
      _hs_compare_add_note (self, _("No variant ended well at any value, so there are no curves."));
      return;
    }
  if (self->swept != self->options.swept)
    {
      g_autofree char *note =
        /* translators: %s is what is measured: "Time" */
        g_strdup_printf (_("Not measured by values of the constant: %s"),
                            hs_metric_get_title (self->options.swept));

      _hs_compare_add_note (self, note);
    }
  add_plot (self, sweep);
  add_sentences (self, sweep);
}
