/* hs-layout.c - places boxes in columns and routes arrows between them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout.h"

#include "hs-layout-private.h"

#include <math.h>

/* A layered drawing after Sugiyama, Tagawa and Toda (1981), from left to
 * right, with ports: cycles are broken by a depth-first search, columns are
 * longest paths, long arrows get an item in every column that they cross,
 * barycentres order the columns, isotonic regression places them.
 *
 * Two things are not in the books. Arrows to the same box share their way, so
 * that there are never more routes than boxes. And a drawing that would be a
 * ribbon is broken into bands, as text into lines.
 *
 * Everything stands on a grid of 8, so that with heights and ports on it too
 * an arrow is either level or visibly not.
 */

#define CANCEL_STRIDE 1024 /* arrows */
#define PART_DISTANCE 56   /* between unconnected parts, scene units */
#define PART_RATIO    1.6  /* width to height that unconnected parts are set for */

static void
plan_clear (HsPlan *plan)
{
  g_free (plan->out_first);
  g_free (plan->n_in);
  g_free (plan->column);
  g_free (plan->band);
  g_free (plan->preorder);
  g_free (plan->tree_edge);
  g_free (plan->tree_order);
  g_free (plan->former_y);
  g_clear_pointer (&plan->items, g_array_unref);
  g_clear_pointer (&plan->links, g_array_unref);
  g_clear_pointer (&plan->turns, g_array_unref);
  g_clear_pointer (&plan->joints, g_array_unref);
  g_free (plan->edge_link);
  g_free (plan->edge_turn);
  g_free (plan->in_first);
  g_free (plan->in_links);
  g_free (plan->item_out_first);
  g_free (plan->item_out);
  g_free (plan->column_first);
  g_free (plan->column_items);
  g_free (plan->column_x);
  g_free (plan->column_width);
}

static void
index_edges (HsPlan *plan)
{
  plan->out_first = g_new0 (guint, plan->n_nodes + 1);
  plan->n_in = g_new0 (guint, plan->n_nodes);

  for (guint i = 0; i < plan->n_edges; i++)
    {
      plan->out_first[plan->edges[i].from + 1]++;
      /* An arrow from a box to itself does not make it referred to. */
      if (plan->edges[i].from != plan->edges[i].to)
        plan->n_in[plan->edges[i].to]++;
    }
  for (guint i = 0; i < plan->n_nodes; i++)
    plan->out_first[i + 1] += plan->out_first[i];
}

/* Assembling */

typedef struct
{
  HsLayout *layout;
  GArray   *strands;
  GArray   *edge_strands;
  guint    *end_stubs; /* of each node, HS_PLAN_NONE if it has none */
} Assembly;

static guint
add_strand (Assembly *assembly,
            guint     target,
            gboolean  is_first,
            gboolean  is_last,
            gboolean  is_back)
{
  HsLayoutStrand strand = {
    .target = target, .is_first = is_first, .is_last = is_last, .is_back = is_back
  };

  g_array_append_val (assembly->strands, strand);

  return assembly->strands->len - 1;
}

static guint
strand_of_link (HsPlan      *plan,
                Assembly    *assembly,
                const guint *node_ids,
                guint        i)
{
  HsPlanLink *link = hs_plan_link (plan, i);

  if (link->strand == HS_PLAN_NONE)
    {
      const HsPlanItem *from = hs_plan_item (plan, link->from);
      const HsPlanItem *to = hs_plan_item (plan, link->to);
      guint             target = link->is_lane ? from->target : to->target;

      link->strand = add_strand (assembly, node_ids[target], from->node != HS_PLAN_NONE,
                                 to->node != HS_PLAN_NONE && link->joint == HS_PLAN_NONE,
                                 link->is_lane);
      hs_plan_curve_link (plan, link,
                          &g_array_index (assembly->strands, HsLayoutStrand, link->strand));
    }

  return link->strand;
}

static guint
strand_of_joint (HsPlan      *plan,
                 Assembly    *assembly,
                 const guint *node_ids,
                 guint        i)
{
  HsPlanJoint *joint = hs_plan_joint (plan, i);

  if (joint->strand == HS_PLAN_NONE)
    {
      const HsPlanItem *to = hs_plan_item (plan, joint->to);

      joint->strand =
        add_strand (assembly, node_ids[to->target], FALSE,
                    joint->next == HS_PLAN_NONE && to->node != HS_PLAN_NONE, to->is_lane);
      hs_plan_curve_joint (plan, joint,
                           &g_array_index (assembly->strands, HsLayoutStrand, joint->strand));
    }

  return joint->strand;
}

