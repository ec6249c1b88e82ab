/* hs-edges.c - the references of an object, and what each is for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-shapes.h"
#include "hs-structs.h"
#include "hs-walk.h"

#include <structmember.h>

/* How many items ahead one is fetched into the cache. */
#define ITEMS_AHEAD 24

void
hs_walk_add_edge (HsWalk    *self,
                  HsEdgeKind kind,
                  uint32_t   label,
                  PyObject  *target)
{
  uint32_t row;

  if (target == NULL)
    return;

  row = hs_walk_find (self, target);
  if (row != UINT32_MAX)
    hs_snapshot_writer_add_edge (&self->out, kind, label, row);
}

void
hs_walk_add_field_edge (const char *name,
                        PyObject   *value,
                        void       *walk)
{
  HsWalk *self = walk;

  if (value == NULL)
    return;

  hs_walk_add_edge (self, HS_EDGE_FIELD, hs_walk_get_c_label (self, name), value);
}

/* ---- What instances of Python classes have ---- */

static void
add_attributes (HsWalk   *self,
                PyObject *object)
{
  HsAttributes    attributes;
  const uint32_t *labels;

  hs_py_get_attributes (object, &attributes);
  if (attributes.dict != NULL)
    hs_walk_add_field_edge ("__dict__", attributes.dict, self);
  if (attributes.n_values == 0)
    return;

  labels = hs_walk_get_attribute_labels (self, &attributes);
  for (Py_ssize_t i = 0; i < attributes.n_values; i++)
    if (attributes.values[i] != NULL)
      hs_walk_add_edge (self, HS_EDGE_ATTRIBUTE, labels != NULL ? labels[i] : 0,
                        attributes.values[i]);
}

/* The members of a heap type stand behind its struct, whose size is that of
 * its metatype (PyHeapType_GET_MEMBERS).
 */
static void
add_slots_of (HsWalk       *self,
              PyObject     *object,
              PyTypeObject *type)
{
  const PyMemberDef *members =
    (const PyMemberDef *)(void *)((char *)type + Py_TYPE (type)->tp_basicsize);

  for (Py_ssize_t i = 0; i < Py_SIZE (type); i++)
    if (members[i].type == T_OBJECT_EX)
      hs_walk_add_edge (self, HS_EDGE_SLOT, hs_walk_get_c_label (self, members[i].name),
                        *(PyObject **)(void *)((char *)object + members[i].offset));
}

/* Only one line of bases can have slots: tp_base is always the one that
 * decides the layout.
 */
static void
add_slots (HsWalk   *self,
           PyObject *object)
{
  for (PyTypeObject *type = Py_TYPE (object); type != NULL && hs_py_is_python_class (type);
       type = type->tp_base)
    if (Py_SIZE (type) != 0)
      add_slots_of (self, object, type);
}

/* ---- Builtin types ---- */

static void
add_items (HsWalk    *self,
           PyObject **items,
           Py_ssize_t n)
{
  for (Py_ssize_t i = 0; i < n && !self->out.is_cut; i++)
    {
      if (i + ITEMS_AHEAD < n && items[i + ITEMS_AHEAD] != NULL)
        hs_walk_fetch (self, items[i + ITEMS_AHEAD]);
      hs_walk_add_edge (self, HS_EDGE_INDEX, (uint32_t)i, items[i]);
    }
}

void
hs_walk_add_dict_edges (HsWalk   *self,
                        PyObject *dict)
{
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t position = 0;

  while (PyDict_Next (dict, &position, &key, &value) && !self->out.is_cut)
    {
      uint32_t key_row = hs_walk_find (self, key);
      uint32_t value_row = hs_walk_find (self, value);

      if (key_row == UINT32_MAX || value_row == UINT32_MAX)
        return;
      hs_snapshot_writer_add_edge (&self->out, HS_EDGE_KEY, 0, key_row);
      hs_snapshot_writer_add_edge (&self->out, HS_EDGE_VALUE, 0, value_row);
    }
}

/* A removed entry has a key that is no member, and the hash -1. */
static void
add_set (HsWalk   *self,
         PyObject *object)
{
  PySetObject *set = (PySetObject *)object;
  uint32_t     position = 0;

  for (Py_ssize_t i = 0; i <= set->mask && !self->out.is_cut; i++)
    if (set->table[i].key != NULL && set->table[i].hash != -1)
      hs_walk_add_edge (self, HS_EDGE_MEMBER, position++, set->table[i].key);
}

