/* hs-scene-view.h - a scene to look at, walk through and point at
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "hs-scene.h"

G_BEGIN_DECLS

#define HS_TYPE_SCENE_VIEW (hs_scene_view_get_type ())
G_DECLARE_FINAL_TYPE (HsSceneView, hs_scene_view, HS, SCENE_VIEW, GtkWidget)

/* Properties: "zoom" (double, notified), 1 where text is as large as the
 * desktop wants it.
 * Signals: ::item-activated (guint item, guint part, guint kind): an HsHitKind was
 * asked for, HS_HIT_ITEM for a double click; ::selection-changed; ::menu-requested
 * (guint item, double x, double y): the selected item, a point of the widget. The selection
 * is an item; panels of several views share the object that it stands for.
 */

/* Not the keys of any item. */
#define HS_SCENE_VIEW_KEEP_NOTHING G_MAXUINT64
#define HS_SCENE_VIEW_KEEP_PLACE   (G_MAXUINT64 - 1)

/* Shows @scene (nullable). The item with the key @keep stays where it is on
 * the screen, and the selection stays on its item; with
 * HS_SCENE_VIEW_KEEP_NOTHING nothing is selected and the place is chosen anew.
 * HS_SCENE_VIEW_KEEP_PLACE keeps the item of hs_scene_view_get_center_key(), but a
 * picture that nobody has moved or zoomed is placed anew if it would be cut and can be seen whole.
 */
void     hs_scene_view_set_scene (HsSceneView *self,
                                  HsScene     *scene,
                                  guint64      keep);
HsScene *hs_scene_view_get_scene (HsSceneView *self); /* (transfer none) (nullable) */

double hs_scene_view_get_zoom (HsSceneView *self);
/* Multiplies about the middle. */
void hs_scene_view_zoom_by (HsSceneView *self,
                            double       factor);
void hs_scene_view_zoom_to_fit (HsSceneView *self);
void hs_scene_view_zoom_to_actual_size (HsSceneView *self);

/* An item or HS_NO_ITEM. */
guint hs_scene_view_get_selected (HsSceneView *self);
void  hs_scene_view_select (HsSceneView *self,
                            guint        item);
void  hs_scene_view_set_found (HsSceneView *self,
                               guint        item);
void  hs_scene_view_scroll_to_item (HsSceneView *self,
                                    guint        item);

/* The key of the item that the eye is likely on: the selected one if it is
 * visible, or else the one nearest to the middle.
 */
guint64 hs_scene_view_get_center_key (HsSceneView *self);

/* Where @item stands in the widget, in logical pixels. */
void hs_scene_view_get_item_area (HsSceneView *self,
                                  guint        item,
                                  HsRect      *area);

/* Becomes a child of the view in place of the one before, which goes. (transfer none) */
void hs_scene_view_set_popover (HsSceneView *self,
                                GtkPopover  *popover);

/* The colours that the desktop asks for now. Main thread. */
const HsTheme *hs_scene_view_find_theme (void);

G_END_DECLS
