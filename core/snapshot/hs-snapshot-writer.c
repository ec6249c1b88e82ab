/* hs-snapshot-writer.c - fills the columns of a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-snapshot-writer.h"

#include <string.h>

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

/* Returns: 0 if it does not fit below @max */
static uint32_t
add_text (HsSnapshotWriter *self,
          uint64_t          max,
          const char       *text,
          size_t            size,
          const uint64_t   *hash)
{
  uint64_t offset = self->strings_size;
  size_t   hash_size = hash != NULL ? sizeof *hash : 0;

  /* The NUL behind the hash, too, so that the last byte of all is one. */
  if (offset >= max || size + hash_size + 1 >= max - offset)
    return 0;

  memcpy (self->strings + offset, text, size);
  self->strings[offset + size] = '\0';
  self->strings_size = offset + size + 1;
  if (hash != NULL)
    {
      memcpy (self->strings + self->strings_size, hash, sizeof *hash);
      self->strings_size += sizeof *hash;
      self->strings[self->strings_size++] = '\0';
    }

  return (uint32_t)offset;
}

uint32_t
hs_snapshot_writer_add_string (HsSnapshotWriter *self,
                               const char       *text,
                               size_t            size)
{
  uint32_t offset = size != 0 ? add_text (self, self->strings_max, text, size, NULL) : 0;

  if (offset == 0 && size != 0)
    self->is_cut = true;

  return offset;
}

uint32_t
hs_snapshot_writer_add_preview (HsSnapshotWriter *self,
                                const char       *text,
                                size_t            size,
                                const uint64_t   *hash)
{
  uint32_t offset = size != 0 ? add_text (self, self->previews_max, text, size, hash) : 0;

  if (offset == 0 && size != 0)
    self->lost_previews++;

  return offset;
}

uint32_t
hs_snapshot_writer_add_field_text (HsSnapshotWriter *self,
                                   const char       *text,
                                   size_t            size)
{
  uint32_t offset = size != 0 ? add_text (self, self->previews_max, text, size, NULL) : 0;

  if (offset == 0 && size != 0)
    self->is_fields_full = true;

  return offset;
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
    {
      self->is_fields_full = true;
      return false;
    }

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
