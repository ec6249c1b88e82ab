/* hs-alive.c - why an object is alive
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-alive.h"

#include <glib/gi18n-lib.h>

#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-path.h"

struct _HsAlivePath
{
  HsHeap *heap; /* owned */
  guint32 object;
  guint32 name;
  GArray *steps; /* owned; of HsAliveStep */
};

/* In place of the reference by which an object is first reached. */
#define BY_NOTHING G_MAXUINT32
#define BY_NAME    (G_MAXUINT32 - 1)

/* Of a longer path, so many steps at each end are written out. */
#define STEPS_MAX   12
#define STEPS_SHOWN 5

/* ---- The way ---- */

/* By which reference a breadth-first search from the names reaches each object
 * first. Returns: (transfer full): by object
 */
static HsCameBy *
search_from_names (HsHeap *heap)
{
  const HsSnapshotView *view = &heap->view;
  HsCameBy             *came_by = g_new (HsCameBy, (gsize)view->n_objects + 1);
  g_autofree guint32   *queue = g_new (guint32, (gsize)view->n_objects + 1);
  guint32               n = 0;

  for (guint32 i = 0; i < view->n_objects; i++)
    came_by[i].edge = BY_NOTHING;

  for (guint32 i = 0; i < view->n_names; i++)
    {
      guint32 object = view->name_object[i];

      if (came_by[object].edge == BY_NOTHING)
        queue[n++] = object;
      came_by[object].edge = BY_NAME;
    }

  for (guint32 next = 0; next < n; next++)
    {
      guint32 object = queue[next];
      guint32 end = view->object_edges[object + 1];

      /* No name leads to what stands behind, whatever a snapshot says. */
      if (object >= view->info.n_reached)
        continue;

      for (guint32 edge = view->object_edges[object]; edge < end; edge++)
        {
          guint32 target = view->edge_target[edge];

          if (came_by[target].edge != BY_NOTHING)
            continue;
          came_by[target] = (HsCameBy) { edge, object };
          queue[n++] = target;
        }
    }

  return came_by;
}

static const HsCameBy *
get_came_by (HsHeap *heap)
{
  g_mutex_lock (&heap->lock);
  if (heap->came_by == NULL)
    heap->came_by = search_from_names (heap);
  g_mutex_unlock (&heap->lock);

  return heap->came_by;
}

static void
reverse_steps (GArray *steps)
{
  HsAliveStep *data = (HsAliveStep *)(void *)steps->data;

  for (guint i = 0; i < steps->len / 2; i++)
    {
      HsAliveStep step = data[i];

      data[i] = data[steps->len - 1 - i];
      data[steps->len - 1 - i] = step;
    }
}

HsAlivePath *
hs_alive_path_new (HsHeap *heap,
                   guint32 object)
{
  const HsCameBy *came_by;
  HsAlivePath    *self;
  guint           n_names;
  guint32         at = object;

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (object < heap->view.n_objects, NULL);

  came_by = get_came_by (heap);
  if (came_by[object].edge == BY_NOTHING)
    return NULL;

  self = g_new0 (HsAlivePath, 1);
  self->heap = hs_heap_ref (heap);
  self->object = object;
  self->steps = g_array_new (FALSE, FALSE, sizeof (HsAliveStep));
  while (came_by[at].edge != BY_NAME)
    {
      HsAliveStep step = { came_by[at].edge, at };

      g_array_append_val (self->steps, step);
      at = came_by[at].source;
    }
  reverse_steps (self->steps);
  self->name = _hs_heap_get_names_of (heap, at, &n_names)[0];

  return self;
}

void
hs_alive_path_free (HsAlivePath *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->steps);
  hs_heap_unref (self->heap);
  g_free (self);
}

guint32
hs_alive_path_get_name (const HsAlivePath *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->name;
}

const HsAliveStep *
hs_alive_path_get_steps (const HsAlivePath *self,
                         guint             *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->steps->len;

  return (const HsAliveStep *)(const void *)self->steps->data;
}

/* ---- In words ---- */

static void
append_steps (GString           *text,
              const HsAlivePath *self,
              guint              from,
              guint              to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *step =
        _hs_graph_dup_step (self->heap, g_array_index (self->steps, HsAliveStep, i).edge);

      g_string_append_printf (text, " → %s", step);
    }
}

