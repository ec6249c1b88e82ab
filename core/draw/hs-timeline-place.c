/* hs-timeline-place.c - places the charts of memory over time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-timeline-scene-private.h"

#define AXIS_WIDTH   112. /* left of a plot, for bytes and lines */
#define PLOT_WIDTH   800.
#define SIDE_WIDTH   104. /* right of it, for what a line has allocated */
#define LIVE_HEIGHT  200.
#define RSS_HEIGHT   112.
#define FLAG_HEIGHT  20.
#define FLAG_ROW     22.
#define FLAG_GAP     6.
#define FLAG_ROWS    3
#define FLAG_WIDTH   160. /* of a name, at most */
#define MANY_MOMENTS 40
#define SECTION_GAP  32.
#define N_SPANS      150 /* columns: as many as people and screen readers walk along */
#define PEAK_LINES   3
#define PEAK_SIGN    12. /* from the middle of its sign to its words */
#define ALL_WIDTH    160.

/* Lines that allocated, in the time that is shown */

static int
compare_bytes (gconstpointer a,
               gconstpointer b)
{
  const HsTimelineLane *left = a;
  const HsTimelineLane *right = b;

  if (left->bytes != right->bytes)
    return (left->bytes < right->bytes) - (left->bytes > right->bytes);

  return (left->line > right->line) - (left->line < right->line);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const HsTimelineLane *left = a;
  const HsTimelineLane *right = b;

  /* The others and what has no line stand below the lines. */
  if (left->n_lines != 1 || right->n_lines != 1)
    return (right->n_lines == 1) - (left->n_lines == 1);
  if ((left->line == 0) != (right->line == 0))
    return left->line == 0 ? 1 : -1;

  return (left->line > right->line) - (left->line < right->line);
}

static guint64
add (guint64 a,
     guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

/* One for each line. */
static GArray *
count_lines (HsTimelineScene *self)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  GArray             *lines = g_array_new (FALSE, TRUE, sizeof (HsTimelineLane));
  g_autoptr(GHashTable) by_line = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (self->spans, HsTimelineSpan, i);

      for (guint j = span->first; j < span->first + span->n; j++)
        {
          const HsRecordSample *sample = &record->samples[j];
          gpointer              key = GUINT_TO_POINTER (sample->line);
          guint                 at = GPOINTER_TO_UINT (g_hash_table_lookup (by_line, key));
          HsTimelineLane       *lane;

          if (sample->allocated_blocks == 0 && sample->allocated_bytes == 0)
            continue;
          if (at == 0)
            {
              HsTimelineLane new_lane = { .line = sample->line, .n_lines = 1 };

              g_array_append_val (lines, new_lane);
              at = lines->len;
              g_hash_table_insert (by_line, key, GUINT_TO_POINTER (at));
            }
          lane = &g_array_index (lines, HsTimelineLane, at - 1);
          lane->bytes = add (lane->bytes, sample->allocated_bytes);
          lane->blocks = add (lane->blocks, sample->allocated_blocks);
        }
    }

  return lines;
}

static void
choose_lanes (HsTimelineScene *self)
{
  g_autoptr(GArray) lines = count_lines (self);
  HsTimelineLane others = { 0 };
  guint          n_kept = 0;

  g_array_sort (lines, compare_bytes);
  for (guint i = 0; i < lines->len; i++)
    {
      const HsTimelineLane *lane = &g_array_index (lines, HsTimelineLane, i);

      if (lane->line == 0 || n_kept < HS_TIMELINE_LANES_MAX)
        {
          g_array_append_val (self->lanes, *lane);
          n_kept += lane->line != 0 ? 1 : 0;
          continue;
        }
      others.n_lines++;
      others.line = others.n_lines == 1 ? lane->line : 0;
      others.bytes = add (others.bytes, lane->bytes);
      others.blocks = add (others.blocks, lane->blocks);
    }
  if (others.n_lines > 0)
    g_array_append_val (self->lanes, others);
  g_array_sort (self->lanes, compare_lines);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      const HsTimelineLane *lane = &g_array_index (self->lanes, HsTimelineLane, i);

      if (lane->n_lines == 1)
        g_hash_table_insert (self->lane_by_line, GUINT_TO_POINTER (lane->line),
                             GUINT_TO_POINTER (i + 1));
    }
}

