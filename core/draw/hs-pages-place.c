/* hs-pages-place.c - where mappings and their pages lie in the picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-pages-scene-private.h"
#include "hs-strings-wrap.h"

/* Mappings that have a line of their own beyond those that are shown whole. */
#define N_LISTED 24

#define PART_GAP    24.
#define ROW_LABEL   24. /* from one offset to the next, at least */
#define ROWS_MAX    128
#define N_SENTENCES 2 /* for which there is always room: the picture stays while it plays */
#define NAME_MIN    96.
#define BETWEEN_GAP 16.
#define BETWEEN     "  ·  "

/* Texts */

const HsText *
_hs_pages_add_label (HsPagesScene *self,
                     HsTextStyle   style,
                     const char   *text,
                     double        x,
                     double        y)
{
  HsPagesLabel label = { hs_texts_shape (self->texts, style, text, -1), x, y,
                         style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);

  return label.text;
}

void
_hs_pages_add_number (HsPagesScene *self,
                      HsTextStyle   style,
                      const char   *text,
                      double        x,
                      double        y)
{
  const HsText *shaped = hs_texts_shape (self->texts, style, text, -1);
  HsPagesLabel  label = { shaped, x - shaped->width, y, style == HS_TEXT_QUIET };

  g_array_append_val (self->labels, label);
}

/* In as many lines as it takes. Returns: the bottom */
static double
add_lines (HsPagesScene *self,
           HsWraps      *wraps,
           HsTextStyle   style,
           const char   *text,
           double        y)
{
  guint                n;
  const HsText *const *lines = _hs_wraps_get (wraps, style, text, HS_PAGES_WIDTH, &n);

  for (guint i = 0; i < n; i++, y += HS_PAGES_LINE)
    {
      HsPagesLabel label = { lines[i], HS_PAGES_MARGIN, y + HS_PAGES_LINE / 2,
                             style == HS_TEXT_QUIET };

      g_array_append_val (self->labels, label);
    }

  return y;
}

/* Cells */

/* How many columns, and how many pages in each cell as a power of two. */
static void
choose_cells (HsPagesPart *part,
              guint32      n_pages,
              guint        n_whole,
              guint       *shift)
{
  guint32 rows = n_whole == 1 ? ROWS_MAX : n_whole <= 3 ? ROWS_MAX / 2
                                                        : ROWS_MAX / 4;

  *shift = 0;
  part->n_columns = n_pages <= 64 ? 16 : n_pages <= 256  ? 32
                                       : n_pages <= 1024 ? 64
                                                         : 128;
  part->cell = n_pages <= 64 ? 24 : HS_PAGES_MAP_WIDTH / part->n_columns;
  while (*shift < 31 && (n_pages >> *shift) > rows * part->n_columns)
    (*shift)++;
}

guint32
_hs_pages_part_get_pages (const HsPagesPart *part,
                          guint32            cell,
                          guint32           *n)
{
  guint32 first = cell << part->cells.shift;

  *n = MIN (1u << part->cells.shift, part->cells.n_pages - first);

  return part->cells.first_page + first;
}

/* Which cells have pages that changed; of several changes the one that is last but for
 * what is gone.
 */
static void
mark_changes (HsPagesPart *part)
{
  part->changed = g_new0 (guint8, MAX (part->cells.n_cells, 1));
  for (guint i = 0; i < part->changes->len; i++)
    {
      const HsPageSpan *span = &g_array_index (part->changes, HsPageSpan, i);
      guint32           first = MAX (span->first, part->cells.first_page) - part->cells.first_page;
      guint32           end = span->end - MIN (span->end, part->cells.first_page);
      guint8            mark = (guint8)(1 + span->state);

      end = MIN (end, part->cells.n_pages);
      for (guint32 cell = first >> part->cells.shift;
           first < end && cell <= (end - 1) >> part->cells.shift; cell++)
        if (part->changed[cell] == 0 || part->changed[cell] == 1 + HS_PAGE_CHANGE_GONE ||
            (mark > part->changed[cell] && mark != 1 + HS_PAGE_CHANGE_GONE))
          part->changed[cell] = mark;
    }
}

