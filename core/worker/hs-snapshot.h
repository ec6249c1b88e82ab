/* hs-snapshot.h - when a snapshot is taken, and of what
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-shared.h"

/* Where snapshots go: behind @shared, which has @size_bytes in all. */
void hs_snapshot_set_area (HsShared *shared,
                           uint64_t  size_bytes);

/* Whether snapshots hold every object of the process, not only what the code's
 * names lead to; not at first.
 */
void hs_snapshot_set_all (bool all);

/* Before the code runs: notes what @globals, the namespace of __main__, holds
 * already, and which objects of @code the interpreter will put there. Both must
 * stay alive as long as snapshots may be taken: what @code holds as constants
 * tells why objects are shared.
 */
void hs_snapshot_prepare (PyObject *globals,
                          PyObject *code);

/* Where a snapshot goes, and what became of it. */
typedef struct
{
  uint64_t begin_ns; /* CLOCK_MONOTONIC, when the code was stopped for it */
  uint64_t offset;   /* from the start of the result, bytes, a multiple of 64 */
  uint64_t room_end; /* it may go up to there */
  bool     is_last;  /* better a part of it than nothing */

  uint64_t size;        /* bytes; 0: there was no room */
  uint64_t n_objects;   /* of the heap, as far as there was room for them */
  uint64_t live_blocks; /* with the ledger */
  uint32_t line;        /* of the code's file that is being executed; 0: unknown */
  bool     is_cut;      /* there was no room, or not for all of it */
} HsSnapshotPlace;

/* After the code: its names, and the frames in which @exception was raised
 * (NULL: none). The GIL is held; no Python code runs, nothing is allocated.
 */
void hs_snapshot_take_final (PyObject        *exception,
                             HsSnapshotPlace *place);

/* In the midst of the code: its names and the running frames of this thread. */
void hs_snapshot_take_running (HsSnapshotPlace *place);
