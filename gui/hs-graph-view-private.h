/* hs-graph-view-private.h - what the parts of the graph view share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-proxies.h"
#include "hs-graph-tiles.h"
#include "hs-graph-view.h"

G_BEGIN_DECLS

/* Points are in logical pixels of the widget. */
struct _HsGraphView
{
  GtkWidget parent_instance;

  HsGraphScene   *scene; /* owned; nullable */
  const HsTheme  *theme;
  HsGraphTiles   *tiles;   /* owned */
  HsGraphProxies *proxies; /* owned */

  /* What of the scene is seen: as in HsGraphViewport. */
  double x;
  double y;
  double zoom;

  /* Boxes or HS_GRAPH_NONE */
  guint selected;
  guint hovered;
  guint found;

  int allocated_width;
  int allocated_height;

  guint missing_tick; /* draws the tiles that the last frame had no time for */

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

  guint is_placed : 1; /* by a person: resizing does not choose another place */
  guint is_dragging : 1;
};

/* Shapes are blurred above. */
#define HS_GRAPH_VIEW_MAX_ZOOM 4.0

/* hs-graph-view.c */
guint             _hs_graph_view_get_n_boxes (HsGraphView *self); /* 0 without a scene */
const HsGraphBox *_hs_graph_view_get_box (HsGraphView *self,
                                          guint        box);
HsHit             _hs_graph_view_hit (HsGraphView *self,
                                      double       x,
                                      double       y);
void              _hs_graph_view_set_hovered (HsGraphView *self,
                                              guint        box);
void              _hs_graph_view_activate (HsGraphView *self,
                                           const HsHit *hit);

/* hs-graph-view-place.c */
void _hs_graph_view_changed (HsGraphView *self); /* marks or viewport */
void _hs_graph_view_set_viewport (HsGraphView *self,
                                  double       x,
                                  double       y,
                                  double       zoom);
/* The place of a scene that nobody has moved yet. */
void _hs_graph_view_place_first (HsGraphView *self);
void _hs_graph_view_resized (HsGraphView *self);
void _hs_graph_view_move_to (HsGraphView *self,
                             double       x,
                             double       y);
/* The point of the scene at @x, @y stays there. */
void _hs_graph_view_zoom_at (HsGraphView *self,
                             double       zoom,
                             double       x,
                             double       y);

/* hs-graph-view-input.c */
void _hs_graph_view_setup_input (HsGraphView *self);
void _hs_graph_view_stop_flick (HsGraphView *self);

G_END_DECLS
