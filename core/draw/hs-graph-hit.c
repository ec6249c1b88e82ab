/* hs-graph-hit.c - what lies at a point, and where an arrow key leads
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-graph-scene-private.h"

static gboolean
contains (const HsRect *rect,
          double        x,
          double        y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

typedef struct
{
  double x;
  double y;
  guint  box;
} Search;

static void
visit_box (HsGraphScene *self,
           guint         box,
           gpointer      user_data)
{
  Search *search = user_data;

  if (contains (&self->boxes[box].rect, search->x, search->y))
    search->box = box;
}

HsHit
_hs_graph_scene_hit (HsScene *scene,
                     double   x,
                     double   y)
{
  HsGraphScene     *self = (HsGraphScene *)scene;
  Search            search = { x, y, HS_GRAPH_NONE };
  HsRect            point = { x, y, 0, 0 };
  HsRect            fold;
  HsHit             hit = { HS_HIT_NOTHING, HS_GRAPH_NONE, HS_GRAPH_NONE };
  const HsSceneBox *box;

  _hs_graph_scene_visit (self, &self->box_grid, self->n_boxes, &point, visit_box, &search);
  if (search.box == HS_GRAPH_NONE)
    return hit;

  box = &self->boxes[search.box];
  hit.kind = HS_HIT_ITEM;
  hit.item = search.box;
  _hs_scene_box_get_fold_rect (box, &fold);
  if (box->can_fold && contains (&fold, x, y))
    hit.kind = HS_HIT_FOLD;
  for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
    if (y >= self->rows[row].y && y < self->rows[row].y + HS_ROW_HEIGHT)
      {
        hit.kind = self->rows[row].is_more ? HS_HIT_MORE : HS_HIT_ROW;
        hit.part = row;
      }

  return hit;
}

guint
_hs_graph_scene_follow (HsScene     *scene,
                        const HsHit *hit)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  if (hit->part >= self->n_rows || self->rows[hit->part].edge == HS_GRAPH_NONE)
    return HS_NO_ITEM;

  return self->edges[self->rows[hit->part].edge].to;
}

HsHit
_hs_graph_scene_get_action (HsScene *scene,
                            guint    box)
{
  HsGraphScene     *self = (HsGraphScene *)scene;
  const HsSceneBox *scene_box = &self->boxes[box];

  for (guint row = scene_box->first_row; row < scene_box->first_row + scene_box->n_rows; row++)
    if (self->rows[row].is_more)
      return (HsHit) { HS_HIT_MORE, box, row };

  return (HsHit) { HS_HIT_FOLD, box, HS_NO_ITEM };
}

/* Among what refers to @box the nearest in height, what stands left of it
 * first.
 */
static guint
find_referrer (HsGraphScene *self,
               guint         box)
{
  const HsRect *to = &self->boxes[box].rect;
  guint         best = box;
  double        best_distance = HUGE_VAL;

  for (guint i = self->in_first[box]; i < self->in_first[box + 1]; i++)
    {
      guint         from = self->edges[self->in_edges[i]].from;
      const HsRect *rect = &self->boxes[from].rect;
      double        distance = fabs (rect->y - to->y);

      if (from == box)
        continue;
      if (rect->x + rect->width > to->x)
        distance += self->parent.height;
      if (distance < best_distance)
        {
          best = from;
          best_distance = distance;
        }
    }

  return best;
}

/* The nearest box above or below that shares a part of its width. */
static guint
find_neighbour (HsGraphScene *self,
                guint         box,
                gboolean      below)
{
  const HsRect *here = &self->boxes[box].rect;
  guint         best = box;
  double        best_distance = HUGE_VAL;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      const HsRect *rect = &self->boxes[i].rect;
      double        distance = below ? rect->y - here->y : here->y - rect->y;

      if (i == box || distance <= 0 || rect->x >= here->x + here->width ||
          here->x >= rect->x + rect->width)
        continue;
      if (distance < best_distance)
        {
          best = i;
          best_distance = distance;
        }
    }

  return best;
}

guint
_hs_graph_scene_walk (HsScene *scene,
                      guint    box,
                      HsWalk   direction)
{
  HsGraphScene *self = (HsGraphScene *)scene;

  if (self->n_boxes == 0)
    return HS_GRAPH_NONE;
  if (direction == HS_WALK_LAST)
    return self->n_boxes - 1;
  if (box >= self->n_boxes || direction == HS_WALK_FIRST)
    return 0;

  switch (direction)
    {
    case HS_WALK_LEFT:
      return find_referrer (self, box);

    case HS_WALK_RIGHT:
      for (guint i = self->out_first[box]; i < self->out_first[box + 1]; i++)
        if (self->edges[i].to != box)
          return self->edges[i].to;
      return box;

    case HS_WALK_UP:
    case HS_WALK_DOWN:
      return find_neighbour (self, box, direction == HS_WALK_DOWN);

    case HS_WALK_FIRST:
    case HS_WALK_LAST:
      break;
    }

  return box;
}
