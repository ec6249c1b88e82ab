/* hs-ledger.h - an exact account of every block that Python has allocated
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-arenas.h"

/* Hooks of all three allocator domains note each block with the bytes that were
 * asked for and, if wanted, the line of Python that asked. The account is kept
 * in memory of its own, and nothing that Python does depends on it.
 *
 * Not seen: what goes past Python's allocators (malloc() in extension modules,
 * mmap()), and objects that are taken from CPython's free lists, which have been
 * allocated before.
 */

typedef enum
{
  HS_LEDGER_RAW, /* values of PyMemAllocatorDomain */
  HS_LEDGER_MEM,
  HS_LEDGER_OBJ,
  HS_LEDGER_N_DOMAINS
} HsLedgerDomain;

/* Hooks the allocators. After hs_arenas_init(), before any other call to
 * Python, and before limits are set. Returns: false without address space
 */
bool hs_ledger_init (bool has_lines);

/* Whether the hooks are the allocators that Python uses. To be asked when it is
 * initialised: PYTHONMALLOC and its like would have replaced them.
 */
bool hs_ledger_is_in_place (void);

bool hs_ledger_is_on (void);

/* So that no other thread is in the midst of noting a block: for a moment in which the
 * process is copied. Needs the GIL, and nothing may be allocated meanwhile.
 */
void hs_ledger_lock (void);
void hs_ledger_unlock (void);

/* What is allocated from now on is the code's, and lines are noted. Empties
 * CPython's free lists first by a full collection, so that no block from before
 * is handed to the code; that may run finalizers. Does nothing if off.
 */
void hs_ledger_begin_code (void);

/* Lines are no longer noted: before the interpreter is torn down. */
void hs_ledger_end_code (void);

/* ---- What is known ---- */

/* All of this needs the GIL, and allocates nothing. Where nothing is said, what
 * the ledger knows is empty if it is off.
 */

typedef struct
{
  uint64_t requested;   /* bytes */
  uint32_t site;        /* hs-sites.h: the line that allocated, or last resized it */
  uint8_t  domain;      /* HsLedgerDomain */
  bool     is_baseline; /* allocated before the code began */
} HsLedgerBlock;

/* What is known about a block of an arena, one word for each granule; 0 for
 * those at which no block begins:
 *
 *   bits 0-9    bytes that were requested, 1 to 512
 *   bit  10     a code object to which sites refer
 *   bit  11     domain: 0 MEM, 1 OBJ; RAW never comes from an arena
 *   bits 12-31  site
 *
 * NULL if the ledger is off.
 */
extern uint32_t *hs_ledger_words __attribute__ ((visibility ("hidden")));

#define HS_LEDGER_WORD_SIZE UINT32_C (0x3ff)
#define HS_LEDGER_WORD_CODE (UINT32_C (1) << 10)
#define HS_LEDGER_WORD_OBJ  (UINT32_C (1) << 11)
#define HS_LEDGER_WORD_SITE 12

static inline void
hs_ledger_block_set_word (HsLedgerBlock *self,
                          uint32_t       word)
{
  self->requested = word & HS_LEDGER_WORD_SIZE;
  self->site = word >> HS_LEDGER_WORD_SITE;
  self->domain = (word & HS_LEDGER_WORD_OBJ) != 0 ? HS_LEDGER_OBJ : HS_LEDGER_MEM;
  self->is_baseline = self->site == 0;
}

bool hs_ledger_find_large (const void    *start,
                           HsLedgerBlock *block);

/* Returns: false if no live block begins at @start, which need not be an address */
static inline bool
hs_ledger_find (const void    *start,
                HsLedgerBlock *block)
{
  uint32_t word;

  if (!hs_arenas_contain (start))
    return hs_ledger_find_large (start, block);
  if (hs_ledger_words == NULL || (uint64_t)start % HS_ARENA_GRANULE != 0)
    return false;

  word = hs_ledger_words[hs_arenas_granule_index (start)];
  if (word == 0)
    return false;
  hs_ledger_block_set_word (block, word);

  return true;
}

typedef void (*HsLedgerFunc) (const void          *start,
                              const HsLedgerBlock *block,
                              void                *data);

/* Calls @func for every live block: those in arenas by ascending address, then
 * the others in no order. @func may use hs_ledger_find(), but nothing else here.
 */
void hs_ledger_visit (HsLedgerFunc func,
                      void        *data);

/* The same only for those that lie in no arena. */
void hs_ledger_visit_large (HsLedgerFunc func,
                            void        *data);

typedef struct
{
  uint64_t live_bytes; /* as requested */
  uint64_t live_blocks;
  /* Everything that has been allocated; a block that is resized counts anew. */
  uint64_t total_bytes;
  uint64_t total_blocks;
} HsLedgerSum;

typedef struct
{
  HsLedgerSum domain[HS_LEDGER_N_DOMAINS]; /* what lives; the total is known of RAW alone */
  HsLedgerSum baseline;                    /* of these, what was allocated before the code began */
  HsLedgerSum all;
  uint64_t    live_bytes; /* the same as that of all, counted at each call */
  uint64_t    peak_bytes; /* most that was live at a time since the code began */
  uint64_t    n_lost;     /* blocks for which there was no room in the ledger */

  uint64_t arena_bytes; /* 1 MiB each; these three are known without a ledger too */
  uint64_t arena_bytes_max;
  uint64_t chunk_bytes; /* stacks of Python frames, from the same source; in no domain */
} HsLedgerCounters;

/* What each site has allocated, in all domains. @sums: hs_sites_get_n(), which
 * need not be cleared; looks at every block
 */
void hs_ledger_sum_sites (HsLedgerSum *sums);

/* Looks at every block. */
void hs_ledger_get_counters (HsLedgerCounters *counters);

/* What is counted at each call: looks at no block. */
typedef struct
{
  uint64_t live_bytes;
  uint64_t peak_bytes;  /* since the code began */
  uint64_t total_bytes; /* since Python was initialised */
  uint64_t total_blocks;
} HsLedgerTotals;

void hs_ledger_get_totals (HsLedgerTotals *totals);

typedef struct
{
  HsLedgerSum sum;           /* since the code began; of the baseline what still lives */
  uint64_t    peak_bytes;    /* the most of this site that was live at a time */
  uint64_t    at_peak_bytes; /* live at the moment of hs_ledger_get_totals()' peak */
} HsLedgerLine;

/* What is known of a site, if lines are noted, else 0. Looks at no block. */
void hs_ledger_get_line (uint32_t      site,
                         HsLedgerLine *line);
