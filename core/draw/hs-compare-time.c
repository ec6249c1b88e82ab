/* hs-compare-time.c - live bytes over time, of all variants on the same axes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"
#include "hs-format.h"
#include "hs-timeline.h"

#define AXIS_WIDTH   88.
#define NAME_GAP     40. /* from the plot to the names of curves, for leaders */
#define NAME_WIDTH   144.
#define PLOT_HEIGHT  240.
#define BELOW        32.  /* for the axis of time */
#define N_SPANS      1200 /* about two of a scene unit */
#define N_TICKS      6
#define LOG_FROM     50. /* times: peaks that differ by more are not seen on one linear axis */
#define LOG_DEPTH    64. /* below the least peak, an axis that is logarithmic goes so far */
#define LABEL_HEIGHT 20.

/* What one variant has. */
typedef struct
{
  guint       variant;
  HsTimeline *timeline; /* owned */
  GArray     *spans;    /* owned; HsTimelineSpan */
  guint64     end;      /* ns */
  guint64     base;     /* bytes that were there before the code began */
  guint64     peak;     /* above it */
} Run;

static void
run_clear (gpointer data)
{
  Run *self = data;

  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->timeline, hs_timeline_free);
}

static double
get_above (const Run *run,
           guint64    bytes)
{
  return (double)(bytes - MIN (bytes, run->base));
}

/* What the heap counted before the code began; else the least that was seen. */
static guint64
find_base (const HsVariant *variant,
           const GArray    *spans)
{
  guint64 base = G_MAXUINT64;

  if (variant->heap != NULL)
    {
      const HsSnapshotInfo *info = &hs_heap_get_view (variant->heap)->info;

      if (info->flags & HS_INFO_LEDGER)
        return info->baseline.live_bytes;
    }
  for (guint i = 0; i < spans->len; i++)
    base = MIN (base, g_array_index (spans, HsTimelineSpan, i).live_min);

  return base;
}

/* Returns: (transfer full) (element-type Run): of the variants that have a curve */
static GArray *
list_runs (HsCompareScene *self)
{
  GArray *runs = g_array_new (FALSE, TRUE, sizeof (Run));

  g_array_set_clear_func (runs, run_clear);
  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      const HsVariant *variant = hs_comparison_get (self->comparison, i);
      Run              run = { .variant = i };

      if (variant->history == NULL)
        continue;
      run.timeline = hs_timeline_new (variant->history);
      run.end = hs_timeline_get_end (run.timeline);
      run.spans = hs_timeline_new_spans (run.timeline, 0, run.end, N_SPANS);
      if (run.spans->len == 0)
        {
          run_clear (&run);
          continue;
        }
      run.base = find_base (variant, run.spans);
      for (guint k = 0; k < run.spans->len; k++)
        {
          const HsTimelineSpan *span = &g_array_index (run.spans, HsTimelineSpan, k);

          run.peak = MAX (run.peak, span->live_max - MIN (span->live_max, run.base));
        }
      g_array_append_val (runs, run);
    }

  return runs;
}

static double
get_x (HsCompareScene      *self,
       const HsComparePlot *plot,
       const Run           *run,
       guint64              ns)
{
  return _hs_compare_plot_get_x (plot, self->options.is_progress
                                         ? (double)ns / (double)MAX (run->end, 1)
                                         : (double)ns);
}

static void
add_band (HsCompareScene      *self,
          const HsComparePlot *plot,
          const Run           *run)
{
  HsCompareCurve curve = { run->variant, self->points->len, run->spans->len + 1, TRUE };
  HsComparePoint point = { 0 };

  for (guint i = 0; i < run->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (run->spans, HsTimelineSpan, i);

      point.x = get_x (self, plot, run, span->from_ns);
      point.low = _hs_compare_plot_get_y (plot, get_above (run, span->live_min));
      point.high = _hs_compare_plot_get_y (plot, get_above (run, span->live_max));
      g_array_append_val (self->points, point);
    }
  point.x = get_x (self, plot, run,
                   g_array_index (run->spans, HsTimelineSpan, run->spans->len - 1).to_ns);
  g_array_append_val (self->points, point);
  g_array_append_val (self->curves, curve);
}

