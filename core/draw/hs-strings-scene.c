/* hs-strings-scene.c - the texts of a heap laid out, ready to be drawn and pointed at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-strings-scene-private.h"

/* Keys: what it is above, which one below. */
#define KEY_VALUE (G_GUINT64_CONSTANT (1) << 32)
#define KEY_COPY  (G_GUINT64_CONSTANT (2) << 32)
#define KEY_BAND  (G_GUINT64_CONSTANT (3) << 32)

static void
strings_scene_finalize (HsScene *scene)
{
  HsStringsScene *self = (HsStringsScene *)scene;

  g_clear_pointer (&self->page, hs_strings_page_free);
  g_clear_pointer (&self->texts, hs_texts_free);
  g_free (self->placed);
  g_free (self->bands);
  g_free (self->boxes);
  g_free (self->chips);
  g_free (self->items);
}

/* NULL: the item is a band. */
static const HsStringsBox *
get_box (HsStringsScene *self,
         guint           item)
{
  return self->items[item].is_box ? &self->boxes[self->items[item].index] : NULL;
}

/* The band of the item, or in which its box stands. */
static const HsStringsBand *
get_band (HsStringsScene *self,
          guint           item)
{
  guint index = self->items[item].index;

  return &self->bands[self->items[item].is_box ? self->page->copies[index].row : index];
}

static gboolean
is_value (HsStringsScene *self,
          guint           item)
{
  return !self->items[item].is_box &&
         self->bands[self->items[item].index].kind == HS_STRINGS_BAND_VALUE;
}

static void
strings_scene_get_item_rect (HsScene *scene,
                             guint    item,
                             HsRect  *rect)
{
  HsStringsScene      *self = (HsStringsScene *)scene;
  const HsStringsBox  *box = get_box (self, item);
  const HsStringsBand *band = get_band (self, item);
  double               margin = HS_STRINGS_MARGIN / 2;

  if (box != NULL)
    *rect = box->rect;
  else
    *rect = (HsRect) { margin, band->y + 2, scene->width - 2 * margin, band->height - 4 };
}

static guint64
strings_scene_get_item_key (HsScene *scene,
                            guint    item)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  guint           index = self->items[item].index;

  if (self->items[item].is_box)
    return KEY_COPY | self->page->copies[index].object;
  if (is_value (self, item))
    return KEY_VALUE | self->page->rows[index].value;

  return KEY_BAND | self->bands[index].kind;
}

static guint32
strings_scene_get_item_object (HsScene *scene,
                               guint    item)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  guint           index = self->items[item].index;

  if (self->items[item].is_box)
    return self->page->copies[index].object;
  if (is_value (self, item))
    return hs_strings_get (self->page->strings, self->page->rows[index].value)->object;

  return HS_NO_OBJECT;
}

/* The box of @object, or the row of its value if it has none. */
static guint
strings_scene_find_object (HsScene *scene,
                           guint32  object)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  HsStringsPage  *page = self->page;
  guint32         value = hs_strings_find (page->strings, object);

  for (guint i = 0; value != HS_NO_STRING && i < page->n_rows; i++)
    {
      const HsStringsRow *row = &page->rows[i];

      if (row->value != value)
        continue;
      for (guint k = row->first_copy; k < row->first_copy + row->n_copies; k++)
        if (page->copies[k].object == object)
          return self->boxes[k].item;
      return self->bands[i].item;
    }

  return HS_NO_ITEM;
}

/* ---- Pointing ---- */

