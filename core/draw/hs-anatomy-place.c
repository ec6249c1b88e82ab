/* hs-anatomy-place.c - texts of a picture of bytes, and where all of it stands
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

/* The longest texts, scene units. The tooltip has the rest. */
#define TITLE_MAX  240.
#define LABEL_MAX  200.
#define VALUE_MAX  200.
#define JOINED_MAX 320. /* of several fields in one word */
#define TEXT_GAP   16.
#define GRID       8.
#define WIDTH_MIN  (HS_SQUARES_PER_ROW * HS_SQUARE + 2 * HS_BOX_PADDING)

/* A row before it has a place. */
typedef struct
{
  guint         block;
  gint64        offset;
  gboolean      is_cut;
  const HsText *offset_text; /* NULL of a cut one */
  const HsText *name;        /* NULL if nothing begins here */
  const HsText *value;
  gboolean      is_quiet;
} Row;

typedef struct
{
  HsAnatomyScene *scene;
  GArray         *rows;      /* Row, by block */
  guint          *first_row; /* blocks + 1 */
  GPtrArray     **lines;     /* by column: HsText of its card, below the title */
  const HsText  **titles;    /* by column */
  const HsText  **names;     /* NULL for those without */
  const HsText  **bytes;
  const HsText  **block_titles;
  const HsText  **block_bytes;
  const HsText  **block_notes;
} Placing;

/* ---- Rows ---- */

static gboolean
is_blank (HsCell cell)
{
  return cell == HS_CELL_UNUSED || cell == HS_CELL_PADDING || cell == HS_CELL_UNKNOWN;
}

/* Whether an arrow says where the field leads. */
static gboolean
has_arrow (HsAnatomyScene *self,
           guint           field)
{
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const HsAnatomyArrow *arrow = &g_array_index (self->arrows, HsAnatomyArrow, i);

      if (arrow->field == field && arrow->block != G_MAXUINT && !arrow->is_implied)
        return TRUE;
    }

  return FALSE;
}

static char *
dup_value (HsAnatomyScene       *self,
           guint                 block,
           guint                 i,
           const HsAnatomyField *field)
{
  const HsAnatomyBlock *target;

  if (field->aim != HS_AIM_BLOCK)
    return g_strdup (field->value);
  if (field->block == block)
    /* translators: where a pointer leads: into the block that it stands in */
    return g_strdup (_("this block"));
  if (has_arrow (self, i))
    return NULL;

  target = hs_anatomy_get_block (self->anatomy, field->block);

  /* translators: where a pointer leads: %1$s is a block, %2$u the number of its column */
  return g_strdup_printf (_("%1$s, column %2$u"), target->title, target->column + 1);
}

static char *
dup_cut_text (const HsAnatomyField *field)
{
  g_autofree char *bytes = hs_format_bytes (field->cut);

  if (field->before == 0 && field->value != NULL)
    return g_strdup_printf ("%s · %s", field->value, bytes);

  /* translators: in a row that stands for many; %s is "2 468 B" */
  return g_strdup_printf (_("%s more"), bytes);
}

static Row *
add_row (Placing *placing,
         guint    block,
         gint64   offset,
         gboolean is_cut)
{
  Row row = { .block = block, .offset = offset, .is_cut = is_cut };

  g_array_append_val (placing->rows, row);

  return &g_array_index (placing->rows, Row, placing->rows->len - 1);
}

/* Its rectangle is of rows and bytes for now. */
static void
add_piece (HsAnatomyScene *self,
           guint           block,
           guint           field,
           guint           row,
           guint           byte,
           guint64         from,
           guint64         n,
           gboolean        is_cut)
{
  HsPiece piece = {
    .field = field,
    .block = block,
    .rect = { byte, row, is_cut ? HS_WORD_BYTES : (double)n, 1 },
    .from = from,
    .n = n,
    .is_cut = is_cut,
  };

  g_array_append_val (self->pieces, piece);
}

/* @n bytes of the field, of which @from stand before, behind @byte of the last row. */
static guint
add_bytes (Placing *placing,
           guint    block,
           guint    i,
           guint64  from,
           guint64  n,
           guint    byte)
{
  const HsAnatomyField *field = hs_anatomy_get_field (placing->scene->anatomy, i);

  while (n > 0)
    {
      guint64 here;

      if (byte == HS_WORD_BYTES)
        {
          add_row (placing, block, field->offset + (gint64)from, FALSE);
          byte = 0;
        }
      here = MIN (n, HS_WORD_BYTES - byte);
      add_piece (placing->scene, block, i, placing->rows->len - 1 - placing->first_row[block], byte,
                 from, here, FALSE);
      byte += (guint)here;
      from += here;
      n -= here;
    }

  return byte;
}

