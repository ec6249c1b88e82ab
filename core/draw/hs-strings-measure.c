/* hs-strings-measure.c - texts and columns of a scene of texts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-heap-private.h"
#include "hs-strings-place-private.h"

/* No more of a value is shaped: it would not be seen. */
#define VALUE_CHARS 120
#define LABEL_CHARS 160

#define HEAD_WIDTH 88. /* of a column, before its head is broken into lines */

static double
snap (double size)
{
  return ceil (size / 8) * 8;
}

const HsText *
_hs_strings_shape (HsStringsPlacing *placing,
                   HsTextStyle       style,
                   const char       *text,
                   double            max_width)
{
  return hs_texts_shape (placing->texts, style, text, max_width);
}

const HsText *
_hs_strings_shape_taken (HsStringsPlacing *placing,
                         HsTextStyle       style,
                         char             *text,
                         double            max_width)
{
  const HsText *shaped = _hs_strings_shape (placing, style, text, max_width);

  g_free (text);

  return shaped;
}

/* ---- Shaping ---- */

/* @text with its middle left out, as few of it as will make it fit: both ends of a
 * path tell more than its middle.
 */
static const HsText *
shape_path (HsStringsPlacing *placing,
            HsTextStyle       style,
            const char       *text)
{
  glong n_chars = g_utf8_strlen (text, -1);
  glong n_kept = MIN (n_chars, LABEL_CHARS);

  while (TRUE)
    {
      const char      *head_end = g_utf8_offset_to_pointer (text, n_kept * 2 / 5);
      const char      *tail = g_utf8_offset_to_pointer (text, n_chars - n_kept * 3 / 5);
      g_autofree char *cut = g_strdup_printf ("%.*s…%s", (int)(head_end - text), text, tail);
      const HsText    *shaped;

      shaped = _hs_strings_shape (placing, style, n_kept == n_chars ? text : cut, -1);
      if (shaped->width <= HS_STRINGS_LABEL_MAX || n_kept <= 0)
        return shaped;
      n_kept = MIN (n_kept - 1, (glong)((double)n_kept * HS_STRINGS_LABEL_MAX / shaped->width));
    }
}

static void
shape_labels (HsStringsPlacing *placing)
{
  for (guint i = 0; i < placing->page->n_labels; i++)
    {
      const HsStringsLabel *label = &placing->page->labels[i];

      placing->labels[i] =
        shape_path (placing, label->is_quiet ? HS_TEXT_QUIET : HS_TEXT_LABEL, label->text);
    }
}

static char *
dup_copy_bytes (HsHeap *heap,
                guint32 object)
{
  guint64          least = hs_heap_get_least (heap, object);
  g_autofree char *bytes = NULL;

  if (hs_heap_get_view (heap)->object_flags[object] & HS_OBJECT_STATIC)
    /* translators: of an object inside the interpreter, which needs no heap bytes */
    return g_strdup (_("static"));
  bytes = hs_format_bytes (least);
  if (hs_heap_get_occupied (heap, object) == least)
    return g_steal_pointer (&bytes);

  return least == 0 ? hs_format_bytes (HS_BYTES_UNKNOWN) : g_strconcat ("≥ ", bytes, NULL);
}

static void
shape_copies (HsStringsPlacing *placing)
{
  for (guint i = 0; i < placing->page->n_copies; i++)
    {
      placing->states[i] =
        _hs_strings_shape_taken (placing, HS_TEXT_QUIET,
                                 hs_strings_page_dup_state (placing->page, i), -1);
      placing->bytes[i] =
        _hs_strings_shape_taken (placing, HS_TEXT_NUMBER,
                                 dup_copy_bytes (hs_strings_get_heap (placing->page->strings),
                                                 placing->page->copies[i].object),
                                 -1);
    }
}

static char *
dup_saving (guint64 bytes)
{
  return bytes == 0 ? g_strdup (HS_STRINGS_DASH) : hs_format_bytes (bytes);
}

static gboolean
shape_rows (HsStringsPlacing *placing,
            GCancellable     *cancellable)
{
  HsHeap *heap = hs_strings_get_heap (placing->page->strings);

  for (guint i = 0; i < placing->page->n_rows; i++)
    {
      const HsStringValue *value =
        hs_strings_get (placing->page->strings, placing->page->rows[i].value);
      char *bytes = hs_format_bytes (value->occupied);
      char *texts[HS_STRINGS_N_COLUMNS];

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_free (bytes);
          return FALSE;
        }
      placing->most_bytes = MAX (placing->most_bytes, value->occupied);
      texts[HS_STRINGS_COLUMN_OBJECTS] = hs_format_count (value->n_copies);
      texts[HS_STRINGS_COLUMN_REFERENCES] = hs_format_count (value->n_uses);
      texts[HS_STRINGS_COLUMN_BYTES] = value->is_least ? g_strconcat ("≥ ", bytes, NULL)
                                                       : g_strdup (bytes);
      texts[HS_STRINGS_COLUMN_SHARING] = dup_saving (value->sharing);
      texts[HS_STRINGS_COLUMN_SAVING] = dup_saving (value->saving);
      g_free (bytes);
      for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
        placing->numbers[k][i] = _hs_strings_shape_taken (placing, HS_TEXT_NUMBER, texts[k], -1);
      placing->values[i] =
        _hs_strings_shape_taken (placing, HS_TEXT_VALUE,
                                 _hs_heap_dup_short_preview (heap, value->object, VALUE_CHARS),
                                 HS_STRINGS_VALUE_MAX);
    }

  return TRUE;
}

