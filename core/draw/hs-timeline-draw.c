/* hs-timeline-draw.c - draws memory over time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-theme-private.h"
#include "hs-timeline-curve-private.h"

#define LANE_PADDING 5.
#define DIAMOND      5. /* half of it */
#define PAUSE_ALPHA  0.18

static void
fill (cairo_t *cr,
      HsColor  color,
      double   x,
      double   y,
      double   width,
      double   height)
{
  hs_theme_set_color (cr, color);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
outline (cairo_t      *cr,
         HsColor       color,
         const HsRect *rect)
{
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, MAX (rect->width - 1, 0.5),
                   MAX (rect->height - 1, 0.5));
  cairo_stroke (cr);
}

/* Plots */

static void
draw_grid (HsTimelineScene      *self,
           cairo_t              *cr,
           const HsTimelinePlot *plot,
           const HsTheme        *theme)
{
  const HsRect *rect = &plot->rect;

  for (guint i = 0; i < plot->ticks->len; i++)
    fill (cr, theme->line, rect->x, round (g_array_index (plot->ticks, double, i)), rect->width, 1);
  for (guint i = 0; i < self->times->len; i++)
    fill (cr, theme->line, round (g_array_index (self->times, double, i)), rect->y, 1,
          rect->height);
  fill (cr, theme->border, rect->x, rect->y + rect->height, rect->width, 1);
}

static void
draw_pauses (HsTimelineScene *self,
             cairo_t         *cr,
             const HsRect    *plot,
             const HsTheme   *theme)
{
  for (guint i = 0; i < hs_history_get_n_moments (self->history); i++)
    {
      HsRect rect;

      if (!_hs_timeline_scene_get_pause (self, i, &rect))
        continue;
      hs_theme_set_color_alpha (cr, theme->quiet_text, PAUSE_ALPHA);
      cairo_rectangle (cr, rect.x, plot->y, rect.width, plot->height);
      cairo_fill (cr);
    }
}

/* A zigzag at the foot of an axis that does not begin at 0. */
static void
draw_break (cairo_t              *cr,
            const HsTimelinePlot *plot,
            const HsTheme        *theme)
{
  double x = plot->rect.x;
  double y = plot->rect.y + plot->rect.height;

  if (!plot->is_cut)
    return;
  hs_theme_set_color (cr, theme->text);
  cairo_set_line_width (cr, 1.25);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - 4, y - 4);
  cairo_line_to (cr, x + 4, y - 8);
  cairo_line_to (cr, x, y - 12);
  cairo_stroke (cr);
}

static void
draw_rss (HsTimelineScene *self,
          cairo_t         *cr,
          const HsRect    *clip,
          double           scale,
          const HsTheme   *theme)
{
  draw_grid (self, cr, &self->rss, theme);
  draw_pauses (self, cr, &self->rss.rect, theme);
  if (self->options.rss == HS_TIMELINE_RSS_SPLIT)
    for (HsTimelineCurve curve = HS_TIMELINE_CURVE_ANON; curve <= HS_TIMELINE_CURVE_SHMEM; curve++)
      _hs_timeline_curve_draw (self, &self->rss, curve, cr, clip, scale, theme);
  if (self->has_swap)
    _hs_timeline_curve_draw (self, &self->rss, HS_TIMELINE_CURVE_SWAP, cr, clip, scale, theme);
  _hs_timeline_curve_draw (self, &self->rss, HS_TIMELINE_CURVE_RSS, cr, clip, scale, theme);
  draw_break (cr, &self->rss, theme);
}

/* Lines */

/* What is drawn of a lane so far, up to a gap. */
typedef struct
{
  double left;
  double right; /* not after @left: nothing */
} Run;

static void
draw_run (const HsTimelineLane *lane,
          cairo_t              *cr,
          Run                  *run,
          const HsTheme        *theme)
{
  HsColor color = lane->line != 0 ? theme->hue[HS_FAMILY_CONTAINER] : theme->quiet_text;

  if (run->right > run->left)
    fill (cr, color, run->left, lane->y + LANE_PADDING, run->right - run->left,
          HS_TIMELINE_LANE - 2 * LANE_PADDING);
  *run = (Run) { 0, 0 };
}

static guint
find_lane (const HsTimelineScene *self,
           guint                  line)
{
  guint lane = GPOINTER_TO_UINT (g_hash_table_lookup (self->lane_by_line, GUINT_TO_POINTER (line)));

  if (lane > 0)
    return lane - 1;

  /* The others stand last. */
  return self->lanes->len - 1;
}

