/* hs-snapshot-writer.c - fills the columns of a snapshot in place
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

#define N_COLUMNS 27

/* Header and table. */
#define HEAD_SIZE PAGE_SIZE
static_assert (sizeof (HsSnapshotHeader) + N_COLUMNS * sizeof (HsSnapshotSection) <= HEAD_SIZE,
               "the table of sections is larger than its place");

/* Moving memory together costs about a millisecond per MiB, most of it for the
 * pages that are touched first; a large snapshot stays as sparse as it is.
 */
#define COMPACT_MAX (UINT64_C (4) << 20)

/* What a row of each table takes in all its columns, bytes. */
#define TYPE_ROW   (4 + 4 + 1)
#define OBJECT_ROW (8 + 4 + 4 + 4 + 4 + 8 + 4 + 4)
#define BLOCK_ROW  (8 + 8 + 1 + 1)
#define EDGE_ROW   (4 + 1 + 4)
#define SCOPE_ROW  (4 + 4 + 4 + 1)
#define NAME_ROW   (4 + 4 + 4)

/* How the area is divided, in hundredths. Sparse, so that generosity is free;
 * the relations are those of heaps of small objects, with room for one large
 * list.
 */
#define TYPE_SHARE   2
#define OBJECT_SHARE 25
#define BLOCK_SHARE  13
#define EDGE_SHARE   38
#define STRING_SHARE 18
#define SCOPE_SHARE  1
#define NAME_SHARE   2

typedef struct
{
  uint32_t id;
  uint32_t element_size;
  void    *start;
  uint64_t n;
} Column;

static uint32_t
get_room (uint64_t size,
          uint32_t share,
          uint32_t row_size)
{
  uint64_t n = size / 100 * share / row_size;

  return n < INT32_MAX ? (uint32_t)n : INT32_MAX;
}

