/* hs-fields.c - what the bytes of a block are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"

#include "hs-arenas.h"
#include "hs-compat.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

/* The blocks of an object that are described; of the others, which large deques
 * and OrderedDicts have, each is one field.
 */
#define N_BLOCKS_MAX 256

/* ---- One field after the other ---- */

void
hs_fields_add_value (HsFields   *self,
                     uint32_t    label,
                     HsFieldKind kind,
                     uint64_t    size,
                     uint64_t    value)
{
  if (size == 0 || self->at > self->end || size > (uint64_t)(self->end - self->at))
    return;

  hs_snapshot_writer_add_field (&self->walk->out, self->block, (int32_t)self->at, size, label,
                                kind, value);
  self->at += (int64_t)size;
}

static uint64_t
read_signed (const char *from,
             uint64_t    size)
{
  switch (size)
    {
    case 1:
      return (uint64_t)(int64_t) * (const int8_t *)from;

    case 2:
      return (uint64_t)(int64_t) * (const int16_t *)(const void *)from;

    case 4:
      return (uint64_t)(int64_t) * (const int32_t *)(const void *)from;

    default:
      return *(const uint64_t *)(const void *)from;
    }
}

static uint64_t
read_value (const char *from,
            HsFieldKind kind,
            uint64_t    size)
{
  uint64_t value = 0;

  switch (kind)
    {
    case HS_FIELD_SIGNED:
      return read_signed (from, size);

    case HS_FIELD_POINTER:
    case HS_FIELD_OBJECT:
    case HS_FIELD_UNSIGNED:
    case HS_FIELD_BITS:
      memcpy (&value, from, size < sizeof value ? size : sizeof value);
      return value;

    case HS_FIELD_DOUBLE:
      if (size == sizeof (float))
        {
          double number = (double)*(const float *)(const void *)from;

          memcpy (&value, &number, sizeof value);
        }
      else
        memcpy (&value, from, sizeof value);
      return value;

    default:
      return 0;
    }
}

void
hs_fields_add (HsFields   *self,
               uint32_t    label,
               HsFieldKind kind,
               uint64_t    size)
{
  if (self->at > self->end || size > (uint64_t)(self->end - self->at))
    return;

  hs_fields_add_value (self, label, kind, size, read_value (self->start + self->at, kind, size));
}

void
hs_fields_add_named (HsFields   *self,
                     const char *name,
                     HsFieldKind kind,
                     uint64_t    size)
{
  hs_fields_add (self, hs_walk_get_c_label (self->walk, name), kind, size);
}

void
hs_fields_add_unused (HsFields *self,
                      int64_t   size)
{
  int64_t room = self->end - self->at;

  if (size > room)
    size = room;
  if (size > 0)
    hs_fields_add_value (self, 0, HS_FIELD_UNUSED, (uint64_t)size, 0);
}

void
hs_fields_skip_to (HsFields *self,
                   int64_t   offset)
{
  hs_fields_add_unused (self, offset - self->at);
}

/* ---- Many of the same ---- */

void
hs_fields_add_items (HsFields   *self,
                     const char *name,
                     uint64_t    n,
                     uint64_t    size)
{
  if (n > 0)
    hs_fields_add_value (self, hs_walk_get_c_label (self->walk, name), HS_FIELD_ITEMS, size, n);
}

/* Labels are found by the address of what they are made of; addresses leave the
 * highest 16 bits free for the number.
 */
uint32_t
hs_fields_get_indexed_label (HsFields   *self,
                             const char *name,
                             uint32_t    i)
{
  uint64_t    key = (uint64_t)name | (uint64_t)(i + 1) << 48;
  const char *mark = strchr (name, '#');
  uint32_t   *offset = hs_address_map_get (&self->walk->labels, key);
  char        text[80];
  int         size;

  if (offset == NULL || i >= UINT16_MAX)
    return 0;

  if (*offset == UINT32_MAX)
    {
      if (mark != NULL)
        size = snprintf (text, sizeof text, "%.*s%u%s", (int)(mark - name), name, i, mark + 1);
      else
        size = snprintf (text, sizeof text, "%s[%u]", name, i);
      *offset = hs_snapshot_writer_add_field_text (&self->walk->out, text, (size_t)size);
    }

  return *offset;
}

void
hs_fields_add_array (HsFields   *self,
                     const char *name,
                     HsFieldKind kind,
                     uint64_t    n,
                     uint64_t    size)
{
  uint64_t n_single = n < HS_FIELDS_LIMIT ? n : HS_FIELDS_LIMIT;

  for (uint64_t i = 0; i < n_single; i++)
    hs_fields_add (self, hs_fields_get_indexed_label (self, name, (uint32_t)i), kind, size);

  if (n > n_single)
    hs_fields_add_value (self, hs_fields_get_indexed_label (self, name, HS_FIELDS_LIMIT),
                         HS_FIELD_ITEMS, (n - n_single) * size, n - n_single);
}

