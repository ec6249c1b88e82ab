/* hs-page-map-describe.c - pages and what happened to them, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-page-map-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Ranges that a sentence names, times that a description names; the others are counted. */
#define N_RANGES_NAMED 3
#define N_TIMES_NAMED  8

static gulong
plural (guint64 n)
{
  return (gulong)MIN (n, G_MAXULONG);
}

static char *
name_line (HsPageMap *self,
           guint      sample)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];

  if (row->moment < self->record->n_moments &&
      self->record->moments[row->moment].kind == HS_MOMENT_END)
    return g_strdup (_("the end"));

  /* translators: %u is a line of code */
  return row->line > 0 ? g_strdup_printf (_("line %u"), row->line)
                       : g_strdup (_("a line that is unknown"));
}

/* What the last access did */

/* "0–15, 256–263 and 4 more ranges" */
static char *
name_ranges (const GArray *changes,
             guint32       change)
{
  GString *text = g_string_new (NULL);
  guint    n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const HsPageSpan *span = &g_array_index (changes, HsPageSpan, i);
      g_autofree char  *range = NULL;

      if (span->state != change)
        continue;
      if (n++ >= N_RANGES_NAMED)
        continue;
      range = hs_page_format_range (span->first, span->end - span->first);
      g_string_append_printf (text, "%s%s", n > 1 ? ", " : "", range);
    }
  if (n > N_RANGES_NAMED)
    {
      g_autofree char *more = hs_format_count (n - N_RANGES_NAMED);

      /* translators: %s is a number of ranges of pages, behind some that were named */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, " and %s more range",
                                           " and %s more ranges", n - N_RANGES_NAMED),
                              more);
    }

  return g_string_free (text, FALSE);
}

/* @is_file: whether pages come from a file; @is_touched: whether others of the mapping were
 * touched in the same time.
 */
static char *
say_change (HsPageChange change,
            guint64      n,
            const char  *ranges,
            gboolean     is_file,
            gboolean     is_touched)
{
  g_autofree char *count = hs_format_count (n);

  switch (change)
    {
    case HS_PAGE_CHANGE_READ_AHEAD:
      if (is_touched)
        /* translators: %1$s is a number of pages, %2$s which: "0–15, 32–47"; so in the next */
        return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "Read ahead: %1$s page (%2$s) came into the cache unmapped.",
                       "Read ahead: %1$s pages (%2$s) came into the cache unmapped.", plural (n)),
          count, ranges);
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "Cached: %1$s page (%2$s) came into the cache without a touch: read-ahead "
                     "that was under way, the file was read, or advice was given.",
                     "Cached: %1$s pages (%2$s) came into the cache without a touch: read-ahead "
                     "that was under way, the file was read, or advice was given.",
                     plural (n)),
        count, ranges);

    case HS_PAGE_CHANGE_MAPPED:
      if (n > 1 && is_file)
        return g_strdup_printf (_("Mapped: %1$s pages (%2$s): those touched and, by "
                                  "fault-around, their neighbours in the cache."),
                                   count, ranges);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Mapped: %1$s page (%2$s).",
                                           "Mapped: %1$s pages (%2$s).", plural (n)),
                              count, ranges);
    case HS_PAGE_CHANGE_WRITTEN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Written: %1$s page (%2$s).",
                                           "Written: %1$s pages (%2$s).", plural (n)),
                              count, ranges);
    case HS_PAGE_CHANGE_GONE:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Gone: %1$s page (%2$s) left the process or the cache.",
                     "Gone: %1$s pages (%2$s) left the process or the cache.", plural (n)),
        count, ranges);
    case HS_N_PAGE_CHANGES:
    default:
      return g_strdup ("");
    }
}

char **
hs_page_map_dup_change_sentences (HsPageMap    *self,
                                  guint         sample,
                                  const GArray *changes)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];
  gboolean                  is_file = self->record->mappings[row->mapping].file_bytes > 0;
  GPtrArray                *sentences = g_ptr_array_new ();
  guint64                   n[HS_N_PAGE_CHANGES] = { 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      const HsPageSpan *span = &g_array_index (changes, HsPageSpan, i);

      n[span->state % HS_N_PAGE_CHANGES] += span->end - span->first;
    }
  for (guint i = 0; i < HS_N_PAGE_CHANGES; i++)
    {
      g_autofree char *ranges = name_ranges (changes, i);

      if (n[i] > 0)
        g_ptr_array_add (sentences,
                         say_change ((HsPageChange)i, n[i], ranges, is_file,
                                     n[HS_PAGE_CHANGE_MAPPED] + n[HS_PAGE_CHANGE_WRITTEN] > 0));
    }
  if (hs_page_map_get_previous (self, sample) == HS_NO_SAMPLE)
    g_ptr_array_add (sentences, g_strdup (_("The first look at its pages.")));
  else if (sentences->len == 0)
    g_ptr_array_add (sentences, g_strdup (_("No page changed.")));
  g_ptr_array_add (sentences, NULL);

  return (char **)g_ptr_array_free (sentences, FALSE);
}

