/* hs-treemap-scene.c - what keeps how many bytes alive, as area
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-treemap-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-scene-private.h"
#include "hs-treemap-scene-private.h"

#define MARGIN     32.
#define MAP_WIDTH  1216.
#define MAP_HEIGHT 720.

/* A tile is opened down to this level, from this size on, as long as there are not so
 * many.
 */
#define LEVELS_MAX  3
#define OPEN_WIDTH  96.
#define OPEN_HEIGHT 64.
#define BOXES_MAX   1500

/* Words need so much. */
#define WORDS_WIDTH  36.
#define WORDS_HEIGHT 20.

/* Of a long way the first and the last steps are shown. */
#define STEPS_FIRST 2
#define STEPS_LAST  4
#define STEP_GAP    12.

static HsTreemapBox *
get_box (HsTreemapScene *self,
         guint           i)
{
  return &g_array_index (self->boxes, HsTreemapBox, i);
}

/* Texts of a tile, as far as there is room. */
static void
add_words (HsTreemapScene *self,
           HsTreemapBox   *box)
{
  double           room = box->rect.width - 2 * HS_TREEMAP_PADDING;
  g_autofree char *bytes = hs_format_bytes (box->tile.bytes);
  g_autofree char *least = g_strconcat ("≥ ", bytes, NULL);
  const HsText    *text;
  const char      *title = *box->tile.title != '\0' ? box->tile.title : box->tile.type;

  if (room < WORDS_WIDTH || box->rect.height < WORDS_HEIGHT)
    return;

  box->has_sign = box->tile.kind != HS_TILE_REST && box->tile.kind != HS_TILE_SELF &&
                  room > 2 * WORDS_WIDTH;
  if (box->has_sign)
    room -= HS_SIGN_SIZE + HS_TREEMAP_PADDING;
  text = hs_texts_shape (self->texts, HS_TEXT_NUMBER, box->tile.is_least ? least : bytes, -1);
  box->title =
    hs_texts_shape (self->texts, box->is_open ? HS_TEXT_TITLE : HS_TEXT_LABEL, title, -1);
  if (box->title->width + 2 * HS_TREEMAP_PADDING + text->width <= room)
    {
      box->bytes = text;
      return;
    }
  if (box->title->width > room)
    box->title = hs_texts_shape (self->texts, HS_TEXT_LABEL, title, room);
  if (!box->is_open && box->rect.height >= 2 * WORDS_HEIGHT &&
      text->width <= box->rect.width - 2 * HS_TREEMAP_PADDING)
    {
      box->bytes = text;
      box->is_below = TRUE;
    }
}

static gboolean
can_open (HsTreemapScene     *self,
          const HsTreemapBox *box)
{
  return box->tile.kind == HS_TILE_OBJECT && box->tile.has_tiles && box->level + 1 < LEVELS_MAX &&
         box->rect.width >= OPEN_WIDTH && box->rect.height >= OPEN_HEIGHT &&
         self->boxes->len < BOXES_MAX;
}

/* The tiles of @object in @rect. FALSE if cancelled. */
static gboolean
place_level (HsTreemapScene *self,
             guint32         object,
             const HsRect   *rect,
             guint           level,
             guint           parent,
             GCancellable   *cancellable)
{
  GArray            *tiles = hs_treemap_get_tiles (self->parent.heap, object);
  g_autofree double *weights = g_new (double, tiles->len + 1);
  g_autofree HsRect *rects = g_new (HsRect, tiles->len + 1);

  g_ptr_array_add (self->levels, tiles);
  for (guint i = 0; i < tiles->len; i++)
    weights[i] = (double)g_array_index (tiles, HsTreemapTile, i).bytes;
  _hs_treemap_squarify (weights, tiles->len, rect, rects);

  for (guint i = 0; i < tiles->len; i++)
    {
      guint        index = self->boxes->len;
      HsTreemapBox box = { .rect = rects[i],
                           .tile = g_array_index (tiles, HsTreemapTile, i),
                           .level = level,
                           .parent = parent };
      HsRect       inner;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;

      box.is_open = can_open (self, &box);
      add_words (self, &box);
      g_array_append_val (self->boxes, box);
      if (!box.is_open)
        continue;

      inner = (HsRect) { box.rect.x + HS_TREEMAP_PADDING, box.rect.y + HS_TREEMAP_TITLE,
                         box.rect.width - 2 * HS_TREEMAP_PADDING,
                         box.rect.height - HS_TREEMAP_TITLE - HS_TREEMAP_PADDING };
      if (!place_level (self, box.tile.object, &inner, level + 1, index, cancellable))
        return FALSE;
    }

  return TRUE;
}

