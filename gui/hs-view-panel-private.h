/* hs-view-panel-private.h - what the parts of the view panel share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene-view.h"
#include "hs-view-panel.h"
#include "hs-view-tools.h"

G_BEGIN_DECLS

struct _HsViewPanel
{
  AdwBin parent_instance;

  const HsView *what;
  HsHeap       *heap;     /* owned; nullable */
  char         *reason;   /* owned; nullable: why there is no heap */
  HsHeap       *compared; /* owned; nullable: an earlier one */
  HsScene      *scene;    /* owned; nullable; may still be that of the heap before */

  HsWishes     *shown;    /* owned; what the scene was made with; nullable */
  HsWishes     *wanted;   /* owned; what is being made; NULL if nothing is */
  guint64       keep;     /* for hs_scene_view_set_scene() */
  GCancellable *building; /* owned; names the newest build */
  guint         busy_timeout;
  guint32       asked_for; /* object that the view was asked to show; HS_NO_OBJECT */
  guint32       object;    /* selected in all views; HS_NO_OBJECT */

  guint choices[8]; /* by option; more than any view has */
  guint n_matches;

  guint is_active : 1;
  guint is_selecting : 1; /* for another view: nobody has to be told */

  GSimpleActionGroup *options; /* owned */

  /* Template widgets */
  GtkStack          *stack;
  AdwStatusPage     *status_page;
  GtkWidget         *run_button;
  GtkWidget         *options_bar;
  GtkBox            *options_box;
  GtkWidget         *picture; /* invisible until there is one: it need not be styled before */
  HsSceneView       *view;
  GtkRevealer       *find_revealer;
  GtkSearchEntry    *find_entry;
  GtkLabel          *find_label;
  GtkButton         *zoom_button;
  GtkMenuButton     *legend_button;
  GtkScrolledWindow *legend_window;
  GtkWidget         *tools_box;
  GtkWidget         *left_out_box;
  GtkLabel          *left_out_label;
  GtkRevealer       *answer_revealer;
  GtkLabel          *answer_label;
  GtkWidget         *busy_box;
  GtkSpinner        *busy_spinner;
};

/* hs-view-panel.c */
/* The newest wishes, for changing. Returns: (transfer full) */
HsWishes *_hs_view_panel_dup_wishes (HsViewPanel *self);
/* @wishes: (transfer full); @keep: for hs_scene_view_set_scene() */
void _hs_view_panel_build (HsViewPanel *self,
                           HsWishes    *wishes,
                           guint64      keep);
void _hs_view_panel_update_actions (HsViewPanel *self);

/* hs-view-panel-status.c */
void _hs_view_panel_set_up_status (HsViewPanel *self);
void _hs_view_panel_update_options_bar (HsViewPanel *self);
/* @text: plain text, nullable */
void _hs_view_panel_show_status (HsViewPanel *self,
                                 const char  *icon,
                                 const char  *title,
                                 const char  *text);
void _hs_view_panel_show_invitation (HsViewPanel *self);

/* hs-view-panel-build.c */
/* Makes the scene that @wishes ask for in a thread; the task returns it, or an error of
 * G_IO_ERROR. @before: (nullable): what is seen until then
 */
void _hs_view_panel_run_build (GTask          *task,
                               const HsWishes *wishes,
                               HsHeap         *heap,
                               HsScene        *before);

/* hs-view-panel-options.c */
/* Fills the bar with what can be chosen in the view. */
void _hs_view_panel_add_options (HsViewPanel *self);
/* The buttons follow self->choices. */
void _hs_view_panel_update_options (HsViewPanel *self);

/* hs-view-panel-legend.c */
void _hs_view_panel_update_legend (HsViewPanel *self);

/* hs-view-panel-menu.c */
void _hs_view_panel_show_menu (HsViewPanel *self,
                               guint        item,
                               double       x,
                               double       y);
void _hs_view_panel_install_menu (GtkWidgetClass *widget_class);

/* hs-view-panel-place.c */
void _hs_view_panel_install_place (GtkWidgetClass *widget_class);

/* hs-view-panel-find.c */
/* After the text or the scene has changed. */
void _hs_view_panel_update_matches (HsViewPanel *self);
void _hs_view_panel_install_find (GtkWidgetClass *widget_class);

G_END_DECLS
