/* hs-ledger-private.h - shared by the files of the ledger
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-ledger.h"
#include "hs-lock.h"

/* What one line has allocated. How much of it lives is not kept, but summed up
 * when it is asked for: to free a block is then as good as free.
 */
typedef struct
{
  uint64_t bytes;
  uint64_t blocks;
} HsLedgerCount;

typedef struct
{
  /* With the GIL: MEM and OBJ. The counts are indexed by a word without its
   * lowest bits: by site and domain.
   */
  HsLedgerCount *counts;
  HsLedgerCount  fixed[2]; /* by hooks that note no lines: MEM, OBJ; for the present site */
  uint32_t       fixed_word;
  uint64_t       live_bytes;
  uint64_t       peak_bytes; /* of both kinds of live bytes, seen at allocations of these two */

  /* With the lock, as RAW may be used without the GIL; indexed by site. */
  HsLedgerCount *raw_counts;
  uint64_t       raw_live_bytes;
  uint64_t       raw_peak_bytes;
  uint64_t       n_lost;

  /* Also for hs-ledger-table.h and for writing to hs-sites.c. */
  HsLock lock;

  PyMemAllocatorEx original[HS_LEDGER_N_DOMAINS];
} HsLedger;

#define HS_LEDGER_COUNT_SHIFT 11

extern HsLedger hs_ledger __attribute__ ((visibility ("hidden")));

/* hs-ledger-hooks.c: the allocator to be installed for a domain; without and
 * with lines.
 */
extern const PyMemAllocatorEx hs_ledger_hooks[2][HS_LEDGER_N_DOMAINS];

/* When the block of @code is freed, hs_sites_forget_code() shall be called.
 * With the lock. Does nothing for code that was never allocated.
 */
void hs_ledger_flag_code (PyCodeObject *code);
