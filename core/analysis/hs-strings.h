/* hs-strings.h - the distinct texts of a heap, and why equal ones are shared or not
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-identity.h"

G_BEGIN_DECLS

/* One text, and the str objects that hold it. */
typedef struct
{
  guint32  object; /* the copy that would be kept: interned, a constant, or the first */
  guint32  n_copies;
  guint64  n_references; /* to all copies */
  guint64  length;       /* characters; HS_LENGTH_NONE */
  guint64  occupied;     /* bytes of all copies */
  guint64  saving;       /* bytes of all copies but the one that would be kept */
  guint32  n_made;       /* copies that were made while the code ran and are not interned */
  guint32  first_copy;   /* for hs_strings_get_copies() */
  gboolean is_interned;  /* one of the copies is */
  HsWhy    why;          /* of one copy why it is one, of several why they are not */
} HsStringValue;

/* All objects of type str, not of its subclasses, that the code's names lead to.
 * Immutable: any thread may read it.
 */
typedef struct _HsStrings HsStrings;

/* Returns: (transfer full): keeps a reference on @heap. O(objects + edges), and
 * O(n log n) for the order of the values.
 */
HsStrings *hs_strings_new (HsHeap *heap);
void       hs_strings_free (HsStrings *self);

/* The highest saving first, then the most bytes. */
guint32              hs_strings_get_n (HsStrings *self);
const HsStringValue *hs_strings_get (HsStrings *self,
                                     guint32    i);

/* The objects of value @i, n_copies of them, ascending. Returns: (transfer none) */
const guint32 *hs_strings_get_copies (HsStrings *self,
                                      guint32    i);

/* Why value @i is one object or several, as a translated part of a sentence.
 * Returns: (transfer full)
 */
char *hs_strings_dup_why (HsStrings *self,
                          guint32    i);

HsIdentity *hs_strings_get_identity (HsStrings *self); /* (transfer none) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsStrings, hs_strings_free)

G_END_DECLS
