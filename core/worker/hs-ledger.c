/* hs-ledger.c - an exact account of every block that Python has allocated
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger.h"

#include "hs-ledger-private.h"
#include "hs-ledger-table.h"
#include "hs-sites.h"

#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

/* More blocks than there will ever be. */
static _Atomic uint64_t no_tick = UINT64_MAX;

uint32_t *hs_ledger_words;
HsLedger  hs_ledger = { .next_tick = &no_tick };

static bool is_on;

static __thread bool is_visiting; /* and so has the lock */

/* All of it is taken before limits are set, and most of it never touched. */
static void *
reserve (uint64_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return memory == MAP_FAILED ? NULL : memory;
}

/* fork() while another thread is inside of a hook. */
static void
take_lock (void)
{
  hs_lock_take (&hs_ledger.lock);
}

static void
release_lock (void)
{
  hs_lock_release (&hs_ledger.lock);
}

/* A process that the code forks has no part in the record. */
static void
begin_child (void)
{
  hs_ledger_stop_ticks ();
  release_lock ();
}

bool
hs_ledger_init (bool has_lines)
{
  uint64_t n_sites = has_lines ? HS_SITES_MAX : HS_SITE_FIRST;
  uint64_t words_size = hs_arenas.reserved / HS_ARENA_GRANULE * sizeof *hs_ledger_words;

  hs_ledger.has_lines = has_lines;
  hs_ledger.sites = reserve (n_sites * sizeof *hs_ledger.sites);
  hs_ledger.raw_sites = reserve (n_sites * sizeof *hs_ledger.raw_sites);
  hs_ledger_words = reserve (words_size);
  if (hs_ledger.sites == NULL || hs_ledger.raw_sites == NULL || hs_ledger_words == NULL ||
      !hs_ledger_table_init () || (has_lines && !hs_sites_init ()) ||
      pthread_atfork (take_lock, release_lock, begin_child) != 0)
    return false;

  for (int i = 0; i < HS_LEDGER_N_DOMAINS; i++)
    {
      PyMemAllocatorEx hook = hs_ledger_hooks[has_lines][i];

      PyMem_GetAllocator ((PyMemAllocatorDomain)i, &hs_ledger.original[i]);
      PyMem_SetAllocator ((PyMemAllocatorDomain)i, &hook);
    }
  is_on = true;

  return true;
}

bool
hs_ledger_is_in_place (void)
{
  for (int i = 0; i < HS_LEDGER_N_DOMAINS; i++)
    {
      const PyMemAllocatorEx *hook = &hs_ledger_hooks[hs_ledger.has_lines][i];
      PyMemAllocatorEx        current;

      PyMem_GetAllocator ((PyMemAllocatorDomain)i, &current);
      if (current.malloc != hook->malloc || current.calloc != hook->calloc ||
          current.realloc != hook->realloc || current.free != hook->free)
        return false;
    }

  return true;
}

bool
hs_ledger_is_on (void)
{
  return is_on;
}

/* Modules/gcmodule.c (3.13: Python/gc.c): a collection of the oldest generation
 * empties the free lists of all types; PyGC_Collect() does nothing if the
 * collector is disabled.
 */
static void
empty_free_lists (void)
{
  int was_enabled = PyGC_Enable ();

  PyGC_Collect ();
  if (!was_enabled)
    PyGC_Disable ();
}

/* Peaks are those of the code. What lives now is the first. */
static void
begin_peaks (void)
{
  HsLedgerSite *baseline = &hs_ledger.sites[HS_SITE_BASELINE];

  hs_ledger.top_bytes = hs_ledger_get_live_bytes ();
  hs_ledger.bottom_bytes = hs_ledger.top_bytes;
  hs_ledger.top = (HsSitesNow) { HS_SITE_BASELINE, 0 };
  hs_ledger.peak_bytes = hs_ledger.top_bytes;
  hs_ledger.peak = hs_ledger.top;
  hs_ledger.epoch++;
  baseline->peak_bytes = hs_ledger_site_get_live_bytes (baseline);
}

