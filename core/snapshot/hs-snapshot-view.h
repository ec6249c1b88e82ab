/* hs-snapshot-view.h - checked, read-only access to a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

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
 * string ends inside the table, every enum is below its HS_N_…, every mark of
 * a narrow column has its wide value; no accessor needs a test beyond the
 * bound of the index that the caller brings.
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
  const uint8_t  *type_value; /* HsValueKind */
  const uint8_t  *type_presize;

  uint32_t        n_objects;
  const uint16_t *object_flags; /* HsObjectFlags */
  const uint32_t *object_edges; /* n_objects + 1, ascending, ends where the late ones begin */
  /* Narrow; read them with the functions below. */
  const uint32_t *object_address;
  const uint16_t *object_type;
  const uint8_t  *object_refcount;
  const uint64_t *object_value;
  const uint16_t *object_occupied;
  const uint16_t *object_getsizeof;

  uint32_t              n_wide_addresses;
  uint32_t              n_wide_types;
  uint32_t              n_wide_refcounts;
  uint32_t              n_wide_occupied;
  uint32_t              n_wide_getsizeof;
  uint32_t              n_wide_slacks;
  uint32_t              n_wide_lengths;
  uint32_t              n_wide_block_addresses;
  uint32_t              n_wide_block_occupied;
  const HsSnapshotWide *wide_address;
  const HsSnapshotWide *wide_type;
  const HsSnapshotWide *wide_refcount;
  const HsSnapshotWide *wide_occupied;
  const HsSnapshotWide *wide_getsizeof;
  const HsSnapshotWide *wide_slack;
  const HsSnapshotWide *wide_length;
  const HsSnapshotWide *wide_block_address;
  const HsSnapshotWide *wide_block_occupied;

  uint32_t        n_traced_objects; /* n_objects, or 0 without the ledger */
  const uint8_t  *object_slack;
  const uint32_t *object_site;

  /* The blocks that are no main ones. */
  uint32_t        n_blocks;
  const uint32_t *block_object;   /* ascending */
  const uint32_t *block_address;  /* narrow */
  const uint16_t *block_occupied; /* narrow */
  const uint8_t  *block_kind;
  const uint8_t  *block_flags;

  uint32_t        n_traced_blocks; /* n_blocks, or 0 without the ledger */
  const uint64_t *block_requested;
  const uint32_t *block_site;

  uint32_t        n_edges;
  const uint32_t *edge_target;
  const uint8_t  *edge_kind;
  const uint32_t *edge_label;

  uint32_t        n_late;      /* boundaries whose edges are there */
  const uint32_t *late_object; /* ascending */
  const uint32_t *late_edges;  /* n_late + 1, ascending, ends at n_edges */

  uint32_t        n_described;   /* objects whose fields are there: the first ones */
  const uint32_t *object_fields; /* n_described + 1, ascending, ends at n_fields */
  uint32_t        n_fields;
  const uint16_t *field_block; /* 0: main; n: hs_snapshot_view_get_blocks() + n - 1 */
  const int32_t  *field_offset;
  const uint64_t *field_size;
  const uint32_t *field_name;
  const uint8_t  *field_kind;
  const uint64_t *field_value;

  uint32_t        n_sites;
  const uint32_t *site_file;
  const uint32_t *site_function;
  const uint32_t *site_line;
  const uint64_t *site_total_bytes;
  const uint64_t *site_total_blocks;
  const uint64_t *site_live_bytes;
  const uint64_t *site_live_blocks;

  uint32_t        n_scopes;
  const uint32_t *scope_name;
  const uint32_t *scope_file;
  const uint32_t *scope_line;
  const uint8_t  *scope_kind;

  uint32_t        n_names;
  const uint32_t *name_scope;
  const uint32_t *name_label;
  const uint32_t *name_object;

  uint32_t        n_codes; /* that are no objects */
  const uint32_t *code_name;
  const uint32_t *code_line;

  uint32_t        n_constants;
  const uint32_t *constant_code; /* ascending */
  const uint32_t *constant_object;
  const uint8_t  *constant_kind; /* HsConstantKind */

  /* Pools: read them with the functions below. */
  HsSnapshotMemory memory;        /* a copy; zero in older snapshots */
  uint32_t         n_arenas;      /* that are listed */
  const uint64_t  *arena_address; /* ascending */
  uint32_t         n_pools;       /* n_arenas * hs_snapshot_view_get_pools_per_arena() */
  const uint8_t   *pool_state;
  const uint8_t   *pool_block_size;
  const uint16_t  *pool_used;
  const uint16_t  *pool_touched;
  const uint32_t  *pool_map;
  uint32_t         n_traced_pools; /* n_pools, or 0 without the ledger */
  const uint16_t  *pool_baseline;
  uint32_t         n_map_words;
  const uint64_t  *map_used;
  uint32_t         n_traced_map_words; /* n_map_words, or 0 without the ledger */
  const uint64_t  *map_baseline;
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

