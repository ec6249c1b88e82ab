/* hs-account.c - what the allocators hold, written into a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-account.h"

#include "hs-ledger.h"
#include "hs-pool-map.h"
#include "hs-pools.h"
#include "hs-scratch.h"
#include "hs-sites.h"

#include <string.h>

static HsSnapshotCounts baseline;

/* @n_lost: (nullable): blocks that are in none of them */
static HsSnapshotCounts
get_counts (uint64_t *n_lost)
{
  HsLedgerCounters counters;
  HsSnapshotCounts counts = { 0 };

  hs_ledger_get_counters (&counters);
  counts.live_blocks = counters.all.live_blocks;
  counts.total_bytes = counters.all.total_bytes;
  counts.total_blocks = counters.all.total_blocks;
  counts.live_bytes = counters.live_bytes;
  counts.peak_bytes = counters.peak_bytes;
  if (n_lost != NULL)
    *n_lost = counters.n_lost;

  return counts;
}

void
hs_account_begin (void)
{
  if (hs_ledger_is_on ())
    baseline = get_counts (NULL);
}

static void
add_site (HsSnapshotWriter  *out,
          uint32_t           number,
          const HsLedgerSum *sum)
{
  HsSite   site;
  uint32_t file;
  uint32_t function;

  hs_sites_get (number, &site);
  file = hs_snapshot_writer_add_string (out, site.file, strlen (site.file));
  function = hs_snapshot_writer_add_string (out, site.function, strlen (site.function));
  hs_snapshot_writer_add_site (out, file, function, site.line, sum->total_bytes,
                               sum->total_blocks, sum->live_bytes, sum->live_blocks);
}

/* Objects name their sites by number: without all of them no number would be
 * right, so that lines are left out as a whole if there is no room.
 */
static void
add_sites (HsSnapshotWriter *out,
           HsSnapshotInfo   *info)
{
  uint32_t     n = hs_sites_get_n ();
  HsLedgerSum *sums = hs_scratch_alloc (n * sizeof *sums);

  if (sums == NULL || n > out->n_sites_max)
    {
      out->has_ledger = false;
      out->is_cut = true;
      return;
    }

  hs_ledger_sum_sites (sums);
  for (uint32_t i = 0; i < n; i++)
    add_site (out, i, &sums[i]);
  info->flags |= HS_INFO_LEDGER;
  if (n > HS_SITE_FIRST)
    info->flags |= HS_INFO_LEDGER_LINES;
}

void
hs_account_add (HsSnapshotWriter *out,
                HsSnapshotInfo   *info)
{
  HsPoolsSums pools;

  hs_pools_sum (&pools);
  info->arena_bytes = pools.n_arenas * HS_ARENA_SIZE;
  info->arena_free_bytes = info->arena_bytes - pools.block_bytes;
  info->frame_stack_bytes = hs_arenas.chunk_bytes;

  if (out->has_ledger)
    {
      info->counts = get_counts (&info->lost_blocks);
      info->baseline = baseline;
      add_sites (out, info);
    }
  hs_pool_map_add (out);
}
