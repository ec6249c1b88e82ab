/* hs-pyinternal-fields.h - the fields of structs that are private to CPython
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-pyinternal.h"
#include "hs-snapshot-format.h"

/* A field of a struct. A table of them is in the order of the struct and ends
 * with one without a name.
 */
typedef struct
{
  const char *name;
  uint8_t     kind;   /* HsFieldKind */
  uint16_t    size;   /* bytes */
  uint16_t    offset; /* bytes from the start of the struct */
} HsFieldSpec;

#define HS_FIELD(type, member, kind)                                                        \
  {                                                                                         \
#member, HS_FIELD_##kind, (uint16_t)sizeof(((type *)0)->member), offsetof(type, member) \
  }
#define HS_FIELD_END \
  {                  \
    NULL, 0, 0, 0    \
  }

/* Of the two words before the GC header, for types that have them: their names,
 * and what they are in @object.
 */
void hs_py_get_preheader (PyObject   *object,
                          const char *names[2],
                          HsFieldKind kinds[2]);

/* ---- Dicts and attributes ---- */

typedef struct
{
  const HsFieldSpec *head;         /* the struct before the indices */
  size_t             head_size;    /* bytes */
  size_t             indices_size; /* bytes */
  size_t             n_indices;
  size_t             n_entries; /* that have been used, some of which may be empty again */
  size_t             n_entries_max;
  bool               has_hashes; /* an entry is hash, key and value, or key and value */
  bool               is_shared;  /* the values are elsewhere */
} HsPyKeys;

void hs_py_describe_keys (const void *keys,
                          HsPyKeys   *description);

/* A block of values, or those in an instance: before 3.13 first the order of
 * insertion, then the head, then the values; later the head, the values, and
 * the order.
 */
typedef struct
{
  size_t             order_before; /* bytes */
  const HsFieldSpec *head;
  size_t             head_size;   /* bytes */
  size_t             n_max;       /* values that there is room for, at least */
  size_t             order_after; /* bytes */
  size_t             n_used;
  bool               is_valid; /* false: they have been given up */
} HsPyValues;

/* @values: an array of values, which have @n_names names. */
void hs_py_describe_values (PyObject  **values,
                            size_t      n_names,
                            HsPyValues *description);

/* The values of a split dict and their names, in @attributes->values, keys and
 * n_values; nothing if ma_keys has them.
 */
void hs_py_get_dict_attributes (PyObject     *dict,
                                HsAttributes *attributes);

/* The same of the values in @object itself (3.13), valid or not. */
void hs_py_get_inline_attributes (PyObject     *object,
                                  HsAttributes *attributes);

/* Where the __dict__ of an object with items stands, which is counted from the
 * end: bytes from the object. Negative: there is none of the kind.
 */
int64_t hs_py_get_last_dict_offset (PyObject *object);

/* ---- Frames and code ---- */

/* Behind the head of a frame object, and before the variables of a frame. */
extern const HsFieldSpec hs_py_frame_object_fields[];
extern const HsFieldSpec hs_py_frame_fields[];

/* A frame that is part of an object. */
typedef struct
{
  int64_t       offset;   /* bytes from the object */
  int64_t       size;     /* before the variables, bytes */
  PyCodeObject *code;     /* NULL: not known */
  size_t        n_locals; /* the first of the variables, with names */
  size_t        n_valid;  /* variables and temporaries that are known to be there */
  size_t        n_slots;  /* for all of both */
  bool          is_valid; /* false: it is finished, or elsewhere */
  bool          is_busy;  /* there may be more temporaries than are known to be */
} HsPyFrameLayout;

void hs_py_describe_generator (PyObject        *generator,
                               HsPyFrameLayout *layout);
void hs_py_describe_frame_object (PyObject        *frame,
                                  HsPyFrameLayout *layout);
