/* hs-console-decoder.c - makes what a program writes fit to be shown
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-console-decoder.h"

#include <string.h>

/* GtkTextView lays out whole lines; one of a mebibyte stops it for seconds. */
#define COLUMNS_MAX 2000

#define CHARACTER_MAX 6 /* bytes that GLib takes for one */

#define IS_DIRECTION(c)   (((c) >= 0x202a && (c) <= 0x202e) || ((c) >= 0x2066 && (c) <= 0x2069))
#define BREAK_SIGN        "\342\206\265" /* U+21B5 */
#define REPLACEMENT       0xfffd         /* REPLACEMENT CHARACTER */
#define CONTROL_PICTURES  0x2400         /* SYMBOL FOR NULL, … */
#define PICTURE_OF_DELETE 0x2421         /* SYMBOL FOR DELETE */

static void
add_line_end (HsConsoleDecoder *self,
              GString          *text)
{
  g_string_append_c (text, '\n');
  self->column = 0;
}

static void
add_character (HsConsoleDecoder *self,
               gunichar          c,
               GString          *text)
{
  if (self->column >= COLUMNS_MAX)
    {
      g_string_append (text, BREAK_SIGN);
      add_line_end (self, text);
    }

  g_string_append_unichar (text, c);
  self->column++;
}

/* What to show for @c, which is no line end. */
static gunichar
picture_of (gunichar c)
{
  if (c < 0x20 && c != '\t')
    return CONTROL_PICTURES + c;
  if (c == 0x7f)
    return PICTURE_OF_DELETE;
  if (c > 0x7f && c < 0xa0) /* C1 controls have no pictures */
    return REPLACEMENT;

  return c;
}

/* What turns text round would show another text than was written: as "\u202e". */
static void
add_escaped (HsConsoleDecoder *self,
             gunichar          c,
             GString          *text)
{
  char digits[sizeof "\\u202e"];

  g_snprintf (digits, sizeof digits, "\\u%04x", c);
  for (const char *p = digits; *p != '\0'; p++)
    add_character (self, (gunichar)*p, text);
}

static void
add_decoded (HsConsoleDecoder *self,
             gboolean         *after_cr,
             gunichar          c,
             GString          *text)
{
  if (c == '\r' || (c == '\n' && !*after_cr))
    add_line_end (self, text);
  else if (IS_DIRECTION (c))
    add_escaped (self, c, text);
  else if (c != '\n')
    add_character (self, picture_of (c), text);

  *after_cr = c == '\r';
}

/* The character at @data, and in @used its bytes: 0 if it goes on beyond @size. GLib takes a zero
 * byte for the end of what it looks at, even in the midst of it.
 */
static gunichar
decode (const guchar *data,
        gsize         size,
        gsize        *used)
{
  gunichar c;

  *used = 1;
  if (*data < 0x80)
    return *data;

  c = g_utf8_get_char_validated ((const char *)data, (gssize)size);
  if (c == (gunichar)-2 && memchr (data, '\0', MIN (size, CHARACTER_MAX)) != NULL)
    c = (gunichar)-1;

  if (c == (gunichar)-2)
    *used = 0;
  else if (c == (gunichar)-1)
    c = REPLACEMENT;
  else
    *used = (gsize)g_unichar_to_utf8 (c, NULL);

  return c;
}

void
hs_console_decoder_push (HsConsoleDecoder *self,
                         HsStream          stream,
                         const guchar     *data,
                         gsize             size,
                         GString          *text)
{
  guint         i = stream == HS_STREAM_STDERR ? 1 : 0;
  guint         n_bytes = self->tails[i].n_bytes;
  const guchar *end;

  g_return_if_fail (data != NULL || size == 0);

  /* The end of what was begun: a byte at a time, at most five. */
  while (n_bytes > 0 && size > 0)
    {
      gsize    used;
      gunichar c;

      self->tails[i].bytes[n_bytes++] = *data;
      c = decode (self->tails[i].bytes, n_bytes, &used);
      if (used == 0)
        {
          data++;
          size--;
          self->tails[i].n_bytes = n_bytes;
          continue;
        }

      add_decoded (self, &self->tails[i].after_cr, c, text);
      if (used == n_bytes)
        {
          data++;
          size--;
        }
      /* Else what was begun is one broken character, and this byte another. */
      self->tails[i].n_bytes = n_bytes = 0;
    }

  for (end = data + size; data < end;)
    {
      gsize    used;
      gunichar c = decode (data, (gsize)(end - data), &used);

      if (used == 0)
        {
          self->tails[i].n_bytes = (guint)(end - data);
          memcpy (self->tails[i].bytes, data, self->tails[i].n_bytes);
          break;
        }

      add_decoded (self, &self->tails[i].after_cr, c, text);
      data += used;
    }
}

void
hs_console_decoder_finish (HsConsoleDecoder *self,
                           HsStream          stream,
                           GString          *text)
{
  guint i = stream == HS_STREAM_STDERR ? 1 : 0;

  if (self->tails[i].n_bytes > 0)
    add_character (self, REPLACEMENT, text);

  memset (&self->tails[i], 0, sizeof self->tails[i]);
}

void
hs_console_decoder_follow (HsConsoleDecoder *self,
                           const char       *text)
{
  const char *line = strrchr (text, '\n');

  if (line != NULL)
    self->column = 0;
  self->column += (guint)g_utf8_strlen (line != NULL ? line + 1 : text, -1);
}