static guint
strand_of_turn (HsPlan      *plan,
                Assembly    *assembly,
                const guint *node_ids,
                guint        i)
{
  HsPlanTurn *turn = hs_plan_turn (plan, i);

  if (turn->strand == HS_PLAN_NONE)
    {
      guint target = hs_plan_item (plan, turn->lane)->target;

      turn->strand = add_strand (assembly, node_ids[target], !turn->is_end, turn->is_end, TRUE);
      hs_plan_curve_turn (plan, turn,
                          &g_array_index (assembly->strands, HsLayoutStrand, turn->strand));
    }

  return turn->strand;
}

static void
append_strand (Assembly *assembly,
               guint     strand)
{
  g_array_index (assembly->strands, HsLayoutStrand, strand).n_edges++;
  g_array_append_val (assembly->edge_strands, strand);
}

/* From joint @i on. */
static void
append_joints (HsPlan      *plan,
               Assembly    *assembly,
               const guint *node_ids,
               guint        i)
{
  for (; i != HS_PLAN_NONE; i = hs_plan_joint (plan, i)->next)
    append_strand (assembly, strand_of_joint (plan, assembly, node_ids, i));
}

/* The turn that ends at the box, of the lane item in its column. */
static guint
find_end_turn (HsPlan *plan,
               guint   lane)
{
  guint i = hs_plan_item (plan, lane)->first_turn;

  while (!hs_plan_turn (plan, i)->is_end)
    i = hs_plan_turn (plan, i)->next;

  return i;
}

/* Of an arrow that is not in the tree: from its row into the gap, and out of
 * the gap to its box. All that lead to one box share the latter.
 */
static void
add_stubs (HsPlan      *plan,
           Assembly    *assembly,
           const guint *node_ids,
           guint        i)
{
  const HsLayoutEdge *edge = &plan->edges[i];
  guint               target = node_ids[edge->to];
  guint               strand = add_strand (assembly, target, TRUE, FALSE, FALSE);

  hs_plan_curve_stub (plan, edge, FALSE,
                      &g_array_index (assembly->strands, HsLayoutStrand, strand));
  append_strand (assembly, strand);

  if (assembly->end_stubs[target] == HS_PLAN_NONE)
    {
      strand = add_strand (assembly, target, FALSE, TRUE, FALSE);
      assembly->end_stubs[target] = strand;
      hs_plan_curve_stub (plan, edge, TRUE,
                          &g_array_index (assembly->strands, HsLayoutStrand, strand));
    }
  append_strand (assembly, assembly->end_stubs[target]);
  assembly->layout->n_stubs++;
}

static void
walk_edge (HsPlan      *plan,
           Assembly    *assembly,
           const guint *node_ids,
           guint        edge)
{
  guint item;

  if (plan->edge_link[edge] == HS_PLAN_NONE && plan->edge_turn[edge] == HS_PLAN_NONE)
    {
      add_stubs (plan, assembly, node_ids, edge);
      return;
    }
  if (plan->edge_link[edge] != HS_PLAN_NONE)
    {
      guint link = plan->edge_link[edge];

      for (;;)
        {
          append_strand (assembly, strand_of_link (plan, assembly, node_ids, link));
          append_joints (plan, assembly, node_ids, hs_plan_link (plan, link)->joint);
          item = hs_plan_link (plan, link)->to;
          if (hs_plan_item (plan, item)->node != HS_PLAN_NONE)
            return;
          link = plan->item_out[plan->item_out_first[item]];
        }
    }

  append_strand (assembly, strand_of_turn (plan, assembly, node_ids, plan->edge_turn[edge]));
  append_joints (plan, assembly, node_ids, hs_plan_turn (plan, plan->edge_turn[edge])->joint);
  item = hs_plan_turn (plan, plan->edge_turn[edge])->lane;
  while (plan->in_first[item] < plan->in_first[item + 1])
    {
      guint link = plan->in_links[plan->in_first[item]];

      append_strand (assembly, strand_of_link (plan, assembly, node_ids, link));
      item = hs_plan_link (plan, link)->from;
    }
  append_strand (assembly, strand_of_turn (plan, assembly, node_ids, find_end_turn (plan, item)));
}

