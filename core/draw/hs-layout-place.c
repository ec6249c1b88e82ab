/* hs-layout-place.c - where boxes and lanes stand, given their order
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

/* Scene units, on the grid of 8. */
#define BOX_DISTANCE   24
#define LANE_DISTANCE  16 /* between a box and a route that passes it */
#define ROUTE_DISTANCE 8  /* between two routes */
#define BAND_DISTANCE  32 /* more between bands */

#define GAP_MIN        64
#define GAP_MAX        104
#define GAP_PER_LINK   0.5
#define GAP_PER_HEIGHT 0.03 /* of the longest way up or down */
#define GAP_PER_HUB    8    /* room for its trunk */
#define MAX_HUBS       8    /* in a gap, that widen it */
#define GRID           8
#define SNAP_DISTANCE  12. /* of the ends of an arrow that is made level */

/* Each round moves every column to where its neighbours want it; from the left
 * and from the right by turns, then with both sides.
 */
#define N_ROUNDS      16
#define N_BOTH_ROUNDS 6

/* A way of this height counts as its square, one that is much higher as its
 * length: so it is the drawn length that gets least. Far ways pull more in the
 * rounds before the last ones, so that everything comes near its place.
 */
#define NEAR_FIRST 200.
#define NEAR_LAST  64.

/* Long routes are to be straight before anything else. */
#define WEIGHT_ROUTE_ROUTE 3.0
#define WEIGHT_ROUTE_NODE  1.2
#define WEIGHT_NODE_NODE   1.0
#define WEIGHT_CHAIN       2.5 /* nothing else leads out of the one or to the other */
#define WEIGHT_TURN        2.0
#define WEIGHT_HOME        0.6  /* of a picture in bands */
#define WEIGHT_FORMER      2.0  /* of a box that was there */
#define WEIGHT_NONE        0.02 /* stays where it is */

double
hs_plan_get_distance (const HsPlanItem *above,
                      const HsPlanItem *below)
{
  double distance = BOX_DISTANCE;

  if (above->node == HS_PLAN_NONE && below->node == HS_PLAN_NONE)
    distance = ROUTE_DISTANCE;
  else if (above->node == HS_PLAN_NONE || below->node == HS_PLAN_NONE)
    distance = LANE_DISTANCE;
  /* Bands are even, the corridor above a band is odd. */
  if (below->band > above->band)
    distance += BAND_DISTANCE / 2. * (below->band - above->band);

  return distance;
}

static gboolean
is_chain (const HsPlan     *plan,
          const HsPlanLink *link)
{
  return plan->item_out_first[link->from + 1] - plan->item_out_first[link->from] == 1 &&
         plan->in_first[link->to + 1] - plan->in_first[link->to] == 1;
}

static void
weigh_links (HsPlan *plan)
{
  for (guint i = 0; i < plan->links->len; i++)
    {
      HsPlanLink *link = hs_plan_link (plan, i);
      gboolean    is_from_node = hs_plan_item (plan, link->from)->node != HS_PLAN_NONE;
      gboolean    is_to_node = hs_plan_item (plan, link->to)->node != HS_PLAN_NONE;

      if (is_from_node && is_to_node)
        link->weight = is_chain (plan, link) ? WEIGHT_CHAIN : WEIGHT_NODE_NODE;
      else
        link->weight = is_from_node || is_to_node ? WEIGHT_ROUTE_NODE : WEIGHT_ROUTE_ROUTE;
    }
}

/* Which neighbours a round listens to, and up to which way they pull the more
 * the farther they are.
 */
typedef struct
{
  gboolean use_left;
  gboolean use_right;
  double   near_way;
} Round;

static double
weigh (const HsPlanLink *link,
       double            way,
       const Round      *rules)
{
  return link->weight * rules->near_way / (rules->near_way + fabs (way));
}

/* Where its neighbours want @i: the weighted mean, such that in the course of
 * the rounds it becomes the place where the ways are shortest (least squares
 * with new weights each time). Returns: the weight
 */
