/* hs-proxies.h - the items of a scene for assistive technology
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene-view.h"

G_BEGIN_DECLS

/* The interface of GtkAccessible is not public in GTK 4.8: what is drawn can
 * be told to a screen reader only by widgets. So each visible item has a child
 * widget of the view that draws nothing and takes no input.
 */
typedef struct _HsProxies HsProxies;

/* @view: not owned; must outlive the proxies */
HsProxies *hs_proxies_new (HsSceneView *view);
void       hs_proxies_free (HsProxies *self);

/* Another scene: the items are others. */
void hs_proxies_clear (HsProxies *self);
/* Something has moved; follows when the main loop is idle. */
void hs_proxies_queue_update (HsProxies *self);
/* For size_allocate() of the view. */
void hs_proxies_allocate (HsProxies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsProxies, hs_proxies_free)

G_END_DECLS
