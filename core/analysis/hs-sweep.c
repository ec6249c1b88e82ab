/* hs-sweep.c - a constant in steps, and what each variant needs at each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"

HsSweep *
hs_sweep_new (const char   *parameter,
              const double *values,
              guint         n_values,
              guint         n_variants)
{
  HsSweep *self;
  gsize    n_points = (gsize)n_values * n_variants * HS_N_METRICS;

  g_return_val_if_fail (n_values > 0 && n_variants > 0, NULL);

  self = g_new0 (HsSweep, 1);
  self->parameter = g_strdup (parameter);
  self->n_values = n_values;
  self->values = g_memdup2 (values, n_values * sizeof *values);
  self->n_variants = n_variants;
  self->points = g_new (guint64, n_points);
  for (gsize i = 0; i < n_points; i++)
    self->points[i] = HS_SWEEP_UNKNOWN;

  return self;
}

void
hs_sweep_free (HsSweep *self)
{
  g_free (self->parameter);
  g_free (self->values);
  g_free (self->points);
  g_free (self);
}

static guint64 *
find_point (const HsSweep *self,
            guint          variant,
            guint          value,
            HsMetric       metric)
{
  return &self->points[((gsize)variant * self->n_values + value) * HS_N_METRICS + metric];
}

guint64
hs_sweep_get (const HsSweep *self,
              guint          variant,
              guint          value,
              HsMetric       metric)
{
  g_return_val_if_fail (variant < self->n_variants && value < self->n_values, HS_SWEEP_UNKNOWN);

  return *find_point (self, variant, value, metric);
}

void
hs_sweep_set (HsSweep *self,
              guint    variant,
              guint    value,
              HsMetric metric,
              guint64  point)
{
  g_return_if_fail (variant < self->n_variants && value < self->n_values);

  *find_point (self, variant, value, metric) = point;
}

static int
compare_slopes (gconstpointer a,
                gconstpointer b)
{
  const double *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

static double
get_median (GArray *values)
{
  guint middle = values->len / 2;

  g_array_sort (values, compare_slopes);
  if (values->len % 2 == 1)
    return g_array_index (values, double, middle);

  return (g_array_index (values, double, middle - 1) + g_array_index (values, double, middle)) / 2;
}

gboolean
hs_sweep_get_slope (const HsSweep *self,
                    guint          variant,
                    HsMetric       metric,
                    double        *per_item,
                    double        *fixed)
{
  g_autoptr(GArray) slopes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) rests = g_array_new (FALSE, FALSE, sizeof (double));

  g_return_val_if_fail (variant < self->n_variants && metric < HS_N_METRICS, FALSE);

  for (guint i = 0; i < self->n_values; i++)
    for (guint j = i + 1; j < self->n_values; j++)
      {
        guint64 first = hs_sweep_get (self, variant, i, metric);
        guint64 second = hs_sweep_get (self, variant, j, metric);
        double  slope = ((double)second - (double)first) / (self->values[j] - self->values[i]);

        if (first != HS_SWEEP_UNKNOWN && second != HS_SWEEP_UNKNOWN && isfinite (slope))
          g_array_append_val (slopes, slope);
      }
  if (slopes->len == 0)
    return FALSE;

  *per_item = get_median (slopes);
  for (guint i = 0; i < self->n_values; i++)
    {
      guint64 point = hs_sweep_get (self, variant, i, metric);
      double  rest = (double)point - *per_item * self->values[i];

      if (point != HS_SWEEP_UNKNOWN)
        g_array_append_val (rests, rest);
    }
  *fixed = get_median (rests);

  return TRUE;
}

/* At one value: how much more than the baseline a variant needs. */
typedef struct
{
  double   value;
  double   distance;
  gboolean is_less; /* by more than what says nothing */
} Place;

/* FALSE if it is not known. */
static gboolean
get_place (const HsSweep *self,
           guint          variant,
           guint          value,
           HsMetric       metric,
           Place         *place)
{
  guint64 base = hs_sweep_get (self, 0, value, metric);
  guint64 other = hs_sweep_get (self, variant, value, metric);
  double  least = 0;

  if (base == HS_SWEEP_UNKNOWN || other == HS_SWEEP_UNKNOWN)
    return FALSE;

  if (metric == HS_METRIC_TIME)
    least = HS_SWEEP_TIME_SHARE * (double)base;
  else if (metric == HS_METRIC_PEAK || metric == HS_METRIC_FINAL)
    least = HS_FLOOR_BYTES;
  place->value = self->values[value];
  place->distance = (double)other - (double)base;
  place->is_less = place->distance < 0 && -place->distance >= least;

  return TRUE;
}

