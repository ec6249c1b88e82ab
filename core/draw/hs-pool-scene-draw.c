/* hs-pool-scene-draw.c - draws the map of the pools of Python's arenas
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-pool-scene-private.h"
#include "hs-theme-private.h"

#define HATCH_STEP 4.

/* Device pixels: below, blocks or lines would run into each other. */
#define BLOCK_MIN 2.
#define HATCH_MIN 3.

static gboolean
is_outside (const HsRect *rect,
            const HsRect *clip)
{
  return rect->x > clip->x + clip->width || rect->x + rect->width < clip->x ||
         rect->y > clip->y + clip->height || rect->y + rect->height < clip->y;
}

static void
fill (cairo_t *cr,
      HsColor  color,
      double   x,
      double   y,
      double   width,
      double   height)
{
  if (width <= 0 || height <= 0)
    return;
  hs_theme_set_color (cr, color);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

/* Inside of @rect, so that neighbours do not touch. */
static void
outline (cairo_t      *cr,
         const HsRect *rect,
         HsColor       color)
{
  hs_theme_set_color (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1);
  cairo_stroke (cr);
}

/* Lines from lower left to upper right, cut at the sides without a clip. */
static void
hatch (cairo_t       *cr,
       const HsTheme *theme,
       const HsRect  *rect,
       double         scale)
{
  if (rect->width <= 0 || rect->height <= 0)
    return;
  fill (cr, theme->box, rect->x, rect->y, rect->width, rect->height);
  if (HATCH_STEP * scale < HATCH_MIN)
    {
      hs_theme_set_color_alpha (cr, theme->hue[HS_FAMILY_INSTANCE], 0.3);
      cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
      cairo_fill (cr);
      return;
    }
  for (double d = HATCH_STEP / 2; d < rect->width + rect->height; d += HATCH_STEP)
    {
      double left = MAX (d - rect->height, 0);
      double right = MIN (d, rect->width);

      cairo_move_to (cr, rect->x + left, rect->y + (d - left));
      cairo_line_to (cr, rect->x + right, rect->y + (d - right));
    }
  hs_theme_set_color (cr, theme->hue[HS_FAMILY_INSTANCE]);
  cairo_set_line_width (cr, 0.75);
  cairo_stroke (cr);
}

/* Three quarters of the way to the background: what is not of the code steps back. */
static HsColor
get_grey (const HsTheme *theme)
{
  return theme->shared == theme->text ? theme->border : theme->quiet_text;
}

/* Bars */

static void
draw_bar (cairo_t         *cr,
          const HsPoolBar *bar,
          double           scale,
          const HsTheme   *theme)
{
  const HsPoolShares *shares = &bar->shares;
  const HsRect       *rect = &bar->rect;
  double              unit = rect->width / (double)MAX (shares->all, 1);
  double              code = unit * (double)shares->code;
  double              baseline = unit * (double)shares->baseline;
  HsRect              holes = { rect->x + code + baseline, rect->y, unit * (double)shares->holes,
                                rect->height };

  fill (cr, theme->box, rect->x, rect->y, rect->width, rect->height);
  fill (cr, theme->hue[HS_FAMILY_INSTANCE], rect->x, rect->y, code, rect->height);
  fill (cr, get_grey (theme), rect->x + code, rect->y, baseline, rect->height);
  hatch (cr, theme, &holes, scale);
  outline (cr, rect, theme->border);
}

static void
draw_table (HsPoolScene   *self,
            cairo_t       *cr,
            const HsRect  *clip,
            double         scale,
            const HsTheme *theme)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      HsRect row = { HS_POOL_MARGIN, self->table_y + HS_POOL_ROW_HEIGHT * i, self->table_width,
                     HS_POOL_ROW_HEIGHT };

      if (!is_outside (&row, clip))
        fill (cr, theme->line, row.x, row.y, row.width, 1);
    }
  for (guint i = 0; i < self->bars->len; i++)
    {
      const HsPoolBar *bar = &g_array_index (self->bars, HsPoolBar, i);

      if (!is_outside (&bar->rect, clip))
        draw_bar (cr, bar, scale, theme);
    }
}