/* The sign of the variant where the most was live. */
static void
add_peak (HsCompareScene      *self,
          const HsComparePlot *plot,
          const Run           *run)
{
  guint  best = 0;
  double x;
  double y;
  double side = 2 * HS_COMPARE_SIGN + 4;

  for (guint i = 1; i < run->spans->len; i++)
    if (g_array_index (run->spans, HsTimelineSpan, i).live_max >
        g_array_index (run->spans, HsTimelineSpan, best).live_max)
      best = i;
  x = get_x (self, plot, run, g_array_index (run->spans, HsTimelineSpan, best).from_ns);
  y = _hs_compare_plot_get_y (plot, (double)run->peak);
  _hs_compare_add_shape (self, HS_COMPARE_POINT, run->variant, 0, (HsRect) { x, y, 0, 0 });
  _hs_compare_add_item (self, HS_COMPARE_ITEM_PEAK, run->variant, 0,
                        (HsRect) { x - side / 2, y - side / 2, side, side });
}

static void
add_names (HsCompareScene      *self,
           const HsComparePlot *plot,
           const GArray        *runs)
{
  g_autoptr(GArray) ends = g_array_new (FALSE, TRUE, sizeof (HsCompareEnd));
  double right = plot->rect.x + plot->rect.width;
  double x = right + NAME_GAP;

  for (guint i = 0; i < runs->len; i++)
    {
      const Run            *run = &g_array_index (runs, Run, i);
      const HsTimelineSpan *last = &g_array_index (run->spans, HsTimelineSpan, run->spans->len - 1);
      HsCompareEnd          end = { .variant = run->variant };

      end.x = get_x (self, plot, run, last->to_ns);
      end.y = _hs_compare_plot_get_y (plot, get_above (run, last->live_end));
      g_array_append_val (ends, end);
    }

  _hs_compare_plot_spread (ends, plot->rect.y, plot->rect.y + plot->rect.height + 8, LABEL_HEIGHT);
  for (guint i = 0; i < ends->len; i++)
    {
      const HsCompareEnd *end = &g_array_index (ends, HsCompareEnd, i);

      /* Level to the edge of the plot, then to the name. */
      _hs_compare_add_shape (self, HS_COMPARE_LEADER, end->variant, 0,
                             (HsRect) { end->x, end->y, right - end->x, 0 });
      _hs_compare_add_shape (
        self, HS_COMPARE_LEADER, end->variant, 0,
        (HsRect) { right, end->y, NAME_GAP - 4, end->label_y - end->y });
      _hs_compare_add_badge (self, end->variant, HS_COMPARE_BADGE, x, end->label_y);
      _hs_compare_add_label (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT,
                             _hs_compare_get_name (self, end->variant), NAME_WIDTH - 28, x + 28,
                             end->label_y);
      _hs_compare_add_item (self, HS_COMPARE_ITEM_CURVE, end->variant, 0,
                            (HsRect) { x - 4, end->label_y - LABEL_HEIGHT / 2, NAME_WIDTH + 4,
                                       LABEL_HEIGHT });
    }
}

static void
add_progress_axis (HsCompareScene      *self,
                   const HsComparePlot *plot)
{
  double right = -HUGE_VAL;

  for (guint percent = 0; percent <= 100; percent += 25)
    {
      g_autofree char *text = g_strdup_printf ("%u %%", percent);

      _hs_compare_plot_add_tick (self, plot, text, _hs_compare_plot_get_x (plot, percent / 100.),
                                 &right);
    }
}

static void
add_time_axis (HsCompareScene      *self,
               const HsComparePlot *plot)
{
  double right = -HUGE_VAL;
  double raw = MAX (plot->x_high / N_TICKS, 1);
  double power = pow (10, floor (log10 (raw)));
  double step = raw <= power       ? power
                : raw <= 2 * power ? 2 * power
                : raw <= 5 * power ? 5 * power
                                   : 10 * power;

  for (guint i = 0; i <= 2 * N_TICKS && step * i <= plot->x_high; i++)
    {
      g_autofree char *text =
        i > 0 ? hs_format_duration ((guint64)MIN (step * i, 1e19)) : g_strdup ("0");

      _hs_compare_plot_add_tick (self, plot, text, _hs_compare_plot_get_x (plot, step * i),
                                 &right);
    }
}

