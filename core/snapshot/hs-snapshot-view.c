/* hs-snapshot-view.c - checks a snapshot once, from end to end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-view-private.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the columns of a snapshot are little-endian and are used in place"
#endif

/* What a column counts: all columns of one table have the same length. */
typedef enum
{
  TABLE_INFO,
  TABLE_STRINGS,
  TABLE_TYPES,
  TABLE_OBJECTS,
  TABLE_WIDE_ADDRESSES,
  TABLE_WIDE_TYPES,
  TABLE_WIDE_REFCOUNTS,
  TABLE_WIDE_OCCUPIED,
  TABLE_WIDE_GETSIZEOF,
  TABLE_WIDE_SLACKS,
  TABLE_WIDE_LENGTHS,
  TABLE_WIDE_BLOCK_ADDRESSES,
  TABLE_WIDE_BLOCK_OCCUPIED,
  TABLE_TRACED_OBJECTS,
  TABLE_BLOCKS,
  TABLE_TRACED_BLOCKS,
  TABLE_EDGES,
  TABLE_LATE,
  TABLE_DESCRIBED,
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
} Table;

/* The tables from here on came later: older snapshots have none of their columns. */
#define FIRST_LATER_TABLE TABLE_MEMORY

typedef struct
{
  uint32_t id;
  uint32_t element_size; /* bytes */
  Table    table;
  uint32_t n_extra; /* elements beyond the table's length */
  size_t   field;   /* of the pointer in HsSnapshotView; SIZE_MAX: none */
} Column;

#define COLUMN(id, member, table, n_extra)                                \
  {                                                                       \
    (id), sizeof (*((HsSnapshotView *)NULL)->member), (table), (n_extra), \
      offsetof (HsSnapshotView, member)                                   \
  }

