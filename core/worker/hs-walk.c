/* hs-walk.c - from the code's names to all objects behind them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-walk.h"

#include "hs-arenas.h"
#include "hs-occupied.h"
#include "hs-pyinternal.h"
#include "hs-scratch.h"

#include <string.h>

/* How far ahead of its turn an object is fetched into the cache. */
#define PREFETCH_DISTANCE 8

bool
hs_walk_begin (HsWalk   *self,
               void     *area,
               uint64_t  size,
               PyObject *globals)
{
  memset (self, 0, sizeof *self);
  hs_scratch_reset ();
  hs_occupied_prepare ();
  hs_snapshot_writer_init (&self->out, area, size);

  self->globals = globals;
  self->builtins = PyEval_GetBuiltins ();
  self->infos = hs_scratch_alloc ((uint64_t)self->out.n_types_max * sizeof *self->infos);
  self->expected = hs_scratch_alloc ((uint64_t)self->out.n_objects_max * sizeof *self->expected);

  self->arenas = hs_scratch_alloc (HS_ARENAS_MAX * sizeof *self->arenas);

  return self->infos != NULL && self->expected != NULL && self->arenas != NULL &&
         hs_address_map_init (&self->objects) &&
         hs_address_map_init (&self->types) && hs_address_map_init (&self->labels);
}

/* The row of a type, a new one if it has none yet. */
static uint32_t
find_type (HsWalk       *self,
           PyTypeObject *type)
{
  uint32_t *row = hs_address_map_get (&self->types, (uint64_t)type);
  char      module[256];
  char      name[512];
  uint32_t  module_offset;
  uint32_t  name_offset;

  if (row == NULL || *row != UINT32_MAX)
    return row == NULL ? UINT32_MAX : *row;
  if (self->out.n_types >= self->out.n_types_max)
    return UINT32_MAX;

  hs_types_inspect (type, &self->infos[self->out.n_types]);
  hs_py_get_type_name (type, module, sizeof module, name, sizeof name);
  module_offset = hs_snapshot_writer_add_string (&self->out, module, strlen (module));
  name_offset = hs_snapshot_writer_add_string (&self->out, name, strlen (name));
  *row = hs_snapshot_writer_add_type (&self->out, module_offset, name_offset,
                                      hs_types_get_family (&self->infos[self->out.n_types]));

  return *row;
}

static uint32_t
get_refcount (PyObject *object)
{
  Py_ssize_t count = Py_REFCNT (object);

  return count < (Py_ssize_t)HS_REFCOUNT_MAX ? (uint32_t)count : HS_REFCOUNT_MAX;
}

static uint32_t
get_flags (HsWalk           *self,
           PyObject         *object,
           const HsTypeInfo *info)
{
  uint32_t flags = 0;

  if (PyObject_GC_IsTracked (object))
    flags |= HS_OBJECT_GC_TRACKED;
  if (hs_py_is_immortal (object))
    flags |= HS_OBJECT_IMMORTAL;
  if (info->layout == HS_LAYOUT_STR)
    flags |= hs_py_get_interned (object);
  if (info->is_python)
    flags |= HS_OBJECT_INSTANCE;
  if (hs_walk_is_boundary (self, object, info))
    flags |= HS_OBJECT_BOUNDARY;

  return flags;
}

static uint32_t
add_object (HsWalk   *self,
            PyObject *object)
{
  const HsTypeInfo *info;
  uint32_t          type;
  uint32_t          i;
  uint32_t          flags;
  bool              is_cut = false;

  type = find_type (self, Py_TYPE (object));
  i = type == UINT32_MAX ? UINT32_MAX
                         : hs_snapshot_writer_add_object (&self->out, (uint64_t)object, type);
  if (i == UINT32_MAX)
    {
      self->out.is_cut = true;
      return i;
    }

  info = &self->infos[type];
  flags = get_flags (self, object, info);
  self->out.object_refcount[i] = get_refcount (object);
  self->out.object_length[i] = hs_walk_get_length (object, info);
  self->out.object_preview[i] = hs_walk_add_preview (self, object, info, &is_cut);
  self->out.object_flags[i] = flags | (is_cut ? HS_OBJECT_PREVIEW_CUT : 0);

  return i;
}

/* Most objects lie in arenas, where a plain array takes an address to its row:
 * a few bytes for each object against 32 and more of a hash table, and fewer
 * misses of the cache.
 */
static uint32_t
find_in_arena (HsWalk   *self,
               PyObject *object,
               int       arena,
               uint32_t  offset)
{
  uint32_t *rows = self->arenas[arena];
  uint32_t  row;

  if (rows == NULL)
    {
      rows = hs_scratch_alloc (HS_ARENA_GRANULES * sizeof *rows);
      self->arenas[arena] = rows;
      if (rows == NULL)
        {
          self->out.is_cut = true;
          return UINT32_MAX;
        }
    }

  row = rows[offset / HS_ARENA_GRANULE];
  if (row != 0)
    return row - 1;

  row = add_object (self, object);
  if (row != UINT32_MAX)
    rows[offset / HS_ARENA_GRANULE] = row + 1;

  return row;
}

uint32_t
hs_walk_find (HsWalk   *self,
              PyObject *object)
{
  uint32_t  offset;
  int       arena = hs_arenas_find (object, &offset);
  uint32_t *row;

  if (arena >= 0)
    return find_in_arena (self, object, arena, offset);

  row = hs_address_map_get (&self->objects, (uint64_t)object);
  if (row == NULL)
    {
      self->out.is_cut = true;
      return UINT32_MAX;
    }
  /* Adding an object enters no other into the map. */
  if (*row == UINT32_MAX)
    *row = add_object (self, object);

  return *row;
}

static void
take_turn (HsWalk  *self,
           uint32_t i)
{
  PyObject         *object = (PyObject *)(uintptr_t)self->out.object_address[i];
  const HsTypeInfo *info = hs_walk_get_info (self, i);
  uint32_t         *flags = &self->out.object_flags[i];

  self->current = i;
  self->first_edge = self->out.n_edges;
  hs_snapshot_writer_begin_object (&self->out);

  if (self->out.is_cut)
    {
      *flags |= HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE;
      return;
    }

  if (!hs_walk_add_blocks (self, object, info))
    *flags |= HS_OBJECT_BLOCKS_INCOMPLETE;
  if ((*flags & HS_OBJECT_BOUNDARY) == 0 && !hs_walk_add_edges (self, object, info))
    *flags |= HS_OBJECT_EDGES_INCOMPLETE;
}

void
hs_walk_follow (HsWalk *self)
{
  for (uint32_t i = 0; i < self->out.n_objects; i++)
    {
      if (i + PREFETCH_DISTANCE < self->out.n_objects)
        __builtin_prefetch ((void *)(uintptr_t)self->out.object_address[i + PREFETCH_DISTANCE]);
      take_turn (self, i);
    }
}
