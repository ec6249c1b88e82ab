/* hs-strings-private.h - the texts of a heap, between the files that count and tell them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-identity-private.h"
#include "hs-strings.h"

G_BEGIN_DECLS

/* What is known of an object while references are told apart. */
enum
{
  HS_MARK_DATA = 1 << 0,      /* a variable leads to it, by way of data only */
  HS_MARK_NAMED = 1 << 1,     /* a variable refers to it */
  HS_MARK_NAMESPACE = 1 << 2, /* the dict of an instance or a class: its keys are names */
};

struct _HsStrings
{
  gatomicrefcount ref_count;
  HsHeap         *heap;     /* owned */
  HsIdentity     *identity; /* owned */
  guint32         n_values;
  HsStringValue  *values;   /* owned */
  guint32        *copies;   /* owned; objects by value */
  guint32        *value_of; /* owned; by object: its value, or HS_NO_STRING */
  guint8         *marks;    /* owned; HS_MARK_… by object */
  guint32        *n_uses;   /* owned; by object: how often data refers to it */
  guint32        *parents;  /* owned; by object that is data: an edge on a shortest way to it */
  HsStringSums    sums[HS_N_STRING_USES];
};

/* Fills marks, n_uses and parents. O(objects + edges) */
void _hs_strings_find_uses (HsStrings *self);

/* Marks what variables of these names lead to, as HS_MARK_DATA and HS_MARK_NAMED.
 * @names: NULL or empty: all. @parents: (nullable): filled for what is marked, but
 * not named. Returns: (transfer full): by object
 */
guint8 *_hs_strings_mark_data (HsStrings         *self,
                               const char *const *names,
                               guint32           *parents);

/* Whether @edge of @source, which is marked as data, is one of the code's data:
 * not the name of an attribute or a function, nor a constant that code holds.
 */
gboolean _hs_strings_is_use (HsStrings *self,
                             uint32_t   source,
                             uint32_t   edge);

#define HS_NO_EDGE G_MAXUINT32

/* How the code would write what it finds by @edge of @source, which is data:
 * "a.b[3]", "key of d"; HS_NO_EDGE: @source itself. Returns: (transfer full)
 */
char *_hs_strings_dup_path (HsStrings *self,
                            uint32_t   source,
                            uint32_t   edge);

/* Bytes per character: 1, 2, 4; 0: not known. @is_ascii: only if it is 1. */
guint _hs_strings_get_width (HsStrings *self,
                             uint32_t   object,
                             gboolean  *is_ascii);

/* What another copy of @object would occupy at least, bytes. */
guint64 _hs_strings_get_copy_cost (HsStrings *self,
                                   uint32_t   object);

G_END_DECLS
