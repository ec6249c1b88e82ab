/* hs-cli-json-record.c - what happened over time in a run, as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-json-record.h"

#include "hs-cli-json-ledger.h"
#include "hs-cli-json-mappings.h"
#include "hs-cli-json-object.h"
#include "hs-timeline.h"

/* The curve is drawn as points, and a screen has no more. */
#define N_TIMELINE 1000

#define N_PEAK_LINES 100

/* By HsMemoryKind and HsMomentKind: names that never change. */
static const char *const memory_names[HS_N_MEMORIES] = {
  [HS_MEMORY_OBJECTS] = "objects",
  [HS_MEMORY_POOL_FREE] = "pool-free",
  [HS_MEMORY_ARENA_FREE] = "arena-free",
  [HS_MEMORY_FRAMES] = "frames",
  [HS_MEMORY_MALLOC] = "malloc",
  [HS_MEMORY_MALLOC_FREE] = "malloc-free",
  [HS_MEMORY_MAPPED_FILES] = "mapped-files",
  [HS_MEMORY_MAPPED_ANON] = "mapped-anon",
  [HS_MEMORY_LIBRARIES] = "libraries",
  [HS_MEMORY_STACKS] = "stacks",
  [HS_MEMORY_OWN] = "own",
  [HS_MEMORY_UNEXPLAINED] = "unexplained",
};

static const char *const moment_kinds[HS_N_MOMENT_KINDS] = {
  [HS_MOMENT_BEGIN] = "begin",
  [HS_MOMENT_MARK] = "mark",
  [HS_MOMENT_COMMENT] = "comment",
  [HS_MOMENT_END] = "end",
};

/* Lines count from 1. */
static void
put_line (HsJsonOut *out,
          guint32    line)
{
  if (line != 0)
    hs_json_out_put_int (out, "line", line);
  else
    hs_json_out_put_null (out, "line");
}

/* ---- What the RSS consists of ---- */

/* Against the beginning. */
static void
put_growth (HsJsonOut  *out,
            HsTimeline *timeline,
            guint       moment)
{
  gint64 growth[HS_N_MEMORIES];
  gint64 rss;

  if (!hs_timeline_get_growth (timeline, moment, growth, &rss))
    return;

  hs_json_out_begin_array (out, "growth");
  for (guint i = 0; i < HS_N_MEMORIES; i++)
    {
      hs_json_out_begin_object (out, NULL);
      hs_json_out_put_text (out, "what", memory_names[i]);
      hs_json_out_put_int (out, "bytes", growth[i]);
      hs_json_out_end_object (out);
    }
  hs_json_out_end_array (out);
}

/* The last that was seen from outside while the code ran. */
static void
put_last_rss (HsJsonOut          *out,
              const HsRecordView *record)
{
  const HsRecordRss *last;

  if (record->n_rss == 0)
    return;

  last = &record->rss[record->n_rss - 1];
  hs_json_out_begin_object (out, "rss");
  hs_cli_json_put_bytes (out, "anon", last->anon);
  hs_cli_json_put_bytes (out, "file", last->file);
  hs_cli_json_put_bytes (out, "shmem", last->shmem);
  hs_cli_json_put_bytes (out, "swap", last->swap);
  hs_json_out_end_object (out);
}

void
hs_cli_json_put_rss (HsJsonOut *out,
                     HsRun     *run)
{
  HsHistory          *history = hs_run_get_history (run);
  const HsRecordView *record;
  g_autoptr(HsTimeline) timeline = NULL;

  if (history == NULL)
    return;

  record = hs_history_get_record (history);
  timeline = hs_timeline_new (history);
  put_last_rss (out, record);
  if (record->n_moments > 0 && record->moments[record->n_moments - 1].kind == HS_MOMENT_END)
    put_growth (out, timeline, record->n_moments - 1);
}

/* ---- Timeline ---- */

static void
add_span (HsJsonOut            *out,
          HsTimeline           *timeline,
          const HsTimelineSpan *span)
{
  const HsRecordRss *rss;
  guint64            least;
  guint64            most;

  hs_json_out_begin_object (out, NULL);
  hs_cli_json_put_bytes (out, "t_ns", span->to_ns);
  put_line (out, span->line);
  hs_cli_json_put_bytes (out, "bytes", span->live_end);
  if (hs_timeline_get_rss (timeline, span->from_ns, span->to_ns, &least, &most, &rss))
    hs_cli_json_put_bytes (out, "rss", rss->anon + rss->file + rss->shmem);
  else
    hs_json_out_put_null (out, "rss");
  hs_cli_json_put_bytes (out, "bytes_min", span->live_min);
  hs_cli_json_put_bytes (out, "bytes_max", span->live_max);
  hs_cli_json_put_bytes (out, "allocated_bytes", span->allocated_bytes);
  hs_cli_json_put_bytes (out, "allocated_blocks", span->allocated_blocks);
  hs_json_out_end_object (out);
}

/* "timeline_total" counts the samples, several of which are one element if there are
 * more than people look at.
 */
static void
put_timeline (HsJsonOut          *out,
              HsTimeline         *timeline,
              const HsRecordView *record)
{
  g_autoptr(GArray) spans = NULL;

  if ((record->header.flags & HS_RECORD_LEDGER) == 0)
    return;

  spans = hs_timeline_new_spans (timeline, 0, hs_timeline_get_end (timeline), N_TIMELINE);
  hs_json_out_begin_array (out, "timeline");
  for (guint i = 0; i < spans->len; i++)
    add_span (out, timeline, &g_array_index (spans, HsTimelineSpan, i));
  hs_json_out_end_array (out);
  hs_json_out_put_int (out, "timeline_total", record->n_samples);
}

