/* hs-census-private.h - what the parts of the census share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-census.h"

G_BEGIN_DECLS

struct _HsCensus
{
  HsHeap  *heap;    /* owned */
  HsDiff  *diff;    /* owned; nullable */
  GArray  *types;   /* owned; HsCensusType */
  guint   *by_type; /* owned; index in types by type, G_MAXUINT */
  guint64  n_objects;
  guint64  n_baseline;
  guint64  baseline; /* occupied by these */
  guint64  occupied;
  gboolean is_least;
};

G_END_DECLS
