/* hs-strings-draw.c - a scene of texts on a cairo_t
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-graph-draw-private.h"
#include "hs-strings-scene-private.h"

/* Device pixels per scene unit from which on something is worth drawing, as in
 * the graph.
 */
#define TEXT_SCALE        0.48
#define BARS_SCALE        0.22
#define CHIPS_SCALE       0.12
#define BAR_HEIGHT        6.
#define BUNDLE_WIDTH_STEP 0.3 /* for each doubling of what an arc stands for */
#define BUNDLE_WIDTH_MAX  1.5
#define HATCH_DISTANCE    4.  /* of the lines of what is estimated */
#define MARK_REACH        24. /* how far a mark reaches out of its item, at most */

typedef struct
{
  cairo_t       *cr;
  const HsTheme *theme;
  HsRect         clip;
  double         scale;
} Drawing;

static void
draw_text (Drawing             *drawing,
           const HsStringsText *placed)
{
  HsColor color = placed->ink == HS_STRINGS_INK_QUIET ? drawing->theme->quiet_text
                                                      : drawing->theme->text;

  if (drawing->scale >= TEXT_SCALE)
    {
      hs_theme_set_color (drawing->cr, color);
      hs_text_draw (placed->text, drawing->cr, placed->x,
                    hs_text_get_baseline (placed->text, placed->middle));
    }
  else if (drawing->scale >= BARS_SCALE)
    {
      hs_theme_set_color_alpha (drawing->cr, color, 0.3);
      cairo_rectangle (drawing->cr, placed->x, placed->middle - BAR_HEIGHT / 2,
                       placed->text->width, BAR_HEIGHT);
      cairo_fill (drawing->cr);
    }
}

static void
draw_texts (Drawing        *drawing,
            HsStringsScene *self,
            guint           first,
            guint           n)
{
  for (guint i = first; i < first + n; i++)
    draw_text (drawing, &self->placed[i]);
}

static void
draw_line (Drawing *drawing,
           double   x,
           double   y,
           double   width)
{
  hs_theme_set_color (drawing->cr, drawing->theme->line);
  cairo_rectangle (drawing->cr, x, y - 0.5, width, MAX (1, 0.75 / drawing->scale));
  cairo_fill (drawing->cr);
}

/* ---- Arcs ---- */

static void
add_head (cairo_t *cr,
          double   x,
          double   y)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - HS_STRINGS_HEAD_LENGTH, y - HS_STRINGS_HEAD_WIDTH / 2);
  cairo_line_to (cr, x - HS_STRINGS_HEAD_LENGTH * 0.72, y);
  cairo_line_to (cr, x - HS_STRINGS_HEAD_LENGTH, y + HS_STRINGS_HEAD_WIDTH / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
_hs_strings_draw_arc (cairo_t *cr,
                      double   x0,
                      double   y0,
                      double   x1,
                      double   y1,
                      double   width)
{
  double end = x1 - HS_STRINGS_HEAD_LENGTH * 0.7;
  double reach = (end - x0) * 0.55;

  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x0, y0);
  cairo_curve_to (cr, x0 + reach, y0, end - reach, y1, end, y1);
  cairo_stroke (cr);
  add_head (cr, x1, y1);
}

/* An arc that stands for many is heavier. */
static double
get_bundle_width (guint64 n_references)
{
  return MIN (BUNDLE_WIDTH_MAX, BUNDLE_WIDTH_STEP * log2 ((double)MAX (1, n_references)));
}

