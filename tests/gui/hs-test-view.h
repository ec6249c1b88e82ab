/* hs-test-view.h - a view that waits, and counts what becomes of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-wishes.h"

G_BEGIN_DECLS

/* One box for each of the first objects of a heap, after one of no object. */
enum
{
  HS_TEST_OPTION_LEGEND,  /* a switch; off: the legend is empty */
  HS_TEST_OPTION_CONTENT, /* two choices; the second: nothing to show */
  HS_TEST_OPTION_ORDER,   /* six choices */
  HS_TEST_N_OPTIONS
};

#define HS_TEST_MORE_BOXES 3 /* when a box is opened, or more is shown */

const HsView *hs_test_view_get (void);

/* Builds, and drawing in other threads than the main one, wait from now on; even
 * a cancelled build then has a result.
 */
void hs_test_view_hold (void);
void hs_test_view_release (void);

guint hs_test_view_get_n_begun (void);   /* builds, since the program began */
guint hs_test_view_get_n_waiting (void); /* builds and drawings */
guint hs_test_view_get_n_scenes (void);  /* that somebody holds */

/* What was drawn with last; NULL: nothing since the last call. */
const HsTheme *hs_test_view_take_theme (void);
/* Of hs_scene_draw_item(), since the last call. */
guint hs_test_view_take_n_items_drawn (void);

G_END_DECLS
