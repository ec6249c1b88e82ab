/* hs-page-map.c - the pages of mappings at each time at which they were looked at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-page-map-private.h"

#include <glib/gi18n-lib.h>

/* Samples between two looks at the cancellable. */
#define CHECK_EVERY 4096

/* Steps */

/* Whether two samples, one behind the other, were taken in one go: of mapping after mapping,
 * with the memory of the process read once for all.
 */
static gboolean
is_same_step (const HsRecordPageSample *one,
              const HsRecordPageSample *next)
{
  return next->line == one->line && next->moment == one->moment && next->mapping > one->mapping &&
         next->rss_anon == one->rss_anon && next->rss_file == one->rss_file &&
         next->rss_shmem == one->rss_shmem;
}

/* The step that begins with sample @first. */
static void
read_step (const HsRecordView *record,
           guint               first,
           HsPageStep         *step)
{
  const HsRecordPageSample *row = &record->page_samples[first];
  guint                     n = 1;

  while (first + n < record->n_page_samples && is_same_step (&row[n - 1], &row[n]))
    n++;
  *step =
    (HsPageStep) { row->time_ns, row->line, row->moment != G_MAXUINT32 ? row->moment : HS_NO_MOMENT,
                   first, n, FALSE };
  step->is_end = step->moment != HS_NO_MOMENT &&
                 record->moments[step->moment].kind == HS_MOMENT_END;
}

guint
hs_page_map_count_steps (HsHistory *history)
{
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;
  HsPageStep          step = { 0 };
  guint               n = 0;

  for (guint i = 0; record != NULL && i < record->n_page_samples; i += step.n_samples)
    {
      read_step (record, i, &step);
      n++;
    }

  return n;
}

