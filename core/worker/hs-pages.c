/* hs-pages.c - looks at the pages of mappings while the code runs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pages.h"

#include "hs-advice.h"
#include "hs-clock.h"
#include "hs-mappings.h"
#include "hs-pyframe.h"
#include "hs-record-writer.h"
#include "hs-run.h"
#include "hs-source.h"
#include "hs-watch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How much of the run may be spent on looking: a fifth, and in any case so much that
 * short runs are seen line by line.
 */
#define BUDGET_SHARE 5
#define BUDGET_NS    (200 * HS_NS_PER_MS)

/* When so much more or less of the process is resident, that is said, even if no page of
 * a mapping has changed: reading a mapping makes a copy of it.
 */
#define RSS_CHANGE (UINT64_C (256) << 10)

typedef struct
{
  uint64_t anon;
  uint64_t file;
  uint64_t shmem;
} Rss;

static HsShared       *shared; /* NULL: nobody wants to know */
static HsRecordHeader *record;
static bool            is_on;
static bool            is_news;   /* mappings were made since they were looked for */
static uint32_t        news_line; /* during which; 0: during several */
static uint8_t         now[HS_PAGE_CHUNK];
static Rss             last_rss; /* at the last sample */

bool
hs_pages_init (HsShared *area)
{
  if (!hs_page_states_init () || !hs_mappings_init (hs_shared_get_record (area)))
    return false;
  shared = area;
  record = hs_shared_get_record (area);

  return true;
}

static uint64_t
get_field (const char *text,
           const char *name)
{
  const char *line = strstr (text, name);

  return line == NULL ? 0 : strtoull (line + strlen (name), NULL, 10) * 1024;
}

static Rss
read_rss (void)
{
  char    text[4096];
  Rss     rss = { 0 };
  int     fd = open ("/proc/self/status", O_RDONLY | O_CLOEXEC);
  ssize_t size = fd >= 0 ? read (fd, text, sizeof text - 1) : -1;

  if (fd >= 0)
    close (fd);
  if (size <= 0)
    return rss;
  text[size] = '\0';
  rss.anon = get_field (text, "\nRssAnon:");
  rss.file = get_field (text, "\nRssFile:");
  rss.shmem = get_field (text, "\nRssShmem:");

  return rss;
}

static bool
is_other (uint64_t before,
          uint64_t after)
{
  return (before > after ? before - after : after - before) >= RSS_CHANGE;
}

static bool
has_rss_changed (const Rss *rss)
{
  return is_other (last_rss.anon, rss->anon) || is_other (last_rss.file, rss->file) ||
         is_other (last_rss.shmem, rss->shmem);
}

/* ---- One mapping ---- */

/* @sign: 1 to add, -1 to take away, as two's complement */
static void
count (HsPageSums    *sums,
       const uint8_t *states,
       uint64_t       n,
       uint64_t       sign)
{
  for (uint64_t i = 0; i < n; i++)
    {
      if (states[i] == 0)
        continue;
      sums->n_cached += (states[i] & HS_PAGE_CACHED) != 0 ? sign : 0;
      sums->n_mapped += (states[i] & HS_PAGE_MAPPED) != 0 ? sign : 0;
      sums->n_dirty += (states[i] & HS_PAGE_DIRTY) != 0 ? sign : 0;
      sums->n_copies += (states[i] & HS_PAGE_COPY) != 0 ? sign : 0;
      sums->n_swapped += (states[i] & HS_PAGE_SWAPPED) != 0 ? sign : 0;
      sums->n_huge += (states[i] & HS_PAGE_HUGE) != 0 ? sign : 0;
    }
}

/* In which of the @n pages from @first on the new states differ from the old ones. */
static void
add_runs (HsRecordPageSample *sample,
          const uint8_t      *old,
          uint64_t            first,
          uint64_t            n)
{
  for (uint64_t i = 0; i < n;)
    {
      uint64_t         begin = i;
      HsRecordPageRun *run;

      if (now[i] == old[i])
        {
          i++;
          continue;
        }
      while (i < n && now[i] == now[begin] && now[i] != old[i])
        i++;
      run = hs_record_begin_row (record, HS_RECORD_PAGE_RUNS);
      if (run == NULL)
        {
          sample->flags |= HS_MAPPING_CUT;
          continue;
        }
      run->first_page = (uint32_t)(first + begin);
      run->n_pages = (uint32_t)(i - begin);
      run->state = now[begin];
      hs_record_commit (record, HS_RECORD_PAGE_RUNS);
      sample->n_runs++;
    }
}

static void
look_at_pages (HsMapping          *mapping,
               HsRecordPageSample *sample)
{
  uint64_t n_pages = mapping->range.n_pages;

  if ((mapping->state & HS_MAPPING_RESIZED) != 0)
    {
      mapping->sums = (HsPageSums) { 0 };
      count (&mapping->sums, mapping->states, n_pages, 1);
    }

  for (uint64_t first = 0; first < n_pages; first += HS_PAGE_CHUNK)
    {
      uint64_t n = n_pages - first < HS_PAGE_CHUNK ? n_pages - first : HS_PAGE_CHUNK;
      uint8_t *old = mapping->states + first;

      /* What was unmapped behind the object's back has no pages. */
      if (!hs_page_states_read (&mapping->range, first, n, now))
        memset (now, 0, n);
      if (memcmp (old, now, n) == 0)
        continue;
      add_runs (sample, old, first, n);
      count (&mapping->sums, old, n, UINT64_MAX);
      count (&mapping->sums, now, n, 1);
      memcpy (old, now, n);
    }

  sample->n_cached = mapping->sums.n_cached;
  sample->n_mapped = mapping->sums.n_mapped;
  sample->n_dirty = mapping->sums.n_dirty;
  sample->n_copies = mapping->sums.n_copies;
  sample->n_swapped = mapping->sums.n_swapped;
  sample->n_huge = mapping->sums.n_huge;
}

