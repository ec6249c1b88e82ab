/* hs-layout-spine.c - trunks with branches for what many refer to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

#define MAX_JOINTS   24   /* of a spine; beyond, neighbours come to it together */
#define LEAST_WAY    40.0 /* up or down, of an arrow that joins a spine; scene units */
#define LEFT_MARGIN  20.0 /* of a gap that spines keep clear: for bends, */
#define BACK_MARGIN  36.0 /* or for the spines of lanes, */
#define RIGHT_MARGIN 28.0 /* and for the arrow's head */
#define BACK_LEAST   16.0 /* between these distances from the column are those of lanes */
#define BACK_MOST    28.0

typedef struct
{
  guint  link; /* or turn */
  double y;
} Branch;

/* On its way from @first_branch, the farthest, to the item. */
typedef struct
{
  guint  first_branch; /* of the gap */
  guint  n_branches;
  guint  to;
  double y; /* where it ends */
  double way;
} Spine;

typedef struct
{
  HsPlan *plan;
  GArray *branches;   /* Branch; of one gap */
  GArray *spines;     /* Spine; of one gap */
  GArray *candidates; /* Branch; of one item */
} Gap;

static int
compare_branches (gconstpointer a,
                  gconstpointer b)
{
  const Branch *left = a;
  const Branch *right = b;

  if (left->y < right->y || left->y > right->y)
    return left->y < right->y ? -1 : 1;

  return left->link < right->link ? -1 : left->link > right->link;
}

/* The longest stands first, where the fewest branches must cross it. */
static int
compare_spines (gconstpointer a,
                gconstpointer b)
{
  const Spine *left = a;
  const Spine *right = b;

  if (left->way < right->way || left->way > right->way)
    return left->way > right->way ? -1 : 1;

  return left->to < right->to ? -1 : left->to > right->to;
}

static void
add_spine (Gap     *gap,
           Branch  *branches,
           guint    n_branches,
           guint    to,
           double   y,
           gboolean is_above)
{
  Spine spine = { gap->branches->len, n_branches, to, y, 0 };

  if (n_branches < HS_PLAN_MIN_BRANCHES)
    return;

  for (guint i = 0; i < n_branches; i++)
    g_array_append_val (gap->branches, branches[is_above ? i : n_branches - 1 - i]);
  spine.way = fabs (g_array_index (gap->branches, Branch, spine.first_branch).y - y);
  g_array_append_val (gap->spines, spine);
}

/* Arrows from above and from below have a spine each. */
static void
add_spines_of_item (Gap   *gap,
                    guint  to,
                    double y)
{
  Branch *branches = (Branch *)(void *)gap->candidates->data;
  guint   n = gap->candidates->len;
  guint   n_above = 0;

  if (n < HS_PLAN_MIN_BRANCHES)
    return;

  g_array_sort (gap->candidates, compare_branches);
  while (n_above < n && branches[n_above].y < y)
    n_above++;
  add_spine (gap, branches, n_above, to, y, TRUE);
  add_spine (gap, branches + n_above, n - n_above, to, y, FALSE);
}

static void
add_candidate (Gap   *gap,
               guint  link,
               double from_y,
               double to_y)
{
  Branch branch = { link, from_y };

  if (fabs (from_y - to_y) >= LEAST_WAY)
    g_array_append_val (gap->candidates, branch);
}

static void
find_spines (Gap  *gap,
             guint to)
{
  HsPlan *plan = gap->plan;
  double  y = 0;

  g_array_set_size (gap->candidates, 0);
  for (guint i = plan->in_first[to]; i < plan->in_first[to + 1]; i++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[i]);
      const HsPlanItem *from = hs_plan_item (plan, link->from);

      y = hs_plan_item (plan, to)->y + link->to_port;
      if (!link->is_lane && from->node != HS_PLAN_NONE)
        add_candidate (gap, plan->in_links[i], from->y + link->from_port, y);
    }
  add_spines_of_item (gap, to, y);
}

