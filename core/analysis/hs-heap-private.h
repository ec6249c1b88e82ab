/* hs-heap-private.h - what the files of the analysis know of a heap
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"
#include "hs-history.h"

G_BEGIN_DECLS

/* What the objects of a type are in a picture. */
typedef enum
{
  HS_ROLE_DATA = 0,
  HS_ROLE_ATOM,       /* str, bytes, int, float, … of exactly that type: a value without parts */
  HS_ROLE_DEFINITION, /* module, class, function and the like: the program, not its data */
} HsRole;

/* The reference by which a search from the names reaches an object first. */
typedef struct
{
  guint32 edge;
  guint32 source; /* the object that holds it */
} HsCameBy;

struct _HsHeap
{
  gatomicrefcount ref_count;

  GBytes        *bytes; /* owned */
  HsSnapshotView view;  /* into bytes */

  HsHistory    *history;    /* owned; nullable */
  guint         moment;     /* of the history */
  HsComparison *comparison; /* owned; nullable */

  guint8  *type_role;   /* owned; HsRole by type */
  guint32 *block_index; /* owned; _hs_heap_new_block_index() */
  guint32 *n_referrers; /* owned; by object */

  /* Made when first asked for, under the lock, and never changed after. */
  GMutex    lock;
  guint32  *by_address;      /* owned; objects by ascending address */
  guint32  *referrers_first; /* owned; n_objects + 1 indices into referrers */
  guint32  *referrers;       /* owned; edges by target, ascending */
  guint32  *names_by_object; /* owned; names by object, then ascending */
  HsCameBy *came_by;         /* owned; by object; of hs-alive.c */

  GMutex                dominators_lock; /* held while they are made */
  struct _HsDominators *dominators;      /* owned; (atomic); made when first asked for */
};

static inline HsRole
_hs_heap_get_role (HsHeap  *self,
                   uint32_t object)
{
  return (HsRole)self->type_role[hs_snapshot_view_get_type (&self->view, object)];
}

/* Of the edges, those of a snapshot that was taken from the names only, which
 * come first: graph, deep and referrers know no others.
 */
static inline uint32_t
_hs_heap_get_n_edges (HsHeap *self)
{
  return self->view.object_edges[self->view.info.n_reached];
}

/* Where the blocks of every so many objects begin. Returns: (transfer full) */
guint32 *_hs_heap_new_block_index (const HsSnapshotView *view);

/* float.__repr__(), whatever the locale. */
void _hs_heap_append_double (GString *text,
                             double   value);

/* Like the functions without "short", cut with "…" after @max_chars characters.
 * O(max_chars).
 */
char *_hs_heap_dup_short_string (HsHeap  *self,
                                 uint32_t offset,
                                 guint    max_chars);
char *_hs_heap_dup_short_preview (HsHeap  *self,
                                  uint32_t object,
                                  guint    max_chars);
char *_hs_heap_dup_short_label (HsHeap  *self,
                                uint32_t edge,
                                guint    max_chars);

/* Valid UTF-8 of any text, control characters shown. Returns: (transfer full) */
char *_hs_text_make_visible (const char *text);
/* The same of the first 4096 characters, with "…" if there are more. */
char *_hs_text_make_visible_part (const char *text);

/* Before @self is given to anybody. */
void _hs_heap_set_history (HsHeap    *self,
                           HsHistory *history,
                           guint      moment);
/* Without any object. Returns: (transfer full) (nullable) */
HsHeap *_hs_heap_new_empty (GError **error);
void    _hs_heap_set_comparison (HsHeap       *self,
                                 HsComparison *comparison);

/* Whether the type stands in module builtins under @name. */
gboolean _hs_heap_type_is (HsHeap     *self,
                           uint32_t    type,
                           const char *name);

/* Occupied bytes, or HS_BYTES_UNKNOWN also where references are missing in the
 * snapshot: what @object adds to the deep bytes of all that lead to it.
 */
guint64 _hs_heap_get_own_deep (HsHeap  *self,
                               uint32_t object);

/* Deep bytes if at most @max_steps objects and edges have to be visited;
 * returns FALSE if more. @n_objects: how many objects they belong to.
 */
gboolean _hs_heap_get_deep_within (HsHeap  *self,
                                   uint32_t object,
                                   guint64  max_steps,
                                   guint64 *deep,
                                   guint64 *n_objects);

/* The objects by ascending address; of those at one address by index. O(n log n) once.
 * Returns: (transfer none)
 */
const guint32 *_hs_heap_get_by_address (HsHeap *self);

/* The edges that point to @object, ascending; of those that
 * _hs_heap_get_n_edges() counts. Returns: (transfer none) */
const guint32 *_hs_heap_get_referrers (HsHeap  *self,
                                       uint32_t object,
                                       guint   *n_edges);

/* The names that point to @object, ascending. Returns: (transfer none) */
const guint32 *_hs_heap_get_names_of (HsHeap  *self,
                                      uint32_t object,
                                      guint   *n_names);

/* The object that holds @edge. O(log n). */
uint32_t _hs_heap_get_edge_source (HsHeap  *self,
                                   uint32_t edge);

G_END_DECLS
