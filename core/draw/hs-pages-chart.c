/* hs-pages-chart.c - how many pages and how much memory there were after each line
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-pages-scene-private.h"

#define COLUMNS_MAX ((guint)(HS_PAGES_WIDTH / HS_PAGES_COLUMN_MIN))
#define ROW_GAP     6.
#define LABEL_GAP   6.

/* Sums */

/* What all mappings have after a step, bytes. */
typedef struct
{
  guint *samples; /* by mapping: that counts by now */
  double mapped;
  double cached;
  double copies;
} Sums;

static void
count (const HsRecordView *record,
       guint               sample,
       double              sign,
       Sums               *sums)
{
  const HsRecordPageSample *row;
  double                    page;

  if (sample == HS_NO_SAMPLE)
    return;

  row = &record->page_samples[sample];
  page = sign * record->mappings[row->mapping].page_size;
  if ((row->flags & HS_MAPPING_CLOSED) != 0)
    return;
  sums->mapped += page * (double)row->n_mapped;
  sums->copies += page * (double)row->n_copies;
  if ((record->mappings[row->mapping].flags & HS_MAPPING_CACHE_HIDDEN) == 0)
    sums->cached += page * (double)row->n_cached;
}

static void
add_to_column (HsPagesColumn            *column,
               const Sums               *sums,
               const HsRecordPageSample *row)
{
  column->n_steps++;
  column->mapped = MAX (column->mapped, sums->mapped);
  column->cached = MAX (column->cached, sums->cached);
  column->copies = MAX (column->copies, sums->copies);
  column->rss[HS_PAGES_RSS_FILE] = MAX (column->rss[HS_PAGES_RSS_FILE], (double)row->rss_file);
  column->rss[HS_PAGES_RSS_ANON] = MAX (column->rss[HS_PAGES_RSS_ANON], (double)row->rss_anon);
  column->rss[HS_PAGES_RSS_SHMEM] = MAX (column->rss[HS_PAGES_RSS_SHMEM], (double)row->rss_shmem);
}

static void
sum_columns (HsPagesScene *self)
{
  const HsRecordView *record = hs_history_get_record (hs_page_map_get_history (self->map));
  guint               n_steps = hs_page_map_get_n_steps (self->map);
  guint               per_column = (n_steps + COLUMNS_MAX - 1) / COLUMNS_MAX;
  g_autofree guint   *samples = g_new (guint, MAX (record->n_mappings, 1));
  Sums                sums = { samples, 0, 0, 0 };

  for (guint i = 0; i < record->n_mappings; i++)
    samples[i] = HS_NO_SAMPLE;
  for (guint i = 0; i < n_steps; i++)
    {
      const HsPageStep *step = hs_page_map_get_step (self->map, i);
      HsPagesColumn     column = { i, 0, 0, 0, 0, { 0 } };
      guint             end = step->first_sample + step->n_samples;

      for (guint j = step->first_sample; j < end; j++)
        {
          guint mapping = record->page_samples[j].mapping;

          count (record, samples[mapping], -1, &sums);
          count (record, j, 1, &sums);
          samples[mapping] = j;
        }
      if (i % per_column == 0)
        g_array_append_val (self->columns, column);
      add_to_column (&g_array_index (self->columns, HsPagesColumn, self->columns->len - 1), &sums,
                     &record->page_samples[end - 1]);
    }
  self->shown_column = self->focus.step / per_column;
}

/* Places */

static double
get_value (const HsPagesColumn *column,
           int                  rss)
{
  return rss < 0 ? MAX (column->cached, column->mapped) : column->rss[rss];
}

static double
place_row (HsPagesScene *self,
           int           rss,
           const char   *name,
           double        y)
{
  HsPagesRow      *row = &self->rows[self->n_rows++];
  g_autofree char *most = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  double           value = get_value (
              &g_array_index (self->columns, HsPagesColumn, self->shown_column), rss);

  *row = (HsPagesRow) { y + HS_PAGES_LINE + 2 + HS_PAGES_BAR_HEIGHT, 0, rss };
  for (guint i = 0; i < self->columns->len; i++)
    row->most = MAX (row->most, get_value (&g_array_index (self->columns, HsPagesColumn, i), rss));
  /* Forged sums may be larger than any number of bytes. */
  most = hs_format_bytes ((guint64)CLAMP (row->most, 0, 1e18));
  shown = hs_format_bytes ((guint64)CLAMP (value, 0, 1e18));
  /* translators: sizes of memory: here, and the most at any time */
  text = g_strdup_printf (_("%1$s, at most %2$s"), shown, most);
  _hs_pages_add_label (self, HS_TEXT_QUIET, name, HS_PAGES_MARGIN, y + HS_PAGES_LINE / 2);
  _hs_pages_add_number (self, HS_TEXT_QUIET, text, HS_PAGES_MARGIN + HS_PAGES_WIDTH,
                        y + HS_PAGES_LINE / 2);

  return row->y + ROW_GAP;
}

