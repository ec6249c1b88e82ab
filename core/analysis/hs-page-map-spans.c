/* hs-page-map-spans.c - the states of pages from what changed in them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-page-map-private.h"

/* Runs from one keyframe to the next. As many are put together for any sample, which
 * takes a few milliseconds; more if a keyframe itself is longer than that, so that
 * all of them together are not much more than the runs.
 */
#define KEYFRAME_RUNS  8192
#define KEYFRAME_SHARE 4

#define SPAN(spans, i) (&g_array_index ((spans), HsPageSpan, (i)))

/* In growing steps, then by halves: what is looked for often lies near. */
guint
_hs_page_spans_find (const GArray *spans,
                     guint         start,
                     guint32       page)
{
  guint step = 1;
  guint end = start;

  while (end < spans->len && SPAN (spans, end)->end <= page)
    {
      start = end + 1;
      end += MIN (step, spans->len - end);
      step *= 2;
    }
  while (start < end)
    {
      guint middle = start + (end - start) / 2;

      if (SPAN (spans, middle)->end > page)
        end = middle;
      else
        start = middle + 1;
    }

  return start;
}

guint32
hs_page_spans_get_state (const GArray *spans,
                         guint32       page)
{
  guint i = _hs_page_spans_find (spans, 0, page);

  return i < spans->len && SPAN (spans, i)->first <= page ? SPAN (spans, i)->state : 0;
}

void
_hs_page_spans_append (GArray *spans,
                       guint32 first,
                       guint32 end,
                       guint32 state)
{
  HsPageSpan  span = { first, end, state };
  HsPageSpan *last = spans->len > 0 ? SPAN (spans, spans->len - 1) : NULL;

  if (first >= end)
    return;
  if (last != NULL && last->end == first && last->state == state)
    last->end = end;
  else
    g_array_append_val (spans, span);
}

/* What of @from lies in @first to @end - 1, of which none ends before the one at *@next. */
static void
append_part (GArray       *spans,
             const GArray *from,
             guint        *next,
             guint32       first,
             guint32       end)
{
  guint i = _hs_page_spans_find (from, *next, first);
  guint cut = _hs_page_spans_find (from, i, end);

  if (i < cut)
    {
      /* The first may begin before, and may continue the last; the others do not touch. */
      _hs_page_spans_append (spans, MAX (SPAN (from, i)->first, first), SPAN (from, i)->end,
                             SPAN (from, i)->state);
      g_array_append_vals (spans, SPAN (from, i) + 1, cut - i - 1);
    }
  if (cut < from->len && SPAN (from, cut)->first < end)
    _hs_page_spans_append (spans, MAX (SPAN (from, cut)->first, first), end,
                           SPAN (from, cut)->state);
  *next = cut;
}

/* @top, and of @bottom what it does not cover. @is_change: pages that become 0 are kept as
 * such, else they are left out.
 */
static GArray *
overlay (const GArray *top,
         const GArray *bottom,
         gboolean      is_change)
{
  GArray *spans =
    g_array_sized_new (FALSE, FALSE, sizeof (HsPageSpan), top->len * 2 + bottom->len);
  guint   next = 0;
  guint32 page = 0;

  for (guint i = 0; i < top->len; i++)
    {
      const HsPageSpan *span = SPAN (top, i);

      append_part (spans, bottom, &next, page, span->first);
      if (is_change || span->state != 0)
        _hs_page_spans_append (spans, span->first, span->end, span->state);
      page = span->end;
    }
  append_part (spans, bottom, &next, page, G_MAXUINT32);

  return spans;
}

GArray *
_hs_page_map_dup_sample (HsPageMap *self,
                         guint      sample)
{
  const HsRecordPageSample *row = &self->record->page_samples[sample];
  guint32                   n_pages = hs_page_map_get_n_pages (self, sample);
  GArray                   *spans =
    g_array_sized_new (FALSE, FALSE, sizeof (HsPageSpan), (guint)row->n_runs + 1);

  for (guint64 i = 0; i < row->n_runs && n_pages > 0; i++)
    {
      const HsRecordPageRun *run = &self->record->page_runs[row->first_run + i];

      _hs_page_spans_append (spans, run->first_page, run->first_page + run->n_pages, run->state);
    }
  _hs_page_spans_append (spans, n_pages, G_MAXUINT32, 0);

  return spans;
}

/* What the samples @first to @end - 1 of a mapping change, taken in halves: O(runs * log
 * samples).
 */
static GArray *
dup_samples (HsPageMap           *self,
             const HsPageMapping *mapping,
             guint                first,
             guint                end)
{
  g_autoptr(GArray) bottom = NULL;
  g_autoptr(GArray) top = NULL;

  if (end - first == 1)
    return _hs_page_map_dup_sample (self, g_array_index (mapping->samples, guint, first));

  bottom = dup_samples (self, mapping, first, first + (end - first) / 2);
  top = dup_samples (self, mapping, first + (end - first) / 2, end);

  return overlay (top, bottom, TRUE);
}

