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
#include "hs-pyinternal.h"
#include "hs-rows.h"
#include "hs-snapshot-writer.h"
#include "hs-types.h"

/* The labels of the attributes of instances that share a key table. */
typedef struct
{
  const void *keys;
  uint32_t    first; /* in attribute_labels */
  uint32_t    n;
} HsLabelCache;

#define HS_LABEL_CACHES 256

/* A type that was met not long ago. */
typedef struct
{
  const PyTypeObject *type;
  uint32_t            row;
} HsTypeCache;

#define HS_TYPE_CACHE_BITS 6

/* A breadth-first walk: an object gets its row when a reference to it is first
 * seen, and its references and blocks when its turn comes, so that the rows
 * themselves are the queue. The GIL is held throughout; nothing of Python's is
 * allocated, changed or called that could be the user's.
 */
typedef struct
{
  HsSnapshotWriter out;

  HsRows       rows;   /* objects → row */
  HsAddressMap types;  /* PyTypeObject → row of infos, the same as of the type */
  HsAddressMap labels; /* str object or C string → offset of its text */
  HsTypeInfo  *infos;
  uint32_t    *expected; /* by object: labelled references that tp_traverse shall report */

  HsTypeCache   type_caches[1 << HS_TYPE_CACHE_BITS];
  uint32_t      class_label;
  uint32_t     *attribute_labels;
  uint32_t      n_attribute_labels;
  uint32_t      n_attribute_labels_max;
  HsLabelCache *label_caches; /* HS_LABEL_CACHES, by the address of the keys */

  /* The objects that wait for their turn: see hs-walk.c. */
  uint32_t first_waiting;
  uint32_t last_waiting;

  /* The object whose turn it is: */
  PyObject         *object;
  uint32_t          current; /* its row */
  const HsTypeInfo *info;
  uint32_t          first_edge;
  uint32_t          first_block;    /* of the other blocks */
  const void       *main_start;     /* of its main block */
  uint64_t          main_occupied;  /* bytes; 0: static; HS_BYTES_UNKNOWN */
  uint64_t          main_requested; /* bytes; HS_BYTES_UNKNOWN without the ledger */
  uint32_t          n_wide_seen;    /* of wide_address, up to the current row */

  uint32_t n_described_max; /* objects whose fields are written */

  bool is_all; /* objects behind boundaries are followed, too */

  PyObject *globals;  /* the namespace of __main__ */
  PyObject *builtins; /* the namespace of builtins */
} HsWalk;

/* @area: zeroed, for the columns. Returns: false if there is no room for even
 * the smallest snapshot
 */
bool hs_walk_begin (HsWalk   *self,
                    void     *area,
                    uint64_t  size,
                    PyObject *globals);

/* Gives every object that the names lead to its references and blocks. */
void hs_walk_follow (HsWalk *self);

/* After hs_walk_follow(): all other objects of the process, too, and the edges of
 * boundaries. (hs-walk-all.c)
 */
void hs_walk_follow_all (HsWalk *self);

/* Adds the edges of an object that had its turn before. */
void hs_walk_revisit (HsWalk   *self,
                      uint32_t  row,
                      PyObject *object);

/* The row of @object, a new one if it has none yet. Returns: UINT32_MAX if
 * there is no room
 */
uint32_t hs_walk_find (HsWalk   *self,
                       PyObject *object);

/* The object of @row. Rows are asked for in ascending order, each once, so that
 * the table of wide addresses is followed and not searched: *n_wide, at first 0,
 * is how far.
 */
PyObject *hs_walk_get_object (HsWalk   *self,
                              uint32_t  row,
                              uint32_t *n_wide);

/* Fetches an object into the cache, from its GC header to the flags of a str,
 * which often are in two lines. Both are always inline: gcc takes a function
 * that does nothing but fetch for one without effect, and drops the call.
 */
__attribute__ ((always_inline)) static inline void
hs_walk_fetch_head (PyObject *object)
{
  __builtin_prefetch ((char *)object - 16);
  __builtin_prefetch ((char *)object + 40);
}

/* And what hs_walk_find() will need of it. */
__attribute__ ((always_inline)) static inline void
hs_walk_fetch (HsWalk   *self,
               PyObject *object)
{
  hs_walk_fetch_head (object);
  hs_rows_prefetch (&self->rows, object);
}

