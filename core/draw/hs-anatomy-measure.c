/* hs-anatomy-measure.c - the rows of a picture of bytes, and their texts
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
#define LABEL_MAX  248.
#define VALUE_MAX  200.
#define JOINED_MAX 320. /* of several fields in one word */
#define TEXT_GAP   16.

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
  const HsAnatomyBlock  *target;
  const HsAnatomyColumn *column;
  const char            *title;

  if (field->aim != HS_AIM_BLOCK)
    return g_strdup (field->value);
  if (field->block == block)
    /* translators: where a pointer leads: into the block that it stands in */
    return g_strdup (_("this block"));
  if (has_arrow (self, i))
    return NULL;

  target = hs_anatomy_get_block (self->anatomy, field->block);
  column = hs_anatomy_get_column (self->anatomy, target->column);
  title = target->title;
  if (target->kind == HS_BLOCK_MAIN && target->object == column->object)
    title = column->name != NULL ? column->name : column->type_name;

  /* translators: where a pointer leads: %1$s is a block, %2$u the number of its column */
  return g_strdup_printf (_("%1$s, column %2$u"), title, target->column + 1);
}

/* The characters of a text that lie in one word, as far as they are known: where
 * each is one byte, and none is written in another way. NULL if they are not.
 */
static char *
dup_characters (HsAnatomyScene *self,
                const HsPiece  *piece)
{
  const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, piece->field);
  guint32               object = hs_anatomy_get_block (self->anatomy, piece->block)->object;
  const HsSnapshotView *view = hs_heap_get_view (self->parent.heap);
  const char           *text = field->value;

  if (text == NULL || field->row == G_MAXUINT32 || field->cell != HS_CELL_DATA ||
      view->field_kind[field->row] != HS_FIELD_TEXT || piece->is_cut ||
      hs_snapshot_view_get_length (view, object) != field->size)
    return NULL;

  if (g_str_has_prefix (text, "bytearray("))
    text += strlen ("bytearray(");
  if (*text == 'b')
    text++;
  if (*text != '\'' && *text != '"')
    return NULL;
  text++;
  for (guint64 i = 0; i < piece->from + piece->n; i++)
    if (text[i] == '\0' || text[i] == '\\' || (text[i] & 0x80) != 0)
      return NULL;

  return g_strndup (text + piece->from, piece->n);
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

static HsAnatomyRow *
add_row (HsAnatomyPlacing *placing,
         guint             block,
         gint64            offset,
         gboolean          is_cut)
{
  HsAnatomyRow row = { .block = block, .offset = offset, .is_cut = is_cut };

  g_array_append_val (placing->rows, row);

  return &g_array_index (placing->rows, HsAnatomyRow, placing->rows->len - 1);
}

/* @from bytes behind the start of the field, which a snapshot may put anywhere. */
static gint64
get_offset (const HsAnatomyField *field,
            guint64               from)
{
  guint64 room = (guint64)G_MAXINT64 - (guint64)field->offset;

  return from < room ? (gint64)((guint64)field->offset + from) : G_MAXINT64;
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
add_bytes (HsAnatomyPlacing *placing,
           guint             block,
           guint             i,
           guint64           from,
           guint64           n,
           guint             byte)
{
  const HsAnatomyField *field = hs_anatomy_get_field (placing->scene->anatomy, i);

  while (n > 0)
    {
      guint64 here;

      if (byte == HS_WORD_BYTES)
        {
          add_row (placing, block, get_offset (field, from), FALSE);
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
build_rows (HsAnatomyPlacing *placing,
            guint             b)
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
      add_row (placing, b, get_offset (field, field->before), TRUE);
      add_piece (self, b, i, placing->rows->len - 1 - placing->first_row[b], 0, field->before,
                 field->cut, TRUE);
      byte = add_bytes (placing, b, i, field->before + field->cut, field->after, HS_WORD_BYTES);
    }
  self->blocks[b].n_pieces = self->pieces->len - self->blocks[b].first_piece;
  self->blocks[b].n_rows = placing->rows->len - placing->first_row[b];
}

/* "length 3 · hash", as many as there is room for. */
static void
name_several (HsAnatomyPlacing *placing,
              HsAnatomyRow     *row,
              const HsPiece    *pieces,
              guint             n)
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
          g_string_append_printf (
            text, g_dngettext (GETTEXT_PACKAGE, " · %u more", " · %u more", n - i), n - i);
          break;
        }
    }
  row->name = hs_texts_shape (self->texts, HS_TEXT_QUIET, text->str, JOINED_MAX + LABEL_MAX);
}

