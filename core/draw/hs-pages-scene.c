/* hs-pages-scene.c - the pages of mappings, and what each line did to them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-format.h"
#include "hs-pages-scene-private.h"

/* Keys: what kind of item, and which. */
#define KIND_MAPPING G_GUINT64_CONSTANT (1)
#define KIND_MORE    G_GUINT64_CONSTANT (2)
#define KIND_STEP    G_GUINT64_CONSTANT (3)
#define KIND_PAGE    G_GUINT64_CONSTANT (4)
#define KIND_SHIFT   60
#define PAGE_BITS    32

/* Pages that are shown one by one when a cell of many is opened. */
#define ZOOM_PAGES 4096u

#define MORE_WHOLE 8

static const HsSceneClass pages_scene_class;

/* Items */

static HsPagesColumn *
get_column (HsPagesScene *self,
            guint         item)
{
  return item >= self->first_column && item - self->first_column < self->columns->len
           ? &g_array_index (self->columns, HsPagesColumn, item - self->first_column)
           : NULL;
}

static gboolean
is_more (HsPagesScene *self,
         guint         item)
{
  return self->n_more > 0 && item == self->n_parts;
}

HsPagesPart *
_hs_pages_scene_find_part (HsPagesScene *self,
                           guint         item)
{
  for (guint i = 0; i < self->n_parts; i++)
    if (item >= self->parts[i].first_item &&
        item - self->parts[i].first_item < self->parts[i].cells.n_cells)
      return &self->parts[i];

  return NULL;
}

static void
get_cell_rect (const HsPagesPart *part,
               guint32            cell,
               HsRect            *rect)
{
  *rect = (HsRect) { part->frame.x + part->cell * (cell % part->n_columns),
                     part->frame.y + part->cell * (cell / part->n_columns), part->cell,
                     part->cell };
}

static void
pages_scene_get_item_rect (HsScene *scene,
                           guint    item,
                           HsRect  *rect)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  HsPagesPart  *part = _hs_pages_scene_find_part (self, item);

  if (item < self->n_parts)
    *rect = self->parts[item].header;
  else if (is_more (self, item))
    *rect = self->more;
  else if (part != NULL)
    get_cell_rect (part, item - part->first_item, rect);
  else
    *rect = (HsRect) { self->chart.x + self->column_width * (item - self->first_column),
                       self->chart.y, self->column_width, self->chart.height };
}

static guint64
pages_scene_get_item_key (HsScene *scene,
                          guint    item)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  HsPagesPart  *part = _hs_pages_scene_find_part (self, item);
  guint32       n;

  if (item < self->n_parts)
    return KIND_MAPPING << KIND_SHIFT | self->parts[item].mapping;
  if (is_more (self, item))
    return KIND_MORE << KIND_SHIFT;
  if (part != NULL)
    return KIND_PAGE << KIND_SHIFT | (guint64)part->mapping << PAGE_BITS |
           _hs_pages_part_get_pages (part, item - part->first_item, &n);

  return KIND_STEP << KIND_SHIFT | get_column (self, item)->first_step;
}

/* The cell with @page of @mapping. */
static guint
find_page (HsPagesScene *self,
           guint64       mapping,
           guint32       page)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      const HsPagesPart *part = &self->parts[i];

      if (part->mapping == mapping && page >= part->cells.first_page &&
          page - part->cells.first_page < part->cells.n_pages)
        return part->first_item + ((page - part->cells.first_page) >> part->cells.shift);
    }

  return HS_NO_ITEM;
}

static guint
pages_scene_find_key (HsScene *scene,
                      guint64  key)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  guint64       kind = key >> KIND_SHIFT;
  guint64       which = key & ((G_GUINT64_CONSTANT (1) << KIND_SHIFT) - 1);

  if (kind == KIND_PAGE)
    return find_page (self, which >> PAGE_BITS, (guint32)which);
  if (kind == KIND_MORE)
    return self->n_more > 0 ? self->n_parts : HS_NO_ITEM;
  for (guint i = 0; kind == KIND_MAPPING && i < self->n_parts; i++)
    if (self->parts[i].mapping == which)
      return i;
  for (guint i = 0; kind == KIND_STEP && i < self->columns->len; i++)
    if (g_array_index (self->columns, HsPagesColumn, i).first_step == which)
      return self->first_column + i;

  return HS_NO_ITEM;
}

