/* hs-cli-visible.c - makes what code writes fit for a terminal
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cli-visible.h"

#include <string.h>

#define CHARACTER_MAX 6 /* bytes that GLib takes for one */

#define REPLACEMENT       0xfffd /* REPLACEMENT CHARACTER */
#define CONTROL_PICTURES  0x2400 /* SYMBOL FOR NULL, … */
#define PICTURE_OF_DELETE 0x2421 /* SYMBOL FOR DELETE */

/* Unicode's Bidi_Control: what follows may stand elsewhere than it belongs. */
static gboolean
is_direction (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

static void
add (HsCliVisible *self,
     gunichar      c,
     GString      *text)
{
  gboolean is_end_of_cr = c == '\n' && self->after_cr;

  self->after_cr = c == '\r';
  if (is_end_of_cr)
    return;

  if (c == '\n' || c == '\r')
    g_string_append_c (text, '\n');
  else if (c < 0x20 && c != '\t')
    g_string_append_unichar (text, CONTROL_PICTURES + c);
  else if (c == 0x7f)
    g_string_append_unichar (text, PICTURE_OF_DELETE);
  else if (c > 0x7f && c < 0xa0)
    g_string_append_printf (text, "\\x%02x", c);
  else if (is_direction (c))
    g_string_append_printf (text, "\\u%04x", c);
  else
    g_string_append_unichar (text, c);
}

/* The character at @data, and in @used its bytes: 0 if it goes on beyond @size. GLib takes a zero
 * byte for the end of what it looks at, even in the midst of it.
 */
static gunichar
decode (const guchar *data,
        gsize         size,
        gsize        *used)
{
  gunichar c = *data < 0x80 ? *data : g_utf8_get_char_validated ((const char *)data, (gssize)size);

  if (c == (gunichar)-2 && memchr (data, '\0', MIN (size, CHARACTER_MAX)) != NULL)
    c = (gunichar)-1;

  *used = 1;
  if (c == (gunichar)-2)
    *used = 0;
  else if (c == (gunichar)-1)
    c = REPLACEMENT;
  else
    *used = (gsize)g_unichar_to_utf8 (c, NULL);

  return c;
}

/* Takes bytes until what was begun is a character, or none. Returns: how many */
static gsize
complete (HsCliVisible *self,
          const guchar *data,
          gsize         size,
          GString      *text)
{
  gsize taken = 0;

  while (self->n_bytes > 0 && taken < size)
    {
      gsize    used;
      gunichar c;

      self->bytes[self->n_bytes++] = data[taken++];
      c = decode (self->bytes, self->n_bytes, &used);
      if (used == 0)
        continue;

      add (self, c, text);
      /* Else what was begun is one broken character, and this byte another. */
      if (used != self->n_bytes)
        taken--;
      self->n_bytes = 0;
    }

  return taken;
}

void
hs_cli_visible_push (HsCliVisible *self,
                     const guchar *data,
                     gsize         size,
                     GString      *text)
{
  gsize at;

  g_return_if_fail (data != NULL || size == 0);

  at = complete (self, data, size, text);
  while (at < size)
    {
      gsize    used;
      gunichar c = decode (data + at, size - at, &used);

      if (used == 0)
        {
          while (at < size)
            self->bytes[self->n_bytes++] = data[at++];
          break;
        }

      add (self, c, text);
      at += used;
    }
}

void
hs_cli_visible_finish (HsCliVisible *self,
                       GString      *text)
{
  if (self->n_bytes > 0)
    add (self, REPLACEMENT, text);

  *self = (HsCliVisible) { 0 };
}
