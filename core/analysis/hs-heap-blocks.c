/* hs-heap-blocks.c - the bytes of an object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

/* So many objects have one entry of the index. */
#define INDEX_STEP 64

guint32 *
_hs_heap_new_block_index (const HsSnapshotView *view)
{
  uint32_t n = view->n_objects / INDEX_STEP + 2;
  guint32 *index = g_new (guint32, n);
  uint32_t block = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      while (block < view->n_blocks && view->block_object[block] / INDEX_STEP < i)
        block++;
      index[i] = block;
    }

  return index;
}

/* The first block whose object is not below @object, which lies in that step of
 * the index or right behind it.
 */
static uint32_t
find_block (HsHeap  *self,
            uint32_t object)
{
  uint32_t low = self->block_index[object / INDEX_STEP];
  uint32_t high = self->block_index[object / INDEX_STEP + 1];

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->view.block_object[middle] < object)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint32
hs_heap_get_blocks (HsHeap  *self,
                    uint32_t object,
                    guint32 *first)
{
  guint32 end;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->view.n_objects, 0);

  *first = find_block (self, object);
  end = *first;
  while (end < self->view.n_blocks && self->view.block_object[end] == object)
    end++;

  return end - *first;
}

/* Adds @bytes to @sum. Returns whether the sum is still all that there is. */
static gboolean
add_bytes (guint64 *sum,
           guint64  bytes)
{
  if (bytes == HS_BYTES_UNKNOWN || bytes > HS_BYTES_UNKNOWN - 1 - *sum)
    return FALSE;

  *sum += bytes;

  return TRUE;
}

/* Which bytes of a block are asked for. */
typedef enum
{
  SUM_OCCUPIED,
  SUM_REQUESTED,
  SUM_EXTERNAL,
} Sum;

/* Returns whether the sum is all that there is. The main block of a static object
 * is no heap bytes; others that it has, such as the UTF-8 copy of a text, are.
 */
static gboolean
sum_blocks (HsHeap  *self,
            uint32_t object,
            Sum      what,
            guint64 *sum)
{
  const HsSnapshotView *view = &self->view;
  HsSnapshotBlock       block;
  gboolean              has_main = (view->object_flags[object] & HS_OBJECT_STATIC) == 0;
  gboolean              is_whole = TRUE;
  guint32               first;
  guint32               n;

  *sum = 0;

  if (what == SUM_REQUESTED && has_main && hs_snapshot_view_get_main_block (view, object, &block))
    is_whole = add_bytes (sum, block.requested);
  else if (what == SUM_OCCUPIED && has_main)
    is_whole = add_bytes (sum, hs_snapshot_view_get_main_occupied (view, object));

  n = hs_heap_get_blocks (self, object, &first);
  for (guint32 i = first; i < first + n; i++)
    {
      gboolean is_external = (view->block_flags[i] & HS_BLOCK_EXTERNAL) != 0;

      if ((view->block_flags[i] & HS_BLOCK_SHARED) != 0 || is_external != (what == SUM_EXTERNAL))
        continue;

      hs_snapshot_view_get_block (view, i, &block);
      if (!add_bytes (sum, what == SUM_REQUESTED ? block.requested : block.occupied))
        is_whole = FALSE;
    }

  return is_whole;
}

/* Whether all blocks of @object are in the snapshot. */
static gboolean
is_complete (HsHeap  *self,
             uint32_t object)
{
  return (self->view.object_flags[object] & HS_OBJECT_BLOCKS_INCOMPLETE) == 0;
}

guint64
hs_heap_get_occupied (HsHeap  *self,
                      uint32_t object)
{
  guint64 sum;

  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  return sum_blocks (self, object, SUM_OCCUPIED, &sum) && is_complete (self, object)
           ? sum
           : HS_BYTES_UNKNOWN;
}

guint64
hs_heap_get_requested (HsHeap  *self,
                       uint32_t object)
{
  guint64 sum;

  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  if (self->view.n_traced_objects == 0)
    return HS_BYTES_UNKNOWN;
  return sum_blocks (self, object, SUM_REQUESTED, &sum) && is_complete (self, object)
           ? sum
           : HS_BYTES_UNKNOWN;
}

guint64
hs_heap_get_external (HsHeap  *self,
                      uint32_t object)
{
  guint64 sum;

  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  return sum_blocks (self, object, SUM_EXTERNAL, &sum) ? sum : HS_BYTES_UNKNOWN;
}

guint64
hs_heap_get_getsizeof (HsHeap  *self,
                       uint32_t object)
{
  g_return_val_if_fail (self != NULL, HS_BYTES_UNKNOWN);
  g_return_val_if_fail (object < self->view.n_objects, HS_BYTES_UNKNOWN);

  return hs_snapshot_view_get_getsizeof (&self->view, object);
}

guint64
hs_heap_get_least (HsHeap  *self,
                   uint32_t object)
{
  guint64 sum;

  sum_blocks (self, object, SUM_OCCUPIED, &sum);

  return sum;
}

guint
hs_heap_get_line (HsHeap   *self,
                  uint32_t  object,
                  uint32_t *file)
{
  HsSnapshotBlock block;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (object < self->view.n_objects, 0);

  if (file != NULL)
    *file = 0;

  if (self->view.n_traced_objects == 0 ||
      !hs_snapshot_view_get_main_block (&self->view, object, &block) ||
      block.site < HS_SITE_FIRST)
    return 0;

  if (file != NULL)
    *file = self->view.site_file[block.site];

  return self->view.site_line[block.site];
}