static guint32
pages_scene_get_item_object (HsScene *scene,
                             guint    item)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  return item < self->n_parts ? hs_page_map_find_object (self->map, self->parent.heap,
                                                         self->parts[item].mapping)
                              : HS_NO_OBJECT;
}

/* Only mappings stand for objects; cells are too many to ask. */
static guint
pages_scene_find_object (HsScene *scene,
                         guint32  object)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  for (guint i = 0; i < self->n_parts; i++)
    if (pages_scene_get_item_object (scene, i) == object)
      return i;

  return HS_NO_ITEM;
}

static const HsPageStep *
get_last_step (HsPagesScene        *self,
               const HsPagesColumn *column)
{
  return hs_page_map_get_step (self->map, column->first_step + column->n_steps - 1);
}

/* Of a page the line that brought it into its state. */
static guint
pages_scene_get_item_line (HsScene *scene,
                           guint    item)
{
  HsPagesScene        *self = (HsPagesScene *)scene;
  const HsRecordView  *record = hs_history_get_record (hs_page_map_get_history (self->map));
  const HsPagesPart   *part = _hs_pages_scene_find_part (self, item);
  const HsPagesColumn *column = get_column (self, item);

  if (item < self->n_parts)
    return record->mappings[self->parts[item].mapping].line;
  if (part != NULL && part->cells.shift == 0)
    {
      guint sample = hs_page_map_find_last_change (
        self->map, part->sample, part->cells.first_page + item - part->first_item);

      return sample != HS_NO_SAMPLE ? record->page_samples[sample].line : 0;
    }

  return column != NULL ? get_last_step (self, column)->line : 0;
}

static guint
pages_scene_get_item_moment (HsScene *scene,
                             guint    item)
{
  HsPagesScene        *self = (HsPagesScene *)scene;
  const HsPagesColumn *column = get_column (self, item);

  return column != NULL ? get_last_step (self, column)->moment : HS_NO_MOMENT;
}

/* Pointing */

static gboolean
contains (const HsRect *rect,
          double        x,
          double        y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static HsHit
pages_scene_hit (HsScene *scene,
                 double   x,
                 double   y)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  HsHit         hit = { HS_HIT_ITEM, HS_NO_ITEM, HS_NO_ITEM };

  if (contains (&self->chart, x, y))
    hit.item = self->first_column + MIN ((guint)((x - self->chart.x) / self->column_width),
                                         self->columns->len - 1);
  else if (self->n_more > 0 && contains (&self->more, x, y))
    hit = (HsHit) { HS_HIT_MORE, self->n_parts, HS_NO_ITEM };
  for (guint i = 0; i < self->n_parts; i++)
    {
      const HsPagesPart *part = &self->parts[i];
      guint64            cell;

      if (contains (&part->header, x, y))
        hit.item = i;
      if (!contains (&part->frame, x, y))
        continue;
      cell = (guint64)((y - part->frame.y) / part->cell) * part->n_columns +
             (guint64)((x - part->frame.x) / part->cell);
      hit.item = cell < part->cells.n_cells ? part->first_item + (guint)cell : i;
    }
  if (hit.item == HS_NO_ITEM)
    hit.kind = HS_HIT_NOTHING;

  return hit;
}

static HsHit
pages_scene_get_action (HsScene *scene,
                        guint    item)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  return (HsHit) { is_more (self, item) ? HS_HIT_MORE : HS_HIT_ITEM, item, HS_NO_ITEM };
}