/* ---- Columns ---- */

static const char *
get_head (guint column)
{
  switch (column)
    {
    case HS_STRINGS_COLUMN_OBJECTS:
      return _("Objects");
    case HS_STRINGS_COLUMN_REFERENCES:
      return _("References");
    case HS_STRINGS_COLUMN_BYTES:
      return _("Bytes");
    case HS_STRINGS_COLUMN_SHARING:
      return _("Sharing saves");
    case HS_STRINGS_COLUMN_SAVING:
      return _("sys.intern() would save");
    default:
      return "";
    }
}

const HsText *const *
_hs_strings_shape_head (HsStringsPlacing *placing,
                        guint             column,
                        guint            *n)
{
  return _hs_wraps_get (placing->wraps, HS_TEXT_QUIET, get_head (column), HEAD_WIDTH, n);
}

static double
get_widest (const HsText **texts,
            guint          n,
            double         least)
{
  for (guint i = 0; i < n; i++)
    least = MAX (least, texts[i]->width);

  return least;
}

static double
get_head_width (HsStringsPlacing *placing,
                guint             column)
{
  guint                n;
  const HsText *const *lines =
    _hs_strings_shape_head (placing, column, &n);

  return get_widest ((const HsText **)lines, n, 0);
}

/* Takes @text. */
static double
get_width_of_more (HsStringsPlacing *placing,
                   char             *text)
{
  return _hs_strings_shape_taken (placing, HS_TEXT_MORE, text, -1)->width;
}

static double
get_label_width (HsStringsPlacing *placing)
{
  HsStringsPage *page = placing->page;
  double         width = get_widest (placing->labels, page->n_labels, 0);

  width = MAX (width, _hs_strings_shape (placing, HS_TEXT_QUIET, _("Referred to by"), -1)->width);
  for (guint i = 0; i < page->n_copies; i++)
    if (page->copies[i].n_left_out > 0)
      width = MAX (width, get_width_of_more (placing, hs_strings_page_dup_more_labels (page, i)));
  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].n_uses_left_out > 0)
      width = MAX (width, get_width_of_more (placing, hs_strings_page_dup_more_uses (page, i)));

  return width + 2 * HS_STRINGS_LABEL_INSET;
}

/* Of the box for the objects that are left out. */
static double
get_more_width (HsStringsPlacing *placing,
                guint             row)
{
  g_autofree char *objects = hs_strings_page_dup_more_copies (placing->page, row);
  g_autofree char *bytes = hs_format_bytes (hs_strings_page_get_more_bytes (placing->page, row));

  return _hs_strings_shape (placing, HS_TEXT_MORE, objects, -1)->width +
         _hs_strings_shape (placing, HS_TEXT_NUMBER, bytes, -1)->width + HS_STRINGS_COLUMN_GAP +
         2 * HS_STRINGS_COPY_INSET;
}

static double
get_copy_width (HsStringsPlacing *placing)
{
  const HsStringsPage *page = placing->page;
  double               width = get_widest (placing->states, page->n_copies, 0) +
                 get_widest (placing->bytes, page->n_copies, 0) + HS_STRINGS_SIGN_SIZE +
                 2 * HS_STRINGS_COPY_INSET + 6 + HS_STRINGS_COLUMN_GAP;

  for (guint i = 0; i < page->n_rows; i++)
    if (page->rows[i].n_copies_left_out > 0)
      width = MAX (width, get_more_width (placing, i));

  return width;
}

/* The length and width of each value stand below it. */
const HsText *
_hs_strings_shape_size (HsStringsPlacing *placing,
                        guint             row)
{
  g_autofree char *length = hs_strings_page_dup_length (placing->page, row);
  g_autofree char *width = hs_strings_page_dup_width (placing->page, row);
  g_autofree char *both = NULL;

  if (width == NULL || *length == '\0')
    return _hs_strings_shape (placing, HS_TEXT_QUIET, width != NULL ? width : length, -1);

  both = g_strjoin (C_ ("list", ", "), length, width, NULL);

  return _hs_strings_shape (placing, HS_TEXT_QUIET, both, -1);
}

static void
place_columns (HsStringsPlacing *placing)
{
  HsStringsPage *page = placing->page;
  double         x;

  placing->label_right = HS_STRINGS_MARGIN + snap (get_label_width (placing));
  placing->copy_x = placing->label_right + HS_STRINGS_ARC_WIDTH;
  placing->copy_width = snap (get_copy_width (placing));
  placing->value_x = placing->copy_x + placing->copy_width + HS_STRINGS_COLUMN_GAP;
  placing->value_width = get_widest (placing->values, page->n_rows, HS_STRINGS_VALUE_MIN);
  for (guint i = 0; i < page->n_rows; i++)
    placing->value_width = MAX (placing->value_width, _hs_strings_shape_size (placing, i)->width);
  placing->value_width = snap (placing->value_width);

  x = placing->value_x + placing->value_width;
  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    {
      x += HS_STRINGS_COLUMN_GAP +
           get_widest (placing->numbers[k], page->n_rows, get_head_width (placing, k));
      placing->right[k] = x = snap (x);
    }
  placing->scene->parent.width = x + HS_STRINGS_MARGIN;
}

gboolean
_hs_strings_measure (HsStringsPlacing *placing,
                     GCancellable     *cancellable)
{
  shape_labels (placing);
  shape_copies (placing);
  if (!shape_rows (placing, cancellable))
    return FALSE;
  place_columns (placing);

  return TRUE;
}
