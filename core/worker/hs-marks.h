/* hs-marks.h - which marks the code has come to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-job.h"

/* A mark is of a statement. The code comes to it with the first of its lines that is
 * about to run, and once more when it goes back to where it came in, as a loop does;
 * that lines of one statement take turns is no matter. The statement has run when
 * the same frame goes on elsewhere, or returns; not if it gives way (yield), nor if
 * an exception has left it.
 *
 * The first line of a function or class belongs to the frame around it. What runs
 * within an expression in a frame of its own (lambda, comprehension) belongs to the
 * statement in which it stands.
 */
typedef void (*HsMarkFunc) (uint32_t mark);

/* Calls @reached with the index of a mark of @job each time its moment has come, once
 * lines are watched (HS_WATCH_MARKS). @module: the module's code
 */
void hs_marks_init (const HsJobView *job,
                    PyObject        *module,
                    HsMarkFunc       reached);