/* Whether the references of @object are not followed, because it belongs to
 * the interpreter or to a library. (hs-boundary.c)
 */
bool hs_walk_is_boundary (HsWalk           *self,
                          PyObject         *object,
                          const HsTypeInfo *info);

/* ---- hs-constants.c ---- */

/* Lists what @code and the code in it hold of the objects found so far. Adds no
 * object. Returns: whether all could be listed
 */
bool hs_walk_add_constants (HsWalk   *self,
                            PyObject *code);

/* ---- hs-names.c ---- */

/* The text of @str as a label, each made once. */
uint32_t hs_walk_get_label (HsWalk   *self,
                            PyObject *str);
/* Of a C string that lives as long as the walk. */
uint32_t hs_walk_get_c_label (HsWalk     *self,
                              const char *text);

/* The labels of the values, in their order; where no value is, its label may be
 * 0. Good until the next call. Returns: NULL if there is no room
 */
const uint32_t *hs_walk_get_attribute_labels (HsWalk             *self,
                                              const HsAttributes *attributes);

/* ---- hs-preview.c ---- */

/* What HsValueKind the values of objects of such a type have. */
HsValueKind hs_walk_get_value_kind (const HsTypeInfo *info);

/* The value of the object in its row @row: by kind a number, a length, or a
 * short text, made without any code of the user's; *is_cut tells whether that
 * is not whole.
 */
uint64_t hs_walk_get_value (HsWalk           *self,
                            PyObject         *object,
                            const HsTypeInfo *info,
                            uint32_t          row,
                            bool             *is_cut);

/* ---- hs-edges.c ---- */

/* Adds the references of the current object, labelled where it is known what
 * they are. Returns: whether these are all
 */
bool hs_walk_add_edges (HsWalk *self);

void hs_walk_add_edge (HsWalk    *self,
                       HsEdgeKind kind,
                       uint32_t   label,
                       PyObject  *target);

/* The keys and values of a dict that is, or is part of, the current object. */
void hs_walk_add_dict_edges (HsWalk   *self,
                             PyObject *dict);

/* HsFieldFunc: adds an edge for a field of a struct, if it is not NULL. */
void hs_walk_add_field_edge (const char *name,
                             PyObject   *value,
                             void       *walk);

/* ---- hs-edges-types.c ---- */

/* Adds the references of the current object, whose layout is none of those
 * that hs-edges.c knows. Returns: whether tp_traverse need not be asked for
 * more
 */
bool hs_walk_add_type_edges (HsWalk *self);

/* ---- hs-edges-shapes.c ---- */

/* Adds the references that the members of the current object's struct hold,
 * which has a shape.
 */
void hs_walk_add_shape_edges (HsWalk *self);

/* Adds those that it holds beyond. Returns: as above */
bool hs_walk_add_special_edges (HsWalk *self);

/* The members of a struct that has no shape, as far as Python sees them. */
void hs_walk_add_member_edges (HsWalk *self);

/* ---- hs-blocks.c ---- */

/* Says what the main block of the current object is. */
void hs_walk_add_main (HsWalk *self);

/* Adds the other blocks of the current object. Returns: whether these are all */
bool hs_walk_add_blocks (HsWalk *self);

/* Adds a block that is not the main one; nothing for NULL and static memory. */
void hs_walk_add_block (HsWalk     *self,
                        HsBlockKind kind,
                        const void *start,
                        uint8_t     flags);

/* ---- hs-blocks-shapes.c ---- */

/* Adds the blocks that the members of the current object's struct point to,
 * which has a shape. Returns: whether these are all
 */
bool hs_walk_add_shape_blocks (HsWalk *self);

/* Adds those that it has beyond. Returns: as above */
bool hs_walk_add_special_blocks (HsWalk *self);

/* ---- hs-getsizeof.c ---- */

/* What sys.getsizeof() would return for the current object, bytes, without a
 * call into any code of the user's; HS_BYTES_UNKNOWN if only such code knows
 * (then *is_own is set), or if nothing is known of the type. Blocks have been
 * added.
 */
uint64_t hs_walk_get_getsizeof (HsWalk *self,
                                bool   *is_own);

/* ---- hs-fields.c ---- */

/* Describes the blocks of the current object, which have been added, from
 * their first byte to their last.
 */
void hs_walk_add_fields (HsWalk *self);
