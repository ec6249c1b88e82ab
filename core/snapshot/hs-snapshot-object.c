/* hs-snapshot-object.c - what a checked snapshot says of one object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-view.h"

#include <string.h>

/* The first entry whose row is not below @row. */
static uint32_t
find_entry (const HsSnapshotWide *wide,
            uint32_t              n,
            uint32_t              row)
{
  uint32_t low = 0;
  uint32_t high = n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (wide[middle].row < row)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

uint64_t
hs_snapshot_view_find_wide (const HsSnapshotWide *wide,
                            uint32_t              n,
                            uint32_t              row)
{
  return wide[find_entry (wide, n, row)].value;
}

static HsValueKind
get_value_kind (const HsSnapshotView *view,
                uint32_t              object)
{
  return (HsValueKind)view->type_value[hs_snapshot_view_get_type (view, object)];
}

uint64_t
hs_snapshot_view_get_length (const HsSnapshotView *view,
                             uint32_t              object)
{
  uint64_t value = view->object_value[object];
  uint32_t i;

  switch (get_value_kind (view, object))
    {
    case HS_VALUE_LENGTH:
      return value;

    case HS_VALUE_TEXT:
      if (value >> 32 != HS_NARROW_U32)
        return value >> 32;
      i = find_entry (view->wide_length, view->n_wide_lengths, object);
      if (i < view->n_wide_lengths && view->wide_length[i].row == object)
        return view->wide_length[i].value;
      return HS_LENGTH_NONE;

    case HS_VALUE_NONE:
    case HS_VALUE_INT:
    case HS_VALUE_FLOAT:
    case HS_N_VALUE_KINDS:
      break;
    }

  return HS_LENGTH_NONE;
}

uint32_t
hs_snapshot_view_get_preview (const HsSnapshotView *view,
                              uint32_t              object)
{
  uint64_t    value = view->object_value[object];
  HsValueKind kind = get_value_kind (view, object);

  if (kind == HS_VALUE_TEXT)
    return (uint32_t)value;
  if (kind == HS_VALUE_INT && (value & 1) != 0)
    return (uint32_t)(value >> 1);

  return 0;
}

bool
hs_snapshot_view_get_int (const HsSnapshotView *view,
                          uint32_t              object,
                          int64_t              *number)
{
  uint64_t value = view->object_value[object];

  if (get_value_kind (view, object) != HS_VALUE_INT || (value & 1) != 0)
    return false;

  /* Without the lowest bit, which is clear, the division is exact. */
  *number = (int64_t)value / 2;

  return true;
}

uint64_t
hs_snapshot_view_get_text_hash (const HsSnapshotView *view,
                                uint32_t              object)
{
  uint64_t offset = hs_snapshot_view_get_preview (view, object);
  uint64_t hash = 0;

  if ((view->object_flags[object] & HS_OBJECT_PREVIEW_CUT) == 0 || offset == 0)
    return 0;

  offset += strlen (view->strings + offset) + 1;
  if (view->strings_size - offset >= sizeof hash)
    memcpy (&hash, view->strings + offset, sizeof hash);

  return hash;
}

uint32_t
hs_snapshot_view_get_all_edges (const HsSnapshotView *view,
                                uint32_t              object,
                                uint32_t             *first)
{
  uint32_t n = view->object_edges[object + 1] - view->object_edges[object];
  uint32_t low = 0;
  uint32_t high = view->n_late;

  *first = view->object_edges[object];
  if (n != 0 || (view->object_flags[object] & HS_OBJECT_BOUNDARY) == 0)
    return n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (view->late_object[middle] < object)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == view->n_late || view->late_object[low] != object)
    return 0;

  *first = view->late_edges[low];

  return view->late_edges[low + 1] - *first;
}

/* ---- Blocks ---- */

static uint64_t
get_main_requested (const HsSnapshotView *view,
                    uint32_t              object,
                    uint64_t              occupied)
{
  uint64_t slack;

  if (view->n_traced_objects == 0 || occupied == HS_BYTES_UNKNOWN)
    return HS_BYTES_UNKNOWN;

  slack = view->object_slack[object];
  if (slack == HS_NARROW_U8)
    slack = hs_snapshot_view_find_wide (view->wide_slack, view->n_wide_slacks, object);

  return slack <= occupied ? occupied - slack : HS_BYTES_UNKNOWN;
}

bool
hs_snapshot_view_get_main_block (const HsSnapshotView *view,
                                 uint32_t              object,
                                 HsSnapshotBlock      *block)
{
  uint64_t occupied = hs_snapshot_view_get_main_occupied (view, object);
  uint32_t type = hs_snapshot_view_get_type (view, object);

  if (occupied == 0)
    return false;

  block->kind = HS_BLOCK_MAIN;
  block->flags = 0;
  block->address = hs_snapshot_view_get_address (view, object) - view->type_presize[type];
  block->occupied = occupied;
  block->requested = get_main_requested (view, object, occupied);
  block->site = view->n_traced_objects != 0 ? view->object_site[object] : HS_SITE_BASELINE;

  return true;
}

/* The first block whose object is not below @object. */
static uint32_t
find_block (const HsSnapshotView *view,
            uint32_t              low,
            uint32_t              high,
            uint32_t              object)
{
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (view->block_object[middle] < object)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

uint32_t
hs_snapshot_view_get_blocks (const HsSnapshotView *view,
                             uint32_t              object,
                             uint32_t             *first)
{
  uint32_t end;

  *first = find_block (view, 0, view->n_blocks, object);
  /* Nearly always one or none, but the snapshot decides. */
  end = *first;
  for (uint32_t n = 0; n < 4; n++, end++)
    if (end == view->n_blocks || view->block_object[end] != object)
      return end - *first;

  return find_block (view, end, view->n_blocks, object + 1) - *first;
}

static uint64_t
get_block_address (const HsSnapshotView *view,
                   uint32_t              i)
{
  uint32_t granule = view->block_address[i];

  return granule != HS_NARROW_U32
           ? view->info.base_address + (uint64_t)granule * HS_GRANULE
           : hs_snapshot_view_find_wide (view->wide_block_address, view->n_wide_block_addresses,
                                         i);
}

static uint64_t
get_block_occupied (const HsSnapshotView *view,
                    uint32_t              i)
{
  uint16_t granules = view->block_occupied[i];

  return granules != HS_NARROW_U16
           ? (uint64_t)granules * HS_GRANULE
           : hs_snapshot_view_find_wide (view->wide_block_occupied, view->n_wide_block_occupied,
                                         i);
}

void
hs_snapshot_view_get_block (const HsSnapshotView *view,
                            uint32_t              i,
                            HsSnapshotBlock      *block)
{
  block->kind = (HsBlockKind)view->block_kind[i];
  block->flags = view->block_flags[i];
  block->address = get_block_address (view, i);
  block->occupied = get_block_occupied (view, i);
  block->requested = view->n_traced_blocks != 0 ? view->block_requested[i] : HS_BYTES_UNKNOWN;
  block->site = view->n_traced_blocks != 0 ? view->block_site[i] : HS_SITE_BASELINE;
}
