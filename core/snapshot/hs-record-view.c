/* hs-record-view.c - checks a record once, from end to end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-record-view.h"

#include <stdbool.h>
#include <string.h>

/* Pages are counted in u32. */
#define N_PAGES_MAX UINT32_MAX

typedef struct
{
  uint32_t element_size;
  uint32_t n_max;
  size_t   count; /* offset of the uint32_t in HsRecordView */
  size_t   rows;  /* offset of the pointer */
} Part;

#define PART(type, n_max, count, rows)                                                    \
  {                                                                                       \
    sizeof (type), (n_max), offsetof (HsRecordView, count), offsetof (HsRecordView, rows) \
  }

/* clang-format off */
static const Part parts[HS_RECORD_N_PARTS] = {
  [HS_RECORD_SAMPLES] = PART (HsRecordSample, HS_RECORD_N_SAMPLES_MAX, n_samples, samples),
  [HS_RECORD_RSS] = PART (HsRecordRss, HS_RECORD_N_RSS_MAX, n_rss, rss),
  [HS_RECORD_SITES] = PART (HsRecordSite, HS_RECORD_N_SITES_MAX, n_sites, sites),
  [HS_RECORD_LINES] = PART (HsRecordLine, HS_RECORD_N_LINES_MAX, n_lines, lines),
  [HS_RECORD_MOMENTS] = PART (HsRecordMoment, HS_RECORD_N_MOMENTS_MAX, n_moments, moments),
  [HS_RECORD_MAPPINGS] = PART (HsRecordMapping, HS_RECORD_N_MAPPINGS_MAX, n_mappings, mappings),
  [HS_RECORD_PAGE_SAMPLES] = PART (HsRecordPageSample, HS_RECORD_N_PAGE_SAMPLES_MAX,
    n_page_samples, page_samples),
  [HS_RECORD_PAGE_RUNS] = PART (HsRecordPageRun, HS_RECORD_N_PAGE_RUNS_MAX, n_page_runs,
    page_runs),
  [HS_RECORD_TEXTS] = PART (char, HS_RECORD_N_TEXTS_MAX, texts_size, texts),
};
/* clang-format on */

/* Fills in one part. None has more rows than a worker writes: readers go through some of them for
 * each other.
 */
static bool
open_part (HsRecordView  *view,
           const uint8_t *data,
           uint64_t       size,
           uint32_t       id)
{
  const HsRecordPart *part = &view->header.parts[id];
  const void         *rows;
  uint32_t            n = (uint32_t)part->n;

  if (part->id != id || part->element_size != parts[id].element_size ||
      part->offset % HS_RECORD_ALIGNMENT != 0 || part->offset < sizeof (HsRecordHeader) ||
      part->offset > size || part->n > part->capacity || part->n > parts[id].n_max ||
      part->n > (size - part->offset) / part->element_size)
    return false;

  rows = data + part->offset;
  memcpy ((uint8_t *)view + parts[id].count, &n, sizeof n);
  memcpy ((uint8_t *)view + parts[id].rows, &rows, sizeof rows);

  return true;
}

static bool
check_texts (const HsRecordView *view)
{
  uint32_t size = view->texts_size;

  return size > 0 && view->texts[0] == '\0' && view->texts[size - 1] == '\0';
}

static bool
check_curves (const HsRecordView *view)
{
  uint64_t time_ns = 0;

  for (uint32_t i = 0; i < view->n_samples; i++)
    {
      const HsRecordSample *sample = &view->samples[i];

      if (sample->time_ns < time_ns || sample->live_min > sample->live_max ||
          sample->live_bytes < sample->live_min || sample->live_bytes > sample->live_max)
        return false;
      time_ns = sample->time_ns;
    }

  time_ns = 0;
  for (uint32_t i = 0; i < view->n_rss; i++)
    {
      if (view->rss[i].time_ns < time_ns || view->rss[i].rss_min > view->rss[i].rss_max)
        return false;
      time_ns = view->rss[i].time_ns;
    }

  return true;
}

static bool
check_lines (const HsRecordView *view)
{
  for (uint32_t i = 0; i < view->n_sites; i++)
    if (view->sites[i].file >= view->texts_size || view->sites[i].function >= view->texts_size)
      return false;

  for (uint32_t i = 0; i < view->n_lines; i++)
    if (i > 0 && view->lines[i].site <= view->lines[i - 1].site)
      return false;

  return true;
}

