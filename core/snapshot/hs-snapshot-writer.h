/* hs-snapshot-writer.h - fills the columns of a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-snapshot-format.h"

/* A table of the values that a narrow column has no room for. */
typedef struct
{
  HsSnapshotWide *rows;
  uint32_t        n;
  uint32_t        n_max;
} HsWideColumn;

/* Columns in one large, sparse, zeroed area that the caller owns: each has a
 * place of its own, far from the next, and grows there. Nothing is allocated.
 * In the end they are copied, one close behind the other.
 *
 * Objects are made with their plain columns first. What main block and size
 * they have may be said in any order; their other blocks, their edges and their
 * fields must be added in the order of the objects, each object's between
 * hs_snapshot_writer_begin_object() of it and of the next; fields only of the
 * first objects.
 *
 * Whatever does not fit any more is left out, and the snapshot is marked
 * HS_SNAPSHOT_CUT; but for previews, fields, arenas and maps of pools, which only
 * count for themselves. The columns are public for reading, and object_flags for what is
 * found later.
 */
typedef struct
{
  uint8_t *base;
  uint64_t size;
  bool     is_cut;
  bool     has_ledger;   /* slack, requested and sites are written */
  uint64_t base_address; /* as HsSnapshotInfo.base_address */

  char    *strings;
  uint64_t strings_size;
  uint64_t strings_max;
  uint64_t previews_max;  /* bytes of strings behind which there are no more previews */
  uint64_t lost_previews; /* as HsSnapshotInfo.lost_previews */

  uint32_t *type_name;
  uint32_t *type_module;
  uint8_t  *type_family;
  uint8_t  *type_value;
  uint8_t  *type_presize;
  uint32_t  n_types;
  uint32_t  n_types_max;

  uint32_t *object_address;
  uint16_t *object_type;
  uint8_t  *object_refcount;
  uint16_t *object_flags;
  uint64_t *object_value;
  uint16_t *object_occupied;
  uint16_t *object_getsizeof;
  uint8_t  *object_slack;
  uint32_t *object_site;
  uint32_t *object_edges;
  uint32_t  n_objects;
  uint32_t  n_objects_max;
  uint32_t  n_begun; /* objects whose blocks and edges have been begun */

  HsWideColumn wide_address;
  HsWideColumn wide_type;
  HsWideColumn wide_refcount;
  HsWideColumn wide_occupied;
  HsWideColumn wide_getsizeof;
  HsWideColumn wide_slack;
  HsWideColumn wide_length;
  HsWideColumn wide_block_address;
  HsWideColumn wide_block_occupied;

  uint32_t *block_object;
  uint32_t *block_address;
  uint16_t *block_occupied;
  uint8_t  *block_kind;
  uint8_t  *block_flags;
  uint64_t *block_requested;
  uint32_t *block_site;
  uint32_t  n_blocks;
  uint32_t  n_blocks_max;

  uint32_t *edge_target;
  uint8_t  *edge_kind;
  uint32_t *edge_label;
  uint32_t  n_edges;
  uint32_t  n_edges_max;

  uint32_t *late_object;
  uint32_t *late_edges;
  uint32_t  n_late;
  uint32_t  n_late_max;

  uint32_t *object_fields;
  uint32_t  n_described;
  uint16_t *field_block;
  int32_t  *field_offset;
  uint64_t *field_size;
  uint32_t *field_name;
  uint8_t  *field_kind;
  uint64_t *field_value;
  uint32_t  n_fields;
  uint32_t  n_fields_max;
  bool      is_fields_full; /* one did not fit, or its text */

  uint32_t *site_file;
  uint32_t *site_function;
  uint32_t *site_line;
  uint64_t *site_total_bytes;
  uint64_t *site_total_blocks;
  uint64_t *site_live_bytes;
  uint64_t *site_live_blocks;
  uint32_t  n_sites;
  uint32_t  n_sites_max;

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

  uint32_t *code_name;
  uint32_t *code_line;
  uint32_t  n_codes;
  uint32_t  n_codes_max;

  uint32_t *constant_code;
  uint32_t *constant_object;
  uint8_t  *constant_kind;
  uint32_t  n_constants;
  uint32_t  n_constants_max;

  HsSnapshotMemory *memory; /* to be filled in, but for the numbers of what did not fit */
  uint64_t         *arena_address;
  uint32_t          n_arenas;
  uint32_t          n_arenas_max;
  uint8_t          *pool_state;
  uint8_t          *pool_block_size;
  uint16_t         *pool_used;
  uint16_t         *pool_touched;
  uint32_t         *pool_map;
  uint16_t         *pool_baseline;
  uint32_t          n_pools;
  uint32_t          n_pools_max;
  uint64_t         *map_used;
  uint64_t         *map_baseline;
  uint32_t          n_map_words;
  uint32_t          n_map_words_max;
} HsSnapshotWriter;

