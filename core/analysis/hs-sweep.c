/* hs-sweep.c - a constant in steps, and what each variant needs at each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison.h"

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
