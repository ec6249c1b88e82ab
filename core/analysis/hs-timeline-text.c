/* hs-timeline-text.c - memory over time, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-timeline-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

#define N_PEAK_LINES 5
#define SMALL_PART   200 /* of the peak: smaller ones are not worth a word in a sentence */
#define N_TEXT_SPANS 24

/* @line: (transfer full) */
static void
append_line (GString *text,
             char    *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static char *
name_line (HsTimeline *self,
           guint       line)
{
  g_autofree char *function = hs_timeline_dup_function (self, line);

  if (function == NULL || g_str_equal (function, "<module>"))
    /* translators: of the code */
    return g_strdup_printf (_("line %u"), line);

  /* translators: %1$u is a line of the code, %2$s a function */
  return g_strdup_printf (_("line %1$u in %2$s"), line, function);
}

/* Lines */

char *
hs_timeline_name_holder (HsTimeline *self,
                         guint       i)
{
  const HsTimelineHolder *holder = hs_timeline_get_holder (self, i);

  switch (holder->kind)
    {
    case HS_HOLDER_LINE:
      return name_line (self, holder->line);
    case HS_HOLDER_LIBRARIES:
      return g_strdup (_("lines of libraries"));
    case HS_HOLDER_BASELINE:
      return g_strdup (_("there before the code began"));
    case HS_HOLDER_NO_LINE:
      return g_strdup (_("no line of Python"));
    case HS_HOLDER_LOST:
    case HS_N_HOLDERS:
    default:
      return g_strdup (_("lines for which there was no room"));
    }
}

char *
hs_timeline_describe_holder (HsTimeline *self,
                             guint       i)
{
  const HsTimelineHolder *holder = hs_timeline_get_holder (self, i);
  g_autofree char        *name = hs_timeline_name_holder (self, i);
  g_autofree char        *at_peak = hs_format_bytes_exact (holder->at_peak);
  g_autofree char        *total = hs_format_bytes_exact (holder->total);
  g_autofree char        *live = hs_format_bytes_exact (holder->live);
  g_autofree char        *most = hs_format_bytes_exact (holder->most);
  g_autofree char        *blocks = hs_format_count (holder->blocks);
  GString                *text = g_string_new (name);

  /* translators: %s is a size */
  append_line (text, g_strdup_printf (_("Held at the peak: %s"), at_peak));
  if (holder->kind == HS_HOLDER_BASELINE)
    return g_string_free (text, FALSE);

  /* translators: %1$s is a size, %2$s a number */
  append_line (text, g_strdup_printf (_("Allocated in all: %1$s; blocks: %2$s"), total, blocks));
  /* translators: %s is a size */
  append_line (text, g_strdup_printf (_("Live at the end: %s"), live));
  if (holder->kind == HS_HOLDER_LINE)
    /* translators: of what a line has allocated; %s is a size */
    append_line (text, g_strdup_printf (_("Most of it live at a time: %s"), most));

  return g_string_free (text, FALSE);
}

static void
append_holder (GString    *text,
               const char *name,
               guint64     bytes)
{
  g_autofree char *size = hs_format_bytes (bytes);

  if (text->len > 0)
    g_string_append (text, _(", "));
  /* translators: %1$s is “line 12”, %2$s the bytes that it held */
  g_string_append_printf (text, C_ ("at the peak", "%1$s: %2$s"), name, size);
}

static void
append_more_lines (GString *text,
                   gulong   n,
                   guint64  bytes)
{
  g_autofree char *more =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu more line", "%lu more lines", n), n);

  if (n > 0)
    append_holder (text, more, bytes);
}

char *
hs_timeline_dup_peak_lines (HsTimeline *self,
                            guint       n,
                            gboolean    has_others)
{
  GString *text = g_string_new (NULL);
  guint64  least = self->record->header.peak_bytes / SMALL_PART;
  guint64  rest = 0;
  gulong   n_rest = 0;
  guint    i = 0;

  for (; i < self->holders->len && hs_timeline_get_holder (self, i)->kind == HS_HOLDER_LINE; i++)
    {
      const HsTimelineHolder *holder = hs_timeline_get_holder (self, i);
      g_autofree char        *name = hs_timeline_name_holder (self, i);

      if (holder->at_peak == 0)
        continue;
      if (i < n && (i == 0 || holder->at_peak >= least))
        append_holder (text, name, holder->at_peak);
      else
        {
          rest = _hs_timeline_add (rest, holder->at_peak);
          n_rest++;
        }
    }
  append_more_lines (text, n_rest, rest);
  for (; has_others && i < self->holders->len; i++)
    {
      g_autofree char *name = hs_timeline_name_holder (self, i);

      if (hs_timeline_get_holder (self, i)->at_peak > least)
        append_holder (text, name, hs_timeline_get_holder (self, i)->at_peak);
    }
  if (text->len > 0)
    return g_string_free (text, FALSE);

  g_string_free (text, TRUE);

  return NULL;
}

/* The most that was live, and the line that reached it. */
static char *
dup_peak (HsTimeline *self,
          gboolean    is_exact)
{
  const HsRecordHeader *header = &self->record->header;
  g_autofree char      *bytes =
    is_exact ? hs_format_bytes_exact (header->peak_bytes) : hs_format_bytes (header->peak_bytes);
  g_autofree char *line = NULL;

  if (header->peak_line == 0)
    /* translators: %s is a size */
    return g_strdup_printf (_("Peak of live Python bytes: %s"), bytes);

  line = name_line (self, header->peak_line);

  /* translators: %1$s is a size, %2$s “line 12” */
  return g_strdup_printf (_("Peak of live Python bytes: %1$s, reached in %2$s"), bytes, line);
}

char *
hs_timeline_describe_peak (HsTimeline *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *time = hs_format_duration (self->record->header.peak_ns);

  append_line (text, dup_peak (self, TRUE));
  /* translators: %s is a time since the beginning */
  append_line (text, g_strdup_printf (_("At %s"), time));
  for (guint i = 0; i < self->holders->len; i++)
    {
      const HsTimelineHolder *holder = hs_timeline_get_holder (self, i);
      g_autofree char        *name = hs_timeline_name_holder (self, i);
      g_autofree char        *bytes = hs_format_bytes_exact (holder->at_peak);

      if (holder->at_peak > 0 && (i < N_PEAK_LINES || holder->kind != HS_HOLDER_LINE))
        append_line (text, g_strdup_printf (C_ ("at the peak", "%1$s: %2$s"), name, bytes));
    }

  return g_string_free (text, FALSE);
}

/* Time */

char *
hs_timeline_name_span (HsTimeline           *self,
                       const HsTimelineSpan *span)
{
  g_autofree char *time = hs_format_duration (span->to_ns);
  g_autofree char *bytes = hs_format_bytes (span->live_max);
  g_autofree char *line = NULL;

  if (span->line == 0)
    /* translators: %1$s is a time since the beginning, %2$s a size */
    return g_strdup_printf (_("%1$s, %2$s"), time, bytes);

  line = name_line (self, span->line);

  /* translators: %1$s is a time since the beginning, %2$s a size, %3$s “line 12” */
  return g_strdup_printf (_("%1$s, %2$s, %3$s"), time, bytes, line);
}

static void
describe_lines (HsTimeline           *self,
                const HsTimelineSpan *span,
                GString              *text)
{
  g_autofree char *allocated = hs_format_bytes_exact (span->allocated_bytes);
  g_autofree char *blocks = hs_format_count (span->allocated_blocks);
  g_autofree char *line = NULL;
  g_autofree char *bytes = NULL;

  if (span->allocated_blocks == 0 && span->allocated_bytes == 0)
    {
      append_line (text, g_strdup (_("Nothing was allocated")));
      return;
    }

  /* translators: %1$s is a size, %2$s a number */
  append_line (text, g_strdup_printf (_("Allocated: %1$s; blocks: %2$s"), allocated, blocks));
  if (span->line == 0)
    return;

  line = name_line (self, span->line);
  bytes = hs_format_bytes_exact (span->line_bytes);
  if (span->n_lines == 0)
    /* translators: %s is “line 12” */
    append_line (text, g_strdup_printf (_("In %s"), line));
  else
    append_line (text,
                 /* translators: %1$s is “line 12”, %2$s a size, %3$u a number of other lines */
                 g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "Mostly in %1$s (%2$s), and in %3$u other",
                                               "Mostly in %1$s (%2$s), and in %3$u others",
                                               span->n_lines),
                                  line, bytes, span->n_lines));
}

