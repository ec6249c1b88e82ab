/* hs-edges-shapes.c - the references that members of structs hold
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-pyinternal.h"
#include "hs-shapes.h"
#include "hs-structs-modules.h"
#include "hs-structs.h"
#include "hs-walk.h"

#include <structmember.h>

/* No object lies in the first page; small numbers stand for something else
 * there, as the error handlers of multi-byte codecs do.
 */
#define FIRST_ADDRESS 4096

static void
add_position (HsWalk    *self,
              Py_ssize_t position,
              PyObject  *target)
{
  if ((uintptr_t)target >= FIRST_ADDRESS)
    hs_walk_add_edge (self, HS_EDGE_INDEX, (uint32_t)position, target);
}

static void
add_positions (HsWalk    *self,
               PyObject **items,
               Py_ssize_t n)
{
  for (Py_ssize_t i = 0; items != NULL && i < n && !self->out.is_cut; i++)
    add_position (self, i, items[i]);
}

static void
add_labelled (HsWalk     *self,
              const char *label,
              PyObject   *target)
{
  if ((uintptr_t)target >= FIRST_ADDRESS)
    hs_walk_add_field_edge (label, target, self);
}

void
hs_walk_add_shape_edges (HsWalk *self)
{
  const HsShape *shape = self->info->shape;

  for (const HsMember *member = shape->members; member->kind != HS_MEMBER_END; member++)
    {
      PyObject **place = (PyObject **)(void *)((char *)self->object + member->offset);

      if (member->kind == HS_MEMBER_OBJECT)
        add_labelled (self, member->label, *place);
      else if (member->kind == HS_MEMBER_OBJECTS)
        add_positions (self, place,
                       member->size != 0 ? member->size / (Py_ssize_t)sizeof *place
                                         : Py_SIZE (self->object));
    }
}

/* ---- What more some of them hold ---- */

/* The keys are held by the nodes of the order as well as by the dict. */
static void
add_ordered_dict (HsWalk   *self,
                  PyObject *object)
{
  const HsOrderedDictNode *node = ((HsOrderedDict *)object)->first;

  for (; node != NULL && !self->out.is_cut; node = node->next)
    add_labelled (self, "od_node.key", node->key);
}

/* The ring of results, the one that was used last at its end, begins and ends
 * in the object itself.
 */
static void
add_lru_cache (HsWalk   *self,
               PyObject *object)
{
  const HsLruLink *root = (const HsLruLink *)object;
  Py_ssize_t       i = 0;

  for (const HsLruLink *link = root->next; link != NULL && link != root && !self->out.is_cut;
       link = link->next)
    add_position (self, i++, (PyObject *)link);
}

static void
add_method_caller (HsWalk   *self,
                   PyObject *object)
{
  HsMethodCaller *caller = (HsMethodCaller *)object;

  if (caller->call_args != NULL)
    add_labelled (self, "vectorcall_kwnames", caller->call_names);
}

static void
add_template (HsWalk   *self,
              PyObject *object)
{
  HsTemplate *template = (HsTemplate *)object;

  for (Py_ssize_t i = 0; i < Py_SIZE (object); i++)
    add_position (self, i, template->items[i].literal);
}

/* Without a time zone, the object ends before the member. */
static void
add_datetime (HsWalk   *self,
              PyObject *object)
{
  const HsMember *member = self->info->shape->members;

  if (!((HsDatetime *)object)->has_zone)
    return;

  while (member[1].kind != HS_MEMBER_END)
    member++;
  add_labelled (self, member->label, *(PyObject **)(void *)((char *)object + member->offset));
}

static void
add_zone_info (HsWalk   *self,
               PyObject *object)
{
  HsZoneInfo *zone = (HsZoneInfo *)object;

  for (size_t i = 0; zone->periods != NULL && i < zone->n_periods; i++)
    {
      add_labelled (self, "utcoff", zone->periods[i].utc_offset);
      add_labelled (self, "dstoff", zone->periods[i].dst_offset);
      add_labelled (self, "tzname", zone->periods[i].name);
    }
}

/* The lowest bit of text and tail says that they are a list of parts. */
static PyObject *
untag (PyObject *object)
{
  return (PyObject *)((uintptr_t)object & ~(uintptr_t)1);
}

static void
add_element (HsWalk   *self,
             PyObject *object)
{
  HsElement *element = (HsElement *)object;

  add_labelled (self, "text", untag (element->text));
  add_labelled (self, "tail", untag (element->tail));
  if (element->extra == NULL)
    return;

  add_labelled (self, "attrib", element->extra->attributes);
  add_positions (self, element->extra->children, element->extra->length);
}

static void
add_element_iterator (HsWalk   *self,
                      PyObject *object)
{
  HsElementIterator *iterator = (HsElementIterator *)object;

  for (Py_ssize_t i = 0; iterator->parents != NULL && i < iterator->n_parents; i++)
    add_position (self, i, iterator->parents[i].parent);
}

static void
add_pickler (HsWalk   *self,
             PyObject *object)
{
  HsPickleMemo      *memo = ((HsPicklerHead *)object)->memo;
  HsPickleMemoEntry *entries = memo != NULL ? memo->table : NULL;

  for (size_t i = 0; entries != NULL && i < memo->allocated && !self->out.is_cut; i++)
    if (entries[i].key != NULL)
      add_position (self, entries[i].value, entries[i].key);
}