void
hs_ledger_begin_code (void)
{
  if (!is_on)
    return;

  empty_free_lists ();

  hs_lock_take (&hs_ledger.lock);
  hs_ledger.begin_total_bytes = hs_ledger.total_bytes;
  hs_ledger.begin_total_blocks = hs_ledger.total_blocks;
  begin_peaks ();
  hs_lock_release (&hs_ledger.lock);

  hs_sites_begin (hs_ledger.has_lines);
  hs_ledger.fixed_word = hs_sites_get_constant () << HS_LEDGER_WORD_SITE;
}

void
hs_ledger_stop_ticks (void)
{
  hs_ledger.next_tick = &no_tick;
}

void
hs_ledger_end_code (void)
{
  hs_sites_end ();
}

void
hs_ledger_flag_code (PyCodeObject *code)
{
  uint32_t       *word;
  HsLedgerRecord *record;

  if (!hs_arenas_contain (code))
    {
      record = hs_ledger_table_find ((uint64_t)code);
      if (record != NULL)
        record->is_code = true;
      return;
    }

  word = &hs_ledger_words[hs_arenas_granule_index (code)];
  if (*word != 0)
    *word |= HS_LEDGER_WORD_CODE;
}

static void
set_block (HsLedgerBlock        *self,
           const HsLedgerRecord *record)
{
  self->requested = record->requested;
  self->site = record->site;
  self->domain = record->domain;
  self->is_baseline = record->site == HS_SITE_BASELINE;
}

bool
hs_ledger_find_large (const void    *start,
                      HsLedgerBlock *block)
{
  const HsLedgerRecord *record;

  if (!is_on)
    return false;

  if (!is_visiting)
    hs_lock_take (&hs_ledger.lock);
  record = hs_ledger_table_find ((uint64_t)start);
  if (record != NULL)
    set_block (block, record);
  if (!is_visiting)
    hs_lock_release (&hs_ledger.lock);

  return record != NULL;
}

static void
visit_small (HsLedgerFunc func,
             void        *data)
{
  for (uint64_t i = 0; i < hs_arenas.span / HS_ARENA_GRANULE; i++)
    {
      uint32_t      word = hs_ledger_words[i];
      HsLedgerBlock block;

      if (word == 0)
        continue;
      hs_ledger_block_set_word (&block, word);
      func ((void *)(uintptr_t)(hs_arenas.base + i * HS_ARENA_GRANULE), &block, data);
    }
}

void
hs_ledger_visit_large (HsLedgerFunc func,
                       void        *data)
{
  uint64_t              n;
  const HsLedgerRecord *slots;

  if (!is_on)
    return;

  hs_lock_take (&hs_ledger.lock);
  is_visiting = true;
  slots = hs_ledger_table_get_slots (&n);
  for (uint64_t i = 0; i < n; i++)
    if (slots[i].address != 0)
      {
        HsLedgerBlock block;

        set_block (&block, &slots[i]);
        func ((void *)(uintptr_t)slots[i].address, &block, data);
      }
  is_visiting = false;
  hs_lock_release (&hs_ledger.lock);
}

void
hs_ledger_visit (HsLedgerFunc func,
                 void        *data)
{
  if (!is_on)
    return;

  visit_small (func, data);
  hs_ledger_visit_large (func, data);
}

static void
add_live (HsLedgerSum         *sum,
          const HsLedgerBlock *block)
{
  sum->live_bytes += block->requested;
  sum->live_blocks++;
}

/* What a site has allocated in all domains. */
static void
add_total (HsLedgerSum *sum,
           uint32_t     site)
{
  const HsLedgerSite    *account = &hs_ledger.sites[site];
  const HsLedgerRawSite *raw = &hs_ledger.raw_sites[site];

  sum->total_bytes += account->total_bytes + raw->total_bytes;
  sum->total_blocks += account->total_blocks + raw->total_blocks;
  if (hs_ledger.has_lines)
    return;

  /* There are only the sums, and when the code began. */
  if (site == HS_SITE_BASELINE)
    {
      sum->total_bytes += hs_ledger.begin_total_bytes;
      sum->total_blocks += hs_ledger.begin_total_blocks;
    }
  else if (site == HS_SITE_NONE)
    {
      sum->total_bytes += hs_ledger.total_bytes - hs_ledger.begin_total_bytes;
      sum->total_blocks += hs_ledger.total_blocks - hs_ledger.begin_total_blocks;
    }
}

