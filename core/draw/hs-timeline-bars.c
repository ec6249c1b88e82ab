/* hs-timeline-bars.c - places the bars of what the process holds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-timeline-scene-private.h"

#define NAME_WIDTH 176. /* of a moment */
#define BARS_WIDTH 700.
#define SUM_WIDTH  140. /* right of a bar */
#define PART_MIN   2.   /* that can be pointed at */
#define TABLE_GAP  16.

/* Columns of the table: where their numbers end. */
#define COLUMN_BEGIN  560.
#define COLUMN_END    720.
#define COLUMN_GROWTH 880.
#define COLUMN_PART   1016.
#define COLUMN_MAX    144. /* of a head */

/* The last moment of which it is known, and the one that is shown, are never left out. */
static gboolean
is_kept (HsTimelineScene *self,
         guint            moment,
         guint            last,
         guint            n)
{
  return n < self->options.n_bars || moment == last ||
         moment == hs_heap_get_moment (self->parent.heap);
}

static void
collect_bars (HsTimelineScene *self)
{
  guint         n_moments = hs_history_get_n_moments (self->history);
  guint         n = 0;
  guint         last = HS_NO_MOMENT;
  HsTimelineBar bar = { 0 };

  for (guint i = n_moments; i > 0 && last == HS_NO_MOMENT; i--)
    if (hs_timeline_get_growth (self->timeline, i - 1, bar.growth, &bar.rss))
      last = i - 1;
  for (guint i = 0; i < n_moments; i++)
    {
      bar.moment = i;
      if (!hs_timeline_get_growth (self->timeline, i, bar.growth, &bar.rss))
        continue;
      if (is_kept (self, i, last, n + 1))
        g_array_append_val (self->bars, bar);
      else
        self->n_bars_left_out++;
      n++;
    }
}

/* The table is about the moment that is shown, or else the last. */
static void
choose_table_bar (HsTimelineScene *self)
{
  self->table_bar = self->bars->len - 1;
  for (guint i = 0; i < self->bars->len; i++)
    if (g_array_index (self->bars, HsTimelineBar, i).moment ==
        hs_heap_get_moment (self->parent.heap))
      self->table_bar = i;
}

/* How far the longest bar reaches to the left and to the right of its beginning. */
static void
find_reach (HsTimelineScene *self,
            double          *below,
            double          *above)
{
  *below = 0;
  *above = 0;
  for (guint i = 0; i < self->bars->len; i++)
    {
      const HsTimelineBar *bar = &g_array_index (self->bars, HsTimelineBar, i);
      double               low = 0;
      double               high = 0;

      for (guint kind = 0; kind < HS_N_MEMORIES; kind++)
        {
          low += MAX (-(double)bar->growth[kind], 0);
          high += MAX ((double)bar->growth[kind], 0);
        }
      *below = MAX (*below, low);
      *above = MAX (*above, high);
    }
}

HsRect
_hs_timeline_scene_get_part (const HsTimelineScene *self,
                             const HsTimelineBar   *bar,
                             HsMemoryKind           kind)
{
  gboolean is_below = bar->growth[kind] < 0;
  double   before = 0;
  double   width = fabs ((double)bar->growth[kind]) * self->bars_scale;

  for (guint i = 0; i < kind; i++)
    if ((bar->growth[i] < 0) == is_below)
      before += fabs ((double)bar->growth[i]) * self->bars_scale;

  return (HsRect) { is_below ? self->zero_x - before - width : self->zero_x + before, bar->y, width,
                    HS_TIMELINE_BAR_HEIGHT };
}

static void
place_parts (HsTimelineScene     *self,
             const HsTimelineBar *bar)
{
  for (guint kind = 0; kind < HS_N_MEMORIES; kind++)
    {
      HsRect        rect = _hs_timeline_scene_get_part (self, bar, (HsMemoryKind)kind);
      const char   *name = hs_memory_kind_get_name ((HsMemoryKind)kind);
      const HsText *text;

      if (bar->growth[kind] == 0)
        continue;
      text = hs_texts_shape (self->texts, HS_TEXT_QUIET, name, -1);
      if (text->width + 16 < rect.width)
        {
          _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_TEXT, name, -1,
                                        rect.x + (rect.width - text->width) / 2,
                                        rect.y + rect.height / 2);
          g_array_index (self->labels, HsTimelineLabel, self->labels->len - 1).has_shield = TRUE;
        }
      if (rect.width < PART_MIN)
        rect = (HsRect) { rect.x + rect.width / 2 - PART_MIN / 2, rect.y, PART_MIN, rect.height };
      _hs_timeline_scene_add_item (self, HS_TIMELINE_ITEM_PART, bar->moment, kind, rect);
    }
}

