/* hs-layout-curve.c - the curves of routes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

#define TURN_MIN     20.0 /* how far a turn leans out, more for a longer way */
#define TURN_MAX     40.0
#define TURN_PER_WAY 0.12

/* How far the control points of a curve reach into the gap, and those of a
 * quarter of a circle towards its corner.
 */
#define CURVE_REACH 0.5
#define ROUND_REACH 0.55

static HsPoint
item_point (HsPlan *plan,
            guint   item,
            double  port,
            double  x)
{
  return (HsPoint) { x, hs_plan_item (plan, item)->y + port };
}

static double
column_left (HsPlan *plan,
             guint   item)
{
  return plan->column_x[hs_plan_item (plan, item)->column];
}

static double
column_right (HsPlan *plan,
              guint   item)
{
  guint column = hs_plan_item (plan, item)->column;

  return plan->column_x[column] + plan->column_width[column];
}

/* Both ends level, so that strands join smoothly; between the heights of its
 * ends and within the gap, so that it meets no box.
 */
static void
set_s_curve (HsLayoutStrand *strand,
             HsPoint         from,
             HsPoint         to)
{
  double reach = (to.x - from.x) * CURVE_REACH;

  strand->curve[0] = from;
  strand->curve[1] = (HsPoint) { from.x + reach, from.y };
  strand->curve[2] = (HsPoint) { to.x - reach, to.y };
  strand->curve[3] = to;
}

static void
set_turn_curve (HsLayoutStrand *strand,
                HsPoint         from,
                HsPoint         to,
                double          sign)
{
  double reach = sign * CLAMP (TURN_MIN + TURN_PER_WAY * fabs (to.y - from.y), TURN_MIN, TURN_MAX);

  strand->curve[0] = from;
  strand->curve[1] = (HsPoint) { from.x + reach, from.y };
  strand->curve[2] = (HsPoint) { to.x + reach, to.y };
  strand->curve[3] = to;
}

/* How many neighbours in the column are looked at before giving up. */
#define MAX_NEIGHBOURS 64
#define CLEARANCE      8 /* between a curve and the boxes that it passes, scene units */

/* The right edge of the box at @place of its column if it lies in the way of
 * a curve between the heights @top and @bottom. @is_beyond: whether nothing
 * farther on can.
 */
static double
find_obstacle (HsPlan   *plan,
               guint     place,
               double    top,
               double    bottom,
               gboolean  is_below,
               gboolean *is_beyond)
{
  const HsPlanItem *item = hs_plan_item (plan, plan->column_items[place]);
  double            item_bottom = item->y + item->height;

  *is_beyond = is_below ? item->y > bottom + CLEARANCE : item_bottom < top - CLEARANCE;
  if (*is_beyond || item->node == HS_PLAN_NONE || item->y > bottom + CLEARANCE ||
      item_bottom < top - CLEARANCE)
    return 0;

  return plan->column_x[item->column] + plan->nodes[item->node].width + CLEARANCE;
}

/* Where the arrow of @link may leave its row's height: beside its own box if
 * it is wider than those that it passes on its way, else beside those.
 */
static double
find_curve_start (HsPlan           *plan,
                  const HsPlanLink *link)
{
  const HsPlanItem *from = hs_plan_item (plan, link->from);
  const HsPlanItem *to = hs_plan_item (plan, link->to);
  guint             first = plan->column_first[from->column];
  guint             last = plan->column_first[from->column + 1];
  double            y0 = from->y + link->from_port;
  double            y1 = to->y + link->to_port;
  double            start = plan->column_x[from->column] + plan->nodes[from->node].width;
  double            limit = column_right (plan, link->from);

  for (guint direction = 0; direction < 2; direction++)
    {
      gboolean is_beyond = FALSE;

      for (guint i = 1; !is_beyond; i++)
        {
          guint place = first + from->order + (direction == 0 ? i : -i);

          if (place < first || place >= last)
            break;
          if (i > MAX_NEIGHBOURS)
            return limit;
          start = MAX (start, find_obstacle (plan, place, MIN (y0, y1), MAX (y0, y1),
                                             direction == 0, &is_beyond));
        }
    }

  return MIN (start, limit);
}

/* A quarter of a round from level to upright, or the other way; longer where
 * there is more way than that.
 */
