/* hs-line-bytes.c - what each line of the code has allocated
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-line-bytes.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Forged numbers may add up to more than there can be. */
static guint64
add (guint64 a,
     guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const HsLineBytes *left = a;
  const HsLineBytes *right = b;

  return (left->line > right->line) - (left->line < right->line);
}

static void
merge (HsLineBytes       *into,
       const HsLineBytes *other)
{
  into->total_bytes = add (into->total_bytes, other->total_bytes);
  into->total_blocks = add (into->total_blocks, other->total_blocks);
  into->live_bytes = add (into->live_bytes, other->live_bytes);
  into->live_blocks = add (into->live_blocks, other->live_blocks);
  into->peak_bytes = MAX (into->peak_bytes, other->peak_bytes);
  into->at_peak_bytes = add (into->at_peak_bytes, other->at_peak_bytes);
}

/* The lines of several functions, one behind the other, become one. */
static void
merge_equal (GArray *lines)
{
  guint n = 0;

  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const HsLineBytes *line = &g_array_index (lines, HsLineBytes, i);
      HsLineBytes       *last = n > 0 ? &g_array_index (lines, HsLineBytes, n - 1) : NULL;

      if (last != NULL && last->line == line->line)
        merge (last, line);
      else
        g_array_index (lines, HsLineBytes, n++) = *line;
    }
  g_array_set_size (lines, n);
}

GArray *
hs_history_new_lines (HsHistory *self)
{
  const HsRecordView *record;
  GArray             *lines = g_array_new (FALSE, FALSE, sizeof (HsLineBytes));

  g_return_val_if_fail (self != NULL, lines);

  record = hs_history_get_record (self);
  for (guint i = 0; i < record->n_lines; i++)
    {
      const HsRecordLine *row = &record->lines[i];
      const HsRecordSite *site = hs_record_view_get_site (record, row->site);
      HsLineBytes         line;

      if (site == NULL || (site->flags & HS_RECORD_SITE_OWN) == 0 || site->line == 0 ||
          row->total_blocks == 0)
        continue;
      line = (HsLineBytes) { site->line, row->total_bytes, row->total_blocks,
                             row->live_bytes, row->live_blocks, row->peak_bytes,
                             row->at_peak_bytes };
      g_array_append_val (lines, line);
    }
  merge_equal (lines);

  return lines;
}

char *
hs_line_bytes_describe (const HsLineBytes *self)
{
  g_autofree char *total = hs_format_bytes (self->total_bytes);
  g_autofree char *live = hs_format_bytes (self->live_bytes);
  g_autofree char *peak = hs_format_bytes (self->peak_bytes);
  g_autofree char *at_peak = hs_format_bytes (self->at_peak_bytes);
  g_autofree char *blocks = hs_format_count (self->total_blocks);
  GString         *text = g_string_new (NULL);

  /* translators: of a line of code in the last run: bytes, number of blocks */
  g_string_append_printf (text, _("Allocated by this line in all: %s; blocks: %s"), total,
                                   blocks);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Still live at the end: %s"), live);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Most of it live at a time: %s"), peak);
  if (self->at_peak_bytes > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Live when the whole program was at its peak: %s"), at_peak);
    }

  return g_string_free (text, FALSE);
}
