/* hs-fields.c - what the bytes of a block are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-walk.h"

void
hs_walk_add_fields (HsWalk *self)
{
  (void)self;
}