/* A connected part of the whole graph */

typedef struct
{
  guint *part_of;    /* per node */
  guint *node_first; /* n_parts + 1: first element of node_ids */
  guint *node_ids;   /* nodes of each part, ascending */
  guint *local;      /* per node: its number within its part */
  guint *edge_first; /* n_parts + 1 */
  guint *edge_ids;
  guint  n_parts;
} Parts;

static guint
find_root (guint *parents,
           guint  node)
{
  while (parents[node] != node)
    node = parents[node] = parents[parents[node]];

  return node;
}

/* Parts are numbered in the order of their first nodes. */
static void
find_parts (Parts              *parts,
            guint               n_nodes,
            const HsLayoutEdge *edges,
            guint               n_edges)
{
  g_autofree guint *parents = g_new (guint, n_nodes);
  g_autofree guint *fill = NULL;

  for (guint i = 0; i < n_nodes; i++)
    parents[i] = i;
  for (guint i = 0; i < n_edges; i++)
    {
      guint from = find_root (parents, edges[i].from);
      guint to = find_root (parents, edges[i].to);

      parents[MAX (from, to)] = MIN (from, to);
    }

  parts->part_of = g_new (guint, n_nodes);
  parts->local = g_new (guint, n_nodes);
  parts->node_ids = g_new (guint, n_nodes);
  parts->edge_ids = g_new (guint, n_edges + 1);
  parts->node_first = g_new0 (guint, n_nodes + 1);
  parts->edge_first = g_new0 (guint, n_nodes + 1);

  /* The root of a part is its least node. */
  for (guint i = 0; i < n_nodes; i++)
    {
      guint root = find_root (parents, i);

      parts->part_of[i] = root == i ? parts->n_parts++ : parts->part_of[root];
      parts->local[i] = parts->node_first[parts->part_of[i] + 1]++;
    }
  for (guint i = 0; i < n_edges; i++)
    parts->edge_first[parts->part_of[edges[i].from] + 1]++;
  for (guint i = 0; i < parts->n_parts; i++)
    {
      parts->node_first[i + 1] += parts->node_first[i];
      parts->edge_first[i + 1] += parts->edge_first[i];
    }
  for (guint i = 0; i < n_nodes; i++)
    parts->node_ids[parts->node_first[parts->part_of[i]] + parts->local[i]] = i;
  fill = g_memdup2 (parts->edge_first, sizeof (guint) * (parts->n_parts + 1));
  for (guint i = 0; i < n_edges; i++)
    parts->edge_ids[fill[parts->part_of[edges[i].from]]++] = i;
}

static void
parts_clear (Parts *parts)
{
  g_free (parts->part_of);
  g_free (parts->local);
  g_free (parts->node_ids);
  g_free (parts->node_first);
  g_free (parts->edge_ids);
  g_free (parts->edge_first);
}

/* The edges of a part, numbered within it, by node and then as they came:
 * @order tells for each which of the part's edges it was.
 */
static HsLayoutEdge *
sort_edges (const Parts        *parts,
            guint               part,
            const HsLayoutEdge *edges,
            guint              *order)
{
  guint             n_nodes = parts->node_first[part + 1] - parts->node_first[part];
  guint             n_edges = parts->edge_first[part + 1] - parts->edge_first[part];
  const guint      *ids = parts->edge_ids + parts->edge_first[part];
  g_autofree guint *fill = g_new0 (guint, n_nodes + 1);
  HsLayoutEdge     *sorted = g_new (HsLayoutEdge, n_edges + 1);

  for (guint i = 0; i < n_edges; i++)
    fill[parts->local[edges[ids[i]].from] + 1]++;
  for (guint i = 0; i < n_nodes; i++)
    fill[i + 1] += fill[i];
  for (guint i = 0; i < n_edges; i++)
    {
      const HsLayoutEdge *edge = &edges[ids[i]];
      guint               place = fill[parts->local[edge->from]]++;

      sorted[place] =
        (HsLayoutEdge) { parts->local[edge->from], parts->local[edge->to], edge->port };
      order[i] = place;
    }

  return sorted;
}

