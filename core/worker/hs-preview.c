/* hs-preview.c - a short form of a value, made without any code of the user's
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-hash.h"
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

/* Where it goes on: "numbers() at line 4". */
static void
add_generator (HsText   *text,
               PyObject *object)
{
  uint32_t line = hs_py_get_generator_line (object);

  add_call (text, ((PyGenObject *)object)->gi_qualname);
  if (line > 0)
    hs_text_add_format (text, " at line %u", line);
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
      add_generator (text, object);
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

HsValueKind
hs_walk_get_value_kind (const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_INT:
      return HS_VALUE_INT;

    case HS_LAYOUT_FLOAT:
      return HS_VALUE_FLOAT;

    case HS_LAYOUT_ARRAY:
    case HS_LAYOUT_LIST:
    case HS_LAYOUT_TUPLE:
    case HS_LAYOUT_DEQUE:
    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
    case HS_LAYOUT_ORDERED_DICT:
    case HS_LAYOUT_SET:
      return HS_VALUE_LENGTH;

    case HS_LAYOUT_LEAF:
    case HS_LAYOUT_BOOL:
    case HS_LAYOUT_COMPLEX:
    case HS_LAYOUT_STR:
    case HS_LAYOUT_BYTES:
    case HS_LAYOUT_BYTEARRAY:
    case HS_LAYOUT_RANGE:
    case HS_LAYOUT_FUNCTION:
    case HS_LAYOUT_METHOD:
    case HS_LAYOUT_BUILTIN:
    case HS_LAYOUT_CODE:
    case HS_LAYOUT_GENERATOR:
    case HS_LAYOUT_DESCRIPTOR:
    case HS_LAYOUT_TYPE:
    case HS_LAYOUT_MODULE:
      return HS_VALUE_TEXT;

    default:
      return HS_VALUE_NONE;
    }
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

/* Items, characters or bytes. Never asks __len__. */
static uint64_t
get_length (PyObject         *object,
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

/* Most strings are short and need no escapes: their preview is they themselves
 * between quotes. Returns: its size, bytes, at most CHARACTERS_MAX + 2; 0 if that
 * is not so
 */
static size_t
put_plain_str (PyObject *str,
               char     *buffer)
{
  Py_ssize_t     n = PyUnicode_GET_LENGTH (str);
  const uint8_t *characters;
  uint8_t        n_special = 0;

  if (!PyUnicode_IS_COMPACT_ASCII (str) || n > CHARACTERS_MAX)
    return 0;

  characters = PyUnicode_1BYTE_DATA (str);
  buffer[0] = '\'';
  for (Py_ssize_t i = 0; i < n; i++)
    {
      uint8_t c = characters[i];

      n_special |= c < 0x20 || c == 0x7f || c == '\'' || c == '\\';
      buffer[i + 1] = (char)c;
    }
  buffer[n + 1] = '\'';

  return n_special == 0 ? (size_t)n + 2 : 0;
}

/* Returns: the size, bytes */
static size_t
put_preview (PyObject         *object,
             const HsTypeInfo *info,
             char             *buffer,
             bool             *is_cut)
{
  HsText text;

  hs_text_init (&text, buffer, BUFFER_SIZE);
  add_value (&text, object, info);
  *is_cut = text.is_cut;

  return text.size;
}

static uint32_t
add_preview (HsWalk           *self,
             PyObject         *object,
             const HsTypeInfo *info,
             bool             *is_cut)
{
  char     buffer[BUFFER_SIZE];
  size_t   size = info->layout == HS_LAYOUT_STR ? put_plain_str (object, buffer) : 0;
  uint64_t hash;
  bool     has_hash;
  uint32_t offset;

  if (size == 0)
    size = put_preview (object, info, buffer, is_cut);

  has_hash = *is_cut && info->layout == HS_LAYOUT_STR;
  if (has_hash)
    hash = hs_hash_text (PyUnicode_DATA (object), (uint64_t)PyUnicode_GET_LENGTH (object),
                         (uint32_t)PyUnicode_KIND (object));
  offset = hs_snapshot_writer_add_preview (&self->out, buffer, size, has_hash ? &hash : NULL);
  /* There was no room for it. */
  if (offset == 0 && size != 0)
    *is_cut = true;

  return offset;
}

static uint64_t
get_text_value (HsWalk           *self,
                PyObject         *object,
                const HsTypeInfo *info,
                uint32_t          row,
                bool             *is_cut)
{
  uint64_t length = get_length (object, info);
  uint32_t text = add_preview (self, object, info, is_cut);

  if (length >= HS_NARROW_U32)
    {
      if (length != HS_LENGTH_NONE)
        hs_snapshot_writer_add_wide (&self->out, &self->out.wide_length, row, length);
      length = HS_NARROW_U32;
    }

  return length << 32 | text;
}

static uint64_t
get_int_value (HsWalk           *self,
               PyObject         *object,
               const HsTypeInfo *info,
               bool             *is_cut)
{
  int64_t number;

  if (hs_py_get_small_int (object, &number))
    return (uint64_t)number << 1;

  return (uint64_t)add_preview (self, object, info, is_cut) << 1 | 1;
}

uint64_t
hs_walk_get_value (HsWalk           *self,
                   PyObject         *object,
                   const HsTypeInfo *info,
                   uint32_t          row,
                   bool             *is_cut)
{
  uint64_t bits;

  switch (hs_walk_get_value_kind (info))
    {
    case HS_VALUE_INT:
      return get_int_value (self, object, info, is_cut);

    case HS_VALUE_FLOAT:
      memcpy (&bits, &((PyFloatObject *)object)->ob_fval, sizeof bits);
      return bits;

    case HS_VALUE_LENGTH:
      return get_length (object, info);

    case HS_VALUE_TEXT:
      return get_text_value (self, object, info, row, is_cut);

    case HS_VALUE_NONE:
    case HS_N_VALUE_KINDS:
      break;
    }

  return 0;
}
