/* hs-timeline-curve.c - draws the curves of memory over time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-theme-private.h"
#include "hs-timeline-curve-private.h"

#define COLUMN_MAX 8. /* scene units */
#define LINE_WIDTH 1.75

/* By device pixel: the extremes of all samples that have a part in it, so that none is
 * lost, and what lies between two that do not touch.
 */
typedef struct
{
  double  x; /* of the first */
  double  width;
  guint   n;
  double *low; /* owned; bytes */
  double *high;
} Columns;

/* Dashes of HsTimelineCurve, so that lines stay apart without colour. */
static const struct
{
  HsFamily hue;
  double   dashes[4];
  int      n_dashes;
} looks[HS_TIMELINE_N_CURVES] = {
  [HS_TIMELINE_CURVE_LIVE] = { HS_FAMILY_CONTAINER, { 0 }, 0 },
  [HS_TIMELINE_CURVE_RSS] = { HS_FAMILY_CALLABLE, { 0 }, 0 },
  [HS_TIMELINE_CURVE_ANON] = { HS_FAMILY_INSTANCE, { 7, 3 }, 2 },
  [HS_TIMELINE_CURVE_FILE] = { HS_FAMILY_TEXT, { 2, 2.5 }, 2 },
  [HS_TIMELINE_CURVE_SHMEM] = { HS_FAMILY_BUFFER, { 8, 3, 2, 3 }, 4 },
  [HS_TIMELINE_CURVE_SWAP] = { HS_FAMILY_OTHER, { 4, 4 }, 2 },
};

static guint64
get_time (const HsRecordView *record,
          HsTimelineCurve     curve,
          guint               i)
{
  return curve == HS_TIMELINE_CURVE_LIVE ? record->samples[i].time_ns : record->rss[i].time_ns;
}

static void
get_extremes (const HsRecordView *record,
              HsTimelineCurve     curve,
              guint               i,
              double             *low,
              double             *high)
{
  const HsRecordRss *rss = curve != HS_TIMELINE_CURVE_LIVE ? &record->rss[i] : NULL;

  switch (curve)
    {
    case HS_TIMELINE_CURVE_LIVE:
      *low = (double)record->samples[i].live_min;
      *high = (double)record->samples[i].live_max;
      break;
    case HS_TIMELINE_CURVE_RSS:
      *low = (double)rss->rss_min;
      *high = (double)rss->rss_max;
      break;
    case HS_TIMELINE_CURVE_ANON:
      *low = *high = (double)rss->anon;
      break;
    case HS_TIMELINE_CURVE_FILE:
      *low = *high = (double)rss->file;
      break;
    case HS_TIMELINE_CURVE_SHMEM:
      *low = *high = (double)rss->shmem;
      break;
    case HS_TIMELINE_CURVE_SWAP:
    case HS_TIMELINE_N_CURVES:
    default:
      *low = *high = (double)rss->swap;
      break;
    }
}

/* What lies to the left and right of a jump is joined. */
static void
join (Columns *self)
{
  for (guint k = 1; k < self->n; k++)
    if (self->low[k] > self->high[k - 1])
      self->low[k] = self->high[k - 1];
    else if (self->high[k] < self->low[k - 1])
      self->high[k] = self->low[k - 1];
}

static void
find_extremes (const HsTimelineScene *self,
               HsTimelineCurve        curve,
               Columns               *columns,
               guint                  n)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  guint               n_rows = curve == HS_TIMELINE_CURVE_LIVE ? record->n_samples : record->n_rss;
  double              unit = (self->to - self->from) / self->live.rect.width;
  double              left = self->from + (columns->x - self->live.rect.x) * unit;
  guint               i = 0;

  if (curve == HS_TIMELINE_CURVE_LIVE)
    i = hs_timeline_find_sample (self->timeline, left > 0 ? (guint64)MIN (left, 1e19) : 0);
  else
    i = hs_timeline_find_rss (self->timeline, left > 0 ? (guint64)MIN (left, 1e19) : 0);
  for (columns->n = 0; columns->n < n && i < n_rows; columns->n++)
    {
      double end = left + (columns->n + 1) * columns->width * unit;
      double low;
      double high;

      get_extremes (record, curve, i, &columns->low[columns->n], &columns->high[columns->n]);
      while (i < n_rows && (double)get_time (record, curve, i) <= end)
        if (++i < n_rows)
          {
            get_extremes (record, curve, i, &low, &high);
            columns->low[columns->n] = MIN (columns->low[columns->n], low);
            columns->high[columns->n] = MAX (columns->high[columns->n], high);
          }
    }
  join (columns);
}

