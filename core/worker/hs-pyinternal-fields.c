/* hs-pyinternal-fields.c - the fields of structs that are private to CPython
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define Py_BUILD_CORE 1

#include "hs-pyinternal-fields.h"

#include "hs-pyframe.h"

#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_object.h>
#include <string.h>

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)
#define AT_LEAST_3_13 (PY_VERSION_HEX >= 0x030d0000)

/* ---- Before an object ---- */

/* Include/internal/pycore_object.h: _PyObject_ValuesPointer() and the like */
void
hs_py_get_preheader (PyObject   *object,
                     const char *names[2],
                     HsFieldKind kinds[2])
{
#if AT_LEAST_3_12
  unsigned long flags = Py_TYPE (object)->tp_flags;

  names[0] = "weaklist";
  kinds[0] = (flags & Py_TPFLAGS_MANAGED_WEAKREF) != 0 ? HS_FIELD_OBJECT : HS_FIELD_UNUSED;
#if AT_LEAST_3_13
  names[1] = "dict";
  kinds[1] = HS_FIELD_OBJECT;
#else
  names[1] = "dict_or_values";
  kinds[1] = HS_FIELD_OBJECT;
  if ((flags & Py_TPFLAGS_MANAGED_DICT) != 0 &&
      _PyDictOrValues_IsValues (*_PyObject_DictOrValuesPointer (object)))
    kinds[1] = HS_FIELD_POINTER;
#endif
  if ((flags & Py_TPFLAGS_MANAGED_DICT) == 0)
    kinds[1] = HS_FIELD_UNUSED;
#else
  (void)object;
  names[0] = "values";
  kinds[0] = HS_FIELD_POINTER;
  names[1] = "dict";
  kinds[1] = HS_FIELD_OBJECT;
#endif
}

/* ---- Dicts and attributes ---- */

static const HsFieldSpec keys_fields[] = {
  HS_FIELD (PyDictKeysObject, dk_refcnt, SIGNED),
  HS_FIELD (PyDictKeysObject, dk_log2_size, UNSIGNED),
  HS_FIELD (PyDictKeysObject, dk_log2_index_bytes, UNSIGNED),
  HS_FIELD (PyDictKeysObject, dk_kind, UNSIGNED),
  HS_FIELD (PyDictKeysObject, dk_version, UNSIGNED),
  HS_FIELD (PyDictKeysObject, dk_usable, SIGNED),
  HS_FIELD (PyDictKeysObject, dk_nentries, SIGNED),
  HS_FIELD_END,
};

void
hs_py_describe_keys (const void *keys,
                     HsPyKeys   *description)
{
  const PyDictKeysObject *self = keys;

  description->head = keys_fields;
  description->head_size = sizeof (PyDictKeysObject);
  description->indices_size = (size_t)1 << self->dk_log2_index_bytes;
  description->n_indices = (size_t)1 << self->dk_log2_size;
  description->n_entries = (size_t)self->dk_nentries;
  description->n_entries_max = (description->n_indices << 1) / 3;
  description->has_hashes = self->dk_kind == DICT_KEYS_GENERAL;
  description->is_shared = self->dk_kind == DICT_KEYS_SPLIT;
}

#if AT_LEAST_3_13
static const HsFieldSpec values_fields[] = {
  HS_FIELD (PyDictValues, capacity, UNSIGNED),
  HS_FIELD (PyDictValues, size, UNSIGNED),
  HS_FIELD (PyDictValues, embedded, UNSIGNED),
  HS_FIELD (PyDictValues, valid, UNSIGNED),
  HS_FIELD_END,
};
#else
static const HsFieldSpec values_fields[] = {
  { "size", HS_FIELD_UNSIGNED, 1, 0 },
  { "prefix_size", HS_FIELD_UNSIGNED, 1, 1 },
  HS_FIELD_END,
};
#endif

/* Objects/dictobject.c, new_values() */
void
hs_py_describe_values (PyObject  **values,
                       size_t      n_names,
                       HsPyValues *description)
{
  memset (description, 0, sizeof *description);
  description->head = values_fields;
#if AT_LEAST_3_13
  const PyDictValues *head =
    (const void *)((const char *)values - offsetof (PyDictValues, values));

  (void)n_names;
  description->head_size = offsetof (PyDictValues, values);
  description->n_max = head->capacity;
  description->order_after = (head->capacity + 7U) & ~7U;
  description->n_used = head->size;
  description->is_valid = head->valid != 0;
#else
  /* Two bytes and one for each value, in whole words: how many values there is
   * room for is not kept.
   */
  size_t prefix = ((const uint8_t *)values)[-1];

  description->order_before = prefix - 2;
  description->head_size = 2;
  description->n_max = prefix > 9 ? prefix - 9 : 0;
  if (description->n_max < n_names)
    description->n_max = n_names;
  description->n_used = ((const uint8_t *)values)[-2];
  description->is_valid = true;
#endif
}

void
hs_py_get_dict_attributes (PyObject     *dict,
                           HsAttributes *attributes)
{
  PyDictObject *self = (PyDictObject *)dict;

  memset (attributes, 0, sizeof *attributes);
  if (self->ma_values == NULL)
    return;

  attributes->values = self->ma_values->values;
  attributes->keys = self->ma_keys;
  attributes->n_values = self->ma_keys->dk_nentries;
}

