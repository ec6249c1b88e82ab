/* hs-run-private.h - how the runner fills a HsRun
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

/* What the worker left behind, until it is read. */
typedef struct
{
  GBytes *bytes; /* owned; nullable; not checked */
  guint64 record_offset;
  guint64 record_size; /* 0: none */
  guint64 snapshot_offset;
  guint64 snapshot_size; /* 0: none */
} HsRunResult;

/* Set up by one owner, read only from the moment when it is given away. */
struct _HsRun
{
  HsRunSpec *spec;
  HsPython  *python;
  GDateTime *date;
  char      *code_name; /* NULL: follows from the spec */
  gboolean   is_bare;   /* a heap alone: the rest is not known */

  HsStatus status;
  int      exit_code; /* HS_STATUS_EXIT */
  int      signal;    /* HS_STATUS_CRASHED */
  guint    flags;     /* HsDoneFlags */
  guint    line;      /* 0: unknown */
  guint    column;    /* 0: unknown */

  char *exception_type; /* NULL: none. All texts are valid UTF-8. */
  char *exception_message;
  char *traceback;

  char   *output[2]; /* of stdout and stderr; never NULL */
  guint64 output_truncated;

  guint64 wall_ns;
  guint64 cpu_ns;
  guint64 rss_peak; /* bytes */
  guint64 rss_base; /* bytes */

  HsKept  kept;
  GBytes *kept_pickle; /* NULL unless HS_KEPT_PICKLE */
  char   *kept_type;
  char   *kept_preview;
  char   *kept_problem;

  HsRefused refused;
  char     *refused_file; /* NULL: none, or unknown */

  HsRunResult result;
  HsHistory  *history;      /* NULL: there is none */
  HsHeap     *heap;         /* NULL: see @heap_problem */
  char       *heap_problem; /* translated; NULL: follows from the status */
};

/* With HS_STATUS_FAILED and no output. */
HsRun *_hs_run_new (HsRunSpec *spec,
                    HsPython  *python,
                    GDateTime *date);

/* Makes history and heap of its result, which it lets go. Blocks. */
void _hs_run_read_result (HsRun *run);

/* What the exception that ended it was about and what to do, in a translated sentence or two, where
 * Python's own words do not say. Returns: (transfer full) (nullable)
 */
char *_hs_run_dup_hint (HsRun *self);

/* The line of the code's file @file_name in what faulthandler wrote to @errors before a crash;
 * 0: unknown.
 */
guint _hs_crash_find_line (const char *errors,
                           const char *file_name);

/* Why a run that ended so has no heap, translated. */
const char *_hs_run_get_no_heap_reason (HsRun *self);

G_END_DECLS
