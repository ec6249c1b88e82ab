/* hs-growth.c - what the resident memory of the process consists of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-growth.h"

#include "hs-arenas.h"
#include "hs-compat.h"
#include "hs-growth-malloc.h"
#include "hs-growth-maps.h"
#include "hs-growth-regions.h"

#include <string.h>

/* Threads that do not need the GIL, such as one that is about to end, may take memory or
 * give it back meanwhile.
 */
#define N_TRIES     3
#define MOVED_BYTES UINT64_C (65536)

typedef struct
{
  uint64_t memory[HS_N_MEMORIES];

  const HsRegion *regions;
  uint32_t        n_regions;
  uint32_t        region; /* the first that may end behind what is looked at */

  uint8_t  area_kind; /* HsAreaKind */
  uint64_t area_end;  /* with its neighbours of the same kind */

  HsMallocPiece piece; /* the last one that was found */

  uint64_t pool; /* number; resident pages of it are being counted */
  uint64_t pool_resident_bytes;

  bool is_full;
} Measure;

static bool is_prepared;
static bool is_own_known;

static const void *shared_start;
static uint64_t    shared_size;

void
hs_growth_init (const void *shared,
                uint64_t    size)
{
  shared_start = shared;
  shared_size = size;
  is_prepared = !HS_WITH_ASAN && hs_regions_note_early ();
}

void
hs_growth_begin (void)
{
  is_own_known = is_prepared && hs_regions_note_own (shared_start, shared_size);
}

/* ---- Pools ---- */

static void
finish_pool (Measure *self)
{
  const HsPoolHeader *header =
    (const HsPoolHeader *)(uintptr_t)(hs_arenas.base + self->pool * HS_POOL_SIZE);
  uint64_t resident = self->pool_resident_bytes;
  uint64_t used;

  self->pool_resident_bytes = 0;
  if (resident == 0)
    return;
  if (!hs_arenas.is_used[self->pool * HS_POOL_SIZE / HS_ARENA_SIZE] || header->n_used == 0 ||
      header->size_class >= HS_POOL_CLASSES)
    {
      self->memory[HS_MEMORY_ARENA_FREE] += resident;
      return;
    }

  used = (uint64_t)header->n_used * (header->size_class + 1) * HS_ARENA_GRANULE;
  if (used > resident)
    used = resident;
  self->memory[HS_MEMORY_OBJECTS] += used;
  self->memory[HS_MEMORY_POOL_FREE] += resident - used;
}

static void
add_arenas (Measure *self,
            uint64_t start,
            uint64_t end)
{
  while (start < end)
    {
      uint64_t pool = (start - hs_arenas.base) / HS_POOL_SIZE;
      uint64_t pool_end = hs_arenas.base + (pool + 1) * HS_POOL_SIZE;
      uint64_t to = pool_end < end ? pool_end : end;

      if (pool != self->pool)
        finish_pool (self);
      self->pool = pool;
      self->pool_resident_bytes += to - start;
      start = to;
    }
}

/* ---- What is resident ---- */

static void
add_malloc (Measure *self,
            uint64_t start,
            uint64_t end,
            bool     is_heap)
{
  if (!hs_malloc_add_resident (start, end, is_heap))
    self->is_full = true;
}

/* Anonymous memory of which nothing is known but that it may be malloc()'s. */
static void
add_anonymous (Measure *self,
               uint64_t start,
               uint64_t end)
{
  while (start < end)
    {
      if (start >= self->piece.end)
        {
          start = hs_malloc_find_piece (start, end, self->area_end, &self->piece);
          if (start == end)
            return;
          if (self->piece.is_heap)
            hs_malloc_add_heap (self->piece.end - start);
        }

      if (self->piece.end < end)
        {
          add_malloc (self, start, self->piece.end, self->piece.is_heap);
          start = self->piece.end;
        }
      else
        {
          add_malloc (self, start, end, self->piece.is_heap);
          start = end;
        }
    }
}