gboolean
hs_page_map_find_step (HsHistory  *history,
                       guint       step,
                       HsPageStep *found)
{
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;
  guint               n = 0;

  for (guint i = 0; record != NULL && i < record->n_page_samples; i += found->n_samples)
    {
      read_step (record, i, found);
      if (n++ == step)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_by (const HsRecordView *record,
       const HsPageStep   *step,
       guint               moment)
{
  return moment >= record->n_moments || step->moment == moment ||
         step->time_ns <= record->moments[moment].time_ns;
}

/* Whether a mapping that was found by @step is still open. */
static gboolean
is_open (const HsRecordView *record,
         const HsPageStep   *step)
{
  g_autofree guint8 *is_known = g_new0 (guint8, MAX (record->n_mappings, 1));

  for (guint i = step->first_sample + step->n_samples; i > 0; i--)
    {
      const HsRecordPageSample *row = &record->page_samples[i - 1];

      if (!is_known[row->mapping] && (row->flags & HS_MAPPING_CLOSED) == 0)
        return TRUE;
      is_known[row->mapping] = TRUE;
    }

  return FALSE;
}

guint
hs_page_map_choose_step (HsHistory *history,
                         guint      moment)
{
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;
  HsPageStep          step = { 0 };
  HsPageStep          last = { 0 };
  guint               at = HS_NO_SAMPLE;
  guint               best = HS_NO_SAMPLE;
  guint64             most = 0;
  guint               n = 0;

  for (guint i = 0; record != NULL && i < record->n_page_samples; i += step.n_samples, n++)
    {
      guint64 sum = 0;

      read_step (record, i, &step);
      for (guint j = i; j < i + step.n_samples; j++)
        sum += MAX (record->page_samples[j].n_mapped, record->page_samples[j].n_cached);
      if (best == HS_NO_SAMPLE || sum >= most)
        {
          best = n;
          most = sum;
        }
      if (is_by (record, &step, moment))
        {
          at = n;
          last = step;
        }
    }
  if (at == HS_NO_SAMPLE)
    return best;
  if (moment < record->n_moments && record->moments[moment].kind != HS_MOMENT_END)
    return at;

  return is_open (record, &last) ? at : best;
}

/* The map */

static gboolean
has_pages (HsHistory *history,
           GError   **error)
{
  const HsRecordView *record = history != NULL ? hs_history_get_record (history) : NULL;

  if (record == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _("This is a single snapshot: nothing is known of what happened "
                           "before. Run the code to see its pages."));
  else if (record->n_mappings == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _("The code made no mmap object. Map a file with mmap.mmap() to see "
                           "which of its pages are in memory."));
  else if (record->n_page_samples == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _("The code made an mmap object, but its pages were never looked at."));
  else
    return TRUE;

  return FALSE;
}

static void
read_steps (HsPageMap *self)
{
  HsPageStep step = { 0 };

  for (guint i = 0; i < self->record->n_page_samples; i += step.n_samples)
    {
      read_step (self->record, i, &step);
      g_array_append_val (self->steps, step);
    }
}

static void
clear_keyframe (gpointer data)
{
  g_array_unref (((HsPageKeyframe *)data)->spans);
}

/* FALSE if cancelled. */
static gboolean
read_mappings (HsPageMap    *self,
               GCancellable *cancellable)
{
  for (guint i = 0; i < self->record->n_mappings; i++)
    {
      self->mappings[i].samples = g_array_new (FALSE, FALSE, sizeof (guint));
      self->mappings[i].keyframes = g_array_new (FALSE, FALSE, sizeof (HsPageKeyframe));
      g_array_set_clear_func (self->mappings[i].keyframes, clear_keyframe);
    }
  for (guint i = 0; i < self->record->n_page_samples; i++)
    {
      HsPageMapping *mapping = &self->mappings[self->record->page_samples[i].mapping];

      g_array_append_val (mapping->samples, i);
      mapping->most_pages = MAX (mapping->most_pages, hs_page_map_get_n_pages (self, i));
      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
    }
  for (guint i = 0; i < self->record->n_mappings; i++)
    if (!_hs_page_map_add_keyframes (self, &self->mappings[i], cancellable))
      return FALSE;

  return TRUE;
}

HsPageMap *
hs_page_map_new (HsHistory    *history,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr(HsPageMap) self = NULL;

  if (!has_pages (history, error))
    return NULL;

  self = g_new0 (HsPageMap, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->history = hs_history_ref (history);
  self->record = hs_history_get_record (history);
  self->steps = g_array_new (FALSE, FALSE, sizeof (HsPageStep));
  self->mappings = g_new0 (HsPageMapping, self->record->n_mappings);
  read_steps (self);
  if (!read_mappings (self, cancellable))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
      return NULL;
    }

  return g_steal_pointer (&self);
}

HsPageMap *
hs_page_map_ref (HsPageMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_page_map_unref (HsPageMap *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->record->n_mappings; i++)
    {
      g_clear_pointer (&self->mappings[i].samples, g_array_unref);
      g_clear_pointer (&self->mappings[i].keyframes, g_array_unref);
    }
  g_free (self->mappings);
  g_array_unref (self->steps);
  hs_history_unref (self->history);
  g_free (self);
}

HsHistory *
hs_page_map_get_history (HsPageMap *self)
{
  return self->history;
}

guint
hs_page_map_get_n_steps (HsPageMap *self)
{
  return self->steps->len;
}

const HsPageStep *
hs_page_map_get_step (HsPageMap *self,
                      guint      step)
{
  g_return_val_if_fail (step < self->steps->len, NULL);

  return &g_array_index (self->steps, HsPageStep, step);
}

guint
hs_page_map_get_n_mappings (HsPageMap *self)
{
  return self->record->n_mappings;
}

/* How many of the mapping's samples come before sample @end of the record. */
static guint
count_before (const HsPageMapping *mapping,
              guint                end)
{
  guint first = 0;
  guint last = mapping->samples->len;

  while (first < last)
    {
      guint middle = first + (last - first) / 2;

      if (g_array_index (mapping->samples, guint, middle) < end)
        first = middle + 1;
      else
        last = middle;
    }

  return first;
}

guint
_hs_page_map_get_nth (HsPageMap *self,
                      guint      sample)
{
  return count_before (&self->mappings[self->record->page_samples[sample].mapping], sample);
}

guint
hs_page_map_find_sample (HsPageMap *self,
                         guint      mapping,
                         guint      step)
{
  const HsPageStep *row = hs_page_map_get_step (self, step);
  guint             n;

  g_return_val_if_fail (mapping < self->record->n_mappings, HS_NO_SAMPLE);
  g_return_val_if_fail (row != NULL, HS_NO_SAMPLE);

  n = count_before (&self->mappings[mapping], row->first_sample + row->n_samples);

  return n > 0 ? g_array_index (self->mappings[mapping].samples, guint, n - 1) : HS_NO_SAMPLE;
}

guint
hs_page_map_get_previous (HsPageMap *self,
                          guint      sample)
{
  const HsPageMapping *mapping;
  guint                nth;

  g_return_val_if_fail (sample < self->record->n_page_samples, HS_NO_SAMPLE);

  mapping = &self->mappings[self->record->page_samples[sample].mapping];
  nth = _hs_page_map_get_nth (self, sample);

  return nth > 0 ? g_array_index (mapping->samples, guint, nth - 1) : HS_NO_SAMPLE;
}

guint32
hs_page_map_get_n_pages (HsPageMap *self,
                         guint      sample)
{
  const HsRecordPageSample *row;

  g_return_val_if_fail (sample < self->record->n_page_samples, 0);

  row = &self->record->page_samples[sample];

  /* Checked to fit when the record was. */
  return (row->flags & HS_MAPPING_CLOSED) != 0
           ? 0
           : (guint32)hs_record_view_get_n_pages (self->record, row->mapping, row->bytes);
}

guint32
hs_page_map_get_most_pages (HsPageMap *self,
                            guint      mapping)
{
  g_return_val_if_fail (mapping < self->record->n_mappings, 0);

  return self->mappings[mapping].most_pages;
}

/* Classes */

static gboolean
is_anonymous (const HsRecordMapping *mapping)
{
  return mapping->kind == HS_MAPPING_ANON_SHARED || mapping->kind == HS_MAPPING_ANON_PRIVATE;
}

HsPageClass
hs_page_map_get_class (HsPageMap *self,
                       guint      mapping,
                       guint32    state)
{
  const HsRecordMapping *row;

  g_return_val_if_fail (mapping < self->record->n_mappings, HS_PAGE_CLASS_NONE);

  row = &self->record->mappings[mapping];
  if ((state & HS_PAGE_SWAPPED) != 0)
    return HS_PAGE_CLASS_SWAPPED;
  if ((state & HS_PAGE_COPY) != 0 && !is_anonymous (row))
    return HS_PAGE_CLASS_COPY;
  if ((state & HS_PAGE_DIRTY) != 0)
    return (state & HS_PAGE_MAPPED) != 0 ? HS_PAGE_CLASS_DIRTY : HS_PAGE_CLASS_NEWER;
  if ((state & HS_PAGE_ZERO) != 0)
    return HS_PAGE_CLASS_ZERO;
  /* All that an anonymous mapping has is the process's own. */
  if ((state & (HS_PAGE_MAPPED | HS_PAGE_COPY)) != 0)
    return HS_PAGE_CLASS_MAPPED;
  if ((row->flags & HS_MAPPING_CACHE_HIDDEN) != 0)
    return HS_PAGE_CLASS_HIDDEN;

  return (state & HS_PAGE_CACHED) != 0 ? HS_PAGE_CLASS_CACHED : HS_PAGE_CLASS_NONE;
}

const char *
hs_page_map_get_class_name (HsPageMap  *self,
                            guint       mapping,
                            HsPageClass page_class)
{
  const HsRecordMapping *row;
  gboolean               is_anon;
  gboolean               is_memory;

  g_return_val_if_fail (mapping < self->record->n_mappings, "");

  row = &self->record->mappings[mapping];
  is_anon = is_anonymous (row);
  is_memory = (row->flags & HS_MAPPING_MEMORY_FILE) != 0;
  switch (page_class)
    {
    case HS_PAGE_CLASS_NONE:
      return is_anon || is_memory ? _("not touched: takes no memory")
                                  : _("not touched: neither mapped nor in the cache");
    case HS_PAGE_CLASS_HIDDEN:
      return _("not mapped; in the cache or not: hidden by the kernel");
    case HS_PAGE_CLASS_CACHED:
      return is_anon || is_memory ? _("in memory, not mapped into the process")
                                  : _("in the page cache, not mapped into the process");
    case HS_PAGE_CLASS_NEWER:
      return _("in the page cache, newer than the disk (dirty), not mapped");
    case HS_PAGE_CLASS_MAPPED:
      return is_anon ? _("in memory") : _("mapped into the process");
    case HS_PAGE_CLASS_ZERO:
      return _("read only: the page of zeros, takes no memory");
    case HS_PAGE_CLASS_DIRTY:
      return is_anon ? _("in memory, written") : _("written (dirty)");
    case HS_PAGE_CLASS_COPY:
      return _("written: a copy of the process's own");
    case HS_PAGE_CLASS_SWAPPED:
      return _("swapped out");
    case HS_N_PAGE_CLASSES:
    default:
      return "";
    }
}

const char *
hs_page_change_get_name (HsPageChange change)
{
  switch (change)
    {
    case HS_PAGE_CHANGE_READ_AHEAD:
      return _("new in the cache: read ahead, not mapped");
    case HS_PAGE_CHANGE_MAPPED:
      return _("newly mapped: touched, or with a touched one (fault-around)");
    case HS_PAGE_CHANGE_WRITTEN:
      return _("newly written");
    case HS_PAGE_CHANGE_GONE:
      return _("no longer there");
    case HS_N_PAGE_CHANGES:
    default:
      return "";
    }
}
