/* hs-address-map.h - from an address to a number
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct
{
  uint64_t key; /* 0: free */
  uint32_t value;
  uint32_t padding;
} HsAddressEntry;

/* Open addressing in scratch memory (hs-scratch.h), which is never given back:
 * a table that has become too small stays behind, a third of the whole.
 */
typedef struct
{
  HsAddressEntry *entries;
  uint64_t        mask; /* number of entries - 1 */
  uint64_t        n_used;
  int             shift;
} HsAddressMap;

/* Both return false if the scratch memory is used up. */
bool hs_address_map_init (HsAddressMap *self);
bool hs_address_map_grow (HsAddressMap *self);

/* Returns: the value of @key, which is not 0; NULL if it has none */
static inline uint32_t *
hs_address_map_find (HsAddressMap *self,
                     uint64_t      key)
{
  for (uint64_t slot = (key * UINT64_C (0x9e3779b97f4a7c15)) >> self->shift;; slot++)
    {
      HsAddressEntry *entry = &self->entries[slot & self->mask];

      if (entry->key == key)
        return &entry->value;
      if (entry->key == 0)
        return NULL;
    }
}

/* Finds the entry of @key, which is not 0, or makes one with the value
 * UINT32_MAX, which the caller replaces.
 * Returns: NULL if the scratch memory is used up
 */
static inline uint32_t *
hs_address_map_get (HsAddressMap *self,
                    uint64_t      key)
{
  uint64_t slot;

  if (self->n_used * 2 > self->mask && !hs_address_map_grow (self))
    return NULL;

  for (slot = (key * UINT64_C (0x9e3779b97f4a7c15)) >> self->shift;; slot++)
    {
      HsAddressEntry *entry = &self->entries[slot & self->mask];

      if (entry->key == key)
        return &entry->value;
      if (entry->key == 0)
        {
          entry->key = key;
          entry->value = UINT32_MAX;
          self->n_used++;
          return &entry->value;
        }
    }
}
