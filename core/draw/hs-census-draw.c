/* hs-census-draw.c - draws the types of a heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-census-scene-private.h"
#include "hs-graph-scene-private.h"
#include "hs-theme-private.h"

/* What a bar is of: filled for the bytes of the objects themselves, an outline as far as
 * what they retain.
 */
static void
draw_bar (cairo_t       *cr,
          const HsTheme *theme,
          HsFamily       family,
          const HsRect  *rect,
          double         retained)
{
  hs_theme_set_color (cr, theme->hue[family]);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
  if (retained <= rect->width + 1)
    return;

  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, retained - 1, rect->height - 1);
  cairo_stroke (cr);
}

static void
draw_row (HsCensusScene *self,
          cairo_t       *cr,
          guint          row,
          const HsTheme *theme)
{
  const HsCensusType *type = hs_census_get (self->census, row);
  double              y = self->table_y + HS_CENSUS_ROW_HEIGHT * row;
  double              most = (double)MAX (self->most, 1);
  HsRect              bar = { self->bar_x, y + (HS_CENSUS_ROW_HEIGHT - HS_CENSUS_BAR_HEIGHT) / 2,
                              self->bar_width * (double)type->occupied / most,
                              HS_CENSUS_BAR_HEIGHT };

  hs_theme_set_color (cr, theme->hue[type->family]);
  _hs_sign_draw (cr, type->family, HS_CENSUS_MARGIN,
                 y + (HS_CENSUS_ROW_HEIGHT - HS_SIGN_SIZE) / 2);
  draw_bar (cr, theme, type->family, &bar, self->bar_width * (double)type->retained / most);
}

void
_hs_census_scene_draw (HsScene       *scene,
                       cairo_t       *cr,
                       const HsRect  *clip,
                       double         scale,
                       const HsTheme *theme)
{
  HsCensusScene *self = (HsCensusScene *)scene;

  cairo_save (cr);
  for (guint i = 0; i < scene->n_items; i++)
    {
      double y = self->table_y + HS_CENSUS_ROW_HEIGHT * i;

      if (y > clip->y + clip->height || y + HS_CENSUS_ROW_HEIGHT < clip->y)
        continue;
      hs_theme_set_color (cr, theme->line);
      cairo_rectangle (cr, HS_CENSUS_MARGIN, y, scene->width - 2 * HS_CENSUS_MARGIN, 1);
      cairo_fill (cr);
      if (i < self->n_rows)
        draw_row (self, cr, i, theme);
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCensusLabel *label = &g_array_index (self->labels, HsCensusLabel, i);

      if (label->y + HS_CENSUS_ROW_HEIGHT < clip->y ||
          label->y - HS_CENSUS_ROW_HEIGHT > clip->y + clip->height)
        continue;
      hs_theme_set_color (cr, label->is_quiet ? theme->quiet_text : theme->text);
      hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
    }
  cairo_restore (cr);
}

void
_hs_census_scene_draw_sample (cairo_t       *cr,
                              const HsRect  *rect,
                              const HsTheme *theme,
                              guint          which)
{
  HsRect bar = { rect->x, rect->y + (rect->height - HS_CENSUS_BAR_HEIGHT) / 2,
                 which == 0 ? rect->width : 0, HS_CENSUS_BAR_HEIGHT };

  draw_bar (cr, theme, HS_FAMILY_INSTANCE, &bar, which == 0 ? 0 : rect->width);
}
