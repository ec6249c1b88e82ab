/* hs-pages-cells.c - pages as pixels
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "hs-pages-scene-private.h"

/* Scene units or pixels: below, a cell is its colour and the colour of what is odd. */
#define PATTERN_MIN 3.5

#define N_STAMPS (HS_N_PAGE_CLASSES * HS_N_PAGE_CLASSES)

static HsColor
mix (HsColor one,
     HsColor other,
     double  share)
{
  HsColor color = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    {
      double value =
        (one >> shift & 0xff) * share + (other >> shift & 0xff) * (1 - share);

      color |= (HsColor)(value + 0.5) << shift;
    }

  return color;
}

HsColor
_hs_pages_get_color (const HsTheme *theme,
                     HsPageClass    page_class)
{
  switch (page_class)
    {
    case HS_PAGE_CLASS_CACHED:
    case HS_PAGE_CLASS_NEWER:
      return mix (theme->hue[HS_FAMILY_CONTAINER], theme->box, 0.35);
    case HS_PAGE_CLASS_MAPPED:
      return theme->hue[HS_FAMILY_CONTAINER];
    case HS_PAGE_CLASS_DIRTY:
      return mix (theme->hue[HS_FAMILY_CONTAINER], theme->text, 0.75);
    case HS_PAGE_CLASS_COPY:
      return theme->hue[HS_FAMILY_BUFFER];
    case HS_PAGE_CLASS_SWAPPED:
      return theme->hue[HS_FAMILY_TEXT];
    /* Where there is no room for a pattern, these two are no empty cells either. */
    case HS_PAGE_CLASS_HIDDEN:
      return mix (theme->border, theme->box, 0.35);
    case HS_PAGE_CLASS_ZERO:
      return mix (theme->hue[HS_FAMILY_CONTAINER], theme->box, 0.12);
    case HS_PAGE_CLASS_NONE:
    case HS_N_PAGE_CLASSES:
    default:
      return theme->box;
    }
}

static void
fill (cairo_t      *cr,
      const HsRect *rect,
      HsColor       color)
{
  hs_theme_set_color (cr, color);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
}

static void
frame (cairo_t      *cr,
       const HsRect *rect,
       HsColor       color,
       double        width)
{
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, width);
  cairo_rectangle (cr, rect->x + width / 2, rect->y + width / 2, rect->width - width,
                   rect->height - width);
  cairo_stroke (cr);
}

