/* hs-layout-spine.c - trunks with branches for what many refer to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

/* Fewer arrows that come from one side are clearer each on its own. */
#define MIN_BRANCHES 4
#define MAX_JOINTS   24   /* of a spine; beyond, neighbours come to it together */
#define LEAST_WAY    40.0 /* up or down, of an arrow that joins a spine; scene units */
#define LEFT_MARGIN  20.0 /* of a gap that spines keep clear: for bends, */
#define RIGHT_MARGIN 28.0 /* and for the arrow's head */

typedef struct
{
  guint  link;
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
  GArray *branches; /* Branch; of one gap */
  GArray *spines;   /* Spine; of one gap */
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

  if (n_branches < MIN_BRANCHES)
    return;

  for (guint i = 0; i < n_branches; i++)
    g_array_append_val (gap->branches, branches[is_above ? i : n_branches - 1 - i]);
  spine.way = fabs (g_array_index (gap->branches, Branch, spine.first_branch).y - y);
  g_array_append_val (gap->spines, spine);
}

/* Arrows from above and from below have a spine each. */
static void
find_spines (Gap    *gap,
             guint   to,
             GArray *candidates)
{
  HsPlan *plan = gap->plan;
  double  y = 0;
  guint   n_above = 0;
  guint   n_below = 0;
  Branch *branches;

  if (plan->in_first[to + 1] - plan->in_first[to] < MIN_BRANCHES)
    return;

  g_array_set_size (candidates, 0);
  for (guint i = plan->in_first[to]; i < plan->in_first[to + 1]; i++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[i]);
      const HsPlanItem *from = hs_plan_item (plan, link->from);
      Branch            branch = { plan->in_links[i], from->y + link->from_port };

      y = hs_plan_item (plan, to)->y + link->to_port;
      if (link->is_lane || from->node == HS_PLAN_NONE || fabs (branch.y - y) < LEAST_WAY)
        continue;
      g_array_append_val (candidates, branch);
      if (branch.y < y)
        n_above++;
      else
        n_below++;
    }
  if (n_above < MIN_BRANCHES && n_below < MIN_BRANCHES)
    return;

  g_array_sort (candidates, compare_branches);
  branches = (Branch *)(void *)candidates->data;
  add_spine (gap, branches, n_above, to, y, TRUE);
  add_spine (gap, branches + n_above, n_below, to, y, FALSE);
}

/* Neighbours that come to a spine together do so where the last of them is. */
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
          .to_port = hs_plan_link (plan, branch->link)->to_port,
          .strand = HS_PLAN_NONE,
      };

      for (guint j = i * n_together; j <= last; j++)
        hs_plan_link (plan, g_array_index (gap->branches, Branch, spine->first_branch + j).link)
          ->joint = first + i;
      g_array_append_val (plan->joints, joint);
    }
}

static void
add_spines_of_gap (Gap    *gap,
                   guint   column,
                   GArray *candidates)
{
  HsPlan *plan = gap->plan;
  double  left = plan->column_x[column] + plan->column_width[column] + LEFT_MARGIN;
  double  right = plan->column_x[column + 1] - RIGHT_MARGIN;

  g_array_set_size (gap->branches, 0);
  g_array_set_size (gap->spines, 0);
  for (guint i = plan->column_first[column + 1]; i < plan->column_first[column + 2]; i++)
    find_spines (gap, plan->column_items[i], candidates);

  g_array_sort (gap->spines, compare_spines);
  for (guint i = 0; i < gap->spines->len; i++)
    add_joints (gap, &g_array_index (gap->spines, Spine, i),
                left + (right - left) * (i + 1) / (gap->spines->len + 1));
}

gboolean
hs_plan_add_spines (HsPlan *plan)
{
  Gap      gap = { plan, g_array_new (FALSE, FALSE, sizeof (Branch)),
                   g_array_new (FALSE, FALSE, sizeof (Spine)) };
  GArray  *candidates = g_array_new (FALSE, FALSE, sizeof (Branch));
  gboolean is_done = TRUE;

  plan->joints = g_array_new (FALSE, FALSE, sizeof (HsPlanJoint));
  for (guint column = 0; is_done && column + 1 < plan->n_columns; column++)
    {
      add_spines_of_gap (&gap, column, candidates);
      is_done = !g_cancellable_is_cancelled (plan->cancellable);
    }
  g_array_unref (candidates);
  g_array_unref (gap.branches);
  g_array_unref (gap.spines);

  return is_done;
}