static void
columns_init (Columns               *self,
              const HsTimelineScene *scene,
              HsTimelineCurve        curve,
              const HsRect          *clip,
              double                 scale)
{
  const HsRect *plot = &scene->live.rect;
  double        right = MIN (plot->x + plot->width, clip->x + clip->width + COLUMN_MAX);
  guint         n;

  self->width = MIN (1 / scale, COLUMN_MAX);
  self->x = plot->x;
  if (clip->x > plot->x)
    self->x += MAX (floor ((clip->x - plot->x) / self->width) - 1, 0) * self->width;
  self->n = 0;
  n = right > self->x ? (guint)ceil ((right - self->x) / self->width) : 0;
  self->low = g_new (double, n + 1);
  self->high = g_new (double, n + 1);
  find_extremes (scene, curve, self, n);
}

static void
columns_clear (Columns *self)
{
  g_free (self->low);
  g_free (self->high);
}

/* The upper edge from left to right. */
static void
add_upper_edge (const Columns        *self,
                cairo_t              *cr,
                const HsTimelinePlot *plot)
{
  for (guint k = 0; k < self->n; k++)
    {
      double y = _hs_timeline_get_y (plot, self->high[k]);

      if (k == 0 || self->high[k] != self->high[k - 1])
        cairo_line_to (cr, self->x + k * self->width, y);
      if (k + 1 == self->n || self->high[k] != self->high[k + 1])
        cairo_line_to (cr, self->x + (k + 1) * self->width, y);
    }
}

static void
add_lower_edge (const Columns        *self,
                cairo_t              *cr,
                const HsTimelinePlot *plot)
{
  for (guint k = self->n; k-- > 0;)
    {
      double y = _hs_timeline_get_y (plot, self->low[k]);

      if (k + 1 == self->n || self->low[k] != self->low[k + 1])
        cairo_line_to (cr, self->x + (k + 1) * self->width, y);
      if (k == 0 || self->low[k] != self->low[k - 1])
        cairo_line_to (cr, self->x + k * self->width, y);
    }
}

/* From the least to the most; a line where they are the same. */
static void
draw_band (const Columns        *self,
           cairo_t              *cr,
           const HsTimelinePlot *plot,
           HsColor               color)
{
  cairo_new_path (cr);
  add_upper_edge (self, cr, plot);
  add_lower_edge (self, cr, plot);
  cairo_close_path (cr);
  hs_theme_set_color_alpha (cr, color, 0.35);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_area (const Columns        *self,
           cairo_t              *cr,
           const HsTimelinePlot *plot,
           HsColor               color)
{
  double bottom = plot->rect.y + plot->rect.height;

  cairo_move_to (cr, self->x, bottom);
  add_upper_edge (self, cr, plot);
  cairo_line_to (cr, self->x + self->n * self->width, bottom);
  cairo_close_path (cr);
  hs_theme_set_color_alpha (cr, color, 0.18);
  cairo_fill (cr);
}

void
_hs_timeline_curve_draw (const HsTimelineScene *self,
                         const HsTimelinePlot  *plot,
                         HsTimelineCurve        curve,
                         cairo_t               *cr,
                         const HsRect          *clip,
                         double                 scale,
                         const HsTheme         *theme)
{
  HsColor color = theme->hue[looks[curve].hue];
  Columns columns;

  columns_init (&columns, self, curve, clip, scale);
  if (columns.n > 0)
    {
      if (curve == HS_TIMELINE_CURVE_LIVE)
        draw_area (&columns, cr, plot, color);
      if (looks[curve].n_dashes == 0)
        draw_band (&columns, cr, plot, color);
      else
        {
          cairo_new_path (cr);
          add_upper_edge (&columns, cr, plot);
          _hs_timeline_curve_stroke (cr, curve, theme);
        }
    }
  columns_clear (&columns);
}

void
_hs_timeline_curve_stroke (cairo_t        *cr,
                           HsTimelineCurve curve,
                           const HsTheme  *theme)
{
  hs_theme_set_color (cr, theme->hue[looks[curve].hue]);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_dash (cr, looks[curve].dashes, looks[curve].n_dashes, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}