static void
name_one (HsAnatomyPlacing *placing,
          HsAnatomyRow     *row,
          const HsPiece    *piece)
{
  HsAnatomyScene       *self = placing->scene;
  const HsAnatomyField *field = hs_anatomy_get_field (self->anatomy, piece->field);
  g_autofree char      *value = piece->is_cut ? dup_cut_text (field) : dup_characters (self, piece);

  if (value == NULL)
    value = dup_value (self, row->block, piece->field, field);

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
name_characters (HsAnatomyPlacing *placing,
                 HsAnatomyRow     *row,
                 const HsPiece    *piece)
{
  g_autofree char *characters = dup_characters (placing->scene, piece);

  if (characters != NULL)
    row->value = hs_texts_shape (placing->scene->texts, HS_TEXT_VALUE, characters, VALUE_MAX);
}

static void
name_row (HsAnatomyPlacing *placing,
          guint             r)
{
  HsAnatomyScene      *self = placing->scene;
  HsAnatomyRow        *row = &g_array_index (placing->rows, HsAnatomyRow, r);
  const HsPlacedBlock *block = &self->blocks[row->block];
  guint                local = r - placing->first_row[row->block];
  HsPiece              starting[HS_WORD_BYTES];
  guint                n = 0;

  for (guint i = block->first_piece; i < block->first_piece + block->n_pieces; i++)
    {
      const HsPiece *piece = &g_array_index (self->pieces, HsPiece, i);

      if ((guint)piece->rect.y != local)
        continue;
      if ((piece->from == 0 || piece->is_cut) && n < G_N_ELEMENTS (starting))
        starting[n++] = *piece;
      else
        name_characters (placing, row, piece);
    }
  if (n == 1)
    name_one (placing, row, &starting[0]);
  else if (n > 1)
    name_several (placing, row, starting, n);

  if (!row->is_cut)
    {
      guint64          distance = row->offset < 0 ? -(guint64)row->offset : (guint64)row->offset;
      g_autofree char *count = hs_format_count (distance);
      g_autofree char *offset = g_strconcat (row->offset < 0 ? "−" : "", count, NULL);

      row->offset_text = hs_texts_shape (self->texts, HS_TEXT_QUIET, offset, -1);
      self->offset_width = MAX (self->offset_width, ceil (row->offset_text->width));
    }
}

static double
get_row_width (HsAnatomyScene     *self,
               const HsAnatomyRow *row)
{
  double width = 2 * HS_BOX_PADDING + self->offset_width + HS_CELLS_GAP + HS_CELLS_WIDTH +
                 HS_BOX_PADDING;

  if (row->name != NULL)
    width += row->name->width;
  if (row->value != NULL)
    width += TEXT_GAP + row->value->width;

  return width;
}

/* ---- Titles ---- */

static void
name_block (HsAnatomyPlacing *placing,
            guint             b)
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

double
_hs_anatomy_placing_get_block_width (HsAnatomyPlacing *placing,
                                     guint             b)
{
  double width = placing->block_titles[b]->width + TEXT_GAP + placing->block_bytes[b]->width +
                 2 * HS_FOLD_WIDTH + 2 * HS_BOX_PADDING;

  if (placing->block_notes[b] != NULL)
    width = MAX (width, placing->block_notes[b]->width + 2 * HS_BOX_PADDING);
  for (guint r = placing->first_row[b]; r < placing->first_row[b + 1]; r++)
    {
      double row_width =
        get_row_width (placing->scene, &g_array_index (placing->rows, HsAnatomyRow, r));

      width = MAX (width, row_width);
    }

  return width;
}

/* ---- Columns ---- */

static void
name_column (HsAnatomyPlacing *placing,
             guint             c)
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

double
_hs_anatomy_placing_get_card_width (HsAnatomyPlacing *placing,
                                    guint             c)
{
  double width = placing->titles[c]->width + HS_SIGN_SIZE + 3 * HS_BOX_PADDING + TEXT_GAP +
                 placing->bytes[c]->width;

  if (placing->names[c] != NULL)
    width += TEXT_GAP + placing->names[c]->width;

  return width;
}

void
_hs_anatomy_placing_measure (HsAnatomyPlacing *placing)
{
  HsAnatomyScene *self = placing->scene;
  guint           n_blocks = hs_anatomy_get_n_blocks (self->anatomy);

  self->offset_width = HS_OFFSET_WIDTH;
  for (guint c = 0; c < hs_anatomy_get_n_columns (self->anatomy); c++)
    name_column (placing, c);
  for (guint b = 0; b < n_blocks; b++)
    {
      placing->first_row[b] = placing->rows->len;
      build_rows (placing, b);
      placing->first_row[b + 1] = placing->rows->len;
      for (guint r = placing->first_row[b]; r < placing->rows->len; r++)
        name_row (placing, r);
      name_block (placing, b);
    }
}
