/* hs-variant.c - what may be said of one variant
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

HsVariant *
hs_variant_new (void)
{
  return g_new0 (HsVariant, 1);
}

void
hs_variant_free (HsVariant *self)
{
  g_free (self->name);
  g_free (self->message);
  g_free (self->result_type);
  g_free (self->result_preview);
  g_free (self->difference);
  g_free (self->output);
  g_free (self->reason);
  for (guint i = 0; i < HS_N_METRICS; i++)
    hs_measure_clear (&self->measures[i]);
  g_clear_pointer (&self->history, hs_history_unref);
  g_clear_pointer (&self->heap, hs_heap_unref);
  g_free (self);
}

const char *
hs_verdict_to_string (HsVerdict verdict)
{
  static const char *const names[HS_N_VERDICTS] = { "baseline", "saves", "no-effect",
                                                    "worse", "results-differ", "failed" };

  g_return_val_if_fail (verdict < HS_N_VERDICTS, NULL);

  return names[verdict];
}

const char *
hs_verdict_get_title (HsVerdict verdict)
{
  /* clang-format off */
  static const char *const titles[HS_N_VERDICTS] = {
    /* translators: the verdict on a variant of code: the others are compared with this one */
    NC_("verdict", "Baseline"),
    NC_("verdict", "Saves"),
    NC_("verdict", "No effect"),
    NC_("verdict", "Worse"),
    NC_("verdict", "Results differ"),
    NC_("verdict", "Failed"),
  };
  /* clang-format on */

  g_return_val_if_fail (verdict < HS_N_VERDICTS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "verdict", titles[verdict]);
}

/* "98.7", "12", "0.4", and never 100 of what is not all of it. */
static char *
format_percent (double percent)
{
  double size = fabs (percent);

  if (size >= 99.95 && size < 100)
    return g_strdup_printf ("%.2f", floor (size * 100) / 100);
  if (size >= 100)
    return g_strdup_printf ("%.0f", size);

  return g_strdup_printf (size < 0.1 ? "%.1g" : "%.3g", size);
}

/* "1.25", "3.4", "120" */
static char *
format_times (double times)
{
  if (times >= 100)
    return g_strdup_printf ("%.0f", times);

  return g_strdup_printf (times >= 10 ? "%.1f" : "%.2f", times);
}

/* One sentence for a metric. */
typedef struct
{
  const char *less;         /* percent, difference */
  const char *more;         /* percent, difference */
  const char *times;        /* times, difference: from twice as much on */
  const char *from_nothing; /* difference: what the baseline has none of */
  const char *none;
} Words;

/* clang-format off */
static const Words peak_words = {
  /* translators: %1$s is a percentage without its sign, %2$s a signed size. Likewise below. */
  N_("Its peak is %1$s %% lower (%2$s)."),
  N_("Its peak is %1$s %% higher (%2$s)."),
  /* translators: %1$s is a number such as 3.4, %2$s a signed size. Likewise below. */
  N_("Its peak is %1$s times as high (%2$s)."),
  N_("Its peak is higher (%s)."),
  N_("Its peak is the same."),
};

static const Words final_words = {
  N_("At the end %1$s %% less is left (%2$s)."),
  N_("At the end %1$s %% more is left (%2$s)."),
  N_("At the end %1$s times as much is left (%2$s)."),
  N_("At the end more is left (%s)."),
  N_("At the end the same is left."),
};

static const Words rss_words = {
  N_("The whole process holds %1$s %% less memory (%2$s)."),
  N_("The whole process holds %1$s %% more memory (%2$s)."),
  N_("The whole process holds %1$s times as much memory (%2$s)."),
  N_("The whole process holds more memory (%s)."),
  N_("The whole process holds the same memory."),
};

static const Words time_words = {
  N_("It takes %1$s %% less time (%2$s)."),
  N_("It takes %1$s %% more time (%2$s)."),
  N_("It takes %1$s times as long (%2$s)."),
  N_("It takes more time (%s)."),
  N_("The time is the same within noise."),
};
/* clang-format on */