static void
draw_arcs (cairo_t        *cr,
           HsStringsScene *self,
           guint           index,
           double          width)
{
  const HsStringsBox *box = &self->boxes[index];

  for (guint i = box->first_chip; i < box->first_chip + box->n_chips; i++)
    {
      const HsStringsChip *chip = &self->chips[i];
      double               x = chip->rect.x + chip->rect.width;
      double               y = chip->rect.y + chip->rect.height / 2;

      if (chip->is_quiet)
        continue;
      _hs_strings_draw_arc (cr, x, y, box->rect.x, _hs_strings_box_get_middle (box),
                            width + get_bundle_width (chip->n_references));
      cairo_arc (cr, x, y, HS_STRINGS_PORT_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* ---- Boxes ---- */

void
_hs_strings_draw_frame (cairo_t       *cr,
                        const HsRect  *rect,
                        gboolean       is_shared,
                        const HsTheme *theme)
{
  double width = is_shared ? theme->shared_width : theme->border_width;
  HsRect line = { rect->x + width / 2, rect->y + width / 2, rect->width - width,
                  rect->height - width };

  _hs_draw_add_rounded (cr, rect, HS_STRINGS_RADIUS);
  hs_theme_set_color (cr, theme->tint[HS_FAMILY_TEXT]);
  cairo_fill (cr);
  _hs_draw_add_rounded (cr, &line, HS_STRINGS_RADIUS - width / 2);
  hs_theme_set_color (cr, is_shared ? theme->shared : theme->border);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_box (Drawing        *drawing,
          HsStringsScene *self,
          guint           index)
{
  const HsStringsBox *box = &self->boxes[index];
  cairo_t            *cr = drawing->cr;

  _hs_strings_draw_frame (cr, &box->rect, box->is_shared, drawing->theme);
  if (drawing->scale < BARS_SCALE)
    return;
  hs_theme_set_color (cr, drawing->theme->hue[HS_FAMILY_TEXT]);
  _hs_strings_sign_draw (cr, self->page->copies[index].sign,
                         box->rect.x + HS_STRINGS_COPY_INSET,
                         _hs_strings_box_get_middle (box) - HS_STRINGS_SIGN_SIZE / 2);
}

static void
draw_chip (Drawing             *drawing,
           const HsStringsChip *chip)
{
  cairo_t *cr = drawing->cr;
  HsRect   line = { chip->rect.x + 0.5, chip->rect.y + 0.5, chip->rect.width - 1,
                    chip->rect.height - 1 };

  if (chip->is_quiet)
    return;
  _hs_draw_add_rounded (cr, &line, HS_STRINGS_LABEL_HEIGHT / 2 - 4);
  hs_theme_set_color (cr, drawing->theme->box);
  cairo_fill_preserve (cr);
  hs_theme_set_color (cr, drawing->theme->border);
  cairo_set_line_width (cr, drawing->theme->border_width);
  cairo_stroke (cr);
}

/* Two outlines behind a box: there are many of it. */
static void
draw_more (Drawing             *drawing,
           const HsStringsBand *band,
           guint64              n_uses)
{
  cairo_t *cr = drawing->cr;
  double   middle = band->more.y + band->more.height / 2;

  for (int i = 2; i >= 0; i--)
    {
      HsRect rect = band->more;

      rect.x += HS_STRINGS_STACK * i;
      rect.y += HS_STRINGS_STACK * i;
      _hs_strings_draw_frame (cr, &rect, FALSE, drawing->theme);
    }
  if (band->more_x <= 0)
    return;
  hs_theme_set_color (cr, drawing->theme->arrow);
  _hs_strings_draw_arc (cr, band->more_x, middle, band->more.x, middle,
                        drawing->theme->arrow_width + get_bundle_width (n_uses));
}

void
_hs_strings_draw_bar (cairo_t       *cr,
                      const HsRect  *rect,
                      double         kept,
                      const HsTheme *theme)
{
  double right = rect->x + rect->width;

  hs_theme_set_color (cr, theme->hue[HS_FAMILY_TEXT]);
  cairo_rectangle (cr, rect->x, rect->y, MAX (kept, 1), rect->height);
  cairo_fill (cr);
  if (right - rect->x - kept < 1)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, rect->x + kept, rect->y, rect->width - kept, rect->height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1.25);
  for (double x = rect->x + kept - rect->height; x < right; x += HATCH_DISTANCE)
    {
      cairo_move_to (cr, x, rect->y + rect->height);
      cairo_line_to (cr, x + rect->height, rect->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
  cairo_rectangle (cr, rect->x + kept + 0.5, rect->y + 0.5, MAX (rect->width - kept - 1, 0),
                   rect->height - 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_value (Drawing        *drawing,
            HsStringsScene *self,
            guint           index)
{
  const HsStringsRow  *row = &self->page->rows[index];
  const HsStringsBand *band = &self->bands[index];

  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    {
      const HsStringsBox *box = &self->boxes[i];

      if (drawing->scale >= CHIPS_SCALE)
        {
          for (guint k = box->first_chip; k < box->first_chip + box->n_chips; k++)
            draw_chip (drawing, &self->chips[k]);
          hs_theme_set_color (drawing->cr, box->is_shared ? drawing->theme->shared
                                                          : drawing->theme->arrow);
          draw_arcs (drawing->cr, self, i,
                     drawing->theme->arrow_width + (box->is_shared ? 0.25 : 0));
        }
      draw_box (drawing, self, i);
    }
  if (band->more.width > 0)
    draw_more (drawing, band, row->n_uses_left_out);
  if (band->bar.width > 0)
    _hs_strings_draw_bar (drawing->cr, &band->bar, band->bar_kept, drawing->theme);
}

/* Points down: there is more. */
static void
draw_chevron (Drawing *drawing,
              double   x,
              double   y)
{
  cairo_t *cr = drawing->cr;

  cairo_move_to (cr, x - 3.5, y - 1.75);
  cairo_line_to (cr, x, y + 1.75);
  cairo_line_to (cr, x + 3.5, y - 1.75);
  cairo_set_line_width (cr, 1.5);
  hs_theme_set_color (cr, drawing->theme->quiet_text);
  cairo_stroke (cr);
}

static void
draw_band (Drawing        *drawing,
           HsStringsScene *self,
           guint           index)
{
  const HsStringsBand *band = &self->bands[index];

  if (index > 0)
    draw_line (drawing, HS_STRINGS_MARGIN, band->y, self->parent.width - 2 * HS_STRINGS_MARGIN);
  if (band->kind == HS_STRINGS_BAND_VALUE)
    draw_value (drawing, self, index);
  else if (band->item != HS_NO_ITEM)
    draw_chevron (drawing, HS_STRINGS_MARGIN + 8,
                  band->y + HS_STRINGS_END_HEIGHT / 2);
  draw_texts (drawing, self, band->first_text, band->n_texts);
}

static void
draw_head (Drawing        *drawing,
           HsStringsScene *self)
{
  if (drawing->clip.y > self->head_y + MARK_REACH)
    return;
  draw_texts (drawing, self, 0, self->n_head_texts);
  draw_line (drawing, HS_STRINGS_MARGIN, self->head_y,
             self->parent.width - 2 * HS_STRINGS_MARGIN);
}

void
_hs_strings_scene_draw (HsScene       *scene,
                        cairo_t       *cr,
                        const HsRect  *clip,
                        double         scale,
                        const HsTheme *theme)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  Drawing         drawing = { cr, theme, *clip, scale };

  cairo_save (cr);
  _hs_draw_prepare (cr);
  draw_head (&drawing, self);
  for (guint i = _hs_strings_scene_find_band (self, clip->y - MARK_REACH);
       i < self->n_bands && self->bands[i].y < clip->y + clip->height + MARK_REACH; i++)
    draw_band (&drawing, self, i);
  cairo_restore (cr);
}

void
_hs_strings_scene_draw_between (HsScene       *scene,
                                cairo_t       *cr,
                                const HsRect  *clip,
                                double         scale,
                                const HsTheme *theme)
{
  Drawing drawing = { cr, theme, *clip, scale };

  cairo_save (cr);
  _hs_draw_prepare (cr);
  draw_head (&drawing, (HsStringsScene *)scene);
  cairo_restore (cr);
}

/* Objects move with the row in which they stand. */
void
_hs_strings_scene_draw_item (HsScene       *scene,
                             cairo_t       *cr,
                             guint          item,
                             double         scale,
                             const HsTheme *theme)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  Drawing         drawing = { cr, theme, { 0, 0, scene->width, scene->height }, scale };

  if (self->items[item].is_box)
    return;

  cairo_save (cr);
  _hs_draw_prepare (cr);
  draw_band (&drawing, self, self->items[item].index);
  cairo_restore (cr);
}

/* ---- Marks ---- */

void
_hs_strings_scene_draw_mark (HsScene       *scene,
                             cairo_t       *cr,
                             guint          item,
                             HsMark         mark,
                             double         scale,
                             const HsTheme *theme)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  gboolean        is_box = self->items[item].is_box;
  double          width = MAX (theme->mark_width, 1.5 / scale);
  HsRect          rect;

  cairo_save (cr);
  _hs_draw_prepare (cr);
  hs_scene_get_item_rect (scene, item, &rect);
  if (mark == HS_MARK_FOUND)
    hs_theme_set_color (cr, theme->found);
  else
    hs_theme_set_color_alpha (cr, theme->accent, mark == HS_MARK_HOVERED ? 0.5 : 1);
  if (is_box && mark == HS_MARK_SELECTED)
    draw_arcs (cr, self, self->items[item].index, MAX (theme->arrow_width + 1, 1.5 / scale));
  rect = (HsRect) { rect.x - width / 2, rect.y - width / 2, rect.width + width,
                    rect.height + width };
  _hs_draw_add_rounded (cr, &rect, HS_STRINGS_RADIUS + width / 2);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_restore (cr);
}
