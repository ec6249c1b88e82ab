/* hs-scene-view-private.h - what the parts of the scene view share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-proxies.h"
#include "hs-scene-motion.h"
#include "hs-tiles.h"
#include "hs-scene-view.h"

G_BEGIN_DECLS

/* Points are in logical pixels of the widget. */
struct _HsSceneView
{
  GtkWidget parent_instance;

  HsScene       *scene; /* owned; nullable */
  const HsTheme *theme;
  HsTiles       *tiles;   /* owned */
  HsProxies     *proxies; /* owned */

  /* What of the scene is seen: as in HsViewport. */
  double x;
  double y;
  double zoom;
  double text_scale; /* the zoom at which text is as large as elsewhere in the window */

  /* Boxes or HS_NO_ITEM */
  guint selected;
  guint hovered;
  guint found;

  int allocated_width;
  int allocated_height;

  HsSceneMotion *motion; /* owned; NULL if nothing moves */
  AdwAnimation  *moving; /* owned; of the motion */

  GtkWidget *popover; /* a child; nullable */

  /* Input */
  double pointer_x; /* negative: outside */
  double pointer_y;
  double drag_x; /* x and y when the drag began */
  double drag_y;
  double pinch_zoom; /* zoom when the pinch began */
  double speed_x;    /* of what runs on after a flick; pixels per second */
  double speed_y;
  gint64 flick_time; /* of the last frame, microseconds */
  guint  flick_tick;

  guint is_placed : 1; /* resizing does not choose another place */
  guint is_moved : 1;  /* … since a person has chosen it */
  guint is_dragging : 1;
};

/* Shapes are blurred above. */
#define HS_SCENE_VIEW_MAX_ZOOM 4.0

/* hs-scene-view.c */
guint _hs_scene_view_get_n_items (HsSceneView *self); /* 0 without a scene */
HsHit _hs_scene_view_hit (HsSceneView *self,
                          double       x,
                          double       y);
void  _hs_scene_view_set_hovered (HsSceneView *self,
                                  guint        item);
void  _hs_scene_view_activate (HsSceneView *self,
                               const HsHit *hit);

void _hs_scene_view_request_menu (HsSceneView *self,
                                  double       x,
                                  double       y);
void _hs_scene_view_stop_motion (HsSceneView *self);

/* hs-scene-view-place.c */
void _hs_scene_view_changed (HsSceneView *self); /* marks or viewport */
void _hs_scene_view_set_viewport (HsSceneView *self,
                                  double       x,
                                  double       y,
                                  double       zoom);
/* The place of a scene that nobody has moved yet. */
void _hs_scene_view_place_first (HsSceneView *self);
/* If the scene is cut and could be seen whole. */
void _hs_scene_view_place_again (HsSceneView *self);
void _hs_scene_view_resized (HsSceneView *self);
void _hs_scene_view_update_text_scale (HsSceneView *self);
void _hs_scene_view_move_to (HsSceneView *self,
                             double       x,
                             double       y);
/* The point of the scene at @x, @y stays there. */
void _hs_scene_view_zoom_at (HsSceneView *self,
                             double       zoom,
                             double       x,
                             double       y);

/* hs-scene-view-input.c */
void _hs_scene_view_setup_input (HsSceneView *self);
void _hs_scene_view_stop_flick (HsSceneView *self);

G_END_DECLS
