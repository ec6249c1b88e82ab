/* hs-dominators-core.c - dominators of what several objects hold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-dominators-private.h"

#include <string.h>

/* The semi-NCA algorithm (Georgiadis, Tarjan, Werneck: "Finding Dominators in
 * Practice", 2006): semidominators from the last object to the first in the order
 * of a depth-first search, with compressed paths; then dominators from the first
 * to the last, each found by going up from the parent in the search. Step by step that
 * may take the square of the objects, for a list that is linked a million deep and what
 * both its ends hold; so there are jumps (Myers: "An Applicative Random-Access Stack",
 * 1983), which take the logarithm. No recursion.
 * What has become a part of another object is left out with all its references.
 *
 * Numbers are those of the search, from 1; 0 is what holds all roots.
 */

/* An object whose references are being followed. */
typedef struct Visit
{
  guint32 number;
  guint32 edge;
} Visit;

/* On the way from an object up to the roots. */
typedef struct Way
{
  guint32 above; /* number; as far as it has been shortened */
  guint32 least; /* semidominator of all that was left out */
} Way;

/* On the way from an object up the tree of dominators. */
typedef struct Jump
{
  guint32 above; /* number; far above where the depth allows it */
  guint32 depth;
} Jump;

G_STATIC_ASSERT (sizeof (Visit) == sizeof (Way));
G_STATIC_ASSERT (sizeof (Jump) == sizeof (Way));

typedef struct
{
  HsDominatorsBuild *build;
  guint32           *number; /* by object; 0: not found yet; NOT_ASKED */
  guint32            n;      /* numbers given, 0 among them */

  guint32  n_members;
  guint32 *members; /* the objects of the core, ascending; then room for a path */

  /* Owned, by number. */
  guint32 *object;
  guint32 *from;       /* parent in the search; then the dominator */
  guint32 *pred_first; /* of pred; one place further while they are counted */
  guint32 *semi;       /* in pred_first, where it is not needed any more */
  union
  {
    struct Visit *visits; /* the search */
    struct Way   *way;    /* after it */
    struct Jump  *jumps;  /* after that */
  };

  guint32 *pred; /* owned; numbers of the referrers of each, but for roots */
} Core;

/* In place of the number of what is no member, and of roots: whoever refers to
 * those has no part in what dominates them.
 */
#define NOT_ASKED HS_NO_OBJECT

/* Lists the members. A root whose parts all have folded need not be one. */
static void
find_members (Core *self)
{
  const guint32 *parent = self->build->tree->parent;
  const guint32 *left = self->build->left;
  guint32       *number = self->number;
  guint32       *members = self->members;
  guint32        n_objects = self->build->tree->n_objects;
  guint32        n = 0;

  for (guint32 i = 0; i < n_objects; i++)
    {
      gboolean is_root = parent[i] == HS_NO_OBJECT;
      gboolean is_folded = left[i] == HS_FOLDED;

      number[i] = is_root || is_folded ? NOT_ASKED : 0;
      members[n] = i;
      n += !is_folded && (!is_root || left[i] != 0);
    }

  self->n_members = n;
}

/* The first object to which a reference from @object counts. */
static inline guint32
get_least_target (const Core *self,
                  guint32     object)
{
  guint32 n_reached = self->build->heap->view.info.n_reached;

  return object < n_reached ? 0 : n_reached;
}

/* Follows references of an object until one leads to what has not been found yet,
 * and counts for each target that one more object refers to it. Returns: that
 * target, or HS_NO_OBJECT at the end
 */
static guint32
find_next (Core  *self,
           Visit *visit)
{
  const HsSnapshotView *view = &self->build->heap->view;
  guint32               object = self->object[visit->number];
  guint32               least = get_least_target (self, object);
  guint32               end = view->object_edges[object + 1];

  while (visit->edge < end)
    {
      guint32 target = view->edge_target[visit->edge++];
      guint32 number = self->number[target];

      if (number == NOT_ASKED || target < least)
        continue;
      if (number == 0)
        return target;
      self->pred_first[number + 1]++;
    }

  return HS_NO_OBJECT;
}

static void
search (Core   *self,
        guint32 root)
{
  const HsSnapshotView *view = &self->build->heap->view;
  Visit                *visits = self->visits;
  guint32               depth = 1;

  self->object[self->n] = root;
  self->from[self->n] = 0;
  visits[0] = (Visit) { self->n++, view->object_edges[root] };

  while (depth > 0)
    {
      guint32 next = find_next (self, &visits[depth - 1]);

      if (next == HS_NO_OBJECT)
        {
          depth--;
          continue;
        }

      self->number[next] = self->n;
      self->object[self->n] = next;
      self->from[self->n] = visits[depth - 1].number;
      self->pred_first[self->n + 1]++;
      visits[depth++] = (Visit) { self->n++, view->object_edges[next] };
    }
}

/* From the roots, then from the first of what cannot be reached from them: what
 * only holds itself.
 */
static gboolean
search_all (Core *self)
{
  guint32 *parent = self->build->tree->parent;
  gboolean is_done = TRUE;

  for (guint pass = 0; pass < 2; pass++)
    for (guint32 i = 0; i < self->n_members && is_done; i++)
      {
        guint32 object = self->members[i];

        if (pass == 0 && parent[object] == HS_NO_OBJECT)
          search (self, object);
        else if (pass == 1 && self->number[object] == 0)
          {
            parent[object] = HS_NO_OBJECT;
            self->number[object] = NOT_ASKED;
            search (self, object);
          }
        is_done = !_hs_dominators_is_cancelled (self->build, i);
      }

  return is_done;
}

