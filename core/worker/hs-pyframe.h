/* hs-pyframe.h - the instruction that is being executed, in a few nanoseconds
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* For hooks of allocators: nothing here allocates, takes references or needs
 * the GIL if it asks about its own thread. Frames are _PyInterpreterFrame.
 */

/* Where a frame keeps the address of its current instruction, bytes; the same
 * in 3.11 to 3.13, which hs-pyframe.c asserts.
 */
#define HS_PY_FRAME_INSTRUCTION 56

/* The thread state of the calling thread; NULL if it is not running Python. */
PyThreadState *hs_py_get_thread_state (void);

/* The innermost frame of any kind; (nullable). */
static inline void *
hs_py_get_innermost_frame (PyThreadState *state)
{
#if PY_VERSION_HEX >= 0x030d0000
  return state->current_frame;
#else
  return state->cframe->current_frame;
#endif
}

/* The address of the instruction at which a frame stands. It lies in the code
 * object if hs_py_find_python_frame() gave the frame.
 */
static inline uint64_t
hs_py_get_instruction (const void *frame)
{
  return *(const uint64_t *)(const void *)((const char *)frame + HS_PY_FRAME_INSTRUCTION);
}

/* The first of @frame (nullable) and its callers that runs Python code. Others
 * mark where C called Python, or have not begun yet. Returns: (nullable)
 */
void *hs_py_find_python_frame (void *frame);

/* The one that called such a frame, likewise. */
void *hs_py_find_caller (void *frame);

/* For such a frame; borrowed. */
PyCodeObject *hs_py_get_frame_code (void *frame);

/* The line on which such a frame stands; 0 if it is on none. */
uint32_t hs_py_get_frame_line (void *frame);
