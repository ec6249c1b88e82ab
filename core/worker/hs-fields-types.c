/* hs-fields-types.c - what the bytes of types are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"

#include <structmember.h>

#define AT_LEAST_3_12 (PY_VERSION_HEX >= 0x030c0000)
#define AT_LEAST_3_13 (PY_VERSION_HEX >= 0x030d0000)

/* Entries that are described one by one: five fields each. */
#define N_MEMBERS_MAX (HS_FIELDS_LIMIT / 5)

#define SLOT(member)        HS_FIELD (PyTypeObject, member, POINTER)
#define FIELD(member, kind) HS_FIELD (PyTypeObject, member, kind)

/* Include/cpython/object.h */
static const HsFieldSpec type_fields[] = {
  { "ob_size", HS_FIELD_SIGNED, 8, offsetof (PyVarObject, ob_size) },
  SLOT (tp_name),
  FIELD (tp_basicsize, SIGNED),
  FIELD (tp_itemsize, SIGNED),
  SLOT (tp_dealloc),
  FIELD (tp_vectorcall_offset, SIGNED),
  SLOT (tp_getattr),
  SLOT (tp_setattr),
  SLOT (tp_as_async),
  SLOT (tp_repr),
  SLOT (tp_as_number),
  SLOT (tp_as_sequence),
  SLOT (tp_as_mapping),
  SLOT (tp_hash),
  SLOT (tp_call),
  SLOT (tp_str),
  SLOT (tp_getattro),
  SLOT (tp_setattro),
  SLOT (tp_as_buffer),
  FIELD (tp_flags, BITS),
  SLOT (tp_doc),
  SLOT (tp_traverse),
  SLOT (tp_clear),
  SLOT (tp_richcompare),
  FIELD (tp_weaklistoffset, SIGNED),
  SLOT (tp_iter),
  SLOT (tp_iternext),
  SLOT (tp_methods),
  SLOT (tp_members),
  SLOT (tp_getset),
  FIELD (tp_base, OBJECT),
  FIELD (tp_dict, OBJECT),
  SLOT (tp_descr_get),
  SLOT (tp_descr_set),
  FIELD (tp_dictoffset, SIGNED),
  SLOT (tp_init),
  SLOT (tp_alloc),
  SLOT (tp_new),
  SLOT (tp_free),
  SLOT (tp_is_gc),
  FIELD (tp_bases, OBJECT),
  FIELD (tp_mro, OBJECT),
  FIELD (tp_cache, OBJECT),
  HS_FIELD_END,
};

/* From here on static types differ: see add_type(). */
static const HsFieldSpec subclasses_field[] = {
  FIELD (tp_subclasses, OBJECT),
  HS_FIELD_END,
};

static const HsFieldSpec last_fields[] = {
  FIELD (tp_weaklist, OBJECT),
  SLOT (tp_del),
  FIELD (tp_version_tag, UNSIGNED),
  SLOT (tp_finalize),
  SLOT (tp_vectorcall),
#if AT_LEAST_3_12
  FIELD (tp_watched, BITS),
#endif
#if AT_LEAST_3_13
  FIELD (tp_versions_used, UNSIGNED),
#endif
  HS_FIELD_END,
};

#define HEAP_SLOT(member)        HS_FIELD (PyHeapTypeObject, member, POINTER)
#define HEAP_FIELD(member, kind) HS_FIELD (PyHeapTypeObject, member, kind)

static const HsFieldSpec heap_type_fields[] = {
  HEAP_SLOT (as_async.am_await),
  HEAP_SLOT (as_async.am_aiter),
  HEAP_SLOT (as_async.am_anext),
  HEAP_SLOT (as_async.am_send),

  HEAP_SLOT (as_number.nb_add),
  HEAP_SLOT (as_number.nb_subtract),
  HEAP_SLOT (as_number.nb_multiply),
  HEAP_SLOT (as_number.nb_remainder),
  HEAP_SLOT (as_number.nb_divmod),
  HEAP_SLOT (as_number.nb_power),
  HEAP_SLOT (as_number.nb_negative),
  HEAP_SLOT (as_number.nb_positive),
  HEAP_SLOT (as_number.nb_absolute),
  HEAP_SLOT (as_number.nb_bool),
  HEAP_SLOT (as_number.nb_invert),
  HEAP_SLOT (as_number.nb_lshift),
  HEAP_SLOT (as_number.nb_rshift),
  HEAP_SLOT (as_number.nb_and),
  HEAP_SLOT (as_number.nb_xor),
  HEAP_SLOT (as_number.nb_or),
  HEAP_SLOT (as_number.nb_int),
  HEAP_SLOT (as_number.nb_reserved),
  HEAP_SLOT (as_number.nb_float),
  HEAP_SLOT (as_number.nb_inplace_add),
  HEAP_SLOT (as_number.nb_inplace_subtract),
  HEAP_SLOT (as_number.nb_inplace_multiply),
  HEAP_SLOT (as_number.nb_inplace_remainder),
  HEAP_SLOT (as_number.nb_inplace_power),
  HEAP_SLOT (as_number.nb_inplace_lshift),
  HEAP_SLOT (as_number.nb_inplace_rshift),
  HEAP_SLOT (as_number.nb_inplace_and),
  HEAP_SLOT (as_number.nb_inplace_xor),
  HEAP_SLOT (as_number.nb_inplace_or),
  HEAP_SLOT (as_number.nb_floor_divide),
  HEAP_SLOT (as_number.nb_true_divide),
  HEAP_SLOT (as_number.nb_inplace_floor_divide),
  HEAP_SLOT (as_number.nb_inplace_true_divide),
  HEAP_SLOT (as_number.nb_index),
  HEAP_SLOT (as_number.nb_matrix_multiply),
  HEAP_SLOT (as_number.nb_inplace_matrix_multiply),

  HEAP_SLOT (as_mapping.mp_length),
  HEAP_SLOT (as_mapping.mp_subscript),
  HEAP_SLOT (as_mapping.mp_ass_subscript),

  HEAP_SLOT (as_sequence.sq_length),
  HEAP_SLOT (as_sequence.sq_concat),
  HEAP_SLOT (as_sequence.sq_repeat),
  HEAP_SLOT (as_sequence.sq_item),
  HEAP_SLOT (as_sequence.was_sq_slice),
  HEAP_SLOT (as_sequence.sq_ass_item),
  HEAP_SLOT (as_sequence.was_sq_ass_slice),
  HEAP_SLOT (as_sequence.sq_contains),
  HEAP_SLOT (as_sequence.sq_inplace_concat),
  HEAP_SLOT (as_sequence.sq_inplace_repeat),

  HEAP_SLOT (as_buffer.bf_getbuffer),
  HEAP_SLOT (as_buffer.bf_releasebuffer),

  HEAP_FIELD (ht_name, OBJECT),
  HEAP_FIELD (ht_slots, OBJECT),
  HEAP_FIELD (ht_qualname, OBJECT),
  HEAP_SLOT (ht_cached_keys),
  HEAP_FIELD (ht_module, OBJECT),
  HEAP_SLOT (_ht_tpname),
  HEAP_FIELD (_spec_cache.getitem, OBJECT),
#if AT_LEAST_3_12
  HEAP_FIELD (_spec_cache.getitem_version, UNSIGNED),
#endif
#if AT_LEAST_3_13
  HEAP_FIELD (_spec_cache.init, OBJECT),
#endif
  HS_FIELD_END,
};

