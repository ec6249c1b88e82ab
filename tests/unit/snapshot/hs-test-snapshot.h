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
 * are not looked for here: that is the reader's work, and under test.
 */
typedef struct _HsTestSnapshot HsTestSnapshot;

HsTestSnapshot *hs_test_snapshot_new (void);
void            hs_test_snapshot_free (HsTestSnapshot *self);

guint32 hs_test_snapshot_add_type (HsTestSnapshot *self,
                                   const char     *module,
                                   const char     *name,
                                   HsFamily        family);

/* Adds an object at a made-up address with one HS_BLOCK_MAIN of
 * @occupied bytes, or without blocks if @occupied is 0. Its reference count
 * follows from the edges and names that lead to it unless it is set.
 */
guint32 hs_test_snapshot_add_object (HsTestSnapshot *self,
                                     guint32         type,
                                     const char     *preview,
                                     guint64         occupied);

void hs_test_snapshot_set_flags (HsTestSnapshot *self,
                                 guint32         object,
                                 guint32         flags);
void hs_test_snapshot_set_length (HsTestSnapshot *self,
                                  guint32         object,
                                  guint64         length);
void hs_test_snapshot_set_refcount (HsTestSnapshot *self,
                                    guint32         object,
                                    guint32         refcount);
void hs_test_snapshot_add_block (HsTestSnapshot *self,
                                 guint32         object,
                                 HsBlockKind     kind,
                                 guint64         occupied,
                                 guint8          flags);

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

guint32 hs_test_snapshot_add_scope (HsTestSnapshot *self,
                                    const char     *name,
                                    HsScopeKind     kind,
                                    const char     *file,
                                    guint32         line);
void    hs_test_snapshot_add_name (HsTestSnapshot *self,
                                   guint32         scope,
                                   const char     *label,
                                   guint32         object);

/* HsSnapshotFlags and the fields of HsSnapshotInfo. objects_seen is the number
 * of objects as long as it is 0.
 */
void            hs_test_snapshot_set_snapshot_flags (HsTestSnapshot *self,
                                                     guint32         flags);
HsSnapshotInfo *hs_test_snapshot_get_info (HsTestSnapshot *self);

/* Returns: (transfer full): aligned as hs_snapshot_view_init() wants it */
GBytes *hs_test_snapshot_to_bytes (HsTestSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTestSnapshot, hs_test_snapshot_free)

G_END_DECLS
