/* hs-pages-draw.c - draws the pages of mappings
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-pages-scene-private.h"

/* Where a picture may be magnified later, cells have more pixels than they show. */
#define VECTOR_PIXELS 3

/* Edges of an image, pixels; what is larger is not seen as a whole anyway. */
#define IMAGE_MAX 8192

/* Scene units: lines round larger cells are thick. */
#define THIN_MAX 8

/* The map */

/* Which cells lie in @clip. FALSE if none. */
static gboolean
find_visible (const HsPagesPart *part,
              const HsRect      *clip,
              guint32           *first_column,
              guint32           *first_row,
              guint32           *columns,
              guint32           *rows)
{
  guint32 n_rows = (part->cells.n_cells + part->n_columns - 1) / part->n_columns;
  double  left = floor ((clip->x - part->frame.x) / part->cell);
  double  top = floor ((clip->y - part->frame.y) / part->cell);
  double  right = ceil ((clip->x + clip->width - part->frame.x) / part->cell);
  double  bottom = ceil ((clip->y + clip->height - part->frame.y) / part->cell);

  left = CLAMP (left, 0, part->n_columns);
  right = CLAMP (right, 0, part->n_columns);
  top = CLAMP (top, 0, n_rows);
  bottom = CLAMP (bottom, 0, n_rows);
  if (right <= left || bottom <= top)
    return FALSE;

  *first_column = (guint32)left;
  *first_row = (guint32)top;
  *columns = (guint32)(right - left);
  *rows = (guint32)(bottom - top);

  return TRUE;
}

static void
paint_image (cairo_t         *cr,
             cairo_surface_t *image,
             double           x,
             double           y,
             double           pixel,
             cairo_filter_t   filter)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, pixel, pixel);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

static void
draw_cells (cairo_t           *cr,
            const HsPagesPart *part,
            const HsRect      *clip,
            double             scale,
            const HsTheme     *theme)
{
  double   pixels = part->cell * scale;
  gboolean is_image = cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;
  guint32  first_column;
  guint32  first_row;
  guint32  columns;
  guint32  rows;

  if (part->cells.n_cells == 0 ||
      !find_visible (part, clip, &first_column, &first_row, &columns, &rows))
    return;
  if (pixels < 1)
    {
      guint32 merged = (guint32)ceil (MIN (1 / MAX (pixels, 1e-6), part->n_columns));

      paint_image (cr,
                   _hs_pages_create_small_image (&part->cells, part->n_columns, merged, theme),
                   part->frame.x, part->frame.y, part->cell * merged, CAIRO_FILTER_BILINEAR);
      return;
    }

  if (!is_image)
    pixels *= VECTOR_PIXELS;
  while (pixels >= 2 && (columns * pixels > IMAGE_MAX || rows * pixels > IMAGE_MAX))
    pixels /= 2;
  paint_image (cr,
               _hs_pages_create_image (&part->cells, part->n_columns, first_column, first_row,
                                       columns, rows, pixels, theme),
               part->frame.x + _hs_pages_get_edge (first_column, pixels) * part->cell / pixels,
               part->frame.y + _hs_pages_get_edge (first_row, pixels) * part->cell / pixels,
               part->cell / pixels, CAIRO_FILTER_NEAREST);
}

/* What changed */

static guint8
get_change (const HsPagesPart *part,
            gint64             column,
            gint64             row)
{
  guint64 cell = (guint64)row * part->n_columns + (guint64)column;

  if (column < 0 || row < 0 || column >= part->n_columns || cell >= part->cells.n_cells)
    return 0;

  return part->changed[cell];
}

/* Whether the line of @mark runs between two neighbours. */
static gboolean
is_edge (guint8 mark,
         guint8 one,
         guint8 other)
{
  return one != other && (one == mark || other == mark);
}

/* Above the cells of @row, as long as they go. */
static void
add_horizontal (cairo_t           *cr,
                const HsPagesPart *part,
                guint8             mark,
                gint64             row)
{
  for (gint64 column = 0; column < part->n_columns; column++)
    {
      gint64 end = column;

      while (end < part->n_columns &&
             is_edge (mark, get_change (part, end, row - 1), get_change (part, end, row)))
        end++;
      if (end == column)
        continue;
      cairo_move_to (cr, part->frame.x + part->cell * (double)column,
                     part->frame.y + part->cell * (double)row);
      cairo_line_to (cr, part->frame.x + part->cell * (double)end,
                     part->frame.y + part->cell * (double)row);
      column = end;
    }
}

static void
add_vertical (cairo_t           *cr,
              const HsPagesPart *part,
              guint8             mark,
              gint64             column,
              gint64             n_rows)
{
  for (gint64 row = 0; row < n_rows; row++)
    {
      gint64 end = row;

      while (end < n_rows &&
             is_edge (mark, get_change (part, column - 1, end), get_change (part, column, end)))
        end++;
      if (end == row)
        continue;
      cairo_move_to (cr, part->frame.x + part->cell * (double)column,
                     part->frame.y + part->cell * (double)row);
      cairo_line_to (cr, part->frame.x + part->cell * (double)column,
                     part->frame.y + part->cell * (double)end);
      row = end;
    }
}

