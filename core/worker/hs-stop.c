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
#include "hs-run.h"

#include <unistd.h>

static HsShared *result;

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

  return old != NULL;
}
