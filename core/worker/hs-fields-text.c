/* hs-fields-text.c - what the bytes of numbers, text and buffers are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fields.h"
#include "hs-structs-modules.h"

#include <stdio.h>

/* ---- Numbers ---- */

static void
add_int (HsFields *self,
         PyObject *object)
{
#if PY_VERSION_HEX >= 0x030c0000
  uint64_t n = (uint64_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);

  hs_fields_add_named (self, "lv_tag", HS_FIELD_BITS, 8);
#else
  uint64_t n = (uint64_t)(Py_SIZE (object) < 0 ? -Py_SIZE (object) : Py_SIZE (object));

  hs_fields_add_named (self, "ob_size", HS_FIELD_SIGNED, 8);
#endif
  hs_fields_add_array (self, "ob_digit[#]", HS_FIELD_UNSIGNED, n > 0 ? n : 1, sizeof (digit));
}

/* ---- Text and bytes ---- */

/* The bytes or characters of the current object, and the zero behind them. */
static void
add_content (HsFields   *self,
             const char *name,
             Py_ssize_t  n,
             Py_ssize_t  item_size)
{
  HsWalk  *walk = self->walk;
  uint32_t preview = 0;

  if (hs_walk_get_value_kind (walk->info) == HS_VALUE_TEXT)
    preview = (uint32_t)walk->out.object_value[walk->current];
  hs_fields_add_value (self, hs_walk_get_c_label (walk, name), HS_FIELD_TEXT,
                       (uint64_t)(n * item_size), preview);
  /* Not read: of a large bytes object of zeros the last page may not be there. */
  hs_fields_add_value (self, hs_walk_get_c_label (walk, "NUL"), HS_FIELD_UNSIGNED,
                       (uint64_t)item_size, 0);
}

/* Bits of a str have no offsets of their own: one field tells them all. */
static void
add_str_state (HsFields      *self,
               PyASCIIObject *str)
{
  uint64_t key = UINT64_C (1) << 63 | (uint64_t)str->state.interned << 8 |
                 (uint64_t)str->state.kind << 2 | (uint64_t)str->state.compact << 1 |
                 str->state.ascii;
  uint32_t *text = hs_address_map_get (&self->walk->labels, key);
  char      buffer[80];
  int       size;

  if (text == NULL)
    return;

  if (*text == UINT32_MAX)
    {
      size = snprintf (buffer, sizeof buffer, "interned=%u kind=%u compact=%u ascii=%u",
                       (unsigned)str->state.interned, (unsigned)str->state.kind,
                       (unsigned)str->state.compact, (unsigned)str->state.ascii);
      *text = hs_snapshot_writer_add_field_text (&self->walk->out, buffer, (size_t)size);
    }
  hs_fields_add_value (self, hs_walk_get_c_label (self->walk, "state"), HS_FIELD_TEXT,
                       sizeof (str->state), *text);
}

static void
add_str (HsFields *self,
         PyObject *object)
{
  PyASCIIObject *str = (PyASCIIObject *)object;

  hs_fields_add_named (self, "length", HS_FIELD_SIGNED, 8);
  hs_fields_add_named (self, "hash", HS_FIELD_SIGNED, 8);
  add_str_state (self, str);
  hs_fields_skip_to (self, 40);
#if PY_VERSION_HEX < 0x030c0000
  hs_fields_add_named (self, "wstr", HS_FIELD_POINTER, 8);
#endif
  if (str->state.compact && str->state.ascii)
    {
      add_content (self, "data", str->length, 1);
      return;
    }

  hs_fields_add_named (self, "utf8_length", HS_FIELD_SIGNED, 8);
  hs_fields_add_named (self, "utf8", HS_FIELD_POINTER, 8);
#if PY_VERSION_HEX < 0x030c0000
  hs_fields_add_named (self, "wstr_length", HS_FIELD_SIGNED, 8);
#endif
  if (str->state.compact)
    add_content (self, "data", str->length, str->state.kind);
  else
    hs_fields_add_named (self, "data", HS_FIELD_POINTER, 8);
}

static void
add_bytes (HsFields *self,
           PyObject *object)
{
  hs_fields_add_named (self, "ob_size", HS_FIELD_SIGNED, 8);
  hs_fields_add_named (self, "ob_shash", HS_FIELD_SIGNED, 8);
  add_content (self, "ob_sval", Py_SIZE (object), 1);
}

