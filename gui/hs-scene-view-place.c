/* hs-scene-view-place.c - which part of the scene the view shows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-scene-view-private.h"
#include "hs-toolkit.h"

/* Boxes are points below a twentieth. */
#define MIN_ZOOM 0.05

/* The first picture is never so small that its text cannot be read: whole down to the one, or else
 * a part at the other. Of the actual size.
 */
#define MIN_WHOLE_ZOOM 0.6
#define MIN_FIRST_ZOOM 0.7

/* Kept free at the lower edge, where the tools of the panel lie, when
 * everything is to be seen.
 */
#define TOOLS_HEIGHT 60.0

/* Between a item that is scrolled to and the edge of the widget. */
#define SCROLL_MARGIN 24.0

static double
view_width (HsSceneView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self));
}

static double
view_height (HsSceneView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

static double
get_free_height (HsSceneView *self)
{
  return MAX (view_height (self) - TOOLS_HEIGHT, 1);
}

/* An edge of the scene may be dragged to the middle of the widget, so that
 * what lies there can be moved from under the tools.
 */
static double
clamp_position (double position,
                double scene_length,
                double view_length)
{
  double most = MAX (scene_length - view_length / 2, 0);
  double least = MIN (-view_length / 2, scene_length - view_length);

  return CLAMP (position, least, most);
}

void
_hs_scene_view_changed (HsSceneView *self)
{
  hs_proxies_queue_update (self->proxies);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_hs_scene_view_set_viewport (HsSceneView *self,
                             double       x,
                             double       y,
                             double       zoom)
{
  gboolean is_zoomed = zoom != self->zoom;
  HsRect   extents = { 0, 0, 0, 0 };

  if (self->scene != NULL)
    hs_scene_get_extents (self->scene, &extents);

  _hs_scene_view_stop_motion (self);
  self->x = clamp_position (x, extents.width * zoom, view_width (self));
  self->y = clamp_position (y, extents.height * zoom, view_height (self));
  self->zoom = zoom;
  _hs_scene_view_changed (self);
  if (is_zoomed)
    g_object_notify (G_OBJECT (self), "zoom");
}

/* Where a scene begins along one axis: in the middle if it fits, or else so
 * that what is at @start is seen.
 */
static double
get_first_position (double scene_length,
                    double view_length,
                    double start)
{
  if (scene_length <= view_length)
    return round ((scene_length - view_length) / 2);

  return CLAMP (round (start - SCROLL_MARGIN), 0, round (scene_length - view_length));
}

/* The first item is that of the names of the module. */
static void
place_scene (HsSceneView *self,
             double       zoom)
{
  HsRect first = { 0, 0, 0, 0 };
  HsRect extents;
  double y;

  hs_scene_get_extents (self->scene, &extents);
  if (_hs_scene_view_get_n_items (self) > 0)
    hs_scene_get_item_rect (self->scene, 0, &first);
  /* Pages are read from their upper left corner. */
  if (hs_scene_is_page (self->scene))
    first = (HsRect) { 0, 0, 0, 0 };
  y = hs_scene_is_page (self->scene)
        ? 0
        : get_first_position (extents.height * zoom, get_free_height (self), first.y * zoom);
  _hs_scene_view_set_viewport (
    self, get_first_position (extents.width * zoom, view_width (self), first.x * zoom), y, zoom);
}

static double
get_fitting_zoom (HsSceneView *self)
{
  HsRect extents;

  hs_scene_get_extents (self->scene, &extents);

  return MIN (self->text_scale, MIN (view_width (self) / MAX (extents.width, 1),
                                     get_free_height (self) / MAX (extents.height, 1)));
}

void
_hs_scene_view_move_to (HsSceneView *self,
                        double       x,
                        double       y)
{
  self->is_placed = self->is_moved = TRUE;
  _hs_scene_view_set_viewport (self, x, y, self->zoom);
}

void
_hs_scene_view_zoom_at (HsSceneView *self,
                        double       zoom,
                        double       x,
                        double       y)
{
  double least;
  double ratio;

  if (self->scene == NULL)
    return;

  least = MIN (MIN_ZOOM, get_fitting_zoom (self));
  zoom = CLAMP (zoom, least, HS_SCENE_VIEW_MAX_ZOOM * self->text_scale);
  ratio = zoom / self->zoom;
  self->is_placed = self->is_moved = TRUE;
  _hs_scene_view_set_viewport (self, (self->x + x) * ratio - x, (self->y + y) * ratio - y, zoom);
}

void
_hs_scene_view_place_first (HsSceneView *self)
{
  HsRect extents;
  double zoom;

  if (self->scene == NULL || view_width (self) <= 0)
    return;

  hs_scene_get_extents (self->scene, &extents);
  zoom = hs_scene_is_page (self->scene)
           ? MIN (self->text_scale, view_width (self) / MAX (extents.width, 1))
           : get_fitting_zoom (self);
  place_scene (self, zoom >= MIN_WHOLE_ZOOM * self->text_scale ? zoom
                                                               : MIN_FIRST_ZOOM * self->text_scale);
}

void
_hs_scene_view_place_again (HsSceneView *self)
{
  double fitting = get_fitting_zoom (self);
  HsRect extents;

  hs_scene_get_extents (self->scene, &extents);
  /* Half a pixel is what rounding leaves. */
  if (fitting >= MIN_WHOLE_ZOOM * self->text_scale &&
      (self->x > 0.5 || self->y > 0.5 ||
       extents.width * self->zoom - self->x > view_width (self) + 0.5 ||
       extents.height * self->zoom - self->y > get_free_height (self) + 0.5))
    place_scene (self, MIN (fitting, self->zoom));
}

/* How far to move along one axis so that from @start on @length is seen; what
 * is longer than the view shows its beginning.
 */
static double
get_scroll (double start,
            double length,
            double view_length)
{
  double margin = MAX (MIN (SCROLL_MARGIN, (view_length - length) / 2), 0);

  if (start < margin || length > view_length)
    return start - margin;
  if (start + length > view_length - margin)
    return start + length - view_length + margin;

  return 0;
}

/* Returns: whether it had to move */
static gboolean
scroll_to_item (HsSceneView *self,
                guint        item)
{
  HsRect area;
  double x;
  double y;

  hs_scene_view_get_item_area (self, item, &area);
  x = get_scroll (area.x, area.width, view_width (self));
  y = get_scroll (area.y, area.height, get_free_height (self));
  _hs_scene_view_set_viewport (self, self->x + x, self->y + y, self->zoom);

  return x != 0 || y != 0;
}

void
_hs_scene_view_resized (HsSceneView *self)
{
  if (self->scene == NULL)
    return;

  if (!self->is_placed)
    {
      _hs_scene_view_place_first (self);
      /* It may have been selected in another view, before this one had a size. */
      if (self->selected != HS_NO_ITEM && view_width (self) > 0)
        scroll_to_item (self, self->selected);
    }
  else
    _hs_scene_view_set_viewport (self, self->x, self->y, self->zoom);
}

void
_hs_scene_view_update_text_scale (HsSceneView *self)
{
  double   before = self->text_scale;
  gboolean was_moved = self->is_moved;
  double   zoom;

  self->text_scale = hs_toolkit_get_text_scale (GTK_WIDGET (self));
  if (self->text_scale == before)
    return;

  zoom = self->zoom / before * self->text_scale;
  if (self->scene != NULL && self->is_placed)
    {
      _hs_scene_view_zoom_at (self, zoom, view_width (self) / 2, view_height (self) / 2);
      self->is_moved = was_moved; /* nobody has touched the picture */
    }
  else
    self->zoom = zoom;
  _hs_scene_view_resized (self);
  g_object_notify (G_OBJECT (self), "zoom");
}

double
hs_scene_view_get_zoom (HsSceneView *self)
{
  g_return_val_if_fail (HS_IS_SCENE_VIEW (self), 1);

  return self->zoom / self->text_scale;
}

void
hs_scene_view_zoom_by (HsSceneView *self,
                       double       factor)
{
  double zoom;

  g_return_if_fail (HS_IS_SCENE_VIEW (self));
  g_return_if_fail (factor > 0);

  /* Steps stop at the actual size, where lines are sharpest. */
  zoom = self->zoom / self->text_scale;
  if ((zoom < 0.999 && zoom * factor > 1) || (zoom > 1.001 && zoom * factor < 1))
    zoom = 1;
  else
    zoom *= factor;
  _hs_scene_view_zoom_at (self, zoom * self->text_scale, view_width (self) / 2,
                          view_height (self) / 2);
}

void
hs_scene_view_zoom_to_fit (HsSceneView *self)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));

  if (self->scene == NULL)
    return;

  self->is_placed = self->is_moved = TRUE;
  place_scene (self, get_fitting_zoom (self));
}