static void
describe_rss (HsTimeline *self,
              guint64     from,
              guint64     to,
              GString    *text)
{
  guint64            least;
  guint64            most;
  const HsRecordRss *last;

  if (!hs_timeline_get_rss (self, from, to, &least, &most, &last))
    return;

  g_autofree char *low = hs_format_bytes (least);
  g_autofree char *high = hs_format_bytes (most);
  g_autofree char *anon = hs_format_bytes (last->anon);
  g_autofree char *file = hs_format_bytes (last->file);
  g_autofree char *shmem = hs_format_bytes (last->shmem);

  if (least == most)
    /* translators: %s is a size */
    append_line (text, g_strdup_printf (_("RSS: %s"), high));
  else
    /* translators: both are sizes */
    append_line (text, g_strdup_printf (_("RSS: %1$s to %2$s"), low, high));
  append_line (
    text,
    /* translators: parts of the resident memory; all are sizes */
    g_strdup_printf (_("Anonymous: %1$s; of files: %2$s; shared: %3$s"), anon, file, shmem));
  if (last->swap > 0)
    {
      g_autofree char *swap = hs_format_bytes (last->swap);

      /* translators: %s is a size */
      append_line (text, g_strdup_printf (_("Swapped out: %s"), swap));
    }
}

char *
hs_timeline_describe_span (HsTimeline           *self,
                           const HsTimelineSpan *span)
{
  GString         *text = g_string_new (NULL);
  gint64           growth = (gint64)(span->live_end - span->live_begin);
  g_autofree char *from = hs_format_duration (span->from_ns);
  g_autofree char *to = hs_format_duration (span->to_ns);
  g_autofree char *begin = hs_format_bytes_exact (span->live_begin);
  g_autofree char *end = hs_format_bytes_exact (span->live_end);
  g_autofree char *least = hs_format_bytes_exact (span->live_min);
  g_autofree char *most = hs_format_bytes_exact (span->live_max);
  g_autofree char *more = hs_timeline_format_growth_exact (growth);

  /* translators: both are times since the beginning */
  append_line (text, g_strdup_printf (_("%1$s to %2$s"), from, to));
  /* translators: the first two are sizes, the third is a signed size */
  append_line (text, g_strdup_printf (_("Live Python bytes: from %1$s to %2$s (%3$s)"), begin, end,
                                         more));
  if (span->live_min < MIN (span->live_begin, span->live_end) ||
      span->live_max > MAX (span->live_begin, span->live_end))
    /* translators: both are sizes */
    append_line (text, g_strdup_printf (_("In between: %1$s to %2$s"), least, most));
  describe_lines (self, span, text);
  describe_rss (self, span->from_ns, span->to_ns, text);

  return g_string_free (text, FALSE);
}

