/* hs-visible-name.c - names of files as they can be shown in a sentence
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-visible-name.h"

static gboolean
is_shown (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;

    default:
      return TRUE;
    }
}

char *
hs_visible_name (const char *name)
{
  g_autofree char *display = NULL;
  GString         *text = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  display = g_filename_display_name (name);
  for (const char *p = display; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_shown (c))
        g_string_append_unichar (text, c);
      else
        g_string_append_printf (text, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
    }

  return g_string_free (text, FALSE);
}

char *
hs_visible_basename (const char *path)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  base = g_path_get_basename (path);

  return hs_visible_name (base);
}
