/* hs-ledger-table.c - the ledger's blocks that do not lie in arenas
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger-table.h"

#include <assert.h>
#include <stddef.h>
#include <sys/mman.h>

/* Open addressing with linear probing, at most half full, no tombstones. All
 * sizes that the table may grow to lie behind each other in address space that
 * is taken at the start: taken later it would count against the code's limits.
 * At its largest it knows 64 million blocks.
 */
#define BITS_MIN 14
#define BITS_MAX 27

static_assert (sizeof (HsLedgerRecord) == 24, "the table is meant to be dense");

static HsLedgerRecord *slots;
static uint64_t        n_records;
static uint32_t        bits;

bool
hs_ledger_table_init (void)
{
  uint64_t n_slots = (UINT64_C (2) << BITS_MAX) - (UINT64_C (1) << BITS_MIN);

  slots = mmap (NULL, n_slots * sizeof *slots, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  bits = BITS_MIN;

  return slots != MAP_FAILED;
}

static uint64_t
get_home (uint64_t address)
{
  return (address >> 4) * UINT64_C (0x9e3779b97f4a7c15) >> (64 - bits);
}

static uint64_t
get_mask (void)
{
  return (UINT64_C (1) << bits) - 1;
}

/* The slot of the address, or the empty one where it would be put. */
static HsLedgerRecord *
find_slot (uint64_t address)
{
  uint64_t mask = get_mask ();
  uint64_t i = get_home (address);

  while (slots[i].address != 0 && slots[i].address != address)
    i = (i + 1) & mask;

  return &slots[i];
}

static void
grow (void)
{
  HsLedgerRecord *old = slots;
  uint64_t        n_old = UINT64_C (1) << bits;

  slots += n_old;
  bits++;
  for (uint64_t i = 0; i < n_old; i++)
    if (old[i].address != 0)
      *find_slot (old[i].address) = old[i];

  madvise (old, n_old * sizeof *old, MADV_DONTNEED);
}

HsLedgerRecord *
hs_ledger_table_find (uint64_t address)
{
  HsLedgerRecord *slot = find_slot (address);

  return address != 0 && slot->address == address ? slot : NULL;
}

bool
hs_ledger_table_put (const HsLedgerRecord *record,
                     HsLedgerRecord       *old)
{
  HsLedgerRecord *slot = find_slot (record->address);

  *old = *slot;
  if (slot->address == 0)
    {
      if (n_records >= UINT64_C (1) << (bits - 1))
        {
          if (bits == BITS_MAX)
            return false;
          grow ();
          slot = find_slot (record->address);
        }
      n_records++;
    }
  *slot = *record;

  return true;
}

/* Moves records that were displaced by the one that goes back towards their
 * home, so that every search still meets no hole.
 */
static void
close_gap (uint64_t gap)
{
  uint64_t mask = get_mask ();

  for (uint64_t i = (gap + 1) & mask; slots[i].address != 0; i = (i + 1) & mask)
    {
      uint64_t distance = (i - get_home (slots[i].address)) & mask;

      if (distance >= ((i - gap) & mask))
        {
          slots[gap] = slots[i];
          gap = i;
        }
    }

  slots[gap].address = 0;
}

bool
hs_ledger_table_take (uint64_t        address,
                      HsLedgerRecord *old)
{
  HsLedgerRecord *slot = hs_ledger_table_find (address);

  if (slot == NULL)
    return false;

  *old = *slot;
  n_records--;
  close_gap ((uint64_t)(slot - slots));

  return true;
}

const HsLedgerRecord *
hs_ledger_table_get_slots (uint64_t *n)
{
  *n = slots != NULL ? UINT64_C (1) << bits : 0;

  return slots;
}
