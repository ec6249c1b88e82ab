/* hs-anatomy-place.c - where all of a picture of bytes stands
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-anatomy-scene-private.h"
#include "hs-format.h"

#define TEXT_GAP  16.
#define GRID      8.
#define WIDTH_MIN (HS_MAP_WIDTH + 2 * HS_BOX_PADDING)

/* ---- Cards ---- */

/* Whether a line may end before @c. */
static gboolean
can_break (gunichar earlier,
           gunichar before,
           gunichar c)
{
  static const char *const not_first = "，。、；：）！？,.;:)!?%";

  /* A number stays with its unit. */
  if (g_unichar_isspace (before))
    return !g_unichar_isdigit (earlier) || !g_unichar_isupper (c);
  if (g_utf8_strchr (not_first, -1, c) != NULL)
    return FALSE;

  return g_unichar_iswide (before) || g_unichar_iswide (c);
}

static void
add_line (HsAnatomyPlacing *placing,
          guint             column,
          HsTextStyle       style,
          const char       *start,
          const char       *end,
          double            width)
{
  g_autofree char *line = g_strndup (start, (gsize)(end - start));

  g_strstrip (line);
  if (*line != '\0')
    g_ptr_array_add (placing->lines[column],
                     (gpointer)hs_texts_shape (placing->scene->texts, style, line, width));
}

static void
add_lines (HsAnatomyPlacing *placing,
           guint             column,
           HsTextStyle       style,
           const char       *text,
           double            width)
{
  const char *start = text;
  const char *last = NULL; /* where the line can end */
  gunichar    earlier = 0;
  gunichar    before = 0;

  if (text == NULL)
    return;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p > start && can_break (earlier, before, c))
        {
          g_autofree char *line = g_strndup (start, (gsize)(p - start));

          g_strchomp (line);
          if (last != NULL &&
              hs_texts_shape (placing->scene->texts, style, line, -1)->width > width)
            {
              add_line (placing, column, style, start, last, width);
              start = last;
            }
          last = p;
        }
      earlier = before;
      before = c;
    }
  if (last != NULL && last > start &&
      hs_texts_shape (placing->scene->texts, style, start, -1)->width > width)
    {
      add_line (placing, column, style, start, last, width);
      start = last;
    }
  add_line (placing, column, style, start, start + strlen (start), width);
}

static void
write_card (HsAnatomyPlacing *placing,
            guint             c)
{
  HsAnatomyScene        *self = placing->scene;
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  double                 width = self->columns[c].width - 2 * HS_BOX_PADDING;

  placing->lines[c] = g_ptr_array_new ();
  if (*column->preview != '\0')
    g_ptr_array_add (placing->lines[c], (gpointer)hs_texts_shape (self->texts, HS_TEXT_VALUE,
                                                                  column->preview, width));
  add_lines (placing, c, HS_TEXT_QUIET, column->note, width);
  add_lines (placing, c, HS_TEXT_QUIET, column->summary, width);
  add_lines (placing, c, HS_TEXT_QUIET, column->reason, width);
  add_lines (placing, c, HS_TEXT_QUIET, column->cost, width);
  add_lines (placing, c, HS_TEXT_QUIET, column->contents_line, width);
  add_lines (placing, c, HS_TEXT_LABEL, column->against, width);
  if (column->n_left_out > 0)
    {
      g_autofree char *n = hs_format_count (column->n_left_out);
      g_autofree char *bytes = hs_format_bytes (column->left_out_bytes);
      g_autofree char *line =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %1$s more block, %2$s",
                                      "… %1$s more blocks, %2$s", column->n_left_out),
                         n, bytes);

      add_lines (placing, c, HS_TEXT_QUIET, line, width);
    }
}

/* ---- Places ---- */