/* @area is aligned to 4096 bytes and zeroed, @size at least 2 MiB. */
void hs_snapshot_writer_init (HsSnapshotWriter *self,
                              void             *area,
                              uint64_t          size);

/* Calls @func with the place of each column that grows with the number of
 * objects, and the bytes that it takes for @n_objects of them.
 */
void hs_snapshot_writer_visit_large (HsSnapshotWriter *self,
                                     uint32_t          n_objects,
                                     void (*func) (void    *start,
                                                   uint64_t size));

/* A text that names something. Returns: the offset of the copy, 0 if it does not
 * fit or is empty. @text holds no NUL, here and below.
 */
uint32_t hs_snapshot_writer_add_string (HsSnapshotWriter *self,
                                        const char       *text,
                                        size_t            size);

/* A preview, and behind the NUL the @hash, unless that is NULL. Most texts are
 * previews, and all else is understood without them: a part of the room is kept
 * for others. Returns: 0 if it is empty, or does not fit: then it counts among
 * the lost ones, and the snapshot is not cut by that
 */
uint32_t hs_snapshot_writer_add_preview (HsSnapshotWriter *self,
                                         const char       *text,
                                         size_t            size,
                                         const uint64_t   *hash);

/* A text of a field. Returns: 0 if it is empty, or does not fit: then the fields
 * are full
 */
uint32_t hs_snapshot_writer_add_field_text (HsSnapshotWriter *self,
                                            const char       *text,
                                            size_t            size);

/* Each returns the index of the new row, or UINT32_MAX if it does not fit.
 * @presize: bytes of a main block before the object.
 */
uint32_t hs_snapshot_writer_add_type (HsSnapshotWriter *self,
                                      uint32_t          module,
                                      uint32_t          name,
                                      HsFamily          family,
                                      HsValueKind       value_kind,
                                      uint8_t           presize);
uint32_t hs_snapshot_writer_add_scope (HsSnapshotWriter *self,
                                       HsScopeKind       kind,
                                       uint32_t          name,
                                       uint32_t          file,
                                       uint32_t          line);

/* From here on blocks, edges and fields belong to the next object: the first
 * call begins object 0.
 */
void hs_snapshot_writer_begin_object (HsSnapshotWriter *self);

/* From here on edges belong to @object, which is behind those before. After all
 * objects have been begun. Returns: false if it does not fit
 */
bool hs_snapshot_writer_begin_late (HsSnapshotWriter *self,
                                    uint32_t          object);

/* Each returns false if it does not fit. @requested and @site count only with
 * the ledger.
 */
bool hs_snapshot_writer_add_block (HsSnapshotWriter *self,
                                   HsBlockKind       kind,
                                   uint64_t          address,
                                   uint64_t          occupied,
                                   uint64_t          requested,
                                   uint32_t          site,
                                   uint8_t           flags);
/* @block: 0, or how many other blocks of the object had been added with the
 * one that is meant.
 */
bool hs_snapshot_writer_add_field (HsSnapshotWriter *self,
                                   uint16_t          block,
                                   int32_t           offset,
                                   uint64_t          size,
                                   uint32_t          name,
                                   HsFieldKind       kind,
                                   uint64_t          value);