/* Modules/_queuemodule.c, RingBuf */
static void
add_queue (HsWalk   *self,
           PyObject *object)
{
  HsQueue *queue = (HsQueue *)object;

  for (Py_ssize_t i = 0; queue->items != NULL && i < queue->n_items && !self->out.is_cut; i++)
    add_position (self, i, queue->items[(queue->first + i) % queue->n_allocated]);
}

/* The first items come from the tuple; how many there are in all, its type
 * says, which could have been changed since.
 */
static void
add_struct_sequence (HsWalk   *self,
                     PyObject *object)
{
  uint64_t n = self->info->n_sequence;

  if (self->main_occupied != 0 && self->main_occupied != HS_BYTES_UNKNOWN)
    {
      uint64_t room = self->main_occupied - self->info->presize - sizeof (PyVarObject);

      if (n > room / sizeof (PyObject *))
        n = (uint64_t)Py_SIZE (object);
    }

  add_positions (self, ((PyTupleObject *)object)->ob_item, (Py_ssize_t)n);
}

/* NumPy: the garbage collector knows nothing of what an array of objects
 * holds. Structures may have such fields. A view holds its base.
 */
static void
add_ndarray (HsWalk   *self,
             PyObject *object)
{
  const int  contiguous = HS_NDARRAY_C_CONTIGUOUS | HS_NDARRAY_F_CONTIGUOUS;
  HsNdarray *array = (HsNdarray *)object;
  char       kind = array->description != NULL ? array->description->kind : 'V';
  Py_ssize_t n = 1;

  if ((kind != 'O' && kind != 'V') || (array->flags & HS_NDARRAY_OWNS_DATA) == 0)
    return;
  if (kind == 'V' || (array->flags & contiguous) == 0)
    {
      self->out.object_flags[self->current] |= HS_OBJECT_EDGES_INCOMPLETE;
      return;
    }

  for (int i = 0; i < array->n_dimensions; i++)
    n *= array->dimensions[i];
  add_positions (self, (PyObject **)(void *)array->data, n);
}

bool
hs_walk_add_special_edges (HsWalk *self)
{
  PyObject *object = self->object;

  switch (self->info->layout)
    {
    case HS_LAYOUT_ORDERED_DICT:
      add_ordered_dict (self, object);
      break;

    case HS_LAYOUT_LRU_CACHE:
      add_lru_cache (self, object);
      break;

    case HS_LAYOUT_METHOD_CALLER:
      add_method_caller (self, object);
      break;

    case HS_LAYOUT_TEE_DATA:
      add_positions (self, ((HsTeeData *)object)->values, ((HsTeeData *)object)->n_read);
      break;

    case HS_LAYOUT_TEMPLATE:
      add_template (self, object);
      break;

    case HS_LAYOUT_DATETIME:
      add_datetime (self, object);
      break;

    case HS_LAYOUT_ZONE_INFO:
      add_zone_info (self, object);
      break;

    case HS_LAYOUT_ELEMENT:
      add_element (self, object);
      break;

    case HS_LAYOUT_ELEMENT_ITERATOR:
      add_element_iterator (self, object);
      break;

    case HS_LAYOUT_PICKLE_DATA:
      add_positions (self, ((HsPickleData *)object)->items, Py_SIZE (object));
      break;

    case HS_LAYOUT_PICKLER:
      add_pickler (self, object);
      break;

    case HS_LAYOUT_UNPICKLER:
      add_positions (self, ((HsUnpicklerHead *)object)->memo,
                     (Py_ssize_t)((HsUnpicklerHead *)object)->memo_size);
      break;

    case HS_LAYOUT_QUEUE:
      add_queue (self, object);
      break;

    case HS_LAYOUT_CTYPES_DICT:
      hs_walk_add_dict_edges (self, object);
      break;

    case HS_LAYOUT_STRUCT_SEQUENCE:
      add_struct_sequence (self, object);
      break;

    case HS_LAYOUT_NDARRAY:
      add_ndarray (self, object);
      break;

    default:
      break;
    }

  return self->info->shape == NULL || self->info->shape->rest == NULL;
}

/* ---- Types whose struct is not known ---- */

static bool
is_object (const PyMemberDef *member)
{
  return member->type == T_OBJECT || member->type == T_OBJECT_EX;
}

/* Members that the type shows to Python; some under two names. */
static void
add_members (HsWalk             *self,
             const PyTypeObject *type)
{
  const PyMemberDef *members = type->tp_members;

  for (int i = 0; members != NULL && members[i].name != NULL; i++)
    {
      int first = 0;

      if (!is_object (&members[i]) || members[i].offset == self->info->type->tp_dictoffset)
        continue;
      while (members[first].offset != members[i].offset || !is_object (&members[first]))
        first++;
      if (first == i)
        add_labelled (self, members[i].name,
                      *(PyObject **)(void *)((char *)self->object + members[i].offset));
    }
}

void
hs_walk_add_member_edges (HsWalk *self)
{
  PyTypeObject *type = self->info->type;

  while (type != NULL && hs_py_is_python_class (type))
    type = type->tp_base;
  for (; type != NULL; type = type->tp_base)
    add_members (self, type);
}
