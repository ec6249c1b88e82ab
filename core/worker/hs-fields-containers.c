/* hs-fields-containers.c - what the bytes of containers are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"
#include "hs-structs.h"

/* Entries of a table have two or three fields each. */
#define N_ENTRIES_MAX (HS_FIELDS_LIMIT / 3)

/* ---- Sequences ---- */

/* A struct sequence can have more items than it says. */
static void
add_tuple (HsFields *self,
           PyObject *object)
{
  uint64_t n = (uint64_t)Py_SIZE (object);

  if (self->walk->info->layout == HS_LAYOUT_STRUCT_SEQUENCE)
    n = self->walk->info->n_sequence;
  hs_fields_add_named (self, "ob_size", HS_FIELD_SIGNED, 8);
  hs_fields_add_array (self, "ob_item[#]", HS_FIELD_OBJECT, n, 8);
}

/* One field for each link and item, but only one for items that are not there. */
static void
add_deque_block (HsFields     *self,
                 HsDeque      *deque,
                 HsDequeBlock *block)
{
  Py_ssize_t first = block == deque->left_block ? deque->left_index : 0;
  Py_ssize_t last =
    block == deque->right_block ? deque->right_index : HS_DEQUE_BLOCK_ITEMS - 1;

  hs_fields_add_named (self, "leftlink", HS_FIELD_POINTER, 8);
  hs_fields_skip_to (self, 8 + 8 * first);
  for (Py_ssize_t i = first; i <= last; i++)
    hs_fields_add (self, hs_fields_get_indexed_label (self, "data[#]", (uint32_t)i),
                   HS_FIELD_OBJECT, 8);
  hs_fields_skip_to (self, offsetof (HsDequeBlock, right));
  hs_fields_add_named (self, "rightlink", HS_FIELD_POINTER, 8);
}

static const HsFieldSpec deque_fields[] = {
  { "ob_size", HS_FIELD_SIGNED, 8, offsetof (HsDeque, head.ob_size) },
  { "leftblock", HS_FIELD_POINTER, 8, offsetof (HsDeque, left_block) },
  { "rightblock", HS_FIELD_POINTER, 8, offsetof (HsDeque, right_block) },
  { "leftindex", HS_FIELD_SIGNED, 8, offsetof (HsDeque, left_index) },
  { "rightindex", HS_FIELD_SIGNED, 8, offsetof (HsDeque, right_index) },
  { "state", HS_FIELD_UNSIGNED, 8, offsetof (HsDeque, state) },
  { "maxlen", HS_FIELD_SIGNED, 8, offsetof (HsDeque, max_length) },
  { "numfreeblocks", HS_FIELD_SIGNED, 8, offsetof (HsDeque, n_free) },
  HS_FIELD_END,
};

static void
add_deque (HsFields *self,
           PyObject *object)
{
  HsDeque *deque = (HsDeque *)object;

  hs_fields_add_struct (self, deque_fields, 0);
  if (deque->n_free > 0 && deque->n_free <= HS_DEQUE_FREE_BLOCKS)
    hs_fields_add_array (self, "freeblocks[#]", HS_FIELD_POINTER, (uint64_t)deque->n_free, 8);
  hs_fields_skip_to (self, offsetof (HsDeque, weak_list));
  hs_fields_add_named (self, "weakreflist", HS_FIELD_OBJECT, 8);
}

/* ---- Dicts ---- */

static void
add_dict (HsFields *self)
{
  hs_fields_add_named (self, "ma_used", HS_FIELD_SIGNED, 8);
  hs_fields_add_named (self, "ma_version_tag", HS_FIELD_UNSIGNED, 8);
  hs_fields_add_named (self, "ma_keys", HS_FIELD_POINTER, 8);
  hs_fields_add_named (self, "ma_values", HS_FIELD_POINTER, 8);
}

