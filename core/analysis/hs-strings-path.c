/* hs-strings-path.c - how the code would write a place in its data
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-graph-path.h"
#include "hs-strings-private.h"

/* So far a way is followed back to its name; of longer ones than are shown, the
 * middle is left out.
 */
#define MAX_STEPS   64
#define SHOWN_STEPS 10
#define FIRST_STEPS 4

#define LABEL_CHARS 40

static gboolean
is_identifier (const char *text,
               gsize       size)
{
  if (size == 0 || g_ascii_isdigit (text[0]))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if ((guchar)text[i] < 0x80 && !g_ascii_isalnum (text[i]) && text[i] != '_')
      return FALSE;

  return TRUE;
}

/* ".title" for ['title'] of the dict that holds the attributes. */
static gboolean
append_attribute (GString    *path,
                  const char *label)
{
  gsize size = strlen (label);

  if (size < 3 || label[0] != '\'' || label[size - 1] != '\'' ||
      !is_identifier (label + 1, size - 2))
    return FALSE;
  g_string_append_c (path, '.');
  g_string_append_len (path, label + 1, (gssize)size - 2);

  return TRUE;
}

/* A step that is no Python, in words. */
static void
append_words (GString    *path,
              HsEdgeKind  kind,
              const char *label)
{
  g_string_append_c (path, ' ');
  switch (kind)
    {
    case HS_EDGE_KEY:
      /* translators: step of a path through objects: a key of a dict */
      g_string_append_printf (path, _("(key %s)"), label);
      break;
    case HS_EDGE_MEMBER:
      /* translators: step of a path through objects: a member of a set */
      g_string_append (path, _("(a member)"));
      break;
    case HS_EDGE_LOCAL:
      /* translators: step of a path through objects: a variable of a function that runs */
      g_string_append_printf (path, _("(local %s)"), label);
      break;
    case HS_EDGE_STACK:
      /* translators: step of a path through objects: a value that a running function works on */
      g_string_append (path, _("(temporary)"));
      break;
    default:
      /* translators: step of a path through objects: a reference of unknown meaning */
      g_string_append (path, _("(other)"));
      break;
    }
}

static void
append_step (GString   *path,
             HsStrings *self,
             uint32_t   edge)
{
  const HsSnapshotView *view = &self->heap->view;
  HsEdgeKind            kind = (HsEdgeKind)view->edge_kind[edge];
  g_autofree char      *label = _hs_heap_dup_short_label (self->heap, edge, LABEL_CHARS);
  uint32_t              source;

  switch (kind)
    {
    case HS_EDGE_FIELD:
      /* What it leads to is written as an attribute. */
      if (g_str_equal (label, "__dict__") &&
          (self->marks[view->edge_target[edge]] & HS_MARK_NAMESPACE))
        return;
      g_string_append_printf (path, ".%s", label);
      return;

    case HS_EDGE_ATTRIBUTE:
    case HS_EDGE_SLOT:
    case HS_EDGE_CLASS:
      g_string_append_printf (path, ".%s", label);
      return;

    case HS_EDGE_CELL:
      g_string_append_printf (path, ".%s", *label != '\0' ? label : "cell_contents");
      return;

    case HS_EDGE_INDEX:
      g_string_append_printf (path, "[%s]", label);
      return;

    case HS_EDGE_VALUE:
      source = _hs_heap_get_edge_source (self->heap, edge);
      if (self->marks[source] & HS_MARK_NAMESPACE && (self->marks[source] & HS_MARK_NAMED) == 0 &&
          append_attribute (path, label))
        return;
      g_string_append_printf (path, "[%s]", label);
      return;

    case HS_EDGE_KEY:
    case HS_EDGE_MEMBER:
    case HS_EDGE_LOCAL:
    case HS_EDGE_STACK:
    case HS_EDGE_OTHER:
    case HS_N_EDGE_KINDS:
      break;
    }

  append_words (path, kind, label);
}

/* The variable, or "(a Node)" where a way is too long to be followed to one. */
static void
append_start (GString   *path,
              HsStrings *self,
              uint32_t   object)
{
  guint            n_names;
  const guint32   *names = _hs_heap_get_names_of (self->heap, object, &n_names);
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;

  if (n_names > 0)
    {
      name = _hs_graph_dup_name_path (self->heap, names[0]);
      g_string_append (path, name);
      return;
    }
  type = hs_heap_dup_type_name (self->heap,
                                hs_snapshot_view_get_type (&self->heap->view, object));
  /* translators: start of a path through objects, an object without a name; %s is its type */
  g_string_append_printf (path, _("(a %s)"), type);
}

static char *
dup_object_path (HsStrings *self,
                 uint32_t   object,
                 uint32_t   edge)
{
  GString *path = g_string_new (NULL);
  uint32_t steps[MAX_STEPS + 1];
  guint    n = 0;

  if (edge != HS_NO_EDGE)
    steps[n++] = edge;
  while ((self->marks[object] & HS_MARK_NAMED) == 0 && self->marks[object] & HS_MARK_DATA &&
         n < MAX_STEPS)
    {
      steps[n++] = self->parents[object];
      object = _hs_heap_get_edge_source (self->heap, self->parents[object]);
    }
  append_start (path, self, object);
  for (guint i = n; i-- > 0;)
    {
      if (n > SHOWN_STEPS && i == n - 1 - FIRST_STEPS)
        {
          g_string_append (path, " … ");
          i = SHOWN_STEPS - FIRST_STEPS - 1;
        }
      append_step (path, self, steps[i]);
    }

  return g_string_free (path, FALSE);
}

char *
_hs_strings_dup_path (HsStrings *self,
                      uint32_t   source,
                      uint32_t   edge)
{
  g_autofree char *container = NULL;
  HsEdgeKind       kind = HS_EDGE_OTHER;

  if (edge != HS_NO_EDGE)
    kind = (HsEdgeKind)self->heap->view.edge_kind[edge];
  if (kind != HS_EDGE_KEY && kind != HS_EDGE_MEMBER)
    return dup_object_path (self, source, edge);

  container = dup_object_path (self, source, HS_NO_EDGE);
  if (kind == HS_EDGE_KEY)
    /* translators: what refers to a text: it is a key of the dict %s */
    return g_strdup_printf (_("key of %s"), container);

  /* translators: what refers to a text: it is a member of the set %s */
  return g_strdup_printf (_("member of %s"), container);
}