static void
build_rows (Placing *placing,
            guint    b)
{
  HsAnatomyScene       *self = placing->scene;
  const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);
  guint                 byte = HS_WORD_BYTES;

  self->blocks[b].first_piece = self->pieces->len;
  for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
    {
      const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, i);

      byte = add_bytes (placing, b, i, 0, field->before, byte);
      if (field->cut == 0)
        continue;
      add_row (placing, b, field->offset + (gint64)field->before, TRUE);
      add_piece (self, b, i, placing->rows->len - 1 - placing->first_row[b], 0, field->before,
                 field->cut, TRUE);
      byte = add_bytes (placing, b, i, field->before + field->cut, field->after, HS_WORD_BYTES);
    }
  self->blocks[b].n_pieces = self->pieces->len - self->blocks[b].first_piece;
  self->blocks[b].n_rows = placing->rows->len - placing->first_row[b];
}

/* "length 3 · hash", as many as there is room for. */
static void
name_several (Placing       *placing,
              Row           *row,
              const HsPiece *pieces,
              guint          n)
{
  HsAnatomyScene *self = placing->scene;

  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, pieces[i].field);
      g_autofree char      *value = dup_value (self, row->block, pieces[i].field, field);
      gsize                 length = text->len;

      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, field->name);
      if (value != NULL && *value != '\0')
        g_string_append_printf (text, " %s", value);
      if (i > 0 && hs_texts_shape (self->texts, HS_TEXT_QUIET, text->str, -1)->width > JOINED_MAX)
        {
          g_string_truncate (text, length);
          /* translators: fields of one word that find no place; %u is how many */
          g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %u more", " · %u more", n - i), n - i);
          break;
        }
    }
  row->name = hs_texts_shape (self->texts, HS_TEXT_QUIET, text->str, JOINED_MAX + LABEL_MAX);
}

static void
name_one (Placing       *placing,
          Row           *row,
          const HsPiece *piece)
{
  HsAnatomyScene       *self = placing->scene;
  const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, piece->field);
  g_autofree char      *value = piece->is_cut ? dup_cut_text (field)
                                              : dup_value (self, row->block, piece->field, field);

  row->is_quiet = is_blank (field->cell) || piece->is_cut;
  row->name = piece->is_cut && piece->from > 0
                ? NULL
                : hs_texts_shape (self->texts, piece->is_cut ? HS_TEXT_MORE : HS_TEXT_LABEL,
                                  field->name, LABEL_MAX);
  if (value != NULL && *value != '\0')
    row->value = hs_texts_shape (self->texts,
                                 piece->is_cut            ? HS_TEXT_MORE
                                 : is_blank (field->cell) ? HS_TEXT_QUIET
                                                          : HS_TEXT_VALUE,
                                 value, VALUE_MAX);
}

static void
name_row (Placing *placing,
          guint    r)
{
  HsAnatomyScene      *self = placing->scene;
  Row                 *row = &g_array_index (placing->rows, Row, r);
  const HsPlacedBlock *block = &self->blocks[row->block];
  guint                local = r - placing->first_row[row->block];
  HsPiece              starting[HS_WORD_BYTES];
  guint                n = 0;

  for (guint i = block->first_piece; i < block->first_piece + block->n_pieces; i++)
    {
      const HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);

      if ((guint)piece->rect.y == local && (piece->from == 0 || piece->is_cut) &&
          n < G_N_ELEMENTS (starting))
        starting[n++] = *piece;
    }
  if (n == 1)
    name_one (placing, row, &starting[0]);
  else if (n > 1)
    name_several (placing, row, starting, n);

  if (!row->is_cut)
    {
      g_autofree char *count = hs_format_count ((guint64)ABS (row->offset));
      g_autofree char *offset = g_strconcat (row->offset < 0 ? "−" : "", count, NULL);

      row->offset_text = hs_texts_shape (self->texts, HS_TEXT_QUIET, offset, HS_OFFSET_WIDTH);
    }
}

static double
get_row_width (const Row *row)
{
  double width = 2 * HS_BOX_PADDING + HS_OFFSET_WIDTH + HS_CELLS_GAP + HS_CELLS_WIDTH +
                 HS_BOX_PADDING;

  if (row->name != NULL)
    width += row->name->width;
  if (row->value != NULL)
    width += TEXT_GAP + row->value->width;

  return width;
}

/* ---- Titles ---- */

