/* hs-moments.c - the moments of a run, each with a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-moments.h"

#include "hs-arenas.h"
#include "hs-clock.h"
#include "hs-curve.h"
#include "hs-fork.h"
#include "hs-growth.h"
#include "hs-ledger.h"
#include "hs-marks.h"
#include "hs-memory-left.h"
#include "hs-pages.h"
#include "hs-run.h"
#include "hs-sampler.h"
#include "hs-snapshot.h"
#include "hs-watch.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Of a heap with more objects a copy of the process takes the snapshot, unless that is
 * so large that to copy its page tables, and then every page that the code writes,
 * costs more.
 */
#define N_OBJECTS_FORK 50000
#define RSS_FORK_MAX   (UINT64_C (1) << 30)

/* What an object takes of the arenas, about. */
#define OBJECT_SIZE 64

/* How long a copy may take: far more than it needs. A person who stops the run waits
 * for less.
 */
#define COPY_NS      (UINT64_C (20000) * HS_NS_PER_MS)
#define COPY_STOP_NS (UINT64_C (1000) * HS_NS_PER_MS)

/* With less room no snapshot is begun. */
#define ROOM_MIN (UINT64_C (1) << 20)

#define ALIGNMENT UINT64_C (64)

#define NO_ROW UINT32_MAX

typedef struct
{
  uint64_t n_reached;
  uint64_t n_taken;
  uint32_t last_row; /* of the record */
} MarkState;

static HsShared        *shared;
static HsRecordHeader  *record; /* NULL: there is none */
static uint64_t         area_size;
static const HsJobView *job;
static MarkState        states[HS_JOB_N_MARKS_MAX];

static uint64_t next_offset;    /* where the next snapshot goes, if no copy is at work */
static uint64_t n_begin;        /* objects, about, when the code began */
static uint64_t rss_peak_bytes; /* up to the last mark */

/* What a copy works at. */
static HsSnapshotPlace copys_place;
static HsRecordMoment *copys_row; /* NULL: there is none */

void
hs_moments_init (const HsJobView *of_run,
                 HsShared        *area,
                 uint64_t         size_bytes)
{
  job = of_run;
  shared = area;
  area_size = size_bytes;
  next_offset = HS_SNAPSHOTS_OFFSET;
  if ((job->head.flags & HS_JOB_RECORD) != 0)
    record = hs_shared_get_record (shared);
}

/* ---- Rows ---- */

/* Returns: (nullable): NULL if there is no room, which is counted */
static HsRecordMoment *
begin_row (HsMomentKind kind,
           uint64_t     begin_ns)
{
  HsRecordMoment *row;
  HsRecordPart   *part;
  HsLedgerTotals  totals;

  if (record == NULL)
    return NULL;
  part = &record->parts[HS_RECORD_MOMENTS];
  /* The last one is that of the end. */
  if (kind != HS_MOMENT_END && part->n + 1 >= part->capacity)
    {
      part->n_lost++;
      return NULL;
    }
  row = hs_record_begin_row (record, HS_RECORD_MOMENTS);
  if (row == NULL)
    return NULL;

  row->time_ns = begin_ns - shared->start_ns;
  row->kind = kind;
  row->count = 1;
  if (hs_ledger_is_on ())
    {
      hs_ledger_get_totals (&totals);
      row->live_bytes = totals.live_bytes;
      row->peak_bytes = totals.peak_bytes;
      row->total_bytes = totals.total_bytes;
      row->total_blocks = totals.total_blocks;
    }
  hs_growth_measure (row);

  return row;
}

static uint32_t
get_n_rows (void)
{
  return (uint32_t)record->parts[HS_RECORD_MOMENTS].n;
}

/* Looks at every block. */
static uint64_t
count_live_blocks (void)
{
  HsLedgerCounters counters;
  uint64_t         n = 0;

  hs_ledger_get_counters (&counters);
  for (int i = 0; i < HS_LEDGER_N_DOMAINS; i++)
    n += counters.domain[i].live_blocks;

  return n;
}

static void
fill_row (HsRecordMoment        *row,
          const HsSnapshotPlace *place)
{
  if (place->size != 0)
    {
      row->live_blocks = place->live_blocks;
      row->snapshot_offset = place->offset;
      row->snapshot_size = place->size;
    }
  if (place->is_cut)
    row->flags |= HS_MOMENT_CUT;
}

static void
commit_row (HsRecordMoment *row,
            uint64_t        begin_ns)
{
  row->pause_ns = hs_clock_get_ns () - begin_ns;
  hs_record_commit (record, HS_RECORD_MOMENTS);
}