gboolean
hs_pages_scene_activate (HsScene      *scene,
                         const HsHit  *hit,
                         HsPagesFocus *focus)
{
  HsPagesScene        *self = (HsPagesScene *)scene;
  const HsPagesColumn *column = get_column (self, hit->item);
  const HsPagesPart   *part = _hs_pages_scene_find_part (self, hit->item);

  g_return_val_if_fail (scene->klass == &pages_scene_class, FALSE);

  if (column != NULL)
    {
      guint step = column->first_step + column->n_steps - 1;

      if (step == self->focus.step)
        return FALSE;
      focus->step = step;
    }
  else if (is_more (self, hit->item) && focus->n_whole < G_MAXUINT - MORE_WHOLE)
    focus->n_whole += MORE_WHOLE;
  else if (part != NULL && part->cells.shift > 0)
    {
      guint32 n;
      guint32 page = _hs_pages_part_get_pages (part, hit->item - part->first_item, &n);

      focus->zoomed = part->mapping;
      focus->n_pages = ZOOM_PAGES;
      focus->first_page = page / ZOOM_PAGES * ZOOM_PAGES;
    }
  else if (hit->item < self->n_parts && self->parts[hit->item].mapping == self->focus.zoomed)
    focus->zoomed = HS_PAGES_NO_MAPPING;
  else if (hit->item < self->n_parts && !self->parts[hit->item].is_whole)
    focus->extra = self->parts[hit->item].mapping;
  else
    return FALSE;

  return TRUE;
}

/* Walking */

static guint
walk_cells (HsPagesScene *self,
            HsPagesPart  *part,
            guint         item,
            HsWalk        direction)
{
  guint32 cell = item - part->first_item;
  guint   index = (guint)(part - self->parts);

  if (direction == HS_WALK_LEFT)
    return cell > 0 ? item - 1 : index;
  if (direction == HS_WALK_RIGHT)
    return cell + 1 < part->cells.n_cells ? item + 1 : item;
  if (direction == HS_WALK_UP)
    return cell >= part->n_columns ? item - part->n_columns : index;
  if (cell + part->n_columns < part->cells.n_cells)
    return item + part->n_columns;
  if (index + 1 < self->n_parts)
    return index + 1;

  return self->n_more > 0 ? self->n_parts : item;
}

/* Between mappings, and from a mapping into its cells or up to the chart. */
static guint
walk_parts (HsPagesScene *self,
            guint         item,
            HsWalk        direction)
{
  const HsPagesPart *part = item < self->n_parts ? &self->parts[item] : NULL;
  gboolean           is_down = direction == HS_WALK_DOWN || direction == HS_WALK_RIGHT;

  if (is_down && part != NULL && part->cells.n_cells > 0)
    return part->first_item;
  if (is_down)
    return item + 1 < self->first_column ? item + 1 : item;
  if (item == 0)
    return self->first_column + self->shown_column;
  if (direction == HS_WALK_UP && self->parts[item - 1].cells.n_cells > 0)
    return self->parts[item - 1].first_item + self->parts[item - 1].cells.n_cells - 1;

  return item - 1;
}

static guint
pages_scene_walk (HsScene *scene,
                  guint    item,
                  HsWalk   direction)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  HsPagesPart  *part = _hs_pages_scene_find_part (self, item);

  if (item >= scene->n_items || direction == HS_WALK_FIRST)
    return self->first_column + (item >= scene->n_items ? self->shown_column : 0);
  if (direction == HS_WALK_LAST)
    return scene->n_items - 1;
  if (part != NULL)
    return walk_cells (self, part, item, direction);
  if (get_column (self, item) == NULL)
    return walk_parts (self, item, direction);
  if (direction == HS_WALK_LEFT)
    return MAX (item - 1, self->first_column);
  if (direction == HS_WALK_RIGHT)
    return MIN (item + 1, self->first_column + self->columns->len - 1);

  return direction == HS_WALK_DOWN && self->n_parts > 0 ? 0 : item;
}

/* Words */