static void
add_unknown (Measure *self,
             uint64_t start,
             uint64_t end,
             bool     is_anon)
{
  switch ((HsAreaKind)self->area_kind)
    {
    case HS_AREA_ANON:
      add_anonymous (self, start, end);
      break;

    case HS_AREA_SHARED:
      self->memory[HS_MEMORY_MAPPED_ANON] += end - start;
      break;

    case HS_AREA_FILE:
      self->memory[is_anon ? HS_MEMORY_MAPPED_ANON : HS_MEMORY_MAPPED_FILES] += end - start;
      break;

    case HS_AREA_HEAP:
      add_malloc (self, start, end, true);
      break;

    case HS_AREA_STACK:
      self->memory[HS_MEMORY_STACKS] += end - start;
      break;

    case HS_AREA_KERNEL:
      self->memory[HS_MEMORY_LIBRARIES] += end - start;
      break;
    }
}

static void
add_known (Measure *self,
           uint32_t kind,
           uint64_t start,
           uint64_t end,
           bool     is_anon)
{
  if (kind == HS_REGION_ARENAS)
    add_arenas (self, start, end);
  else if (kind == HS_REGION_MAPPED)
    self->memory[is_anon || self->area_kind != HS_AREA_FILE ? HS_MEMORY_MAPPED_ANON
                                                            : HS_MEMORY_MAPPED_FILES] +=
      end - start;
  else
    self->memory[kind] += end - start;
}

/* HsResidentFunc */
static void
add_resident (uint64_t start,
              uint64_t end,
              bool     is_anon,
              void    *data)
{
  Measure *self = data;

  while (start < end)
    {
      const HsRegion *region;
      uint64_t        to = end;

      while (self->region < self->n_regions && self->regions[self->region].end <= start)
        self->region++;

      region = self->region < self->n_regions ? &self->regions[self->region] : NULL;
      if (region != NULL && region->start <= start)
        {
          to = region->end < end ? region->end : end;
          add_known (self, region->kind, start, to, is_anon);
        }
      else
        {
          if (region != NULL && region->start < end)
            to = region->start;
          add_unknown (self, start, to, is_anon);
        }
      start = to;
    }
}

/* ---- Where pages can only be read one by one ---- */

/* HsResidentFunc */
static void
count_resident (uint64_t start,
                uint64_t end,
                bool     is_anon,
                void    *data)
{
  uint64_t *sum = data;

  (void)is_anon;
  *sum += end - start;
}

/* What the kernel says of an area as a whole is enough if all of it is of one kind.
 * Returns: false if its pages have to be looked at
 */
static bool
add_whole (Measure      *self,
           const HsArea *area)
{
  const HsRegion *region;
  uint64_t        other_bytes = area->rss_bytes - area->anon_bytes;

  if (area->rss_bytes == 0)
    return true;
  if (area->anon_bytes > area->rss_bytes)
    return false;

  while (self->region < self->n_regions && self->regions[self->region].end <= area->start)
    self->region++;
  region = self->region < self->n_regions ? &self->regions[self->region] : NULL;

  if (region != NULL && region->start < area->end)
    {
      if (region->start > area->start || region->end < area->end ||
          region->kind == HS_REGION_ARENAS)
        return false;
      add_known (self, region->kind, 0, area->anon_bytes, true);
      add_known (self, region->kind, 0, other_bytes, false);
      return true;
    }

  if (area->kind == HS_AREA_ANON || area->kind == HS_AREA_HEAP)
    return false;
  add_unknown (self, 0, area->anon_bytes, true);
  add_unknown (self, 0, other_bytes, false);

  return true;
}

static bool
visit_area_slowly (Measure      *self,
                   HsResidency  *residency,
                   const HsArea *area)
{
  uint64_t *mapped = &self->memory[HS_MEMORY_MAPPED_ANON];
  uint64_t  mapped_before = *mapped;
  uint64_t  sum = 0;

  if (add_whole (self, area))
    return true;

  /* What is too much are pages of zeros. */
  residency->counts_shared = true;
  if (!hs_residency_visit (residency, area->start, area->end, count_resident, &sum))
    return false;
  residency->counts_shared = sum <= area->rss_bytes;
  sum = 0;
  if (!hs_residency_visit (residency, area->start, area->end, add_resident, self) ||
      !hs_residency_visit (residency, area->start, area->end, count_resident, &sum))
    return false;

  /* A huge one looks like any other page, and comes where the code asked for those. */
  if (sum > area->rss_bytes && *mapped - mapped_before >= sum - area->rss_bytes)
    *mapped -= sum - area->rss_bytes;

  return true;
}

