/* hs-timeline.c - memory over time: what was live, by whom, and what the process holds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-timeline-private.h"

#include "hs-line-bytes.h"

/* Samples counted to one line of the code. */
typedef struct
{
  guint   line;
  guint64 bytes;
} Share;

static guint64
get_last_time (const HsRecordView *record)
{
  guint64 last = record->header.duration_ns;

  if (record->n_samples > 0)
    last = MAX (last, record->samples[record->n_samples - 1].time_ns);
  if (record->n_rss > 0)
    last = MAX (last, record->rss[record->n_rss - 1].time_ns);
  if (record->n_moments > 0)
    last = MAX (last, record->moments[record->n_moments - 1].time_ns);

  return MAX (last, 1);
}

/* Lines */

static HsHolderKind
get_holder_kind (const HsRecordLine *row)
{
  switch (row->site)
    {
    case HS_SITE_BASELINE:
      return HS_HOLDER_BASELINE;
    case HS_SITE_NONE:
      return HS_HOLDER_NO_LINE;
    case HS_SITE_OTHERS:
      return HS_HOLDER_LOST;
    default:
      return HS_HOLDER_LIBRARIES;
    }
}

static int
compare_holders (gconstpointer a,
                 gconstpointer b)
{
  const HsTimelineHolder *left = a;
  const HsTimelineHolder *right = b;

  if (left->kind != right->kind)
    return (left->kind > right->kind) - (left->kind < right->kind);
  if (left->at_peak != right->at_peak)
    return (left->at_peak < right->at_peak) - (left->at_peak > right->at_peak);
  if (left->total != right->total)
    return (left->total < right->total) - (left->total > right->total);

  return (left->line > right->line) - (left->line < right->line);
}

static void
add_line_holders (HsTimeline *self)
{
  g_autoptr(GArray) lines = hs_history_new_lines (self->history);

  for (guint i = 0; i < lines->len; i++)
    {
      const HsLineBytes *line = &g_array_index (lines, HsLineBytes, i);
      HsTimelineHolder   holder = { HS_HOLDER_LINE, line->line, line->at_peak_bytes,
                                    line->total_bytes, line->total_blocks, line->live_bytes,
                                    line->peak_bytes };

      g_array_append_val (self->holders, holder);
    }
}

static void
add_other_holders (HsTimeline *self)
{
  HsTimelineHolder sums[HS_N_HOLDERS] = { 0 };

  for (guint i = 0; i < self->record->n_lines; i++)
    {
      const HsRecordLine *row = &self->record->lines[i];
      const HsRecordSite *site = hs_record_view_get_site (self->record, row->site);
      HsTimelineHolder   *sum = &sums[get_holder_kind (row)];

      if (site != NULL && (site->flags & HS_RECORD_SITE_OWN) != 0 && site->line != 0)
        continue;
      sum->at_peak = _hs_timeline_add (sum->at_peak, row->at_peak_bytes);
      sum->total = _hs_timeline_add (sum->total, row->total_bytes);
      sum->blocks = _hs_timeline_add (sum->blocks, row->total_blocks);
      sum->live = _hs_timeline_add (sum->live, row->live_bytes);
      sum->most = MAX (sum->most, row->peak_bytes);
    }
  for (guint i = HS_HOLDER_LIBRARIES; i < HS_N_HOLDERS; i++)
    {
      sums[i].kind = (HsHolderKind)i;
      if (sums[i].at_peak > 0 || sums[i].total > 0 || sums[i].live > 0)
        g_array_append_val (self->holders, sums[i]);
    }
}

/* Each line of the code has one function, or the first of several. */
static void
find_functions (HsTimeline *self)
{
  for (guint i = 0; i < self->record->n_sites; i++)
    {
      const HsRecordSite *site = &self->record->sites[i];

      if ((site->flags & HS_RECORD_SITE_OWN) != 0 &&
          !g_hash_table_contains (self->functions, GUINT_TO_POINTER (site->line)))
        g_hash_table_insert (self->functions, GUINT_TO_POINTER (site->line),
                             GUINT_TO_POINTER (site->function));
    }
}

