/* hs-graph-scene.h - the object graph, laid out
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* Measures and places every box and routes every arrow. The items are the boxes
 * of @graph; the part of an HsHit is a row for hs_graph_get_row(); HS_WALK_LEFT
 * leads to what refers to a box, HS_WALK_RIGHT to what it refers to. Drawn are
 * texts from about half size on, bars below, then boxes only. May take long for
 * large graphs: call it in a thread. @language: as in hs_wishes_build().
 * Returns: (transfer full) (nullable): NULL if cancelled.
 */
HsScene *hs_graph_scene_new (HsGraph      *graph,
                             const char   *language,
                             GCancellable *cancellable,
                             GError      **error);

/* The same. @before: (nullable): a scene of the same heap near which boxes that are
 * in both are placed; @has_areas: boxes show their bytes as area, to one scale
 */
HsScene *hs_graph_scene_new_near (HsGraph      *graph,
                                  HsScene      *before,
                                  gboolean      has_areas,
                                  const char   *language,
                                  GCancellable *cancellable,
                                  GError      **error);

/* (transfer none): of a scene that hs_graph_scene_new() made */
HsGraph *hs_graph_scene_get_graph (HsScene *scene);

G_END_DECLS
