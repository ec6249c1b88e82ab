/* hs-compare-bars.c - what the variants need, in bars
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"

#define NAME_X         24.
#define NAME_WIDTH_MAX 184.
#define COLUMN_GAP     24.
#define BAR_WIDTH_MIN  200.
#define METRIC_GAP     16.
#define N_DOT_ROWS     3  /* in which rounds stand, so that fewer cover each other */
#define RANGE_MIN      3. /* scene units: less is not drawn as a range */
#define CUT_MIN        0.5
#define CUT_FROM       2.5 /* times the largest median: longer rounds would hide the others */
#define DOTS_MAX       400
#define PERCENT_ALMOST 99.9 /* what is not all of it is never written as 100 % */
#define TIMES_FROM     900  /* percent more: written as a factor */

/* Right ends of columns. */
typedef struct
{
  double bar;
  double bar_width;
  double value;
  double difference;
  double percent;
} Columns;

char *
_hs_compare_dup_percent (const HsEffect *effect)
{
  double      size = fabs (effect->percent);
  const char *sign = effect->percent < 0 ? "−" : "+";

  if (effect->kind == HS_EFFECT_UNKNOWN || !isfinite (effect->percent))
    return NULL;
  if (effect->percent >= TIMES_FROM)
    return g_strdup_printf ("× %.0f", 1 + effect->percent / 100);
  if (size < 0.05)
    return g_strdup_printf ("%s%.2g %%", sign, size);
  if (size < 100)
    size = MIN (size, PERCENT_ALMOST);

  return g_strdup_printf ("%s%.*f %%", sign,
                          size < 9.95 || (size > 99 && size < 100) ? 1 : 0, size);
}

static gboolean
is_measured (HsCompareScene *self,
             HsMetric        metric)
{
  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    if (hs_comparison_get (self->comparison, i)->measures[metric].n > 0)
      return TRUE;

  return FALSE;
}

/* What stands beside a bar. */
typedef struct
{
  char *value;
  char *difference;
  char *percent;
} Words;

static void
words_init (Words           *self,
            const HsVariant *variant,
            HsMetric         metric)
{
  const HsMeasure *measure = &variant->measures[metric];
  const HsEffect  *effect = &variant->effects[metric];

  *self = (Words) { 0 };
  self->value =
    measure->n > 0 ? hs_metric_format (metric, (double)measure->median) : g_strdup (_("unknown"));
  if (measure->n == 0 || effect->kind == HS_EFFECT_UNKNOWN)
    return;
  self->difference = hs_metric_format_difference (metric, effect->difference);
  if (effect->kind != HS_EFFECT_NONE)
    self->percent = _hs_compare_dup_percent (effect);
  else
    self->percent = g_strdup (effect->difference == 0 ? _("the same") : _("within noise"));
}

static void
words_clear (Words *self)
{
  g_free (self->value);
  g_free (self->difference);
  g_free (self->percent);
}

static double
get_width (HsCompareScene *self,
           HsTextStyle     style,
           const char     *text)
{
  return text != NULL ? hs_texts_shape (self->texts, style, text, -1)->width : 0;
}

/* As wide as the widest of all metrics, so that they stand under each other. */
static void
columns_init (Columns        *columns,
              HsCompareScene *self)
{
  double name = 0;
  double value = 0;
  double difference = 0;
  double percent = 0;

  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      name = MAX (name, get_width (self, HS_TEXT_LABEL, _hs_compare_get_name (self, i)));
      for (guint metric = 0; metric < HS_N_METRICS; metric++)
        {
          Words words;

          words_init (&words, hs_comparison_get (self->comparison, i), (HsMetric)metric);
          value = MAX (value, get_width (self, HS_TEXT_NUMBER, words.value));
          difference = MAX (difference, get_width (self, HS_TEXT_NUMBER, words.difference));
          percent = MAX (percent, get_width (self, HS_TEXT_NUMBER, words.percent));
          words_clear (&words);
        }
    }

  columns->bar = HS_COMPARE_MARGIN + NAME_X + ceil (MIN (name, NAME_WIDTH_MAX)) + COLUMN_GAP;
  columns->percent = HS_COMPARE_MARGIN + HS_COMPARE_WIDTH;
  columns->bar_width = columns->percent - percent - difference - value - columns->bar -
                       COLUMN_GAP * (1 + (percent > 0) + (difference > 0));
  columns->bar_width = MAX (floor (columns->bar_width), BAR_WIDTH_MIN);
  columns->value = columns->bar + columns->bar_width + COLUMN_GAP + ceil (value);
  columns->difference = columns->value + (difference > 0 ? COLUMN_GAP + ceil (difference) : 0);
  columns->percent = columns->difference + (percent > 0 ? COLUMN_GAP + ceil (percent) : 0);
}

