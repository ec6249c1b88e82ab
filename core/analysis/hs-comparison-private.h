/* hs-comparison-private.h - what is found about variants when they are compared
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-comparison.h"

G_BEGIN_DECLS

/* Finds effects, verdict and reason of @self. @baseline may be @self. */
void _hs_variant_judge (HsVariant       *self,
                        const HsVariant *baseline);

G_END_DECLS
