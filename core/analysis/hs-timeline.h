/* hs-timeline.h - memory over time: what was live, by whom, and what the process holds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-history.h"

G_BEGIN_DECLS

/* Samples that follow each other, put together: the extremes of all of them are kept.
 * Bytes are those that were asked of Python's allocators.
 */
typedef struct
{
  guint64 from_ns; /* since the code began */
  guint64 to_ns;   /* not before @from_ns; may be the same */
  guint   first;   /* sample */
  guint   n;       /* at least 1 */
  guint64 live_begin;
  guint64 live_min;
  guint64 live_max;
  guint64 live_end;
  guint64 allocated_bytes;
  guint64 allocated_blocks;
  /* Each sample is counted to the line of the code's file that allocated last in it, or
   * below it. 0: none, or not known.
   */
  guint   line;       /* with the most bytes */
  guint64 line_bytes; /* of these samples, counted to it */
  guint   n_lines;    /* other lines to which samples are counted */
} HsTimelineSpan;

/* Who held what when the most was live. */
typedef enum
{
  HS_HOLDER_LINE,      /* of the code's file */
  HS_HOLDER_LIBRARIES, /* all lines of other files */
  HS_HOLDER_BASELINE,  /* there before the code began */
  HS_HOLDER_NO_LINE,   /* C code and other threads, or lines are not noted */
  HS_HOLDER_LOST,      /* lines for which there was no room */
  HS_N_HOLDERS
} HsHolderKind;

typedef struct
{
  HsHolderKind kind;
  guint        line;    /* of HS_HOLDER_LINE */
  guint64      at_peak; /* bytes, as requested */
  guint64      total;   /* asked for since the code began */
  guint64      blocks;
  guint64      live; /* at the end */
  guint64      most; /* that was live of it at a time; of LIBRARIES that of one line */
} HsTimelineHolder;

/* Immutable: any thread may read it. */
typedef struct _HsTimeline HsTimeline;

/* Returns: (transfer full). O(lines of the record) */
HsTimeline *hs_timeline_new (HsHistory *history);
void        hs_timeline_free (HsTimeline *self);

HsHistory *hs_timeline_get_history (HsTimeline *self); /* (transfer none) */
/* Whether anything at all was recorded. */
gboolean hs_timeline_is_empty (HsTimeline *self);
/* When the last thing happened, nanoseconds; at least 1. */
guint64 hs_timeline_get_end (HsTimeline *self);

/* The sample during which @ns was; n_samples if it was after the last. The same for the
 * samples of the RSS. O(log n)
 */
guint hs_timeline_find_sample (HsTimeline *self,
                               guint64     ns);
guint hs_timeline_find_rss (HsTimeline *self,
                            guint64     ns);

/* The samples that have a part in @from to @to, in about @n spans: each of about as much
 * time, or one sample that is longer. Never more than 2 * @n + 1. O(samples log samples).
 * Returns: (transfer full): of HsTimelineSpan
 */
GArray *hs_timeline_new_spans (HsTimeline *self,
                               guint64     from,
                               guint64     to,
                               guint       n);

/* The RSS between two times: the least and the most, and the last sample of it. FALSE
 * if there was none yet.
 */
gboolean hs_timeline_get_rss (HsTimeline         *self,
                              guint64             from,
                              guint64             to,
                              guint64            *least,
                              guint64            *most,
                              const HsRecordRss **last);

/* What is known of the lines: those of the code by what they held at the peak, the most
 * first, then the others. (transfer none) */
guint                   hs_timeline_get_n_holders (HsTimeline *self);
const HsTimelineHolder *hs_timeline_get_holder (HsTimeline *self,
                                                guint       i);
/* The name of the function in which @line is, if the record knows one. Returns: (transfer
 * full) (nullable)
 */
char *hs_timeline_dup_function (HsTimeline *self,
                                guint       line);

/* How much more of each HsMemoryKind the process holds at @moment than when the code
 * began; together @rss. FALSE if either is not known.
 */
gboolean hs_timeline_get_growth (HsTimeline *self,
                                 guint       moment,
                                 gint64      growth[HS_N_MEMORIES],
                                 gint64     *rss);

/* Words. All but the last return text that the caller frees. */

char       *hs_timeline_format_growth (gint64 bytes); /* "+1.50 MiB", "−96 B", "0 B" */
char       *hs_timeline_format_growth_exact (gint64 bytes);
const char *hs_memory_kind_get_name (HsMemoryKind kind); /* translated: "objects" */
const char *hs_memory_kind_describe (HsMemoryKind kind); /* translated, a sentence */

char *hs_timeline_name_holder (HsTimeline *self,
                               guint       i); /* "line 12", "libraries" */
char *hs_timeline_describe_holder (HsTimeline *self,
                                   guint       i);
/* "line 12: 3.10 MiB, line 14: 96 KiB, 3 more lines: 1 200 B"; of at most @n lines, without
 * what is hardly anything. @has_others: and what no line of the code holds. NULL if lines
 * are not known.
 */
char *hs_timeline_dup_peak_lines (HsTimeline *self,
                                  guint       n,
                                  gboolean    has_others);
char *hs_timeline_describe_peak (HsTimeline *self);
char *hs_timeline_name_span (HsTimeline           *self,
                             const HsTimelineSpan *span);
char *hs_timeline_describe_span (HsTimeline           *self,
                                 const HsTimelineSpan *span);
char *hs_timeline_describe_moment (HsTimeline *self,
                                   guint       moment);
/* "RSS grew by 3.00 MiB: objects +2.10 MiB, …"; NULL if it is not known. */
char *hs_timeline_dup_growth_sentence (HsTimeline *self,
                                       guint       moment);
/* What was live at the peak and at the end, in lines. */
char *hs_timeline_dup_findings (HsTimeline *self);
/* What was sampled, merged or lost. */
char *hs_timeline_dup_left_out (HsTimeline *self);
/* First what is the same each time that the code runs; then, behind a line of its own,
 * times, samples and what the kernel says.
 */
char *hs_timeline_to_text (HsTimeline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTimeline, hs_timeline_free)

G_END_DECLS
