/* hs-crash-line.c - where code was when its process crashed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-private.h"

#include <string.h>

/* In front of the frames of the thread that crashed, and of each other one: CPython's
 * Python/traceback.c, write_thread_id() and dump_frame(). Lines, innermost first:
 *   File "NAME", line N in FUNCTION
 */
#define CURRENT "Current thread 0x"
#define FIRST   " (most recent call first):"
#define FILE_IS "  File \""

/* Returns: the text behind the first line of the last dump in @errors, or NULL */
static const char *
find_dump (const char *errors)
{
  const char *current = g_strrstr (errors, CURRENT);
  const char *end = current != NULL ? strchr (current, '\n') : NULL;

  if (end == NULL || (gsize)(end - current) < strlen (FIRST) ||
      !g_str_has_prefix (end - strlen (FIRST), FIRST))
    return NULL;

  return end + 1;
}

/* @name as it stands there: _Py_DumpASCII(). Returns: (transfer full) */
static char *
dup_ascii (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString         *text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= ' ' && c < 0x7f)
        g_string_append_c (text, (char)c);
      else if (c <= 0xff)
        g_string_append_printf (text, "\\x%02x", c);
      else
        g_string_append_printf (text, c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
    }

  return g_string_free (text, FALSE);
}

guint
_hs_crash_find_line (const char *errors,
                     const char *file_name)
{
  g_autofree char *name = dup_ascii (file_name);
  g_autofree char *start = g_strconcat (FILE_IS, name, "\", line ", NULL);
  const char      *line = find_dump (errors);

  while (line != NULL && g_str_has_prefix (line, FILE_IS))
    {
      const char *end = strchr (line, '\n');

      if (g_str_has_prefix (line, start))
        {
          guint64 number = g_ascii_strtoull (line + strlen (start), NULL, 10);

          return number <= G_MAXINT ? (guint)number : 0;
        }
      line = end != NULL ? end + 1 : NULL;
    }

  return 0;
}