static bool
check_moments (const HsRecordView *view,
               uint64_t            result_size)
{
  uint64_t time_ns = 0;

  for (uint32_t i = 0; i < view->n_moments; i++)
    {
      const HsRecordMoment *moment = &view->moments[i];

      if (moment->kind >= HS_N_MOMENT_KINDS || moment->time_ns < time_ns ||
          moment->name >= view->texts_size || moment->snapshot_offset % 64 != 0 ||
          moment->snapshot_offset > result_size ||
          moment->snapshot_size > result_size - moment->snapshot_offset)
        return false;
      time_ns = moment->time_ns;
    }

  return true;
}

static bool
is_power_of_two (uint32_t number)
{
  return number != 0 && (number & (number - 1)) == 0;
}

static bool
check_mappings (const HsRecordView *view)
{
  for (uint32_t i = 0; i < view->n_mappings; i++)
    {
      const HsRecordMapping *mapping = &view->mappings[i];

      if (mapping->kind >= HS_N_MAPPING_KINDS || !is_power_of_two (mapping->page_size) ||
          mapping->page_size < 4096 || mapping->file >= view->texts_size ||
          mapping->file_system >= view->texts_size || mapping->type >= view->texts_size ||
          hs_record_view_get_n_pages (view, i, mapping->bytes) > N_PAGES_MAX)
        return false;
    }

  return true;
}

static bool
check_runs (const HsRecordView       *view,
            const HsRecordPageSample *sample)
{
  uint64_t n_pages = hs_record_view_get_n_pages (view, sample->mapping, sample->bytes);
  uint64_t end = 0;

  if (n_pages > N_PAGES_MAX || sample->first_run > view->n_page_runs ||
      sample->n_runs > view->n_page_runs - sample->first_run)
    return false;

  for (uint64_t i = sample->first_run; i < sample->first_run + sample->n_runs; i++)
    {
      const HsRecordPageRun *run = &view->page_runs[i];

      if (run->n_pages == 0 || run->first_page < end || run->first_page >= n_pages ||
          run->n_pages > n_pages - run->first_page || (run->state & ~(uint32_t)HS_PAGE_STATES) != 0)
        return false;
      end = (uint64_t)run->first_page + run->n_pages;
    }

  return true;
}

static bool
check_page_samples (const HsRecordView *view)
{
  uint64_t time_ns = 0;
  uint64_t first_run = 0;

  for (uint32_t i = 0; i < view->n_page_samples; i++)
    {
      const HsRecordPageSample *sample = &view->page_samples[i];

      /* No run is of two samples: else a short record might ask for endless work. */
      if (sample->mapping >= view->n_mappings || sample->time_ns < time_ns ||
          sample->first_run < first_run || !check_runs (view, sample) ||
          (sample->moment != UINT32_MAX && sample->moment >= view->n_moments))
        return false;
      time_ns = sample->time_ns;
      first_run = sample->first_run + sample->n_runs;
    }

  return true;
}

static HsSnapshotStatus
init (HsRecordView *view,
      const void   *data,
      uint64_t      size,
      uint64_t      result_size)
{
  if (size < sizeof view->header)
    return HS_SNAPSHOT_STATUS_TRUNCATED;

  memcpy (&view->header, data, sizeof view->header);
  if (memcmp (view->header.magic, HS_RECORD_MAGIC, sizeof view->header.magic) != 0)
    return HS_SNAPSHOT_STATUS_BAD_MAGIC;
  if (view->header.version != HS_RECORD_VERSION)
    return HS_SNAPSHOT_STATUS_BAD_VERSION;
  if (view->header.n_parts != HS_RECORD_N_PARTS)
    return HS_SNAPSHOT_STATUS_CORRUPT;

  for (uint32_t i = 0; i < HS_RECORD_N_PARTS; i++)
    if (!open_part (view, data, size, i))
      return HS_SNAPSHOT_STATUS_CORRUPT;

  return check_texts (view) && check_curves (view) && check_lines (view) &&
             check_moments (view, result_size) && check_mappings (view) &&
             check_page_samples (view)
           ? HS_SNAPSHOT_STATUS_OK
           : HS_SNAPSHOT_STATUS_CORRUPT;
}

HsSnapshotStatus
hs_record_view_init (HsRecordView *view,
                     const void   *data,
                     uint64_t      size,
                     uint64_t      result_size)
{
  HsSnapshotStatus status;

  memset (view, 0, sizeof *view);
  status = init (view, data, size, result_size);
  if (status != HS_SNAPSHOT_STATUS_OK)
    memset (view, 0, sizeof *view);

  return status;
}