/* Takes the next place for @n elements. */
static void *
place (uint8_t **at,
       uint64_t  n,
       size_t    element_size)
{
  uint8_t *start = *at;

  *at += (n * element_size + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;

  return start;
}

static void
set_rooms (HsSnapshotWriter *self)
{
  /* What rounding each column up to a page may take, and the head. */
  uint64_t size = self->size - (N_COLUMNS + 1) * PAGE_SIZE - HEAD_SIZE;

  self->n_types_max = get_room (size, TYPE_SHARE, TYPE_ROW);
  /* One more element for the ends of the last ranges. */
  self->n_objects_max = get_room (size, OBJECT_SHARE, OBJECT_ROW) - 1;
  self->n_blocks_max = get_room (size, BLOCK_SHARE, BLOCK_ROW);
  self->n_edges_max = get_room (size, EDGE_SHARE, EDGE_ROW);
  self->n_scopes_max = get_room (size, SCOPE_SHARE, SCOPE_ROW);
  self->n_names_max = get_room (size, NAME_SHARE, NAME_ROW);
  self->strings_max = get_room (size, STRING_SHARE, 1);
}

void
hs_snapshot_writer_init (HsSnapshotWriter *self,
                         void             *area,
                         uint64_t          size)
{
  uint8_t *at = (uint8_t *)area + HEAD_SIZE;

  memset (self, 0, sizeof *self);
  self->base = area;
  self->size = size;
  set_rooms (self);

  /* In the order in which finish() lists them. */
  self->strings = place (&at, self->strings_max, 1);
  self->type_name = place (&at, self->n_types_max, 4);
  self->type_module = place (&at, self->n_types_max, 4);
  self->type_family = place (&at, self->n_types_max, 1);
  self->object_address = place (&at, self->n_objects_max, 8);
  self->object_type = place (&at, self->n_objects_max, 4);
  self->object_refcount = place (&at, self->n_objects_max, 4);
  self->object_flags = place (&at, self->n_objects_max, 4);
  self->object_preview = place (&at, self->n_objects_max, 4);
  self->object_length = place (&at, self->n_objects_max, 8);
  self->object_blocks = place (&at, self->n_objects_max + UINT64_C (1), 4);
  self->object_edges = place (&at, self->n_objects_max + UINT64_C (1), 4);
  self->block_address = place (&at, self->n_blocks_max, 8);
  self->block_occupied = place (&at, self->n_blocks_max, 8);
  self->block_kind = place (&at, self->n_blocks_max, 1);
  self->block_flags = place (&at, self->n_blocks_max, 1);
  self->edge_target = place (&at, self->n_edges_max, 4);
  self->edge_kind = place (&at, self->n_edges_max, 1);
  self->edge_label = place (&at, self->n_edges_max, 4);
  self->scope_name = place (&at, self->n_scopes_max, 4);
  self->scope_file = place (&at, self->n_scopes_max, 4);
  self->scope_line = place (&at, self->n_scopes_max, 4);
  self->scope_kind = place (&at, self->n_scopes_max, 1);
  self->name_scope = place (&at, self->n_names_max, 4);
  self->name_label = place (&at, self->n_names_max, 4);
  self->name_object = place (&at, self->n_names_max, 4);

  self->strings[0] = '\0';
  self->strings_size = 1;
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

uint32_t
hs_snapshot_writer_add_string (HsSnapshotWriter *self,
                               const char       *text,
                               size_t            size)
{
  uint64_t offset = self->strings_size;

  if (size == 0)
    return 0;
  if (size >= self->strings_max - offset)
    {
      self->is_cut = true;
      return 0;
    }

  memcpy (self->strings + offset, text, size);
  self->strings[offset + size] = '\0';
  self->strings_size = offset + size + 1;

  return (uint32_t)offset;
}

uint32_t
hs_snapshot_writer_add_type (HsSnapshotWriter *self,
                             uint32_t          module,
                             uint32_t          name,
                             HsFamily          family)
{
  uint32_t i = self->n_types;

  if (!has_room (self, i, self->n_types_max))
    return UINT32_MAX;

  self->type_module[i] = module;
  self->type_name[i] = name;
  self->type_family[i] = (uint8_t)family;
  self->n_types++;

  return i;
}

uint32_t
hs_snapshot_writer_add_object (HsSnapshotWriter *self,
                               uint64_t          address,
                               uint32_t          type)
{
  uint32_t i = self->n_objects;

  if (!has_room (self, i, self->n_objects_max))
    return UINT32_MAX;

  self->object_address[i] = address;
  self->object_type[i] = type;
  self->object_length[i] = HS_LENGTH_NONE;
  self->n_objects++;

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

void
hs_snapshot_writer_begin_object (HsSnapshotWriter *self)
{
  self->object_blocks[self->n_begun] = self->n_blocks;
  self->object_edges[self->n_begun] = self->n_edges;
  self->n_begun++;
}

bool
hs_snapshot_writer_add_block (HsSnapshotWriter *self,
                              HsBlockKind       kind,
                              uint64_t          address,
                              uint64_t          occupied,
                              uint8_t           flags)
{
  uint32_t i = self->n_blocks;

  if (!has_room (self, i, self->n_blocks_max))
    return false;

  self->block_kind[i] = (uint8_t)kind;
  self->block_address[i] = address;
  self->block_occupied[i] = occupied;
  self->block_flags[i] = flags;
  self->n_blocks++;

  return true;
}

bool
hs_snapshot_writer_add_edge (HsSnapshotWriter *self,
                             HsEdgeKind        kind,
                             uint32_t          label,
                             uint32_t          target)
{
  uint32_t i = self->n_edges;

  if (!has_room (self, i, self->n_edges_max))
    return false;

  self->edge_kind[i] = (uint8_t)kind;
  self->edge_label[i] = label;
  self->edge_target[i] = target;
  self->n_edges++;

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

static uint64_t
align (uint64_t offset)
{
  return (offset + HS_SECTION_ALIGNMENT - 1) / HS_SECTION_ALIGNMENT * HS_SECTION_ALIGNMENT;
}

/* Writes the table. Columns are in the order of their places, so that moving
 * one towards the front never overwrites one that is still to be moved.
 * Returns: the size of all
 */
static uint64_t
write_table (HsSnapshotWriter *self,
             const Column     *columns)
{
  HsSnapshotSection *table = (HsSnapshotSection *)(void *)(self->base + sizeof (HsSnapshotHeader));
  uint64_t           sum = HEAD_SIZE;
  uint64_t           end = HEAD_SIZE;
  bool               is_compact;

  for (int i = 0; i < N_COLUMNS; i++)
    sum += align (columns[i].n * columns[i].element_size);
  is_compact = sum <= COMPACT_MAX;

  for (int i = 0; i < N_COLUMNS; i++)
    {
      const Column *column = &columns[i];
      uint64_t      size = column->n * column->element_size;
      uint64_t      offset = (uint64_t)((uint8_t *)column->start - self->base);

      if (is_compact && offset > align (end))
        {
          offset = align (end);
          memmove (self->base + offset, column->start, size);
        }

      table[i] = (HsSnapshotSection) {
        .id = column->id,
        .element_size = column->element_size,
        .offset = offset,
        .size = size,
        .flags = HS_SECTION_REQUIRED,
      };
      if (offset + size > end)
        end = offset + size;
    }

  return end;
}

uint64_t
hs_snapshot_writer_finish (HsSnapshotWriter     *self,
                           const HsSnapshotInfo *info)
{
  HsSnapshotHeader *header = (HsSnapshotHeader *)(void *)self->base;
  /* Behind the table, in the page of the head. */
  HsSnapshotInfo *info_place =
    (HsSnapshotInfo *)(void *)(self->base + HEAD_SIZE - sizeof (HsSnapshotInfo));
  uint64_t n_ends = self->n_objects + UINT64_C (1);

  self->object_blocks[self->n_objects] = self->n_blocks;
  self->object_edges[self->n_objects] = self->n_edges;
  *info_place = *info;

  {
    const Column columns[N_COLUMNS] = {
      { HS_SECTION_INFO, sizeof *info, info_place, 1 },
      { HS_SECTION_STRINGS, 1, self->strings, self->strings_size },
      { HS_SECTION_TYPE_NAME, 4, self->type_name, self->n_types },
      { HS_SECTION_TYPE_MODULE, 4, self->type_module, self->n_types },
      { HS_SECTION_TYPE_FAMILY, 1, self->type_family, self->n_types },
      { HS_SECTION_OBJECT_ADDRESS, 8, self->object_address, self->n_objects },
      { HS_SECTION_OBJECT_TYPE, 4, self->object_type, self->n_objects },
      { HS_SECTION_OBJECT_REFCOUNT, 4, self->object_refcount, self->n_objects },
      { HS_SECTION_OBJECT_FLAGS, 4, self->object_flags, self->n_objects },
      { HS_SECTION_OBJECT_PREVIEW, 4, self->object_preview, self->n_objects },
      { HS_SECTION_OBJECT_LENGTH, 8, self->object_length, self->n_objects },
      { HS_SECTION_OBJECT_BLOCKS, 4, self->object_blocks, n_ends },
      { HS_SECTION_OBJECT_EDGES, 4, self->object_edges, n_ends },
      { HS_SECTION_BLOCK_ADDRESS, 8, self->block_address, self->n_blocks },
      { HS_SECTION_BLOCK_OCCUPIED, 8, self->block_occupied, self->n_blocks },
      { HS_SECTION_BLOCK_KIND, 1, self->block_kind, self->n_blocks },
      { HS_SECTION_BLOCK_FLAGS, 1, self->block_flags, self->n_blocks },
      { HS_SECTION_EDGE_TARGET, 4, self->edge_target, self->n_edges },
      { HS_SECTION_EDGE_KIND, 1, self->edge_kind, self->n_edges },
      { HS_SECTION_EDGE_LABEL, 4, self->edge_label, self->n_edges },
      { HS_SECTION_SCOPE_NAME, 4, self->scope_name, self->n_scopes },
      { HS_SECTION_SCOPE_FILE, 4, self->scope_file, self->n_scopes },
      { HS_SECTION_SCOPE_LINE, 4, self->scope_line, self->n_scopes },
      { HS_SECTION_SCOPE_KIND, 1, self->scope_kind, self->n_scopes },
      { HS_SECTION_NAME_SCOPE, 4, self->name_scope, self->n_names },
      { HS_SECTION_NAME_LABEL, 4, self->name_label, self->n_names },
      { HS_SECTION_NAME_OBJECT, 4, self->name_object, self->n_names },
    };

    memcpy (header->magic, HS_SNAPSHOT_MAGIC, sizeof header->magic);
    header->major = HS_SNAPSHOT_MAJOR;
    header->minor = HS_SNAPSHOT_MINOR;
    header->header_size = sizeof *header;
    header->n_sections = N_COLUMNS;
    header->flags = self->is_cut ? HS_SNAPSHOT_CUT : 0;
    header->total_size = write_table (self, columns);
  }

  return header->total_size;
}
