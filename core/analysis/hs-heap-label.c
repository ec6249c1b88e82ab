/* hs-heap-label.c - the label of a reference as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

/* Of a tuple that is a key, so many items and tuples in tuples are written, and
 * so many characters of an item.
 */
#define KEY_ITEMS  4
#define KEY_DEPTH  2
#define ITEM_CHARS 24

/* A key that has no preview: a tuple by its items, others by their type. */
static void
append_key (GString *text,
            HsHeap  *heap,
            uint32_t key,
            guint    depth,
            guint    max_chars)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              type = hs_snapshot_view_get_type (view, key);
  uint32_t              first = view->object_edges[key];
  uint32_t              n = view->object_edges[key + 1] - first;
  g_autofree char      *preview = _hs_heap_dup_short_preview (heap, key, max_chars);

  if (*preview != '\0')
    {
      g_string_append (text, preview);
      return;
    }

  if (depth == KEY_DEPTH || !_hs_heap_type_is (heap, type, "tuple"))
    {
      g_autofree char *name = hs_heap_dup_type_name (heap, type);

      g_string_append_printf (text, "(%s)", name);
      return;
    }

  g_string_append_c (text, '(');
  for (uint32_t i = 0; i < MIN (n, KEY_ITEMS); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_key (text, heap, view->edge_target[first + i], depth + 1,
                  MIN (max_chars, ITEM_CHARS));
    }
  g_string_append (text, n > KEY_ITEMS ? ", …)" : n == 1 ? ",)"
                                                         : ")");
}

/* The edge to the key of @edge: itself, or the one before the value if that is
 * of the same object. Returns FALSE if there is none.
 */
static gboolean
find_key_edge (HsHeap   *heap,
               uint32_t  edge,
               uint32_t *key_edge)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              first;

  *key_edge = edge;
  if (view->edge_kind[edge] == HS_EDGE_KEY)
    return TRUE;

  if (view->edge_kind[edge] != HS_EDGE_VALUE || edge == 0 ||
      view->edge_kind[edge - 1] != HS_EDGE_KEY)
    return FALSE;

  *key_edge = edge - 1;
  hs_snapshot_view_get_all_edges (view, _hs_heap_get_edge_source (heap, edge), &first);

  return first < edge;
}

char *
_hs_heap_dup_short_label (HsHeap  *self,
                          uint32_t edge,
                          guint    max_chars)
{
  const HsSnapshotView *view = &self->view;
  uint32_t              key_edge;
  GString              *text;

  if (hs_edge_kind_has_position (view->edge_kind[edge]))
    return g_strdup_printf ("%" G_GUINT32_FORMAT, view->edge_label[edge]);

  if (view->edge_label[edge] != 0 || !find_key_edge (self, edge, &key_edge))
    return _hs_heap_dup_short_string (self, view->edge_label[edge], max_chars);

  text = g_string_new (NULL);
  append_key (text, self, view->edge_target[key_edge], 0, max_chars);

  return g_string_free (text, FALSE);
}

char *
hs_heap_dup_edge_label (HsHeap  *self,
                        uint32_t edge)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (edge < self->view.n_edges, NULL);

  return _hs_heap_dup_short_label (self, edge, G_MAXUINT / 8);
}