static void
add_step (HsTreemapScene *self,
          guint32         object,
          const char     *title,
          double         *x)
{
  HsTreemapStep    step = { .object = object };
  g_autofree char *text =
    self->steps->len > 0 ? g_strconcat ("› ", title, NULL) : g_strdup (title);

  step.text = hs_texts_shape (self->texts, HS_TEXT_LABEL, text, 240);
  step.rect = (HsRect) { *x, MARGIN, step.text->width, HS_TREEMAP_TITLE };
  *x += step.text->width + STEP_GAP;
  g_array_append_val (self->steps, step);
}

static void
add_way (HsTreemapScene *self)
{
  g_autoptr(GArray) way = hs_treemap_get_way (self->parent.heap, self->root);
  double x = MARGIN;

  add_step (self, HS_NO_OBJECT, _("Whole heap"), &x);
  for (guint i = 0; i < way->len; i++)
    {
      guint32          object = g_array_index (way, guint32, i);
      g_autofree char *title = NULL;

      /* What is left out is reached step by step. */
      if (i >= STEPS_FIRST && i + STEPS_LAST < way->len)
        continue;
      title = hs_treemap_dup_title (self->parent.heap, object);
      add_step (self, object, title, &x);
    }
}

static void
add_sum (HsTreemapScene *self,
         gboolean        is_least)
{
  g_autofree char *bytes = hs_format_bytes (self->whole);
  g_autofree char *text =
    /* translators: %s is a size; what an object keeps alive, or all objects */
    is_least ? g_strdup_printf (_("at least %s"), bytes) : g_strdup (bytes);

  self->sum = hs_texts_shape (self->texts, HS_TEXT_NUMBER, text, -1);
}

static gboolean
place (HsTreemapScene *self,
       GCancellable   *cancellable)
{
  gboolean is_least = FALSE;
  GArray  *top;

  self->map = (HsRect) { MARGIN, MARGIN + HS_TREEMAP_TITLE + 8, MAP_WIDTH, MAP_HEIGHT };
  if (!place_level (self, self->root, &self->map, 0, HS_NO_ITEM, cancellable))
    return FALSE;

  top = g_ptr_array_index (self->levels, 0);
  for (guint i = 0; i < top->len; i++)
    {
      const HsTreemapTile *tile = &g_array_index (top, HsTreemapTile, i);

      self->whole += MIN (tile->bytes, G_MAXUINT64 - 1 - self->whole);
      is_least |= tile->is_least;
    }
  add_way (self);
  add_sum (self, is_least);
  self->parent.width = MAP_WIDTH + 2 * MARGIN;
  self->parent.height = self->map.y + MAP_HEIGHT + MARGIN;
  for (guint i = 0; i < self->steps->len; i++)
    {
      const HsRect *rect = &g_array_index (self->steps, HsTreemapStep, i).rect;

      self->parent.width = MAX (self->parent.width, rect->x + rect->width + MARGIN);
    }

  return TRUE;
}

/* The view */

static void
treemap_scene_finalize (HsScene *scene)
{
  HsTreemapScene *self = (HsTreemapScene *)scene;

  g_clear_pointer (&self->boxes, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->texts, hs_texts_free);
}

/* NULL if @item is a tile. */
static const HsTreemapStep *
get_step (HsTreemapScene *self,
          guint           item)
{
  return item >= self->boxes->len
           ? &g_array_index (self->steps, HsTreemapStep, item - self->boxes->len)
           : NULL;
}

static void
treemap_scene_get_item_rect (HsScene *scene,
                             guint    item,
                             HsRect  *rect)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step = get_step (self, item);

  *rect = step != NULL ? step->rect : get_box (self, item)->rect;
}

