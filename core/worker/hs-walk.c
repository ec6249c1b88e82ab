/* hs-walk.c - from the code's names to all objects behind them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-walk.h"

#include "hs-ledger.h"
#include "hs-occupied.h"
#include "hs-pyinternal.h"
#include "hs-scratch.h"

#include <string.h>
#include <sys/mman.h>

/* See "The look ahead". */
#define STAGE_DISTANCE 12
#define N_FETCHED      8

/* In object_flags until its turn: there is nothing left to do for the object. */
#define IS_DONE (1 << 15)

/* A heap from here on gets its columns in huge pages, which cost a quarter of
 * small ones to touch first; a smaller one would mostly touch what it does not
 * need.
 */
#define HUGE_HEAP_SIZE (UINT64_C (64) << 20)
#define HUGE_PAGE_SIZE (UINT64_C (2) << 20)

/* An object with what it needs takes about this many bytes of arenas. */
#define OBJECT_SIZE 48

#define ATTRIBUTE_LABELS_MAX (1 << 20)

#define NONE_WAITING UINT32_MAX

#define GOLDEN_RATIO     UINT64_C (0x9e3779b97f4a7c15) /* of 64 bits, spreads addresses */
#define TYPE_CACHE_SHIFT (64 - HS_TYPE_CACHE_BITS)

/* How far a stage of the look ahead has come. */
typedef struct
{
  uint32_t row;    /* the last that it has looked at */
  uint32_t n;      /* how many that is from the first that waits */
  uint32_t n_wide; /* of wide_address, up to there */
} HsAhead;

static void
use_huge_pages (void    *start,
                uint64_t size)
{
  uint64_t from = ((uint64_t)start + HUGE_PAGE_SIZE - 1) & ~(HUGE_PAGE_SIZE - 1);
  uint64_t to = ((uint64_t)start + size) & ~(HUGE_PAGE_SIZE - 1);

  if (to > from)
    madvise ((void *)(uintptr_t)from, to - from, MADV_HUGEPAGE);
}

static bool
make_maps (HsWalk *self)
{
  self->infos = hs_scratch_alloc ((uint64_t)self->out.n_types_max * sizeof *self->infos);
  self->expected = hs_scratch_alloc ((uint64_t)self->out.n_objects_max * sizeof *self->expected);
  self->n_attribute_labels_max = ATTRIBUTE_LABELS_MAX;
  self->attribute_labels = hs_scratch_alloc (ATTRIBUTE_LABELS_MAX * sizeof (uint32_t));
  self->label_caches = hs_scratch_alloc (HS_LABEL_CACHES * sizeof (HsLabelCache));

  return self->infos != NULL && self->expected != NULL && self->attribute_labels != NULL &&
         self->label_caches != NULL &&
         hs_rows_init (&self->rows, (hs_arenas.span >> HS_POOL_BITS) + 1) &&
         hs_address_map_init (&self->types) && hs_address_map_init (&self->labels);
}

bool
hs_walk_begin (HsWalk   *self,
               void     *area,
               uint64_t  size,
               PyObject *globals)
{
  memset (self, 0, sizeof *self);
  if (!hs_occupied_prepare ())
    return false;
  hs_snapshot_writer_init (&self->out, area, size);
  self->out.base_address = hs_arenas.base;
  self->out.has_ledger = hs_ledger_is_on ();
  if (hs_arenas.span >= HUGE_HEAP_SIZE)
    hs_snapshot_writer_visit_large (
      &self->out, (uint32_t)(hs_arenas.span / OBJECT_SIZE), use_huge_pages);

  self->first_waiting = NONE_WAITING;
  self->globals = globals;
  self->builtins = PyEval_GetBuiltins ();

  if (!make_maps (self))
    return false;
  self->class_label = hs_walk_get_c_label (self, "__class__");

  return true;
}

