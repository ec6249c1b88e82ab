/* hs-view-tools.h - search, zoom, legend and further options of a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HS_TYPE_VIEW_TOOLS (hs_view_tools_get_type ())
G_DECLARE_FINAL_TYPE (HsViewTools, hs_view_tools, HS, VIEW_TOOLS, GtkBox)

/* Buttons for the actions of the group "view" of an HsViewPanel. */

GtkButton         *hs_view_tools_get_zoom_button (HsViewTools *self);   /* (transfer none) */
GtkMenuButton     *hs_view_tools_get_legend_button (HsViewTools *self); /* (transfer none) */
GtkScrolledWindow *hs_view_tools_get_legend_window (HsViewTools *self); /* (transfer none) */

G_END_DECLS
