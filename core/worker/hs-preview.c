/* hs-preview.c - a short form of a value, made without any code of the user's
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-structs.h"
#include "hs-text.h"
#include "hs-walk.h"

#include <string.h>

#define CHARACTERS_MAX 120

/* Each of them may become an escape of ten bytes. */
#define BUFFER_SIZE (CHARACTERS_MAX * 10 + 64)

static void
add_call (HsText   *text,
          PyObject *name)
{
  if (name == NULL || !PyUnicode_Check (name))
    return;

  hs_text_add_str (text, name);
  hs_text_add (text, "()");
}

/* complex.__repr__(): the real part is left out when it is a positive zero. */
static void
add_complex (HsText   *text,
             PyObject *object)
{
  Py_complex value = ((PyComplexObject *)object)->cval;
  bool       has_real = value.real != 0.0 || __builtin_signbit (value.real);
  char       buffer[64];
  HsText     part;

  if (has_real)
    {
      hs_text_add (text, "(");
      hs_text_init (&part, buffer, sizeof buffer);
      hs_text_add_double (&part, value.real);
      if (part.size > 2 && strcmp (buffer + part.size - 2, ".0") == 0)
        buffer[part.size - 2] = '\0';
      hs_text_add (text, buffer);
      if (!__builtin_signbit (value.imag))
        hs_text_add (text, "+");
    }

  hs_text_init (&part, buffer, sizeof buffer);
  hs_text_add_double (&part, value.imag);
  if (part.size > 2 && strcmp (buffer + part.size - 2, ".0") == 0)
    buffer[part.size - 2] = '\0';
  hs_text_add (text, buffer);
  hs_text_add (text, has_real ? "j)" : "j");
}

static bool
is_one (PyObject *integer)
{
  unsigned __int128 magnitude;
  bool              is_negative;

  return hs_py_get_int (integer, &is_negative, &magnitude) && !is_negative && magnitude == 1;
}

static void
add_range (HsText   *text,
           PyObject *object)
{
  HsRange *range = (HsRange *)object;

  hs_text_add (text, "range(");
  hs_text_add_int (text, range->start);
  hs_text_add (text, ", ");
  hs_text_add_int (text, range->stop);
  if (!is_one (range->step))
    {
      hs_text_add (text, ", ");
      hs_text_add_int (text, range->step);
    }
  hs_text_add (text, ")");
}

static void
add_module (HsText   *text,
            PyObject *module)
{
  PyObject *name = ((HsModule *)module)->name;

  if (name != NULL && PyUnicode_Check (name))
    hs_text_add_str (text, name);
}

static void
add_type (HsText   *text,
          PyObject *type)
{
  char module[256];
  char name[512];

  hs_py_get_type_name ((PyTypeObject *)type, module, sizeof module, name, sizeof name);
  hs_text_add (text, name);
}

static void
add_bytearray (HsText   *text,
               PyObject *object)
{
  hs_text_add (text, "bytearray(");
  hs_text_add_bytes_repr (text, PyByteArray_AS_STRING (object), PyByteArray_GET_SIZE (object),
                          CHARACTERS_MAX);
  hs_text_add (text, ")");
}

static void
add_leaf (HsText   *text,
          PyObject *object)
{
  if (object == Py_None)
    hs_text_add (text, "None");
  else if (object == Py_Ellipsis)
    hs_text_add (text, "Ellipsis");
  else if (object == Py_NotImplemented)
    hs_text_add (text, "NotImplemented");
}

