/* hs-graph.h - what of a heap is drawn as boxes and arrows
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-diff.h"

G_BEGIN_DECLS

/* What the person looking asked for. A value type: copy it, change it, build a
 * new graph from it. The defaults are what one wants to see first.
 */
typedef struct _HsGraphOptions HsGraphOptions;

HsGraphOptions *hs_graph_options_new (void);
HsGraphOptions *hs_graph_options_copy (const HsGraphOptions *self);
void            hs_graph_options_free (HsGraphOptions *self);

/* Only these names (of any scope) and what they reach; NULL or empty: all. */
void hs_graph_options_set_focus (HsGraphOptions    *self,
                                 const char *const *names);

/* Small atomic values (None, numbers, short str and bytes) as text in the row
 * instead of boxes of their own. Default FALSE: sharing is to be seen.
 */
void     hs_graph_options_set_values_in_rows (HsGraphOptions *self,
                                              gboolean        values_in_rows);
gboolean hs_graph_options_get_values_in_rows (const HsGraphOptions *self);

/* How many rows of the box (see HsGraphBox.key) are shown beyond the default
 * before "… N more". The default of a container is its first 8 and last 2 if
 * it has more than 12; of a scope or of what else has names in its rows, 44
 * and 2 if it has more than 48.
 */
void hs_graph_options_show_more (HsGraphOptions *self,
                                 guint64         key,
                                 guint           n_rows);

/* Folded boxes show their title only. Modules, classes, functions and other
 * parts of the program (code, descriptors, builtins) are folded by default.
 */
void hs_graph_options_set_folded (HsGraphOptions *self,
                                  guint64         key,
                                  gboolean        folded);

/* Shows members of the group as rows and boxes of their own, a page more with
 * each call: the first 8 and the last 2, then 10 more, then 100 more each time.
 * The others stay a group under the same key, as long as they are 4 or more.
 */
void hs_graph_options_open_group (HsGraphOptions *self,
                                  guint64         key);
/* All members are in the group again. */
void hs_graph_options_close_group (HsGraphOptions *self,
                                   guint64         key);

/* At most so many boxes. Past the half of them siblings of one type become a
 * group even if they differ (HsGraphBox.is_mixed); past all of them the farthest
 * from the names are left out, and the graph says how many. Default 2000.
 */
void hs_graph_options_set_max_boxes (HsGraphOptions *self,
                                     guint           max_boxes);

typedef enum
{
  HS_GRAPH_HIGHLIGHT_NONE,
  HS_GRAPH_HIGHLIGHT_PATH,      /* why it is alive: a shortest way from a name to it */
  HS_GRAPH_HIGHLIGHT_DOMINATED, /* what it keeps alive: what would go with it */
} HsGraphHighlight;

/* Marks boxes and rows as is_highlighted. The way from a name to @object is in
 * the graph then, whatever is folded, grouped, out of focus or over the limits.
 * @object: HS_NO_OBJECT: nothing is highlighted. The first graph of a heap with
 * HS_GRAPH_HIGHLIGHT_PATH costs O(objects + edges), that with
 * HS_GRAPH_HIGHLIGHT_DOMINATED makes the dominators.
 */
void hs_graph_options_set_highlight (HsGraphOptions  *self,
                                     HsGraphHighlight kind,
                                     guint32          object);

/* The graph of the neighbourhood of @object: what refers to it, two references
 * back and at most 8 of each object, of those only the rows that lead to it; and
 * all that it leads to. For an object that the whole graph does not show.
 * HS_NO_OBJECT: the graph begins at the names.
 */
void hs_graph_options_set_center (HsGraphOptions *self,
                                  guint32         object);

/* Compares with an earlier moment: marks of what appeared, grew, shrank or changed, and
 * ghosts of what has gone. NULL, or one whose objects are not matched: nothing is. Its
 * heap after has to be that of the graph.
 */
void hs_graph_options_set_diff (HsGraphOptions *self,
                                HsDiff         *diff);

