/* hs-fields.h - how the bytes of a block are described
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

#include "hs-pyinternal-fields.h"
#include "hs-walk.h"

/* So many of the same are described one by one; the rest is one field. */
#define HS_FIELDS_LIMIT 64

/* The end of a block of which only the beginning is known. */
#define HS_FIELDS_NO_END (INT64_C (1) << 62)

/* One block, from its first byte to its last: fields are added at the place
 * that has been reached, so that there is neither a hole nor an overlap. What
 * does not fit into the block is left out. No memory outside the block is read
 * unless it is said.
 */
typedef struct
{
  HsWalk     *walk;
  const char *start;     /* where offsets are counted from: in a main block the object */
  uint16_t    block;     /* as in HS_SECTION_FIELD_BLOCK */
  int64_t     at;        /* that has been reached, bytes from the start */
  int64_t     end;       /* of what can be described; of static memory HS_FIELDS_NO_END */
  int64_t     block_end; /* the same with what was not asked for */
  bool        is_exact;  /* what was asked for is known */
} HsFields;

/* A field with the value that stands in memory; a label of 0 names it by its
 * kind. @size: bytes.
 */
void hs_fields_add (HsFields   *self,
                    uint32_t    label,
                    HsFieldKind kind,
                    uint64_t    size);
void hs_fields_add_named (HsFields   *self,
                          const char *name,
                          HsFieldKind kind,
                          uint64_t    size);
/* A field whose memory is not read. */
void hs_fields_add_value (HsFields   *self,
                          uint32_t    label,
                          HsFieldKind kind,
                          uint64_t    size,
                          uint64_t    value);

/* Asked for, but nothing is kept there. Nothing for a @size of 0 or below. */
void hs_fields_add_unused (HsFields *self,
                           int64_t   size);
/* The same up to @offset. */
void hs_fields_skip_to (HsFields *self,
                        int64_t   offset);

/* @n of the same in one field of @size bytes; nothing for 0. */
void hs_fields_add_items (HsFields   *self,
                          const char *name,
                          uint64_t    n,
                          uint64_t    size);

/* @n fields that are named by @name with a number for "#", or behind it in
 * brackets, each of @size bytes; from HS_FIELDS_LIMIT on they are one.
 */
void hs_fields_add_array (HsFields   *self,
                          const char *name,
                          HsFieldKind kind,
                          uint64_t    n,
                          uint64_t    size);
/* The label of such a field. */
uint32_t hs_fields_get_indexed_label (HsFields   *self,
                                      const char *name,
                                      uint32_t    i);

/* The fields of a struct that begins at @offset, up to one without a name. */
void hs_fields_add_struct (HsFields          *self,
                           const HsFieldSpec *specs,
                           int64_t            offset);

/* Words of which only that is known what stands there, up to @end; those that
 * are the address of an object of the snapshot are references.
 */
void hs_fields_add_words (HsFields *self,
                          int64_t   end);
void hs_fields_add_word (HsFields *self,
                         uint32_t  label);
/* Whether @address is that of an object of the snapshot. */
bool hs_fields_is_object (HsFields *self,
                          uint64_t  address);

/* A C string that ends in the block, if it does. */
void hs_fields_add_c_text (HsFields   *self,
                           const char *name);

/* ---- What objects have behind their head ----
 *
 * Each returns: whether it knows objects of that layout, or such a block of the
 * current object; if not, nothing is added.
 */

/* hs-fields-text.c: numbers, text and bytes */
bool hs_fields_add_text_object (HsFields *self,
                                PyObject *object,
                                HsLayout  layout);
bool hs_fields_add_text_block (HsFields   *self,
                               PyObject   *object,
                               HsBlockKind kind);

/* hs-fields-containers.c */
bool hs_fields_add_container (HsFields *self,
                              PyObject *object,
                              HsLayout  layout);
bool hs_fields_add_container_block (HsFields   *self,
                                    PyObject   *object,
                                    HsBlockKind kind,
                                    uint64_t    address);

/* A table of @n entries, some of them empty, each a reference and a number. */
void hs_fields_add_pairs (HsFields   *self,
                          const char *key_name,
                          const char *number_name,
                          const char *rest_name,
                          uint64_t    n);
/* Values of attributes, with what surrounds them. */
void hs_fields_add_values (HsFields           *self,
                           const HsAttributes *attributes);

/* hs-fields-code.c: functions, code and frames */
bool hs_fields_add_code_object (HsFields *self,
                                PyObject *object,
                                HsLayout  layout);
bool hs_fields_add_code_block (HsFields *self,
                               PyObject *object,
                               uint64_t  address);

/* hs-fields-types.c */
bool hs_fields_add_type_object (HsFields *self,
                                PyObject *object);
bool hs_fields_add_type_block (HsFields *self,
                               PyObject *object,
                               uint64_t  address);

/* hs-fields-modules.c: blocks of types of extension modules */
bool hs_fields_add_module_block (HsFields *self,
                                 PyObject *object,
                                 uint64_t  address);

/* hs-fields-instances.c: the members of other types that are written in C, from
 * the place that has been reached to the end of the struct, which is known or
 * not; and what classes add to that.
 */
bool hs_fields_add_members (HsFields *self);
void hs_fields_add_shape (HsFields     *self,
                          PyTypeObject *type);
void hs_fields_add_instance (HsFields *self,
                             PyObject *object);
bool hs_fields_add_member_block (HsFields   *self,
                                 PyObject   *object,
                                 HsBlockKind kind,
                                 uint64_t    address);