static char *
name_lane (const HsTimelineLane *lane)
{
  if (lane->n_lines > 1)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u other line", "%u other lines", lane->n_lines),
      lane->n_lines);
  if (lane->line == 0)
    return g_strdup (_("no line"));

  return g_strdup_printf (_("line %u"), lane->line);
}

static double
place_lanes (HsTimelineScene *self,
             double           y)
{
  const HsRect *plot = &self->live.rect;

  _hs_timeline_scene_add_label (self, HS_TEXT_TITLE, HS_TIMELINE_INK_TEXT,
                                _("Lines that allocated"), -1, HS_TIMELINE_MARGIN,
                                   y + HS_TIMELINE_LINE / 2);
  y += HS_TIMELINE_LINE + 4;
  for (guint i = 0; i < self->lanes->len; i++, y += HS_TIMELINE_LANE)
    {
      HsTimelineLane  *lane = &g_array_index (self->lanes, HsTimelineLane, i);
      g_autofree char *name = name_lane (lane);
      g_autofree char *exact = hs_format_bytes (lane->bytes);
      /* A sample counts for the line at its end, whatever else ran in it. */
      g_autofree char *bytes = g_strdup_printf ("≈ %s", exact);
      double           middle = y + HS_TIMELINE_LANE / 2;

      lane->y = y;
      _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, name, plot->x - 8, middle);
      _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, bytes,
                                     plot->x + plot->width + SIDE_WIDTH, middle);
      _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_LANE, i, 0,
                                   (HsRect) { HS_TIMELINE_MARGIN, y,
                                              AXIS_WIDTH + PLOT_WIDTH + SIDE_WIDTH,
                                              HS_TIMELINE_LANE });
    }

  return y;
}

/* Flags of moments, and of the peak */

static gboolean
is_in_sight (const HsTimelineScene *self,
             double                 ns)
{
  return ns >= self->from && ns <= self->to;
}

/* A row in which the flag of @width at @x meets no other, or @n_rows. */
static guint
find_row (HsTimelineScene *self,
          double           x,
          double           width,
          double           y,
          guint            n_rows)
{
  for (guint row = 0; row < n_rows; row++)
    {
      double   top = y + row * FLAG_ROW;
      gboolean is_free = TRUE;

      for (guint i = 0; is_free && i < self->flags->len; i++)
        {
          const HsRect *flag = &g_array_index (self->flags, HsRect, i);

          is_free = flag->y != top || flag->x >= x + width + FLAG_GAP ||
                    x >= flag->x + flag->width + FLAG_GAP;
        }
      if (is_free)
        return row;
    }

  return n_rows;
}

/* Returns: how many rows there must be for it */
static guint
place_flag (HsTimelineScene *self,
            HsTimelineMark  *mark,
            double           y,
            guint            n_rows)
{
  g_autofree char *name = hs_history_dup_moment_name (self->history, mark->moment);
  const HsText    *text = hs_texts_shape (self->texts, HS_TEXT_QUIET, name, FLAG_WIDTH);
  double           right = self->live.rect.x + self->live.rect.width + SIDE_WIDTH;
  double           width = text->width + 12;
  double           x = MIN (mark->x, right - width);
  guint            row = find_row (self, x, width, y, n_rows);
  gboolean         is_shown = mark->moment == hs_heap_get_moment (self->parent.heap);

  if (row == n_rows)
    return 0;

  mark->flag = (HsRect) { x, y + row * FLAG_ROW, width, FLAG_HEIGHT };
  g_array_append_val (self->flags, mark->flag);
  _hs_timeline_scene_add_label (
    self, HS_TEXT_QUIET, is_shown ? HS_TIMELINE_INK_ACCENT : HS_TIMELINE_INK_TEXT, name, FLAG_WIDTH,
    x + 6, mark->flag.y + FLAG_HEIGHT / 2);

  return row + 1;
}

