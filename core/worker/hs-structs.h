/* hs-structs.h - objects whose structs CPython keeps in its .c files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All the same in 3.11, 3.12 and 3.13, except where it is said. Only the leading
 * fields that are used.
 */

/* Objects/rangeobject.c */
typedef struct
{
  PyObject  head;
  PyObject *start;
  PyObject *stop;
  PyObject *step;
  PyObject *length;
} HsRange;

/* Include/internal/pycore_moduleobject.h */
typedef struct
{
  PyObject  head;
  PyObject *dict;
  void     *definition;
  void     *state;
  PyObject *weak_list;
  PyObject *name;
} HsModule;

/* Modules/_collectionsmodule.c, defdictobject */
typedef struct
{
  PyDictObject dict;
  PyObject    *default_factory;
} HsDefaultDict;

/* Modules/_collectionsmodule.c: blocks of 64 items, and 16 kept for reuse. */
#define HS_DEQUE_BLOCK_ITEMS 64
#define HS_DEQUE_FREE_BLOCKS 16

typedef struct _HsDequeBlock HsDequeBlock;

struct _HsDequeBlock
{
  HsDequeBlock *left;
  PyObject     *items[HS_DEQUE_BLOCK_ITEMS];
  HsDequeBlock *right;
};

typedef struct
{
  PyVarObject   head;
  HsDequeBlock *left_block;
  HsDequeBlock *right_block;
  Py_ssize_t    left_index;
  Py_ssize_t    right_index;
  size_t        state;
  Py_ssize_t    max_length;
  Py_ssize_t    n_free;
  HsDequeBlock *free_blocks[HS_DEQUE_FREE_BLOCKS];
  PyObject     *weak_list;
} HsDeque;

/* Objects/memoryobject.c, _PyManagedBufferObject */
typedef struct
{
  PyObject   head;
  int        flags;
  Py_ssize_t exports;
  Py_buffer  view;
} HsManagedBuffer;

#define HS_MANAGED_BUFFER_OWNS_FORMAT 2

/* Objects/capsule.c, PyCapsule */
typedef struct
{
  PyObject    head;
  void       *pointer;
  const char *name;
  void       *context;
  void       *destructor;
} HsCapsule;

/* Modules/_functoolsmodule.c, lru_list_elem, with which an lru_cache_object begins */
typedef struct _HsLruLink HsLruLink;

struct _HsLruLink
{
  PyObject   head;
  HsLruLink *previous;
  HsLruLink *next;
};

/* Modules/_operator.c, methodcallerobject (3.13) */
typedef struct
{
  PyObject  head;
  PyObject *name;
  PyObject *args;
  PyObject *keywords;
  void     *call_args; /* NULL: it was not called yet, and the next is not set */
  PyObject *call_names;
} HsMethodCaller;

/* Modules/itertoolsmodule.c, teedataobject */
typedef struct
{
  PyObject  head;
  PyObject *iterator;
  int       n_read;
  int       is_running;
  PyObject *next;
  PyObject *values[57];
} HsTeeData;

/* Modules/_sre/sre.h, TemplateObject (3.12) */
typedef struct
{
  PyVarObject head;
  Py_ssize_t  chunks;
  PyObject   *literal;
  struct
  {
    Py_ssize_t index;
    PyObject  *literal;
  } items[];
} HsTemplate;

/* Include/datetime.h, _PyTZINFO_HEAD */
typedef struct
{
  PyObject  head;
  Py_hash_t hash;
  char      has_zone;
} HsDatetime;

/* Modules/_zoneinfo.c, PyZoneInfo_ZoneInfo, _ttinfo and _tzrule */
typedef struct
{
  PyObject *utc_offset;
  PyObject *dst_offset;
  PyObject *name;
  long      seconds;
} HsZonePeriod;

typedef struct
{
  PyObject       head;
  PyObject      *key;
  PyObject      *file;
  PyObject      *weak_list;
  size_t         n_transitions;
  size_t         n_periods;
  int64_t       *transitions[3];
  HsZonePeriod **transition_periods;
  HsZonePeriod  *before;
  HsZonePeriod   after[2];
  int            dst_difference;
  void          *start;
  void          *end;
  unsigned char  has_no_dst;
  HsZonePeriod  *periods;
} HsZoneInfo;

/* Modules/_elementtree.c, ElementIterObject and ParentLocator */
typedef struct
{
  PyObject  *parent;
  Py_ssize_t child;
} HsElementParent;

typedef struct
{
  PyObject         head;
  HsElementParent *parents;
  Py_ssize_t       n_parents;
} HsElementIterator;

/* Modules/_pickle.c, Pdata */
typedef struct
{
  PyVarObject head;
  PyObject  **items;
} HsPickleData;

/* Modules/_queuemodule.c, simplequeueobject and RingBuf (3.13) */
typedef struct
{
  PyObject   head;
  bool       has_waiting;
  Py_ssize_t put;
  Py_ssize_t first;
  PyObject **items;
  Py_ssize_t n_allocated;
  Py_ssize_t n_items;
} HsQueue;

/* Modules/mmapmodule.c, mmap_object, its beginning */
typedef struct
{
  PyObject   head;
  char      *data; /* NULL: closed */
  Py_ssize_t size;
  Py_ssize_t position;
  off_t      offset;
  Py_ssize_t exports;
  int        fd; /* -1: none */
} HsMmap;

/* Modules/_ctypes/ctypes.h, CDataObject: the value if it is small */
typedef struct
{
  PyObject    head;
  char       *data;
  int         owns_data;
  PyObject   *base;
  Py_ssize_t  size;
  Py_ssize_t  length;
  Py_ssize_t  index;
  PyObject   *objects;
  long double value;
} HsCtypesData;

/* numpy/core/include/numpy/ndarraytypes.h, PyArrayObject_fields and the
 * beginning of PyArray_Descr, the same in NumPy 1 and 2
 */
typedef struct
{
  PyObject      head;
  PyTypeObject *type;
  char          kind;
} HsNdarrayDescription;

typedef struct
{
  PyObject              head;
  char                 *data;
  int                   n_dimensions;
  Py_ssize_t           *dimensions;
  Py_ssize_t           *strides;
  PyObject             *base;
  HsNdarrayDescription *description;
  int                   flags;
} HsNdarray;

#define HS_NDARRAY_C_CONTIGUOUS 1
#define HS_NDARRAY_F_CONTIGUOUS 2
#define HS_NDARRAY_OWNS_DATA    4

static_assert (sizeof (HsTeeData) == 496, "what tee() has read has 496 bytes");
static_assert (offsetof (HsTemplate, items) == 40, "the items of a template begin at 40");
static_assert (sizeof (HsZoneInfo) == 200, "a ZoneInfo has 200 bytes and two");
static_assert (offsetof (HsQueue, n_items) == 56, "the number of items of a queue is at 56");
static_assert (sizeof (HsCtypesData) == 96, "an object of ctypes has 96 bytes");
static_assert (sizeof (HsDequeBlock) == 528, "a block of a deque has 528 bytes");
static_assert (sizeof (HsDeque) == 216, "a deque has 216 bytes");
