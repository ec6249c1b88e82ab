/* hs-fields-modules.c - what the bytes of blocks of extension modules are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"
#include "hs-structs-modules.h"
#include "hs-structs.h"

#define SPEC(type, member, name, kind)                                                     \
  {                                                                                        \
    name, HS_FIELD_##kind, (uint16_t)sizeof (((type *)0)->member), offsetof (type, member) \
  }

/* A node, or the table of them. */
static bool
add_ordered_dict (HsFields *self,
                  PyObject *object,
                  uint64_t  address)
{
  static const HsFieldSpec node_fields[] = {
    SPEC (HsOrderedDictNode, key, "key", OBJECT),
    SPEC (HsOrderedDictNode, hash, "hash", SIGNED),
    SPEC (HsOrderedDictNode, next, "next", POINTER),
    SPEC (HsOrderedDictNode, previous, "prev", POINTER),
    HS_FIELD_END,
  };
  HsOrderedDict *dict = (HsOrderedDict *)object;

  if (address == (uint64_t)dict->fast_nodes)
    hs_fields_add_array (self, "od_fast_nodes[#]", HS_FIELD_POINTER,
                         (uint64_t)dict->n_fast_nodes, 8);
  else
    hs_fields_add_struct (self, node_fields, 0);

  return true;
}

static bool
add_decimal (HsFields *self,
             PyObject *object,
             uint64_t  address)
{
  HsDecimal *decimal = (HsDecimal *)object;

  if (address != (uint64_t)decimal->data)
    return false;

  hs_fields_add_array (self, "dec.data[#]", HS_FIELD_UNSIGNED, (uint64_t)decimal->length, 8);
  hs_fields_skip_to (self, 8 * decimal->allocated);

  return true;
}

static bool
add_element (HsFields *self,
             PyObject *object,
             uint64_t  address)
{
  static const HsFieldSpec extra_fields[] = {
    SPEC (HsElementExtra, attributes, "attrib", OBJECT),
    SPEC (HsElementExtra, length, "length", SIGNED),
    SPEC (HsElementExtra, allocated, "allocated", SIGNED),
    SPEC (HsElementExtra, children, "children", POINTER),
    HS_FIELD_END,
  };
  HsElementExtra *extra = ((HsElement *)object)->extra;

  if (address == (uint64_t)extra)
    {
      hs_fields_add_struct (self, extra_fields, 0);
      if (extra->children == extra->small)
        hs_fields_add_array (self, "_children[#]", HS_FIELD_OBJECT, (uint64_t)extra->length, 8);
      hs_fields_skip_to (self, sizeof *extra);
    }
  else
    {
      hs_fields_add_array (self, "children[#]", HS_FIELD_OBJECT, (uint64_t)extra->length, 8);
      hs_fields_skip_to (self, 8 * extra->allocated);
    }

  return true;
}

/* ---- Pickling ---- */

static bool
add_pickler (HsFields *self,
             PyObject *object,
             uint64_t  address)
{
  static const HsFieldSpec memo_fields[] = {
    SPEC (HsPickleMemo, mask, "mt_mask", UNSIGNED),
    SPEC (HsPickleMemo, used, "mt_used", UNSIGNED),
    SPEC (HsPickleMemo, allocated, "mt_allocated", UNSIGNED),
    SPEC (HsPickleMemo, table, "mt_table", POINTER),
    HS_FIELD_END,
  };
  HsPickleMemo *memo = ((HsPicklerHead *)object)->memo;

  if (memo == NULL)
    return false;

  if (address == (uint64_t)memo)
    hs_fields_add_struct (self, memo_fields, 0);
  else if (address == (uint64_t)memo->table)
    hs_fields_add_pairs (self, "mt_table[#].me_key", "mt_table[#].me_value", "mt_table[#]",
                         memo->allocated);
  else
    return false;

  return true;
}

static bool
add_unpickler (HsFields *self,
               PyObject *object,
               uint64_t  address)
{
  const HsUnpicklerHead *head = (const HsUnpicklerHead *)object;

  if (address != (uint64_t)head->memo)
    return false;

  hs_fields_add_array (self, "memo[#]", HS_FIELD_OBJECT, head->memo_size, 8);

  return true;
}

/* The stack of an Unpickler. */
static bool
add_pickle_data (HsFields *self,
                 PyObject *object,
                 uint64_t  address)
{
  HsPickleData *data = (HsPickleData *)object;

  if (address != (uint64_t)data->items)
    return false;

  hs_fields_add_array (self, "data[#]", HS_FIELD_OBJECT, (uint64_t)Py_SIZE (data), 8);

  return true;
}

/* Objects of ctypes: whatever bytes they are. */
static bool
add_ctypes_data (HsFields *self,
                 PyObject *object,
                 uint64_t  address)
{
  HsCtypesData *data = (HsCtypesData *)(void *)object;

  if (address != (uint64_t)data->data)
    return false;

  hs_fields_add_items (self, "b_ptr", (uint64_t)data->size, (uint64_t)data->size);

  return true;
}

bool
hs_fields_add_module_block (HsFields *self,
                            PyObject *object,
                            uint64_t  address)
{
  switch (self->walk->info->layout)
    {
    case HS_LAYOUT_ORDERED_DICT:
      return add_ordered_dict (self, object, address);

    case HS_LAYOUT_DECIMAL:
      return add_decimal (self, object, address);

    case HS_LAYOUT_ELEMENT:
      return add_element (self, object, address);

    case HS_LAYOUT_PICKLER:
      return add_pickler (self, object, address);

    case HS_LAYOUT_UNPICKLER:
      return add_unpickler (self, object, address);

    case HS_LAYOUT_PICKLE_DATA:
      return add_pickle_data (self, object, address);

    case HS_LAYOUT_CTYPES_DATA:
      return add_ctypes_data (self, object, address);

    default:
      return false;
    }
}