static double
wanted_place (HsPlan      *plan,
              guint        i,
              const Round *rules,
              double      *y)
{
  const HsPlanItem *item = hs_plan_item (plan, i);
  double            sum = 0;
  double            weights = 0;

  for (guint j = plan->in_first[i]; rules->use_left && j < plan->in_first[i + 1]; j++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[j]);
      const HsPlanItem *from = hs_plan_item (plan, link->from);
      double            level = from->y + link->from_port - link->to_port;
      double            weight = weigh (link, level - item->y, rules);

      sum += weight * level;
      weights += weight;
    }
  for (guint j = plan->item_out_first[i]; rules->use_right && j < plan->item_out_first[i + 1]; j++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->item_out[j]);
      const HsPlanItem *to = hs_plan_item (plan, link->to);
      double            level = to->y + link->to_port - link->from_port;
      double            weight = weigh (link, level - item->y, rules);

      sum += weight * level;
      weights += weight;
    }
  for (guint j = item->first_turn; j != HS_PLAN_NONE; j = hs_plan_turn (plan, j)->next)
    {
      const HsPlanItem *node = hs_plan_item (plan, hs_plan_turn (plan, j)->node);

      sum += WEIGHT_TURN * (item->order < node->order ? node->y - LANE_DISTANCE
                                                      : node->y + node->height + LANE_DISTANCE);
      weights += WEIGHT_TURN;
    }

  /* Bands are to be level, like lines of text. */
  if (plan->n_bands > 1)
    {
      sum += WEIGHT_HOME * item->home;
      weights += WEIGHT_HOME;
    }

  if (hs_plan_is_kept (plan, i))
    {
      sum += WEIGHT_FORMER * plan->former_y[i];
      weights += WEIGHT_FORMER;
    }

  *y = weights > 0 ? sum / weights : item->y;

  return weights > 0 ? weights : WEIGHT_NONE;
}

/* Neighbours that push each other, and what they want together. */
typedef struct
{
  double sum;
  double weight;
  guint  n_items;
} Pool;

/* The places nearest to the wanted ones that keep order and distances:
 * isotonic regression by pooling adjacent violators.
 */
static void
place_column (HsPlan      *plan,
              guint        column,
              const Round *rules,
              Pool        *pools,
              double      *offsets)
{
  guint  first = plan->column_first[column];
  guint  n = plan->column_first[column + 1] - first;
  guint  n_pools = 0;
  double offset = 0;

  for (guint i = 0; i < n; i++)
    {
      guint             index = plan->column_items[first + i];
      const HsPlanItem *item = hs_plan_item (plan, index);
      double            y;
      double            weight = wanted_place (plan, index, rules, &y);

      if (i > 0)
        {
          const HsPlanItem *above = hs_plan_item (plan, plan->column_items[first + i - 1]);

          offset += above->height + hs_plan_get_distance (above, item);
        }
      offsets[i] = offset;
      pools[n_pools++] = (Pool) { (y - offset) * weight, weight, 1 };
      while (n_pools > 1 &&
             pools[n_pools - 2].sum / pools[n_pools - 2].weight >=
               pools[n_pools - 1].sum / pools[n_pools - 1].weight)
        {
          pools[n_pools - 2].sum += pools[n_pools - 1].sum;
          pools[n_pools - 2].weight += pools[n_pools - 1].weight;
          pools[n_pools - 2].n_items += pools[n_pools - 1].n_items;
          n_pools--;
        }
    }

  for (guint pool = 0, i = 0; pool < n_pools; pool++)
    for (guint j = 0; j < pools[pool].n_items; j++, i++)
      hs_plan_item (plan, plan->column_items[first + i])->y =
        pools[pool].sum / pools[pool].weight + offsets[i];
}

/* The corridor above a band belongs to it. */
static guint
get_band (const HsPlanItem *item)
{
  return (guint)((item->band + 1) / 2);
}

/* Every column as tight as it can be, each band as high as its highest column. */
static void
find_homes (HsPlan *plan)
{
  g_autofree double *heights = g_new0 (double, plan->n_bands);
  g_autofree double *tops = g_new0 (double, plan->n_bands + 1);

  for (guint column = 0; column < plan->n_columns; column++)
    {
      const HsPlanItem *above = NULL;
      double            y = 0;

      for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
        {
          HsPlanItem *item = hs_plan_item (plan, plan->column_items[i]);

          if (above != NULL && get_band (above) == get_band (item))
            y += above->height + hs_plan_get_distance (above, item);
          else
            y = 0;
          item->home = y;
          heights[get_band (item)] = MAX (heights[get_band (item)], y + item->height);
          above = item;
        }
    }

  for (guint band = 0; band < plan->n_bands; band++)
    tops[band + 1] = tops[band] + heights[band] + BOX_DISTANCE + BAND_DISTANCE;
  for (guint i = 0; i < plan->items->len; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, i);

      item->home += tops[get_band (item)];
      item->y = item->home;
    }
}

static void
start_from_former (HsPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, i);

      item->y = plan->former_y[item->target];
      if (item->node == HS_PLAN_NONE)
        item->y += plan->nodes[item->target].entry;
    }
}

