/* hs-address-map.c - from an address to a number
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-address-map.h"

#include "hs-scratch.h"

#include <stddef.h>

#define FIRST_BITS  10
#define GROWTH_BITS 2

static bool
set_size (HsAddressMap *self,
          int           bits)
{
  HsAddressEntry *entries = hs_scratch_alloc_dense (sizeof *entries << bits);

  if (entries == NULL)
    return false;

  self->entries = entries;
  self->mask = (UINT64_C (1) << bits) - 1;
  self->shift = 64 - bits;

  return true;
}

bool
hs_address_map_init (HsAddressMap *self)
{
  self->n_used = 0;

  return set_size (self, FIRST_BITS);
}

bool
hs_address_map_grow (HsAddressMap *self)
{
  HsAddressMap old = *self;

  if (!set_size (self, 64 - old.shift + GROWTH_BITS))
    return false;

  self->n_used = 0;
  for (uint64_t i = 0; i <= old.mask; i++)
    if (old.entries[i].key != 0)
      *hs_address_map_get (self, old.entries[i].key) = old.entries[i].value;

  return true;
}