static gboolean
contains (const HsRect *rect,
          double        x,
          double        y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

guint
_hs_strings_scene_find_band (HsStringsScene *self,
                             double          y)
{
  guint low = 0;
  guint high = self->n_bands;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->bands[middle].y + self->bands[middle].height <= y)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static HsHit
hit_value (HsStringsScene *self,
           guint           index,
           double          x,
           double          y)
{
  const HsStringsRow  *row = &self->page->rows[index];
  const HsStringsBand *band = &self->bands[index];

  if (contains (&band->more, x, y))
    return (HsHit) { HS_HIT_MORE, band->item, HS_NO_ITEM };
  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    {
      const HsStringsBox *box = &self->boxes[i];

      if (contains (&box->rect, x, y))
        return (HsHit) { HS_HIT_ITEM, box->item, HS_NO_ITEM };
      if (contains (&box->more, x, y))
        return (HsHit) { HS_HIT_MORE, box->item, HS_NO_ITEM };
      for (guint k = box->first_chip; k < box->first_chip + box->n_chips; k++)
        if (contains (&self->chips[k].rect, x, y))
          return (HsHit) { HS_HIT_ROW, box->item, k };
    }

  return (HsHit) { HS_HIT_ITEM, band->item, HS_NO_ITEM };
}

static HsHit
strings_scene_hit (HsScene *scene,
                   double   x,
                   double   y)
{
  HsStringsScene      *self = (HsStringsScene *)scene;
  guint                index = _hs_strings_scene_find_band (self, y);
  const HsStringsBand *band = &self->bands[MIN (index, self->n_bands)];

  if (index >= self->n_bands || y < band->y || x < 0 || x >= scene->width ||
      band->item == HS_NO_ITEM)
    return (HsHit) { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };
  if (band->kind == HS_STRINGS_BAND_VALUE)
    return hit_value (self, index, x, y);

  return (HsHit) { HS_HIT_MORE, band->item, HS_NO_ITEM };
}

static guint
strings_scene_follow (HsScene     *scene,
                      const HsHit *hit)
{
  HsStringsScene *self = (HsStringsScene *)scene;

  if (hit->kind != HS_HIT_ROW || hit->part >= self->n_chips)
    return HS_NO_ITEM;

  return self->boxes[self->chips[hit->part].copy].item;
}

static HsHit
strings_scene_get_action (HsScene *scene,
                          guint    item)
{
  HsStringsScene     *self = (HsStringsScene *)scene;
  guint               index = self->items[item].index;
  const HsStringsRow *row;
  gboolean            has_more;

  if (self->items[item].is_box)
    return (HsHit) { self->page->copies[index].n_left_out > 0 ? HS_HIT_MORE : HS_HIT_ITEM, item,
                     HS_NO_ITEM };
  if (!is_value (self, item))
    return (HsHit) { HS_HIT_MORE, item, HS_NO_ITEM };

  row = &self->page->rows[index];
  has_more = row->n_copies_left_out > 0;
  for (guint i = row->first_copy; i < row->first_copy + row->n_copies; i++)
    has_more = has_more || self->page->copies[i].n_left_out > 0;

  return (HsHit) { has_more       ? HS_HIT_MORE
                   : row->is_open ? HS_HIT_FOLD
                                  : HS_HIT_ITEM,
                   item, HS_NO_ITEM };
}

/* Up and down from value to value, or from object to object; right into the
 * objects of a value, left out of them.
 */
static guint
strings_scene_walk (HsScene *scene,
                    guint    item,
                    HsWalk   direction)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  gboolean        is_box;
  guint           step = item;

  if (direction == HS_WALK_LAST)
    for (item = scene->n_items - 1; item > 0 && self->items[item].is_box;)
      item--;
  if (direction == HS_WALK_LAST)
    return item;
  if (item >= scene->n_items || direction == HS_WALK_FIRST)
    return 0;

  is_box = self->items[item].is_box;
  switch (direction)
    {
    case HS_WALK_LEFT:
      return is_box ? get_band (self, item)->item : item;

    case HS_WALK_RIGHT:
      return !is_box && item + 1 < scene->n_items && self->items[item + 1].is_box ? item + 1
                                                                                  : item;

    case HS_WALK_UP:
      while (step > 0)
        if (self->items[--step].is_box == is_box)
          return step;
      return item;

    case HS_WALK_DOWN:
      while (++step < scene->n_items)
        if (self->items[step].is_box == is_box)
          return step;
      return item;

    case HS_WALK_FIRST:
    case HS_WALK_LAST:
      break;
    }

  return item;
}

/* ---- Words ---- */

static char *
dup_band_text (HsStringsScene *self,
               guint           index)
{
  return self->bands[index].kind == HS_STRINGS_BAND_FOLDED
           ? hs_strings_page_dup_folded (self->page)
           : hs_strings_page_dup_left_out (self->page);
}

static char *
strings_scene_name_item (HsScene *scene,
                         guint    item)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  guint           index = self->items[item].index;

  if (self->items[item].is_box)
    return hs_strings_page_name_copy (self->page, index);

  return is_value (self, item) ? hs_strings_page_name_row (self->page, index)
                               : dup_band_text (self, index);
}

static char *
strings_scene_describe_item (HsScene *scene,
                             guint    item)
{
  HsStringsScene *self = (HsStringsScene *)scene;
  guint           index = self->items[item].index;

  if (self->items[item].is_box)
    return hs_strings_page_describe_copy (self->page, index);

  return is_value (self, item) ? hs_strings_page_describe_row (self->page, index)
                               : dup_band_text (self, index);
}

