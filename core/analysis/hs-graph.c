/* hs-graph.c - what of a heap is drawn as boxes and arrows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

HsGraph *
hs_graph_ref (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hs_graph_unref (HsGraph *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  hs_heap_unref (self->heap);
  g_clear_pointer (&self->diff, hs_diff_unref);
  g_array_unref (self->boxes);
  g_array_unref (self->details);
  g_array_unref (self->rows);
  g_free (self->box_of);
  g_free (self->highlight);
  g_clear_pointer (&self->search_texts, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

HsHeap *
hs_graph_get_heap (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->heap;
}

HsDiff *
hs_graph_get_diff (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->diff;
}

guint64
hs_graph_get_n_gone_left_out (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_gone_left_out;
}

guint
hs_graph_get_n_boxes (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->boxes->len;
}

const HsGraphBox *
hs_graph_get_box (HsGraph *self,
                  guint    box)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (box < self->boxes->len, NULL);

  return &g_array_index (self->boxes, HsGraphBox, box);
}

const HsGraphRow *
hs_graph_get_row (HsGraph *self,
                  guint    row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, HsGraphRow, row);
}

guint64
hs_graph_get_n_left_out (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left_out;
}

guint
hs_graph_find_object (HsGraph *self,
                      guint32  object)
{
  g_return_val_if_fail (self != NULL, HS_GRAPH_NONE);

  if (object >= self->heap->view.n_objects || self->box_of[object] == 0 ||
      self->box_of[object] == HS_GRAPH_IN_A_ROW)
    return HS_GRAPH_NONE;

  return self->box_of[object] - 1;
}

char *
hs_graph_dup_highlight (HsGraph *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->highlight);
}