/* Pages */

static void
append_offset (HsPageMap *self,
               guint      mapping,
               guint32    page,
               GString   *text)
{
  const HsRecordMapping *row = &self->record->mappings[mapping];
  guint64                offset = (guint64)page * row->page_size + row->file_offset;
  g_autofree char       *bytes = hs_format_bytes_exact (offset);

  if (row->file_bytes > 0)
    /* translators: %s is a number of bytes; so in the next */
    g_string_append_printf (text, _("\nOffset in the file: %s"), bytes);
  else
    g_string_append_printf (text, _("\nOffset: %s"), bytes);
  if (row->file_bytes > 0 && offset >= row->file_bytes)
    g_string_append (text, _(": behind its end when it was mapped"));
}

/* The run of @sample that holds @page; NULL. */
static const HsRecordPageRun *
find_run (HsPageMap *self,
          guint      sample,
          guint32    page)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];
  guint64                   first = row->first_run;
  guint64                   end = first + row->n_runs;
  const HsRecordPageRun    *runs = self->record->page_runs;

  while (first < end)
    {
      guint64 middle = first + (end - first) / 2;

      if ((guint64)runs[middle].first_page + runs[middle].n_pages <= page)
        first = middle + 1;
      else
        end = middle;
    }

  return first < row->first_run + row->n_runs && runs[first].first_page <= page ? &runs[first]
                                                                                : NULL;
}

typedef struct
{
  guint       sample;
  HsPageClass page_class;
} Time;

/* When the page changed its class, up to @sample. (transfer full) (element-type Time) */
static GArray *
find_times (HsPageMap *self,
            guint      mapping,
            guint      sample,
            guint32    page)
{
  const GArray *samples = self->mappings[mapping].samples;
  GArray       *times = g_array_new (FALSE, FALSE, sizeof (Time));
  guint32       state = 0;
  gboolean      was_there = FALSE;

  for (guint i = 0; i < samples->len && g_array_index (samples, guint, i) <= sample; i++)
    {
      guint                  row = g_array_index (samples, guint, i);
      const HsRecordPageRun *run = find_run (self, row, page);
      gboolean               is_there = page < hs_page_map_get_n_pages (self, row);
      Time                   time = { row, HS_PAGE_CLASS_NONE };

      state = !is_there ? 0 : run != NULL ? run->state
                                          : state;
      time.page_class = hs_page_map_get_class (self, mapping, state);
      if (is_there && (!was_there || times->len == 0 ||
                       g_array_index (times, Time, times->len - 1).page_class != time.page_class))
        g_array_append_val (times, time);
      was_there = is_there;
    }

  return times;
}

guint
hs_page_map_find_last_change (HsPageMap *self,
                              guint      sample,
                              guint32    page)
{
  g_autoptr(GArray) times = NULL;

  g_return_val_if_fail (sample < self->record->n_page_samples, HS_NO_SAMPLE);

  /* At the first look nothing is known to have changed. */
  times = find_times (self, self->record->page_samples[sample].mapping, sample, page);

  return times->len > 1 ? g_array_index (times, Time, times->len - 1).sample : HS_NO_SAMPLE;
}

static void
append_history (HsPageMap *self,
                guint      mapping,
                guint      sample,
                guint32    page,
                GString   *text)
{
  g_autoptr(GArray) times = find_times (self, mapping, sample, page);
  guint first = times->len > N_TIMES_NAMED ? times->len - N_TIMES_NAMED : 0;

  if (first > 0)
    {
      g_autofree char *count = hs_format_count (first);

      /* translators: %s is a number of changes, earlier than those that follow */
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "\n%s change before", //
                                           "\n%s changes before", first),
                              count);
    }
  for (guint i = first; i < times->len; i++)
    {
      const Time      *time = &g_array_index (times, Time, i);
      g_autofree char *line = name_line (self, time->sample);
      const char      *name = hs_page_map_get_class_name (self, mapping, time->page_class);

      /* translators: %1$s is "line 5", %2$s the state of a page since then */
      g_string_append_printf (text, _("\nSince %1$s: %2$s"), line, name);
    }
}

static void
append_counts (HsPageMap        *self,
               guint             mapping,
               const HsPageCell *cell,
               GString          *text)
{
  for (guint i = HS_N_PAGE_CLASSES; i > 0; i--)
    {
      g_autofree char *count = hs_format_count (cell->n[i - 1]);

      if (cell->n[i - 1] > 0)
        g_string_append_printf (text, "\n%s × %s", count,
                                hs_page_map_get_class_name (self, mapping, (HsPageClass)(i - 1)));
    }
}