typedef enum
{
  HS_BOX_SCOPE,  /* a module or a frame: its rows are names */
  HS_BOX_OBJECT, /* its rows are references */
  /* Neighbours in one container, of one type, to each of which nothing else refers,
   * and whose own references are alike: of the same kinds and names, to whatever
   * they lead. 10 or more become a group (4 or more of what has no references, in
   * containers of more than 12 items). Its rows stand for the references of all
   * members: they lead to a box if all members refer to that one object, else
   * HsGraphRow.value says what they refer to.
   */
  HS_BOX_GROUP,
  /* One or more objects that were there at the earlier moment and have gone; no rows.
   * What only they led to, and has gone as well, is inside.
   */
  HS_BOX_GHOST,
} HsBoxKind;

typedef enum
{
  HS_ROW_REFERENCE,
  HS_ROW_MORE, /* "… 9 990 more", "… 3 internal references": activating it shows more */
} HsRowKind;

#define HS_GRAPH_NONE G_MAXUINT

/* What is special about an object; several at once. Of a group: of all members. */
typedef enum
{
  HS_GRAPH_MARK_INTERNED = 1 << 0,
  HS_GRAPH_MARK_IMMORTAL = 1 << 1,      /* its references are not counted; not of static ones */
  HS_GRAPH_MARK_STATIC = 1 << 2,        /* inside the interpreter, no heap bytes */
  HS_GRAPH_MARK_OVERALLOCATED = 1 << 3, /* room for HsGraphBox.n_spare more */
  HS_GRAPH_MARK_TRACKED = 1 << 4,       /* by the garbage collector; too common for a sign */
  HS_GRAPH_MARK_FREED = 1 << 5,         /* HsGraphBox.is_ghost */
  HS_GRAPH_MARK_NEW = 1 << 6,           /* these: compared with an earlier moment */
  HS_GRAPH_MARK_GREW = 1 << 7,
  HS_GRAPH_MARK_SHRANK = 1 << 8,
  HS_GRAPH_MARK_CHANGED = 1 << 9, /* refers to other objects than before */
  HS_GRAPH_N_MARKS = 10
} HsGraphMarks;

/* A short word for one mark: "interned", "room for more"; translated. Returns: (transfer none) */
const char *hs_graph_get_mark_word (HsGraphMarks mark);

typedef struct
{
  HsRowKind  kind;
  HsEdgeKind edge_kind;
  char      *label;        /* owned */
  char      *value;        /* owned; text in the row instead of an arrow, or NULL */
  guint      target;       /* box; HS_GRAPH_NONE if there is a value or the box was left out */
  guint64    n_hidden;     /* HS_ROW_MORE: references not shown */
  guint64    n_references; /* that the row stands for: 1, or the length of "0 … 999"; of a
                            * group, that of all members together */
  guint      is_highlighted : 1;
  guint      is_ghost : 1; /* a reference of the earlier moment; leads to a ghost */
} HsGraphRow;

