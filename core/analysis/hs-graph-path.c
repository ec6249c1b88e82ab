/* hs-graph-path.c - how the code would name an object: "nodes[3].position"
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-path.h"

#include <glib/gi18n-lib.h>

#include "hs-graph-label.h"

/* Longest chain of references that is written out, and longest label in it. */
#define MAX_STEPS   6
#define LABEL_CHARS 40

/* Appends the step from the object that holds @edge to its target. */
static void
append_step (GString *path,
             HsHeap  *heap,
             uint32_t edge)
{
  g_autofree char *label = _hs_heap_dup_short_label (heap, edge, LABEL_CHARS);

  switch ((HsEdgeKind)heap->view.edge_kind[edge])
    {
    case HS_EDGE_ATTRIBUTE:
    case HS_EDGE_SLOT:
    case HS_EDGE_FIELD:
    case HS_EDGE_CLASS:
      g_string_append_printf (path, ".%s", label);
      break;

    case HS_EDGE_INDEX:
    case HS_EDGE_VALUE:
      g_string_append_printf (path, "[%s]", label);
      break;

    case HS_EDGE_KEY:
      g_string_append_c (path, ' ');
      /* translators: step of a path through objects: a key of a dict */
      g_string_append_printf (path, _("(key %s)"), label);
      break;

    case HS_EDGE_MEMBER:
      g_string_append_c (path, ' ');
      /* translators: step of a path through objects: a member of a set */
      g_string_append (path, _("(a member)"));
      break;

    case HS_EDGE_CELL:
      g_string_append_printf (path, ".%s", *label != '\0' ? label : "cell_contents");
      break;

    case HS_EDGE_LOCAL:
      g_string_append_c (path, ' ');
      /* translators: step of a path through objects: a variable of a function that runs */
      g_string_append_printf (path, _("(local %s)"), label);
      break;

    case HS_EDGE_STACK:
      g_string_append_c (path, ' ');
      /* translators: step of a path through objects: a value that a running function works on */
      g_string_append (path, _("(temporary)"));
      break;

    case HS_EDGE_OTHER:
    case HS_N_EDGE_KINDS:
      g_string_append_c (path, ' ');
      /* translators: step of a path through objects: a reference of unknown meaning */
      g_string_append (path, _("(other)"));
      break;
    }
}

char *
_hs_graph_dup_step (HsHeap  *heap,
                    uint32_t edge)
{
  GString *step = g_string_new (NULL);

  append_step (step, heap, edge);

  return g_strchug (g_string_free (step, FALSE));
}

/* The first reference by which an object would be reached, or FALSE. */
static gboolean
find_step (HsHeap   *heap,
           uint32_t  object,
           uint32_t *edge)
{
  guint          n;
  const guint32 *referrers = _hs_heap_get_referrers (heap, object, &n);

  for (guint i = 0; i < n; i++)
    {
      /* An object does not explain where its class or itself comes from. */
      if (heap->view.edge_kind[referrers[i]] == HS_EDGE_CLASS ||
          _hs_heap_get_edge_source (heap, referrers[i]) == object)
        continue;

      *edge = referrers[i];
      return TRUE;
    }

  return FALSE;
}

char *
_hs_graph_dup_name_path (HsHeap  *heap,
                         uint32_t name)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              scope = view->name_scope[name];
  g_autofree char      *label = NULL;
  g_autofree char      *where = NULL;

  label = _hs_heap_dup_short_string (heap, view->name_label[name], LABEL_CHARS);

  /* The first scope is the code's own module; others need to be said. */
  if (scope == 0)
    return g_steal_pointer (&label);

  where = _hs_heap_dup_short_string (heap, view->scope_name[scope], LABEL_CHARS);

  /* translators: a name and the function or module that it belongs to */
  return g_strdup_printf (_("%s in %s"), label, where);
}

char *
_hs_graph_dup_object_path (HsHeap  *heap,
                           uint32_t object)
{
  uint32_t         steps[MAX_STEPS];
  guint            n_steps = 0;
  guint            n_names;
  const guint32   *names = _hs_heap_get_names_of (heap, object, &n_names);
  GString         *path = g_string_new (NULL);
  g_autofree char *start = NULL;

  while (n_names == 0 && n_steps < MAX_STEPS && find_step (heap, object, &steps[n_steps]))
    {
      object = _hs_heap_get_edge_source (heap, steps[n_steps]);
      n_steps++;
      names = _hs_heap_get_names_of (heap, object, &n_names);
    }

  if (n_names > 0)
    start = _hs_graph_dup_name_path (heap, names[0]);
  else
    {
      uint32_t         index = hs_snapshot_view_get_type (&heap->view, object);
      g_autofree char *type = hs_heap_dup_type_name (heap, index);

      /* translators: start of a path through objects, an object without a name; %s is its type */
      start = g_strdup_printf (_("(a %s)"), type);
    }

  g_string_append (path, start);
  while (n_steps > 0)
    append_step (path, heap, steps[--n_steps]);

  return g_string_free (path, FALSE);
}

char *
_hs_graph_dup_edge_path (HsHeap  *heap,
                         uint32_t edge)
{
  g_autofree char *source = _hs_graph_dup_object_path (heap, _hs_heap_get_edge_source (heap, edge));
  GString         *path = g_string_new (source);

  append_step (path, heap, edge);

  return g_string_free (path, FALSE);
}