static char *
pages_scene_name_item (HsScene *scene,
                       guint    item)
{
  HsPagesScene        *self = (HsPagesScene *)scene;
  const HsPagesColumn *column = get_column (self, item);
  const HsPagesPart   *part = _hs_pages_scene_find_part (self, item);
  g_autofree char     *facts = NULL;

  if (is_more (self, item))
    {
      g_autofree char *count = hs_format_count (self->n_more);

      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%s more mapping", "%s more mappings", self->n_more), count);
    }
  if (column != NULL)
    return hs_page_step_dup_name (get_last_step (self, column),
                                  column->first_step + column->n_steps - 1,
                                  hs_page_map_get_n_steps (self->map));
  if (part != NULL)
    {
      guint32 n;
      guint32 cell = item - part->first_item;
      guint32 first = _hs_pages_part_get_pages (part, cell, &n);

      facts = hs_page_map_describe_pages (self->map, part->mapping, HS_NO_SAMPLE, first, n,
                                          &part->cells.cells[cell]);
      return n > 1 ? g_strdelimit (g_steal_pointer (&facts), "\n", ' ')
                   : g_strndup (facts, strcspn (facts, "\n"));
    }
  facts = self->parts[item].sample != HS_NO_SAMPLE
            ? hs_page_map_dup_sums (self->map, self->parts[item].sample)
            : g_strdup (hs_page_map_get_absence (self->map, self->parts[item].mapping));

  return g_strdup_printf ("%s: %s", self->parts[item].name, facts);
}

static char *
describe_mapping (HsPagesScene      *self,
                  const HsPagesPart *part)
{
  const HsRecordView *record = hs_history_get_record (hs_page_map_get_history (self->map));
  g_autofree char    *path = hs_history_dup_text (hs_page_map_get_history (self->map),
                                                  record->mappings[part->mapping].file);
  g_auto(GStrv) facts = hs_page_map_dup_facts (self->map, part->mapping, part->sample);
  GString *text = g_string_new (part->name);

  if (*path != '\0')
    g_string_append_printf (text, "\n%s", path);
  for (guint i = *path != '\0' ? 1 : 0; facts[i] != NULL; i++)
    g_string_append_printf (text, "\n%s", facts[i]);
  if (part->sample != HS_NO_SAMPLE)
    {
      g_autofree char *sums = hs_page_map_dup_sums (self->map, part->sample);

      g_string_append_printf (text, "\n%s", sums);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_column (HsPagesScene        *self,
                 guint                item,
                 const HsPagesColumn *column)
{
  static const char *const names[HS_N_PAGES_RSS] = { N_("file RSS"), N_("anonymous RSS"),
                                                                          N_("shmem RSS") };
  g_autofree char         *name = pages_scene_name_item (&self->parent, item);
  GString                 *text = g_string_new (name);
  guint                    step = column->first_step + column->n_steps - 1;

  for (guint i = 0; i < self->n_parts; i++)
    {
      guint            sample = hs_page_map_find_sample (self->map, self->parts[i].mapping, step);
      g_autofree char *sums = sample != HS_NO_SAMPLE ? hs_page_map_dup_sums (self->map, sample)
                                                     : NULL;

      if (sums != NULL)
        g_string_append_printf (text, "\n%s: %s", self->parts[i].name, sums);
    }
  for (guint i = 0; i < HS_N_PAGES_RSS; i++)
    {
      g_autofree char *bytes = hs_format_bytes ((guint64)CLAMP (column->rss[i], 0, 1e18));

      if (i != HS_PAGES_RSS_SHMEM || column->rss[i] > 0)
        g_string_append_printf (text, "\n%s: %s", _(names[i]), bytes);
    }

  return g_string_free (text, FALSE);
}

static char *
pages_scene_describe_item (HsScene *scene,
                           guint    item)
{
  HsPagesScene        *self = (HsPagesScene *)scene;
  const HsPagesColumn *column = get_column (self, item);
  const HsPagesPart   *part = _hs_pages_scene_find_part (self, item);
  GString             *text;

  if (is_more (self, item))
    return pages_scene_name_item (scene, item);
  if (column != NULL)
    return describe_column (self, item, column);
  if (part == NULL)
    return describe_mapping (self, &self->parts[item]);

  guint32          n;
  guint32          cell = item - part->first_item;
  guint32          first = _hs_pages_part_get_pages (part, cell, &n);
  g_autofree char *facts = hs_page_map_describe_pages (self->map, part->mapping, part->sample,
                                                       first, n, &part->cells.cells[cell]);

  text = g_string_new (facts);
  if (part->changed[cell] > 0)
    g_string_append_printf (
      text, "\n%s", hs_page_change_get_name ((HsPageChange)(part->changed[cell] - 1)));

  return g_string_free (text, FALSE);
}

/* In mappings and samples: what cells say is all alike. */
static guint
pages_scene_search (HsScene    *scene,
                    const char *text,
                    guint       start,
                    gboolean    backwards)
{
  HsPagesScene    *self = (HsPagesScene *)scene;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *needle = g_utf8_casefold (valid, -1);
  guint            n = self->first_column + self->columns->len;
  guint            item = start < n ? start : (backwards ? 0 : n - 1);

  for (guint i = 0; *needle != '\0' && i < n; i++)
    {
      g_autofree char *facts = NULL;
      g_autofree char *folded = NULL;

      item = (item + (backwards ? n - 1 : 1)) % n;
      facts = pages_scene_describe_item (scene, item);
      folded = g_utf8_casefold (facts, -1);
      if (strstr (folded, needle) != NULL)
        return item;
    }

  return HS_NO_ITEM;
}

static char *
pages_scene_to_text (HsScene *scene)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  return hs_page_map_to_text (self->map, scene->heap, self->focus.step);
}

static char *
pages_scene_dup_left_out (HsScene *scene)
{
  HsPagesScene    *self = (HsPagesScene *)scene;
  g_autofree char *limits = hs_page_map_dup_limits (self->map);
  GString         *text = g_string_new (limits);
  guint            n_folded = self->n_more;

  for (guint i = 0; i < self->n_parts; i++)
    n_folded += self->parts[i].is_whole ? 0 : 1;
  if (n_folded > 0)
    {
      g_autofree char *count = hs_format_count (n_folded);

      /* translators: %s is a number of mappings */
      g_string_append_printf (
        g_string_append (text, text->len > 0 ? " " : ""),
        g_dngettext (GETTEXT_PACKAGE, "The pages of %s more mapping are not shown.",
                     "The pages of %s more mappings are not shown.", n_folded),
        count);
    }

  return g_string_free (text, text->len == 0);
}

static gboolean
pages_scene_can_show_more (HsScene *scene)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  return hs_page_map_get_n_mappings (self->map) > self->focus.n_whole;
}

