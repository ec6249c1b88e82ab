/* hs-edges.c - the references of an object, and what each is for
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-structs.h"
#include "hs-walk.h"

#include <structmember.h>

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

/* HsFieldFunc */
static void
add_field (const char *name,
           PyObject   *value,
           void       *data)
{
  HsWalk *self = data;

  hs_walk_add_edge (self, HS_EDGE_FIELD, hs_walk_get_c_label (self, name), value);
}

/* ---- What instances of Python classes have ---- */

static void
add_attributes (HsWalk   *self,
                PyObject *object)
{
  HsAttributes attributes;

  hs_py_get_attributes (object, &attributes);
  if (attributes.dict != NULL)
    add_field ("__dict__", attributes.dict, self);

  for (Py_ssize_t i = 0; i < attributes.n_values; i++)
    if (attributes.values[i] != NULL)
      hs_walk_add_edge (self, HS_EDGE_ATTRIBUTE,
                        hs_walk_get_label (self, hs_py_get_attribute_name (&attributes, i)),
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
    hs_walk_add_edge (self, HS_EDGE_INDEX, (uint32_t)i, items[i]);
}

static void
add_dict (HsWalk   *self,
          PyObject *dict)
{
  PyObject  *key;
  PyObject  *value;
  Py_ssize_t position = 0;

  while (PyDict_Next (dict, &position, &key, &value) && !self->out.is_cut)
    {
      uint32_t key_row = hs_walk_find (self, key);
      uint32_t value_row = hs_walk_find (self, value);
      uint32_t label;

      if (key_row == UINT32_MAX || value_row == UINT32_MAX)
        return;
      label = hs_walk_get_key_label (self, key, key_row);
      hs_snapshot_writer_add_edge (&self->out, HS_EDGE_KEY, label, key_row);
      hs_snapshot_writer_add_edge (&self->out, HS_EDGE_VALUE, label, value_row);
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

static void
add_frame (HsWalk  *self,
           HsFrame *frame)
{
  PyCodeObject *code = frame->code;

  add_field ("f_code", (PyObject *)code, self);
  add_field ("f_func", frame->function, self);
  add_field ("f_locals", frame->locals, self);
  for (int i = 0; i < code->co_nlocalsplus; i++)
    if (frame->variables[i] != NULL)
      hs_walk_add_edge (self, HS_EDGE_LOCAL,
                        hs_walk_get_label (self, PyTuple_GET_ITEM (code->co_localsplusnames, i)),
                        frame->variables[i]);
  for (int i = 0; i < frame->n_stack; i++)
    hs_walk_add_edge (self, HS_EDGE_STACK, (uint32_t)i, frame->stack[i]);
}

static void
add_generator (HsWalk   *self,
               PyObject *object)
{
  HsFrame frame;

  hs_py_visit_generator (object, add_field, self);
  if (!hs_py_open_generator (object, &frame))
    return;

  add_frame (self, &frame);
  add_field ("gi_frame", frame.object, self);
}

static void
add_frame_object (HsWalk   *self,
                  PyObject *object)
{
  HsFrame frame;

  if (hs_py_open_frame_object (object, &frame))
    add_frame (self, &frame);
}

static void
add_exception (HsWalk   *self,
               PyObject *object)
{
  PyBaseExceptionObject *exception = (PyBaseExceptionObject *)object;

  add_field ("args", exception->args, self);
  add_field ("__notes__", exception->notes, self);
  add_field ("__traceback__", exception->traceback, self);
  add_field ("__context__", exception->context, self);
  add_field ("__cause__", exception->cause, self);
}

static void
add_property (HsWalk   *self,
              PyObject *object)
{
  HsProperty *property = (HsProperty *)object;

  add_field ("fget", property->get, self);
  add_field ("fset", property->set, self);
  add_field ("fdel", property->del, self);
  add_field ("__doc__", property->doc, self);
}

static void
add_descriptor (HsWalk   *self,
                PyObject *object)
{
  PyDescrObject *descriptor = (PyDescrObject *)object;

  add_field ("__objclass__", (PyObject *)descriptor->d_type, self);
  add_field ("__name__", descriptor->d_name, self);
  add_field ("__qualname__", descriptor->d_qualname, self);
}

static void
add_builtin (HsWalk   *self,
             PyObject *object)
{
  PyCFunctionObject *builtin = (PyCFunctionObject *)object;

  add_field ("__self__", builtin->m_self, self);
  add_field ("__module__", builtin->m_module, self);
}

static void
add_partial (HsWalk   *self,
             PyObject *object)
{
  HsPartial *partial = (HsPartial *)object;

  add_field ("func", partial->function, self);
  add_field ("args", partial->args, self);
  add_field ("keywords", partial->keywords, self);
}

static void
add_range (HsWalk   *self,
           PyObject *object)
{
  HsRange *range = (HsRange *)object;

  add_field ("start", range->start, self);
  add_field ("stop", range->stop, self);
  add_field ("step", range->step, self);
  add_field ("length", range->length, self);
}

static void
add_slice (HsWalk   *self,
           PyObject *object)
{
  PySliceObject *slice = (PySliceObject *)object;

  add_field ("start", slice->start, self);
  add_field ("stop", slice->stop, self);
  add_field ("step", slice->step, self);
}

/* ---- What tp_traverse knows beyond ---- */

/* visitproc */
static int
visit_reference (PyObject *target,
                 void     *data)
{
  HsWalk   *self = data;
  PyObject *current = (PyObject *)(uintptr_t)self->out.object_address[self->current];
  uint32_t  row;

  /* The type is a column of its own. */
  if (target == NULL || target == (PyObject *)Py_TYPE (current))
    return 0;

  row = hs_walk_find (self, target);
  if (row == UINT32_MAX)
    return 0;

  if (self->expected[row] > 0)
    self->expected[row]--;
  else
    hs_snapshot_writer_add_edge (&self->out, HS_EDGE_OTHER, 0, row);

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
add_known (HsWalk           *self,
           PyObject         *object,
           const HsTypeInfo *info)
{
  switch (info->layout)
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
      add_dict (self, object);
      return true;

    case HS_LAYOUT_DEFAULTDICT:
      add_field ("default_factory", ((HsDefaultDict *)object)->default_factory, self);
      add_dict (self, object);
      return true;

    case HS_LAYOUT_ORDERED_DICT:
      add_dict (self, object);
      return false;

    case HS_LAYOUT_SET:
      add_set (self, object);
      return true;

    case HS_LAYOUT_DEQUE:
      add_deque (self, object);
      return true;

    case HS_LAYOUT_CELL:
      hs_walk_add_edge (self, HS_EDGE_CELL, hs_walk_get_c_label (self, "cell_contents"),
                        ((PyCellObject *)object)->ob_ref);
      return true;

    case HS_LAYOUT_METHOD:
      add_field ("__func__", PyMethod_GET_FUNCTION (object), self);
      add_field ("__self__", PyMethod_GET_SELF (object), self);
      return true;

    case HS_LAYOUT_CODE:
      hs_py_visit_code (object, add_field, self);
      return true;

    case HS_LAYOUT_RANGE:
      add_range (self, object);
      return true;

    case HS_LAYOUT_SLICE:
      add_slice (self, object);
      return true;

    case HS_LAYOUT_FUNCTION:
      hs_py_visit_function (object, add_field, self);
      return false;

    case HS_LAYOUT_BUILTIN:
      add_builtin (self, object);
      return false;

    case HS_LAYOUT_GENERATOR:
      add_generator (self, object);
      return false;

    case HS_LAYOUT_FRAME:
      add_frame_object (self, object);
      return false;

    case HS_LAYOUT_PROPERTY:
      add_property (self, object);
      return false;

    case HS_LAYOUT_WRAPPED:
      add_field ("__wrapped__", ((HsWrapped *)object)->callable, self);
      return false;

    case HS_LAYOUT_DESCRIPTOR:
      add_descriptor (self, object);
      return false;

    case HS_LAYOUT_PARTIAL:
      add_partial (self, object);
      return false;

    case HS_LAYOUT_EXCEPTION:
      add_exception (self, object);
      return false;

    case HS_LAYOUT_TYPE:
      hs_py_visit_type (object, add_field, self);
      return false;

    case HS_LAYOUT_UNKNOWN:
    case HS_LAYOUT_TRAVERSED:
    case HS_LAYOUT_MODULE:
      break;
    }

  return false;
}

bool
hs_walk_add_edges (HsWalk           *self,
                   PyObject         *object,
                   const HsTypeInfo *info)
{
  bool is_complete;

  if (info->is_python)
    {
      hs_walk_add_edge (self, HS_EDGE_CLASS, hs_walk_get_c_label (self, "__class__"),
                        (PyObject *)info->type);
      add_slots (self, object);
    }
  add_attributes (self, object);
  is_complete = add_known (self, object, info);

  if (!is_complete && PyObject_IS_GC (object) && info->type->tp_traverse != NULL)
    {
      add_others (self, object);
      is_complete = true;
    }

  /* An object that the collector does not know can still hold references. */
  return (is_complete || info->layout != HS_LAYOUT_UNKNOWN) && !self->out.is_cut;
}
