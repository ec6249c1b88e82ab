/* hs-timeline-scene-private.h - what the picture of memory over time is made of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene-private.h"
#include "hs-text.h"
#include "hs-timeline-scene.h"

G_BEGIN_DECLS

/* Scene units */
#define HS_TIMELINE_MARGIN     32.
#define HS_TIMELINE_LINE       20. /* of text */
#define HS_TIMELINE_LANE       24.
#define HS_TIMELINE_ROW        24.
#define HS_TIMELINE_BAR        32. /* a bar and the gap below it */
#define HS_TIMELINE_BAR_HEIGHT 20.
#define HS_TIMELINE_SWATCH     24.

#define HS_TIMELINE_LANES_MAX  8 /* of lines of the code; the others share one */
#define HS_TIMELINE_LEGEND_MAX 14

typedef enum
{
  HS_TIMELINE_ITEM_SPAN,   /* @index: of the spans */
  HS_TIMELINE_ITEM_LANE,   /* of the lanes */
  HS_TIMELINE_ITEM_MOMENT, /* of the history */
  HS_TIMELINE_ITEM_PEAK,
  HS_TIMELINE_ITEM_PART, /* moment; @part: HsMemoryKind, HS_N_MEMORIES for the whole bar */
  HS_TIMELINE_ITEM_KIND, /* HsMemoryKind: a row of the table */
  HS_TIMELINE_ITEM_ALL,  /* leads back to the whole run */
} HsTimelineItemKind;

typedef struct
{
  HsTimelineItemKind kind;
  guint              index;
  guint              part;
  HsRect             rect;
} HsTimelineItem;

typedef enum
{
  HS_TIMELINE_INK_TEXT,
  HS_TIMELINE_INK_QUIET,
  HS_TIMELINE_INK_ACCENT, /* on the accent */
} HsTimelineInk;

typedef struct
{
  const HsText *text;
  double        x; /* left */
  double        y; /* middle of the line */
  HsTimelineInk ink;
  guint         has_shield : 1; /* readable over a pattern */
} HsTimelineLabel;

/* One curve with its axis. */
typedef struct
{
  HsRect   rect;   /* width 0: not shown */
  double   low;    /* bytes, at the bottom */
  double   high;   /* at the top */
  gboolean is_cut; /* does not begin at 0 */
  GArray  *ticks;  /* double: y */
} HsTimelinePlot;

typedef struct
{
  guint   line;    /* of the code; 0: none is known */
  guint   n_lines; /* how many: more than one for the others */
  guint64 bytes;   /* allocated in the time that is shown */
  guint64 blocks;
  double  y; /* top */
} HsTimelineLane;

typedef struct
{
  guint  moment;
  double x;
  HsRect flag; /* width 0: without a name */
} HsTimelineMark;

typedef struct
{
  guint  moment;
  gint64 growth[HS_N_MEMORIES];
  gint64 rss;
  double y; /* top of the bar */
} HsTimelineBar;

typedef struct
{
  HsScene           parent;
  HsTimelineOptions options;
  HsTimeline       *timeline;
  HsHistory        *history; /* of the timeline */
  HsTexts          *texts;

  guint64 from_ns; /* that is shown */
  guint64 to_ns;
  double  from; /* the same */
  double  to;   /* more than @from, even if rounded */

  GArray *items;  /* HsTimelineItem */
  GArray *labels; /* HsTimelineLabel */
  GArray *spans;  /* HsTimelineSpan */
  GArray *lanes;  /* HsTimelineLane */
  GArray *marks;  /* HsTimelineMark */
  GArray *flags;  /* HsRect: of those marks that have one */
  GArray *bars;   /* HsTimelineBar */

  HsTimelinePlot live;
  HsTimelinePlot rss;
  GArray        *times;        /* double: x of the ticks of time */
  double         plot_bottom;  /* of the axis of time */
  GHashTable    *lane_by_line; /* line → index + 1 */

  HsRect overview; /* width 0: all is shown */
  HsRect peak;     /* flag; width 0: not in sight */
  double peak_x;
  double peak_y;

  gboolean has_swap;

  HsRect bars_rect;  /* of all bars; width 0: none */
  double zero_x;     /* where they begin */
  double bars_scale; /* scene units per byte */
  double table_y;    /* of the first row; 0: none */
  double table_width;
  guint  table_bar; /* whose numbers the table shows */
  guint  kinds[HS_N_MEMORIES];
  guint  n_kinds; /* rows of the table */
  guint  n_bars_left_out;

  HsLegendEntry legend[HS_TIMELINE_LEGEND_MAX];
  guint         n_legend;
} HsTimelineScene;

