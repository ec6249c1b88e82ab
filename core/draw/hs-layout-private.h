/* hs-layout-private.h - the steps of a layout and what they hand on
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-layout.h"

G_BEGIN_DECLS

/* One connected part on its way through the steps, which are called in the
 * order in which they are declared below.
 *
 * Items stand in columns: every node is one, and so is every crossing of a
 * column by a route. Routes that end at the same node share their items: the
 * trunk leads rightwards to a node, the lane leftwards. Hence the number of
 * items is at most 2 * nodes * columns, however many arrows there are.
 */

#define HS_PLAN_NONE G_MAXUINT

typedef struct
{
  guint  node;   /* of this plan; HS_PLAN_NONE for a crossing */
  guint  target; /* the node itself, or where the crossing route leads */
  guint  column;
  int    band; /* order within a column is by band first */
  guint  order;
  guint  is_lane : 1; /* leads leftwards */
  double height;
  double home; /* where it stands if nothing pulls */
  double y;
  guint  first_turn; /* of a lane: list of turns; HS_PLAN_NONE ends it */
} HsPlanItem;

/* Joins items of neighbouring columns, from.column + 1 == to.column, whichever
 * way the arrow runs.
 */
typedef struct
{
  guint  from;
  guint  to;
  double from_port; /* distance from the top of the item */
  double to_port;
  guint  n_edges;
  guint  strand;
  guint  is_lane : 1; /* the arrow runs from @to to @from */
  double weight;      /* how much it pulls */
  guint  joint;       /* where it comes upon a spine, or HS_PLAN_NONE */
} HsPlanLink;

/* Where many arrows of one column lead to one item of the next, or turn to one
 * lane, they come one by one to an upright spine in the gap, as branches to a
 * trunk: this is where some of them do, and the piece of the spine from there.
 */
typedef struct
{
  HsPoint place;
  guint   next; /* joint, or HS_PLAN_NONE: then to the item */
  guint   to;
  double  to_port;
  guint   strand;
} HsPlanJoint;

/* Joins a node and a lane of the same column round the node's side: right
 * where an arrow leaves for a lane, left where the lane ends at its box.
 */
typedef struct
{
  guint  node; /* item */
  guint  lane; /* item */
  double port;
  guint  is_end : 1; /* at the left side */
  guint  n_edges;
  guint  next; /* turn of the same lane */
  guint  strand;
  guint  joint; /* where it comes upon a spine, or HS_PLAN_NONE */
} HsPlanTurn;

typedef struct
{
  const HsLayoutNode *nodes;
  guint               n_nodes;
  const HsLayoutEdge *edges; /* sorted by from, then port */
  guint               n_edges;
  const HsLayoutHint *hints; /* NULL if nothing is known of any node */
  GCancellable       *cancellable;

  guint *out_first; /* n_nodes + 1: first edge of each node */
  guint *n_in;

  double *former_y; /* hs_plan_recall(): with hints, of each node, guessed if it is new */

  /* hs_plan_rank() */
  guint *column;
  int   *band;
  guint *preorder; /* of the depth-first search that broke the cycles */
  guint  n_columns;
  guint  n_bands;

  /* hs_plan_grow_tree(), called by hs_plan_rank() if there would be too many
   * items: then only the edges of the tree have links.
   */
  gboolean is_tree;
  guint   *tree_edge;  /* the edge that leads to each node, or HS_PLAN_NONE */
  guint   *tree_order; /* nodes, from the left to the right */

  /* hs_plan_add_items() */
  GArray *items;     /* HsPlanItem; the first n_nodes are the nodes */
  GArray *links;     /* HsPlanLink */
  GArray *turns;     /* HsPlanTurn */
  guint  *edge_link; /* first link of each edge, or HS_PLAN_NONE */
  guint  *edge_turn; /* first turn of each edge, or HS_PLAN_NONE */
  guint  *in_first;  /* items + 1 */
  guint  *in_links;
  guint  *item_out_first; /* items + 1; links of an item are sorted by port */
  guint  *item_out;
  guint  *column_first; /* n_columns + 1 */
  guint  *column_items; /* in order */

  /* hs_plan_place() */
  double *column_x;
  double *column_width;
  double  width;
  double  height;

  /* hs_plan_add_spines() */
  GArray *joints; /* HsPlanJoint */
} HsPlan;