static GArray *
dup_at (HsPageMap           *self,
        const HsPageMapping *mapping,
        guint                nth)
{
  const HsPageKeyframe *keyframe = NULL;
  g_autoptr(GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HsPageSpan));
  g_autoptr(GArray) changes = NULL;

  for (guint i = mapping->keyframes->len; i > 0 && keyframe == NULL; i--)
    if (g_array_index (mapping->keyframes, HsPageKeyframe, i - 1).nth <= nth)
      keyframe = &g_array_index (mapping->keyframes, HsPageKeyframe, i - 1);
  if (keyframe != NULL && keyframe->nth == nth)
    return g_array_copy (keyframe->spans);

  changes = dup_samples (self, mapping, keyframe != NULL ? keyframe->nth + 1 : 0, nth + 1);

  return overlay (changes, keyframe != NULL ? keyframe->spans : nothing, FALSE);
}

gboolean
_hs_page_map_add_keyframes (HsPageMap     *self,
                            HsPageMapping *mapping,
                            GCancellable  *cancellable)
{
  guint64 n_runs = 0;
  guint64 most = KEYFRAME_RUNS;

  for (guint i = 0; i < mapping->samples->len; i++)
    {
      HsPageKeyframe keyframe = { i, NULL };

      n_runs +=
        self->record->page_samples[g_array_index (mapping->samples, guint, i)].n_runs + 1;
      if (n_runs < most)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;

      keyframe.spans = dup_at (self, mapping, i);
      g_array_append_val (mapping->keyframes, keyframe);
      most = MAX (KEYFRAME_RUNS, keyframe.spans->len / KEYFRAME_SHARE);
      n_runs = 0;
    }

  return TRUE;
}

GArray *
hs_page_map_dup_spans (HsPageMap *self,
                       guint      sample)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sample < self->record->n_page_samples, NULL);

  return dup_at (self, &self->mappings[self->record->page_samples[sample].mapping],
                 _hs_page_map_get_nth (self, sample));
}

GArray *
hs_page_map_dup_next_spans (HsPageMap    *self,
                            guint         sample,
                            const GArray *before)
{
  g_autoptr(GArray) changes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sample < self->record->n_page_samples, NULL);

  changes = _hs_page_map_dup_sample (self, sample);

  return overlay (changes, before, FALSE);
}

/* What the last access did */

static gboolean
find_change (guint32 before,
             guint32 after,
             guint  *change)
{
  const guint32 mapped = HS_PAGE_MAPPED | HS_PAGE_COPY;
  const guint32 written = HS_PAGE_DIRTY | HS_PAGE_COPY;

  if ((after & written & ~before) != 0)
    *change = HS_PAGE_CHANGE_WRITTEN;
  else if ((after & mapped) != 0 && (before & mapped) == 0)
    *change = HS_PAGE_CHANGE_MAPPED;
  else if ((after & HS_PAGE_CACHED) != 0 && (before & HS_PAGE_CACHED) == 0 &&
           (after & mapped) == 0)
    *change = HS_PAGE_CHANGE_READ_AHEAD;
  else if ((before & ~after & (mapped | HS_PAGE_CACHED)) != 0)
    *change = HS_PAGE_CHANGE_GONE;
  else
    return FALSE;

  return TRUE;
}

/* Where the next span begins or ends behind @page. */
static guint32
get_border (const GArray *spans,
            guint         i,
            guint32       page)
{
  if (i >= spans->len)
    return G_MAXUINT32;

  return SPAN (spans, i)->first > page ? SPAN (spans, i)->first : SPAN (spans, i)->end;
}

static guint32
get_state_in (const GArray *spans,
              guint         i,
              guint32       page)
{
  return i < spans->len && SPAN (spans, i)->first <= page ? SPAN (spans, i)->state : 0;
}

static void
compare (const GArray *before,
         const GArray *after,
         guint32       known,
         GArray       *changes)
{
  guint32 page = 0;
  guint   b = 0;
  guint   a = 0;

  while (page < G_MAXUINT32)
    {
      guint32 end = MIN (get_border (before, b, page), get_border (after, a, page));
      guint   change;

      if (find_change (get_state_in (before, b, page) & known,
                       get_state_in (after, a, page) & known, &change))
        _hs_page_spans_append (changes, page, end, change);
      page = end;
      if (b < before->len && SPAN (before, b)->end <= page)
        b++;
      if (a < after->len && SPAN (after, a)->end <= page)
        a++;
    }
}

GArray *
hs_page_map_dup_changes (HsPageMap    *self,
                         guint         sample,
                         const GArray *after)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (HsPageSpan));
  guint   previous = hs_page_map_get_previous (self, sample);
  guint32 known = HS_PAGE_STATES;
  g_autoptr(GArray) before = NULL;

  if (previous == HS_NO_SAMPLE)
    return changes;

  if ((self->record->mappings[self->record->page_samples[sample].mapping].flags &
       HS_MAPPING_CACHE_HIDDEN) != 0)
    known &= ~(guint32)HS_PAGE_CACHED;
  before = hs_page_map_dup_spans (self, previous);
  compare (before, after, known, changes);

  return changes;
}
