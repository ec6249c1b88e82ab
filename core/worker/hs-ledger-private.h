/* hs-ledger-private.h - shared by the files of the ledger
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdatomic.h>

#include "hs-ledger.h"
#include "hs-lock.h"
#include "hs-sites.h"

/* What one site has allocated: one line of the processor's cache.
 *
 * What was live of each site at the peak of all is exact without looking at all
 * of them whenever a peak is reached: peaks have numbers, and a site that changes
 * for the first time since the last one first keeps what it had.
 *
 * Here and below, what changes together does not lie side by side: a compiler that
 * writes two fields at once has the processor wait for the one that was just
 * written alone.
 */
typedef struct
{
  uint64_t total_bytes;    /* MEM and OBJ, with the GIL */
  uint64_t raw_live_bytes; /* RAW, with the lock */
  uint64_t freed_bytes;    /* MEM and OBJ */
  uint64_t at_peak_bytes;  /* both, at the peak of all with the number @epoch */
  uint64_t total_blocks;   /* MEM and OBJ */
  uint64_t peak_bytes;     /* both: the most that was live at a time */
  uint64_t freed_blocks;   /* MEM and OBJ */
  uint64_t epoch;
} HsLedgerSite;

static_assert (sizeof (HsLedgerSite) == 64, "a site is meant to be one line of the cache");

/* The same of RAW, with the lock. */
typedef struct
{
  uint64_t total_bytes;
  uint64_t total_blocks;
  uint64_t live_blocks;
} HsLedgerRawSite;

typedef struct
{
  /* MEM and OBJ: with the GIL. RAW, which may be used without it: with the lock. */
  uint64_t total_bytes;
  uint64_t raw_live_bytes;
  uint64_t freed_bytes; /* MEM and OBJ: the rest of the total is live */

  /* The most and the least of both that was live in the present stretch of time,
   * and who allocated at the most. Whoever allocates RAW memory without the GIL
   * in the same nanoseconds as another thread with it may be missed here.
   */
  uint64_t   top_bytes;
  uint64_t   total_blocks; /* MEM and OBJ */
  uint64_t   bottom_bytes;
  HsSitesNow top;

  /* The most since the code began, of stretches that are over and tops that have
   * been left: the present top may be higher.
   */
  uint64_t   peak_bytes;
  uint64_t   epoch; /* counts peaks */
  HsSitesNow peak;
  uint64_t   peak_ns; /* of the last tick before it was left */
  uint64_t   tick_ns; /* of the last tick, since the code began */

  /* When this many blocks of MEM and OBJ have been allocated, hs_curve_tick() is
   * called. Others may set it to 0. Never NULL.
   */
  _Atomic uint64_t *next_tick;

  HsLedgerSite *sites;      /* with lines; else all 0 */
  uint32_t      fixed_word; /* the present site, without lines */
  bool          has_lines;

  /* How many frames may still be looked at to tell under which of the code's
   * lines a library allocates, until the next tick; and what was last found.
   */
  uint32_t n_frames_left;
  uint32_t library_line;

  HsLedgerRawSite *raw_sites;
  uint64_t         raw_total_bytes;
  uint64_t         raw_total_blocks;
  uint64_t         n_lost;

  /* Of MEM and OBJ, when the code began. */
  uint64_t begin_total_bytes;
  uint64_t begin_total_blocks;

  /* Also for hs-ledger-table.h and for writing to hs-sites.c. */
  HsLock lock;

  PyMemAllocatorEx original[HS_LEDGER_N_DOMAINS];
} HsLedger;

extern HsLedger hs_ledger __attribute__ ((visibility ("hidden")));

static inline uint64_t
hs_ledger_get_live_bytes (void)
{
  return hs_ledger.total_bytes - hs_ledger.freed_bytes + hs_ledger.raw_live_bytes;
}

static inline uint64_t
hs_ledger_site_get_live_bytes (const HsLedgerSite *site)
{
  return site->total_bytes - site->freed_bytes + site->raw_live_bytes;
}

/* The present top becomes the peak if it is higher. To be called before anything
 * changes that was live at the top.
 */
static inline void
hs_ledger_keep_top (void)
{
  if (hs_ledger.top_bytes <= hs_ledger.peak_bytes)
    return;

  hs_ledger.peak_bytes = hs_ledger.top_bytes;
  hs_ledger.peak = hs_ledger.top;
  hs_ledger.peak_ns = hs_ledger.tick_ns;
  hs_ledger.epoch++;
}

static inline void
hs_ledger_keep_at_peak (HsLedgerSite *site)
{
  if (site->epoch == hs_ledger.epoch)
    return;

  site->at_peak_bytes = hs_ledger_site_get_live_bytes (site);
  site->epoch = hs_ledger.epoch;
}

/* hs-ledger-hooks.c: the allocator to be installed for a domain; without and
 * with lines.
 */
extern const PyMemAllocatorEx hs_ledger_hooks[2][HS_LEDGER_N_DOMAINS];

/* No call of hs_curve_tick() from now on. */
void hs_ledger_stop_ticks (void);

/* When the block of @code is freed, hs_sites_forget_code() shall be called.
 * With the lock. Does nothing for code that was never allocated.
 */
void hs_ledger_flag_code (PyCodeObject *code);
