/* hs-comparison.h - variants of code, what each needs, and what may be said of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-effect.h"
#include "hs-history.h"
#include "hs-picture-info.h"
#include "hs-protocol.h"

G_BEGIN_DECLS

/* What is compared to find out whether two variants do the same. */
typedef enum
{
  HS_PROOF_RESULT,    /* the name "result", which both set: == and type */
  HS_PROOF_OUTPUT,    /* else what they print */
  HS_PROOF_EXCEPTION, /* else how they failed */
} HsProof;

typedef enum
{
  HS_SAMENESS_UNKNOWN, /* could not be compared: @difference says why */
  HS_SAMENESS_SAME,
  HS_SAMENESS_DIFFERENT,
} HsSameness;

typedef enum
{
  HS_VERDICT_BASELINE,
  HS_VERDICT_SAVES,
  HS_VERDICT_NO_EFFECT,
  HS_VERDICT_WORSE,
  HS_VERDICT_RESULTS_DIFFER, /* or could not be compared: nothing is claimed */
  HS_VERDICT_FAILED,
  HS_N_VERDICTS
} HsVerdict;

typedef struct
{
  /* What the client tells */
  char      *name;
  guint      first_line; /* in the file; 0: it is a file of its own */
  guint      last_line;
  HsStatus   status;
  gboolean   is_ok;   /* ended as code should */
  char      *message; /* how it ended, a translated sentence */
  HsMeasure  measures[HS_N_METRICS];
  char      *result_type;    /* (nullable): "int"; it has set no result */
  char      *result_preview; /* (nullable), valid UTF-8, cut */
  HsProof    proof;          /* of which sameness with the baseline is told */
  HsSameness sameness;       /* of the baseline: SAME */
  char      *difference;     /* (nullable), translated: "result is 4950 (int), not 4951 (int)" */
  HsHistory *history;        /* (nullable) of the first trace pass */
  HsHeap    *heap;           /* (nullable) at its end */
  char      *output;         /* (nullable) what it printed, cut */

  /* What hs_comparison_new() finds */
  HsEffect  effects[HS_N_METRICS]; /* against the baseline */
  HsVerdict verdict;
  char     *reason; /* a translated sentence: "saves 99.8 % of the peak; takes 1.2 times as long" */
} HsVariant;

HsVariant *hs_variant_new (void); /* zeroed */
void       hs_variant_free (HsVariant *self);

/* A constant in steps, and what each variant needs at each. */
typedef struct
{
  char    *parameter; /* "N" */
  guint    n_values;
  double  *values; /* ascending */
  guint64 *points; /* [variant][value][metric], HS_SWEEP_UNKNOWN if it did not end well */
  guint    n_variants;
} HsSweep;

#define HS_SWEEP_UNKNOWN G_MAXUINT64

/* Points of the time are the fastest of a few passes. Which of two is less is not said if they
 * are closer to each other than this share of the baseline's.
 */
#define HS_SWEEP_TIME_SHARE 0.1

HsSweep *hs_sweep_new (const char   *parameter,
                       const double *values,
                       guint         n_values,
                       guint         n_variants);
void     hs_sweep_free (HsSweep *self);
guint64  hs_sweep_get (const HsSweep *self,
                       guint          variant,
                       guint          value,
                       HsMetric       metric);
void     hs_sweep_set (HsSweep *self,
                       guint    variant,
                       guint    value,
                       HsMetric metric,
                       guint64  point);

/* A straight line through the points of a variant (Theil-Sen: one odd point does not move it).
 * FALSE if fewer than two are known.
 */
gboolean hs_sweep_get_slope (const HsSweep *self,
                             guint          variant,
                             HsMetric       metric,
                             double        *per_item,
                             double        *fixed);

typedef enum
{
  HS_BREAK_EVEN_UNKNOWN,
  HS_BREAK_EVEN_ALWAYS, /* less at every value */
  HS_BREAK_EVEN_NEVER,
  HS_BREAK_EVEN_FROM,  /* less from @value on */
  HS_BREAK_EVEN_UP_TO, /* less up to @value */
  HS_BREAK_EVEN_MIXED, /* less here and there */
} HsBreakEven;

/* From where on @variant needs less than the baseline (variant 0), between the values straight
 * lines.
 */
HsBreakEven hs_sweep_get_break_even (const HsSweep *self,
                                     guint          variant,
                                     HsMetric       metric,
                                     double        *value);
/* In words, translated. Returns: (transfer full) */
char *hs_sweep_dup_break_even (const HsSweep *self,
                               guint          variant,
                               HsMetric       metric,
                               const char    *name,
                               const char    *baseline);

/* Immutable and atomically reference counted: any thread may read it. */
typedef struct _HsComparison HsComparison;

/* @variants: (element-type HsVariant) (transfer full): the first is the baseline, at least one.
 * @sweep: (nullable) (transfer full). @info: (transfer full): for the exports.
 */
HsComparison *hs_comparison_new (GPtrArray     *variants,
                                 HsSweep       *sweep,
                                 HsPictureInfo *info);
HsComparison *hs_comparison_ref (HsComparison *self);
void          hs_comparison_unref (HsComparison *self);

guint                hs_comparison_get_n (HsComparison *self);
const HsVariant     *hs_comparison_get (HsComparison *self,
                                        guint         i);
const HsSweep       *hs_comparison_get_sweep (HsComparison *self); /* (nullable) */
const HsPictureInfo *hs_comparison_get_info (HsComparison *self);
/* The one of that name, or G_MAXUINT. */
guint hs_comparison_find (HsComparison *self,
                          const char   *name);
/* Whether a variant and the baseline ended well and do the same, so that one may be said to
 * need less than the other.
 */
gboolean hs_comparison_can_claim (HsComparison *self,
                                  guint         i);
/* Timing rounds; 0: no times were taken. */
guint hs_comparison_get_n_rounds (HsComparison *self);
/* One sentence for the whole: which variant needs least, and by how much. Returns: (transfer full)
 */
char *hs_comparison_dup_summary (HsComparison *self);
/* The text twin: all of it, without times that vary if @is_stable. Returns: (transfer full) */
char *hs_comparison_to_text (HsComparison *self,
                             gboolean      is_stable);

const char *hs_verdict_to_string (HsVerdict verdict); /* "no-effect", of the JSON */
const char *hs_verdict_get_title (HsVerdict verdict); /* translated: "No effect" */

/* An empty heap by which views are made that show a comparison: its hs_heap_get_comparison() is
 * this. Returns: (transfer full)
 */
HsHeap *hs_comparison_open_heap (HsComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsComparison, hs_comparison_unref)

G_END_DECLS