/* An entry whose key or value is not there is one that has been removed. */
static void
add_entry (HsFields       *self,
           const HsPyKeys *keys,
           uint32_t        i)
{
  int64_t    size = keys->has_hashes ? 24 : 16;
  PyObject **entry;

  if (self->end - self->at < size)
    return;

  entry = (PyObject **)(uintptr_t)(self->start + self->at + size - 16);
  if (entry[0] == NULL || (!keys->is_shared && entry[1] == NULL))
    {
      hs_fields_add_unused (self, size);
      return;
    }

  if (keys->has_hashes)
    hs_fields_add (self, hs_fields_get_indexed_label (self, "dk_entries[#].me_hash", i),
                   HS_FIELD_SIGNED, 8);
  hs_fields_add (self, hs_fields_get_indexed_label (self, "dk_entries[#].me_key", i),
                 HS_FIELD_OBJECT, 8);
  if (keys->is_shared)
    hs_fields_add_unused (self, 8);
  else
    hs_fields_add (self, hs_fields_get_indexed_label (self, "dk_entries[#].me_value", i),
                   HS_FIELD_OBJECT, 8);
}

static void
add_keys (HsFields *self)
{
  HsPyKeys keys;
  uint64_t entry_size;
  uint64_t n_single;

  hs_py_describe_keys (self->start, &keys);
  entry_size = keys.has_hashes ? 24 : 16;
  n_single = keys.n_entries < N_ENTRIES_MAX ? keys.n_entries : N_ENTRIES_MAX;

  hs_fields_add_struct (self, keys.head, 0);
  hs_fields_skip_to (self, (int64_t)keys.head_size);
  hs_fields_add_items (self, "dk_indices", keys.n_indices, keys.indices_size);
  for (uint32_t i = 0; i < n_single; i++)
    add_entry (self, &keys, i);
  if (keys.n_entries > n_single)
    hs_fields_add_value (
      self, hs_fields_get_indexed_label (self, "dk_entries[#]", (uint32_t)n_single),
      HS_FIELD_ITEMS, (keys.n_entries - n_single) * entry_size, keys.n_entries - n_single);
  hs_fields_add_unused (self, (int64_t)((keys.n_entries_max - keys.n_entries) * entry_size));
}

void
hs_fields_add_values (HsFields           *self,
                      const HsAttributes *attributes)
{
  const uint32_t *labels = hs_walk_get_attribute_labels (self->walk, attributes);
  HsPyValues      values;
  int64_t         end;

  hs_py_describe_values (attributes->values, (size_t)attributes->n_values, &values);
  if (values.order_before > 0)
    hs_fields_add_items (self, "insertion order", values.n_used, values.order_before);
  /* Nothing has been inserted. */
  if (values.n_used == 0)
    hs_fields_add_unused (self, (int64_t)values.order_before);
  end = self->at + (int64_t)(values.head_size + 8 * values.n_max);
  hs_fields_add_struct (self, values.head, self->at);
  hs_fields_skip_to (self, end - (int64_t)(8 * values.n_max));

  for (size_t i = 0; values.is_valid && i < (size_t)attributes->n_values && i < values.n_max; i++)
    hs_fields_add (self, labels != NULL ? labels[i] : 0, HS_FIELD_OBJECT, 8);
  hs_fields_skip_to (self, end);
  if (values.n_used > 0)
    hs_fields_add_items (self, "insertion order", values.n_used, values.order_after);
  else
    hs_fields_add_unused (self, (int64_t)values.order_after);
}

/* ---- Sets ---- */

static const HsFieldSpec set_fields[] = {
  HS_FIELD (PySetObject, fill, SIGNED),
  HS_FIELD (PySetObject, used, SIGNED),
  HS_FIELD (PySetObject, mask, SIGNED),
  HS_FIELD (PySetObject, table, POINTER),
  HS_FIELD (PySetObject, hash, SIGNED),
  HS_FIELD (PySetObject, finger, SIGNED),
  HS_FIELD_END,
};

void
hs_fields_add_pairs (HsFields   *self,
                     const char *key_name,
                     const char *number_name,
                     const char *rest_name,
                     uint64_t    n)
{
  uint64_t n_single = n < N_ENTRIES_MAX ? n : N_ENTRIES_MAX;

  for (uint32_t i = 0; i < n_single; i++)
    {
      hs_fields_add (self, hs_fields_get_indexed_label (self, key_name, i), HS_FIELD_OBJECT, 8);
      hs_fields_add (self, hs_fields_get_indexed_label (self, number_name, i), HS_FIELD_SIGNED, 8);
    }
  if (n > n_single)
    hs_fields_add_value (self,
                         hs_fields_get_indexed_label (self, rest_name, (uint32_t)n_single),
                         HS_FIELD_ITEMS, 16 * (n - n_single), n - n_single);
}

