/* hs-view-slot.h - the place of a view, whose panel is made when it is first seen
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-view-panel.h"

G_BEGIN_DECLS

#define HS_TYPE_VIEW_SLOT (hs_view_slot_get_type ())
G_DECLARE_FINAL_TYPE (HsViewSlot, hs_view_slot, HS, VIEW_SLOT, AdwBin)

/* A program that has just started shows one view; the other panels would only delay its first
 * frame. What is said to a slot without a panel is remembered until there is one.
 *
 * Signal: ::made (HsViewPanel *panel): a moment ago, before it is told anything.
 */

HsViewSlot   *hs_view_slot_new (const HsView *view);
const HsView *hs_view_slot_get_view (HsViewSlot *self);

/* Made now if there is none. (transfer none) */
HsViewPanel *hs_view_slot_make_panel (HsViewSlot *self);

/* As hs_view_panel_set_heap(), hs_view_panel_change_heap() and hs_view_panel_set_compared(). */
void hs_view_slot_set_heap (HsViewSlot *self,
                            HsHeap     *heap,
                            const char *reason);
void hs_view_slot_change_heap (HsViewSlot *self,
                               HsHeap     *heap,
                               guint32     object);
void hs_view_slot_set_compared (HsViewSlot *self,
                                HsHeap     *earlier);
/* An active one has a panel. */
void hs_view_slot_set_active (HsViewSlot *self,
                              gboolean    is_active);

G_END_DECLS
