/* hs-effect.h - whether one series of measurements is less than another
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HS_METRIC_PEAK,        /* most bytes live at a time, requested, above those before the code */
  HS_METRIC_FINAL,       /* bytes live at the end, likewise */
  HS_METRIC_ALLOCATIONS, /* blocks that were asked for */
  HS_METRIC_RSS,         /* most memory of the process, bytes, above that of the bare interpreter */
  HS_METRIC_TIME,        /* wall clock, nanoseconds, without any hook */
  HS_N_METRICS
} HsMetric;

/* Measured values in the order of the rounds in which they were taken. */
typedef struct
{
  guint    n; /* 0: not known, and the others mean nothing */
  guint64 *values;
  guint64  median;
  guint64  min;
  guint64  max;
} HsMeasure;

void hs_measure_init (HsMeasure     *self,
                      const guint64 *values,
                      guint          n); /* copies */
void hs_measure_clear (HsMeasure *self);

typedef enum
{
  HS_EFFECT_UNKNOWN, /* one of the two was not measured */
  HS_EFFECT_NONE,    /* within noise */
  HS_EFFECT_LESS,
  HS_EFFECT_MORE,
} HsEffectKind;

/* How @other differs from @base: medians. */
typedef struct
{
  HsEffectKind kind;
  gint64       difference;
  double       percent; /* of the base; NAN if the base is 0 */
  gint64       low;     /* the difference lies between these: with times a confidence interval */
  gint64       high;
  guint64      noise; /* differences up to this one say nothing */
  double       p;     /* of the rank test, for times; else NAN */
} HsEffect;

/* Differences of bytes up to this one say nothing. Identical variants in one file, 40 000 lines
 * apart, need the same to the byte; but a line number that is kept is an object of 28 bytes from
 * 257 on, and the same in a text is longer by its digits.
 */
#define HS_FLOOR_BYTES 32

/* Bytes and counts: what two passes of the same variant differ by is noise, and at least what the
 * places of lines in the file change. RSS and times: rank tests of the rounds (Mann-Whitney, and
 * Wilcoxon of the pairs if there are enough), a least difference, and least values that differ
 * likewise.
 */
void hs_effect_init (HsEffect        *self,
                     HsMetric         metric,
                     const HsMeasure *base,
                     const HsMeasure *other);

/* Of the bytes at the peak of the baseline: a verdict passes over what is less than this part. */
#define HS_TRIFLE_DIVISOR 1000

/* How noise is judged, as a translated sentence for @metric. Returns: (transfer full) */
char *hs_effect_dup_method (HsMetric metric,
                            guint    n_rounds);

const char *hs_metric_get_name (HsMetric metric);  /* "peak_bytes", of the JSON */
const char *hs_metric_get_title (HsMetric metric); /* translated: "Peak" */
/* A value with its unit: "1.50 MiB", "12 345", "3.2 ms". Returns: (transfer full) */
char *hs_metric_format (HsMetric metric,
                        double   value);
/* With its sign: "−1.50 MiB". Returns: (transfer full) */
char *hs_metric_format_difference (HsMetric metric,
                                   gint64   difference);

G_END_DECLS
