/* hs-ledger-counts.c - the sums of the ledger, and what each site has
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger-counts.h"

void
hs_ledger_find_top_line (void)
{
  uint32_t line;

  if (hs_ledger.n_frames_left != 0)
    {
      line = hs_sites_find_own_line (&hs_ledger.n_frames_left);
      if (line != UINT32_MAX)
        hs_ledger.library_line = line;
    }
  hs_ledger.top.line = hs_ledger.library_line;
}

static void
add_raw (uint32_t number,
         uint64_t size)
{
  HsLedgerSite    *site = &hs_ledger.sites[number];
  HsLedgerRawSite *raw = &hs_ledger.raw_sites[number];

  raw->total_bytes += size;
  raw->total_blocks++;
  raw->live_blocks++;
  hs_ledger.raw_total_bytes += size;
  hs_ledger.raw_total_blocks++;
  hs_ledger.raw_live_bytes += size;
  if (hs_ledger.has_lines)
    {
      hs_ledger_keep_at_peak (site);
      site->raw_live_bytes += size;
      hs_ledger_check_peak (site);
    }
}

static void
remove_raw (uint32_t number,
            uint64_t size)
{
  HsLedgerSite *site = &hs_ledger.sites[number];

  hs_ledger.raw_sites[number].live_blocks--;
  hs_ledger.raw_live_bytes -= size;
  if (hs_ledger.has_lines)
    {
      hs_ledger_keep_at_peak (site);
      site->raw_live_bytes -= size;
    }
}

void
hs_ledger_count_in (const HsLedgerRecord *record)
{
  if (record->domain == HS_LEDGER_RAW)
    {
      add_raw (record->site, record->requested);
      return;
    }

  hs_ledger.total_bytes += record->requested;
  hs_ledger.total_blocks++;
  if (hs_ledger.has_lines)
    hs_ledger_add_to_site (record->site, record->requested);
}

void
hs_ledger_count_out (const HsLedgerRecord *record)
{
  hs_ledger_leave_top (hs_ledger.has_lines);
  if (record->domain == HS_LEDGER_RAW)
    remove_raw (record->site, record->requested);
  else
    {
      hs_ledger.freed_bytes += record->requested;
      if (hs_ledger.has_lines)
        hs_ledger_remove_from_site (record->site, record->requested);
    }
}