static void
draw_sample (HsTimelineScene *self,
             cairo_t         *cr,
             guint            i,
             Run             *runs,
             double           scale,
             const HsTheme   *theme)
{
  const HsRecordView   *record = hs_history_get_record (self->history);
  const HsRecordSample *sample = &record->samples[i];
  guint64               begin = i > 0 ? record->samples[i - 1].time_ns : 0;
  double                left = _hs_timeline_get_x (self, MAX ((double)begin, self->from));
  double                right = _hs_timeline_get_x (self, MIN ((double)sample->time_ns, self->to));
  guint                 index = find_lane (self, sample->line);
  const HsTimelineLane *lane = &g_array_index (self->lanes, HsTimelineLane, index);

  if (_hs_timeline_is_long (record, sample->time_ns - begin))
    {
      HsRect rect = { left, lane->y + LANE_PADDING, right - left,
                      HS_TIMELINE_LANE - 2 * LANE_PADDING };

      outline (cr, lane->line != 0 ? theme->hue[HS_FAMILY_CONTAINER] : theme->quiet_text, &rect);
      return;
    }
  right = MAX (right, left + 1.5 / scale);
  if (runs[index].right > runs[index].left && left > runs[index].right + 0.5 / scale)
    draw_run (lane, cr, &runs[index], theme);
  if (runs[index].right <= runs[index].left)
    runs[index].left = left;
  runs[index].right = MAX (runs[index].right, right);
}

static void
draw_lanes (HsTimelineScene *self,
            cairo_t         *cr,
            double           scale,
            const HsTheme   *theme)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  const HsRect       *plot = &self->live.rect;
  g_autofree Run     *runs = g_new0 (Run, MAX (self->lanes->len, 1));

  for (guint i = 0; i < self->lanes->len; i++)
    {
      const HsTimelineLane *lane = &g_array_index (self->lanes, HsTimelineLane, i);

      fill (cr, theme->line, HS_TIMELINE_MARGIN, lane->y,
            self->parent.width - 2 * HS_TIMELINE_MARGIN, 1);
    }
  for (guint i = 0; i < self->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (self->spans, HsTimelineSpan, i);

      for (guint j = span->first; j < span->first + span->n; j++)
        if (record->samples[j].allocated_blocks > 0 || record->samples[j].allocated_bytes > 0)
          draw_sample (self, cr, j, runs, scale, theme);
    }
  for (guint i = 0; i < self->lanes->len; i++)
    draw_run (&g_array_index (self->lanes, HsTimelineLane, i), cr, &runs[i], theme);
  if (self->lanes->len > 0)
    fill (cr, theme->border, plot->x - 1, g_array_index (self->lanes, HsTimelineLane, 0).y, 1,
          HS_TIMELINE_LANE * self->lanes->len);
}

/* Marks */

static void
draw_diamond (cairo_t *cr,
              double   x,
              double   y)
{
  cairo_move_to (cr, x, y - DIAMOND);
  cairo_line_to (cr, x + DIAMOND, y);
  cairo_line_to (cr, x, y + DIAMOND);
  cairo_line_to (cr, x - DIAMOND, y);
  cairo_close_path (cr);
}

static void
draw_peak (HsTimelineScene *self,
           cairo_t         *cr,
           const HsTheme   *theme)
{
  double top = self->peak.y + self->peak.height / 2;

  if (self->peak.width <= 0)
    return;

  fill (cr, theme->background, self->peak.x, self->peak.y, self->peak.width, self->peak.height);
  hs_theme_set_color (cr, theme->text);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, self->peak_x, top + DIAMOND);
  cairo_line_to (cr, self->peak_x, self->peak_y - DIAMOND);
  cairo_stroke (cr);
  draw_diamond (cr, self->peak_x, self->peak_y);
  hs_theme_set_color (cr, theme->background);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, theme->text);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  draw_diamond (cr, self->peak_x, top);
  cairo_stroke (cr);
}

static void
draw_mark_line (cairo_t       *cr,
                double         x,
                double         top,
                double         bottom,
                gboolean       is_shown,
                const HsTheme *theme)
{
  static const double dashes[] = { 3, 3 };

  hs_theme_set_color (cr, is_shown ? theme->accent : theme->quiet_text);
  cairo_set_line_width (cr, is_shown ? 2 : 1);
  if (!is_shown)
    cairo_set_dash (cr, dashes, 2, 0);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x, bottom);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Through the plots, but not through what is written between them; without a flag only a
 * tick at the axis.
 */