/* The object, and which of the tiles that stand for it. */
static guint64
treemap_scene_get_item_key (HsScene *scene,
                            guint    item)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step = get_step (self, item);
  const HsTreemapBox  *box;
  guint64              object;

  if (step != NULL)
    return (guint64)step->object << 8 | 0x80;

  box = get_box (self, item);
  object = box->tile.object;
  if (box->tile.kind == HS_TILE_REST)
    object = box->parent != HS_NO_ITEM ? get_box (self, box->parent)->tile.object : self->root;

  return object << 8 | (guint64)box->tile.kind;
}

static guint32
treemap_scene_get_item_object (HsScene *scene,
                               guint    item)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step = get_step (self, item);

  return step != NULL ? step->object : get_box (self, item)->tile.object;
}

/* The innermost tile that stands for it, or for what keeps it alive. */
static guint
treemap_scene_find_object (HsScene *scene,
                           guint32  object)
{
  HsTreemapScene     *self = (HsTreemapScene *)scene;
  const HsDominators *dominators = hs_heap_get_dominators (scene->heap);
  guint               best = HS_NO_ITEM;

  if (object >= hs_heap_get_view (scene->heap)->n_objects)
    return HS_NO_ITEM;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const HsTreemapTile *tile = &get_box (self, i)->tile;

      if (tile->kind == HS_TILE_OBJECT && tile->object == object)
        return i;
      if (tile->object == object ||
          (tile->kind == HS_TILE_OBJECT &&
           hs_dominators_dominates (dominators, tile->object, object)))
        best = i;
    }
  for (guint i = 0; best == HS_NO_ITEM && i < self->steps->len; i++)
    if (g_array_index (self->steps, HsTreemapStep, i).object == object)
      best = self->boxes->len + i;

  return best;
}

static HsHit
treemap_scene_hit (HsScene *scene,
                   double   x,
                   double   y)
{
  for (guint i = scene->n_items; i-- > 0;)
    {
      HsRect rect;

      treemap_scene_get_item_rect (scene, i, &rect);
      if (x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height)
        return (HsHit) { HS_HIT_ITEM, i, HS_NO_ITEM };
    }

  return (HsHit) { HS_HIT_NOTHING, HS_NO_ITEM, HS_NO_ITEM };
}

static char *
treemap_scene_name_item (HsScene *scene,
                         guint    item)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step = get_step (self, item);

  return step != NULL ? g_strdup (step->text->string)
                      : hs_treemap_tile_name (&get_box (self, item)->tile, self->whole);
}

static char *
treemap_scene_describe_item (HsScene *scene,
                             guint    item)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step = get_step (self, item);

  if (step != NULL)
    /* translators: %s is an object; for a step of the way to what a treemap shows */
    return g_strdup_printf (_("%s\nActivate to see all that it keeps alive"), step->text->string);

  return hs_treemap_tile_describe (scene->heap, &get_box (self, item)->tile, self->whole);
}

static char *
treemap_scene_to_text (HsScene *scene)
{
  return hs_treemap_to_text (scene->heap, ((HsTreemapScene *)scene)->root);
}

static char *
treemap_scene_dump (HsScene *scene)
{
  HsTreemapScene *self = (HsTreemapScene *)scene;
  GString        *text = g_string_new (NULL);

  g_string_append_printf (text, "scene %d,%d\n", (int)scene->width, (int)scene->height);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const HsTreemapBox *box = get_box (self, i);

      g_string_append_printf (text, "%*stile “%s” %" G_GUINT64_FORMAT " %.0f,%.0f %.0f,%.0f\n",
                              (int)(2 * box->level), "", box->tile.title, box->tile.bytes,
                              box->rect.x, box->rect.y, box->rect.width, box->rect.height);
    }
  for (guint i = 0; i < self->steps->len; i++)
    g_string_append_printf (text, "step “%s”\n",
                            g_array_index (self->steps, HsTreemapStep, i).text->string);

  return g_string_free (text, FALSE);
}

