/* hs-graph-wishes.h - what a person asked of the graph of one heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-scene.h"

G_BEGIN_DECLS

/* Options, and how far the ones that grow step by step have grown. */
typedef struct
{
  HsGraphOptions *options;   /* owned */
  GHashTable     *more_rows; /* owned; key of a box → number of rows beyond the default */
  guint           max_boxes;
} HsGraphWishes;

HsGraphWishes *hs_graph_wishes_new (gboolean values_in_rows);
HsGraphWishes *hs_graph_wishes_copy (const HsGraphWishes *self);
void           hs_graph_wishes_free (HsGraphWishes *self);

/* A hundred rows more of the box with @key. */
void hs_graph_wishes_show_more_rows (HsGraphWishes *self,
                                     guint64        key);
/* Four times as many boxes at most. */
void hs_graph_wishes_show_more_boxes (HsGraphWishes *self);

/* Builds and lays out the graph in a thread. @callback gets a scene or an error
 * of G_IO_ERROR by hs_graph_wishes_build_finish(); the GTask's cancellable is
 * @cancellable.
 */
void hs_graph_wishes_build_async (const HsGraphWishes *self,
                                  HsHeap              *heap,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* Returns: (transfer full) (nullable) */
HsGraphScene *hs_graph_wishes_build_finish (GAsyncResult *result,
                                            GError      **error);

G_END_DECLS
