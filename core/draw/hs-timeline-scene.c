/* hs-timeline-scene.c - memory over time, as a scene
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-timeline-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-format.h"
#include "hs-timeline-scene-private.h"

/* Keys: what it is, and which. */
#define KEY_SHIFT 56
#define KEY_MASK  ((G_GUINT64_CONSTANT (1) << KEY_SHIFT) - 1)

/* Activating something shows this part of the time that is seen, round it. */
#define ZOOM_PART      4
#define ZOOM_PEAK_PART 8
#define RANGE_MIN      G_GUINT64_CONSTANT (1000) /* ns */

void
_hs_timeline_scene_add_item (HsTimelineScene   *self,
                             HsTimelineItemKind kind,
                             guint              index,
                             guint              part,
                             HsRect             rect)
{
  HsTimelineItem item = { kind, index, part, rect };

  g_array_append_val (self->items, item);
  self->parent.n_items = self->items->len;
}

double
_hs_timeline_scene_add_label (HsTimelineScene *self,
                              HsTextStyle      style,
                              HsTimelineInk    ink,
                              const char      *text,
                              double           max_width,
                              double           x,
                              double           y)
{
  HsTimelineLabel label = { .x = x, .y = y, .ink = ink };

  label.text = hs_texts_shape (self->texts, style, text, max_width);
  g_array_append_val (self->labels, label);

  return label.text->width;
}

void
_hs_timeline_scene_add_number (HsTimelineScene *self,
                               HsTextStyle      style,
                               const char      *text,
                               double           x,
                               double           y)
{
  const HsText *shaped = hs_texts_shape (self->texts, style, text, -1);

  _hs_timeline_scene_add_label (self, style,
                                style == HS_TEXT_QUIET ? HS_TIMELINE_INK_QUIET
                                                       : HS_TIMELINE_INK_TEXT,
                                text, -1, x - shaped->width, y);
}

gboolean
_hs_timeline_scene_get_pause (const HsTimelineScene *self,
                              guint                  moment,
                              HsRect                *rect)
{
  const HsRecordMoment *row = &hs_history_get_record (self->history)->moments[moment];
  double                from = MAX ((double)row->time_ns, self->from);
  double                to = MIN ((double)row->time_ns + (double)row->pause_ns, self->to);

  *rect = self->live.rect;
  rect->x = _hs_timeline_get_x (self, from);
  rect->width = _hs_timeline_get_x (self, to) - rect->x;

  return rect->width >= 1;
}

static void
clear_plot (HsTimelinePlot *plot)
{
  g_clear_pointer (&plot->ticks, g_array_unref);
}

static void
timeline_scene_finalize (HsScene *scene)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;

  clear_plot (&self->live);
  clear_plot (&self->rss);
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->lanes, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->flags, g_array_unref);
  g_clear_pointer (&self->bars, g_array_unref);
  g_clear_pointer (&self->lane_by_line, g_hash_table_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->timeline, hs_timeline_free);
}

static const HsTimelineItem *
get_item (HsTimelineScene *self,
          guint            item)
{
  return &g_array_index (self->items, HsTimelineItem, item);
}

static const HsTimelineSpan *
get_span (HsTimelineScene      *self,
          const HsTimelineItem *item)
{
  return &g_array_index (self->spans, HsTimelineSpan, item->index);
}

static const HsTimelineLane *
get_lane (HsTimelineScene      *self,
          const HsTimelineItem *item)
{
  return &g_array_index (self->lanes, HsTimelineLane, item->index);
}

/* The row of the line, or HS_NO_ITEM if it holds nothing that is known. */
static guint
find_holder (HsTimelineScene *self,
             guint            line)
{
  for (guint i = 0; line != 0 && i < hs_timeline_get_n_holders (self->timeline); i++)
    {
      const HsTimelineHolder *holder = hs_timeline_get_holder (self->timeline, i);

      if (holder->kind == HS_HOLDER_LINE && holder->line == line)
        return i;
    }

  return HS_NO_ITEM;
}

