/* hs-sweep-points.c - what was measured at each value of a sweep
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-sweep-points-private.h"

#include "hs-contestant-private.h"

typedef struct
{
  gboolean is_ok;
  gboolean is_out; /* a timing pass failed */
  GArray  *values[HS_N_METRICS];
} Point;

struct _HsSweepPoints
{
  HsSweep *sweep;
  Point   *points; /* [variant][value] */
  guint   *n_ends; /* by variant: the first value that is too large */
};

static Point *
get_point (HsSweepPoints *self,
           guint          variant,
           guint          value)
{
  return &self->points[variant * self->sweep->n_values + value];
}

HsSweepPoints *
_hs_sweep_points_new (const char   *parameter,
                      const double *values,
                      guint         n_values,
                      guint         n_variants)
{
  HsSweepPoints *self = g_new0 (HsSweepPoints, 1);

  self->sweep = hs_sweep_new (parameter, values, n_values, n_variants);
  self->points = g_new0 (Point, (gsize)n_values * n_variants);
  self->n_ends = g_new (guint, n_variants);
  for (guint i = 0; i < n_variants; i++)
    self->n_ends[i] = n_values;
  for (guint i = 0; i < n_values * n_variants; i++)
    for (guint j = 0; j < HS_N_METRICS; j++)
      self->points[i].values[j] = g_array_new (FALSE, FALSE, sizeof (guint64));

  return self;
}

void
_hs_sweep_points_free (HsSweepPoints *self)
{
  for (guint i = 0; i < self->sweep->n_values * self->sweep->n_variants; i++)
    for (guint j = 0; j < HS_N_METRICS; j++)
      g_array_unref (self->points[i].values[j]);
  g_free (self->points);
  g_free (self->n_ends);
  hs_sweep_free (self->sweep);
  g_free (self);
}

gboolean
_hs_sweep_points_is_wanted (HsSweepPoints *self,
                            guint          variant,
                            guint          value,
                            gboolean       is_timing)
{
  const Point *point = get_point (self, variant, value);

  if (is_timing)
    return point->is_ok && !point->is_out;

  return value < self->n_ends[variant];
}

static void
add_value (Point   *point,
           HsMetric metric,
           guint64  value)
{
  g_array_append_val (point->values[metric], value);
}

void
_hs_sweep_points_take_counts (HsSweepPoints *self,
                              guint          variant,
                              guint          value,
                              HsRun         *run)
{
  Point   *point = get_point (self, variant, value);
  HsStatus status = hs_run_get_status (run);
  guint64  number;

  point->is_ok = hs_run_is_ok (run);
  if (status == HS_STATUS_TIMEOUT || status == HS_STATUS_MEMORY_LIMIT)
    self->n_ends[variant] = value + 1;
  for (guint i = 0; i < HS_N_METRICS && point->is_ok; i++)
    if (_hs_contestant_read_counts (run, i, &number))
      add_value (point, i, number);
}

void
_hs_sweep_points_take_time (HsSweepPoints *self,
                            guint          variant,
                            guint          value,
                            HsRun         *run)
{
  Point  *point = get_point (self, variant, value);
  guint64 number;

  if (!hs_run_is_ok (run))
    {
      point->is_out = TRUE;
      return;
    }
  if (hs_run_get_wall_ns (run) != 0)
    add_value (point, HS_METRIC_TIME, hs_run_get_wall_ns (run));
  if (_hs_contestant_read_rss (run, &number))
    add_value (point, HS_METRIC_RSS, number);
}

HsSweep *
_hs_sweep_points_conclude (HsSweepPoints *self)
{
  const HsSweep *from = self->sweep;
  HsSweep       *sweep = hs_sweep_new (from->parameter, from->values, from->n_values,
                                       from->n_variants);

  for (guint variant = 0; variant < from->n_variants; variant++)
    for (guint value = 0; value < from->n_values; value++)
      for (guint metric = 0; metric < HS_N_METRICS; metric++)
        {
          const GArray *values = get_point (self, variant, value)->values[metric];
          HsMeasure     measure;

          if (values->len == 0)
            continue;
          hs_measure_init (&measure, (const guint64 *)(gpointer)values->data, values->len);
          /* Of few times the least says most: whatever else runs only makes them longer. */
          hs_sweep_set (sweep, variant, value, metric,
                        metric == HS_METRIC_TIME ? measure.min : measure.median);
          hs_measure_clear (&measure);
        }

  return sweep;
}
