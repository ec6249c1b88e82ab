/* hs-graph-shape.c - which neighbours are so alike that one box can stand for them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <string.h>

/* What members of a group have in common besides their type. */
#define GROUP_FLAGS (HS_OBJECT_STATIC | HS_OBJECT_BOUNDARY)

gboolean
_hs_graph_is_leaf (HsHeap  *heap,
                   uint32_t object)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              end = view->object_edges[object + 1];

  for (uint32_t edge = view->object_edges[object]; edge < end; edge++)
    {
      if (_hs_graph_is_drawn (heap, edge, end))
        return FALSE;
    }

  return TRUE;
}

gboolean
_hs_graph_can_be_member (HsHeap              *heap,
                         const HsGraphWanted *wanted,
                         uint32_t             object)
{
  return heap->n_referrers[object] == 1 && _hs_graph_wanted_get (wanted->objects, object) == 0;
}

gboolean
_hs_graph_are_alike (HsHeap  *heap,
                     uint32_t a,
                     uint32_t b)
{
  const HsSnapshotView *view = &heap->view;

  return hs_snapshot_view_get_type (view, a) == hs_snapshot_view_get_type (view, b) &&
         ((view->object_flags[a] ^ view->object_flags[b]) & GROUP_FLAGS) == 0 &&
         (hs_heap_get_occupied (heap, a) == HS_BYTES_UNKNOWN) ==
           (hs_heap_get_occupied (heap, b) == HS_BYTES_UNKNOWN);
}

/* Longer labels that are not the same string count as different, so that no snapshot
 * makes a comparison of each of a million members long.
 */
#define LABEL_BYTES 256

static gboolean
are_equal_strings (const HsSnapshotView *view,
                   uint32_t              a,
                   uint32_t              b)
{
  const char *string = hs_snapshot_view_get_string (view, a);

  if (a == b)
    return TRUE;

  return strnlen (string, LABEL_BYTES) < LABEL_BYTES &&
         strncmp (string, hs_snapshot_view_get_string (view, b), LABEL_BYTES) == 0;
}

/* Whether two keys are the same label. */
static gboolean
are_equal_keys (HsHeap  *heap,
                uint32_t a,
                uint32_t b)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              type = hs_snapshot_view_get_type (view, a);

  if (a == b)
    return TRUE;
  if (type != hs_snapshot_view_get_type (view, b) ||
      _hs_heap_get_role (heap, a) != HS_ROLE_ATOM ||
      ((view->object_flags[a] | view->object_flags[b]) & HS_OBJECT_PREVIEW_CUT) != 0)
    return FALSE;
  if (view->type_value[type] != HS_VALUE_TEXT)
    return view->object_value[a] == view->object_value[b];

  return are_equal_strings (view, hs_snapshot_view_get_preview (view, a),
                            hs_snapshot_view_get_preview (view, b));
}

static gboolean
are_equal_labels (HsHeap  *heap,
                  uint32_t a,
                  uint32_t b)
{
  const HsSnapshotView *view = &heap->view;
  uint8_t               kind = view->edge_kind[a];

  if (hs_edge_kind_has_position (kind))
    return TRUE;
  if (kind == HS_EDGE_KEY && view->edge_label[a] == 0 && view->edge_label[b] == 0)
    return are_equal_keys (heap, view->edge_target[a], view->edge_target[b]);

  /* The value stands behind its key, which has been compared. */
  return are_equal_strings (view, view->edge_label[a], view->edge_label[b]);
}

gboolean
_hs_graph_have_same_shape (HsHeap  *heap,
                           uint32_t a,
                           uint32_t b)
{
  const HsSnapshotView *view = &heap->view;
  uint32_t              edge = view->object_edges[a];
  uint32_t              other = view->object_edges[b];
  uint32_t              n = view->object_edges[a + 1] - edge;

  if (view->object_edges[b + 1] - other != n)
    return FALSE;

  for (uint32_t i = 0; i < n; i++)
    {
      if (view->edge_kind[edge + i] != view->edge_kind[other + i] ||
          !are_equal_labels (heap, edge + i, other + i))
        return FALSE;
      /* Of a key that is an object of its own there is a row. */
      if (view->edge_kind[edge + i] == HS_EDGE_KEY &&
          _hs_graph_is_drawn (heap, edge + i, edge + n) !=
            _hs_graph_is_drawn (heap, other + i, other + n))
        return FALSE;
    }

  return TRUE;
}
