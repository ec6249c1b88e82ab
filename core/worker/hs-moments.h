/* hs-moments.h - the moments of a run, each with a snapshot
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

#include "hs-job.h"
#include "hs-shared.h"

/* The beginning, the marks of the job whenever the code comes to them, and the end. Each
 * is a row of the record (HS_RECORD_MOMENTS), if there is one; snapshots lie one behind
 * the other in the result. Marks may take half of its room and half of the memory
 * that is available, so that the last snapshot has its place.
 *
 * All of this needs the GIL; processes that the code forks have no part in it.
 */

/* @size_bytes: of the result, with @shared at its beginning */
void hs_moments_init (const HsJobView *job,
                      HsShared        *shared,
                      uint64_t         size_bytes);

/* Before the code's ledger begins: @code, the module's, will be watched if there are marks.
 * After hs_watch_init().
 */
void hs_moments_prepare (PyObject *code);

/* The clock has been started: the first moment. */
void hs_moments_begin (void);

/* The most that was resident up to the last mark, bytes; 0: there was none. Since then
 * the kernel has counted anew, so that snapshots are not in it.
 */
uint64_t hs_moments_get_rss_peak (void);

/* After the code, with the exception that ended it (NULL: none): its snapshot. */
void hs_moments_end (PyObject *exception);

/* Instead of that, in the midst of it. Returns: the line of the code's file that is
 * being executed; 0: unknown
 */
uint32_t hs_moments_stop (void);