static void
name_block (Placing *placing,
            guint    b)
{
  HsAnatomyScene       *self = placing->scene;
  const HsAnatomyBlock *block = hs_anatomy_get_block (self->anatomy, b);
  g_autofree char      *occupied = hs_format_bytes (block->occupied);

  placing->block_titles[b] = hs_texts_shape (self->texts, HS_TEXT_TITLE, block->title, TITLE_MAX);
  placing->block_bytes[b] = hs_texts_shape (
    self->texts, HS_TEXT_NUMBER, block->is_static ? _("static") : occupied, TITLE_MAX);
  if (block->note != NULL)
    placing->block_notes[b] = hs_texts_shape (self->texts, HS_TEXT_QUIET, block->note, -1);
  else if (block->object >= hs_heap_get_view (self->parent.heap)->n_described)
    placing->block_notes[b] =
      hs_texts_shape (self->texts, HS_TEXT_QUIET, _("its fields are not in the snapshot"), -1);
}

static double
get_block_width (Placing *placing,
                 guint    b)
{
  double width = placing->block_titles[b]->width + TEXT_GAP + placing->block_bytes[b]->width +
                 HS_SIGN_SIZE + 3 * HS_BOX_PADDING;

  if (placing->block_notes[b] != NULL)
    width = MAX (width, placing->block_notes[b]->width + 2 * HS_BOX_PADDING);
  for (guint r = placing->first_row[b]; r < placing->first_row[b + 1]; r++)
    width = MAX (width, get_row_width (&g_array_index (placing->rows, Row, r)));

  return width;
}

/* ---- Cards ---- */

/* Whether a line may end before @c. */
static gboolean
can_break (gunichar before,
           gunichar c)
{
  static const char *const not_first = "，。、；：）！？,.;:)!?%";

  if (g_unichar_isspace (before))
    return TRUE;
  if (g_utf8_strchr (not_first, -1, c) != NULL)
    return FALSE;

  return g_unichar_iswide (before) || g_unichar_iswide (c);
}

static void
add_line (Placing    *placing,
          guint       column,
          const char *start,
          const char *end,
          double      width)
{
  g_autofree char *line = g_strndup (start, (gsize)(end - start));

  g_strstrip (line);
  if (*line != '\0')
    g_ptr_array_add (placing->lines[column],
                     (gpointer)hs_texts_shape (placing->scene->texts, HS_TEXT_QUIET, line, width));
}

static void
add_lines (Placing    *placing,
           guint       column,
           const char *text,
           double      width)
{
  const char *start = text;
  const char *last = NULL; /* where the line can end */
  gunichar    before = 0;

  if (text == NULL)
    return;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p > start && can_break (before, c))
        {
          g_autofree char *line = g_strndup (start, (gsize)(p - start));

          g_strchomp (line);
          if (last != NULL &&
              hs_texts_shape (placing->scene->texts, HS_TEXT_QUIET, line, -1)->width > width)
            {
              add_line (placing, column, start, last, width);
              start = last;
            }
          last = p;
        }
      before = c;
    }
  if (last != NULL && last > start &&
      hs_texts_shape (placing->scene->texts, HS_TEXT_QUIET, start, -1)->width > width)
    {
      add_line (placing, column, start, last, width);
      start = last;
    }
  add_line (placing, column, start, start + strlen (start), width);
}

static void
name_column (Placing *placing,
             guint    c)
{
  HsAnatomyScene        *self = placing->scene;
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  g_autofree char       *least = hs_format_bytes (column->least);
  g_autofree char       *bytes = NULL;

  if (column->occupied == HS_BYTES_UNKNOWN)
    bytes = g_strconcat ("≥ ", least, NULL);
  else if (column->occupied == 0 && column->external == 0)
    bytes = g_strdup (_("static"));
  else
    bytes = hs_format_bytes (column->occupied);
  placing->titles[c] = hs_texts_shape (self->texts, HS_TEXT_TITLE, column->type_name, TITLE_MAX);
  if (column->name != NULL)
    placing->names[c] = hs_texts_shape (self->texts, HS_TEXT_LABEL, column->name, LABEL_MAX);
  placing->bytes[c] = hs_texts_shape (self->texts, HS_TEXT_TITLE, bytes, -1);
}

static double
get_card_width (Placing *placing,
                guint    c)
{
  double width = placing->titles[c]->width + HS_SIGN_SIZE + 3 * HS_BOX_PADDING + TEXT_GAP +
                 placing->bytes[c]->width;

  if (placing->names[c] != NULL)
    width += TEXT_GAP + placing->names[c]->width;

  return width;
}

