/* hs-rss-watch.c - the supervisor looks at the memory of the process
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-rss-watch.h"

/* How much of the result copies of the process have written: the process maps
 * none of it. Returns: false while a copy is at work
 */
static bool
get_copies_bytes (const HsResult *result,
                  uint64_t       *bytes)
{
  HsRecordHeader        layout = { 0 };
  const HsRecordHeader *record = hs_shared_get_record (result->shared);
  const HsRecordMoment *moments;
  uint64_t              n = record->parts[HS_RECORD_MOMENTS].n;
  bool                  is_known = true;

  hs_record_init (&layout, 0);
  moments = (const HsRecordMoment *)(const void *)((const uint8_t *)record +
                                                   layout.parts[HS_RECORD_MOMENTS].offset);
  *bytes = 0;
  for (uint64_t i = 0; i < n && i < HS_RECORD_N_MOMENTS_MAX; i++)
    if ((moments[i].flags & HS_MOMENT_FORKED) != 0)
      {
        *bytes += moments[i].snapshot_size;
        is_known = moments[i].snapshot_size != 0 || i + 1 < n;
      }

  return is_known;
}

static uint64_t
get_own_bytes (const HsRssWatch *self,
               const HsResult   *result)
{
  uint64_t resident = hs_result_get_resident (result);
  uint64_t copies_bytes;

  if (!get_copies_bytes (result, &copies_bytes))
    return self->own_bytes;

  return resident > copies_bytes ? resident - copies_bytes : 0;
}

/* Returns: whether the code has begun. */
static bool
begin (HsRssWatch     *self,
       const HsResult *result,
       uint64_t        now_ns)
{
  HsSamplerMemory memory = result->shared->begin_memory;
  uint64_t        begin_ns = result->shared->start_ns;

  if (self->begin_ns != 0)
    return true;
  if (atomic_load (&result->shared->phase) < HS_PHASE_RUNNING || begin_ns < self->start_ns ||
      begin_ns > now_ns)
    return false;

  self->begin_ns = begin_ns;
  self->own_bytes = get_own_bytes (self, result);
  hs_rss_curve_add (&self->curve, 0, &memory, self->own_bytes);

  return true;
}

static bool
is_running (const HsResult *result)
{
  return atomic_load (&result->shared->phase) == HS_PHASE_RUNNING &&
         atomic_load (&result->shared->is_in_moment) == 0;
}

void
hs_rss_watch_look (HsRssWatch     *self,
                   const HsResult *result,
                   HsSampler      *sampler,
                   uint64_t        now_ns)
{
  HsSamplerMemory memory;

  if (!is_running (result) || !begin (self, result, now_ns))
    return;

  self->own_bytes = get_own_bytes (self, result);
  if (hs_sampler_read_memory (sampler, &memory) && is_running (result))
    hs_rss_curve_add (&self->curve, now_ns - self->begin_ns, &memory, self->own_bytes);
}

void
hs_rss_watch_finish (HsRssWatch     *self,
                     const HsResult *result,
                     uint64_t        end_ns)
{
  const HsShared *shared = result->shared;
  HsSamplerMemory memory = shared->end_memory;
  uint64_t        wall_ns = shared->wall_ns;
  uint64_t        snapshot_bytes = atomic_load (&shared->snapshot_size);
  uint64_t        own_bytes = get_own_bytes (self, result);
  uint64_t        duration_ns = 0;

  if (begin (self, result, end_ns))
    {
      duration_ns = end_ns - self->begin_ns;
      if (wall_ns != 0 && wall_ns <= duration_ns)
        {
          duration_ns = wall_ns;
          /* The last snapshot was taken afterwards. */
          own_bytes -= snapshot_bytes < own_bytes ? snapshot_bytes : own_bytes;
          hs_rss_curve_add (&self->curve, wall_ns, &memory, own_bytes);
        }
    }
  hs_rss_curve_write (&self->curve, hs_shared_get_record (result->shared), duration_ns);
}
