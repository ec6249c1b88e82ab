/* hs-anatomy-aim.c - where the pointers of an anatomy lead
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-anatomy-private.h"

#include <string.h>

static guint
find_main_block (HsAnatomy *self,
                 guint32    object)
{
  for (guint i = 0; i < self->blocks->len; i++)
    if (_hs_anatomy_block (self, i)->kind == HS_BLOCK_MAIN &&
        _hs_anatomy_block (self, i)->object == object)
      return i;

  return G_MAXUINT;
}

/* The block that begins at @address, or else in which it lies. */
static guint
find_block (HsAnatomy *self,
            guint64    address)
{
  guint found = G_MAXUINT;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const HsAnatomyBlock *block = _hs_anatomy_block (self, i);

      if (block->occupied == HS_BYTES_UNKNOWN || address < block->address ||
          address - block->address >= block->occupied)
        continue;
      if (address == block->address)
        return i;
      if (found == G_MAXUINT)
        found = i;
    }

  return found;
}

static void
resolve_object (HsAnatomy      *self,
                HsAnatomyBlock *block,
                HsAnatomyField *field,
                guint64         address)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  guint32               object = hs_heap_find_address (self->heap, address);

  if (object == HS_NO_OBJECT)
    {
      field->aim = HS_AIM_OUTSIDE;
      if (strcmp (field->name, "ob_type") == 0)
        field->value =
          hs_heap_dup_type_name (self->heap, hs_snapshot_view_get_type (view, block->object));
      return;
    }

  field->object = object;
  field->block = find_main_block (self, object);
  field->aim = field->block != G_MAXUINT ? HS_AIM_BLOCK : HS_AIM_OBJECT;
  field->value = hs_anatomy_dup_object_name (self, object);
}

static void
resolve_field (HsAnatomy      *self,
               HsAnatomyBlock *block,
               HsAnatomyField *field)
{
  const HsSnapshotView *view = hs_heap_get_view (self->heap);
  HsFieldKind           kind = (HsFieldKind)view->field_kind[field->row];
  guint64               address = view->field_value[field->row];

  if (kind != HS_FIELD_OBJECT && kind != HS_FIELD_POINTER)
    return;
  /* Set in coroutines and asynchronous generators only; Objects/genobject.c. */
  if (strcmp (field->name, "gi_origin_or_finalizer") == 0)
    {
      field->aim = HS_AIM_OUTSIDE;
      return;
    }

  if (address == 0)
    {
      field->aim = HS_AIM_NULL;
      field->value = g_strdup ("NULL");
      return;
    }
  if (kind == HS_FIELD_OBJECT)
    {
      resolve_object (self, block, field, address);
      return;
    }

  field->aim = HS_AIM_OUTSIDE;
  /* The collector's list goes from object to object, in no order that means something. */
  if (g_str_has_prefix (field->name, "_gc_"))
    return;
  field->block = find_block (self, address);
  if (field->block != G_MAXUINT)
    {
      field->aim = HS_AIM_BLOCK;
      field->object = _hs_anatomy_block (self, field->block)->object;
    }
}

void
_hs_anatomy_resolve (HsAnatomy *self)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      HsAnatomyBlock *block = _hs_anatomy_block (self, b);

      for (guint i = block->first_field; i < block->first_field + block->n_fields; i++)
        {
          HsAnatomyField *field = _hs_anatomy_field (self, i);

          if (field->row != G_MAXUINT32 && field->n == 1)
            resolve_field (self, block, field);
        }
    }
}
