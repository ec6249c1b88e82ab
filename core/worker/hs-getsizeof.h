/* hs-getsizeof.h - what sys.getsizeof() would say
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-types.h"

/* How the __sizeof__ of a type counts. */
typedef enum
{
  HS_SIZEOF_UNKNOWN = 0, /* written in C, not looked at */
  HS_SIZEOF_OWN,         /* written in Python */
  HS_SIZEOF_FIXED,       /* the same for all objects */
  HS_SIZEOF_ITEMS,       /* object's: tp_itemsize for each of ob_size */
  HS_SIZEOF_INT,
  HS_SIZEOF_STR,
  HS_SIZEOF_BYTEARRAY,
  HS_SIZEOF_LIST,
  HS_SIZEOF_DICT,
  HS_SIZEOF_ORDERED_DICT,
  HS_SIZEOF_SET,
  HS_SIZEOF_TYPE,
  HS_SIZEOF_CODE,
  HS_SIZEOF_GENERATOR,
  HS_SIZEOF_FRAME,

  HS_SIZEOF_DEQUE, /* from here on in hs-getsizeof-modules.c */
  HS_SIZEOF_ARRAY,
  HS_SIZEOF_DECIMAL,
  HS_SIZEOF_ELEMENT,
  HS_SIZEOF_BYTESIO,
  HS_SIZEOF_BUFFERED,
  HS_SIZEOF_STRUCT,
  HS_SIZEOF_PICKLER,
  HS_SIZEOF_UNPICKLER,
  HS_SIZEOF_PRODUCT,
  HS_SIZEOF_COMBINATIONS,
  HS_SIZEOF_PERMUTATIONS,
  HS_SIZEOF_STGDICT, /* of ctypes, up to 3.12 */
  HS_SIZEOF_CTYPE,   /* of ctypes, from 3.13 on */
} HsSizeofKind;

/* Sets what HsTypeInfo says of __sizeof__; its type and presize are set.
 * O(number of base classes and of their attributes).
 */
void hs_getsizeof_inspect (HsTypeInfo *info);

/* ---- hs-getsizeof-modules.c ---- */

/* How the __sizeof__ of @type counts, which is written in C and part of an
 * extension module of the standard library.
 */
HsSizeofKind hs_getsizeof_find_module_kind (PyTypeObject *type);

/* Bytes of the nodes of an OrderedDict and of the table of them. */
Py_ssize_t hs_getsizeof_count_nodes (PyObject *object);

/* Bytes that such an object has beside its struct; negative: not known. */
Py_ssize_t hs_getsizeof_count_module (PyObject         *object,
                                      const HsTypeInfo *info);