/* Infos are looked up by name and inspected once. */
static uint32_t
add_type (HsWalk       *self,
          PyTypeObject *type)
{
  HsTypeInfo *info = &self->infos[self->out.n_types];
  char        module[256];
  char        name[512];
  uint32_t    module_offset;
  uint32_t    name_offset;

  if (self->out.n_types >= self->out.n_types_max)
    return UINT32_MAX;

  hs_types_inspect (type, info);
  hs_py_get_type_name (type, module, sizeof module, name, sizeof name);
  module_offset = hs_snapshot_writer_add_string (&self->out, module, strlen (module));
  name_offset = hs_snapshot_writer_add_string (&self->out, name, strlen (name));

  return hs_snapshot_writer_add_type (&self->out, module_offset, name_offset,
                                      hs_types_get_family (info), hs_walk_get_value_kind (info),
                                      info->presize);
}

/* The row of a type, found or made. */
static uint32_t
find_type (HsWalk       *self,
           PyTypeObject *type)
{
  HsTypeCache *cache = &self->type_caches[(uint64_t)type * GOLDEN_RATIO >> TYPE_CACHE_SHIFT];
  uint32_t    *row;
  uint32_t     found;

  if (cache->type == type)
    return cache->row;

  row = hs_address_map_get (&self->types, (uint64_t)type);
  if (row == NULL)
    return UINT32_MAX;
  if (*row == UINT32_MAX)
    {
      found = add_type (self, type);
      /* Naming a type makes no other. */
      *row = found;
    }
  *cache = (HsTypeCache) { type, *row };

  return *row;
}

static uint16_t
get_flags (HsWalk           *self,
           PyObject         *object,
           const HsTypeInfo *info)
{
  uint32_t flags = info->flags;

  if (info->is_gc && PyObject_GC_IsTracked (object))
    flags |= HS_OBJECT_GC_TRACKED;
  if (hs_py_is_immortal (object))
    flags |= HS_OBJECT_IMMORTAL;
  if (info->layout == HS_LAYOUT_STR)
    flags |= hs_py_get_interned (object);
  if (info->may_be_boundary && hs_walk_is_boundary (self, object, info))
    flags |= HS_OBJECT_BOUNDARY;

  return (uint16_t)flags;
}

/* Objects whose turn is still to come wait in a chain: the place for the first
 * edge of each, which is known at its turn, holds the row of the next until
 * then. Row 0 is behind no other.
 */

static void
wait_for_turn (HsWalk  *self,
               uint32_t row)
{
  if (self->first_waiting == NONE_WAITING)
    self->first_waiting = row;
  else
    self->out.object_edges[self->last_waiting] = row;
  self->last_waiting = row;
  self->out.object_edges[row] = NONE_WAITING;
}

/* What can be said of an object as soon as it is found. Most objects have
 * nothing besides: their turn is over with that, and their memory is looked at
 * once.
 */
static void
measure (HsWalk           *self,
         uint32_t          row,
         PyObject         *object,
         const HsTypeInfo *info)
{
  HsWalk   before = { .object = self->object, .info = self->info, .current = self->current };
  bool     is_own = false;
  uint64_t bytes;

  self->object = object;
  self->info = info;
  self->current = row;

  hs_walk_add_main (self);
  bytes = hs_walk_get_getsizeof (self, &is_own);
  hs_snapshot_writer_set_getsizeof (&self->out, row, bytes);
  if (is_own)
    self->out.object_flags[row] |= HS_OBJECT_OWN_SIZEOF;

  self->object = before.object;
  self->info = before.info;
  self->current = before.current;
}

/* Whether a main block is all that @object has, and it refers to nothing. */
static inline bool
is_lone (PyObject         *object,
         const HsTypeInfo *info)
{
  return info->is_leaf || (info->type == &PyUnicode_Type && hs_py_is_lone_str (object));
}

/* Whether the compiler would intern a constant like @str: all_name_chars() in
 * CPython's Objects/codeobject.c, 3.11 to 3.13.
 */
static bool
has_name_characters (PyObject *str)
{
  const uint8_t *c = PyUnicode_DATA (str);

  if (!PyUnicode_IS_ASCII (str))
    return false;
  for (Py_ssize_t i = PyUnicode_GET_LENGTH (str); i > 0; i--, c++)
    if (!Py_ISALNUM (*c) && *c != '_')
      return false;

  return true;
}