/* Returns: the height of all lines */
static double
place_card (HsAnatomyPlacing *placing,
            guint             c,
            double            y)
{
  HsAnatomyScene *self = placing->scene;
  HsPlacedColumn *placed = &self->columns[c];
  double          left = placed->card.x + HS_BOX_PADDING;
  double          right = placed->card.x + placed->width - HS_BOX_PADDING;
  double          middle = y + HS_TITLE_HEIGHT / 2.;

  placed->card.y = y;
  _hs_anatomy_scene_add_text (self, placing->titles[c], left + HS_SIGN_SIZE + HS_BOX_PADDING / 2.,
                              middle, HS_INK_TEXT);
  if (placing->names[c] != NULL)
    _hs_anatomy_scene_add_text (self, placing->names[c],
                                left + HS_SIGN_SIZE + HS_BOX_PADDING / 2. +
                                  placing->titles[c]->width + TEXT_GAP,
                                middle, HS_INK_TEXT);
  _hs_anatomy_scene_add_text (self, placing->bytes[c], right - placing->bytes[c]->width, middle,
                              HS_INK_TEXT);
  y += HS_TITLE_HEIGHT + GRID;
  for (guint i = 0; i < placing->lines[c]->len; i++)
    {
      _hs_anatomy_scene_add_text (self, g_ptr_array_index (placing->lines[c], i), left,
                                  y + HS_SMALL_LINE / 2., HS_INK_TEXT);
      y += HS_SMALL_LINE;
    }

  return y - placed->card.y;
}

static void
place_row (HsAnatomyPlacing *placing,
           guint             r,
           double            x,
           double            y,
           double            width)
{
  HsAnatomyScene     *self = placing->scene;
  const HsAnatomyRow *row = &g_array_index (placing->rows, HsAnatomyRow, r);
  double              middle = y + HS_WORD_HEIGHT / 2.;
  double              cells = x + HS_BOX_PADDING + self->offset_width + HS_CELLS_GAP;
  double              name = cells + HS_CELLS_WIDTH + HS_BOX_PADDING;
  HsInk               ink = row->is_quiet ? HS_INK_QUIET : HS_INK_TEXT;

  if (row->offset_text != NULL)
    _hs_anatomy_scene_add_text (self, row->offset_text,
                                cells - HS_CELLS_GAP - row->offset_text->width, middle,
                                HS_INK_QUIET);
  if (row->name != NULL)
    _hs_anatomy_scene_add_text (self, row->name, name, middle, ink);
  if (row->value != NULL)
    _hs_anatomy_scene_add_text (self, row->value,
                                x + width - HS_BOX_PADDING - row->value->width, middle, ink);
}

static void
place_pieces (HsAnatomyScene *self,
              guint           b)
{
  HsPlacedBlock *block = &self->blocks[b];
  double         x = block->rect.x + HS_BOX_PADDING + self->offset_width + HS_CELLS_GAP;

  for (guint i = block->first_piece; i < block->first_piece + block->n_pieces; i++)
    {
      HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);
      double   row = piece->rect.y;

      piece->rect.x = x + piece->rect.x * HS_BYTE_WIDTH;
      piece->rect.y = block->rows_y + row * HS_WORD_HEIGHT;
      piece->rect.width *= HS_BYTE_WIDTH;
      piece->rect.height = HS_WORD_HEIGHT;
      if (self->fields[piece->field].height > 0)
        {
          self->fields[piece->field].height =
            piece->rect.y + HS_WORD_HEIGHT - self->fields[piece->field].y;
          continue;
        }
      /* One that begins a row and is alone there has all of it. */
      self->field_y[piece->field] = piece->rect.y + HS_WORD_HEIGHT / 2.;
      self->fields[piece->field] = piece->rect;
      if (piece->rect.width >= HS_CELLS_WIDTH)
        self->fields[piece->field] = (HsRect) { block->rect.x, piece->rect.y, block->rect.width,
                                                HS_WORD_HEIGHT };
    }
}

