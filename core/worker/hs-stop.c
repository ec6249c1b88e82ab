/* hs-stop.c - answers the request to stop
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-stop.h"

#include "hs-child.h"
#include "hs-moments.h"
#include "hs-pyframe.h"
#include "hs-run.h"
#include "hs-source.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static HsShared *result;

/* The interpreter's own handler, which has stop() called at the next instruction. */
static void (*pass_on) (int number);

/* The stream as the interpreter made it: what the code has put into sys.stdout
 * may do anything when it is flushed.
 */
static void
flush (const char *name)
{
  PyObject *stream = PySys_GetObject (name);
  PyObject *done = NULL;

  if (stream != NULL && stream != Py_None)
    done = PyObject_CallMethod (stream, "flush", NULL);
  Py_XDECREF (done);
  PyErr_Clear ();
}

static PyObject *
stop (PyObject *self,
      PyObject *args)
{
  /* A process that the code has forked shares nothing with the supervisor. */
  if (!hs_run_is_own_process ())
    _exit (1);

  if (atomic_load (&result->phase) < HS_PHASE_ENDING)
    {
      hs_run_end_clock ();
      atomic_store (&result->phase, HS_PHASE_SNAPSHOT);
      result->line = hs_moments_stop ();
      atomic_store (&result->phase, HS_PHASE_STOPPED);
    }
  else
    result->is_hung = 1;

  flush ("__stdout__");
  flush ("__stderr__");
  if (atomic_load (&result->phase) == HS_PHASE_ENDING)
    atomic_store (&result->phase, HS_PHASE_DONE);

  _exit (0);
}

static PyMethodDef stop_method = { "stop", stop, METH_VARARGS, NULL };

/* Where a call of C stands that does not come back. It only reads, as faulthandler does: the
 * frames of this thread hold still meanwhile, whether it has the GIL or not. Python's own answer,
 * if there is one, replaces it.
 */
static void
note_line (void)
{
  PyThreadState *thread = PyGILState_GetThisThreadState ();
  void          *frame;

  if (thread == NULL || !hs_run_is_own_process () ||
      atomic_load (&result->phase) != HS_PHASE_RUNNING)
    return;

  frame = hs_py_find_python_frame (hs_py_get_innermost_frame (thread));
  while (frame != NULL && !hs_source_has_code ((PyObject *)hs_py_get_frame_code (frame)))
    frame = hs_py_find_caller (frame);
  if (frame != NULL)
    result->line = hs_py_get_frame_line (frame);
}

static void
on_signal (int number)
{
  int saved_errno = errno;

  note_line ();
  errno = saved_errno;
  pass_on (number);
}

/* In front of the handler that signal.signal() has installed. */
static bool
watch_signal (void)
{
  struct sigaction action;

  if (sigaction (HS_STOP_SIGNAL, NULL, &action) != 0 || (action.sa_flags & SA_SIGINFO) != 0)
    return false;

  pass_on = action.sa_handler;
  action.sa_handler = on_signal;

  return sigaction (HS_STOP_SIGNAL, &action, NULL) == 0;
}

bool
hs_stop_init (HsShared *shared)
{
  PyObject *module = PyImport_ImportModule ("_signal");
  PyObject *function = PyCFunction_New (&stop_method, NULL);
  PyObject *old = NULL;

  result = shared;
  if (module != NULL && function != NULL)
    old = PyObject_CallMethod (module, "signal", "iO", HS_STOP_SIGNAL, function);

  Py_XDECREF (module);
  Py_XDECREF (function);
  Py_XDECREF (old);

  return old != NULL && watch_signal ();
}
