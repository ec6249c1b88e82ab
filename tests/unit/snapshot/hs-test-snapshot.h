/* hs-test-snapshot.h - builds valid snapshots in memory, for tests only
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "hs-snapshot-view.h"

G_BEGIN_DECLS

/*   g_autoptr (HsTestSnapshot) test = hs_test_snapshot_new ();
 *   guint32 list = hs_test_snapshot_add_type (test, "builtins", "list", HS_FAMILY_CONTAINER);
 *   guint32 a = hs_test_snapshot_add_object (test, list, "", 64);
 *   guint32 scope = hs_test_snapshot_add_scope (test, "__main__", HS_SCOPE_MODULE, "t.py", 0);
 *
 *   hs_test_snapshot_add_block (test, a, HS_BLOCK_ITEMS, 32, 0);
 *   hs_test_snapshot_add_index (test, a, HS_EDGE_INDEX, 0, a);
 *   hs_test_snapshot_add_name (test, scope, "a", a);
 *   bytes = hs_test_snapshot_to_bytes (test);
 *
 * Objects, types and scopes are named by their indices, from 0 in the order of
 * the calls. Edges, blocks and names may be added in any order. Wrong indices
 * are not looked for here: that is the reader's work, and under test. Values
 * that their narrow column has no room for go into its table of wide ones.
 */
typedef struct _HsTestSnapshot HsTestSnapshot;

HsTestSnapshot *hs_test_snapshot_new (void);
void            hs_test_snapshot_free (HsTestSnapshot *self);

/* Returns: the offset of @text, which may be NULL, in the table of strings */
guint32 hs_test_snapshot_add_string (HsTestSnapshot *self,
                                     const char     *text);

/* The HsValueKind follows from its objects: HS_VALUE_INT or HS_VALUE_FLOAT if
 * the value of one of them is set, HS_VALUE_TEXT if one has a preview,
 * HS_VALUE_LENGTH if one has a length, else HS_VALUE_NONE.
 */
guint32 hs_test_snapshot_add_type (HsTestSnapshot *self,
                                   const char     *module,
                                   const char     *name,
                                   HsFamily        family);
void    hs_test_snapshot_set_presize (HsTestSnapshot *self,
                                      guint32         type,
                                      guint8          bytes);

/* Adds an object at a made-up address with a main block of @occupied bytes, or
 * without blocks if @occupied is 0. Its reference count follows from the edges
 * and names that lead to it unless it is set; sys.getsizeof() is @occupied.
 */
guint32 hs_test_snapshot_add_object (HsTestSnapshot *self,
                                     guint32         type,
                                     const char     *preview,
                                     guint64         occupied);

void hs_test_snapshot_set_flags (HsTestSnapshot *self,
                                 guint32         object,
                                 guint32         flags);
void hs_test_snapshot_set_address (HsTestSnapshot *self,
                                   guint32         object,
                                   guint64         address);
void hs_test_snapshot_set_length (HsTestSnapshot *self,
                                  guint32         object,
                                  guint64         length);
void hs_test_snapshot_set_refcount (HsTestSnapshot *self,
                                    guint32         object,
                                    guint32         refcount);
void hs_test_snapshot_set_getsizeof (HsTestSnapshot *self,
                                     guint32         object,
                                     guint64         bytes);
/* Below 2^62; larger ones have a preview. */
void hs_test_snapshot_set_value_int (HsTestSnapshot *self,
                                     guint32         object,
                                     gint64          value);
void hs_test_snapshot_set_value_float (HsTestSnapshot *self,
                                       guint32         object,
                                       double          value);
/* The hash behind its preview; sets HS_OBJECT_PREVIEW_CUT. */
void hs_test_snapshot_set_text_hash (HsTestSnapshot *self,
                                     guint32         object,
                                     guint64         hash);

/* A block that is no main one. */
void hs_test_snapshot_add_block (HsTestSnapshot *self,
                                 guint32         object,
                                 HsBlockKind     kind,
                                 guint64         occupied,
                                 guint8          flags);

/* Makes it a snapshot with the ledger. @block: 0: the main block of @object; n:
 * the n-th of its others. For what is not set, all that is occupied was asked
 * for, before the code began.
 */