/* The slots and other members of objects of the type, an entry for each, and
 * one more that ends them (Include/structmember.h).
 */
static void
add_members (HsFields *self,
             uint64_t  n)
{
  uint64_t n_single = n < N_MEMBERS_MAX ? n : N_MEMBERS_MAX;

  for (uint32_t i = 0; i < n_single; i++)
    {
      int64_t start = self->at;

      hs_fields_add (self, hs_fields_get_indexed_label (self, "members[#].name", i),
                     HS_FIELD_POINTER, 8);
      hs_fields_add (self, hs_fields_get_indexed_label (self, "members[#].type", i),
                     HS_FIELD_SIGNED, 4);
      hs_fields_skip_to (self, start + (int64_t)offsetof (PyMemberDef, offset));
      hs_fields_add (self, hs_fields_get_indexed_label (self, "members[#].offset", i),
                     HS_FIELD_SIGNED, 8);
      hs_fields_add (self, hs_fields_get_indexed_label (self, "members[#].flags", i),
                     HS_FIELD_BITS, 4);
      hs_fields_skip_to (self, start + (int64_t)offsetof (PyMemberDef, doc));
      hs_fields_add (self, hs_fields_get_indexed_label (self, "members[#].doc", i),
                     HS_FIELD_POINTER, 8);
    }
  if (n > n_single)
    hs_fields_add_value (self,
                         hs_fields_get_indexed_label (self, "members[#]", (uint32_t)n_single),
                         HS_FIELD_ITEMS, (n - n_single) * sizeof (PyMemberDef), n - n_single);
}

bool
hs_fields_add_type_object (HsFields *self,
                           PyObject *object)
{
  PyTypeObject *type = (PyTypeObject *)object;
  bool          is_heap;

  if (!PyType_Check (object))
    return false;

  is_heap = (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
  hs_fields_add_struct (self, type_fields, 0);
#if AT_LEAST_3_12
  /* In static types of the interpreter a number (Objects/typeobject.c). */
  if (!is_heap)
    hs_fields_add_named (self, "tp_subclasses", HS_FIELD_UNSIGNED, 8);
#endif
  if (self->at == (int64_t)offsetof (PyTypeObject, tp_subclasses))
    hs_fields_add_struct (self, subclasses_field, 0);
  hs_fields_add_struct (self, last_fields, 0);
  if (!is_heap)
    return true;

  hs_fields_skip_to (self, sizeof (PyTypeObject));
  hs_fields_add_struct (self, heap_type_fields, 0);
  hs_fields_skip_to (self, sizeof (PyHeapTypeObject));
  /* What a metaclass that is written in C adds. */
  if (hs_fields_add_members (self))
    hs_fields_skip_to (self, Py_TYPE (type)->tp_basicsize);
  hs_fields_add_words (self, Py_TYPE (type)->tp_basicsize);
  add_members (self, (uint64_t)Py_SIZE (type));

  return true;
}

bool
hs_fields_add_type_block (HsFields *self,
                          PyObject *object,
                          uint64_t  address)
{
  PyTypeObject *type = (PyTypeObject *)object;

  if (!PyType_Check (object) || (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return false;

  if (address == (uint64_t)type->tp_doc)
    hs_fields_add_c_text (self, "tp_doc");
  else if (address == (uint64_t)((PyHeapTypeObject *)type)->_ht_tpname)
    hs_fields_add_c_text (self, "_ht_tpname");
  else
    return false;

  return true;
}