char *
hs_page_map_describe_pages (HsPageMap        *self,
                            guint             mapping,
                            guint             sample,
                            guint32           first,
                            guint32           n,
                            const HsPageCell *cell)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *range = hs_page_format_range (first, n);

  g_return_val_if_fail (mapping < self->record->n_mappings, g_string_free (text, FALSE));

  if (n > 1)
    {
      /* translators: %s is a range of positions, "64–127" */
      g_string_append_printf (text, _("Pages %s"), range);
      append_counts (self, mapping, cell, text);
      append_offset (self, mapping, first, text);
      return g_string_free (text, FALSE);
    }

  /* translators: %1$s is a position, %2$s the state of a page */
  g_string_append_printf (
    text, _("Page %1$s: %2$s"), range,
             hs_page_map_get_class_name (self, mapping, hs_page_cell_get_dominant (cell)));
  append_offset (self, mapping, first, text);
  if (sample != HS_NO_SAMPLE)
    append_history (self, mapping, sample, first, text);

  return g_string_free (text, FALSE);
}

/* The text twin */

static void
append_sample (HsPageMap *self,
               HsHeap    *heap,
               guint      sample,
               GString   *text)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];
  g_autofree char          *line = name_line (self, sample);
  g_autofree char          *name = hs_page_map_dup_mapping_name (self, heap, row->mapping);
  g_autofree char          *sums = hs_page_map_dup_sums (self, sample);
  g_autofree char          *file = hs_format_bytes (row->rss_file);
  g_autofree char          *anon = hs_format_bytes (row->rss_anon);

  g_string_append_printf (text, "%s, %s: %s; ", line, name, sums);
  /* translators: sizes of memory of the process that is of files, and that is of none */
  g_string_append_printf (text, _("file RSS %1$s, anonymous RSS %2$s"), file, anon);
  g_string_append_c (text, '\n');
}

static void
append_runs (HsPageMap *self,
             guint      mapping,
             guint      sample,
             GString   *text)
{
  g_autoptr(GArray) spans = hs_page_map_dup_spans (self, sample);
  guint32 n_pages = hs_page_map_get_n_pages (self, sample);
  guint32 page = 0;

  for (guint i = 0; page < n_pages;)
    {
      HsPageClass      page_class = hs_page_map_get_class (self, mapping, 0);
      guint32          first = page;
      g_autofree char *range = NULL;

      /* Of neighbours of one class, as far as they reach. */
      for (gboolean is_first = TRUE; page < n_pages; is_first = FALSE)
        {
          const HsPageSpan *span =
            i < spans->len ? &g_array_index (spans, HsPageSpan, i) : NULL;
          gboolean    is_in = span != NULL && span->first <= page;
          HsPageClass here = hs_page_map_get_class (self, mapping, is_in ? span->state : 0);

          if (!is_first && here != page_class)
            break;
          page_class = here;
          page = MIN (n_pages, is_in ? span->end : span != NULL ? span->first
                                                                : n_pages);
          i += is_in ? 1 : 0;
        }
      range = hs_page_format_range (first, page - first);
      g_string_append_printf (text, "  %s: %s\n", range,
                              hs_page_map_get_class_name (self, mapping, page_class));
    }
}

static void
append_mapping (HsPageMap *self,
                HsHeap    *heap,
                guint      mapping,
                guint      step,
                GString   *text)
{
  guint            sample = hs_page_map_find_sample (self, mapping, step);
  g_autofree char *name = hs_page_map_dup_mapping_name (self, heap, mapping);
  g_auto(GStrv) facts = hs_page_map_dup_facts (self, mapping, sample);
  g_autofree char *joined = g_strjoinv ("; ", facts);

  g_string_append_printf (text, "\n%s: %s\n", name, joined);
  if (sample != HS_NO_SAMPLE)
    append_runs (self, mapping, sample, text);
}

char *
hs_page_map_to_text (HsPageMap *self,
                     HsHeap    *heap,
                     guint      step)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *limits = hs_page_map_dup_limits (self);
  g_autofree char *name =
    hs_page_step_dup_name (hs_page_map_get_step (self, step), step, self->steps->len);

  for (guint i = 0; i < self->record->n_page_samples; i++)
    append_sample (self, heap, i, text);
  g_string_append_printf (text, "\n%s\n", name);
  for (guint i = 0; i < self->record->n_mappings; i++)
    append_mapping (self, heap, i, step, text);
  if (limits != NULL)
    g_string_append_printf (text, "\n%s\n", limits);

  return g_string_free (text, FALSE);
}
