/* hs-anatomy-scene.h - the bytes of objects as a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-anatomy.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* Its items are the blocks of @anatomy, then its fields. @language: as of
 * hs_wishes_build(). Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_CANCELLED
 */
HsScene *hs_anatomy_scene_new (HsAnatomy    *anatomy,
                               const char   *language,
                               GCancellable *cancellable,
                               GError      **error);

/* Returns: (transfer none) (nullable): NULL if it is another picture */
HsAnatomy *hs_anatomy_scene_get_anatomy (HsScene *scene);

G_END_DECLS
