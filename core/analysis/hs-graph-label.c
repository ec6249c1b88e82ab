/* hs-graph-label.c - the words on boxes and rows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-format.h"

/* Longest text of a value in a row, in characters. */
#define ROW_VALUE_CHARS 24

/* "module sys", "class Point", "function f()"; NULL for other types. */
static char *
dup_definition_title (HsHeap     *heap,
                      uint32_t    object,
                      const char *name)
{
  HsFamily family = hs_heap_get_family (heap, object);
  uint32_t type = hs_snapshot_view_get_type (&heap->view, object);

  if (family == HS_FAMILY_MODULE)
    /* translators: title of a box; %s is the name of a Python module */
    return g_strdup_printf (_("module %s"), name);

  if (family == HS_FAMILY_CLASS)
    /* translators: title of a box; %s is the name of a Python class */
    return g_strdup_printf (_("class %s"), name);

  if (_hs_heap_type_is (heap, type, "function"))
    /* translators: title of a box; %s is the name of a Python function */
    return g_strdup_printf (_("function %s"), name);

  if (_hs_heap_type_is (heap, type, "builtin_function_or_method"))
    /* translators: title of a box; %s is the name of a function written in C */
    return g_strdup_printf (_("builtin %s"), name);

  return NULL;
}

void
_hs_graph_label_object (HsHeap  *heap,
                        uint32_t object,
                        char   **title,
                        char   **preview)
{
  uint32_t         type = hs_snapshot_view_get_type (&heap->view, object);
  g_autofree char *text = _hs_heap_dup_short_preview (heap, object, HS_GRAPH_PREVIEW_CHARS);

  *title = NULL;
  *preview = NULL;

  if (*text != '\0' && _hs_heap_get_role (heap, object) == HS_ROLE_DEFINITION)
    *title = dup_definition_title (heap, object, text);
  else if (*text != '\0' && _hs_heap_type_is (heap, type, "NoneType"))
    /* The only object of its type. */
    *title = g_strdup (text);

  if (*title != NULL)
    return;

  *title = hs_heap_dup_type_name (heap, type);
  if (*text != '\0')
    *preview = g_steal_pointer (&text);
  else
    *preview = _hs_graph_dup_length (heap, object);
}

void
_hs_graph_label_scope (HsHeap  *heap,
                       uint32_t scope,
                       char   **title,
                       char   **preview)
{
  const HsSnapshotView *view = &heap->view;
  g_autofree char      *name = NULL;
  g_autofree char      *path = NULL;
  const char           *slash;
  const char           *file;

  name = _hs_heap_dup_short_string (heap, view->scope_name[scope], HS_GRAPH_LABEL_CHARS);
  if (view->scope_kind[scope] == HS_SCOPE_FRAME)
    /* translators: title of the box of a function that is running; %s is its name */
    *title = g_strdup_printf (_("frame of %s"), name);
  else
    *title = g_strdup_printf (_("module %s"), name);

  /* The folder says nothing about the code. */
  path = _hs_heap_dup_short_string (heap, view->scope_file[scope], HS_GRAPH_PATH_CHARS);
  slash = strrchr (path, '/');
  file = slash != NULL ? slash + 1 : path;

  if (*file == '\0')
    *preview = NULL;
  else if (view->scope_line[scope] == 0)
    *preview = g_strdup (file);
  else
    /* translators: where a function stands: name of a file and number of a line */
    *preview = g_strdup_printf (_("%s, line %u"), file, view->scope_line[scope]);
}

char *
_hs_graph_dup_length (HsHeap  *heap,
                      uint32_t object)
{
  guint64          length = hs_snapshot_view_get_length (&heap->view, object);
  uint32_t         type = hs_snapshot_view_get_type (&heap->view, object);
  g_autofree char *count = NULL;

  if (length == HS_LENGTH_NONE)
    return NULL;

  count = hs_format_count (length);

  if (hs_heap_get_family (heap, object) == HS_FAMILY_TEXT)
    /* translators: length of a text; %s is a number */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s character", "%s characters",
                                         (gulong)length),
                            count);

  if (_hs_heap_type_is (heap, type, "bytes") || _hs_heap_type_is (heap, type, "bytearray"))
    /* translators: length of a buffer; %s is a number */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", (gulong)length),
                            count);

  /* translators: length of a container; %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s item", "%s items", (gulong)length),
                          count);
}

char *
_hs_graph_dup_group_title (HsHeap  *heap,
                           uint32_t type,
                           guint64  n_members,
                           gboolean is_rest)
{
  g_autofree char *count = hs_format_count (n_members);
  g_autofree char *name = hs_heap_dup_type_name (heap, type);

  if (is_rest)
    /* translators: title of a group of objects, others of which are shown one by one: how
     * many are left, and their type: "990 more × float"
     */
    return g_strdup_printf (_("%s more × %s"), count, name);

  /* translators: title of a group of objects: how many, and their type: "1 000 × float" */
  return g_strdup_printf (_("%s × %s"), count, name);
}

