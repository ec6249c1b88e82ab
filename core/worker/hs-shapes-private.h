/* hs-shapes-private.h - how the tables of members are written
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-shapes.h"

/* The tables, each up to a shape without a type: Objects/ and Python/ of
 * CPython, the modules that are part of the library, and those that usually
 * are files of their own.
 */
extern HsShape hs_shapes_builtins[];
extern HsShape hs_shapes_modules[];
extern HsShape hs_shapes_extensions[];

/* What follows is for the tables alone. A shape begins behind PyObject_HEAD. */

#define MEMBERS (HsMember[])

#define MEMBER(name, label, kind, block, size, align) \
  {                                                   \
    name, label, kind, block, align, size, 0          \
  }

#define LABELLED(name, label) MEMBER (name, label, HS_MEMBER_OBJECT, 0, 8, 8)
#define OBJECT(name)          LABELLED (name, name)
#define OBJECTS(name, n)      MEMBER (name, name, HS_MEMBER_OBJECTS, 0, 8 * (n), 8)
#define BORROWED(name)        MEMBER (name, name, HS_MEMBER_BORROWED, 0, 8, 8)
#define BLOCK(name, block)    MEMBER (name, name, HS_MEMBER_BLOCK, block, 8, 8)
#define POINTER(name)         MEMBER (name, name, HS_MEMBER_POINTER, 0, 8, 8)
#define LIBRARY(name)         MEMBER (name, name, HS_MEMBER_LIBRARY, 0, 8, 8)
#define SIGNED(name, size)    MEMBER (name, name, HS_MEMBER_SIGNED, 0, size, size)
#define UNSIGNED(name, size)  MEMBER (name, name, HS_MEMBER_UNSIGNED, 0, size, size)
#define DOUBLE(name)          MEMBER (name, name, HS_MEMBER_DOUBLE, 0, 8, 8)
#define BYTES(name, size, align) \
  MEMBER (name, name, HS_MEMBER_BYTES, 0, size, align)
#define STATE(name, size) MEMBER (name, name, HS_MEMBER_STATE, 0, size, 8)
#define END               MEMBER (NULL, NULL, HS_MEMBER_END, 0, 0, 1)

/* PyObject_VAR_HEAD goes on behind PyObject_HEAD. */
#define VAR_HEAD SIGNED ("ob_size", 8)

#define CHAR(name) UNSIGNED (name, 1)
#define INT(name)  SIGNED (name, 4)
#define SIZE(name) SIGNED (name, 8)
#define HASH(name) SIGNED (name, 8)

/* The list of weak references; the __dict__, which the type tells where to find. */
#define WEAK_LIST(name) POINTER (name)
#define DICT(name)      BORROWED (name)

/* PyThread_allocate_lock(): PyMem_RawMalloc(), Python/thread_pthread.h */
#define LOCK(name) BLOCK (name, HS_BLOCK_EXTRA)

/* Py_buffer; what holds the object that it is of has OBJECT for @object. */
#define BUFFER(object)                                                                      \
  POINTER ("buf"), object, SIZE ("len"), SIZE ("itemsize"), INT ("readonly"), INT ("ndim"), \
    POINTER ("format"), POINTER ("shape"), POINTER ("strides"), POINTER ("suboffsets"),     \
    POINTER ("internal")

/* The differences between versions: members that only some have. */
#define NO_MEMBER MEMBER (NULL, NULL, HS_MEMBER_NONE, 0, 0, 1)

#if PY_VERSION_HEX >= 0x030c0000
#define FROM_3_12(...)  __VA_ARGS__
#define UNTIL_3_11(...) NO_MEMBER
#else
#define FROM_3_12(...)  NO_MEMBER
#define UNTIL_3_11(...) __VA_ARGS__
#endif
#if PY_VERSION_HEX >= 0x030d0000
#define FROM_3_13(...)  __VA_ARGS__
#define UNTIL_3_12(...) NO_MEMBER
#else
#define FROM_3_13(...)  NO_MEMBER
#define UNTIL_3_12(...) __VA_ARGS__
#endif