static void
place_bar (HsTimelineScene *self,
           HsTimelineBar   *bar,
           double           y)
{
  g_autofree char *name = hs_history_dup_moment_name (self->history, bar->moment);
  g_autofree char *sum = hs_timeline_format_growth (bar->rss);
  double           middle = y + HS_TIMELINE_BAR_HEIGHT / 2;

  bar->y = y;
  _hs_timeline_scene_add_item (
    self, HS_TIMELINE_ITEM_PART, bar->moment, HS_N_MEMORIES,
    (HsRect) { HS_TIMELINE_MARGIN, y, NAME_WIDTH + BARS_WIDTH + SUM_WIDTH,
               HS_TIMELINE_BAR_HEIGHT });
  _hs_timeline_scene_add_label (self, HS_TEXT_LABEL, HS_TIMELINE_INK_TEXT, name, NAME_WIDTH - 16,
                                HS_TIMELINE_MARGIN, middle);
  _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, sum,
                                 HS_TIMELINE_MARGIN + NAME_WIDTH + BARS_WIDTH + SUM_WIDTH, middle);
  place_parts (self, bar);
}

/* The table */

static void
add_head (HsTimelineScene     *self,
          const HsTimelineBar *bar,
          double               y)
{
  g_autofree char *name = hs_history_dup_moment_name (self->history, bar->moment);
  const HsText    *text = hs_texts_shape (self->texts, HS_TEXT_QUIET, name, COLUMN_MAX);
  const char      *begin = C_ ("table head", "Beginning");
  const char      *growth = C_ ("table head", "Growth");
  const char      *part = C_ ("table head", "Part of it");
  double           x = HS_TIMELINE_MARGIN;

  _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_QUIET,
                                C_ ("table head", "Kind of memory"), -1, x + 32, y);
  _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, begin, x + COLUMN_BEGIN, y);
  _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_QUIET, name, COLUMN_MAX,
                                x + COLUMN_END - text->width, y);
  _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, growth, x + COLUMN_GROWTH, y);
  _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, part, x + COLUMN_PART, y);
}

static char *
format_part (gint64 growth,
             gint64 rss)
{
  double percent = rss != 0 ? 100 * (double)growth / (double)rss : 0;
  double tenths = round (fabs (percent) * 10);

  if (rss <= 0 || growth == 0 || fabs (percent) >= 1000)
    return g_strdup ("–");
  if (fabs (percent) < 0.1)
    return g_strdup (percent < 0 ? "> −0.1%" : "< 0.1%");

  return g_strdup_printf ("%s%d.%d%%", percent < 0 ? "−" : "", (int)(tenths / 10),
                          (int)tenths % 10);
}

static void
add_row (HsTimelineScene *self,
         const char      *name,
         gint64           begin,
         gint64           end,
         gint64           growth,
         gint64           rss,
         double           y)
{
  g_autofree char *from = hs_timeline_format_growth (begin);
  g_autofree char *to = hs_timeline_format_growth (end);
  g_autofree char *more = hs_timeline_format_growth (growth);
  g_autofree char *part = format_part (growth, rss);
  double           x = HS_TIMELINE_MARGIN;
  double           middle = y + HS_TIMELINE_ROW / 2;

  _hs_timeline_scene_add_label (self, HS_TEXT_LABEL, HS_TIMELINE_INK_TEXT, name,
                                COLUMN_BEGIN - 32 - 120, x + 32, middle);
  _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, from[0] == '+' ? from + 1 : from,
                                 x + COLUMN_BEGIN, middle);
  _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, to[0] == '+' ? to + 1 : to, x + COLUMN_END,
                                 middle);
  _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, more, x + COLUMN_GROWTH, middle);
  _hs_timeline_scene_add_number (self, HS_TEXT_NUMBER, part, x + COLUMN_PART, middle);
}