/* Packing: parts side by side in rows, as words in lines. */
typedef struct
{
  double x;
  double row_top;
  double row_height;
  double row_width; /* to be filled */
} Packer;

static void
pack (Packer       *packer,
      const HsPlan *plan,
      double       *x,
      double       *y)
{
  if (packer->x > 0 && packer->x + plan->width > packer->row_width)
    {
      packer->row_top += packer->row_height + PART_DISTANCE;
      packer->x = 0;
      packer->row_height = 0;
    }
  *x = packer->x;
  *y = packer->row_top;
  packer->x += plan->width + PART_DISTANCE;
  packer->row_height = MAX (packer->row_height, plan->height);
}

static void
finish_part (HsPlan      *plan,
             Assembly    *assembly,
             Packer      *packer,
             const guint *node_ids,
             guint        first_strand)
{
  HsLayout *layout = assembly->layout;
  double    x;
  double    y;

  pack (packer, plan, &x, &y);
  layout->width = MAX (layout->width, x + plan->width);
  layout->height = MAX (layout->height, y + plan->height);
  for (guint i = 0; i < plan->n_nodes; i++)
    layout->places[node_ids[i]] = (HsPoint) { x + plan->column_x[plan->column[i]],
                                              y + hs_plan_item (plan, i)->y };

  for (guint i = first_strand; i < assembly->strands->len; i++)
    {
      HsLayoutStrand *strand = &g_array_index (assembly->strands, HsLayoutStrand, i);

      strand->start.x += x;
      strand->start.y += y;
      for (guint j = 0; j < 4; j++)
        {
          strand->curve[j].x += x;
          strand->curve[j].y += y;
        }
    }
}

static gboolean
lay_out_part (HsPlan *plan)
{
  index_edges (plan);
  hs_plan_recall (plan);

  return hs_plan_rank (plan) && hs_plan_add_items (plan) &&
         (plan->is_tree || hs_plan_order (plan)) && hs_plan_place (plan) &&
         hs_plan_add_spines (plan);
}

