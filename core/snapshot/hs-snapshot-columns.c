/* hs-snapshot-columns.c - where the columns of a snapshot are while it is written
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-writer-private.h"

#include <string.h>

/* A column begins on a page of its own, so that one that is not used takes no
 * memory.
 */
#define PAGE_SIZE 4096

#define COLUMN(id, member, table)                                \
  {                                                              \
    (id), sizeof (*((HsSnapshotWriter *)NULL)->member), (table), \
      offsetof (HsSnapshotWriter, member)                        \
  }

/* clang-format off */
const HsColumn hs_snapshot_columns[HS_N_SNAPSHOT_COLUMNS] = {
  COLUMN (HS_SECTION_STRINGS, strings, TABLE_STRINGS),
  COLUMN (HS_SECTION_TYPE_NAME, type_name, TABLE_TYPES),
  COLUMN (HS_SECTION_TYPE_MODULE, type_module, TABLE_TYPES),
  COLUMN (HS_SECTION_TYPE_FAMILY, type_family, TABLE_TYPES),
  COLUMN (HS_SECTION_TYPE_VALUE, type_value, TABLE_TYPES),
  COLUMN (HS_SECTION_TYPE_PRESIZE, type_presize, TABLE_TYPES),
  COLUMN (HS_SECTION_OBJECT_ADDRESS, object_address, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_TYPE, object_type, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_REFCOUNT, object_refcount, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_FLAGS, object_flags, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_VALUE, object_value, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_OCCUPIED, object_occupied, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_GETSIZEOF, object_getsizeof, TABLE_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_EDGES, object_edges, TABLE_OBJECT_ENDS),
  COLUMN (HS_SECTION_OBJECT_SLACK, object_slack, TABLE_TRACED_OBJECTS),
  COLUMN (HS_SECTION_OBJECT_SITE, object_site, TABLE_TRACED_OBJECTS),
  COLUMN (HS_SECTION_WIDE_ADDRESS, wide_address.rows, TABLE_WIDE_ADDRESS),
  COLUMN (HS_SECTION_WIDE_TYPE, wide_type.rows, TABLE_WIDE_TYPE),
  COLUMN (HS_SECTION_WIDE_REFCOUNT, wide_refcount.rows, TABLE_WIDE_REFCOUNT),
  COLUMN (HS_SECTION_WIDE_OCCUPIED, wide_occupied.rows, TABLE_WIDE_OCCUPIED),
  COLUMN (HS_SECTION_WIDE_GETSIZEOF, wide_getsizeof.rows, TABLE_WIDE_GETSIZEOF),
  COLUMN (HS_SECTION_WIDE_SLACK, wide_slack.rows, TABLE_WIDE_SLACK),
  COLUMN (HS_SECTION_WIDE_LENGTH, wide_length.rows, TABLE_WIDE_LENGTH),
  COLUMN (HS_SECTION_WIDE_BLOCK_ADDRESS, wide_block_address.rows, TABLE_WIDE_BLOCK_ADDRESS),
  COLUMN (HS_SECTION_WIDE_BLOCK_OCCUPIED, wide_block_occupied.rows, TABLE_WIDE_BLOCK_OCCUPIED),
  COLUMN (HS_SECTION_BLOCK_OBJECT, block_object, TABLE_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_ADDRESS, block_address, TABLE_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_OCCUPIED, block_occupied, TABLE_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_KIND, block_kind, TABLE_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_FLAGS, block_flags, TABLE_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_REQUESTED, block_requested, TABLE_TRACED_BLOCKS),
  COLUMN (HS_SECTION_BLOCK_SITE, block_site, TABLE_TRACED_BLOCKS),
  COLUMN (HS_SECTION_EDGE_TARGET, edge_target, TABLE_EDGES),
  COLUMN (HS_SECTION_EDGE_KIND, edge_kind, TABLE_EDGES),
  COLUMN (HS_SECTION_EDGE_LABEL, edge_label, TABLE_EDGES),
  COLUMN (HS_SECTION_LATE_OBJECT, late_object, TABLE_LATE),
  COLUMN (HS_SECTION_LATE_EDGES, late_edges, TABLE_LATE_ENDS),
  COLUMN (HS_SECTION_OBJECT_FIELDS, object_fields, TABLE_DESCRIBED_ENDS),
  COLUMN (HS_SECTION_FIELD_BLOCK, field_block, TABLE_FIELDS),
  COLUMN (HS_SECTION_FIELD_OFFSET, field_offset, TABLE_FIELDS),
  COLUMN (HS_SECTION_FIELD_SIZE, field_size, TABLE_FIELDS),
  COLUMN (HS_SECTION_FIELD_NAME, field_name, TABLE_FIELDS),
  COLUMN (HS_SECTION_FIELD_KIND, field_kind, TABLE_FIELDS),
  COLUMN (HS_SECTION_FIELD_VALUE, field_value, TABLE_FIELDS),
  COLUMN (HS_SECTION_SITE_FILE, site_file, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_FUNCTION, site_function, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_LINE, site_line, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_TOTAL_BYTES, site_total_bytes, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_TOTAL_BLOCKS, site_total_blocks, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_LIVE_BYTES, site_live_bytes, TABLE_SITES),
  COLUMN (HS_SECTION_SITE_LIVE_BLOCKS, site_live_blocks, TABLE_SITES),
  COLUMN (HS_SECTION_SCOPE_NAME, scope_name, TABLE_SCOPES),
  COLUMN (HS_SECTION_SCOPE_FILE, scope_file, TABLE_SCOPES),
  COLUMN (HS_SECTION_SCOPE_LINE, scope_line, TABLE_SCOPES),
  COLUMN (HS_SECTION_SCOPE_KIND, scope_kind, TABLE_SCOPES),
  COLUMN (HS_SECTION_NAME_SCOPE, name_scope, TABLE_NAMES),
  COLUMN (HS_SECTION_NAME_LABEL, name_label, TABLE_NAMES),
  COLUMN (HS_SECTION_NAME_OBJECT, name_object, TABLE_NAMES),
  COLUMN (HS_SECTION_CODE_NAME, code_name, TABLE_CODES),
  COLUMN (HS_SECTION_CODE_LINE, code_line, TABLE_CODES),
  COLUMN (HS_SECTION_CONSTANT_CODE, constant_code, TABLE_CONSTANTS),
  COLUMN (HS_SECTION_CONSTANT_OBJECT, constant_object, TABLE_CONSTANTS),
  COLUMN (HS_SECTION_CONSTANT_KIND, constant_kind, TABLE_CONSTANTS),
  COLUMN (HS_SECTION_MEMORY, memory, TABLE_MEMORY),
  COLUMN (HS_SECTION_ARENA_ADDRESS, arena_address, TABLE_ARENAS),
  COLUMN (HS_SECTION_POOL_STATE, pool_state, TABLE_POOLS),
  COLUMN (HS_SECTION_POOL_BLOCK_SIZE, pool_block_size, TABLE_POOLS),
  COLUMN (HS_SECTION_POOL_USED, pool_used, TABLE_POOLS),
  COLUMN (HS_SECTION_POOL_TOUCHED, pool_touched, TABLE_POOLS),
  COLUMN (HS_SECTION_POOL_MAP, pool_map, TABLE_POOLS),
  COLUMN (HS_SECTION_POOL_BASELINE, pool_baseline, TABLE_TRACED_POOLS),
  COLUMN (HS_SECTION_MAP_USED, map_used, TABLE_MAP_WORDS),
  COLUMN (HS_SECTION_MAP_BASELINE, map_baseline, TABLE_TRACED_MAP_WORDS),
};
/* clang-format on */