/* From lower left to upper right, every @step. */
static void
hatch (cairo_t      *cr,
       const HsRect *rect,
       HsColor       color,
       double        step,
       double        width)
{
  for (double d = step; d < rect->width + rect->height; d += step)
    {
      double left = MAX (d - rect->height, 0);
      double right = MIN (d, rect->width);

      cairo_move_to (cr, rect->x + left, rect->y + d - left);
      cairo_line_to (cr, rect->x + right, rect->y + d - right);
    }
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

/* "?" of strokes, so that no font is needed. */
static void
draw_question (cairo_t      *cr,
               const HsRect *rect,
               HsColor       color)
{
  double x = rect->x + rect->width / 2;
  double y = rect->y + rect->height / 2;
  double r = rect->height / 7;

  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, MAX (rect->height / 12, 1));
  cairo_arc (cr, x, y - r, r, -G_PI, G_PI / 2);
  cairo_line_to (cr, x, y + 0.8 * r);
  cairo_stroke (cr);
  cairo_arc (cr, x, y + 2 * r, MAX (rect->height / 18, 0.8), 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_pattern (cairo_t       *cr,
              const HsRect  *rect,
              const HsTheme *theme,
              HsPageClass    page_class)
{
  double side = MIN (rect->width, rect->height);
  double line = MAX (side / 12, 1);

  switch (page_class)
    {
    case HS_PAGE_CLASS_NEWER:
    case HS_PAGE_CLASS_DIRTY:
      {
        double dot = side < 8 ? side / 2 : side / 2.5;
        HsRect inner = { rect->x + floor ((rect->width - dot) / 2),
                         rect->y + floor ((rect->height - dot) / 2), dot, dot };

        fill (cr, &inner,
              page_class == HS_PAGE_CLASS_DIRTY ? theme->box : theme->hue[HS_FAMILY_CONTAINER]);
      }
      break;
    case HS_PAGE_CLASS_COPY:
      hatch (cr, rect, theme->box, side < 8 ? side : side / 2, MAX (side / 7, 1));
      break;
    case HS_PAGE_CLASS_ZERO:
      frame (cr, rect, theme->hue[HS_FAMILY_CONTAINER], line);
      cairo_arc (cr, rect->x + rect->width / 2, rect->y + rect->height / 2, side / 4, 0, 2 * G_PI);
      cairo_stroke (cr);
      break;
    case HS_PAGE_CLASS_SWAPPED:
      {
        HsRect inner = { rect->x, rect->y + floor (rect->height / 2 - line / 2), rect->width,
                         line };

        fill (cr, &inner, theme->box);
      }
      break;
    case HS_PAGE_CLASS_HIDDEN:
      hatch (cr, rect, theme->border, side < 8 ? side / 2 : side / 4, 1);
      if (side >= 12)
        draw_question (cr, rect, theme->text);
      break;
    case HS_PAGE_CLASS_NONE:
      frame (cr, rect, side < 8 ? theme->line : theme->border, line);
      break;
    case HS_PAGE_CLASS_CACHED:
      /* Not by its lightness alone. */
      frame (cr, rect, theme->hue[HS_FAMILY_CONTAINER], side < 8 ? 0.5 : line);
      break;
    case HS_PAGE_CLASS_MAPPED:
    case HS_N_PAGE_CLASSES:
    default:
      break;
    }
}

/* @size: what decides how much of it is drawn: alike for cells that differ by a pixel. */
static void
draw_cell (cairo_t       *cr,
           const HsRect  *rect,
           double         size,
           const HsTheme *theme,
           HsPageClass    page_class,
           HsPageClass    odd)
{
  double gap = size >= 5 ? MAX (floor (size / 16), 1) : 0;
  HsRect inner = { rect->x, rect->y, rect->width - gap, rect->height - gap };
  HsRect corner = inner;

  if (size - gap < PATTERN_MIN)
    {
      HsColor color = _hs_pages_get_color (theme, page_class);
      HsColor other = _hs_pages_get_color (theme, odd);

      fill (cr, &inner, odd == page_class ? color : mix (color, other, 0.5));
      return;
    }
  fill (cr, &inner, _hs_pages_get_color (theme, page_class));
  draw_pattern (cr, &inner, theme, page_class);
  if (odd == page_class)
    return;

  /* A corner with an edge of its own: what is odd may look like its cell. */
  corner.width = corner.height = ceil ((size - gap) / 2);
  corner.x += inner.width - corner.width;
  corner.y += inner.height - corner.height;
  if (corner.width >= 4)
    {
      HsRect edge = { corner.x - 1, corner.y - 1, corner.width + 1, corner.height + 1 };

      fill (cr, &edge, theme->box);
    }
  fill (cr, &corner, _hs_pages_get_color (theme, odd));
  if (corner.width >= PATTERN_MIN)
    draw_pattern (cr, &corner, theme, odd);
}

void
_hs_pages_draw_cell (cairo_t       *cr,
                     const HsRect  *rect,
                     const HsTheme *theme,
                     HsPageClass    page_class,
                     HsPageClass    odd)
{
  draw_cell (cr, rect, rect->width, theme, page_class, odd);
}

/* Images */

/* A cell as it looks, drawn once and then copied. */
static cairo_surface_t *
create_stamp (guint          width,
              guint          height,
              guint          size,
              const HsTheme *theme,
              HsPageClass    page_class,
              HsPageClass    odd)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)width, (int)height);
  cairo_t     *cr = cairo_create (surface);
  const HsRect rect = { 0, 0, width, height };

  draw_cell (cr, &rect, size, theme, page_class, odd);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static void
copy_stamp (guchar          *to,
            gsize            stride,
            cairo_surface_t *stamp,
            guint            width,
            guint            height)
{
  const guchar *from = cairo_image_surface_get_data (stamp);
  gsize         from_stride = (gsize)cairo_image_surface_get_stride (stamp);

  for (guint y = 0; y < height; y++)
    memcpy (to + y * stride, from + y * from_stride, width * sizeof (guint32));
}

guint
_hs_pages_get_edge (guint32 cell,
                    double  pixels)
{
  return (guint)(cell * pixels + 0.5);
}

typedef struct
{
  const HsPageCells *cells;
  const HsTheme     *theme;
  double             pixels;
  guint              least; /* pixels of the narrowest cells: there are some with one more */
  cairo_surface_t   *stamps[2][2][N_STAMPS];
  guchar            *data;
  gsize              stride;
} Drawing;