void
_hs_pages_set_change_line (cairo_t       *cr,
                           const HsTheme *theme,
                           HsPageChange   change,
                           double         width)
{
  static const double dashes[] = { 4, 3 };
  static const double dots[] = { 1, 3 };

  cairo_set_line_width (cr, width);
  cairo_set_dash (cr, NULL, 0, 0);
  hs_theme_set_color (cr, theme->text);
  if (change == HS_PAGE_CHANGE_READ_AHEAD)
    cairo_set_dash (cr, dashes, 2, 0);
  else if (change == HS_PAGE_CHANGE_WRITTEN)
    hs_theme_set_color (cr, theme->found);
  else if (change == HS_PAGE_CHANGE_GONE)
    cairo_set_dash (cr, dots, 2, 0);
}

static void
draw_changes (cairo_t           *cr,
              const HsPagesPart *part,
              const HsTheme     *theme)
{
  /* What was written lies over what was mapped. */
  static const HsPageChange order[] = { HS_PAGE_CHANGE_GONE, HS_PAGE_CHANGE_READ_AHEAD,
                                        HS_PAGE_CHANGE_MAPPED, HS_PAGE_CHANGE_WRITTEN };
  gint64                    n_rows =
    (part->cells.n_cells + part->n_columns - 1) / part->n_columns;

  cairo_save (cr);
  for (guint i = 0; part->changes->len > 0 && i < G_N_ELEMENTS (order); i++)
    {
      for (gint64 row = 0; row <= n_rows; row++)
        add_horizontal (cr, part, (guint8)(1 + order[i]), row);
      for (gint64 column = 0; column <= part->n_columns; column++)
        add_vertical (cr, part, (guint8)(1 + order[i]), column, n_rows);
      _hs_pages_set_change_line (cr, theme, order[i], part->cell < THIN_MAX ? 1.25 : 2);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* Room of pages that are not there now. */
static void
draw_room (cairo_t           *cr,
           const HsPagesPart *part,
           const HsTheme     *theme)
{
  static const double dashes[] = { 2, 4 };

  if (part->frame.width <= 0)
    return;

  cairo_save (cr);
  hs_theme_set_color (cr, theme->border);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_rectangle (cr, part->frame.x - 0.5, part->frame.y - 0.5, part->frame.width + 1,
                   part->frame.height + 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_part (cairo_t           *cr,
           const HsPagesPart *part,
           const HsRect      *clip,
           double             scale,
           const HsTheme     *theme)
{
  hs_theme_set_color (cr, theme->line);
  cairo_rectangle (cr, HS_PAGES_MARGIN, part->header.y - 4, HS_PAGES_WIDTH, 1);
  cairo_fill (cr);
  if (!part->is_whole || part->frame.y > clip->y + clip->height ||
      part->frame.y + part->frame.height < clip->y)
    return;

  draw_room (cr, part, theme);
  draw_cells (cr, part, clip, scale, theme);
  if (part->changes != NULL && part->cell * scale >= 2)
    draw_changes (cr, part, theme);
}

void
_hs_pages_scene_draw (HsScene       *scene,
                      cairo_t       *cr,
                      const HsRect  *clip,
                      double         scale,
                      const HsTheme *theme)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  cairo_save (cr);
  if (self->chart.y < clip->y + clip->height && self->chart.y + self->chart.height > clip->y)
    _hs_pages_chart_draw (self, cr, theme);
  for (guint i = 0; i < self->n_parts; i++)
    draw_part (cr, &self->parts[i], clip, scale, theme);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPagesLabel *label = &g_array_index (self->labels, HsPagesLabel, i);

      if (label->y + HS_PAGES_LINE < clip->y || label->y - HS_PAGES_LINE > clip->y + clip->height)
        continue;
      hs_theme_set_color (cr, label->is_quiet ? theme->quiet_text : theme->text);
      hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
    }
  cairo_restore (cr);
}

/* Legend */

static void
draw_change_sample (cairo_t       *cr,
                    const HsRect  *box,
                    const HsTheme *theme,
                    HsPageChange   change)
{
  cairo_rectangle (cr, box->x + 1, box->y + 1, box->width - 2, box->height - 2);
  _hs_pages_set_change_line (cr, theme, change, 2);
  cairo_stroke (cr);
}

void
_hs_pages_draw_sample (cairo_t       *cr,
                       const HsRect  *rect,
                       const HsTheme *theme,
                       guint          which)
{
  double side = MIN (rect->height, 18);
  HsRect box = { rect->x + (rect->width - side) / 2, rect->y + (rect->height - side) / 2, side,
                 side };

  cairo_save (cr);
  if (which < HS_N_PAGE_CLASSES)
    _hs_pages_draw_cell (cr, &box, theme, (HsPageClass)which, (HsPageClass)which);
  else if (which < HS_PAGES_SAMPLE_ODD)
    draw_change_sample (cr, &box, theme, (HsPageChange)(which - HS_N_PAGE_CLASSES));
  else if (which == HS_PAGES_SAMPLE_ODD)
    _hs_pages_draw_cell (cr, &box, theme, HS_PAGE_CLASS_NONE, HS_PAGE_CLASS_MAPPED);
  else
    {
      hs_theme_set_color_alpha (cr, theme->accent, 0.15);
      cairo_rectangle (cr, box.x + 4, box.y, 10, box.height);
      cairo_fill_preserve (cr);
      hs_theme_set_color (cr, theme->accent);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}
