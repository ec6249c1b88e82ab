/* hs-anatomy-dump.c - a picture of bytes as numbers, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-scene-private.h"

static void
append_rect (GString      *text,
             const char   *what,
             guint         number,
             const HsRect *rect)
{
  g_string_append_printf (text, "%s %u at %.1f %.1f %.1f %.1f", what, number, rect->x, rect->y,
                          rect->width, rect->height);
}

static void
append_blocks (HsAnatomyScene *self,
               GString        *text)
{
  for (guint b = 0; b < hs_anatomy_get_n_blocks (self->anatomy); b++)
    {
      const HsPlacedBlock *block = &self->blocks[b];

      append_rect (text, "block", b, &block->rect);
      g_string_append_printf (text, " rows %u from %.1f\n", block->n_rows, block->rows_y);
      for (guint i = block->first_piece; i < block->first_piece + block->n_pieces; i++)
        {
          const HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);

          append_rect (text, piece->is_cut ? " cut" : " cell", piece->field, &piece->rect);
          g_string_append_printf (
            text, " bytes %" G_GUINT64_FORMAT " from %" G_GUINT64_FORMAT " %s\n", piece->n,
            piece->from, hs_anatomy_get_field (self->anatomy, piece->field)->name);
        }
    }
}

char *
_hs_anatomy_scene_dump (HsScene *scene)
{
  HsAnatomyScene *self = (HsAnatomyScene *)scene;
  GString        *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %.1f %.1f\n", scene->width, scene->height);
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    {
      append_rect (text, "column", c, &self->columns[c].card);
      g_string_append_c (text, '\n');
    }
  append_blocks (self, text);
  for (guint i = 0; i < self->chips->len; i++)
    {
      const HsChip *chip = &g_array_index (self->chips, HsChip, i);

      append_rect (text, "chip", chip->field, &chip->rect);
      g_string_append_printf (text, " squares %u%s\n", chip->n_squares,
                              chip->is_static ? " static" : "");
    }
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);

      g_string_append_printf (text, "arrow %u %s %d", arrow->field,
                              arrow->block != G_MAXUINT ? "block" : "chip",
                              (int)(arrow->block != G_MAXUINT ? arrow->block : arrow->chip));
      for (guint p = 0; p < arrow->n_points; p++)
        g_string_append_printf (text, " %.1f %.1f", arrow->x[p], arrow->y[p]);
      g_string_append (text, arrow->is_implied ? " implied\n" : "\n");
    }
  for (guint i = 0; i < self->placed->len; i++)
    {
      const HsPlacedText *placed = &g_array_index (self->placed, HsPlacedText, i);

      g_string_append_printf (text, "text %.1f %.1f %.1f %.1f %s\n", placed->x, placed->middle,
                              placed->text->width, placed->text->size, placed->text->string);
    }
  for (guint i = 0; i < self->squares->len; i++)
    {
      const HsSquares *squares = &g_array_index (self->squares, HsSquares, i);

      g_string_append_printf (text, "squares %.1f %.1f %u %u\n", squares->x, squares->y,
                              squares->n, squares->cell);
    }

  return g_string_free (text, FALSE);
}
