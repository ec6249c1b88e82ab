/* hs-cost-scene.h - curves of what instances cost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cost.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* Two charts, of the first instances of classes and of their sizes by number of
 * attributes, and a table of all classes of the code. The items are the classes.
 * @language: as in hs_wishes_build(). Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_CANCELLED, or G_IO_ERROR_NOT_FOUND if the code has no instances.
 */
HsScene *hs_cost_scene_new (HsHeap       *heap,
                            const char   *language,
                            GCancellable *cancellable,
                            GError      **error);

G_END_DECLS
