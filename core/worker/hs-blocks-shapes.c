/* hs-blocks-shapes.c - the blocks that members of structs point to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-occupied.h"
#include "hs-shapes.h"
#include "hs-structs-modules.h"
#include "hs-structs.h"
#include "hs-walk.h"

bool
hs_walk_add_shape_blocks (HsWalk *self)
{
  bool is_complete = true;

  for (const HsMember *member = self->info->shape->members; member->kind != HS_MEMBER_END; member++)
    {
      void **place = (void **)(void *)((char *)self->object + member->offset);

      if (member->kind == HS_MEMBER_BLOCK)
        hs_walk_add_block (self, member->block, *place, 0);
      else if (member->kind == HS_MEMBER_STATE)
        is_complete = false;
      else if (member->kind == HS_MEMBER_LIBRARY && *place != NULL)
        is_complete = false;
    }

  return is_complete;
}

/* Memory that no allocator of Python's knows, of so many bytes. */
static void
add_external (HsWalk     *self,
              HsBlockKind kind,
              const void *start,
              uint64_t    size)
{
  if (start != NULL && size != 0)
    hs_snapshot_writer_add_block (&self->out, kind, (uint64_t)start, size, HS_BYTES_UNKNOWN,
                                  HS_SITE_BASELINE, HS_BLOCK_EXTERNAL);
}

static void
add_ordered_dict (HsWalk   *self,
                  PyObject *object)
{
  const HsOrderedDictNode *node = ((HsOrderedDict *)object)->first;

  for (; node != NULL && !self->out.is_cut; node = node->next)
    hs_walk_add_block (self, HS_BLOCK_ITEMS, node, 0);
}

/* libmpdec: digits that do not fit into the object are a block of their own. */
static void
add_decimal (HsWalk   *self,
             PyObject *object)
{
  HsDecimal *decimal = (HsDecimal *)object;

  if ((decimal->flags & HS_DECIMAL_NOT_DYNAMIC) == 0 && decimal->data != decimal->small)
    hs_walk_add_block (self, HS_BLOCK_BUFFER, decimal->data, 0);
}

static void
add_element (HsWalk   *self,
             PyObject *object)
{
  HsElementExtra *extra = ((HsElement *)object)->extra;

  if (extra != NULL && extra->children != extra->small)
    hs_walk_add_block (self, HS_BLOCK_ITEMS, extra->children, 0);
}

static void
add_ctypes_data (HsWalk   *self,
                 PyObject *object)
{
  HsCtypesData *data = (HsCtypesData *)(void *)object;

  if (data->owns_data && data->data != (char *)&data->value)
    hs_walk_add_block (self, HS_BLOCK_BUFFER, data->data, 0);
}

static void
add_managed_buffer (HsWalk   *self,
                    PyObject *object)
{
  HsManagedBuffer *buffer = (HsManagedBuffer *)object;

  if ((buffer->flags & HS_MANAGED_BUFFER_OWNS_FORMAT) != 0)
    hs_walk_add_block (self, HS_BLOCK_EXTRA, buffer->view.format, 0);
}

/* Bytes from the first to the last item of an array, as far as the strides say
 * it; an allocator has given at least as many.
 */
static uint64_t
get_span (const HsNdarray *array)
{
  uint64_t span = 1;

  for (int i = 0; i < array->n_dimensions; i++)
    {
      if (array->dimensions[i] <= 0)
        return 0;
      if (array->strides[i] > 0)
        span += (uint64_t)(array->dimensions[i] - 1) * (uint64_t)array->strides[i];
    }

  return span;
}

/* NumPy allocates data with malloc(), unless it is told otherwise. */
static void
add_ndarray (HsWalk   *self,
             PyObject *object)
{
  HsNdarray *array = (HsNdarray *)object;
  uint64_t   span = get_span (array);

  if ((array->flags & HS_NDARRAY_OWNS_DATA) != 0 && array->data != NULL)
    add_external (self, HS_BLOCK_DATA, array->data,
                  hs_occupied_get (array->data, span != 0 ? span : 1));
}

/* Returns: false if the capsule frees what it points to */
static bool
is_plain_capsule (PyObject *object)
{
  return ((HsCapsule *)object)->destructor == NULL;
}

bool
hs_walk_add_special_blocks (HsWalk *self)
{
  PyObject *object = self->object;

  switch (self->info->layout)
    {
    case HS_LAYOUT_ORDERED_DICT:
      add_ordered_dict (self, object);
      break;

    case HS_LAYOUT_CAPSULE:
      return is_plain_capsule (object);

    case HS_LAYOUT_MANAGED_BUFFER:
      add_managed_buffer (self, object);
      break;

    case HS_LAYOUT_MMAP:
      add_external (self, HS_BLOCK_MAPPING, ((HsMmap *)object)->data,
                    (uint64_t)((HsMmap *)object)->size);
      break;

    case HS_LAYOUT_DECIMAL:
      add_decimal (self, object);
      break;

    case HS_LAYOUT_ELEMENT:
      add_element (self, object);
      break;

    case HS_LAYOUT_PICKLER:
      if (((HsPicklerHead *)object)->memo != NULL)
        hs_walk_add_block (self, HS_BLOCK_TABLE, ((HsPicklerHead *)object)->memo->table, 0);
      break;

    case HS_LAYOUT_CTYPES_DATA:
      add_ctypes_data (self, object);
      break;

    case HS_LAYOUT_NDARRAY:
      add_ndarray (self, object);
      break;

    default:
      break;
    }

  return true;
}