bool hs_snapshot_writer_add_site (HsSnapshotWriter *self,
                                  uint32_t          file,
                                  uint32_t          function,
                                  uint32_t          line,
                                  uint64_t          total_bytes,
                                  uint64_t          total_blocks,
                                  uint64_t          live_bytes,
                                  uint64_t          live_blocks);
bool hs_snapshot_writer_add_name (HsSnapshotWriter *self,
                                  uint32_t          scope,
                                  uint32_t          label,
                                  uint32_t          object);

/* Returns: the index of the new row, or UINT32_MAX if it does not fit; the
 * snapshot is not cut by that.
 */
uint32_t hs_snapshot_writer_add_code (HsSnapshotWriter *self,
                                      uint32_t          name,
                                      uint32_t          line);
/* Of the code that was added last. Returns: false if it does not fit; the
 * snapshot is not cut by that
 */
bool hs_snapshot_writer_add_constant (HsSnapshotWriter *self,
                                      HsConstantKind    kind,
                                      uint32_t          object);

/* An arena with @n_pools pools, all of which are to be added before the next one;
 * by ascending address. Returns: false if it does not fit with its pools: then it
 * counts among those left out, as must all behind it
 */
bool hs_snapshot_writer_add_arena (HsSnapshotWriter *self,
                                   uint64_t          address,
                                   uint32_t          n_pools);

/* A pool that is not in use. */
void hs_snapshot_writer_add_pool (HsSnapshotWriter *self,
                                  HsPoolState       state);

/* A pool in use. @block_size: bytes; @used and @baseline: one bit for each of
 * @n_touched blocks, of which at least one is used, and none above; @baseline, a
 * part of @used, counts only with the ledger. A map that does not fit counts among
 * those left out.
 */
void hs_snapshot_writer_add_pool_in_use (HsSnapshotWriter *self,
                                         uint32_t          block_size,
                                         uint32_t          n_touched,
                                         const uint64_t   *used,
                                         const uint64_t   *baseline);

/* Returns: false if it does not fit: then the narrow column gets no mark, which
 * would have no value, but a 0, in a snapshot that is marked as cut.
 */
bool hs_snapshot_writer_add_wide (HsSnapshotWriter *self,
                                  HsWideColumn     *column,
                                  uint32_t          row,
                                  uint64_t          value);

/* Address and occupied bytes of the block that was added as number @i. O(wide
 * values behind it).
 */
void hs_snapshot_writer_get_block (const HsSnapshotWriter *self,
                                   uint32_t                i,
                                   uint64_t               *address,
                                   uint64_t               *occupied);

/* How many bytes hs_snapshot_writer_finish() will write. */
uint64_t hs_snapshot_writer_get_size (const HsSnapshotWriter *self);

/* What is done with memory while columns are copied, so that there is never much
 * more than one copy of them all.
 */
typedef struct
{
  void (*prepare) (void    *start,
                   uint64_t size); /* about to be written, bytes */
  void (*release) (void    *start,
                   uint64_t size); /* the contents need not last */
} HsCopyFuncs;

/* Writes the snapshot, with @info but for the base address and the lost
 * previews, to @target, which is aligned to 64 bytes and no part of the area. All
 * objects must have been begun.
 * @funcs: NULL for none; then the columns are still there.
 */
void hs_snapshot_writer_finish (HsSnapshotWriter     *self,
                                const HsSnapshotInfo *info,
                                void                 *target,
                                const HsCopyFuncs    *funcs);

/* ---- What is done for each of millions ---- */

/* Returns: the index of the new row, or UINT32_MAX if it does not fit. @value:
 * by the HsValueKind of the type.
 */