static const HsRecordMoment *
get_beginning (HsTimelineScene *self)
{
  const HsRecordView *record = hs_history_get_record (self->history);

  for (guint i = 0; i < record->n_moments; i++)
    if (record->moments[i].kind == HS_MOMENT_BEGIN)
      return &record->moments[i];

  return NULL;
}

/* Only what is unexplained may be less than nothing. */
static gint64
get_memory (const HsRecordMoment *moment,
            guint                 kind)
{
  return kind == HS_MEMORY_UNEXPLAINED ? (gint64)moment->memory[kind]
                                       : (gint64)MIN (moment->memory[kind], G_MAXINT64);
}

static double
place_table (HsTimelineScene *self,
             double           y)
{
  const HsRecordView   *record = hs_history_get_record (self->history);
  const HsTimelineBar  *bar = &g_array_index (self->bars, HsTimelineBar, self->table_bar);
  const HsRecordMoment *begin = get_beginning (self);
  const HsRecordMoment *end = &record->moments[bar->moment];

  add_head (self, bar, y + HS_TIMELINE_ROW / 2);
  y += HS_TIMELINE_ROW;
  self->table_y = y;
  self->table_width = COLUMN_PART;
  for (guint kind = 0; kind < HS_N_MEMORIES; kind++)
    {
      /* That nothing is unexplained is worth a row. */
      if (begin->memory[kind] == 0 && end->memory[kind] == 0 && kind != HS_MEMORY_UNEXPLAINED)
        continue;
      self->kinds[self->n_kinds++] = kind;
      add_row (self, hs_memory_kind_get_name ((HsMemoryKind)kind), get_memory (begin, kind),
               get_memory (end, kind), bar->growth[kind], bar->rss, y);
      _hs_timeline_scene_add_item (
        self, HS_TIMELINE_ITEM_KIND, kind, 0,
        (HsRect) { HS_TIMELINE_MARGIN, y, COLUMN_PART, HS_TIMELINE_ROW });
      y += HS_TIMELINE_ROW;
    }
  add_row (self, _("Resident memory (RSS)"), (gint64)MIN (begin->rss, G_MAXINT64),
                    (gint64)MIN (end->rss, G_MAXINT64), bar->rss, 0, y);

  return y + HS_TIMELINE_ROW;
}

double
_hs_timeline_scene_place_bars (HsTimelineScene *self,
                               double           y)
{
  double below;
  double above;

  collect_bars (self);
  if (self->bars->len == 0)
    return y - HS_TIMELINE_LINE;

  choose_table_bar (self);
  _hs_timeline_scene_add_label (self, HS_TEXT_TITLE, HS_TIMELINE_INK_TEXT,
                                _("What the growth of resident memory is made of"), -1,
                                   HS_TIMELINE_MARGIN, y + HS_TIMELINE_LINE / 2);
  y += HS_TIMELINE_LINE + 8;
  find_reach (self, &below, &above);
  self->bars_scale = BARS_WIDTH / MAX (below + above, 1);
  self->zero_x = HS_TIMELINE_MARGIN + NAME_WIDTH + below * self->bars_scale;
  self->bars_rect = (HsRect) { HS_TIMELINE_MARGIN + NAME_WIDTH, y, BARS_WIDTH,
                               self->bars->len * HS_TIMELINE_BAR };
  for (guint i = 0; i < self->bars->len; i++, y += HS_TIMELINE_BAR)
    place_bar (self, &g_array_index (self->bars, HsTimelineBar, i), y);
  if (self->n_bars_left_out > 0)
    {
      g_autofree char *text =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more moment", "%u more moments",
                                      self->n_bars_left_out),
                         self->n_bars_left_out);

      _hs_timeline_scene_add_label (self, HS_TEXT_MORE, HS_TIMELINE_INK_QUIET, text, -1,
                                    HS_TIMELINE_MARGIN, y + HS_TIMELINE_LINE / 2);
      y += HS_TIMELINE_LINE;
    }

  return place_table (self, y + TABLE_GAP);
}
