/* hs-growth.c - what the resident memory of the process consists of
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-growth.h"

void
hs_growth_init (const void *shared,
                uint64_t    shared_size)
{
  (void)shared;
  (void)shared_size;
}

void
hs_growth_begin (void)
{
}

void
hs_growth_measure (HsRecordMoment *moment)
{
  (void)moment;
}