static HsCompareShapeKind
get_bar_kind (HsCompareScene *self,
              guint           i,
              HsMetric        metric,
              gboolean        has_range)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, i);

  if (!variant->is_ok || (i > 0 && variant->effects[metric].kind == HS_EFFECT_UNKNOWN))
    return HS_COMPARE_BAR_HOLLOW;
  if (variant->effects[metric].kind == HS_EFFECT_NONE && i > 0)
    return HS_COMPARE_BAR_NOISE;

  return has_range ? HS_COMPARE_BAR_PALE : HS_COMPARE_BAR_FULL;
}

/* Every round, their range, and the one in the middle. */
static void
add_rounds (HsCompareScene  *self,
            const HsMeasure *measure,
            guint            i,
            double           x,
            double           unit,
            double           width,
            double           y)
{
  guint    step = measure->n / DOTS_MAX + 1;
  gboolean is_cut = (double)measure->max * unit > width + CUT_MIN;

  _hs_compare_add_shape (
    self, is_cut ? HS_COMPARE_RANGE_CUT : HS_COMPARE_RANGE, i, 0,
    (HsRect) { x + (double)measure->min * unit, y,
               MIN ((double)measure->max * unit, width) - (double)measure->min * unit, 0 });
  for (guint k = 0; k < measure->n; k += step)
    {
      double offset = (double)(k / step % N_DOT_ROWS) - (N_DOT_ROWS - 1) / 2.;

      if ((double)measure->values[k] * unit > width + CUT_MIN)
        continue;
      _hs_compare_add_shape (
        self, HS_COMPARE_DOT, i, 0,
        (HsRect) { x + (double)measure->values[k] * unit, y + offset * 3.5, 0, 0 });
    }
  _hs_compare_add_shape (self, HS_COMPARE_MEDIAN, i, 0,
                         (HsRect) { x + (double)measure->median * unit, y, 0, 0 });
}

static void
add_row (HsCompareScene *self,
         const Columns  *columns,
         guint           i,
         HsMetric        metric,
         double          unit)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, i);
  const HsMeasure *measure = &variant->measures[metric];
  double           y = self->y + HS_COMPARE_ROW / 2;
  gboolean         has_range = (double)(measure->max - measure->min) * unit >= RANGE_MIN;
  gboolean         is_noise = variant->effects[metric].kind == HS_EFFECT_NONE;
  HsCompareInk     ink = is_noise ? HS_COMPARE_INK_QUIET : HS_COMPARE_INK_TEXT;
  Words            words;

  words_init (&words, variant, metric);
  _hs_compare_add_badge (self, i, HS_COMPARE_BADGE, HS_COMPARE_MARGIN, y);
  _hs_compare_add_label (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT, _hs_compare_get_name (self, i),
                         columns->bar - COLUMN_GAP - HS_COMPARE_MARGIN - NAME_X + 0.5,
                         HS_COMPARE_MARGIN + NAME_X, y);
  if (measure->n > 0)
    _hs_compare_add_shape (self, get_bar_kind (self, i, metric, has_range), i, 0,
                           (HsRect) { columns->bar, y - HS_COMPARE_BAR / 2,
                                      (double)measure->median * unit, HS_COMPARE_BAR });
  if (measure->n > 1 && has_range)
    add_rounds (self, measure, i, columns->bar, unit, columns->bar_width, y);
  _hs_compare_add_number (self, HS_TEXT_NUMBER,
                          measure->n > 0 ? HS_COMPARE_INK_TEXT : HS_COMPARE_INK_QUIET, words.value,
                          columns->value, y);
  if (words.difference != NULL)
    _hs_compare_add_number (self, HS_TEXT_NUMBER, ink, words.difference, columns->difference, y);
  if (words.percent != NULL)
    _hs_compare_add_number (self, HS_TEXT_NUMBER, ink, words.percent, columns->percent, y);
  _hs_compare_add_item (self, HS_COMPARE_ITEM_BAR, i, metric,
                        (HsRect) { HS_COMPARE_MARGIN, self->y,
                                   columns->percent - HS_COMPARE_MARGIN, HS_COMPARE_ROW });
  self->y += HS_COMPARE_ROW;
  words_clear (&words);
}

