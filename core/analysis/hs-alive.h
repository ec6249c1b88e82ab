/* hs-alive.h - why an object is alive
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"

G_BEGIN_DECLS

/* A shortest way from a name to an object, over references. Immutable; holds a
 * reference on its heap; any thread may read it.
 */
typedef struct _HsAlivePath HsAlivePath;

/* One reference, and what it leads to. */
typedef struct
{
  guint32 edge;
  guint32 object;
} HsAliveStep;

/* Of several that are as short, the first: by the names, then by the references,
 * in the order of the snapshot. The first call for a heap is O(objects + edges),
 * every other O(length of the path).
 * Returns: (transfer full) (nullable): NULL if no name leads to @object
 */
HsAlivePath *hs_alive_path_new (HsHeap *heap,
                                guint32 object);
void         hs_alive_path_free (HsAlivePath *self);

/* The name at which it begins. */
guint32 hs_alive_path_get_name (const HsAlivePath *self);

/* Behind the object of the name; the last leads to the object that was asked for.
 * Returns: (transfer none) (array length=n): none if the name itself holds it
 */
const HsAliveStep *hs_alive_path_get_steps (const HsAlivePath *self,
                                            guint             *n);

/* In one line, "points → [3] → Point", the middle of a long one left out with the
 * number of its steps; translated. Returns: (transfer full)
 */
char *hs_alive_path_dup_text (const HsAlivePath *self);

/* What else there is to say, a sentence each, translated: which name or reference
 * alone holds it, through which object all ways lead, whether something outside
 * the snapshot holds it as well, whether it ever goes. Makes the dominators if
 * they are not there (hs-dominators.h). Returns: (transfer full)
 */
GStrv hs_alive_dup_facts (HsHeap *heap,
                          guint32 object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsAlivePath, hs_alive_path_free)

G_END_DECLS
