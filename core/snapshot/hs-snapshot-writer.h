/* hs-snapshot-writer.h - fills the columns of a snapshot in place
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-snapshot-format.h"

/* Columns in one large, sparse, zeroed area that the caller owns: each has a
 * place of its own, far from the next, and grows there. Nothing is allocated.
 *
 * Objects are made with their plain columns first; their blocks and edges must
 * be added in the order of the objects, each object's between
 * hs_snapshot_writer_begin_object() of it and of the next.
 *
 * Whatever does not fit any more is left out, and the snapshot is marked
 * HS_SNAPSHOT_CUT. The columns are public for reading, and for those values of
 * an object that are found later.
 */
typedef struct
{
  uint8_t *base;
  uint64_t size;
  bool     is_cut;

  char    *strings;
  uint64_t strings_size;
  uint64_t strings_max;

  uint32_t *type_name;
  uint32_t *type_module;
  uint8_t  *type_family;
  uint32_t  n_types;
  uint32_t  n_types_max;

  uint64_t *object_address;
  uint32_t *object_type;
  uint32_t *object_refcount;
  uint32_t *object_flags;
  uint32_t *object_preview;
  uint64_t *object_length;
  uint32_t *object_blocks;
  uint32_t *object_edges;
  uint32_t  n_objects;
  uint32_t  n_objects_max;
  uint32_t  n_begun; /* objects whose blocks and edges have been begun */

  uint64_t *block_address;
  uint64_t *block_occupied;
  uint8_t  *block_kind;
  uint8_t  *block_flags;
  uint32_t  n_blocks;
  uint32_t  n_blocks_max;

  uint32_t *edge_target;
  uint8_t  *edge_kind;
  uint32_t *edge_label;
  uint32_t  n_edges;
  uint32_t  n_edges_max;

  uint32_t *scope_name;
  uint32_t *scope_file;
  uint32_t *scope_line;
  uint8_t  *scope_kind;
  uint32_t  n_scopes;
  uint32_t  n_scopes_max;

  uint32_t *name_scope;
  uint32_t *name_label;
  uint32_t *name_object;
  uint32_t  n_names;
  uint32_t  n_names_max;
} HsSnapshotWriter;

/* @area is aligned to 4096 bytes and zeroed, @size at least 1 MiB. */
void hs_snapshot_writer_init (HsSnapshotWriter *self,
                              void             *area,
                              uint64_t          size);

/* Returns: the offset of the copy, 0 if it does not fit or is empty. @text
 * holds no NUL.
 */
uint32_t hs_snapshot_writer_add_string (HsSnapshotWriter *self,
                                        const char       *text,
                                        size_t            size);

/* Each returns the index of the new row, or UINT32_MAX if it does not fit. */
uint32_t hs_snapshot_writer_add_type (HsSnapshotWriter *self,
                                      uint32_t          module,
                                      uint32_t          name,
                                      HsFamily          family);
uint32_t hs_snapshot_writer_add_object (HsSnapshotWriter *self,
                                        uint64_t          address,
                                        uint32_t          type);
uint32_t hs_snapshot_writer_add_scope (HsSnapshotWriter *self,
                                       HsScopeKind       kind,
                                       uint32_t          name,
                                       uint32_t          file,
                                       uint32_t          line);

/* From here on blocks and edges belong to the next object: the first call
 * begins object 0.
 */
void hs_snapshot_writer_begin_object (HsSnapshotWriter *self);

/* Each returns false if it does not fit. */
bool hs_snapshot_writer_add_block (HsSnapshotWriter *self,
                                   HsBlockKind       kind,
                                   uint64_t          address,
                                   uint64_t          occupied,
                                   uint8_t           flags);
bool hs_snapshot_writer_add_edge (HsSnapshotWriter *self,
                                  HsEdgeKind        kind,
                                  uint32_t          label,
                                  uint32_t          target);
bool hs_snapshot_writer_add_name (HsSnapshotWriter *self,
                                  uint32_t          scope,
                                  uint32_t          label,
                                  uint32_t          object);

/* Writes header, table and info. All objects must have been begun. A small
 * snapshot is moved together so that it is small in bytes, too; the columns
 * must not be used afterwards. Returns: the size of the snapshot, bytes
 */
uint64_t hs_snapshot_writer_finish (HsSnapshotWriter     *self,
                                    const HsSnapshotInfo *info);
