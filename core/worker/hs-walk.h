/* hs-walk.h - from the code's names to all objects behind them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#include "hs-address-map.h"
#include "hs-snapshot-writer.h"
#include "hs-types.h"

/* A breadth-first walk: an object gets its row when a reference to it is first
 * seen, and its references and blocks when its turn comes, so that the rows
 * themselves are the queue. The GIL is held throughout; nothing of Python's is
 * allocated, changed or called that could be the user's.
 */
typedef struct
{
  HsSnapshotWriter out;

  uint32_t   **arenas;  /* by arena: a number for each granule, row + 1; NULL: none yet */
  HsAddressMap objects; /* PyObject outside arenas → row */
  HsAddressMap types;   /* PyTypeObject → row of infos, the same as of the type */
  HsAddressMap labels;  /* str object or C string → offset of its text */
  HsTypeInfo  *infos;
  uint32_t    *expected; /* by object: labelled references that tp_traverse shall report */

  uint32_t current;       /* the object whose turn it is */
  uint32_t first_edge;    /* of it */
  uint32_t current_class; /* its type's row, UINT32_MAX if it has none */

  PyObject *globals;  /* the namespace of __main__ */
  PyObject *builtins; /* the namespace of builtins */
} HsWalk;

/* Returns: false if there is no room for even the smallest snapshot */
bool hs_walk_begin (HsWalk   *self,
                    void     *area,
                    uint64_t  size,
                    PyObject *globals);

/* Gives every object that the names lead to its references and blocks. */
void hs_walk_follow (HsWalk *self);

/* The row of @object, a new one if it has none yet. Returns: UINT32_MAX if
 * there is no room
 */
uint32_t hs_walk_find (HsWalk   *self,
                       PyObject *object);

static inline const HsTypeInfo *
hs_walk_get_info (HsWalk  *self,
                  uint32_t object)
{
  return &self->infos[self->out.object_type[object]];
}

/* Whether the references of @object are not followed, because it belongs to
 * the interpreter or to a library. (hs-boundary.c)
 */
bool hs_walk_is_boundary (HsWalk           *self,
                          PyObject         *object,
                          const HsTypeInfo *info);

/* ---- hs-names.c ---- */

/* The text of @str as a label, each made once. */
uint32_t hs_walk_get_label (HsWalk   *self,
                            PyObject *str);
/* Of a C string that lives as long as the walk. */
uint32_t hs_walk_get_c_label (HsWalk     *self,
                              const char *text);

/* ---- hs-preview.c ---- */

/* A short form of the value, made without any code of the user's. Returns: the
 * offset of the text, 0 if there is none; *is_cut tells whether it is whole.
 */
uint32_t hs_walk_add_preview (HsWalk           *self,
                              PyObject         *object,
                              const HsTypeInfo *info,
                              bool             *is_cut);

/* The label of a dict's key: its preview; of a short tuple, which has none, its
 * items. Returns: the offset of the text, 0 if there is nothing to say
 */
uint32_t hs_walk_get_key_label (HsWalk   *self,
                                PyObject *key,
                                uint32_t  row);

/* Items, characters or bytes; HS_LENGTH_NONE. Never asks __len__. */
uint64_t hs_walk_get_length (PyObject         *object,
                             const HsTypeInfo *info);

/* ---- hs-edges.c ---- */

/* Adds the references of the current object, labelled where it is known what
 * they are. Returns: whether these are all
 */
bool hs_walk_add_edges (HsWalk           *self,
                        PyObject         *object,
                        const HsTypeInfo *info);

void hs_walk_add_edge (HsWalk    *self,
                       HsEdgeKind kind,
                       uint32_t   label,
                       PyObject  *target);

/* ---- hs-blocks.c ---- */

/* Adds the blocks of the current object. Returns: whether these are all */
bool hs_walk_add_blocks (HsWalk           *self,
                         PyObject         *object,
                         const HsTypeInfo *info);
