/* hs-effect.c - whether one series of measurements is less than another
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-effect.h"

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const guint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

void
hs_measure_init (HsMeasure     *self,
                 const guint64 *values,
                 guint          n)
{
  g_autofree guint64 *sorted = NULL;

  *self = (HsMeasure) { .n = n };
  if (n == 0)
    return;

  self->values = g_memdup2 (values, n * sizeof *values);
  sorted = g_memdup2 (values, n * sizeof *values);
  qsort (sorted, n, sizeof *sorted, compare_values);
  self->min = sorted[0];
  self->max = sorted[n - 1];
  self->median = sorted[n / 2];
  if (n % 2 == 0)
    self->median = sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
}

void
hs_measure_clear (HsMeasure *self)
{
  g_free (self->values);
  *self = (HsMeasure) { 0 };
}