/* Whether it has a flag before others have. */
static gboolean
is_first (HsTimelineScene *self,
          guint            moment)
{
  return moment == hs_heap_get_moment (self->parent.heap) ||
         moment + 1 == hs_history_get_n_moments (self->history);
}

/* Returns: how many rows of flags there are */
static guint
add_marks (HsTimelineScene *self,
           double           y,
           gboolean         are_first,
           guint            n_rows_max)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  double              most_x = self->live.rect.x + PLOT_WIDTH + SIDE_WIDTH - FLAG_WIDTH - 12;
  guint               n_rows = 0;

  for (guint i = 0; i < record->n_moments; i++)
    {
      HsTimelineMark mark = { .moment = i };
      guint          row;

      if (record->moments[i].kind == HS_MOMENT_BEGIN || is_first (self, i) != are_first ||
          !is_in_sight (self, (double)record->moments[i].time_ns))
        continue;
      mark.x = _hs_timeline_get_x (self, (double)record->moments[i].time_ns);
      /* Most of many have no room, whatever their names: these need not be shaped. */
      row = mark.x > most_x || find_row (self, mark.x, 1, y, n_rows_max) < n_rows_max
              ? place_flag (self, &mark, y, n_rows_max)
              : 0;
      n_rows = MAX (n_rows, row);
      g_array_append_val (self->marks, mark);
    }

  return n_rows;
}

static void
say_without_names (HsTimelineScene *self,
                   double           y)
{
  guint            n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->marks->len; i++)
    n += g_array_index (self->marks, HsTimelineMark, i).flag.width > 0 ? 0 : 1;
  if (n == 0)
    return;

  /* translators: marks in a chart for whose names there is no room */
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u moment without its name",
                                       "%u moments without their names", n),
                          n);
  _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, text,
                                 self->live.rect.x + self->live.rect.width + SIDE_WIDTH,
                                 y - HS_TIMELINE_LINE / 2);
}

/* Many flags above each other say no more than a row of them. */
static double
place_marks (HsTimelineScene *self,
             double           y)
{
  gboolean are_many = hs_history_get_n_moments (self->history) > MANY_MOMENTS;
  guint    n_rows = add_marks (self, y, TRUE, FLAG_ROWS);
  guint    n_more = add_marks (self, y, FALSE, are_many ? MAX (n_rows, 1) : FLAG_ROWS);

  n_rows = MAX (n_rows, n_more);
  say_without_names (self, y);

  return y + n_rows * FLAG_ROW + (n_rows > 0 ? 2 : 0);
}

static gboolean
has_peak (HsTimelineScene *self)
{
  const HsRecordView *record = hs_history_get_record (self->history);

  return (record->header.flags & HS_RECORD_LEDGER) != 0 && record->header.peak_bytes > 0 &&
         record->n_samples > 0 && is_in_sight (self, (double)record->header.peak_ns);
}

/* Its sign stands above the peak, its words to the right, or else to the left of that. */
static void
place_peak (HsTimelineScene *self,
            double           y)
{
  const HsRecordHeader *header = &hs_history_get_record (self->history)->header;
  g_autofree char      *bytes = hs_format_bytes (header->peak_bytes);
  g_autofree char      *lines = hs_timeline_dup_peak_lines (self->timeline, PEAK_LINES, FALSE);
  /* translators: the most that was live at a time; %s is a size */
  g_autofree char *name = g_strdup_printf (_("Peak %s"), bytes);
  g_autofree char *full =
    lines != NULL ? g_strdup_printf ("%s  ·  %s", name, lines) : g_strdup (name);
  double        left = self->live.rect.x;
  double        right = left + PLOT_WIDTH + SIDE_WIDTH;
  const HsText *text;
  double        room;
  double        x;

  self->peak_x = _hs_timeline_get_x (self, (double)header->peak_ns);
  self->peak_y = _hs_timeline_get_y (&self->live, (double)header->peak_bytes);
  room = MAX (right - self->peak_x, self->peak_x - left) - PEAK_SIGN;
  text = hs_texts_shape (self->texts, HS_TEXT_QUIET, full, room);
  x = text->width <= right - self->peak_x - PEAK_SIGN ? self->peak_x + PEAK_SIGN
                                                      : self->peak_x - PEAK_SIGN - text->width;
  self->peak = (HsRect) { MIN (x, self->peak_x - PEAK_SIGN) - 2, y,
                          text->width + 2 * PEAK_SIGN + 4, FLAG_HEIGHT };
  if (x > self->peak_x)
    self->peak.width -= PEAK_SIGN;
  else
    self->peak.width = self->peak_x + PEAK_SIGN - self->peak.x;
  _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_TEXT, full, room, x,
                                y + FLAG_HEIGHT / 2);
}

