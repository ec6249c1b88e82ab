/* hs-curve.c - live bytes over time and by line, written into the record
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-curve.h"

#include "hs-clock.h"
#include "hs-ledger-private.h"
#include "hs-sites.h"

#include <string.h>

/* The first blocks each begin a sample of their own: a short program is then seen
 * step by step. Later one look at the clock is for so many blocks, and samples
 * span at least this.
 */
#define N_SINGLE      512
#define N_TICK_BLOCKS 64
#define SAMPLE_NS     (HS_NS_PER_MS / 10)

/* Frames that may be looked at between two ticks to find the code's line, each
 * some 3 ns: a hundredth of the time or two. In a library that allocates more than
 * that, the line is the one that was last found.
 */
#define N_FRAMES      8
#define N_FRAMES_MORE 512 /* when a sample has ended */

/* While the code runs, lines are written for the case that it is killed: as often
 * as takes one hundredth of its time.
 */
#define LINES_NS    (100 * HS_NS_PER_MS)
#define LINES_SHARE 100

#define N_TEXT_SLOTS (UINT32_C (1) << 18) /* more than twice as many as sites have */

typedef struct
{
  HsRecordHeader *record; /* NULL: there is none, or no more */
  HsShared       *shared;

  uint64_t   interval_ns;
  uint64_t   n_single; /* blocks that still begin a sample each */
  uint64_t   begin_ns; /* of the present sample, since the code began */
  uint64_t   begin_bytes;
  uint64_t   begin_blocks;
  HsSitesNow now; /* at the last tick */

  uint64_t next_lines_ns;
  uint32_t n_sites; /* that are in the record or lost */

  struct
  {
    const char *text; /* of hs-sites.h, which has each but once; NULL: empty */
    uint32_t    offset;
  } texts[N_TEXT_SLOTS];
} Curve;

static Curve curve;

/* ---- Sites ---- */

static uint32_t
add_text (const char *text)
{
  uint64_t hash = (uint64_t)text * UINT64_C (0x9e3779b97f4a7c15);
  uint32_t i = (uint32_t)(hash >> 32) % N_TEXT_SLOTS;

  while (curve.texts[i].text != NULL && curve.texts[i].text != text)
    i = (i + 1) % N_TEXT_SLOTS;
  if (curve.texts[i].text == NULL)
    {
      curve.texts[i].offset = hs_record_add_text (curve.record, text);
      curve.texts[i].text = text;
    }

  return curve.texts[i].offset;
}

/* Those that are new. With the lock. */
static void
write_sites (void)
{
  uint32_t n = hs_sites_get_n ();

  for (; curve.n_sites < n; curve.n_sites++)
    {
      HsRecordSite *row = hs_record_begin_row (curve.record, HS_RECORD_SITES);
      HsSite        site;

      if (row == NULL)
        continue;
      hs_sites_get (curve.n_sites, &site);
      row->file = add_text (site.file);
      row->function = add_text (site.function);
      row->line = site.line;
      row->flags = site.is_own ? HS_RECORD_SITE_OWN : 0;
      hs_record_commit (curve.record, HS_RECORD_SITES);
    }
}

/* ---- Samples ---- */

static void
add_sample (HsRecordSample       *self,
            const HsRecordSample *next)
{
  if (next->live_max > self->live_max)
    {
      self->live_max = next->live_max;
      self->site_max = next->site_max;
      self->line_max = next->line_max;
    }
  if (next->live_min < self->live_min)
    self->live_min = next->live_min;
  self->time_ns = next->time_ns;
  self->live_bytes = next->live_bytes;
  self->allocated_bytes += next->allocated_bytes;
  self->allocated_blocks += next->allocated_blocks;
  self->site = next->site;
  self->line = next->line;
}

/* Makes room: pairs become one, and of the shorter ones of the beginning as many as
 * fit into the time of a sample. The first stays: it is the beginning. None counts
 * meanwhile: the record is valid even if the process is killed in between.
 */
