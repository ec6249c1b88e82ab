/* hs-strings-place.c - places in a scene of texts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-strings-place-private.h"

#define TITLE_HEIGHT    32.
#define SENTENCE_HEIGHT 24.
#define HEAD_GAP        16.

static void
put (HsStringsPlacing *placing,
     const HsText     *text,
     double            x,
     double            middle,
     HsStringsInk      ink)
{
  HsStringsText placed = { text, x, middle, ink, FALSE };

  if (text->width > 0)
    g_array_append_val (placing->placed, placed);
}

static void
put_right (HsStringsPlacing *placing,
           const HsText     *text,
           double            right,
           double            middle,
           HsStringsInk      ink)
{
  put (placing, text, right - text->width, middle, ink);
}

/* What was put last is not the whole of what it says. */
static void
mark_cut (HsStringsPlacing *placing,
          gboolean          is_cut)
{
  if (is_cut && placing->placed->len > 0)
    g_array_index (placing->placed, HsStringsText, placing->placed->len - 1).is_cut = TRUE;
}

/* Puts @text in lines of @width, the first one at @top. Returns: their height */
static double
put_lines (HsStringsPlacing *placing,
           HsTextStyle       style,
           const char       *text,
           double            x,
           double            top,
           double            width,
           double            height,
           HsStringsInk      ink)
{
  guint                n;
  const HsText *const *lines = _hs_wraps_get (placing->wraps, style, text, width, &n);

  for (guint i = 0; i < n; i++)
    put (placing, lines[i], x, top + (i + 0.5) * height, ink);

  return n * height;
}

/* ---- The head ---- */

static void
place_sums (HsStringsPlacing *placing)
{
  HsStringsPage   *page = placing->page;
  double           width = placing->right[HS_STRINGS_N_COLUMNS - 1] - HS_STRINGS_MARGIN;
  g_autofree char *totals = hs_strings_page_dup_totals (page, FALSE);
  g_autofree char *savings = hs_strings_page_dup_savings (page, FALSE);
  g_autofree char *method = hs_strings_page_dup_method (page);

  placing->y = HS_STRINGS_MARGIN / 2;
  placing->y += put_lines (placing, HS_TEXT_TITLE, savings, HS_STRINGS_MARGIN, placing->y, width,
                           TITLE_HEIGHT, HS_STRINGS_INK_TEXT);
  placing->y += put_lines (placing, HS_TEXT_LABEL, totals, HS_STRINGS_MARGIN, placing->y, width,
                           SENTENCE_HEIGHT, HS_STRINGS_INK_TEXT);
  placing->y += put_lines (placing, HS_TEXT_QUIET, method, HS_STRINGS_MARGIN, placing->y, width,
                           HS_STRINGS_LINE_HEIGHT, HS_STRINGS_INK_QUIET);
  placing->y += HEAD_GAP;
}

/* The heads end on one line, however many they have. */
static void
place_heads (HsStringsPlacing *placing)
{
  guint                n_lines = 1;
  guint                n[HS_STRINGS_N_COLUMNS];
  const HsText *const *lines[HS_STRINGS_N_COLUMNS];
  const HsText        *names = _hs_strings_shape (placing, HS_TEXT_QUIET, _("Referred to by"), -1);
  const HsText        *objects =
    _hs_strings_shape (placing, HS_TEXT_QUIET, _("Objects in memory"), -1);
  const HsText *values = _hs_strings_shape (placing, HS_TEXT_QUIET, _("Value"), -1);
  double        last;

  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    {
      lines[k] = _hs_strings_shape_head (placing, k, &n[k]);
      n_lines = MAX (n_lines, n[k]);
    }
  last = placing->y + (n_lines - 0.5) * HS_STRINGS_LINE_HEIGHT;
  put_right (placing, names, placing->label_right, last, HS_STRINGS_INK_QUIET);
  put (placing, objects, placing->copy_x, last, HS_STRINGS_INK_QUIET);
  put (placing, values, placing->value_x, last, HS_STRINGS_INK_QUIET);
  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    for (guint i = 0; i < n[k]; i++)
      put_right (placing, lines[k][i], placing->right[k],
                 last - (n[k] - 1 - i) * HS_STRINGS_LINE_HEIGHT, HS_STRINGS_INK_QUIET);
  placing->y += n_lines * HS_STRINGS_LINE_HEIGHT + 4;
  placing->scene->head_y = placing->y;
  placing->scene->n_head_texts = placing->placed->len;
}