static void
find_extremes (HsCompareScene *self,
               const GArray   *runs,
               double         *least,
               double         *most,
               double         *end)
{
  *least = HUGE_VAL;
  *most = 0;
  *end = 1;
  for (guint i = 0; i < runs->len; i++)
    {
      const Run       *run = &g_array_index (runs, Run, i);
      const HsVariant *variant = hs_comparison_get (self->comparison, run->variant);

      /* What failed or does something else need not be seen well. */
      if (run->variant == 0 || variant->verdict < HS_VERDICT_RESULTS_DIFFER)
        *least = MIN (*least, (double)MAX (run->peak, 1));
      *most = MAX (*most, (double)run->peak);
      *end = MAX (*end, (double)run->end);
    }
  *least = MIN (*least, *most);
}

/* Returns: (transfer full): @first (transfer full), and @second behind it */
static char *
join (char       *first,
      const char *second)
{
  /* translators: two sentences, one behind the other; in Chinese without a space */
  char *both = g_strdup_printf (C_ ("two sentences", "%1$s %2$s"), first, second);

  g_free (first);

  return both;
}

static char *
dup_subtitle (HsCompareScene *self,
              gboolean        is_log)
{
  char *text = g_strdup (self->options.is_progress
                         ? _("Each run from its beginning to its end.")
                         : _("Time since the code began, while allocations were watched: that is "
                               "slower than the times above."));

  text = join (text, _("A sign marks the peak."));
  if (is_log)
    text = join (text, _("Logarithmic: each level is several times the one below."));

  return text;
}

static void
add_missing (HsCompareScene *self,
             const GArray   *runs)
{
  guint            n = hs_comparison_get_n (self->comparison) - runs->len;
  g_autofree char *note = NULL;

  if (n == 0)
    return;
  note = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u variant has no curve of live bytes.",
                                       "%u variants have no curves of live bytes.", n),
                          n);
  _hs_compare_add_note (self, note);
}

void
_hs_compare_place_times (HsCompareScene *self)
{
  g_autoptr(GArray) runs = list_runs (self);
  g_autofree char *subtitle = NULL;
  HsComparePlot    plot = { 0 };
  double           least;
  double           most;
  double           end;

  if (runs->len == 0)
    return;

  find_extremes (self, runs, &least, &most, &end);
  plot.is_log = self->options.scale == HS_COMPARE_SCALE_LOG ||
                (self->options.scale == HS_COMPARE_SCALE_FIT && most > least * LOG_FROM);
  subtitle = dup_subtitle (self, plot.is_log);
  _hs_compare_begin_section (self, _("Live Bytes over Time"), subtitle);
  plot.rect = (HsRect) { HS_COMPARE_MARGIN + AXIS_WIDTH, self->y + 8,
                         HS_COMPARE_WIDTH - AXIS_WIDTH - NAME_GAP - NAME_WIDTH,
                         MAX (PLOT_HEIGHT, LABEL_HEIGHT * runs->len) };
  plot.x_high = self->options.is_progress ? 1 : end;
  _hs_compare_plot_add_levels (self, &plot, HS_METRIC_PEAK, least / LOG_DEPTH, most);
  for (guint i = 0; i < runs->len; i++)
    add_band (self, &plot, &g_array_index (runs, Run, i));
  add_names (self, &plot, runs);
  for (guint i = 0; i < runs->len; i++)
    add_peak (self, &plot, &g_array_index (runs, Run, i));
  if (self->options.is_progress)
    add_progress_axis (self, &plot);
  else
    add_time_axis (self, &plot);
  self->y = plot.rect.y + plot.rect.height + BELOW;
  add_missing (self, runs);
}
