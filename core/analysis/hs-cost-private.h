/* hs-cost-private.h - what the parts of the cost of instances share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cost.h"

G_BEGIN_DECLS

struct _HsCost
{
  HsHeap *heap;    /* owned */
  GArray *classes; /* owned; HsCostClass */
};

/* Of @object and the __dict__ that it has for itself; HS_BYTES_UNKNOWN. */
guint64 _hs_cost_get_bytes (HsHeap *heap,
                            guint32 object);

G_END_DECLS
