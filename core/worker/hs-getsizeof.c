/* hs-getsizeof.c - what sys.getsizeof() would say
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-getsizeof.h"

#include "hs-pyinternal.h"
#include "hs-walk.h"

#include <string.h>

/* ---- Which __sizeof__ it is ---- */

static const struct
{
  const PyTypeObject *type;
  HsSizeofKind        kind;
} known_types[] = {
  { &PyLong_Type, HS_SIZEOF_INT },
  { &PyUnicode_Type, HS_SIZEOF_STR },
  { &PyByteArray_Type, HS_SIZEOF_BYTEARRAY },
  { &PyList_Type, HS_SIZEOF_LIST },
  { &PyDict_Type, HS_SIZEOF_DICT },
  { &PyODict_Type, HS_SIZEOF_ORDERED_DICT },
  { &PySet_Type, HS_SIZEOF_SET },
  { &PyFrozenSet_Type, HS_SIZEOF_SET },
  { &PyType_Type, HS_SIZEOF_TYPE },
  { &PyCode_Type, HS_SIZEOF_CODE },
  { &PyGen_Type, HS_SIZEOF_GENERATOR },
  { &PyCoro_Type, HS_SIZEOF_GENERATOR },
  { &PyAsyncGen_Type, HS_SIZEOF_GENERATOR },
  { &PyFrame_Type, HS_SIZEOF_FRAME },
};

/* The method that the method resolution order finds first. sys.getsizeof()
 * would make that of a static type that nobody has used yet; it is object's.
 */
static PyObject *
find_method (PyTypeObject *type)
{
  PyObject *mro = type->tp_mro;

  if (mro == NULL)
    return hs_py_get_type_attribute (&PyBaseObject_Type, "__sizeof__");

  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE (mro); i++)
    {
      PyObject *method =
        hs_py_get_type_attribute ((PyTypeObject *)PyTuple_GET_ITEM (mro, i), "__sizeof__");

      if (method != NULL)
        return method;
    }

  return NULL;
}

/* A class may take over a method of another type, by whatever name it had
 * there. Returns: the type whose __sizeof__ it is; NULL: it is not one, or not
 * one for @type
 */
static PyTypeObject *
find_owner (PyObject     *method,
            PyTypeObject *type)
{
  PyMethodDescrObject *descriptor = (PyMethodDescrObject *)method;

  if (strcmp (descriptor->d_method->ml_name, "__sizeof__") != 0 ||
      !PyType_IsSubtype (type, PyDescr_TYPE (descriptor)))
    return NULL;

  return PyDescr_TYPE (descriptor);
}

static HsSizeofKind
find_kind (PyTypeObject *type,
           PyTypeObject *owner)
{
  if (owner == &PyBaseObject_Type)
    return type->tp_itemsize > 0 ? HS_SIZEOF_ITEMS : HS_SIZEOF_FIXED;

  for (size_t i = 0; i < sizeof known_types / sizeof known_types[0]; i++)
    if (known_types[i].type == owner)
      return known_types[i].kind;

  return hs_getsizeof_find_module_kind (owner);
}

void
hs_getsizeof_inspect (HsTypeInfo *info)
{
  PyObject *method = find_method (info->type);

  info->sizeof_fixed = (uint32_t)(info->presize + info->type->tp_basicsize);
  if (method == NULL)
    return;
  if (Py_TYPE (method) != &PyMethodDescr_Type)
    {
      info->sizeof_kind = HS_SIZEOF_OWN;
      return;
    }

  info->sizeof_type = find_owner (method, info->type);
  if (info->sizeof_type != NULL)
    info->sizeof_kind = (uint8_t)find_kind (info->type, info->sizeof_type);
}

/* ---- What it counts ---- */

/* Objects/longobject.c, int___sizeof___impl() */
static Py_ssize_t
count_int (PyObject *object)
{
  Py_ssize_t n;

#if PY_VERSION_HEX >= 0x030c0000
  n = (Py_ssize_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);
#else
  n = Py_SIZE (object);
#endif
  if (n < 0)
    n = -n;

  return (Py_ssize_t)sizeof (digit) * (n > 0 ? n : 1);
}

/* Objects/unicodeobject.c, unicode_sizeof_impl(): the struct included, but no
 * more than that of a str.
 */