/* Between which heights @i can be moved while its neighbours stay. */
static void
find_room (HsPlan *plan,
           guint   i,
           double *least,
           double *most)
{
  const HsPlanItem *item = hs_plan_item (plan, i);
  guint             place = plan->column_first[item->column] + item->order;

  *least = -HUGE_VAL;
  *most = HUGE_VAL;
  if (place > plan->column_first[item->column])
    {
      const HsPlanItem *above = hs_plan_item (plan, plan->column_items[place - 1]);

      *least = above->y + above->height + hs_plan_get_distance (above, item);
    }
  if (place + 1 < plan->column_first[item->column + 1])
    {
      const HsPlanItem *below = hs_plan_item (plan, plan->column_items[place + 1]);

      *most = below->y - hs_plan_get_distance (item, below) - item->height;
    }
}

/* An arrow that is almost level is made level, where there is room for it. */
static void
straighten_node (HsPlan *plan,
                 guint   i)
{
  HsPlanItem *item = hs_plan_item (plan, i);
  double      best = SNAP_DISTANCE;
  double      least;
  double      most;

  find_room (plan, i, &least, &most);
  for (guint j = plan->in_first[i]; j < plan->in_first[i + 1]; j++)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[j]);
      const HsPlanItem *from = hs_plan_item (plan, link->from);
      double            way = from->y + link->from_port - item->y - link->to_port;

      if (fabs (way) < fabs (best) && item->y + way >= least && item->y + way <= most)
        best = way;
    }
  if (best < SNAP_DISTANCE)
    item->y += best;
}

/* Where a straight piece of a route best runs, of the heights that it can: on
 * from what comes before it or towards what comes after it.
 */
static double
choose_height (HsPlan *plan,
               guint   first,
               guint   last,
               double  least,
               double  most)
{
  const HsPlanItem *head = hs_plan_item (plan, first);
  const HsPlanItem *target = hs_plan_item (plan, head->target);
  double            entry = target->y + plan->nodes[head->target].entry;
  double            sum = 0;

  if (!head->is_lane && hs_plan_item (plan, last)->column + 1 == target->column &&
      entry >= least && entry <= most)
    return entry;
  if (!head->is_lane && plan->in_first[first + 1] - plan->in_first[first] == 1)
    {
      const HsPlanLink *link = hs_plan_link (plan, plan->in_links[plan->in_first[first]]);
      double            start = hs_plan_item (plan, link->from)->y + link->from_port;

      return CLAMP (start, least, most);
    }
  for (guint i = first; i <= last; i++)
    sum += hs_plan_item (plan, i)->y;

  return CLAMP (GRID * round (sum / (last - first + 1) / GRID), least, most);
}

/* The crossings of columns @first to @last - 1 of one route: as few bends as
 * the boxes leave room for.
 */
static void
straighten_route (HsPlan *plan,
                  guint   first,
                  guint   last)
{
  while (first < last)
    {
      double least = -HUGE_VAL;
      double most = HUGE_VAL;
      double y;
      guint  end;

      for (end = first; end < last; end++)
        {
          double from;
          double to;

          find_room (plan, end, &from, &to);
          if (MAX (least, from) > MIN (most, to))
            break;
          least = MAX (least, from);
          most = MIN (most, to);
        }
      /* Where rounding has taken its room, an item stays. */
      if (end == first)
        {
          first++;
          continue;
        }
      y = choose_height (plan, first, end - 1, least, most);
      for (; first < end; first++)
        hs_plan_item (plan, first)->y = y;
    }
}

static void
straighten (HsPlan *plan)
{
  guint n_items = plan->items->len;

  for (guint column = 1; column < plan->n_columns; column++)
    for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
      straighten_node (plan, plan->column_items[i]);

  /* The items of a route stand together, from the left to the right. */
  for (guint first = plan->n_nodes, last; first < n_items; first = last)
    {
      const HsPlanItem *head = hs_plan_item (plan, first);

      for (last = first + 1; last < n_items; last++)
        if (hs_plan_item (plan, last)->target != head->target ||
            hs_plan_item (plan, last)->is_lane != head->is_lane)
          break;
      straighten_route (plan, first, last);
    }
}

