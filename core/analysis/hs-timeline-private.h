/* hs-timeline-private.h - what the files of the timeline share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-timeline.h"

G_BEGIN_DECLS

struct _HsTimeline
{
  HsHistory          *history; /* owned */
  const HsRecordView *record;  /* of the history */
  guint64             end_ns;
  GArray             *holders;   /* HsTimelineHolder */
  GHashTable         *functions; /* line → text of the record */
};

/* Forged numbers may add up to more than there can be. */
static inline guint64
_hs_timeline_add (guint64 a,
                  guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

G_END_DECLS