static void
merge_samples (void)
{
  HsRecordSample *rows = hs_record_get_rows (curve.record, HS_RECORD_SAMPLES);
  uint64_t        n = curve.record->parts[HS_RECORD_SAMPLES].n;
  uint64_t        n_kept = 1;

  /* Where samples came more rarely than they might, from now on they come no more often. */
  curve.interval_ns *= 2;
  if (n > 0 && curve.interval_ns < rows[n - 1].time_ns / n * 2)
    curve.interval_ns = rows[n - 1].time_ns / n * 2;
  hs_record_set_n (curve.record, HS_RECORD_SAMPLES, 0);
  for (uint64_t i = 1; i < n;)
    {
      HsRecordSample sum = rows[i];
      uint64_t       begin_ns = rows[i - 1].time_ns;
      uint64_t       n_merged = 1;

      while (i + n_merged < n &&
             (n_merged < 2 || rows[i + n_merged].time_ns - begin_ns <= curve.interval_ns))
        add_sample (&sum, &rows[i + n_merged++]);
      i += n_merged;
      rows[n_kept++] = sum;
    }
  hs_record_set_n (curve.record, HS_RECORD_SAMPLES, n_kept);
  curve.record->sample_ns = curve.interval_ns;
}

/* With the lock. */
static void
begin_sample (uint64_t time_ns)
{
  hs_ledger.top_bytes = hs_ledger_get_live_bytes ();
  hs_ledger.bottom_bytes = hs_ledger.top_bytes;
  hs_ledger.top = curve.now;
  curve.begin_ns = time_ns;
  curve.begin_bytes = hs_ledger.total_bytes + hs_ledger.raw_total_bytes;
  curve.begin_blocks = hs_ledger.total_blocks + hs_ledger.raw_total_blocks;
}

/* Likewise. */
static void
fill_sample (HsRecordSample *row,
             uint64_t        time_ns)
{
  uint64_t live_bytes = hs_ledger_get_live_bytes ();

  row->time_ns = time_ns;
  row->live_min =
    hs_ledger.bottom_bytes < live_bytes ? hs_ledger.bottom_bytes : live_bytes;
  row->live_max = hs_ledger.top_bytes;
  row->live_bytes = live_bytes;
  row->allocated_bytes =
    hs_ledger.total_bytes + hs_ledger.raw_total_bytes - curve.begin_bytes;
  row->allocated_blocks =
    hs_ledger.total_blocks + hs_ledger.raw_total_blocks - curve.begin_blocks;
  row->site_max = hs_ledger.top.site;
  row->line_max = hs_ledger.top.line;
  row->site = curve.now.site;
  row->line = curve.now.line;
}

static void
end_sample (uint64_t time_ns)
{
  HsRecordHeader *record = curve.record;
  HsRecordPart   *part = &record->parts[HS_RECORD_SAMPLES];
  HsRecordSample *row;

  hs_lock_take (&hs_ledger.lock);
  write_sites ();
  if (part->n >= part->capacity)
    merge_samples ();
  row = hs_record_begin_row (record, HS_RECORD_SAMPLES);
  if (row != NULL)
    {
      fill_sample (row, time_ns);
      hs_record_commit (record, HS_RECORD_SAMPLES);
    }

  hs_ledger_keep_top ();
  if (hs_ledger.peak_bytes != record->peak_bytes)
    {
      record->peak_bytes = hs_ledger.peak_bytes;
      record->peak_ns = hs_ledger.peak_ns;
      record->peak_site = hs_ledger.peak.site;
      record->peak_line = hs_ledger.peak.line;
    }
  begin_sample (time_ns);
  hs_lock_release (&hs_ledger.lock);
}

/* ---- Lines ---- */

static bool
fill_line (HsRecordLine *row,
           uint32_t      site)
{
  HsLedgerLine line;

  hs_ledger_get_line (site, &line);
  if (line.sum.total_blocks == 0 && line.peak_bytes == 0)
    return false;

  *row = (HsRecordLine) {
    .site = site,
    .total_bytes = line.sum.total_bytes,
    .total_blocks = line.sum.total_blocks,
    .live_bytes = line.sum.live_bytes,
    .live_blocks = line.sum.live_blocks,
    .peak_bytes = line.peak_bytes,
    .at_peak_bytes = line.at_peak_bytes,
  };

  return true;
}