static void
find_back_spines (Gap  *gap,
                  guint lane)
{
  HsPlan *plan = gap->plan;
  double  y = hs_plan_item (plan, lane)->y;

  if (!hs_plan_has_back_trunk (plan, lane))
    return;

  g_array_set_size (gap->candidates, 0);
  for (guint i = hs_plan_item (plan, lane)->first_turn; i != HS_PLAN_NONE;
       i = hs_plan_turn (plan, i)->next)
    {
      const HsPlanTurn *turn = hs_plan_turn (plan, i);

      if (!turn->is_end)
        add_candidate (gap, i, hs_plan_item (plan, turn->node)->y + turn->port, y);
    }
  add_spines_of_item (gap, lane, y);
}

/* Neighbours that come to a spine together do so where the last of them is. */
static void
set_joint (HsPlan *plan,
           guint   to,
           guint   link,
           guint   joint)
{
  if (hs_plan_item (plan, to)->is_lane)
    hs_plan_turn (plan, link)->joint = joint;
  else
    hs_plan_link (plan, link)->joint = joint;
}

static void
add_joints (Gap         *gap,
            const Spine *spine,
            double       x)
{
  HsPlan *plan = gap->plan;
  guint   n_together = (spine->n_branches - 1) / MAX_JOINTS + 1;
  guint   n_joints = (spine->n_branches - 1) / n_together + 1;
  guint   first = plan->joints->len;

  for (guint i = 0; i < n_joints; i++)
    {
      guint         last = MIN ((i + 1) * n_together, spine->n_branches) - 1;
      const Branch *branch = &g_array_index (gap->branches, Branch, spine->first_branch + last);
      double        bend = branch->y < spine->y ? HS_PLAN_BEND : -HS_PLAN_BEND;
      HsPlanJoint   joint = {
          .place = { x, branch->y + bend },
          .next = i + 1 < n_joints ? first + i + 1 : HS_PLAN_NONE,
          .to = spine->to,
          .to_port = spine->y - hs_plan_item (plan, spine->to)->y,
          .strand = HS_PLAN_NONE,
      };

      for (guint j = i * n_together; j <= last; j++)
        set_joint (plan, spine->to,
                   g_array_index (gap->branches, Branch, spine->first_branch + j).link, first + i);
      g_array_append_val (plan->joints, joint);
    }
}

/* Side by side, the longest at @longest_x. */
static void
place_spines (Gap   *gap,
              double longest_x,
              double shortest_x)
{
  g_array_sort (gap->spines, compare_spines);
  for (guint i = 0; i < gap->spines->len; i++)
    add_joints (gap, &g_array_index (gap->spines, Spine, i),
                longest_x + (shortest_x - longest_x) * (i + 1) / (gap->spines->len + 1));
  g_array_set_size (gap->branches, 0);
  g_array_set_size (gap->spines, 0);
}

/* In the gap right of @column; that of the last one is but a margin. */
static void
add_spines_of_gap (Gap  *gap,
                   guint column)
{
  HsPlan  *plan = gap->plan;
  double   left = plan->column_x[column] + plan->column_width[column];
  gboolean has_back;

  for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
    find_back_spines (gap, plan->column_items[i]);
  has_back = gap->spines->len > 0;
  /* The way of a longer one is round those of the others. */
  place_spines (gap, left + BACK_MOST, left + BACK_LEAST);
  if (column + 1 == plan->n_columns)
    return;

  for (guint i = plan->column_first[column + 1]; i < plan->column_first[column + 2]; i++)
    find_spines (gap, plan->column_items[i]);
  place_spines (gap, left + (has_back ? BACK_MARGIN : LEFT_MARGIN),
                plan->column_x[column + 1] - RIGHT_MARGIN);
}

gboolean
hs_plan_add_spines (HsPlan *plan)
{
  Gap gap = {
    .plan = plan,
    .branches = g_array_new (FALSE, FALSE, sizeof (Branch)),
    .spines = g_array_new (FALSE, FALSE, sizeof (Spine)),
    .candidates = g_array_new (FALSE, FALSE, sizeof (Branch)),
  };
  gboolean is_done = TRUE;

  plan->joints = g_array_new (FALSE, FALSE, sizeof (HsPlanJoint));
  for (guint column = 0; is_done && column < plan->n_columns; column++)
    {
      add_spines_of_gap (&gap, column);
      is_done = !g_cancellable_is_cancelled (plan->cancellable);
    }
  g_array_unref (gap.branches);
  g_array_unref (gap.spines);
  g_array_unref (gap.candidates);

  return is_done;
}
