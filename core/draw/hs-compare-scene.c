/* hs-compare-scene.c - variants of code side by side, as a scene
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-compare-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-compare-scene-private.h"

/* Keys: what it is, of which variant, and which. */
#define KIND_SHIFT    56
#define VARIANT_SHIFT 24

static void
finalize (HsScene *scene)
{
  HsCompareScene *self = (HsCompareScene *)scene;

  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    {
      g_free (self->objects[i].title);
      g_free (self->objects[i].text);
    }
  g_free (self->objects);
  g_array_unref (self->items);
  g_array_unref (self->labels);
  g_array_unref (self->shapes);
  g_array_unref (self->curves);
  g_array_unref (self->points);
  g_array_unref (self->legend);
  g_string_free (self->notes, TRUE);
  g_clear_pointer (&self->wraps, _hs_wraps_free);
  hs_texts_free (self->texts);
  hs_comparison_unref (self->comparison);
}

static const HsCompareItem *
get_item (HsScene *scene,
          guint    item)
{
  return &g_array_index (((HsCompareScene *)scene)->items, HsCompareItem, item);
}

static void
get_item_rect (HsScene *scene,
               guint    item,
               HsRect  *rect)
{
  *rect = get_item (scene, item)->rect;
}

static guint64
get_item_key (HsScene *scene,
              guint    item)
{
  const HsCompareItem *one = get_item (scene, item);

  return (guint64)one->kind << KIND_SHIFT | (guint64)one->variant << VARIANT_SHIFT | one->index;
}

static guint
get_item_line (HsScene *scene,
               guint    item)
{
  return hs_comparison_get (((HsCompareScene *)scene)->comparison, get_item (scene, item)->variant)
    ->first_line;
}

static char *
to_text (HsScene *scene)
{
  HsCompareScene  *self = (HsCompareScene *)scene;
  g_autofree char *all = hs_comparison_to_text (self->comparison, FALSE);
  GString         *text = g_string_new (all);

  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    if (self->objects[i].title != NULL)
      g_string_append_printf (text, "\n%s: %s\n%s", _hs_compare_get_name (self, i),
                              self->objects[i].title,
                              self->objects[i].text != NULL ? self->objects[i].text : "");
  if (self->notes->len > 0)
    g_string_append_printf (text, "\n%s", self->notes->str);

  return g_string_free (text, FALSE);
}

static char *
dump (HsScene *scene)
{
  HsCompareScene *self = (HsCompareScene *)scene;
  GString        *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d\n", (int)scene->width, (int)scene->height);
  for (guint i = 0; i < self->items->len; i++)
    {
      const HsCompareItem *item = &g_array_index (self->items, HsCompareItem, i);

      g_string_append_printf (text, "item %u %u %u %d,%d %d×%d\n", item->kind, item->variant,
                              item->index, (int)item->rect.x, (int)item->rect.y,
                              (int)item->rect.width, (int)item->rect.height);
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      const HsCompareLabel *label = &g_array_index (self->labels, HsCompareLabel, i);

      g_string_append_printf (text, "text “%s” %d,%d %d\n", label->text->string, (int)label->x,
                              (int)label->y, (int)ceil (label->text->width));
    }
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const HsCompareShape *shape = &g_array_index (self->shapes, HsCompareShape, i);

      g_string_append_printf (text, "shape %u %u %u %d,%d %d×%d\n", shape->kind, shape->variant,
                              shape->what, (int)shape->rect.x, (int)shape->rect.y,
                              (int)shape->rect.width, (int)shape->rect.height);
    }

  return g_string_free (text, FALSE);
}

static const HsSceneClass compare_scene_class = {
  .view = "compare",
  .is_page = TRUE,
  .finalize = finalize,
  .get_item_rect = get_item_rect,
  .get_item_key = get_item_key,
  .get_item_line = get_item_line,
  .name_item = _hs_compare_name_item,
  .describe_item = _hs_compare_describe_item,
  .to_text = to_text,
  .dump = dump,
  .draw = _hs_compare_draw,
  .get_legend = _hs_compare_get_legend,
};

static HsCompareScene *
create (HsHeap                 *heap,
        HsComparison           *comparison,
        const HsCompareOptions *options,
        const char             *language)
{
  HsCompareScene *self = _hs_scene_alloc (&compare_scene_class, sizeof *self, heap, language);

  self->options = *options;
  self->comparison = hs_comparison_ref (comparison);
  self->texts = hs_texts_new (self->parent.language);
  self->wraps = _hs_wraps_new (self->texts);
  self->items = g_array_new (FALSE, FALSE, sizeof (HsCompareItem));
  self->labels = g_array_new (FALSE, FALSE, sizeof (HsCompareLabel));
  self->shapes = g_array_new (FALSE, FALSE, sizeof (HsCompareShape));
  self->curves = g_array_new (FALSE, FALSE, sizeof (HsCompareCurve));
  self->points = g_array_new (FALSE, FALSE, sizeof (HsComparePoint));
  self->legend = g_array_new (FALSE, FALSE, sizeof (HsLegendEntry));
  self->notes = g_string_new (NULL);
  self->objects = g_new0 (HsCompareObject, hs_comparison_get_n (comparison));
  self->y = HS_COMPARE_MARGIN;
  self->right = HS_COMPARE_MARGIN + HS_COMPARE_WIDTH;

  return self;
}

HsScene *
hs_compare_scene_new (HsHeap                 *heap,
                      const HsCompareOptions *options,
                      const char             *language,
                      GCancellable           *cancellable,
                      GError                **error)
{
  HsComparison   *comparison;
  HsCompareScene *self;
  gboolean        is_done;

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->swept < HS_N_METRICS, NULL);

  comparison = hs_heap_get_comparison (heap);
  if (comparison == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("Nothing was compared yet. Write “# %%%% name” before each variant of the "
                     "code and press Compare."));
      return NULL;
    }

  self = create (heap, comparison, options, language);
  _hs_compare_place_cards (self);
  _hs_compare_place_bars (self);
  _hs_compare_place_times (self);
  is_done = !options->has_layouts || _hs_compare_place_layouts (self, cancellable, error);
  _hs_compare_place_sweep (self);
  _hs_compare_init_legend (self);
  self->parent.width = ceil (self->right) + HS_COMPARE_MARGIN;
  self->parent.height = ceil (self->y) + HS_COMPARE_MARGIN;
  g_clear_pointer (&self->wraps, _hs_wraps_free);
  hs_texts_seal (self->texts);
  if (is_done && !g_cancellable_set_error_if_cancelled (cancellable, error))
    return &self->parent;

  hs_scene_unref (&self->parent);

  return NULL;
}