/* Items */

static void
timeline_scene_get_item_rect (HsScene *scene,
                              guint    item,
                              HsRect  *rect)
{
  *rect = get_item ((HsTimelineScene *)scene, item)->rect;
}

static guint64
timeline_scene_get_item_key (HsScene *scene,
                             guint    i)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsTimelineItem *item = get_item (self, i);
  guint64               key = 0;

  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      key = get_span (self, item)->first;
      break;
    case HS_TIMELINE_ITEM_LANE:
      key = (guint64)(get_lane (self, item)->n_lines > 1) << 32 | get_lane (self, item)->line;
      break;
    case HS_TIMELINE_ITEM_PART:
      key = (guint64)item->part << 32 | item->index;
      break;
    case HS_TIMELINE_ITEM_MOMENT:
    case HS_TIMELINE_ITEM_KIND:
    case HS_TIMELINE_ITEM_PEAK:
    case HS_TIMELINE_ITEM_ALL:
    default:
      key = item->index;
      break;
    }

  return (guint64)item->kind << KEY_SHIFT | (key & KEY_MASK);
}

static guint
timeline_scene_get_item_line (HsScene *scene,
                              guint    i)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsRecordView   *record = hs_history_get_record (self->history);
  const HsTimelineItem *item = get_item (self, i);

  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      return get_span (self, item)->line;
    case HS_TIMELINE_ITEM_LANE:
      return get_lane (self, item)->n_lines == 1 ? get_lane (self, item)->line : 0;
    case HS_TIMELINE_ITEM_MOMENT:
    case HS_TIMELINE_ITEM_PART:
      return record->moments[item->index].line;
    case HS_TIMELINE_ITEM_PEAK:
      return record->header.peak_line;
    case HS_TIMELINE_ITEM_KIND:
    case HS_TIMELINE_ITEM_ALL:
    default:
      return 0;
    }
}

/* The last one that was there by then. */
static guint
find_moment (HsTimelineScene *self,
             guint64          ns)
{
  const HsRecordView *record = hs_history_get_record (self->history);
  guint               found = HS_NO_MOMENT;

  for (guint i = 0; i < record->n_moments && record->moments[i].time_ns <= ns; i++)
    if (record->moments[i].snapshot_size > 0)
      found = i;

  return found;
}

static guint
timeline_scene_get_item_moment (HsScene *scene,
                                guint    i)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsTimelineItem *item = get_item (self, i);

  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      return find_moment (self, get_span (self, item)->to_ns);
    case HS_TIMELINE_ITEM_MOMENT:
    case HS_TIMELINE_ITEM_PART:
      return hs_history_has_heap (self->history, item->index) ? item->index : HS_NO_MOMENT;
    case HS_TIMELINE_ITEM_LANE:
    case HS_TIMELINE_ITEM_PEAK:
    case HS_TIMELINE_ITEM_KIND:
    case HS_TIMELINE_ITEM_ALL:
    default:
      return HS_NO_MOMENT;
    }
}

/* Words */

static char *
name_lane (HsTimelineScene      *self,
           const HsTimelineLane *lane)
{
  g_autofree char *bytes = hs_format_bytes (lane->bytes);
  guint            holder = lane->n_lines == 1 ? find_holder (self, lane->line) : HS_NO_ITEM;
  g_autofree char *name = NULL;

  if (lane->n_lines > 1)
    name = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u other line", "%u other lines", lane->n_lines),
      lane->n_lines);
  else if (lane->line == 0)
    name = g_strdup (_("no line of the code"));
  else if (holder != HS_NO_ITEM)
    name = hs_timeline_name_holder (self->timeline, holder);
  else
    name = g_strdup_printf (_("line %u"), lane->line);

  /* A sample counts for the line at its end.
   * translators: %1$s is “line 12”, %2$s a size
   */
  return g_strdup_printf (_("%1$s, allocated in the time shown: about %2$s"), name, bytes);
}

