/* hs-heap-deep.c - the bytes of all data that an object leads to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

typedef struct
{
  HsHeap *heap;
  guint8 *seen;  /* owned; one bit per object */
  GArray *stack; /* owned; of guint32: seen, not yet visited */
} Walk;

static void
walk_push (Walk    *walk,
           uint32_t object)
{
  guint8 bit = (guint8)(1u << (object % 8));

  if ((walk->seen[object / 8] & bit) != 0)
    return;

  walk->seen[object / 8] |= bit;

  /* A function leads to its module and so to everything: not followed. */
  if (_hs_heap_get_role (walk->heap, object) != HS_ROLE_DEFINITION)
    g_array_append_val (walk->stack, object);
}

guint64
_hs_heap_get_own_deep (HsHeap  *self,
                       uint32_t object)
{
  guint flags = self->view.object_flags[object];

  if ((flags & (HS_OBJECT_EDGES_INCOMPLETE | HS_OBJECT_BOUNDARY)) != 0)
    return HS_BYTES_UNKNOWN;

  return hs_heap_get_occupied (self, object);
}

gboolean
_hs_heap_get_deep_within (HsHeap  *self,
                          uint32_t object,
                          guint64  max_steps,
                          guint64 *deep,
                          guint64 *n_objects)
{
  const HsSnapshotView *view = &self->view;
  Walk                  walk = { self };
  guint64               n_steps = 0;
  gboolean              is_within = TRUE;

  walk.seen = g_malloc0 ((gsize)view->n_objects / 8 + 1);
  walk.stack = g_array_new (FALSE, FALSE, sizeof (guint32));

  *deep = 0;
  *n_objects = 0;
  walk_push (&walk, object);

  while (walk.stack->len > 0)
    {
      uint32_t next = g_array_index (walk.stack, guint32, walk.stack->len - 1);
      guint64  occupied;

      g_array_set_size (walk.stack, walk.stack->len - 1);
      (*n_objects)++;
      n_steps += 1 + view->object_edges[next + 1] - view->object_edges[next];
      if (n_steps > max_steps)
        {
          is_within = FALSE;
          break;
        }

      occupied = _hs_heap_get_own_deep (self, next);
      if (occupied == HS_BYTES_UNKNOWN || occupied > HS_BYTES_UNKNOWN - 1 - *deep)
        {
          *deep = HS_BYTES_UNKNOWN;
          break;
        }
      *deep += occupied;

      for (uint32_t edge = view->object_edges[next]; edge < view->object_edges[next + 1]; edge++)
        walk_push (&walk, view->edge_target[edge]);
    }

  g_array_unref (walk.stack);
  g_free (walk.seen);

  return is_within;
}

guint64
hs_heap_get_deep (HsHeap  *self,
                  uint32_t object)
{
  guint64 deep;
  guint64 n_objects;

  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  _hs_heap_get_deep_within (self, object, G_MAXUINT64, &deep, &n_objects);

  return deep;
}
