/* hs-tiles.c - a scene as cached pieces of picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-tiles.h"

#include <math.h>

#define TILE_SIZE 512 /* device pixels; 1 MiB each */

/* What is kept at least: a window of 1920 × 1080 shows up to 20 tiles. Larger
 * windows keep twice what they show.
 */
#define MIN_TILES 64

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

struct _HsTiles
{
  HsScene       *scene; /* owned; nullable */
  const HsTheme *theme;
  GHashTable    *tiles;    /* Tile → itself, owned */
  GQueue         recent;   /* links of the tiles, the last used first */
  Level          complete; /* of the last picture that lacked nothing; zoom 0: none yet */
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

  cairo_surface_destroy (tile->surface);
  g_free (tile);
}

HsTiles *
hs_tiles_new (void)
{
  HsTiles *self = g_new0 (HsTiles, 1);

  self->theme = hs_theme_get (HS_THEME_LIGHT);
  self->tiles = g_hash_table_new_full (tile_hash, tile_equal, NULL, tile_free);

  return self;
}

void
hs_tiles_free (HsTiles *self)
{
  g_clear_pointer (&self->scene, hs_scene_unref);
  g_hash_table_unref (self->tiles);
  g_free (self);
}

static void
drop_all (HsTiles *self)
{
  g_queue_init (&self->recent);
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
set_background (HsTiles *self,
                cairo_t *cr)
{
  double red;
  double green;
  double blue;

  hs_theme_get_background (self->theme, &red, &green, &blue);
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
draw_tile (HsTiles     *self,
           const Level *level,
           int          column,
           int          row)
{
  double   scale = level->zoom * level->scale;
  HsRect   clip = { column * TILE_SIZE / scale, row * TILE_SIZE / scale, TILE_SIZE / scale,
                    TILE_SIZE / scale };
  Tile    *tile = g_new0 (Tile, 1);
  cairo_t *cr;

  tile->level = *level;
  tile->column = column;
  tile->row = row;
  tile->link.data = tile;
  tile->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, TILE_SIZE, TILE_SIZE);

  cr = cairo_create (tile->surface);
  set_background (self, cr);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -clip.x, -clip.y);
  hs_scene_draw (self->scene, cr, &clip, scale, self->theme);
  cairo_destroy (cr);

  g_hash_table_add (self->tiles, tile);
  g_queue_push_head_link (&self->recent, &tile->link);

  return tile;
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
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_rectangle (cr, tile->column * TILE_SIZE, tile->row * TILE_SIZE, TILE_SIZE, TILE_SIZE);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_complete_level (HsTiles          *self,
                      cairo_t          *cr,
                      const HsViewport *viewport)
{
  Range range = find_range (self, viewport, &self->complete);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        Tile *tile = find_tile (self, &self->complete, column, row);

        if (tile != NULL)
          paint_tile (tile, cr, viewport);
      }
}

/* Whether all tiles of @range are there now. */
static gboolean
draw_missing (HsTiles     *self,
              const Level *level,
              const Range *range,
              gint64       budget)
{
  gint64 end = g_get_monotonic_time () + budget;
  guint  n_drawn = 0;

  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        if (find_tile (self, level, column, row) != NULL)
          continue;
        if (n_drawn > 0 && g_get_monotonic_time () >= end)
          return FALSE;
        draw_tile (self, level, column, row);
        n_drawn++;
      }

  return TRUE;
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

  set_background (self, cr);
  cairo_paint (cr);
  if (self->scene == NULL)
    return TRUE;

  /* Whole device pixels: tiles are copied, not resampled. */
  snapped.x = round (viewport->x * viewport->scale) / viewport->scale;
  snapped.y = round (viewport->y * viewport->scale) / viewport->scale;

  range = find_range (self, &snapped, &level);
  n_shown = (guint)(range.right - range.left) * (guint)(range.bottom - range.top);
  is_complete = draw_missing (self, &level, &range, budget);
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
  drop_old (self, MAX (MIN_TILES, 2 * n_shown));

  return is_complete;
}