static uint32_t
add_object (HsWalk   *self,
            PyObject *object)
{
  uint32_t          type = find_type (self, Py_TYPE (object));
  const HsTypeInfo *info = &self->infos[type];
  uint32_t          row = self->out.n_objects;
  bool              is_cut = false;
  uint64_t          value;
  uint16_t          flags;

  /* A wide length of a row that does not follow would spoil the snapshot. */
  if (__builtin_expect (type == UINT32_MAX || row >= self->out.n_objects_max, 0))
    {
      self->out.is_cut = true;
      return UINT32_MAX;
    }

  flags = get_flags (self, object, info);
  value = hs_walk_get_value (self, object, info, row, &is_cut);
  if (is_cut)
    {
      flags |= HS_OBJECT_PREVIEW_CUT;
      if (info->layout == HS_LAYOUT_STR && has_name_characters (object))
        flags |= HS_OBJECT_NAME_CHARACTERS;
    }
  if (row >= self->n_described_max && is_lone (object, info))
    flags |= IS_DONE;

  row = hs_snapshot_writer_add_object (&self->out, (uint64_t)object, type,
                                       (uint64_t)Py_REFCNT (object), flags, value);
  if (row == UINT32_MAX)
    return row;
  if ((flags & IS_DONE) != 0)
    measure (self, row, object, info);
  else
    wait_for_turn (self, row);

  return row;
}

