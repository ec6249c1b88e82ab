/* hs-strings-width.c - how many bytes a text takes per character
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-private.h"

/* Bytes before the characters: sizeof (PyASCIIObject) and of
 * PyCompactUnicodeObject (CPython's Include/cpython/unicodeobject.h, 64 bits;
 * PEP 393). 3.12 took wstr and its length away (PEP 623).
 */
#define HEXVERSION_WITHOUT_WSTR 0x030c0000
#define ASCII_HEADER(hex)       ((hex) < HEXVERSION_WITHOUT_WSTR ? 48u : 40u)
#define COMPACT_HEADER(hex)     ((hex) < HEXVERSION_WITHOUT_WSTR ? 72u : 56u)

/* More characters than this are in no str: sums stay far from an overflow. */
#define LENGTH_MAX (G_GUINT64_CONSTANT (1) << 60)

/* A copy of the text in UTF-8 or in wchar_t, or characters that stand apart:
 * sys.getsizeof() counts them, too.
 */
static gboolean
has_other_blocks (HsStrings *self,
                  uint32_t   object)
{
  guint32 first;

  return hs_heap_get_blocks (self->heap, object, &first) > 0;
}

/* A str says what it takes by its size. 0: it does not. */
static guint
get_width_by_size (HsStrings *self,
                   uint32_t   object,
                   gboolean  *is_ascii)
{
  static const guint    widths[] = { 1, 2, 4 };
  const HsSnapshotView *view = &self->heap->view;
  guint64               length = hs_snapshot_view_get_length (view, object);
  guint64               size = hs_snapshot_view_get_getsizeof (view, object);

  *is_ascii = FALSE;
  if (length > LENGTH_MAX || has_other_blocks (self, object))
    return 0;
  if (size == ASCII_HEADER (view->info.python_hex) + length + 1)
    {
      *is_ascii = TRUE;
      return 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    if (size == COMPACT_HEADER (view->info.python_hex) + (length + 1) * widths[i])
      return widths[i];

  return 0;
}

/* The character at @text, an escape of repr() taken for what it stands for. */
static gunichar
get_character (const char  *text,
               const char  *end,
               const char **next)
{
  guint    n_digits = 0;
  gunichar c;

  c = g_utf8_get_char_validated (text, end - text);
  if (c == (gunichar)-1 || c == (gunichar)-2)
    {
      *next = text + 1;
      return 0;
    }
  *next = g_utf8_next_char (text);
  if (c != '\\' || *next >= end)
    return c;

  n_digits = **next == 'x' ? 2 : **next == 'u' ? 4
                               : **next == 'U' ? 8
                                               : 0;
  *next += 1;
  for (c = 0; n_digits > 0 && *next < end && g_ascii_isxdigit (**next); n_digits--)
    {
      c = c * 16 + (gunichar)g_ascii_xdigit_value (**next);
      *next += 1;
    }

  return c;
}

/* The highest character decides (PyUnicode_New(), CPython's
 * Objects/unicodeobject.c); all of them are seen unless the preview is cut.
 */
static guint
get_width_by_text (HsStrings *self,
                   uint32_t   object,
                   gboolean  *is_ascii)
{
  gunichar    highest = 0;
  const char *text;
  const char *end;
  gsize       size = _hs_identity_get_text (self->identity, object, &text);

  *is_ascii = FALSE;
  if (self->heap->view.object_flags[object] & HS_OBJECT_PREVIEW_CUT ||
      size >= HS_PREVIEW_MAX - 2)
    return 0;
  for (end = text + size; text < end;)
    {
      gunichar c = get_character (text, end, &text);

      highest = MAX (highest, c);
    }
  *is_ascii = highest < 0x80;

  return highest < 0x100 ? 1 : highest < 0x10000 ? 2
                                                 : 4;
}

guint
_hs_strings_get_width (HsStrings *self,
                       uint32_t   object,
                       gboolean  *is_ascii)
{
  guint width = get_width_by_size (self, object, is_ascii);

  return width != 0 ? width : get_width_by_text (self, object, is_ascii);
}

/* A copy need not have the UTF-8 form that was made of this one. */
guint64
_hs_strings_get_copy_cost (HsStrings *self,
                           uint32_t   object)
{
  guint64 occupied = hs_snapshot_view_get_main_occupied (&self->heap->view, object);
  guint64 size;

  if ((self->heap->view.object_flags[object] & HS_OBJECT_STATIC) == 0)
    return occupied != HS_BYTES_UNKNOWN ? occupied : 0;

  /* Inside libpython it takes none, but its copy would. */
  size = hs_heap_get_getsizeof (self->heap, object);
  if (size >= G_MAXINT64)
    return 0;

  return (size + HS_GRANULE - 1) / HS_GRANULE * HS_GRANULE;
}