static char *
name_part (HsTimelineScene      *self,
           const HsTimelineItem *item)
{
  g_autofree char *moment = hs_history_dup_moment_name (self->history, item->index);
  g_autofree char *bytes = NULL;
  gint64           growth[HS_N_MEMORIES] = { 0 };
  gint64           rss = 0;

  hs_timeline_get_growth (self->timeline, item->index, growth, &rss);
  bytes = hs_timeline_format_growth (item->part < HS_N_MEMORIES ? growth[item->part] : rss);

  /* translators: %1$s is a moment, %2$s a kind of memory, %3$s a signed size */
  return g_strdup_printf (_("%1$s: %2$s %3$s"), moment,
                             item->part < HS_N_MEMORIES
                               ? hs_memory_kind_get_name ((HsMemoryKind)item->part)
                               : _("RSS"),
                                    bytes);
}

static char *
name_peak (HsTimelineScene *self)
{
  g_autofree char *bytes =
    hs_format_bytes (hs_history_get_record (self->history)->header.peak_bytes);

  return g_strdup_printf (_("Peak %s"), bytes);
}

static char *
timeline_scene_name_item (HsScene *scene,
                          guint    i)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsTimelineItem *item = get_item (self, i);

  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      return hs_timeline_name_span (self->timeline, get_span (self, item));
    case HS_TIMELINE_ITEM_LANE:
      return name_lane (self, get_lane (self, item));
    case HS_TIMELINE_ITEM_MOMENT:
      return hs_history_dup_moment_name (self->history, item->index);
    case HS_TIMELINE_ITEM_PART:
      return name_part (self, item);
    case HS_TIMELINE_ITEM_KIND:
      return g_strdup (hs_memory_kind_get_name ((HsMemoryKind)item->index));
    case HS_TIMELINE_ITEM_PEAK:
      return name_peak (self);
    case HS_TIMELINE_ITEM_ALL:
    default:
      return g_strdup (_("Whole run"));
    }
}

static char *
describe_lane (HsTimelineScene      *self,
               const HsTimelineLane *lane)
{
  guint            holder = lane->n_lines == 1 ? find_holder (self, lane->line) : HS_NO_ITEM;
  g_autofree char *name = name_lane (self, lane);
  g_autofree char *facts = NULL;

  if (holder == HS_NO_ITEM)
    return g_steal_pointer (&name);

  facts = hs_timeline_describe_holder (self->timeline, holder);

  return g_strconcat (name, "\n", facts, NULL);
}

static char *
describe_kind (HsTimelineScene *self,
               guint            kind)
{
  const HsTimelineBar *bar = &g_array_index (self->bars, HsTimelineBar, self->table_bar);
  g_autofree char     *moment = hs_history_dup_moment_name (self->history, bar->moment);
  g_autofree char     *bytes = hs_timeline_format_growth_exact (bar->growth[kind]);

  /* translators: %1$s is a kind of memory, %2$s a sentence about it, %3$s a moment, %4$s a
   * signed size
   */
  return g_strdup_printf (_("%1$s\n%2$s\n%3$s: %4$s since the beginning"),
                             hs_memory_kind_get_name ((HsMemoryKind)kind),
                             hs_memory_kind_describe ((HsMemoryKind)kind), moment, bytes);
}

static char *
describe_part (HsTimelineScene      *self,
               const HsTimelineItem *item)
{
  g_autofree char *name = name_part (self, item);
  g_autofree char *bytes = NULL;
  gint64           growth[HS_N_MEMORIES] = { 0 };
  gint64           rss = 0;

  if (item->part == HS_N_MEMORIES)
    return hs_timeline_describe_moment (self->timeline, item->index);

  hs_timeline_get_growth (self->timeline, item->index, growth, &rss);
  bytes = hs_timeline_format_growth_exact (growth[item->part]);

  return g_strdup_printf ("%s\n%s\n%s", name, hs_memory_kind_describe ((HsMemoryKind)item->part),
                          bytes);
}

