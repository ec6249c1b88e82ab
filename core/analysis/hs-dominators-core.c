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
 * to the last, each found by going up from the parent in the search. No recursion.
 * What has become a part of another object is left out with all its references.
 *
 * Numbers are those of the search, from 1; 0 is what holds all roots.
 */
typedef struct
{
  HsDominatorsBuild *build;
  guint32           *number; /* by object; 0: not found yet */
  guint32            n;      /* numbers given, 0 among them */

  /* Owned, by number. */
  guint32 *object;
  guint32 *from;       /* parent in the search */
  guint32 *pred_first; /* of pred; one place further while they are counted */
  guint32 *semi;
  guint32 *ancestor;
  guint32 *label; /* then the dominator */

  guint32 *pred; /* owned; numbers of the referrers of each, but for roots */
} Core;

/* An object whose references are being followed. */
typedef struct
{
  guint32 number;
  guint32 edge;
} Visit;

static inline gboolean
is_folded (const Core *self,
           guint32     object)
{
  return self->build->left[object] == HS_FOLDED;
}

static inline gboolean
is_root (const Core *self,
         guint32     object)
{
  return self->build->tree->parent[object] == HS_NO_OBJECT;
}

/* Whether a reference from @object to @target is one of the core's. */
static inline gboolean
counts (const Core *self,
        guint32     object,
        guint32     target)
{
  guint32 n_reached = self->build->heap->view.info.n_reached;

  return !is_root (self, target) && !is_folded (self, target) &&
         (target >= n_reached || object < n_reached);
}

static guint32
count_core (HsDominatorsBuild *build)
{
  guint32 n = 0;

  for (guint32 i = 0; i < build->tree->n_objects; i++)
    n += build->left[i] != HS_FOLDED &&
         (build->tree->parent[i] != HS_NO_OBJECT || build->left[i] != 0);

  return n;
}

static guint32
give_number (Core   *self,
             guint32 object,
             guint32 from)
{
  guint32 number = self->n++;

  self->number[object] = number;
  self->object[number] = object;
  self->from[number] = from;

  return number;
}

/* Searches from @root on, and counts for each object found those that refer to
 * it. @visits: room for one of each object of the core.
 */
static void
search (Core   *self,
        guint32 root,
        Visit  *visits)
{
  const HsSnapshotView *view = &self->build->heap->view;
  guint32               depth = 0;

  visits[depth++] = (Visit) { give_number (self, root, 0), view->object_edges[root] };
  while (depth > 0)
    {
      Visit  *visit = &visits[depth - 1];
      guint32 object = self->object[visit->number];
      guint32 edge = visit->edge;
      guint32 end = view->object_edges[object + 1];
      guint32 found = HS_NO_OBJECT;

      while (edge < end && found == HS_NO_OBJECT)
        {
          guint32 target = view->edge_target[edge++];

          if (!counts (self, object, target))
            continue;
          if (self->number[target] == 0)
            {
              give_number (self, target, visit->number);
              found = target;
            }
          self->pred_first[self->number[target] + 1]++;
        }

      visit->edge = edge;
      if (found == HS_NO_OBJECT)
        depth--;
      else
        visits[depth++] = (Visit) { self->number[found], view->object_edges[found] };
    }
}

/* From the roots, then from the first of what cannot be reached from them: what
 * only holds itself.
 */
static gboolean
search_all (Core   *self,
            guint32 n_core)
{
  HsDominatorsBuild *build = self->build;
  Visit             *visits = _hs_dominators_new_array ((gsize)n_core + 1, sizeof *visits);
  gboolean           is_done = TRUE;

  for (guint pass = 0; pass < 2 && is_done; pass++)
    for (guint32 i = 0; i < build->tree->n_objects && is_done; i++)
      {
        if (_hs_dominators_is_cancelled (build, i))
          is_done = FALSE;
        else if (is_folded (self, i) || self->number[i] != 0)
          continue;
        else if (pass == 0 && is_root (self, i) && build->left[i] != 0)
          search (self, i, visits);
        else if (pass == 1 && !is_root (self, i))
          {
            build->tree->parent[i] = HS_NO_OBJECT;
            search (self, i, visits);
          }
      }

  g_aligned_free (visits);

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
  self->pred = _hs_dominators_new_array ((gsize)first[self->n] + 1, sizeof *self->pred);

  /* first[i + 1] runs from the start of i to its end, if all is one place further. */
  for (guint32 i = self->n; i > 0; i--)
    first[i] = first[i - 1];
  for (guint32 i = 1; i < self->n; i++)
    {
      guint32 object = self->object[i];
      guint32 end = view->object_edges[object + 1];

      for (guint32 edge = view->object_edges[object]; edge < end; edge++)
        {
          guint32 target = view->edge_target[edge];

          if (counts (self, object, target))
            self->pred[first[self->number[target] + 1]++] = i;
        }
    }
}

