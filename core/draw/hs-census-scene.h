/* hs-census-scene.h - the types of a heap as a table with bars
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-census.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* At most @n_max types; the others are counted in a last row. The items are the
 * types, and that row. @language: as in hs_wishes_build(). Returns: (transfer full)
 * (nullable): NULL with G_IO_ERROR_CANCELLED, or G_IO_ERROR_NOT_FOUND if there is no
 * object
 */
HsScene *hs_census_scene_new (HsHeap       *heap,
                              HsCensusOrder order,
                              guint         n_max,
                              const char   *language,
                              GCancellable *cancellable,
                              GError      **error);
/* Compared with an earlier heap: @diff (nullable), which leads to @heap. */
HsScene *hs_census_scene_new_compared (HsHeap       *heap,
                                       HsDiff       *diff,
                                       HsCensusOrder order,
                                       guint         n_max,
                                       const char   *language,
                                       GCancellable *cancellable,
                                       GError      **error);

G_END_DECLS
