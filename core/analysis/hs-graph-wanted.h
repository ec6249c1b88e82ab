/* hs-graph-wanted.h - what has to be in a graph whatever else is left out
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph.h"

G_BEGIN_DECLS

typedef enum
{
  HS_WANTED = 1 << 0,
  HS_WANTED_HIGHLIGHT = 1 << 1, /* on the way that is highlighted */
  HS_WANTED_NARROW = 1 << 2,    /* an object of which only the wanted references are rows */
} HsWantedFlags;

typedef struct
{
  GHashTable *objects;    /* owned; object → HsWantedFlags */
  GHashTable *edges;      /* owned; edge → HsWantedFlags */
  GHashTable *names;      /* owned; name → HsWantedFlags */
  GArray     *starts;     /* owned; of guint32: objects that are boxes without a name, too */
  gboolean    only_names; /* scopes have no names but these */
  guint64     n_left_out; /* references to the centre that are not wanted */
  char       *text;       /* owned; what is highlighted, translated; NULL if nothing is */
} HsGraphWanted;

/* Returns: FALSE if cancelled */
gboolean _hs_graph_wanted_init (HsGraphWanted        *self,
                                HsHeap               *heap,
                                const HsGraphOptions *options,
                                GCancellable         *cancellable,
                                GError              **error);
void     _hs_graph_wanted_clear (HsGraphWanted *self);

/* Marks the boxes of @graph that stand for something that is highlighted, and the
 * rows between those that are dominated.
 */
void _hs_graph_wanted_highlight (const HsGraphWanted  *self,
                                 HsGraph              *graph,
                                 const HsGraphOptions *options);

static inline guint
_hs_graph_wanted_get (GHashTable *table,
                      guint32     index)
{
  if (g_hash_table_size (table) == 0)
    return 0;

  return GPOINTER_TO_UINT (g_hash_table_lookup (table, GUINT_TO_POINTER (index)));
}

G_END_DECLS
