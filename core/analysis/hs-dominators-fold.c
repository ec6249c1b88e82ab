/* hs-dominators-fold.c - objects that belong to their only referrer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

/* Nearly everything in a heap hangs on one reference, and is settled here by
 * reading the edges once and the objects once. Objects stand in the order in
 * which they were found, so that an only referrer stands before what it refers
 * to: from the last object to the first, every part is complete when its turn
 * comes. Where they stand otherwise, the chain of referrers is followed.
 */

/* Edges that are fetched ahead: the processor itself stops at the end of a page. */
#define AHEAD 256

/* Notes the only referrer of each object that is no root, and counts for each
 * the objects that it refers to and that are no roots. Several references from
 * the same object are one; those to itself are none.
 */
static void
read_edges (HsDominatorsBuild *build)
{
  const HsSnapshotView *view = &build->heap->view;
  guint32              *parent = build->tree->parent;
  guint32               n_reached = view->info.n_reached;
  guint32               edge = 0;

  for (guint32 object = 0; object < view->n_objects; object++)
    {
      guint32 end = view->object_edges[object + 1];
      guint32 least = object < n_reached ? 0 : n_reached;
      guint32 n = 0;

      __builtin_prefetch (view->edge_target + edge + AHEAD);
      for (; edge < end; edge++)
        {
          guint32 target = view->edge_target[edge];
          guint32 holder = parent[target];

          if (holder == HS_NO_OBJECT || holder == object || target == object || target < least)
            continue;

          parent[target] = holder == HS_HOLDER_NONE ? object : HS_HOLDER_MANY;
          n++;
        }

      build->left[object] = n;
    }
}

void
_hs_dominators_fold (HsDominatorsBuild *build)
{
  HsDominators *tree = build->tree;
  guint32      *left = build->left;

  read_edges (build);

  for (guint32 i = tree->n_objects; i-- > 0;)
    {
      guint32 object = i;
      guint32 parent = tree->parent[object];

      /* What nothing refers to goes with nothing. */
      if (parent == HS_HOLDER_NONE)
        tree->parent[object] = HS_NO_OBJECT;

      while (left[object] == 0 && parent < HS_HOLDER_MANY)
        {
          _hs_dominators_add (tree, parent, object);
          left[object] = HS_FOLDED;
          left[parent]--;
          if (parent < object)
            break;

          object = parent;
          parent = tree->parent[object];
        }
    }
}
