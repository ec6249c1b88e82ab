/* oracle-ledger.h - every live block of Python's allocators and of malloc()
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shares no code with the workers, which it is there to check.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum
{
  ORACLE_RAW, /* as PyMemAllocatorDomain */
  ORACLE_MEM,
  ORACLE_OBJ,
  ORACLE_MALLOC, /* the C library's, whoever called it */
} OracleDomain;

typedef struct
{
  uintptr_t    start;
  size_t       requested; /* bytes */
  OracleDomain domain;
} OracleBlock;

/* Hooks Python's three allocators; before the interpreter starts. */
void oracle_ledger_install (void);

/* Whether the hooks are still there: PYTHONMALLOC removes them silently. */
bool oracle_ledger_is_installed (void);

/* Blocks that are allocated from here to oracle_ledger_stop() are noted. */
void oracle_ledger_start (void);
void oracle_ledger_stop (void);

/* Those of the noted ones that are still live, by ascending address, first what
 * came from Python's allocators and then, from *@n_python on, what was asked of
 * malloc() behind their back. The array is valid until the next call.
 *
 * Returns: how many
 */
size_t oracle_ledger_get_noted (const OracleBlock **blocks,
                                size_t             *n_python);

/* The live block of Python's allocators that starts at @start.
 *
 * Returns: false if there is none
 */
bool oracle_ledger_find (uintptr_t    start,
                         OracleBlock *block);

/* What the allocator gives for a block: a malloc() chunk with its size word, or
 * a block of pymalloc's size class.
 *
 * Returns: bytes
 */
size_t oracle_ledger_get_occupied (const OracleBlock *block);

/* Whether a block of one of Python's domains came from malloc(). */
bool oracle_ledger_is_chunk (const OracleBlock *block);
