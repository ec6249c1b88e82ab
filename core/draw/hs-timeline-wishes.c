/* hs-timeline-wishes.c - what a person asked of the view of memory over time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-timeline-scene.h"
#include "hs-wishes-private.h"

#define N_BARS_FIRST 6
#define MORE_BARS    4  /* times as many */
#define PEAK_PART    16 /* of the run, on each side of the peak */

enum
{
  OPTION_RANGE,
  OPTION_RSS,
  OPTION_SCALE,
  N_TIMELINE_OPTIONS
};

/* Choices of OPTION_RANGE. */
enum
{
  RANGE_WHOLE,
  RANGE_PEAK,
  RANGE_MOMENT,
};

typedef struct
{
  HsWishes parent;
  guint    n_bars;
  /* What was zoomed into by hand, while OPTION_RANGE is @zoomed_at. */
  gboolean is_zoomed;
  guint    zoomed_at;
  guint64  from;
  guint64  to; /* not after @from: the whole run */
} HsTimelineWishes;

static void
timeline_wishes_init (HsWishes *wishes)
{
  ((HsTimelineWishes *)wishes)->n_bars = N_BARS_FIRST;
}

static gboolean
timeline_wishes_show_more (HsWishes *wishes)
{
  HsTimelineWishes *self = (HsTimelineWishes *)wishes;

  if (self->n_bars > G_MAXUINT / MORE_BARS)
    return FALSE;

  self->n_bars *= MORE_BARS;

  return TRUE;
}

static gboolean
timeline_wishes_activate (HsWishes    *wishes,
                          HsScene     *scene,
                          const HsHit *hit)
{
  HsTimelineWishes *self = (HsTimelineWishes *)wishes;

  if (!hs_timeline_scene_get_range_for (scene, hit, &self->from, &self->to))
    return FALSE;

  self->is_zoomed = TRUE;
  self->zoomed_at = wishes->choices[OPTION_RANGE];

  return TRUE;
}

/* From the moment before to the one that is shown. */
static void
find_moment_range (HsHeap  *heap,
                   guint64 *from,
                   guint64 *to)
{
  HsHistory          *history = hs_heap_get_history (heap);
  const HsRecordView *record = hs_history_get_record (history);
  guint               moment = hs_heap_get_moment (heap);

  if (moment == HS_NO_MOMENT)
    moment = hs_history_get_last (history);
  if (moment == HS_NO_MOMENT || moment == 0)
    return;

  *from = record->moments[moment - 1].time_ns;
  *to = record->moments[moment].time_ns;
}

static void
find_peak_range (HsHeap  *heap,
                 guint64 *from,
                 guint64 *to)
{
  const HsRecordView *record = hs_history_get_record (hs_heap_get_history (heap));
  g_autoptr(HsTimeline) timeline = hs_timeline_new (hs_heap_get_history (heap));
  guint64 end = hs_timeline_get_end (timeline);
  guint64 side = MAX (end / PEAK_PART, 1);
  guint64 peak = MIN (record->header.peak_ns, end);

  *from = peak > side ? peak - side : 0;
  *to = end - peak > side ? peak + side : end;
}

static void
find_range (const HsTimelineWishes *self,
            HsHeap                 *heap,
            guint64                *from,
            guint64                *to)
{
  guint choice = self->parent.choices[OPTION_RANGE];

  *from = *to = 0;
  if (self->is_zoomed && self->zoomed_at == choice)
    {
      *from = self->from;
      *to = self->to;
    }
  else if (hs_heap_get_history (heap) == NULL)
    return;
  else if (choice == RANGE_PEAK)
    find_peak_range (heap, from, to);
  else if (choice == RANGE_MOMENT)
    find_moment_range (heap, from, to);
}

static HsScene *
timeline_wishes_build (const HsWishes *wishes,
                       HsHeap         *heap,
                       const char     *language,
                       GCancellable   *cancellable,
                       GError        **error)
{
  const HsTimelineWishes *self = (const HsTimelineWishes *)wishes;
  HsTimelineOptions       wanted = {
          .rss = (HsTimelineRss)wishes->choices[OPTION_RSS],
          .scale = (HsTimelineScale)wishes->choices[OPTION_SCALE],
          .n_bars = self->n_bars,
  };

  find_range (self, heap, &wanted.from, &wanted.to);

  return hs_timeline_scene_new (heap, &wanted, language, cancellable, error);
}

/* clang-format off */
static const char *const range_ids[] = { "whole", "peak", "moment", NULL };
static const char *const range_labels[] = {
  N_("Whole Run"), N_("Around the Peak"), N_("Up to This Moment"), NULL
};

/* In the order of HsTimelineRss. */
static const char *const rss_ids[] = { "on", "split", "off", NULL };
static const char *const rss_labels[] = { N_("RSS"), N_("RSS by Kind"), N_("No RSS"), NULL };

/* In the order of HsTimelineScale. */
static const char *const scale_ids[] = { "fit", "zero", "same", NULL };
static const char *const scale_labels[] = {
  N_("Fitting"), N_("From 0"), N_("The Same"), NULL
};

static const HsOption options[N_TIMELINE_OPTIONS] = {
  [OPTION_RANGE] = {
    .id = "range",
    .label = N_("Time"),
    .tooltip = N_("Which part of the run is shown"),
    .choices = range_ids,
    .labels = range_labels,
  },
  [OPTION_RSS] = {
    .id = "rss",
    .label = N_("Resident Memory"),
    .tooltip = N_("The memory of the whole process, as the kernel counts it"),
    .choices = rss_ids,
    .labels = rss_labels,
  },
  [OPTION_SCALE] = {
    .id = "scale",
    .label = N_("Scales"),
    .tooltip = N_("Where the axes of bytes begin, and whether both curves have the same"),
    .choices = scale_ids,
    .labels = scale_labels,
  },
};

const HsView _hs_timeline_view = {
  .name = "timeline",
  .title = N_("Timeline"),
  .description = N_("Memory over time, the lines that allocated it, and what the process holds"),
  .icon = "heapscape-timeline-symbolic",
  .options = options,
  .n_options = N_TIMELINE_OPTIONS,
  .wishes_size = sizeof (HsTimelineWishes),
  .is_of_history = TRUE,
  .init = timeline_wishes_init,
  .activate = timeline_wishes_activate,
  .show_more = timeline_wishes_show_more,
  .build = timeline_wishes_build,
};
/* clang-format on */