/* The least semidominator on the way up from @number as far as @last, of which
 * the way is shortened. @path: room for it
 */
static inline guint32
find_least (Core    *self,
            guint32  number,
            guint32  last,
            guint32 *path)
{
  guint32 *ancestor = self->ancestor;
  guint32 *label = self->label;
  guint32 *semi = self->semi;
  guint32  n = 0;
  guint32  above;

  for (above = number; ancestor[above] >= last; above = ancestor[above])
    path[n++] = above;

  while (n > 0)
    {
      guint32 below = path[--n];

      if (semi[label[above]] < semi[label[below]])
        label[below] = label[above];
      ancestor[below] = ancestor[above];
      above = below;
    }

  return semi[label[number]];
}

static gboolean
find_semidominators (Core *self)
{
  guint32 *path = _hs_dominators_new_array (self->n, sizeof *path);
  gboolean is_done = TRUE;

  for (guint32 i = 0; i < self->n; i++)
    {
      self->semi[i] = i;
      self->label[i] = i;
      self->ancestor[i] = self->from[i];
    }

  for (guint32 i = self->n; i-- > 1 && is_done;)
    {
      guint32 least = self->from[i];

      for (guint32 pred = self->pred_first[i]; pred < self->pred_first[i + 1]; pred++)
        {
          guint32 referrer = self->pred[pred];
          guint32 semi = referrer <= i ? referrer : find_least (self, referrer, i + 1, path);

          least = MIN (least, semi);
        }

      self->semi[i] = least;
      is_done = !_hs_dominators_is_cancelled (self->build, i);
    }

  g_aligned_free (path);

  return is_done;
}

/* Dominators from semidominators; their parents and what they retain. */
static void
find_dominators (Core *self)
{
  HsDominators *tree = self->build->tree;
  guint32      *dominator = self->label;

  dominator[0] = 0;
  for (guint32 i = 1; i < self->n; i++)
    {
      guint32 above = self->from[i];

      while (above > self->semi[i])
        above = dominator[above];
      dominator[i] = above;
      tree->parent[self->object[i]] = above != 0 ? self->object[above] : HS_NO_OBJECT;
    }

  for (guint32 i = self->n; i-- > 1;)
    {
      if (dominator[i] != 0)
        _hs_dominators_add (tree, self->object[dominator[i]], self->object[i]);
    }
}

static void
core_init (Core              *self,
           HsDominatorsBuild *build,
           guint32            n_core)
{
  gsize n = (gsize)n_core + 2;

  *self = (Core) { build, build->tree->order, 1 };
  memset (self->number, 0, (gsize)build->tree->n_objects * sizeof *self->number);
  self->object = _hs_dominators_new_array (n, sizeof *self->object);
  self->from = _hs_dominators_new_array (n, sizeof *self->from);
  self->pred_first = _hs_dominators_new_array (n + 1, sizeof *self->pred_first);
  self->semi = _hs_dominators_new_array (n, sizeof *self->semi);
  self->ancestor = _hs_dominators_new_array (n, sizeof *self->ancestor);
  self->label = _hs_dominators_new_array (n, sizeof *self->label);

  self->object[0] = HS_NO_OBJECT;
  self->from[0] = 0;
  memset (self->pred_first, 0, (n + 1) * sizeof *self->pred_first);
}

static void
core_clear (Core *self)
{
  g_aligned_free (self->object);
  g_aligned_free (self->from);
  g_aligned_free (self->pred_first);
  g_aligned_free (self->semi);
  g_aligned_free (self->ancestor);
  g_aligned_free (self->label);
  g_aligned_free (self->pred);
}

void
_hs_dominators_solve_core (HsDominatorsBuild *build)
{
  guint32 n_core = count_core (build);
  Core    core;

  build->tree->n_core = n_core;
  if (n_core == 0)
    return;

  core_init (&core, build, n_core);
  if (search_all (&core, n_core))
    {
      list_preds (&core);
      if (find_semidominators (&core))
        find_dominators (&core);
    }
  core_clear (&core);
}
