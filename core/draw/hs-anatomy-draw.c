/* hs-anatomy-draw.c - bytes on a cairo_t
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-anatomy-scene-private.h"

/* Device pixels per scene unit from which on something is worth drawing. */
#define TEXT_SCALE 0.48
#define SIGN_SCALE 0.35

#define BAR_HEIGHT     6.
#define CORNER         6. /* of the lines of arrows */
#define FRAME_DISTANCE 1.5
#define FOLD_SIZE      5. /* of the teeth where bytes are left out */

typedef struct
{
  HsAnatomyScene *scene;
  cairo_t        *cr;
  const HsTheme  *theme;
  const HsRect   *clip;
  double          scale;
} Drawing;

/* The hue of each kind of bytes is that of a family. */
static const HsFamily families[HS_N_CELLS + 1] = {
  [HS_CELL_HEADER] = HS_FAMILY_OTHER,
  [HS_CELL_POINTER] = HS_FAMILY_CONTAINER,
  [HS_CELL_COUNT] = HS_FAMILY_TEXT,
  [HS_CELL_DATA] = HS_FAMILY_NUMBER,
  [HS_CELL_UNUSED] = HS_FAMILY_OTHER,
  [HS_CELL_PADDING] = HS_FAMILY_OTHER,
  [HS_CELL_UNKNOWN] = HS_FAMILY_OTHER,
  [HS_N_CELLS] = HS_FAMILY_NUMBER,
};

static gboolean
meets (const Drawing *drawing,
       const HsRect  *rect)
{
  double margin = HS_MARGIN_OF_MARK;

  return drawing->clip == NULL ||
         (rect->x < drawing->clip->x + drawing->clip->width + margin &&
          rect->x + rect->width > drawing->clip->x - margin &&
          rect->y < drawing->clip->y + drawing->clip->height + margin &&
          rect->y + rect->height > drawing->clip->y - margin);
}

/* ---- Bytes ---- */

