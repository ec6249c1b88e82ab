/* hs-pyframe-trace.c - what a trace function asks of its frame
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyframe-trace.h"
#include "hs-pyframe.h"
#include "hs-pyinternal.h"

#include <internal/pycore_frame.h>
#include <stddef.h>

void *
hs_py_trace_get_frame (PyFrameObject *self)
{
  return ((struct _frame *)self)->f_frame;
}

int32_t
hs_py_trace_get_offset (PyFrameObject *self)
{
  _PyInterpreterFrame *frame = hs_py_trace_get_frame (self);
  PyCodeObject        *code = hs_py_get_frame_code (frame);

  return (int32_t)((const char *)(uintptr_t)hs_py_get_instruction (frame) -
                   code->co_code_adaptive);
}

static bool
is_generators (const _PyInterpreterFrame *frame)
{
  return frame->owner == FRAME_OWNED_BY_GENERATOR;
}

/* The first RESUME is the first instruction that is traced (Python/ceval.c). */
bool
hs_py_trace_begins (PyFrameObject *self)
{
  _PyInterpreterFrame *frame = hs_py_trace_get_frame (self);
  PyCodeObject        *code = hs_py_get_frame_code (frame);

  return !is_generators (frame) || hs_py_trace_get_offset (self) <=
                                     code->_co_firsttraceable * (int)sizeof (_Py_CODEUNIT);
}

/* YIELD_VALUE sets the state before it calls the trace function (Python/bytecodes.c;
 * 3.11: ceval.c).
 */
bool
hs_py_trace_yields (PyFrameObject *self)
{
  _PyInterpreterFrame *frame = hs_py_trace_get_frame (self);
  const PyGenObject   *generator;

  if (!is_generators (frame))
    return false;
  generator =
    (const PyGenObject *)(const void *)((const char *)frame - offsetof (PyGenObject, gi_iframe));

  return generator->gi_frame_state < FRAME_EXECUTING;
}

void
hs_py_trace_set_lines (PyFrameObject *self,
                       bool           has_lines)
{
  ((struct _frame *)self)->f_trace_lines = has_lines;
}

bool
hs_py_trace_is_taken (Py_tracefunc func)
{
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    if (thread->c_tracefunc != NULL && thread->c_tracefunc != func)
      return true;

  return false;
}

void
hs_py_trace_set (Py_tracefunc func)
{
#if PY_VERSION_HEX >= 0x030d0000
  PyEval_SetTraceAllThreads (func, NULL);
#else
  for (PyThreadState *thread = hs_py_next_thread (NULL); thread != NULL;
       thread = hs_py_next_thread (thread))
    if (thread->c_tracefunc != func && _PyEval_SetTrace (thread, func, NULL) < 0)
      PyErr_Clear ();
#endif
}

/* New ones become the head of the list (Python/pystate.c). */
uint64_t
hs_py_trace_get_newest_thread (void)
{
  return hs_py_next_thread (NULL)->id;
}
