/* hs-test-touch-record.c - uses every index of the view of a record, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-test-touch-record.h"

#include <stdlib.h>
#include <string.h>

static void
require (int condition)
{
  if (!condition)
    abort ();
}

static uint64_t
touch_bytes (const void *data,
             size_t      size)
{
  const uint8_t *bytes = data;
  uint64_t       sum = 0;

  for (size_t i = 0; i < size; i++)
    sum += bytes[i];

  return sum;
}

static uint64_t
touch_curves (const HsRecordView *view)
{
  for (uint32_t i = 1; i < view->n_samples; i++)
    require (view->samples[i - 1].time_ns <= view->samples[i].time_ns);
  for (uint32_t i = 0; i < view->n_samples; i++)
    require (view->samples[i].live_min <= view->samples[i].live_bytes &&
             view->samples[i].live_bytes <= view->samples[i].live_max);
  for (uint32_t i = 1; i < view->n_rss; i++)
    require (view->rss[i - 1].time_ns <= view->rss[i].time_ns);

  return touch_bytes (view->samples, view->n_samples * sizeof *view->samples) +
         touch_bytes (view->rss, view->n_rss * sizeof *view->rss);
}

static uint64_t
touch_lines (const HsRecordView *view)
{
  uint64_t sum = 0;

  for (uint32_t i = 0; i < view->n_sites; i++)
    sum += strlen (hs_record_view_get_text (view, view->sites[i].file)) +
           strlen (hs_record_view_get_text (view, view->sites[i].function));
  for (uint32_t i = 0; i < view->n_lines; i++)
    {
      const HsRecordSite *site = hs_record_view_get_site (view, view->lines[i].site);

      require (i == 0 || view->lines[i - 1].site < view->lines[i].site);
      sum += site != NULL ? site->line : view->lines[i].total_bytes;
    }

  return sum;
}

static uint64_t
touch_moments (const HsRecordView *view,
               uint64_t            result_size)
{
  uint64_t sum = 0;

  for (uint32_t i = 0; i < view->n_moments; i++)
    {
      const HsRecordMoment *moment = &view->moments[i];

      require (moment->kind < HS_N_MOMENT_KINDS);
      require (i == 0 || view->moments[i - 1].time_ns <= moment->time_ns);
      require (moment->snapshot_offset <= result_size &&
               moment->snapshot_size <= result_size - moment->snapshot_offset);
      sum += strlen (hs_record_view_get_text (view, moment->name)) + moment->rss;
    }

  return sum;
}

static uint64_t
touch_pages (const HsRecordView *view)
{
  uint64_t sum = 0;

  for (uint32_t i = 0; i < view->n_mappings; i++)
    {
      const HsRecordMapping *mapping = &view->mappings[i];

      require (mapping->kind < HS_N_MAPPING_KINDS);
      sum += strlen (hs_record_view_get_text (view, mapping->file)) +
             strlen (hs_record_view_get_text (view, mapping->file_system)) +
             strlen (hs_record_view_get_text (view, mapping->type)) +
             hs_record_view_get_n_pages (view, i, mapping->bytes);
    }
  for (uint32_t i = 0; i < view->n_page_samples; i++)
    {
      const HsRecordPageSample *sample = &view->page_samples[i];
      uint64_t                  n_pages;
      uint64_t                  end = 0;

      n_pages = hs_record_view_get_n_pages (view, sample->mapping, sample->bytes);
      require (sample->moment == UINT32_MAX || sample->moment < view->n_moments);
      for (uint64_t k = 0; k < sample->n_runs; k++)
        {
          const HsRecordPageRun *run = &view->page_runs[sample->first_run + k];

          require (run->n_pages > 0 && run->first_page >= end && run->state <= HS_PAGE_STATES);
          end = (uint64_t)run->first_page + run->n_pages;
          require (end <= n_pages);
          sum += run->state;
        }
    }

  return sum;
}

uint64_t
hs_test_touch_record (const HsRecordView *view,
                      uint64_t            result_size)
{
  return touch_curves (view) + touch_lines (view) + touch_moments (view, result_size) +
         touch_pages (view) + touch_bytes (view->texts, view->texts_size);
}
