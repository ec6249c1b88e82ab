/* hs-boundary.c - where the code ends and the interpreter and its libraries begin
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-source.h"
#include "hs-walk.h"

static bool
is_users_type (PyObject *type)
{
  return type != NULL && PyType_Check (type) && hs_types_is_users ((PyTypeObject *)type);
}

/* Written in the code's file, or made by a library for it in its namespace, as
 * dataclasses does.
 */
static bool
is_users_function (HsWalk   *self,
                   PyObject *function)
{
  return PyFunction_GET_GLOBALS (function) == self->globals ||
         hs_source_has_code (PyFunction_GET_CODE (function));
}

/* A method of an object of the code's is followed to the object, a function of
 * a module is not.
 */
static bool
is_bound_builtin (PyObject *builtin)
{
  PyObject *owner = ((PyCFunctionObject *)builtin)->m_self;

  return owner != NULL && !PyModule_Check (owner) && !PyType_Check (owner);
}

bool
hs_walk_is_boundary (HsWalk           *self,
                     PyObject         *object,
                     const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_MODULE:
      return true;

    case HS_LAYOUT_TYPE:
      return !is_users_type (object);

    case HS_LAYOUT_FUNCTION:
      return !is_users_function (self, object);

    case HS_LAYOUT_CODE:
      return !hs_source_has_code (object);

    case HS_LAYOUT_BUILTIN:
      return !is_bound_builtin (object);

    case HS_LAYOUT_DESCRIPTOR:
      return !is_users_type ((PyObject *)((PyDescrObject *)object)->d_type);

    case HS_LAYOUT_DICT:
      /* All names are in the snapshot already; a function's __globals__ would
       * draw every one of them a second time.
       */
      return object == self->globals || object == self->builtins;

    default:
      return false;
    }
}