static inline double
_hs_timeline_get_x (const HsTimelineScene *self,
                    double                 ns)
{
  return self->live.rect.x + self->live.rect.width * (ns - self->from) / (self->to - self->from);
}

static inline double
_hs_timeline_get_y (const HsTimelinePlot *plot,
                    double                bytes)
{
  double part = (bytes - plot->low) / (plot->high - plot->low);

  return plot->rect.y + plot->rect.height * (1 - CLAMP (part, 0, 1));
}

/* A sample that lasted much longer than the others do: it is not known when in it the line
 * allocated.
 */
static inline gboolean
_hs_timeline_is_long (const HsRecordView *record,
                      guint64             ns)
{
  return record->header.sample_ns > 0 && ns / 4 > record->header.sample_ns;
}

/* hs-timeline-scene.c */
void _hs_timeline_scene_add_item (HsTimelineScene   *self,
                                  HsTimelineItemKind kind,
                                  guint              index,
                                  guint              part,
                                  HsRect             rect);
/* @max_width: negative: no limit. Returns: the width */
double _hs_timeline_scene_add_label (HsTimelineScene *self,
                                     HsTextStyle      style,
                                     HsTimelineInk    ink,
                                     const char      *text,
                                     double           max_width,
                                     double           x,
                                     double           y);
/* Ends at @x. */
void _hs_timeline_scene_add_number (HsTimelineScene *self,
                                    HsTextStyle      style,
                                    const char      *text,
                                    double           x,
                                    double           y);

/* hs-timeline-axis.c */
/* Chooses where the axis of @plot begins and ends, and labels it; @least to @most is to be
 * seen.
 */
void _hs_timeline_scene_add_bytes_axis (HsTimelineScene *self,
                                        HsTimelinePlot  *plot,
                                        double           least,
                                        double           most);
void _hs_timeline_scene_add_time_axis (HsTimelineScene *self,
                                       double           y);

/* While the code stood still at @moment, over the live bytes: FALSE if that is less than a
 * pixel.
 */
gboolean _hs_timeline_scene_get_pause (const HsTimelineScene *self,
                                       guint                  moment,
                                       HsRect                *rect);

/* hs-timeline-place.c */
void _hs_timeline_scene_place (HsTimelineScene *self);

/* hs-timeline-bars.c; returns where they end */
double _hs_timeline_scene_place_bars (HsTimelineScene *self,
                                      double           y);
HsRect _hs_timeline_scene_get_part (const HsTimelineScene *self,
                                    const HsTimelineBar   *bar,
                                    HsMemoryKind           kind);

/* hs-timeline-draw.c */
void _hs_timeline_scene_draw (HsScene       *scene,
                              cairo_t       *cr,
                              const HsRect  *clip,
                              double         scale,
                              const HsTheme *theme);
void _hs_timeline_scene_draw_sample (cairo_t       *cr,
                                     const HsRect  *rect,
                                     const HsTheme *theme,
                                     guint          which);

/* hs-timeline-pattern.c: fills @rect as the kind of memory is drawn everywhere. */
void _hs_timeline_pattern_draw (cairo_t       *cr,
                                const HsRect  *rect,
                                HsMemoryKind   kind,
                                double         scale,
                                const HsTheme *theme);

/* Samples of the legend; those of lines in the order of HsTimelineCurve. */
enum
{
  HS_TIMELINE_SAMPLE_LIVE,
  HS_TIMELINE_SAMPLE_RSS,
  HS_TIMELINE_SAMPLE_ANON,
  HS_TIMELINE_SAMPLE_FILE,
  HS_TIMELINE_SAMPLE_SHMEM,
  HS_TIMELINE_SAMPLE_SWAP,
  HS_TIMELINE_SAMPLE_PEAK,
  HS_TIMELINE_SAMPLE_MOMENT,
  HS_TIMELINE_SAMPLE_SHOWN,
  HS_TIMELINE_SAMPLE_LANE,
  HS_TIMELINE_SAMPLE_MAYBE,
  HS_TIMELINE_SAMPLE_PAUSE,
};

G_END_DECLS
