/* hs-compare-words.c - the items of a comparison in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"
#include "hs-format.h"

char *
_hs_compare_dup_lines (const HsVariant *variant)
{
  if (variant->first_line == 0)
    return NULL;
  if (variant->last_line <= variant->first_line)
    return g_strdup_printf (_("Line %u"), variant->first_line);

  /* translators: lines of the code, from the first to the last */
  return g_strdup_printf (_("Lines %1$u–%2$u"), variant->first_line, variant->last_line);
}

static char *
dup_value (const HsVariant *variant)
{
  if (variant->proof == HS_PROOF_OUTPUT)
    return g_strdup (_("what it prints"));
  if (variant->proof == HS_PROOF_EXCEPTION)
    return g_strdup (_("how it ended"));
  if (variant->result_preview == NULL)
    return g_strdup (_("result"));

  /* translators: a value and its type: "result: 4950 (int)" */
  return g_strdup_printf (_("result: %1$s (%2$s)"), variant->result_preview,
                             variant->result_type != NULL ? variant->result_type : "?");
}

char *
_hs_compare_dup_proof (const HsVariant *variant,
                       gboolean         is_baseline)
{
  g_autofree char *value = dup_value (variant);

  if (!variant->is_ok)
    return NULL;
  if (is_baseline)
    /* translators: what the others are compared by: "result: 4950 (int)" */
    return g_strdup_printf (_("Compared by %s"), value);
  if (variant->sameness == HS_SAMENESS_SAME)
    /* translators: what is the same as that of the baseline: "result: 4950 (int)" */
    return g_strdup_printf (_("The same: %s"), value);

  return NULL;
}

/* "Peak: 1.50 MiB, −3.20 MiB (−68 %)", and for what varies its range. */
static void
append_measure (GString         *text,
                const HsVariant *variant,
                HsMetric         metric)
{
  const HsMeasure *measure = &variant->measures[metric];
  const HsEffect  *effect = &variant->effects[metric];
  g_autofree char *value = NULL;
  g_autofree char *difference = NULL;
  g_autofree char *percent = _hs_compare_dup_percent (effect);

  if (measure->n == 0)
    {
      /* translators: of something that was not measured: "Time: unknown" */
      g_string_append_printf (text, _("%s: unknown"), hs_metric_get_title (metric));
      g_string_append_c (text, '\n');
      return;
    }

  value = hs_metric_format (metric, (double)measure->median);
  difference = hs_metric_format_difference (metric, effect->difference);
  g_string_append_printf (text, "%s: %s", hs_metric_get_title (metric), value);
  if (effect->kind != HS_EFFECT_UNKNOWN)
    g_string_append_printf (text, _(", %s"), difference);
  if (effect->kind == HS_EFFECT_NONE)
    g_string_append_printf (text, " (%s)", _("within noise"));
  else if (percent != NULL)
    g_string_append_printf (text, " (%s)", percent);
  g_string_append_c (text, '\n');
}

/* All that is known of a measure. */
static void
append_range (GString         *text,
              const HsVariant *variant,
              HsMetric         metric)
{
  const HsMeasure *measure = &variant->measures[metric];
  const HsEffect  *effect = &variant->effects[metric];
  g_autofree char *min = hs_metric_format (metric, (double)measure->min);
  g_autofree char *max = hs_metric_format (metric, (double)measure->max);
  g_autofree char *low = hs_metric_format_difference (metric, effect->low);
  g_autofree char *high = hs_metric_format_difference (metric, effect->high);
  g_autofree char *noise = hs_metric_format (metric, (double)effect->noise);

  if (measure->n > 1)
    {
      /* translators: from the least to the most that was measured */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%1$s to %2$s in %3$u round",
                                           "%1$s to %2$s in %3$u rounds", measure->n),
                              min, max, measure->n);
      g_string_append_c (text, '\n');
    }
  if (effect->kind == HS_EFFECT_UNKNOWN)
    return;
  g_string_append_printf (text, _("The difference lies between %1$s and %2$s"), low, high);
  g_string_append_c (text, '\n');
  /* translators: %s is a size or a time */
  g_string_append_printf (text, _("Up to %s is noise"), noise);
  g_string_append_c (text, '\n');
  if (isfinite (effect->p))
    {
      g_string_append_printf (text, _("Chance alone would differ so with probability %.2g"),
                                       effect->p);
      g_string_append_c (text, '\n');
    }
}

static void
append_variant (GString         *text,
                const HsVariant *variant,
                gboolean         is_baseline)
{
  g_autofree char *lines = _hs_compare_dup_lines (variant);
  g_autofree char *proof = _hs_compare_dup_proof (variant, is_baseline);

  if (lines != NULL)
    g_string_append_printf (text, "%s\n", lines);
  if (variant->reason != NULL)
    g_string_append_printf (text, "%s\n", variant->reason);
  if (variant->message != NULL && g_strcmp0 (variant->message, variant->reason) != 0)
    g_string_append_printf (text, "%s\n", variant->message);
  if (proof != NULL)
    g_string_append_printf (text, "%s\n", proof);
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    append_measure (text, variant, (HsMetric)metric);
}