/* Whether the mapping was looked at in the step that is shown; else it is as it was. */
static gboolean
is_sampled (HsPagesScene      *self,
            const HsPagesPart *part)
{
  return part->sample >= hs_page_map_get_step (self->map, self->focus.step)->first_sample;
}

static void
read_cells (HsPagesScene *self,
            HsPagesPart  *part,
            guint32       first_page,
            guint32       n_shown,
            guint         shift)
{
  guint32 n_pages = hs_page_map_get_n_pages (self->map, part->sample);

  part->spans = hs_page_map_dup_spans (self->map, part->sample);
  part->changes = is_sampled (self, part)
                    ? hs_page_map_dup_changes (self->map, part->sample, part->spans)
                    : g_array_new (FALSE, FALSE, sizeof (HsPageSpan));
  n_pages = MIN (n_pages - MIN (n_pages, first_page), n_shown);
  hs_page_cells_init (&part->cells, self->map, part->mapping, part->spans, first_page, n_pages,
                      shift);
  mark_changes (part);
}

/* Offsets, left of the map; in the midst of many pages their numbers: offsets with three
 * digits would be all alike.
 */
static void
add_offsets (HsPagesScene *self,
             HsPagesPart  *part,
             guint32       first_page,
             guint         shift,
             guint32       n_rows)
{
  const HsRecordView *record = hs_history_get_record (hs_page_map_get_history (self->map));
  guint64             row_bytes = ((guint64)part->n_columns << shift) *
                      record->mappings[part->mapping].page_size;
  guint64 start = (guint64)first_page * record->mappings[part->mapping].page_size;
  guint32 step = 1;

  while (step * part->cell < ROW_LABEL)
    step *= 2;
  for (guint32 row = 0; row < n_rows; row += step)
    {
      g_autofree char *offset =
        shift == 0 && first_page > 0
          ? hs_format_count (first_page + (guint64)row * part->n_columns)
          : hs_format_bytes (start + row * row_bytes);

      _hs_pages_add_number (self, HS_TEXT_QUIET, offset, part->frame.x - 8,
                            part->frame.y + part->cell * row + MIN (part->cell, 12) / 2);
    }
}

/* Parts */

/* As many in a line as fit; only what is longer than a line is broken. */
static double
place_facts (HsPagesScene *self,
             HsPagesPart  *part,
             HsWraps      *wraps,
             double        y)
{
  g_auto(GStrv) facts = hs_page_map_dup_facts (self->map, part->mapping, part->sample);
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; facts[i] != NULL; i++)
    {
      g_autofree char *longer =
        g_strconcat (line->str, line->len > 0 ? BETWEEN : "", facts[i], NULL);

      if (line->len > 0 &&
          hs_texts_shape (self->texts, HS_TEXT_QUIET, longer, -1)->width > HS_PAGES_WIDTH)
        {
          y = add_lines (self, wraps, HS_TEXT_QUIET, line->str, y);
          g_string_assign (line, facts[i]);
        }
      else
        g_string_assign (line, longer);
    }

  return add_lines (self, wraps, HS_TEXT_QUIET, line->str, y);
}

static double
place_grid (HsPagesScene *self,
            HsPagesPart  *part,
            guint         n_whole,
            double        y)
{
  gboolean is_zoomed = self->focus.zoomed == part->mapping;
  guint32  first = is_zoomed ? self->focus.first_page : 0;
  guint32  n_pages = hs_page_map_get_most_pages (self->map, part->mapping);
  guint32  n_rows;
  guint    shift;

  n_pages -= MIN (n_pages, first);
  if (is_zoomed)
    n_pages = MIN (n_pages, self->focus.n_pages);
  choose_cells (part, n_pages, n_whole, &shift);
  n_rows = (guint32)(((guint64)n_pages + ((guint64)part->n_columns << shift) - 1) /
                     ((guint64)part->n_columns << shift));
  part->frame = (HsRect) { HS_PAGES_MARGIN + HS_PAGES_LABELS, y, part->cell * part->n_columns,
                           part->cell * MAX (n_rows, 1) };
  if (n_rows == 1)
    part->frame.width =
      part->cell * ((n_pages >> shift) + ((n_pages & ((1u << shift) - 1)) != 0));
  part->frame.width = MAX (part->frame.width, part->cell);
  if (part->sample != HS_NO_SAMPLE)
    read_cells (self, part, first, n_pages, shift);
  add_offsets (self, part, first, shift, n_rows);

  return y + part->frame.height;
}

