/* hs-comparer-plan.c - which pass of a comparison comes next
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparer-plan-private.h"

#include "hs-comparer.h"

/* More say little more. */
#define N_ROUNDS_MAX 25

/* A point of a sweep is one of several on a line. */
#define N_SWEEP_ROUNDS 3

/* Of counting: a second one where the first trace pass does not count. */
#define N_COUNT_ROUNDS 2

void
_hs_comparer_plan_init (HsComparerPlan *self,
                        guint           n_variants,
                        guint           n_values,
                        guint           least,
                        guint           budget_ms)
{
  *self = (HsComparerPlan) {
    .n_variants = n_variants,
    .n_values = n_values,
    .budget_ms = budget_ms,
  };

  if (least == 0)
    return;
  self->n_rounds_min = MAX (least, HS_COMPARE_N_TIMES_MIN);
  self->n_rounds_max = MAX (self->n_rounds_min, N_ROUNDS_MAX);
}

/* Passes of one round; 0: the stage is left out. */
static guint
get_round_size (const HsComparerPlan *self,
                HsStage               stage)
{
  switch (stage)
    {
    case HS_STAGE_TIME:
      return self->n_rounds_min > 0 ? self->n_variants : 0;

    case HS_STAGE_SWEEP:
      return self->n_variants * self->n_values;

    case HS_STAGE_SWEEP_TIME:
      return self->n_rounds_min > 0 ? self->n_variants * self->n_values : 0;

    case HS_STAGE_TRACE:
    case HS_STAGE_COUNT:
    case HS_STAGE_RESULT:
    case HS_STAGE_CHECK:
      return self->n_variants;

    case HS_STAGE_DONE:
    default:
      return 0;
    }
}

static gboolean
has_budget (const HsComparerPlan *self,
            gint64                now_us)
{
  return now_us - self->began_us < (gint64)self->budget_ms * 1000;
}

/* Whether a round of @stage begins after @n of them. */
static gboolean
wants_round (const HsComparerPlan *self,
             guint                 n,
             gint64                now_us)
{
  switch (self->place.stage)
    {
    case HS_STAGE_TIME:
      return n < self->n_rounds_min || (n < self->n_rounds_max && has_budget (self, now_us));

    case HS_STAGE_SWEEP_TIME:
      return n == 0 || (n < N_SWEEP_ROUNDS && has_budget (self, now_us));

    case HS_STAGE_COUNT:
      return n < N_COUNT_ROUNDS;

    case HS_STAGE_TRACE:
    case HS_STAGE_RESULT:
    case HS_STAGE_CHECK:
    case HS_STAGE_SWEEP:
      return n == 0;

    case HS_STAGE_DONE:
    default:
      return FALSE;
    }
}

/* Which variant is timed next. Each is timed once in a round, so that a machine that slows down
 * does so for all of them. What else goes on has a rhythm of its own, which an order with a rhythm
 * can meet: then it takes all that disturbs for one variant and nothing for the other. So each
 * round is shuffled.
 */
static guint
choose_timed (HsComparerPlan *self)
{
  if (self->at == 0)
    for (guint i = 0; i < self->n_variants; i++)
      {
        guint j = (guint)g_random_int_range (0, (gint32)i + 1);

        self->order[i] = self->order[j];
        self->order[j] = (guint8)i;
      }

  return self->order[self->at];
}

gboolean
_hs_comparer_plan_next (HsComparerPlan *self,
                        gint64          now_us,
                        HsPassPlace    *place)
{
  guint size = get_round_size (self, self->place.stage);

  while (self->place.stage != HS_STAGE_DONE && self->at >= size)
    {
      gboolean goes_on = size > 0 && wants_round (self, self->place.round + 1, now_us);

      if (self->place.stage == HS_STAGE_TIME)
        self->n_timed = self->place.round + 1;
      self->at = 0;
      self->place.round = goes_on ? self->place.round + 1 : 0;
      if (goes_on)
        break;
      self->place.stage++;
      self->began_us = 0;
      size = get_round_size (self, self->place.stage);
    }
  if (self->place.stage == HS_STAGE_DONE)
    return FALSE;

  if (self->began_us == 0)
    self->began_us = now_us;
  self->place.value = self->at / self->n_variants;
  self->place.variant = self->at % self->n_variants;
  /* What comes first is not always the same, so that a machine that slows down does not favour it.
   */
  if (self->place.stage == HS_STAGE_TIME)
    self->place.variant = choose_timed (self);
  else if (self->place.round % 2 == 1)
    self->place.variant = self->n_variants - 1 - self->place.variant;
  self->at++;
  *place = self->place;

  return TRUE;
}

/* How many rounds the stage will have, as far as can be told by now. */
static guint
guess_rounds (const HsComparerPlan *self,
              HsStage               stage,
              gint64                now_us)
{
  guint  n_done = self->place.round;
  gint64 spent_us = now_us - self->began_us;
  gint64 n;

  if (stage == HS_STAGE_SWEEP_TIME)
    return N_SWEEP_ROUNDS;
  if (stage == HS_STAGE_COUNT)
    return N_COUNT_ROUNDS;
  if (stage != HS_STAGE_TIME)
    return 1;
  if (self->place.stage > stage)
    return self->n_timed;
  if (self->place.stage != stage || n_done == 0 || spent_us <= 0)
    return self->n_rounds_min;

  n = (gint64)self->budget_ms * 1000 * n_done / spent_us;

  return (guint)CLAMP (n, MAX (self->n_rounds_min, n_done + 1), self->n_rounds_max);
}

void
_hs_comparer_plan_get_progress (const HsComparerPlan *self,
                                gint64                now_us,
                                guint                *done,
                                guint                *total)
{
  *done = 0;
  *total = 0;
  for (HsStage stage = HS_STAGE_TRACE; stage < HS_STAGE_DONE; stage++)
    {
      guint size = get_round_size (self, stage);

      *total += size * guess_rounds (self, stage, now_us);
      if (stage < self->place.stage)
        *done += size * guess_rounds (self, stage, now_us);
      else if (stage == self->place.stage)
        *done += size * self->place.round + (self->at > 0 ? self->at - 1 : 0);
    }
}
