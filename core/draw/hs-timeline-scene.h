/* hs-timeline-scene.h - memory over time, drawn
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"
#include "hs-timeline.h"

G_BEGIN_DECLS

typedef enum
{
  HS_TIMELINE_RSS_ON,
  HS_TIMELINE_RSS_SPLIT, /* anonymous, of files and shared apart */
  HS_TIMELINE_RSS_OFF,
} HsTimelineRss;

typedef enum
{
  HS_TIMELINE_SCALE_FIT,  /* each axis begins where its curve does */
  HS_TIMELINE_SCALE_ZERO, /* each begins at 0 */
  HS_TIMELINE_SCALE_SAME, /* both begin at 0 and end at the same size */
} HsTimelineScale;

typedef struct
{
  HsTimelineRss   rss;
  HsTimelineScale scale;
  guint64         from; /* nanoseconds since the code began */
  guint64         to;   /* not after @from: all of it */
  guint           n_bars;
} HsTimelineOptions;

/* A chart of what was live, one of the RSS, the lines that allocated under them, and
 * for each moment a bar of what the RSS growth consists of. Items are stretches of
 * time, moments, the peak, lines and parts of bars. @language: as in
 * hs_wishes_build(). Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_CANCELLED, or G_IO_ERROR_NOT_FOUND if nothing was recorded.
 */
HsScene *hs_timeline_scene_new (HsHeap                  *heap,
                                const HsTimelineOptions *options,
                                const char              *language,
                                GCancellable            *cancellable,
                                GError                 **error);

/* The time to look at when the item of @hit is activated. FALSE if it has none. */
gboolean hs_timeline_scene_get_range_for (HsScene     *scene,
                                          const HsHit *hit,
                                          guint64     *from,
                                          guint64     *to);

G_END_DECLS