static const Column columns[] = {
  { HS_SECTION_INFO, sizeof (HsSnapshotInfo), TABLE_INFO, 0, SIZE_MAX },
  COLUMN (HS_SECTION_STRINGS, strings, TABLE_STRINGS, 0),

  COLUMN (HS_SECTION_TYPE_NAME, type_name, TABLE_TYPES, 0),
  COLUMN (HS_SECTION_TYPE_MODULE, type_module, TABLE_TYPES, 0),
  COLUMN (HS_SECTION_TYPE_FAMILY, type_family, TABLE_TYPES, 0),
  COLUMN (HS_SECTION_TYPE_VALUE, type_value, TABLE_TYPES, 0),
  COLUMN (HS_SECTION_TYPE_PRESIZE, type_presize, TABLE_TYPES, 0),

  COLUMN (HS_SECTION_OBJECT_ADDRESS, object_address, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_TYPE, object_type, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_REFCOUNT, object_refcount, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_FLAGS, object_flags, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_VALUE, object_value, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_OCCUPIED, object_occupied, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_GETSIZEOF, object_getsizeof, TABLE_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_EDGES, object_edges, TABLE_OBJECTS, 1),

  COLUMN (HS_SECTION_WIDE_ADDRESS, wide_address, TABLE_WIDE_ADDRESSES, 0),
  COLUMN (HS_SECTION_WIDE_TYPE, wide_type, TABLE_WIDE_TYPES, 0),
  COLUMN (HS_SECTION_WIDE_REFCOUNT, wide_refcount, TABLE_WIDE_REFCOUNTS, 0),
  COLUMN (HS_SECTION_WIDE_OCCUPIED, wide_occupied, TABLE_WIDE_OCCUPIED, 0),
  COLUMN (HS_SECTION_WIDE_GETSIZEOF, wide_getsizeof, TABLE_WIDE_GETSIZEOF, 0),
  COLUMN (HS_SECTION_WIDE_SLACK, wide_slack, TABLE_WIDE_SLACKS, 0),
  COLUMN (HS_SECTION_WIDE_LENGTH, wide_length, TABLE_WIDE_LENGTHS, 0),
  COLUMN (HS_SECTION_WIDE_BLOCK_ADDRESS, wide_block_address, TABLE_WIDE_BLOCK_ADDRESSES, 0),
  COLUMN (HS_SECTION_WIDE_BLOCK_OCCUPIED, wide_block_occupied, TABLE_WIDE_BLOCK_OCCUPIED, 0),

  COLUMN (HS_SECTION_OBJECT_SLACK, object_slack, TABLE_TRACED_OBJECTS, 0),
  COLUMN (HS_SECTION_OBJECT_SITE, object_site, TABLE_TRACED_OBJECTS, 0),

  COLUMN (HS_SECTION_BLOCK_OBJECT, block_object, TABLE_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_ADDRESS, block_address, TABLE_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_OCCUPIED, block_occupied, TABLE_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_KIND, block_kind, TABLE_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_FLAGS, block_flags, TABLE_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_REQUESTED, block_requested, TABLE_TRACED_BLOCKS, 0),
  COLUMN (HS_SECTION_BLOCK_SITE, block_site, TABLE_TRACED_BLOCKS, 0),

  COLUMN (HS_SECTION_EDGE_TARGET, edge_target, TABLE_EDGES, 0),
  COLUMN (HS_SECTION_EDGE_KIND, edge_kind, TABLE_EDGES, 0),
  COLUMN (HS_SECTION_EDGE_LABEL, edge_label, TABLE_EDGES, 0),

  COLUMN (HS_SECTION_LATE_OBJECT, late_object, TABLE_LATE, 0),
  COLUMN (HS_SECTION_LATE_EDGES, late_edges, TABLE_LATE, 1),

  COLUMN (HS_SECTION_OBJECT_FIELDS, object_fields, TABLE_DESCRIBED, 1),
  COLUMN (HS_SECTION_FIELD_BLOCK, field_block, TABLE_FIELDS, 0),
  COLUMN (HS_SECTION_FIELD_OFFSET, field_offset, TABLE_FIELDS, 0),
  COLUMN (HS_SECTION_FIELD_SIZE, field_size, TABLE_FIELDS, 0),
  COLUMN (HS_SECTION_FIELD_NAME, field_name, TABLE_FIELDS, 0),
  COLUMN (HS_SECTION_FIELD_KIND, field_kind, TABLE_FIELDS, 0),
  COLUMN (HS_SECTION_FIELD_VALUE, field_value, TABLE_FIELDS, 0),

  COLUMN (HS_SECTION_SITE_FILE, site_file, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_FUNCTION, site_function, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_LINE, site_line, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_TOTAL_BYTES, site_total_bytes, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_TOTAL_BLOCKS, site_total_blocks, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_LIVE_BYTES, site_live_bytes, TABLE_SITES, 0),
  COLUMN (HS_SECTION_SITE_LIVE_BLOCKS, site_live_blocks, TABLE_SITES, 0),

  COLUMN (HS_SECTION_SCOPE_NAME, scope_name, TABLE_SCOPES, 0),
  COLUMN (HS_SECTION_SCOPE_FILE, scope_file, TABLE_SCOPES, 0),
  COLUMN (HS_SECTION_SCOPE_LINE, scope_line, TABLE_SCOPES, 0),
  COLUMN (HS_SECTION_SCOPE_KIND, scope_kind, TABLE_SCOPES, 0),

  COLUMN (HS_SECTION_NAME_SCOPE, name_scope, TABLE_NAMES, 0),
  COLUMN (HS_SECTION_NAME_LABEL, name_label, TABLE_NAMES, 0),
  COLUMN (HS_SECTION_NAME_OBJECT, name_object, TABLE_NAMES, 0),

  COLUMN (HS_SECTION_CODE_NAME, code_name, TABLE_CODES, 0),
  COLUMN (HS_SECTION_CODE_LINE, code_line, TABLE_CODES, 0),

  COLUMN (HS_SECTION_CONSTANT_CODE, constant_code, TABLE_CONSTANTS, 0),
  COLUMN (HS_SECTION_CONSTANT_OBJECT, constant_object, TABLE_CONSTANTS, 0),
  COLUMN (HS_SECTION_CONSTANT_KIND, constant_kind, TABLE_CONSTANTS, 0),

  { HS_SECTION_MEMORY, sizeof (HsSnapshotMemory), TABLE_MEMORY, 0, SIZE_MAX },
  COLUMN (HS_SECTION_ARENA_ADDRESS, arena_address, TABLE_ARENAS, 0),
  COLUMN (HS_SECTION_POOL_STATE, pool_state, TABLE_POOLS, 0),
  COLUMN (HS_SECTION_POOL_BLOCK_SIZE, pool_block_size, TABLE_POOLS, 0),
  COLUMN (HS_SECTION_POOL_USED, pool_used, TABLE_POOLS, 0),
  COLUMN (HS_SECTION_POOL_TOUCHED, pool_touched, TABLE_POOLS, 0),
  COLUMN (HS_SECTION_POOL_MAP, pool_map, TABLE_POOLS, 0),
  COLUMN (HS_SECTION_POOL_BASELINE, pool_baseline, TABLE_TRACED_POOLS, 0),
  COLUMN (HS_SECTION_MAP_USED, map_used, TABLE_MAP_WORDS, 0),
  COLUMN (HS_SECTION_MAP_BASELINE, map_baseline, TABLE_TRACED_MAP_WORDS, 0),
};