/* ---- Peak ---- */

static gint
compare_at_peak (gconstpointer a,
                 gconstpointer b)
{
  const HsRecordLine *line_a = *(const HsRecordLine *const *)a;
  const HsRecordLine *line_b = *(const HsRecordLine *const *)b;

  if (line_a->at_peak_bytes != line_b->at_peak_bytes)
    return line_a->at_peak_bytes < line_b->at_peak_bytes ? 1 : -1;

  return line_a->site < line_b->site ? -1 : line_a->site > line_b->site;
}

/* The lines that held something at the peak, the most first. */
static GPtrArray *
new_peak_lines (const HsRecordView *record)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint32 i = 0; i < record->n_lines; i++)
    if (record->lines[i].at_peak_bytes != 0)
      g_ptr_array_add (lines, (gpointer)&record->lines[i]);
  g_ptr_array_sort (lines, compare_at_peak);

  return lines;
}

static void
add_peak_line (HsJsonOut          *out,
               HsHistory          *history,
               const HsRecordLine *line)
{
  const HsRecordSite *site = hs_record_view_get_site (hs_history_get_record (history),
                                                      line->site);
  g_autofree char    *file = site != NULL ? hs_history_dup_text (history, site->file) : NULL;
  g_autofree char    *function = site != NULL ? hs_history_dup_text (history, site->function)
                                              : NULL;

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "kind", hs_cli_json_get_site_kind (line->site));
  put_line (out, site != NULL ? site->line : 0);
  hs_json_out_put_text (out, "file", file);
  hs_json_out_put_text (out, "function", function);
  hs_cli_json_put_bytes (out, "bytes", line->at_peak_bytes);
  hs_json_out_end_object (out);
}

static void
put_peak (HsJsonOut          *out,
          HsHistory          *history,
          const HsRecordView *record)
{
  g_autoptr(GPtrArray) lines = NULL;

  if ((record->header.flags & HS_RECORD_LEDGER) == 0)
    return;

  hs_json_out_begin_object (out, "peak");
  hs_cli_json_put_bytes (out, "bytes", record->header.peak_bytes);
  hs_cli_json_put_bytes (out, "t_ns", record->header.peak_ns);
  put_line (out, record->header.peak_line);
  if ((record->header.flags & HS_RECORD_BY_LINE) != 0)
    {
      lines = new_peak_lines (record);
      hs_json_out_begin_array (out, "lines");
      for (guint i = 0; i < MIN (lines->len, N_PEAK_LINES); i++)
        add_peak_line (out, history, g_ptr_array_index (lines, i));
      hs_json_out_end_array (out);
      hs_json_out_put_int (out, "lines_total", lines->len);
    }
  hs_json_out_end_object (out);
}

/* ---- Moments ---- */

static void
add_moment (HsJsonOut  *out,
            HsHistory  *history,
            HsTimeline *timeline,
            guint       index)
{
  const HsRecordMoment *moment = &hs_history_get_record (history)->moments[index];
  g_autofree char      *name = moment->name != 0 ? hs_history_dup_text (history, moment->name)
                                                 : NULL;

  hs_json_out_begin_object (out, NULL);
  hs_json_out_put_text (out, "name", name);
  hs_json_out_put_text (out, "kind", moment_kinds[moment->kind]);
  put_line (out, moment->line);
  hs_cli_json_put_bytes (out, "t_ns", moment->time_ns);
  hs_cli_json_put_bytes (out, "pause_ns", moment->pause_ns);
  hs_cli_json_put_bytes (out, "bytes", moment->live_bytes);
  hs_cli_json_put_bytes (out, "count", moment->count);
  if (moment->n_reached > moment->count)
    hs_cli_json_put_bytes (out, "reached", moment->n_reached);
  hs_json_out_put_boolean (out, "has_snapshot", hs_history_has_heap (history, index));
  if ((moment->flags & HS_MOMENT_MEMORY) != 0)
    hs_cli_json_put_bytes (out, "rss", moment->rss);
  else
    hs_json_out_put_null (out, "rss");
  put_growth (out, timeline, index);
  hs_json_out_end_object (out);
}

static void
put_moments (HsJsonOut          *out,
             HsHistory          *history,
             HsTimeline         *timeline,
             const HsRecordView *record)
{
  hs_json_out_begin_array (out, "moments");
  for (guint i = 0; i < record->n_moments; i++)
    add_moment (out, history, timeline, i);
  hs_json_out_end_array (out);
  hs_cli_json_put_bytes (out, "moments_total",
                         record->n_moments +
                           record->header.parts[HS_RECORD_MOMENTS].n_lost);
}

void
hs_cli_json_put_record (HsJsonOut *out,
                        HsRun     *run)
{
  HsHistory          *history = hs_run_get_history (run);
  const HsRecordView *record;
  g_autoptr(HsTimeline) timeline = NULL;

  if (history == NULL)
    return;

  record = hs_history_get_record (history);
  timeline = hs_timeline_new (history);
  put_timeline (out, timeline, record);
  put_peak (out, history, record);
  hs_cli_json_put_mappings (out, history, hs_run_get_heap (run, NULL));
  put_moments (out, history, timeline, record);
}
