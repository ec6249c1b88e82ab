/* hs-graph-ghosts.h - in a graph, what has appeared since an earlier moment, and what has gone
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-diff.h"
#include "hs-graph-private.h"

G_BEGIN_DECLS

/* Zeroed: nothing is compared. */
typedef struct
{
  HsDiff               *diff;     /* borrowed, nullable; objects are matched */
  HsHeap               *heap;     /* borrowed; before */
  const HsGraphOptions *options;  /* borrowed */
  HsGraph              *graph;    /* borrowed */
  guint32              *ghost_of; /* owned; by object before: box + 1, or 0 */
  guint64               n_drawn;  /* gone objects that ghosts stand for */
} HsGraphGhosts;

void _hs_graph_ghosts_init (HsGraphGhosts        *self,
                            HsDiff               *diff,
                            const HsGraphOptions *options,
                            HsGraph              *graph);
void _hs_graph_ghosts_clear (HsGraphGhosts *self);

/* Behind the rows that box @index has, one for each reference before to what has gone,
 * and the ghosts where they lead.
 */
void _hs_graph_ghosts_add_rows (HsGraphGhosts *self,
                                guint          index);

/* Of the marks, that which says what has become of @object. */
guint _hs_graph_ghosts_get_mark (const HsGraphGhosts *self,
                                 guint32              object);

G_END_DECLS