/* @is_kept: also if nothing has changed */
static void
sample_mapping (HsMapping *mapping,
                const Rss *rss,
                uint32_t   line,
                uint32_t   moment,
                bool       is_kept)
{
  HsRecordPageSample *sample;

  if (mapping->row == HS_MAPPING_NO_ROW)
    return;
  sample = hs_record_begin_row (record, HS_RECORD_PAGE_SAMPLES);
  if (sample == NULL)
    return;

  sample->mapping = mapping->row;
  sample->flags = mapping->state;
  sample->line = line;
  sample->moment = moment;
  sample->bytes = mapping->bytes;
  sample->first_run = record->parts[HS_RECORD_PAGE_RUNS].n;
  sample->rss_anon = rss->anon;
  sample->rss_file = rss->file;
  sample->rss_shmem = rss->shmem;
  sample->advice = mapping->advice;
  if ((mapping->state & HS_MAPPING_CLOSED) == 0)
    look_at_pages (mapping, sample);
  sample->time_ns = hs_clock_get_ns () - shared->start_ns;

  /* What has not changed is not said again. */
  if (sample->n_runs > 0 || sample->flags != 0 || !mapping->is_sampled || mapping->is_advised ||
      is_kept)
    {
      hs_record_commit (record, HS_RECORD_PAGE_SAMPLES);
      last_rss = *rss;
    }
  mapping->state &= HS_MAPPING_CLOSED;
  mapping->is_sampled = true;
  mapping->is_advised = false;
}

/* ---- All of them ---- */

static bool
is_affordable (uint64_t now_ns)
{
  uint64_t elapsed_ns = now_ns - shared->start_ns;
  uint64_t budget_ns = elapsed_ns / BUDGET_SHARE;

  return record->page_time_ns < (budget_ns > BUDGET_NS ? budget_ns : BUDGET_NS);
}

static void
sample_all (uint32_t line,
            uint32_t moment)
{
  uint64_t   begin_ns = hs_clock_get_ns ();
  uint32_t   n;
  HsMapping *mappings;
  Rss        rss;
  bool       is_kept;

  if (moment == UINT32_MAX && !is_affordable (begin_ns))
    {
      record->n_page_samples_skipped++;
      return;
    }
  if (is_news)
    hs_mappings_find (news_line);
  is_news = false;
  hs_mappings_refresh ();
  mappings = hs_mappings_get (&n);
  /* The code may have used up its numbers of files. */
  if (n > 0 && !hs_page_states_open ())
    {
      record->n_page_samples_skipped++;
      return;
    }
  if (n > 0)
    {
      rss = read_rss ();
      is_kept = moment != UINT32_MAX || has_rss_changed (&rss);
      for (uint32_t i = 0; i < n; i++)
        sample_mapping (&mappings[i], &rss, line, moment, is_kept);
      hs_page_states_close ();
    }
  hs_mappings_forget_closed ();
  record->page_time_ns += hs_clock_get_ns () - begin_ns;
}

/* After a line of the code's file has run. */
static void
line_done (uint32_t line)
{
  uint32_t n;

  if (!is_on || !hs_run_is_own_process ())
    return;
  sample_all (line, UINT32_MAX);
  hs_mappings_get (&n);
  if (n == 0 && !is_news)
    hs_watch_want (HS_WATCH_PAGES, false);
}

/* The line of the code's file in which, or below which, this thread is; 0: none */
static uint32_t
get_line (void)
{
  PyThreadState *state = hs_py_get_thread_state ();
  void          *frame = NULL;

  if (state != NULL)
    frame = hs_py_find_python_frame (hs_py_get_innermost_frame (state));
  while (frame != NULL && !hs_source_has_code ((PyObject *)hs_py_get_frame_code (frame)))
    frame = hs_py_find_caller (frame);

  return frame != NULL ? hs_py_get_frame_line (frame) : 0;
}

/* mmapmodule.c raises the event before the object is made. */
static void
expect_mapping (void)
{
  uint32_t line = get_line ();

  /* What was advised before is for those that are there, whether they are known or not. */
  if (is_news && hs_advice_is_any ())
    hs_mappings_find (news_line);
  hs_mappings_refresh ();

  news_line = is_news && line != news_line ? 0 : line;
  is_news = true;
  hs_watch_want (HS_WATCH_PAGES, true);
}

static int
audit (const char *event,
       PyObject   *args,
       void       *data)
{
  if (is_on && event[0] == 'm' && strcmp (event, "mmap.__new__") == 0 && hs_run_is_own_process ())
    expect_mapping ();

  return 0;
}

void
hs_pages_begin (void)
{
  if (shared == NULL)
    return;
  if (PySys_AddAuditHook (audit, NULL) < 0)
    {
      PyErr_Clear ();
      return;
    }
  hs_watch_add_func (line_done);
  hs_advice_begin ();
  is_on = true;
}

void
hs_pages_sample_moment (uint32_t moment,
                        uint32_t line)
{
  if (is_on && hs_run_is_own_process ())
    sample_all (line, moment);
}

void
hs_pages_end (void)
{
  if (is_on)
    hs_watch_want (HS_WATCH_PAGES, false);
  is_on = false;
}