/* ---- Rows ---- */

/* The names of one object, @top to @top + the height returned, and the object in
 * their middle.
 */
static double
place_copy (HsStringsPlacing *placing,
            guint             index,
            double            top)
{
  const HsStringsCopy *copy = &placing->page->copies[index];
  HsStringsBox        *box = &placing->scene->boxes[index];
  guint                n = copy->n_labels + (copy->n_left_out > 0);
  double               height = MAX (n * HS_STRINGS_LABEL_PITCH, HS_STRINGS_COPY_HEIGHT);
  double               middle = top + (height - n * HS_STRINGS_LABEL_PITCH) / 2;
  double               right = placing->label_right - HS_STRINGS_LABEL_INSET;

  box->first_chip = placing->chips->len;
  box->n_chips = copy->n_labels;
  box->rect = (HsRect) { placing->copy_x, top + (height - HS_STRINGS_COPY_HEIGHT) / 2,
                         placing->copy_width, HS_STRINGS_COPY_HEIGHT };
  box->is_shared = hs_strings_get_n_uses (placing->page->strings, copy->object) > 1;
  middle += HS_STRINGS_LABEL_PITCH / 2;
  for (guint i = 0; i < copy->n_labels; i++, middle += HS_STRINGS_LABEL_PITCH)
    {
      const HsStringsLabel *label = &placing->page->labels[copy->first_label + i];
      const HsText         *text = placing->labels[copy->first_label + i];
      double                width = text->width + 2 * HS_STRINGS_LABEL_INSET;
      HsStringsChip         chip = { .copy = index,
                                     .n_references = label->n_references,
                                     .is_quiet = label->is_quiet };

      chip.rect = (HsRect) { placing->label_right - width, middle - HS_STRINGS_LABEL_HEIGHT / 2,
                             width, HS_STRINGS_LABEL_HEIGHT };
      g_array_append_val (placing->chips, chip);
      put_right (placing, text, right, middle,
                 label->is_quiet ? HS_STRINGS_INK_QUIET : HS_STRINGS_INK_TEXT);
      mark_cut (placing, !g_str_equal (text->string, label->text));
    }
  if (copy->n_left_out > 0)
    {
      const HsText *more =
        _hs_strings_shape_taken (placing, HS_TEXT_MORE,
                                 hs_strings_page_dup_more_labels (placing->page, index), -1);

      put_right (placing, more, right, middle, HS_STRINGS_INK_QUIET);
      box->more = (HsRect) { right - more->width, middle - HS_STRINGS_LABEL_HEIGHT / 2,
                             more->width, HS_STRINGS_LABEL_HEIGHT };
    }
  put (placing, placing->states[index],
       box->rect.x + HS_STRINGS_COPY_INSET + HS_STRINGS_SIGN_SIZE + 6,
       _hs_strings_box_get_middle (box), HS_STRINGS_INK_TEXT);
  put_right (placing, placing->bytes[index],
             box->rect.x + box->rect.width - HS_STRINGS_COPY_INSET,
             _hs_strings_box_get_middle (box), HS_STRINGS_INK_TEXT);

  return height;
}