#define N_COLUMNS (sizeof columns / sizeof columns[0])

/* What the table of sections says, before anything in the columns is looked at. */
typedef struct
{
  const uint8_t *start[N_COLUMNS]; /* NULL until the section was met */
  uint64_t       length[N_TABLES]; /* elements, n_extra taken off */
} Sections;

static size_t
find_column (uint32_t id)
{
  size_t i;

  for (i = 0; i < N_COLUMNS; i++)
    if (columns[i].id == id)
      break;

  return i;
}

static HsSnapshotStatus
check_header (const HsSnapshotHeader *header,
              size_t                  size)
{
  if (size < sizeof header->magic ||
      memcmp (header->magic, HS_SNAPSHOT_MAGIC, sizeof header->magic) != 0)
    return HS_SNAPSHOT_STATUS_BAD_MAGIC;

  if (size < sizeof *header)
    return HS_SNAPSHOT_STATUS_TRUNCATED;

  /* A newer minor version may hold enum values that are unknown here, and the
   * view promises that there are none.
   */
  if (header->major != HS_SNAPSHOT_MAJOR || header->minor > HS_SNAPSHOT_MINOR)
    return HS_SNAPSHOT_STATUS_BAD_VERSION;

  if (header->total_size > size)
    return HS_SNAPSHOT_STATUS_TRUNCATED;

  if (header->header_size < sizeof *header || header->header_size % 8 != 0 ||
      header->header_size > HS_HEADER_SIZE_MAX || header->n_sections > HS_N_SECTIONS_MAX ||
      header->header_size > header->total_size ||
      header->n_sections > (header->total_size - header->header_size) / sizeof (HsSnapshotSection))
    return HS_SNAPSHOT_STATUS_CORRUPT;

  return HS_SNAPSHOT_STATUS_OK;
}

/* Puts one known section into @sections. @first is where columns may begin. */
static bool
take_section (Sections                *sections,
              const HsSnapshotHeader  *header,
              const HsSnapshotSection *section,
              uint64_t                 first,
              size_t                   which)
{
  const Column *column = &columns[which];
  uint64_t      n;

  if (sections->start[which] != NULL || section->element_size != column->element_size)
    return false;

  if (section->offset % HS_SECTION_ALIGNMENT != 0 || section->offset < first ||
      section->size % column->element_size != 0)
    return false;

  n = section->size / column->element_size;
  if (n < column->n_extra)
    return false;

  n -= column->n_extra;
  if (sections->length[column->table] == UINT64_MAX)
    sections->length[column->table] = n;
  else if (sections->length[column->table] != n)
    return false;

  sections->start[which] = (const uint8_t *)header + section->offset;

  return true;
}

/* Whether nothing is missing. What an older snapshot cannot have becomes a table of
 * no rows.
 */
static bool
fill_later_tables (Sections               *sections,
                   const HsSnapshotHeader *header)
{
  for (size_t i = 0; i < N_TABLES; i++)
    if (i >= FIRST_LATER_TABLE && header->minor == 0 && sections->length[i] == UINT64_MAX)
      sections->length[i] = 0;

  for (size_t i = 0; i < N_COLUMNS; i++)
    if (sections->start[i] == NULL)
      {
        if (columns[i].table < FIRST_LATER_TABLE || sections->length[columns[i].table] != 0)
          return false;
        sections->start[i] = (const uint8_t *)header;
      }

  return true;
}

