/* hs-treemap-draw.c - draws tiles within tiles
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-scene-private.h"
#include "hs-theme-private.h"
#include "hs-treemap-scene-private.h"

/* Device pixels per scene unit from which on text is read. */
#define TEXT_SCALE 0.48

/* Strokes from lower left to upper right: several objects. */
static void
draw_hatching (cairo_t      *cr,
               const HsRect *rect,
               HsColor       color)
{
  cairo_save (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (cr);
  hs_theme_set_color_alpha (cr, color, 0.25);
  cairo_set_line_width (cr, 1);
  for (double x = rect->x - rect->height; x < rect->x + rect->width; x += 8)
    {
      cairo_move_to (cr, x, rect->y + rect->height);
      cairo_line_to (cr, x + rect->height, rect->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_area (cairo_t             *cr,
           const HsTheme       *theme,
           const HsRect        *rect,
           const HsTreemapTile *tile,
           guint                level)
{
  gboolean is_rest = tile->kind == HS_TILE_REST;

  hs_theme_set_color (cr, is_rest ? theme->background
                          : tile->kind == HS_TILE_SELF || level % 2 == 1
                            ? theme->box
                            : theme->tint[tile->family]);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
  if (tile->kind == HS_TILE_GROUP || is_rest)
    draw_hatching (cr, rect, is_rest ? theme->quiet_text : theme->hue[tile->family]);
  if (rect->width < 2 || rect->height < 2)
    return;

  hs_theme_set_color (cr, is_rest ? theme->border : theme->hue[tile->family]);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1);
  cairo_stroke (cr);
}

static void
draw_words (cairo_t            *cr,
            const HsTheme      *theme,
            const HsTreemapBox *box)
{
  double x = box->rect.x + HS_TREEMAP_PADDING;
  double y = box->rect.y + HS_TREEMAP_TITLE / 2 + 1;

  if (box->title == NULL)
    return;
  if (box->has_sign)
    {
      hs_theme_set_color (cr, theme->hue[box->tile.family]);
      _hs_sign_draw (cr, box->tile.family, x, y - HS_SIGN_SIZE / 2.);
      x += HS_SIGN_SIZE + HS_TREEMAP_PADDING;
    }
  hs_theme_set_color (cr, theme->text);
  hs_text_draw (box->title, cr, x, hs_text_get_baseline (box->title, y));
  if (box->bytes == NULL)
    return;

  hs_theme_set_color (cr, theme->quiet_text);
  if (box->is_below)
    y += HS_TREEMAP_TITLE - 4;
  else
    x = box->rect.x + box->rect.width - HS_TREEMAP_PADDING - box->bytes->width;
  hs_text_draw (box->bytes, cr, box->is_below ? box->rect.x + HS_TREEMAP_PADDING : x,
                hs_text_get_baseline (box->bytes, y));
}

static gboolean
meets (const HsRect *rect,
       const HsRect *clip)
{
  return rect->x < clip->x + clip->width && rect->x + rect->width > clip->x &&
         rect->y < clip->y + clip->height && rect->y + rect->height > clip->y;
}

void
_hs_treemap_scene_draw (HsScene       *scene,
                        cairo_t       *cr,
                        const HsRect  *clip,
                        double         scale,
                        const HsTheme *theme)
{
  HsTreemapScene *self = (HsTreemapScene *)scene;

  cairo_save (cr);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const HsTreemapBox *box = &g_array_index (self->boxes, HsTreemapBox, i);

      if (!meets (&box->rect, clip))
        continue;
      draw_area (cr, theme, &box->rect, &box->tile, box->level);
      if (scale >= TEXT_SCALE)
        draw_words (cr, theme, box);
    }
  for (guint i = 0; i < self->steps->len; i++)
    {
      const HsTreemapStep *step = &g_array_index (self->steps, HsTreemapStep, i);

      hs_theme_set_color (cr, i + 1 < self->steps->len ? theme->accent : theme->text);
      hs_text_draw (step->text, cr, step->rect.x,
                    hs_text_get_baseline (step->text, step->rect.y + step->rect.height / 2));
    }
  hs_theme_set_color (cr, theme->quiet_text);
  hs_text_draw (self->sum, cr, self->map.x + self->map.width - self->sum->width,
                hs_text_get_baseline (self->sum, self->map.y - 8 - HS_TREEMAP_TITLE / 2));
  cairo_restore (cr);
}

void
_hs_treemap_scene_draw_sample (cairo_t       *cr,
                               const HsRect  *rect,
                               const HsTheme *theme,
                               guint          which)
{
  HsTreemapTile tile = { .kind = which == HS_N_FAMILIES ? HS_TILE_GROUP : HS_TILE_OBJECT,
                         .family = which == HS_N_FAMILIES ? HS_FAMILY_INSTANCE : (HsFamily)which };

  draw_area (cr, theme, rect, &tile, 0);
  if (which == HS_N_FAMILIES)
    return;
  hs_theme_set_color (cr, theme->hue[which]);
  _hs_sign_draw (cr, (HsFamily)which, rect->x + (rect->width - HS_SIGN_SIZE) / 2,
                 rect->y + (rect->height - HS_SIGN_SIZE) / 2);
}