typedef struct
{
  HsBoxKind kind;
  guint64   key;    /* stable name of the box in HsGraphOptions */
  guint64   place;  /* the same in all graphs of the moments of one process */
  guint32   object; /* first member in the group; HS_NO_OBJECT for a scope */
  guint32   scope;  /* HS_NO_OBJECT unless a scope */
  HsFamily  family;
  guint64   n_members;   /* in the group or ghost; else 1 */
  guint64   n_new;       /* of these not there at the earlier moment; of a group */
  guint64   n_opened;    /* of a group: further members with boxes of their own; else 0 */
  guint64   bytes;       /* occupied of the object, or of all members; HS_BYTES_UNKNOWN */
  guint64   least_bytes; /* what of that is known: a lower bound if bytes is unknown */

  /* Of one member of a group, of the object else; both HS_BYTES_UNKNOWN if one is. */
  guint64 bytes_each_min;
  guint64 bytes_each_max;

  /* Of a group: objects to which only members or other such objects refer, one
   * behind the other, and their occupied bytes (HS_BYTES_UNKNOWN) or what is known
   * of those. They are in no other box; hs_graph_find_object() finds the group.
   */
  guint64 n_inside;
  guint64 inside_bytes;
  guint64 inside_least_bytes;

  guint64 n_spare; /* HS_GRAPH_MARK_OVERALLOCATED: items it has room for, 0 of a group */
  guint   marks;   /* HsGraphMarks */

  guint n_referrers; /* in the whole snapshot */
  guint first_row;
  guint n_rows;

  guint is_folded : 1;     /* has references that are not shown because it is folded */
  guint is_shared : 1;     /* more than one reference in the snapshot */
  guint is_boundary : 1;   /* references not followed by the worker */
  guint is_incomplete : 1; /* reached the budget: some references lead to boxes left out */
  guint is_mixed : 1;      /* a group whose members differ; no rows */
  guint is_highlighted : 1;
  guint is_center : 1;
  guint is_ghost : 1; /* of an earlier moment, freed since: HS_BOX_GHOST */

  char *title;   /* owned: type, or name of the scope */
  char *preview; /* owned: value, "96 B each" of a group; NULL if there is none */
  /* owned: what else is to be seen in the box, translated, NULL if nothing: "with
   * 20 000 objects inside, 625 KiB" of a group, "suspended" of a generator, "room for
   * 3 more items" of a list.
   */
  char *note;
} HsGraphBox;

/* Immutable and atomically reference counted. */
typedef struct _HsGraph HsGraph;

/* Returns: (transfer full) (nullable): NULL if cancelled (G_IO_ERROR_CANCELLED).
 * @options: NULL for the defaults; not kept. May be called in any thread.
 * Deterministic. O(boxes + their references).
 */
HsGraph *hs_graph_new (HsHeap               *heap,
                       const HsGraphOptions *options,
                       GCancellable         *cancellable,
                       GError              **error);
HsGraph *hs_graph_ref (HsGraph *self);
void     hs_graph_unref (HsGraph *self);

HsHeap           *hs_graph_get_heap (HsGraph *self); /* (transfer none) */
HsDiff           *hs_graph_get_diff (HsGraph *self); /* (transfer none) (nullable) */
guint             hs_graph_get_n_boxes (HsGraph *self);
const HsGraphBox *hs_graph_get_box (HsGraph *self,
                                    guint    box);
const HsGraphRow *hs_graph_get_row (HsGraph *self,
                                    guint    row);

/* Objects reachable in the snapshot that neither a box, nor a group, nor a
 * value in a row stands for.
 */
guint64 hs_graph_get_n_left_out (HsGraph *self);

/* Objects that have gone since the earlier moment, and that no ghost stands for. */
guint64 hs_graph_get_n_gone_left_out (HsGraph *self);

/* What is highlighted, in one translated line: the way from a name, or how much
 * would go. Returns: (transfer full) (nullable): NULL if nothing is
 */
char *hs_graph_dup_highlight (HsGraph *self);

/* The box that stands for @object, perhaps a group, or HS_GRAPH_NONE. */
guint hs_graph_find_object (HsGraph *self,
                            guint32  object);

/* The next box after @start (HS_GRAPH_NONE: from the beginning) whose name,
 * type, preview or row labels contain @text, case folded; wraps around.
 */
guint hs_graph_search (HsGraph    *self,
                       const char *text,
                       guint       start,
                       gboolean    backwards);

/* All facts about a box as lines of translated text: for the tooltip, the
 * screen reader, the text twin. Returns: (transfer full)
 */
char *hs_graph_describe_box (HsGraph *self,
                             guint    box);

/* One line: "list, 3 items, 88 B". Returns: (transfer full) */
char *hs_graph_name_box (HsGraph *self,
                         guint    box);

/* The text twin: the same facts as the picture, stable across runs (no
 * addresses). Returns: (transfer full)
 */
char *hs_graph_to_text (HsGraph *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsGraphOptions, hs_graph_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsGraph, hs_graph_unref)

G_END_DECLS
