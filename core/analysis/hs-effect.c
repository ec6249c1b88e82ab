/* hs-effect.c - whether one series of measurements is less than another
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-effect.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-rank-test.h"

/* Of counts; for bytes there is HS_FLOOR_BYTES. */
#define FLOOR_BLOCKS 2

/* How much more than what two passes differ by those of another variant may do: of normally
 * distributed values, two and two, 1 of 80 medians differ by more (by 3 times as much: 1 of 30).
 */
#define SPREADS 5

/* Of times and RSS: how improbable a difference must be, how large at least, and how surely the
 * interval that is shown has it.
 */
#define P_MAX         0.01
#define PAIRS_MIN     10 /* of fewer it finds too little */
#define CONFIDENCE    0.95
#define LEAST_SHARE   0.02
#define LEAST_TIME_NS 20000
#define LEAST_RSS     (64 * 1024)

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

/* The difference, as far as it fits. */
static gint64
subtract (guint64 a,
          guint64 b)
{
  if (a >= b)
    return (gint64)MIN (a - b, (guint64)G_MAXINT64);

  return -(gint64)MIN (b - a, (guint64)G_MAXINT64);
}

/* Values that are the same each time, unless the code makes them different. */
static void
compare_counts (HsEffect        *self,
                const HsMeasure *base,
                const HsMeasure *other,
                guint64          floor)
{
  guint64 spread = MAX (base->max - base->min, other->max - other->min);
  guint64 distance = base->median > other->median ? base->median - other->median
                                                  : other->median - base->median;

  self->noise = floor;
  if (spread > 0)
    self->noise = MAX (floor, spread < G_MAXUINT64 / SPREADS ? spread * SPREADS : G_MAXUINT64);
  self->low = subtract (other->min, base->max);
  self->high = subtract (other->max, base->min);
  if (distance <= self->noise)
    self->kind = HS_EFFECT_NONE;
  else
    self->kind = other->median < base->median ? HS_EFFECT_LESS : HS_EFFECT_MORE;
}

/* By the more cautious of two tests. That of the pairs holds whatever the noise of a round is like,
 * but says nothing of a few.
 */
static double
get_p (const HsMeasure *base,
       const HsMeasure *other)
{
  double p = hs_rank_test (base->values, base->n, other->values, other->n);

  if (base->n == other->n && base->n >= PAIRS_MIN)
    p = MAX (p, hs_rank_test_pairs (base->values, other->values, base->n));

  return p;
}

/* What else runs only adds, seldom to all passes: the least values differ as well if the code does.
 */
static gboolean
agrees_with_least (const HsMeasure *base,
                   const HsMeasure *other,
                   gint64           shift)
{
  double distance = (double)other->min - (double)base->min;

  return (distance < 0) == (shift < 0) && fabs (distance) >= LEAST_SHARE / 2 * (double)base->min;
}

/* Values that differ from pass to pass. */
static void
compare_ranks (HsEffect        *self,
               const HsMeasure *base,
               const HsMeasure *other,
               guint64          least)
{
  double share = LEAST_SHARE * (double)base->median;
  gint64 shift;

  hs_rank_shift (base->values, base->n, other->values, other->n, CONFIDENCE, &shift, &self->low,
                 &self->high);
  self->p = get_p (base, other);
  self->noise = MAX (least, (guint64)share);
  /* The medians are what is shown; they can lie just outside. */
  self->low = MIN (self->low, self->difference);
  self->high = MAX (self->high, self->difference);
  if (self->p > P_MAX || ABS ((double)shift) < (double)self->noise ||
      (shift < 0) != (self->difference < 0) || !agrees_with_least (base, other, shift))
    self->kind = HS_EFFECT_NONE;
  else
    self->kind = shift < 0 ? HS_EFFECT_LESS : HS_EFFECT_MORE;
}