static char *
timeline_scene_describe_item (HsScene *scene,
                              guint    i)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsTimelineItem *item = get_item (self, i);

  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      return hs_timeline_describe_span (self->timeline, get_span (self, item));
    case HS_TIMELINE_ITEM_LANE:
      return describe_lane (self, get_lane (self, item));
    case HS_TIMELINE_ITEM_MOMENT:
      return hs_timeline_describe_moment (self->timeline, item->index);
    case HS_TIMELINE_ITEM_PART:
      return describe_part (self, item);
    case HS_TIMELINE_ITEM_KIND:
      return describe_kind (self, item->index);
    case HS_TIMELINE_ITEM_PEAK:
      return hs_timeline_describe_peak (self->timeline);
    case HS_TIMELINE_ITEM_ALL:
    default:
      return g_strdup (_("Whole run: shows all of it again"));
    }
}

static char *
timeline_scene_to_text (HsScene *scene)
{
  return hs_timeline_to_text (((HsTimelineScene *)scene)->timeline);
}

static char *
timeline_scene_dup_left_out (HsScene *scene)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;
  g_autofree char *facts = hs_timeline_dup_left_out (self->timeline);
  g_autofree char *bars = NULL;

  if (self->n_bars_left_out == 0)
    return g_steal_pointer (&facts);

  bars = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The bars of %u moment are not shown.",
                                       "The bars of %u moments are not shown.",
                                       self->n_bars_left_out),
                          self->n_bars_left_out);

  return facts != NULL ? g_strconcat (facts, " ", bars, NULL) : g_steal_pointer (&bars);
}

static gboolean
timeline_scene_can_show_more (HsScene *scene)
{
  return ((HsTimelineScene *)scene)->n_bars_left_out > 0;
}

static char *
timeline_scene_dump (HsScene *scene)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;
  GString         *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d\n", (int)scene->width, (int)scene->height);
  for (guint i = 0; i < self->items->len; i++)
    {
      const HsTimelineItem *item = get_item (self, i);

      g_string_append_printf (text, "item %d %u %u %d,%d %d×%d\n", item->kind, item->index,
                              item->part, (int)item->rect.x, (int)item->rect.y,
                              (int)ceil (item->rect.width), (int)item->rect.height);
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsTimelineLabel *label = &g_array_index (self->labels, HsTimelineLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }

  return g_string_free (text, FALSE);
}