char *
_hs_graph_dup_each (guint64  min_bytes,
                    guint64  max_bytes,
                    gboolean is_static,
                    gboolean is_exact)
{
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;

  if (is_static)
    /* translators: of objects inside the interpreter, which need no heap bytes */
    return g_strdup (_("static"));

  if (min_bytes == HS_BYTES_UNKNOWN || max_bytes == HS_BYTES_UNKNOWN)
    return NULL;

  min = is_exact ? hs_format_bytes_exact (min_bytes) : hs_format_bytes (min_bytes);
  if (min_bytes == max_bytes)
    /* translators: of every member of a group of objects; %s is a size: "32 B" */
    return g_strdup_printf (_("%s each"), min);

  max = is_exact ? hs_format_bytes_exact (max_bytes) : hs_format_bytes (max_bytes);

  /* translators: of the members of a group of objects; two sizes: "32 B" */
  return g_strdup_printf (_("%s to %s each"), min, max);
}

static char *
dup_edge_label (HsHeap  *heap,
                uint32_t edge)
{
  g_autofree char *label = _hs_heap_dup_short_label (heap, edge, HS_GRAPH_LABEL_CHARS);

  switch ((HsEdgeKind)heap->view.edge_kind[edge])
    {
    case HS_EDGE_KEY:
      /* translators: label of a reference from a dict to a key; %s is the key */
      return g_strdup_printf (_("key %s"), label);

    case HS_EDGE_MEMBER:
      /* translators: label of a reference from a set, which has no order */
      return g_strdup (_("member"));

    case HS_EDGE_STACK:
      /* translators: label of a reference from a frame to a value that it works on;
       * %s is a number
       */
      return g_strdup_printf (_("temporary %s"), label);

    case HS_EDGE_OTHER:
      /* translators: label of a reference of which only that it exists is known */
      return g_strdup (_("(other)"));

    case HS_EDGE_ATTRIBUTE:
    case HS_EDGE_SLOT:
    case HS_EDGE_INDEX:
    case HS_EDGE_VALUE:
    case HS_EDGE_CELL:
    case HS_EDGE_LOCAL:
    case HS_EDGE_FIELD:
    case HS_EDGE_CLASS:
    case HS_N_EDGE_KINDS:
      break;
    }

  return g_steal_pointer (&label);
}

char *
_hs_graph_dup_name_label (HsHeap  *heap,
                          uint32_t name)
{
  return _hs_heap_dup_short_string (heap, heap->view.name_label[name], HS_GRAPH_LABEL_CHARS);
}

char *
_hs_graph_dup_run_label (HsHeap  *heap,
                         uint32_t first_edge,
                         uint32_t last_edge,
                         guint    n_references)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (n_references == 1)
    return dup_edge_label (heap, first_edge);

  if (heap->view.edge_kind[first_edge] == HS_EDGE_MEMBER)
    {
      g_autofree char *count = hs_format_count (n_references);

      /* translators: label of several references from a set; %s is their number */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s member", "%s members",
                                           n_references),
                              count);
    }

  first = dup_edge_label (heap, first_edge);
  last = dup_edge_label (heap, last_edge);

  return g_strdup_printf ("%s … %s", first, last);
}

char *
_hs_graph_dup_more_label (guint64  n_hidden,
                          gboolean is_internal)
{
  g_autofree char *count = hs_format_count (n_hidden);

  if (is_internal)
    /* translators: a row that stands for references that only Python itself uses; %s is
     * their number
     */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %s internal reference",
                                         "… %s internal references", (gulong)n_hidden),
                            count);

  /* translators: a row that stands for rows not shown; %s is their number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %s more", "… %s more",
                                       (gulong)n_hidden),
                          count);
}

char *
_hs_graph_dup_row_value (HsHeap  *heap,
                         uint32_t object)
{
  const HsSnapshotView *view = &heap->view;
  g_autofree char      *text = NULL;

  if (_hs_heap_get_role (heap, object) != HS_ROLE_ATOM ||
      (view->object_flags[object] & HS_OBJECT_PREVIEW_CUT) != 0 ||
      view->object_edges[object] != view->object_edges[object + 1])
    return NULL;

  text = _hs_heap_dup_short_preview (heap, object, ROW_VALUE_CHARS + 1);
  if (*text == '\0' || g_utf8_strlen (text, -1) > ROW_VALUE_CHARS)
    return NULL;

  return g_steal_pointer (&text);
}
