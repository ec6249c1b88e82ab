/* hs-tiles.c - a scene as cached pieces of picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-tiles.h"

#include <math.h>

#define TILE_SIZE 512 /* device pixels; 1 MiB each */

/* What is kept at least: a window of 1920 × 1080 shows up to 20 tiles and has 22
 * round it. Larger windows keep three times what they show.
 */
#define MIN_TILES 80

/* Which tiles a picture is made of. */
typedef struct
{
  double zoom;
  int    scale;
} Level;

typedef struct
{
  Level            level;
  int              column;
  int              row;
  cairo_surface_t *surface; /* owned; RGB24, background included */
  GList            link;    /* in tiles.recent */
} Tile;

/* What the threads look at to see whether a tile is still wanted. Outlives the
 * tiles as long as a thread draws.
 */
typedef struct
{
  gatomicrefcount ref_count;
  HsTiles        *tiles;      /* main thread; NULL once they are gone */
  int             generation; /* atomic; another scene or theme is another one */
  GMutex          lock;
  Level           level; /* under the lock; what is on the screen */
} Desk;

/* A tile to be drawn by a thread. */
typedef struct
{
  Desk          *desk;  /* owned */
  HsScene       *scene; /* owned */
  const HsTheme *theme;
  int            generation;
  guint          rank;  /* 0: is seen, 1: may be seen next */
  guint          order; /* the newest first */
  Tile          *tile;  /* owned; its surface is NULL until it is drawn */
} Order;

struct _HsTiles
{
  HsScene       *scene; /* owned; nullable */
  const HsTheme *theme;
  GHashTable    *tiles;    /* Tile → itself, owned */
  GQueue         recent;   /* links of the tiles, the last used first */
  GHashTable    *ordered;  /* Tile → itself, of the orders */
  Level          complete; /* of the last picture that lacked nothing; zoom 0: none yet */
  guint          n_orders;
  Desk          *desk; /* owned */

  HsTilesReady ready;
  gpointer     user_data;
};

/* Columns and rows; right and bottom are past the last. */
typedef struct
{
  int left;
  int top;
  int right;
  int bottom;
} Range;

static guint
tile_hash (gconstpointer key)
{
  const Tile *tile = key;

  return g_double_hash (&tile->level.zoom) ^ (guint)tile->column * 2654435761u ^
         (guint)tile->row * 40503u ^ (guint)tile->level.scale;
}

static gboolean
tile_equal (gconstpointer a,
            gconstpointer b)
{
  const Tile *left = a;
  const Tile *right = b;

  return left->column == right->column && left->row == right->row &&
         left->level.scale == right->level.scale && left->level.zoom == right->level.zoom;
}

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  g_clear_pointer (&tile->surface, cairo_surface_destroy);
  g_free (tile);
}

static void
desk_unref (Desk *desk)
{
  if (!g_atomic_ref_count_dec (&desk->ref_count))
    return;

  g_mutex_clear (&desk->lock);
  g_free (desk);
}

HsTiles *
hs_tiles_new (HsTilesReady ready,
              gpointer     user_data)
{
  HsTiles *self = g_new0 (HsTiles, 1);

  self->theme = hs_theme_get (HS_THEME_LIGHT);
  self->tiles = g_hash_table_new_full (tile_hash, tile_equal, NULL, tile_free);
  self->ordered = g_hash_table_new (tile_hash, tile_equal);
  self->ready = ready;
  self->user_data = user_data;
  self->desk = g_new0 (Desk, 1);
  g_atomic_ref_count_init (&self->desk->ref_count);
  g_mutex_init (&self->desk->lock);
  self->desk->tiles = self;

  return self;
}

void
hs_tiles_free (HsTiles *self)
{
  g_atomic_int_inc (&self->desk->generation);
  self->desk->tiles = NULL;
  desk_unref (self->desk);
  g_clear_pointer (&self->scene, hs_scene_unref);
  g_hash_table_unref (self->ordered);
  g_hash_table_unref (self->tiles);
  g_free (self);
}

static void
drop_all (HsTiles *self)
{
  g_atomic_int_inc (&self->desk->generation);
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->ordered);
  g_hash_table_remove_all (self->tiles);
  self->complete.zoom = 0;
}

void
hs_tiles_set_scene (HsTiles *self,
                    HsScene *scene)
{
  g_return_if_fail (self != NULL);

  if (scene == self->scene)
    return;

  drop_all (self);
  g_clear_pointer (&self->scene, hs_scene_unref);
  if (scene != NULL)
    self->scene = hs_scene_ref (scene);
}

void
hs_tiles_set_theme (HsTiles       *self,
                    const HsTheme *theme)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (theme != NULL);

  if (theme == self->theme)
    return;

  drop_all (self);
  self->theme = theme;
}

static void
set_background (const HsTheme *theme,
                cairo_t       *cr)
{
  double red;
  double green;
  double blue;

  hs_theme_get_background (theme, &red, &green, &blue);
  cairo_set_source_rgb (cr, red, green, blue);
}