void hs_test_snapshot_set_ledger (HsTestSnapshot *self,
                                  guint32         object,
                                  guint           block,
                                  guint64         requested,
                                  guint32         site);

/* Sites 0 and 1 are there from the first call. */
guint32 hs_test_snapshot_add_site (HsTestSnapshot *self,
                                   const char     *file,
                                   const char     *function,
                                   guint32         line,
                                   guint64         total_bytes,
                                   guint64         total_blocks,
                                   guint64         live_bytes,
                                   guint64         live_blocks);

/* Objects up to the last that has fields are described. @block: as of
 * hs_test_snapshot_set_ledger(). @value: of HS_FIELD_TEXT a string.
 */
void hs_test_snapshot_add_field (HsTestSnapshot *self,
                                 guint32         object,
                                 guint16         block,
                                 gint32          offset,
                                 guint64         size,
                                 const char     *name,
                                 HsFieldKind     kind,
                                 guint64         value);

/* For the kinds whose label is a string. */
void hs_test_snapshot_add_edge (HsTestSnapshot *self,
                                guint32         from,
                                HsEdgeKind      kind,
                                const char     *label,
                                guint32         to);

/* For the kinds whose label is a position. */
void hs_test_snapshot_add_index (HsTestSnapshot *self,
                                 guint32         from,
                                 HsEdgeKind      kind,
                                 guint32         position,
                                 guint32         to);

/* HS_EDGE_KEY to @key and HS_EDGE_VALUE to @value, labelled with @key's preview. */
void hs_test_snapshot_add_item (HsTestSnapshot *self,
                                guint32         dict,
                                guint32         key,
                                guint32         value);

/* The edges of @object stand behind those of all others. */
void hs_test_snapshot_set_late (HsTestSnapshot *self,
                                guint32         object);

guint32 hs_test_snapshot_add_scope (HsTestSnapshot *self,
                                    const char     *name,
                                    HsScopeKind     kind,
                                    const char     *file,
                                    guint32         line);
void    hs_test_snapshot_add_name (HsTestSnapshot *self,
                                   guint32         scope,
                                   const char     *label,
                                   guint32         object);

/* A code object that is no object of the snapshot. Constants are added in the
 * order of their codes.
 */
guint32 hs_test_snapshot_add_code (HsTestSnapshot *self,
                                   const char     *name,
                                   guint32         line);
void    hs_test_snapshot_add_constant (HsTestSnapshot *self,
                                       guint32         code,
                                       HsConstantKind  kind,
                                       guint32         object);

/* An arena of 1 MiB with 64 pools of 16 KiB, all untouched, behind those before.
 * Returns: the index of the first pool
 */
guint32 hs_test_snapshot_add_arena (HsTestSnapshot *self,
                                    guint64         address);

/* @block_size: a multiple of 16, and @n_touched: 0 unless HS_POOL_IN_USE. */
void hs_test_snapshot_set_pool (HsTestSnapshot *self,
                                guint32         pool,
                                HsPoolState     state,
                                guint32         block_size,
                                guint32         n_touched);
/* @is_baseline counts only with the ledger. */
void hs_test_snapshot_use_pool_block (HsTestSnapshot *self,
                                      guint32         pool,
                                      guint32         block,
                                      gboolean        is_baseline);
/* As if there had been no room for it. */
void hs_test_snapshot_leave_out_map (HsTestSnapshot *self,
                                     guint32         pool);

/* The fields of HsSnapshotMemory. */
HsSnapshotMemory *hs_test_snapshot_get_memory (HsTestSnapshot *self);

/* HsSnapshotFlags and the fields of HsSnapshotInfo. objects_seen is the number
 * of objects as long as it is 0; n_reached is at most that.
 */
void            hs_test_snapshot_set_snapshot_flags (HsTestSnapshot *self,
                                                     guint32         flags);
HsSnapshotInfo *hs_test_snapshot_get_info (HsTestSnapshot *self);

/* Returns: (transfer full): aligned as hs_snapshot_view_init() wants it */
GBytes *hs_test_snapshot_to_bytes (HsTestSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTestSnapshot, hs_test_snapshot_free)

G_END_DECLS
