/* hs-kept-preview.c - a value in a few words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-kept.h"

#include "hs-pyinternal.h"

/* Items of a container, characters of a text, containers within containers. */
#define N_ITEMS 6
#define N_CHARS 60
#define N_DEPTH 3

static void add_value (HsText   *text,
                       PyObject *value,
                       int       depth);

static void
add_items (HsText          *text,
           PyObject *const *items,
           Py_ssize_t       n,
           int              depth)
{
  for (Py_ssize_t i = 0; i < n && i < N_ITEMS; i++)
    {
      if (i > 0)
        hs_text_add (text, ", ");
      add_value (text, items[i], depth);
    }
  if (n > N_ITEMS)
    hs_text_add_format (text, ", … %zd in all", n);
}

static void
add_dict (HsText   *text,
          PyObject *dict,
          int       depth)
{
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t at = 0;
  Py_ssize_t n = 0;

  hs_text_add (text, "{");
  while (n < N_ITEMS && PyDict_Next (dict, &at, &key, &value))
    {
      if (n++ > 0)
        hs_text_add (text, ", ");
      add_value (text, key, depth);
      hs_text_add (text, ": ");
      add_value (text, value, depth);
    }
  if (PyDict_GET_SIZE (dict) > N_ITEMS)
    hs_text_add_format (text, ", … %zd in all", PyDict_GET_SIZE (dict));
  hs_text_add (text, "}");
}

/* Of exactly this type: its iterator is Python's own. */
static void
add_set (HsText   *text,
         PyObject *set,
         int       depth)
{
  PyObject  *iterator = PyObject_GetIter (set);
  PyObject  *items[N_ITEMS];
  Py_ssize_t n = 0;

  while (iterator != NULL && n < N_ITEMS)
    {
      items[n] = PyIter_Next (iterator);
      if (items[n] == NULL)
        break;
      n++;
    }
  PyErr_Clear ();

  hs_text_add (text, PySet_GET_SIZE (set) == 0 ? "set(" : "{");
  add_items (text, items, n, depth);
  if (PySet_GET_SIZE (set) > n)
    hs_text_add_format (text, ", … %zd in all", PySet_GET_SIZE (set));
  hs_text_add (text, PySet_GET_SIZE (set) == 0 ? ")" : "}");
  while (n > 0)
    Py_DECREF (items[--n]);
  Py_XDECREF (iterator);
}

static void
add_other (HsText   *text,
           PyObject *value)
{
  char module[256];
  char name[512];

  hs_py_get_type_name (Py_TYPE (value), module, sizeof module, name, sizeof name);
  hs_text_add (text, "<");
  if (strcmp (module, "builtins") != 0 && strcmp (module, "__main__") != 0 && *module != '\0')
    {
      hs_text_add (text, module);
      hs_text_add (text, ".");
    }
  hs_text_add (text, name);
  hs_text_add (text, " object>");
}

static void
add_container (HsText   *text,
               PyObject *value,
               int       depth)
{
  if (depth >= N_DEPTH)
    hs_text_add (text, "…");
  else if (PyList_CheckExact (value))
    {
      hs_text_add (text, "[");
      add_items (text, PySequence_Fast_ITEMS (value), PyList_GET_SIZE (value), depth + 1);
      hs_text_add (text, "]");
    }
  else if (PyTuple_CheckExact (value))
    {
      hs_text_add (text, "(");
      add_items (text, PySequence_Fast_ITEMS (value), PyTuple_GET_SIZE (value), depth + 1);
      hs_text_add (text, PyTuple_GET_SIZE (value) == 1 ? ",)" : ")");
    }
  else if (PyDict_CheckExact (value))
    add_dict (text, value, depth + 1);
  else
    add_set (text, value, depth + 1);
}

static void
add_value (HsText   *text,
           PyObject *value,
           int       depth)
{
  if (value == Py_None)
    hs_text_add (text, "None");
  else if (PyBool_Check (value))
    hs_text_add (text, value == Py_True ? "True" : "False");
  else if (PyLong_CheckExact (value))
    hs_text_add_int (text, value);
  else if (PyFloat_CheckExact (value))
    hs_text_add_double (text, PyFloat_AS_DOUBLE (value));
  else if (PyUnicode_CheckExact (value))
    hs_text_add_str_repr (text, value, N_CHARS);
  else if (PyBytes_CheckExact (value))
    hs_text_add_bytes_repr (text, PyBytes_AS_STRING (value), PyBytes_GET_SIZE (value), N_CHARS);
  else if (PyList_CheckExact (value) || PyTuple_CheckExact (value) || PyDict_CheckExact (value) ||
           PySet_CheckExact (value))
    add_container (text, value, depth);
  else
    add_other (text, value);
}

void
hs_kept_add_preview (HsText   *text,
                     PyObject *value)
{
  add_value (text, value, 0);
}