static HsSnapshotStatus
collect_sections (Sections               *sections,
                  const HsSnapshotHeader *header)
{
  const uint8_t *base = (const uint8_t *)header;
  uint64_t       first;
  uint64_t       left = header->total_size;

  memset (sections, 0, sizeof *sections);
  for (size_t i = 0; i < N_TABLES; i++)
    sections->length[i] = UINT64_MAX;

  first = header->header_size + (uint64_t)header->n_sections * sizeof (HsSnapshotSection);

  for (uint32_t i = 0; i < header->n_sections; i++)
    {
      HsSnapshotSection section;
      size_t            which;

      memcpy (&section, base + header->header_size + (uint64_t)i * sizeof section, sizeof section);
      which = find_column (section.id);

      /* Of unknown ones as well, because they are copied when the snapshot is saved. As sections
       * do not overlap, they are together no larger than the whole.
       */
      if (section.offset > header->total_size ||
          section.size > header->total_size - section.offset || section.size > left)
        return HS_SNAPSHOT_STATUS_CORRUPT;
      left -= section.size;

      if (which < N_COLUMNS)
        {
          if (!take_section (sections, header, &section, first, which))
            return HS_SNAPSHOT_STATUS_CORRUPT;
        }
      else if ((section.flags & HS_SECTION_REQUIRED) != 0)
        return HS_SNAPSHOT_STATUS_BAD_VERSION;
    }

  if (!fill_later_tables (sections, header))
    return HS_SNAPSHOT_STATUS_CORRUPT;

  /* Indices are 32 bits, and UINT32_MAX stands for "none" in readers. */
  for (size_t i = 0; i < N_TABLES; i++)
    if (sections->length[i] >= UINT32_MAX)
      return HS_SNAPSHOT_STATUS_CORRUPT;

  if (sections->length[TABLE_INFO] != 1 || sections->length[TABLE_MEMORY] > 1)
    return HS_SNAPSHOT_STATUS_CORRUPT;

  return HS_SNAPSHOT_STATUS_OK;
}

static void
fill_view (HsSnapshotView         *view,
           const Sections         *sections,
           const HsSnapshotHeader *header)
{
  for (size_t i = 0; i < N_COLUMNS; i++)
    if (columns[i].field != SIZE_MAX)
      memcpy ((uint8_t *)view + columns[i].field, &sections->start[i], sizeof (void *));

  memcpy (&view->info, sections->start[find_column (HS_SECTION_INFO)], sizeof view->info);
  view->flags = header->flags;
  view->strings_size = sections->length[TABLE_STRINGS];
  view->n_types = (uint32_t)sections->length[TABLE_TYPES];
  view->n_objects = (uint32_t)sections->length[TABLE_OBJECTS];
  view->n_wide_addresses = (uint32_t)sections->length[TABLE_WIDE_ADDRESSES];
  view->n_wide_types = (uint32_t)sections->length[TABLE_WIDE_TYPES];
  view->n_wide_refcounts = (uint32_t)sections->length[TABLE_WIDE_REFCOUNTS];
  view->n_wide_occupied = (uint32_t)sections->length[TABLE_WIDE_OCCUPIED];
  view->n_wide_getsizeof = (uint32_t)sections->length[TABLE_WIDE_GETSIZEOF];
  view->n_wide_slacks = (uint32_t)sections->length[TABLE_WIDE_SLACKS];
  view->n_wide_lengths = (uint32_t)sections->length[TABLE_WIDE_LENGTHS];
  view->n_wide_block_addresses = (uint32_t)sections->length[TABLE_WIDE_BLOCK_ADDRESSES];
  view->n_wide_block_occupied = (uint32_t)sections->length[TABLE_WIDE_BLOCK_OCCUPIED];
  view->n_traced_objects = (uint32_t)sections->length[TABLE_TRACED_OBJECTS];
  view->n_blocks = (uint32_t)sections->length[TABLE_BLOCKS];
  view->n_traced_blocks = (uint32_t)sections->length[TABLE_TRACED_BLOCKS];
  view->n_edges = (uint32_t)sections->length[TABLE_EDGES];
  view->n_late = (uint32_t)sections->length[TABLE_LATE];
  view->n_described = (uint32_t)sections->length[TABLE_DESCRIBED];
  view->n_fields = (uint32_t)sections->length[TABLE_FIELDS];
  view->n_sites = (uint32_t)sections->length[TABLE_SITES];
  view->n_scopes = (uint32_t)sections->length[TABLE_SCOPES];
  view->n_names = (uint32_t)sections->length[TABLE_NAMES];
  view->n_codes = (uint32_t)sections->length[TABLE_CODES];
  view->n_constants = (uint32_t)sections->length[TABLE_CONSTANTS];

  if (sections->length[TABLE_MEMORY] != 0)
    memcpy (&view->memory, sections->start[find_column (HS_SECTION_MEMORY)], sizeof view->memory);
  view->n_arenas = (uint32_t)sections->length[TABLE_ARENAS];
  view->n_pools = (uint32_t)sections->length[TABLE_POOLS];
  view->n_traced_pools = (uint32_t)sections->length[TABLE_TRACED_POOLS];
  view->n_map_words = (uint32_t)sections->length[TABLE_MAP_WORDS];
  view->n_traced_map_words = (uint32_t)sections->length[TABLE_TRACED_MAP_WORDS];
}