static inline uint32_t
hs_snapshot_writer_add_object (HsSnapshotWriter *self,
                               uint64_t          address,
                               uint32_t          type,
                               uint64_t          refcount,
                               uint16_t          flags,
                               uint64_t          value)
{
  uint32_t i = self->n_objects;
  uint64_t granule = (address - self->base_address) / HS_GRANULE;

  bool is_wide = granule >= HS_NARROW_U32 || address % HS_GRANULE != 0;

  /* Whoever reads the row again takes its address for that of an object, and its
   * type for the object's: there is none without both.
   */
  if (__builtin_expect (i >= self->n_objects_max ||
                          (is_wide && self->wide_address.n >= self->wide_address.n_max) ||
                          (type >= HS_NARROW_U16 && self->wide_type.n >= self->wide_type.n_max),
                        0))
    {
      self->is_cut = true;
      return UINT32_MAX;
    }
  self->n_objects++;

  if (__builtin_expect (is_wide, 0))
    {
      hs_snapshot_writer_add_wide (self, &self->wide_address, i, address);
      granule = HS_NARROW_U32;
    }
  if (__builtin_expect (type >= HS_NARROW_U16, 0))
    {
      hs_snapshot_writer_add_wide (self, &self->wide_type, i, type);
      type = HS_NARROW_U16;
    }
  if (__builtin_expect (refcount >= HS_NARROW_U8, 0))
    {
      if (refcount > HS_REFCOUNT_MAX)
        refcount = HS_REFCOUNT_MAX;
      refcount =
        hs_snapshot_writer_add_wide (self, &self->wide_refcount, i, refcount) ? HS_NARROW_U8 : 0;
    }

  self->object_address[i] = (uint32_t)granule;
  self->object_type[i] = (uint16_t)type;
  self->object_refcount[i] = (uint8_t)refcount;
  self->object_flags[i] = flags;
  self->object_value[i] = value;

  return i;
}

/* The main block of object @i, once for each. @occupied: bytes, a multiple of
 * HS_GRANULE, or HS_BYTES_UNKNOWN; @requested: at most that, or
 * HS_BYTES_UNKNOWN; it and @site count only with the ledger.
 */
static inline void
hs_snapshot_writer_set_main (HsSnapshotWriter *self,
                             uint32_t          i,
                             uint64_t          occupied,
                             uint64_t          requested,
                             uint32_t          site)
{
  uint64_t granules = occupied / HS_GRANULE;

  if (__builtin_expect (granules >= HS_NARROW_U16, 0))
    {
      granules =
        hs_snapshot_writer_add_wide (self, &self->wide_occupied, i, occupied) ? HS_NARROW_U16 : 0;
    }
  self->object_occupied[i] = (uint16_t)granules;

  if (self->has_ledger)
    {
      uint64_t slack = requested <= occupied ? occupied - requested : HS_BYTES_UNKNOWN;

      if (__builtin_expect (slack >= HS_NARROW_U8, 0))
        {
          slack =
            hs_snapshot_writer_add_wide (self, &self->wide_slack, i, slack) ? HS_NARROW_U8 : 0;
        }
      self->object_slack[i] = (uint8_t)slack;
      self->object_site[i] = site;
    }
}

/* Of object @i, once for each; bytes, or HS_BYTES_UNKNOWN. */
static inline void
hs_snapshot_writer_set_getsizeof (HsSnapshotWriter *self,
                                  uint32_t          i,
                                  uint64_t          bytes)
{
  if (__builtin_expect (bytes >= HS_NARROW_U16, 0))
    {
      bytes =
        hs_snapshot_writer_add_wide (self, &self->wide_getsizeof, i, bytes) ? HS_NARROW_U16 : 0;
    }
  self->object_getsizeof[i] = (uint16_t)bytes;
}

/* Returns: false if it does not fit */
static inline bool
hs_snapshot_writer_add_edge (HsSnapshotWriter *self,
                             HsEdgeKind        kind,
                             uint32_t          label,
                             uint32_t          target)
{
  uint32_t i = self->n_edges;

  if (__builtin_expect (i >= self->n_edges_max, 0))
    {
      self->is_cut = true;
      return false;
    }

  self->edge_kind[i] = (uint8_t)kind;
  self->edge_label[i] = label;
  self->edge_target[i] = target;
  self->n_edges++;

  return true;
}
