/* hs-growth-mmaps.c - where the mappings of mmap objects lie
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hs-growth-regions.h"

#include "hs-pools.h"
#include "hs-pyinternal.h"
#include "hs-structs.h"

#include <string.h>

#define POOLS_PER_ARENA (HS_ARENA_SIZE / HS_POOL_SIZE)

/* Before an object lie the two words of the collector, and two more in some
 * classes (Include/internal/pycore_object.h).
 */
#define GC_HEAD_SIZE    16
#define PRE_HEADER_SIZE 16

/* A module that is imported anew has a type of its own. */
#define N_TYPES_MAX 64

typedef struct
{
  const PyTypeObject *types[N_TYPES_MAX];
  uint32_t            sizes[N_TYPES_MAX];   /* size class of an instance, bytes */
  uint32_t            offsets[N_TYPES_MAX]; /* of an instance in its block */
  uint32_t            n;
  uint64_t            size_classes; /* bit i: of (i + 1) * 16 bytes */
} Types;

static void
add_type (Types              *self,
          const PyTypeObject *type)
{
  uint32_t offset = GC_HEAD_SIZE;
  uint64_t size;

#if PY_VERSION_HEX >= 0x030c0000
  if ((type->tp_flags & (Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF)) != 0)
#else
  if ((type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0)
#endif
    offset += PRE_HEADER_SIZE;

  size = (offset + (uint64_t)type->tp_basicsize + HS_GRANULE - 1) & ~(uint64_t)(HS_GRANULE - 1);
  if (self->n == N_TYPES_MAX || size > HS_POOL_SIZE_MAX)
    return;

  self->types[self->n] = type;
  self->sizes[self->n] = (uint32_t)size;
  self->offsets[self->n] = offset;
  self->n++;
  self->size_classes |= UINT64_C (1) << (size / HS_GRANULE - 1);
}

/* The table of subclasses has a weak reference to each. */
static void
add_subclasses (Types        *self,
                PyTypeObject *type,
                bool          has_all,
                int           depth)
{
  PyObject  *table = hs_py_get_subclasses (type);
  PyObject  *key;
  PyObject  *reference;
  Py_ssize_t position = 0;

  while (table != NULL && PyDict_CheckExact (table) &&
         PyDict_Next (table, &position, &key, &reference))
    {
      PyTypeObject *subclass;

      if (!PyWeakref_CheckRef (reference))
        continue;
      subclass = (PyTypeObject *)((PyWeakReference *)reference)->wr_object;
      if (!PyType_Check ((PyObject *)subclass) ||
          (!has_all && strcmp (subclass->tp_name, "mmap.mmap") != 0))
        continue;

      add_type (self, subclass);
      if (depth > 0)
        add_subclasses (self, subclass, true, depth - 1);
    }
}

static void
visit_block (const Types *self,
             const char  *block,
             uint32_t     size,
             HsMmapFunc   func,
             void        *data)
{
  for (uint32_t i = 0; i < self->n; i++)
    {
      const HsMmap *object = (const HsMmap *)(const void *)(block + self->offsets[i]);

      if (self->sizes[i] != size || Py_TYPE (&object->head) != self->types[i])
        continue;
      if (object->data != NULL && object->size > 0)
        func ((uint64_t)(uintptr_t)object->data, (uint64_t)object->size, data);
      return;
    }
}

static void
visit_pool (const Types        *self,
            const HsPoolHeader *header,
            HsMmapFunc          func,
            void               *data)
{
  HsPool pool;

  if (!hs_pools_read (header, &pool))
    return;

  for (uint32_t i = 0; i < pool.n_blocks; i++)
    if (!hs_pool_is_free (&pool, i))
      visit_block (self, pool.first + (uint64_t)i * pool.size, pool.size, func, data);
}

void
hs_growth_visit_mmaps (HsMmapFunc func,
                       void      *data)
{
  Types types = { 0 };

  add_subclasses (&types, &PyBaseObject_Type, false, 4);
  if (types.n == 0)
    return;

  for (uint64_t i = 0; i < hs_arenas.span / HS_ARENA_SIZE; i++)
    for (uint64_t k = 0; hs_arenas.is_used[i] && k < POOLS_PER_ARENA; k++)
      {
        const HsPoolHeader *header =
          (const HsPoolHeader *)(uintptr_t)(hs_arenas.base + i * HS_ARENA_SIZE + k * HS_POOL_SIZE);

        if (header->n_used != 0 && header->size_class < HS_POOL_CLASSES &&
            (types.size_classes >> header->size_class & 1) != 0)
          visit_pool (&types, header, func, data);
      }
}
