/* hs-graph-draw.c - boxes of a scene on a cairo_t
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-graph-draw-private.h"

/* Device pixels per scene unit from which on something is worth drawing. Text
 * of 13.5 units is read down to about 6.5 pixels.
 */
#define TEXT_SCALE   0.48
#define BARS_SCALE   0.22
#define ARROWS_SCALE 0.05

#define BAR_HEIGHT 6.

typedef enum
{
  DETAIL_BOXES,
  DETAIL_BARS,
  DETAIL_TEXT,
} Detail;

typedef struct
{
  cairo_t       *cr;
  const HsTheme *theme;
  HsRect         clip;
  double         scale;
  Detail         detail;
} Drawing;

void
_hs_draw_add_rounded (cairo_t      *cr,
                      const HsRect *rect,
                      double        radius)
{
  double x = rect->x;
  double y = rect->y;
  double right = x + rect->width;
  double bottom = y + rect->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static HsRect
inset (const HsRect *rect,
       double        distance)
{
  return (HsRect) { rect->x + distance, rect->y + distance, rect->width - 2 * distance,
                    rect->height - 2 * distance };
}

static void
show (Drawing      *drawing,
      const HsText *text,
      double        x,
      double        middle,
      HsColor       color)
{
  if (drawing->detail == DETAIL_TEXT)
    {
      hs_theme_set_color (drawing->cr, color);
      hs_text_draw (text, drawing->cr, x, hs_text_get_baseline (text, middle));
    }
  else
    {
      hs_theme_set_color_alpha (drawing->cr, color, 0.3);
      cairo_rectangle (drawing->cr, x, middle - BAR_HEIGHT / 2, text->width, BAR_HEIGHT);
      cairo_fill (drawing->cr);
    }
}

/* Text from @right to the left. */
static void
show_right (Drawing      *drawing,
            const HsText *text,
            double        right,
            double        middle,
            HsColor       color)
{
  show (drawing, text, right - text->width, middle, color);
}

/* The top of the frame as far down as @height; square below unless the frame
 * ends there.
 */
static void
add_title_path (cairo_t          *cr,
                const HsSceneBox *box,
                double            height)
{
  const HsRect *rect = &box->rect;
  double        right = rect->x + rect->width;
  double        bottom = rect->y + height;
  double        radius = HS_BOX_RADIUS;

  if (height >= rect->height)
    {
      _hs_draw_add_rounded (cr, rect, radius);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, rect->y + radius, radius, -G_PI_2, 0);
  cairo_line_to (cr, right, bottom);
  cairo_line_to (cr, rect->x, bottom);
  cairo_arc (cr, rect->x + radius, rect->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
set_border (Drawing          *drawing,
            const HsSceneBox *box)
{
  static const double dashes[] = { 5, 3 };
  static const double dots[] = { 2, 3 };
  const HsTheme      *theme = drawing->theme;

  cairo_set_line_width (drawing->cr, box->is_shared ? theme->shared_width : theme->border_width);
  hs_theme_set_color (drawing->cr, box->is_scope ? theme->accent : box->is_shared ? theme->shared
                                                                                  : theme->border);
  if (box->is_ghost)
    hs_theme_set_color (drawing->cr, theme->arrow);
  if (box->is_ghost)
    cairo_set_dash (drawing->cr, dots, G_N_ELEMENTS (dots), 0);
  else if (box->is_boundary)
    cairo_set_dash (drawing->cr, dashes, G_N_ELEMENTS (dashes), 0);
  else
    cairo_set_dash (drawing->cr, NULL, 0, 0);
}

/* Two more outlines behind: there are many of it. */
static void
draw_stack (Drawing          *drawing,
            const HsSceneBox *box)
{
  for (int i = 2; i > 0; i--)
    {
      HsRect behind = box->rect;

      behind.x += HS_STACK_OFFSET * i;
      behind.y += HS_STACK_OFFSET * i;
      behind = inset (&behind, drawing->theme->border_width / 2);
      _hs_draw_add_rounded (drawing->cr, &behind, HS_BOX_RADIUS);
      hs_theme_set_color (drawing->cr, drawing->theme->tint[box->family]);
      cairo_fill_preserve (drawing->cr);
      set_border (drawing, box);
      cairo_stroke (drawing->cr);
    }
}

static void
draw_frame (Drawing          *drawing,
            const HsSceneBox *box)
{
  cairo_t       *cr = drawing->cr;
  const HsTheme *theme = drawing->theme;
  HsRect         line =
    inset (&box->rect, (box->is_shared ? theme->shared_width : theme->border_width) / 2);

  if (box->is_group)
    draw_stack (drawing, box);

  _hs_draw_add_rounded (cr, &box->rect, HS_BOX_RADIUS);
  hs_theme_set_color (cr, theme->box);
  cairo_fill (cr);

  add_title_path (cr, box, HS_TITLE_HEIGHT);
  if (!box->is_ghost)
    {
      hs_theme_set_color (cr, box->is_scope ? theme->accent : theme->tint[box->family]);
      cairo_fill (cr);
    }
  cairo_new_path (cr);

  if (box->n_rows > 0)
    {
      hs_theme_set_color (cr, theme->line);
      cairo_rectangle (cr, box->rect.x, box->rect.y + box->header_height - 1, box->rect.width, 1);
      cairo_fill (cr);
    }

  _hs_draw_add_rounded (cr, &line, HS_BOX_RADIUS - theme->border_width / 2);
  set_border (drawing, box);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (box->is_highlighted)
    {
      _hs_draw_add_rounded (cr, &box->rect, HS_BOX_RADIUS);
      hs_theme_set_color (cr, theme->accent);
      cairo_set_line_width (cr, theme->mark_width);
      cairo_stroke (cr);
    }
}

/* Points right where it can be opened, down where it can be folded. */
static void
draw_chevron (Drawing *drawing,
              double   x,
              double   y,
              gboolean points_down,
              HsColor  color)
{
  cairo_t *cr = drawing->cr;
  double   size = 3.5;

  if (points_down)
    {
      cairo_move_to (cr, x - size, y - size / 2);
      cairo_line_to (cr, x, y + size / 2);
      cairo_line_to (cr, x + size, y - size / 2);
    }
  else
    {
      cairo_move_to (cr, x - size / 2, y - size);
      cairo_line_to (cr, x + size / 2, y);
      cairo_line_to (cr, x - size / 2, y + size);
    }
  cairo_set_line_width (cr, 1.5);
  hs_theme_set_color (cr, color);
  cairo_stroke (cr);
}

/* Left edge @x, centred on @middle. */
static void
draw_sign (Drawing     *drawing,
           HsGraphMarks mark,
           double       x,
           double       middle,
           HsColor      color)
{
  if (drawing->detail != DETAIL_TEXT)
    return;

  hs_theme_set_color (drawing->cr, color);
  hs_mark_draw (drawing->cr, mark, x, middle - HS_MARK_SIGN_SIZE / 2.);
}

/* The value, and right of it marks and references. */
static void
draw_second_line (Drawing          *drawing,
                  const HsSceneBox *box,
                  double            middle)
{
  const HsTheme *theme = drawing->theme;
  double         left = box->rect.x + HS_BOX_PADDING;
  double         right = box->rect.x + box->rect.width - HS_BOX_PADDING;
  double         x;

  if (box->preview != NULL)
    show (drawing, box->preview, left, middle, theme->text);
  if (box->note == NULL)
    return;

  x = box->preview != NULL ? right - box->note->width : left;
  for (guint mark = 1; box->preview == NULL && mark <= box->marks; mark *= 2)
    if (box->marks & mark)
      x += HS_MARK_SPACE;
  show (drawing, box->note, x, middle, theme->quiet_text);
  /* In the order of their words: the last one first, as they are placed from the right. */
  for (guint mark = 1u << (HS_GRAPH_N_MARKS - 1); mark > 0; mark /= 2)
    if (box->marks & mark)
      {
        x -= HS_MARK_SPACE;
        draw_sign (drawing, (HsGraphMarks)mark, x, middle, theme->quiet_text);
      }
}

static void
draw_header (Drawing          *drawing,
             const HsSceneBox *box)
{
  const HsTheme *theme = drawing->theme;
  double         left = box->rect.x + HS_BOX_PADDING;
  double         right = box->rect.x + box->rect.width - HS_BOX_PADDING;
  double         middle = box->rect.y + HS_TITLE_HEIGHT / 2.;
  HsColor        color = box->is_scope ? theme->accent_text : box->is_ghost ? theme->quiet_text
                                                                            : theme->text;

  hs_theme_set_color (drawing->cr, box->is_scope ? theme->accent_text : theme->hue[box->family]);
  _hs_sign_draw (drawing->cr, box->family, left, middle - HS_SIGN_SIZE / 2.);
  show (drawing, box->title, left + HS_SIGN_SIZE + HS_BOX_PADDING / 2., middle, color);
  if (box->can_fold)
    {
      draw_chevron (drawing, right - 4, middle, !box->is_folded, theme->quiet_text);
      right -= HS_FOLD_WIDTH - HS_BOX_PADDING / 2.;
    }
  if (box->bytes != NULL)
    show_right (drawing, box->bytes, right, middle, color);
  if (box->is_static && box->bytes != NULL)
    draw_sign (drawing, HS_GRAPH_MARK_STATIC, right - box->bytes->width - HS_MARK_SPACE, middle,
               theme->quiet_text);

  middle += HS_TITLE_HEIGHT / 2. + HS_LINE_HEIGHT / 2. - 1.5;
  draw_second_line (drawing, box, middle);
  if (box->preview != NULL || box->note != NULL)
    middle += HS_LINE_HEIGHT / 2. + HS_COMMENT_HEIGHT / 2. - 1.5;
  if (box->comment != NULL)
    {
      if (box->has_room)
        draw_sign (drawing, HS_GRAPH_MARK_OVERALLOCATED, left, middle, theme->quiet_text);
      show (drawing, box->comment, left + (box->has_room ? HS_MARK_SPACE : 0), middle,
            theme->quiet_text);
    }
}

void
_hs_draw_area (cairo_t       *cr,
               const HsRect  *rect,
               const HsTheme *theme,
               HsFamily       family)
{
  hs_theme_set_color (cr, theme->hue[family]);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
}

static void
draw_row (Drawing          *drawing,
          const HsSceneBox *box,
          const HsSceneRow *row)
{
  const HsTheme *theme = drawing->theme;
  double         right = box->rect.x + box->rect.width;
  double         middle = row->y + HS_ROW_HEIGHT / 2.;

  if (row->is_highlighted)
    {
      hs_theme_set_color_alpha (drawing->cr, theme->accent, 0.15);
      cairo_rectangle (drawing->cr, box->rect.x, row->y, box->rect.width, HS_ROW_HEIGHT);
      cairo_fill (drawing->cr);
    }
  if (row->label != NULL)
    show (drawing, row->label, box->rect.x + HS_BOX_PADDING, middle,
          row->is_more || row->is_quiet ? theme->quiet_text : theme->text);
  if (row->value != NULL)
    show_right (drawing, row->value, right - HS_BOX_PADDING, middle, theme->text);
  if (row->is_more && drawing->detail == DETAIL_TEXT)
    draw_chevron (drawing, right - HS_BOX_PADDING - 4, middle, TRUE, theme->quiet_text);
}

/* A dot where an arrow leaves; a ring where it would lead out of the picture. */
static void
draw_port (Drawing          *drawing,
           const HsSceneBox *box,
           const HsSceneRow *row)
{
  cairo_t *cr = drawing->cr;

  if (row->edge == HS_GRAPH_NONE && !row->is_cut)
    return;

  cairo_arc (cr, box->rect.x + box->rect.width, row->y + HS_ROW_HEIGHT / 2. + HS_LINE_MIDDLE,
             HS_PORT_RADIUS, 0, 2 * G_PI);
  if (row->is_cut)
    {
      hs_theme_set_color (cr, drawing->theme->box);
      cairo_fill_preserve (cr);
      hs_theme_set_color (cr, drawing->theme->arrow);
      cairo_set_line_width (cr, drawing->theme->arrow_width);
      cairo_stroke (cr);
    }
  else
    {
      hs_theme_set_color (cr, drawing->theme->arrow);
      cairo_fill (cr);
    }
}

/* From afar: the title's hue over the box, its width at least a pixel. */
static void
draw_box_from_afar (Drawing          *drawing,
                    const HsSceneBox *box)
{
  cairo_t       *cr = drawing->cr;
  const HsTheme *theme = drawing->theme;
  double         pixel = 1 / drawing->scale;

  hs_theme_set_color (cr, box->is_shared ? theme->shared : theme->border);
  cairo_rectangle (cr, box->rect.x, box->rect.y, MAX (box->rect.width, pixel),
                   MAX (box->rect.height, pixel));
  cairo_fill (cr);
  if (box->rect.width > 4 * pixel && box->rect.height > 4 * pixel)
    {
      hs_theme_set_color (cr, theme->box);
      cairo_rectangle (cr, box->rect.x + pixel, box->rect.y + pixel, box->rect.width - 2 * pixel,
                       box->rect.height - 2 * pixel);
      cairo_fill (cr);
    }
  hs_theme_set_color (cr, box->is_scope ? theme->accent : theme->hue[box->family]);
  cairo_rectangle (cr, box->rect.x, box->rect.y, MAX (box->rect.width, pixel),
                   MAX (MIN (box->rect.height, HS_TITLE_HEIGHT / 2.), pixel));
  cairo_fill (cr);
}

static gboolean
meets (const HsRect *rect,
       const HsRect *clip,
       double        margin)
{
  return rect->x < clip->x + clip->width + margin && rect->x + rect->width > clip->x - margin &&
         rect->y < clip->y + clip->height + margin && rect->y + rect->height > clip->y - margin;
}

static void
draw_box (HsGraphScene *self,
          guint         i,
          gpointer      user_data)
{
  Drawing          *drawing = user_data;
  const HsSceneBox *box = &self->boxes[i];

  if (!meets (&box->rect, &drawing->clip, HS_MARGIN_OF_MARK))
    return;
  if (drawing->detail == DETAIL_BOXES)
    {
      draw_box_from_afar (drawing, box);
      return;
    }

  draw_frame (drawing, box);
  draw_header (drawing, box);
  if (box->area.width > 0)
    {
      HsRect area = { box->rect.x + box->area.x, box->rect.y + box->area.y, box->area.width,
                      box->area.height };

      _hs_draw_area (drawing->cr, &area, drawing->theme, box->family);
    }
  for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
    {
      const HsSceneRow *scene_row = &self->rows[row];

      if (scene_row->y > drawing->clip.y + drawing->clip.height + HS_ROW_HEIGHT ||
          scene_row->y + 2 * HS_ROW_HEIGHT < drawing->clip.y)
        continue;
      draw_row (drawing, box, scene_row);
      draw_port (drawing, box, scene_row);
    }
}

static void
draw_strand (HsGraphScene *self,
             guint         i,
             gpointer      user_data)
{
  Drawing              *drawing = user_data;
  const HsLayoutStrand *strand = &self->layout->strands[i];
  HsStroke              stroke = {
                 .cr = drawing->cr,
                 .clip = &drawing->clip,
                 .width = _hs_strand_get_width (strand, drawing->theme->arrow_width),
                 .has_head = drawing->detail != DETAIL_BOXES,
                 .is_ghost = !self->is_solid[i] && drawing->detail != DETAIL_BOXES,
  };

  /* From afar a line is as thin as a line can be. */
  if (drawing->detail == DETAIL_BOXES)
    stroke.width = MIN (1 / drawing->scale, 3 * stroke.width);
  _hs_stroke_strand (&stroke, strand);
}

void
_hs_draw_prepare (cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  /* As the texts were shaped. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
}

static Detail
get_detail (double scale)
{
  return scale < BARS_SCALE ? DETAIL_BOXES : scale < TEXT_SCALE ? DETAIL_BARS
                                                                : DETAIL_TEXT;
}

void
_hs_graph_scene_draw_between (HsScene       *scene,
                              cairo_t       *cr,
                              const HsRect  *clip,
                              double         scale,
                              const HsTheme *theme)
{
  HsGraphScene *self = (HsGraphScene *)scene;
  Drawing       drawing = { cr, theme, *clip, scale, get_detail (scale) };

  if (scale < ARROWS_SCALE)
    return;

  cairo_save (cr);
  _hs_draw_prepare (cr);
  hs_theme_set_color (cr, theme->arrow);
  _hs_graph_scene_visit (self, &self->strand_grid, self->layout->n_strands, clip, draw_strand,
                         &drawing);
  _hs_graph_scene_draw_highlight (self, cr, clip, theme);
  cairo_restore (cr);
}

void
_hs_graph_scene_draw_item (HsScene       *scene,
                           cairo_t       *cr,
                           guint          box,
                           double         scale,
                           const HsTheme *theme)
{
  HsGraphScene *self = (HsGraphScene *)scene;
  Drawing       drawing = { cr, theme, self->boxes[box].rect, scale, get_detail (scale) };

  cairo_save (cr);
  _hs_draw_prepare (cr);
  draw_box (self, box, &drawing);
  cairo_restore (cr);
}

void
_hs_graph_scene_draw (HsScene       *scene,
                      cairo_t       *cr,
                      const HsRect  *clip,
                      double         scale,
                      const HsTheme *theme)
{
  HsGraphScene *self = (HsGraphScene *)scene;
  Drawing       drawing = { cr, theme, *clip, scale, get_detail (scale) };

  _hs_graph_scene_draw_between (scene, cr, clip, scale, theme);
  cairo_save (cr);
  _hs_draw_prepare (cr);
  _hs_graph_scene_visit (self, &self->box_grid, self->n_boxes, clip, draw_box, &drawing);
  cairo_restore (cr);
}
