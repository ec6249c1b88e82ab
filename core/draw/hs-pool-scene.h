/* hs-pool-scene.h - map of the pools of Python's arenas
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-pool-map.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* Sentences, a table of the sizes of blocks, and every pool of every arena in its
 * place. The items are the rows of the table, then the cells of the map: a pool each,
 * or, in a large heap, several neighbours. @language: as in hs_wishes_build().
 * Returns: (transfer full) (nullable): NULL with G_IO_ERROR_CANCELLED, or
 * G_IO_ERROR_NOT_FOUND if the snapshot has no pools.
 */
HsScene *hs_pool_scene_new (HsHeap       *heap,
                            const char   *language,
                            GCancellable *cancellable,
                            GError      **error);

G_END_DECLS