/* ---- All of it ---- */

static void
begin_area (Measure      *self,
            const HsArea *areas,
            uint32_t      n,
            uint32_t      i)
{
  const HsArea *area = &areas[i];

  /* The kernel may have divided what was mapped at once. */
  if (self->area_end <= area->start || self->area_kind != area->kind)
    {
      self->area_end = area->end;
      for (uint32_t k = i + 1; k < n && areas[k].start == self->area_end &&
                               areas[k].kind == area->kind && areas[k].is_writable;
           k++)
        self->area_end = areas[k].end;
    }
  self->area_kind = area->kind;
  if (area->kind == HS_AREA_HEAP)
    hs_malloc_add_heap (area->end - area->start);
}

/* Arenas that are not in use cannot be accessed, and have no pages. */
static bool
is_empty (const HsArea *area)
{
  return !area->is_accessible && area->start >= hs_arenas.base &&
         area->end <= hs_arenas.base + hs_arenas.reserved;
}

static bool
visit_areas (Measure      *self,
             HsResidency  *residency,
             const HsArea *areas,
             uint32_t      n)
{
  hs_malloc_begin ();

  for (uint32_t i = 0; i < n; i++)
    {
      bool is_read;

      if (is_empty (&areas[i]))
        continue;
      begin_area (self, areas, n, i);
      is_read = residency->has_scan ? hs_residency_visit (residency, areas[i].start, areas[i].end,
                                                          add_resident, self)
                                    : visit_area_slowly (self, residency, &areas[i]);
      /* What cannot be read at all are not pages of this process. */
      if (!is_read && areas[i].kind != HS_AREA_KERNEL)
        return false;
    }
  finish_pool (self);

  return !self->is_full;
}

static void
add_malloc_sums (Measure *self)
{
  HsMallocSums sums;

  hs_malloc_sum (&sums);
  self->memory[HS_MEMORY_OBJECTS] += sums.objects;
  self->memory[HS_MEMORY_MALLOC_FREE] += sums.free;
  self->memory[HS_MEMORY_MALLOC] += sums.rest;
}

static uint64_t
get_sum (const Measure *self)
{
  uint64_t sum = 0;

  for (int i = 0; i < HS_N_MEMORIES; i++)
    sum += self->memory[i];

  return sum;
}

static bool
measure (Measure     *self,
         HsResidency *residency,
         uint64_t    *rss)
{
  uint32_t      n_areas;
  const HsArea *areas = hs_growth_read_maps (!residency->has_scan, &n_areas);

  *rss = hs_growth_read_rss ();
  if (areas == NULL || *rss == 0)
    return false;
  self->regions = hs_regions_collect (areas, n_areas, &self->n_regions);
  if (self->regions == NULL || !visit_areas (self, residency, areas, n_areas))
    return false;
  add_malloc_sums (self);

  return true;
}

static bool
is_much (uint64_t rss,
         uint64_t rss_after)
{
  return (rss > rss_after ? rss - rss_after : rss_after - rss) > MOVED_BYTES;
}

static void
fill_moment (HsRecordMoment *moment)
{
  Measure     self;
  HsResidency residency;
  uint64_t    rss;
  bool        is_known = false;

  if (!hs_residency_open (&residency))
    return;
  for (int i = 0; i < N_TRIES; i++)
    {
      self = (Measure) { 0 };
      is_known = measure (&self, &residency, &rss);
      if (!is_known || !is_much (rss, hs_growth_read_rss ()))
        break;
    }
  hs_residency_close (&residency);
  if (!is_known)
    return;

  self.memory[HS_MEMORY_UNEXPLAINED] = rss - get_sum (&self);
  moment->rss = rss;
  memcpy (moment->memory, self.memory, sizeof moment->memory);
  moment->flags |= HS_MOMENT_MEMORY;
}

/* The first time touches what it needs itself, after the RSS was read. */
void
hs_growth_measure (HsRecordMoment *moment)
{
  static bool is_warm;

  if (!is_own_known)
    return;

  if (!is_warm)
    fill_moment (moment);
  is_warm = true;
  fill_moment (moment);
}