/* Moments */

/* What is the same each time that the code runs. */
static void
describe_stable (HsTimeline *self,
                 guint       moment,
                 GString    *text)
{
  const HsRecordMoment *row = &self->record->moments[moment];
  g_autofree char      *live = hs_format_bytes_exact (row->live_bytes);
  g_autofree char      *blocks = hs_format_count (row->live_blocks);
  g_autofree char      *total = hs_format_bytes_exact (row->total_bytes);
  g_autofree char      *peak = hs_format_bytes_exact (row->peak_bytes);
  g_autofree char      *name = hs_history_dup_moment_name (self->history, moment);

  append_line (text, g_steal_pointer (&name));
  if (row->line != 0 && row->name != 0)
    append_line (text, g_strdup_printf (_("In line %u"), row->line));
  if (row->live_bytes == 0 && row->total_bytes == 0)
    return;

  /* translators: %1$s is a size, %2$s a number */
  append_line (text, g_strdup_printf (_("Live Python bytes: %1$s; blocks: %2$s"), live, blocks));
  /* translators: both are sizes */
  append_line (text, g_strdup_printf (_("Peak up to then: %1$s; allocated: %2$s"), peak, total));
}

static void
describe_snapshot (const HsRecordMoment *row,
                   GString              *text)
{
  if (row->kind == HS_MOMENT_BEGIN)
    return;
  if (row->snapshot_size == 0)
    append_line (text, g_strdup (_("There was no room for a snapshot")));
  else if ((row->flags & HS_MOMENT_CUT) != 0)
    append_line (text, g_strdup (_("There was room for a part of the snapshot only")));
  if ((row->flags & HS_MOMENT_LAST) != 0)
    append_line (text, g_strdup (_("The last one of this mark: later ones are only counted")));
}