/* Charts */

static void
add_title (HsTimelineScene      *self,
           const HsTimelinePlot *plot,
           const char           *text,
           double                y)
{
  double width = _hs_timeline_scene_add_label (self, HS_TEXT_TITLE, HS_TIMELINE_INK_TEXT, text, -1,
                                               HS_TIMELINE_MARGIN, y + HS_TIMELINE_LINE / 2);

  if (plot->is_cut)
    _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_QUIET,
                                  _("the axis does not begin at 0"), -1,
                                     HS_TIMELINE_MARGIN + width + 16, y + HS_TIMELINE_LINE / 2);
}

static void
find_live_range (HsTimelineScene *self,
                 double          *least,
                 double          *most)
{
  *least = HUGE_VAL;
  *most = 0;
  for (guint i = 0; i < self->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (self->spans, HsTimelineSpan, i);

      *least = MIN (*least, (double)span->live_min);
      *most = MAX (*most, (double)span->live_max);
    }
  if (has_peak (self))
    *most = MAX (*most, (double)hs_history_get_record (self->history)->header.peak_bytes);
  *least = MIN (*least, *most);
}

static void
find_rss_range (HsTimelineScene *self,
                double          *least,
                double          *most)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  guint               last = hs_timeline_find_rss (self->timeline, self->to_ns);

  *least = HUGE_VAL;
  *most = 0;
  for (guint i = hs_timeline_find_rss (self->timeline, self->from_ns);
       i <= last && i < record->n_rss; i++)
    {
      const HsRecordRss *row = &record->rss[i];
      double             parts_least = (double)MIN (MIN (row->anon, row->file), row->shmem);

      *least = MIN (*least, (double)row->rss_min);
      *most = MAX (*most, (double)row->rss_max);
      if (row->swap > 0)
        {
          *least = 0;
          *most = MAX (*most, (double)row->swap);
          self->has_swap = TRUE;
        }
      if (self->options.rss != HS_TIMELINE_RSS_SPLIT)
        continue;
      *least = MIN (*least, parts_least);
      *most = MAX (*most, (double)MAX (MAX (row->anon, row->file), row->shmem));
    }
  *least = MIN (*least, *most);
}

static double
place_plot (HsTimelineScene *self,
            HsTimelinePlot  *plot,
            double           y,
            double           height,
            double           least,
            double           most)
{
  plot->rect = (HsRect) { HS_TIMELINE_MARGIN + AXIS_WIDTH, y, PLOT_WIDTH, height };
  _hs_timeline_scene_add_bytes_axis (self, plot, least, most);

  return y + height;
}

static double
place_live (HsTimelineScene *self,
            double           y,
            double           least,
            double           most)
{
  double top = y;

  y = place_marks (self, y + HS_TIMELINE_LINE + 4);
  if (has_peak (self))
    y += FLAG_HEIGHT + 4;
  y = place_plot (self, &self->live, y, LIVE_HEIGHT, least, most);
  add_title (self, &self->live, _("Live Python bytes"), top);
  if (has_peak (self))
    place_peak (self, self->live.rect.y - FLAG_HEIGHT - 4);

  return y;
}

static double
place_rss (HsTimelineScene *self,
           double           y,
           double           least,
           double           most)
{
  double bottom =
    place_plot (self, &self->rss, y + HS_TIMELINE_LINE + 12, RSS_HEIGHT, least, most);

  add_title (self, &self->rss, _("Resident memory (RSS)"), y);

  return bottom;
}