/* "each cell is 64 pages", and of which pages. */
static char *
dup_scale (HsPagesScene *self,
           HsPagesPart  *part,
           guint         shift)
{
  GString *text = g_string_new (NULL);

  if (self->focus.zoomed == part->mapping)
    {
      g_autofree char *range =
        hs_page_format_range (part->cells.first_page, part->cells.n_pages);

      /* translators: %s is a range of positions of pages, "4096–8191" */
      g_string_append_printf (text, _("Only pages %s are shown; activate the mapping for all."),
                                       range);
      g_string_append_c (text, ' ');
    }
  if (shift > 0)
    {
      g_autofree char *count = hs_format_count (1u << shift);

      /* translators: %s is a number of pages, at least 2 */
      g_string_append_printf (
        text,
        g_dngettext (GETTEXT_PACKAGE, "Each cell is %s page: most of them, and in its corner "
                                      "any other; activate it to see them one by one.",
                     "Each cell is %s pages: most of them, and in its corner any other; "
                     "activate it to see them one by one.",
                     1u << shift),
        count);
    }

  return g_string_free (text, FALSE);
}

static double
place_sentences (HsPagesScene *self,
                 HsPagesPart  *part,
                 HsWraps      *wraps,
                 double        y)
{
  double top = y;

  if (part->sample != HS_NO_SAMPLE)
    {
      g_auto(GStrv) sentences = NULL;
      g_autofree char *scale = dup_scale (self, part, part->cells.shift);

      if (is_sampled (self, part))
        sentences = hs_page_map_dup_change_sentences (self->map, part->sample, part->changes);
      for (guint i = 0; sentences != NULL && sentences[i] != NULL; i++)
        y = add_lines (self, wraps, HS_TEXT_LABEL, sentences[i], y);
      if (sentences == NULL)
        y = add_lines (self, wraps, HS_TEXT_LABEL, _("No page changed."), y);
      if (*scale != '\0')
        y = add_lines (self, wraps, HS_TEXT_QUIET, scale, y);
    }

  return MAX (y, top + N_SENTENCES * HS_PAGES_LINE);
}

static double
place_part (HsPagesScene *self,
            HsPagesPart  *part,
            HsWraps      *wraps,
            guint         n_whole,
            double        y)
{
  g_autofree char *sums =
    part->sample != HS_NO_SAMPLE ? hs_page_map_dup_sums (self->map, part->sample) : NULL;
  double       top = y;
  HsPagesLabel name = { NULL, HS_PAGES_MARGIN, y + HS_PAGES_LINE / 2, FALSE };
  double       room = HS_PAGES_WIDTH;

  if (sums != NULL)
    {
      HsPagesLabel label = { hs_texts_shape (self->texts, HS_TEXT_NUMBER, sums,
                                             HS_PAGES_WIDTH - NAME_MIN - BETWEEN_GAP),
                             0, name.y, FALSE };

      label.x = HS_PAGES_MARGIN + HS_PAGES_WIDTH - label.text->width;
      g_array_append_val (self->labels, label);
      room -= label.text->width + BETWEEN_GAP;
    }
  name.text = hs_texts_shape (self->texts, HS_TEXT_TITLE, part->name, MAX (room, NAME_MIN));
  g_array_append_val (self->labels, name);
  y += HS_PAGES_LINE;
  part->header = (HsRect) { HS_PAGES_MARGIN - 4, top, HS_PAGES_WIDTH + 8, HS_PAGES_LINE };
  if (!part->is_whole)
    return y + 4;

  y = place_facts (self, part, wraps, y);
  part->header.height = y - top;
  y = place_grid (self, part, n_whole, y + 8);

  return place_sentences (self, part, wraps, y + 8) + PART_GAP;
}

/* Which mappings are shown */

