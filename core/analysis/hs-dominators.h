/* hs-dominators.h - what would go if an object went
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* An object dominates another if every way from the roots to the other leads
 * through it: if it went, the other would go with it, at once or with the next
 * run of the collector. The nearest such object is the parent of the other; the
 * parents make a tree, and the bytes of the part of the tree below an object,
 * itself included, are what it retains.
 *
 * Roots are what goes with no object of the snapshot. A parent of none,
 * HS_NO_OBJECT, has
 *  - what a name of a scope leads to: the name holds it;
 *  - what has more references by CPython's count than the snapshot shows, names
 *    included: something else holds it as well, be it a constant of the code, a
 *    temporary, a library, or a reference that is not in the snapshot because
 *    that of another object (HS_OBJECT_EDGES_INCOMPLETE) are not all known. What
 *    CPython itself does not count, as the two references from its table of
 *    interned strings, holds nothing;
 *  - what is static or immortal: it never goes;
 *  - what several of these hold, and nothing but them together.
 * Modules, classes and functions of others (HS_OBJECT_BOUNDARY) are held by their
 * libraries, and roots for that; of one that is not, as a closure that a library
 * made for the code, what it refers to is not known: it retains at least itself.
 * A reference that is in the snapshot but that CPython does not count can only
 * make less to be retained by one object.
 *
 * A snapshot of all objects gives the same answer for all that the names lead
 * to as one without the others: these count as "something else". Of the others
 * themselves, those that boundaries refer to are roots, too. Of cycles that
 * nothing holds, which the collector has not found yet, one object is a root.
 *
 * What goes as well and is not counted: the weak references by which a base class
 * knows its subclasses, and whatever else only the end of an object removes; the
 * class of an object, if that is no class written in Python and nothing else holds
 * it, as that of an array of ctypes. What stays although it goes: lists, dicts,
 * tuples and floats for which there is room in CPython's lists of free objects,
 * until it collects all.
 *
 * Bytes are those of hs_heap_get_occupied(), and shared blocks of the objects at
 * which they are listed: the key table of a class goes with the class, which
 * its instances hold.
 */

/* Immutable once made; owned by its heap; any thread may read it. 28 bytes for
 * each object.
 */
typedef struct _HsDominators HsDominators;

/* Makes them when first asked for, and then blocks: O(objects + edges), all
 * but linear whatever the shape. All that asks of them afterwards is O(1).
 * Returns: (transfer none)
 */
const HsDominators *hs_heap_get_dominators (HsHeap *heap);

/* Makes them, if they are not there yet, as far as @cancellable lets it: for a
 * thread of its own, before hs_heap_get_dominators() is asked in that of the
 * window. Returns: FALSE with an error of G_IO_ERROR if it was cancelled
 */
gboolean hs_heap_prepare_dominators (HsHeap       *heap,
                                     GCancellable *cancellable,
                                     GError      **error);

/* Whether they are there, so that hs_heap_get_dominators() does not block. */
gboolean hs_heap_has_dominators (HsHeap *heap);

/* The nearest object that holds @object alone; HS_NO_OBJECT if that is none: a
 * root holds it, or several objects without one behind them all.
 */
guint32 hs_dominators_get_parent (const HsDominators *self,
                                  guint32             object);

/* The occupied bytes that would go if @object went. @is_least: (out) (optional):
 * whether bytes or references of a part are unknown, so that they are at least
 * so many.
 */
guint64 hs_dominators_get_retained (const HsDominators *self,
                                    guint32             object,
                                    gboolean           *is_least);

/* Objects that would go, itself included. */
guint64 hs_dominators_get_n_retained (const HsDominators *self,
                                      guint32             object);

/* The objects whose parent is @object, the top ones for HS_NO_OBJECT: by
 * retained bytes descending, then by index. Returns: (transfer none) (array
 * length=n): never NULL
 */
const guint32 *hs_dominators_get_children (const HsDominators *self,
                                           guint32             object,
                                           guint32            *n);

/* Whether @other would go if @object went; true of an object and itself. */
gboolean hs_dominators_dominates (const HsDominators *self,
                                  guint32             object,
                                  guint32             other);

/* What an object is a root for, several at once. */
typedef enum
{
  HS_HELD_BY_NAME = 1 << 0,
  HS_HELD_FROM_OUTSIDE = 1 << 1, /* by references that the snapshot does not show */
  HS_HELD_FOR_EVER = 1 << 2,     /* static or immortal */
} HsHeldFlags;

/* 0 if @object is held by objects of the snapshot only. O(1) but for the names,
 * O(log names).
 */
HsHeldFlags hs_heap_get_held (HsHeap *heap,
                              guint32 object);

G_END_DECLS
