/* hs-kept.c - the value of the name "result", for whoever compares it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-kept.h"

#include "hs-pyinternal.h"

#include <string.h>

static HsShared *shared;
static uint64_t  room; /* bytes for the pickle */
static PyObject *pickler_class;
static PyObject *file_class;

static uint64_t size;
static bool     is_too_large;

/* ---- A file that is the result area ---- */

static PyObject *
file_write (PyObject *self,
            PyObject *bytes)
{
  Py_buffer buffer;
  uint8_t  *target = (uint8_t *)shared + HS_SNAPSHOTS_OFFSET;
  uint64_t  n;

  (void)self;
  if (PyObject_GetBuffer (bytes, &buffer, PyBUF_SIMPLE) != 0)
    return NULL;

  n = (uint64_t)buffer.len;
  if (is_too_large || n > room - size)
    {
      is_too_large = true;
      PyErr_SetString (PyExc_OverflowError, "the pickle is too large");
    }
  else
    {
      memcpy (target + size, buffer.buf, n);
      size += n;
    }
  PyBuffer_Release (&buffer);

  return is_too_large ? NULL : PyLong_FromUnsignedLongLong (n);
}

static PyMethodDef file_methods[] = {
  { "write", file_write, METH_O, NULL },
  { NULL, NULL, 0, NULL },
};

static PyType_Slot file_slots[] = {
  { Py_tp_methods, file_methods },
  { 0, NULL },
};

static PyType_Spec file_spec = {
  .name = "heapscape.ResultFile",
  .basicsize = sizeof (PyObject),
  .flags = Py_TPFLAGS_DEFAULT,
  .slots = file_slots,
};

bool
hs_kept_init (HsShared *area,
              uint64_t  size_bytes)
{
  PyObject *module = PyImport_ImportModule ("_pickle");

  shared = area;
  room = size_bytes - HS_SNAPSHOTS_OFFSET;
  if (room > HS_KEPT_BYTES_MAX)
    room = HS_KEPT_BYTES_MAX;
  if (module != NULL)
    pickler_class = PyObject_GetAttrString (module, "Pickler");
  file_class = PyType_FromSpec (&file_spec);
  Py_XDECREF (module);

  return pickler_class != NULL && file_class != NULL;
}

/* ---- What is said of it ---- */

static void
describe (PyObject *value)
{
  char   module[256];
  char   name[512];
  HsText text;

  hs_py_get_type_name (Py_TYPE (value), module, sizeof module, name, sizeof name);
  hs_text_init (&text, shared->kept_type, sizeof shared->kept_type);
  if (*module != '\0' && strcmp (module, "builtins") != 0 && strcmp (module, "__main__") != 0)
    {
      hs_text_add (&text, module);
      hs_text_add (&text, ".");
    }
  hs_text_add (&text, name);
  shared->kept_type_size = (uint32_t)text.size;

  hs_text_init (&text, shared->kept_preview, sizeof shared->kept_preview);
  hs_kept_add_preview (&text, value);
  shared->kept_preview_size = (uint32_t)text.size;
}

/* "TypeError: cannot pickle 'generator' object" */
static void
explain (PyObject *exception)
{
  char      module[256];
  char      name[512];
  PyObject *message = PyObject_Str (exception);
  HsText    text;

  hs_text_init (&text, shared->kept_problem, sizeof shared->kept_problem);
  hs_py_get_type_name (Py_TYPE (exception), module, sizeof module, name, sizeof name);
  hs_text_add (&text, name);
  if (message != NULL && PyUnicode_GET_LENGTH (message) > 0)
    {
      hs_text_add (&text, ": ");
      hs_text_add_str (&text, message);
    }
  PyErr_Clear ();
  Py_XDECREF (message);
  shared->kept_problem_size = (uint32_t)text.size;
}

static HsKept
pickle (PyObject *value)
{
  PyObject *file = PyObject_CallNoArgs (file_class);
  PyObject *dump = PyUnicode_FromString ("dump");
  PyObject *pickler = NULL;
  PyObject *done = NULL;
  PyObject *exception = NULL;

  /* -1: the highest protocol. */
  if (file != NULL)
    pickler = PyObject_CallFunction (pickler_class, "Oi", file, -1);
  if (pickler != NULL && dump != NULL)
    done = PyObject_CallMethodOneArg (pickler, dump, value);
  if (done == NULL)
    exception = hs_py_take_exception ();
  Py_XDECREF (file);
  Py_XDECREF (dump);
  Py_XDECREF (pickler);

  if (done != NULL)
    {
      Py_DECREF (done);
      return is_too_large ? HS_KEPT_TOO_LARGE : HS_KEPT_PICKLE;
    }

  if (!is_too_large)
    explain (exception);
  Py_XDECREF (exception);

  return is_too_large ? HS_KEPT_TOO_LARGE : HS_KEPT_FAILED;
}

void
hs_kept_take (PyObject *globals)
{
  PyObject *value = PyDict_GetItemString (globals, "result");
  HsKept    kept;

  if (value == NULL)
    {
      PyErr_Clear ();
      shared->kept = HS_KEPT_NOT_SET;
      return;
    }

  Py_INCREF (value);
  describe (value);
  kept = pickle (value);
  Py_DECREF (value);
  shared->pickle_offset = HS_SNAPSHOTS_OFFSET;
  shared->pickle_size = kept == HS_KEPT_PICKLE ? size : 0;
  shared->kept = kept;
}
