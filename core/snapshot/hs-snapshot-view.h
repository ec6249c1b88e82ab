/* hs-snapshot-view.h - checked, read-only access to a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-format.h"

typedef enum
{
  HS_SNAPSHOT_STATUS_OK = 0,
  HS_SNAPSHOT_STATUS_TRUNCATED,   /* shorter than it says */
  HS_SNAPSHOT_STATUS_BAD_MAGIC,   /* not a snapshot at all */
  HS_SNAPSHOT_STATUS_BAD_VERSION, /* made by a newer release */
  HS_SNAPSHOT_STATUS_CORRUPT,     /* sizes, offsets or indices contradict each other */
} HsSnapshotStatus;

/* A checked view of a snapshot. Owns nothing: the bytes given to
 * hs_snapshot_view_init() must outlive it and must not change. After it has
 * returned HS_SNAPSHOT_STATUS_OK every index in a column is in range, every
 * string ends inside the table, every enum is below its HS_N_…; no accessor
 * needs a test beyond the bound of the index that the caller brings.
 */
typedef struct
{
  HsSnapshotInfo info;  /* a copy */
  uint32_t       flags; /* HsSnapshotFlags */

  const char *strings;
  uint64_t    strings_size;

  uint32_t        n_types;
  const uint32_t *type_name;
  const uint32_t *type_module;
  const uint8_t  *type_family;

  uint32_t        n_objects;
  const uint64_t *object_address;
  const uint32_t *object_type;
  const uint32_t *object_refcount;
  const uint32_t *object_flags;
  const uint32_t *object_preview;
  const uint64_t *object_length;
  const uint32_t *object_blocks; /* n_objects + 1, ascending, ends at n_blocks */
  const uint32_t *object_edges;  /* n_objects + 1, ascending, ends at n_edges */

  uint32_t        n_blocks;
  const uint64_t *block_address;
  const uint64_t *block_occupied;
  const uint8_t  *block_kind;
  const uint8_t  *block_flags;

  uint32_t        n_edges;
  const uint32_t *edge_target;
  const uint8_t  *edge_kind;
  const uint32_t *edge_label;

  uint32_t        n_scopes;
  const uint32_t *scope_name;
  const uint32_t *scope_file;
  const uint32_t *scope_line;
  const uint8_t  *scope_kind;

  uint32_t        n_names;
  const uint32_t *name_scope;
  const uint32_t *name_label;
  const uint32_t *name_object;
} HsSnapshotView;

/* Checks @data from end to end in O(size) and fills @view. @data must be
 * aligned to 8 bytes (mapped or allocated memory is). On failure @view is
 * zeroed. Never reads outside @data, whatever it holds.
 */
HsSnapshotStatus hs_snapshot_view_init (HsSnapshotView *view,
                                        const void     *data,
                                        size_t          size);

/* Returns: what is wrong, in English, for logs; the client translates. */
const char *hs_snapshot_status_to_string (HsSnapshotStatus status);

/* Returns: a NUL-ended text owned by the snapshot; not necessarily UTF-8. */
static inline const char *
hs_snapshot_view_get_string (const HsSnapshotView *view,
                             uint32_t              offset)
{
  return view->strings + offset;
}