static uint64_t
get_row_size (HsTable table)
{
  uint64_t size = 0;

  for (size_t i = 0; i < HS_N_SNAPSHOT_COLUMNS; i++)
    if (hs_snapshot_columns[i].table == table)
      size += hs_snapshot_columns[i].element_size;

  return size;
}

void **
_hs_snapshot_writer_get_place (HsSnapshotWriter *self,
                               const HsColumn   *column)
{
  return (void **)(void *)((uint8_t *)self + column->field);
}

static uint32_t
get_room (uint64_t size,
          uint32_t share,
          uint64_t row_size)
{
  uint64_t n = size / 100 * share / row_size;

  return n < INT32_MAX ? (uint32_t)n : INT32_MAX;
}

/* Of the columns of one or two tables of one length together. */
static uint32_t
get_room_of (uint64_t size,
             uint32_t share,
             HsTable  table,
             HsTable  other)
{
  return get_room (size, share, get_row_size (table) + get_row_size (other));
}

static void
set_rooms (HsSnapshotWriter *self,
           uint64_t          size)
{
  HsWideColumn *wide[] = { &self->wide_address, &self->wide_type,
                           &self->wide_refcount, &self->wide_occupied,
                           &self->wide_getsizeof, &self->wide_slack,
                           &self->wide_length, &self->wide_block_address,
                           &self->wide_block_occupied };
  uint64_t      object_row = get_row_size (TABLE_OBJECTS) + get_row_size (TABLE_OBJECT_ENDS) +
                        get_row_size (TABLE_TRACED_OBJECTS);

  self->strings_max = size / 100 * 12 < UINT32_MAX ? size / 100 * 12 : UINT32_MAX;
  self->previews_max = self->strings_max / 4 * 3;
  self->n_types_max = get_room (size, 1, get_row_size (TABLE_TYPES));
  /* One more element for the ends of the last ranges; likewise below. */
  self->n_objects_max = get_room (size, 21, object_row) - 1;
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
    wide[i]->n_max = get_room (size, 2, sizeof (HsSnapshotWide));
  self->n_blocks_max = get_room_of (size, 8, TABLE_BLOCKS, TABLE_TRACED_BLOCKS);
  self->n_edges_max = get_room (size, 29, get_row_size (TABLE_EDGES));
  self->n_late_max = get_room_of (size, 1, TABLE_LATE, TABLE_LATE_ENDS) - 1;
  /* Every object that is described has a field. */
  self->n_fields_max = get_room_of (size, 4, TABLE_FIELDS, TABLE_DESCRIBED_ENDS) - 1;
  self->n_sites_max = get_room (size, 2, get_row_size (TABLE_SITES));
  self->n_scopes_max = get_room (size, 1, get_row_size (TABLE_SCOPES));
  self->n_names_max = get_room (size, 1, get_row_size (TABLE_NAMES));
  /* Every code that is listed has a constant. */
  self->n_constants_max =
    get_room_of (size, 1, TABLE_CONSTANTS, TABLE_CODES);
  self->n_codes_max = self->n_constants_max;
  /* One percent in all: a map of small blocks is larger than all else of a pool. */
  self->n_pools_max = get_room (size / 4, 1,
                                get_row_size (TABLE_POOLS) + get_row_size (TABLE_TRACED_POOLS) +
                                  get_row_size (TABLE_ARENAS));
  self->n_arenas_max = self->n_pools_max;
  self->n_map_words_max = get_room_of (size / 4, 3, TABLE_MAP_WORDS, TABLE_TRACED_MAP_WORDS);
}