static uint32_t
find_outside (HsWalk   *self,
              PyObject *object)
{
  uint32_t *row = hs_address_map_get (&self->rows.others, (uint64_t)object);

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

uint32_t
hs_walk_find (HsWalk   *self,
              PyObject *object)
{
  uint32_t *slot;
  uint32_t  row;

  if (!hs_arenas_contain (object))
    return find_outside (self, object);

  slot = hs_rows_get (&self->rows, object);
  if (slot == NULL)
    {
      self->out.is_cut = true;
      return UINT32_MAX;
    }
  if (*slot != 0)
    return *slot - 1;

  row = add_object (self, object);
  if (row != UINT32_MAX)
    *slot = row + 1;

  return row;
}

PyObject *
hs_walk_get_object (HsWalk   *self,
                    uint32_t  row,
                    uint32_t *n_wide)
{
  const HsSnapshotWide *wide = self->out.wide_address.rows;
  uint32_t              granule = self->out.object_address[row];

  if (__builtin_expect (granule == HS_NARROW_U32, 0))
    {
      while (wide[*n_wide].row < row)
        (*n_wide)++;
      return (PyObject *)(uintptr_t)wide[*n_wide].value;
    }

  return (PyObject *)(uintptr_t)(self->out.base_address + (uint64_t)granule * HS_GRANULE);
}

static uint32_t
get_type_of (HsWalk   *self,
             uint32_t  row,
             PyObject *object)
{
  uint16_t type = self->out.object_type[row];

  return type != HS_NARROW_U16 ? type : find_type (self, Py_TYPE (object));
}

/* An object is described in all its blocks or not at all; nor are those behind
 * one for which there was no room.
 */
static void
describe (HsWalk *self)
{
  uint32_t first_field = self->out.n_fields;
  uint32_t n_described = self->out.n_described;

  hs_walk_add_fields (self);
  if (!self->out.is_fields_full)
    return;

  self->out.n_fields = first_field;
  self->out.n_described = n_described;
  self->n_described_max = self->current;
}

static void
take_turn (HsWalk   *self,
           uint32_t  i,
           PyObject *object)
{
  uint16_t *flags = &self->out.object_flags[i];
  uint64_t  occupied;
  uint64_t  requested;

  self->current = i;
  self->object = object;
  self->info = &self->infos[get_type_of (self, i, object)];
  self->first_edge = self->out.n_edges;
  self->first_block = self->out.n_blocks;

  measure (self, i, object, self->info);
  occupied = self->main_occupied;
  requested = self->main_requested;
  if (__builtin_expect (self->out.is_cut, 0))
    {
      *flags |= HS_OBJECT_BLOCKS_INCOMPLETE | HS_OBJECT_EDGES_INCOMPLETE;
      return;
    }

  if (self->is_all)
    hs_walk_find (self, (PyObject *)self->info->type);
  if (!hs_walk_add_blocks (self))
    *flags |= HS_OBJECT_BLOCKS_INCOMPLETE;
  /* Behind what the names reach nothing is a boundary: all is looked at. */
  if (((*flags & HS_OBJECT_BOUNDARY) == 0 || self->is_all) && !hs_walk_add_edges (self))
    *flags |= HS_OBJECT_EDGES_INCOMPLETE;
  /* Now the objects that it refers to are known by their addresses; some of
   * them have been measured in between.
   */
  if (i < self->n_described_max && !self->out.is_cut)
    {
      self->main_occupied = occupied;
      self->main_requested = requested;
      describe (self);
    }
}

void
hs_walk_revisit (HsWalk   *self,
                 uint32_t  row,
                 PyObject *object)
{
  self->current = row;
  self->object = object;
  self->info = &self->infos[get_type_of (self, row, object)];
  self->first_edge = self->out.n_edges;
  if (!hs_walk_add_edges (self))
    self->out.object_flags[row] |= HS_OBJECT_EDGES_INCOMPLETE;
}

/* ---- The look ahead ----
 *
 * In a heap that has lived, each object lies somewhere else, and each first
 * look at one waits for memory for a hundred times as long as all else takes.
 * So what a turn will need is fetched some turns before: the object; then where
 * its references stand; then what they point to.
 */

static void
fetch_references (HsWalk   *self,
                  uint32_t  row,
                  PyObject *object,
                  bool      is_near)
{
  const HsTypeInfo *info = &self->infos[get_type_of (self, row, object)];
  PyObject        **items;
  Py_ssize_t        n;

  if (info->peek == HS_PY_PEEK_NONE)
    return;

  items = hs_py_peek (object, info->peek, &n);
  if (items == NULL)
    return;
  if (!is_near)
    {
      __builtin_prefetch (items);
      return;
    }
  if (n > N_FETCHED)
    n = N_FETCHED;
  for (Py_ssize_t i = 0; i < n; i++)
    if (items[i] != NULL)
      hs_walk_fetch (self, items[i]);
}

/* One of the three stages: @at is how far it has come, @distance how far that
 * shall be.
 */
static void
look_ahead (HsWalk  *self,
            HsAhead *at,
            uint32_t distance,
            int      stage)
{
  while (at->n < distance)
    {
      uint32_t  next = at->n == 0 ? self->first_waiting : self->out.object_edges[at->row];
      PyObject *object;

      if (next == NONE_WAITING)
        break;
      at->row = next;
      at->n++;
      object = hs_walk_get_object (self, next, &at->n_wide);

      if (stage == 0)
        {
          hs_walk_fetch_head (object);
          __builtin_prefetch ((char *)object - 32);
        }
      else
        fetch_references (self, next, object, stage == 2);
    }
}

/* Rows that need no turn have no edges. */
static void
begin_up_to (HsWalk  *self,
             uint32_t end)
{
  while (self->out.n_begun < end)
    {
      self->out.object_flags[self->out.n_begun] &= (uint16_t)~IS_DONE;
      hs_snapshot_writer_begin_object (&self->out);
    }
}

void
hs_walk_follow (HsWalk *self)
{
  HsAhead stages[3];

  for (int stage = 0; stage < 3; stage++)
    stages[stage] = (HsAhead) { .n_wide = self->n_wide_seen };

  while (self->first_waiting != NONE_WAITING)
    {
      uint32_t  row = self->first_waiting;
      PyObject *object = hs_walk_get_object (self, row, &self->n_wide_seen);

      for (int stage = 0; stage < 3; stage++)
        look_ahead (self, &stages[stage], 1 + (uint32_t)(3 - stage) * STAGE_DISTANCE, stage);

      self->first_waiting = self->out.object_edges[row];
      for (int stage = 0; stage < 3; stage++)
        stages[stage].n--;
      begin_up_to (self, row + 1);
      take_turn (self, row, object);
    }
  begin_up_to (self, self->out.n_objects);
}