static void
add_span_items (HsTimelineScene *self)
{
  double top = self->live.rect.y;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (self->spans, HsTimelineSpan, i);
      double                from = MAX ((double)span->from_ns, self->from);
      double                to = MIN ((double)span->to_ns, self->to);
      double                left = _hs_timeline_get_x (self, from);
      double                right = _hs_timeline_get_x (self, to);
      double                middle = (left + right) / 2;

      if (right - left < 1)
        {
          left = CLAMP (middle - 0.5, self->live.rect.x, self->live.rect.x + PLOT_WIDTH - 1);
          right = left + 1;
        }
      _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_SPAN, i, 0,
                                   (HsRect) { left, top, right - left, self->plot_bottom - top });
    }
}

static void
add_mark_items (HsTimelineScene *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const HsTimelineMark *mark = &g_array_index (self->marks, HsTimelineMark, i);
      HsRect                rect = mark->flag;

      if (rect.width <= 0)
        rect = (HsRect) { mark->x - 3, self->plot_bottom, 6, 6 };
      _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_MOMENT, mark->moment, 0, rect);
    }
  if (self->peak.width > 0)
    _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_PEAK, 0, 0, self->peak);
}

/* Where one is in the whole, and the way back to it. */
static double
place_overview (HsTimelineScene *self,
                double           y)
{
  g_autofree char *from = hs_format_duration (self->from_ns);
  g_autofree char *to = hs_format_duration (self->to_ns);
  g_autofree char *all = hs_format_duration (hs_timeline_get_end (self->timeline));
  /* translators: all are times: a part of the whole run is shown */
  g_autofree char *text = g_strdup_printf (_("%1$s to %2$s of %3$s"), from, to, all);
  double           x = HS_TIMELINE_MARGIN + AXIS_WIDTH;

  self->overview = (HsRect) { x, y + 6, PLOT_WIDTH, 8 };
  _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, _("Whole run"), x - 8, y + 10);
  _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_QUIET, text, -1, x, y + 24);
  _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_ALL, 0, 0,
                               (HsRect) { HS_TIMELINE_MARGIN, y, AXIS_WIDTH + PLOT_WIDTH, 20 });

  return y + 32 + 8;
}

static double
place_charts (HsTimelineScene *self,
              double           y)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  gboolean            has_live = self->spans->len > 0;
  gboolean            has_rss = record->n_rss > 0 && self->options.rss != HS_TIMELINE_RSS_OFF;
  double              live[2];
  double              rss[2];

  /* Of time, in any case. */
  self->live.rect = (HsRect) { HS_TIMELINE_MARGIN + AXIS_WIDTH, y, PLOT_WIDTH, 0 };
  find_live_range (self, &live[0], &live[1]);
  find_rss_range (self, &rss[0], &rss[1]);
  if (self->options.scale == HS_TIMELINE_SCALE_SAME && has_rss)
    live[1] = rss[1] = MAX (live[1], rss[1]);

  if (has_live)
    y = place_live (self, y, live[0], live[1]);
  else
    y = place_marks (self, y);
  if (has_rss)
    y = place_rss (self, y + (has_live ? 16 : 0), rss[0], rss[1]);
  if (!has_live && !has_rss)
    return y;

  self->plot_bottom = y;
  _hs_timeline_scene_add_time_axis (self, y + 16);
  if (has_live)
    add_span_items (self);

  return y + 32;
}

static void
add_legend (HsTimelineScene *self,
            guint            which,
            const char      *text)
{
  g_assert (self->n_legend < HS_TIMELINE_LEGEND_MAX);
  self->legend[self->n_legend++] =
    (HsLegendEntry) { _hs_timeline_scene_draw_sample, which, text };
}

static gboolean
has_long_sample (HsTimelineScene *self)
{
  const HsRecordView *record = hs_history_get_record (self->history);

  for (guint i = 0; i < self->spans->len; i++)
    {
      const HsTimelineSpan *span = &g_array_index (self->spans, HsTimelineSpan, i);

      if (span->n == 1 && span->allocated_blocks > 0 &&
          _hs_timeline_is_long (record, span->to_ns - span->from_ns))
        return TRUE;
    }

  return FALSE;
}

