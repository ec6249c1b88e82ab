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

/* After the code: its names, and the frames in which @exception was raised
 * (NULL: none). The GIL is held; no Python code runs, nothing is allocated.
 */
void hs_snapshot_take_final (PyObject *exception);

/* In the midst of the code: its names and the running frames of this thread.
 * Returns: the line of the code's file that is being executed; 0 unknown
 */
uint32_t hs_snapshot_take_running (void);
