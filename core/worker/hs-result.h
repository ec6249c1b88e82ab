/* hs-result.h - the memfd in which a run leaves its results
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-shared.h"

typedef struct
{
  int       fd;         /* the supervisor's alone; -1: discarded */
  HsShared *shared;     /* the whole file, mapped */
  uint64_t  size_bytes; /* of the file, before it is sealed */
} HsResult;

/* Makes a sparse file of @limit_bytes and maps it. */
bool hs_result_open (HsResult *self,
                     uint64_t  limit_bytes);

/* How much of the file the process has mapped, about: it does not keep snapshots
 * mapped. Returns: bytes; 0 if unknown
 */
uint64_t hs_result_get_resident (const HsResult *self);

/* What the file takes, whoever has written it. Returns: bytes; 0 if unknown */
uint64_t hs_result_get_size (const HsResult *self);

/* For a process that could not be killed: it may still write. */
void hs_result_discard (HsResult *self);

/* Unmaps the file, cuts it to what is used and makes it immutable. All
 * processes that mapped it must be dead. Call it once, last: self->shared is
 * gone afterwards.
 * @done: its figures of the result are filled in, 0 without one
 * Returns: the descriptor, or -1 if there is nothing to hand over
 */
int hs_result_seal (HsResult *self,
                    HsDone   *done);
