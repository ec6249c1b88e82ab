/* hs-heap-field.c - the fields inside a block as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

#include <string.h>

/* Longest value of an object or a text in a field, characters. */
#define VALUE_CHARS 120

static char *
dup_address (guint64 address)
{
  if (address == 0)
    return g_strdup ("NULL");

  return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", address);
}

/* What the object at @address is, its address if it is not in the snapshot. */
static char *
dup_object (HsHeap *self,
            guint64 address)
{
  guint32 object = address != 0 ? hs_heap_find_address (self, address) : HS_NO_OBJECT;

  if (object == HS_NO_OBJECT)
    return dup_address (address);
  if (hs_heap_has_preview (self, object))
    return _hs_heap_dup_short_preview (self, object, VALUE_CHARS);

  return hs_heap_dup_type_name (self, hs_snapshot_view_get_type (&self->view, object));
}

static char *
dup_double (guint64 bits)
{
  GString *text = g_string_new (NULL);
  double   value;

  memcpy (&value, &bits, sizeof value);
  _hs_heap_append_double (text, value);

  return g_string_free (text, FALSE);
}

char *
hs_heap_dup_field_name (HsHeap  *self,
                        uint32_t field)
{
  const HsSnapshotView *view;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->view.n_fields, NULL);

  view = &self->view;
  if (view->field_name[field] == 0)
    return g_strdup (hs_field_kind_to_string ((HsFieldKind)view->field_kind[field]));

  return hs_heap_dup_string (self, view->field_name[field]);
}

char *
hs_heap_dup_field_value (HsHeap  *self,
                         uint32_t field)
{
  guint64 value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->view.n_fields, NULL);

  value = self->view.field_value[field];

  switch ((HsFieldKind)self->view.field_kind[field])
    {
    case HS_FIELD_POINTER:
      return dup_address (value);
    case HS_FIELD_OBJECT:
      return dup_object (self, value);
    case HS_FIELD_UNSIGNED:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
    case HS_FIELD_SIGNED:
      return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)value);
    case HS_FIELD_BITS:
      return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", value);
    case HS_FIELD_DOUBLE:
      return dup_double (value);
    case HS_FIELD_TEXT:
      return _hs_heap_dup_short_string (self, (uint32_t)value, VALUE_CHARS);
    case HS_FIELD_ITEMS:
      return g_strdup_printf ("× %" G_GUINT64_FORMAT, value);
    case HS_FIELD_PADDING:
    case HS_FIELD_UNUSED:
    case HS_N_FIELD_KINDS:
      break;
    }

  return g_strdup ("");
}

const char *
hs_field_kind_to_string (HsFieldKind kind)
{
  switch (kind)
    {
    case HS_FIELD_PADDING:
      return "padding";
    case HS_FIELD_UNUSED:
      return "unused";
    case HS_FIELD_POINTER:
      return "pointer";
    case HS_FIELD_OBJECT:
      return "object";
    case HS_FIELD_UNSIGNED:
      return "unsigned";
    case HS_FIELD_SIGNED:
      return "signed";
    case HS_FIELD_BITS:
      return "bits";
    case HS_FIELD_DOUBLE:
      return "double";
    case HS_FIELD_TEXT:
      return "text";
    case HS_FIELD_ITEMS:
      return "items";
    case HS_N_FIELD_KINDS:
      break;
    }

  g_return_val_if_reached ("unused");
}
