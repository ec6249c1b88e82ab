/* hs-snapshot-writer.c - fills the columns of a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-writer.h"

#include <string.h>

/* A column begins on a page of its own, so that one that is not used takes no
 * memory.
 */
#define PAGE_SIZE 4096

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
  N_TABLES
} Table;

typedef struct
{
  uint32_t id;
  uint32_t element_size; /* bytes */
  Table    table;
  size_t   field; /* of the pointer in HsSnapshotWriter */
} Column;

#define COLUMN(id, member, table)                                \
  {                                                              \
    (id), sizeof (*((HsSnapshotWriter *)NULL)->member), (table), \
      offsetof (HsSnapshotWriter, member)                        \
  }

/* clang-format off */
static const Column columns[] = {
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
};
/* clang-format on */

#define N_COLUMNS (sizeof columns / sizeof columns[0])

/* The columns, and that of the info. */
#define N_SECTIONS (N_COLUMNS + 1)
#define HEAD_SIZE  (sizeof (HsSnapshotHeader) + N_SECTIONS * sizeof (HsSnapshotSection))

static uint64_t
get_row_size (Table table)
{
  uint64_t size = 0;

  for (size_t i = 0; i < N_COLUMNS; i++)
    if (columns[i].table == table)
      size += columns[i].element_size;

  return size;
}

static void **
get_place (HsSnapshotWriter *self,
           const Column     *column)
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

static void
set_rooms (HsSnapshotWriter *self,
           uint64_t          size)
{
  HsWideColumn *wide[] = { &self->wide_address, &self->wide_type, &self->wide_refcount,
                           &self->wide_occupied, &self->wide_getsizeof, &self->wide_slack,
                           &self->wide_length, &self->wide_block_address, &self->wide_block_occupied };

  self->strings_max = size / 100 * 12 < UINT32_MAX ? size / 100 * 12 : UINT32_MAX;
  self->n_types_max = get_room (size, 1, get_row_size (TABLE_TYPES));
  /* One more element for the ends of the last ranges. */
  self->n_objects_max = get_room (size, 21,
                                  get_row_size (TABLE_OBJECTS) + get_row_size (TABLE_OBJECT_ENDS) +
                                    get_row_size (TABLE_TRACED_OBJECTS)) -
                        1;
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
    wide[i]->n_max = get_room (size, 2, sizeof (HsSnapshotWide));
  self->n_blocks_max =
    get_room (size, 8, get_row_size (TABLE_BLOCKS) + get_row_size (TABLE_TRACED_BLOCKS));
  self->n_edges_max = get_room (size, 30, get_row_size (TABLE_EDGES));
  self->n_late_max = get_room (size, 1, get_row_size (TABLE_LATE) + get_row_size (TABLE_LATE_ENDS)) - 1;
  /* Every object that is described has a field. */
  self->n_fields_max = get_room (
                         size, 4, get_row_size (TABLE_FIELDS) + get_row_size (TABLE_DESCRIBED_ENDS)) -
                       1;
  self->n_sites_max = get_room (size, 2, get_row_size (TABLE_SITES));
  self->n_scopes_max = get_room (size, 1, get_row_size (TABLE_SCOPES));
  self->n_names_max = get_room (size, 1, get_row_size (TABLE_NAMES));
  /* Every code that is listed has a constant. */
  self->n_constants_max =
    get_room (size, 1, get_row_size (TABLE_CONSTANTS) + get_row_size (TABLE_CODES));
  self->n_codes_max = self->n_constants_max;
}