char *
hs_timeline_describe_moment (HsTimeline *self,
                             guint       moment)
{
  const HsRecordMoment *row = &self->record->moments[moment];
  GString              *text = g_string_new (NULL);
  g_autofree char      *time = hs_format_duration (row->time_ns);
  g_autofree char      *pause = hs_format_duration (row->pause_ns);
  char                 *growth;

  describe_stable (self, moment, text);
  describe_snapshot (row, text);
  if (row->pause_ns > 0)
    /* translators: both are times */
    append_line (text, g_strdup_printf (_("At %1$s; the code stood still for %2$s"), time, pause));
  else
    append_line (text, g_strdup_printf (_("At %s"), time));
  growth = hs_timeline_dup_growth_sentence (self, moment);
  if (growth != NULL)
    append_line (text, growth);

  return g_string_free (text, FALSE);
}

static guint
find_end (HsTimeline *self)
{
  for (guint i = self->record->n_moments; i > 0; i--)
    if (self->record->moments[i - 1].kind == HS_MOMENT_END)
      return i - 1;

  return HS_NO_MOMENT;
}

char *
hs_timeline_dup_findings (HsTimeline *self)
{
  GString         *text = g_string_new (NULL);
  guint            end = find_end (self);
  g_autofree char *lines = hs_timeline_dup_peak_lines (self, N_PEAK_LINES, TRUE);

  if ((self->record->header.flags & HS_RECORD_LEDGER) != 0)
    append_line (text, dup_peak (self, FALSE));
  else
    append_line (text, g_strdup (_("Live Python bytes were not recorded in this run.")));
  if (lines != NULL)
    /* translators: %s is a list of lines with bytes */
    append_line (text, g_strdup_printf (_("Held at the peak: %s"), lines));
  if (end != HS_NO_MOMENT && self->record->moments[end].total_bytes > 0)
    {
      g_autofree char *live = hs_format_bytes (self->record->moments[end].live_bytes);
      g_autofree char *total = hs_format_bytes (self->record->moments[end].total_bytes);

      /* translators: both are sizes */
      append_line (text, g_strdup_printf (_("Live at the end: %1$s; allocated in all: %2$s"), live,
                                             total));
    }
  if ((self->record->header.flags & HS_RECORD_FINISHED) == 0)
    append_line (text, g_strdup (_("The process did not come to its end: what it had recorded "
                                   "until then is shown.")));

  return g_string_free (text, FALSE);
}

/* What is missing */

static void
append_lost (GString    *text,
             guint64     n,
             const char *what)
{
  g_autofree char *count = hs_format_count (n);

  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  /* translators: %1$s is “lines”, %2$s a number */
  g_string_append_printf (text, _("There was no room for: %1$s (%2$s)."), what, count);
}