static void
hatch (cairo_t      *cr,
       const HsRect *rect,
       double        distance)
{
  cairo_save (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (cr);
  /* The same lines wherever the rectangle begins, so that neighbours fit. */
  for (double at = floor ((rect->x - rect->height) / distance) * distance;
       at < rect->x + rect->width + rect->height; at += distance)
    {
      double shift = fmod (rect->y, distance);

      cairo_move_to (cr, at - shift, rect->y + rect->height);
      cairo_line_to (cr, at - shift + rect->height, rect->y);
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* What tells the kinds apart without colour. */
static void
draw_sign (cairo_t      *cr,
           const HsRect *rect,
           HsCell        cell,
           HsAim         aim)
{
  double x = rect->x + rect->width / 2;
  double y = rect->y + rect->height / 2;

  cairo_set_line_width (cr, 1.25);
  switch (cell)
    {
    case HS_CELL_POINTER:
      cairo_arc (cr, x, y, 3, 0, 2 * G_PI);
      if (aim == HS_AIM_NULL)
        cairo_stroke (cr);
      else
        cairo_fill (cr);
      break;

    case HS_CELL_COUNT:
      for (int i = -1; i <= 1; i += 2)
        {
          cairo_move_to (cr, x - 3.5, y + 1.5 * i);
          cairo_line_to (cr, x + 3.5, y + 1.5 * i);
          cairo_move_to (cr, x + 1.5 * i + 0.5, y - 3.5);
          cairo_line_to (cr, x + 1.5 * i - 0.5, y + 3.5);
        }
      cairo_stroke (cr);
      break;

    case HS_CELL_DATA:
      for (double at = rect->x + HS_BYTE_WIDTH; at < rect->x + rect->width - 1;
           at += HS_BYTE_WIDTH)
        {
          cairo_move_to (cr, at, y - 3);
          cairo_line_to (cr, at, y + 3);
        }
      cairo_stroke (cr);
      break;

    case HS_CELL_HEADER:
    case HS_CELL_UNUSED:
    case HS_CELL_PADDING:
    case HS_CELL_UNKNOWN:
    case HS_N_CELLS:
      break;
    }
}

static void
draw_cell (cairo_t       *cr,
           const HsTheme *theme,
           const HsRect  *rect,
           HsCell         cell,
           HsAim          aim)
{
  static const double dashes[] = { 3, 3 };
  HsColor             hue = theme->hue[families[cell]];

  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  hs_theme_set_color (cr, cell == HS_CELL_UNUSED || cell == HS_CELL_UNKNOWN
                            ? theme->box
                            : theme->tint[families[cell]]);
  cairo_fill (cr);
  if (cell == HS_CELL_UNUSED || cell == HS_CELL_PADDING)
    {
      hs_theme_set_color_alpha (cr, hue, cell == HS_CELL_PADDING ? 0.7 : 0.4);
      hatch (cr, rect, cell == HS_CELL_PADDING ? 4 : 8);
    }
  hs_theme_set_color (cr, hue);
  draw_sign (cr, rect, cell, aim);
  if (cell == HS_CELL_UNKNOWN)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* A torn edge across: bytes are left out here. */
static void
draw_cut (Drawing       *drawing,
          const HsPiece *piece)
{
  cairo_t *cr = drawing->cr;
  double   middle = piece->rect.y + piece->rect.height / 2;

  hs_theme_set_color (cr, drawing->theme->quiet_text);
  cairo_set_line_width (cr, 1);
  for (int side = -1; side <= 1; side += 2)
    {
      gboolean is_high = FALSE;

      cairo_move_to (cr, piece->rect.x, middle + side * 4);
      for (double x = FOLD_SIZE; x <= piece->rect.width + 0.1; x += FOLD_SIZE)
        {
          is_high = !is_high;
          cairo_line_to (cr, piece->rect.x + x, middle + side * 4 - (is_high ? 3 : 0));
        }
      cairo_stroke (cr);
    }
}

/* Points down at what can be opened, up at what can be folded. */
static void
draw_chevron (Drawing *drawing,
              double   x,
              double   y,
              gboolean points_up)
{
  double direction = points_up ? -1 : 1;

  cairo_move_to (drawing->cr, x - 3.5, y - 1.75 * direction);
  cairo_line_to (drawing->cr, x, y + 1.75 * direction);
  cairo_line_to (drawing->cr, x + 3.5, y - 1.75 * direction);
  cairo_set_line_width (drawing->cr, 1.5);
  hs_theme_set_color (drawing->cr, drawing->theme->quiet_text);
  cairo_stroke (drawing->cr);
}

static void
draw_piece (Drawing       *drawing,
            const HsPiece *piece)
{
  const HsAnatomyField *field = hs_anatomy_get_field (drawing->scene->anatomy, piece->field);
  HsRect                rect = piece->rect;

  if (piece->is_cut)
    {
      const HsRect *block = &drawing->scene->blocks[piece->block].rect;

      draw_cut (drawing, piece);
      if (field->can_open)
        draw_chevron (drawing, block->x + HS_BOX_PADDING, rect.y + rect.height / 2, FALSE);
      return;
    }

  /* Rows of one field hang together. */
  if (piece->from == 0)
    {
      rect.y += HS_CELL_INSET;
      rect.height -= HS_CELL_INSET;
    }
  if (piece->from + piece->n == field->size || piece->from + piece->n == field->before)
    rect.height -= HS_CELL_INSET;
  draw_cell (drawing->cr, drawing->theme, &rect, field->cell, field->aim);
}

/* ---- The map ---- */

/* @pitch: of it and the gap behind it */
static void
draw_square (cairo_t       *cr,
             const HsTheme *theme,
             double         x,
             double         y,
             double         pitch,
             guint          cell)
{
  double  size = pitch - MAX (1, pitch / 8);
  double  middle = size / 2;
  HsColor hue = theme->hue[families[cell]];

  if (cell == HS_CELL_UNUSED || cell == HS_CELL_PADDING || cell == HS_CELL_UNKNOWN)
    {
      cairo_rectangle (cr, x + 0.5, y + 0.5, size - 1, size - 1);
      hs_theme_set_color_alpha (cr, hue, cell == HS_CELL_UNKNOWN ? 0.5 : 0.9);
      if (cell == HS_CELL_PADDING)
        {
          cairo_move_to (cr, x + 0.5, y + size - 0.5);
          cairo_line_to (cr, x + size - 0.5, y + 0.5);
        }
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      return;
    }

  hs_theme_set_color (cr, hue);
  if (cell == HS_N_CELLS)
    cairo_arc (cr, x + middle, y + middle, middle, 0, 2 * G_PI);
  else
    cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);
  hs_theme_set_color (cr, theme->box);
  if (cell == HS_CELL_POINTER)
    cairo_arc (cr, x + middle, y + middle, size / 5, 0, 2 * G_PI);
  else if (cell == HS_CELL_COUNT)
    cairo_rectangle (cr, x + size / 5, y + middle - size / 9, size * 3 / 5, size / 4.5);
  else if (cell == HS_CELL_HEADER)
    cairo_rectangle (cr, x + size / 3.5, y + size / 3.5, size - 2 * size / 3.5,
                     size - 2 * size / 3.5);
  cairo_fill (cr);
}

static void
draw_squares (Drawing *drawing)
{
  HsAnatomyScene *self = drawing->scene;

  for (guint i = 0; i < self->squares->len; i++)
    {
      const HsSquares *squares = &g_array_index (self->squares, HsSquares, i);
      HsRect           rect = { squares->x, squares->y, squares->n * self->square, self->square };

      if (!meets (drawing, &rect))
        continue;
      for (guint k = 0; k < squares->n; k++)
        {
          double x = squares->x + k * self->square;
          double part = k + 1 == squares->n ? squares->part : 1;

          cairo_save (drawing->cr);
          if (part < 1)
            {
              cairo_rectangle (drawing->cr, x, squares->y, MAX (1, part * self->square),
                               self->square);
              cairo_clip (drawing->cr);
            }
          draw_square (drawing->cr, drawing->theme, x, squares->y, self->square, squares->cell);
          cairo_restore (drawing->cr);
        }
    }
}

static void
draw_chips (Drawing *drawing)
{
  HsAnatomyScene     *self = drawing->scene;
  cairo_t            *cr = drawing->cr;
  static const double dashes[] = { 2, 2 };

  for (guint i = 0; i < self->chips->len; i++)
    {
      const HsChip *chip = &g_array_index (self->chips, HsChip, i);

      if (!meets (drawing, &chip->rect))
        continue;
      for (guint k = 0; k < chip->n_squares; k++)
        {
          hs_theme_set_color (cr, drawing->theme->hue[chip->family]);
          cairo_arc (cr, chip->rect.x + (k + 0.5) * HS_SQUARE + 2,
                     chip->rect.y + chip->rect.height / 2, (HS_SQUARE - 1) / 2., 0, 2 * G_PI);
          cairo_fill (cr);
        }
      if (!chip->is_static)
        continue;
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      hs_theme_set_color (cr, drawing->theme->border);
      cairo_set_line_width (cr, 1);
      cairo_rectangle (cr, chip->rect.x + 0.5, chip->rect.y + 0.5, chip->rect.width + 3,
                       chip->rect.height - 1);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
}

/* ---- Boxes ---- */

static void
draw_box (Drawing      *drawing,
          const HsRect *rect,
          double        title_height,
          HsFamily      family,
          gboolean      is_shared,
          gboolean      is_dashed)
{
  static const double dashes[] = { 5, 3 };
  cairo_t            *cr = drawing->cr;
  const HsTheme      *theme = drawing->theme;
  HsRect              frame = { rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1 };

  _hs_draw_add_rounded (cr, rect, HS_BOX_RADIUS);
  hs_theme_set_color (cr, theme->box);
  cairo_fill (cr);

  cairo_save (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, title_height);
  cairo_clip (cr);
  _hs_draw_add_rounded (cr, rect, HS_BOX_RADIUS);
  hs_theme_set_color (cr, theme->tint[family]);
  cairo_fill (cr);
  cairo_restore (cr);
  if (title_height < rect->height)
    {
      hs_theme_set_color (cr, theme->line);
      cairo_rectangle (cr, rect->x, rect->y + title_height - 1, rect->width, 1);
      cairo_fill (cr);
    }

  _hs_draw_add_rounded (cr, &frame, HS_BOX_RADIUS - 0.5);
  hs_theme_set_color (cr, is_shared ? theme->shared : theme->border);
  cairo_set_line_width (cr, is_shared ? theme->shared_width : theme->border_width);
  if (is_dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_cards (Drawing *drawing)
{
  HsAnatomyScene *self = drawing->scene;

  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    {
      const HsRect *card = &self->columns[c].card;
      HsFamily      family = hs_anatomy_get_column (self->anatomy, c)->family;

      if (!meets (drawing, card))
        continue;
      draw_box (drawing, card, HS_TITLE_HEIGHT, family, FALSE, FALSE);
      hs_theme_set_color (drawing->cr, drawing->theme->hue[family]);
      _hs_sign_draw (drawing->cr, family, card->x + HS_BOX_PADDING,
                     card->y + (HS_TITLE_HEIGHT - HS_SIGN_SIZE) / 2.);
    }
}

static void
draw_blocks (Drawing *drawing)
{
  HsAnatomyScene *self = drawing->scene;

  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);
      const HsPlacedBlock  *placed = &self->blocks[b];

      if (!meets (drawing, &placed->rect))
        continue;
      draw_box (drawing, &placed->rect, HS_BLOCK_TITLE,
                hs_heap_get_family (self->parent.heap, block->object), block->is_shared,
                block->is_static || block->is_external);
      if (block->is_opened)
        draw_chevron (drawing,
                      placed->rect.x + placed->rect.width - HS_BOX_PADDING -
                        HS_FOLD_WIDTH - placed->bytes_width,
                      placed->rect.y + HS_BLOCK_TITLE / 2., TRUE);
      for (guint i = placed->first_piece; i < placed->first_piece + placed->n_pieces; i++)
        if (meets (drawing, &g_array_index (self->pieces, HsPiece, i).rect))
          draw_piece (drawing, &g_array_index (self->pieces, HsPiece, i));
    }
}

/* ---- Arrows ---- */

/* From the last point back to the first, with round corners. */
static void
add_line (cairo_t              *cr,
          const HsAnatomyArrow *arrow,
          double                shorten)
{
  guint  n = arrow->n_points;
  double end = arrow->x[n - 1] + (arrow->x[n - 1] > arrow->x[n - 2] ? -shorten : shorten);

  cairo_move_to (cr, arrow->x[0], arrow->y[0]);
  for (guint i = 1; i + 1 < n; i++)
    {
      double before = hypot (arrow->x[i] - arrow->x[i - 1], arrow->y[i] - arrow->y[i - 1]);
      double after = hypot (arrow->x[i + 1] - arrow->x[i], arrow->y[i + 1] - arrow->y[i]);
      double radius = MIN (CORNER, MIN (before, after) / 2);

      if (before < 0.1 || after < 0.1)
        continue;
      cairo_line_to (cr, arrow->x[i] - (arrow->x[i] - arrow->x[i - 1]) / before * radius,
                     arrow->y[i] - (arrow->y[i] - arrow->y[i - 1]) / before * radius);
      cairo_curve_to (cr, arrow->x[i], arrow->y[i], arrow->x[i], arrow->y[i],
                      arrow->x[i] + (arrow->x[i + 1] - arrow->x[i]) / after * radius,
                      arrow->y[i] + (arrow->y[i + 1] - arrow->y[i]) / after * radius);
    }
  cairo_line_to (cr, end, arrow->y[n - 1]);
}

static void
draw_arrow (cairo_t              *cr,
            const HsAnatomyArrow *arrow,
            double                width)
{
  static const double dashes[] = { 4, 3 };
  guint               n = arrow->n_points;
  double              direction;

  if (n < 2)
    return;

  direction = arrow->x[n - 1] > arrow->x[n - 2] ? 1 : -1;
  add_line (cr, arrow, HS_ARROW_LENGTH * 0.7);
  cairo_set_line_width (cr, width);
  if (arrow->is_implied)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  cairo_move_to (cr, arrow->x[n - 1], arrow->y[n - 1]);
  cairo_line_to (cr, arrow->x[n - 1] - direction * HS_ARROW_LENGTH,
                 arrow->y[n - 1] - HS_ARROW_WIDTH / 2);
  cairo_line_to (cr, arrow->x[n - 1] - direction * HS_ARROW_LENGTH * 0.72, arrow->y[n - 1]);
  cairo_line_to (cr, arrow->x[n - 1] - direction * HS_ARROW_LENGTH,
                 arrow->y[n - 1] + HS_ARROW_WIDTH / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_arc (cr, arrow->x[0], arrow->y[0], HS_PORT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_arrows (Drawing *drawing)
{
  HsAnatomyScene *self = drawing->scene;

  hs_theme_set_color (drawing->cr, drawing->theme->arrow);
  for (guint i = 0; i < self->arrows->len; i++)
    draw_arrow (drawing->cr, &g_array_index (self->arrows, HsAnatomyArrow, i),
                drawing->theme->arrow_width);
}

/* ---- Texts ---- */

static void
draw_texts (Drawing *drawing)
{
  HsAnatomyScene *self = drawing->scene;
  const HsTheme  *theme = drawing->theme;

  for (guint i = 0; i < self->placed->len; i++)
    {
      const HsPlacedText *placed = &g_array_index (self->placed, HsPlacedText, i);
      HsRect              rect = { .x = placed->x, .width = placed->text->width };
      HsColor             color = placed->ink == HS_INK_QUIET ? theme->quiet_text : theme->text;

      rect.y = placed->middle - HS_WORD_HEIGHT / 2.;
      rect.height = HS_WORD_HEIGHT;
      if (!meets (drawing, &rect))
        continue;
      if (drawing->scale >= TEXT_SCALE)
        {
          hs_theme_set_color (drawing->cr, color);
          hs_text_draw (placed->text, drawing->cr, placed->x,
                        hs_text_get_baseline (placed->text, placed->middle));
          continue;
        }
      hs_theme_set_color_alpha (drawing->cr, color, 0.3);
      cairo_rectangle (drawing->cr, placed->x, placed->middle - BAR_HEIGHT / 2, placed->text->width,
                       BAR_HEIGHT);
      cairo_fill (drawing->cr);
    }
}

void
_hs_anatomy_scene_draw (HsScene       *scene,
                        cairo_t       *cr,
                        const HsRect  *clip,
                        double         scale,
                        const HsTheme *theme)
{
  Drawing drawing = { (HsAnatomyScene *)scene, cr, theme, clip, scale };

  cairo_save (cr);
  _hs_draw_prepare (cr);
  draw_cards (&drawing);
  draw_blocks (&drawing);
  draw_squares (&drawing);
  draw_arrows (&drawing);
  draw_chips (&drawing);
  draw_texts (&drawing);
  cairo_restore (cr);
}

/* ---- Marks ---- */

static void
light_up_arrows (HsAnatomyScene *self,
                 cairo_t        *cr,
                 guint           item,
                 const HsTheme  *theme)
{
  guint n_blocks = hs_anatomy_get_n_blocks (self->anatomy);

  hs_theme_set_color (cr, theme->accent);
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);

      if (item < n_blocks ? arrow->block == item : arrow->field == item - n_blocks)
        draw_arrow (cr, arrow, theme->arrow_width + 1);
    }
}

void
_hs_anatomy_scene_draw_mark (HsScene       *scene,
                             cairo_t       *cr,
                             guint          item,
                             HsMark         mark,
                             double         scale,
                             const HsTheme *theme)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  double          width = MAX (theme->mark_width, 2 / scale);
  HsRect          rect;

  hs_scene_get_item_rect (scene, item, &rect);
  cairo_save (cr);
  _hs_draw_prepare (cr);
  if (mark == HS_MARK_SELECTED)
    light_up_arrows (self, cr, item, theme);
  if (mark == HS_MARK_FOUND)
    hs_theme_set_color (cr, theme->found);
  else
    hs_theme_set_color_alpha (cr, theme->accent, mark == HS_MARK_HOVERED ? 0.5 : 1);
  cairo_set_line_width (cr, mark == HS_MARK_FOUND ? width + 1 : width);
  rect.x -= FRAME_DISTANCE;
  rect.y -= FRAME_DISTANCE;
  rect.width += 2 * FRAME_DISTANCE;
  rect.height += 2 * FRAME_DISTANCE;
  _hs_draw_add_rounded (cr, &rect, MIN (HS_BOX_RADIUS, MIN (rect.width, rect.height) / 3));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* ---- Legend ---- */

void
_hs_anatomy_draw_sample (cairo_t       *cr,
                         const HsRect  *rect,
                         const HsTheme *theme,
                         guint          which)
{
  HsAnatomyArrow arrow = { .n_points = 2, .is_implied = TRUE };

  cairo_save (cr);
  if (which < HS_N_CELLS)
    draw_cell (cr, theme, rect, (HsCell)which, HS_AIM_OBJECT);
  else if (which == HS_N_CELLS)
    for (guint i = 0; i < 4; i++)
      draw_square (cr, theme, rect->x + i * HS_SQUARE, rect->y + rect->height / 2 - HS_SQUARE / 2.,
                   HS_SQUARE, HS_N_CELLS);
  else if (which == HS_N_CELLS + 1)
    {
      cairo_rectangle (cr, rect->x + 1, rect->y + 1, rect->width - 2, rect->height - 2);
      hs_theme_set_color (cr, theme->shared);
      cairo_set_line_width (cr, theme->shared_width);
      cairo_stroke (cr);
    }
  else
    {
      arrow.x[0] = rect->x + HS_PORT_RADIUS;
      arrow.x[1] = rect->x + rect->width;
      arrow.y[0] = arrow.y[1] = rect->y + rect->height / 2;
      hs_theme_set_color (cr, theme->arrow);
      draw_arrow (cr, &arrow, theme->arrow_width);
    }
  cairo_restore (cr);
}
