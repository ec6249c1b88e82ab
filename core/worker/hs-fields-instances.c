/* hs-fields-instances.c - what classes add, and what other types have
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"
#include "hs-shapes.h"
#include "hs-structs.h"

#include <structmember.h>

/* Classes that add slots to those that they derive from: more are rare. */
#define N_CLASSES_MAX 64

/* ---- Types written in C ---- */

/* Some references have a mark in the lowest bit (Modules/_elementtree.c,
 * JOIN_SET()); some pointers to anything point to an object of the snapshot.
 */
static void
add_pointer (HsFields       *self,
             const HsMember *member)
{
  uint32_t    label = hs_walk_get_c_label (self->walk, member->name);
  HsFieldKind kind = HS_FIELD_OBJECT;
  uint64_t    value;

  if (self->end - self->at < (int64_t)sizeof value)
    return;

  value = *(const uint64_t *)(const void *)(self->start + self->at);
  if (member->kind == HS_MEMBER_POINTER && !hs_fields_is_object (self, value & ~UINT64_C (1)))
    kind = HS_FIELD_POINTER;
  else
    value &= ~UINT64_C (1);
  hs_fields_add_value (self, label, kind, sizeof value, value);
}

static void
add_member (HsFields       *self,
            const HsMember *member)
{
  static const HsFieldKind kinds[] = {
    [HS_MEMBER_BLOCK] = HS_FIELD_POINTER,
    [HS_MEMBER_LIBRARY] = HS_FIELD_POINTER,
    [HS_MEMBER_SIGNED] = HS_FIELD_SIGNED,
    [HS_MEMBER_UNSIGNED] = HS_FIELD_UNSIGNED,
    [HS_MEMBER_DOUBLE] = HS_FIELD_DOUBLE,
  };

  hs_fields_skip_to (self, member->offset);
  switch ((HsMemberKind)member->kind)
    {
    case HS_MEMBER_BYTES:
    case HS_MEMBER_STATE:
      hs_fields_add_items (self, member->name, member->size, member->size);
      break;

    case HS_MEMBER_OBJECTS:
      hs_fields_add_array (self, member->name, HS_FIELD_OBJECT, member->size / 8U, 8);
      break;

    case HS_MEMBER_OBJECT:
    case HS_MEMBER_BORROWED:
    case HS_MEMBER_POINTER:
      add_pointer (self, member);
      break;

    default:
      hs_fields_add_named (self, member->name, kinds[member->kind], member->size);
      break;
    }
}

/* A datetime without a time zone is allocated without room for one. */
static bool
is_left_out (HsFields       *self,
             const HsMember *member)
{
  const HsTypeInfo *info = self->walk->info;

  return info->layout == HS_LAYOUT_DATETIME && !info->is_python &&
         member[1].kind == HS_MEMBER_END && !((const HsDatetime *)self->walk->object)->has_zone;
}

bool
hs_fields_add_members (HsFields *self)
{
  const HsShape *shape = self->walk->info->shape;

  if (shape == NULL)
    return false;

  for (const HsMember *member = shape->members; member->kind != HS_MEMBER_END; member++)
    {
      if (is_left_out (self, member))
        return true;
      /* Before the place that has been reached a base has been described. */
      if (member->kind != HS_MEMBER_NONE && member->offset >= self->at)
        add_member (self, member);
    }
  hs_fields_skip_to (self, shape->size);

  return true;
}

/* A name for a word of a struct that is not known: an attribute that it has,
 * its __dict__ or the list of weak references. 0: none
 */
static uint32_t
find_label (HsFields     *self,
            PyTypeObject *type)
{
  for (; type != NULL; type = type->tp_base)
    {
      if (type->tp_dictoffset == self->at)
        return hs_walk_get_c_label (self->walk, "__dict__");
      if (type->tp_weaklistoffset == self->at)
        return hs_walk_get_c_label (self->walk, "__weakref__");
      for (const PyMemberDef *member = type->tp_members; member != NULL && member->name != NULL;
           member++)
        if (member->offset == self->at &&
            (member->type == T_OBJECT || member->type == T_OBJECT_EX))
          return hs_walk_get_c_label (self->walk, member->name);
    }

  return 0;
}

static void
add_unknown (HsFields     *self,
             PyTypeObject *type)
{
  int64_t end = type->tp_basicsize < self->end ? type->tp_basicsize : self->end;

  for (int n = 0; end - self->at >= 8 && n < HS_FIELDS_LIMIT; n++)
    {
      uint32_t label = find_label (self, type);

      if (label == 0)
        label = hs_fields_get_indexed_label (self, "word #", (uint32_t)self->at);
      hs_fields_add_word (self, label);
    }
  hs_fields_add_words (self, end);
}

