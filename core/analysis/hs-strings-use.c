/* hs-strings-use.c - which references to texts are the code's data
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-private.h"

#include <string.h>

/* "__doc__", "__module__": what Python itself gives every class and module. */
static gboolean
is_dunder (const char *text,
           gsize       size)
{
  return size > 4 && memcmp (text, "__", 2) == 0 && memcmp (text + size - 2, "__", 2) == 0;
}

/* Longer ones are no names. */
#define NAME_SIZE_MAX 256

/* Whether @edge, to a key or a value of a dict, is of a key such as "__doc__". */
static gboolean
is_of_dunder_key (HsStrings *self,
                  uint32_t   edge)
{
  const HsSnapshotView *view = &self->heap->view;
  const char           *text;
  gsize                 size;

  if (view->edge_label[edge] != 0)
    {
      /* A label is the preview of the key, in its quotes. */
      text = hs_snapshot_view_get_string (view, view->edge_label[edge]);
      size = strnlen (text, NAME_SIZE_MAX);
      return size >= 2 && is_dunder (text + 1, size - 2);
    }
  if (view->edge_kind[edge] == HS_EDGE_VALUE)
    {
      if (edge == 0 || view->edge_kind[edge - 1] != HS_EDGE_KEY)
        return FALSE;
      edge--;
    }
  if (_hs_identity_get_exact (self->identity, view->edge_target[edge]) != HS_EXACT_STR)
    return FALSE;
  size = _hs_identity_get_text (self->identity, view->edge_target[edge], &text);

  return is_dunder (text, size);
}

/* Whether @edge of a namespace is to what Python put there by itself: a text such
 * as __doc__, or __slots__; but __init__ leads to what that holds.
 */
static gboolean
is_given (HsStrings *self,
          uint32_t   edge)
{
  const HsSnapshotView *view = &self->heap->view;

  return view->edge_kind[edge] == HS_EDGE_VALUE && is_of_dunder_key (self, edge) &&
         _hs_heap_get_role (self->heap, view->edge_target[edge]) != HS_ROLE_DEFINITION;
}

static gboolean
has_label (HsStrings  *self,
           uint32_t    edge,
           const char *label)
{
  const HsSnapshotView *view = &self->heap->view;

  return strcmp (hs_snapshot_view_get_string (view, view->edge_label[edge]), label) == 0;
}

/* Of a class or a function: what the code put there. */
static gboolean
is_use_of_definition (HsStrings *self,
                      uint32_t   edge)
{
  static const char *const data[] = { "__dict__", "__defaults__", "__kwdefaults__",
                                      "__closure__" };
  const HsSnapshotView    *view = &self->heap->view;
  const char              *label;

  switch ((HsEdgeKind)view->edge_kind[edge])
    {
    case HS_EDGE_ATTRIBUTE:
      label = hs_snapshot_view_get_string (view, view->edge_label[edge]);
      return !is_dunder (label, strnlen (label, NAME_SIZE_MAX));

    case HS_EDGE_FIELD:
      for (guint i = 0; i < G_N_ELEMENTS (data); i++)
        if (has_label (self, edge, data[i]))
          return TRUE;
      return FALSE;

    case HS_EDGE_CELL:
      return TRUE;

    case HS_EDGE_OTHER:
    case HS_EDGE_SLOT:
    case HS_EDGE_INDEX:
    case HS_EDGE_KEY:
    case HS_EDGE_VALUE:
    case HS_EDGE_MEMBER:
    case HS_EDGE_LOCAL:
    case HS_EDGE_STACK:
    case HS_EDGE_CLASS:
    case HS_N_EDGE_KINDS:
      break;
    }

  return FALSE;
}

gboolean
_hs_strings_is_use (HsStrings *self,
                    uint32_t   source,
                    uint32_t   edge)
{
  HsEdgeKind kind = (HsEdgeKind)self->heap->view.edge_kind[edge];

  if (_hs_heap_get_role (self->heap, source) == HS_ROLE_DEFINITION)
    return is_use_of_definition (self, edge);
  if (self->marks[source] & HS_MARK_NAMESPACE)
    return kind != HS_EDGE_KEY && !is_given (self, edge);

  return TRUE;
}

/* The dicts in which objects and classes keep their attributes. */
static void
mark_namespaces (HsStrings *self)
{
  const HsSnapshotView *view = &self->heap->view;
  uint32_t              n_edges = _hs_heap_get_n_edges (self->heap);

  for (uint32_t edge = 0; edge < n_edges; edge++)
    if (view->edge_kind[edge] == HS_EDGE_FIELD && has_label (self, edge, "__dict__"))
      self->marks[view->edge_target[edge]] |= HS_MARK_NAMESPACE;
}

static gboolean
is_among (const char        *name,
          const char *const *names)
{
  return names == NULL || names[0] == NULL || g_strv_contains (names, name);
}

guint8 *
_hs_strings_mark_data (HsStrings         *self,
                       const char *const *names,
                       guint32           *parents)
{
  const HsSnapshotView *view = &self->heap->view;
  guint8               *marks = g_new0 (guint8, (gsize)view->n_objects + 1);
  g_autofree guint32   *queue = g_new (guint32, (gsize)view->n_objects + 1);
  guint32               n_queue = 0;

  for (uint32_t name = 0; name < view->n_names; name++)
    {
      uint32_t object = view->name_object[name];

      if (marks[object] != 0 ||
          !is_among (hs_snapshot_view_get_string (view, view->name_label[name]), names))
        continue;
      marks[object] = HS_MARK_DATA | HS_MARK_NAMED;
      queue[n_queue++] = object;
    }

  for (guint32 i = 0; i < n_queue; i++)
    for (uint32_t edge = view->object_edges[queue[i]]; edge < view->object_edges[queue[i] + 1];
         edge++)
      {
        uint32_t target = view->edge_target[edge];

        if (marks[target] != 0 || !_hs_strings_is_use (self, queue[i], edge))
          continue;
        marks[target] = HS_MARK_DATA;
        queue[n_queue++] = target;
        if (parents != NULL)
          parents[target] = edge;
      }

  return marks;
}

static void
count_use (HsStrings *self,
           uint32_t   object)
{
  if (self->n_uses[object] < G_MAXUINT32)
    self->n_uses[object]++;
}

void
_hs_strings_find_uses (HsStrings *self)
{
  const HsSnapshotView *view = &self->heap->view;
  g_autofree guint8    *data = NULL;

  self->marks = g_new0 (guint8, (gsize)view->n_objects + 1);
  self->n_uses = g_new0 (guint32, (gsize)view->n_objects + 1);
  mark_namespaces (self);
  self->parents = g_new0 (guint32, (gsize)view->n_objects + 1);
  data = _hs_strings_mark_data (self, NULL, self->parents);
  for (uint32_t object = 0; object < view->n_objects; object++)
    self->marks[object] |= data[object];

  for (uint32_t name = 0; name < view->n_names; name++)
    count_use (self, view->name_object[name]);
  for (uint32_t object = 0; object < view->info.n_reached; object++)
    {
      if ((self->marks[object] & HS_MARK_DATA) == 0)
        continue;
      for (uint32_t edge = view->object_edges[object]; edge < view->object_edges[object + 1];
           edge++)
        if (_hs_identity_get_exact (self->identity, view->edge_target[edge]) == HS_EXACT_STR &&
            _hs_strings_is_use (self, object, edge))
          count_use (self, view->edge_target[edge]);
    }
}
