/* hs-types.c - what is known about a type, found once
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-types.h"

#include "hs-getsizeof.h"
#include "hs-pyinternal.h"

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
  { &PyODict_Type, HS_LAYOUT_ORDERED_DICT },
  { &PyRange_Type, HS_LAYOUT_RANGE },
  { &PySlice_Type, HS_LAYOUT_SLICE },
  { &PyEllipsis_Type, HS_LAYOUT_LEAF },
  { &PyFunction_Type, HS_LAYOUT_FUNCTION },
  { &PyMethod_Type, HS_LAYOUT_METHOD },
  { &PyCFunction_Type, HS_LAYOUT_BUILTIN },
  { &PyCMethod_Type, HS_LAYOUT_BUILTIN },
  { &PyCell_Type, HS_LAYOUT_CELL },
  { &PyCode_Type, HS_LAYOUT_CODE },
  { &PyGen_Type, HS_LAYOUT_GENERATOR },
  { &PyCoro_Type, HS_LAYOUT_GENERATOR },
  { &PyAsyncGen_Type, HS_LAYOUT_GENERATOR },
  { &PyFrame_Type, HS_LAYOUT_FRAME },
  { &PyProperty_Type, HS_LAYOUT_PROPERTY },
  { &PyStaticMethod_Type, HS_LAYOUT_WRAPPED },
  { &PyClassMethod_Type, HS_LAYOUT_WRAPPED },
  { &PyMemberDescr_Type, HS_LAYOUT_DESCRIPTOR },
  { &PyGetSetDescr_Type, HS_LAYOUT_DESCRIPTOR },
  { &PyMethodDescr_Type, HS_LAYOUT_DESCRIPTOR },
  { &PyClassMethodDescr_Type, HS_LAYOUT_DESCRIPTOR },
  { &PyWrapperDescr_Type, HS_LAYOUT_DESCRIPTOR },
  { &PyType_Type, HS_LAYOUT_TYPE },
  { &PyModule_Type, HS_LAYOUT_MODULE },
  { &PyMemoryView_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictProxy_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictKeys_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictValues_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictItems_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictIterKey_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictIterValue_Type, HS_LAYOUT_TRAVERSED },
  { &PyDictIterItem_Type, HS_LAYOUT_TRAVERSED },
  { &PyListIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyListRevIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyTupleIter_Type, HS_LAYOUT_TRAVERSED },
  { &PySetIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyUnicodeIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyBytesIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyByteArrayIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyRangeIter_Type, HS_LAYOUT_LEAF },
  { &PySeqIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyCallIter_Type, HS_LAYOUT_TRAVERSED },
  { &PyEnum_Type, HS_LAYOUT_TRAVERSED },
  { &PyReversed_Type, HS_LAYOUT_TRAVERSED },
  { &PyZip_Type, HS_LAYOUT_TRAVERSED },
  { &PyMap_Type, HS_LAYOUT_TRAVERSED },
  { &PyFilter_Type, HS_LAYOUT_TRAVERSED },
  { &PySuper_Type, HS_LAYOUT_TRAVERSED },
  { &PyTraceBack_Type, HS_LAYOUT_TRAVERSED },
};

/* Types that it does not export, by the name in their C source. */
static const struct
{
  const char *name;
  HsLayout    layout;
} known_names[] = {
  { "NoneType", HS_LAYOUT_LEAF },
  { "NotImplementedType", HS_LAYOUT_LEAF },
  { "array.array", HS_LAYOUT_ARRAY },
  { "collections.deque", HS_LAYOUT_DEQUE },
  { "collections.defaultdict", HS_LAYOUT_DEFAULTDICT },
  { "datetime.date", HS_LAYOUT_LEAF },
  { "datetime.timedelta", HS_LAYOUT_LEAF },
  { "functools.partial", HS_LAYOUT_PARTIAL },
  { "managedbuffer", HS_LAYOUT_TRAVERSED },
  { "itertools.chain", HS_LAYOUT_TRAVERSED },
  { "itertools.count", HS_LAYOUT_TRAVERSED },
  { "itertools.islice", HS_LAYOUT_TRAVERSED },
  { "itertools.repeat", HS_LAYOUT_TRAVERSED },
  { "itertools.takewhile", HS_LAYOUT_TRAVERSED },
  { "itertools.dropwhile", HS_LAYOUT_TRAVERSED },
  { "itertools.starmap", HS_LAYOUT_TRAVERSED },
  { "itertools.cycle", HS_LAYOUT_TRAVERSED },
  { "types.SimpleNamespace", HS_LAYOUT_TRAVERSED },
  { "types.GenericAlias", HS_LAYOUT_TRAVERSED },
  { "types.UnionType", HS_LAYOUT_TRAVERSED },
  { "weakref.ReferenceType", HS_LAYOUT_TRAVERSED },
  { "weakref", HS_LAYOUT_TRAVERSED },
};

static HsLayout
find_layout (const PyTypeObject *type)
{
  for (size_t i = 0; i < sizeof known_types / sizeof known_types[0]; i++)
    if (known_types[i].type == type)
      return known_types[i].layout;

  /* All exceptions that are written in C keep what they add in their struct. */
  if ((type->tp_flags & Py_TPFLAGS_BASE_EXC_SUBCLASS) != 0 &&
      (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return HS_LAYOUT_EXCEPTION;

  for (size_t i = 0; i < sizeof known_names / sizeof known_names[0]; i++)
    if (strcmp (known_names[i].name, type->tp_name) == 0)
      return known_names[i].layout;

  return HS_LAYOUT_UNKNOWN;
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
  info->layout = find_layout (base);

  info->is_users = hs_types_is_users (type);
  inspect_memory (type, info);
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

    case HS_LAYOUT_UNKNOWN:
    case HS_LAYOUT_OBJECT:
    case HS_LAYOUT_LEAF:
    case HS_LAYOUT_TRAVERSED:
    case HS_LAYOUT_RANGE:
    case HS_LAYOUT_SLICE:
    case HS_LAYOUT_EXCEPTION:
      break;
    }

  if (info->is_python)
    return HS_FAMILY_INSTANCE;
  if (info->type == &PyMemoryView_Type || strcmp (info->type->tp_name, "mmap.mmap") == 0 ||
      strcmp (info->type->tp_name, "numpy.ndarray") == 0)
    return HS_FAMILY_BUFFER;
  if (info->type == Py_TYPE (Py_None) || strcmp (info->type->tp_name, "decimal.Decimal") == 0)
    return HS_FAMILY_NUMBER;

  return HS_FAMILY_OTHER;
}
