/* hs-ledger-table.h - the ledger's blocks that do not lie in arenas
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct
{
  uint64_t address; /* 0: no record */
  uint64_t requested;
  uint32_t site;
  uint8_t  domain; /* HsLedgerDomain */
  bool     is_code;
} HsLedgerRecord;

/* There is one table. Everything but the first call is under the ledger's lock. */

/* Returns: false without address space */
bool hs_ledger_table_init (void);

/* Returns: (nullable): the record, until the next call that changes the table */
HsLedgerRecord *hs_ledger_table_find (uint64_t address);

/* A record with the same address is replaced, and comes back in *old; else
 * old->address is 0. Returns: false if the table is full
 */
bool hs_ledger_table_put (const HsLedgerRecord *record,
                          HsLedgerRecord       *old);

/* Removes the record, which comes back in *old. Returns: false if there is none */
bool hs_ledger_table_take (uint64_t        address,
                           HsLedgerRecord *old);

/* All slots, to be walked over: those with address 0 are empty. */
const HsLedgerRecord *hs_ledger_table_get_slots (uint64_t *n);