static void
draw_stamp (Drawing *drawing,
            guint64  cell,
            guint    x,
            guint    y,
            guint    width,
            guint    height)
{
  const HsPageCell *counts = &drawing->cells->cells[cell];
  HsPageClass       page_class = hs_page_cell_get_dominant (counts);
  HsPageClass       odd = hs_page_cell_get_odd (counts);
  cairo_surface_t **stamp =
    &drawing->stamps[width != drawing->least][height != drawing->least]
                    [page_class * HS_N_PAGE_CLASSES + odd];

  if (*stamp == NULL)
    *stamp = create_stamp (width, height, drawing->least, drawing->theme, page_class, odd);
  copy_stamp (drawing->data + y * drawing->stride + (gsize)x * sizeof (guint32), drawing->stride,
              *stamp, width, height);
}

cairo_surface_t *
_hs_pages_create_image (const HsPageCells *cells,
                        guint32            n_columns,
                        guint32            first_column,
                        guint32            first_row,
                        guint32            columns,
                        guint32            rows,
                        double             pixels,
                        const HsTheme     *theme)
{
  guint            left = _hs_pages_get_edge (first_column, pixels);
  guint            top = _hs_pages_get_edge (first_row, pixels);
  cairo_surface_t *image = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, (int)(_hs_pages_get_edge (first_column + columns, pixels) - left),
    (int)(_hs_pages_get_edge (first_row + rows, pixels) - top));
  Drawing drawing = { .cells = cells, .theme = theme, .pixels = pixels };

  drawing.least = (guint)floor (pixels);
  drawing.data = cairo_image_surface_get_data (image);
  drawing.stride = (gsize)cairo_image_surface_get_stride (image);

  for (guint32 y = first_row; drawing.data != NULL && y < first_row + rows; y++)
    for (guint32 x = first_column; x < first_column + columns; x++)
      {
        guint64 cell = (guint64)y * n_columns + x;
        guint   x_edge = _hs_pages_get_edge (x, pixels);
        guint   y_edge = _hs_pages_get_edge (y, pixels);

        if (cell >= cells->n_cells)
          break;
        draw_stamp (&drawing, cell, x_edge - left, y_edge - top,
                    _hs_pages_get_edge (x + 1, pixels) - x_edge,
                    _hs_pages_get_edge (y + 1, pixels) - y_edge);
      }
  for (guint i = 0; i < 4 * N_STAMPS; i++)
    g_clear_pointer (&drawing.stamps[i / 2 % 2][i % 2][i / 4], cairo_surface_destroy);
  cairo_surface_mark_dirty (image);

  return image;
}

/* The sum of the cells that become one pixel. */
static void
add_cells (const HsPageCells *cells,
           guint32            n_columns,
           guint32            column,
           guint32            row,
           guint32            merged,
           HsPageCell        *sum)
{
  *sum = (HsPageCell) { { 0 } };
  for (guint32 y = row; y < row + merged; y++)
    for (guint32 x = column; x < MIN (column + merged, n_columns); x++)
      {
        guint64 cell = (guint64)y * n_columns + x;

        for (guint i = 0; cell < cells->n_cells && i < HS_N_PAGE_CLASSES; i++)
          sum->n[i] += cells->cells[cell].n[i];
      }
}

cairo_surface_t *
_hs_pages_create_small_image (const HsPageCells *cells,
                              guint32            n_columns,
                              guint32            merged,
                              const HsTheme     *theme)
{
  guint32          n_rows = (cells->n_cells + n_columns - 1) / n_columns;
  guint32          columns = (n_columns + merged - 1) / merged;
  guint32          rows = (n_rows + merged - 1) / merged;
  cairo_surface_t *image =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)columns, (int)rows);
  guchar *data = cairo_image_surface_get_data (image);
  gsize   stride = (gsize)cairo_image_surface_get_stride (image);

  for (guint32 y = 0; data != NULL && y < rows; y++)
    for (guint32 x = 0; x < columns; x++)
      {
        HsPageCell  sum;
        HsPageClass page_class;
        HsPageClass odd;
        HsColor     color;
        guint32     pixel;

        if ((guint64)y * merged * n_columns + x * merged >= cells->n_cells)
          break;
        add_cells (cells, n_columns, x * merged, y * merged, merged, &sum);
        page_class = hs_page_cell_get_dominant (&sum);
        odd = hs_page_cell_get_odd (&sum);
        color = _hs_pages_get_color (theme, page_class);
        if (odd != page_class)
          color = mix (color, _hs_pages_get_color (theme, odd), 0.5);
        pixel = 0xff000000 | color;
        memcpy (data + y * stride + x * sizeof pixel, &pixel, sizeof pixel);
      }
  cairo_surface_mark_dirty (image);

  return image;
}