bool
hs_fields_add_text_object (HsFields *self,
                           PyObject *object,
                           HsLayout  layout)
{
  static const HsFieldSpec bytearray_fields[] = {
    HS_FIELD (PyByteArrayObject, ob_base.ob_size, SIGNED),
    HS_FIELD (PyByteArrayObject, ob_alloc, SIGNED),
    HS_FIELD (PyByteArrayObject, ob_bytes, POINTER),
    HS_FIELD (PyByteArrayObject, ob_start, POINTER),
    HS_FIELD (PyByteArrayObject, ob_exports, SIGNED),
    HS_FIELD_END,
  };
  static const HsFieldSpec array_fields[] = {
    { "ob_size", HS_FIELD_SIGNED, 8, offsetof (HsArrayObject, head.ob_size) },
    { "ob_item", HS_FIELD_POINTER, 8, offsetof (HsArrayObject, items) },
    { "allocated", HS_FIELD_SIGNED, 8, offsetof (HsArrayObject, allocated) },
    { "ob_descr", HS_FIELD_POINTER, 8, offsetof (HsArrayObject, description) },
    { "weakreflist", HS_FIELD_OBJECT, 8, offsetof (HsArrayObject, weak_list) },
    { "ob_exports", HS_FIELD_SIGNED, 8, offsetof (HsArrayObject, exports) },
    HS_FIELD_END,
  };

  switch (layout)
    {
    case HS_LAYOUT_BOOL:
    case HS_LAYOUT_INT:
      add_int (self, object);
      return true;

    case HS_LAYOUT_FLOAT:
      hs_fields_add_named (self, "ob_fval", HS_FIELD_DOUBLE, 8);
      return true;

    case HS_LAYOUT_COMPLEX:
      hs_fields_add_named (self, "cval.real", HS_FIELD_DOUBLE, 8);
      hs_fields_add_named (self, "cval.imag", HS_FIELD_DOUBLE, 8);
      return true;

    case HS_LAYOUT_STR:
      add_str (self, object);
      return true;

    case HS_LAYOUT_BYTES:
      add_bytes (self, object);
      return true;

    case HS_LAYOUT_BYTEARRAY:
      hs_fields_add_struct (self, bytearray_fields, 0);
      return true;

    case HS_LAYOUT_ARRAY:
      hs_fields_add_struct (self, array_fields, 0);
      return true;

    default:
      return false;
    }
}

/* ---- Their other blocks ---- */

static void
add_str_block (HsFields   *self,
               PyObject   *object,
               HsBlockKind kind)
{
  PyASCIIObject          *str = (PyASCIIObject *)object;
  PyCompactUnicodeObject *compact = (PyCompactUnicodeObject *)object;

  if (kind == HS_BLOCK_BUFFER)
    add_content (self, "data", str->length, str->state.kind);
  else if (kind == HS_BLOCK_UTF8)
    add_content (self, "utf8", compact->utf8_length, 1);
#if PY_VERSION_HEX < 0x030c0000
  else
    {
      uint64_t n =
        (uint64_t)(str->state.compact && str->state.ascii ? str->length : compact->wstr_length) +
        1;

      hs_fields_add_items (self, "wstr", n, n * sizeof (wchar_t));
    }
#endif
}

/* What has been removed at the start is still there. */
static void
add_bytearray_block (HsFields *self,
                     PyObject *object)
{
  PyByteArrayObject *array = (PyByteArrayObject *)object;

  hs_fields_skip_to (self, array->ob_start - array->ob_bytes);
  add_content (self, "ob_start", Py_SIZE (array), 1);
  hs_fields_skip_to (self, array->ob_alloc);
}

/* Modules/arraymodule.c, descriptors[] */
static HsFieldKind
get_array_kind (char type_code)
{
  switch (type_code)
    {
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
      return HS_FIELD_SIGNED;

    case 'f':
    case 'd':
      return HS_FIELD_DOUBLE;

    default:
      return HS_FIELD_UNSIGNED;
    }
}

static void
add_array_block (HsFields *self,
                 PyObject *object)
{
  HsArrayObject *array = (HsArrayObject *)object;
  int            item_size = array->description->item_size;

  hs_fields_add_array (self, "ob_item[#]", get_array_kind (array->description->type_code),
                       (uint64_t)Py_SIZE (array), (uint64_t)item_size);
  hs_fields_skip_to (self, array->allocated * item_size);
}

bool
hs_fields_add_text_block (HsFields   *self,
                          PyObject   *object,
                          HsBlockKind kind)
{
  switch (self->walk->info->layout)
    {
    case HS_LAYOUT_STR:
      if (kind != HS_BLOCK_BUFFER && kind != HS_BLOCK_UTF8 && kind != HS_BLOCK_EXTRA)
        return false;
      add_str_block (self, object, kind);
      return true;

    case HS_LAYOUT_BYTEARRAY:
      if (kind != HS_BLOCK_BUFFER)
        return false;
      add_bytearray_block (self, object);
      return true;

    case HS_LAYOUT_ARRAY:
      if (kind != HS_BLOCK_BUFFER)
        return false;
      add_array_block (self, object);
      return true;

    default:
      return false;
    }
}
