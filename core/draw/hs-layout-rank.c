/* hs-layout-rank.c - which column a box stands in
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-layout-private.h"

#include <math.h>

/* Past so many crossings of columns per node the columns of the longest path
 * are given up for those of the shortest, which are far fewer.
 */
#define MAX_CROSSINGS_PER_NODE 24
#define MIN_CROSSINGS          6000

/* Past so many crossings of columns, or so many arrows, the picture is a tree:
 * the time that a layout takes is proportional to them, and limits on time
 * itself would give another picture on another day. 5000 boxes of a usual
 * program have 20 000 crossings, 20 000 boxes have 280 000.
 */
#define MAX_CROSSINGS        40000
#define MAX_CROSSINGS_A_NODE 5 /* of a very large picture: long doubly linked lists */
#define MAX_EDGES            200000
#define MAX_SPANNED          4000000 /* columns by all arrows together: pieces of their ways */

/* A picture is broken into bands, as text into lines, once it is wider than
 * this and than this many times its height (scene units).
 */
#define WRAP_WIDTH    3200
#define WRAP_RATIO    3.5
#define BAND_RATIO    2.0
#define COLUMN_GAP    88
#define BOX_GAP       24
#define BAND_GAP      48
#define BUSY_CUT      6 /* mean arrows across a cut up to which wrapping reads well */
#define WRAP_ANY_CUT  4 /* times WRAP_WIDTH and WRAP_RATIO: wrap whatever the cut */
#define CANCEL_STRIDE 4096

enum
{
  WHITE, /* not seen */
  GREY,  /* on the way down */
  BLACK, /* done */
};

typedef struct
{
  guint8 *state;
  guint8 *is_back; /* edges that close a cycle */
  guint  *stack;
  guint  *next;        /* edge to look at next, per node */
  guint  *topological; /* nodes, every forward edge leads to a later one */
  guint   n_seen;
  guint   n_left;
} Search;

/* Depth first with a stack of our own: a linked list of 100 000 nodes is as
 * deep as it is long.
 */