/* One that can be seen. */
static gboolean
has_pause (HsTimelineScene *self)
{
  for (guint i = 0; i < hs_history_get_n_moments (self->history); i++)
    {
      HsRect rect;

      if (_hs_timeline_scene_get_pause (self, i, &rect) && self->plot_bottom > 0)
        return TRUE;
    }

  return FALSE;
}

static void
make_legend (HsTimelineScene *self)
{
  gboolean is_split = self->options.rss == HS_TIMELINE_RSS_SPLIT;

  if (self->spans->len > 0)
    add_legend (self, HS_TIMELINE_SAMPLE_LIVE,
                _("live Python bytes: always at least the lower edge, at most the upper one"));
  if (self->rss.rect.width > 0)
    add_legend (self, HS_TIMELINE_SAMPLE_RSS, _("resident memory of the process"));
  if (self->rss.rect.width > 0 && is_split)
    {
      add_legend (self, HS_TIMELINE_SAMPLE_ANON, _("of it anonymous"));
      add_legend (self, HS_TIMELINE_SAMPLE_FILE, _("of it of files"));
      add_legend (self, HS_TIMELINE_SAMPLE_SHMEM, _("of it shared"));
    }
  if (self->rss.rect.width > 0 && self->has_swap)
    add_legend (self, HS_TIMELINE_SAMPLE_SWAP, _("swapped out"));
  if (self->peak.width > 0)
    add_legend (self, HS_TIMELINE_SAMPLE_PEAK, _("the peak, and the lines that held it"));
  if (self->marks->len > 0)
    add_legend (self, HS_TIMELINE_SAMPLE_MOMENT, _("a moment of the run"));
  for (guint i = 0; i < self->marks->len; i++)
    if (g_array_index (self->marks, HsTimelineMark, i).moment ==
        hs_heap_get_moment (self->parent.heap))
      add_legend (self, HS_TIMELINE_SAMPLE_SHOWN, _("the moment that the other views show"));
  if (has_pause (self))
    add_legend (self, HS_TIMELINE_SAMPLE_PAUSE, _("the code stood still to be measured"));
  if (self->lanes->len > 0)
    add_legend (self, HS_TIMELINE_SAMPLE_LANE, _("the line allocated then"));
  if (self->lanes->len > 0 && has_long_sample (self))
    add_legend (self, HS_TIMELINE_SAMPLE_MAYBE, _("the line allocated at some time in it"));
}

static double
place_findings (HsTimelineScene *self,
                double           y)
{
  g_autofree char *findings = hs_timeline_dup_findings (self->timeline);
  g_auto(GStrv) lines = g_strsplit (findings, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++, y += HS_TIMELINE_LINE)
    _hs_timeline_scene_add_label (self, HS_TEXT_LABEL, HS_TIMELINE_INK_TEXT, lines[i],
                                  AXIS_WIDTH + PLOT_WIDTH + SIDE_WIDTH, HS_TIMELINE_MARGIN,
                                  y + HS_TIMELINE_LINE / 2);

  return y + 16;
}

void
_hs_timeline_scene_place (HsTimelineScene *self)
{
  double y = place_findings (self, HS_TIMELINE_MARGIN);

  self->spans = hs_timeline_new_spans (self->timeline, self->from_ns, self->to_ns, N_SPANS);
  if (self->options.to > self->options.from)
    y = place_overview (self, y);
  y = place_charts (self, y);
  choose_lanes (self);
  if (self->lanes->len > 0)
    y = place_lanes (self, y + 8);
  add_mark_items (self);
  y = _hs_timeline_scene_place_bars (self, y + SECTION_GAP);
  self->parent.width = 2 * HS_TIMELINE_MARGIN + AXIS_WIDTH + PLOT_WIDTH + SIDE_WIDTH;
  self->parent.height = y + HS_TIMELINE_MARGIN;
  make_legend (self);
}