/* One box for all objects that are left out. Returns: the height */
static double
place_more (HsStringsPlacing *placing,
            guint             index,
            double            top)
{
  HsStringsBand *band = &placing->scene->bands[index];
  double         middle = top + HS_STRINGS_COPY_HEIGHT / 2;
  double         right = placing->copy_x + placing->copy_width - HS_STRINGS_COPY_INSET;
  const HsText  *objects =
    _hs_strings_shape_taken (placing, HS_TEXT_MORE,
                             hs_strings_page_dup_more_copies (placing->page, index), -1);
  const HsText *bytes =
    _hs_strings_shape_taken (placing, HS_TEXT_NUMBER,
                             hs_format_bytes (
                               hs_strings_page_get_more_bytes (placing->page, index)),
                             -1);
  const HsText *uses =
    _hs_strings_shape_taken (placing, HS_TEXT_MORE,
                             hs_strings_page_dup_more_uses (placing->page, index), -1);

  band->more = (HsRect) { placing->copy_x, top, placing->copy_width, HS_STRINGS_COPY_HEIGHT };
  put (placing, objects, placing->copy_x + HS_STRINGS_COPY_INSET, middle, HS_STRINGS_INK_QUIET);
  put_right (placing, bytes, right, middle, HS_STRINGS_INK_TEXT);
  if (placing->page->rows[index].n_uses_left_out > 0)
    {
      band->more_x = placing->label_right;
      put_right (placing, uses, placing->label_right - HS_STRINGS_LABEL_INSET, middle,
                 HS_STRINGS_INK_QUIET);
    }

  return HS_STRINGS_COPY_HEIGHT + 2 * HS_STRINGS_STACK;
}

/* Returns: the height */
static double
place_copies (HsStringsPlacing *placing,
              guint             index,
              double            top)
{
  const HsStringsRow *row = &placing->page->rows[index];
  double              y = top;

  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    y += place_copy (placing, i, y) + HS_STRINGS_COPY_GAP;
  if (row->n_copies_left_out > 0)
    y += place_more (placing, index, y) + HS_STRINGS_COPY_GAP;

  return y - HS_STRINGS_COPY_GAP - top;
}

/* As long as the bytes of the row are beside those of the largest. */
static void
place_bar (HsStringsPlacing *placing,
           guint             index,
           double            middle)
{
  HsStringsBand       *band = &placing->scene->bands[index];
  const HsStringValue *value =
    hs_strings_get (placing->page->strings, placing->page->rows[index].value);
  double x = placing->value_x + placing->value_width + HS_STRINGS_COLUMN_GAP;
  double room = placing->right[HS_STRINGS_N_COLUMNS - 1] - x;

  if (placing->most_bytes == 0)
    return;
  band->bar = (HsRect) { x, middle - HS_STRINGS_BAR_HEIGHT / 2,
                         room * ((double)value->occupied / (double)placing->most_bytes),
                         HS_STRINGS_BAR_HEIGHT };
  if (value->occupied > 0)
    band->bar_kept = band->bar.width *
                     (1 - (double)MIN (value->saving, value->occupied) / (double)value->occupied);
}

/* Value and numbers stand on the line of the first object, whose box begins at
 * @top; what explains them stands below. Returns: the height
 */
static double
place_facts (HsStringsPlacing *placing,
             guint             index,
             double            top)
{
  double           middle = top + HS_STRINGS_COPY_HEIGHT / 2;
  double           y = top + HS_STRINGS_COPY_HEIGHT - 4;
  double           width = placing->right[HS_STRINGS_N_COLUMNS - 1] - placing->value_x;
  const HsText    *value = placing->values[index];
  const HsText    *size = _hs_strings_shape_size (placing, index);
  g_autofree char *why = hs_strings_page_dup_why (placing->page, index);

  put (placing, value, placing->value_x, middle, HS_STRINGS_INK_TEXT);
  mark_cut (placing,
            _hs_strings_shape (placing, HS_TEXT_VALUE, value->string, -1)->width > value->width);
  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    {
      const HsText *text = placing->numbers[k][index];

      put_right (placing, text, placing->right[k], middle,
                 g_str_equal (text->string, HS_STRINGS_DASH) ? HS_STRINGS_INK_QUIET
                                                             : HS_STRINGS_INK_TEXT);
    }
  place_bar (placing, index, y + HS_STRINGS_LINE_HEIGHT / 2);
  if (size->width > 0)
    {
      put (placing, size, placing->value_x, y + HS_STRINGS_LINE_HEIGHT / 2, HS_STRINGS_INK_QUIET);
      y += HS_STRINGS_LINE_HEIGHT;
    }
  if (*why != '\0')
    y += put_lines (placing, HS_TEXT_QUIET, why, placing->value_x, y, width,
                    HS_STRINGS_LINE_HEIGHT, HS_STRINGS_INK_QUIET);

  return y - top;
}