/* Returns: where the next one can begin */
static double
place_block (HsAnatomyPlacing *placing,
             guint             b,
             double            x,
             double            y,
             double            width)
{
  HsAnatomyScene *self = placing->scene;
  HsPlacedBlock  *block = &self->blocks[b];
  double          middle = y + HS_BLOCK_TITLE / 2.;

  block->rect = (HsRect) { x, y, width, 0 };
  block->bytes_width = placing->block_bytes[b]->width;
  _hs_anatomy_scene_add_text (self, placing->block_titles[b], x + HS_BOX_PADDING, middle,
                              HS_INK_TEXT);
  _hs_anatomy_scene_add_text (self, placing->block_bytes[b],
                              x + width - HS_BOX_PADDING - placing->block_bytes[b]->width, middle,
                              HS_INK_TEXT);
  y += HS_BLOCK_TITLE;
  if (placing->block_notes[b] != NULL)
    {
      _hs_anatomy_scene_add_text (self, placing->block_notes[b], x + HS_BOX_PADDING,
                                  y + HS_BLOCK_NOTE / 2. - 2, HS_INK_QUIET);
      y += HS_BLOCK_NOTE;
    }
  block->rows_y = y + HS_BLOCK_MARGIN;
  for (guint i = 0; i < block->n_rows; i++)
    place_row (placing, placing->first_row[b] + i, x, block->rows_y + i * HS_WORD_HEIGHT, width);
  if (block->n_rows > 0)
    y = block->rows_y + block->n_rows * HS_WORD_HEIGHT + HS_BLOCK_MARGIN;
  block->rect.height = y - block->rect.y;
  place_pieces (self, b);

  return y + HS_BLOCK_GAP;
}

static void
place_chips (HsAnatomyScene *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    {
      HsChip *chip = &g_array_index (self->chips, HsChip, i);

      chip->rect.x = self->columns[chip->column].chips;
      chip->rect.y = self->field_y[chip->field] - HS_SQUARE;
      chip->rect.height = 2 * HS_SQUARE;
      _hs_anatomy_scene_add_text (self, chip->bytes,
                                  chip->rect.x + chip->rect.width - chip->bytes->width,
                                  self->field_y[chip->field], HS_INK_QUIET);
    }
}

/* Columns from left to right. Returns: where the last one ends */
static double
place_columns (HsAnatomyPlacing *placing)
{
  HsAnatomyScene *self = placing->scene;
  double          x = HS_SCENE_MARGIN;
  guint           n = hs_anatomy_get_n_columns (self->anatomy);

  for (guint c = 0; c < n; c++)
    {
      const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
      HsPlacedColumn        *placed = &self->columns[c];
      double                 width = _hs_anatomy_placing_get_card_width (placing, c);
      double                 chip_width = 0;

      for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
        {
          double block_width = _hs_anatomy_placing_get_block_width (placing, b);

          width = MAX (width, block_width);
        }
      for (guint i = 0; i < self->chips->len; i++)
        if (g_array_index (self->chips, HsChip, i).column == c)
          chip_width = MAX (chip_width, g_array_index (self->chips, HsChip, i).rect.width);

      placed->width = GRID * ceil (MAX (WIDTH_MIN, width) / GRID);
      placed->card = (HsRect) { x, 0, placed->width, 0 };
      placed->lanes = x + placed->width + 2 * GRID;
      placed->chips = placed->lanes + HS_LANE * (placed->n_lanes + placed->n_chip_lanes) +
                      (chip_width > 0 || placed->n_lanes > 0 ? GRID : 0);
      placed->right = placed->chips + GRID * ceil (chip_width / GRID);
      placed->gap = HS_COLUMN_GAP + placed->gap * HS_LANE;
      x = placed->right + placed->gap;
      write_card (placing, c);
    }

  return n > 0 ? self->columns[n - 1].right : x;
}