/* ---- Places ---- */

/* A snapshot without a size has found no room. */
static void
take_place (const HsSnapshotPlace *place)
{
  uint64_t end = place->offset + place->size;

  if (place->size != 0 && end <= area_size)
    next_offset = (end + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

/* Returns: whether there is room for a snapshot of a mark */
static bool
find_place (HsSnapshotPlace *place)
{
  uint64_t end = HS_SNAPSHOTS_OFFSET + (area_size - HS_SNAPSHOTS_OFFSET) / 2;
  uint64_t left = hs_memory_left_read () / 2;

  place->offset = next_offset;
  place->room_end = end;
  if (left < end - HS_SNAPSHOTS_OFFSET && next_offset + left < end)
    place->room_end = (next_offset + left) & ~(ALIGNMENT - 1);

  return place->room_end >= next_offset + ROOM_MIN;
}

/* ---- By a copy ---- */

/* In the copy. What it does not fill in says that there was no room. */
static void
work (void *data)
{
  HsRecordMoment *row = data;

  hs_ledger_unlock ();
  hs_snapshot_take_running (&copys_place);
  if (copys_place.size == 0)
    return;
  row->live_blocks = copys_place.live_blocks;
  row->snapshot_offset = copys_place.offset;
  __atomic_store_n (&row->snapshot_size, copys_place.size, __ATOMIC_RELEASE);
  row->flags &= ~(uint32_t)HS_MOMENT_CUT;
}

/* Whatever is measured or taken next comes when the copy has gone. */
static void
wait_for_copy (uint64_t limit_ns)
{
  if (copys_row == NULL)
    return;

  hs_fork_wait (limit_ns);
  copys_place.size = copys_row->snapshot_size;
  take_place (&copys_place);
  copys_row = NULL;
}

/* About how many objects a snapshot would have. */
static uint64_t
count_objects (void)
{
  return hs_arenas.n_arenas * HS_ARENA_SIZE / OBJECT_SIZE;
}

/* @rss_bytes: resident memory of the code */
static bool
shall_fork (uint64_t rss_bytes)
{
  uint64_t n = count_objects ();

  if ((job->head.flags & HS_JOB_ALL_OBJECTS) == 0)
    n = n > n_begin ? n - n_begin : 0;

  return n > N_OBJECTS_FORK && rss_bytes < RSS_FORK_MAX;
}

static bool
take_by_copy (HsRecordMoment        *row,
              const HsSnapshotPlace *place)
{
  bool is_forked;

  copys_place = *place;
  row->flags |= HS_MOMENT_FORKED | HS_MOMENT_CUT;
  /* A thread without the GIL must not have it in the copy, where it is no more. */
  hs_ledger_lock ();
  is_forked = hs_fork_start (work, row);
  hs_ledger_unlock ();

  if (is_forked)
    copys_row = row;
  else
    row->flags &= ~(uint32_t)(HS_MOMENT_FORKED | HS_MOMENT_CUT);

  return is_forked;
}

/* ---- Marks ---- */

static void
take_snapshot (HsRecordMoment *row,
               uint64_t        rss_bytes,
               uint64_t        begin_ns)
{
  HsSnapshotPlace place = { .begin_ns = begin_ns };

  if (!find_place (&place))
    {
      place.is_cut = true;
    }
  else if (shall_fork (rss_bytes) && take_by_copy (row, &place))
    {
      return;
    }
  else
    {
      hs_snapshot_take_running (&place);
      place.is_cut = place.size == 0;
      take_place (&place);
    }
  fill_row (row, &place);
  if (place.size == 0 && hs_ledger_is_on ())
    row->live_blocks = count_live_blocks ();
}

/* Notes the peak. Returns: bytes that are resident */
static uint64_t
look_at_memory (void)
{
  HsSamplerMemory memory = { 0 };
  HsSampler       sampler;

  hs_sampler_open (&sampler, getpid ());
  hs_sampler_read_memory (&sampler, &memory);
  hs_sampler_close (&sampler);
  if (memory.peak > rss_peak_bytes)
    rss_peak_bytes = memory.peak;

  return memory.anon + memory.file + memory.shmem;
}

/* VmHWM begins anew, from what is resident now: proc_pid_clear_refs(5). */
static void
forget_own_peak (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, "5", 1) < 0)
    errno = 0;
  close (fd);
}

