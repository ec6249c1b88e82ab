/* hs-pyframe.c - the frames of CPython, which differ in every version
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyframe.h"
#include "hs-pyinternal.h"

#include <assert.h>
#include <internal/pycore_frame.h>
#include <stddef.h>
#include <string.h>

#if PY_VERSION_HEX >= 0x030d0000
static_assert (offsetof (_PyInterpreterFrame, instr_ptr) == HS_PY_FRAME_INSTRUCTION,
               "the frame's instruction has moved");
#else
static_assert (offsetof (_PyInterpreterFrame, prev_instr) == HS_PY_FRAME_INSTRUCTION,
               "the frame's instruction has moved");
#endif

static PyCodeObject *
get_code (_PyInterpreterFrame *frame)
{
#if PY_VERSION_HEX >= 0x030d0000
  return PyCode_Check (frame->f_executable) ? (PyCodeObject *)frame->f_executable : NULL;
#else
  return frame->f_code;
#endif
}

/* Frames that only mark where C called Python, and those that have not begun. */
static bool
is_hidden (_PyInterpreterFrame *frame)
{
  PyCodeObject *code = get_code (frame);

  if (code == NULL)
    return true;
#if PY_VERSION_HEX >= 0x030c0000
  if (frame->owner == FRAME_OWNED_BY_CSTACK)
    return true;
#endif

  return _PyFrame_IsIncomplete (frame);
}

/* Where the frame stands, bytes from the start of its code; negative if it has
 * not begun.
 */
static int
get_last_instruction (_PyInterpreterFrame *frame,
                      PyCodeObject        *code)
{
#if PY_VERSION_HEX >= 0x030d0000
  const char *instruction = (const char *)frame->instr_ptr;
#else
  const char *instruction = (const char *)frame->prev_instr;
#endif

  return (int)(instruction - code->co_code_adaptive);
}

/* What stands in for the variables of a frame that has none any more. */
static PyObject *cleared_variables[1024];

/* _PyFrame_ClearLocals() (Python/frame.c) drops the variables and sets the depth
 * of the stack to 0, but leaves the pointers where they are; take_ownership()
 * then does not copy them. 3.13 does so to a suspended generator that is closed
 * (Objects/genobject.c, gen_close()). The depth counts the variables; while the
 * frame is being executed it is -1.
 */
static bool
is_cleared (_PyInterpreterFrame *frame)
{
  return frame->stacktop >= 0 && frame->stacktop < get_code (frame)->co_nlocalsplus;
}

/* Returns: false if there are more variables than can be stood in for */
static bool
fill_frame (HsFrame             *self,
            _PyInterpreterFrame *frame,
            bool                 is_suspended)
{
  PyCodeObject *code = get_code (frame);

  memset (self, 0, sizeof *self);
  if (is_cleared (frame) && code->co_nlocalsplus > (int)Py_ARRAY_LENGTH (cleared_variables))
    return false;
  self->frame = frame;
  self->code = code;
#if PY_VERSION_HEX >= 0x030c0000
  self->function = frame->f_funcobj;
#else
  self->function = (PyObject *)frame->f_func;
#endif
  if ((code->co_flags & CO_OPTIMIZED) == 0)
    self->locals = frame->f_locals;
  else
    self->locals_copy = frame->f_locals;
  self->object = (PyObject *)frame->frame_obj;
  self->is_generators = frame->owner == FRAME_OWNED_BY_GENERATOR;
  self->variables = is_cleared (frame) ? cleared_variables : frame->localsplus;

  /* The depth of the stack is only written down when a frame gives way. */
  if (is_suspended && frame->stacktop > code->co_nlocalsplus)
    {
      self->stack = frame->localsplus + code->co_nlocalsplus;
      self->n_stack = frame->stacktop - code->co_nlocalsplus;
    }

  return true;
}

PyThreadState *
hs_py_next_thread (PyThreadState *thread)
{
  if (thread == NULL)
    return PyInterpreterState_ThreadHead (PyInterpreterState_Get ());

  return PyThreadState_Next (thread);
}

bool
hs_py_next_frame_of (PyThreadState *thread,
                     HsFrame       *self)
{
  _PyInterpreterFrame *frame = self->frame;
  int                  last;

  if (frame != NULL)
    frame = frame->previous;
  else
    frame = hs_py_get_innermost_frame (thread);

  while (frame != NULL && is_hidden (frame))
    frame = frame->previous;
  if (frame == NULL || !fill_frame (self, frame, false))
    return false;

  last = get_last_instruction (frame, self->code);
  self->line = last < 0 ? self->code->co_firstlineno : PyCode_Addr2Line (self->code, last);

  return true;
}

bool
hs_py_next_frame (HsFrame *self)
{
  return hs_py_next_frame_of (PyThreadState_GET (), self);
}

bool
hs_py_open_frame_object (PyObject *object,
                         HsFrame  *self)
{
  _PyInterpreterFrame *frame = ((struct _frame *)object)->f_frame;

  if (frame == NULL || get_code (frame) == NULL)
    return false;

  return fill_frame (self, frame, false);
}

bool
hs_py_open_generator (PyObject *generator,
                      HsFrame  *self)
{
  PyGenObject *gen = (PyGenObject *)generator;

  if (gen->gi_frame_state >= FRAME_CLEARED)
    return false;

  /* States below FRAME_EXECUTING: not begun, or suspended. */
  return fill_frame (self, (_PyInterpreterFrame *)(void *)gen->gi_iframe,
                     gen->gi_frame_state < 0);
}

uint32_t
hs_py_get_generator_line (PyObject *generator)
{
  PyGenObject *gen = (PyGenObject *)generator;

  /* Before the states of a suspended one stands that of one that has not begun. */
  if (gen->gi_frame_state <= FRAME_CREATED || gen->gi_frame_state >= FRAME_EXECUTING)
    return 0;

  return hs_py_get_frame_line (gen->gi_iframe);
}

PyCodeObject *
hs_py_frame_get_code (PyFrameObject *frame)
{
  return get_code (((struct _frame *)frame)->f_frame);
}

/* In 3.12 and later the state is the thread's own. Before, it is that of
 * whoever has the GIL (Python/pystate.c, _PyThreadState_UncheckedGet()).
 */
PyThreadState *
hs_py_get_thread_state (void)
{
#if PY_VERSION_HEX >= 0x030d0000
  return PyThreadState_GetUnchecked ();
#elif PY_VERSION_HEX >= 0x030c0000
  return _PyThreadState_UncheckedGet ();
#else
  PyThreadState *state = _PyThreadState_UncheckedGet ();

  return state != NULL && state == PyGILState_GetThisThreadState () ? state : NULL;
#endif
}

void *
hs_py_find_python_frame (void *frame)
{
  _PyInterpreterFrame *self = frame;

  while (self != NULL && is_hidden (self))
    self = self->previous;

  return self;
}

void *
hs_py_find_caller (void *frame)
{
  return hs_py_find_python_frame (((_PyInterpreterFrame *)frame)->previous);
}

PyCodeObject *
hs_py_get_frame_code (void *frame)
{
  return get_code (frame);
}

uint32_t
hs_py_get_frame_line (void *frame)
{
  PyCodeObject *code = get_code (frame);
  int           line = PyCode_Addr2Line (code, get_last_instruction (frame, code));

  return line > 0 ? (uint32_t)line : 0;
}
