/* hs-rss-curve.c - memory of the process over time, as it is seen from outside
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-rss-curve.h"

#include "hs-clock.h"

#include <string.h>

/* Of the first rows: how often a supervisor looks at first. */
#define ROW_NS HS_NS_PER_MS

static void
add_row (HsRecordRss       *self,
         const HsRecordRss *next)
{
  if (self->rss_min > next->rss_min)
    self->rss_min = next->rss_min;
  if (self->rss_max < next->rss_max)
    self->rss_max = next->rss_max;
  self->time_ns = next->time_ns;
  self->anon = next->anon;
  self->file = next->file;
  self->shmem = next->shmem;
  self->swap = next->swap;
}

/* Pairs become one, and of the shorter ones of the beginning as many as fit into the
 * time of a row. Where rows came more rarely than they might, from now on they come
 * no more often. The first stays: it is the beginning.
 */
static void
merge_rows (HsRssCurve *self)
{
  HsRecordRss *rows = self->rows;
  uint64_t     mean_ns = rows[self->n_rows - 1].time_ns / self->n_rows;
  uint32_t     n = 1;

  self->interval_ns = 2 * (mean_ns > self->interval_ns ? mean_ns : self->interval_ns);
  for (uint32_t i = 1; i < self->n_rows;)
    {
      HsRecordRss sum = rows[i];
      uint64_t    begin_ns = rows[i - 1].time_ns;
      uint32_t    n_merged = 1;

      while (i + n_merged < self->n_rows &&
             (n_merged < 2 || rows[i + n_merged].time_ns - begin_ns <= self->interval_ns))
        add_row (&sum, &rows[i + n_merged++]);
      i += n_merged;
      rows[n++] = sum;
    }
  self->n_rows = n;
}

static void
end_row (HsRssCurve *self)
{
  if (!self->has_present)
    return;
  if (self->n_rows == HS_RECORD_N_RSS_MAX)
    merge_rows (self);

  self->rows[self->n_rows++] = self->present;
  self->has_present = false;
  self->begin_ns = self->present.time_ns;
}

void
hs_rss_curve_add (HsRssCurve            *self,
                  uint64_t               time_ns,
                  const HsSamplerMemory *memory,
                  uint64_t               own_bytes)
{
  uint64_t    own = own_bytes < memory->shmem ? own_bytes : memory->shmem;
  uint64_t    rss = memory->anon + memory->file + memory->shmem - own;
  HsRecordRss row = {
    .time_ns = time_ns,
    .rss_min = rss,
    .rss_max = rss,
    .anon = memory->anon,
    .file = memory->file,
    .shmem = memory->shmem - own,
    .swap = memory->swap,
  };

  if (self->interval_ns == 0)
    self->interval_ns = ROW_NS;
  if (time_ns < self->begin_ns || (self->has_present && time_ns < self->present.time_ns))
    return;

  /* The kernel keeps the most there ever was: what was short-lived is seen, too. */
  if (self->peak_bytes != 0 && memory->peak > self->peak_bytes && memory->peak - own > rss)
    row.rss_max = memory->peak - own;
  self->peak_bytes = memory->peak;

  if (self->has_present)
    add_row (&self->present, &row);
  else
    self->present = row;
  self->has_present = true;
  if (time_ns - self->begin_ns >= self->interval_ns || self->n_rows == 0)
    end_row (self);
}

void
hs_rss_curve_write (HsRssCurve     *self,
                    HsRecordHeader *record,
                    uint64_t        duration_ns)
{
  HsRecordHeader layout = { 0 };
  HsRecordPart  *part = &layout.parts[HS_RECORD_RSS];

  end_row (self);
  hs_record_init (&layout, 0);
  memcpy ((uint8_t *)record + part->offset, self->rows, self->n_rows * sizeof *self->rows);
  part->n = self->n_rows;
  record->parts[HS_RECORD_RSS] = *part;
  record->rss_ns = self->interval_ns;
  record->duration_ns = duration_ns;
}
