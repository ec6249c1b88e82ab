/* hs-types.c - what is known about a type, found once
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-types.h"

#include "hs-getsizeof.h"
#include "hs-pyinternal.h"
#include "hs-shapes.h"

#include <string.h>

typedef struct
{
  const PyTypeObject *type;
  HsLayout            layout;
} KnownType;

/* Types that the library exports. */
static const KnownType known_types[] = {
  { &PyBaseObject_Type, HS_LAYOUT_OBJECT },
  { &PyBool_Type, HS_LAYOUT_BOOL },
  { &PyLong_Type, HS_LAYOUT_INT },
  { &PyFloat_Type, HS_LAYOUT_FLOAT },
  { &PyComplex_Type, HS_LAYOUT_COMPLEX },
  { &PyUnicode_Type, HS_LAYOUT_STR },
  { &PyBytes_Type, HS_LAYOUT_BYTES },
  { &PyByteArray_Type, HS_LAYOUT_BYTEARRAY },
  { &PyList_Type, HS_LAYOUT_LIST },
  { &PyTuple_Type, HS_LAYOUT_TUPLE },
  { &PyDict_Type, HS_LAYOUT_DICT },
  { &PySet_Type, HS_LAYOUT_SET },
  { &PyFrozenSet_Type, HS_LAYOUT_SET },
  { &PyRange_Type, HS_LAYOUT_RANGE },
  { &PySlice_Type, HS_LAYOUT_SLICE },
  { &PyFunction_Type, HS_LAYOUT_FUNCTION },
  { &PyMethod_Type, HS_LAYOUT_METHOD },
  { &PyCell_Type, HS_LAYOUT_CELL },
  { &PyCode_Type, HS_LAYOUT_CODE },
  { &PyGen_Type, HS_LAYOUT_GENERATOR },
  { &PyCoro_Type, HS_LAYOUT_GENERATOR },
  { &PyAsyncGen_Type, HS_LAYOUT_GENERATOR },
  { &PyFrame_Type, HS_LAYOUT_FRAME },
  { &PyType_Type, HS_LAYOUT_TYPE },
};

/* Fills in what is known of the struct of @type itself. Returns: whether it is */
static bool
find_own_layout (const PyTypeObject *type,
                 HsTypeInfo         *info)
{
  for (size_t i = 0; i < sizeof known_types / sizeof known_types[0]; i++)
    if (known_types[i].type == type)
      {
        info->layout = known_types[i].layout;
        return true;
      }

  info->shape = hs_shapes_find (type);
  if (info->shape == NULL)
    return false;

  info->layout = info->shape->layout;
  if (info->layout == HS_LAYOUT_UNKNOWN)
    info->layout = HS_LAYOUT_SHAPED;

  return true;
}

/* Objects/structseq.c: a tuple that says how many fields there are in all. In
 * 3.13 those without a position count as part of the struct.
 */
static bool
find_sequence (PyTypeObject *type,
               HsTypeInfo   *info)
{
  PyObject *value;
  int64_t   n;

  if (!hs_types_is_sequence (type))
    return false;
  value = hs_py_get_type_attribute (type, "n_fields");
  if (value == NULL || !PyLong_CheckExact (value) || !hs_py_get_small_int (value, &n) || n < 0 ||
      n > UINT16_MAX)
    return false;

  info->layout = HS_LAYOUT_STRUCT_SEQUENCE;
  info->n_sequence = (uint32_t)n;

  return true;
}

/* A type written in C that adds nothing to the struct of its base has the
 * layout of that.
 */
static void
find_layout (PyTypeObject *type,
             HsTypeInfo   *info)
{
  if (find_sequence (type, info))
    return;

  while (!find_own_layout (type, info))
    {
      const PyTypeObject *base = type->tp_base;

      /* Behind the items of a tuple nothing has its place; that of
       * datetime.IsoCalendarDate counts the first item as part of the struct.
       */
      if (base == NULL ||
          (base->tp_basicsize != type->tp_basicsize && base != &PyTuple_Type) ||
          base->tp_itemsize != type->tp_itemsize || hs_py_is_python_class (type->tp_base))
        return;
      type = type->tp_base;
    }
}

/* Types are written in so many ways that what matters is whether they may have
 * come from elsewhere: a block there has neither size class nor chunk.
 */
static bool
is_pythons_memory (const HsTypeInfo *info)
{
  return info->layout != HS_LAYOUT_UNKNOWN || info->is_python ||
         info->type->tp_free == PyObject_Free || info->type->tp_free == PyObject_GC_Del;
}

static bool
may_be_boundary (HsLayout layout)
{
  switch (layout)
    {
    case HS_LAYOUT_MODULE:
    case HS_LAYOUT_TYPE:
    case HS_LAYOUT_FUNCTION:
    case HS_LAYOUT_CODE:
    case HS_LAYOUT_BUILTIN:
    case HS_LAYOUT_DESCRIPTOR:
    case HS_LAYOUT_DICT:
      return true;

    default:
      return false;
    }
}