/* Where each node was, or would have been if it were not new. */
void hs_plan_recall (HsPlan *plan);

/* All return FALSE if cancelled. */
gboolean hs_plan_rank (HsPlan *plan);
gboolean hs_plan_add_items (HsPlan *plan);
gboolean hs_plan_order (HsPlan *plan);
gboolean hs_plan_place (HsPlan *plan);
gboolean hs_plan_add_spines (HsPlan *plan);

/* All that of a strand is given by its places. */
void hs_plan_curve_link (HsPlan           *plan,
                         const HsPlanLink *link,
                         HsLayoutStrand   *strand);
void hs_plan_curve_turn (HsPlan           *plan,
                         const HsPlanTurn *turn,
                         HsLayoutStrand   *strand);
void hs_plan_curve_joint (HsPlan            *plan,
                          const HsPlanJoint *joint,
                          HsLayoutStrand    *strand);
void hs_plan_curve_stub (HsPlan             *plan,
                         const HsLayoutEdge *edge,
                         gboolean            is_end,
                         HsLayoutStrand     *strand);

gboolean hs_plan_grow_tree (HsPlan *plan);
gboolean hs_plan_place_tree (HsPlan *plan);

/* Whether a search through the edges starts from @node in its @pass of
 * HS_PLAN_LAST_PASS + 1: scopes first, then what nothing refers to, then
 * whatever is left of cycles.
 */
#define HS_PLAN_LAST_PASS 2
gboolean hs_plan_starts_search (const HsPlan *plan,
                                guint         node,
                                guint         pass);

/* How much is seen of an arrow that is not in the tree, at its beginning and
 * at its end, scene units.
 */
#define HS_PLAN_STUB 24

/* Fewer arrows that come from one side are clearer each on its own. */
#define HS_PLAN_MIN_BRANCHES 4

/* How far before a spine its branches bend, scene units. */
#define HS_PLAN_BEND 12

/* Least distance between neighbours of a column, scene units. */
double hs_plan_get_distance (const HsPlanItem *above,
                             const HsPlanItem *below);

/* Whether the reader knows where node @i stands. */
static inline gboolean
hs_plan_is_kept (const HsPlan *plan,
                 guint         i)
{
  return plan->hints != NULL && i < plan->n_nodes && plan->hints[i].is_known;
}

static inline HsPlanItem *
hs_plan_item (HsPlan *plan,
              guint   i)
{
  return &g_array_index (plan->items, HsPlanItem, i);
}

static inline HsPlanLink *
hs_plan_link (HsPlan *plan,
              guint   i)
{
  return &g_array_index (plan->links, HsPlanLink, i);
}

static inline HsPlanJoint *
hs_plan_joint (HsPlan *plan,
               guint   i)
{
  return &g_array_index (plan->joints, HsPlanJoint, i);
}

static inline HsPlanTurn *
hs_plan_turn (HsPlan *plan,
              guint   i)
{
  return &g_array_index (plan->turns, HsPlanTurn, i);
}

/* Whether so many arrows turn to @item that they may have a spine. */
static inline gboolean
hs_plan_has_back_trunk (HsPlan *plan,
                        guint   item)
{
  guint n = 0;

  for (guint i = hs_plan_item (plan, item)->first_turn; i != HS_PLAN_NONE;
       i = hs_plan_turn (plan, i)->next)
    if (!hs_plan_turn (plan, i)->is_end && ++n >= HS_PLAN_MIN_BRANCHES)
      return TRUE;

  return FALSE;
}

G_END_DECLS
