/* hs-test-views.h - draws and exports a scene of any view, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-scene.h"

G_BEGIN_DECLS

/* All of them fail the test if Cairo says that something was wrong. Small surfaces. */

/* The upper left part. */
void hs_test_views_draw_once (HsScene *scene,
                              double   scale);
/* In all themes: parts inside, across the edge, outside, none, all; and the items and
 * what lies between them one by one, if they can move. Any thread.
 */
void hs_test_views_draw_parts (HsScene *scene,
                               double   scale);
/* Every mark at some items. */
void hs_test_views_draw_marks (HsScene *scene);
void hs_test_views_draw_legend (HsScene *scene);
/* In all formats into a temporary folder, which is removed. */
void hs_test_views_export (HsScene *scene);

G_END_DECLS
