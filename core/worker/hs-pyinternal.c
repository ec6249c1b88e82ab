/* hs-pyinternal.c - all that differs between CPython versions, and all that is private to them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyinternal.h"

#include "hs-snapshot-format.h"

#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_object.h>
#include <stdio.h>
#include <string.h>
#include <structmember.h>

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)
#define AT_LEAST_3_13 (PY_VERSION_HEX >= 0x030d0000)

#if PY_VERSION_HEX < 0x030b0000 || PY_VERSION_HEX >= 0x030e0000
#error "the structures of this version of CPython have not been looked at"
#endif

/* ---- Objects ---- */

#if AT_LEAST_3_12
#define PREHEADER_FLAGS (Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF)
#else
#define PREHEADER_FLAGS Py_TPFLAGS_MANAGED_DICT
#endif

size_t
hs_py_get_presize (PyObject *object)
{
  size_t size = PyObject_IS_GC (object) ? sizeof (PyGC_Head) : 0;

  if ((Py_TYPE (object)->tp_flags & PREHEADER_FLAGS) != 0)
    size += 2 * sizeof (PyObject *);

  return size;
}

size_t
hs_py_get_type_presize (PyTypeObject *type)
{
  size_t size = PyType_IS_GC (type) ? sizeof (PyGC_Head) : 0;

  if ((type->tp_flags & PREHEADER_FLAGS) != 0)
    size += 2 * sizeof (PyObject *);

  return size;
}