void
hs_fields_add_struct (HsFields          *self,
                      const HsFieldSpec *specs,
                      int64_t            offset)
{
  for (; specs->name != NULL; specs++)
    {
      hs_fields_skip_to (self, offset + specs->offset);
      hs_fields_add_named (self, specs->name, (HsFieldKind)specs->kind, specs->size);
    }
}

/* ---- What is not known ---- */

bool
hs_fields_is_object (HsFields *self,
                     uint64_t  address)
{
  HsWalk     *walk = self->walk;
  const void *object = (const void *)(uintptr_t)address;
  uint32_t   *slot;

  if (!hs_arenas_contain (object))
    return address != 0 && hs_address_map_find (&walk->rows.others, address) != NULL;
  /* Only pools in which objects have been seen can be asked. */
  if (address % HS_GRANULE != 0 || walk->rows.pools[hs_arenas_pool_index (object)].first == 0 ||
      (uintptr_t)object % HS_POOL_SIZE < sizeof (HsPoolHeader))
    return false;

  slot = hs_rows_get (&walk->rows, object);

  return slot != NULL && *slot != 0 &&
         walk->out.object_address[*slot - 1] ==
           (address - walk->out.base_address) / HS_GRANULE;
}

void
hs_fields_add_word (HsFields *self,
                    uint32_t  label)
{
  uint64_t    value;
  HsFieldKind kind = HS_FIELD_UNSIGNED;

  if (self->end - self->at < (int64_t)sizeof value)
    return;

  memcpy (&value, self->start + self->at, sizeof value);
  if (hs_fields_is_object (self, value))
    kind = HS_FIELD_OBJECT;
  else if (hs_arenas_contain ((const void *)(uintptr_t)value))
    kind = HS_FIELD_POINTER;
  hs_fields_add_value (self, label, kind, sizeof value, value);
}

void
hs_fields_add_words (HsFields *self,
                     int64_t   end)
{
  if (end > self->end)
    end = self->end;
  for (int n = 0; end - self->at >= 8 && n < HS_FIELDS_LIMIT; n++)
    hs_fields_add_word (self, hs_fields_get_indexed_label (self, "word #", (uint32_t)self->at));

  if (end - self->at >= 8)
    hs_fields_add_items (self, "words", (uint64_t)(end - self->at) / 8,
                         (uint64_t)(end - self->at) & ~UINT64_C (7));
  if (end > self->at)
    hs_fields_add_items (self, "bytes", (uint64_t)(end - self->at),
                         (uint64_t)(end - self->at));
}

void
hs_fields_add_c_text (HsFields   *self,
                      const char *name)
{
  const char *text = self->start + self->at;
  uint64_t    room = (uint64_t)(self->end - self->at);
  uint64_t    size = strnlen (text, room);

  if (size == room)
    return;

  /* Only as much as a person reads. */
  hs_fields_add_value (self, hs_walk_get_c_label (self->walk, name), HS_FIELD_TEXT, size,
                       hs_snapshot_writer_add_field_text (&self->walk->out, text,
                                                          size < 200 ? size : 200));
  hs_fields_add_named (self, "NUL", HS_FIELD_UNSIGNED, 1);
}

/* ---- Blocks ---- */

/* glibc's malloc() keeps the size of a chunk before it, and before that, if the
 * chunk was mapped alone, another word (malloc/malloc.c).
 */
static void
begin_chunk (HsFields   *self,
             const void *first,
             uint64_t    occupied)
{
#if HS_WITH_ASAN
  /* There is no chunk; hs_occupied_get() says how many bytes one would have. */
  self->at -= 8;
  self->block_end = self->at + (int64_t)occupied;
  self->end = self->at + 8 + (int64_t)malloc_usable_size ((void *)(uintptr_t)first);
  hs_fields_add_value (self, hs_walk_get_c_label (self->walk, "mchunk_size"), HS_FIELD_BITS, 8, 0);
#else
  const uint64_t *size_word = (const uint64_t *)first - 1;
  bool            is_mapped = (*size_word & 2) != 0;

  self->at -= is_mapped ? 16 : 8;
  self->end = self->at + (int64_t)occupied;
  self->block_end = self->end;
  if (is_mapped)
    hs_fields_add_named (self, "mchunk_prev_size", HS_FIELD_UNSIGNED, 8);
  hs_fields_add_named (self, "mchunk_size", HS_FIELD_BITS, 8);
#endif
}