/* The loops have no early exit so that compilers make vector code of them. */
static bool
all_below_u32 (const uint32_t *column,
               uint32_t        n,
               uint64_t        limit)
{
  uint32_t highest = 0;

  for (uint32_t i = 0; i < n; i++)
    highest = column[i] > highest ? column[i] : highest;

  return n == 0 || highest < limit;
}

static bool
all_below_u8 (const uint8_t *column,
              uint32_t       n,
              uint32_t       limit)
{
  uint8_t highest = 0;

  for (uint32_t i = 0; i < n; i++)
    highest = column[i] > highest ? column[i] : highest;

  return n == 0 || highest < limit;
}

static bool
is_ascending (const uint32_t *column,
              uint32_t        n)
{
  uint32_t n_descents = 0;

  for (uint32_t i = 1; i < n; i++)
    n_descents += column[i] < column[i - 1];

  return n_descents == 0;
}

/* Whether @column, with one element more than there are objects, divides
 * @n_items into one range for each object.
 */
static bool
divides (const uint32_t *column,
         uint32_t        n_objects,
         uint32_t        n_items)
{
  return column[0] == 0 && column[n_objects] == n_items && is_ascending (column, n_objects + 1);
}

static bool
edge_labels_fit (const HsSnapshotView *view)
{
  uint32_t n_wrong = 0;

  for (uint32_t i = 0; i < view->n_edges; i++)
    n_wrong += !hs_edge_kind_has_position (view->edge_kind[i]) &&
               view->edge_label[i] >= view->strings_size;

  return n_wrong == 0;
}

/* The rows of a table of wide values ascend, so that each has one value. */
static bool
wide_fits (const HsSnapshotWide *wide,
           uint32_t              n,
           uint32_t              n_rows)
{
  uint32_t n_wrong = 0;

  for (uint32_t i = 1; i < n; i++)
    n_wrong += wide[i].row <= wide[i - 1].row;

  return n_wrong == 0 && (n == 0 || wide[n - 1].row < n_rows);
}

/* Whether a table of wide values holds one for each mark of the narrow column,
 * and none besides.
 */
#define NARROW_FITS(view, column, mark, wide, n_wide, n_rows)                                \
  narrow_fits ((view)->column, sizeof *(view)->column, (mark), (view)->wide, (view)->n_wide, \
               (n_rows))

static inline uint32_t
get_narrow (const void *column,
            size_t      element_size,
            uint32_t    i)
{
  switch (element_size)
    {
    case 1:
      return ((const uint8_t *)column)[i];

    case 2:
      return ((const uint16_t *)column)[i];

    default:
      return ((const uint32_t *)column)[i];
    }
}

static inline bool
narrow_fits (const void           *column,
             size_t                element_size,
             uint32_t              mark,
             const HsSnapshotWide *wide,
             uint32_t              n_wide,
             uint32_t              n_rows)
{
  uint32_t n_marks = 0;
  uint32_t n_marked = 0;

  if (!wide_fits (wide, n_wide, n_rows))
    return false;

  for (uint32_t i = 0; i < n_rows; i++)
    n_marks += get_narrow (column, element_size, i) == mark;
  for (uint32_t i = 0; i < n_wide; i++)
    n_marked += get_narrow (column, element_size, wide[i].row) == mark;

  return n_marks == n_wide && n_marked == n_wide;
}

static bool
types_fit (const HsSnapshotView *view)
{
  uint32_t n_wrong = 0;

  for (uint32_t i = 0; i < view->n_objects; i++)
    n_wrong += view->object_type[i] != HS_NARROW_U16 && view->object_type[i] >= view->n_types;
  for (uint32_t i = 0; i < view->n_wide_types; i++)
    n_wrong += view->wide_type[i].value >= view->n_types;

  return n_wrong == 0;
}

