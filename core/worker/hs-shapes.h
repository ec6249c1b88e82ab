/* hs-shapes.h - the members of structs that CPython keeps in its .c files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

#include "hs-snapshot-format.h"
#include "hs-types.h"

/* A type written in C is described by the members of its struct in their
 * order, all of them, so that their offsets and the size of the struct follow.
 * A type is only taken for the one that is described if its tp_basicsize is
 * that size: in a release of Python that has changed the struct, the type is
 * one that is not known.
 *
 * The tables were read from the .c files and debugging information of 3.11.7,
 * 3.12.1 and 3.13.0.
 */

typedef enum
{
  HS_MEMBER_END = 0,
  HS_MEMBER_NONE,     /* not there in this version */
  HS_MEMBER_OBJECT,   /* to an object, and counted by it; NULL and numbers below 4096: none */
  HS_MEMBER_BORROWED, /* to an object, not counted; or one whose edge is added elsewhere */
  HS_MEMBER_BLOCK,    /* to a block of the object's own */
  HS_MEMBER_POINTER,  /* to what belongs to others */
  HS_MEMBER_LIBRARY,  /* to memory of another library, which makes the blocks incomplete */
  HS_MEMBER_SIGNED,
  HS_MEMBER_UNSIGNED,
  HS_MEMBER_DOUBLE,
  HS_MEMBER_BYTES,   /* whatever else is embedded */
  HS_MEMBER_STATE,   /* the same, but something in it points to memory that is not known */
  HS_MEMBER_OBJECTS, /* as many as fit, each as HS_MEMBER_OBJECT */
} HsMemberKind;

/* hs_shapes_find() sets the offset. */
typedef struct
{
  const char *name;  /* CPython's */
  const char *label; /* for the reference: the attribute, where there is one */
  uint8_t     kind;  /* HsMemberKind */
  uint8_t     block; /* HsBlockKind */
  uint8_t     align;
  uint16_t    size;   /* bytes */
  uint16_t    offset; /* bytes from the object */
} HsMember;

/* HsShape */
struct _HsShape
{
  const char *type;   /* tp_name */
  HsLayout    layout; /* HS_LAYOUT_UNKNOWN: HS_LAYOUT_SHAPED */
  HsFamily    family;
  HsMember   *members; /* up to one that is HS_MEMBER_END */
  /* With a label, tp_traverse reports more references than members have, and
   * this is what they are.
   */
  const char *rest;
  uint16_t    size; /* of the struct, bytes; 0 before it was asked for */
};

/* The shape of objects of @type itself, which is written in C; bases are not
 * looked at. Returns: (nullable) static, NULL if the struct is not known
 */
const HsShape *hs_shapes_find (const PyTypeObject *type);

/* Whether such objects have nothing but their main block, and refer to nothing. */
bool hs_shapes_is_leaf (const HsShape *shape);
