/* hs-graph-path.h - how the code would name an object: "nodes[3].position"
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap-private.h"

G_BEGIN_DECLS

/* "node", "x in f". Returns: (transfer full) */
char *_hs_graph_dup_name_path (HsHeap  *heap,
                               uint32_t name);

/* What @edge adds to a path: "[3]", ".position". Returns: (transfer full) */
char *_hs_graph_dup_step (HsHeap  *heap,
                          uint32_t edge);

/* From the nearest name that a few steps back along first references find,
 * else from "(a list)". Returns: (transfer full)
 */
char *_hs_graph_dup_object_path (HsHeap  *heap,
                                 uint32_t object);

/* The path of the object that holds @edge, and its step. Returns: (transfer full) */
char *_hs_graph_dup_edge_path (HsHeap  *heap,
                               uint32_t edge);

G_END_DECLS