/* How many rows a table has at most, or now. */
uint64_t
_hs_snapshot_writer_get_n_rows (const HsSnapshotWriter *self,
                                HsTable                 table,
                                bool                    is_room)
{
  uint64_t n_objects = is_room ? self->n_objects_max : self->n_objects;
  uint64_t n_blocks = is_room ? self->n_blocks_max : self->n_blocks;
  bool     is_traced = is_room || self->has_ledger;

  switch (table)
    {
    case TABLE_STRINGS:
      return is_room ? self->strings_max : self->strings_size;
    case TABLE_TYPES:
      return is_room ? self->n_types_max : self->n_types;
    case TABLE_OBJECTS:
      return n_objects;
    case TABLE_OBJECT_ENDS:
      return n_objects + 1;
    case TABLE_TRACED_OBJECTS:
      return is_traced ? n_objects : 0;
    case TABLE_WIDE_ADDRESS:
      return is_room ? self->wide_address.n_max : self->wide_address.n;
    case TABLE_WIDE_TYPE:
      return is_room ? self->wide_type.n_max : self->wide_type.n;
    case TABLE_WIDE_REFCOUNT:
      return is_room ? self->wide_refcount.n_max : self->wide_refcount.n;
    case TABLE_WIDE_OCCUPIED:
      return is_room ? self->wide_occupied.n_max : self->wide_occupied.n;
    case TABLE_WIDE_GETSIZEOF:
      return is_room ? self->wide_getsizeof.n_max : self->wide_getsizeof.n;
    case TABLE_WIDE_SLACK:
      return is_room ? self->wide_slack.n_max : self->wide_slack.n;
    case TABLE_WIDE_LENGTH:
      return is_room ? self->wide_length.n_max : self->wide_length.n;
    case TABLE_WIDE_BLOCK_ADDRESS:
      return is_room ? self->wide_block_address.n_max : self->wide_block_address.n;
    case TABLE_WIDE_BLOCK_OCCUPIED:
      return is_room ? self->wide_block_occupied.n_max : self->wide_block_occupied.n;
    case TABLE_BLOCKS:
      return n_blocks;
    case TABLE_TRACED_BLOCKS:
      return is_traced ? n_blocks : 0;
    case TABLE_EDGES:
      return is_room ? self->n_edges_max : self->n_edges;
    case TABLE_LATE:
      return is_room ? self->n_late_max : self->n_late;
    case TABLE_LATE_ENDS:
      return (is_room ? self->n_late_max : self->n_late) + UINT64_C (1);
    case TABLE_DESCRIBED_ENDS:
      return (is_room ? self->n_fields_max : self->n_described) + UINT64_C (1);
    case TABLE_FIELDS:
      return is_room ? self->n_fields_max : self->n_fields;
    case TABLE_SITES:
      return is_room ? self->n_sites_max : self->n_sites;
    case TABLE_SCOPES:
      return is_room ? self->n_scopes_max : self->n_scopes;
    case TABLE_NAMES:
      return is_room ? self->n_names_max : self->n_names;
    case TABLE_CODES:
      return is_room ? self->n_codes_max : self->n_codes;
    case TABLE_CONSTANTS:
      return is_room ? self->n_constants_max : self->n_constants;
    case TABLE_MEMORY:
      return 1;
    case TABLE_ARENAS:
      return is_room ? self->n_arenas_max : self->n_arenas;
    case TABLE_POOLS:
      return is_room ? self->n_pools_max : self->n_pools;
    case TABLE_TRACED_POOLS:
      return is_room ? self->n_pools_max : is_traced ? self->n_pools
                                                     : 0;
    case TABLE_MAP_WORDS:
      return is_room ? self->n_map_words_max : self->n_map_words;
    case TABLE_TRACED_MAP_WORDS:
      return is_room ? self->n_map_words_max : is_traced ? self->n_map_words
                                                         : 0;
    case N_TABLES:
      break;
    }

  return 0;
}