static Py_ssize_t
count_str (PyObject *object)
{
  PyASCIIObject *str = (PyASCIIObject *)object;
  Py_ssize_t     size;
  HsStrBlocks    blocks;

  if (str->state.compact && str->state.ascii)
    {
#if PY_VERSION_HEX < 0x030c0000
      if (str->wstr != NULL && (void *)str->wstr != (void *)(str + 1))
        return (Py_ssize_t)sizeof *str + str->length + 1 + (str->length + 1) * 4;
#endif
      return (Py_ssize_t)sizeof *str + str->length + 1;
    }

  hs_py_get_str_blocks (object, &blocks);
  if (str->state.compact)
    size = (Py_ssize_t)sizeof (PyCompactUnicodeObject) + (str->length + 1) * str->state.kind;
  else
    {
      size = (Py_ssize_t)sizeof (PyUnicodeObject);
      if (blocks.data != NULL)
        size += (str->length + 1) * str->state.kind;
    }
#if PY_VERSION_HEX < 0x030c0000
  if (blocks.wide != NULL)
    size += (((PyCompactUnicodeObject *)object)->wstr_length + 1) * (Py_ssize_t)sizeof (wchar_t);
#endif
  if (blocks.utf8 != NULL)
    size += ((PyCompactUnicodeObject *)object)->utf8_length + 1;

  return size;
}

/* Objects/typeobject.c, type___sizeof___impl(), and what is added to it
 * (Python/sysmodule.c, _PySys_GetSizeOf()): before 3.13 the GC header of every
 * type, though static ones have none.
 */
static Py_ssize_t
count_type (PyObject         *object,
            const HsTypeInfo *info)
{
  PyTypeObject *type = (PyTypeObject *)object;
  const void   *keys = hs_py_get_shared_keys (type);
  Py_ssize_t    size = info->presize;

  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return (PY_VERSION_HEX < 0x030d0000 ? size : 0) + (Py_ssize_t)sizeof (PyTypeObject);

  size += (Py_ssize_t)sizeof (PyHeapTypeObject);
  if (keys != NULL)
    size += (Py_ssize_t)hs_py_get_keys_size (keys);

  return size;
}

/* The table is the object's own while it is small. */
static Py_ssize_t
count_set (PyObject *object)
{
  PySetObject *set = (PySetObject *)object;

  return set->table == set->smalltable ? 0 : (set->mask + 1) * (Py_ssize_t)sizeof (setentry);
}

static Py_ssize_t
count_bytes (PyObject         *object,
             const HsTypeInfo *info)
{
  Py_ssize_t fixed = info->sizeof_fixed;

  switch ((HsSizeofKind)info->sizeof_kind)
    {
    case HS_SIZEOF_FIXED:
      return fixed;

    case HS_SIZEOF_ITEMS:
      return fixed + Py_SIZE (object) * info->type->tp_itemsize;

    case HS_SIZEOF_INT:
      return info->presize + (Py_ssize_t)HS_PY_INT_HEAD + count_int (object);

    case HS_SIZEOF_STR:
      return info->presize + count_str (object);

    case HS_SIZEOF_BYTEARRAY:
      return fixed + ((PyByteArrayObject *)object)->ob_alloc;

    case HS_SIZEOF_LIST:
      return fixed + ((PyListObject *)object)->allocated * (Py_ssize_t)sizeof (PyObject *);

    case HS_SIZEOF_DICT:
      return fixed + (Py_ssize_t)hs_py_count_dict (object);

    case HS_SIZEOF_ORDERED_DICT:
      return fixed + (Py_ssize_t)hs_py_count_dict (object) + hs_getsizeof_count_nodes (object);

    case HS_SIZEOF_SET:
      return fixed + count_set (object);

    case HS_SIZEOF_TYPE:
      return count_type (object, info);

    case HS_SIZEOF_CODE:
      return info->presize + (Py_ssize_t)hs_py_count_code (object);

    case HS_SIZEOF_GENERATOR:
      return info->presize + (Py_ssize_t)hs_py_count_generator (object);

    case HS_SIZEOF_FRAME:
      return info->presize + (Py_ssize_t)hs_py_count_frame (object);

    case HS_SIZEOF_UNKNOWN:
    case HS_SIZEOF_OWN:
      return -1;

    default:
      {
        Py_ssize_t size = hs_getsizeof_count_module (object, info);

        return size < 0 ? -1 : fixed + size;
      }
    }
}

uint64_t
hs_walk_get_getsizeof (HsWalk *self,
                       bool   *is_own)
{
  Py_ssize_t size = count_bytes (self->object, self->info);

  if (__builtin_expect (size < 0, 0))
    {
      *is_own = self->info->sizeof_kind == HS_SIZEOF_OWN;
      return HS_BYTES_UNKNOWN;
    }

  return (uint64_t)size;
}
