/* hs-constants.c - what code that no name leads to holds as constants and names
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-walk.h"

/* Of code in code and of tuples in tuples; CPython's parser allows 200 brackets
 * (MAXSTACK and MAXLEVEL of Parser/).
 */
#define DEPTH_MAX 400

/* A code object while its constants are listed. */
typedef struct
{
  HsWalk       *walk;
  PyCodeObject *code;
  bool          is_listed;
} Holder;

/* The row of @object, UINT32_MAX if it has none. */
static uint32_t
look_up (HsWalk   *self,
         PyObject *object)
{
  uint32_t *row;

  if (!hs_arenas_contain (object))
    {
      row = hs_address_map_find (&self->rows.others, (uint64_t)object);

      return row != NULL ? *row : UINT32_MAX;
    }

  if (self->rows.pools[hs_arenas_pool_index (object)].first == 0)
    return UINT32_MAX;

  return *hs_rows_get (&self->rows, object) - 1;
}

/* Objects that no name leads to are left out, and with them what only they hold:
 * the tables say something of objects, they add none. Static objects are shared
 * whatever the code does, except that it matters of a str how it came there.
 * Returns: false if there is no room
 */
static bool
add_object (Holder        *holder,
            HsConstantKind kind,
            PyObject      *object)
{
  HsWalk  *self = holder->walk;
  uint32_t row = look_up (self, object);

  if (row == UINT32_MAX ||
      ((self->out.object_flags[row] & HS_OBJECT_STATIC) != 0 && !PyUnicode_Check (object)))
    return true;

  if (!holder->is_listed)
    {
      PyCodeObject *code = holder->code;

      if (hs_snapshot_writer_add_code (&self->out,
                                       hs_walk_get_label (self, code->co_qualname),
                                       (uint32_t)code->co_firstlineno) == UINT32_MAX)
        return false;
      holder->is_listed = true;
    }

  return hs_snapshot_writer_add_constant (&self->out, kind, row);
}

static bool add_constant (Holder   *holder,
                          PyObject *constant,
                          int       depth);

static bool
add_items (Holder   *holder,
           PyObject *tuple,
           int       depth)
{
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE (tuple); i++)
    if (!add_constant (holder, PyTuple_GET_ITEM (tuple, i), depth))
      return false;

  return true;
}

static bool
add_members (Holder   *holder,
             PyObject *frozenset,
             int       depth)
{
  const PySetObject *set = (PySetObject *)frozenset;

  for (Py_ssize_t i = 0; i <= set->mask; i++)
    if (set->table[i].key != NULL && set->table[i].hash != -1 &&
        !add_constant (holder, set->table[i].key, depth))
      return false;

  return true;
}

/* @constant and, as the compiler makes constants of whole displays, what is in it. */
static bool
add_constant (Holder   *holder,
              PyObject *constant,
              int       depth)
{
  if (depth > DEPTH_MAX || !add_object (holder, HS_CONSTANT_VALUE, constant))
    return false;

  if (PyTuple_CheckExact (constant))
    return add_items (holder, constant, depth + 1);
  if (PyFrozenSet_CheckExact (constant))
    return add_members (holder, constant, depth + 1);

  return true;
}

static bool
add_names (Holder   *holder,
           PyObject *tuple)
{
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE (tuple); i++)
    if (!add_object (holder, HS_CONSTANT_NAME, PyTuple_GET_ITEM (tuple, i)))
      return false;

  return true;
}

/* First all of @code itself, then the functions and classes in it: the table is
 * in the order of codes. A code object that is reached has references, and so
 * have all in it.
 */
static bool
add_code (HsWalk       *self,
          PyCodeObject *code,
          int           depth)
{
  Holder holder = { .walk = self, .code = code };

  if (look_up (self, (PyObject *)code) != UINT32_MAX)
    return true;

  if (depth > DEPTH_MAX || !add_object (&holder, HS_CONSTANT_NAME, code->co_name) ||
      !add_names (&holder, code->co_names) || !add_names (&holder, code->co_localsplusnames) ||
      !add_items (&holder, code->co_consts, 0))
    return false;

  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE (code->co_consts); i++)
    {
      PyObject *constant = PyTuple_GET_ITEM (code->co_consts, i);

      if (PyCode_Check (constant) && !add_code (self, (PyCodeObject *)constant, depth + 1))
        return false;
    }

  return true;
}

bool
hs_walk_add_constants (HsWalk   *self,
                       PyObject *code)
{
  return add_code (self, (PyCodeObject *)code, 0) && !self->out.is_cut;
}
