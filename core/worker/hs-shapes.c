/* hs-shapes.c - the members of structs that CPython keeps in its .c files
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-shapes-private.h"

#include <string.h>

/* Sets the offsets of the members, and the size of the struct. */
static void
lay_out (HsShape *shape)
{
  size_t at = sizeof (PyObject);

  for (HsMember *member = shape->members; member->kind != HS_MEMBER_END; member++)
    {
      at = (at + member->align - 1) & ~((size_t)member->align - 1);
      member->offset = (uint16_t)at;
      at += member->size;
    }

  shape->size = (uint16_t)((at + sizeof (void *) - 1) & ~(sizeof (void *) - 1));
}

/* What the C source calls a type. One on the heap can be renamed, but the copy
 * of its first name stays (Objects/typeobject.c, PyType_FromMetaclass() and
 * type_set_name()). NULL: it was not made in C
 */
static const char *
get_name (const PyTypeObject *type)
{
  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    return type->tp_name;

  return ((const PyHeapTypeObject *)type)->_ht_tpname;
}

static const HsShape *
find_in (HsShape            *shapes,
         const PyTypeObject *type,
         const char         *name)
{
  for (HsShape *shape = shapes; shape->type != NULL; shape++)
    {
      if (strcmp (shape->type, name) != 0)
        continue;
      if (shape->size == 0)
        lay_out (shape);
      if (shape->size == type->tp_basicsize)
        return shape;
    }

  return NULL;
}

/* Types of the interpreter itself have no dot in their names, and are static:
 * any type on the heap could be called like one of them.
 */
const HsShape *
hs_shapes_find (const PyTypeObject *type)
{
  const char    *name = get_name (type);
  const HsShape *shape;

  if (name == NULL ||
      (strchr (name, '.') == NULL && (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0))
    return NULL;

  shape = find_in (hs_shapes_builtins, type, name);
  if (shape == NULL)
    shape = find_in (hs_shapes_modules, type, name);
  if (shape == NULL)
    shape = find_in (hs_shapes_extensions, type, name);

  return shape;
}

bool
hs_shapes_is_leaf (const HsShape *shape)
{
  for (const HsMember *member = shape->members; member->kind != HS_MEMBER_END; member++)
    switch (member->kind)
      {
      case HS_MEMBER_OBJECT:
      case HS_MEMBER_OBJECTS:
      case HS_MEMBER_BLOCK:
      case HS_MEMBER_LIBRARY:
      case HS_MEMBER_STATE:
        return false;
      }

  return shape->rest == NULL;
}
