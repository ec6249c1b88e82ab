/* hs-snapshot-writer-private.h - the columns of a snapshot while it is written
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-snapshot-writer.h"

/* What fills a place of its own: by table, with the share of the area that the
 * table gets, in hundredths. Sparse, so that generosity is free; the relations
 * are those of heaps of small objects, with room for one large list.
 */
typedef enum
{
  TABLE_STRINGS,
  TABLE_TYPES,
  TABLE_OBJECTS,
  TABLE_OBJECT_ENDS, /* one row more than objects */
  TABLE_TRACED_OBJECTS,
  TABLE_WIDE_ADDRESS,
  TABLE_WIDE_TYPE,
  TABLE_WIDE_REFCOUNT,
  TABLE_WIDE_OCCUPIED,
  TABLE_WIDE_GETSIZEOF,
  TABLE_WIDE_SLACK,
  TABLE_WIDE_LENGTH,
  TABLE_WIDE_BLOCK_ADDRESS,
  TABLE_WIDE_BLOCK_OCCUPIED,
  TABLE_BLOCKS,
  TABLE_TRACED_BLOCKS,
  TABLE_EDGES,
  TABLE_LATE,
  TABLE_LATE_ENDS,
  TABLE_DESCRIBED_ENDS,
  TABLE_FIELDS,
  TABLE_SITES,
  TABLE_SCOPES,
  TABLE_NAMES,
  TABLE_CODES,
  TABLE_CONSTANTS,
  TABLE_MEMORY,
  TABLE_ARENAS,
  TABLE_POOLS,
  TABLE_TRACED_POOLS,
  TABLE_MAP_WORDS,
  TABLE_TRACED_MAP_WORDS,
  N_TABLES
} HsTable;

typedef struct
{
  uint32_t id;
  uint32_t element_size; /* bytes */
  HsTable  table;
  size_t   field; /* of the pointer in HsSnapshotWriter */
} HsColumn;

#define HS_N_SNAPSHOT_COLUMNS 73

/* In the order of their places. */
extern const HsColumn hs_snapshot_columns[HS_N_SNAPSHOT_COLUMNS];

/* Where the pointer to the column is. */
void **_hs_snapshot_writer_get_place (HsSnapshotWriter *self,
                                      const HsColumn   *column);

/* How many rows a table has at most, or now. */
uint64_t _hs_snapshot_writer_get_n_rows (const HsSnapshotWriter *self,
                                         HsTable                 table,
                                         bool                    is_room);
