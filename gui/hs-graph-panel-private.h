/* hs-graph-panel-private.h - what the parts of the graph panel share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-panel.h"
#include "hs-graph-view.h"
#include "hs-graph-wishes.h"

G_BEGIN_DECLS

struct _HsGraphPanel
{
  AdwBin parent_instance;

  HsHeap       *heap;  /* owned; nullable */
  HsGraphScene *scene; /* owned; nullable; may still be that of the heap before */

  HsGraphWishes *shown;    /* owned; what the scene was made with; nullable */
  HsGraphWishes *wanted;   /* owned; what is being made; NULL if nothing is */
  guint64        keep_box; /* for hs_graph_view_set_scene() */
  GCancellable  *building; /* owned; names the newest build */
  guint          busy_timeout;

  gboolean values_in_rows;
  guint    n_matches;

  /* Template widgets */
  GtkStack       *stack;
  AdwStatusPage  *status_page;
  GtkWidget      *run_button;
  HsGraphView    *view;
  GtkRevealer    *find_revealer;
  GtkSearchEntry *find_entry;
  GtkLabel       *find_label;
  GtkButton      *zoom_button;
  GtkWidget      *left_out_box;
  GtkLabel       *left_out_label;
  GtkWidget      *busy_box;
  GtkSpinner     *busy_spinner;
};

/* hs-graph-panel.c */
void _hs_graph_panel_update_actions (HsGraphPanel *self);

/* hs-graph-panel-find.c */
/* After the text or the scene has changed. */
void _hs_graph_panel_update_matches (HsGraphPanel *self);
void _hs_graph_panel_install_find (GtkWidgetClass *widget_class);

G_END_DECLS