static void
take_mark (const HsJobMark *mark,
           MarkState       *state)
{
  bool            is_comment = mark->name != 0 || mark->when == HS_MARK_AFTER;
  uint64_t        begin_ns = hs_clock_get_ns ();
  uint64_t        rss_bytes;
  HsRecordMoment *row;

  wait_for_copy (COPY_NS);
  rss_bytes = look_at_memory ();
  row = begin_row (is_comment ? HS_MOMENT_COMMENT : HS_MOMENT_MARK, begin_ns);
  if (row == NULL)
    return;

  row->line = mark->when == HS_MARK_AFTER ? mark->last_line : mark->first_line;
  row->name = mark->name != 0 ? hs_record_add_text (record, job->texts + mark->name) : 0;
  row->count = state->n_reached;
  state->n_taken++;
  state->last_row = get_n_rows ();
  if (state->n_taken >= mark->n_max)
    {
      row->flags |= HS_MOMENT_LAST;
      row->n_reached = state->n_reached;
    }
  hs_curve_write_lines ();
  hs_pages_sample_moment (state->last_row, row->line);
  take_snapshot (row, rss_bytes, begin_ns);
  forget_own_peak ();
  commit_row (row, begin_ns);
  /* The pause is no time in which anything was allocated. */
  hs_curve_tick ();
  record->watch_time_ns += row->pause_ns;
}

static void
reach (uint32_t i)
{
  MarkState       *state = &states[i];
  const HsJobMark *mark = &job->marks[i];
  HsRecordMoment  *rows;

  if (!hs_run_is_own_process () || atomic_load (&shared->phase) != HS_PHASE_RUNNING)
    return;

  state->n_reached++;
  if (state->n_taken < mark->n_max)
    {
      atomic_store (&shared->is_in_moment, 1);
      take_mark (mark, state);
      atomic_store (&shared->is_in_moment, 0);
    }
  else if (state->last_row != NO_ROW)
    {
      rows = hs_record_get_rows (record, HS_RECORD_MOMENTS);
      rows[state->last_row].n_reached = state->n_reached;
    }
}

/* ---- The beginning and the end ---- */

void
hs_moments_prepare (PyObject *code)
{
  if (record == NULL || job->head.n_marks == 0)
    return;

  for (uint32_t i = 0; i < job->head.n_marks; i++)
    states[i].last_row = NO_ROW;
  hs_marks_init (job, code, reach);
  hs_watch_want (HS_WATCH_MARKS, true);
}

void
hs_moments_begin (void)
{
  HsRecordMoment *row = begin_row (HS_MOMENT_BEGIN, shared->start_ns);

  n_begin = count_objects ();
  if (row == NULL)
    return;
  if (hs_ledger_is_on ())
    row->live_blocks = count_live_blocks ();
  commit_row (row, shared->start_ns);
}

uint64_t
hs_moments_get_rss_peak (void)
{
  return rss_peak_bytes;
}

/* The watching leaves nothing of its own behind. */
static void
end_watching (void)
{
  hs_watch_want (HS_WATCH_MARKS, false);
  hs_pages_end ();
}

/* Returns: the line that was being executed */
static uint32_t
take_last (void (*take) (PyObject *exception, HsSnapshotPlace *place),
           PyObject *exception,
           uint64_t  limit_ns)
{
  HsSnapshotPlace place = { .room_end = area_size, .is_last = true };
  HsRecordMoment *row;

  wait_for_copy (limit_ns);
  place.begin_ns = hs_clock_get_ns ();
  place.offset = next_offset;
  row = begin_row (HS_MOMENT_END, place.begin_ns);
  if (row != NULL)
    hs_pages_sample_moment (get_n_rows (), 0);
  end_watching ();
  if ((job->head.flags & HS_JOB_NO_SNAPSHOT) == 0)
    take (exception, &place);
  if (place.size == 0)
    place.is_cut = true;
  if (row != NULL)
    {
      row->line = place.line;
      fill_row (row, &place);
      commit_row (row, place.begin_ns);
      hs_record_add_flags (record, HS_RECORD_FINISHED);
    }

  return place.line;
}

static void
take_running (PyObject        *exception,
              HsSnapshotPlace *place)
{
  (void)exception;
  hs_snapshot_take_running (place);
}

void
hs_moments_end (PyObject *exception)
{
  take_last (hs_snapshot_take_final, exception, COPY_NS);
}

uint32_t
hs_moments_stop (void)
{
  return take_last (take_running, NULL, COPY_STOP_NS);
}