static void
add_deque (HsWalk   *self,
           PyObject *object)
{
  HsDeque      *deque = (HsDeque *)object;
  HsDequeBlock *block = deque->left_block;
  Py_ssize_t    at = deque->left_index;

  for (Py_ssize_t i = 0; i < Py_SIZE (deque) && !self->out.is_cut; i++)
    {
      hs_walk_add_edge (self, HS_EDGE_INDEX, (uint32_t)i, block->items[at]);
      if (++at == HS_DEQUE_BLOCK_ITEMS)
        {
          block = block->right;
          at = 0;
        }
    }
}

/* ---- What tp_traverse knows beyond ---- */

/* A reference that nothing else says what it is for. */
static void
add_rest (HsWalk  *self,
          uint32_t row)
{
  const HsShape *shape = self->info->shape;

  if (shape != NULL && shape->rest != NULL)
    hs_snapshot_writer_add_edge (&self->out, HS_EDGE_FIELD,
                                 hs_walk_get_c_label (self, shape->rest), row);
  else
    hs_snapshot_writer_add_edge (&self->out, HS_EDGE_OTHER, 0, row);
}

/* visitproc */
static int
visit_reference (PyObject *target,
                 void     *data)
{
  HsWalk  *self = data;
  uint32_t row;

  /* The type is a column of its own. */
  if (target == NULL || target == (PyObject *)Py_TYPE (self->object))
    return 0;

  row = hs_walk_find (self, target);
  if (row == UINT32_MAX)
    return 0;

  if (self->expected[row] > 0)
    self->expected[row]--;
  else
    add_rest (self, row);

  return 0;
}

/* Adds what is reported more often than there are labelled references. */
static void
add_others (HsWalk   *self,
            PyObject *object)
{
  uint32_t n_labelled = self->out.n_edges;

  for (uint32_t i = self->first_edge; i < n_labelled; i++)
    self->expected[self->out.edge_target[i]]++;

  Py_TYPE (object)->tp_traverse (object, visit_reference, self);

  for (uint32_t i = self->first_edge; i < n_labelled; i++)
    self->expected[self->out.edge_target[i]] = 0;
}

/* Adds what is known of the layout. Returns: whether tp_traverse need not be
 * asked for more
 */
static bool
add_known (HsWalk *self)
{
  PyObject *object = self->object;

  switch (self->info->layout)
    {
    case HS_LAYOUT_OBJECT:
    case HS_LAYOUT_LEAF:
    case HS_LAYOUT_BOOL:
    case HS_LAYOUT_INT:
    case HS_LAYOUT_FLOAT:
    case HS_LAYOUT_COMPLEX:
    case HS_LAYOUT_STR:
    case HS_LAYOUT_BYTES:
    case HS_LAYOUT_BYTEARRAY:
    case HS_LAYOUT_ARRAY:
      return true;

    case HS_LAYOUT_LIST:
      add_items (self, ((PyListObject *)object)->ob_item, Py_SIZE (object));
      return true;

    case HS_LAYOUT_TUPLE:
      add_items (self, ((PyTupleObject *)object)->ob_item, Py_SIZE (object));
      return true;

    case HS_LAYOUT_DICT:
      hs_walk_add_dict_edges (self, object);
      return true;

    case HS_LAYOUT_DEFAULTDICT:
      hs_walk_add_field_edge ("default_factory", ((HsDefaultDict *)object)->default_factory, self);
      hs_walk_add_dict_edges (self, object);
      return true;

    case HS_LAYOUT_ORDERED_DICT:
      hs_walk_add_dict_edges (self, object);
      return hs_walk_add_special_edges (self);

    case HS_LAYOUT_SET:
      add_set (self, object);
      return true;

    case HS_LAYOUT_DEQUE:
      add_deque (self, object);
      return true;

    default:
      return hs_walk_add_type_edges (self);
    }
}

bool
hs_walk_add_edges (HsWalk *self)
{
  const HsTypeInfo *info = self->info;
  PyObject         *object = self->object;
  bool              is_complete;

  if (info->is_python)
    {
      hs_walk_add_edge (self, HS_EDGE_CLASS, self->class_label,
                        (PyObject *)info->type);
      if (info->has_slots)
        add_slots (self, object);
    }
  if (info->may_have_dict)
    add_attributes (self, object);
  is_complete = add_known (self);

  if (!is_complete && PyObject_IS_GC (object) && info->type->tp_traverse != NULL)
    {
      add_others (self, object);
      is_complete = true;
    }

  /* An object that the collector does not know can still hold references. */
  return (is_complete || info->layout != HS_LAYOUT_UNKNOWN) && !self->out.is_cut;
}
