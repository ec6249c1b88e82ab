/* hs-cli-json-compare.c - comparisons as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-compare.h"

#include <math.h>

#include "hs-json-out.h"
#include "hs-run.h"

static void
put_file (HsJsonOut *out,
          HsRunSpec *spec,
          HsPython  *python)
{
  GFile           *file = hs_run_spec_get_file (spec);
  g_autofree char *name = file != NULL ? g_file_get_parse_name (file)
                                       : g_strdup (hs_run_spec_get_display_name (spec));

  hs_json_out_begin_object (out, "python");
  hs_json_out_put_text (out, "version", hs_python_get_version (python));
  hs_json_out_put_text (out, "executable", hs_python_get_program (python));
  hs_json_out_end_object (out);
  hs_json_out_put_text (out, "file", name);
}

static void
put_measure (HsJsonOut       *out,
             const char      *member,
             const HsMeasure *measure)
{
  if (measure->n == 0)
    {
      hs_json_out_put_null (out, member);
      return;
    }

  hs_json_out_begin_object (out, member);
  hs_json_out_put_int (out, "median", (gint64)measure->median);
  hs_json_out_put_int (out, "min", (gint64)measure->min);
  hs_json_out_put_int (out, "max", (gint64)measure->max);
  hs_json_out_put_int (out, "repeats", measure->n);
  hs_json_out_end_object (out);
}

static void
put_number (HsJsonOut       *out,
            const char      *member,
            const HsMeasure *measure)
{
  if (measure->n == 0)
    hs_json_out_put_null (out, member);
  else
    hs_json_out_put_int (out, member, (gint64)measure->median);
}

static const char *
get_effect_name (HsEffectKind kind)
{
  switch (kind)
    {
    case HS_EFFECT_NONE:
      return "none";
    case HS_EFFECT_LESS:
      return "less";
    case HS_EFFECT_MORE:
      return "more";
    case HS_EFFECT_UNKNOWN:
    default:
      return "unknown";
    }
}

static void
put_effects (HsJsonOut       *out,
             const HsVariant *variant)
{
  if (variant->effects[HS_METRIC_PEAK].kind == HS_EFFECT_UNKNOWN)
    {
      hs_json_out_put_null (out, "against_baseline");
      return;
    }

  hs_json_out_begin_object (out, "against_baseline");
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      const HsEffect *effect = &variant->effects[metric];

      if (effect->kind == HS_EFFECT_UNKNOWN)
        {
          hs_json_out_put_null (out, hs_metric_get_name ((HsMetric)metric));
          continue;
        }
      hs_json_out_begin_object (out, hs_metric_get_name ((HsMetric)metric));
      hs_json_out_put_text (out, "effect", get_effect_name (effect->kind));
      hs_json_out_put_int (out, "difference", effect->difference);
      hs_json_out_put_double (out, "percent", effect->percent);
      hs_json_out_begin_array (out, "range");
      hs_json_out_put_int (out, NULL, effect->low);
      hs_json_out_put_int (out, NULL, effect->high);
      hs_json_out_end_array (out);
      hs_json_out_put_int (out, "noise", (gint64)MIN (effect->noise, (guint64)G_MAXINT64));
      hs_json_out_put_double (out, "p", effect->p);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_object (out);
}

/* By what it was found out whether it does the same. */
static void
put_proof (HsJsonOut       *out,
           const HsVariant *variant)
{
  static const char *const proofs[] = { "result", "output", "exception" };

  if (variant->result_type == NULL)
    hs_json_out_put_null (out, "result");
  else
    {
      hs_json_out_begin_object (out, "result");
      hs_json_out_put_text (out, "type", variant->result_type);
      hs_json_out_put_text (out, "preview", variant->result_preview);
      hs_json_out_end_object (out);
    }
  hs_json_out_put_text (out, "proof", proofs[MIN (variant->proof, HS_PROOF_EXCEPTION)]);
  if (variant->sameness == HS_SAMENESS_UNKNOWN)
    hs_json_out_put_null (out, "same");
  else
    hs_json_out_put_boolean (out, "same", variant->sameness == HS_SAMENESS_SAME);
  hs_json_out_put_text (out, "difference", variant->difference);
}

static void
put_variant (HsJsonOut       *out,
             const HsVariant *variant)
{
  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "name", variant->name);
  if (variant->first_line != 0)
    {
      hs_json_out_begin_array (out, "lines");
      hs_json_out_put_int (out, NULL, variant->first_line);
      hs_json_out_put_int (out, NULL, variant->last_line);
      hs_json_out_end_array (out);
    }
  hs_json_out_put_text (out, "verdict", hs_verdict_to_string (variant->verdict));
  hs_json_out_put_text (out, "reason", variant->reason);
  hs_json_out_put_text (out, "status", hs_status_to_string (variant->status));
  hs_json_out_put_text (out, "message", variant->message);
  put_proof (out, variant);

  hs_json_out_begin_object (out, "memory");
  put_number (out, "peak_bytes", &variant->measures[HS_METRIC_PEAK]);
  put_number (out, "final_bytes", &variant->measures[HS_METRIC_FINAL]);
  put_number (out, "allocations", &variant->measures[HS_METRIC_ALLOCATIONS]);
  put_measure (out, "rss_bytes", &variant->measures[HS_METRIC_RSS]);
  hs_json_out_end_object (out);

  if (variant->measures[HS_METRIC_TIME].n == 0)
    hs_json_out_put_null (out, "time");
  else
    {
      hs_json_out_begin_object (out, "time");
      put_measure (out, "wall_ns", &variant->measures[HS_METRIC_TIME]);
      hs_json_out_end_object (out);
    }
  put_effects (out, variant);
  hs_json_out_put_text (out, "stdout", variant->output);
  hs_json_out_end_object (out);
}