static gboolean
place_rows (HsPlan *plan)
{
  g_autofree Pool   *pools = g_new (Pool, plan->items->len + 1);
  g_autofree double *offsets = g_new (double, plan->items->len + 1);
  double             top = HUGE_VAL;
  double             bottom = 0;

  find_homes (plan);
  if (plan->former_y != NULL)
    start_from_former (plan);
  weigh_links (plan);
  for (guint round_ = 0; round_ < N_ROUNDS; round_++)
    {
      gboolean from_left = round_ % 2 == 0;
      gboolean use_both = round_ >= N_ROUNDS - N_BOTH_ROUNDS;
      Round    rules = { use_both || from_left, use_both || !from_left,
                      use_both ? NEAR_LAST : NEAR_FIRST };

      for (guint i = 0; i < plan->n_columns; i++)
        {
          guint column = from_left ? i : plan->n_columns - 1 - i;

          place_column (plan, column, &rules, pools, offsets);
          if (g_cancellable_is_cancelled (plan->cancellable))
            return FALSE;
        }
    }

  for (guint i = 0; i < plan->items->len; i++)
    hs_plan_item (plan, i)->y = GRID * round (hs_plan_item (plan, i)->y / GRID);
  straighten (plan);

  for (guint i = 0; i < plan->items->len; i++)
    top = MIN (top, hs_plan_item (plan, i)->y);
  for (guint i = 0; i < plan->items->len; i++)
    {
      HsPlanItem *item = hs_plan_item (plan, i);

      item->y -= top;
      bottom = MAX (bottom, item->y + item->height);
    }
  plan->height = bottom;

  return TRUE;
}

/* The more goes through a gap, and the farther up and down, the wider it is. */
static double
choose_gap (HsPlan *plan,
            guint   column)
{
  double farthest = 0;
  double gap;
  guint  n_links = 0;
  guint  n_hubs = 0;

  for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
    {
      guint             index = plan->column_items[i];
      const HsPlanItem *from = hs_plan_item (plan, index);

      for (guint j = plan->item_out_first[index]; j < plan->item_out_first[index + 1]; j++)
        {
          const HsPlanLink *link = hs_plan_link (plan, plan->item_out[j]);
          double            way =
            hs_plan_item (plan, link->to)->y + link->to_port - from->y - link->from_port;

          farthest = MAX (farthest, fabs (way));
          n_links++;
        }
    }

  for (guint i = plan->column_first[column + 1]; i < plan->column_first[column + 2]; i++)
    {
      guint to = plan->column_items[i];

      n_hubs += plan->in_first[to + 1] - plan->in_first[to] >= HS_PLAN_MIN_BRANCHES;
    }
  for (guint i = plan->column_first[column]; i < plan->column_first[column + 1]; i++)
    if (hs_plan_has_back_trunk (plan, plan->column_items[i]))
      n_hubs += 2;
  gap = CLAMP (GAP_MIN - GRID + GAP_PER_LINK * n_links + GAP_PER_HEIGHT * farthest, GAP_MIN,
               GAP_MAX);

  return GRID * ceil (gap / GRID) + GAP_PER_HUB * MIN (n_hubs, MAX_HUBS);
}

static void
place_columns (HsPlan *plan)
{
  double x = 0;

  plan->column_x = g_new0 (double, plan->n_columns);
  plan->column_width = g_new0 (double, plan->n_columns);

  for (guint i = 0; i < plan->n_nodes; i++)
    plan->column_width[plan->column[i]] =
      MAX (plan->column_width[plan->column[i]], plan->nodes[i].width);

  /* Room for the ends of arrows that are not in the tree. */
  if (plan->is_tree)
    x = HS_PLAN_STUB;

  /* Lanes turn in the margins left of the first and right of the last column. */
  for (guint i = 0; i < plan->turns->len; i++)
    if (hs_plan_turn (plan, i)->is_end &&
        hs_plan_item (plan, hs_plan_turn (plan, i)->node)->column == 0)
      x = GAP_MIN / 2.;

  for (guint column = 0; column < plan->n_columns; column++)
    {
      plan->column_x[column] = x;
      x += plan->column_width[column];
      plan->width = x;
      if (column + 1 < plan->n_columns)
        x += choose_gap (plan, column);
    }
  if (plan->is_tree)
    plan->width += HS_PLAN_STUB;
  for (guint i = 0; i < plan->turns->len; i++)
    if (!hs_plan_turn (plan, i)->is_end &&
        hs_plan_item (plan, hs_plan_turn (plan, i)->node)->column + 1 == plan->n_columns)
      {
        plan->width += GAP_MIN / 2.;
        break;
      }
}

gboolean
hs_plan_place (HsPlan *plan)
{
  if (plan->is_tree ? !hs_plan_place_tree (plan) : !place_rows (plan))
    return FALSE;
  place_columns (plan);

  return TRUE;
}