char *
hs_alive_path_dup_text (const HsAlivePath *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  guint            n;

  g_return_val_if_fail (self != NULL, NULL);

  n = self->steps->len;
  name = _hs_graph_dup_name_path (self->heap, self->name);
  type = hs_heap_dup_type_name (self->heap,
                                hs_snapshot_view_get_type (&self->heap->view, self->object));

  g_string_append (text, name);
  if (n <= STEPS_MAX)
    append_steps (text, self, 0, n);
  else
    {
      gulong           n_left = n - 2 * STEPS_SHOWN;
      g_autofree char *left = hs_format_count (n_left);

      append_steps (text, self, 0, STEPS_SHOWN);
      g_string_append (text, " → ");
      /* translators: in the middle of a path through objects; %s is a number */
      g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, "(%s more step)", "(%s more steps)", n_left), left);
      append_steps (text, self, n - STEPS_SHOWN, n);
    }
  g_string_append_printf (text, " → %s", type);

  return g_string_free (text, FALSE);
}

static void
add_fact (GStrvBuilder *facts,
          char         *fact)
{
  g_strv_builder_add (facts, fact);
  g_free (fact);
}

/* Whether, and by how many references, CPython knows of more than the snapshot. */
static void
add_outside (GStrvBuilder *facts,
             HsHeap       *heap,
             guint32       object)
{
  guint32          refcount = hs_snapshot_view_get_refcount (&heap->view, object);
  gulong           n = refcount - MIN (refcount, heap->n_referrers[object]);
  g_autofree char *count = hs_format_count (n);

  if (object >= heap->view.info.n_reached || n == 0)
    return;

  add_fact (facts,
            g_strdup_printf (
              /* translators: %s is a number; of an object */
              g_dngettext (GETTEXT_PACKAGE,
                           "It is also held from outside the snapshot, by %s reference.",
                           "It is also held from outside the snapshot, by %s references.", n),
              count));
}

/* The only name or reference, by which it lives. */
static void
add_only (GStrvBuilder *facts,
          HsHeap       *heap,
          guint32       object)
{
  guint            n_names;
  guint            n_edges;
  const guint32   *names = _hs_heap_get_names_of (heap, object, &n_names);
  const guint32   *edges = _hs_heap_get_referrers (heap, object, &n_edges);
  g_autofree char *path = NULL;

  if (n_names == 1)
    path = _hs_graph_dup_name_path (heap, names[0]);
  else
    path = _hs_graph_dup_edge_path (heap, edges[0]);

  /* translators: %s is a name or a path, "points[3]"; of an object */
  add_fact (facts, g_strdup_printf (_("It is held by nothing else than %s."), path));
}

/* Through which object all ways lead, if there is one. */
static void
add_dominator (GStrvBuilder *facts,
               HsHeap       *heap,
               guint32       object)
{
  guint32          parent = hs_dominators_get_parent (hs_heap_get_dominators (heap), object);
  g_autofree char *path = NULL;

  if (parent == HS_NO_OBJECT)
    {
      add_fact (facts, g_strdup (_("No single object holds it: several do.")));
      return;
    }

  path = _hs_graph_dup_object_path (heap, parent);
  /* translators: %s is a path, "points[3]": if that object goes, this one goes with it */
  add_fact (facts, g_strdup_printf (_("It goes with %s: every way to it leads through that."),
                                       path));
}

GStrv
hs_alive_dup_facts (HsHeap *heap,
                    guint32 object)
{
  g_autoptr(GStrvBuilder) facts = g_strv_builder_new ();
  HsHeldFlags held;
  guint       n_referrers;

  g_return_val_if_fail (heap != NULL, NULL);
  g_return_val_if_fail (object < heap->view.n_objects, NULL);

  held = hs_heap_get_held (heap, object);
  n_referrers = heap->n_referrers[object];

  if (get_came_by (heap)[object].edge == BY_NOTHING)
    add_fact (facts, g_strdup (_("No name leads to it.")));

  if ((held & HS_HELD_FOR_EVER) != 0)
    add_fact (facts, g_strdup (_("It never goes: the interpreter keeps it.")));
  else if ((held & HS_HELD_FROM_OUTSIDE) != 0)
    add_outside (facts, heap, object);
  else if (n_referrers == 1)
    add_only (facts, heap, object);
  else if (n_referrers > 1 && (held & HS_HELD_BY_NAME) == 0)
    add_dominator (facts, heap, object);

  return g_strv_builder_end (facts);
}
