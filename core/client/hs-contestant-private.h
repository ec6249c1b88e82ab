/* hs-contestant-private.h - one of several programs that are compared
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-run.h"

G_BEGIN_DECLS

/* What is known of it so far. */
typedef struct
{
  char      *name;
  guint      first_line; /* in the file; 0: it is a file of its own */
  guint      last_line;
  HsRunSpec *spec;
  gboolean   is_out; /* a timing pass ended otherwise than the first: no more of them */

  HsRun     *run;         /* the first trace pass */
  HsRun     *counting[2]; /* passes with the counters alone; nullable */
  HsRun     *kept;        /* the one that keeps the result; nullable */
  GChecksum *printed;     /* of the bytes that went to standard output in the first pass */
  guint64    n_printed;
  GArray    *times; /* guint64, nanoseconds, by round */
  GArray    *rss;   /* guint64, bytes: above that of the interpreter, by round */

  HsSameness sameness; /* of the results, once they were compared */
  char      *difference;
} HsContestant;

/* @spec: (transfer full) */
HsContestant *_hs_contestant_new (const char *name,
                                  HsRunSpec  *spec);
void          _hs_contestant_free (HsContestant *self);

/* The first pass is over, and has ended as it should. */
gboolean _hs_contestant_is_ok (HsContestant *self);

/* Lines were watched in the first pass, for marks or mappings: that leaves blocks of its own, so
 * it does not count.
 */
gboolean _hs_contestant_was_watched (HsContestant *self);

/* What the first pass wrote, as it comes. */
void _hs_contestant_take_output (HsContestant *self,
                                 GBytes       *bytes);

/* A timing pass. */
void _hs_contestant_take_time (HsContestant *self,
                               HsRun        *run);

/* What a counting pass says of @metric: not of times and RSS. FALSE if it is not known. */
gboolean _hs_contestant_read_counts (HsRun   *run,
                                     HsMetric metric,
                                     guint64 *value);

/* Bytes that were resident at most, above what was when the first line began; FALSE if that is not
 * known.
 */
gboolean _hs_contestant_read_rss (HsRun   *run,
                                  guint64 *value);

/* What is told of it, against @baseline, which may be itself. Returns: (transfer full) */
HsVariant *_hs_contestant_conclude (HsContestant *self,
                                    HsContestant *baseline);

G_END_DECLS