static gboolean
is_alive (HsPagesScene *self,
          guint         mapping)
{
  guint sample = hs_page_map_find_sample (self->map, mapping, self->focus.step);

  return sample != HS_NO_SAMPLE && hs_page_map_get_n_pages (self->map, sample) > 0;
}

static void
add_part (HsPagesScene *self,
          guint         mapping,
          gboolean      is_whole)
{
  HsPagesPart *part = &self->parts[self->n_parts++];

  *part = (HsPagesPart) { .mapping = mapping, .is_whole = is_whole ? 1 : 0 };
  part->sample = hs_page_map_find_sample (self->map, mapping, self->focus.step);
  part->name = hs_page_map_dup_mapping_name (self->map, self->parent.heap, mapping);
}

/* All whole if there are few; else what is open first. Returns: how many are whole */
static guint
choose_parts (HsPagesScene *self)
{
  guint              n = hs_page_map_get_n_mappings (self->map);
  guint              n_whole = MIN (n, self->focus.n_whole);
  guint              n_left = n_whole;
  g_autofree guint8 *is_whole = g_new0 (guint8, MAX (n, 1));

  for (guint i = 0; i < n && n_left > 0; i++)
    if (n <= n_whole || is_alive (self, i))
      {
        is_whole[i] = TRUE;
        n_left--;
      }
  for (guint i = 0; i < n && n_left > 0; i++)
    if (!is_whole[i])
      {
        is_whole[i] = TRUE;
        n_left--;
      }
  if (self->focus.extra < n && !is_whole[self->focus.extra])
    {
      is_whole[self->focus.extra] = TRUE;
      n_whole++;
    }

  self->parts = g_new0 (HsPagesPart, MIN (n, n_whole + N_LISTED));
  for (guint i = 0; i < n; i++)
    if (is_whole[i])
      add_part (self, i, TRUE);
  for (guint i = 0; i < n && self->n_parts < MIN (n, n_whole + N_LISTED); i++)
    if (!is_whole[i])
      add_part (self, i, FALSE);
  self->n_more = n - self->n_parts;

  return n_whole;
}

static double
place_more (HsPagesScene *self,
            double        y)
{
  g_autofree char *count = hs_format_count (self->n_more);
  g_autofree char *text = NULL;

  if (self->n_more == 0)
    return y;

  /* translators: %s is a number of mappings */
  text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "… %s more mapping", "… %s more mappings", self->n_more),
    count);
  _hs_pages_add_label (self, HS_TEXT_MORE, text, HS_PAGES_MARGIN, y + HS_PAGES_LINE / 2);
  self->more = (HsRect) { HS_PAGES_MARGIN - 4, y, HS_PAGES_WIDTH + 8, HS_PAGES_LINE };

  return y + HS_PAGES_LINE;
}

static void
number_items (HsPagesScene *self)
{
  guint item = self->n_parts + (self->n_more > 0 ? 1 : 0);

  self->first_column = item;
  item += self->columns->len;
  for (guint i = 0; i < self->n_parts; i++)
    {
      self->parts[i].first_item = item;
      item += self->parts[i].cells.n_cells;
    }
  self->parent.n_items = item;
}

gboolean
_hs_pages_scene_place (HsPagesScene *self,
                       GCancellable *cancellable)
{
  guint    n_whole = choose_parts (self);
  HsWraps *wraps = _hs_wraps_new (self->texts);
  double   y = _hs_pages_chart_place (self, HS_PAGES_MARGIN) + PART_GAP;
  double   right = HS_PAGES_MARGIN + HS_PAGES_WIDTH;

  for (guint i = 0; i < self->n_parts && !g_cancellable_is_cancelled (cancellable); i++)
    y = place_part (self, &self->parts[i], wraps, n_whole, y);
  _hs_wraps_free (wraps);
  y = place_more (self, y);
  number_items (self);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPagesLabel *label = &g_array_index (self->labels, HsPagesLabel, i);

      right = MAX (right, label->x + label->text->width);
    }
  self->parent.width = ceil (right) + HS_PAGES_MARGIN;
  self->parent.height = ceil (y) + 8;

  return !g_cancellable_is_cancelled (cancellable);
}
