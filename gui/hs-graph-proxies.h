/* hs-graph-proxies.h - the boxes of a graph for assistive technology
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-view.h"

G_BEGIN_DECLS

/* The interface of GtkAccessible is not public in GTK 4.8: what is drawn can
 * be told to a screen reader only by widgets. So each visible box has a child
 * widget of the view that draws nothing and takes no input.
 */
typedef struct _HsGraphProxies HsGraphProxies;

/* @view: not owned; must outlive the proxies */
HsGraphProxies *hs_graph_proxies_new (HsGraphView *view);
void            hs_graph_proxies_free (HsGraphProxies *self);

/* Another scene: the boxes are others. */
void hs_graph_proxies_clear (HsGraphProxies *self);
/* Something has moved; follows when the main loop is idle. */
void hs_graph_proxies_queue_update (HsGraphProxies *self);
/* For size_allocate() of the view. */
void hs_graph_proxies_allocate (HsGraphProxies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsGraphProxies, hs_graph_proxies_free)

G_END_DECLS
