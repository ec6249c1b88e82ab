/* hs-structs-modules.h - objects of extension modules, whose structs are in their .c files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <assert.h>

/* All the same in 3.11, 3.12 and 3.13, except where it is said. A type is only
 * taken for one of these if its tp_basicsize is the size of the struct.
 */

/* Objects/odictobject.c, struct _odictobject and _odictnode */
typedef struct
{
  PyObject *key;
  Py_hash_t hash;
  void     *next;
  void     *previous;
} HsOrderedDictNode;

typedef struct
{
  PyDictObject        dict;
  HsOrderedDictNode  *first;
  HsOrderedDictNode  *last;
  HsOrderedDictNode **fast_nodes;
  Py_ssize_t          n_fast_nodes;
  void               *resize_sentinel;
  size_t              state;
  PyObject           *attributes;
  PyObject           *weak_list;
} HsOrderedDict;

/* Modules/arraymodule.c, arrayobject and arraydescr */
typedef struct
{
  char type_code;
  int  item_size;
} HsArrayDescription;

typedef struct
{
  PyVarObject               head;
  char                     *items;
  Py_ssize_t                allocated;
  const HsArrayDescription *description;
  PyObject                 *weak_list;
  Py_ssize_t                exports;
} HsArrayObject;

/* Modules/_decimal/_decimal.c, PyDecObject; libmpdec/mpdecimal.h, mpd_t */
typedef struct
{
  PyObject   head;
  Py_hash_t  hash;
  uint8_t    flags;
  Py_ssize_t exponent;
  Py_ssize_t digits;
  Py_ssize_t length;
  Py_ssize_t allocated;
  uint64_t  *data;
  uint64_t   small[4];
} HsDecimal;

#define HS_DECIMAL_NOT_DYNAMIC 0xe0 /* data is no block of its own */

/* Modules/_elementtree.c, ElementObject and ElementObjectExtra */
typedef struct
{
  PyObject  *attributes;
  Py_ssize_t length;
  Py_ssize_t allocated;
  PyObject **children;
  PyObject  *small[4];
} HsElementExtra;

typedef struct
{
  PyObject        head;
  PyObject       *tag;
  PyObject       *text;
  PyObject       *tail;
  HsElementExtra *extra;
  PyObject       *weak_list;
} HsElement;

/* Modules/_io/bytesio.c, bytesio */
typedef struct
{
  PyObject   head;
  PyObject  *buffer;
  Py_ssize_t position;
  Py_ssize_t size;
  PyObject  *dict;
  PyObject  *weak_list;
  Py_ssize_t exports;
} HsBytesIO;

/* Modules/_io/bufferedio.c, buffered */
typedef struct
{
  PyObject      head;
  PyObject     *raw;
  int           is_ok;
  int           is_detached;
  int           is_readable;
  int           is_writable;
  char          is_finalizing;
  int           fast_closed_checks;
  int64_t       absolute_position;
  char         *buffer;
  int64_t       position;
  int64_t       raw_position;
  int64_t       read_end;
  int64_t       write_position;
  int64_t       write_end;
  void         *lock;
  unsigned long owner;
  Py_ssize_t    buffer_size;
  Py_ssize_t    buffer_mask;
  PyObject     *dict;
  PyObject     *weak_list;
} HsBuffered;

/* Modules/_struct.c, PyStructObject and formatcode */
typedef struct
{
  const void *definition; /* NULL: the last */
  Py_ssize_t  offset;
  Py_ssize_t  size;
  Py_ssize_t  repeat;
} HsStructCode;

typedef struct
{
  PyObject      head;
  Py_ssize_t    size;
  Py_ssize_t    length;
  HsStructCode *codes;
  PyObject     *format;
  PyObject     *weak_list;
} HsStruct;

/* Modules/itertoolsmodule.c, productobject; combinationsobject and cwrobject,
 * which are the same; permutationsobject
 */
typedef struct
{
  PyObject    head;
  PyObject   *pools;
  Py_ssize_t *indices;
  PyObject   *result;
  int         is_stopped;
} HsProduct;

typedef struct
{
  PyObject    head;
  PyObject   *pool;
  Py_ssize_t *indices;
  PyObject   *result;
  Py_ssize_t  r;
  int         is_stopped;
} HsCombinations;