/* What @effect says in @words, as one sentence. Returns: (transfer full) (nullable) */
static char *
describe_effect (const Words    *words,
                 HsMetric        metric,
                 const HsEffect *effect)
{
  g_autofree char *difference = hs_metric_format_difference (metric, effect->difference);
  g_autofree char *percent = format_percent (isnan (effect->percent) ? 0 : effect->percent);
  g_autofree char *times = format_times (1 + (isnan (effect->percent) ? 0 : effect->percent) / 100);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  switch (effect->kind)
    {
    case HS_EFFECT_LESS:
      return g_strdup_printf (_(words->less), percent, difference);

    case HS_EFFECT_MORE:
      if (isnan (effect->percent))
        return g_strdup_printf (_(words->from_nothing), difference);
      if (effect->percent >= 100)
        return g_strdup_printf (_(words->times), times, difference);
      return g_strdup_printf (_(words->more), percent, difference);

    case HS_EFFECT_NONE:
      return g_strdup (_(words->none));

    case HS_EFFECT_UNKNOWN:
    default:
      return NULL;
    }
#pragma GCC diagnostic pop
}

/* Appends @sentence (transfer full) (nullable). */
static void
add_sentence (GString *text,
              char    *sentence)
{
  if (sentence == NULL)
    return;

  if (text->len == 0)
    g_string_append (text, sentence);
  else
    {
      g_autofree char *first = g_strdup (text->str);

      /* translators: two sentences, one behind the other; in Chinese without a space */
      g_string_printf (text, C_ ("two sentences", "%1$s %2$s"), first, sentence);
    }
  g_free (sentence);
}

static gboolean
has_same_objects (const HsVariant *self)
{
  return self->effects[HS_METRIC_PEAK].kind == HS_EFFECT_NONE &&
         self->effects[HS_METRIC_FINAL].kind == HS_EFFECT_NONE;
}

/* Memory and time both, whatever decides. Resident memory only if the objects do not tell: pages of
 * mapped files, and what extension modules allocate, are no objects of Python.
 */
static char *
give_reason (const HsVariant *self)
{
  const HsEffect *peak = &self->effects[HS_METRIC_PEAK];
  const HsEffect *final = &self->effects[HS_METRIC_FINAL];
  const HsEffect *rss = &self->effects[HS_METRIC_RSS];
  GString        *text = g_string_new (NULL);

  if (has_same_objects (self))
    {
      add_sentence (text, g_strdup (_("It needs the same memory, at its peak and at the end.")));
      if (rss->kind != HS_EFFECT_NONE)
        add_sentence (text, describe_effect (&rss_words, HS_METRIC_RSS, rss));
    }
  else
    {
      add_sentence (text, describe_effect (&peak_words, HS_METRIC_PEAK, peak));
      if (final->kind != HS_EFFECT_NONE)
        add_sentence (text, describe_effect (&final_words, HS_METRIC_FINAL, final));
    }
  add_sentence (text, describe_effect (&time_words, HS_METRIC_TIME,
                                       &self->effects[HS_METRIC_TIME]));
  if (self->proof == HS_PROOF_OUTPUT && self->output != NULL && *self->output == '\0')
    add_sentence (text, g_strdup (_("Nothing sets “result” or is printed, so it was not checked "
                                    "that they do the same.")));

  return g_string_free (text, FALSE);
}

/* Percent: a smaller effect does not decide where there is a larger one. */
#define SMALL_EFFECT 1.0