/* Cells */

static void
draw_no_blocks (cairo_t       *cr,
                const HsRect  *rect,
                HsPoolState    state,
                double         scale,
                const HsTheme *theme)
{
  static const double dots[] = { 1, 3 };

  if (state == HS_POOL_UNTOUCHED && rect->width * scale >= 8)
    {
      cairo_set_dash (cr, dots, 2, 0);
      outline (cr, rect, theme->border);
      cairo_set_dash (cr, NULL, 0, 0);
      return;
    }
  if (state == HS_POOL_UNTOUCHED)
    return;
  outline (cr, rect, theme->border);
  if (state != HS_POOL_DAMAGED)
    return;

  hs_theme_set_color (cr, theme->text);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, rect->x + 3, rect->y + 3);
  cairo_line_to (cr, rect->x + rect->width - 3, rect->y + rect->height - 3);
  cairo_move_to (cr, rect->x + 3, rect->y + rect->height - 3);
  cairo_line_to (cr, rect->x + rect->width - 3, rect->y + 3);
  cairo_stroke (cr);
}

/* From the bottom: the code, the interpreter, holes; the rest was never used. */
static void
draw_level (cairo_t            *cr,
            const HsRect       *rect,
            const HsPoolShares *shares,
            double              scale,
            const HsTheme      *theme)
{
  double unit = (rect->height - 2) / (double)MAX (shares->all, 1);
  double code = unit * (double)shares->code;
  double baseline = unit * (double)shares->baseline;
  HsRect holes = { rect->x + 1, 0, rect->width - 2, unit * (double)shares->holes };
  double bottom = rect->y + rect->height - 1;

  holes.y = bottom - code - baseline - holes.height;
  fill (cr, theme->box, rect->x, rect->y, rect->width, rect->height);
  fill (cr, theme->hue[HS_FAMILY_INSTANCE], holes.x, bottom - code, holes.width, code);
  fill (cr, get_grey (theme), holes.x, bottom - code - baseline, holes.width, baseline);
  hatch (cr, theme, &holes, scale);
  outline (cr, rect, theme->border);
}

/* In a small shield, so that it can be read over whatever the cell holds. */
static void
draw_size (HsPoolScene   *self,
           cairo_t       *cr,
           const HsRect  *rect,
           guint32        size,
           const HsTheme *theme)
{
  const HsText *text = self->sizes[size / HS_GRANULE % G_N_ELEMENTS (self->sizes)];
  double        y = self->shows_blocks ? rect->y - 8 : rect->y + 9;

  if (text == NULL || (!self->shows_blocks && text->width + 4 > rect->width))
    return;
  if (!self->shows_blocks)
    fill (cr, theme->box, rect->x + (rect->width - text->width) / 2 - 2, rect->y + 2,
          text->width + 4, 14);
  hs_theme_set_color (cr, self->shows_blocks ? theme->quiet_text : theme->text);
  hs_text_draw (text, cr, self->shows_blocks ? rect->x : rect->x + (rect->width - text->width) / 2,
                hs_text_get_baseline (text, y));
}

/* Each block in its place, line by line from the top. */

/* By block of @pool: the object, or HS_NO_OBJECT. Returns: (transfer full) */
static guint32 *
find_owners (HsPoolScene          *self,
             guint32               index,
             const HsSnapshotPool *pool)
{
  guint32         *owners = g_new (guint32, MAX (pool->n_blocks, 1));
  guint32          n_uses;
  const HsPoolUse *uses = hs_pool_map_get_uses (self->map, index, &n_uses);

  for (guint32 i = 0; i < pool->n_blocks; i++)
    owners[i] = HS_NO_OBJECT;
  for (guint32 i = 0; i < n_uses; i++)
    if (uses[i].block < pool->n_blocks && owners[uses[i].block] == HS_NO_OBJECT)
      owners[uses[i].block] = uses[i].object;

  return owners;
}

