/* hs-heap.h - one snapshot, checked, with what follows from it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "hs-snapshot-view.h"

G_BEGIN_DECLS

#define HS_NO_OBJECT G_MAXUINT32

typedef enum
{
  HS_HEAP_ERROR_NOT_A_SNAPSHOT,
  HS_HEAP_ERROR_TRUNCATED,
  HS_HEAP_ERROR_NEWER_VERSION,
  HS_HEAP_ERROR_CORRUPT,
} HsHeapError;

#define HS_HEAP_ERROR (hs_heap_error_quark ())
GQuark hs_heap_error_quark (void);

/* Immutable and atomically reference counted: any thread may read it. Objects
 * are named by their index, 0 to n_objects - 1.
 */
typedef struct _HsHeap HsHeap;

/* Returns: (transfer full) (nullable): NULL with an error of HS_HEAP_ERROR.
 * Keeps a reference on @bytes, which must not change.
 */
HsHeap *hs_heap_new (GBytes  *bytes,
                     GError **error);
HsHeap *hs_heap_ref (HsHeap *self);
void    hs_heap_unref (HsHeap *self);

const HsSnapshotView *hs_heap_get_view (HsHeap *self);
GBytes               *hs_heap_get_bytes (HsHeap *self); /* (transfer none) */

/* The text at @offset of the string table, made valid UTF-8, control
 * characters shown as their pictures (U+2400 …).
 * Returns: (transfer full)
 */
char *hs_heap_dup_string (HsHeap  *self,
                          uint32_t offset);

/* Type as it is shown: "list", "Point", "collections.deque"; the module is
 * left out for builtins and __main__. Returns: (transfer full)
 */
char    *hs_heap_dup_type_name (HsHeap  *self,
                                uint32_t type);
HsFamily hs_heap_get_family (HsHeap  *self,
                             uint32_t object);

/* Sum of the object's own unshared blocks, bytes; HS_BYTES_UNKNOWN if one is
 * unknown or HS_OBJECT_BLOCKS_INCOMPLETE is set; 0 for static objects.
 */
guint64 hs_heap_get_occupied (HsHeap  *self,
                              uint32_t object);

/* How many references of this snapshot (names included) point to it. */
guint hs_heap_get_n_referrers (HsHeap  *self,
                               uint32_t object);

/* The label of an edge as text: "node_id", "0", "'key'". Returns: (transfer full) */
char       *hs_heap_dup_edge_label (HsHeap  *self,
                                    uint32_t edge);
const char *hs_edge_kind_to_string (HsEdgeKind kind);   /* "attribute", "slot", … as in the JSON */
const char *hs_block_kind_to_string (HsBlockKind kind); /* "main", "items", … as in the JSON */

/* Occupied bytes of everything reachable from @object that is no module,
 * class, function or static object. Modules, classes and functions are not
 * followed: they lead to everything. HS_BYTES_UNKNOWN if the bytes or the
 * references of a part are not all known. O(reachable).
 */
guint64 hs_heap_get_deep (HsHeap  *self,
                          uint32_t object);

/* The object at @address, or HS_NO_OBJECT. O(log n). */
guint32 hs_heap_find_address (HsHeap *self,
                              guint64 address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsHeap, hs_heap_unref)

G_END_DECLS
