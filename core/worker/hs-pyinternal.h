/* hs-pyinternal.h - all that differs between CPython versions, and all that is private to them
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

/* Implemented by hs-pyinternal.c, hs-pyinternal-visit.c and, for frames,
 * hs-pyframe.c. The rest of the worker is written against this header and the
 * public API.
 * Nothing here allocates or runs Python code unless it says so; all of it
 * needs the GIL. Objects that are returned are borrowed.
 */

/* ---- Objects ---- */

/* How many bytes of an object's block lie before the object, and the same of
 * all objects of a type that are on the heap.
 */
size_t hs_py_get_presize (PyObject *object);
size_t hs_py_get_type_presize (PyTypeObject *type);

/* Whether instances can have attributes that hs_py_get_attributes() finds. */
bool hs_py_may_have_dict (PyTypeObject *type);

/* Whether the reference count is not counted (PEP 683). */
bool hs_py_is_immortal (PyObject *object);

/* Whether the first word of what may be an object is a reference count: 1 to
 * 2^40, or exactly what immortal objects have.
 */
bool hs_py_may_be_refcount (uint64_t word);

/* HsObjectFlags that tell how a str is interned; 0: not. */
uint32_t hs_py_get_interned (PyObject *str);

typedef void (*HsObjectFunc) (PyObject *object,
                              void     *data);

/* Calls @func for every object that the garbage collector knows, those that
 * gc.freeze() has set aside included. @func changes nothing of Python's.
 */
void hs_py_visit_tracked (HsObjectFunc func,
                          void        *data);

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

/* ---- A look ahead ---- */

/* Where most references of an object stand, one behind the other. A hint for
 * the cache: nothing is wrong if it is.
 */
typedef enum
{
  HS_PY_PEEK_NONE = 0,
  HS_PY_PEEK_LIST,
  HS_PY_PEEK_TUPLE,
  HS_PY_PEEK_DICT,
  HS_PY_PEEK_SLOTS,
  HS_PY_PEEK_VALUES,
} HsPyPeek;

/* Of instances of a class written in Python that derives from object. */
HsPyPeek hs_py_choose_peek (PyTypeObject *type);

/* Returns: the first of *n words, most of them references; NULL if none */
PyObject **hs_py_peek (PyObject   *object,
                       HsPyPeek    peek,
                       Py_ssize_t *n);

/* ---- Builtin types ---- */

/* The blocks of a dict; NULL where it has none of its own. */
void hs_py_get_dict_blocks (PyObject *dict,
                            void    **keys,
                            void    **values);

/* Whether a str has no block beside its main one. */
bool hs_py_is_lone_str (PyObject *str);

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
/* An int between -2^62 and 2^62. Returns: false for any other */
bool hs_py_get_small_int (PyObject *integer,
                          int64_t  *value);
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

/* What the class itself has under @name, without looking at its bases; NULL if
 * nothing. Compares characters: no hash, no __eq__.
 */
PyObject *hs_py_get_type_attribute (PyTypeObject *type,
                                    const char   *name);

/* A key table that instances of @type share; NULL: none. */
void *hs_py_get_shared_keys (PyTypeObject *type);

/* ---- Frames ---- */

/* One frame, running, suspended or finished. */
typedef struct
{
  void         *frame; /* _PyInterpreterFrame; NULL: none */
  PyCodeObject *code;
  PyObject     *function;
  PyObject     *locals;      /* the namespace of a module or class body; NULL in functions */
  PyObject     *locals_copy; /* the variables of a function as locals() made a dict of them */
  PyObject     *object;      /* the frame object, if there is one */
  PyObject    **variables;   /* co_nlocalsplus, some of them NULL */
  PyObject    **stack;
  int           n_stack;       /* temporaries that are known to be valid */
  int           line;          /* where a running one stands; 0: not known */
  bool          is_generators; /* it is part of a generator, which holds what it refers to */
} HsFrame;

/* The innermost running frame of this thread that holds Python code, or with
 * @frame->frame set the one that called it. Returns: false if there is none
 */
bool hs_py_next_frame (HsFrame *frame);
/* The same of another thread, which does not have the GIL and so stands still. */
bool hs_py_next_frame_of (PyThreadState *thread,
                          HsFrame       *frame);
/* The threads of the interpreter, after NULL the first; NULL after the last.
 * One that is just starting has no frame.
 */
PyThreadState *hs_py_next_thread (PyThreadState *thread);
bool           hs_py_open_frame_object (PyObject *object,
                                        HsFrame  *frame);
/* The line where a suspended generator goes on; 0 if it is not suspended. */
uint32_t hs_py_get_generator_line (PyObject *generator);

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
/* Of a frame object, beside the frame itself. */
void hs_py_visit_frame (PyObject   *frame,
                        HsFieldFunc visit,
                        void       *data);
/* The table of subclasses of a type: each has a weak reference. Borrowed; NULL if
 * there is none.
 */
PyObject *hs_py_get_subclasses (PyTypeObject *type);
void      hs_py_visit_type (PyObject   *type,
                            HsFieldFunc visit,
                            void       *data);

typedef void (*HsBlockFunc) (void *address,
                             void *data);

/* The blocks of a code object beside its main one. Returns: whether these are all */
bool hs_py_visit_code_blocks (PyObject   *code,
                              HsBlockFunc visit,
                              void       *data);

/* ---- What __sizeof__ counts (hs-pyinternal-sizes.c) ---- */

/* Bytes of a struct of an int before its digits. */
#if PY_VERSION_HEX >= 0x030c0000
#define HS_PY_INT_HEAD (offsetof (PyLongObject, long_value.ob_digit))
#else
#define HS_PY_INT_HEAD (offsetof (PyLongObject, ob_digit))
#endif

/* Bytes of a key table. */
size_t hs_py_get_keys_size (const void *keys);

/* Bytes that the __sizeof__ of dict counts beside the struct. */
size_t hs_py_count_dict (PyObject *dict);

/* Bytes that their __sizeof__ counts, with the struct. */
size_t hs_py_count_code (PyObject *code);
size_t hs_py_count_generator (PyObject *generator);
size_t hs_py_count_frame (PyObject *frame);

/* ---- Exceptions ---- */

/* The current exception, which is cleared; new reference. May allocate. */
PyObject *hs_py_take_exception (void);

/* Makes @exception the current one; steals the reference. */
void hs_py_restore_exception (PyObject *exception);
