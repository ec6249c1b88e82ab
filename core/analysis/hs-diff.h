/* hs-diff.h - what differs between two heaps
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* What has become of an object, a name, or a type between the two. */
typedef enum
{
  HS_DIFF_STAYED = 0, /* nothing of it differs that is seen */
  HS_DIFF_CHANGED,    /* its value or its references differ, but not its bytes */
  HS_DIFF_GREW,       /* occupies more */
  HS_DIFF_SHRANK,     /* occupies less */
  HS_DIFF_APPEARED,
  HS_DIFF_GONE,
  HS_DIFF_N_STATES
} HsDiffState;

/* Sums of bytes are of what is known (hs_heap_get_least()), and end at G_MAXINT64. */
typedef struct
{
  guint64 n_before;
  guint64 n_after;
  guint64 bytes_before;
  guint64 bytes_after;
  guint64 n[HS_DIFF_N_STATES];     /* objects, those gone from before; 0 unless matched */
  guint64 bytes[HS_DIFF_N_STATES]; /* of these: what they occupy, those gone: occupied */
} HsDiffSum;

typedef struct
{
  char     *name; /* owned; as hs_heap_dup_type_name() */
  guint32   type; /* the first of that name in the heap after; G_MAXUINT32: it has none */
  HsFamily  family;
  gboolean  is_least; /* of some objects not all bytes are known */
  HsDiffSum sum;
} HsDiffType;

typedef struct
{
  char     *file; /* owned */
  guint     line;
  HsDiffSum sum;
} HsDiffLine;

/* Bytes: of the object and of what it leads to (hs_heap_get_deep()), HS_BYTES_UNKNOWN;
 * hs_diff_has_deep_names() says if only of the object itself.
 */
typedef struct
{
  char       *scope;        /* owned */
  char       *name;         /* owned */
  char       *type;         /* owned; after, or before if gone */
  HsDiffState state;        /* HS_DIFF_CHANGED: leads to another object, or to one that differs */
  gboolean    is_other;     /* leads to another object than before; FALSE unless matched */
  guint64     bytes_before; /* 0 if it was not there */
  guint64     bytes_after;
} HsDiffName;

/* Immutable: any thread may read it. */
typedef struct _HsDiff HsDiff;

/* Objects are matched if both heaps are moments of one history, hence of one process.
 * The same object is one at the same address, of a type of the same name, whose main
 * block the same line has allocated (where both heaps know that), and, if it cannot
 * change (str, int, tuple, …), of the same value or references. Memory that was freed and
 * taken again by such an object looks like one object that stayed or changed: snapshots
 * cannot tell. Lists, dicts and others that Python keeps for reuse (free lists) are most
 * prone to it: they keep the line that once allocated their main block. O(n log n).
 * Returns: (transfer full) (nullable): NULL if cancelled
 */
HsDiff *hs_diff_new (HsHeap       *before,
                     HsHeap       *after,
                     GCancellable *cancellable,
                     GError      **error);
/* The same, where the caller knows whether both are of one process. If they are not,
 * there are no addresses in common: types, names and sums are all that is compared.
 */
HsDiff *hs_diff_new_of (HsHeap       *before,
                        HsHeap       *after,
                        gboolean      is_one_process,
                        GCancellable *cancellable,
                        GError      **error);
HsDiff *hs_diff_ref (HsDiff *self);
void    hs_diff_unref (HsDiff *self);

HsHeap  *hs_diff_get_before (HsDiff *self); /* (transfer none) */
HsHeap  *hs_diff_get_after (HsDiff *self);  /* (transfer none) */
gboolean hs_diff_is_matched (HsDiff *self);

/* Of an object of the heap after: any state but HS_DIFF_GONE; HS_DIFF_STAYED for all
 * unless matched.
 */
HsDiffState hs_diff_get_state (HsDiff *self,
                               guint32 object);
/* The object before that is @object after, and the other way round; HS_NO_OBJECT: it
 * appeared, or has gone.
 */
guint32 hs_diff_get_former (HsDiff *self,
                            guint32 object);
guint32 hs_diff_get_later (HsDiff *self,
                           guint32 former);

const HsDiffSum *hs_diff_get_sum (HsDiff *self);
/* By growth in bytes, most first; then by that in objects, then by name. */
guint             hs_diff_get_n_types (HsDiff *self);
const HsDiffType *hs_diff_get_type (HsDiff *self,
                                    guint   i);
/* Lines that allocated the main blocks, in the same order; none without the lines of
 * the ledger in both.
 */
guint             hs_diff_get_n_lines (HsDiff *self);
const HsDiffLine *hs_diff_get_line (HsDiff *self,
                                    guint   i);
/* Of all scopes: as they stand in the heap after, then those that have gone. */
guint             hs_diff_get_n_names (HsDiff *self);
const HsDiffName *hs_diff_get_name (HsDiff *self,
                                    guint   i);
gboolean          hs_diff_has_deep_names (HsDiff *self);

/* The difference of two numbers with its sign: "+1 024", "−3", "0"; and of bytes:
 * "+1.50 MiB". Returns: (transfer full)
 */
char *hs_diff_format_count (guint64 before,
                            guint64 after);
char *hs_diff_format_bytes (guint64 before,
                            guint64 after);

const char *hs_diff_state_to_string (HsDiffState state); /* "appeared", … as in the JSON */
const char *hs_diff_get_state_word (HsDiffState state);  /* "new", …: translated */

/* The translated text twin. Returns: (transfer full) */
char *hs_diff_to_text (HsDiff *self);
/* What the comparison cannot know, a translated sentence in each line. Returns: (transfer full) */
char *hs_diff_dup_limits (HsDiff *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsDiff, hs_diff_unref)

G_END_DECLS
