/* hs-strings.h - the distinct texts of a heap, and why equal ones are shared or not
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-identity.h"

G_BEGIN_DECLS

#define HS_NO_STRING G_MAXUINT32

/* What a text is for. */
typedef enum
{
  HS_STRING_DATA = 0, /* the code's data refers to it: a variable, an attribute, an item, a key */
  HS_STRING_CONSTANT, /* only code holds it, as a constant */
  HS_STRING_NAME,     /* only names of variables, attributes, functions and files */
  HS_N_STRING_USES
} HsStringUse;

/* One text, and the str objects that hold it. */
typedef struct
{
  guint32 object; /* the copy that would be kept: interned, a constant, or the first */
  guint32 n_copies;
  guint64 n_references; /* to all copies */
  guint64 n_uses;       /* of these, those of the code's data */
  guint64 length;       /* characters; HS_LENGTH_NONE */
  guint64 occupied;     /* bytes of all copies */
  /* Bytes of the copies that would go if all data referred to the one that would
   * be kept; not of constants, which code holds.
   */
  guint64 saving;
  /* Bytes that one object in place of several saves now: for each copy its uses
   * beyond the first, times what another copy would occupy.
   */
  guint64     sharing;
  guint32     n_made;      /* copies that were made while the code ran and are not interned */
  guint32     first_copy;  /* for hs_strings_get_copies() */
  guint8      width;       /* bytes per character: 1, 2 or 4 (PEP 393); 0: not known */
  gboolean    is_ascii;    /* if @width is 1 */
  gboolean    is_interned; /* one of the copies is */
  gboolean    is_least;    /* the bytes of a part are not known: these are the ones that are */
  HsStringUse use;
  HsWhy       why; /* of one copy why it is one, of several why they are not */
} HsStringValue;

/* Of all values of one use. Bytes stop at G_MAXINT64. */
typedef struct
{
  guint32  n_values;
  guint64  n_copies;
  guint64  n_uses;
  guint64  occupied;
  guint64  sharing;
  guint64  saving;
  gboolean is_least;
} HsStringSums;

/* Everything but the text downwards. */
typedef enum
{
  HS_STRINGS_BY_WASTE = 0, /* the highest saving first, then the most bytes */
  HS_STRINGS_BY_BYTES,
  HS_STRINGS_BY_COPIES,
  HS_STRINGS_BY_REFERENCES, /* of data */
  HS_STRINGS_BY_LENGTH,
  HS_STRINGS_BY_TEXT,
  HS_N_STRINGS_ORDERS
} HsStringsOrder;

/* All objects of type str, not of its subclasses, that the code's names lead to.
 * Immutable and atomically reference counted: any thread may read it.
 */
typedef struct _HsStrings HsStrings;

/* Returns: (transfer full): keeps a reference on @heap. O(objects + edges), and
 * O(n log n) for the order of the values.
 */
HsStrings *hs_strings_new (HsHeap *heap);
HsStrings *hs_strings_ref (HsStrings *self);
void       hs_strings_unref (HsStrings *self);

HsHeap *hs_strings_get_heap (HsStrings *self); /* (transfer none) */

/* As HS_STRINGS_BY_WASTE. */
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

/* The value of @object, or HS_NO_STRING if it is no str that names lead to. */
guint32 hs_strings_find (HsStrings *self,
                         guint32    object);

/* How often the code's data refers to @object. */
guint32 hs_strings_get_n_uses (HsStrings *self,
                               guint32    object);

const HsStringSums *hs_strings_get_sums (HsStrings  *self,
                                         HsStringUse use);

/* All values in @order; of equals, those that come first by waste.
 * Returns: (transfer full): hs_strings_get_n() of them. O(n log n)
 */
guint32 *hs_strings_dup_order (HsStrings     *self,
                               HsStringsOrder order);

HsIdentity *hs_strings_get_identity (HsStrings *self); /* (transfer none) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsStrings, hs_strings_unref)

G_END_DECLS
