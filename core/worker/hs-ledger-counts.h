/* hs-ledger-counts.h - the sums of the ledger, and what each site has
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-ledger-private.h"
#include "hs-ledger-table.h"

/* Steps of the hooks, each a few instructions. @has_lines is a constant wherever it
 * is given: with lines each site has an account, without there are only the sums.
 * RAW needs the lock, MEM and OBJ the GIL.
 */
#define HS_LEDGER_INLINE static inline __attribute__ ((always_inline))

/* ---- Sums ---- */

/* After there is more. Returns: whether it is the most */
HS_LEDGER_INLINE bool
hs_ledger_check_top (const HsSitesNow *now,
                     bool              has_lines)
{
  uint64_t live_bytes = hs_ledger_get_live_bytes ();

  if (live_bytes <= hs_ledger.top_bytes)
    return false;

  hs_ledger.top_bytes = live_bytes;
  if (has_lines)
    hs_ledger.top = *now;

  return has_lines;
}

/* Before there is less. Without lines there is nothing to be kept of the top but its
 * height.
 */
HS_LEDGER_INLINE void
hs_ledger_leave_top (bool has_lines)
{
  if (has_lines && hs_ledger_get_live_bytes () == hs_ledger.top_bytes)
    hs_ledger_keep_top ();
}

/* Before there is more: at no other time there is less than ever before, but for
 * the end of a stretch.
 */
HS_LEDGER_INLINE void
hs_ledger_check_bottom (void)
{
  uint64_t live_bytes = hs_ledger_get_live_bytes ();

  if (live_bytes < hs_ledger.bottom_bytes)
    hs_ledger.bottom_bytes = live_bytes;
}

/* ---- Accounts of sites ---- */

HS_LEDGER_INLINE void
hs_ledger_check_peak (HsLedgerSite *site)
{
  uint64_t live_bytes = hs_ledger_site_get_live_bytes (site);

  if (live_bytes > site->peak_bytes)
    site->peak_bytes = live_bytes;
}

HS_LEDGER_INLINE void
hs_ledger_add_to_site (uint32_t number,
                       uint64_t size)
{
  HsLedgerSite *site = &hs_ledger.sites[number];

  hs_ledger_keep_at_peak (site);
  site->total_bytes += size;
  site->total_blocks++;
  hs_ledger_check_peak (site);
}

HS_LEDGER_INLINE void
hs_ledger_remove_from_site (uint32_t number,
                            uint64_t size)
{
  HsLedgerSite *site = &hs_ledger.sites[number];

  hs_ledger_keep_at_peak (site);
  site->freed_bytes += size;
  site->freed_blocks++;
}

/* ---- Of any kind ---- */

/* The top was reached inside of a library: under which of the code's lines? The lock
 * must not be held.
 */
void hs_ledger_find_top_line (void);

/* A block comes into the sums and the account of its site, or leaves them. */
void hs_ledger_count_in (const HsLedgerRecord *record);
void hs_ledger_count_out (const HsLedgerRecord *record);
