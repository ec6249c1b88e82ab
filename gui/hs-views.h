/* hs-views.h - all views of one heap, and the selection that they share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-comparison.h"
#include "hs-view-panel.h"

G_BEGIN_DECLS

#define HS_TYPE_VIEWS (hs_views_get_type ())
G_DECLARE_FINAL_TYPE (HsViews, hs_views, HS, VIEWS, AdwBin)

/* Property: "scene" (pointer, read only, notified): of the view that is seen, or
 * NULL. Signal: ::line-selected (guint line): something that is about a line of the
 * code was selected; ::variant-shown (guint variant): a person chose that of the
 * comparison. The options chosen in the views and the view that is seen are kept in
 * GSettings.
 */

/* Once, before anything is shown. @settings: keys "view" and "view-options" */
void hs_views_set_settings (HsViews   *self,
                            GSettings *settings);

/* As hs_view_panel_set_heap(). @history: (nullable): of the run; without a heap the
 * views that need only a history still show it.
 */
void hs_views_set_heap (HsViews    *self,
                        HsHeap     *heap,
                        HsHistory  *history,
                        const char *reason);

/* Shows a comparison, and in the views that are about a heap that of one variant, the baseline at
 * first; which one is chosen in a bar. Until hs_views_set_heap(). */
void hs_views_set_comparison (HsViews      *self,
                              HsComparison *comparison);
void hs_views_show_variant (HsViews *self,
                            guint    variant);

/* Of the view that is seen. (transfer none) (nullable) */
HsScene *hs_views_get_scene (HsViews *self);

/* @name: of a view. Returns: FALSE if there is none of that name. */
gboolean hs_views_show (HsViews    *self,
                        const char *name);
/* The same with "view" or "view.option=choice". */
gboolean hs_views_look_at (HsViews    *self,
                           const char *target);
/* So many moments on, or back if it is negative; as far as there are any. */
void hs_views_go_by_moments (HsViews *self,
                             int      n);
/* The view that is seen. (transfer none) */
HsViewPanel *hs_views_get_panel (HsViews *self);

G_END_DECLS
