/* hs-record-view.h - checked, read-only access to a record
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-record-format.h"
#include "hs-snapshot-view.h"

/* A checked view of a record. Owns nothing: the bytes given to hs_record_view_init()
 * must outlive it and must not change. Afterwards every index is in range, every
 * text ends inside of the texts, every enum is below its HS_N_…, states of pages have
 * known bits only (flags may have others), times and page samples of one mapping
 * ascend, runs lie in their mapping and do not overlap. No byte count is believed to
 * be plausible: sums of them may overflow.
 */
typedef struct
{
  HsRecordHeader header; /* a copy */

  uint32_t              n_samples;
  uint32_t              n_rss;
  uint32_t              n_sites; /* numbers HS_SITE_FIRST to HS_SITE_FIRST + n_sites - 1 */
  uint32_t              n_lines;
  uint32_t              n_moments;
  uint32_t              n_mappings;
  uint32_t              n_page_samples;
  uint32_t              n_page_runs;
  uint32_t              texts_size;
  const HsRecordSample *samples;
  const HsRecordRss    *rss;
  const HsRecordSite   *sites;
  const HsRecordLine   *lines; /* by ascending site */
  /* Their snapshots are not checked, and where they lie is: inside of the result. */
  const HsRecordMoment     *moments;
  const HsRecordMapping    *mappings;
  const HsRecordPageSample *page_samples;
  const HsRecordPageRun    *page_runs;
  const char               *texts;
} HsRecordView;

/* Checks @data in O(size). @data must be aligned to 8 bytes. @result_size: bytes of
 * what snapshot_offset of the moments refers to; 0 if that is not at hand: the
 * moments must then have no snapshots. On failure @view is zeroed.
 */
HsSnapshotStatus hs_record_view_init (HsRecordView *view,
                                      const void   *data,
                                      uint64_t      size,
                                      uint64_t      result_size);

static inline const char *
hs_record_view_get_text (const HsRecordView *view,
                         uint32_t            text)
{
  return view->texts + text;
}

/* The site with a number; NULL for those that are no lines, or without a row. */
static inline const HsRecordSite *
hs_record_view_get_site (const HsRecordView *view,
                         uint32_t            site)
{
  return site >= HS_SITE_FIRST && site - HS_SITE_FIRST < view->n_sites
           ? &view->sites[site - HS_SITE_FIRST]
           : NULL;
}

/* How many pages a mapping of @bytes has. */
static inline uint64_t
hs_record_view_get_n_pages (const HsRecordView *view,
                            uint32_t            mapping,
                            uint64_t            bytes)
{
  uint64_t page_size = view->mappings[mapping].page_size;

  return bytes / page_size + (bytes % page_size != 0);
}
