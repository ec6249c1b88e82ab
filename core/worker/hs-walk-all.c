/* hs-walk-all.c - all objects of the process, not only those that names lead to
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-ledger.h"
#include "hs-pools.h"
#include "hs-pyinternal-collector.h"
#include "hs-pyinternal.h"
#include "hs-scratch.h"
#include "hs-walk.h"

/* What can be reached from the collector's lists is followed first: by then the
 * types of all objects are known, as a type is in these lists itself or some
 * object in them leads to it. Then every block that is given out is looked at:
 * one that begins with what only an object of a known type has is an object,
 * even if nothing refers to it. In pymalloc's pools the blocks are known in any
 * case, larger ones if there is a ledger.
 */

/* GC header, and pre-header; Include/internal/pycore_object.h. */
#define PRESIZE_MAX 32

/* What the code writes into the blocks of an array or a bytearray may look like
 * an object, above all if it is the copy of one: blocks that are known to belong
 * to an object are not looked at.
 */
typedef struct
{
  HsWalk      *walk;
  uint32_t     n_found;
  uint32_t     n_blocks;     /* that are noted below */
  uint32_t     n_wide;       /* of wide_block_address, up to there */
  uint8_t     *owned;        /* one bit for each granule of the arenas */
  HsAddressMap owned_others; /* outside arenas */
} Search;

static bool
begin_search (Search *self)
{
  self->owned = hs_scratch_alloc (hs_arenas.span / HS_ARENA_GRANULE / 8 + 1);

  return self->owned != NULL && hs_address_map_init (&self->owned_others);
}

/* Returns: false if there is no room */
static bool
note_block (Search  *self,
            uint64_t address)
{
  const void *start = (const void *)(uintptr_t)address;
  uint64_t    granule;
  uint32_t   *entry;

  if (hs_arenas_contain (start))
    {
      granule = hs_arenas_granule_index (start);
      self->owned[granule / 8] |= (uint8_t)(1 << granule % 8);
      return true;
    }

  entry = hs_address_map_get (&self->owned_others, address);
  if (entry != NULL)
    *entry = 0;

  return entry != NULL;
}

/* Notes the blocks of the objects that had their turn since. */
static void
note_blocks (Search *self)
{
  HsSnapshotWriter *out = &self->walk->out;

  for (; self->n_blocks < out->n_blocks; self->n_blocks++)
    {
      uint32_t granule = out->block_address[self->n_blocks];
      uint64_t address = out->base_address + (uint64_t)granule * HS_GRANULE;

      if (granule == HS_NARROW_U32)
        address = out->wide_block_address.rows[self->n_wide++].value;
      if (!note_block (self, address))
        {
          out->is_cut = true;
          return;
        }
    }
}

static bool
is_owned (Search     *self,
          const void *start)
{
  uint64_t granule;

  if (!hs_arenas_contain (start))
    return hs_address_map_find (&self->owned_others, (uint64_t)start) != NULL;

  granule = hs_arenas_granule_index (start);

  return (self->owned[granule / 8] >> granule % 8 & 1) != 0;
}

/* HsObjectFunc */
static void
take_object (PyObject *object,
             void     *data)
{
  hs_walk_find (data, object);
}

/* The least bytes of an object of @info from its head on. Compact texts are
 * allocated without the end of their struct (Objects/unicodeobject.c,
 * PyUnicode_New()).
 */
static size_t
get_least_size (const HsTypeInfo *info)
{
  if (info->layout == HS_LAYOUT_STR && !info->is_python)
    return sizeof (PyASCIIObject);

  return (size_t)info->type->tp_basicsize;
}

/* Whether the words at @place are the head of an object that lies @presize bytes
 * behind the start of its block.
 */
static bool
is_object (HsWalk     *self,
           const void *place,
           size_t      presize,
           size_t      room)
{
  PyObject   *object = (PyObject *)(uintptr_t)place;
  uint32_t   *row;
  HsTypeInfo *info;

  /* A table of pointers to types begins with no such count. */
  if (room < sizeof (PyObject) || object->ob_type == NULL ||
      !hs_py_may_be_refcount (*(const uint64_t *)place))
    return false;

  row = hs_address_map_find (&self->types, (uint64_t)object->ob_type);
  if (row == NULL || *row == UINT32_MAX)
    return false;
  info = &self->infos[*row];

  if (!info->is_pythons || info->presize != presize || room < get_least_size (info))
    return false;

  /* Behind a short text in a block there may still stand what an object had left. */
  return !info->is_gc || hs_py_may_be_gc_head ((const char *)place - HS_GC_HEAD_SIZE);
}

static void
look_at (Search     *search,
         const void *start,
         uint64_t    size)
{
  if (is_owned (search, start))
    return;

  for (size_t presize = 0; presize <= PRESIZE_MAX && presize < size; presize += 16)
    {
      const char *place = (const char *)start + presize;

      if (!is_object (search->walk, place, presize, size - presize))
        continue;
      hs_walk_find (search->walk, (PyObject *)(uintptr_t)place);
      return;
    }
}

/* HsPoolsFunc */
static void
look_at_pool_block (const void *start,
                    uint32_t    size,
                    void       *data)
{
  look_at (data, start, size);
}

/* HsLedgerFunc. Objects come from PyObject_Malloc(): whatever their type, if its
 * memory is Python's.
 */
static void
look_at_ledger_block (const void          *start,
                      const HsLedgerBlock *block,
                      void                *data)
{
  if (block->domain == HS_LEDGER_OBJ)
    look_at (data, start, block->requested);
}

/* Calls @func for every boundary among the first @n rows. */
static void
visit_boundaries (HsWalk  *self,
                  uint32_t n,
                  bool     is_late)
{
  uint32_t n_wide = 0;
  uint32_t n_edges = self->out.n_edges;

  for (uint32_t row = 0; row < n && !self->out.is_cut; row++)
    {
      PyObject *object = hs_walk_get_object (self, row, &n_wide);

      if ((self->out.object_flags[row] & HS_OBJECT_BOUNDARY) == 0)
        continue;
      if (is_late && !hs_snapshot_writer_begin_late (&self->out, row))
        return;
      hs_walk_revisit (self, row, object);
      /* Only to find what it leads to. */
      if (!is_late)
        self->out.n_edges = n_edges;
    }
}

static void
mark_unreached (HsWalk  *self,
                uint32_t from)
{
  for (uint32_t row = from; row < self->out.n_objects; row++)
    self->out.object_flags[row] |= HS_OBJECT_UNREACHED;
}

void
hs_walk_follow_all (HsWalk *self)
{
  uint32_t n_reached = self->out.n_objects;
  Search   search = { .walk = self };

  self->is_all = true;
  visit_boundaries (self, n_reached, false);
  for (uint32_t i = 0; i < self->out.n_types; i++)
    hs_walk_find (self, (PyObject *)self->infos[i].type);
  hs_py_visit_tracked (take_object, self);
  hs_walk_follow (self);
  if (!begin_search (&search))
    self->out.is_cut = true;

  /* What is found may be of a type, or lead to one, that was not known. */
  search.n_found = 0;
  while (self->out.n_objects > search.n_found && !self->out.is_cut)
    {
      search.n_found = self->out.n_objects;
      note_blocks (&search);
      if (hs_ledger_is_on ())
        hs_ledger_visit (look_at_ledger_block, &search);
      else
        hs_pools_visit (look_at_pool_block, &search);
      hs_walk_follow (self);
    }

  visit_boundaries (self, n_reached, true);
  mark_unreached (self, n_reached);
}