static gboolean
search_from (HsPlan *plan,
             Search *search,
             guint   root)
{
  guint depth = 0;

  search->stack[depth++] = root;
  search->state[root] = GREY;
  plan->preorder[root] = search->n_seen++;

  while (depth > 0)
    {
      guint node = search->stack[depth - 1];

      if (search->next[node] < plan->out_first[node + 1])
        {
          guint edge = search->next[node]++;
          guint to = plan->edges[edge].to;

          if (search->state[to] == GREY)
            search->is_back[edge] = TRUE;
          else if (search->state[to] == WHITE)
            {
              search->state[to] = GREY;
              plan->preorder[to] = search->n_seen++;
              search->stack[depth++] = to;
            }
        }
      else
        {
          search->state[node] = BLACK;
          search->topological[--search->n_left] = node;
          depth--;
          if (node % CANCEL_STRIDE == 0 && g_cancellable_is_cancelled (plan->cancellable))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
hs_plan_starts_search (const HsPlan *plan,
                       guint         node,
                       guint         pass)
{
  return pass == HS_PLAN_LAST_PASS || plan->nodes[node].is_root ||
         (pass == 1 && plan->n_in[node] == 0);
}

static gboolean
search_all (HsPlan *plan,
            Search *search)
{
  for (guint pass = 0; pass <= HS_PLAN_LAST_PASS; pass++)
    for (guint node = 0; node < plan->n_nodes; node++)
      if (search->state[node] == WHITE && hs_plan_starts_search (plan, node, pass) &&
          !search_from (plan, search, node))
        return FALSE;

  return TRUE;
}

static void
rank_by_longest_path (HsPlan       *plan,
                      const Search *search)
{
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      guint node = search->topological[i];

      for (guint edge = plan->out_first[node]; edge < plan->out_first[node + 1]; edge++)
        if (!search->is_back[edge])
          {
            guint to = plan->edges[edge].to;

            plan->column[to] = MAX (plan->column[to], plan->column[node] + 1);
          }
    }

  /* What nothing refers to stands right before what it refers to. */
  for (guint node = 0; node < plan->n_nodes; node++)
    {
      guint least = G_MAXUINT;

      if (plan->n_in[node] > 0 || plan->nodes[node].is_root)
        continue;
      for (guint edge = plan->out_first[node]; edge < plan->out_first[node + 1]; edge++)
        least = MIN (least, plan->column[plan->edges[edge].to]);
      if (least != G_MAXUINT && least > 0)
        plan->column[node] = least - 1;
    }
}

static void
drain_queue (HsPlan *plan,
             guint  *queue,
             guint  *n_done,
             guint  *n_queued)
{
  for (; *n_done < *n_queued; (*n_done)++)
    {
      guint node = queue[*n_done];

      for (guint edge = plan->out_first[node]; edge < plan->out_first[node + 1]; edge++)
        {
          guint to = plan->edges[edge].to;

          if (plan->column[to] == G_MAXUINT)
            {
              plan->column[to] = plan->column[node] + 1;
              queue[(*n_queued)++] = to;
            }
        }
    }
}

/* Breadth first, from the same roots in the same order. */
static void
rank_by_shortest_path (HsPlan *plan,
                       Search *search)
{
  guint n_done = 0;
  guint n_queued = 0;

  for (guint node = 0; node < plan->n_nodes; node++)
    plan->column[node] = G_MAXUINT;

  for (guint pass = 0; pass <= HS_PLAN_LAST_PASS; pass++)
    {
      for (guint node = 0; node < plan->n_nodes; node++)
        if (plan->column[node] == G_MAXUINT && hs_plan_starts_search (plan, node, pass))
          {
            plan->column[node] = 0;
            search->stack[n_queued++] = node;
            if (pass == HS_PLAN_LAST_PASS)
              drain_queue (plan, search->stack, &n_done, &n_queued);
          }
      drain_queue (plan, search->stack, &n_done, &n_queued);
    }
}

/* How often routes cross a column with these columns. */
static guint64
count_column_crossings (HsPlan *plan,
                        guint  *least,
                        guint  *most)
{
  guint64 n_crossings = 0;

  for (guint node = 0; node < plan->n_nodes; node++)
    {
      least[node] = plan->column[node];
      most[node] = 0;
    }
  for (guint edge = 0; edge < plan->n_edges; edge++)
    {
      guint from = plan->column[plan->edges[edge].from];
      guint to = plan->edges[edge].to;

      least[to] = MIN (least[to], from);
      if (from >= plan->column[to])
        most[to] = MAX (most[to], from + 1);
    }
  for (guint node = 0; node < plan->n_nodes; node++)
    {
      if (least[node] + 1 < plan->column[node])
        n_crossings += plan->column[node] - least[node] - 1;
      if (most[node] > 0)
        n_crossings += most[node] - plan->column[node];
    }

  return n_crossings;
}

static guint64
count_spanned (const HsPlan *plan)
{
  guint64 n_spanned = 0;

  for (guint edge = 0; edge < plan->n_edges; edge++)
    {
      guint from = plan->column[plan->edges[edge].from];
      guint to = plan->column[plan->edges[edge].to];

      n_spanned += MAX (from, to) - MIN (from, to);
    }

  return n_spanned;
}

typedef struct
{
  guint   n_ranks;
  double *width;  /* of the widest node of each rank, with the gap */
  double *height; /* of all nodes of each rank */
  double  total_width;
  double  greatest_height;
  double  mean_cut; /* arrows between neighbouring ranks */
} Profile;

static void
measure_ranks (HsPlan  *plan,
               Profile *profile)
{
  double n_spanned = 0;

  profile->n_ranks = 0;
  for (guint node = 0; node < plan->n_nodes; node++)
    profile->n_ranks = MAX (profile->n_ranks, plan->column[node] + 1);
  profile->width = g_new0 (double, profile->n_ranks);
  profile->height = g_new0 (double, profile->n_ranks);

  for (guint node = 0; node < plan->n_nodes; node++)
    {
      guint rank = plan->column[node];

      profile->width[rank] = MAX (profile->width[rank], plan->nodes[node].width + COLUMN_GAP);
      profile->height[rank] += plan->nodes[node].height + BOX_GAP;
    }
  for (guint rank = 0; rank < profile->n_ranks; rank++)
    {
      profile->total_width += profile->width[rank];
      profile->greatest_height = MAX (profile->greatest_height, profile->height[rank]);
    }
  for (guint edge = 0; edge < plan->n_edges; edge++)
    n_spanned += fabs ((double)plan->column[plan->edges[edge].to] -
                       (double)plan->column[plan->edges[edge].from]);
  profile->mean_cut = n_spanned / MAX (1, profile->n_ranks);
}

/* How many columns make the picture about BAND_RATIO times as wide as high. */
static guint
choose_n_columns (const Profile *profile)
{
  guint n_columns = profile->n_ranks;

  while (n_columns > 2)
    {
      double width = profile->total_width * n_columns / profile->n_ranks;
      double height = 0;

      for (guint first = 0; first < profile->n_ranks; first += n_columns)
        {
          double highest = 0;

          for (guint rank = first; rank < MIN (first + n_columns, profile->n_ranks); rank++)
            highest = MAX (highest, profile->height[rank]);
          height += highest + BAND_GAP;
        }
      if (width <= BAND_RATIO * height || width <= WRAP_WIDTH / 2.)
        break;
      n_columns = n_columns > 64 ? n_columns * 15 / 16 : n_columns - 1;
    }

  return n_columns;
}

static void
wrap (HsPlan *plan)
{
  Profile  profile = { 0 };
  gboolean is_wide;
  gboolean is_extreme;

  measure_ranks (plan, &profile);
  is_wide = profile.total_width > WRAP_WIDTH &&
            profile.total_width > WRAP_RATIO * profile.greatest_height;
  is_extreme = profile.total_width > WRAP_ANY_CUT * WRAP_WIDTH &&
               profile.total_width > WRAP_ANY_CUT * WRAP_RATIO * profile.greatest_height;

  plan->n_columns = profile.n_ranks;
  plan->n_bands = 1;
  if ((is_wide && profile.mean_cut <= BUSY_CUT) || is_extreme)
    {
      plan->n_columns = choose_n_columns (&profile);
      plan->n_bands = (profile.n_ranks - 1) / plan->n_columns + 1;
      for (guint node = 0; node < plan->n_nodes; node++)
        {
          plan->band[node] = (int)(plan->column[node] / plan->n_columns);
          plan->column[node] %= plan->n_columns;
        }
    }

  g_free (profile.width);
  g_free (profile.height);
}

gboolean
hs_plan_rank (HsPlan *plan)
{
  g_autofree guint8 *state = g_new0 (guint8, plan->n_nodes);
  g_autofree guint8 *is_back = g_new0 (guint8, plan->n_edges + 1);
  g_autofree guint  *stack = g_new (guint, plan->n_nodes);
  g_autofree guint  *next = g_memdup2 (plan->out_first, sizeof (guint) * plan->n_nodes);
  g_autofree guint  *topological = g_new (guint, plan->n_nodes);
  Search             search = { state, is_back, stack, next, topological, 0, plan->n_nodes };
  guint64            n_crossings;

  plan->column = g_new0 (guint, plan->n_nodes);
  plan->band = g_new0 (int, plan->n_nodes);
  plan->preorder = g_new0 (guint, plan->n_nodes);

  if (!search_all (plan, &search))
    return FALSE;
  rank_by_longest_path (plan, &search);
  wrap (plan);

  /* The scratch memory of the search serves again. */
  n_crossings = count_column_crossings (plan, next, topological);
  if (n_crossings > MAX (MIN_CROSSINGS, (guint64)MAX_CROSSINGS_PER_NODE * plan->n_nodes))
    {
      memset (plan->band, 0, sizeof (int) * plan->n_nodes);
      rank_by_shortest_path (plan, &search);
      wrap (plan);
      n_crossings = count_column_crossings (plan, next, topological);
    }
  if (n_crossings > MAX (MAX_CROSSINGS, (guint64)MAX_CROSSINGS_A_NODE * plan->n_nodes) ||
      plan->n_edges > MAX_EDGES || count_spanned (plan) > MAX_SPANNED)
    return hs_plan_grow_tree (plan);

  return !g_cancellable_is_cancelled (plan->cancellable);
}
