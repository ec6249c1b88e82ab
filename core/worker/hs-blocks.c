/* hs-blocks.c - the blocks of memory that belong to an object
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger.h"
#include "hs-occupied.h"
#include "hs-pyinternal.h"
#include "hs-structs.h"
#include "hs-walk.h"

/* What the ledger knows of a block; of one that is not in it, nothing. */
static HsLedgerBlock
find_in_ledger (HsWalk     *self,
                const void *start)
{
  HsLedgerBlock block;

  if (!self->out.has_ledger || !hs_ledger_find (start, &block))
    block = (HsLedgerBlock) { .requested = HS_BYTES_UNKNOWN, .site = HS_SITE_BASELINE };

  return block;
}

void
hs_walk_add_block (HsWalk     *self,
                   HsBlockKind kind,
                   const void *start,
                   uint8_t     flags)
{
  HsLedgerBlock block;
  uint64_t      occupied;

  if (start == NULL)
    return;

  occupied = hs_occupied_get (start, 1);
  if (occupied == 0)
    return;

  block = find_in_ledger (self, start);
  hs_snapshot_writer_add_block (&self->out, kind, (uint64_t)start, occupied, block.requested,
                                block.site, flags);
}

/* HsBlockFunc */
static void
add_extra (void *start,
           void *data)
{
  hs_walk_add_block (data, HS_BLOCK_EXTRA, start, 0);
}

void
hs_walk_add_main (HsWalk *self)
{
  const HsTypeInfo *info = self->info;
  uint64_t          occupied = HS_BYTES_UNKNOWN;
  HsLedgerBlock     block;

  self->main_start = (const char *)self->object - info->presize;
  if (info->is_pythons)
    occupied = hs_occupied_get (self->main_start, info->presize + sizeof (PyObject));

  block = find_in_ledger (self, self->main_start);
  if (occupied == 0)
    self->out.object_flags[self->current] |= HS_OBJECT_STATIC;
  else if (block.is_baseline)
    self->out.object_flags[self->current] |= HS_OBJECT_BASELINE;

  self->main_occupied = occupied;
  self->main_requested = block.requested;
  hs_snapshot_writer_set_main (&self->out, self->current, occupied, block.requested, block.site);
}

static void
add_dict (HsWalk   *self,
          PyObject *dict)
{
  void *keys;
  void *values;

  hs_py_get_dict_blocks (dict, &keys, &values);
  hs_walk_add_block (self, HS_BLOCK_KEYS, keys, 0);
  hs_walk_add_block (self, HS_BLOCK_VALUES, values, 0);
}

static void
add_str (HsWalk   *self,
         PyObject *str)
{
  HsStrBlocks blocks;

  hs_py_get_str_blocks (str, &blocks);
  hs_walk_add_block (self, HS_BLOCK_BUFFER, blocks.data, 0);
  hs_walk_add_block (self, HS_BLOCK_UTF8, blocks.utf8, 0);
  hs_walk_add_block (self, HS_BLOCK_EXTRA, blocks.wide, 0);
}

static void
add_deque (HsWalk   *self,
           PyObject *object)
{
  HsDeque *deque = (HsDeque *)object;

  for (HsDequeBlock *block = deque->left_block; block != NULL; block = block->right)
    {
      hs_walk_add_block (self, HS_BLOCK_ITEMS, block, 0);
      /* What lies behind the last block is not set. */
      if (block == deque->right_block)
        break;
    }

  for (Py_ssize_t i = 0; i < deque->n_free && i < HS_DEQUE_FREE_BLOCKS; i++)
    hs_walk_add_block (self, HS_BLOCK_EXTRA, deque->free_blocks[i], 0);
}

/* The key table for instances, and the copies of its documentation and, of
 * types made from a PyType_Spec, of its name. Static types have nothing, except
 * that PyStructSequence_InitType() allocates their members.
 */
static void
add_type (HsWalk   *self,
          PyObject *object)
{
  PyTypeObject *type = (PyTypeObject *)object;

  if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0)
    {
      if (hs_types_is_sequence (type))
        hs_walk_add_block (self, HS_BLOCK_EXTRA, type->tp_members, 0);
      return;
    }

  hs_walk_add_block (self, HS_BLOCK_SHARED_KEYS, hs_py_get_shared_keys (type), HS_BLOCK_SHARED);
  hs_walk_add_block (self, HS_BLOCK_EXTRA, type->tp_doc, 0);
  hs_walk_add_block (self, HS_BLOCK_EXTRA, ((PyHeapTypeObject *)type)->_ht_tpname, 0);
}

static bool
add_shaped (HsWalk *self)
{
  bool is_complete = hs_walk_add_shape_blocks (self);

  return hs_walk_add_special_blocks (self) && is_complete;
}

static bool
add_known (HsWalk           *self,
           PyObject         *object,
           const HsTypeInfo *info)
{
  switch (info->layout)
    {
    case HS_LAYOUT_UNKNOWN:
      return false;

    case HS_LAYOUT_DICT:
    case HS_LAYOUT_DEFAULTDICT:
    case HS_LAYOUT_ORDERED_DICT:
    case HS_LAYOUT_CTYPES_DICT:
      add_dict (self, object);
      break;

    case HS_LAYOUT_LIST:
      hs_walk_add_block (self, HS_BLOCK_ITEMS, ((PyListObject *)object)->ob_item, 0);
      break;

    case HS_LAYOUT_SET:
      if (((PySetObject *)object)->table != ((PySetObject *)object)->smalltable)
        hs_walk_add_block (self, HS_BLOCK_TABLE, ((PySetObject *)object)->table, 0);
      break;

    case HS_LAYOUT_STR:
      add_str (self, object);
      break;

    case HS_LAYOUT_BYTEARRAY:
      hs_walk_add_block (self, HS_BLOCK_BUFFER, ((PyByteArrayObject *)object)->ob_bytes, 0);
      break;

    case HS_LAYOUT_DEQUE:
      add_deque (self, object);
      break;

    case HS_LAYOUT_CODE:
      return hs_py_visit_code_blocks (object, add_extra, self);

    case HS_LAYOUT_TYPE:
      add_type (self, object);
      break;

    default:
      break;
    }

  return info->shape == NULL || add_shaped (self);
}

bool
hs_walk_add_blocks (HsWalk *self)
{
  const HsTypeInfo *info = self->info;
  PyObject         *object = self->object;
  HsAttributes      attributes;
  bool              is_complete;

  is_complete = add_known (self, object, info);

  if (info->is_python && info->may_have_dict)
    {
      hs_py_get_attributes (object, &attributes);
      hs_walk_add_block (self, HS_BLOCK_VALUES, attributes.block, 0);
    }

  return is_complete && !self->out.is_cut;
}
