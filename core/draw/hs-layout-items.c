/* hs-layout-items.c - where routes cross columns
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

/* For each node the items of its trunk and of its lane, one per column that
 * they cross, in a run of @items.
 */
typedef struct
{
  guint *trunk_first;  /* item of the leftmost column */
  guint *trunk_column; /* that column; the node's own if there is no trunk */
  guint *lane_first;   /* item of the node's own column */
  guint *lane_columns; /* how many columns the lane crosses; 0 if none */
  int   *least_band;   /* of the node and all that refer to it */
  int   *most_band;
} Routes;

static void
find_extents (HsPlan *plan,
              Routes *routes)
{
  for (guint node = 0; node < plan->n_nodes; node++)
    {
      routes->trunk_column[node] = plan->column[node];
      routes->least_band[node] = routes->most_band[node] = plan->band[node];
    }

  for (guint edge = 0; edge < plan->n_edges; edge++)
    {
      guint from = plan->edges[edge].from;
      guint to = plan->edges[edge].to;

      if (plan->column[from] < plan->column[to])
        routes->trunk_column[to] = MIN (routes->trunk_column[to], plan->column[from] + 1);
      else
        routes->lane_columns[to] = MAX (routes->lane_columns[to],
                                        plan->column[from] - plan->column[to] + 1);
      routes->least_band[to] = MIN (routes->least_band[to], plan->band[from]);
      routes->most_band[to] = MAX (routes->most_band[to], plan->band[from]);
    }
}

static guint
add_item (HsPlan *plan,
          guint   node,
          guint   target,
          guint   column,
          int     band,
          double  height,
          guint   is_lane)
{
  HsPlanItem item = {
    .node = node,
    .target = target,
    .column = column,
    .band = band,
    .is_lane = is_lane,
    .height = height,
    .first_turn = HS_PLAN_NONE,
  };

  g_array_append_val (plan->items, item);

  return plan->items->len - 1;
}

static guint
add_link (HsPlan *plan,
          guint   from,
          guint   to,
          double  from_port,
          double  to_port,
          guint   is_lane)
{
  HsPlanLink link = { from, to, from_port, to_port, 0, HS_PLAN_NONE, is_lane, 0, HS_PLAN_NONE };

  g_array_append_val (plan->links, link);

  return plan->links->len - 1;
}

static guint
add_turn (HsPlan *plan,
          guint   node,
          guint   lane,
          double  port,
          guint   is_end)
{
  HsPlanItem *item = hs_plan_item (plan, lane);
  HsPlanTurn  turn = { node, lane, port, is_end, 0, item->first_turn, HS_PLAN_NONE,
                       HS_PLAN_NONE };

  item->first_turn = plan->turns->len;
  g_array_append_val (plan->turns, turn);

  return plan->turns->len - 1;
}

/* A route between boxes of one band runs within the band; one from another
 * band comes through the corridor above the band of its box.
 */
static gboolean
add_routes (HsPlan *plan,
            Routes *routes)
{
  for (guint node = 0; node < plan->n_nodes; node++)
    {
      guint column = plan->column[node];
      guint n_trunk = column - MIN (column, routes->trunk_column[node]);
      int   band = 2 * plan->band[node];

      if (routes->least_band[node] != routes->most_band[node])
        band--;
      if (node % 1024 == 0 && g_cancellable_is_cancelled (plan->cancellable))
        return FALSE;

      routes->trunk_first[node] = plan->items->len;
      for (guint i = 0; i < n_trunk; i++)
        add_item (plan, HS_PLAN_NONE, node, routes->trunk_column[node] + i, band, 0, FALSE);
      for (guint i = 0; i < n_trunk; i++)
        {
          guint    item = routes->trunk_first[node] + i;
          gboolean is_last = i + 1 == n_trunk;

          add_link (plan, item, is_last ? node : item + 1, 0,
                    is_last ? plan->nodes[node].entry : 0, FALSE);
        }

      routes->lane_first[node] = plan->items->len;
      for (guint i = 0; i < routes->lane_columns[node]; i++)
        add_item (plan, HS_PLAN_NONE, node, column + i, band, 0, TRUE);
      for (guint i = 1; i < routes->lane_columns[node]; i++)
        add_link (plan, routes->lane_first[node] + i - 1, routes->lane_first[node] + i, 0, 0, TRUE);
      if (routes->lane_columns[node] > 0)
        add_turn (plan, node, routes->lane_first[node], plan->nodes[node].entry, TRUE);
    }

  return TRUE;
}

static void
add_edges (HsPlan *plan,
           Routes *routes)
{
  plan->edge_link = g_new (guint, plan->n_edges + 1);
  plan->edge_turn = g_new (guint, plan->n_edges + 1);

  for (guint i = 0; i < plan->n_edges; i++)
    {
      const HsLayoutEdge *edge = &plan->edges[i];
      guint               column = plan->column[edge->from];

      plan->edge_link[i] = plan->edge_turn[i] = HS_PLAN_NONE;
      if (column + 1 == plan->column[edge->to])
        plan->edge_link[i] = add_link (plan, edge->from, edge->to, edge->port,
                                       plan->nodes[edge->to].entry, FALSE);
      else if (column < plan->column[edge->to])
        plan->edge_link[i] =
          add_link (plan, edge->from,
                    routes->trunk_first[edge->to] + column + 1 - routes->trunk_column[edge->to],
                    edge->port, 0, FALSE);
      else
        plan->edge_turn[i] = add_turn (
          plan, edge->from, routes->lane_first[edge->to] + column - plan->column[edge->to],
          edge->port, FALSE);
    }
}