static void
write_lines (void)
{
  HsRecordPart *part = &curve.record->parts[HS_RECORD_LINES];
  HsRecordLine *rows = hs_record_get_rows (curve.record, HS_RECORD_LINES);
  uint64_t      n = 0;
  uint64_t      n_lost = 0;

  if (!hs_ledger.has_lines)
    return;

  hs_lock_take (&hs_ledger.lock);
  hs_record_set_n (curve.record, HS_RECORD_LINES, 0);
  for (uint32_t site = 0; site < hs_sites_get_n (); site++)
    {
      HsRecordLine row;

      if (!fill_line (&row, site))
        continue;
      if (n < part->capacity)
        rows[n++] = row;
      else
        n_lost++;
    }
  part->n_lost = n_lost;
  hs_record_set_n (curve.record, HS_RECORD_LINES, n);
  hs_lock_release (&hs_ledger.lock);
}

/* ---- Time ---- */

static uint64_t
get_time (void)
{
  uint64_t now_ns = hs_clock_get_ns ();

  return now_ns > curve.shared->start_ns ? now_ns - curve.shared->start_ns : 0;
}

static void
set_next_tick (void)
{
  uint64_t n_blocks = N_TICK_BLOCKS;

  if (curve.n_single > 0)
    {
      curve.n_single--;
      n_blocks = 1;
    }
  atomic_store_explicit (&curve.shared->next_tick, hs_ledger.total_blocks + n_blocks,
                         memory_order_relaxed);
}

/* The process that has the record. */
static bool
is_on (void)
{
  return curve.record != NULL && hs_ledger.next_tick == &curve.shared->next_tick;
}

void
hs_curve_begin (HsShared *shared)
{
  HsRecordHeader *record = hs_shared_get_record (shared);

  if (record->total_size == 0 || !hs_ledger_is_on ())
    return;

  curve.record = record;
  curve.shared = shared;
  curve.interval_ns = SAMPLE_NS;
  curve.n_single = N_SINGLE;
  curve.n_sites = HS_SITE_FIRST;
  curve.now = (HsSitesNow) { HS_SITE_BASELINE, 0 };
  curve.next_lines_ns = LINES_NS;
  record->sample_ns = curve.interval_ns;
  hs_record_add_flags (record, HS_RECORD_LEDGER | (hs_ledger.has_lines ? HS_RECORD_BY_LINE : 0));

  begin_sample (0);
  end_sample (0);
  atomic_store (&shared->next_tick, 0);
  hs_ledger.next_tick = &shared->next_tick;
}

/* Whose samples are ended, and who allocates from now on. */
static void
look_around (void)
{
  uint32_t line;

  curve.now = hs_sites_get_current ();
  if (curve.now.line != 0 || !hs_ledger.has_lines)
    return;

  line = hs_sites_find_own_line (&hs_ledger.n_frames_left);
  if (line != UINT32_MAX)
    hs_ledger.library_line = line;
  curve.now.line = hs_ledger.library_line;
}

static void
write_lines_sometimes (uint64_t time_ns)
{
  if (time_ns < curve.next_lines_ns)
    return;

  write_lines ();
  curve.next_lines_ns = get_time () + LINES_NS + (get_time () - time_ns) * LINES_SHARE;
}

/* Since the supervisor has wished for a tick nothing was allocated: what happened
 * before does not last until now. What was freed meanwhile counts as before.
 */
static void
end_sample_at_wish (uint64_t time_ns)
{
  uint64_t wish_ns = curve.shared->tick_wish_ns - curve.shared->start_ns;

  if (atomic_load_explicit (&curve.shared->next_tick, memory_order_relaxed) == 0 &&
      wish_ns > curve.begin_ns && wish_ns < time_ns && time_ns - wish_ns >= curve.interval_ns)
    end_sample (wish_ns);
}

void
hs_curve_tick (void)
{
  uint64_t time_ns;

  if (!is_on ())
    return;

  time_ns = get_time ();
  end_sample_at_wish (time_ns);
  hs_ledger.n_frames_left = N_FRAMES;
  if (curve.n_single > 0 || time_ns - curve.begin_ns >= curve.interval_ns)
    {
      end_sample (time_ns);
      hs_ledger.n_frames_left = N_FRAMES_MORE;
      write_lines_sometimes (time_ns);
    }
  hs_ledger.tick_ns = time_ns + 1; /* in the sample that begins now */
  look_around ();
  set_next_tick ();
}

void
hs_curve_write_lines (void)
{
  if (!is_on ())
    return;

  end_sample (get_time ());
  write_lines ();
}

void
hs_curve_end (void)
{
  hs_curve_write_lines ();
  hs_ledger_stop_ticks ();
}
