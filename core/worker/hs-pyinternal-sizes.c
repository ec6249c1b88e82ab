/* hs-pyinternal-sizes.c - what the __sizeof__ of the interpreter's own types counts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyframe.h"
#include "hs-pyinternal.h"

#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <stddef.h>

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)

/* Objects/dictobject.c, _PyDict_KeysSize(): two thirds of the table's slots
 * can have an entry.
 */
size_t
hs_py_get_keys_size (const void *keys)
{
  const PyDictKeysObject *self = keys;
  size_t                  n_slots = (size_t)1 << self->dk_log2_size;
  size_t                  entry_size = sizeof (PyDictUnicodeEntry);

  if (self->dk_kind == DICT_KEYS_GENERAL)
    entry_size = sizeof (PyDictKeyEntry);

  return sizeof (PyDictKeysObject) + ((size_t)1 << self->dk_log2_index_bytes) +
         (n_slots << 1) / 3 * entry_size;
}

/* Objects/dictobject.c, _PyDict_SizeOf(): for values, as many as the class's
 * key table has room for now, and not as many as there are.
 */
size_t
hs_py_count_dict (PyObject *dict)
{
  PyDictObject     *self = (PyDictObject *)dict;
  PyDictKeysObject *keys = self->ma_keys;
  size_t            size = 0;

  if (self->ma_values != NULL)
    size += (size_t)(keys->dk_nentries + keys->dk_usable) * sizeof (PyObject *);
  if (keys->dk_refcnt == 1)
    size += hs_py_get_keys_size (keys);

  return size;
}

/* Objects/codeobject.c, code_sizeof() and _PyCodeObjectExtra */
size_t
hs_py_count_code (PyObject *code)
{
  PyTypeObject     *type = Py_TYPE (code);
  const Py_ssize_t *extra = ((PyCodeObject *)code)->co_extra;
  size_t            items = (size_t)(Py_SIZE (code) * type->tp_itemsize);
  size_t            size = (size_t)type->tp_basicsize + items;

  size = (size + sizeof (void *) - 1) & ~(sizeof (void *) - 1);
  /* The number of pointers, and these. */
  if (extra != NULL)
    size += sizeof (Py_ssize_t) + (size_t)*extra * sizeof (void *);

  return size;
}

static size_t
count_variables (const PyCodeObject *code)
{
#if AT_LEAST_3_12
  return (size_t)(code->co_framesize - FRAME_SPECIALS_SIZE) * sizeof (PyObject *);
#else
  return (size_t)(code->co_nlocalsplus + code->co_stacksize) * sizeof (PyObject *);
#endif
}

/* Objects/genobject.c, gen_sizeof() */
size_t
hs_py_count_generator (PyObject *generator)
{
  PyGenObject        *self = (PyGenObject *)generator;
  const PyCodeObject *code;

#if AT_LEAST_3_12
  code = hs_py_get_frame_code (self->gi_iframe);
#else
  code = self->gi_code;
#endif

  return offsetof (PyGenObject, gi_iframe) + offsetof (_PyInterpreterFrame, localsplus) +
         (code != NULL ? count_variables (code) : 0);
}

/* Objects/frameobject.c, frame_sizeof(): as if the variables were always part
 * of the object.
 */
size_t
hs_py_count_frame (PyObject *frame)
{
  const PyCodeObject *code = hs_py_frame_get_code ((PyFrameObject *)frame);

  return offsetof (PyFrameObject, _f_frame_data) + offsetof (_PyInterpreterFrame, localsplus) +
         (code != NULL ? count_variables (code) : 0);
}