/* Returns: (nullable): those of a part, NULL if no box of it has one */
static HsLayoutHint *
dup_hints (const HsLayoutHint *hints,
           const guint        *node_ids,
           guint               n_nodes)
{
  HsLayoutHint *local;
  gboolean      is_any_known = FALSE;

  if (hints == NULL)
    return NULL;

  local = g_new (HsLayoutHint, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    {
      local[i] = hints[node_ids[i]];
      local[i].is_known = local[i].is_known && isfinite (local[i].place.y);
      is_any_known |= local[i].is_known;
    }
  if (!is_any_known)
    g_clear_pointer (&local, g_free);

  return local;
}

/* Routes of a part's edges are appended in the part's order;
 * edge_first[] holds for each edge where its route starts, edge_length[] how
 * long it is.
 */
static gboolean
add_part (Assembly           *assembly,
          Packer             *packer,
          const Parts        *parts,
          guint               part,
          const HsLayoutNode *nodes,
          const HsLayoutEdge *edges,
          const HsLayoutHint *hints,
          guint              *edge_length,
          GCancellable       *cancellable)
{
  HsPlan                   plan = { .cancellable = cancellable };
  const guint             *node_ids = parts->node_ids + parts->node_first[part];
  const guint             *edge_ids = parts->edge_ids + parts->edge_first[part];
  guint                    first_strand = assembly->strands->len;
  g_autofree HsLayoutNode *local_nodes = NULL;
  g_autofree HsLayoutEdge *local_edges = NULL;
  g_autofree HsLayoutHint *local_hints = NULL;
  g_autofree guint        *order = NULL;
  gboolean                 is_done;

  plan.n_nodes = parts->node_first[part + 1] - parts->node_first[part];
  plan.n_edges = parts->edge_first[part + 1] - parts->edge_first[part];
  local_nodes = g_new (HsLayoutNode, plan.n_nodes);
  for (guint i = 0; i < plan.n_nodes; i++)
    local_nodes[i] = nodes[node_ids[i]];
  local_hints = dup_hints (hints, node_ids, plan.n_nodes);
  order = g_new (guint, plan.n_edges + 1);
  local_edges = sort_edges (parts, part, edges, order);
  plan.nodes = local_nodes;
  plan.edges = local_edges;
  plan.hints = local_hints;

  is_done = lay_out_part (&plan);
  assembly->layout->is_simplified |= plan.is_tree;
  if (is_done)
    {
      for (guint i = 0; is_done && i < plan.n_edges; i++)
        {
          if (i % CANCEL_STRIDE == 0)
            is_done = !g_cancellable_is_cancelled (cancellable);
          assembly->layout->edge_first[edge_ids[i]] = assembly->edge_strands->len;
          walk_edge (&plan, assembly, node_ids, order[i]);
          edge_length[edge_ids[i]] = assembly->edge_strands->len -
                                     assembly->layout->edge_first[edge_ids[i]];
        }
      finish_part (&plan, assembly, packer, node_ids, first_strand);
    }
  plan_clear (&plan);

  return is_done;
}

/* Brings the routes into the order of the edges. */
static void
sort_routes (HsLayout    *layout,
             GArray      *edge_strands,
             const guint *edge_length)
{
  guint n = 0;

  layout->edge_strands = g_new (guint, edge_strands->len + 1);
  for (guint i = 0; i < layout->n_edges; i++)
    {
      memcpy (layout->edge_strands + n, &g_array_index (edge_strands, guint, layout->edge_first[i]),
              sizeof (guint) * edge_length[i]);
      layout->edge_first[i] = n;
      n += edge_length[i];
    }
  layout->edge_first[layout->n_edges] = n;
}

/* About as wide as makes the parts together PART_RATIO times as wide as high. */
static double
choose_row_width (const HsLayoutNode *nodes,
                  guint               n_nodes)
{
  double area = 0;

  for (guint i = 0; i < n_nodes; i++)
    area += (nodes[i].width + PART_DISTANCE) * (nodes[i].height + PART_DISTANCE);

  return sqrt (area * PART_RATIO);
}

/**
 * hs_layout_new:
 * @nodes: (array length=n_nodes): sizes, scene units
 * @edges: (array length=n_edges): of one node in the order of their ports
 * @hints: (array length=n_nodes) (nullable): where the boxes stood before
 * @cancellable: (nullable)
 *
 * Returns: (transfer full) (nullable): places and routes, %NULL if cancelled
 */
HsLayout *
hs_layout_new (const HsLayoutNode *nodes,
               guint               n_nodes,
               const HsLayoutEdge *edges,
               guint               n_edges,
               const HsLayoutHint *hints,
               GCancellable       *cancellable)
{
  HsLayout         *layout = g_new0 (HsLayout, 1);
  Parts             parts = { 0 };
  Packer            packer = { 0 };
  Assembly          assembly = { .layout = layout };
  g_autofree guint *edge_length = g_new0 (guint, n_edges + 1);
  gboolean          is_done = TRUE;

  layout->n_nodes = n_nodes;
  layout->n_edges = n_edges;
  layout->places = g_new0 (HsPoint, n_nodes + 1);
  layout->edge_first = g_new0 (guint, n_edges + 1);
  assembly.strands = g_array_new (FALSE, FALSE, sizeof (HsLayoutStrand));
  assembly.end_stubs = g_new (guint, n_nodes + 1);
  memset (assembly.end_stubs, 0xff, sizeof (guint) * (n_nodes + 1));
  assembly.edge_strands = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_edges + 1);
  packer.row_width = choose_row_width (nodes, n_nodes);

  find_parts (&parts, n_nodes, edges, n_edges);
  for (guint part = 0; is_done && part < parts.n_parts; part++)
    is_done = add_part (&assembly, &packer, &parts, part, nodes, edges, hints, edge_length,
                        cancellable);
  parts_clear (&parts);
  g_free (assembly.end_stubs);

  sort_routes (layout, assembly.edge_strands, edge_length);
  layout->n_strands = assembly.strands->len;
  layout->strands = (HsLayoutStrand *)(void *)g_array_free (assembly.strands, FALSE);
  g_array_unref (assembly.edge_strands);

  if (!is_done)
    g_clear_pointer (&layout, hs_layout_free);

  return layout;
}

void
hs_layout_free (HsLayout *self)
{
  if (self == NULL)
    return;

  g_free (self->places);
  g_free (self->strands);
  g_free (self->edge_first);
  g_free (self->edge_strands);
  g_free (self);
}
