/* hs-graph-arrow.c - arrows of a scene, and the marks that light them up
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-graph-draw-private.h"

#define BUNDLE_WIDTH_STEP 0.3 /* for each doubling of the arrows in a bundle */
#define BUNDLE_WIDTH_MAX  1.2
#define OVERLAP           0.5  /* of neighbouring strands, so that no gap shines through */
#define LANE_HEAD_SIZE    0.95 /* of the heads that tell the direction of a lane */
#define FRAME_DISTANCE    2.5  /* of a mark from its box */

double
_hs_strand_get_width (const HsLayoutStrand *strand,
                      double                arrow_width)
{
  return arrow_width + MIN (BUNDLE_WIDTH_MAX, BUNDLE_WIDTH_STEP * log2 (MAX (1, strand->n_edges)));
}

static gboolean
misses (const HsRect *clip,
        double        x0,
        double        y0,
        double        x1,
        double        y1)
{
  double margin = HS_MARGIN_OF_MARK;

  return clip != NULL &&
         (MAX (x0, x1) < clip->x - margin || MIN (x0, x1) > clip->x + clip->width + margin ||
          MAX (y0, y1) < clip->y - margin || MIN (y0, y1) > clip->y + clip->height + margin);
}

static void
add_head (cairo_t *cr,
          double   x,
          double   y,
          double   length,
          double   width)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - length, y - width / 2);
  cairo_line_to (cr, x - length * 0.72, y);
  cairo_line_to (cr, x - length, y + width / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
stroke_line (const HsStroke       *stroke,
             const HsLayoutStrand *strand)
{
  HsPoint from = strand->start;
  HsPoint to = strand->curve[0];

  if (from.x < to.x || from.x > to.x)
    {
      if (stroke->clip != NULL)
        {
          /* Lanes can be very long; what is outside is not worth a stroke. */
          double left = stroke->clip->x - HS_MARGIN_OF_MARK;
          double right = stroke->clip->x + stroke->clip->width + HS_MARGIN_OF_MARK;

          if (misses (stroke->clip, from.x, from.y, to.x, to.y))
            return;
          from.x = CLAMP (from.x, left, right);
          to.x = CLAMP (to.x, left, right);
        }
      cairo_move_to (stroke->cr, from.x + (from.x < to.x ? -OVERLAP : OVERLAP), from.y);
      cairo_line_to (stroke->cr, to.x + (from.x < to.x ? OVERLAP : -OVERLAP), to.y);
      cairo_stroke (stroke->cr);
    }
}

static void
stroke_strand (const HsStroke       *stroke,
               const HsLayoutStrand *strand)
{
  HsPoint p[4];
  double  lean;

  memcpy (p, strand->curve, sizeof p);
  cairo_set_line_width (stroke->cr, stroke->width);
  stroke_line (stroke, strand);

  if (strand->is_last && stroke->has_head)
    {
      /* The line ends inside the head, so that the tip stays sharp. */
      p[2].x -= HS_ARROW_LENGTH * 0.7;
      p[3].x -= HS_ARROW_LENGTH * 0.7;
    }
  lean = strand->is_back && (strand->is_first || strand->is_last) ? HS_MARGIN_OF_MARK : 0;
  if (!misses (stroke->clip, MIN (p[0].x, p[3].x) - lean, p[0].y, MAX (p[0].x, p[3].x) + lean,
               p[3].y))
    {
      cairo_move_to (stroke->cr, p[0].x, p[0].y);
      cairo_curve_to (stroke->cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
      cairo_stroke (stroke->cr);
    }

  if (!stroke->has_head || !strand->is_last)
    return;
  if (!misses (stroke->clip, strand->curve[3].x, strand->curve[3].y, strand->curve[3].x,
               strand->curve[3].y))
    add_head (stroke->cr, strand->curve[3].x, strand->curve[3].y, HS_ARROW_LENGTH,
              HS_ARROW_WIDTH + stroke->width / 2);
  /* A lane leads against the reading direction: it says so. */
  if (strand->is_back)
    {
      double middle = (strand->start.x + strand->curve[0].x) / 2;

      if (!misses (stroke->clip, middle, strand->start.y, middle, strand->start.y))
        add_head (stroke->cr, middle, strand->start.y, -HS_ARROW_LENGTH * LANE_HEAD_SIZE,
                  HS_ARROW_WIDTH * LANE_HEAD_SIZE);
    }
}

void
_hs_stroke_strand (const HsStroke       *stroke,
                   const HsLayoutStrand *strand)
{
  static const double dashes[] = { 3, 3 };

  /* The way between the ends of a stub is not drawn: it fades out. */
  if (strand->is_stub || stroke->is_ghost)
    cairo_set_dash (stroke->cr, dashes, G_N_ELEMENTS (dashes), 0);
  stroke_strand (stroke, strand);
  if (strand->is_stub || stroke->is_ghost)
    cairo_set_dash (stroke->cr, NULL, 0, 0);
}

static void
stroke_edge (HsGraphScene   *self,
             const HsStroke *stroke,
             guint           edge)
{
  const HsLayout *layout = self->layout;

  for (guint i = layout->edge_first[edge]; i < layout->edge_first[edge + 1]; i++)
    _hs_stroke_strand (stroke, &layout->strands[layout->edge_strands[i]]);
}

void
_hs_graph_scene_draw_highlight (HsGraphScene  *self,
                                cairo_t       *cr,
                                const HsRect  *clip,
                                const HsTheme *theme)
{
  HsStroke stroke = { .cr = cr, .clip = clip, .width = theme->mark_width, .has_head = TRUE };

  hs_theme_set_color (cr, theme->accent);
  for (guint i = 0; i < self->n_edges; i++)
    if (self->rows[self->edges[i].row].is_highlighted)
      stroke_edge (self, &stroke, i);
}

static void
add_frame (cairo_t          *cr,
           const HsSceneBox *box,
           double            distance)
{
  HsRect rect = box->rect;

  rect.x -= distance;
  rect.y -= distance;
  rect.width += 2 * distance;
  rect.height += 2 * distance;
  _hs_draw_add_rounded (cr, &rect, HS_BOX_RADIUS + distance);
}

static void
draw_port_mark (HsGraphScene *self,
                cairo_t      *cr,
                guint         edge)
{
  const HsSceneEdge *scene_edge = &self->edges[edge];
  const HsRect      *rect = &self->boxes[scene_edge->from].rect;

  cairo_arc (cr, rect->x + rect->width,
             self->rows[scene_edge->row].y + HS_ROW_HEIGHT / 2. + HS_LINE_MIDDLE,
             HS_PORT_RADIUS + 0.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_selection (HsGraphScene  *self,
                cairo_t       *cr,
                guint          box,
                double         scale,
                const HsTheme *theme)
{
  HsStroke stroke = { cr, NULL, theme->arrow_width + 1, TRUE };

  /* Visible from afar too. */
  stroke.width = MAX (stroke.width, 1.5 / scale);
  hs_theme_set_color (cr, theme->accent);
  for (guint i = self->out_first[box]; i < self->out_first[box + 1]; i++)
    {
      stroke_edge (self, &stroke, i);
      draw_port_mark (self, cr, i);
    }
  for (guint i = self->in_first[box]; i < self->in_first[box + 1]; i++)
    {
      stroke_edge (self, &stroke, self->in_edges[i]);
      draw_port_mark (self, cr, self->in_edges[i]);
    }

  /* What it refers to and what refers to it, with a thin frame. */
  cairo_set_line_width (cr, MAX (1.5, 1 / scale));
  for (guint i = self->out_first[box]; i < self->out_first[box + 1]; i++)
    {
      add_frame (cr, &self->boxes[self->edges[i].to], 0);
      cairo_stroke (cr);
    }
  for (guint i = self->in_first[box]; i < self->in_first[box + 1]; i++)
    {
      add_frame (cr, &self->boxes[self->edges[self->in_edges[i]].from], 0);
      cairo_stroke (cr);
    }
}

void
_hs_graph_scene_draw_mark (HsScene       *scene,
                           cairo_t       *cr,
                           guint          box,
                           HsMark         mark,
                           double         scale,
                           const HsTheme *theme)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  cairo_save (cr);
  _hs_draw_prepare (cr);
  switch (mark)
    {
    case HS_MARK_SELECTED:
      draw_selection (self, cr, box, scale, theme);
      hs_theme_set_color (cr, theme->accent);
      cairo_set_line_width (cr, MAX (theme->mark_width, 2 / scale));
      break;

    case HS_MARK_HOVERED:
      hs_theme_set_color_alpha (cr, theme->accent, 0.5);
      cairo_set_line_width (cr, MAX (theme->mark_width, 1.5 / scale));
      break;

    case HS_MARK_FOUND:
      hs_theme_set_color (cr, theme->found);
      cairo_set_line_width (cr, MAX (theme->mark_width + 1, 3 / scale));
      break;
    }
  add_frame (cr, &self->boxes[box], FRAME_DISTANCE);
  cairo_stroke (cr);
  cairo_restore (cr);
}
