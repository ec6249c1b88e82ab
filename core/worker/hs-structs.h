/* hs-structs.h - objects whose structs CPython keeps in its .c files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <assert.h>

/* All the same in 3.11, 3.12 and 3.13. Only the leading fields that are used. */

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

/* Objects/descrobject.c, propertyobject */
typedef struct
{
  PyObject  head;
  PyObject *get;
  PyObject *set;
  PyObject *del;
  PyObject *doc;
} HsProperty;

/* Objects/funcobject.c, classmethod and staticmethod */
typedef struct
{
  PyObject  head;
  PyObject *callable;
  PyObject *dict;
} HsWrapped;

/* Modules/_functoolsmodule.c, partialobject */
typedef struct
{
  PyObject  head;
  PyObject *function;
  PyObject *args;
  PyObject *keywords;
} HsPartial;

/* Modules/arraymodule.c, arrayobject */
typedef struct
{
  PyVarObject head;
  char       *items;
} HsArray;

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

static_assert (sizeof (HsDequeBlock) == 528, "a block of a deque has 528 bytes");
static_assert (sizeof (HsDeque) == 216, "a deque has 216 bytes");