void
hs_py_get_inline_attributes (PyObject     *object,
                             HsAttributes *attributes)
{
  memset (attributes, 0, sizeof *attributes);
#if AT_LEAST_3_13
  PyTypeObject     *type = Py_TYPE (object);
  PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;

  if ((type->tp_flags & Py_TPFLAGS_INLINE_VALUES) == 0 || keys == NULL)
    return;

  attributes->values = _PyObject_InlineValues (object)->values;
  attributes->keys = keys;
  attributes->n_values = keys->dk_nentries;
#else
  (void)object;
#endif
}

int64_t
hs_py_get_last_dict_offset (PyObject *object)
{
  PyTypeObject *type = Py_TYPE (object);
  Py_ssize_t    n = Py_SIZE (object);

  if (type->tp_dictoffset >= 0 || (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0)
    return -1;

#if AT_LEAST_3_12
  if (PyLong_Check (object))
    n = (Py_ssize_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);
#endif

  return type->tp_dictoffset + (int64_t)_PyObject_VAR_SIZE (type, n < 0 ? -n : n);
}

/* ---- Frames ---- */

const HsFieldSpec hs_py_frame_object_fields[] = {
  HS_FIELD (PyFrameObject, f_back, OBJECT),
  HS_FIELD (PyFrameObject, f_frame, POINTER),
  HS_FIELD (PyFrameObject, f_trace, OBJECT),
  HS_FIELD (PyFrameObject, f_lineno, SIGNED),
  HS_FIELD (PyFrameObject, f_trace_lines, SIGNED),
  HS_FIELD (PyFrameObject, f_trace_opcodes, SIGNED),
#if AT_LEAST_3_13
  HS_FIELD (PyFrameObject, f_extra_locals, OBJECT),
  HS_FIELD (PyFrameObject, f_locals_cache, OBJECT),
#else
  HS_FIELD (PyFrameObject, f_fast_as_locals, SIGNED),
#endif
  HS_FIELD_END,
};

#define FRAME_FIELD(member, kind) HS_FIELD (_PyInterpreterFrame, member, kind)

const HsFieldSpec hs_py_frame_fields[] = {
#if AT_LEAST_3_13
  FRAME_FIELD (f_executable, OBJECT),
#elif AT_LEAST_3_12
  FRAME_FIELD (f_code, OBJECT),
#endif
#if AT_LEAST_3_12
  FRAME_FIELD (previous, POINTER),
  FRAME_FIELD (f_funcobj, OBJECT),
#else
  FRAME_FIELD (f_func, OBJECT),
#endif
  FRAME_FIELD (f_globals, OBJECT),
  FRAME_FIELD (f_builtins, OBJECT),
  FRAME_FIELD (f_locals, OBJECT),
#if !AT_LEAST_3_12
  FRAME_FIELD (f_code, OBJECT),
#endif
  FRAME_FIELD (frame_obj, OBJECT),
#if !AT_LEAST_3_12
  FRAME_FIELD (previous, POINTER),
#endif
#if AT_LEAST_3_13
  FRAME_FIELD (instr_ptr, POINTER),
#else
  FRAME_FIELD (prev_instr, POINTER),
#endif
  FRAME_FIELD (stacktop, SIGNED),
#if AT_LEAST_3_12
  FRAME_FIELD (return_offset, UNSIGNED),
#else
  FRAME_FIELD (is_entry, UNSIGNED),
#endif
  FRAME_FIELD (owner, SIGNED),
  HS_FIELD_END,
};

/* The depth of the stack, which counts the variables, is only written down when
 * a frame gives way; until then it is -1. It is 0 when the variables have been
 * dropped (Python/frame.c, _PyFrame_ClearLocals()).
 */
static void
describe_frame (_PyInterpreterFrame *frame,
                PyCodeObject        *code,
                HsPyFrameLayout     *layout)
{
  layout->size = offsetof (_PyInterpreterFrame, localsplus);
  layout->code = code;
  if (code == NULL)
    return;

  layout->n_locals = (size_t)code->co_nlocalsplus;
#if AT_LEAST_3_12
  layout->n_slots = (size_t)(code->co_framesize - FRAME_SPECIALS_SIZE);
#else
  layout->n_slots = (size_t)(code->co_nlocalsplus + code->co_stacksize);
#endif
  layout->is_busy = frame->stacktop < 0;
  if (layout->is_busy)
    layout->n_valid = layout->n_locals;
  else if (frame->stacktop >= code->co_nlocalsplus)
    layout->n_valid = (size_t)frame->stacktop;
}

void
hs_py_describe_generator (PyObject        *generator,
                          HsPyFrameLayout *layout)
{
  PyGenObject         *self = (PyGenObject *)generator;
  _PyInterpreterFrame *frame = (_PyInterpreterFrame *)(void *)self->gi_iframe;

  memset (layout, 0, sizeof *layout);
  layout->offset = offsetof (PyGenObject, gi_iframe);
#if AT_LEAST_3_12
  describe_frame (frame, hs_py_get_frame_code (frame), layout);
#else
  describe_frame (frame, self->gi_code, layout);
#endif
  layout->is_valid = self->gi_frame_state < FRAME_CLEARED;
}

void
hs_py_describe_frame_object (PyObject        *object,
                             HsPyFrameLayout *layout)
{
  PyFrameObject       *self = (PyFrameObject *)object;
  _PyInterpreterFrame *own = (_PyInterpreterFrame *)(void *)self->_f_frame_data;

  memset (layout, 0, sizeof *layout);
  layout->offset = offsetof (PyFrameObject, _f_frame_data);
  if (self->f_frame != NULL)
    describe_frame (own, hs_py_frame_get_code (self), layout);
  layout->is_valid = self->f_frame == own && own->owner == FRAME_OWNED_BY_FRAME_OBJECT;
}