static char *
pages_scene_dump (HsScene *scene)
{
  HsPagesScene *self = (HsPagesScene *)scene;
  GString      *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d columns %u shown %u\n", (int)scene->width,
                          (int)scene->height, self->columns->len, self->shown_column);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsPagesLabel *label = &g_array_index (self->labels, HsPagesLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }
  for (guint i = 0; i < self->n_parts; i++)
    {
      const HsPagesPart *part = &self->parts[i];

      g_string_append_printf (text, "mapping %u at %d,%d %u × %d cells %u of %u pages\n",
                              part->mapping, (int)part->frame.x, (int)part->frame.y,
                              part->n_columns, (int)part->cell, part->cells.n_cells,
                              1u << part->cells.shift);
    }

  return g_string_free (text, FALSE);
}

/* Legend */

/* Which classes, changes and merged cells the picture has, and in which mapping first. */
static void
find_samples (HsPagesScene      *self,
              const HsPagesPart *part,
              guint             *mappings)
{
  for (guint32 i = 0; i < part->cells.n_cells; i++)
    for (guint j = 0; j < HS_N_PAGE_CLASSES; j++)
      if (part->cells.cells[i].n[j] > 0 && mappings[j] == HS_PAGES_NO_MAPPING)
        mappings[j] = part->mapping;
  for (guint i = 0; part->changes != NULL && i < part->changes->len; i++)
    mappings[HS_N_PAGE_CLASSES + g_array_index (part->changes, HsPageSpan, i).state] =
      part->mapping;
  if (part->cells.shift > 0)
    mappings[HS_PAGES_SAMPLE_ODD] = part->mapping;
  mappings[HS_PAGES_SAMPLE_SHOWN] = self->parts[0].mapping;
}

