/* hs-compare-layout.c - an object of each variant to scale
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-compare-scene-private.h"

gboolean
_hs_compare_place_layouts (HsCompareScene *self,
                           GCancellable   *cancellable,
                           GError        **error)
{
  return TRUE;
}