void
hs_snapshot_writer_init (HsSnapshotWriter *self,
                         void             *area,
                         uint64_t          size)
{
  uint8_t *at = area;

  memset (self, 0, sizeof *self);
  self->base = area;
  self->size = size;
  /* What rounding each column up to a page may take. */
  set_rooms (self, size - (HS_N_SNAPSHOT_COLUMNS + 1) * PAGE_SIZE);

  for (size_t i = 0; i < HS_N_SNAPSHOT_COLUMNS; i++)
    {
      const HsColumn *column = &hs_snapshot_columns[i];
      uint64_t        bytes =
        _hs_snapshot_writer_get_n_rows (self, column->table, true) * column->element_size;

      *_hs_snapshot_writer_get_place (self, column) = at;
      at += (bytes + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    }

  self->strings[0] = '\0';
  self->strings_size = 1;
}

void
hs_snapshot_writer_visit_large (HsSnapshotWriter *self,
                                uint32_t          n_objects,
                                void (*func) (void    *start,
                                              uint64_t size))
{
  for (size_t i = 0; i < HS_N_SNAPSHOT_COLUMNS; i++)
    {
      const HsColumn *column = &hs_snapshot_columns[i];
      HsTable         table = column->table;
      uint64_t        n = _hs_snapshot_writer_get_n_rows (self, table, true);

      if (table != TABLE_OBJECTS && table != TABLE_OBJECT_ENDS && table != TABLE_EDGES &&
          (table != TABLE_TRACED_OBJECTS || !self->has_ledger))
        continue;
      if (n > n_objects)
        n = n_objects;
      func (*_hs_snapshot_writer_get_place (self, column), n * column->element_size);
    }
}
