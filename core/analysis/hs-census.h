/* hs-census.h - the types of a heap by count, bytes and retained bytes
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-diff.h"

G_BEGIN_DECLS

/* All objects of one type. Bytes as far as they are known; is_least says whether some
 * are not.
 */
typedef struct
{
  guint32  type;   /* G_MAXUINT32: of a type of which there is no object any more */
  char    *name;   /* owned */
  HsFamily family; /* of its objects */
  guint32  object; /* the largest of them, by retained bytes */
  guint64  n_objects;
  guint64  n_static;   /* of these inside the interpreter, no heap bytes */
  guint64  n_baseline; /* of these there before the code began; 0 without the ledger */
  guint64  occupied;
  guint64  getsizeof; /* HS_BYTES_UNKNOWN if of one it is */
  guint64  retained;  /* that would go if all of them went */
  gboolean is_least;
  gboolean is_retained_least;

  const HsDiffType *difference; /* (nullable): from an earlier heap; owned by the census */
} HsCensusType;

/* Immutable: any thread may read it. */
typedef struct _HsCensus HsCensus;

typedef enum
{
  HS_CENSUS_BY_BYTES,
  HS_CENSUS_BY_RETAINED,
  HS_CENSUS_BY_COUNT,
  HS_CENSUS_BY_NAME,
} HsCensusOrder;

/* Of the objects that the names lead to, and of all others in a snapshot that holds
 * all. Makes the dominators. Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_CANCELLED. O(objects)
 */
HsCensus *hs_census_new (HsHeap       *heap,
                         HsCensusOrder order,
                         GCancellable *cancellable,
                         GError      **error);
/* Compared with an earlier heap: @diff (nullable), which leads to @heap. By bytes and by
 * objects the order is by what they have grown; types that have gone are among them.
 */
HsCensus *hs_census_new_compared (HsHeap       *heap,
                                  HsDiff       *diff,
                                  HsCensusOrder order,
                                  GCancellable *cancellable,
                                  GError      **error);
HsDiff   *hs_census_get_diff (HsCensus *self); /* (transfer none) (nullable) */
void      hs_census_free (HsCensus *self);

HsHeap *hs_census_get_heap (HsCensus *self); /* (transfer none) */

/* The highest first; by name in the order of the alphabet. */
guint               hs_census_get_n (HsCensus *self);
const HsCensusType *hs_census_get (HsCensus *self,
                                   guint     i);
guint               hs_census_find (HsCensus *self,
                                    guint32   type); /* G_MAXUINT: no object has it */

/* Sums of all types. */
guint64 hs_census_get_n_objects (HsCensus *self);
guint64 hs_census_get_occupied (HsCensus *self,
                                gboolean *is_least);

/* What the numbers say, a sentence in each line: how much the types take, what was
 * there before the code began, what lies beside objects. Returns: (transfer full)
 */
char *hs_census_dup_summary (HsCensus *self);

/* "Point, 10 000 objects, 938 KiB"; and all facts in lines. Returns: (transfer full) */
char *hs_census_name (HsCensus *self,
                      guint     i);
char *hs_census_describe (HsCensus *self,
                          guint     i);
char *hs_census_to_text (HsCensus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsCensus, hs_census_free)

G_END_DECLS