/* Lists for each number those of its referrers. */
static void
list_preds (Core *self)
{
  const HsSnapshotView *view = &self->build->heap->view;
  guint32              *first = self->pred_first;

  for (guint32 i = 0; i < self->n; i++)
    first[i + 1] += first[i];
  self->pred = _hs_dominators_new_array (first[self->n], sizeof *self->pred);

  /* first[i + 1] runs from the start of i to its end. */
  memmove (first + 1, first, (gsize)self->n * sizeof *first);
  for (guint32 i = 1; i < self->n; i++)
    {
      guint32 object = self->object[i];
      guint32 least = get_least_target (self, object);
      guint32 end = view->object_edges[object + 1];

      for (guint32 edge = view->object_edges[object]; edge < end; edge++)
        {
          guint32 target = view->edge_target[edge];
          guint32 number = self->number[target];

          if (number != NOT_ASKED && target >= least)
            self->pred[first[number + 1]++] = i;
        }
    }
}

/* The least semidominator on the way up from @number as far as @last, of which
 * the way is shortened. @path: room for it
 */
static inline guint32
find_least (Way     *way,
            guint32  number,
            guint32  last,
            guint32 *path)
{
  guint32 n = 0;
  guint32 up;
  Way     above;

  for (up = number; way[up].above >= last; up = way[up].above)
    path[n++] = up;

  above = way[up];
  while (n > 0)
    {
      Way *below = &way[path[--n]];

      below->above = above.above;
      below->least = MIN (below->least, above.least);
      above = *below;
    }

  return above.least;
}

/* So many referrers ahead, their ways are fetched. */
#define AHEAD 16

static gboolean
find_semidominators (Core *self)
{
  const guint32 *pred = self->pred;
  guint32       *path = self->members;
  Way           *way = self->way;
  gboolean       is_done = TRUE;

  self->semi = self->pred_first + 1;
  for (guint32 i = 0; i < self->n; i++)
    way[i] = (Way) { self->from[i], i };

  for (guint32 i = self->n; i-- > 1 && is_done;)
    {
      guint32 least = self->from[i];

      for (guint32 j = self->pred_first[i + 1]; j-- > self->pred_first[i];)
        {
          guint32 referrer = pred[j];

          if (j >= AHEAD)
            __builtin_prefetch (&way[pred[j - AHEAD]], 1);
          if (referrer > i)
            referrer = find_least (way, referrer, i + 1, path);
          least = MIN (least, referrer);
        }

      self->semi[i] = least;
      way[i].least = least;
      is_done = !_hs_dominators_is_cancelled (self->build, i);
    }

  return is_done;
}

/* The jump of what @above dominates: twice as far as the last two if these were equally far. */
static inline Jump
get_jump (const Jump *jumps,
          guint32     above)
{
  Jump    one = jumps[above];
  Jump    two = jumps[one.above];
  guint32 three = jumps[two.above].depth;

  if (one.depth - two.depth == two.depth - three)
    return (Jump) { two.above, one.depth + 1 };

  return (Jump) { above, one.depth + 1 };
}

/* Dominators from semidominators; their parents and what they retain. */
static void
find_dominators (Core *self)
{
  HsDominators *tree = self->build->tree;
  guint32      *dominator = self->from;
  Jump         *jumps = self->jumps;

  jumps[0] = (Jump) { 0, 0 };
  for (guint32 i = 1; i < self->n; i++)
    {
      guint32 above = self->from[i];

      /* Numbers descend on the way up. */
      while (above > self->semi[i])
        above = jumps[above].above >= self->semi[i] ? jumps[above].above : dominator[above];
      dominator[i] = above;
      jumps[i] = get_jump (jumps, above);
      tree->parent[self->object[i]] = self->object[above];
      if (_hs_dominators_is_cancelled (self->build, i))
        return;
    }

  for (guint32 i = self->n; i-- > 1;)
    {
      if (dominator[i] != 0)
        _hs_dominators_add (tree, self->object[dominator[i]], self->object[i]);
    }
}

static void
core_init (Core *self)
{
  gsize n = (gsize)self->n_members + 1;

  self->n = 1;
  self->object = _hs_dominators_new_array (n, sizeof *self->object);
  self->from = _hs_dominators_new_array (n, sizeof *self->from);
  self->pred_first = _hs_dominators_new_array (n + 2, sizeof *self->pred_first);
  self->way = _hs_dominators_new_array (n, sizeof *self->way);

  self->object[0] = HS_NO_OBJECT;
  self->from[0] = 0;
  memset (self->pred_first, 0, (n + 2) * sizeof *self->pred_first);
}

static void
core_clear (Core *self)
{
  g_aligned_free (self->object);
  g_aligned_free (self->from);
  g_aligned_free (self->pred_first);
  g_aligned_free (self->way);
  g_aligned_free (self->pred);
}

void
_hs_dominators_solve_core (HsDominatorsBuild *build)
{
  /* What is not needed before the tree is grown has room until then. */
  Core core = {
    .build = build,
    .number = build->tree->order,
    .members = build->tree->children,
  };

  find_members (&core);
  build->tree->n_core = core.n_members;

  if (core.n_members > 0)
    {
      core_init (&core);
      if (search_all (&core))
        {
          list_preds (&core);
          if (find_semidominators (&core))
            find_dominators (&core);
        }
    }
  core_clear (&core);
}
