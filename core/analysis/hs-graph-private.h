/* hs-graph-private.h - what the files of the graph share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-graph-wanted.h"
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
#define HS_GRAPH_KEY_GHOST (G_GUINT64_CONSTANT (3) << 56)

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
  HsDiff  *diff; /* owned, nullable */
};

/* HsGraphBox.place of an object: its address. */
static inline guint64
_hs_graph_get_place (HsHeap  *heap,
                     uint32_t object)
{
  return hs_snapshot_view_get_address (&heap->view, object) & (HS_GRAPH_KEY_SCOPE - 1);
}

/* The sum, unknown if a part is. */
static inline guint64
_hs_graph_add_bytes (guint64 a,
                     guint64 b)
{
  if (a == HS_BYTES_UNKNOWN || b == HS_BYTES_UNKNOWN || a > HS_BYTES_UNKNOWN - 1 - b)
    return HS_BYTES_UNKNOWN;

  return a + b;
}

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
  gboolean is_group;    /* they lead to different objects, drawn as one box */
  gboolean is_mixed;    /* which differ */
  gboolean is_wanted;   /* has to be shown */
  gboolean is_hidden;   /* HS_ROW_MORE stands for it and its hidden neighbours */
  gboolean is_internal; /* a reference of the interpreter's bookkeeping */
  guint32  key_object;  /* of a group: first member if it were closed */
  guint    n_opened;    /* of a group: members with rows of their own */
} HsGraphRun;

/* The rows that a box would have. */
typedef struct
{
  GArray *references; /* owned; of HsGraphReference */
  guint   n_internal; /* of these, the last ones */
  GArray *runs;       /* owned; of HsGraphRun */

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
void _hs_graph_rows_collect_object (HsGraphRows         *self,
                                    HsHeap              *heap,
                                    uint32_t             object,
                                    const HsGraphWanted *wanted,
                                    GCancellable        *cancellable);
void _hs_graph_rows_collect_scope (HsGraphRows          *self,
                                   HsHeap               *heap,
                                   uint32_t              scope,
                                   const HsGraphOptions *options,
                                   const HsGraphWanted  *wanted,
                                   guint64              *n_out_of_focus);

/* How the rows of one box are chosen. */
typedef struct
{
  HsHeap               *heap;
  const HsGraphOptions *options;
  const HsGraphWanted  *wanted;
  GCancellable         *cancellable;

  uint32_t object;    /* HS_NO_OBJECT for a scope */
  guint64  key;       /* of the box */
  gboolean is_narrow; /* only what is wanted is shown */
  gboolean is_tight;  /* there is little room: neighbours need not be alike to be a group */
  gboolean is_group;  /* the rows of a group: no groups in them */
} HsGraphArrangement;

/* Puts the collected references into rows and chooses those to show. */
void _hs_graph_rows_arrange (HsGraphRows              *self,
                             const HsGraphArrangement *how);

gboolean _hs_graph_rows_has_wanted (const HsGraphRows *self);

/* Whether nothing would leave the box of @object. */
gboolean _hs_graph_is_leaf (HsHeap  *heap,
                            uint32_t object);
/* Whether @object may disappear in a group: nothing else refers to it. */
gboolean _hs_graph_can_be_member (HsHeap              *heap,
                                  const HsGraphWanted *wanted,
                                  uint32_t             object);
/* Whether one group may hold both, be they leaves or of the same shape. */
gboolean _hs_graph_are_alike (HsHeap  *heap,
                              uint32_t a,
                              uint32_t b);
/* Whether the references of both, one by one, are of the same kind and name: then
 * the n-th of the one stands in the same row as the n-th of the other.
 */
gboolean _hs_graph_have_same_shape (HsHeap  *heap,
                                    uint32_t a,
                                    uint32_t b);

/* A row of a group. */
typedef struct
{
  uint32_t edge;   /* of the first member */
  guint32  target; /* to which all members refer, or HS_NO_OBJECT */
  char    *value;  /* owned; NULL if there is a target */
} HsGraphGroupRow;

/* What is drawn in place of the members of a group. */
typedef struct
{
  GArray *rows;   /* owned; of HsGraphGroupRow */
  GArray *inside; /* owned; of guint32: objects */
} HsGraphInside;

/* Room for marks by object, made when first needed. */
typedef struct
{
  guint32 *counts; /* owned; 0 between two uses */
  guint32 *stamps; /* owned */
  guint32  stamp;
} HsGraphScratch;

void _hs_graph_scratch_clear (HsGraphScratch *self);

/* @members: the first @n_members of references. @is_drawn_of: box_of of the graph: what
 * is drawn is not inside. O(references of the members and of what is inside).
 */
void _hs_graph_inside_init (HsGraphInside          *self,
                            HsHeap                 *heap,
                            HsGraphScratch         *scratch,
                            const HsGraphWanted    *wanted,
                            const guint32          *box_of,
                            const HsGraphReference *members,
                            guint                   n_members,
                            gboolean                is_mixed,
                            GCancellable           *cancellable);
void _hs_graph_inside_clear (HsGraphInside *self);

/* What only the texts need of a box. */
typedef struct
{
  guint64 n_keys_hidden;
  guint64 n_classes_hidden;
  guint64 n_out_of_focus; /* names of the scope */
  guint64 n_values;       /* objects shown in the rows */
  guint64 value_bytes;    /* occupied of those; HS_BYTES_UNKNOWN */
  guint64 n_folded;       /* references hidden by folding */
  guint64 n_internal;     /* references of the interpreter's bookkeeping that are hidden */

  guint32 last_object; /* of a group */
  guint64 min_bytes;   /* of a member; HS_BYTES_UNKNOWN */
  guint64 max_bytes;
} HsGraphDetail;

struct _HsGraph
{
  gatomicrefcount ref_count;

  HsHeap *heap;    /* owned */
  HsDiff *diff;    /* owned, nullable */
  GArray *boxes;   /* owned; of HsGraphBox */
  GArray *details; /* owned; of HsGraphDetail, beside boxes */
  GArray *rows;    /* owned; of HsGraphRow */

  guint32 *box_of; /* owned; by object: box + 1, HS_GRAPH_IN_A_ROW, or 0 */
  guint64  n_left_out;
  guint64  n_gone_left_out;
  guint64  n_scopes_left_out;
  guint64  n_out_of_focus;    /* names */
  guint64  n_center_left_out; /* references to the centre */
  gboolean is_full;           /* the budget kept boxes out */
  char    *highlight;         /* owned; NULL */
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
