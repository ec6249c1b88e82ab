/* hs-graph-view.h - a scene to look at, walk through and point at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "hs-graph-scene.h"

G_BEGIN_DECLS

#define HS_TYPE_GRAPH_VIEW (hs_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (HsGraphView, hs_graph_view, HS, GRAPH_VIEW, GtkWidget)

/* Properties: "zoom" (double, pixels per scene unit, notified).
 * Signals: ::box-activated (guint box, guint row, guint kind): an HsHitKind was
 * asked for, HS_HIT_BOX for a double click; ::selection-changed.
 */

/* Not the key of any box. */
#define HS_GRAPH_VIEW_KEEP_NOTHING G_MAXUINT64

/* Shows @scene (nullable). The box with the key @keep_box stays where it is on
 * the screen, and the selection stays on its box; with
 * HS_GRAPH_VIEW_KEEP_NOTHING nothing is selected and the place is chosen anew.
 */
void          hs_graph_view_set_scene (HsGraphView  *self,
                                       HsGraphScene *scene,
                                       guint64       keep_box);
HsGraphScene *hs_graph_view_get_scene (HsGraphView *self); /* (transfer none) (nullable) */

double hs_graph_view_get_zoom (HsGraphView *self);
/* Multiplies about the middle. */
void hs_graph_view_zoom_by (HsGraphView *self,
                            double       factor);
void hs_graph_view_zoom_to_fit (HsGraphView *self);
void hs_graph_view_zoom_to_actual_size (HsGraphView *self);

/* A box or HS_GRAPH_NONE. */
guint hs_graph_view_get_selected (HsGraphView *self);
void  hs_graph_view_select (HsGraphView *self,
                            guint        box);
void  hs_graph_view_set_found (HsGraphView *self,
                               guint        box);
void  hs_graph_view_scroll_to_box (HsGraphView *self,
                                   guint        box);

/* The key of the box that the eye is likely on: the selected one if it is
 * visible, or else the one nearest to the middle.
 */
guint64 hs_graph_view_get_center_key (HsGraphView *self);

/* Where @box stands in the widget, in logical pixels. */
void hs_graph_view_get_box_area (HsGraphView *self,
                                 guint        box,
                                 HsRect      *area);

G_END_DECLS
