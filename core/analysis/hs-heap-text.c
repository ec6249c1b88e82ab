/* hs-heap-text.c - the texts of a snapshot as they may be shown
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-format.h"
#include "hs-heap-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Appends @c so that it can be seen, stays on its line and changes nothing
 * around it: controls as their pictures, what else has no shape (direction
 * marks, line separators, zero widths) as Python's repr() writes it.
 */
static void
append_visible (GString *text,
                gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
      if (c < 0x20)
        g_string_append_unichar (text, 0x2400 + c);
      else if (c == 0x7f)
        g_string_append_unichar (text, 0x2421);
      else
        g_string_append_printf (text, "\\x%02x", c);
      break;

    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      g_string_append_printf (text, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
      break;

    default:
      g_string_append_unichar (text, c);
      break;
    }
}

/* At most @max_chars characters of the @size bytes at @bytes. */
static char *
make_visible (const char *bytes,
              gsize       size,
              gsize       max_chars)
{
  const char *end = bytes + size;
  const char *p = bytes;
  GString    *text = g_string_sized_new (MIN (size, 256));

  for (gsize n = 0; p < end; n++)
    {
      gunichar c;

      if (n == max_chars)
        {
          g_string_append (text, "…");
          break;
        }

      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar)-1 || c == (gunichar)-2)
        {
          /* One sign for each byte that is no part of a character. */
          g_string_append (text, "\xef\xbf\xbd");
          p++;
        }
      else
        {
          append_visible (text, c);
          p = g_utf8_next_char (p);
        }
    }

  return g_string_free (text, FALSE);
}

char *
_hs_text_make_visible (const char *text)
{
  return make_visible (text, strlen (text), G_MAXSIZE);
}

/* Longest text of a result that is shown whole: as long as a preview or a path can be. A hostile
 * worker can have every name be the same text of a gigabyte.
 */
#define STRING_CHARS_MAX ((gsize)4096)

char *
_hs_text_make_visible_part (const char *text)
{
  return make_visible (text, strnlen (text, (STRING_CHARS_MAX + 1) * 4), STRING_CHARS_MAX);
}

char *
hs_format_visible (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return _hs_text_make_visible (text);
}

char *
hs_heap_dup_string (HsHeap  *self,
                    uint32_t offset)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (offset < self->view.strings_size, NULL);

  return _hs_text_make_visible_part (hs_snapshot_view_get_string (&self->view, offset));
}

char *
_hs_heap_dup_short_string (HsHeap  *self,
                           uint32_t offset,
                           guint    max_chars)
{
  const char *bytes = hs_snapshot_view_get_string (&self->view, offset);

  /* No character is longer than four bytes; one more character says that
   * there is more.
   */
  return make_visible (bytes, strnlen (bytes, ((gsize)max_chars + 1) * 4), max_chars);
}

/* Longest type name that is shown whole. */
#define TYPE_NAME_CHARS 100

char *
hs_heap_dup_type_name (HsHeap  *self,
                       uint32_t type)
{
  const HsSnapshotView *view;
  const char           *module;
  g_autofree char      *name = NULL;
  g_autofree char      *prefix = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (type < self->view.n_types, NULL);

  view = &self->view;
  name = _hs_heap_dup_short_string (self, view->type_name[type], TYPE_NAME_CHARS);
  module = hs_snapshot_view_get_string (view, view->type_module[type]);

  if (*module == '\0' || strcmp (module, "builtins") == 0 || strcmp (module, "__main__") == 0)
    return g_steal_pointer (&name);

  prefix = _hs_heap_dup_short_string (self, view->type_module[type], TYPE_NAME_CHARS);

  return g_strconcat (prefix, ".", name, NULL);
}

const char *
hs_edge_kind_to_string (HsEdgeKind kind)
{
  switch (kind)
    {
    case HS_EDGE_OTHER:
      return "other";
    case HS_EDGE_ATTRIBUTE:
      return "attribute";
    case HS_EDGE_SLOT:
      return "slot";
    case HS_EDGE_INDEX:
      return "index";
    case HS_EDGE_KEY:
      return "key";
    case HS_EDGE_VALUE:
      return "value";
    case HS_EDGE_MEMBER:
      return "member";
    case HS_EDGE_CELL:
      return "cell";
    case HS_EDGE_LOCAL:
      return "local";
    case HS_EDGE_STACK:
      return "stack";
    case HS_EDGE_FIELD:
      return "field";
    case HS_EDGE_CLASS:
      return "class";
    case HS_N_EDGE_KINDS:
      break;
    }

  g_return_val_if_reached ("other");
}

const char *
hs_block_kind_to_string (HsBlockKind kind)
{
  switch (kind)
    {
    case HS_BLOCK_MAIN:
      return "main";
    case HS_BLOCK_ITEMS:
      return "items";
    case HS_BLOCK_KEYS:
      return "keys";
    case HS_BLOCK_VALUES:
      return "values";
    case HS_BLOCK_TABLE:
      return "table";
    case HS_BLOCK_BUFFER:
      return "buffer";
    case HS_BLOCK_UTF8:
      return "utf8";
    case HS_BLOCK_SHARED_KEYS:
      return "shared-keys";
    case HS_BLOCK_EXTRA:
      return "extra";
    case HS_BLOCK_MAPPING:
      return "mapping";
    case HS_BLOCK_DATA:
      return "data";
    case HS_N_BLOCK_KINDS:
      break;
    }

  g_return_val_if_reached ("extra");
}
