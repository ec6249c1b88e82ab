/* hs-cli-json-ledger.c - what was counted of a whole run, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-ledger.h"

#include "hs-cli-json-object.h"
#include "hs-cli-json-record.h"

/* What came since @before; 0 where a snapshot contradicts itself. */
static guint64
get_difference (guint64 now,
                guint64 before)
{
  return now > before ? now - before : 0;
}

/* What the ledger counted, null without it. */
static void
put_counts (HsJsonOut            *out,
            const HsSnapshotInfo *info)
{
  static const char *const names[] = { "peak_bytes", "final_bytes", "final_blocks",
                                       "baseline_bytes", "baseline_blocks", "allocations",
                                       "allocated_bytes" };
  const HsSnapshotCounts  *counts = &info->counts;
  const HsSnapshotCounts  *baseline = &info->baseline;

  if ((info->flags & HS_INFO_LEDGER) == 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        hs_json_out_put_null (out, names[i]);
      return;
    }

  hs_cli_json_put_bytes (out, "peak_bytes", counts->peak_bytes);
  hs_cli_json_put_bytes (out, "final_bytes", counts->live_bytes);
  hs_cli_json_put_bytes (out, "final_blocks", counts->live_blocks);
  hs_cli_json_put_bytes (out, "baseline_bytes", baseline->live_bytes);
  hs_cli_json_put_bytes (out, "baseline_blocks", baseline->live_blocks);
  hs_cli_json_put_bytes (out, "allocations",
                         get_difference (counts->total_blocks, baseline->total_blocks));
  hs_cli_json_put_bytes (out, "allocated_bytes",
                         get_difference (counts->total_bytes, baseline->total_bytes));
  if (info->lost_blocks != 0)
    hs_cli_json_put_bytes (out, "lost_blocks", info->lost_blocks);
}

void
hs_cli_json_put_memory (HsJsonOut *out,
                        HsRun     *run)
{
  HsHeap *heap = hs_run_get_heap (run, NULL);

  hs_json_out_begin_object (out, "memory");
  if (heap != NULL)
    {
      const HsSnapshotInfo *info = &hs_heap_get_view (heap)->info;

      put_counts (out, info);
      hs_cli_json_put_bytes (out, "arena_bytes", info->arena_bytes);
      hs_cli_json_put_bytes (out, "arena_free_bytes", info->arena_free_bytes);
      hs_cli_json_put_bytes (out, "frame_stack_bytes", info->frame_stack_bytes);
    }
  if (hs_run_get_rss_peak (run) != 0)
    hs_cli_json_put_bytes (out, "rss_peak_bytes", hs_run_get_rss_peak (run));
  hs_cli_json_put_rss (out, run);
  hs_json_out_end_object (out);
}

const char *
hs_cli_json_get_site_kind (guint32 site)
{
  switch (site)
    {
    case HS_SITE_BASELINE:
      return "baseline";

    case HS_SITE_NONE:
      return "none";

    case HS_SITE_OTHERS:
      return "others";

    default:
      return "line";
    }
}

static void
add_site (HsJsonOut *out,
          HsHeap    *heap,
          uint32_t   site)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "kind", hs_cli_json_get_site_kind (site));
  if (site >= HS_SITE_FIRST)
    {
      g_autofree char *file = hs_heap_dup_string (heap, view->site_file[site]);
      g_autofree char *function = hs_heap_dup_string (heap, view->site_function[site]);

      hs_json_out_put_text (out, "file", file);
      hs_json_out_put_text (out, "function", function);
      hs_json_out_put_int (out, "line", view->site_line[site]);
    }
  hs_cli_json_put_bytes (out, "total_bytes", view->site_total_bytes[site]);
  hs_cli_json_put_bytes (out, "total_blocks", view->site_total_blocks[site]);
  hs_cli_json_put_bytes (out, "live_bytes", view->site_live_bytes[site]);
  hs_cli_json_put_bytes (out, "live_blocks", view->site_live_blocks[site]);
  hs_json_out_end_object (out);
}

void
hs_cli_json_put_lines (HsJsonOut *out,
                       HsHeap    *heap)
{
  const HsSnapshotView *view = hs_heap_get_view (heap);

  if ((view->info.flags & HS_INFO_LEDGER_LINES) == 0)
    return;

  hs_json_out_begin_array (out, "lines");
  for (uint32_t i = 0; i < view->n_sites; i++)
    {
      if (i <= HS_SITE_NONE || view->site_total_blocks[i] != 0)
        add_site (out, heap, i);
    }
  hs_json_out_end_array (out);
}