static void
add_to_site (const void          *start,
             const HsLedgerBlock *block,
             void                *data)
{
  HsLedgerSum *sums = data;

  add_live (&sums[block->site], block);
}

void
hs_ledger_sum_sites (HsLedgerSum *sums)
{
  uint32_t n = hs_sites_get_n ();

  memset (sums, 0, n * sizeof *sums);
  if (!is_on)
    return;

  for (uint32_t i = 0; i < n; i++)
    add_total (&sums[i], i);
  hs_ledger_visit (add_to_site, sums);
}

void
hs_ledger_get_line (uint32_t      site,
                    HsLedgerLine *line)
{
  const HsLedgerSite *account;

  *line = (HsLedgerLine) { 0 };
  if (!is_on || !hs_ledger.has_lines)
    return;

  account = &hs_ledger.sites[site];
  if (site != HS_SITE_BASELINE)
    add_total (&line->sum, site);
  line->sum.live_bytes = hs_ledger_site_get_live_bytes (account);
  line->sum.live_blocks = account->total_blocks - account->freed_blocks +
                          hs_ledger.raw_sites[site].live_blocks;
  line->peak_bytes = account->peak_bytes;
  hs_ledger_keep_top ();
  line->at_peak_bytes =
    account->epoch == hs_ledger.epoch ? account->at_peak_bytes : line->sum.live_bytes;
}

void
hs_ledger_lock (void)
{
  hs_lock_take (&hs_ledger.lock);
}

void
hs_ledger_unlock (void)
{
  hs_lock_release (&hs_ledger.lock);
}

void
hs_ledger_get_totals (HsLedgerTotals *totals)
{
  *totals = (HsLedgerTotals) { 0 };
  if (!is_on)
    return;

  hs_ledger_keep_top ();
  totals->live_bytes = hs_ledger_get_live_bytes ();
  totals->peak_bytes = hs_ledger.peak_bytes;
  totals->total_bytes = hs_ledger.total_bytes + hs_ledger.raw_total_bytes;
  totals->total_blocks = hs_ledger.total_blocks + hs_ledger.raw_total_blocks;
}

static void
add_to_counters (const void          *start,
                 const HsLedgerBlock *block,
                 void                *data)
{
  HsLedgerCounters *counters = data;

  add_live (&counters->domain[block->domain], block);
  add_live (&counters->all, block);
  if (block->is_baseline)
    add_live (&counters->baseline, block);
}

void
hs_ledger_get_counters (HsLedgerCounters *counters)
{
  HsLedgerTotals totals;

  memset (counters, 0, sizeof *counters);
  counters->arena_bytes = hs_arenas.n_arenas * HS_ARENA_SIZE;
  counters->arena_bytes_max = hs_arenas.n_arenas_max * HS_ARENA_SIZE;
  counters->chunk_bytes = hs_arenas.chunk_bytes;
  if (!is_on)
    return;

  hs_ledger_get_totals (&totals);
  counters->live_bytes = totals.live_bytes;
  counters->peak_bytes = totals.peak_bytes;
  counters->n_lost = hs_ledger.n_lost;
  counters->all.total_bytes = totals.total_bytes;
  counters->all.total_blocks = totals.total_blocks;
  counters->domain[HS_LEDGER_RAW].total_bytes = hs_ledger.raw_total_bytes;
  counters->domain[HS_LEDGER_RAW].total_blocks = hs_ledger.raw_total_blocks;
  add_total (&counters->baseline, HS_SITE_BASELINE);
  hs_ledger_visit (add_to_counters, counters);
}
