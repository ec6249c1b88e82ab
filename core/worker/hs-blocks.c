/* hs-blocks.c - the blocks of memory that belong to an object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-occupied.h"
#include "hs-pyinternal.h"
#include "hs-structs.h"
#include "hs-walk.h"

/* Adds a block that is not the main one; static ones take no bytes. */
static void
add_block (HsWalk     *self,
           HsBlockKind kind,
           const void *address,
           uint8_t     flags)
{
  uint64_t occupied;

  if (address == NULL)
    return;

  occupied = hs_occupied_get (address, 1);
  if (occupied != 0)
    hs_snapshot_writer_add_block (&self->out, kind, (uint64_t)address, occupied, flags);
}

/* HsBlockFunc */
static void
add_extra (void *address,
           void *data)
{
  add_block (data, HS_BLOCK_EXTRA, address, 0);
}

/* Whether objects of the type come from Python's allocators, so that their
 * address minus the pre-header is the start of a block.
 */
static bool
is_pythons_memory (const HsTypeInfo *info)
{
  return info->layout != HS_LAYOUT_UNKNOWN || info->is_python ||
         info->type->tp_free == PyObject_Free || info->type->tp_free == PyObject_GC_Del;
}

static void
add_main (HsWalk           *self,
          PyObject         *object,
          const HsTypeInfo *info)
{
  size_t      presize = hs_py_get_presize (object);
  const void *start = (const char *)object - presize;
  uint64_t    occupied = HS_BYTES_UNKNOWN;

  if (is_pythons_memory (info))
    occupied = hs_occupied_get (start, presize + sizeof (PyObject));

  if (occupied == 0)
    self->out.object_flags[self->current] |= HS_OBJECT_STATIC;
  else
    hs_snapshot_writer_add_block (&self->out, HS_BLOCK_MAIN, (uint64_t)start, occupied, 0);
}

static void
add_dict (HsWalk   *self,
          PyObject *dict)
{
  void *keys;
  void *values;

  hs_py_get_dict_blocks (dict, &keys, &values);
  add_block (self, HS_BLOCK_KEYS, keys, 0);
  add_block (self, HS_BLOCK_VALUES, values, 0);
}

static void
add_str (HsWalk   *self,
         PyObject *str)
{
  HsStrBlocks blocks;

  hs_py_get_str_blocks (str, &blocks);
  add_block (self, HS_BLOCK_BUFFER, blocks.data, 0);
  add_block (self, HS_BLOCK_UTF8, blocks.utf8, 0);
  add_block (self, HS_BLOCK_EXTRA, blocks.wide, 0);
}

static void
add_deque (HsWalk   *self,
           PyObject *object)
{
  HsDeque *deque = (HsDeque *)object;

  for (HsDequeBlock *block = deque->left_block; block != NULL; block = block->right)
    {
      add_block (self, HS_BLOCK_ITEMS, block, 0);
      /* What lies behind the last block is not set. */
      if (block == deque->right_block)
        break;
    }

  for (Py_ssize_t i = 0; i < deque->n_free && i < HS_DEQUE_FREE_BLOCKS; i++)
    add_block (self, HS_BLOCK_EXTRA, deque->free_blocks[i], 0);
}

/* The copy of the docstring and the key table for instances. A type that is
 * written in C may have more.
 */
static bool
add_type (HsWalk   *self,
          PyObject *object)
{
  PyTypeObject *type = (PyTypeObject *)object;

  add_block (self, HS_BLOCK_SHARED_KEYS, hs_py_get_shared_keys (type), HS_BLOCK_SHARED);
  if (!hs_py_is_python_class (type))
    return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0;

  add_block (self, HS_BLOCK_EXTRA, type->tp_doc, 0);

  return true;
}

static bool
add_known (HsWalk           *self,
           PyObject         *object,
           const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_UNKNOWN:
    case HS_LAYOUT_MODULE:
      return false;

    case HS_LAYOUT_ORDERED_DICT:
      add_dict (self, object);
      return false;

    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
      add_dict (self, object);
      break;

    case HS_LAYOUT_LIST:
      add_block (self, HS_BLOCK_ITEMS, ((PyListObject *)object)->ob_item, 0);
      break;

    case HS_LAYOUT_SET:
      if (((PySetObject *)object)->table != ((PySetObject *)object)->smalltable)
        add_block (self, HS_BLOCK_TABLE, ((PySetObject *)object)->table, 0);
      break;

    case HS_LAYOUT_STR:
      add_str (self, object);
      break;

    case HS_LAYOUT_BYTEARRAY:
      add_block (self, HS_BLOCK_BUFFER, ((PyByteArrayObject *)object)->ob_bytes, 0);
      break;

    case HS_LAYOUT_ARRAY:
      add_block (self, HS_BLOCK_BUFFER, ((HsArray *)object)->items, 0);
      break;

    case HS_LAYOUT_DEQUE:
      add_deque (self, object);
      break;

    case HS_LAYOUT_CODE:
      return hs_py_visit_code_blocks (object, add_extra, self);

    case HS_LAYOUT_TYPE:
      return add_type (self, object);

    default:
      /* The main block is all there is. */
      break;
    }

  return true;
}

bool
hs_walk_add_blocks (HsWalk           *self,
                    PyObject         *object,
                    const HsTypeInfo *info)
{
  HsAttributes attributes;
  bool         is_complete;

  add_main (self, object, info);
  is_complete = add_known (self, object, info);

  if (info->is_python)
    {
      hs_py_get_attributes (object, &attributes);
      add_block (self, HS_BLOCK_VALUES, attributes.block, 0);
    }

  return is_complete && !self->out.is_cut;
}
