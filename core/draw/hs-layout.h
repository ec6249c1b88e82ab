/* hs-layout.h - places boxes in columns and routes arrows between them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Knows nothing of Python, text or colours: boxes with ports in, places and
 * curves out. All lengths are scene units.
 */

typedef struct
{
  double x;
  double y;
} HsPoint;

typedef struct
{
  double width;
  double height;
  double entry;   /* where arrows end: distance from the top on the left edge */
  guint  is_root; /* stands in the first column: a scope */
} HsLayoutNode;

typedef struct
{
  guint  from;
  guint  to;
  double port; /* where the arrow starts: distance from the top on the right edge */
} HsLayoutEdge;

/* Where a box stood in the layout that the reader sees now. Boxes of a column
 * of which this is known keep their order, and stay near it as far as arrows
 * and new boxes let them; only distances count, not the origin.
 */
typedef struct
{
  HsPoint place;        /* top left corner */
  guint   is_known : 1; /* FALSE: the box is new */
} HsLayoutHint;

/* A piece of one or more routes: a straight line from @start to curve[0],
 * then a cubic Bézier. Arrows that end at the same box share the pieces that
 * they have in common, so that a bundle is drawn once.
 *
 * No piece touches a box: curves lie in the gaps between columns, straight
 * lines in lanes between the boxes of a column.
 */
typedef struct
{
  HsPoint start;
  HsPoint curve[4];
  guint   target;  /* the box where it leads */
  guint   n_edges; /* that share it */
  guint   is_first : 1;
  guint   is_last : 1; /* ends at the box: the arrow head goes here */
  guint   is_back : 1; /* leads to an earlier column */
  guint   is_stub : 1; /* the way between this and the other end is left out */
} HsLayoutStrand;

typedef struct
{
  guint           n_nodes;
  guint           n_edges;
  guint           n_strands;
  double          width;
  double          height;
  HsPoint        *places; /* top left corner of each node */
  HsLayoutStrand *strands;
  guint          *edge_first;        /* n_edges + 1: first element of @edge_strands */
  guint          *edge_strands;      /* strands of each edge from its row to its box */
  guint           n_stubs;           /* arrows of which only both ends are drawn */
  guint           is_simplified : 1; /* too much for the time: a part of it is a tree */
} HsLayout;

/* Deterministic. Returns: (transfer full) (nullable): NULL if cancelled
 */
HsLayout *hs_layout_new (const HsLayoutNode *nodes,
                         guint               n_nodes,
                         const HsLayoutEdge *edges,
                         guint               n_edges,
                         const HsLayoutHint *hints,
                         GCancellable       *cancellable);
void      hs_layout_free (HsLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsLayout, hs_layout_free)

G_END_DECLS
