/* hs-comparison-text.c - a comparison in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"

/* As many cells of a terminal as @text takes. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

/* Appends rows of @n_columns cells, the first to the left, the others to the right. */
static void
append_table (GString   *text,
              GPtrArray *cells,
              guint      n_columns)
{
  g_autofree guint *widths = g_new0 (guint, n_columns);

  for (guint i = 0; i < cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns], get_width (g_ptr_array_index (cells, i)));

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);
      guint       column = i % n_columns;
      int         padding = (int)(widths[column] - get_width (cell));

      if (column == 0)
        g_string_append_printf (text, "%s%*s", cell, padding, "");
      else
        g_string_append_printf (text, "  %*s%s", padding, "", cell);
      if (column == n_columns - 1)
        g_string_append_c (text, '\n');
    }
}

/* Whether the values of a metric are the same each time. */
static gboolean
is_stable_metric (HsMetric metric)
{
  return metric != HS_METRIC_TIME && metric != HS_METRIC_RSS;
}

/* Behind the point of a percentage. */
static int
get_n_digits (double percent)
{
  if (percent > 99.9 && percent < 100)
    return 2;

  return percent < 10 || (percent > 99 && percent < 100) ? 1 : 0;
}

/* Without its sign, and never 100 of what is not all of it. */
static double
get_share (double percent)
{
  double share = fabs (percent);

  return share < 100 ? MIN (share, 99.99) : share;
}

/* "1.50 MiB", with "(−43 %)" if it is more or less than the baseline, "(=)" if not. */
static char *
dup_cell (const HsVariant *variant,
          HsMetric         metric)
{
  const HsMeasure *measure = &variant->measures[metric];
  const HsEffect  *effect = &variant->effects[metric];
  g_autofree char *value = NULL;

  if (measure->n == 0)
    return g_strdup (_("unknown"));

  value = hs_metric_format (metric, (double)measure->median);
  if (effect->kind == HS_EFFECT_UNKNOWN)
    return g_steal_pointer (&value);
  if (effect->kind == HS_EFFECT_NONE)
    return g_strdup_printf ("%s (=)", value);
  if (isnan (effect->percent))
    return g_strdup_printf ("%s (+)", value);
  if (effect->percent >= 900)
    return g_strdup_printf ("%s (×%.0f)", value, 1 + effect->percent / 100);

  return g_strdup_printf ("%s (%s%.*f %%)", value, effect->percent < 0 ? "−" : "+",
                          get_n_digits (fabs (effect->percent)), get_share (effect->percent));
}

static void
append_measures (HsComparison *self,
                 gboolean      is_stable,
                 GString      *text)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n_columns = 1;

  g_ptr_array_add (cells, g_strdup (_("Variant")));
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    if (!is_stable || is_stable_metric ((HsMetric)metric))
      {
        g_ptr_array_add (cells, g_strdup (hs_metric_get_title ((HsMetric)metric)));
        n_columns++;
      }

  for (guint i = 0; i < hs_comparison_get_n (self); i++)
    {
      const HsVariant *variant = hs_comparison_get (self, i);

      g_ptr_array_add (cells, g_strdup (variant->name));
      for (guint metric = 0; metric < HS_N_METRICS; metric++)
        if (!is_stable || is_stable_metric ((HsMetric)metric))
          g_ptr_array_add (cells, dup_cell (variant, (HsMetric)metric));
    }

  append_table (text, cells, n_columns);
}

static void
append_range (const HsVariant *variant,
              HsMetric         metric,
              GString         *text)
{
  const HsMeasure *measure = &variant->measures[metric];
  const HsEffect  *effect = &variant->effects[metric];
  g_autofree char *min = hs_metric_format (metric, (double)measure->min);
  g_autofree char *max = hs_metric_format (metric, (double)measure->max);

  if (measure->n < 2)
    return;
  /* translators: "Time: 3.2 ms to 4.0 ms in 7 rounds" */
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "  %1$s: %2$s to %3$s in %4$u round",
                                       "  %1$s: %2$s to %3$s in %4$u rounds", measure->n),
                          hs_metric_get_title (metric), min, max, measure->n);
  if (effect->kind != HS_EFFECT_UNKNOWN)
    {
      g_autofree char *low = hs_metric_format_difference (metric, effect->low);
      g_autofree char *high = hs_metric_format_difference (metric, effect->high);

      /* translators: goes on with how much more or less that is than the baseline: between the two
       */
      g_string_append_printf (text, _("; difference between %1$s and %2$s"), low, high);
      if (effect->kind == HS_EFFECT_NONE)
        g_string_append (text, _(", which is within noise"));
    }
  g_string_append_c (text, '\n');
}

static char *
dup_proof (const HsVariant *variant)
{
  switch (variant->proof)
    {
    case HS_PROOF_RESULT:
      if (variant->result_preview != NULL)
        /* translators: a value and its type: "result: 4950 (int)" */
        return g_strdup_printf (_("result: %1$s (%2$s)"), variant->result_preview,
                                   variant->result_type != NULL ? variant->result_type : "?");
      return g_strdup (_("result"));

    case HS_PROOF_OUTPUT:
      return g_strdup (_("what it prints"));

    case HS_PROOF_EXCEPTION:
    default:
      return g_strdup (_("how it ended"));
    }
}

