/* hs-source.h - the code's file: compiled once, known to tracebacks
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-job.h"

/* Sets __file__ and __loader__ of __main__. The loader gives the source that
 * came with the job, so that tracebacks and inspect show these lines even if
 * the file on disk is older or there is none. With an exception on failure.
 */
bool hs_source_init (const HsJobView *job);

/* Compiles the bytes as a file: once, so that constants are shared as
 * "python file.py" shares them. Honours a byte order mark and an encoding
 * cookie. Returns: (nullable): new reference; NULL with an exception
 */
PyObject *hs_source_compile (const HsJobView *job);

/* Puts the source into linecache, which would otherwise read the file on disk.
 * Runs Python code: after the last snapshot only. Errors are ignored.
 */
void hs_source_fill_linecache (void);

/* The name under which the code was compiled, a str; borrowed. */
PyObject *hs_source_get_file_name (void);

/* Whether @code was compiled from the code's file. No Python code runs. */
bool hs_source_has_code (PyObject *code);
