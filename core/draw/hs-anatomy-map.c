/* hs-anatomy-map.c - all bytes of a column as squares of one size
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-scene-private.h"

#define BLOCK_GAP 4

static guint64
get_squares (HsAnatomyScene *self,
             guint64         bytes)
{
  return bytes / self->square_bytes + (bytes % self->square_bytes > 0);
}

static gboolean
is_drawn (const HsAnatomyBlock *block)
{
  return !block->is_shared && !block->is_static && block->kind != HS_BLOCK_MAPPING &&
         block->occupied != HS_BYTES_UNKNOWN && block->occupied > 0;
}

static guint64
count_squares (HsAnatomyScene *self,
               guint           c)
{
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  guint64                n = 0;

  for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
    if (is_drawn (hs_anatomy_get_block (self->anatomy, b)))
      n += get_squares (self, MIN (hs_anatomy_get_block (self->anatomy, b)->occupied,
                                   G_MAXUINT64 / 64));
  n += get_squares (self, MIN (column->left_out_bytes, G_MAXUINT64 / 64));
  if (column->contents.n_pointers > 0 && column->contents.bytes != HS_BYTES_UNKNOWN)
    n += get_squares (self, MIN (column->contents.bytes, G_MAXUINT64 / 64));

  return n;
}

/* As few bytes as possible, so that no column has too many squares. */
void
_hs_anatomy_scene_choose_scale (HsAnatomyScene *self)
{
  self->square_bytes = HS_WORD_BYTES;
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    while (count_squares (self, c) > HS_SQUARES_MAX && self->square_bytes < G_MAXUINT64 / 4)
      self->square_bytes *= 2;

  /* Those beside items are as large as on the map. */
  self->square = self->chips->len == 0 ? HS_SQUARE_LARGE : HS_SQUARE;
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    if (self->square_bytes > HS_WORD_BYTES || count_squares (self, c) > HS_SQUARES_FEW)
      self->square = HS_SQUARE;
}

/* Where the next square goes. */
typedef struct
{
  HsAnatomyScene *scene;
  double          left;
  double          y;
  guint           at; /* in its row */
} Pen;

static void
add_squares (Pen    *pen,
             guint64 n,
             guint   cell)
{
  double size = pen->scene->square;
  guint  per_row = (guint)(HS_MAP_WIDTH / size);

  while (n > 0)
    {
      guint     here = (guint)MIN (n, per_row - pen->at);
      HsSquares squares = {
        .x = pen->left + pen->at * size,
        .y = pen->y,
        .n = here,
        .cell = cell,
        .part = 1,
      };

      g_array_append_val (pen->scene->squares, squares);
      n -= here;
      pen->at += here;
      if (pen->at == per_row)
        {
          pen->at = 0;
          pen->y += size;
        }
    }
}

/* @bytes: of the block, whose last square may not be full */
static void
end_block (Pen    *pen,
           guint64 bytes)
{
  GArray *squares = pen->scene->squares;
  guint64 rest = bytes % pen->scene->square_bytes;

  if (rest > 0 && squares->len > 0)
    g_array_index (squares, HsSquares, squares->len - 1).part =
      (double)rest / (double)pen->scene->square_bytes;
  if (pen->at > 0)
    pen->y += pen->scene->square;
  pen->at = 0;
  pen->y += BLOCK_GAP;
}

static void
add_block (Pen                  *pen,
           const HsAnatomyBlock *block)
{
  HsAnatomyScene *self = pen->scene;
  guint64         n = get_squares (self, block->occupied);
  guint64         done = 0;
  HsCell          last = HS_CELL_UNKNOWN; /* of a square that is hardly filled */

  for (guint i = 0; i < block->n_runs && done < n; i++)
    {
      const HsAnatomyRun *run = hs_anatomy_get_run (self->anatomy, block->first_run + i);
      /* The square in which it ends belongs to it if at least half of that is its. */
      guint64 square = MIN (n, (run->end + self->square_bytes / 2) / self->square_bytes);

      last = run->cell;
      if (square > done)
        {
          add_squares (pen, square - done, run->cell);
          done = square;
        }
    }
  if (done < n)
    add_squares (pen, n - done, last);
  end_block (pen, block->occupied);
}

double
_hs_anatomy_scene_place_map (HsAnatomyScene *self,
                             guint           c,
                             double          x,
                             double          y)
{
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  Pen                    pen = { self, x, y, 0 };

  for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
    if (is_drawn (hs_anatomy_get_block (self->anatomy, b)))
      add_block (&pen, hs_anatomy_get_block (self->anatomy, b));
  if (column->left_out_bytes > 0 && column->left_out_bytes < G_MAXUINT64 / 64)
    {
      add_squares (&pen, get_squares (self, column->left_out_bytes), HS_CELL_UNKNOWN);
      end_block (&pen, column->left_out_bytes);
    }
  if (column->contents.n_objects > 0 && column->contents.bytes != HS_BYTES_UNKNOWN)
    {
      add_squares (&pen, get_squares (self, column->contents.bytes), HS_N_CELLS);
      end_block (&pen, column->contents.bytes);
    }

  return pen.y - y;
}
