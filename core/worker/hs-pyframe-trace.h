/* hs-pyframe-trace.h - what a trace function asks of its frame
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

/* For frames that are being executed. Nothing here allocates or takes references. */

/* The _PyInterpreterFrame, which stays where it is as long as it has not returned: a
 * generator's, too. The same that HsFrame.frame is.
 */
void *hs_py_trace_get_frame (PyFrameObject *self);

/* The instruction that is about to run, bytes from the start of the code. */
int32_t hs_py_trace_get_offset (PyFrameObject *self);

/* At PyTrace_CALL: whether the frame begins; a generator's may go on instead. */
bool hs_py_trace_begins (PyFrameObject *self);

/* At PyTrace_RETURN: whether the frame only gives way and will go on. */
bool hs_py_trace_yields (PyFrameObject *self);

/* Whether there are PyTrace_LINE events of the frame: its f_trace_lines. */
void hs_py_trace_set_lines (PyFrameObject *self,
                            bool           has_lines);

/* Whether a thread has another trace function than @func. */
bool hs_py_trace_is_taken (Py_tracefunc func);

/* Sets the trace function of all threads; NULL: none. The audit event "sys.settrace" is
 * raised for each.
 */
void hs_py_trace_set (Py_tracefunc func);

/* The number of the thread state that was made last; they ascend. */
uint64_t hs_py_trace_get_newest_thread (void);