/* Returns: where the map begins */
static double
place_caption (HsAnatomyScene *self,
               guint           c,
               double          y)
{
  const HsRect    *card = &self->columns[c].card;
  g_autofree char *bytes = hs_format_bytes (self->square_bytes);
  /* translators: below it all bytes are drawn as little squares; %s is "8 B" */
  g_autofree char *caption = g_strdup_printf (_("each square: %s"), bytes);
  const HsText    *text = hs_texts_shape (self->texts, HS_TEXT_QUIET, caption, -1);

  _hs_anatomy_scene_add_text (self, text, card->x + HS_BOX_PADDING, y + HS_SMALL_LINE / 2.,
                              HS_INK_QUIET);

  return y + HS_SMALL_LINE + GRID / 2;
}

static void
place_all (HsAnatomyPlacing *placing)
{
  HsAnatomyScene *self = placing->scene;
  double          right = place_columns (placing);
  double          text_height = 0;
  double          map_height = 0;
  double          bottom = 0;
  guint           n = hs_anatomy_get_n_columns (self->anatomy);

  for (guint c = 0; c < n; c++)
    {
      double height = place_card (placing, c, HS_SCENE_MARGIN);

      text_height = MAX (text_height, height);
    }
  text_height = GRID * ceil (text_height / GRID) + GRID;
  _hs_anatomy_scene_choose_scale (self);
  for (guint c = 0; c < n; c++)
    {
      double y = place_caption (self, c, HS_SCENE_MARGIN + text_height);
      double height =
        _hs_anatomy_scene_place_map (self, c, self->columns[c].card.x + HS_BOX_PADDING, y);

      self->columns[c].map_y = y;
      map_height = MAX (map_height, height);
    }

  for (guint c = 0; c < n; c++)
    {
      const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
      HsRect                *card = &self->columns[c].card;
      double                 y;

      card->height =
        self->columns[c].map_y - HS_SCENE_MARGIN + GRID * ceil (map_height / GRID) + GRID;
      y = card->y + card->height + HS_BLOCK_GAP;
      for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
        y = place_block (placing, b, card->x, y, card->width);
      bottom = MAX (bottom, y - HS_BLOCK_GAP);
    }
  place_chips (self);
  self->parent.width = right + HS_SCENE_MARGIN;
  self->parent.height = bottom + HS_SCENE_MARGIN;
}

gboolean
_hs_anatomy_scene_place (HsAnatomyScene *self,
                         GCancellable   *cancellable)
{
  guint            n_blocks = hs_anatomy_get_n_blocks (self->anatomy);
  guint            n_columns = hs_anatomy_get_n_columns (self->anatomy);
  HsAnatomyPlacing placing = {
    .scene = self,
    .rows = g_array_new (FALSE, TRUE, sizeof (HsAnatomyRow)),
    .first_row = g_new0 (guint, (gsize)n_blocks + 1),
    .lines = g_new0 (GPtrArray *, n_columns),
    .titles = g_new0 (const HsText *, n_columns),
    .names = g_new0 (const HsText *, n_columns),
    .bytes = g_new0 (const HsText *, n_columns),
    .block_titles = g_new0 (const HsText *, n_blocks),
    .block_bytes = g_new0 (const HsText *, n_blocks),
    .block_notes = g_new0 (const HsText *, n_blocks),
  };

  _hs_anatomy_scene_plan_arrows (self);
  _hs_anatomy_placing_measure (&placing);
  if (!g_cancellable_is_cancelled (cancellable))
    {
      place_all (&placing);
      _hs_anatomy_scene_route_arrows (self);
    }

  for (guint c = 0; c < n_columns; c++)
    g_clear_pointer (&placing.lines[c], g_ptr_array_unref);
  g_array_unref (placing.rows);
  g_free (placing.first_row);
  g_free (placing.lines);
  g_free (placing.titles);
  g_free (placing.names);
  g_free (placing.bytes);
  g_free (placing.block_titles);
  g_free (placing.block_bytes);
  g_free (placing.block_notes);

  return !g_cancellable_is_cancelled (cancellable);
}
