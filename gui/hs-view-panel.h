/* hs-view-panel.h - one view of a heap with its tools and empty states
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-wishes.h"

G_BEGIN_DECLS

#define HS_TYPE_VIEW_PANEL (hs_view_panel_get_type ())
G_DECLARE_FINAL_TYPE (HsViewPanel, hs_view_panel, HS, VIEW_PANEL, AdwBin)

/* Property: "scene" (pointer, read only, notified): what is shown, or NULL.
 * Signals: ::object-selected (guint object): a person selected an item that
 * stands for it, or nothing (HS_NO_OBJECT); ::place-selected (guint line, guint
 * moment): likewise of an item that is about a line (0: none) or a moment
 * (HS_NO_MOMENT); ::option-changed (guint option, guint choice). Actions of the group
 * "view" as in hs-view-panel.ui.
 */

HsViewPanel  *hs_view_panel_new (const HsView *view);
const HsView *hs_view_panel_get_view (HsViewPanel *self);

/* Shows @heap (nullable: then the empty state with @reason, or the first
 * invitation if @reason is NULL as well). Nothing is built before the panel is
 * active; then in a thread.
 */
void hs_view_panel_set_heap (HsViewPanel *self,
                             HsHeap      *heap,
                             const char  *reason);
/* Shows the same at another moment of the same history: options and the selection
 * @object (HS_NO_OBJECT: none; of @heap) stay, and what is in both pictures stays
 * near to its place.
 */
void hs_view_panel_change_heap (HsViewPanel *self,
                                HsHeap      *heap,
                                guint32      object);
/* Shows what is new and gone since @earlier (nullable: no longer), of the same history. */
void hs_view_panel_set_compared (HsViewPanel *self,
                                 HsHeap      *earlier);
void hs_view_panel_set_active (HsViewPanel *self,
                               gboolean     is_active);
/* Selects the item that stands for @object (or HS_NO_OBJECT), now or when there is
 * one. Emits nothing.
 */
void hs_view_panel_select_object (HsViewPanel *self,
                                  guint32      object);
void hs_view_panel_set_option (HsViewPanel *self,
                               guint        option,
                               guint        choice);

/* Steps, as in hs-wishes.h; none without a heap. */
guint hs_view_panel_get_n_steps (HsViewPanel *self);
guint hs_view_panel_get_step (HsViewPanel *self);
void  hs_view_panel_set_step (HsViewPanel *self,
                              guint        step);
guint hs_view_panel_get_step_line (HsViewPanel *self,
                                   guint        step);
char *hs_view_panel_dup_step_name (HsViewPanel *self,
                                   guint        step); /* (transfer full) (nullable) */

/* Of the heap that was set last; NULL while its first picture is being made.
 * (transfer none) (nullable)
 */
HsScene *hs_view_panel_get_scene (HsViewPanel *self);

/* Opens the search and takes the focus. */
void hs_view_panel_find (HsViewPanel *self);
/* Whether the focus is on the canvas or its tools. */
gboolean hs_view_panel_has_focus (HsViewPanel *self);
void     hs_view_panel_focus (HsViewPanel *self);

G_END_DECLS