/* The rows of memory have one scale, so that a copy of the file can be compared with it. */
static void
share_scale (HsPagesScene *self)
{
  double most = 0;

  for (guint i = 1; i < self->n_rows; i++)
    most = MAX (most, self->rows[i].most);
  for (guint i = 1; i < self->n_rows; i++)
    self->rows[i].most = most;
}

/* The last of the column. */
static const HsPageStep *
get_step (HsPagesScene *self,
          guint         i)
{
  const HsPagesColumn *column = &g_array_index (self->columns, HsPagesColumn, i);

  return hs_page_map_get_step (self->map, column->first_step + column->n_steps - 1);
}

static const HsText *
shape_line (HsPagesScene *self,
            guint         i)
{
  const HsPageStep *step = get_step (self, i);
  g_autofree char  *text = NULL;

  if (step->is_end)
    text = g_strdup (C_("moment", "End"));
  else
    text = step->line > 0 ? g_strdup_printf ("%u", step->line) : g_strdup ("?");

  return hs_texts_shape (self->texts, i == self->shown_column ? HS_TEXT_NUMBER : HS_TEXT_QUIET,
                         text, -1);
}

/* Numbers of lines, where there is room; that of the shown one always. */
static void
place_lines (HsPagesScene *self,
             double        y)
{
  double        left = HS_PAGES_MARGIN + self->column_width * (self->shown_column + 0.5);
  const HsText *shown = shape_line (self, self->shown_column);
  double        end = -HUGE_VAL;

  left = CLAMP (left - shown->width / 2, HS_PAGES_MARGIN,
                HS_PAGES_MARGIN + HS_PAGES_WIDTH - shown->width);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const HsText *text = shape_line (self, i);
      double        x = HS_PAGES_MARGIN + self->column_width * (i + 0.5) - text->width / 2;
      HsPagesLabel  label = { text, x, y, i != self->shown_column };

      if (i == self->shown_column)
        label.x = left;
      else if (x < end + LABEL_GAP || x < HS_PAGES_MARGIN - 4 ||
               (i < self->shown_column && x + text->width + LABEL_GAP > left) ||
               (i > 0 && get_step (self, i)->line == get_step (self, i - 1)->line &&
                self->column_width < HS_PAGES_COLUMN_MAX / 2))
        continue;
      g_array_append_val (self->labels, label);
      end = label.x + text->width;
    }
}

static double
place_title (HsPagesScene *self,
             double        y)
{
  guint            n_steps = hs_page_map_get_n_steps (self->map);
  g_autofree char *name = hs_page_step_dup_name (
    hs_page_map_get_step (self->map, self->focus.step), self->focus.step, n_steps);
  guint per_column = g_array_index (self->columns, HsPagesColumn, 0).n_steps;

  _hs_pages_add_label (self, HS_TEXT_TITLE, name, HS_PAGES_MARGIN, y + HS_PAGES_LINE / 2);
  if (per_column > 1)
    {
      /* translators: %u is at least 2 */
      g_autofree char *text = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "each column is the most of %u sample",
                     "each column is the most of %u samples", per_column),
        per_column);

      _hs_pages_add_number (self, HS_TEXT_QUIET, text, HS_PAGES_MARGIN + HS_PAGES_WIDTH,
                            y + HS_PAGES_LINE / 2);
    }

  return y + HS_PAGES_LINE + ROW_GAP;
}

static gboolean
is_changing (HsPagesScene *self,
             HsPagesRss    rss)
{
  const HsPagesColumn *columns = (const HsPagesColumn *)(gpointer)self->columns->data;

  for (guint i = 1; i < self->columns->len; i++)
    if (columns[i].rss[rss] > columns[0].rss[rss] || columns[i].rss[rss] < columns[0].rss[rss])
      return TRUE;

  return FALSE;
}

