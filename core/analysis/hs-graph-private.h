/* hs-graph-private.h - what the files of the graph share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph.h"
#include "hs-heap-private.h"

G_BEGIN_DECLS

/* Longest preview and label of a box, in characters; cut ends with "…". */
#define HS_GRAPH_PREVIEW_CHARS 200
#define HS_GRAPH_LABEL_CHARS   80

/* Longest path of a file: PATH_MAX of Linux. */
#define HS_GRAPH_PATH_CHARS 4096

/* The kind of box stands in the highest byte of its key, an index below. */
#define HS_GRAPH_KEY_SCOPE (G_GUINT64_CONSTANT (1) << 56)
#define HS_GRAPH_KEY_GROUP (G_GUINT64_CONSTANT (2) << 56)

struct _HsGraphOptions
{
  char      **focus;     /* owned; NULL: everything */
  GHashTable *more_rows; /* owned; key → guint64 rows */
  GHashTable *folded;    /* owned; key → guint64 0 or 1 */
  GHashTable *open;      /* owned; key of a group → guint64 pages */
  guint       max_boxes;

  HsGraphHighlight highlight;
  guint32          highlighted; /* object, or HS_NO_OBJECT */
  guint32          center;      /* object, or HS_NO_OBJECT */

  gboolean values_in_rows;
};

gboolean _hs_graph_options_has_focus (const HsGraphOptions *self,
                                      const char           *name);
guint64  _hs_graph_options_get_more (const HsGraphOptions *self,
                                     guint64               key);
gboolean _hs_graph_options_is_folded (const HsGraphOptions *self,
                                      guint64               key,
                                      gboolean              default_value);
/* 0: the group is closed. */
guint64 _hs_graph_options_get_pages (const HsGraphOptions *self,
                                     guint64               key);

/* One reference that may be drawn as a row: an edge of an object or a name of
 * a scope.
 */
typedef struct
{
  guint32 index;  /* of the edge or name */
  guint32 target; /* object */
} HsGraphReference;

/* One or more references in one row. */
typedef struct
{
  guint    first; /* into HsGraphRows.references */
  guint    n_references;
  gboolean is_group; /* they lead to different objects, drawn as one box */
} HsGraphRun;

/* The rows that a box would have. */
typedef struct
{
  GArray *references; /* owned; of HsGraphReference */
  GArray *runs;       /* owned; of HsGraphRun; HS_ROW_MORE stands between n_head and n_tail */
  guint   n_head;     /* runs shown from the first */
  guint   n_tail;     /* runs shown up to the last; 0 if all are in the head */
  guint64 n_hidden;   /* references between */

  guint64 n_keys_hidden;    /* keys of dicts whose text is the label of their value */
  guint64 n_classes_hidden; /* the type in the title */
} HsGraphRows;

void _hs_graph_rows_init (HsGraphRows *self);
void _hs_graph_rows_clear (HsGraphRows *self);

/* Whether the picture has a row for @edge, one of the edges before @end. */
gboolean _hs_graph_is_drawn (HsHeap  *heap,
                             uint32_t edge,
                             uint32_t end);

/* Collect the references. Cancelled: the rest is missing. */
void _hs_graph_rows_collect_object (HsGraphRows  *self,
                                    HsHeap       *heap,
                                    uint32_t      object,
                                    GCancellable *cancellable);
void _hs_graph_rows_collect_scope (HsGraphRows          *self,
                                   HsHeap               *heap,
                                   uint32_t              scope,
                                   const HsGraphOptions *options,
                                   guint64              *n_out_of_focus);

/* Puts the collected references into rows and chooses those to show. @object:
 * HS_NO_OBJECT for a scope.
 */
void _hs_graph_rows_arrange (HsGraphRows          *self,
                             HsHeap               *heap,
                             uint32_t              object,
                             guint64               key,
                             const HsGraphOptions *options,
                             GCancellable         *cancellable);

/* What only the texts need of a box. */
typedef struct
{
  guint64 n_keys_hidden;
  guint64 n_classes_hidden;
  guint64 n_out_of_focus; /* names of the scope */
  guint64 n_values;       /* objects shown in the rows */
  guint64 value_bytes;    /* occupied of those; HS_BYTES_UNKNOWN */
  guint64 n_folded;       /* references hidden by folding */

  guint32 last_object; /* of a group */
  guint64 min_bytes;   /* of a member; HS_BYTES_UNKNOWN */
  guint64 max_bytes;
} HsGraphDetail;

struct _HsGraph
{
  gatomicrefcount ref_count;

  HsHeap *heap;    /* owned */
  GArray *boxes;   /* owned; of HsGraphBox */
  GArray *details; /* owned; of HsGraphDetail, beside boxes */
  GArray *rows;    /* owned; of HsGraphRow */

  guint32 *box_of; /* owned; by object: box + 1, HS_GRAPH_IN_A_ROW, or 0 */
  guint64  n_left_out;
  guint64  n_scopes_left_out;
  guint64  n_out_of_focus; /* names */
  gboolean is_full;        /* the budget kept boxes out */
  guint    max_boxes;

  GMutex     lock;
  GPtrArray *search_texts; /* owned; by box, made when first searched; under the lock */
};

/* What hs_graph_name_box() gives; @is_exact: with every digit of its bytes. */
char *_hs_graph_name_box (HsGraph *self,
                          guint    box,
                          gboolean is_exact);

/* The preview of a box, that of a group with every digit of its bytes. Returns:
 * (transfer full) (nullable)
 */
char *_hs_graph_dup_exact_preview (HsGraph *self,
                                   guint    box);

/* Objects that are shown as text, once or more often. */
#define HS_GRAPH_IN_A_ROW G_MAXUINT32

static inline const HsGraphDetail *
_hs_graph_get_detail (HsGraph *self,
                      guint    box)
{
  return &g_array_index (self->details, HsGraphDetail, box);
}

G_END_DECLS