static void
draw_mark (HsTimelineScene      *self,
           cairo_t              *cr,
           const HsTimelineMark *mark,
           gboolean              is_shown,
           const HsTheme        *theme)
{
  const HsRect *live = &self->live.rect;
  const HsRect *rss = &self->rss.rect;

  if (mark->flag.width <= 0)
    {
      fill (cr, is_shown ? theme->accent : theme->quiet_text, mark->x - 0.5, self->plot_bottom, 1,
            6);
      return;
    }
  if (live->height > 0)
    draw_mark_line (cr, mark->x, mark->flag.y, live->y + live->height, is_shown, theme);
  if (rss->width > 0)
    draw_mark_line (cr, mark->x, rss->y, rss->y + rss->height, is_shown, theme);
}

static void
draw_marks (HsTimelineScene *self,
            cairo_t         *cr,
            const HsTheme   *theme)
{
  guint shown = hs_heap_get_moment (self->parent.heap);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const HsTimelineMark *mark = &g_array_index (self->marks, HsTimelineMark, i);

      draw_mark (self, cr, mark, mark->moment == shown, theme);
    }
  for (guint i = 0; i < self->marks->len; i++)
    {
      const HsTimelineMark *mark = &g_array_index (self->marks, HsTimelineMark, i);
      const HsRect         *flag = &mark->flag;

      if (flag->width <= 0)
        continue;
      fill (cr, mark->moment == shown ? theme->accent : theme->box, flag->x, flag->y, flag->width,
            flag->height);
      outline (cr, mark->moment == shown ? theme->accent : theme->border, flag);
    }
}

static void
draw_overview (HsTimelineScene *self,
               cairo_t         *cr,
               const HsTheme   *theme)
{
  const HsRect *all = &self->overview;
  double        end = (double)hs_timeline_get_end (self->timeline);
  double        left = all->x + all->width * CLAMP (self->from / end, 0, 1);
  double        right = all->x + all->width * CLAMP (self->to / end, 0, 1);

  if (all->width <= 0)
    return;
  fill (cr, theme->line, all->x, all->y, all->width, all->height);
  outline (cr, theme->border, all);
  fill (cr, theme->accent, MIN (left, all->x + all->width - 2), all->y, MAX (right - left, 2),
        all->height);
}

/* Bars */

static void
draw_bars (HsTimelineScene *self,
           cairo_t         *cr,
           double           scale,
           const HsTheme   *theme)
{
  if (self->bars_rect.width <= 0)
    return;

  for (guint i = 0; i < self->bars->len; i++)
    {
      const HsTimelineBar *bar = &g_array_index (self->bars, HsTimelineBar, i);

      for (guint kind = 0; kind < HS_N_MEMORIES; kind++)
        if (bar->growth[kind] != 0)
          {
            HsRect rect = _hs_timeline_scene_get_part (self, bar, (HsMemoryKind)kind);

            _hs_timeline_pattern_draw (cr, &rect, (HsMemoryKind)kind, scale, theme);
          }
    }
  fill (cr, theme->text, round (self->zero_x), self->bars_rect.y - 4, 1,
        self->bars_rect.height - (HS_TIMELINE_BAR - HS_TIMELINE_BAR_HEIGHT) + 8);
  for (guint i = 0; i <= self->n_kinds; i++)
    fill (cr, i < self->n_kinds ? theme->line : theme->border, HS_TIMELINE_MARGIN,
          self->table_y + HS_TIMELINE_ROW * i, self->table_width, 1);
  for (guint i = 0; i < self->n_kinds; i++)
    {
      HsRect rect = { HS_TIMELINE_MARGIN, self->table_y + HS_TIMELINE_ROW * i + 5,
                      HS_TIMELINE_SWATCH, HS_TIMELINE_ROW - 9 };

      _hs_timeline_pattern_draw (cr, &rect, (HsMemoryKind)self->kinds[i], scale, theme);
    }
}

static void
draw_label (cairo_t               *cr,
            const HsTimelineLabel *label,
            const HsTheme         *theme)
{
  HsColor color = label->ink == HS_TIMELINE_INK_TEXT    ? theme->text
                  : label->ink == HS_TIMELINE_INK_QUIET ? theme->quiet_text
                                                        : theme->accent_text;

  if (label->has_shield)
    fill (cr, theme->box, label->x - 4, label->y - 8, label->text->width + 8, 16);
  hs_theme_set_color (cr, color);
  hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
}