/* The items of a type of which only their size is known. */
static void
add_items (HsFields     *self,
           PyTypeObject *type)
{
  Py_ssize_t n = Py_SIZE (self->walk->object);

  if (type->tp_itemsize <= 0 || n <= 0)
    return;
  if (type == &PyMemoryView_Type)
    hs_fields_add_array (self, "ob_array[#]", HS_FIELD_SIGNED, (uint64_t)n, 8);
  else if (type->tp_itemsize == 8)
    hs_fields_add_words (self, type->tp_basicsize + 8 * n);
  else
    hs_fields_add_items (self, "items", (uint64_t)n, (uint64_t)(n * type->tp_itemsize));
}

void
hs_fields_add_shape (HsFields     *self,
                     PyTypeObject *type)
{
  while (hs_py_is_python_class (type))
    type = type->tp_base;

  if (!hs_fields_add_members (self))
    add_unknown (self, type);
  add_items (self, type);
}

bool
hs_fields_add_member_block (HsFields   *self,
                            PyObject   *object,
                            HsBlockKind kind,
                            uint64_t    address)
{
  const HsShape  *shape = self->walk->info->shape;
  const HsMember *member = shape != NULL ? shape->members : NULL;
  int64_t         end = self->end;

  for (; member != NULL && member->kind != HS_MEMBER_END; member++)
    if (member->kind == HS_MEMBER_BLOCK &&
        *(uint64_t *)(void *)((char *)object + member->offset) == address)
      break;
  if (member == NULL || member->kind == HS_MEMBER_END)
    return false;

  if (kind == HS_BLOCK_BUFFER)
    hs_fields_add_items (self, member->name, (uint64_t)(end - self->at),
                         (uint64_t)(end - self->at));
  for (uint32_t i = 0; end - self->at >= 8 && i < HS_FIELDS_LIMIT; i++)
    hs_fields_add_word (self, hs_fields_get_indexed_label (self, member->name, i));
  hs_fields_add_items (self, member->name, (uint64_t)(end - self->at) / 8,
                       (uint64_t)(end - self->at));

  return true;
}

/* ---- Classes written in Python ---- */

/* The members of a heap type stand behind its struct, whose size is that of
 * its metatype (PyHeapType_GET_MEMBERS), in the order of their offsets.
 */
static void
add_class (HsFields     *self,
           PyTypeObject *type)
{
  const PyMemberDef *members =
    (const PyMemberDef *)(void *)((char *)type + Py_TYPE (type)->tp_basicsize);
  Py_ssize_t n = Py_SIZE (type);
  Py_ssize_t next = 0;

  while (type->tp_basicsize - self->at >= 8 && self->end - self->at >= 8)
    {
      int64_t at = self->at;

      while (next < n && members[next].offset < at)
        next++;
      if (next < n && members[next].offset == at && members[next].type == T_OBJECT_EX)
        hs_fields_add_named (self, members[next].name, HS_FIELD_OBJECT, 8);
      else if (type->tp_dictoffset == at)
        hs_fields_add_named (self, "__dict__", HS_FIELD_OBJECT, 8);
      else if (type->tp_weaklistoffset == at)
        hs_fields_add_named (self, "__weakref__", HS_FIELD_OBJECT, 8);
      else
        hs_fields_add_word (self, hs_fields_get_indexed_label (self, "word #", (uint32_t)at));
    }
}

/* The __dict__ of objects with items stands behind these, up to 3.11. */
static void
add_last_dict (HsFields *self,
               PyObject *object)
{
  int64_t offset = hs_py_get_last_dict_offset (object);

  if (offset < self->at)
    return;

  hs_fields_skip_to (self, offset);
  hs_fields_add_named (self, "__dict__", HS_FIELD_OBJECT, 8);
}

void
hs_fields_add_instance (HsFields *self,
                        PyObject *object)
{
  PyTypeObject *type = Py_TYPE (object);
  PyTypeObject *classes[N_CLASSES_MAX];
  HsAttributes  attributes;
  int           n = 0;

  if (!self->walk->info->is_python)
    return;

  for (; n < N_CLASSES_MAX && type != NULL && hs_py_is_python_class (type); type = type->tp_base)
    if (type->tp_base == NULL || type->tp_base->tp_basicsize != type->tp_basicsize)
      classes[n++] = type;
  /* Objects with items have nothing else between these and the end. */
  if (Py_TYPE (object)->tp_itemsize == 0 && !PyType_Check (object))
    while (n-- > 0)
      add_class (self, classes[n]);

  hs_py_get_inline_attributes (object, &attributes);
  if (attributes.values != NULL)
    hs_fields_add_values (self, &attributes);
  else
    add_last_dict (self, object);
}
