/* hs-treemap-scene.h - what keeps how many bytes alive, as area
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"
#include "hs-treemap.h"

G_BEGIN_DECLS

/* Tiles within tiles, their area to the bytes that they stand for, down from @root
 * (HS_NO_OBJECT: the whole heap). The items are the tiles, each behind the one that it
 * lies in, then the steps of the way from the whole heap to @root. @language: as in
 * hs_wishes_build(). Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_CANCELLED, or G_IO_ERROR_NOT_FOUND if nothing has heap bytes
 */
HsScene *hs_treemap_scene_new (HsHeap       *heap,
                               guint32       root,
                               const char   *language,
                               GCancellable *cancellable,
                               GError      **error);

/* The root that @hit in a scene of hs_treemap_scene_new() asks for: an object with
 * something inside, or a step of the way. FALSE if it asks for none.
 */
gboolean hs_treemap_scene_get_root_for (HsScene     *scene,
                                        const HsHit *hit,
                                        guint32     *root);

G_END_DECLS
