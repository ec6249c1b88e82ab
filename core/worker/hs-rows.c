/* hs-rows.c - from an object to its row
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-rows.h"

#include "hs-scratch.h"

#include <string.h>

/* Blocks of 16 bytes, the smallest, in all of a pool. */
#define ROWS_MAX ((HS_POOL_SIZE - sizeof (HsPoolHeader)) / HS_ARENA_GRANULE)

bool
hs_rows_init (HsRows  *self,
              uint64_t n_pools)
{
  uint64_t n_rows = n_pools * ROWS_MAX + 1;

  memset (self, 0, sizeof *self);
  /* Address space, of which only what is used takes memory. */
  self->n_rows_max = n_rows < UINT32_MAX ? (uint32_t)n_rows : UINT32_MAX;
  self->pools = hs_scratch_alloc (n_pools * sizeof *self->pools);
  self->rows = hs_scratch_alloc_dense ((uint64_t)self->n_rows_max * sizeof *self->rows);
  self->n_rows = 1; /* 0 means "not seen" */

  return self->pools != NULL && self->rows != NULL && hs_address_map_init (&self->others);
}

bool
hs_rows_add_pool (HsRows     *self,
                  uint32_t    pool,
                  const void *address)
{
  uint32_t n_granules = hs_arenas_get_class (address) / HS_ARENA_GRANULE;
  uint32_t n;

  if (n_granules == 0)
    return false;
  n = ROWS_MAX / n_granules;
  if (n > self->n_rows_max - self->n_rows)
    return false;

  self->pools[pool].first = self->n_rows;
  self->pools[pool].reciprocal = (65536 + n_granules - 1) / n_granules;
  self->n_rows += n;

  return true;
}
