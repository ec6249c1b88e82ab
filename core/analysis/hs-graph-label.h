/* hs-graph-label.h - the words on boxes and rows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-private.h"

G_BEGIN_DECLS

/* All texts are new, translated, and valid UTF-8 without controls. */

/* @preview: the value, or the length of what has none; NULL if there is neither,
 * or if it is in the title: "class Point".
 */
void _hs_graph_label_object (HsHeap  *heap,
                             uint32_t object,
                             char   **title,
                             char   **preview);
/* @preview: file and line, or NULL. */
void _hs_graph_label_scope (HsHeap  *heap,
                            uint32_t scope,
                            char   **title,
                            char   **preview);

/* "3 items", "4 096 characters"; NULL if the object has no length. */
char *_hs_graph_dup_length (HsHeap  *heap,
                            uint32_t object);

/* "1 000 × float"; @is_rest: "990 more × float" */
char *_hs_graph_dup_group_title (HsHeap  *heap,
                                 uint32_t type,
                                 guint64  n_members,
                                 gboolean is_rest);
/* "32 B each", "64 B to 80 B each", "static"; NULL if a size is unknown. @is_exact:
 * every digit.
 */
char *_hs_graph_dup_each (guint64  min_bytes,
                          guint64  max_bytes,
                          gboolean is_static,
                          gboolean is_exact);

/* "Requested: 80 B", "sys.getsizeof(): 72 B", "Outside Python’s memory: 1 048 576 B",
 * "Allocated: line 12": as far as they are known, ended by NULL.
 */
char **_hs_graph_dup_sizes (HsHeap  *heap,
                            uint32_t object);

char *_hs_graph_dup_name_label (HsHeap  *heap,
                                uint32_t name);
/* "node_id", or "0 … 999" for several edges of one object. */
char *_hs_graph_dup_run_label (HsHeap  *heap,
                               uint32_t first_edge,
                               uint32_t last_edge,
                               guint    n_references);
char *_hs_graph_dup_more_label (guint64  n_hidden,
                                gboolean is_internal);

/* The value of @object if it is small enough to stand in a row, else NULL. */
char *_hs_graph_dup_row_value (HsHeap  *heap,
                               uint32_t object);

/* HsGraphMarks of @object, without the room of containers. */
guint _hs_graph_get_marks (HsHeap  *heap,
                           uint32_t object);
/* Items that a list, dict, set or bytearray has room for without asking for memory, by
 * the fields of the snapshot; 0 if it has no fields of @object.
 */
guint64 _hs_graph_get_n_spare (HsHeap  *heap,
                               uint32_t object);
/* HsGraphBox.note of an object, of what a group or a ghost has inside, and of a group:
 * that, behind how many of its members are new; may be NULL.
 */
char *_hs_graph_dup_note (HsHeap  *heap,
                          uint32_t object,
                          guint64  n_spare);
char *_hs_graph_dup_inside_note (const HsGraphBox *box,
                                 gboolean          is_exact);
char *_hs_graph_dup_group_note (const HsGraphBox *box,
                                gboolean          is_exact);

G_END_DECLS
