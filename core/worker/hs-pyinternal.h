/* hs-pyinternal.h - all that differs between CPython versions, and all that is private to them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

/* Implemented by hs-pyinternal.c and, for frames, hs-pyframe.c. The rest of the
 * worker is written against this header and the public API.
 * Nothing here allocates or runs Python code unless it says so; all of it
 * needs the GIL. Objects that are returned are borrowed.
 */

/* ---- Objects ---- */

/* How many bytes of an object's block lie before the object. */
size_t hs_py_get_presize (PyObject *object);

/* Whether the reference count is not counted (PEP 683). */
bool hs_py_is_immortal (PyObject *object);

/* HsObjectFlags that tell how a str is interned; 0: not. */
uint32_t hs_py_get_interned (PyObject *str);

/* Where an instance keeps its attributes. */
typedef struct
{
  PyObject  *dict;     /* a dict object that exists already; NULL: none */
  PyObject **values;   /* attributes without a dict object; NULL: none */
  void      *keys;     /* names of the values */
  Py_ssize_t n_values; /* entries of both, some of them NULL */
  void      *block;    /* start of the block of the values; NULL: none of their own */
} HsAttributes;

void      hs_py_get_attributes (PyObject     *object,
                                HsAttributes *attributes);
PyObject *hs_py_get_attribute_name (const HsAttributes *attributes,
                                    Py_ssize_t          i);

/* ---- Builtin types ---- */

/* The blocks of a dict; NULL where it has none of its own. */
void hs_py_get_dict_blocks (PyObject *dict,
                            void    **keys,
                            void    **values);

/* The blocks of a str beside its main one; NULL where there are none. */
typedef struct
{
  void *data; /* characters, of a str that is not compact */
  void *utf8;
  void *wide; /* wchar_t copy, up to 3.11 */
} HsStrBlocks;

void hs_py_get_str_blocks (PyObject    *str,
                           HsStrBlocks *blocks);

/* Magnitude of an int, if it is below 2 to the 120th. */
bool hs_py_get_int (PyObject          *integer,
                    bool              *is_negative,
                    unsigned __int128 *magnitude);
/* Bits of the magnitude of an int. */
uint64_t hs_py_get_int_bits (PyObject *integer);

/* ---- Types ---- */

/* __module__ and __qualname__ as text, cut to the sizes. */
void hs_py_get_type_name (PyTypeObject *type,
                          char         *module,
                          size_t        module_size,
                          char         *name,
                          size_t        name_size);

/* Whether a class statement or type() made it. */
bool hs_py_is_python_class (PyTypeObject *type);

PyObject *hs_py_get_type_dict (PyTypeObject *type);

/* A key table that instances of @type share; NULL: none. */
void *hs_py_get_shared_keys (PyTypeObject *type);

/* ---- Frames ---- */

/* One frame, running, suspended or finished. */
typedef struct
{
  void         *frame; /* _PyInterpreterFrame; NULL: none */
  PyCodeObject *code;
  PyObject     *function;
  PyObject     *locals;    /* the namespace of a module or class body; NULL in functions */
  PyObject     *object;    /* the frame object, if there is one */
  PyObject    **variables; /* co_nlocalsplus, some of them NULL */
  PyObject    **stack;
  int           n_stack; /* temporaries that are known to be valid */
  int           line;
} HsFrame;

/* The innermost running frame of this thread that holds Python code, or with
 * @frame->frame set the one that called it. Returns: false if there is none
 */
bool hs_py_next_frame (HsFrame *frame);
bool hs_py_open_frame_object (PyObject *object,
                              HsFrame  *frame);
/* Returns: false if it is finished */
bool hs_py_open_generator (PyObject *generator,
                           HsFrame  *frame);

/* The code of a frame object, borrowed. */
PyCodeObject *hs_py_frame_get_code (PyFrameObject *frame);

/* ---- Fields of structs, one after the other ---- */

typedef void (*HsFieldFunc) (const char *name,
                             PyObject   *value,
                             void       *data);

void hs_py_visit_function (PyObject   *function,
                           HsFieldFunc visit,
                           void       *data);
void hs_py_visit_code (PyObject   *code,
                       HsFieldFunc visit,
                       void       *data);
void hs_py_visit_generator (PyObject   *generator,
                            HsFieldFunc visit,
                            void       *data);
void hs_py_visit_type (PyObject   *type,
                       HsFieldFunc visit,
                       void       *data);

typedef void (*HsBlockFunc) (void *address,
                             void *data);

/* The blocks of a code object beside its main one. Returns: whether these are all */
bool hs_py_visit_code_blocks (PyObject   *code,
                              HsBlockFunc visit,
                              void       *data);

/* ---- Exceptions ---- */

/* The current exception, which is cleared; new reference. May allocate. */
PyObject *hs_py_take_exception (void);

/* Makes @exception the current one; steals the reference. */
void hs_py_restore_exception (PyObject *exception);