static const char *
get_explanation (HsMetric metric)
{
  switch (metric)
    {
    case HS_METRIC_PEAK:
      return _("the most bytes live at a time, above those before the code began");
    case HS_METRIC_FINAL:
      return _("bytes live when the code has ended, above those before it began");
    case HS_METRIC_ALLOCATIONS:
      return _("blocks that were asked for");
    case HS_METRIC_RSS:
      return _("the most memory of the whole process, above that of the bare interpreter");
    case HS_METRIC_TIME:
    case HS_N_METRICS:
    default:
      return _("without anything that measures memory; each dot is a round, the line the median");
    }
}

/* What is as long as a bar can be. */
static double
get_most (HsCompareScene *self,
          HsMetric        metric)
{
  guint64 most = 0;
  guint64 median = 0;

  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      const HsMeasure *measure = &hs_comparison_get (self->comparison, i)->measures[metric];

      if (measure->n == 0)
        continue;
      most = MAX (most, measure->max);
      median = MAX (median, measure->median);
    }
  if (median > 0)
    return MIN ((double)most, CUT_FROM * (double)median);

  return (double)MAX (most, 1);
}

static void
add_metric (HsCompareScene *self,
            const Columns  *columns,
            HsMetric        metric)
{
  guint            n = hs_comparison_get_n (self->comparison);
  const HsMeasure *base = &hs_comparison_get (self->comparison, 0)->measures[metric];
  double           unit = columns->bar_width / get_most (self, metric);
  double           x = HS_COMPARE_MARGIN;

  self->y += METRIC_GAP;
  x += 12 + _hs_compare_add_label (self, HS_TEXT_TITLE, HS_COMPARE_INK_TEXT,
                                   hs_metric_get_title (metric), -1, x,
                                   self->y + HS_COMPARE_LINE / 2);
  _hs_compare_add_label (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, get_explanation (metric),
                         columns->percent - x, x, self->y + HS_COMPARE_LINE / 2);
  self->y += HS_COMPARE_LINE + 4;
  _hs_compare_add_shape (self, HS_COMPARE_AXIS, 0, 0,
                         (HsRect) { columns->bar - 1, self->y, 1, HS_COMPARE_ROW * n });
  if (base->n > 0 && base->median > 0 && n > 1)
    _hs_compare_add_shape (self, HS_COMPARE_BASE, 0, 0,
                           (HsRect) { columns->bar + (double)base->median * unit, self->y, 0,
                                      HS_COMPARE_ROW * n });
  for (guint i = 0; i < n; i++)
    add_row (self, columns, i, metric, unit);
}

void
_hs_compare_place_bars (HsCompareScene *self)
{
  g_autoptr(GString) missing = g_string_new (NULL);
  Columns columns;

  columns_init (&columns, self);
  self->y += HS_COMPARE_SECTION - METRIC_GAP;
  for (guint metric = 0; metric < HS_N_METRICS; metric++)
    if (is_measured (self, (HsMetric)metric))
      add_metric (self, &columns, (HsMetric)metric);
    else
      {
        if (missing->len > 0)
          /* translators: between the parts of a list */
          g_string_append (missing, _(", "));
        g_string_append (missing, hs_metric_get_title ((HsMetric)metric));
      }

  if (missing->len > 0)
    {
      /* translators: %s is a list of what can be measured: "RSS, Time" */
      g_autofree char *note = g_strdup_printf (_("Not measured: %s"), missing->str);

      self->y += METRIC_GAP;
      _hs_compare_add_note (self, note);
    }
}