static void
place_value (HsStringsPlacing *placing,
             guint             index)
{
  const HsStringsRow *row = &placing->page->rows[index];
  HsStringsBand      *band = &placing->scene->bands[index];
  double              top = placing->y + HS_STRINGS_ROW_PADDING;
  double              facts_top;
  double              left_height;
  double              right_height;

  band->kind = HS_STRINGS_BAND_VALUE;
  band->y = placing->y;
  band->first_text = placing->placed->len;
  left_height = place_copies (placing, index, top);
  facts_top = row->n_copies > 0 ? placing->scene->boxes[row->first_copy].rect.y : top;
  right_height = facts_top - top + place_facts (placing, index, facts_top);
  band->n_texts = placing->placed->len - band->first_text;
  band->height = ceil (MAX (left_height, right_height)) + 2 * HS_STRINGS_ROW_PADDING;
  placing->y += band->height;
}

/* A row that says what is not shown. Takes @text. */
static void
place_end (HsStringsPlacing *placing,
           HsStringsBandKind kind,
           char             *text)
{
  HsStringsScene *scene = placing->scene;
  HsStringsBand  *band;
  double          width = placing->right[HS_STRINGS_N_COLUMNS - 1] - HS_STRINGS_MARGIN - 24;

  if (text == NULL)
    return;

  band = &scene->bands[scene->n_bands++];
  band->kind = kind;
  band->y = placing->y;
  band->first_text = placing->placed->len;
  band->height = HS_STRINGS_END_HEIGHT - HS_STRINGS_LINE_HEIGHT;
  band->height += put_lines (placing, HS_TEXT_MORE, text, HS_STRINGS_MARGIN + 24,
                             placing->y + band->height / 2, width, HS_STRINGS_LINE_HEIGHT,
                             HS_STRINGS_INK_QUIET);
  band->n_texts = placing->placed->len - band->first_text;
  placing->y += band->height;
  g_free (text);
}

static gboolean
place_all (HsStringsPlacing *placing,
           GCancellable     *cancellable)
{
  HsStringsScene *scene = placing->scene;
  HsStringsPage  *page = placing->page;

  if (!_hs_strings_measure (placing, cancellable))
    return FALSE;
  place_sums (placing);
  place_heads (placing);
  for (guint i = 0; i < page->n_rows; i++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      place_value (placing, i);
    }
  scene->n_bands = page->n_rows;
  place_end (placing, HS_STRINGS_BAND_MORE, hs_strings_page_dup_left_out (page));
  place_end (placing, HS_STRINGS_BAND_FOLDED, hs_strings_page_dup_folded (page));
  place_end (placing, HS_STRINGS_BAND_NOTE, hs_strings_page_dup_not_asked (page));
  scene->parent.height = placing->y + HS_STRINGS_MARGIN / 2;

  return TRUE;
}

gboolean
_hs_strings_scene_place (HsStringsScene *self,
                         GCancellable   *cancellable)
{
  HsStringsPage   *page = self->page;
  HsStringsPlacing placing = { .scene = self, .page = page, .texts = self->texts };
  gboolean         is_done;

  placing.wraps = _hs_wraps_new (self->texts);
  placing.placed = g_array_new (FALSE, FALSE, sizeof (HsStringsText));
  placing.chips = g_array_new (FALSE, FALSE, sizeof (HsStringsChip));
  placing.labels = g_new0 (const HsText *, page->n_labels + 1);
  placing.states = g_new0 (const HsText *, page->n_copies + 1);
  placing.bytes = g_new0 (const HsText *, page->n_copies + 1);
  placing.values = g_new0 (const HsText *, page->n_rows + 1);
  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    placing.numbers[k] = g_new0 (const HsText *, page->n_rows + 1);

  is_done = place_all (&placing, cancellable);

  self->n_texts = placing.placed->len;
  self->placed = (HsStringsText *)(void *)g_array_free (placing.placed, FALSE);
  self->n_chips = placing.chips->len;
  self->chips = (HsStringsChip *)(void *)g_array_free (placing.chips, FALSE);
  g_free (placing.labels);
  g_free (placing.states);
  g_free (placing.bytes);
  g_free (placing.values);
  for (guint k = 0; k < HS_STRINGS_N_COLUMNS; k++)
    g_free (placing.numbers[k]);
  _hs_wraps_free (placing.wraps);

  return is_done;
}