/* ---- Objects ---- */

/* The value of @row in a table of wide ones, which holds one for it. */
uint64_t hs_snapshot_view_find_wide (const HsSnapshotWide *wide,
                                     uint32_t              n,
                                     uint32_t              row);

static inline uint64_t
hs_snapshot_view_get_address (const HsSnapshotView *view,
                              uint32_t              object)
{
  uint32_t granule = view->object_address[object];

  return granule != HS_NARROW_U32
           ? view->info.base_address + (uint64_t)granule * HS_GRANULE
           : hs_snapshot_view_find_wide (view->wide_address, view->n_wide_addresses, object);
}

static inline uint32_t
hs_snapshot_view_get_type (const HsSnapshotView *view,
                           uint32_t              object)
{
  uint16_t type = view->object_type[object];

  return type != HS_NARROW_U16
           ? type
           : (uint32_t)hs_snapshot_view_find_wide (view->wide_type, view->n_wide_types, object);
}

static inline uint32_t
hs_snapshot_view_get_refcount (const HsSnapshotView *view,
                               uint32_t              object)
{
  uint8_t count = view->object_refcount[object];

  return count != HS_NARROW_U8
           ? count
           : (uint32_t)hs_snapshot_view_find_wide (view->wide_refcount, view->n_wide_refcounts,
                                                   object);
}

/* Of the main block, bytes; 0: it has none; HS_BYTES_UNKNOWN. */
static inline uint64_t
hs_snapshot_view_get_main_occupied (const HsSnapshotView *view,
                                    uint32_t              object)
{
  uint16_t granules = view->object_occupied[object];

  return granules != HS_NARROW_U16
           ? (uint64_t)granules * HS_GRANULE
           : hs_snapshot_view_find_wide (view->wide_occupied, view->n_wide_occupied, object);
}

/* Bytes; HS_BYTES_UNKNOWN if it takes a call into the code to know it
 * (HS_OBJECT_OWN_SIZEOF), or if the type is not known well enough.
 */
static inline uint64_t
hs_snapshot_view_get_getsizeof (const HsSnapshotView *view,
                                uint32_t              object)
{
  uint16_t bytes = view->object_getsizeof[object];

  return bytes != HS_NARROW_U16
           ? bytes
           : hs_snapshot_view_find_wide (view->wide_getsizeof, view->n_wide_getsizeof, object);
}

/* Items, characters or bytes; HS_LENGTH_NONE if it has no length. */
uint64_t hs_snapshot_view_get_length (const HsSnapshotView *view,
                                      uint32_t              object);

/* The string that is the preview; 0 if there is none, or if the value itself is
 * there (HS_VALUE_INT, HS_VALUE_FLOAT) of which one can be made.
 */
uint32_t hs_snapshot_view_get_preview (const HsSnapshotView *view,
                                       uint32_t              object);