typedef struct
{
  PyObject    head;
  PyObject   *pool;
  Py_ssize_t *indices;
  Py_ssize_t *cycles;
  PyObject   *result;
  Py_ssize_t  r;
  int         is_stopped;
} HsPermutations;

/* Modules/_pickle.c, PyMemoTable, PicklerObject and UnpicklerObject. Patch
 * releases of 3.13 have another field before those that are named here, which
 * are therefore counted from the end.
 */
typedef struct
{
  size_t mask;
  size_t used;
  size_t allocated;
  void  *table;
} HsPickleMemo;

typedef struct
{
  PyObject  *key;
  Py_ssize_t value;
} HsPickleMemoEntry;

typedef struct
{
  PyObject  *output_buffer;
  Py_ssize_t output_length;
  Py_ssize_t max_output_length;
  int        protocol;
  int        is_binary;
  int        is_framing;
  Py_ssize_t frame_start;
  Py_ssize_t buffer_size;
  int        is_fast;
  int        fast_nesting;
  int        fix_imports;
  PyObject  *fast_memo;
  PyObject  *buffer_callback;
} HsPicklerTail;

typedef struct
{
  char       *input_line;
  Py_ssize_t  input_length;
  Py_ssize_t  next_read;
  Py_ssize_t  prefetched;
  PyObject   *read;
  PyObject   *readinto;
  PyObject   *readline;
  PyObject   *peek;
  PyObject   *buffers;
  char       *encoding;
  char       *errors;
  Py_ssize_t *marks;
  Py_ssize_t  n_marks;
  Py_ssize_t  marks_size;
  int         protocol;
  int         fix_imports;
} HsUnpicklerTail;

typedef struct
{
  PyObject      head;
  HsPickleMemo *memo;
} HsPicklerHead;

typedef struct
{
  PyObject   head;
  PyObject  *stack;
  PyObject **memo;
  size_t     memo_size;
  size_t     memo_length;
} HsUnpicklerHead;

/* Modules/_ctypes/ctypes.h: what ctypes keeps of a type, up to 3.12 in
 * StgDictObject, in 3.13 in StgInfo. libffi's ffi_type is part of it.
 */
typedef struct
{
  Py_ssize_t size;
  Py_ssize_t align;
  Py_ssize_t length;
  size_t     ffi_size;
  uint16_t   ffi_alignment;
  uint16_t   ffi_type;
  void      *ffi_elements;
  PyObject  *proto;
  void      *setfunc;
  void      *getfunc;
  void      *paramfunc;
  PyObject  *argtypes;
  PyObject  *converters;
  PyObject  *restype;
  PyObject  *checker;
#if PY_VERSION_HEX >= 0x030d0000
  PyObject *module;
#endif
  int         flags;
  char       *format;
  int         n_dimensions;
  Py_ssize_t *shape;
} HsCtypesInfo;

typedef struct
{
  PyDictObject dict;
  HsCtypesInfo info;
} HsCtypesDict;

typedef struct
{
  int          is_initialized;
  HsCtypesInfo info;
} HsCtypesTypeData;

static_assert (sizeof (HsOrderedDict) == 112, "an OrderedDict has 112 bytes");
static_assert (sizeof (HsArrayObject) == 64, "an array has 64 bytes");
static_assert (sizeof (HsDecimal) == 104, "a Decimal has 104 bytes");
static_assert (sizeof (HsElement) == 56, "an Element has 56 bytes");
static_assert (sizeof (HsElementExtra) == 64, "the rest of an Element has 64 bytes");
static_assert (sizeof (HsBytesIO) == 64, "a BytesIO has 64 bytes");
static_assert (sizeof (HsBuffered) == 152, "a buffered file has 152 bytes");
static_assert (sizeof (HsStruct) == 56, "a Struct has 56 bytes");
static_assert (sizeof (HsProduct) == 48, "a product has 48 bytes");
static_assert (sizeof (HsCombinations) == 56, "combinations have 56 bytes");
static_assert (sizeof (HsPermutations) == 64, "permutations have 64 bytes");
static_assert (sizeof (HsPicklerTail) == 88, "the end of a Pickler has 88 bytes");
static_assert (sizeof (HsUnpicklerTail) == 120, "the end of an Unpickler has 120 bytes");
