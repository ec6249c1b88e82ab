/* hs-refused.h - what an exception was refused by the sandbox
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-job.h"
#include "hs-shared.h"

/* Fills in what it was, as far as an exception tells; for a file it is asked again, so that what
 * the user himself may not do is told from what only the code may not do. Runs no code of the
 * exception's. To be called in the sandbox.
 */
void hs_refused_find (HsShared        *shared,
                      const HsJobView *job,
                      PyObject        *exception);