bool
hs_py_may_have_dict (PyTypeObject *type)
{
  return (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0 || type->tp_dictoffset != 0;
}

bool
hs_py_is_immortal (PyObject *object)
{
#if AT_LEAST_3_12
  return _Py_IsImmortal (object);
#else
  return false;
#endif
}

bool
hs_py_may_be_refcount (uint64_t word)
{
#if AT_LEAST_3_12
  if (word == _Py_IMMORTAL_REFCNT)
    return true;
#endif

  return word >= 1 && word <= UINT64_C (1) << 40;
}

uint32_t
hs_py_get_interned (PyObject *str)
{
  switch (((PyASCIIObject *)str)->state.interned)
    {
    case 1:
      return HS_OBJECT_INTERNED_MORTAL;

    case 2:
      return HS_OBJECT_INTERNED_IMMORTAL;

    case 3: /* 3.12 */
      return HS_OBJECT_INTERNED_STATIC;
    }

  return 0;
}

static void
visit_generation (PyGC_Head   *head,
                  HsObjectFunc func,
                  void        *data)
{
  for (PyGC_Head *gc = _PyGCHead_NEXT (head); gc != NULL && gc != head; gc = _PyGCHead_NEXT (gc))
    func ((PyObject *)(gc + 1), data);
}

void
hs_py_visit_tracked (HsObjectFunc func,
                     void        *data)
{
  struct _gc_runtime_state *gc = &PyInterpreterState_Get ()->gc;

  for (int i = 0; i < NUM_GENERATIONS; i++)
    visit_generation (&gc->generations[i].head, func, data);
  visit_generation (&gc->permanent_generation.head, func, data);
}

/* The block of attribute values begins with the order of insertion, whose
 * size is the byte before the first value (3.11, 3.12: Objects/dictobject.c,
 * new_values()); from 3.13 on it begins with the struct itself.
 */
static void *
get_values_block (PyDictValues *values)
{
#if AT_LEAST_3_13
  return values->embedded ? NULL : values;
#else
  return (char *)values - ((uint8_t *)values)[-1];
#endif
}

static void
set_values (HsAttributes *attributes,
            PyTypeObject *type,
            PyDictValues *values)
{
  PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;

  if (values == NULL || keys == NULL)
    return;

  attributes->values = values->values;
  attributes->keys = keys;
  attributes->n_values = keys->dk_nentries;
  attributes->block = get_values_block (values);
}

static void
get_managed (PyObject     *object,
             HsAttributes *attributes)
{
  PyTypeObject *type = Py_TYPE (object);

#if AT_LEAST_3_13
  attributes->dict = (PyObject *)_PyObject_ManagedDictPointer (object)->dict;
  if (attributes->dict == NULL && (type->tp_flags & Py_TPFLAGS_INLINE_VALUES) != 0 &&
      _PyObject_InlineValues (object)->valid)
    set_values (attributes, type, _PyObject_InlineValues (object));
#elif AT_LEAST_3_12
  PyDictOrValues either = *_PyObject_DictOrValuesPointer (object);

  if (_PyDictOrValues_IsValues (either))
    set_values (attributes, type, _PyDictOrValues_GetValues (either));
  else
    attributes->dict = _PyDictOrValues_GetDict (either);
#else
  attributes->dict = *_PyObject_ManagedDictPointer (object);
  set_values (attributes, type, *_PyObject_ValuesPointer (object));
#endif
}

static Py_ssize_t
count_items (PyObject *object)
{
  Py_ssize_t n = 0;

#if AT_LEAST_3_12
  if (PyLong_Check (object))
    return (Py_ssize_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);
#endif
  if (Py_TYPE (object)->tp_itemsize != 0)
    n = Py_SIZE (object);

  return n < 0 ? -n : n;
}

void
hs_py_get_attributes (PyObject     *object,
                      HsAttributes *attributes)
{
  PyTypeObject *type = Py_TYPE (object);
  Py_ssize_t    offset = type->tp_dictoffset;

  memset (attributes, 0, sizeof *attributes);

  /* A type's dict is no dict of attributes like that of an instance. */
  if (PyType_Check (object))
    return;

  if ((type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0)
    {
      get_managed (object, attributes);
      return;
    }

  if (offset == 0)
    return;
  /* Counted from the end in subclasses of types with items. */
  if (offset < 0)
    offset += (Py_ssize_t)_PyObject_VAR_SIZE (type, count_items (object));

  attributes->dict = *(PyObject **)(void *)((char *)object + offset);
}

PyObject *
hs_py_get_attribute_name (const HsAttributes *attributes,
                          Py_ssize_t          i)
{
  PyDictKeysObject *keys = attributes->keys;

  /* DK_UNICODE_ENTRIES (keys): key tables that instances share hold only str
   * keys, behind the table of indices.
   */
  PyDictUnicodeEntry *entries =
    (PyDictUnicodeEntry *)(void *)(keys->dk_indices + ((size_t)1 << keys->dk_log2_index_bytes));

  return entries[i].me_key;
}

/* ---- A look ahead ---- */

HsPyPeek
hs_py_choose_peek (PyTypeObject *type)
{
  if ((type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0)
    return HS_PY_PEEK_VALUES;

  return type->tp_basicsize > (Py_ssize_t)sizeof (PyObject) ? HS_PY_PEEK_SLOTS : HS_PY_PEEK_NONE;
}

static PyObject **
peek_dict (PyObject   *object,
           Py_ssize_t *n)
{
  PyDictObject     *dict = (PyDictObject *)object;
  PyDictKeysObject *keys = dict->ma_keys;

  if (dict->ma_values != NULL || keys->dk_kind == DICT_KEYS_GENERAL)
    return NULL;
  *n = 2 * keys->dk_nentries;

  return (PyObject **)(void *)(keys->dk_indices + ((size_t)1 << keys->dk_log2_index_bytes));
}

static PyObject **
peek_values (PyObject   *object,
             Py_ssize_t *n)
{
  PyDictKeysObject *keys = ((PyHeapTypeObject *)Py_TYPE (object))->ht_cached_keys;
  PyDictValues     *values;

#if AT_LEAST_3_13
  values = (Py_TYPE (object)->tp_flags & Py_TPFLAGS_INLINE_VALUES) != 0
             ? _PyObject_InlineValues (object)
             : NULL;
#elif AT_LEAST_3_12
  PyDictOrValues either = *_PyObject_DictOrValuesPointer (object);

  values = _PyDictOrValues_IsValues (either) ? _PyDictOrValues_GetValues (either) : NULL;
#else
  values = *_PyObject_ValuesPointer (object);
#endif
  if (values == NULL || keys == NULL)
    return NULL;
  *n = keys->dk_nentries;

  return values->values;
}

PyObject **
hs_py_peek (PyObject   *object,
            HsPyPeek    peek,
            Py_ssize_t *n)
{
  *n = 0;
  switch (peek)
    {
    case HS_PY_PEEK_LIST:
      *n = Py_SIZE (object);
      return ((PyListObject *)object)->ob_item;

    case HS_PY_PEEK_TUPLE:
      *n = Py_SIZE (object);
      return ((PyTupleObject *)object)->ob_item;

    case HS_PY_PEEK_DICT:
      return peek_dict (object, n);

    case HS_PY_PEEK_SLOTS:
      *n = (Py_TYPE (object)->tp_basicsize - (Py_ssize_t)sizeof (PyObject)) /
           (Py_ssize_t)sizeof (PyObject *);
      return (PyObject **)(void *)(object + 1);

    case HS_PY_PEEK_VALUES:
      return peek_values (object, n);

    case HS_PY_PEEK_NONE:
      break;
    }

  return NULL;
}

/* ---- Builtin types ---- */

bool
hs_py_is_lone_str (PyObject *str)
{
#if !AT_LEAST_3_12
  if (((PyASCIIObject *)str)->wstr != NULL)
    return false;
#endif

  return PyUnicode_IS_COMPACT_ASCII (str);
}

void
hs_py_get_dict_blocks (PyObject *dict,
                       void    **keys,
                       void    **values)
{
  PyDictObject *self = (PyDictObject *)dict;

  *keys = NULL;
  *values = NULL;

  /* A split table's keys are the class's. */
  if (self->ma_values != NULL)
    *values = get_values_block (self->ma_values);
  else
    *keys = self->ma_keys;
}

void
hs_py_get_str_blocks (PyObject    *str,
                      HsStrBlocks *blocks)
{
  PyASCIIObject          *ascii = (PyASCIIObject *)str;
  PyCompactUnicodeObject *compact = (PyCompactUnicodeObject *)str;

  memset (blocks, 0, sizeof *blocks);

  if (!ascii->state.compact)
    {
      blocks->data = ((PyUnicodeObject *)str)->data.any;
      if (compact->utf8 != blocks->data)
        blocks->utf8 = compact->utf8;
    }
  else if (!ascii->state.ascii)
    blocks->utf8 = compact->utf8;

#if !AT_LEAST_3_12
  {
    void *data = ascii->state.compact ? PyUnicode_DATA (str) : blocks->data;

    if (ascii->wstr != NULL && (void *)ascii->wstr != data)
      blocks->wide = ascii->wstr;
  }
#endif
}

static size_t
get_digits (PyObject *integer,
            digit   **digits,
            bool     *is_negative)
{
  PyLongObject *self = (PyLongObject *)integer;

#if AT_LEAST_3_12
  *digits = self->long_value.ob_digit;
  *is_negative = (self->long_value.lv_tag & 3) == 2;

  return self->long_value.lv_tag >> 3;
#else
  Py_ssize_t size = Py_SIZE (self);

  *digits = self->ob_digit;
  *is_negative = size < 0;

  return (size_t)(size < 0 ? -size : size);
#endif
}

bool
hs_py_get_int (PyObject          *integer,
               bool              *is_negative,
               unsigned __int128 *magnitude)
{
  digit *digits;
  size_t n = get_digits (integer, &digits, is_negative);

  if (n > 4)
    return false;

  *magnitude = 0;
  while (n-- > 0)
    *magnitude = *magnitude << PyLong_SHIFT | digits[n];

  return true;
}

bool
hs_py_get_small_int (PyObject *integer,
                     int64_t  *value)
{
  bool    is_negative;
  digit  *digits;
  size_t  n = get_digits (integer, &digits, &is_negative);
  int64_t magnitude = 0;

  /* Two digits of 30 bits are below 2 to the 60th. */
  if (n > 2)
    return false;

  if (n > 0)
    magnitude = digits[0];
  if (n > 1)
    magnitude |= (int64_t)digits[1] << PyLong_SHIFT;
  *value = is_negative ? -magnitude : magnitude;

  return true;
}

uint64_t
hs_py_get_int_bits (PyObject *integer)
{
  bool   is_negative;
  digit *digits;
  size_t n = get_digits (integer, &digits, &is_negative);

  if (n == 0)
    return 0;

  return (uint64_t)(n - 1) * PyLong_SHIFT + 32 - (uint64_t)__builtin_clz (digits[n - 1]);
}

/* ---- Types ---- */

PyObject *
hs_py_get_type_dict (PyTypeObject *type)
{
#if AT_LEAST_3_12
  /* From 3.12 on static types keep it elsewhere. */
  PyObject *dict = PyType_GetDict (type);

  Py_XDECREF (dict);

  return dict;
#else
  return type->tp_dict;
#endif
}

/* Characters beyond ASCII as UTF-8, without the cache that
 * PyUnicode_AsUTF8() would attach to the object.
 */
static void
copy_str (char     *target,
          size_t    target_size,
          PyObject *str)
{
  size_t     at = 0;
  Py_ssize_t n = PyUnicode_GET_LENGTH (str);

  for (Py_ssize_t i = 0; i < n && at + 5 < target_size; i++)
    {
      Py_UCS4 c = PyUnicode_READ_CHAR (str, i);

      if (c < 0x80)
        target[at++] = (char)c;
      else if (c < 0x800)
        {
          target[at++] = (char)(0xc0 | c >> 6);
          target[at++] = (char)(0x80 | (c & 0x3f));
        }
      else if (c < 0x10000)
        {
          target[at++] = (char)(0xe0 | c >> 12);
          target[at++] = (char)(0x80 | (c >> 6 & 0x3f));
          target[at++] = (char)(0x80 | (c & 0x3f));
        }
      else
        {
          target[at++] = (char)(0xf0 | c >> 18);
          target[at++] = (char)(0x80 | (c >> 12 & 0x3f));
          target[at++] = (char)(0x80 | (c >> 6 & 0x3f));
          target[at++] = (char)(0x80 | (c & 0x3f));
        }
    }
  target[at] = '\0';
}

/* The value of a str key, by comparing characters: no hash, no __eq__. */
static PyObject *
find_item (PyObject   *dict,
           const char *name)
{
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t position = 0;

  while (dict != NULL && PyDict_Next (dict, &position, &key, &value))
    if (PyUnicode_CheckExact (key) && PyUnicode_IS_COMPACT_ASCII (key) &&
        strcmp (PyUnicode_DATA (key), name) == 0)
      return value;

  return NULL;
}

PyObject *
hs_py_get_type_attribute (PyTypeObject *type,
                          const char   *name)
{
  return find_item (hs_py_get_type_dict (type), name);
}

void
hs_py_get_type_name (PyTypeObject *type,
                     char         *module,
                     size_t        module_size,
                     char         *name,
                     size_t        name_size)
{
  const char *dot = strrchr (type->tp_name, '.');

  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0)
    {
      PyObject *value = find_item (hs_py_get_type_dict (type), "__module__");

      *module = '\0';
      if (value != NULL && PyUnicode_CheckExact (value))
        copy_str (module, module_size, value);
      copy_str (name, name_size, ((PyHeapTypeObject *)type)->ht_qualname);
      return;
    }

  snprintf (name, name_size, "%s", dot != NULL ? dot + 1 : type->tp_name);
  if (dot == NULL)
    snprintf (module, module_size, "builtins");
  else
    snprintf (module, module_size, "%.*s", (int)(dot - type->tp_name), type->tp_name);
}

/* Types that are made from a PyType_Spec keep a copy of their name, which a
 * class statement leaves to the str (Objects/typeobject.c, 3.11 to 3.13).
 */
bool
hs_py_is_python_class (PyTypeObject *type)
{
  return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0 &&
         (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE) == 0 &&
         ((PyHeapTypeObject *)type)->_ht_tpname == NULL;
}

void *
hs_py_get_shared_keys (PyTypeObject *type)
{
  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return NULL;

  return ((PyHeapTypeObject *)type)->ht_cached_keys;
}

/* ---- Exceptions ---- */

PyObject *
hs_py_take_exception (void)
{
#if AT_LEAST_3_12
  return PyErr_GetRaisedException ();
#else
  PyObject *type;
  PyObject *value;
  PyObject *traceback;

  PyErr_Fetch (&type, &value, &traceback);
  PyErr_NormalizeException (&type, &value, &traceback);
  if (traceback != NULL)
    PyException_SetTraceback (value, traceback);
  Py_XDECREF (type);
  Py_XDECREF (traceback);

  return value;
#endif
}

void
hs_py_restore_exception (PyObject *exception)
{
#if AT_LEAST_3_12
  PyErr_SetRaisedException (exception);
#else
  PyErr_Restore (Py_NewRef (Py_TYPE (exception)), exception,
                 PyException_GetTraceback (exception));
#endif
}