void
_hs_timeline_scene_draw (HsScene       *scene,
                         cairo_t       *cr,
                         const HsRect  *clip,
                         double         scale,
                         const HsTheme *theme)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;

  cairo_save (cr);
  if (self->spans->len > 0)
    {
      draw_grid (self, cr, &self->live, theme);
      draw_pauses (self, cr, &self->live.rect, theme);
      _hs_timeline_curve_draw (self, &self->live, HS_TIMELINE_CURVE_LIVE, cr, clip, scale, theme);
      draw_break (cr, &self->live, theme);
      draw_lanes (self, cr, scale, theme);
    }
  if (self->rss.rect.width > 0)
    draw_rss (self, cr, clip, scale, theme);
  draw_overview (self, cr, theme);
  draw_marks (self, cr, theme);
  draw_peak (self, cr, theme);
  draw_bars (self, cr, scale, theme);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsTimelineLabel *label = &g_array_index (self->labels, HsTimelineLabel, i);

      if (label->y + HS_TIMELINE_ROW >= clip->y &&
          label->y - HS_TIMELINE_ROW <= clip->y + clip->height)
        draw_label (cr, label, theme);
    }
  cairo_restore (cr);
}

/* Legend */

static void
draw_live_sample (cairo_t       *cr,
                  const HsRect  *rect,
                  const HsTheme *theme)
{
  HsColor color = theme->hue[HS_FAMILY_CONTAINER];

  hs_theme_set_color_alpha (cr, color, 0.18);
  cairo_rectangle (cr, rect->x, rect->y + 4, rect->width, rect->height - 4);
  cairo_fill (cr);
  hs_theme_set_color_alpha (cr, color, 0.35);
  cairo_rectangle (cr, rect->x + rect->width / 2, rect->y + 2, rect->width / 2, 8);
  cairo_fill (cr);
  fill (cr, color, rect->x, rect->y + 4, rect->width / 2, 1.75);
  fill (cr, color, rect->x + rect->width / 2, rect->y + 1, rect->width / 2, 1.75);
  fill (cr, color, rect->x + rect->width / 2, rect->y + 9, rect->width / 2, 1.75);
}

void
_hs_timeline_scene_draw_sample (cairo_t       *cr,
                                const HsRect  *rect,
                                const HsTheme *theme,
                                guint          which)
{
  double middle = rect->y + rect->height / 2;
  HsRect flag = { rect->x + 2, rect->y + 1, rect->width - 4, rect->height - 6 };

  switch (which)
    {
    case HS_TIMELINE_SAMPLE_LIVE:
      draw_live_sample (cr, rect, theme);
      break;
    case HS_TIMELINE_SAMPLE_PEAK:
      draw_diamond (cr, rect->x + rect->width / 2, middle);
      hs_theme_set_color (cr, theme->text);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
      break;
    case HS_TIMELINE_SAMPLE_MOMENT:
      draw_mark_line (cr, flag.x + 0.5, rect->y, rect->y + rect->height, FALSE, theme);
      outline (cr, theme->border, &flag);
      break;
    case HS_TIMELINE_SAMPLE_SHOWN:
      draw_mark_line (cr, flag.x, rect->y, rect->y + rect->height, TRUE, theme);
      fill (cr, theme->accent, flag.x, flag.y, flag.width, flag.height);
      break;
    case HS_TIMELINE_SAMPLE_LANE:
      fill (cr, theme->hue[HS_FAMILY_CONTAINER], rect->x, rect->y + 3, rect->width,
            rect->height - 6);
      break;
    case HS_TIMELINE_SAMPLE_MAYBE:
      flag = (HsRect) { rect->x, rect->y + 3, rect->width, rect->height - 6 };
      outline (cr, theme->hue[HS_FAMILY_CONTAINER], &flag);
      break;
    case HS_TIMELINE_SAMPLE_PAUSE:
      hs_theme_set_color_alpha (cr, theme->quiet_text, PAUSE_ALPHA);
      cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
      cairo_fill (cr);
      break;
    default:
      cairo_move_to (cr, rect->x, middle);
      cairo_line_to (cr, rect->x + rect->width, middle);
      _hs_timeline_curve_stroke (
        cr, (HsTimelineCurve)(HS_TIMELINE_CURVE_RSS + which - HS_TIMELINE_SAMPLE_RSS), theme);
      break;
    }
}