static void
draw_block (HsPoolScene          *self,
            cairo_t              *cr,
            const HsSnapshotPool *pool,
            guint32               block,
            guint32               owner,
            const HsRect         *rect,
            const HsTheme        *theme)
{
  if (block >= pool->n_touched)
    return;
  if (!hs_snapshot_pool_has (pool, pool->used, block))
    {
      double side = MIN (rect->width, rect->height);

      /* White in its outline: a hole. */
      fill (cr, theme->hue[HS_FAMILY_INSTANCE], rect->x, rect->y, rect->width, rect->height);
      if (side > 2)
        fill (cr, theme->box, rect->x + 0.75, rect->y + 0.75, rect->width - 1.5,
              rect->height - 1.5);
      return;
    }
  if (pool->baseline != NULL && hs_snapshot_pool_has (pool, pool->baseline, block))
    fill (cr, get_grey (theme), rect->x, rect->y, rect->width, rect->height);
  else if (owner != HS_NO_OBJECT)
    fill (cr, theme->hue[hs_heap_get_family (self->parent.heap, owner)], rect->x, rect->y,
          rect->width, rect->height);
  else
    fill (cr, theme->text, rect->x, rect->y, rect->width, rect->height);
}

/* Returns: FALSE if they are not known, or too small at this scale */
static gboolean
draw_blocks (HsPoolScene          *self,
             cairo_t              *cr,
             guint32               index,
             const HsSnapshotPool *pool,
             const HsRect         *rect,
             double                scale,
             const HsTheme        *theme)
{
  guint32             n_columns = (guint32)ceil (sqrt ((double)MAX (pool->n_blocks, 1)));
  guint32             n_lines = (pool->n_blocks + n_columns - 1) / n_columns;
  double              width = (rect->width - 4) / n_columns;
  double              height = (rect->height - 4) / MAX (n_lines, 1);
  double              gap = width >= 6 ? 1 : 0.5;
  g_autofree guint32 *owners = NULL;

  if (pool->used == NULL || width * scale < BLOCK_MIN)
    return FALSE;

  owners = find_owners (self, index, pool);
  fill (cr, theme->box, rect->x, rect->y, rect->width, rect->height);
  for (guint32 i = 0; i < pool->n_blocks; i++)
    {
      HsRect block = { rect->x + 2 + i % n_columns * width, rect->y + 2 + i / n_columns * height,
                       width - gap, height - gap };

      draw_block (self, cr, pool, i, owners[i], &block, theme);
    }
  outline (cr, rect, theme->border);

  return TRUE;
}

static void
draw_cell (HsPoolScene   *self,
           cairo_t       *cr,
           guint32        cell,
           const HsRect  *rect,
           double         scale,
           const HsTheme *theme)
{
  guint32        first = cell * self->pools_per_cell;
  HsPoolSum      sum;
  HsPoolShares   shares;
  HsSnapshotPool pool;

  hs_pool_map_sum (self->map, first, self->pools_per_cell, &sum);
  if (sum.n_in_state[HS_POOL_IN_USE] == 0)
    {
      draw_no_blocks (cr, rect,
                      sum.n_in_state[HS_POOL_DAMAGED] > 0 ? HS_POOL_DAMAGED
                      : sum.n_in_state[HS_POOL_FREE] > 0  ? HS_POOL_FREE
                                                          : HS_POOL_UNTOUCHED,
                      scale, theme);
      return;
    }

  hs_snapshot_view_get_pool (hs_heap_get_view (self->parent.heap), first, &pool);
  _hs_pool_scene_get_shares (&sum, &shares);
  if (!self->shows_blocks || !draw_blocks (self, cr, first, &pool, rect, scale, theme))
    draw_level (cr, rect, &shares, scale, theme);
  if (sum.n_in_state[HS_POOL_DAMAGED] > 0)
    draw_no_blocks (cr, rect, HS_POOL_DAMAGED, scale, theme);
  if (self->shows_sizes && sum.block_size > 0 && rect->width * scale >= 20)
    draw_size (self, cr, rect, sum.block_size, theme);
}