/* Memory first, by its peak; then what is left of it; then that of the process; then time. */
static HsVerdict
decide (const HsVariant *self)
{
  static const HsMetric order[] = { HS_METRIC_PEAK, HS_METRIC_FINAL, HS_METRIC_RSS,
                                    HS_METRIC_TIME };

  for (guint with_small = 0; with_small < 2; with_small++)
    for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
      {
        const HsEffect *effect = &self->effects[order[i]];

        if (with_small == 0 && fabs (effect->percent) < SMALL_EFFECT)
          continue;
        if (order[i] == HS_METRIC_RSS && !has_same_objects (self))
          continue;
        if (effect->kind == HS_EFFECT_LESS)
          return HS_VERDICT_SAVES;
        if (effect->kind == HS_EFFECT_MORE)
          return HS_VERDICT_WORSE;
      }

  return HS_VERDICT_NO_EFFECT;
}

/* What is nothing beside all that the program needs is no effect, exact as it may be:
 * other code has other code objects.
 */
static void
pass_over_trifles (HsVariant       *self,
                   const HsVariant *baseline)
{
  static const HsMetric metrics[] = { HS_METRIC_PEAK, HS_METRIC_FINAL };
  guint64               trifle = baseline->measures[HS_METRIC_PEAK].median / HS_TRIFLE_DIVISOR;

  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      HsEffect *effect = &self->effects[metrics[i]];

      effect->noise = MAX (effect->noise, trifle);
      if (effect->kind != HS_EFFECT_UNKNOWN && fabs ((double)effect->difference) <= (double)trifle)
        effect->kind = HS_EFFECT_NONE;
    }
}

static void
judge_claims (HsVariant       *self,
              const HsVariant *baseline)
{
  if (!self->is_ok)
    {
      self->verdict = HS_VERDICT_FAILED;
      self->reason = g_strdup (self->message);
    }
  else if (!baseline->is_ok)
    {
      self->verdict = HS_VERDICT_RESULTS_DIFFER;
      /* translators: %s is the name of a variant */
      self->reason = g_strdup_printf (_("“%s” failed, so there is nothing to compare this one "
                                        "with."),
                                         baseline->name);
    }
  else if (self->sameness == HS_SAMENESS_UNKNOWN)
    {
      self->verdict = HS_VERDICT_RESULTS_DIFFER;
      /* translators: %s is a reason, no whole sentence */
      self->reason = g_strdup_printf (_("Whether it does the same is not known, so no saving is "
                                        "claimed: %s"),
                                         self->difference != NULL ? self->difference : "?");
    }
  else if (self->sameness == HS_SAMENESS_DIFFERENT)
    {
      self->verdict = HS_VERDICT_RESULTS_DIFFER;
      /* translators: %s says what is different, no whole sentence */
      self->reason = g_strdup_printf (_("It does not do the same, so no saving is claimed: %s"),
                                         self->difference != NULL ? self->difference : "?");
    }
  else
    {
      for (guint i = 0; i < HS_N_METRICS; i++)
        hs_effect_init (&self->effects[i], (HsMetric)i, &baseline->measures[i],
                        &self->measures[i]);
      pass_over_trifles (self, baseline);
      if (self->effects[HS_METRIC_PEAK].kind == HS_EFFECT_UNKNOWN)
        {
          self->verdict = HS_VERDICT_RESULTS_DIFFER;
          self->reason = g_strdup (_("How much memory it needs is not known, so no saving is "
                                     "claimed."));
          return;
        }
      self->verdict = decide (self);
      self->reason = give_reason (self);
    }
}

void
_hs_variant_judge (HsVariant       *self,
                   const HsVariant *baseline)
{
  for (guint i = 0; i < HS_N_METRICS; i++)
    self->effects[i] = (HsEffect) { .kind = HS_EFFECT_UNKNOWN, .percent = NAN, .p = NAN };

  g_free (self->reason);
  self->reason = NULL;
  if (self != baseline)
    judge_claims (self, baseline);
  else if (self->is_ok)
    {
      self->verdict = HS_VERDICT_BASELINE;
      self->reason = g_strdup (_("The others are compared with it."));
    }
  else
    {
      self->verdict = HS_VERDICT_FAILED;
      self->reason = g_strdup (self->message);
    }
}