/* The table in the struct is used until it is too small. */
static void
add_set (HsFields *self,
         PyObject *object)
{
  PySetObject *set = (PySetObject *)object;

  hs_fields_add_struct (self, set_fields, 0);
  if (set->table == set->smalltable)
    hs_fields_add_pairs (self, "smalltable[#].key", "smalltable[#].hash", "smalltable[#]",
                         PySet_MINSIZE);
  hs_fields_skip_to (self, offsetof (PySetObject, weakreflist));
  hs_fields_add_named (self, "weakreflist", HS_FIELD_OBJECT, 8);
}

/* ---- What belongs to what ---- */

bool
hs_fields_add_container (HsFields *self,
                         PyObject *object,
                         HsLayout  layout)
{
  switch (layout)
    {
    case HS_LAYOUT_LIST:
      hs_fields_add_named (self, "ob_size", HS_FIELD_SIGNED, 8);
      hs_fields_add_named (self, "ob_item", HS_FIELD_POINTER, 8);
      hs_fields_add_named (self, "allocated", HS_FIELD_SIGNED, 8);
      return true;

    case HS_LAYOUT_TUPLE:
      add_tuple (self, object);
      return true;

    case HS_LAYOUT_DICT:
      add_dict (self);
      return true;

    case HS_LAYOUT_DEFAULTDICT:
      add_dict (self);
      hs_fields_add_named (self, "default_factory", HS_FIELD_OBJECT, 8);
      return true;

    case HS_LAYOUT_SET:
      add_set (self, object);
      return true;

    case HS_LAYOUT_DEQUE:
      add_deque (self, object);
      return true;

    default:
      break;
    }

  /* Types written in C that derive from these. */
  if (PyDict_Check (object))
    add_dict (self);
  else if (PyTuple_Check (object))
    {
      add_tuple (self, object);
      return true;
    }

  return false;
}

static bool
add_list_block (HsFields *self,
                PyObject *object)
{
  PyListObject *list = (PyListObject *)object;

  hs_fields_add_array (self, "ob_item[#]", HS_FIELD_OBJECT, (uint64_t)Py_SIZE (list), 8);
  hs_fields_skip_to (self, list->allocated * 8);

  return true;
}

/* Values of a dict, or of the attributes of an instance; instances of a dict's
 * subclass can have both.
 */
static bool
add_values_block (HsFields *self,
                  PyObject *object,
                  uint64_t  address)
{
  HsAttributes attributes = { 0 };
  void        *keys;
  void        *values = NULL;

  if (PyDict_Check (object))
    hs_py_get_dict_blocks (object, &keys, &values);
  if (address == (uint64_t)values)
    hs_py_get_dict_attributes (object, &attributes);
  else
    hs_py_get_attributes (object, &attributes);
  if (attributes.values == NULL)
    return false;

  hs_fields_add_values (self, &attributes);

  return true;
}

bool
hs_fields_add_container_block (HsFields   *self,
                               PyObject   *object,
                               HsBlockKind kind,
                               uint64_t    address)
{
  HsLayout layout = self->walk->info->layout;

  switch (kind)
    {
    case HS_BLOCK_KEYS:
    case HS_BLOCK_SHARED_KEYS:
      add_keys (self);
      return true;

    case HS_BLOCK_VALUES:
      return add_values_block (self, object, address);

    case HS_BLOCK_ITEMS:
      if (layout == HS_LAYOUT_LIST)
        return add_list_block (self, object);
      if (layout != HS_LAYOUT_DEQUE)
        return false;
      add_deque_block (self, (HsDeque *)object, (HsDequeBlock *)(uintptr_t)address);
      return true;

    default:
      break;
    }

  if (layout == HS_LAYOUT_SET && kind == HS_BLOCK_TABLE)
    {
      hs_fields_add_pairs (self, "table[#].key", "table[#].hash", "table[#]",
                           (uint64_t)((PySetObject *)object)->mask + 1);
      return true;
    }
  if (layout == HS_LAYOUT_DEQUE && kind == HS_BLOCK_EXTRA)
    {
      hs_fields_skip_to (self, sizeof (HsDequeBlock));
      return true;
    }

  return false;
}