/* After types_fit(). */
static bool
values_fit (const HsSnapshotView *view)
{
  uint32_t n_wrong = 0;

  for (uint32_t i = 0; i < view->n_objects; i++)
    {
      uint64_t value = view->object_value[i];
      uint8_t  kind = view->type_value[hs_snapshot_view_get_type (view, i)];

      n_wrong += kind == HS_VALUE_TEXT && (value & UINT32_MAX) >= view->strings_size;
      n_wrong += kind == HS_VALUE_INT && (value & 1) != 0 && value >> 1 >= view->strings_size;
    }

  return n_wrong == 0;
}

static bool
is_strictly_ascending (const uint32_t *column,
                       uint32_t        n)
{
  uint32_t n_wrong = 0;

  for (uint32_t i = 1; i < n; i++)
    n_wrong += column[i] <= column[i - 1];

  return n_wrong == 0;
}

/* Whether every edge has one object, the late ones a late one. */
static bool
edges_are_divided (const HsSnapshotView *view)
{
  return view->object_edges[0] == 0 && is_ascending (view->object_edges, view->n_objects + 1) &&
         view->late_edges[0] == view->object_edges[view->n_objects] &&
         view->late_edges[view->n_late] == view->n_edges &&
         is_ascending (view->late_edges, view->n_late + 1) &&
         is_strictly_ascending (view->late_object, view->n_late) &&
         all_below_u32 (view->late_object, view->n_late, view->n_objects);
}

static bool
check_objects (const HsSnapshotView *view)
{
  uint32_t n = view->n_objects;

  return view->info.n_reached <= n &&
         NARROW_FITS (view, object_address, HS_NARROW_U32, wide_address, n_wide_addresses, n) &&
         NARROW_FITS (view, object_type, HS_NARROW_U16, wide_type, n_wide_types, n) &&
         NARROW_FITS (view, object_refcount, HS_NARROW_U8, wide_refcount, n_wide_refcounts, n) &&
         NARROW_FITS (view, object_occupied, HS_NARROW_U16, wide_occupied, n_wide_occupied, n) &&
         NARROW_FITS (view, object_getsizeof, HS_NARROW_U16, wide_getsizeof, n_wide_getsizeof,
                      n) &&
         NARROW_FITS (view, object_slack, HS_NARROW_U8, wide_slack, n_wide_slacks,
                      view->n_traced_objects) &&
         wide_fits (view->wide_length, view->n_wide_lengths, n) && types_fit (view) &&
         values_fit (view) && edges_are_divided (view);
}

static bool
check_ledger (const HsSnapshotView *view)
{
  return (view->n_traced_objects == 0 || view->n_traced_objects == view->n_objects) &&
         (view->n_traced_blocks == 0 || view->n_traced_blocks == view->n_blocks) &&
         all_below_u32 (view->object_site, view->n_traced_objects, view->n_sites) &&
         all_below_u32 (view->block_site, view->n_traced_blocks, view->n_sites) &&
         all_below_u32 (view->site_file, view->n_sites, view->strings_size) &&
         all_below_u32 (view->site_function, view->n_sites, view->strings_size);
}

/* Whether each field lies in a block that its object has. After check_blocks(). */
static bool
field_blocks_fit (const HsSnapshotView *view)
{
  uint32_t block = 0;
  uint32_t n_wrong = 0;

  for (uint32_t object = 0; object < view->n_described; object++)
    {
      uint32_t n = 0;

      while (block < view->n_blocks && view->block_object[block] < object)
        block++;
      while (block + n < view->n_blocks && view->block_object[block + n] == object)
        n++;
      for (uint32_t i = view->object_fields[object]; i < view->object_fields[object + 1]; i++)
        n_wrong += view->field_block[i] > n;
      block += n;
    }

  return n_wrong == 0;
}

static bool
check_fields (const HsSnapshotView *view)
{
  uint32_t n_wrong = 0;

  if (view->n_described > view->n_objects ||
      !divides (view->object_fields, view->n_described, view->n_fields) ||
      !all_below_u32 (view->field_name, view->n_fields, view->strings_size) ||
      !all_below_u8 (view->field_kind, view->n_fields, HS_N_FIELD_KINDS))
    return false;

  for (uint32_t i = 0; i < view->n_fields; i++)
    n_wrong +=
      view->field_kind[i] == HS_FIELD_TEXT && view->field_value[i] >= view->strings_size;

  return n_wrong == 0 && field_blocks_fit (view);
}

