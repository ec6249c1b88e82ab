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
typedef struct _HsHeap       HsHeap;
typedef struct _HsHistory    HsHistory;    /* hs-history.h */
typedef struct _HsComparison HsComparison; /* hs-comparison.h */

/* Returns: (transfer full) (nullable): NULL with an error of HS_HEAP_ERROR.
 * Keeps a reference on @bytes, which must not change.
 */
HsHeap *hs_heap_new (GBytes  *bytes,
                     GError **error);
HsHeap *hs_heap_ref (HsHeap *self);
void    hs_heap_unref (HsHeap *self);

/* What happened until then, and which of its moments this is (HS_NO_MOMENT: none).
 * (transfer none) (nullable): NULL for a snapshot by itself
 */
HsHistory *hs_heap_get_history (HsHeap *self);
guint      hs_heap_get_moment (HsHeap *self);
/* Of what hs_comparison_open_heap() made. (transfer none) (nullable) */
HsComparison *hs_heap_get_comparison (HsHeap *self);

const HsSnapshotView *hs_heap_get_view (HsHeap *self);
GBytes               *hs_heap_get_bytes (HsHeap *self); /* (transfer none) */

/* The text at @offset of the string table, made valid UTF-8, control
 * characters shown as their pictures (U+2400 …); one of more than 65536 characters cut, with "…".
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

/* The value as Python writes it: "'text'", "1001", "0.1"; of a function, a class
 * or a module its name; "" if there is none. Returns: (transfer full)
 */
char    *hs_heap_dup_preview (HsHeap  *self,
                              uint32_t object);
gboolean hs_heap_has_preview (HsHeap  *self,
                              uint32_t object);

/* Sum of the object's own blocks that are neither shared nor external, bytes;
 * HS_BYTES_UNKNOWN if one is unknown or HS_OBJECT_BLOCKS_INCOMPLETE is set. The main
 * block of a static object counts as nothing.
 */
guint64 hs_heap_get_occupied (HsHeap  *self,
                              uint32_t object);

/* Of the same blocks, the sum of those that are known: a lower bound if
 * hs_heap_get_occupied() is unknown, else the same.
 */
guint64 hs_heap_get_least (HsHeap  *self,
                           uint32_t object);

/* What was asked for, for the same blocks; HS_BYTES_UNKNOWN without the ledger. */
guint64 hs_heap_get_requested (HsHeap  *self,
                               uint32_t object);

/* What sys.getsizeof() returns, bytes; HS_BYTES_UNKNOWN if only a call would say. */
guint64 hs_heap_get_getsizeof (HsHeap  *self,
                               uint32_t object);

/* Bytes outside Python's allocators that the object holds: an mmap's region, the
 * data of a C extension; HS_BYTES_UNKNOWN if one is unknown.
 */
guint64 hs_heap_get_external (HsHeap  *self,
                              uint32_t object);

/* The blocks of @object besides its main one are *@first to *@first + the number
 * returned, for hs_snapshot_view_get_block(). O(blocks), without a search.
 */
guint32 hs_heap_get_blocks (HsHeap  *self,
                            uint32_t object,
                            guint32 *first);

/* The line that allocated the main block; 0 if there is none: without the lines
 * of the ledger, of what was there before the code began, of static objects.
 * @file: (nullable): set to the string that is the file of that line
 */
guint hs_heap_get_line (HsHeap   *self,
                        uint32_t  object,
                        uint32_t *file);

/* How many references point to it: names, and what is reached from names
 * without passing through modules, classes and functions of others
 * (HS_OBJECT_BOUNDARY). The same whether a snapshot holds all objects or not.
 */
guint hs_heap_get_n_referrers (HsHeap  *self,
                               uint32_t object);

/* The label of an edge as text: "node_id", "0", "'key'"; a key without a preview
 * is written in short: "(1, 2)", "(Node)". Returns: (transfer full)
 */
char       *hs_heap_dup_edge_label (HsHeap  *self,
                                    uint32_t edge);
const char *hs_edge_kind_to_string (HsEdgeKind kind);   /* "attribute", "slot", … as in the JSON */
const char *hs_block_kind_to_string (HsBlockKind kind); /* "main", "items", … as in the JSON */
const char *hs_field_kind_to_string (HsFieldKind kind); /* "pointer", "object", … as in the JSON */

/* CPython's name of a field, or "padding" or "unused"; its value as text: numbers;
 * "0x…" or "NULL" for pointers; of an object its preview or type, its address if
 * it is not in the snapshot; "× 3" for several of the same. The second searches
 * addresses: O(log n). Returns: (transfer full)
 */
char *hs_heap_dup_field_name (HsHeap  *self,
                              uint32_t field);
char *hs_heap_dup_field_value (HsHeap  *self,
                               uint32_t field);

/* Occupied bytes of everything reachable from @object that is no module,
 * class, function or static object. Modules, classes and functions are not
 * followed: they lead to everything. HS_BYTES_UNKNOWN if the bytes or the
 * references of a part are not all known. O(reachable).
 */
guint64 hs_heap_get_deep (HsHeap  *self,
                          uint32_t object);

/* The same of each of @n_objects, which may repeat. O(reachable from any, and
 * once more for each 64 of them). Returns: (transfer full)
 */
guint64 *hs_heap_new_deep_of (HsHeap         *self,
                              const uint32_t *objects,
                              guint           n_objects);

/* The object at @address, or HS_NO_OBJECT. O(log n). */
guint32 hs_heap_find_address (HsHeap *self,
                              guint64 address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsHeap, hs_heap_unref)

G_END_DECLS