static void
write_card (Placing *placing,
            guint    c)
{
  HsAnatomyScene        *self = placing->scene;
  const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
  double                 width = self->columns[c].width - 2 * HS_BOX_PADDING;

  placing->lines[c] = g_ptr_array_new ();
  if (*column->preview != '\0')
    g_ptr_array_add (placing->lines[c], (gpointer)hs_texts_shape (self->texts, HS_TEXT_VALUE,
                                                                  column->preview, width));
  add_lines (placing, c, column->note, width);
  add_lines (placing, c, column->summary, width);
  add_lines (placing, c, column->reason, width);
  add_lines (placing, c, column->cost, width);
  add_lines (placing, c, column->contents_line, width);
  add_lines (placing, c, column->against, width);
  if (column->n_left_out > 0)
    {
      g_autofree char *n = hs_format_count (column->n_left_out);
      g_autofree char *bytes = hs_format_bytes (column->left_out_bytes);
      g_autofree char *line =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %1$s more block, %2$s",
                                      "… %1$s more blocks, %2$s", column->n_left_out),
                         n, bytes);

      add_lines (placing, c, line, width);
    }
}

/* ---- Places ---- */

/* Returns: the height of all lines */
static double
place_card (Placing *placing,
            guint    c,
            double   y)
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
place_row (Placing *placing,
           guint    r,
           double   x,
           double   y,
           double   width)
{
  HsAnatomyScene *self = placing->scene;
  const Row      *row = &g_array_index (placing->rows, Row, r);
  double          middle = y + HS_WORD_HEIGHT / 2.;
  double          cells = x + HS_BOX_PADDING + HS_OFFSET_WIDTH + HS_CELLS_GAP;
  double          name = cells + HS_CELLS_WIDTH + HS_BOX_PADDING;
  HsInk           ink = row->is_quiet ? HS_INK_QUIET : HS_INK_TEXT;

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
  double         x = block->rect.x + HS_BOX_PADDING + HS_OFFSET_WIDTH + HS_CELLS_GAP;

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
place_block (Placing *placing,
             guint    b,
             double   x,
             double   y,
             double   width)
{
  HsAnatomyScene *self = placing->scene;
  HsPlacedBlock  *block = &self->blocks[b];
  double          middle = y + HS_BLOCK_TITLE / 2.;

  block->rect = (HsRect) { x, y, width, 0 };
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
place_columns (Placing *placing)
{
  HsAnatomyScene *self = placing->scene;
  double          x = HS_SCENE_MARGIN;
  guint           n = hs_anatomy_get_n_columns (self->anatomy);

  for (guint c = 0; c < n; c++)
    {
      const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
      HsPlacedColumn        *placed = &self->columns[c];
      double                 width = MAX (WIDTH_MIN, get_card_width (placing, c));
      double                 chip_width = 0;

      for (guint b = column->first_block; b < column->first_block + column->n_blocks; b++)
        width = MAX (width, get_block_width (placing, b));
      for (guint i = 0; i < self->chips->len; i++)
        if (g_array_index (self->chips, HsChip, i).column == c)
          chip_width = MAX (chip_width, g_array_index (self->chips, HsChip, i).rect.width);

      placed->width = GRID * ceil (width / GRID);
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
place_all (Placing *placing)
{
  HsAnatomyScene *self = placing->scene;
  double          right = place_columns (placing);
  double          text_height = 0;
  double          map_height = 0;
  double          bottom = 0;
  guint           n = hs_anatomy_get_n_columns (self->anatomy);

  for (guint c = 0; c < n; c++)
    text_height = MAX (text_height, place_card (placing, c, HS_SCENE_MARGIN));
  text_height = GRID * ceil (text_height / GRID) + GRID;
  _hs_anatomy_scene_choose_scale (self);
  for (guint c = 0; c < n; c++)
    {
      self->columns[c].map_y = place_caption (self, c, HS_SCENE_MARGIN + text_height);
      map_height = MAX (map_height, _hs_anatomy_scene_place_map (
                                      self, c, self->columns[c].card.x + HS_BOX_PADDING,
                                      self->columns[c].map_y));
    }

  for (guint c = 0; c < n; c++)
    {
      const HsAnatomyColumn *column = hs_anatomy_get_column (self->anatomy, c);
      HsRect                *card = &self->columns[c].card;
      double                 y;

      card->height = self->columns[c].map_y - HS_SCENE_MARGIN + GRID * ceil (map_height / GRID) + GRID;
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
  guint   n_blocks = hs_anatomy_get_n_blocks (self->anatomy);
  guint   n_columns = hs_anatomy_get_n_columns (self->anatomy);
  Placing placing = {
    .scene = self,
    .rows = g_array_new (FALSE, TRUE, sizeof (Row)),
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
  for (guint c = 0; c < n_columns; c++)
    name_column (&placing, c);
  for (guint b = 0; b < n_blocks; b++)
    {
      placing.first_row[b] = placing.rows->len;
      build_rows (&placing, b);
      placing.first_row[b + 1] = placing.rows->len;
      for (guint r = placing.first_row[b]; r < placing.rows->len; r++)
        name_row (&placing, r);
      name_block (&placing, b);
    }
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