static bool
check_blocks (const HsSnapshotView *view)
{
  return all_below_u32 (view->block_object, view->n_blocks, view->n_objects) &&
         is_ascending (view->block_object, view->n_blocks) &&
         NARROW_FITS (view, block_address, HS_NARROW_U32, wide_block_address,
                      n_wide_block_addresses, view->n_blocks) &&
         NARROW_FITS (view, block_occupied, HS_NARROW_U16, wide_block_occupied,
                      n_wide_block_occupied, view->n_blocks) &&
         all_below_u8 (view->block_kind, view->n_blocks, HS_N_BLOCK_KINDS);
}

static bool
check_columns (const HsSnapshotView *view)
{
  uint64_t strings_size = view->strings_size;

  if (strings_size == 0 || view->strings[0] != '\0' || view->strings[strings_size - 1] != '\0')
    return false;

  return all_below_u32 (view->type_name, view->n_types, strings_size) &&
         all_below_u32 (view->type_module, view->n_types, strings_size) &&
         all_below_u8 (view->type_family, view->n_types, HS_N_FAMILIES) &&
         all_below_u8 (view->type_value, view->n_types, HS_N_VALUE_KINDS) &&

         check_objects (view) && check_blocks (view) && check_ledger (view) &&
         check_fields (view) &&

         all_below_u32 (view->edge_target, view->n_edges, view->n_objects) &&
         all_below_u8 (view->edge_kind, view->n_edges, HS_N_EDGE_KINDS) &&
         edge_labels_fit (view) &&

         all_below_u32 (view->scope_name, view->n_scopes, strings_size) &&
         all_below_u32 (view->scope_file, view->n_scopes, strings_size) &&
         all_below_u8 (view->scope_kind, view->n_scopes, HS_N_SCOPE_KINDS) &&

         all_below_u32 (view->name_scope, view->n_names, view->n_scopes) &&
         is_ascending (view->name_scope, view->n_names) &&
         all_below_u32 (view->name_label, view->n_names, strings_size) &&
         all_below_u32 (view->name_object, view->n_names, view->n_objects) &&

         all_below_u32 (view->code_name, view->n_codes, strings_size) &&
         all_below_u32 (view->constant_code, view->n_constants, view->n_codes) &&
         is_ascending (view->constant_code, view->n_constants) &&
         all_below_u32 (view->constant_object, view->n_constants, view->n_objects) &&
         all_below_u8 (view->constant_kind, view->n_constants, HS_N_CONSTANT_KINDS) &&

         _hs_snapshot_view_check_pools (view);
}

HsSnapshotStatus
hs_snapshot_view_init (HsSnapshotView *view,
                       const void     *data,
                       size_t          size)
{
  const HsSnapshotHeader *header = data;
  Sections                sections;
  HsSnapshotStatus        status;

  memset (view, 0, sizeof *view);

  if ((uintptr_t)data % 8 != 0)
    return HS_SNAPSHOT_STATUS_CORRUPT;

  status = check_header (header, size);
  if (status != HS_SNAPSHOT_STATUS_OK)
    return status;

  status = collect_sections (&sections, header);
  if (status != HS_SNAPSHOT_STATUS_OK)
    return status;

  fill_view (view, &sections, header);
  if (!check_columns (view))
    {
      memset (view, 0, sizeof *view);
      return HS_SNAPSHOT_STATUS_CORRUPT;
    }

  return HS_SNAPSHOT_STATUS_OK;
}

const char *
hs_snapshot_status_to_string (HsSnapshotStatus status)
{
  switch (status)
    {
    case HS_SNAPSHOT_STATUS_OK:
      return "a valid snapshot";

    case HS_SNAPSHOT_STATUS_TRUNCATED:
      return "the snapshot is shorter than it says";

    case HS_SNAPSHOT_STATUS_BAD_MAGIC:
      return "not a snapshot";

    case HS_SNAPSHOT_STATUS_BAD_VERSION:
      return "the snapshot was made by a newer release";

    case HS_SNAPSHOT_STATUS_CORRUPT:
      return "the snapshot contradicts itself";
    }

  return "unknown status";
}