static const HsCompareItem *
get_item (HsScene *scene,
          guint    item)
{
  return &g_array_index (((HsCompareScene *)scene)->items, HsCompareItem, item);
}

static char *
dup_point (HsCompareScene *self,
           guint           variant,
           guint           value)
{
  const HsSweep   *sweep = hs_comparison_get_sweep (self->comparison);
  guint64          point = hs_sweep_get (sweep, variant, value, self->swept);
  g_autofree char *text = hs_metric_format (self->swept, (double)point);

  /* translators: the name of a constant, its value, what is measured ("Peak"), and how much:
   * "N = 1000: Peak 1.50 MiB" */
  return g_strdup_printf (_("%1$s = %2$.12g: %3$s %4$s"), sweep->parameter, sweep->values[value],
                             hs_metric_get_title (self->swept), text);
}

/* What follows the name of the variant. Returns: (transfer full) */
static char *
dup_what (HsCompareScene      *self,
          const HsCompareItem *item)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, item->variant);
  GString         *text;

  switch (item->kind)
    {
    case HS_COMPARE_ITEM_BAR:
      text = g_string_new (NULL);
      append_measure (text, variant, (HsMetric)item->index);
      g_string_truncate (text, text->len - 1);
      return g_string_free (text, FALSE);

    case HS_COMPARE_ITEM_CURVE:
      return g_strdup (_("curve of live bytes"));

    case HS_COMPARE_ITEM_PEAK:
      return g_strdup (_("peak of its live bytes"));

    case HS_COMPARE_ITEM_OBJECT:
      return g_strdup (self->objects[item->variant].title);

    case HS_COMPARE_ITEM_SLOPE:
      /* translators: %s is the name of a constant */
      return g_strdup_printf (_("curve by %s"),
                                 hs_comparison_get_sweep (self->comparison)->parameter);

    case HS_COMPARE_ITEM_POINT:
      return dup_point (self, item->variant, item->index);

    case HS_COMPARE_ITEM_VARIANT:
    default:
      return g_strdup (hs_verdict_get_title (variant->verdict));
    }
}

char *
_hs_compare_name_item (HsScene *scene,
                       guint    item)
{
  HsCompareScene      *self = (HsCompareScene *)scene;
  const HsCompareItem *one = get_item (scene, item);
  g_autofree char     *what = dup_what (self, one);
  g_autofree char     *letter = hs_variant_dup_letter (one->variant);

  /* translators: a letter and the name of a variant, and what is said of it */
  return g_strdup_printf (_("%1$s “%2$s”: %3$s"), letter,
                             _hs_compare_get_name (self, one->variant), what);
}

static void
append_slope (GString        *text,
              HsCompareScene *self,
              guint           variant)
{
  const HsSweep *sweep = hs_comparison_get_sweep (self->comparison);

  for (guint j = 0; j < sweep->n_values; j++)
    if (hs_sweep_get (sweep, variant, j, self->swept) != HS_SWEEP_UNKNOWN)
      {
        g_autofree char *point = dup_point (self, variant, j);

        g_string_append_printf (text, "%s\n", point);
      }
  if (variant > 0 && hs_comparison_can_claim (self->comparison, variant))
    {
      g_autofree char *sentence =
        hs_sweep_dup_break_even (sweep, variant, self->swept, _hs_compare_get_name (self, variant),
                                 _hs_compare_get_name (self, 0));

      g_string_append_printf (text, "%s\n", sentence);
    }
}

char *
_hs_compare_describe_item (HsScene *scene,
                           guint    item)
{
  HsCompareScene      *self = (HsCompareScene *)scene;
  const HsCompareItem *one = get_item (scene, item);
  const HsVariant     *variant = hs_comparison_get (self->comparison, one->variant);
  g_autofree char     *name = _hs_compare_name_item (scene, item);
  GString             *text = g_string_new (name);

  g_string_append_c (text, '\n');
  switch (one->kind)
    {
    case HS_COMPARE_ITEM_BAR:
      append_range (text, variant, (HsMetric)one->index);
      break;

    case HS_COMPARE_ITEM_OBJECT:
      if (self->objects[one->variant].text != NULL)
        g_string_append (text, self->objects[one->variant].text);
      break;

    case HS_COMPARE_ITEM_SLOPE:
      append_slope (text, self, one->variant);
      break;

    case HS_COMPARE_ITEM_CURVE:
    case HS_COMPARE_ITEM_PEAK:
      append_measure (text, variant, HS_METRIC_PEAK);
      append_measure (text, variant, HS_METRIC_FINAL);
      break;

    case HS_COMPARE_ITEM_VARIANT:
      append_variant (text, variant, one->variant == 0);
      break;

    case HS_COMPARE_ITEM_POINT:
    default:
      break;
    }

  return g_strchomp (g_string_free (text, FALSE));
}
