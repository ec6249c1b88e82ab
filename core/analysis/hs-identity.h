/* hs-identity.h - why an object is the one that several refer to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-heap.h"

G_BEGIN_DECLS

typedef enum
{
  HS_IDENTITY_STATIC = 1 << 0,    /* inside libpython, no heap bytes */
  HS_IDENTITY_IMMORTAL = 1 << 1,  /* its references are not counted */
  HS_IDENTITY_INTERNED = 1 << 2,  /* in the table that holds each text once */
  HS_IDENTITY_SMALL_INT = 1 << 3, /* -5 to 256, of which Python keeps one object each */
  HS_IDENTITY_SINGLE = 1 << 4,    /* str of one character up to U+00FF, bytes of one byte */
  HS_IDENTITY_EMPTY = 1 << 5,     /* the empty str, bytes or tuple: likewise */
  HS_IDENTITY_CONSTANT = 1 << 6,  /* of code, or in a tuple or frozenset that is */
  HS_IDENTITY_NAME = 1 << 7,      /* the str that stands for a variable, attribute, function … */
} HsIdentityFacts;

/* Each says only what a snapshot proves. The first ones are of one object that
 * several refer to, the last ones of equal strings that are several objects.
 */
typedef enum
{
  HS_WHY_NONE = 0, /* nothing special: its one reference made it */
  HS_WHY_EMPTY,
  HS_WHY_SINGLE,
  HS_WHY_SMALL_INT,
  HS_WHY_COMPILE_TIME, /* a constant, interned because it is made of name characters */
  HS_WHY_CONSTANT,     /* equal constants that were compiled together are one object */
  HS_WHY_NAME,         /* names are interned */
  HS_WHY_SYS_INTERN,   /* interned while the code ran, neither by the compiler nor as a name */
  HS_WHY_INTERNED,     /* by something else, or it is not known when */
  HS_WHY_ALIAS,        /* the same object was assigned or stored again */

  HS_WHY_TWO_CACHES,     /* one character: the cache of those, and the table of interned ones */
  HS_WHY_COMPILED_APART, /* constants of code that was not compiled together */
  HS_WHY_FOLD_LIMIT,     /* made while the code ran: a repetition too long for the compiler */
  HS_WHY_RUN_TIME,       /* made while the code ran */
  HS_WHY_SEPARATE,       /* it is not known when they were made */
  HS_N_WHYS
} HsWhy;

/* For JSON: "empty", "sys-intern" …; NULL for HS_WHY_NONE. */
const char *hs_why_to_string (HsWhy why);

/* The compiler computes text * number up to so many characters: MAX_STR_SIZE in
 * CPython's Python/ast_opt.c, 3.7 to 3.13.
 */
#define HS_FOLD_MAX 4096

/* What code holds, found once for a heap. Immutable: any thread may read it. */
typedef struct _HsIdentity HsIdentity;

/* Returns: (transfer full): keeps a reference on @heap. O(objects + edges) */
HsIdentity *hs_identity_new (HsHeap *heap);
void        hs_identity_free (HsIdentity *self);

HsIdentityFacts hs_identity_get_facts (HsIdentity *self,
                                       uint32_t    object);

/* Why @object, whatever it is, is one; HS_WHY_NONE to HS_WHY_ALIAS. */
HsWhy hs_identity_get_why (HsIdentity *self,
                           uint32_t    object);

/* Whether @object, a str, was made after the code began, by the code or what it
 * called, and is neither a constant nor interned. Without the ledger it is not
 * known of any.
 */
gboolean hs_identity_is_made (HsIdentity *self,
                              uint32_t    object);

/* The names of up to three code objects that have @object as a constant: "f",
 * "Point.__init__", "<module>". @has_more: (nullable): whether there may be others.
 * Returns: (transfer full) (element-type utf8): NULL-ended
 */
char **hs_identity_dup_codes (HsIdentity *self,
                              uint32_t    object,
                              gboolean   *has_more);

/* hs_identity_get_why() as a translated part of a sentence: "a constant of f …";
 * "" for HS_WHY_NONE. Returns: (transfer full)
 */
char *hs_identity_dup_why (HsIdentity *self,
                           uint32_t    object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsIdentity, hs_identity_free)

G_END_DECLS
