/* hs-graph-panel.h - the object graph with its tools and empty states
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-graph-scene.h"

G_BEGIN_DECLS

#define HS_TYPE_GRAPH_PANEL (hs_graph_panel_get_type ())
G_DECLARE_FINAL_TYPE (HsGraphPanel, hs_graph_panel, HS, GRAPH_PANEL, AdwBin)

/* Property: "scene" (boxed or pointer, read only, notified): what is shown, or NULL.
 * Signals nothing; actions of the group "graph" as in hs-graph-panel.ui.
 */

/* Shows @heap (nullable: then the empty state with @reason, or the first
 * invitation if @reason is NULL as well). Builds and lays out in a thread.
 */
void hs_graph_panel_set_heap (HsGraphPanel *self,
                              HsHeap       *heap,
                              const char   *reason);
/* Of the heap that was set last; NULL while its first picture is being made.
 * (transfer none) (nullable)
 */
HsGraphScene *hs_graph_panel_get_scene (HsGraphPanel *self);

/* Opens the search and takes the focus. */
void hs_graph_panel_find (HsGraphPanel *self);
/* Whether the focus is on the canvas or its tools. */
gboolean hs_graph_panel_has_focus (HsGraphPanel *self);
void     hs_graph_panel_focus (HsGraphPanel *self);

G_END_DECLS