static int
compare_ports (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  HsPlan           *plan = user_data;
  guint             i = *(const guint *)a;
  guint             j = *(const guint *)b;
  const HsPlanLink *left = hs_plan_link (plan, i);
  const HsPlanLink *right = hs_plan_link (plan, j);

  if (left->from_port != right->from_port)
    return left->from_port < right->from_port ? -1 : 1;

  return i < j ? -1 : i > j;
}

static void
add_tree_edges (HsPlan *plan)
{
  plan->edge_link = g_new (guint, plan->n_edges + 1);
  plan->edge_turn = g_new (guint, plan->n_edges + 1);

  for (guint i = 0; i < plan->n_edges; i++)
    {
      const HsLayoutEdge *edge = &plan->edges[i];

      plan->edge_link[i] = plan->edge_turn[i] = HS_PLAN_NONE;
      if (plan->tree_edge[edge->to] == i)
        plan->edge_link[i] = add_link (plan, edge->from, edge->to, edge->port,
                                       plan->nodes[edge->to].entry, FALSE);
    }
}

/* Links by the item where they end and by the item where they start. */
static void
index_links (HsPlan *plan)
{
  guint             n_items = plan->items->len;
  guint             n_links = plan->links->len;
  g_autofree guint *fill = NULL;

  plan->in_first = g_new0 (guint, n_items + 1);
  plan->item_out_first = g_new0 (guint, n_items + 1);
  plan->in_links = g_new (guint, n_links + 1);
  plan->item_out = g_new (guint, n_links + 1);

  for (guint i = 0; i < n_links; i++)
    {
      plan->in_first[hs_plan_link (plan, i)->to + 1]++;
      plan->item_out_first[hs_plan_link (plan, i)->from + 1]++;
    }
  for (guint i = 0; i < n_items; i++)
    {
      plan->in_first[i + 1] += plan->in_first[i];
      plan->item_out_first[i + 1] += plan->item_out_first[i];
    }

  fill = g_memdup2 (plan->in_first, sizeof (guint) * (n_items + 1));
  for (guint i = 0; i < n_links; i++)
    plan->in_links[fill[hs_plan_link (plan, i)->to]++] = i;
  memcpy (fill, plan->item_out_first, sizeof (guint) * (n_items + 1));
  for (guint i = 0; i < n_links; i++)
    plan->item_out[fill[hs_plan_link (plan, i)->from]++] = i;

  for (guint i = 0; i < n_items; i++)
    {
      guint first = plan->item_out_first[i];
      guint n = plan->item_out_first[i + 1] - first;

      if (n > 1)
        g_qsort_with_data (plan->item_out + first, (int)n, sizeof (guint), compare_ports, plan);
    }
}

static void
index_columns (HsPlan *plan)
{
  g_autofree guint *fill = NULL;

  plan->column_first = g_new0 (guint, plan->n_columns + 1);
  plan->column_items = g_new (guint, plan->items->len + 1);
  for (guint i = 0; i < plan->items->len; i++)
    plan->column_first[hs_plan_item (plan, i)->column + 1]++;
  for (guint i = 0; i < plan->n_columns; i++)
    plan->column_first[i + 1] += plan->column_first[i];
  fill = g_memdup2 (plan->column_first, sizeof (guint) * (plan->n_columns + 1));
  for (guint i = 0; i < plan->items->len; i++)
    plan->column_items[fill[hs_plan_item (plan, i)->column]++] = i;
}

gboolean
hs_plan_add_items (HsPlan *plan)
{
  g_autofree guint *trunk_first = g_new0 (guint, plan->n_nodes);
  g_autofree guint *trunk_column = g_new0 (guint, plan->n_nodes);
  g_autofree guint *lane_first = g_new0 (guint, plan->n_nodes);
  g_autofree guint *lane_columns = g_new0 (guint, plan->n_nodes);
  g_autofree int   *least_band = g_new0 (int, plan->n_nodes);
  g_autofree int   *most_band = g_new0 (int, plan->n_nodes);
  Routes            routes = { trunk_first, trunk_column, lane_first,
                               lane_columns, least_band, most_band };

  plan->items = g_array_new (FALSE, FALSE, sizeof (HsPlanItem));
  plan->links = g_array_new (FALSE, FALSE, sizeof (HsPlanLink));
  plan->turns = g_array_new (FALSE, FALSE, sizeof (HsPlanTurn));

  for (guint node = 0; node < plan->n_nodes; node++)
    add_item (plan, node, node, plan->column[node], 2 * plan->band[node], plan->nodes[node].height,
              FALSE);
  if (plan->is_tree)
    add_tree_edges (plan);
  else
    {
      find_extents (plan, &routes);
      if (!add_routes (plan, &routes))
        return FALSE;
      add_edges (plan, &routes);
    }
  index_links (plan);
  index_columns (plan);

  return !g_cancellable_is_cancelled (plan->cancellable);
}