static Tile *
find_tile (HsTiles     *self,
           const Level *level,
           int          column,
           int          row)
{
  Tile  key = { .level = *level, .column = column, .row = row };
  Tile *tile = g_hash_table_lookup (self->tiles, &key);

  if (tile != NULL && self->recent.head != &tile->link)
    {
      g_queue_unlink (&self->recent, &tile->link);
      g_queue_push_head_link (&self->recent, &tile->link);
    }

  return tile;
}

static Tile *
tile_new (const Level *level,
          int          column,
          int          row)
{
  Tile *tile = g_new0 (Tile, 1);

  tile->level = *level;
  tile->column = column;
  tile->row = row;
  tile->link.data = tile;

  return tile;
}

/* Any thread. */
static void
draw_tile (Tile          *tile,
           HsScene       *scene,
           const HsTheme *theme)
{
  double   scale = tile->level.zoom * tile->level.scale;
  HsRect   clip = { tile->column * TILE_SIZE / scale, tile->row * TILE_SIZE / scale,
                    TILE_SIZE / scale, TILE_SIZE / scale };
  cairo_t *cr;

  tile->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, TILE_SIZE, TILE_SIZE);
  cr = cairo_create (tile->surface);
  set_background (theme, cr);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -clip.x, -clip.y);
  hs_scene_draw (scene, cr, &clip, scale, theme);
  cairo_destroy (cr);
}

/* @tile: (transfer full) */
static void
add_tile (HsTiles *self,
          Tile    *tile)
{
  g_hash_table_add (self->tiles, tile);
  g_queue_push_head_link (&self->recent, &tile->link);
}

/* Orders */

static void
order_free (Order *order)
{
  g_clear_pointer (&order->tile, tile_free);
  hs_scene_unref (order->scene);
  desk_unref (order->desk);
  g_free (order);
}

/* In the main thread: takes the tile, unless another scene came meanwhile. */
static gboolean
deliver_cb (gpointer user_data)
{
  Order   *order = user_data;
  HsTiles *self = order->desk->tiles;

  if (self != NULL && order->generation == g_atomic_int_get (&order->desk->generation))
    {
      g_hash_table_remove (self->ordered, order->tile);
      if (order->tile->surface != NULL && !g_hash_table_contains (self->tiles, order->tile))
        add_tile (self, g_steal_pointer (&order->tile));
      /* If it was not drawn, it may be wanted again by now. */
      self->ready (self->user_data);
    }
  order_free (order);

  return G_SOURCE_REMOVE;
}

static gboolean
is_wanted (Order *order)
{
  gboolean is_level;

  g_mutex_lock (&order->desk->lock);
  is_level = order->desk->level.zoom == order->tile->level.zoom &&
             order->desk->level.scale == order->tile->level.scale;
  g_mutex_unlock (&order->desk->lock);

  return is_level && order->generation == g_atomic_int_get (&order->desk->generation);
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  Order *order = data;

  if (is_wanted (order))
    draw_tile (order->tile, order->scene, order->theme);
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, order, NULL);
}

static int
compare_orders (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Order *left = a;
  const Order *right = b;

  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;

  return left->order > right->order ? -1 : left->order < right->order;
}

/* One thread for all windows: the other core is GTK's. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool = NULL;

  if (pool == NULL)
    {
      pool = g_thread_pool_new (work_cb, NULL, 1, FALSE, NULL);
      g_thread_pool_set_sort_function (pool, compare_orders, NULL);
    }

  return pool;
}

static void
order_tile (HsTiles     *self,
            const Level *level,
            int          column,
            int          row,
            guint        rank)
{
  Tile   key = { .level = *level, .column = column, .row = row };
  Order *order;

  if (g_hash_table_contains (self->ordered, &key))
    return;

  order = g_new0 (Order, 1);
  g_atomic_ref_count_inc (&self->desk->ref_count);
  order->desk = self->desk;
  order->scene = hs_scene_ref (self->scene);
  order->theme = self->theme;
  order->generation = g_atomic_int_get (&self->desk->generation);
  order->rank = rank;
  order->order = self->n_orders++;
  order->tile = tile_new (level, column, row);
  g_hash_table_add (self->ordered, order->tile);
  g_thread_pool_push (get_pool (), order, NULL);
}

static void
drop_old (HsTiles *self,
          guint    n_kept)
{
  while (self->recent.length > n_kept)
    {
      GList *link = g_queue_pop_tail_link (&self->recent);

      g_hash_table_remove (self->tiles, link->data);
    }
}

/* The tiles of @level that touch both the scene and the viewport. */
static Range
find_range (HsTiles          *self,
            const HsViewport *viewport,
            const Level      *level)
{
  HsRect extents;
  double ratio = level->zoom / viewport->zoom * level->scale;
  double scale = level->zoom * level->scale;
  double left;
  double top;
  double right;
  double bottom;

  hs_scene_get_extents (self->scene, &extents);
  left = MAX (viewport->x * ratio, 0);
  top = MAX (viewport->y * ratio, 0);
  right = MIN ((viewport->x + viewport->width) * ratio, extents.width * scale);
  bottom = MIN ((viewport->y + viewport->height) * ratio, extents.height * scale);
  if (right <= left || bottom <= top)
    return (Range) { 0, 0, 0, 0 };

  return (Range) { (int)floor (left / TILE_SIZE), (int)floor (top / TILE_SIZE),
                   (int)ceil (right / TILE_SIZE), (int)ceil (bottom / TILE_SIZE) };
}