static const char *
get_family_word (HsFamily family)
{
  /* clang-format off */
  static const char *const words[HS_N_FAMILIES] = {
    [HS_FAMILY_OTHER] = N_("other object"),
    [HS_FAMILY_CONTAINER] = N_("container"),
    [HS_FAMILY_TEXT] = N_("text"),
    [HS_FAMILY_NUMBER] = N_("number, None"),
    [HS_FAMILY_CALLABLE] = N_("function, generator, code"),
    [HS_FAMILY_CLASS] = N_("class"),
    [HS_FAMILY_INSTANCE] = N_("instance"),
    [HS_FAMILY_MODULE] = N_("module"),
    [HS_FAMILY_BUFFER] = N_("bytes, buffer"),
  };
  /* clang-format on */

  return _(words[family]);
}

/* Of what the map has. */
static void
make_legend (HsTreemapScene *self)
{
  gboolean has_family[HS_N_FAMILIES] = { FALSE };
  gboolean has_group = FALSE;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const HsTreemapTile *tile = &get_box (self, i)->tile;

      if (tile->kind != HS_TILE_REST)
        has_family[tile->family] = TRUE;
      has_group |= tile->kind == HS_TILE_GROUP;
    }
  for (guint i = 0; i < HS_N_FAMILIES; i++)
    if (has_family[i])
      self->legend[self->n_legend++] = (HsLegendEntry) {
        _hs_treemap_scene_draw_sample, i, get_family_word ((HsFamily)i)
      };
  if (has_group)
    self->legend[self->n_legend++] = (HsLegendEntry) {
      _hs_treemap_scene_draw_sample, HS_N_FAMILIES, _("several objects of one type")
      };
}

static const HsLegendEntry *
treemap_scene_get_legend (HsScene *scene,
                          guint   *n_entries)
{
  HsTreemapScene *self = (HsTreemapScene *)scene;

  *n_entries = self->n_legend;

  return self->legend;
}

static const HsSceneClass treemap_scene_class = {
  .view = "heap",
  .finalize = treemap_scene_finalize,
  .get_item_rect = treemap_scene_get_item_rect,
  .get_item_key = treemap_scene_get_item_key,
  .get_item_object = treemap_scene_get_item_object,
  .find_object = treemap_scene_find_object,
  .hit = treemap_scene_hit,
  .name_item = treemap_scene_name_item,
  .describe_item = treemap_scene_describe_item,
  .to_text = treemap_scene_to_text,
  .dump = treemap_scene_dump,
  .draw = _hs_treemap_scene_draw,
  .get_legend = treemap_scene_get_legend,
};

HsScene *
hs_treemap_scene_new (HsHeap       *heap,
                      guint32       root,
                      const char   *language,
                      GCancellable *cancellable,
                      GError      **error)
{
  HsTreemapScene *self;

  if (!hs_heap_prepare_dominators (heap, cancellable, error))
    return NULL;

  self = _hs_scene_alloc (&treemap_scene_class, sizeof *self, heap, language);
  self->root = root < hs_heap_get_view (heap)->n_objects ? root : HS_NO_OBJECT;
  self->texts = hs_texts_new (self->parent.language);
  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->boxes = g_array_new (FALSE, FALSE, sizeof (HsTreemapBox));
  self->steps = g_array_new (FALSE, FALSE, sizeof (HsTreemapStep));
  if (!place (self, cancellable))
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else if (self->boxes->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("Nothing that the names of the code lead to has bytes on the heap."));
  else
    {
      self->parent.n_items = self->boxes->len + self->steps->len;
      make_legend (self);
      hs_texts_seal (self->texts);
      return &self->parent;
    }
  hs_scene_unref (&self->parent);

  return NULL;
}

gboolean
hs_treemap_scene_get_root_for (HsScene     *scene,
                               const HsHit *hit,
                               guint32     *root)
{
  HsTreemapScene      *self = (HsTreemapScene *)scene;
  const HsTreemapStep *step;
  const HsTreemapTile *tile;

  g_return_val_if_fail (scene != NULL, FALSE);

  if (scene->klass != &treemap_scene_class || hit->item >= scene->n_items)
    return FALSE;

  step = get_step (self, hit->item);
  if (step != NULL)
    {
      *root = step->object;
      return TRUE;
    }
  tile = &get_box (self, hit->item)->tile;
  if (tile->kind != HS_TILE_OBJECT || !tile->has_tiles)
    return FALSE;
  *root = tile->object;

  return TRUE;
}
