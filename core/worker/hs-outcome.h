/* hs-outcome.h - how the code ended, in terms of hs-protocol.h
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-shared.h"

/* Files @exception (NULL: none) under a status, with type, message and line.
 * No user code runs: the message is taken from arguments that are strings.
 */
void hs_outcome_record (HsShared *shared,
                        PyObject *exception,
                        bool      has_memory_limit);

/* For an exception while compiling: status, message and place. */
void hs_outcome_record_syntax_error (HsShared *shared,
                                     PyObject *exception);

/* Whether code that was ended by @exception (NULL: none) ended as it should. */
bool hs_outcome_is_ok (PyObject *exception);

/* What the interpreter does at the end of a program: prints a traceback or
 * what sys.exit() was given. Runs Python code. Returns: the exit code
 */
int hs_outcome_report (HsShared *shared,
                       PyObject *exception);