/* How many rows a table has at most, or now. */
static uint64_t
get_n_rows (const HsSnapshotWriter *self,
            Table                   table,
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
  set_rooms (self, size - (N_COLUMNS + 1) * PAGE_SIZE);

  for (size_t i = 0; i < N_COLUMNS; i++)
    {
      uint64_t bytes = get_n_rows (self, columns[i].table, true) * columns[i].element_size;

      *get_place (self, &columns[i]) = at;
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
  for (size_t i = 0; i < N_COLUMNS; i++)
    {
      Table    table = columns[i].table;
      uint64_t n = get_n_rows (self, table, true);

      if (table != TABLE_OBJECTS && table != TABLE_OBJECT_ENDS && table != TABLE_EDGES &&
          (table != TABLE_TRACED_OBJECTS || !self->has_ledger))
        continue;
      if (n > n_objects)
        n = n_objects;
      func (*get_place (self, &columns[i]), n * columns[i].element_size);
    }
}

/* Whether one more fits; else the snapshot is cut from here on. */
static bool
has_room (HsSnapshotWriter *self,
          uint32_t          n,
          uint32_t          n_max)
{
  if (n >= n_max)
    self->is_cut = true;

  return n < n_max;
}

static uint32_t
add_text (HsSnapshotWriter *self,
          const char       *text,
          size_t            size,
          const void       *tail,
          size_t            tail_size)
{
  uint64_t offset = self->strings_size;

  if (size == 0)
    return 0;
  /* The NUL behind the tail, too, so that the last byte of all is one. */
  if (size + tail_size + 1 >= self->strings_max - offset)
    {
      self->is_cut = true;
      return 0;
    }

  memcpy (self->strings + offset, text, size);
  self->strings[offset + size] = '\0';
  self->strings_size = offset + size + 1;
  if (tail_size != 0)
    {
      memcpy (self->strings + self->strings_size, tail, tail_size);
      self->strings_size += tail_size;
      self->strings[self->strings_size++] = '\0';
    }

  return (uint32_t)offset;
}

uint32_t
hs_snapshot_writer_add_string (HsSnapshotWriter *self,
                               const char       *text,
                               size_t            size)
{
  return add_text (self, text, size, NULL, 0);
}

uint32_t
hs_snapshot_writer_add_hashed_string (HsSnapshotWriter *self,
                                      const char       *text,
                                      size_t            size,
                                      uint64_t          hash)
{
  return add_text (self, text, size, &hash, sizeof hash);
}

uint32_t
hs_snapshot_writer_add_type (HsSnapshotWriter *self,
                             uint32_t          module,
                             uint32_t          name,
                             HsFamily          family,
                             HsValueKind       value_kind,
                             uint8_t           presize)
{
  uint32_t i = self->n_types;

  if (!has_room (self, i, self->n_types_max))
    return UINT32_MAX;

  self->type_module[i] = module;
  self->type_name[i] = name;
  self->type_family[i] = (uint8_t)family;
  self->type_value[i] = (uint8_t)value_kind;
  self->type_presize[i] = presize;
  self->n_types++;

  return i;
}

uint32_t
hs_snapshot_writer_add_scope (HsSnapshotWriter *self,
                              HsScopeKind       kind,
                              uint32_t          name,
                              uint32_t          file,
                              uint32_t          line)
{
  uint32_t i = self->n_scopes;

  if (!has_room (self, i, self->n_scopes_max))
    return UINT32_MAX;

  self->scope_kind[i] = (uint8_t)kind;
  self->scope_name[i] = name;
  self->scope_file[i] = file;
  self->scope_line[i] = line;
  self->n_scopes++;

  return i;
}

bool
hs_snapshot_writer_add_wide (HsSnapshotWriter *self,
                             HsWideColumn     *column,
                             uint32_t          row,
                             uint64_t          value)
{
  if (!has_room (self, column->n, column->n_max))
    return false;

  column->rows[column->n++] = (HsSnapshotWide) { .value = value, .row = row };

  return true;
}

void
hs_snapshot_writer_begin_object (HsSnapshotWriter *self)
{
  self->object_edges[self->n_begun] = self->n_edges;
  self->n_begun++;
}

bool
hs_snapshot_writer_begin_late (HsSnapshotWriter *self,
                               uint32_t          object)
{
  uint32_t i = self->n_late;

  if (!has_room (self, i, self->n_late_max))
    return false;

  /* The first of them ends the edges of the last object. */
  if (i == 0)
    self->object_edges[self->n_objects] = self->n_edges;
  self->late_object[i] = object;
  self->late_edges[i] = self->n_edges;
  self->n_late++;

  return true;
}

bool
hs_snapshot_writer_add_block (HsSnapshotWriter *self,
                              HsBlockKind       kind,
                              uint64_t          address,
                              uint64_t          occupied,
                              uint64_t          requested,
                              uint32_t          site,
                              uint8_t           flags)
{
  uint32_t i = self->n_blocks;
  uint64_t granule = (address - self->base_address) / HS_GRANULE;
  uint64_t granules = occupied / HS_GRANULE;

  if (!has_room (self, i, self->n_blocks_max))
    return false;

  /* Blocks of others than Python's allocators need not be aligned. */
  if (granule >= HS_NARROW_U32 || address % HS_GRANULE != 0)
    granule =
      hs_snapshot_writer_add_wide (self, &self->wide_block_address, i, address) ? HS_NARROW_U32 : 0;
  if (granules >= HS_NARROW_U16 || occupied % HS_GRANULE != 0)
    granules = hs_snapshot_writer_add_wide (self, &self->wide_block_occupied, i, occupied)
                 ? HS_NARROW_U16
                 : 0;

  self->block_object[i] = self->n_begun - 1;
  self->block_kind[i] = (uint8_t)kind;
  self->block_address[i] = (uint32_t)granule;
  self->block_occupied[i] = (uint16_t)granules;
  self->block_flags[i] = flags;
  if (self->has_ledger)
    {
      self->block_requested[i] = requested;
      self->block_site[i] = site;
    }
  self->n_blocks++;

  return true;
}

/* The value of @row, which is there, searched from the end. */
static uint64_t
find_last (const HsWideColumn *column,
           uint32_t            row)
{
  for (uint32_t i = column->n; i-- > 0;)
    if (column->rows[i].row == row)
      return column->rows[i].value;

  return 0;
}

void
hs_snapshot_writer_get_block (const HsSnapshotWriter *self,
                              uint32_t                i,
                              uint64_t               *address,
                              uint64_t               *occupied)
{
  *address = self->base_address + (uint64_t)self->block_address[i] * HS_GRANULE;
  if (self->block_address[i] == HS_NARROW_U32)
    *address = find_last (&self->wide_block_address, i);
  *occupied = (uint64_t)self->block_occupied[i] * HS_GRANULE;
  if (self->block_occupied[i] == HS_NARROW_U16)
    *occupied = find_last (&self->wide_block_occupied, i);
}

bool
hs_snapshot_writer_add_field (HsSnapshotWriter *self,
                              uint16_t          block,
                              int32_t           offset,
                              uint64_t          size,
                              uint32_t          name,
                              HsFieldKind       kind,
                              uint64_t          value)
{
  uint32_t i = self->n_fields;

  if (i >= self->n_fields_max)
    return false;

  /* Objects without fields before this one. */
  while (self->n_described < self->n_begun)
    self->object_fields[self->n_described++] = i;

  self->field_block[i] = block;
  self->field_offset[i] = offset;
  self->field_size[i] = size;
  self->field_name[i] = name;
  self->field_kind[i] = (uint8_t)kind;
  self->field_value[i] = value;
  self->n_fields++;

  return true;
}

bool
hs_snapshot_writer_add_site (HsSnapshotWriter *self,
                             uint32_t          file,
                             uint32_t          function,
                             uint32_t          line,
                             uint64_t          total_bytes,
                             uint64_t          total_blocks,
                             uint64_t          live_bytes,
                             uint64_t          live_blocks)
{
  uint32_t i = self->n_sites;

  if (!has_room (self, i, self->n_sites_max))
    return false;

  self->site_file[i] = file;
  self->site_function[i] = function;
  self->site_line[i] = line;
  self->site_total_bytes[i] = total_bytes;
  self->site_total_blocks[i] = total_blocks;
  self->site_live_bytes[i] = live_bytes;
  self->site_live_blocks[i] = live_blocks;
  self->n_sites++;

  return true;
}

bool
hs_snapshot_writer_add_name (HsSnapshotWriter *self,
                             uint32_t          scope,
                             uint32_t          label,
                             uint32_t          object)
{
  uint32_t i = self->n_names;

  if (!has_room (self, i, self->n_names_max))
    return false;

  self->name_scope[i] = scope;
  self->name_label[i] = label;
  self->name_object[i] = object;
  self->n_names++;

  return true;
}

uint32_t
hs_snapshot_writer_add_code (HsSnapshotWriter *self,
                             uint32_t          name,
                             uint32_t          line)
{
  uint32_t i = self->n_codes;

  if (i >= self->n_codes_max)
    return UINT32_MAX;

  self->code_name[i] = name;
  self->code_line[i] = line;
  self->n_codes++;

  return i;
}

bool
hs_snapshot_writer_add_constant (HsSnapshotWriter *self,
                                 HsConstantKind    kind,
                                 uint32_t          object)
{
  uint32_t i = self->n_constants;

  if (i >= self->n_constants_max)
    return false;

  self->constant_code[i] = self->n_codes - 1;
  self->constant_object[i] = object;
  self->constant_kind[i] = (uint8_t)kind;
  self->n_constants++;

  return true;
}

/* ---- The end ---- */

static uint64_t
align (uint64_t offset)
{
  return (offset + HS_SECTION_ALIGNMENT - 1) / HS_SECTION_ALIGNMENT * HS_SECTION_ALIGNMENT;
}

uint64_t
hs_snapshot_writer_get_size (const HsSnapshotWriter *self)
{
  uint64_t size = align (HEAD_SIZE) + align (sizeof (HsSnapshotInfo));

  for (size_t i = 0; i < N_COLUMNS; i++)
    size += align (get_n_rows (self, columns[i].table, false) * columns[i].element_size);

  return size;
}

static void
sift_down (HsSnapshotWide *rows,
           uint32_t        top,
           uint32_t        n)
{
  HsSnapshotWide moved = rows[top];

  for (uint64_t child = 2 * (uint64_t)top + 1; child < n; child = 2 * child + 1)
    {
      if (child + 1 < n && rows[child + 1].row > rows[child].row)
        child++;
      if (rows[child].row <= moved.row)
        break;
      rows[top] = rows[child];
      top = (uint32_t)child;
    }
  rows[top] = moved;
}

/* Ascending by row. qsort() may call malloc(), which is the code's. */
static void
sort_wide (HsWideColumn *column)
{
  HsSnapshotWide *rows = column->rows;
  bool            is_sorted = true;

  for (uint32_t i = 1; i < column->n; i++)
    is_sorted = is_sorted && rows[i].row > rows[i - 1].row;
  if (is_sorted)
    return;

  for (uint32_t i = column->n / 2; i-- > 0;)
    sift_down (rows, i, column->n);
  for (uint32_t i = column->n - 1; i > 0; i--)
    {
      HsSnapshotWide last = rows[i];

      rows[i] = rows[0];
      rows[0] = last;
      sift_down (rows, 0, i);
    }
}

/* Copies one column. Returns: where the next begins */
static uint64_t
put_section (uint8_t           *target,
             HsSnapshotSection *section,
             uint64_t           offset,
             uint32_t           id,
             const void        *data,
             uint32_t           element_size,
             uint64_t           n)
{
  *section = (HsSnapshotSection) {
    .id = id,
    .element_size = element_size,
    .offset = offset,
    .size = n * element_size,
    .flags = HS_SECTION_REQUIRED,
  };
  memcpy (target + offset, data, section->size);

  return align (offset + section->size);
}

void
hs_snapshot_writer_finish (HsSnapshotWriter     *self,
                           const HsSnapshotInfo *info,
                           void                 *target,
                           const HsCopyFuncs    *funcs)
{
  HsSnapshotHeader  *header = target;
  HsSnapshotSection *table =
    (HsSnapshotSection *)(void *)((uint8_t *)target + sizeof (HsSnapshotHeader));
  HsSnapshotInfo whole_info = *info;
  uint64_t       offset = align (HEAD_SIZE);

  whole_info.base_address = self->base_address;
  if (self->n_late == 0)
    self->object_edges[self->n_objects] = self->n_edges;
  self->late_edges[self->n_late] = self->n_edges;
  self->object_fields[self->n_described] = self->n_fields;

  sort_wide (&self->wide_occupied);
  sort_wide (&self->wide_getsizeof);
  sort_wide (&self->wide_slack);

  memset (header, 0, sizeof *header);
  memcpy (header->magic, HS_SNAPSHOT_MAGIC, sizeof header->magic);
  header->major = HS_SNAPSHOT_MAJOR;
  header->minor = HS_SNAPSHOT_MINOR;
  header->header_size = sizeof *header;
  header->n_sections = N_SECTIONS;
  header->flags = self->is_cut ? HS_SNAPSHOT_CUT : 0;

  offset = put_section (target, &table[0], offset, HS_SECTION_INFO, &whole_info, sizeof whole_info, 1);
  for (size_t i = 0; i < N_COLUMNS; i++)
    {
      void    *start = *get_place (self, &columns[i]);
      uint64_t n = get_n_rows (self, columns[i].table, false);

      if (funcs != NULL)
        funcs->prepare ((uint8_t *)target + offset, n * columns[i].element_size);
      offset = put_section (target, &table[i + 1], offset, columns[i].id, start,
                            columns[i].element_size, n);
      if (funcs != NULL)
        funcs->release (start, n * columns[i].element_size);
    }
  header->total_size = offset;
}