/* Where on the straight line between two places there is no distance, or else at the one that is
 * nearer to it.
 */
static double
find_crossing (const Place *from,
               const Place *to)
{
  double share = from->distance / (from->distance - to->distance);

  /* A little less than nothing is nothing too. */
  if (from->distance < 0 && to->distance < 0)
    share = from->is_less ? 1 : 0;

  return from->value + (to->value - from->value) * CLAMP (share, 0, 1);
}

HsBreakEven
hs_sweep_get_break_even (const HsSweep *self,
                         guint          variant,
                         HsMetric       metric,
                         double        *value)
{
  guint    n_known = 0;
  guint    n_changes = 0;
  gboolean begins_less = FALSE;
  Place    last = { 0 };

  g_return_val_if_fail (variant < self->n_variants && metric < HS_N_METRICS, HS_BREAK_EVEN_UNKNOWN);

  *value = NAN;
  for (guint i = 0; i < self->n_values; i++)
    {
      Place place;

      if (!get_place (self, variant, i, metric, &place))
        continue;
      if (n_known++ == 0)
        begins_less = place.is_less;
      else if (place.is_less != last.is_less)
        {
          n_changes++;
          *value = find_crossing (&last, &place);
        }
      last = place;
    }

  if (n_known == 0)
    return HS_BREAK_EVEN_UNKNOWN;
  if (n_changes == 1)
    return begins_less ? HS_BREAK_EVEN_UP_TO : HS_BREAK_EVEN_FROM;

  *value = NAN;
  if (n_changes > 1)
    return HS_BREAK_EVEN_MIXED;

  return begins_less ? HS_BREAK_EVEN_ALWAYS : HS_BREAK_EVEN_NEVER;
}

/* What the metric is called inside of a sentence. */
static const char *
get_need (HsMetric metric)
{
  switch (metric)
    {
    case HS_METRIC_PEAK:
      return _("memory at its peak");
    case HS_METRIC_FINAL:
      return _("memory at the end");
    case HS_METRIC_ALLOCATIONS:
      return _("allocations");
    case HS_METRIC_RSS:
      return _("memory of the process");
    case HS_METRIC_TIME:
    case HS_N_METRICS:
    default:
      return _("time");
    }
}

static char *
format_value (double value)
{
  if (value >= 10 && value < 1e15)
    return hs_format_count ((guint64)(value + 0.5));

  return g_strdup_printf ("%.3g", value);
}

char *
hs_sweep_dup_break_even (const HsSweep *self,
                         guint          variant,
                         HsMetric       metric,
                         const char    *name,
                         const char    *baseline)
{
  const char      *need = get_need (metric);
  double           value;
  HsBreakEven      kind = hs_sweep_get_break_even (self, variant, metric, &value);
  g_autofree char *number = format_value (isfinite (value) ? value : 0);
  g_autofree char *first = format_value (self->values[0]);
  g_autofree char *last = format_value (self->values[self->n_values - 1]);

  switch (kind)
    {
    case HS_BREAK_EVEN_ALWAYS:
      /* translators: %1$s and %3$s are names of variants, %2$s is what is needed ("memory at its
       * peak"), %4$s the name of a constant, %5$s and %6$s the least and the largest value of it
       */
      return g_strdup_printf (_("“%1$s” needs less %2$s than “%3$s” for every %4$s from %5$s to "
                                "%6$s."),
                                 name, need, baseline, self->parameter, first, last);

    case HS_BREAK_EVEN_NEVER:
      return g_strdup_printf (_("“%1$s” does not need less %2$s than “%3$s” for any %4$s from %5$s "
                                "to %6$s."),
                                 name, need, baseline, self->parameter, first, last);

    case HS_BREAK_EVEN_FROM:
      /* translators: likewise; %5$s is the value from which on it is so */
      return g_strdup_printf (_("“%1$s” needs less %2$s than “%3$s” from about %4$s = %5$s on."),
                                 name, need, baseline, self->parameter, number);

    case HS_BREAK_EVEN_UP_TO:
      return g_strdup_printf (_("“%1$s” needs less %2$s than “%3$s” up to about %4$s = %5$s."),
                                 name, need, baseline, self->parameter, number);

    case HS_BREAK_EVEN_MIXED:
      return g_strdup_printf (_("“%1$s” needs less %2$s than “%3$s” for some %4$s, but not for "
                                "others."),
                                 name, need, baseline, self->parameter);

    case HS_BREAK_EVEN_UNKNOWN:
    default:
      return g_strdup_printf (_("Whether “%1$s” needs less %2$s than “%3$s” is not known."), name,
                                 need, baseline);
    }
}