char *
hs_timeline_dup_left_out (HsTimeline *self)
{
  const HsRecordHeader *header = &self->record->header;
  GString              *text = g_string_new (NULL);

  if (header->sample_ns > 0 && self->record->n_samples > 0)
    {
      g_autofree char *time = hs_format_duration (header->sample_ns);
      g_autofree char *n = hs_format_count (self->record->n_samples);

      /* translators: %1$s is a number, %2$s a time */
      g_string_append_printf (text, _("Samples: %1$s, each of about %2$s or one allocation, with "
                                      "its least and its most."),
                                       n, time);
    }
  append_lost (text, header->parts[HS_RECORD_LINES].n_lost, _("bytes of lines"));
  append_lost (text, header->parts[HS_RECORD_SITES].n_lost, _("names of lines"));
  append_lost (text, header->parts[HS_RECORD_MOMENTS].n_lost, _("moments"));
  append_lost (text, header->parts[HS_RECORD_SAMPLES].n_lost, _("samples"));
  append_lost (text, header->parts[HS_RECORD_RSS].n_lost, _("samples of the RSS"));
  if (text->len > 0)
    return g_string_free (text, FALSE);

  g_string_free (text, TRUE);

  return NULL;
}

/* All of it */

/* @facts: (transfer full): the first line at @indent, the others two further in */
static void
append_indented (GString    *text,
                 char       *facts,
                 const char *indent)
{
  g_auto(GStrv) lines = g_strsplit (facts, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s%s%s\n", indent, i > 0 ? "  " : "", lines[i]);
  g_free (facts);
}

static void
append_stable (HsTimeline *self,
               GString    *text)
{
  g_autofree char *findings = hs_timeline_dup_findings (self);

  g_string_append_printf (text, "%s\n", findings);
  if (self->holders->len > 0)
    g_string_append_printf (text, "\n%s\n", _("Lines"));
  for (guint i = 0; i < self->holders->len; i++)
    append_indented (text, hs_timeline_describe_holder (self, i), "  ");
  if (self->record->n_moments > 0)
    g_string_append_printf (text, "\n%s\n", _("Moments"));
  for (guint i = 0; i < self->record->n_moments; i++)
    {
      GString *facts = g_string_new (NULL);

      describe_stable (self, i, facts);
      append_indented (text, g_string_free (facts, FALSE), "  ");
    }
}

static void
append_times (HsTimeline *self,
              GString    *text)
{
  g_autoptr(GArray) spans = hs_timeline_new_spans (self, 0, self->end_ns, N_TEXT_SPANS);
  g_autofree char *left_out = hs_timeline_dup_left_out (self);

  g_string_append_printf (text, "\n%s\n",
                          _("Times, samples and RSS, which differ from run to run"));
  if (left_out != NULL)
    g_string_append_printf (text, "  %s\n", left_out);
  if (self->record->header.peak_bytes > 0)
    {
      g_autofree char *time = hs_format_duration (self->record->header.peak_ns);

      g_string_append (text, "  ");
      /* translators: %s is a time since the beginning */
      g_string_append_printf (text, _("Peak at %s"), time);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < self->record->n_moments; i++)
    {
      g_autofree char *name = hs_history_dup_moment_name (self->history, i);
      g_autofree char *time = hs_format_duration (self->record->moments[i].time_ns);
      char            *growth = hs_timeline_dup_growth_sentence (self, i);

      g_string_append_printf (text, "  %s: %s\n", name, time);
      if (growth != NULL)
        append_indented (text, growth, "    ");
    }
  for (guint i = 0; i < spans->len; i++)
    append_indented (
      text, hs_timeline_describe_span (self, &g_array_index (spans, HsTimelineSpan, i)), "  ");
}

char *
hs_timeline_to_text (HsTimeline *self)
{
  GString *text = g_string_new (NULL);

  append_stable (self, text);
  append_times (self, text);

  return g_string_free (text, FALSE);
}