HsTimeline *
hs_timeline_new (HsHistory *history)
{
  HsTimeline *self;

  g_return_val_if_fail (history != NULL, NULL);

  self = g_new0 (HsTimeline, 1);
  self->history = hs_history_ref (history);
  self->record = hs_history_get_record (history);
  self->end_ns = get_last_time (self->record);
  self->holders = g_array_new (FALSE, TRUE, sizeof (HsTimelineHolder));
  self->functions = g_hash_table_new (NULL, NULL);
  add_line_holders (self);
  add_other_holders (self);
  g_array_sort (self->holders, compare_holders);
  find_functions (self);

  return self;
}

void
hs_timeline_free (HsTimeline *self)
{
  if (self == NULL)
    return;

  hs_history_unref (self->history);
  g_array_unref (self->holders);
  g_hash_table_unref (self->functions);
  g_free (self);
}

HsHistory *
hs_timeline_get_history (HsTimeline *self)
{
  return self->history;
}

gboolean
hs_timeline_is_empty (HsTimeline *self)
{
  return self->record->n_samples == 0 && self->record->n_rss == 0 && self->record->n_moments == 0;
}

guint64
hs_timeline_get_end (HsTimeline *self)
{
  return self->end_ns;
}

guint
hs_timeline_get_n_holders (HsTimeline *self)
{
  return self->holders->len;
}

const HsTimelineHolder *
hs_timeline_get_holder (HsTimeline *self,
                        guint       i)
{
  return &g_array_index (self->holders, HsTimelineHolder, i);
}

char *
hs_timeline_dup_function (HsTimeline *self,
                          guint       line)
{
  guint text = GPOINTER_TO_UINT (g_hash_table_lookup (self->functions, GUINT_TO_POINTER (line)));

  return text != 0 ? hs_history_dup_text (self->history, text) : NULL;
}

/* Curves */

guint
hs_timeline_find_sample (HsTimeline *self,
                         guint64     ns)
{
  guint low = 0;
  guint high = self->record->n_samples;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->record->samples[middle].time_ns < ns)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
hs_timeline_find_rss (HsTimeline *self,
                      guint64     ns)
{
  guint low = 0;
  guint high = self->record->n_rss;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->record->rss[middle].time_ns < ns)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  const Share *left = a;
  const Share *right = b;

  return (left->line > right->line) - (left->line < right->line);
}

/* @shares: samples of a span, in any order. */
static void
find_line (HsTimelineSpan *span,
           GArray         *shares)
{
  g_array_sort (shares, compare_shares);
  span->line_bytes = 0;
  for (guint i = 0; i < shares->len;)
    {
      guint   line = g_array_index (shares, Share, i).line;
      guint64 bytes = 0;

      for (; i < shares->len && g_array_index (shares, Share, i).line == line; i++)
        bytes = _hs_timeline_add (bytes, g_array_index (shares, Share, i).bytes);
      if (line == 0)
        continue;
      span->n_lines++;
      if (span->line == 0 || bytes > span->line_bytes)
        {
          span->line = line;
          span->line_bytes = bytes;
        }
    }
  if (span->n_lines > 0)
    span->n_lines--;
}

static void
add_sample (HsTimelineSpan       *span,
            const HsRecordSample *sample,
            GArray               *shares)
{
  Share share = { sample->line, sample->allocated_bytes };

  span->to_ns = sample->time_ns;
  span->n++;
  span->live_min = MIN (span->live_min, sample->live_min);
  span->live_max = MAX (span->live_max, sample->live_max);
  span->live_end = sample->live_bytes;
  span->allocated_bytes = _hs_timeline_add (span->allocated_bytes, sample->allocated_bytes);
  span->allocated_blocks = _hs_timeline_add (span->allocated_blocks, sample->allocated_blocks);
  if (sample->allocated_blocks > 0 || sample->allocated_bytes > 0)
    g_array_append_val (shares, share);
}

