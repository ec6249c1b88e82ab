/* hs-cost.h - what one more instance of each class costs
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-heap.h"

G_BEGIN_DECLS

/* How many first instances are looked at. On 3.11 to 3.13 the key table of a class
 * begins with room for some 30 attributes, and each instance takes it for its own
 * measure; after 25 to 27 instances it has shrunk to what is used.
 */
#define HS_COST_SERIES 40

/* Bytes before an instance with room for a __dict__: its GC header and, as wide, the
 * pointers to values or __dict__ and to weak references: 3.11 to 3.13, Include/
 * internal/pycore_object.h (Py_TPFLAGS_MANAGED_DICT).
 */
#define HS_COST_PRESIZE_WITH_DICT 32

/* The instances of a class of the code. Bytes are occupied ones, the __dict__ of an
 * instance's own included.
 */
typedef struct
{
  guint32  type;
  char    *name;         /* owned */
  guint32  object;       /* an instance of the typical size */
  guint    n_attributes; /* that most instances have */
  gboolean has_slots;    /* no instance has room for a __dict__ */
  guint64  n_instances;
  guint64  n_typical; /* so many instances have the typical size */
  guint64  bytes;     /* of the last of the series if it is full, else the most frequent
                       * size; HS_BYTES_UNKNOWN */
  gboolean is_steady; /* one more costs as much: with __slots__, or of at least HS_COST_SERIES */
  guint64  min_bytes;
  guint64  max_bytes;

  /* Of the first instances, in the order in which a sequence of the code holds them;
   * empty if none holds two.
   */
  guint   n_series;
  guint64 series[HS_COST_SERIES];
} HsCostClass;

/* Immutable: any thread may read it. */
typedef struct _HsCost HsCost;

/* Returns: (transfer full) (nullable): NULL with G_IO_ERROR_CANCELLED. O(objects and
 * the references of instances)
 */
HsCost *hs_cost_new (HsHeap       *heap,
                     GCancellable *cancellable,
                     GError      **error);
void    hs_cost_free (HsCost *self);

HsHeap *hs_cost_get_heap (HsCost *self); /* (transfer none) */

/* By kind (without slots first), number of attributes, name. */
guint              hs_cost_get_n (HsCost *self);
const HsCostClass *hs_cost_get (HsCost *self,
                                guint   i);

/* "NodeWithSlots, 48 B"; and all facts in lines. Returns: (transfer full) */
char *hs_cost_name (HsCost *self,
                    guint   i);
char *hs_cost_describe (HsCost *self,
                        guint   i);
/* What the numbers say in sentences: how the first instances differ, where one more
 * attribute costs most, what slots save. NULL if nothing. Returns: (transfer full)
 */
char *hs_cost_dup_findings (HsCost *self);
char *hs_cost_to_text (HsCost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsCost, hs_cost_free)

G_END_DECLS
