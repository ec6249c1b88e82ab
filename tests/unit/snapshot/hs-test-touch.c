/* hs-test-touch.c - uses every index of a view, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-test-touch.h"

#include <string.h>

static uint64_t
touch_string (const HsSnapshotView *view,
              uint32_t              offset)
{
  return strlen (hs_snapshot_view_get_string (view, offset));
}

static uint64_t
touch_type (const HsSnapshotView *view,
            uint32_t              type)
{
  return touch_string (view, view->type_name[type]) +
         touch_string (view, view->type_module[type]) + view->type_family[type] +
         view->type_value[type] + view->type_presize[type];
}

static uint64_t
touch_value (const HsSnapshotView *view,
             uint32_t              i)
{
  uint64_t sum = hs_snapshot_view_get_length (view, i) + hs_snapshot_view_get_text_hash (view, i);
  int64_t  value = 0;

  if (hs_snapshot_view_get_int (view, i, &value))
    sum += (uint64_t)value;

  return sum + touch_string (view, hs_snapshot_view_get_preview (view, i));
}

static uint64_t
touch_block (const HsSnapshotView  *view,
             const HsSnapshotBlock *block)
{
  uint64_t sum = block->kind + block->flags + block->address + block->occupied + block->requested;

  if (view->n_traced_objects != 0 && view->n_sites != 0)
    sum += touch_string (view, view->site_file[block->site]) + view->site_line[block->site];

  return sum;
}

static uint64_t
touch_blocks (const HsSnapshotView *view,
              uint32_t              i)
{
  HsSnapshotBlock block;
  uint64_t        sum = 0;
  uint32_t        first;
  uint32_t        n = hs_snapshot_view_get_blocks (view, i, &first);

  if (hs_snapshot_view_get_main_block (view, i, &block))
    sum += touch_block (view, &block);

  for (uint32_t k = first; k < first + n; k++)
    {
      hs_snapshot_view_get_block (view, k, &block);
      sum += touch_block (view, &block);
    }

  if (i >= view->n_described)
    return sum;

  for (uint32_t k = view->object_fields[i]; k < view->object_fields[i + 1]; k++)
    {
      sum += (uint64_t)view->field_offset[k] + view->field_size[k] + view->field_value[k];
      sum += touch_string (view, view->field_name[k]);
      if (view->field_kind[k] == HS_FIELD_TEXT)
        sum += touch_string (view, (uint32_t)view->field_value[k]);
      if (view->field_block[k] != 0)
        sum += view->block_kind[first + view->field_block[k] - 1u];
    }

  return sum;
}

static uint64_t
touch_edges (const HsSnapshotView *view,
             uint32_t              i)
{
  uint64_t sum = 0;
  uint32_t first;
  uint32_t n = hs_snapshot_view_get_all_edges (view, i, &first);

  for (uint32_t k = first; k < first + n; k++)
    {
      sum += hs_snapshot_view_get_address (view, view->edge_target[k]);
      if (!hs_edge_kind_has_position (view->edge_kind[k]))
        sum += touch_string (view, view->edge_label[k]);
    }

  return sum;
}

static uint64_t
touch_object (const HsSnapshotView *view,
              uint32_t              i)
{
  uint64_t sum = hs_snapshot_view_get_address (view, i) + hs_snapshot_view_get_refcount (view, i) +
                 view->object_flags[i] + hs_snapshot_view_get_getsizeof (view, i);

  return sum + touch_type (view, hs_snapshot_view_get_type (view, i)) + touch_value (view, i) +
         touch_blocks (view, i) + touch_edges (view, i);
}

static uint64_t
touch_pools (const HsSnapshotView *view)
{
  uint64_t sum = view->memory.large_bytes;

  for (uint32_t i = 0; i < view->n_pools; i++)
    {
      HsSnapshotPool pool;
      uint32_t       found = UINT32_MAX;

      hs_snapshot_view_get_pool (view, i, &pool);
      sum += pool.address + pool.state + pool.block_size + pool.n_baseline;
      for (uint32_t k = 0; k < pool.n_touched; k++)
        sum += (pool.used != NULL && hs_snapshot_pool_has (&pool, pool.used, k)) +
               (pool.baseline != NULL && hs_snapshot_pool_has (&pool, pool.baseline, k));
      if (hs_snapshot_view_find_pool (view, pool.address, &found))
        sum += view->pool_state[found];
      sum += hs_snapshot_view_find_block_of_pool (view, &pool, pool.address + 100);
    }

  for (uint32_t i = 0; i < view->n_objects; i++)
    {
      uint32_t found;

      if (hs_snapshot_view_find_pool (view, hs_snapshot_view_get_address (view, i), &found))
        sum += view->pool_state[found];
    }

  return sum;
}

uint64_t
hs_test_touch_view (const HsSnapshotView *view)
{
  uint64_t sum = view->info.objects_seen + view->object_edges[view->info.n_reached];

  sum += touch_pools (view);
  for (uint32_t i = 0; i < view->n_objects; i++)
    sum += touch_object (view, i);

  for (uint32_t i = 0; i < view->n_sites; i++)
    {
      sum += touch_string (view, view->site_file[i]) + touch_string (view, view->site_function[i]);
      sum += view->site_line[i] + view->site_total_bytes[i] + view->site_total_blocks[i] +
             view->site_live_bytes[i] + view->site_live_blocks[i];
    }

  for (uint32_t i = 0; i < view->n_names; i++)
    {
      uint32_t scope = view->name_scope[i];

      sum += touch_string (view, view->scope_name[scope]);
      sum += touch_string (view, view->scope_file[scope]);
      sum += view->scope_line[scope] + view->scope_kind[scope];
      sum += touch_string (view, view->name_label[i]) +
             hs_snapshot_view_get_address (view, view->name_object[i]);
    }

  for (uint32_t i = 0; i < view->n_constants; i++)
    {
      uint32_t code = view->constant_code[i];

      sum += touch_string (view, view->code_name[code]) + view->code_line[code];
      sum += hs_snapshot_view_get_address (view, view->constant_object[i]) + view->constant_kind[i];
    }

  return sum;
}