static void
paint_tile (Tile             *tile,
            cairo_t          *cr,
            const HsViewport *viewport)
{
  double ratio = viewport->zoom / (tile->level.zoom * tile->level.scale);

  cairo_save (cr);
  cairo_translate (cr, -viewport->x, -viewport->y);
  cairo_scale (cr, ratio, ratio);
  cairo_set_source_surface (cr, tile->surface, tile->column * TILE_SIZE, tile->row * TILE_SIZE);
  if (tile->level.zoom == viewport->zoom)
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  else
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_FAST);
  cairo_rectangle (cr, tile->column * TILE_SIZE, tile->row * TILE_SIZE, TILE_SIZE, TILE_SIZE);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* Goes through the tiles that there are: of a level that is much larger than what is
 * seen now, a great many would have to be looked for.
 */
static void
paint_complete_level (HsTiles          *self,
                      cairo_t          *cr,
                      const HsViewport *viewport)
{
  Range range = find_range (self, viewport, &self->complete);

  for (GList *link = self->recent.head; link != NULL; link = link->next)
    {
      Tile *tile = link->data;

      if (tile->level.zoom == self->complete.zoom && tile->level.scale == self->complete.scale &&
          tile->column >= range.left && tile->column < range.right && tile->row >= range.top &&
          tile->row < range.bottom)
        paint_tile (tile, cr, viewport);
    }
}

/* Whether all tiles of @range are there now. Draws some within @budget, orders the
 * others.
 */
static gboolean
draw_missing (HsTiles     *self,
              const Level *level,
              const Range *range,
              gint64       budget)
{
  gint64   end = g_get_monotonic_time () + budget;
  gboolean is_complete = TRUE;

  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        Tile *tile;

        if (find_tile (self, level, column, row) != NULL)
          continue;
        if (g_get_monotonic_time () >= end)
          {
            order_tile (self, level, column, row, 0);
            is_complete = FALSE;
            continue;
          }
        tile = tile_new (level, column, row);
        draw_tile (tile, self->scene, self->theme);
        add_tile (self, tile);
      }

  return is_complete;
}

/* What is round the picture will be seen next. */
static void
order_neighbours (HsTiles     *self,
                  const Level *level,
                  const Range *range)
{
  HsRect extents;
  double scale = level->zoom * level->scale;
  Range  outer;

  hs_scene_get_extents (self->scene, &extents);
  outer.left = MAX (range->left - 1, 0);
  outer.top = MAX (range->top - 1, 0);
  outer.right = MIN (range->right + 1, (int)ceil (extents.width * scale / TILE_SIZE));
  outer.bottom = MIN (range->bottom + 1, (int)ceil (extents.height * scale / TILE_SIZE));
  for (int row = outer.top; row < outer.bottom; row++)
    for (int column = outer.left; column < outer.right; column++)
      {
        Tile key = { .level = *level, .column = column, .row = row };

        if (!g_hash_table_contains (self->tiles, &key))
          order_tile (self, level, column, row, 1);
      }
}

gboolean
hs_tiles_paint (HsTiles          *self,
                cairo_t          *cr,
                const HsViewport *viewport,
                gint64            budget)
{
  HsViewport snapped = *viewport;
  Level      level = { viewport->zoom, viewport->scale };
  Range      range;
  gboolean   is_complete;
  guint      n_shown;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (viewport->zoom > 0 && viewport->scale > 0, TRUE);

  set_background (self->theme, cr);
  cairo_paint (cr);
  if (self->scene == NULL)
    return TRUE;

  /* Whole device pixels: tiles are copied, not resampled. */
  snapped.x = round (viewport->x * viewport->scale) / viewport->scale;
  snapped.y = round (viewport->y * viewport->scale) / viewport->scale;

  range = find_range (self, &snapped, &level);
  n_shown = (guint)(range.right - range.left) * (guint)(range.bottom - range.top);
  g_mutex_lock (&self->desk->lock);
  self->desk->level = level;
  g_mutex_unlock (&self->desk->lock);
  is_complete = draw_missing (self, &level, &range, self->complete.zoom > 0 ? 0 : budget);
  if (is_complete)
    self->complete = level;
  else if (self->complete.zoom > 0)
    paint_complete_level (self, cr, &snapped);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        Tile *tile = find_tile (self, &level, column, row);

        if (tile != NULL)
          paint_tile (tile, cr, &snapped);
      }
  drop_old (self, MAX (MIN_TILES, 3 * n_shown));
  if (is_complete)
    order_neighbours (self, &level, &range);

  return is_complete;
}
