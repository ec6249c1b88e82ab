/* hs-compare-draw.c - draws a comparison
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"
#include "hs-theme-private.h"

#define STEP       4. /* of hatching */
#define STEP_MIN   3. /* device pixels: closer lines would run into each other */
#define CURVE      1.75
#define CURVES_FEW 8 /* of more the bands would hide each other */
#define DOT        2.
#define LABEL_SIDE 24. /* above and below the middle of a line, at most */
#define REACH      24. /* of a shape beyond its rectangle, at most */

static HsColor
get_color (const HsTheme *theme,
           guint          variant)
{
  return theme->variant[variant % HS_N_VARIANT_COLORS];
}

static void
fill (cairo_t      *cr,
      const HsRect *rect)
{
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
}

static void
stroke_line (cairo_t *cr,
             double   x1,
             double   y1,
             double   x2,
             double   y2,
             double   width)
{
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_badge (cairo_t      *cr,
            const HsRect *rect)
{
  double radius = MIN (rect->height / 4, 6);
  double right = rect->x + rect->width - radius;
  double bottom = rect->y + rect->height - radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right, rect->y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right, bottom, radius, 0, G_PI / 2);
  cairo_arc (cr, rect->x + radius, bottom, radius, G_PI / 2, G_PI);
  cairo_arc (cr, rect->x + radius, rect->y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_hatched (cairo_t       *cr,
              const HsRect  *rect,
              double         scale,
              const HsTheme *theme)
{
  hs_theme_set_color_alpha (cr, theme->quiet_text, STEP * scale < STEP_MIN ? 0.4 : 0.12);
  fill (cr, rect);
  hs_theme_set_color (cr, theme->quiet_text);
  for (double d = STEP; STEP * scale >= STEP_MIN && d < rect->width + rect->height; d += STEP)
    {
      double left = MAX (d - rect->height, 0);
      double right = MIN (d, rect->width);

      cairo_move_to (cr, rect->x + left, rect->y + d - left);
      cairo_line_to (cr, rect->x + right, rect->y + d - right);
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Its outline, but for the side at the axis. */
static void
draw_hollow (cairo_t      *cr,
             const HsRect *rect)
{
  static const double dashes[] = { 3, 2 };

  cairo_set_dash (cr, dashes, 2, 0);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, rect->x, rect->y + 0.5);
  cairo_line_to (cr, rect->x + MAX (rect->width - 0.5, 0), rect->y + 0.5);
  cairo_line_to (cr, rect->x + MAX (rect->width - 0.5, 0), rect->y + rect->height - 0.5);
  cairo_line_to (cr, rect->x, rect->y + rect->height - 0.5);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* A line of which nothing is lost if it is short: at least a pixel of a bar is seen. */
static HsRect
get_seen (const HsRect *rect)
{
  HsRect seen = *rect;

  if (seen.width > 0)
    seen.width = MAX (seen.width, 1);

  return seen;
}

static void
draw_bar (cairo_t              *cr,
          const HsCompareShape *shape,
          double                scale,
          const HsTheme        *theme)
{
  HsRect rect = get_seen (&shape->rect);

  hs_theme_set_color (cr, get_color (theme, shape->variant));
  if (shape->kind == HS_COMPARE_BAR_FULL)
    fill (cr, &rect);
  else if (shape->kind == HS_COMPARE_BAR_NOISE)
    draw_hatched (cr, &rect, scale, theme);
  else if (shape->kind == HS_COMPARE_BAR_HOLLOW)
    draw_hollow (cr, &rect);
  else
    {
      hs_theme_set_color_alpha (cr, get_color (theme, shape->variant), 0.25);
      fill (cr, &rect);
    }
}

static void
draw_range (cairo_t      *cr,
            const HsRect *rect,
            gboolean      is_cut,
            HsColor       color)
{
  double right = rect->x + rect->width;

  hs_theme_set_color (cr, color);
  stroke_line (cr, rect->x, rect->y, right, rect->y, 1);
  stroke_line (cr, rect->x, rect->y - 4, rect->x, rect->y + 4, 1);
  if (is_cut)
    {
      cairo_move_to (cr, right - 5, rect->y - 4);
      cairo_line_to (cr, right, rect->y);
      cairo_line_to (cr, right - 5, rect->y + 4);
      cairo_stroke (cr);
    }
  else
    stroke_line (cr, right, rect->y - 4, right, rect->y + 4, 1);
}

/* A line on a ground of its own, so that it is seen on a bar and on dots. */
static void
draw_median (cairo_t       *cr,
             const HsRect  *rect,
             HsColor        color,
             const HsTheme *theme)
{
  double half = HS_COMPARE_BAR / 2 + 2;

  hs_theme_set_color (cr, theme->background);
  stroke_line (cr, rect->x, rect->y - half, rect->x, rect->y + half, 4.5);
  hs_theme_set_color (cr, color);
  stroke_line (cr, rect->x, rect->y - half, rect->x, rect->y + half, 2.5);
}

static void
draw_upright (cairo_t      *cr,
              const HsRect *rect,
              double        on,
              double        off)
{
  double dashes[] = { on, off };

  cairo_set_dash (cr, dashes, 2, 0);
  stroke_line (cr, rect->x, rect->y, rect->x, rect->y + rect->height, 1.25);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Dotted where it could be taken for a curve. */
static void
draw_leader (cairo_t      *cr,
             const HsRect *rect,
             HsColor       color)
{
  static const double dots[] = { 1, 4 };

  hs_theme_set_color_alpha (cr, color, 0.6);
  cairo_set_dash (cr, dots, rect->height < 0.5 && rect->height > -0.5 ? 2 : 0, 0);
  stroke_line (cr, rect->x, rect->y, rect->x + rect->width, rect->y + rect->height, 0.75);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* As in the view of layouts: what a byte is for. */
static void
draw_cell (cairo_t       *cr,
           const HsRect  *rect,
           HsCell         cell,
           double         scale,
           const HsTheme *theme)
{
  static const HsFamily hues[HS_N_CELLS] = {
    [HS_CELL_HEADER] = HS_FAMILY_OTHER,
    [HS_CELL_POINTER] = HS_FAMILY_CONTAINER,
    [HS_CELL_COUNT] = HS_FAMILY_NUMBER,
    [HS_CELL_DATA] = HS_FAMILY_TEXT,
    [HS_CELL_UNUSED] = HS_FAMILY_OTHER,
    [HS_CELL_PADDING] = HS_FAMILY_OTHER,
    [HS_CELL_UNKNOWN] = HS_FAMILY_BUFFER,
  };

  if (cell == HS_CELL_UNUSED || cell == HS_CELL_PADDING)
    {
      draw_hatched (cr, rect, scale, theme);
      return;
    }
  hs_theme_set_color_alpha (cr, theme->hue[hues[cell]], cell == HS_CELL_HEADER ? 0.35 : 0.7);
  fill (cr, rect);
}

static void
draw_shape (cairo_t              *cr,
            const HsCompareShape *shape,
            double                scale,
            const HsTheme        *theme)
{
  const HsRect *rect = &shape->rect;
  HsColor       color = get_color (theme, shape->variant);

  switch (shape->kind)
    {
    case HS_COMPARE_RULE:
      hs_theme_set_color (cr, theme->line);
      fill (cr, rect);
      break;

    case HS_COMPARE_AXIS:
      hs_theme_set_color (cr, theme->border);
      fill (cr, rect);
      break;

    case HS_COMPARE_LEADER:
      draw_leader (cr, rect, color);
      break;

    case HS_COMPARE_BADGE_BOX:
      hs_theme_set_color (cr, color);
      draw_badge (cr, rect);
      break;

    case HS_COMPARE_VERDICT_AT:
      _hs_compare_draw_verdict (cr, (HsVerdict)shape->what, rect->x, rect->y, theme);
      break;

    case HS_COMPARE_BAR_FULL:
    case HS_COMPARE_BAR_PALE:
    case HS_COMPARE_BAR_NOISE:
    case HS_COMPARE_BAR_HOLLOW:
      draw_bar (cr, shape, scale, theme);
      break;

    case HS_COMPARE_RANGE:
    case HS_COMPARE_RANGE_CUT:
      draw_range (cr, rect, shape->kind == HS_COMPARE_RANGE_CUT, color);
      break;

    case HS_COMPARE_DOT:
      hs_theme_set_color_alpha (cr, color, 0.45);
      cairo_arc (cr, rect->x, rect->y, DOT, 0, 2 * G_PI);
      cairo_fill (cr);
      break;

    case HS_COMPARE_MEDIAN:
      draw_median (cr, rect, color, theme);
      break;

    case HS_COMPARE_BASE:
      hs_theme_set_color (cr, get_color (theme, 0));
      draw_upright (cr, rect, 2, 3);
      break;

    case HS_COMPARE_POINT:
      hs_variant_draw_sign (cr, shape->variant, rect->x, rect->y, HS_COMPARE_SIGN, theme);
      break;

    case HS_COMPARE_BREAK:
      hs_theme_set_color (cr, color);
      draw_upright (cr, rect, 5, 3);
      break;

    case HS_COMPARE_CELL:
      draw_cell (cr, rect, (HsCell)shape->what, scale, theme);
      break;

    case HS_COMPARE_BLOCK:
      hs_theme_set_color (cr, theme->shared);
      cairo_set_line_width (cr, 1);
      cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, MAX (rect->width - 1, 0),
                       rect->height - 1);
      cairo_stroke (cr);
      break;

    default:
      break;
    }
}

/* From the least to the most in steps. */
static void
draw_band (cairo_t              *cr,
           const HsComparePoint *points,
           guint                 n,
           HsColor               color,
           double                alpha)
{
  cairo_new_path (cr);
  for (guint i = 0; i + 1 < n; i++)
    {
      cairo_line_to (cr, points[i].x, points[i].high);
      cairo_line_to (cr, points[i + 1].x, points[i].high);
    }
  for (guint i = n - 1; i-- > 0;)
    {
      cairo_line_to (cr, points[i + 1].x, points[i].low);
      cairo_line_to (cr, points[i].x, points[i].low);
    }
  cairo_close_path (cr);
  hs_theme_set_color_alpha (cr, color, alpha);
  cairo_fill (cr);
}

static void
draw_curve (cairo_t              *cr,
            const HsCompareScene *self,
            const HsCompareCurve *curve,
            const HsTheme        *theme)
{
  const HsComparePoint *points = &g_array_index (self->points, HsComparePoint, curve->first);

  if (curve->is_band)
    draw_band (cr, points, curve->n, get_color (theme, curve->variant),
               self->curves->len > CURVES_FEW ? 0.1 : 0.3);
  hs_variant_set_line (cr, curve->variant, CURVE, theme);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  for (guint i = 0; i + (curve->is_band ? 1 : 0) < curve->n; i++)
    {
      cairo_line_to (cr, points[i].x, points[i].high);
      if (curve->is_band)
        cairo_line_to (cr, points[i + 1].x, points[i].high);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static gboolean
is_seen (const HsRect *rect,
         const HsRect *clip)
{
  double top = MIN (rect->y, rect->y + rect->height) - REACH;
  double bottom = MAX (rect->y, rect->y + rect->height) + REACH;
  double left = MIN (rect->x, rect->x + rect->width) - REACH;
  double right = MAX (rect->x, rect->x + rect->width) + REACH;

  return top <= clip->y + clip->height && bottom >= clip->y && left <= clip->x + clip->width &&
         right >= clip->x;
}

static void
draw_labels (cairo_t              *cr,
             const HsCompareScene *self,
             const HsRect         *clip,
             const HsTheme        *theme)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCompareLabel *label = &g_array_index (self->labels, HsCompareLabel, i);

      if (label->y + LABEL_SIDE < clip->y || label->y - LABEL_SIDE > clip->y + clip->height)
        continue;
      hs_theme_set_color (cr, label->ink == HS_COMPARE_INK_BADGE   ? theme->variant_text
                              : label->ink == HS_COMPARE_INK_QUIET ? theme->quiet_text
                                                                   : theme->text);
      hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
    }
}

void
_hs_compare_draw (HsScene       *scene,
                  cairo_t       *cr,
                  const HsRect  *clip,
                  double         scale,
                  const HsTheme *theme)
{
  HsCompareScene *self = (HsCompareScene *)scene;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  /* Signs stand on curves, curves on levels. */
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const HsCompareShape *shape = &g_array_index (self->shapes, HsCompareShape, i);

      if (shape->kind != HS_COMPARE_POINT && is_seen (&shape->rect, clip))
        draw_shape (cr, shape, scale, theme);
    }
  for (guint i = 0; i < self->curves->len; i++)
    draw_curve (cr, self, &g_array_index (self->curves, HsCompareCurve, i), theme);
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const HsCompareShape *shape = &g_array_index (self->shapes, HsCompareShape, i);

      if (shape->kind == HS_COMPARE_POINT && is_seen (&shape->rect, clip))
        draw_shape (cr, shape, scale, theme);
    }
  draw_labels (cr, self, clip, theme);
  cairo_restore (cr);
}

/* ---- Legend ---- */

static void
draw_bar_sample (cairo_t       *cr,
                 const HsRect  *rect,
                 const HsTheme *theme,
                 guint          which)
{
  HsCompareShape shape = { (HsCompareShapeKind)which, 1, 0, *rect };

  cairo_save (cr);
  shape.rect.y += (rect->height - HS_COMPARE_BAR) / 2;
  shape.rect.height = HS_COMPARE_BAR;
  draw_bar (cr, &shape, 1, theme);
  cairo_restore (cr);
}

static void
draw_rounds_sample (cairo_t       *cr,
                    const HsRect  *rect,
                    const HsTheme *theme,
                    guint          which)
{
  static const double dots[] = { 0.2, 0.3, 0.5, 0.55, 0.8 };
  double              y = rect->y + rect->height / 2;
  HsRect              range = { rect->x + 2, y, rect->width - 4, 0 };
  HsRect              median = { rect->x + rect->width / 2, y, 0, 0 };

  cairo_save (cr);
  draw_range (cr, &range, which == HS_COMPARE_RANGE_CUT, get_color (theme, 1));
  if (which == HS_COMPARE_RANGE_CUT)
    {
      cairo_restore (cr);
      return;
    }
  hs_theme_set_color_alpha (cr, get_color (theme, 1), 0.45);
  for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
    {
      cairo_arc (cr, rect->x + rect->width * dots[i], y, DOT, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  draw_median (cr, &median, get_color (theme, 1), theme);
  cairo_restore (cr);
}

static void
draw_upright_sample (cairo_t       *cr,
                     const HsRect  *rect,
                     const HsTheme *theme,
                     guint          which)
{
  HsRect line = { rect->x + rect->width / 2, rect->y, 0, rect->height };

  cairo_save (cr);
  hs_theme_set_color (cr, get_color (theme, which == HS_COMPARE_BASE ? 0 : 1));
  draw_upright (cr, &line, which == HS_COMPARE_BASE ? 2 : 5, 3);
  cairo_restore (cr);
}

static void
draw_point_sample (cairo_t       *cr,
                   const HsRect  *rect,
                   const HsTheme *theme,
                   guint          which)
{
  for (guint i = 0; i < 3; i++)
    hs_variant_draw_sign (cr, i, rect->x + rect->width * (i + 0.5) / 3, rect->y + rect->height / 2,
                          HS_COMPARE_SIGN, theme);
}

static void
draw_cell_sample (cairo_t       *cr,
                  const HsRect  *rect,
                  const HsTheme *theme,
                  guint          which)
{
  HsRect part = { rect->x, rect->y + 2, rect->width, rect->height - 4 };

  cairo_save (cr);
  draw_cell (cr, &part, (HsCell)(which >> 8), 1, theme);
  cairo_restore (cr);
}

static gboolean
has_shape (HsCompareScene *self,
           guint           which)
{
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const HsCompareShape *shape = &g_array_index (self->shapes, HsCompareShape, i);

      if (shape->kind == (HsCompareShapeKind)(which & 0xff) && shape->what == which >> 8)
        return TRUE;
    }

  return FALSE;
}

#define CELL(cell) (HS_COMPARE_CELL | (cell) << 8)

/* clang-format off */
static const HsLegendEntry all_entries[] = {
  { draw_bar_sample, HS_COMPARE_BAR_FULL, N_("needs more or less than the baseline") },
  { draw_bar_sample, HS_COMPARE_BAR_NOISE, N_("differs within noise") },
  { draw_bar_sample, HS_COMPARE_BAR_HOLLOW, N_("failed or not the same: nothing is claimed") },
  { draw_rounds_sample, HS_COMPARE_RANGE, N_("least, median and most; a dot for each round") },
  { draw_rounds_sample, HS_COMPARE_RANGE_CUT, N_("goes on: the most would hide the others") },
  { draw_upright_sample, HS_COMPARE_BASE, N_("what the baseline needs") },
  { draw_point_sample, HS_COMPARE_POINT, N_("peak or measured point; each variant has its sign") },
  { draw_upright_sample, HS_COMPARE_BREAK, N_("a variant meets the baseline") },
  { draw_cell_sample, CELL (HS_CELL_HEADER), N_("what every object has") },
  { draw_cell_sample, CELL (HS_CELL_POINTER), N_("pointers") },
  { draw_cell_sample, CELL (HS_CELL_COUNT), N_("lengths and flags") },
  { draw_cell_sample, CELL (HS_CELL_DATA), N_("data") },
  { draw_cell_sample, CELL (HS_CELL_UNUSED), N_("asked for, but not used") },
  { draw_cell_sample, CELL (HS_CELL_PADDING), N_("not asked for: the rest of the size class") },
  { draw_cell_sample, CELL (HS_CELL_UNKNOWN), N_("not described") },
};
/* clang-format on */

void
_hs_compare_init_legend (HsCompareScene *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_entries); i++)
    if (has_shape (self, all_entries[i].which))
      {
        HsLegendEntry entry = all_entries[i];

        entry.text = _(entry.text);
        g_array_append_val (self->legend, entry);
      }
}

const HsLegendEntry *
_hs_compare_get_legend (HsScene *scene,
                        guint   *n_entries)
{
  HsCompareScene *self = (HsCompareScene *)scene;

  *n_entries = self->legend->len;

  return (const HsLegendEntry *)(void *)self->legend->data;
}
