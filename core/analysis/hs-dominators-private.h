/* hs-dominators-private.h - how the tree of dominators is made
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-dominators.h"
#include "hs-heap-private.h"

G_BEGIN_DECLS

/* Set in the sum of an object that is a lower bound. */
#define HS_RETAINED_LEAST (G_GUINT64_CONSTANT (1) << 63)
#define HS_RETAINED_MAX   (HS_RETAINED_LEAST - 1)

struct _HsDominators
{
  guint32 n_objects;
  guint32 n_core; /* objects that did not fold */

  /* Owned, by object. */
  guint32 *parent;     /* HS_NO_OBJECT: a root holds it */
  guint64 *retained;   /* bytes, with HS_RETAINED_LEAST */
  guint32 *n_retained; /* objects */
  guint32 *order;      /* in the tree, from its top down: what an object retains follows it */

  guint32 *children; /* owned; every object, by parent */
  guint32 *first;    /* owned; n_objects + 3 indices into children, by parent + 1 */
};

/* Stand in the column of parents until they are known. A root has HS_NO_OBJECT. */
#define HS_HOLDER_NONE (HS_NO_OBJECT - 1) /* nothing refers to it, as far as is known */
#define HS_HOLDER_MANY (HS_NO_OBJECT - 2) /* several objects refer to it */

/* Stands in place of the number of its references when an object has become a
 * part of its only referrer.
 */
#define HS_FOLDED G_MAXUINT32

/* The references that count: all but the late ones, and but those from objects
 * that no name leads to back to those that one does.
 */
typedef struct
{
  HsDominators *tree;
  HsHeap       *heap;
  GCancellable *cancellable; /* (nullable) */
  guint32      *left;        /* owned; by object: references to what is no root and did not fold */
} HsDominatorsBuild;

/* How many steps are made before somebody may have cancelled. */
#define HS_DOMINATORS_STRIDE (UINT32_C (1) << 20)

static inline gboolean
_hs_dominators_is_cancelled (const HsDominatorsBuild *build,
                             guint32                  step)
{
  return step % HS_DOMINATORS_STRIDE == 0 && g_cancellable_is_cancelled (build->cancellable);
}

/* Saturates; whether the sum is a lower bound is handed on. */
static inline guint64
_hs_retained_add (guint64 a,
                  guint64 b)
{
  guint64 least = (a | b) & HS_RETAINED_LEAST;
  guint64 sum = (a & HS_RETAINED_MAX) + (b & HS_RETAINED_MAX);

  return sum <= HS_RETAINED_MAX ? sum | least : HS_RETAINED_MAX | HS_RETAINED_LEAST;
}

/* Puts what @object retains to what @parent does. */
static inline void
_hs_dominators_add (HsDominators *self,
                    guint32       parent,
                    guint32       object)
{
  self->retained[parent] = _hs_retained_add (self->retained[parent], self->retained[object]);
  self->n_retained[parent] += self->n_retained[object];
}

/* @n elements of @size bytes, on huge pages where there are: most of the time
 * would go into the first touch of small ones. Returns: (transfer full): of any
 * content; to be freed with g_aligned_free()
 */
gpointer _hs_dominators_new_array (gsize n,
                                   gsize size);

/* hs-dominators-roots.c: the bytes of each object, and which objects are roots. */
void _hs_dominators_sum_own (HsDominatorsBuild *build);
void _hs_dominators_find_roots (HsDominatorsBuild *build);

/* hs-dominators-fold.c: makes every object that only one other refers to, and
 * that refers to nothing else any more, a part of that one.
 */
void _hs_dominators_fold (HsDominatorsBuild *build);

/* hs-dominators-core.c: the parents of what is left. */
void _hs_dominators_solve_core (HsDominatorsBuild *build);

/* hs-dominators-tree.c: the children of each, and their order. */
void _hs_dominators_grow (HsDominatorsBuild *build);

/* Frees what hs_heap_get_dominators() returned. @self: (nullable) */
void _hs_dominators_free (HsDominators *self);

G_END_DECLS
