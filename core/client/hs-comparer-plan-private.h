/* hs-comparer-plan-private.h - which pass of a comparison comes next
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparer.h"
#include "hs-variants.h"

G_BEGIN_DECLS

/* In this order. */
typedef enum
{
  HS_STAGE_TRACE,      /* the first trace pass of each variant */
  HS_STAGE_COUNT,      /* without anything but the counters: what varies by itself */
  HS_STAGE_RESULT,     /* keeps the result */
  HS_STAGE_CHECK,      /* compares it with that of the baseline */
  HS_STAGE_TIME,       /* rounds, each in random order */
  HS_STAGE_SWEEP,      /* each variant at each value, counters only */
  HS_STAGE_SWEEP_TIME, /* and its time, in rounds */
  HS_STAGE_DONE,
} HsStage;

typedef struct
{
  HsStage stage;
  guint   round; /* of the stage, from 0 */
  guint   value; /* of the sweep */
  guint   variant;
} HsPassPlace;

/* Steps through all passes that there may be. Those that have become pointless are for the caller
 * to leave out.
 */
typedef struct
{
  guint n_variants;
  guint n_values;     /* of the sweep; 0: there is none */
  guint n_rounds_min; /* timing; 0: no times are taken */
  guint n_rounds_max;
  guint budget_ms;

  HsPassPlace place;
  guint       at;       /* in the round */
  guint       n_timed;  /* rounds that there were, once they are over */
  gint64      began_us; /* when the first pass of the stage began; 0: not yet */

  guint8 order[HS_VARIANTS_MAX]; /* of a round of timing: variants */
} HsComparerPlan;

void _hs_comparer_plan_init (HsComparerPlan *self,
                             guint           n_variants,
                             guint           n_values,
                             guint           least,
                             guint           budget_ms);

/* The next pass. @now_us: monotonic. FALSE after the last. */
gboolean _hs_comparer_plan_next (HsComparerPlan *self,
                                 gint64          now_us,
                                 HsPassPlace    *place);

/* How many passes there have been and will be, about: for a progress bar. @done is at most @total.
 */
void _hs_comparer_plan_get_progress (const HsComparerPlan *self,
                                     gint64                now_us,
                                     guint                *done,
                                     guint                *total);

G_END_DECLS
