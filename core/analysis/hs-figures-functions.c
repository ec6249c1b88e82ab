/* hs-figures-functions.c - the functions of expressions
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Metrics */

static const char *const metric_names[HS_N_METRICS] = {
  [HS_METRIC_PEAK] = "peak",
  [HS_METRIC_FINAL] = "final",
  [HS_METRIC_ALLOCATIONS] = "allocations",
  [HS_METRIC_RSS] = "rss",
  [HS_METRIC_TIME] = "time",
};

static HsFigureKind
get_kind (HsMetric metric)
{
  return metric == HS_METRIC_TIME          ? HS_FIGURE_NS
         : metric == HS_METRIC_ALLOCATIONS ? HS_FIGURE_COUNT
                                           : HS_FIGURE_BYTES;
}

HsFigureKind
_hs_figures_get_metric_kind (const char *name)
{
  HsMetric metric;

  return _hs_figures_find_metric (name, &metric) ? get_kind (metric) : HS_FIGURE_NUMBER;
}

gboolean
_hs_figures_find_metric (const char *name,
                         HsMetric   *metric)
{
  for (guint i = 0; i < HS_N_METRICS; i++)
    if (g_str_equal (metric_names[i], name))
      {
        *metric = (HsMetric)i;
        return TRUE;
      }

  return FALSE;
}

/* The metric that is argument @i, else the peak. */
static gboolean
get_metric (const HsFigureCall *call,
            guint               i,
            HsMetric           *metric,
            GError            **error)
{
  *metric = HS_METRIC_PEAK;
  if (i >= call->n_args || _hs_figures_find_metric (call->args[i].text, metric))
    return TRUE;

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_SYNTAX, "“%s” is no metric",
               call->args[i].text);

  return FALSE;
}

static gboolean
fail_unmeasured (const HsFigureCall *call,
                 HsMetric            metric,
                 GError            **error)
{
  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
               /* translators: the names of a metric ("Peak") and of a variant */
               _("%1$s of variant “%2$s” was not measured"), hs_metric_get_title (metric),
                  call->variant->name);

  return FALSE;
}

static gboolean
call_median (const HsFigureCall *call,
             HsFigure           *figure,
             GError            **error)
{
  HsMetric         metric = (HsMetric)call->function->data;
  const HsMeasure *measure = &call->variant->measures[metric];

  if (measure->n == 0)
    return fail_unmeasured (call, metric, error);

  return _hs_figure_set (figure, get_kind (metric), (double)measure->median);
}

static gboolean
call_effect (const HsFigureCall *call,
             HsFigure           *figure,
             GError            **error)
{
  const HsVariant *other = hs_comparison_get (call->comparison, (guint)call->args[1].number);
  HsMetric         metric;
  HsEffect         effect;

  if (!get_metric (call, 2, &metric, error))
    return FALSE;

  hs_effect_init (&effect, metric, &other->measures[metric], &call->variant->measures[metric]);
  if (effect.kind == HS_EFFECT_UNKNOWN)
    return fail_unmeasured (call, metric, error);

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, effect.kind == call->function->data);
}

/* Verdicts */

static gboolean
call_verdict (const HsFigureCall *call,
              HsFigure           *figure,
              GError            **error)
{
  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN,
                         call->variant->verdict == call->function->data);
}

static gboolean
call_same (const HsFigureCall *call,
           HsFigure           *figure,
           GError            **error)
{
  if (call->index != 0 && call->variant->sameness == HS_SAMENESS_UNKNOWN)
    {
      g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                   /* translators: %s is the name of a variant */
                   _("The result of variant “%s” could not be compared"), call->variant->name);
      return FALSE;
    }

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN,
                         call->index == 0 || call->variant->sameness == HS_SAMENESS_SAME);
}

static gboolean
call_failed (const HsFigureCall *call,
             HsFigure           *figure,
             GError            **error)
{
  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, !call->variant->is_ok);
}

/* As hs_status_to_string() of the client has them. */
static gboolean
call_status (const HsFigureCall *call,
             HsFigure           *figure,
             GError            **error)
{
  static const char *const names[HS_N_STATUSES] = {
    [HS_STATUS_OK] = "ok",
    [HS_STATUS_EXCEPTION] = "exception",
    [HS_STATUS_EXIT] = "exit",
    [HS_STATUS_TIMEOUT] = "timeout",
    [HS_STATUS_MEMORY_LIMIT] = "memory-limit",
    [HS_STATUS_OUTPUT_LIMIT] = "output-limit",
    [HS_STATUS_CRASHED] = "crashed",
    [HS_STATUS_CANCELLED] = "cancelled",
    [HS_STATUS_SYNTAX_ERROR] = "syntax-error",
    [HS_STATUS_FAILED] = "failed",
  };

  return _hs_figure_take_text (figure, g_strdup (names[call->variant->status]));
}

