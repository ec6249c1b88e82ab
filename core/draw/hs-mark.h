/* hs-mark.h - signs of what is special about an object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "hs-graph.h"

G_BEGIN_DECLS

#define HS_MARK_SIGN_SIZE 12

/* Whether the mark has a sign; the others have a word or a shape only. */
gboolean hs_mark_has_sign (HsGraphMarks mark);

/* In the square of HS_MARK_SIGN_SIZE at @x, @y (scene units), with the source of
 * @cr. Each stands beside its word: hs_graph_get_mark_word().
 */
void hs_mark_draw (cairo_t     *cr,
                   HsGraphMarks mark,
                   double       x,
                   double       y);

G_END_DECLS