/* Of an object of HS_VALUE_INT. Returns: false if it is larger than that. */
bool hs_snapshot_view_get_int (const HsSnapshotView *view,
                               uint32_t              object,
                               int64_t              *value);

/* The hash of the text of a str whose preview is cut; 0 if it is not there. */
uint64_t hs_snapshot_view_get_text_hash (const HsSnapshotView *view,
                                         uint32_t              object);

/* The edges of @object, late ones included, are *@first to *@first + the number
 * returned.
 */
uint32_t hs_snapshot_view_get_all_edges (const HsSnapshotView *view,
                                         uint32_t              object,
                                         uint32_t             *first);

/* ---- Blocks ---- */

typedef struct
{
  HsBlockKind kind;
  uint8_t     flags; /* HsBlockFlags */
  uint64_t    address;
  uint64_t    occupied;  /* bytes, or HS_BYTES_UNKNOWN */
  uint64_t    requested; /* bytes, or HS_BYTES_UNKNOWN (always without the ledger) */
  uint32_t    site;      /* HS_SITE_BASELINE without the ledger */
} HsSnapshotBlock;

/* Returns: false if @object has no main block: it is static */
bool hs_snapshot_view_get_main_block (const HsSnapshotView *view,
                                      uint32_t              object,
                                      HsSnapshotBlock      *block);

/* The other blocks of @object are *@first to *@first + the number returned. */
uint32_t hs_snapshot_view_get_blocks (const HsSnapshotView *view,
                                      uint32_t              object,
                                      uint32_t             *first);

void hs_snapshot_view_get_block (const HsSnapshotView *view,
                                 uint32_t              i,
                                 HsSnapshotBlock      *block);

/* ---- Pools ---- */

/* One pool of pymalloc: a header, then blocks of one size, of which the first
 * n_touched have ever been given out. Block i begins at address + pool_header + i *
 * block_size.
 */
typedef struct
{
  uint64_t        address;
  HsPoolState     state;
  uint32_t        block_size; /* bytes; this and all below 0 or NULL unless HS_POOL_IN_USE */
  uint32_t        n_blocks;   /* that fit; at most UINT16_MAX */
  uint32_t        n_touched;  /* at most n_blocks */
  uint32_t        n_used;     /* at most n_touched, at least 1 */
  uint32_t        n_baseline; /* of n_used; 0 without the ledger */
  const uint64_t *used;       /* (nullable): n_touched bits, n_used of them set */
  const uint64_t *baseline;   /* (nullable): of these, n_baseline; always NULL without the ledger */
} HsSnapshotPool;

/* Returns: 0 if there are no arenas */
static inline uint32_t
hs_snapshot_view_get_pools_per_arena (const HsSnapshotView *view)
{
  return view->memory.pool_size == 0 ? 0 : view->memory.arena_size / view->memory.pool_size;
}

/* @i: below n_pools; that of arena i / hs_snapshot_view_get_pools_per_arena(). */
void hs_snapshot_view_get_pool (const HsSnapshotView *view,
                                uint32_t              i,
                                HsSnapshotPool       *pool);

/* Which pool an address lies in, whatever is there. O(log arenas). Returns: false if
 * in none that is listed
 */
bool hs_snapshot_view_find_pool (const HsSnapshotView *view,
                                 uint64_t              address,
                                 uint32_t             *i);

/* Which block of @pool, which is in use, @address lies in. Returns: UINT32_MAX if in
 * none: in the header, behind the last block, or elsewhere
 */
uint32_t hs_snapshot_view_find_block_of_pool (const HsSnapshotView *view,
                                              const HsSnapshotPool *pool,
                                              uint64_t              address);

/* @bits: used or baseline of a pool, not NULL. @i: below its n_blocks. */
static inline bool
hs_snapshot_pool_has (const HsSnapshotPool *pool,
                      const uint64_t       *bits,
                      uint32_t              i)
{
  return i < pool->n_touched && (bits[i / 64] >> i % 64 & 1) != 0;
}