double
_hs_pages_chart_place (HsPagesScene *self,
                       double        y)
{
  double top;

  sum_columns (self);
  self->column_width = CLAMP (floor (HS_PAGES_WIDTH / self->columns->len), HS_PAGES_COLUMN_MIN,
                              HS_PAGES_COLUMN_MAX);
  top = place_title (self, y);
  y = place_row (self, -1, _("Pages of the mappings after each line"), top);
  y = place_row (self, HS_PAGES_RSS_FILE, _("Memory of the process: files (file RSS)"), y);
  y = place_row (self, HS_PAGES_RSS_ANON, _("Memory of the process: its own (anonymous RSS)"), y);
  if (is_changing (self, HS_PAGES_RSS_SHMEM))
    y = place_row (self, HS_PAGES_RSS_SHMEM, _("Memory of the process: shared (shmem RSS)"), y);
  share_scale (self);
  place_lines (self, y + 4);
  self->chart = (HsRect) { HS_PAGES_MARGIN, top + HS_PAGES_LINE,
                           self->column_width * self->columns->len, y + 14 - top - HS_PAGES_LINE };

  return y + HS_PAGES_LINE;
}

/* Drawing */

static void
draw_bar (cairo_t *cr,
          HsColor  color,
          double   x,
          double   bottom,
          double   width,
          double   from,
          double   to)
{
  if (to <= from)
    return;

  /* What is there is seen. */
  to = MAX (to, from + 1);
  hs_theme_set_color (cr, color);
  cairo_rectangle (cr, x, bottom - to, width, to - from);
  cairo_fill (cr);
}

/* Copies at the bottom, then what else is mapped, then what is only cached. */
static void
draw_pages (HsPagesScene        *self,
            cairo_t             *cr,
            const HsPagesColumn *column,
            const HsPagesRow    *row,
            double               x,
            const HsTheme       *theme)
{
  double  unit = HS_PAGES_BAR_HEIGHT / MAX (row->most, 1);
  double  width = MAX (self->column_width - (self->column_width >= 8 ? 2 : 1), 1);
  double  copies = column->copies * unit;
  double  mapped = MAX (column->mapped * unit, copies);
  double  cached = MAX (column->cached * unit, mapped);
  HsColor hue = theme->hue[HS_FAMILY_CONTAINER];

  draw_bar (cr, _hs_pages_get_color (theme, HS_PAGE_CLASS_CACHED), x, row->y, width, mapped,
            cached);
  draw_bar (cr, hue, x, row->y, width, copies, mapped);
  draw_bar (cr, theme->hue[HS_FAMILY_BUFFER], x, row->y, width, 0, copies);
}

static void
draw_row (HsPagesScene     *self,
          cairo_t          *cr,
          const HsPagesRow *row,
          const HsTheme    *theme)
{
  static const HsFamily families[HS_N_PAGES_RSS] = { HS_FAMILY_CONTAINER, HS_FAMILY_BUFFER,
                                                     HS_FAMILY_TEXT };
  double                width = MAX (self->column_width - (self->column_width >= 8 ? 2 : 1), 1);

  hs_theme_set_color (cr, theme->line);
  cairo_rectangle (cr, HS_PAGES_MARGIN, row->y, HS_PAGES_WIDTH, 1);
  cairo_fill (cr);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const HsPagesColumn *column = &g_array_index (self->columns, HsPagesColumn, i);
      double               x = HS_PAGES_MARGIN + self->column_width * i + 1;

      if (row->rss < 0)
        draw_pages (self, cr, column, row, x, theme);
      else
        draw_bar (cr, theme->hue[families[row->rss]], x, row->y, width, 0,
                  HS_PAGES_BAR_HEIGHT * column->rss[row->rss] / MAX (row->most, 1));
    }
}

/* Behind the bars of each row, so that no text is crossed. */
static void
draw_shown (HsPagesScene     *self,
            cairo_t          *cr,
            const HsPagesRow *row,
            const HsTheme    *theme)
{
  double x = self->chart.x + self->column_width * self->shown_column;

  cairo_rectangle (cr, x, row->y - HS_PAGES_BAR_HEIGHT, self->column_width, HS_PAGES_BAR_HEIGHT);
  hs_theme_set_color_alpha (cr, theme->accent, 0.15);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, theme->accent);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

void
_hs_pages_chart_draw (HsPagesScene  *self,
                      cairo_t       *cr,
                      const HsTheme *theme)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      draw_row (self, cr, &self->rows[i], theme);
      draw_shown (self, cr, &self->rows[i], theme);
    }
}