static const HsLegendEntry *
timeline_scene_get_legend (HsScene *scene,
                           guint   *n_entries)
{
  HsTimelineScene *self = (HsTimelineScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

static const HsSceneClass timeline_scene_class = {
  .view = "timeline",
  .is_page = TRUE,
  .finalize = timeline_scene_finalize,
  .get_item_rect = timeline_scene_get_item_rect,
  .get_item_key = timeline_scene_get_item_key,
  .get_item_line = timeline_scene_get_item_line,
  .get_item_moment = timeline_scene_get_item_moment,
  .name_item = timeline_scene_name_item,
  .describe_item = timeline_scene_describe_item,
  .to_text = timeline_scene_to_text,
  .dup_left_out = timeline_scene_dup_left_out,
  .can_show_more = timeline_scene_can_show_more,
  .dump = timeline_scene_dump,
  .draw = _hs_timeline_scene_draw,
  .get_legend = timeline_scene_get_legend,
};

/* Time */

/* @part of what is shown, round @middle, inside of the run. */
static gboolean
narrow (HsTimelineScene *self,
        guint64          middle,
        guint64          part,
        guint64         *from,
        guint64         *to)
{
  guint64 end = hs_timeline_get_end (self->timeline);
  guint64 length = (self->to_ns - self->from_ns) / part;

  if (length < RANGE_MIN)
    return FALSE;

  *from = middle > length / 2 ? middle - length / 2 : 0;
  *from = MIN (*from, end > length ? end - length : 0);
  *to = *from + length;

  return TRUE;
}

gboolean
hs_timeline_scene_get_range_for (HsScene     *scene,
                                 const HsHit *hit,
                                 guint64     *from,
                                 guint64     *to)
{
  HsTimelineScene      *self = (HsTimelineScene *)scene;
  const HsRecordView   *record;
  const HsTimelineItem *item;

  g_return_val_if_fail (scene->klass == &timeline_scene_class, FALSE);

  if (hit->kind == HS_HIT_NOTHING || hit->item >= scene->n_items)
    return FALSE;

  record = hs_history_get_record (self->history);
  item = get_item (self, hit->item);
  switch (item->kind)
    {
    case HS_TIMELINE_ITEM_SPAN:
      return narrow (self,
                     get_span (self, item)->from_ns +
                       (get_span (self, item)->to_ns - get_span (self, item)->from_ns) / 2,
                     ZOOM_PART, from, to);
    case HS_TIMELINE_ITEM_MOMENT:
      return narrow (self, record->moments[item->index].time_ns, ZOOM_PART, from, to);
    case HS_TIMELINE_ITEM_PEAK:
      return narrow (self, record->header.peak_ns, ZOOM_PEAK_PART, from, to);
    case HS_TIMELINE_ITEM_ALL:
      *from = *to = 0;
      return TRUE;
    case HS_TIMELINE_ITEM_LANE:
    case HS_TIMELINE_ITEM_PART:
    case HS_TIMELINE_ITEM_KIND:
    default:
      return FALSE;
    }
}

static void
set_time (HsTimelineScene *self)
{
  gboolean is_all = self->options.to <= self->options.from;

  self->from_ns = is_all ? 0 : self->options.from;
  self->to_ns = is_all ? hs_timeline_get_end (self->timeline) : self->options.to;
  self->from = (double)self->from_ns;
  /* Two times of forged numbers may be the same once they are rounded. */
  self->to = MAX ((double)self->to_ns, self->from + MAX (1, self->from * 1e-9));
}

static HsTimelineScene *
alloc_scene (HsHeap                  *heap,
             const HsTimelineOptions *options,
             const char              *language)
{
  HsTimelineScene *self = _hs_scene_alloc (&timeline_scene_class, sizeof *self, heap, language);

  self->options = *options;
  self->texts = hs_texts_new (self->parent.language);
  self->items = g_array_new (FALSE, FALSE, sizeof (HsTimelineItem));
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsTimelineLabel));
  self->lanes = g_array_new (FALSE, FALSE, sizeof (HsTimelineLane));
  self->marks = g_array_new (FALSE, FALSE, sizeof (HsTimelineMark));
  self->flags = g_array_new (FALSE, FALSE, sizeof (HsRect));
  self->bars = g_array_new (FALSE, FALSE, sizeof (HsTimelineBar));
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->live.ticks = g_array_new (FALSE, FALSE, sizeof (double));
  self->rss.ticks = g_array_new (FALSE, FALSE, sizeof (double));
  self->lane_by_line = g_hash_table_new (NULL, NULL);

  return self;
}

HsScene *
hs_timeline_scene_new (HsHeap                  *heap,
                       const HsTimelineOptions *options,
                       const char              *language,
                       GCancellable            *cancellable,
                       GError                 **error)
{
  HsHistory *history = hs_heap_get_history (heap);
  g_autoptr(HsTimeline) timeline = history != NULL ? hs_timeline_new (history) : NULL;
  HsTimelineScene *self;

  if (timeline == NULL || hs_timeline_is_empty (timeline))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("Nothing was recorded over time: this is a snapshot by itself, or the run "
                     "was without the trace of memory."));
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self = alloc_scene (heap, options, language);
  self->timeline = g_steal_pointer (&timeline);
  self->history = history;
  set_time (self);
  _hs_timeline_scene_place (self);
  hs_texts_seal (self->texts);

  return &self->parent;
}
