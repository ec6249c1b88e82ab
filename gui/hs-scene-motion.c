/* hs-scene-motion.c - how the items of one scene go to their places in the next
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-scene-motion.h"

/* A frame of 300 boxes takes about 8 ms. */
#define MOVED_MAX 300
#define ITEMS_MAX 5000

typedef struct
{
  guint old; /* item, or HS_NO_ITEM */
  guint new; /* item, or HS_NO_ITEM */
} Moved;

struct _HsSceneMotion
{
  HsScene *old; /* owned */
  HsScene *new; /* owned */
  HsViewport from;
  HsViewport to;
  GArray    *moved; /* owned; Moved */
};

/* Where @item is on the screen, in logical pixels. */
static void
get_area (HsScene          *scene,
          guint             item,
          const HsViewport *viewport,
          HsRect           *area)
{
  hs_scene_get_item_rect (scene, item, area);
  area->x = area->x * viewport->zoom - viewport->x;
  area->y = area->y * viewport->zoom - viewport->y;
  area->width *= viewport->zoom;
  area->height *= viewport->zoom;
}

static gboolean
is_visible (HsScene          *scene,
            guint             item,
            const HsViewport *viewport)
{
  HsRect area;

  get_area (scene, item, viewport, &area);

  return area.x < viewport->width && area.y < viewport->height && area.x + area.width > 0 &&
         area.y + area.height > 0;
}

/* Items by their keys. Returns: (transfer full) */
static GHashTable *
new_index (HsScene *scene,
           guint64 *keys)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < hs_scene_get_n_items (scene); i++)
    {
      keys[i] = hs_scene_get_item_key (scene, i);
      g_hash_table_insert (index, &keys[i], GUINT_TO_POINTER (i + 1));
    }

  return index;
}

static guint
find_key (GHashTable *index,
          guint64     key)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (index, &key));

  return found > 0 ? found - 1 : HS_NO_ITEM;
}

/* FALSE if there are too many. */
static gboolean
find_moved (HsSceneMotion *self)
{
  guint               n_old = hs_scene_get_n_items (self->old);
  guint               n_new = hs_scene_get_n_items (self->new);
  g_autofree guint64 *old_keys = g_new (guint64, n_old + 1);
  g_autofree guint64 *new_keys = g_new (guint64, n_new + 1);
  g_autoptr(GHashTable) old_index = new_index (self->old, old_keys);
  g_autoptr(GHashTable) index_of_new = new_index (self->new, new_keys);

  for (guint i = 0; i < n_new; i++)
    {
      Moved moved = { find_key (old_index, new_keys[i]), i };

      if (is_visible (self->new, i, &self->to) ||
          (moved.old != HS_NO_ITEM && is_visible (self->old, moved.old, &self->from)))
        g_array_append_val (self->moved, moved);
      if (self->moved->len > MOVED_MAX)
        return FALSE;
    }
  for (guint i = 0; i < n_old; i++)
    {
      Moved moved = { i, HS_NO_ITEM };

      if (is_visible (self->old, i, &self->from) &&
          find_key (index_of_new, old_keys[i]) == HS_NO_ITEM)
        g_array_append_val (self->moved, moved);
      if (self->moved->len > MOVED_MAX)
        return FALSE;
    }

  return self->moved->len > 0;
}

HsSceneMotion *
hs_scene_motion_new (HsScene          *old,
                     const HsViewport *from,
                     HsScene *new,
                     const HsViewport *to)
{
  g_autoptr(HsSceneMotion) self = NULL;

  if (!hs_scene_can_move (old) || !hs_scene_can_move (new) ||
      hs_scene_get_n_items (old) > ITEMS_MAX || hs_scene_get_n_items (new) > ITEMS_MAX)
    return NULL;

  self = g_new0 (HsSceneMotion, 1);
  self->old = hs_scene_ref (old);
  self->new = hs_scene_ref (new);
  self->from = *from;
  self->to = *to;
  self->moved = g_array_new (FALSE, FALSE, sizeof (Moved));

  return find_moved (self) ? g_steal_pointer (&self) : NULL;
}

void
hs_scene_motion_free (HsSceneMotion *self)
{
  hs_scene_unref (self->old);
  hs_scene_unref (self->new);
  g_array_unref (self->moved);
  g_free (self);
}

static void
paint_between (HsScene          *scene,
               cairo_t          *cr,
               const HsViewport *viewport,
               double            alpha,
               const HsTheme    *theme)
{
  HsRect clip = { viewport->x / viewport->zoom, viewport->y / viewport->zoom,
                  viewport->width / viewport->zoom, viewport->height / viewport->zoom };

  if (alpha <= 0)
    return;

  cairo_save (cr);
  cairo_push_group (cr);
  cairo_translate (cr, -viewport->x, -viewport->y);
  cairo_scale (cr, viewport->zoom, viewport->zoom);
  hs_scene_draw_between (scene, cr, &clip, viewport->zoom * viewport->scale, theme);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, alpha);
  cairo_restore (cr);
}

/* @item as if its upper left corner was at @x, @y on the screen. */
static void
paint_item (HsScene          *scene,
            cairo_t          *cr,
            guint             item,
            const HsViewport *viewport,
            double            x,
            double            y,
            double            alpha,
            const HsTheme    *theme)
{
  HsRect rect;

  if (alpha <= 0)
    return;

  hs_scene_get_item_rect (scene, item, &rect);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, viewport->zoom, viewport->zoom);
  cairo_translate (cr, -rect.x, -rect.y);
  if (alpha < 1)
    cairo_push_group (cr);
  hs_scene_draw_item (scene, cr, item, viewport->zoom * viewport->scale, theme);
  if (alpha < 1)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, alpha);
    }
  cairo_restore (cr);
}

static void
paint_moved (HsSceneMotion *self,
             cairo_t       *cr,
             const Moved   *moved,
             double         progress,
             const HsTheme *theme)
{
  HsRect from = { 0, 0, 0, 0 };
  HsRect to = { 0, 0, 0, 0 };

  if (moved->old != HS_NO_ITEM)
    get_area (self->old, moved->old, &self->from, &from);
  if (moved->new != HS_NO_ITEM)
    get_area (self->new, moved->new, &self->to, &to);

  if (moved->new == HS_NO_ITEM)
    paint_item (self->old, cr, moved->old, &self->from, from.x, from.y, 1 - 2 * progress, theme);
  else if (moved->old == HS_NO_ITEM)
    paint_item (self->new, cr, moved->new, &self->to, to.x, to.y, 2 * progress - 1, theme);
  else
    paint_item (self->new, cr, moved->new, &self->to, from.x + (to.x - from.x) * progress,
                from.y + (to.y - from.y) * progress, 1, theme);
}

void
hs_scene_motion_paint (HsSceneMotion *self,
                       cairo_t       *cr,
                       double         progress,
                       const HsTheme *theme)
{
  double red;
  double green;
  double blue;

  hs_theme_get_background (theme, &red, &green, &blue);
  cairo_set_source_rgb (cr, red, green, blue);
  cairo_paint (cr);
  /* Arrows that do not end at their boxes would say what is not so. */
  paint_between (self->old, cr, &self->from, 1 - 3 * progress, theme);
  paint_between (self->new, cr, &self->to, 3 * progress - 2, theme);
  for (guint i = 0; i < self->moved->len; i++)
    paint_moved (self, cr, &g_array_index (self->moved, Moved, i), progress, theme);
}
