/* hs-build.c - what build of CPython the library is
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-build.h"

#include <dlfcn.h>

#if defined(Py_DEBUG) || defined(Py_TRACE_REFS)
#error "debug builds of CPython are not supported"
#endif
#ifdef Py_GIL_DISABLED
#error "free-threaded builds of CPython are not supported"
#endif

static const char debug_build[] =
  "the library is a debug build of Python, whose objects are larger; a release build is needed";
static const char free_threaded_build[] =
  "the library is a free-threaded build of Python, whose objects have another head; a build with "
  "the GIL is needed";
static const char other_build[] =
  "the library is an unusual build of Python (sys.abiflags is not empty); a release build is "
  "needed";

/* Include/object.h of 3.11 to 3.13: the one function is there with Py_REF_DEBUG,
 * which Py_DEBUG implies, the other with Py_GIL_DISABLED.
 */
const char *
hs_build_find_problem (void)
{
  if (dlsym (RTLD_DEFAULT, "_Py_NegativeRefcount") != NULL)
    return debug_build;
  if (dlsym (RTLD_DEFAULT, "_Py_MergeZeroLocalRefcount") != NULL)
    return free_threaded_build;

  return NULL;
}

/* Python/sysmodule.c: gettotalrefcount with Py_REF_DEBUG, getobjects with
 * Py_TRACE_REFS; abiflags has "d" for the one and "t" for free threading.
 */
const char *
hs_build_ask_problem (void)
{
  PyObject *flags = PySys_GetObject ("abiflags");

  if (PySys_GetObject ("gettotalrefcount") != NULL || PySys_GetObject ("getobjects") != NULL)
    return debug_build;
  if (flags == NULL || !PyUnicode_Check (flags) || PyUnicode_GET_LENGTH (flags) == 0)
    return NULL;
  if (PyUnicode_FindChar (flags, 't', 0, PyUnicode_GET_LENGTH (flags), 1) >= 0)
    return free_threaded_build;

  return PyUnicode_FindChar (flags, 'd', 0, PyUnicode_GET_LENGTH (flags), 1) >= 0 ? debug_build
                                                                                  : other_build;
}
