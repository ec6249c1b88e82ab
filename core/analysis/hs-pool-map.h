/* hs-pool-map.h - how Python's arenas are divided, and what is free in them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* Pools summed up. Blocks: n_used + n_holes + n_never = n_blocks. Bytes are those of
 * whole blocks; everything together, lost_bytes and whole pools included, is
 * n_pools * the size of a pool.
 */
typedef struct
{
  guint64 n_pools;
  guint64 n_in_state[HS_N_POOL_STATES];
  guint64 n_without_map; /* of those in use */

  guint64 n_blocks;
  guint64 n_used;
  guint64 n_baseline; /* of n_used: from before the code began; 0 without the ledger */
  guint64 n_holes;    /* given back, between others that are not */
  guint64 n_never;    /* not yet given out */

  guint64 used_bytes;
  guint64 baseline_bytes;
  guint64 hole_bytes;
  guint64 never_bytes;
  guint64 lost_bytes; /* heads of pools in use, and what is too small for a block at their ends */

  guint32 block_size; /* of those in use, bytes; 0 if none is, or if they differ */
} HsPoolSum;

/* A known block of an object in a pool. */
typedef struct
{
  guint32 object;
  guint16 block;   /* of the pool */
  guint16 is_main; /* the object itself begins in it */
} HsPoolUse;

/* Immutable: any thread may read it. Pools are named by their index, as in
 * HsSnapshotView.
 */
typedef struct _HsPoolMap HsPoolMap;

/* Returns: (transfer full) (nullable): NULL with G_IO_ERROR_NOT_FOUND (a translated
 * sentence) if the snapshot has no pools, G_IO_ERROR_CANCELLED. O(pools + blocks of
 * objects * log arenas)
 */
HsPoolMap *hs_pool_map_new (HsHeap       *heap,
                            GCancellable *cancellable,
                            GError      **error);
void       hs_pool_map_free (HsPoolMap *self);

HsHeap  *hs_pool_map_get_heap (HsPoolMap *self);   /* (transfer none) */
gboolean hs_pool_map_has_ledger (HsPoolMap *self); /* whether n_baseline is known */

/* Of all pools that are listed. */
const HsPoolSum *hs_pool_map_get_all (HsPoolMap *self);

/* Sizes of blocks that pools are in use for, ascending. */
guint            hs_pool_map_get_n_classes (HsPoolMap *self);
const HsPoolSum *hs_pool_map_get_class (HsPoolMap *self,
                                        guint      i);

/* Of pools @first to @first + @n - 1, cut at the last. O(@n) */
void hs_pool_map_sum (HsPoolMap *self,
                      guint32    first,
                      guint32    n,
                      HsPoolSum *sum);

/* What is known to lie in @pool, by object. Returns: (transfer none) */
const HsPoolUse *hs_pool_map_get_uses (HsPoolMap *self,
                                       guint32    pool,
                                       guint32   *n_uses);
/* The object with most occupied bytes of those that begin in the pools; HS_NO_OBJECT. */
guint32 hs_pool_map_find_largest (HsPoolMap *self,
                                  guint32    first,
                                  guint32    n);
/* The pool that @object begins in. Returns: FALSE if in none */
gboolean hs_pool_map_find_object (HsPoolMap *self,
                                  guint32    object,
                                  guint32   *pool);

/* One line: "64 B: 200 of 255 blocks used"; and all facts in lines, the address of a
 * single pool included. Returns: (transfer full)
 */
char *hs_pool_map_name (HsPoolMap *self,
                        guint32    first,
                        guint32    n);
char *hs_pool_map_describe (HsPoolMap *self,
                            guint32    first,
                            guint32    n);
char *hs_pool_map_name_class (HsPoolMap *self,
                              guint      i);
char *hs_pool_map_describe_class (HsPoolMap *self,
                                  guint      i);
/* What the numbers say, in sentences, one a line. Returns: (transfer full) */
char *hs_pool_map_dup_findings (HsPoolMap *self);

/* What the bytes of all arenas are, in the order in which they are shown. */
typedef enum
{
  HS_POOL_PART_CODE, /* without the ledger: used */
  HS_POOL_PART_BASELINE,
  HS_POOL_PART_HOLES,
  HS_POOL_PART_NEVER,
  HS_POOL_PART_FREE,
  HS_POOL_PART_UNTOUCHED,
  HS_POOL_PART_LOST,
  HS_POOL_PART_DAMAGED,
  HS_N_POOL_PARTS
} HsPoolPart;

guint64     hs_pool_map_get_part (HsPoolMap *self,
                                  HsPoolPart part);
const char *hs_pool_map_get_part_name (HsPoolMap *self,
                                       HsPoolPart part); /* translated, constant */

/* The text twin: sentences, sums, a table of the sizes. No addresses. */
char *hs_pool_map_to_text (HsPoolMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPoolMap, hs_pool_map_free)

G_END_DECLS