static void
set_branch (const HsPlanJoint *joint,
            HsLayoutStrand    *strand)
{
  HsPoint from = { joint->place.x - HS_PLAN_BEND, strand->start.y };

  strand->curve[0] = from;
  strand->curve[1] = (HsPoint) { from.x + HS_PLAN_BEND * ROUND_REACH, from.y };
  strand->curve[2] = (HsPoint) {
    joint->place.x, joint->place.y + (from.y - joint->place.y) * (1 - ROUND_REACH)
  };
  strand->curve[3] = joint->place;
}

/* From a joint upright to the next, or from the last round to the box or lane. */
void
hs_plan_curve_joint (HsPlan            *plan,
                     const HsPlanJoint *joint,
                     HsLayoutStrand    *strand)
{
  HsPoint from = joint->place;
  HsPoint to;

  strand->start = strand->curve[0] = from;
  if (joint->next != HS_PLAN_NONE)
    {
      to = hs_plan_joint (plan, joint->next)->place;
      strand->curve[1] = (HsPoint) { from.x, from.y + (to.y - from.y) / 3 };
      strand->curve[2] = (HsPoint) { from.x, to.y - (to.y - from.y) / 3 };
    }
  else
    {
      gboolean is_lane = hs_plan_item (plan, joint->to)->is_lane;

      to = item_point (plan, joint->to, joint->to_port,
                       is_lane ? column_right (plan, joint->to) : column_left (plan, joint->to));
      strand->curve[1] = (HsPoint) { from.x, from.y + (to.y - from.y) * ROUND_REACH };
      strand->curve[2] = (HsPoint) { to.x - (to.x - from.x) * ROUND_REACH, to.y };
    }
  strand->curve[3] = to;
}

void
hs_plan_curve_stub (HsPlan             *plan,
                    const HsLayoutEdge *edge,
                    gboolean            is_end,
                    HsLayoutStrand     *strand)
{
  HsPoint from;

  if (is_end)
    from = item_point (plan, edge->to, plan->nodes[edge->to].entry,
                       column_left (plan, edge->to) - HS_PLAN_STUB);
  else
    from = item_point (plan, edge->from, edge->port,
                       column_left (plan, edge->from) + plan->nodes[edge->from].width);
  strand->is_stub = TRUE;
  strand->start = from;
  set_s_curve (strand, from, (HsPoint) { from.x + HS_PLAN_STUB, from.y });
}

void
hs_plan_curve_link (HsPlan           *plan,
                    const HsPlanLink *link,
                    HsLayoutStrand   *strand)
{
  const HsPlanItem *from = hs_plan_item (plan, link->from);
  double            left = column_right (plan, link->from);
  double            right = column_left (plan, link->to);

  if (link->is_lane)
    {
      strand->start = item_point (plan, link->to, link->to_port, column_right (plan, link->to));
      set_s_curve (strand, item_point (plan, link->to, link->to_port, right),
                   item_point (plan, link->from, link->from_port, left));
      return;
    }

  strand->start = item_point (plan, link->from, link->from_port, column_left (plan, link->from));
  if (from->node != HS_PLAN_NONE)
    {
      strand->start.x += plan->nodes[from->node].width;
      if (link->joint == HS_PLAN_NONE)
        left = find_curve_start (plan, link);
    }
  if (link->joint != HS_PLAN_NONE)
    set_branch (hs_plan_joint (plan, link->joint), strand);
  else
    set_s_curve (strand, item_point (plan, link->from, link->from_port, left),
                 item_point (plan, link->to, link->to_port, right));
}

void
hs_plan_curve_turn (HsPlan           *plan,
                    const HsPlanTurn *turn,
                    HsLayoutStrand   *strand)
{
  if (turn->is_end)
    {
      double left = column_left (plan, turn->node);

      strand->start = item_point (plan, turn->lane, 0, column_right (plan, turn->node));
      set_turn_curve (strand, item_point (plan, turn->lane, 0, left),
                      item_point (plan, turn->node, turn->port, left), -1);
    }
  else
    {
      double right = column_right (plan, turn->node);
      guint  node = hs_plan_item (plan, turn->node)->node;

      strand->start = item_point (plan, turn->node, turn->port,
                                  column_left (plan, turn->node) + plan->nodes[node].width);
      if (turn->joint != HS_PLAN_NONE)
        set_branch (hs_plan_joint (plan, turn->joint), strand);
      else
        set_turn_curve (strand, item_point (plan, turn->node, turn->port, right),
                        item_point (plan, turn->lane, 0, right), 1);
    }
}
