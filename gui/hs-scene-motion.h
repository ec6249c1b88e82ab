/* hs-scene-motion.h - how the items of one scene go to their places in the next
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-tiles.h"

G_BEGIN_DECLS

/* What is in both scenes moves, what is new appears, what is gone fades: a
 * change that is seen is understood. Main thread only.
 */
typedef struct _HsSceneMotion HsSceneMotion;

/* @from, @to: what was seen of @old and will be of @new. Returns: (transfer full)
 * (nullable): NULL if there is too much to be moved within a frame, or nothing moves
 */
HsSceneMotion *hs_scene_motion_new (HsScene          *old,
                                    const HsViewport *from,
                                    HsScene *new,
                                    const HsViewport *to);
void           hs_scene_motion_free (HsSceneMotion *self);

/* Paints background and items. @progress: 0 as it was, 1 as it will be */
void hs_scene_motion_paint (HsSceneMotion *self,
                            cairo_t       *cr,
                            double         progress,
                            const HsTheme *theme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsSceneMotion, hs_scene_motion_free)

G_END_DECLS