static void
add_value (HsText           *text,
           PyObject         *object,
           const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_LEAF:
      add_leaf (text, object);
      break;

    case HS_LAYOUT_BOOL:
      hs_text_add (text, object == Py_True ? "True" : "False");
      break;

    case HS_LAYOUT_INT:
      hs_text_add_int (text, object);
      break;

    case HS_LAYOUT_FLOAT:
      hs_text_add_double (text, PyFloat_AS_DOUBLE (object));
      break;

    case HS_LAYOUT_COMPLEX:
      add_complex (text, object);
      break;

    case HS_LAYOUT_STR:
      hs_text_add_str_repr (text, object, CHARACTERS_MAX);
      break;

    case HS_LAYOUT_BYTES:
      hs_text_add_bytes_repr (text, PyBytes_AS_STRING (object), PyBytes_GET_SIZE (object),
                              CHARACTERS_MAX);
      break;

    case HS_LAYOUT_BYTEARRAY:
      add_bytearray (text, object);
      break;

    case HS_LAYOUT_RANGE:
      add_range (text, object);
      break;

    case HS_LAYOUT_FUNCTION:
      add_call (text, ((PyFunctionObject *)object)->func_qualname);
      break;

    case HS_LAYOUT_METHOD:
      if (PyFunction_Check (PyMethod_GET_FUNCTION (object)))
        add_call (text, ((PyFunctionObject *)PyMethod_GET_FUNCTION (object))->func_qualname);
      break;

    case HS_LAYOUT_BUILTIN:
      hs_text_add_format (text, "%.100s()", ((PyCFunctionObject *)object)->m_ml->ml_name);
      break;

    case HS_LAYOUT_CODE:
      hs_text_add_str (text, ((PyCodeObject *)object)->co_qualname);
      break;

    case HS_LAYOUT_GENERATOR:
      add_call (text, ((PyGenObject *)object)->gi_qualname);
      break;

    case HS_LAYOUT_DESCRIPTOR:
      hs_text_add_str (text, ((PyDescrObject *)object)->d_name);
      break;

    case HS_LAYOUT_TYPE:
      add_type (text, object);
      break;

    case HS_LAYOUT_MODULE:
      add_module (text, object);
      break;

    default:
      /* Containers have a length, instances their attributes. */
      break;
    }
}

uint32_t
hs_walk_add_preview (HsWalk           *self,
                     PyObject         *object,
                     const HsTypeInfo *info,
                     bool             *is_cut)
{
  char   buffer[BUFFER_SIZE];
  HsText text;

  hs_text_init (&text, buffer, sizeof buffer);
  add_value (&text, object, info);
  *is_cut = text.is_cut;

  return hs_snapshot_writer_add_string (&self->out, buffer, text.size);
}

#define KEY_ITEMS_MAX 4

uint32_t
hs_walk_get_key_label (HsWalk   *self,
                       PyObject *key,
                       uint32_t  row)
{
  char       buffer[BUFFER_SIZE];
  HsText     text;
  Py_ssize_t n = PyTuple_CheckExact (key) ? PyTuple_GET_SIZE (key) : 0;

  if (self->out.object_preview[row] != 0 || n == 0 || n > KEY_ITEMS_MAX)
    return self->out.object_preview[row];

  hs_text_init (&text, buffer, sizeof buffer);
  hs_text_add (&text, "(");
  for (Py_ssize_t i = 0; i < n; i++)
    {
      HsTypeInfo info;
      size_t     before = text.size;

      hs_types_inspect (Py_TYPE (PyTuple_GET_ITEM (key, i)), &info);
      add_value (&text, PyTuple_GET_ITEM (key, i), &info);
      if (text.size == before)
        hs_text_add (&text, "…");
      if (i + 1 < n || n == 1)
        hs_text_add (&text, i + 1 < n ? ", " : ",");
    }
  hs_text_add (&text, ")");

  return hs_snapshot_writer_add_string (&self->out, buffer, text.size);
}

/* The number of items of a range, where it fits. */
static uint64_t
get_range_length (PyObject *object)
{
  unsigned __int128 length;
  bool              is_negative;

  if (!hs_py_get_int (((HsRange *)object)->length, &is_negative, &length) ||
      length >= HS_LENGTH_NONE)
    return HS_LENGTH_NONE;

  return (uint64_t)length;
}

uint64_t
hs_walk_get_length (PyObject         *object,
                    const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_STR:
      return (uint64_t)PyUnicode_GET_LENGTH (object);

    case HS_LAYOUT_BYTES:
    case HS_LAYOUT_BYTEARRAY:
    case HS_LAYOUT_ARRAY:
    case HS_LAYOUT_LIST:
    case HS_LAYOUT_TUPLE:
    case HS_LAYOUT_DEQUE:
      return (uint64_t)Py_SIZE (object);

    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
    case HS_LAYOUT_ORDERED_DICT:
      return (uint64_t)((PyDictObject *)object)->ma_used;

    case HS_LAYOUT_SET:
      return (uint64_t)((PySetObject *)object)->used;

    case HS_LAYOUT_RANGE:
      return get_range_length (object);

    default:
      return HS_LENGTH_NONE;
    }
}