/* Whether objects have nothing but a main block, and refer to nothing. */
static bool
is_leaf (const HsTypeInfo *info)
{
  if (info->is_python || info->may_have_dict)
    return false;

  switch (info->layout)
    {
    case HS_LAYOUT_OBJECT:
    case HS_LAYOUT_LEAF:
    case HS_LAYOUT_BOOL:
    case HS_LAYOUT_INT:
    case HS_LAYOUT_FLOAT:
    case HS_LAYOUT_COMPLEX:
    case HS_LAYOUT_BYTES:
      return true;

    case HS_LAYOUT_SHAPED:
      return hs_shapes_is_leaf (info->shape);

    default:
      return false;
    }
}

static HsPyPeek
choose_peek (const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_LIST:
      return HS_PY_PEEK_LIST;

    case HS_LAYOUT_TUPLE:
      return HS_PY_PEEK_TUPLE;

    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
    case HS_LAYOUT_ORDERED_DICT:
      return HS_PY_PEEK_DICT;

    case HS_LAYOUT_OBJECT:
      return info->is_python ? hs_py_choose_peek (info->type) : HS_PY_PEEK_NONE;

    default:
      return HS_PY_PEEK_NONE;
    }
}

static void
inspect_memory (PyTypeObject *type,
                HsTypeInfo   *info)
{
  info->is_gc = PyType_IS_GC (type);
  info->presize = (uint8_t)hs_py_get_type_presize (type);
  info->may_have_dict = hs_py_may_have_dict (type);
  info->may_be_boundary = may_be_boundary (info->layout);
  info->is_pythons = is_pythons_memory (info);
  info->is_leaf = is_leaf (info);
  info->peek = choose_peek (info);
  info->flags = info->is_python ? HS_OBJECT_INSTANCE : 0;
  for (PyTypeObject *base = type; base != NULL && hs_py_is_python_class (base);
       base = base->tp_base)
    info->has_slots = info->has_slots || Py_SIZE (base) != 0;
  hs_getsizeof_inspect (info);
}

void
hs_types_inspect (PyTypeObject *type,
                  HsTypeInfo   *info)
{
  PyTypeObject *base = type;

  memset (info, 0, sizeof *info);
  info->type = type;
  info->is_python = hs_py_is_python_class (type);

  while (base->tp_base != NULL && hs_py_is_python_class (base))
    base = base->tp_base;
  find_layout (base, info);

  info->is_users = hs_types_is_users (type);
  inspect_memory (type, info);
}

bool
hs_types_is_sequence (PyTypeObject *type)
{
  return type->tp_base == &PyTuple_Type &&
         hs_py_get_type_attribute (type, "n_sequence_fields") != NULL;
}

bool
hs_types_is_users (PyTypeObject *type)
{
  char module[64];
  char name[16];

  if (!hs_py_is_python_class (type))
    return false;

  hs_py_get_type_name (type, module, sizeof module, name, sizeof name);

  return strcmp (module, "__main__") == 0;
}

HsFamily
hs_types_get_family (const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_LIST:
    case HS_LAYOUT_TUPLE:
    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
    case HS_LAYOUT_ORDERED_DICT:
    case HS_LAYOUT_SET:
    case HS_LAYOUT_DEQUE:
    case HS_LAYOUT_STRUCT_SEQUENCE:
      return HS_FAMILY_CONTAINER;

    case HS_LAYOUT_STR:
      return HS_FAMILY_TEXT;

    case HS_LAYOUT_BOOL:
    case HS_LAYOUT_INT:
    case HS_LAYOUT_FLOAT:
    case HS_LAYOUT_COMPLEX:
      return HS_FAMILY_NUMBER;

    case HS_LAYOUT_FUNCTION:
    case HS_LAYOUT_METHOD:
    case HS_LAYOUT_BUILTIN:
    case HS_LAYOUT_CELL:
    case HS_LAYOUT_CODE:
    case HS_LAYOUT_GENERATOR:
    case HS_LAYOUT_FRAME:
    case HS_LAYOUT_PROPERTY:
    case HS_LAYOUT_WRAPPED:
    case HS_LAYOUT_DESCRIPTOR:
    case HS_LAYOUT_PARTIAL:
      return HS_FAMILY_CALLABLE;

    case HS_LAYOUT_TYPE:
      return HS_FAMILY_CLASS;

    case HS_LAYOUT_MODULE:
      return HS_FAMILY_MODULE;

    case HS_LAYOUT_BYTES:
    case HS_LAYOUT_BYTEARRAY:
    case HS_LAYOUT_ARRAY:
      return HS_FAMILY_BUFFER;

    default:
      break;
    }

  if (info->is_python)
    return HS_FAMILY_INSTANCE;

  return info->shape != NULL ? info->shape->family : HS_FAMILY_OTHER;
}