GArray *
hs_timeline_new_spans (HsTimeline *self,
                       guint64     from,
                       guint64     to,
                       guint       n)
{
  const HsRecordView *record = self->record;
  GArray             *spans = g_array_new (FALSE, TRUE, sizeof (HsTimelineSpan));
  g_autoptr(GArray) shares = g_array_new (FALSE, FALSE, sizeof (Share));
  guint64 width = to > from ? (to - from) / MAX (n, 1) : 0;
  guint   i = hs_timeline_find_sample (self, from);

  while (i < record->n_samples)
    {
      HsTimelineSpan span = { .first = i, .live_min = G_MAXUINT64 };

      span.from_ns = i > 0 ? record->samples[i - 1].time_ns : 0;
      if (span.from_ns >= to && i > 0 && spans->len > 0)
        break;
      span.live_begin = i > 0 ? record->samples[i - 1].live_bytes : record->samples[0].live_min;
      g_array_set_size (shares, 0);
      do
        add_sample (&span, &record->samples[i++], shares);
      while (i < record->n_samples && record->samples[i].time_ns - span.from_ns <= width &&
             record->samples[i - 1].time_ns < to);
      find_line (&span, shares);
      g_array_append_val (spans, span);
    }

  return spans;
}

gboolean
hs_timeline_get_rss (HsTimeline         *self,
                     guint64             from,
                     guint64             to,
                     guint64            *least,
                     guint64            *most,
                     const HsRecordRss **last)
{
  const HsRecordView *record = self->record;
  guint               first = hs_timeline_find_rss (self, from);
  guint               i = first;

  if (record->n_rss == 0 || record->rss[0].time_ns > to)
    return FALSE;

  i = MIN (i, record->n_rss - 1);
  *least = record->rss[i].rss_min;
  *most = record->rss[i].rss_max;
  *last = &record->rss[i];
  for (; i < record->n_rss && record->rss[i].time_ns <= to; i++)
    {
      *least = MIN (*least, record->rss[i].rss_min);
      *most = MAX (*most, record->rss[i].rss_max);
      *last = &record->rss[i];
    }

  return TRUE;
}

/* What the process holds */

/* Neither may overflow. */
static gint64
subtract (guint64 a,
          guint64 b)
{
  return a >= b ? (gint64)MIN (a - b, G_MAXINT64) : -(gint64)MIN (b - a, G_MAXINT64);
}

static gint64
subtract_signed (gint64 a,
                 gint64 b)
{
  gint64 difference;

  if (__builtin_sub_overflow (a, b, &difference) || difference == G_MININT64)
    return a < b ? -G_MAXINT64 : G_MAXINT64;

  return difference;
}

static const HsRecordMoment *
get_beginning (HsTimeline *self)
{
  for (guint i = 0; i < self->record->n_moments; i++)
    if (self->record->moments[i].kind == HS_MOMENT_BEGIN)
      return &self->record->moments[i];

  return NULL;
}

gboolean
hs_timeline_get_growth (HsTimeline *self,
                        guint       moment,
                        gint64      growth[HS_N_MEMORIES],
                        gint64     *rss)
{
  const HsRecordMoment *from = get_beginning (self);
  const HsRecordMoment *to;

  g_return_val_if_fail (moment < self->record->n_moments, FALSE);

  to = &self->record->moments[moment];
  if (from == NULL || from == to || (from->flags & HS_MOMENT_MEMORY) == 0 ||
      (to->flags & HS_MOMENT_MEMORY) == 0)
    return FALSE;

  for (guint i = 0; i < HS_N_MEMORIES; i++)
    growth[i] = i == HS_MEMORY_UNEXPLAINED
                  ? subtract_signed ((gint64)to->memory[i], (gint64)from->memory[i])
                  : subtract (to->memory[i], from->memory[i]);
  *rss = subtract (to->rss, from->rss);

  return TRUE;
}