static void
make_legend (HsPagesScene *self)
{
  guint mappings[HS_N_PAGES_SAMPLES];

  for (guint i = 0; i < HS_N_PAGES_SAMPLES; i++)
    mappings[i] = HS_PAGES_NO_MAPPING;
  for (guint i = 0; i < self->n_parts; i++)
    find_samples (self, &self->parts[i], mappings);
  for (guint i = 0; i < HS_N_PAGES_SAMPLES; i++)
    {
      const char *text;

      if (mappings[i] == HS_PAGES_NO_MAPPING)
        continue;
      if (i < HS_N_PAGE_CLASSES)
        text = hs_page_map_get_class_name (self->map, mappings[i], (HsPageClass)i);
      else if (i < HS_PAGES_SAMPLE_ODD)
        text = hs_page_change_get_name ((HsPageChange)(i - HS_N_PAGE_CLASSES));
      else
        text = i == HS_PAGES_SAMPLE_ODD ? _("several pages: most of them, any other in the corner")
                                        : _("the sample that is shown");
      self->legend[self->n_legend++] = (HsLegendEntry) { _hs_pages_draw_sample, i, text };
    }
}

static const HsLegendEntry *
pages_scene_get_legend (HsScene *scene,
                        guint   *n_entries)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

/* The scene */

static void
pages_scene_finalize (HsScene *scene)
{
  HsPagesScene *self = (HsPagesScene *)scene;

  for (guint i = 0; i < self->n_parts; i++)
    {
      HsPagesPart *part = &self->parts[i];

      hs_page_cells_clear (&part->cells);
      g_clear_pointer (&part->spans, g_array_unref);
      g_clear_pointer (&part->changes, g_array_unref);
      g_free (part->changed);
      g_free (part->name);
    }
  g_free (self->parts);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_clear_pointer (&self->map, hs_page_map_unref);
}

static const HsSceneClass pages_scene_class = {
  .view = "pages",
  .is_page = TRUE,
  .finalize = pages_scene_finalize,
  .get_item_rect = pages_scene_get_item_rect,
  .get_item_key = pages_scene_get_item_key,
  .get_item_object = pages_scene_get_item_object,
  .get_item_line = pages_scene_get_item_line,
  .get_item_moment = pages_scene_get_item_moment,
  .find_key = pages_scene_find_key,
  .find_object = pages_scene_find_object,
  .hit = pages_scene_hit,
  .get_action = pages_scene_get_action,
  .walk = pages_scene_walk,
  .search = pages_scene_search,
  .name_item = pages_scene_name_item,
  .describe_item = pages_scene_describe_item,
  .to_text = pages_scene_to_text,
  .dup_left_out = pages_scene_dup_left_out,
  .can_show_more = pages_scene_can_show_more,
  .dump = pages_scene_dump,
  .draw = _hs_pages_scene_draw,
  .get_legend = pages_scene_get_legend,
};

/* That of the scene before, if it is of the same run. */
static HsPageMap *
get_map (HsHeap       *heap,
         HsScene      *before,
         GCancellable *cancellable,
         GError      **error)
{
  HsHistory *history = hs_heap_get_history (heap);

  if (before != NULL && before->klass == &pages_scene_class &&
      hs_page_map_get_history (((HsPagesScene *)before)->map) == history)
    return hs_page_map_ref (((HsPagesScene *)before)->map);

  return hs_page_map_new (history, cancellable, error);
}

HsScene *
hs_pages_scene_new (HsHeap             *heap,
                    const HsPagesFocus *focus,
                    HsScene            *before,
                    const char         *language,
                    GCancellable       *cancellable,
                    GError            **error)
{
  HsPageMap    *map = get_map (heap, before, cancellable, error);
  HsPagesScene *self;

  if (map == NULL)
    return NULL;

  self = _hs_scene_alloc (&pages_scene_class, sizeof *self, heap, language);
  self->map = map;
  self->focus = *focus;
  if (self->focus.step >= hs_page_map_get_n_steps (map))
    self->focus.step =
      hs_page_map_choose_step (hs_page_map_get_history (map), hs_heap_get_moment (heap));
  self->texts = hs_texts_new (self->parent.language);
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsPagesLabel));
  self->columns = g_array_new (FALSE, FALSE, sizeof (HsPagesColumn));
  if (!_hs_pages_scene_place (self, cancellable))
    {
      hs_scene_unref (&self->parent);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
      return NULL;
    }
  make_legend (self);
  hs_texts_seal (self->texts);

  return &self->parent;
}