static char *
strings_scene_to_text (HsScene *scene)
{
  return hs_strings_page_to_text (((HsStringsScene *)scene)->page);
}

/* Without the "… " with which it stands in the scene. */
static const char *
skip_dots (const char *text)
{
  return g_str_has_prefix (text, "… ") ? text + strlen ("… ") : text;
}

static char *
strings_scene_dup_left_out (HsScene *scene)
{
  HsStringsPage   *page = ((HsStringsScene *)scene)->page;
  g_autofree char *left_out = hs_strings_page_dup_left_out (page);
  g_autofree char *folded = hs_strings_page_dup_folded (page);

  if (left_out == NULL && folded == NULL)
    return NULL;
  if (left_out != NULL && folded != NULL)
    /* translators: %1$s and %2$s: "900 more values, 901 objects, 5 MiB" */
    return g_strdup_printf (_("Not shown: %1$s; %2$s"), skip_dots (left_out),
                               skip_dots (folded));

  /* translators: %s: "900 more values, 901 objects, 5 MiB" */
  return g_strdup_printf (_("Not shown: %s"), skip_dots (left_out != NULL ? left_out : folded));
}

static gboolean
strings_scene_can_show_more (HsScene *scene)
{
  return ((HsStringsScene *)scene)->page->left_out.n_values > 0;
}

static const HsLegendEntry *
strings_scene_get_legend (HsScene *scene,
                          guint   *n_entries)
{
  HsStringsScene *self = (HsStringsScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

static const HsSceneClass strings_scene_class = {
  .view = "strings",
  .is_page = TRUE,
  .finalize = strings_scene_finalize,
  .get_item_rect = strings_scene_get_item_rect,
  .get_item_key = strings_scene_get_item_key,
  .get_item_object = strings_scene_get_item_object,
  .find_object = strings_scene_find_object,
  .hit = strings_scene_hit,
  .follow = strings_scene_follow,
  .get_action = strings_scene_get_action,
  .walk = strings_scene_walk,
  .name_item = strings_scene_name_item,
  .describe_item = strings_scene_describe_item,
  .to_text = strings_scene_to_text,
  .dup_left_out = strings_scene_dup_left_out,
  .can_show_more = strings_scene_can_show_more,
  .dump = _hs_strings_scene_dump,
  .draw = _hs_strings_scene_draw,
  .draw_mark = _hs_strings_scene_draw_mark,
  .draw_item = _hs_strings_scene_draw_item,
  .draw_between = _hs_strings_scene_draw_between,
  .get_legend = strings_scene_get_legend,
};

/* In reading order: each value, then its objects. */
static void
number_items (HsStringsScene *self)
{
  guint n = 0;

  self->items = g_new0 (HsStringsItem, self->n_bands + self->page->n_copies + 1);
  for (guint i = 0; i < self->n_bands; i++)
    {
      HsStringsBand *band = &self->bands[i];

      band->item = band->kind == HS_STRINGS_BAND_NOTE ? HS_NO_ITEM : n;
      if (band->kind == HS_STRINGS_BAND_NOTE)
        continue;
      self->items[n++] = (HsStringsItem) { i, FALSE };
      if (band->kind != HS_STRINGS_BAND_VALUE)
        continue;
      for (guint k = 0; k < self->page->rows[i].n_copies; k++)
        {
          guint copy = self->page->rows[i].first_copy + k;

          self->boxes[copy].item = n;
          self->items[n++] = (HsStringsItem) { copy, TRUE };
        }
    }
  self->parent.n_items = n;
}

HsScene *
_hs_strings_scene_new (HsStringsPage *page,
                       const char    *language,
                       GCancellable  *cancellable,
                       GError       **error)
{
  HsStringsScene *self = _hs_scene_alloc (&strings_scene_class, sizeof *self,
                                          hs_strings_get_heap (page->strings), language);

  self->page = page;
  self->texts = hs_texts_new (self->parent.language);
  self->bands = g_new0 (HsStringsBand, page->n_rows + 4);
  self->boxes = g_new0 (HsStringsBox, page->n_copies + 1);
  if (!_hs_strings_scene_place (self, cancellable))
    {
      hs_scene_unref (&self->parent);
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  hs_texts_seal (self->texts);
  number_items (self);
  _hs_strings_scene_make_legend (self);

  return &self->parent;
}

HsStringsScene *
_hs_strings_scene_cast (HsScene *scene)
{
  return scene != NULL && scene->klass == &strings_scene_class ? (HsStringsScene *)scene : NULL;
}
