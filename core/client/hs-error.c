/* hs-error.c - what can go wrong around a run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-error.h"

G_DEFINE_QUARK (HsError, hs_error)
