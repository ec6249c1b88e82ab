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
touch_object (const HsSnapshotView *view,
              uint32_t              i)
{
  uint32_t type = view->object_type[i];
  uint64_t sum = view->object_address[i] + view->object_refcount[i] + view->object_flags[i];

  sum += view->object_length[i] + touch_string (view, view->object_preview[i]);
  sum += touch_string (view, view->type_name[type]) + touch_string (view, view->type_module[type]);
  sum += view->type_family[type];

  for (uint32_t k = view->object_blocks[i]; k < view->object_blocks[i + 1]; k++)
    sum += view->block_address[k] + view->block_occupied[k] + view->block_kind[k] +
           view->block_flags[k];

  for (uint32_t k = view->object_edges[i]; k < view->object_edges[i + 1]; k++)
    {
      sum += view->object_address[view->edge_target[k]];
      if (!hs_edge_kind_has_position (view->edge_kind[k]))
        sum += touch_string (view, view->edge_label[k]);
    }

  return sum;
}

uint64_t
hs_test_touch_view (const HsSnapshotView *view)
{
  uint64_t sum = view->info.objects_seen;

  for (uint32_t i = 0; i < view->n_objects; i++)
    sum += touch_object (view, i);

  for (uint32_t i = 0; i < view->n_names; i++)
    {
      uint32_t scope = view->name_scope[i];

      sum += touch_string (view, view->scope_name[scope]);
      sum += touch_string (view, view->scope_file[scope]);
      sum += view->scope_line[scope] + view->scope_kind[scope];
      sum += touch_string (view, view->name_label[i]) + view->object_address[view->name_object[i]];
    }

  return sum;
}