static void
draw_map (HsPoolScene   *self,
          cairo_t       *cr,
          const HsRect  *clip,
          double         scale,
          const HsTheme *theme)
{
  double  from = floor ((clip->y - self->map_y) / self->strip_height);
  guint64 first = from > 0 ? (guint64)MIN (from, G_MAXUINT32) * self->cells_per_strip : 0;

  for (guint64 i = first; i < self->n_cells; i++)
    {
      HsRect rect;
      HsRect with_size;

      _hs_pool_scene_get_cell_rect (self, (guint32)i, &rect);
      with_size = (HsRect) { rect.x, rect.y - 16, rect.width, rect.height + 16 };
      if (with_size.y > clip->y + clip->height)
        return;
      if (!is_outside (&with_size, clip))
        draw_cell (self, cr, (guint32)i, &rect, scale, theme);
    }
}

void
_hs_pool_scene_draw (HsScene       *scene,
                     cairo_t       *cr,
                     const HsRect  *clip,
                     double         scale,
                     const HsTheme *theme)
{
  HsPoolScene *self = (HsPoolScene *)scene;

  cairo_save (cr);
  draw_table (self, cr, clip, scale, theme);
  draw_map (self, cr, clip, scale, theme);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPoolLabel *label = &g_array_index (self->labels, HsPoolLabel, i);

      if (label->y + HS_POOL_ROW_HEIGHT < clip->y ||
          label->y - HS_POOL_ROW_HEIGHT > clip->y + clip->height)
        continue;
      hs_theme_set_color (cr, label->is_quiet ? theme->quiet_text : theme->text);
      hs_text_draw (label->text, cr, label->x, hs_text_get_baseline (label->text, label->y));
    }
  cairo_restore (cr);
}

void
_hs_pool_scene_draw_sample (cairo_t       *cr,
                            const HsRect  *rect,
                            const HsTheme *theme,
                            guint          which)
{
  HsRect box = { rect->x + rect->width / 2 - 9, rect->y, 18, rect->height };

  cairo_save (cr);
  switch ((HsPoolSample)which)
    {
    case HS_POOL_SAMPLE_CODE:
      fill (cr, theme->hue[HS_FAMILY_INSTANCE], box.x, box.y, box.width, box.height);
      break;
    case HS_POOL_SAMPLE_OTHERS:
      fill (cr, theme->text, box.x, box.y, box.width, box.height);
      break;
    case HS_POOL_SAMPLE_BASELINE:
      fill (cr, get_grey (theme), box.x, box.y, box.width, box.height);
      break;
    case HS_POOL_SAMPLE_HOLES:
      hatch (cr, theme, &box, 1);
      outline (cr, &box, theme->hue[HS_FAMILY_INSTANCE]);
      break;
    case HS_POOL_SAMPLE_NEVER:
      fill (cr, theme->box, box.x, box.y, box.width, box.height);
      outline (cr, &box, theme->border);
      break;
    case HS_POOL_SAMPLE_FREE:
      draw_no_blocks (cr, &box, HS_POOL_FREE, 1, theme);
      break;
    case HS_POOL_SAMPLE_UNTOUCHED:
      draw_no_blocks (cr, &box, HS_POOL_UNTOUCHED, 1, theme);
      break;
    case HS_POOL_SAMPLE_DAMAGED:
      draw_no_blocks (cr, &box, HS_POOL_DAMAGED, 1, theme);
      break;
    case HS_N_POOL_SAMPLES:
    default:
      break;
    }
  cairo_restore (cr);
}
