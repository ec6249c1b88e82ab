/* hs-cost-draw.c - draws curves of what instances cost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-cost-scene-private.h"
#include "hs-theme-private.h"

/* Lines of one chart stay apart without colour. */
static const double dashes[][4] = {
  { 0 },
  { 6, 3, 6, 3 },
  { 2, 3, 2, 3 },
  { 9, 3, 2, 3 },
};

static void
set_line (cairo_t       *cr,
          const HsTheme *theme,
          guint          rank,
          gboolean       is_hollow)
{
  const double *dash = dashes[rank % G_N_ELEMENTS (dashes)];

  hs_theme_set_color (cr, is_hollow ? theme->hue[HS_FAMILY_CLASS] : theme->hue[HS_FAMILY_INSTANCE]);
  cairo_set_line_width (cr, 1.75);
  if (dash[0] > 0)
    cairo_set_dash (cr, dash, 4, 0);
  else
    cairo_set_dash (cr, NULL, 0, 0);
}

/* A disc without slots, a hollow square with. */
static void
draw_point (cairo_t       *cr,
            const HsTheme *theme,
            double         x,
            double         y,
            gboolean       is_hollow)
{
  cairo_set_dash (cr, NULL, 0, 0);
  if (is_hollow)
    {
      cairo_rectangle (cr, x - HS_COST_POINT + 0.5, y - HS_COST_POINT + 0.5, 2 * HS_COST_POINT - 1,
                       2 * HS_COST_POINT - 1);
      hs_theme_set_color (cr, theme->background);
      cairo_fill_preserve (cr);
      hs_theme_set_color (cr, theme->hue[HS_FAMILY_CLASS]);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
  else
    {
      hs_theme_set_color (cr, theme->hue[HS_FAMILY_INSTANCE]);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, HS_COST_POINT - 0.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_axes (cairo_t           *cr,
           const HsCostChart *chart,
           const HsTheme     *theme)
{
  cairo_set_dash (cr, NULL, 0, 0);
  hs_theme_set_color (cr, theme->line);
  for (guint i = 0; i < chart->ticks->len; i++)
    {
      cairo_rectangle (cr, chart->plot.x, round (g_array_index (chart->ticks, double, i)),
                       chart->plot.width, 1);
      cairo_fill (cr);
    }
  hs_theme_set_color (cr, theme->border);
  cairo_rectangle (cr, chart->plot.x, chart->plot.y + chart->plot.height, chart->plot.width, 1);
  cairo_fill (cr);
}

static void
draw_chart (HsCostScene       *self,
            cairo_t           *cr,
            const HsCostChart *chart,
            const HsTheme     *theme)
{
  const HsCostPoint *points = (const HsCostPoint *)(void *)self->points->data;

  draw_axes (cr, chart, theme);
  for (guint i = 0; i < chart->lines->len; i++)
    {
      const HsCostLine *line = &g_array_index (chart->lines, HsCostLine, i);

      set_line (cr, theme, line->rank, line->is_hollow);
      for (guint j = 0; j < line->n_points; j++)
        cairo_line_to (cr, points[line->first_point + j].x, points[line->first_point + j].y);
      cairo_stroke (cr);
      for (guint j = 0; j < line->n_points; j++)
        draw_point (cr, theme, points[line->first_point + j].x, points[line->first_point + j].y,
                    line->is_hollow);
    }
}

static void
draw_table (HsCostScene   *self,
            cairo_t       *cr,
            const HsRect  *clip,
            const HsTheme *theme)
{
  double width = self->parent.width - 2 * HS_COST_MARGIN;

  for (guint i = 0; i < self->parent.n_items; i++)
    {
      double y = self->table_y + HS_COST_ROW_HEIGHT * i;

      if (y > clip->y + clip->height || y + HS_COST_ROW_HEIGHT < clip->y)
        continue;
      hs_theme_set_color (cr, theme->line);
      cairo_rectangle (cr, HS_COST_MARGIN, y, width, 1);
      cairo_fill (cr);
      draw_point (cr, theme, HS_COST_MARGIN + 8, y + HS_COST_ROW_HEIGHT / 2,
                  hs_cost_get (self->cost, i)->has_slots);
    }
}

void
_hs_cost_scene_draw (HsScene       *scene,
                     cairo_t       *cr,
                     const HsRect  *clip,
                     double         scale,
                     const HsTheme *theme)
{
  HsCostScene *self = (HsCostScene *)scene;

  cairo_save (cr);
  for (guint i = 0; i < G_N_ELEMENTS (self->charts); i++)
    if (self->charts[i].ticks != NULL)
      draw_chart (self, cr, &self->charts[i], theme);
  draw_table (self, cr, clip, theme);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCostLabel *label = &g_array_index (self->labels, HsCostLabel, i);

      if (label->y + HS_COST_ROW_HEIGHT < clip->y ||
          label->y - HS_COST_ROW_HEIGHT > clip->y + clip->height)
        continue;
      hs_theme_set_color (cr, label->is_quiet ? theme->quiet_text : theme->text);
      hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
    }
  cairo_restore (cr);
}

void
_hs_cost_scene_draw_sample (cairo_t       *cr,
                            const HsRect  *rect,
                            const HsTheme *theme,
                            guint          which)
{
  double y = rect->y + rect->height / 2;

  set_line (cr, theme, 0, which == 1);
  cairo_move_to (cr, rect->x, y);
  cairo_line_to (cr, rect->x + rect->width, y);
  cairo_stroke (cr);
  draw_point (cr, theme, rect->x + rect->width / 2, y, which == 1);
}