/* @start: where offsets are counted from; @before: bytes of the block before that. */
static void
begin (HsFields   *self,
       HsWalk     *walk,
       const char *start,
       int64_t     before,
       uint64_t    occupied,
       uint64_t    requested)
{
  self->walk = walk;
  self->start = start;
  self->at = -before;
  self->end = HS_FIELDS_NO_END;
  self->block_end = HS_FIELDS_NO_END;
  self->is_exact = false;
  if (occupied == HS_BYTES_UNKNOWN || occupied == 0)
    return;

  if (hs_arenas_get_class (start - before) == 0)
    begin_chunk (self, start - before, occupied);
  else
    {
      self->end = self->at + (int64_t)occupied;
      self->block_end = self->end;
    }
  if (requested <= (uint64_t)(self->end + before))
    {
      self->end = (int64_t)requested - before;
      self->is_exact = true;
    }
}

/* What is left of the block: nobody asked for the rest, or it is not known who did. */
static void
finish (HsFields *self)
{
  if (self->block_end == HS_FIELDS_NO_END)
    return;

  if (self->is_exact)
    hs_fields_skip_to (self, self->end);
  self->end = self->block_end;
  hs_fields_add_value (self, 0, HS_FIELD_PADDING, (uint64_t)(self->end - self->at), 0);
}

static void
add_head (HsFields *self,
          PyObject *object,
          size_t    presize)
{
  const char *names[2];
  HsFieldKind kinds[2];

  if (presize >= 32 || (presize == 16 && !PyObject_IS_GC (object)))
    {
      hs_py_get_preheader (object, names, kinds);
      for (int i = 0; i < 2; i++)
        hs_fields_add_named (self, names[i], kinds[i], 8);
    }
  if (self->at < 0)
    {
      hs_fields_add_named (self, "_gc_next", HS_FIELD_POINTER, 8);
      hs_fields_add_named (self, "_gc_prev", HS_FIELD_POINTER, 8);
    }
  hs_fields_add_named (self, "ob_refcnt", HS_FIELD_SIGNED, 8);
  hs_fields_add_named (self, "ob_type", HS_FIELD_OBJECT, 8);
}

static void
add_main (HsWalk *walk)
{
  PyObject *object = walk->object;
  HsLayout  layout = walk->info->layout;
  HsFields  fields = { 0 };
  /* Static types have no GC header. */
  size_t presize = walk->main_occupied == 0 ? hs_py_get_presize (object) : walk->info->presize;

  begin (&fields, walk, (const char *)object, (int64_t)presize, walk->main_occupied,
         walk->main_requested);
  add_head (&fields, object, presize);
  if (!hs_fields_add_text_object (&fields, object, layout) &&
      !hs_fields_add_container (&fields, object, layout) &&
      !hs_fields_add_code_object (&fields, object, layout) &&
      !hs_fields_add_type_object (&fields, object))
    hs_fields_add_shape (&fields, walk->info->type);
  hs_fields_add_instance (&fields, object);
  finish (&fields);
}

/* Describes the block @i; if not @is_whole, as one field. */
static void
add_block (HsWalk  *walk,
           uint32_t i,
           bool     is_whole)
{
  PyObject   *object = walk->object;
  HsBlockKind kind = (HsBlockKind)walk->out.block_kind[i];
  uint64_t    address;
  uint64_t    occupied;
  HsFields    fields = { .block = (uint16_t)(i - walk->first_block + 1) };

  hs_snapshot_writer_get_block (&walk->out, i, &address, &occupied);

  /* Memory of others is not touched. */
  if ((walk->out.block_flags[i] & HS_BLOCK_EXTERNAL) != 0)
    {
      fields.walk = walk;
      fields.end = HS_FIELDS_NO_END;
      if (occupied != HS_BYTES_UNKNOWN)
        hs_fields_add_items (&fields, "bytes", occupied, occupied);
      return;
    }
  if (occupied == HS_BYTES_UNKNOWN)
    return;

  begin (&fields, walk, (const char *)(uintptr_t)address, 0, occupied,
         walk->out.has_ledger ? walk->out.block_requested[i] : HS_BYTES_UNKNOWN);
  if (!is_whole)
    hs_fields_add_items (&fields, "bytes", (uint64_t)(fields.end - fields.at),
                         (uint64_t)(fields.end - fields.at));
  else if (!hs_fields_add_container_block (&fields, object, kind, address) &&
           !hs_fields_add_code_block (&fields, object, address) &&
           !hs_fields_add_text_block (&fields, object, kind) &&
           !hs_fields_add_type_block (&fields, object, address) &&
           !hs_fields_add_module_block (&fields, object, address) &&
           !hs_fields_add_member_block (&fields, object, kind, address))
    hs_fields_add_words (&fields, fields.end);
  finish (&fields);
}

void
hs_walk_add_fields (HsWalk *self)
{
  uint32_t n = self->out.n_blocks - self->first_block;

  if (n > UINT16_MAX)
    n = UINT16_MAX;
  add_main (self);
  for (uint32_t i = 0; i < n; i++)
    add_block (self, self->first_block + i, i < N_BLOCKS_MAX);
}