void
hs_scene_view_zoom_to_actual_size (HsSceneView *self)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));

  _hs_scene_view_zoom_at (self, self->text_scale, view_width (self) / 2, view_height (self) / 2);
}

void
hs_scene_view_scroll_to_item (HsSceneView *self,
                              guint        item)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));
  g_return_if_fail (item < _hs_scene_view_get_n_items (self));

  /* Once it has a size, it is placed so that what is selected is seen. */
  if (view_width (self) <= 0)
    return;

  _hs_scene_view_stop_flick (self);
  if (scroll_to_item (self, item))
    self->is_placed = self->is_moved = TRUE;
}

guint64
hs_scene_view_get_center_key (HsSceneView *self)
{
  double  best_distance = HUGE_VAL;
  guint64 best = HS_SCENE_VIEW_KEEP_NOTHING;

  g_return_val_if_fail (HS_IS_SCENE_VIEW (self), HS_SCENE_VIEW_KEEP_NOTHING);

  for (guint i = 0; i < _hs_scene_view_get_n_items (self); i++)
    {
      HsRect area;
      double distance;

      hs_scene_view_get_item_area (self, i, &area);
      distance = hypot (area.x + area.width / 2 - view_width (self) / 2,
                        area.y + area.height / 2 - view_height (self) / 2);
      if (i == self->selected && area.x + area.width > 0 && area.y + area.height > 0 &&
          area.x < view_width (self) && area.y < view_height (self))
        return hs_scene_get_item_key (self->scene, i);
      if (distance < best_distance)
        {
          best_distance = distance;
          best = hs_scene_get_item_key (self->scene, i);
        }
    }

  return best;
}

void
hs_scene_view_get_item_area (HsSceneView *self,
                             guint        item,
                             HsRect      *area)
{
  g_return_if_fail (HS_IS_SCENE_VIEW (self));
  g_return_if_fail (item < _hs_scene_view_get_n_items (self));

  hs_scene_get_item_rect (self->scene, item, area);
  area->x = area->x * self->zoom - self->x;
  area->y = area->y * self->zoom - self->y;
  area->width *= self->zoom;
  area->height *= self->zoom;
}