static void
append_variant (const HsVariant *variant,
                gboolean         is_baseline,
                gboolean         is_stable,
                GString         *text)
{
  g_autofree char *proof = dup_proof (variant);

  /* translators: the name of a variant, its verdict ("Saves"), sentences that say why */
  g_string_append_printf (text, _("%1$s: %2$s. %3$s\n"), variant->name,
                                   hs_verdict_get_title (variant->verdict),
                                   is_stable && variant->verdict < HS_VERDICT_RESULTS_DIFFER
                                     ? ""
                                     : variant->reason);
  if (is_baseline)
    /* translators: what the others are compared by: "result: 4950 (int)" */
    g_string_append_printf (text, _("  Compared by %s\n"), proof);
  else if (variant->sameness == HS_SAMENESS_SAME && variant->is_ok)
    g_string_append_printf (text, _("  The same: %s\n"), proof);
  if (!is_stable)
    {
      append_range (variant, HS_METRIC_RSS, text);
      append_range (variant, HS_METRIC_TIME, text);
    }
}

/* The points of one metric, and what follows from them. */
static void
append_sweep_metric (HsComparison *self,
                     HsMetric      metric,
                     GString      *text)
{
  const HsSweep *sweep = hs_comparison_get_sweep (self);
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  /* translators: what is measured ("Peak"), by a constant: "Peak by N" */
  g_ptr_array_add (cells,
                   g_strdup_printf (_("%1$s by %2$s"), hs_metric_get_title (metric),
                                       sweep->parameter));
  for (guint j = 0; j < sweep->n_values; j++)
    g_ptr_array_add (cells, g_strdup_printf ("%.12g", sweep->values[j]));
  g_ptr_array_add (cells, g_strdup (_("each")));
  for (guint i = 0; i < sweep->n_variants; i++)
    {
      double per_item, fixed;

      g_ptr_array_add (cells, g_strdup (hs_comparison_get (self, i)->name));
      for (guint j = 0; j < sweep->n_values; j++)
        {
          guint64 point = hs_sweep_get (sweep, i, j, metric);

          g_ptr_array_add (cells, point != HS_SWEEP_UNKNOWN
                                    ? hs_metric_format (metric, (double)point)
                                    : g_strdup (_("unknown")));
        }
      if (!hs_sweep_get_slope (sweep, i, metric, &per_item, &fixed))
        g_ptr_array_add (cells, g_strdup (_("unknown")));
      else if (metric == HS_METRIC_TIME)
        g_ptr_array_add (cells, g_strdup_printf ("%.3g ns", per_item));
      else
        g_ptr_array_add (cells, g_strdup_printf ("%.4g B", per_item));
    }
  g_string_append_c (text, '\n');
  append_table (text, cells, sweep->n_values + 2);

  for (guint i = 1; i < sweep->n_variants; i++)
    {
      g_autofree char *sentence = hs_sweep_dup_break_even (
        sweep, i, metric, hs_comparison_get (self, i)->name, hs_comparison_get (self, 0)->name);

      if (!hs_comparison_can_claim (self, i))
        continue;
      g_string_append_printf (text, "%s\n", sentence);
    }
}

static gboolean
has_points (const HsSweep *sweep,
            HsMetric       metric)
{
  for (guint i = 0; i < sweep->n_variants; i++)
    for (guint j = 0; j < sweep->n_values; j++)
      if (hs_sweep_get (sweep, i, j, metric) != HS_SWEEP_UNKNOWN)
        return TRUE;

  return FALSE;
}

static void
append_methods (HsComparison *self,
                GString      *text)
{
  const HsSweep *sweep = hs_comparison_get_sweep (self);
  guint          n_rounds = hs_comparison_get_n_rounds (self);

  g_string_append_printf (text, "\n%s\n", _("How noise is judged"));
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      g_autofree char *method = NULL;

      /* The end is judged as the peak is. */
      if (metric == HS_METRIC_FINAL || (!is_stable_metric ((HsMetric)metric) && n_rounds == 0))
        continue;
      method = hs_effect_dup_method ((HsMetric)metric, n_rounds);
      g_string_append_printf (text, "  %s\n", method);
    }
  if (sweep != NULL && has_points (sweep, HS_METRIC_TIME))
    {
      /* translators: %g is a percentage */
      g_autofree char *method = g_strdup_printf (
        _("Times for values of the constant: the fastest of a few passes; one is less if that is "
          "by at least %g %%."),
           100 * HS_SWEEP_TIME_SHARE);

      g_string_append_printf (text, "  %s\n", method);
    }
}

char *
hs_comparison_to_text (HsComparison *self,
                       gboolean      is_stable)
{
  static const HsMetric swept[] = { HS_METRIC_PEAK, HS_METRIC_FINAL, HS_METRIC_TIME };
  GString              *text = g_string_new (NULL);
  const HsSweep        *sweep;

  g_return_val_if_fail (self != NULL, NULL);

  sweep = hs_comparison_get_sweep (self);
  if (!is_stable)
    {
      g_autofree char *summary = hs_comparison_dup_summary (self);

      g_string_append_printf (text, "%s\n\n", summary);
    }
  append_measures (self, is_stable, text);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < hs_comparison_get_n (self); i++)
    append_variant (hs_comparison_get (self, i), i == 0, is_stable, text);
  for (gsize i = 0; sweep != NULL && i < G_N_ELEMENTS (swept); i++)
    if ((!is_stable || is_stable_metric (swept[i])) && has_points (sweep, swept[i]))
      append_sweep_metric (self, swept[i], text);
  append_methods (self, text);

  return g_string_free (text, FALSE);
}