static gboolean
call_output (const HsFigureCall *call,
             HsFigure           *figure,
             GError            **error)
{
  const char *output = call->variant->output;

  return _hs_figure_take_text (figure, g_strchomp (g_strdup (output != NULL ? output : "")));
}

/* The sweep */

static const HsSweep *
get_sweep (const HsFigureCall *call,
           HsMetric           *metric,
           GError            **error)
{
  const HsSweep *sweep = hs_comparison_get_sweep (call->comparison);

  if (!get_metric (call, 1, metric, error))
    return NULL;
  if (sweep == NULL)
    g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                         _("Nothing was swept"));

  return sweep;
}

static gboolean
call_slope (const HsFigureCall *call,
            HsFigure           *figure,
            GError            **error)
{
  HsMetric       metric;
  const HsSweep *sweep = get_sweep (call, &metric, error);
  double         per_item;
  double         fixed;

  if (sweep == NULL)
    return FALSE;
  if (!hs_sweep_get_slope (sweep, call->index, metric, &per_item, &fixed))
    return fail_unmeasured (call, metric, error);

  return _hs_figure_set (figure, get_kind (metric), call->function->data != 0 ? fixed : per_item);
}

static gboolean
call_break_even (const HsFigureCall *call,
                 HsFigure           *figure,
                 GError            **error)
{
  static const char *const kinds[] = {
    [HS_BREAK_EVEN_UNKNOWN] = "unknown",
    [HS_BREAK_EVEN_ALWAYS] = "always",
    [HS_BREAK_EVEN_NEVER] = "never",
    [HS_BREAK_EVEN_FROM] = "from",
    [HS_BREAK_EVEN_UP_TO] = "up-to",
    [HS_BREAK_EVEN_MIXED] = "mixed",
  };
  HsMetric       metric;
  const HsSweep *sweep = get_sweep (call, &metric, error);
  HsBreakEven    kind;
  double         value = 0;

  if (sweep == NULL)
    return FALSE;

  kind = hs_sweep_get_break_even (sweep, call->index, metric, &value);
  if (call->function->data != 0)
    return _hs_figure_take_text (figure, g_strdup (kinds[kind]));
  if (kind == HS_BREAK_EVEN_FROM || kind == HS_BREAK_EVEN_UP_TO)
    return _hs_figure_set (figure, HS_FIGURE_COUNT, value);
  if (kind == HS_BREAK_EVEN_UNKNOWN)
    return fail_unmeasured (call, metric, error);

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: %s is the name of a variant, of which the curve over the size
                * does not cross that of the first variant just once
                */
               _("There is no size from which on variant “%s” needs less"), call->variant->name);

  return FALSE;
}

static gboolean
call_at (const HsFigureCall *call,
         HsFigure           *figure,
         GError            **error)
{
  HsMetric       metric;
  const HsSweep *sweep = get_sweep (call, &metric, error);

  if (sweep == NULL)
    return FALSE;

  for (guint i = 0; i < sweep->n_values; i++)
    if (sweep->values[i] == call->args[2].number)
      {
        guint64 point = hs_sweep_get (sweep, call->index, i, metric);

        if (point == HS_SWEEP_UNKNOWN)
          return fail_unmeasured (call, metric, error);
        return _hs_figure_set (figure, get_kind (metric), (double)point);
      }

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: the name of a constant in the code, and a number */
               _("%1$s was never %2$g"), sweep->parameter, call->args[2].number);

  return FALSE;
}

/* Numbers */

static gboolean
call_extreme (const HsFigureCall *call,
              HsFigure           *figure,
              GError            **error)
{
  gboolean is_second = call->args[1].number > call->args[0].number;

  if (call->function->data == 0)
    is_second = call->args[1].number < call->args[0].number;
  *figure = call->args[is_second ? 1 : 0];

  return TRUE;
}

static gboolean
call_abs (const HsFigureCall *call,
          HsFigure           *figure,
          GError            **error)
{
  return _hs_figure_set (figure, call->args[0].kind, fabs (call->args[0].number));
}

static gboolean
call_round (const HsFigureCall *call,
            HsFigure           *figure,
            GError            **error)
{
  return _hs_figure_set (figure, call->args[0].kind, round (call->args[0].number));
}