/* One member for each variant. Names of variants are texts of the code, so they are values here. */
static void
put_sweep_variant (HsJsonOut    *out,
                   HsComparison *comparison,
                   guint         i)
{
  static const char *const kinds[] = { "unknown", "always", "never", "from", "up-to", "mixed" };
  const HsSweep           *sweep = hs_comparison_get_sweep (comparison);
  const HsVariant         *variant = hs_comparison_get (comparison, i);

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "name", variant->name);
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      double           per_item = 0, fixed = 0, value;
      HsMetric         which = (HsMetric)metric;
      gboolean         has_slope = hs_sweep_get_slope (sweep, i, which, &per_item, &fixed);
      HsBreakEven      kind = hs_sweep_get_break_even (sweep, i, which, &value);
      g_autofree char *sentence = NULL;

      hs_json_out_begin_object (out, hs_metric_get_name ((HsMetric)metric));
      hs_json_out_begin_array (out, "points");
      for (guint j = 0; j < sweep->n_values; j++)
        {
          guint64 point = hs_sweep_get (sweep, i, j, (HsMetric)metric);

          if (point == HS_SWEEP_UNKNOWN)
            hs_json_out_put_null (out, NULL);
          else
            hs_json_out_put_int (out, NULL, (gint64)MIN (point, (guint64)G_MAXINT64));
        }
      hs_json_out_end_array (out);
      hs_json_out_put_double (out, "per_item", has_slope ? per_item : NAN);
      hs_json_out_put_double (out, "fixed", has_slope ? fixed : NAN);
      if (i > 0 && !hs_comparison_can_claim (comparison, i))
        hs_json_out_put_null (out, "break_even");
      else if (i > 0)
        {
          sentence = hs_sweep_dup_break_even (sweep, i, (HsMetric)metric, variant->name,
                                              hs_comparison_get (comparison, 0)->name);
          hs_json_out_begin_object (out, "break_even");
          hs_json_out_put_text (out, "kind", kinds[kind]);
          hs_json_out_put_double (out, "value", value);
          hs_json_out_put_text (out, "text", sentence);
          hs_json_out_end_object (out);
        }
      hs_json_out_end_object (out);
    }
  hs_json_out_end_object (out);
}

static void
put_sweep (HsJsonOut    *out,
           HsComparison *comparison)
{
  const HsSweep *sweep = hs_comparison_get_sweep (comparison);

  if (sweep == NULL)
    {
      hs_json_out_put_null (out, "sweep");
      return;
    }

  hs_json_out_begin_object (out, "sweep");
  hs_json_out_put_text (out, "parameter", sweep->parameter);
  hs_json_out_begin_array (out, "values");
  for (guint j = 0; j < sweep->n_values; j++)
    hs_json_out_put_double (out, NULL, sweep->values[j]);
  hs_json_out_end_array (out);
  hs_json_out_begin_array (out, "variants");
  for (guint i = 0; i < sweep->n_variants; i++)
    put_sweep_variant (out, comparison, i);
  hs_json_out_end_array (out);
  hs_json_out_end_object (out);
}

static void
put_methods (HsJsonOut    *out,
             HsComparison *comparison)
{
  hs_json_out_begin_object (out, "noise");
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    {
      g_autofree char *method =
        hs_effect_dup_method ((HsMetric)metric, hs_comparison_get_n_rounds (comparison));

      hs_json_out_put_text (out, hs_metric_get_name ((HsMetric)metric), method);
    }
  hs_json_out_end_object (out);
}

gboolean
hs_cli_json_write_comparison (HsComparison  *comparison,
                              HsRunSpec     *spec,
                              HsPython      *python,
                              GOutputStream *stream,
                              GError       **error)
{
  HsJsonOut       *out = hs_json_out_new (stream);
  g_autofree char *summary = hs_comparison_dup_summary (comparison);

  hs_json_out_put_text (out, "format", "heapscape-compare");
  hs_json_out_put_int (out, "version", 1);
  put_file (out, spec, python);
  hs_json_out_put_text (out, "summary", summary);
  hs_json_out_put_int (out, "rounds", hs_comparison_get_n_rounds (comparison));
  put_methods (out, comparison);
  hs_json_out_begin_array (out, "variants");
  for (guint i = 0; i < hs_comparison_get_n (comparison); i++)
    put_variant (out, hs_comparison_get (comparison, i));
  hs_json_out_end_array (out);
  put_sweep (out, comparison);

  return hs_json_out_finish (out, error);
}