void
hs_effect_init (HsEffect        *self,
                HsMetric         metric,
                const HsMeasure *base,
                const HsMeasure *other)
{
  *self = (HsEffect) { .kind = HS_EFFECT_UNKNOWN, .percent = NAN, .p = NAN };
  if (base->n == 0 || other->n == 0)
    return;

  self->difference = subtract (other->median, base->median);
  if (base->median > 0)
    self->percent = 100. * ((double)other->median - (double)base->median) / (double)base->median;

  switch (metric)
    {
    case HS_METRIC_PEAK:
    case HS_METRIC_FINAL:
      compare_counts (self, base, other, HS_FLOOR_BYTES);
      break;

    case HS_METRIC_ALLOCATIONS:
      compare_counts (self, base, other, FLOOR_BLOCKS);
      break;

    case HS_METRIC_RSS:
      compare_ranks (self, base, other, LEAST_RSS);
      break;

    case HS_METRIC_TIME:
      compare_ranks (self, base, other, LEAST_TIME_NS);
      break;

    case HS_N_METRICS:
    default:
      g_return_if_reached ();
    }
}

/* Words */

static char *
describe_times (guint n_rounds)
{
  return g_strdup_printf (
    /* translators: of times that were taken; %1$u is how often, %2$g a probability, %3$g a
     * percentage
     */
    g_dngettext (GETTEXT_PACKAGE,
                 "Times: %1$u round of all variants in random order; a difference counts if "
                 "chance alone would make it with a probability below %2$g (rank tests), it is at "
                 "least %3$g %%, and the fastest passes differ as well.",
                 "Times: %1$u rounds of all variants in random order; a difference counts if "
                 "chance alone would make it with a probability below %2$g (rank tests), it is at "
                 "least %3$g %%, and the fastest passes differ as well.",
                 n_rounds),
    n_rounds, P_MAX, 100 * LEAST_SHARE);
}

char *
hs_effect_dup_method (HsMetric metric,
                      guint    n_rounds)
{
  switch (metric)
    {
    case HS_METRIC_PEAK:
    case HS_METRIC_FINAL:
      /* translators: %1$u is a number of bytes, %2$u a number of times, %3$g a percentage */
      return g_strdup_printf (_("Bytes: two passes of each variant; what differs by up to %1$u B, "
                                "or by up to %2$u times as much as two passes of the same variant, "
                                "is noise, and what is less than %3$g %% of the baseline’s peak "
                                "counts for nothing."),
                                 HS_FLOOR_BYTES, SPREADS, 100. / HS_TRIFLE_DIVISOR);

    case HS_METRIC_ALLOCATIONS:
      return g_strdup_printf (_("Allocations: likewise, up to %u of them."), FLOOR_BLOCKS);

    case HS_METRIC_RSS:
      /* translators: %1$s is a size, %2$g a percentage */
      {
        g_autofree char *least = hs_format_bytes (LEAST_RSS);

        return g_strdup_printf (_("RSS: as the times; what differs by less than %1$s or %2$g %% "
                                  "is noise."),
                                   least, 100 * LEAST_SHARE);
      }

    case HS_METRIC_TIME:
    default:
      return describe_times (n_rounds);
    }
}

const char *
hs_metric_get_name (HsMetric metric)
{
  static const char *const names[HS_N_METRICS] = { "peak_bytes", "final_bytes", "allocations",
                                                   "rss_bytes", "wall_ns" };

  g_return_val_if_fail (metric < HS_N_METRICS, NULL);

  return names[metric];
}

const char *
hs_metric_get_title (HsMetric metric)
{
  /* clang-format off */
  static const char *const titles[HS_N_METRICS] = {
    /* translators: what is measured of a variant of code */
    NC_("metric", "Peak"),
    NC_("metric", "At the end"),
    NC_("metric", "Allocations"),
    NC_("metric", "RSS"),
    NC_("metric", "Time"),
  };
  /* clang-format on */

  g_return_val_if_fail (metric < HS_N_METRICS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "metric", titles[metric]);
}

char *
hs_metric_format (HsMetric metric,
                  double   value)
{
  guint64 whole = value > 0 ? (guint64)MIN (value + 0.5, 1e18) : 0;

  switch (metric)
    {
    case HS_METRIC_ALLOCATIONS:
      return hs_format_count (whole);

    case HS_METRIC_TIME:
      return hs_format_duration (whole);

    case HS_METRIC_PEAK:
    case HS_METRIC_FINAL:
    case HS_METRIC_RSS:
    case HS_N_METRICS:
    default:
      return hs_format_bytes (whole);
    }
}

char *
hs_metric_format_difference (HsMetric metric,
                             gint64   difference)
{
  g_autofree char *size = hs_metric_format (metric, fabs ((double)difference));

  if (difference == 0)
    return g_steal_pointer (&size);

  return g_strconcat (difference < 0 ? "−" : "+", size, NULL);
}
