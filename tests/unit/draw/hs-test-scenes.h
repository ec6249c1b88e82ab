/* hs-test-scenes.h - small snapshots as scenes, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-scene.h"

G_BEGIN_DECLS

/* In __main__: "a" and "b" name one list of 'north', which is interned, a text
 * of unknown size, and itself; "f" names a function that was not followed, of
 * which a part of the size is known. Returns: (transfer full)
 */
HsScene *hs_test_scene_new (void);

/* A list of @n_items that shows all its rows, by turns two strings, so that
 * the scene is about 24 * @n_items high. Returns: (transfer full)
 */
HsScene *hs_test_scene_new_high (guint n_items);

/* A tree of lists with three items each, @n_boxes of them, and half as many arrows
 * across. Returns: (transfer full)
 */
HsScene *hs_test_scene_new_tree (guint n_boxes);

/* The index of the box with this title, preview or name of a row. */
guint hs_test_scene_find (HsScene    *scene,
                          const char *text);

G_END_DECLS
