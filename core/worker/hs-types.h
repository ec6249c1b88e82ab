/* hs-types.h - what is known about a type, found once
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-pyinternal.h"
#include "hs-snapshot-format.h"

/* The layout of an object: of its type, or of the type written in C from which
 * a Python class derives.
 */
typedef enum
{
  HS_LAYOUT_UNKNOWN = 0, /* written in C, not looked at */
  HS_LAYOUT_OBJECT,      /* nothing but the head */
  HS_LAYOUT_LEAF,        /* no references, no further blocks */
  HS_LAYOUT_SHAPED,      /* what its shape says */
  HS_LAYOUT_BOOL,
  HS_LAYOUT_INT,
  HS_LAYOUT_FLOAT,
  HS_LAYOUT_COMPLEX,
  HS_LAYOUT_STR,
  HS_LAYOUT_BYTES,
  HS_LAYOUT_BYTEARRAY,
  HS_LAYOUT_ARRAY,
  HS_LAYOUT_LIST,
  HS_LAYOUT_TUPLE,
  HS_LAYOUT_DICT,
  HS_LAYOUT_DEFAULTDICT,
  HS_LAYOUT_ORDERED_DICT,
  HS_LAYOUT_SET,
  HS_LAYOUT_DEQUE,
  HS_LAYOUT_RANGE,
  HS_LAYOUT_SLICE,
  HS_LAYOUT_FUNCTION,
  HS_LAYOUT_METHOD,
  HS_LAYOUT_BUILTIN,
  HS_LAYOUT_CELL,
  HS_LAYOUT_CODE,
  HS_LAYOUT_GENERATOR,
  HS_LAYOUT_FRAME,
  HS_LAYOUT_PROPERTY,
  HS_LAYOUT_WRAPPED, /* staticmethod, classmethod */
  HS_LAYOUT_DESCRIPTOR,
  HS_LAYOUT_PARTIAL,
  HS_LAYOUT_EXCEPTION,
  HS_LAYOUT_TYPE,
  HS_LAYOUT_MODULE,

  /* What has a shape, and more than that says: */
  HS_LAYOUT_STRUCT_SEQUENCE,
  HS_LAYOUT_CAPSULE,
  HS_LAYOUT_MANAGED_BUFFER,
  HS_LAYOUT_LRU_CACHE,
  HS_LAYOUT_METHOD_CALLER,
  HS_LAYOUT_TEE_DATA,
  HS_LAYOUT_TEMPLATE,
  HS_LAYOUT_MMAP,
  HS_LAYOUT_DATETIME,
  HS_LAYOUT_ZONE_INFO,
  HS_LAYOUT_DECIMAL,
  HS_LAYOUT_ELEMENT,
  HS_LAYOUT_ELEMENT_ITERATOR,
  HS_LAYOUT_PICKLE_DATA,
  HS_LAYOUT_PICKLER,
  HS_LAYOUT_UNPICKLER,
  HS_LAYOUT_QUEUE,
  HS_LAYOUT_CTYPES_DATA,
  HS_LAYOUT_CTYPES_DICT,
  HS_LAYOUT_NDARRAY,
} HsLayout;

typedef struct _HsShape HsShape;

typedef struct
{
  PyTypeObject  *type;
  HsLayout       layout;
  const HsShape *shape;           /* of the same; NULL: none */
  bool           is_python;       /* a class statement or type() made it */
  bool           is_users;        /* and it says that its module is __main__ */
  bool           is_gc;           /* objects have a GC header (of types, only heap types) */
  bool           has_slots;       /* __slots__, its own or inherited */
  bool           may_have_dict;   /* objects may have attributes of their own */
  bool           may_be_boundary; /* see hs_walk_is_boundary() */
  bool           is_pythons;      /* objects come from Python's allocators */
  bool           is_leaf;         /* a main block is all that objects have and refer to */
  HsPyPeek       peek;            /* where most references of its objects are */
  uint8_t        presize;         /* bytes of a main block before the object */
  uint32_t       flags;           /* HsObjectFlags that all objects of the type have */
  uint32_t       n_sequence;      /* fields of a struct sequence, those without a position too */

  uint8_t       sizeof_kind;  /* HsSizeofKind */
  uint32_t      sizeof_fixed; /* presize and struct, bytes */
  PyTypeObject *sizeof_type;  /* whose __sizeof__ it is, if that is a C function; else NULL */
} HsTypeInfo;

/* Fills @info. O(number of base classes and of their attributes). */
void hs_types_inspect (PyTypeObject *type,
                       HsTypeInfo   *info);

/* Whether a class statement or type() made @type, and it says that its module
 * is __main__.
 */
bool hs_types_is_users (PyTypeObject *type);

/* Whether Objects/structseq.c made @type, of which objects are tuples with named fields. */
bool hs_types_is_sequence (PyTypeObject *type);

HsFamily hs_types_get_family (const HsTypeInfo *info);