static const HsFigureFunction functions[] = {
  { "peak", "v", call_median, HS_METRIC_PEAK, HS_FIGURE_BYTES },
  { "final", "v", call_median, HS_METRIC_FINAL, HS_FIGURE_BYTES },
  { "allocations", "v", call_median, HS_METRIC_ALLOCATIONS, HS_FIGURE_COUNT },
  { "rss", "v", call_median, HS_METRIC_RSS, HS_FIGURE_BYTES },
  { "time", "v", call_median, HS_METRIC_TIME, HS_FIGURE_NS },
  { "less", "vv|m", call_effect, HS_EFFECT_LESS, HS_FIGURE_BOOLEAN },
  { "more", "vv|m", call_effect, HS_EFFECT_MORE, HS_FIGURE_BOOLEAN },
  { "none", "vv|m", call_effect, HS_EFFECT_NONE, HS_FIGURE_BOOLEAN },
  { "saves", "v", call_verdict, HS_VERDICT_SAVES, HS_FIGURE_BOOLEAN },
  { "worse", "v", call_verdict, HS_VERDICT_WORSE, HS_FIGURE_BOOLEAN },
  { "no_effect", "v", call_verdict, HS_VERDICT_NO_EFFECT, HS_FIGURE_BOOLEAN },
  { "same", "v", call_same, 0, HS_FIGURE_BOOLEAN },
  { "failed", "v", call_failed, 0, HS_FIGURE_BOOLEAN },
  { "status", "v", call_status, 0, HS_FIGURE_TEXT },
  { "output", "v", call_output, 0, HS_FIGURE_TEXT },
  { "value", "vn|s", _hs_figures_call_object, HS_ASK_VALUE, HS_FIGURE_NUMBER },
  { "text", "vn|s", _hs_figures_call_object, HS_ASK_TEXT, HS_FIGURE_TEXT },
  { "type", "vn|s", _hs_figures_call_object, HS_ASK_TYPE, HS_FIGURE_TEXT },
  { "length", "vn|s", _hs_figures_call_object, HS_ASK_LENGTH, HS_FIGURE_COUNT },
  { "getsizeof", "vn|s", _hs_figures_call_object, HS_ASK_GETSIZEOF, HS_FIGURE_BYTES },
  { "bytes", "vn|s", _hs_figures_call_object, HS_ASK_BYTES, HS_FIGURE_BYTES },
  { "requested", "vn|s", _hs_figures_call_object, HS_ASK_REQUESTED, HS_FIGURE_BYTES },
  { "retained", "vn|s", _hs_figures_call_object, HS_ASK_RETAINED, HS_FIGURE_BYTES },
  { "deep", "vn|s", _hs_figures_call_object, HS_ASK_DEEP, HS_FIGURE_BYTES },
  { "references", "vn|s", _hs_figures_call_object, HS_ASK_REFERENCES, HS_FIGURE_COUNT },
  { "interned", "vn|s", _hs_figures_call_object, HS_ASK_INTERNED, HS_FIGURE_BOOLEAN },
  { "is", "vnn|s", _hs_figures_call_is, 0, HS_FIGURE_BOOLEAN },
  { "exists", "vn|s", _hs_figures_call_exists, 0, HS_FIGURE_BOOLEAN },
  { "count", "vt|s", _hs_figures_call_type, 0, HS_FIGURE_COUNT },
  { "type_bytes", "vt|s", _hs_figures_call_type, 1, HS_FIGURE_BYTES },
  { "line_bytes", "vx", _hs_figures_call_line, 0, HS_FIGURE_BYTES },
  { "line_live", "vx", _hs_figures_call_line, 1, HS_FIGURE_BYTES },
  { "pages", "vnp|s", _hs_figures_call_pages, 0, HS_FIGURE_COUNT },
  { "rss_anon", "v|s", _hs_figures_call_rss, 0, HS_FIGURE_BYTES },
  { "rss_file", "v|s", _hs_figures_call_rss, 1, HS_FIGURE_BYTES },
  { "slope", "vm", call_slope, 0, HS_KIND_METRIC },
  { "fixed", "vm", call_slope, 1, HS_KIND_METRIC },
  { "break_even", "vm", call_break_even, 0, HS_FIGURE_COUNT },
  { "break_even_kind", "vm", call_break_even, 1, HS_FIGURE_TEXT },
  { "at", "vmx", call_at, 0, HS_KIND_METRIC },
  { "if", "xyy", NULL, 0, HS_KIND_ARGUMENT },
  { "min", "xx", call_extreme, 0, HS_KIND_ARGUMENT },
  { "max", "xx", call_extreme, 1, HS_KIND_ARGUMENT },
  { "abs", "x", call_abs, 0, HS_KIND_ARGUMENT },
  { "round", "x", call_round, 0, HS_KIND_ARGUMENT },
};

const HsFigureFunction *
_hs_figures_find_function (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];

  return NULL;
}
