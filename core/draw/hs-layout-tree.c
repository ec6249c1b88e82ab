/* hs-layout-tree.c - a tidy tree, for what would take too long to order
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

/* Every box has a strip of the picture for itself and what hangs on it, so
 * that everything is done in one pass down and one up. An arrow that does not
 * belong to the tree keeps only its beginning and its end.
 */

#define STRIP_DISTANCE 24 /* scene units, on the grid of 8 */
#define GRID           8
#define CANCEL_STRIDE  4096

/* Breadth first: the tree is as flat as it can be, and within each column the
 * boxes come in the order of the rows that lead to them.
 */
static gboolean
grow_from (HsPlan *plan,
           guint  *n_done,
           guint  *n_queued)
{
  for (; *n_done < *n_queued; (*n_done)++)
    {
      guint node = plan->tree_order[*n_done];

      if (*n_done % CANCEL_STRIDE == 0 && g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;
      for (guint edge = plan->out_first[node]; edge < plan->out_first[node + 1]; edge++)
        {
          guint to = plan->edges[edge].to;

          if (plan->column[to] == G_MAXUINT)
            {
              plan->column[to] = plan->column[node] + 1;
              plan->tree_edge[to] = edge;
              plan->tree_order[(*n_queued)++] = to;
            }
        }
    }

  return TRUE;
}

gboolean
hs_plan_grow_tree (HsPlan *plan)
{
  guint n_done = 0;
  guint n_queued = 0;

  plan->is_tree = TRUE;
  plan->tree_edge = g_new (guint, plan->n_nodes);
  plan->tree_order = g_new (guint, plan->n_nodes);
  for (guint node = 0; node < plan->n_nodes; node++)
    {
      plan->column[node] = G_MAXUINT;
      plan->tree_edge[node] = HS_PLAN_NONE;
      plan->band[node] = 0;
    }

  for (guint pass = 0; pass <= HS_PLAN_LAST_PASS; pass++)
    for (guint node = 0; node < plan->n_nodes; node++)
      if (plan->column[node] == G_MAXUINT && hs_plan_starts_search (plan, node, pass))
        {
          plan->column[node] = 0;
          plan->tree_order[n_queued++] = node;
          if (!grow_from (plan, &n_done, &n_queued))
            return FALSE;
        }

  plan->n_bands = 1;
  plan->n_columns = 0;
  for (guint node = 0; node < plan->n_nodes; node++)
    plan->n_columns = MAX (plan->n_columns, plan->column[node] + 1);

  return TRUE;
}

/* Boxes of a column stand in the order in which the tree came upon them. */
static void
order_columns (HsPlan *plan)
{
  g_autofree guint *fill = g_memdup2 (plan->column_first, sizeof (guint) * (plan->n_columns + 1));

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      guint node = plan->tree_order[i];
      guint place = fill[plan->column[node]]++;

      plan->column_items[place] = node;
      hs_plan_item (plan, node)->order = place - plan->column_first[plan->column[node]];
    }
}

/* Each strip is as high as its box, or as the strips of what the box leads to
 * together; the lower of the two is centred.
 */
static void
place_strips (HsPlan *plan)
{
  g_autofree double *strips = g_new0 (double, plan->n_nodes);
  g_autofree double *below = g_new0 (double, plan->n_nodes); /* strips of what it leads to */
  g_autofree double *next = g_new0 (double, plan->n_nodes);  /* where the next of them starts */
  double             top = 0;

  for (guint i = plan->n_nodes; i-- > 0;)
    {
      guint node = plan->tree_order[i];

      strips[node] = MAX (below[node], plan->nodes[node].height + STRIP_DISTANCE);
      if (plan->tree_edge[node] != HS_PLAN_NONE)
        below[plan->edges[plan->tree_edge[node]].from] += strips[node];
    }

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      guint       node = plan->tree_order[i];
      guint       edge = plan->tree_edge[node];
      HsPlanItem *item = hs_plan_item (plan, node);
      double     *start = edge == HS_PLAN_NONE ? &top : &next[plan->edges[edge].from];
      double      free = strips[node] - plan->nodes[node].height - STRIP_DISTANCE;

      item->y = *start + GRID * floor (free / 2 / GRID);
      next[node] = *start + (strips[node] - below[node]) / 2;
      *start += strips[node];
      plan->height = MAX (plan->height, item->y + item->height);
    }
}

gboolean
hs_plan_place_tree (HsPlan *plan)
{
  order_columns (plan);
  place_strips (plan);

  return !g_cancellable_is_cancelled (plan->cancellable);
}
