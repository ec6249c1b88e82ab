/* hs-text-extent.c - what text an editor can bear
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-text-extent.h"

#include <glib/gi18n-lib.h>

#include "hs-source.h"

static void
end_line (HsTextExtent *self,
          gsize         length)
{
  if (self->n_lines == 0)
    self->first = length;
  self->n_lines++;
  self->last = length;
  if (length > self->longest || self->longest_line == 0)
    {
      self->longest = length;
      self->longest_line = self->n_lines;
    }
}

void
hs_text_extent_measure (HsTextExtent *self,
                        const char   *text,
                        gsize         size)
{
  gsize length = 0;

  *self = (HsTextExtent) { .n_bytes = size };
  for (gsize i = 0; i < size; i++)
    {
      if (text[i] == '\n' || text[i] == '\r')
        {
          end_line (self, length);
          length = 0;
          if (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
            i++;
        }
      else
        {
          length += ((guchar)text[i] & 0xc0) != 0x80; /* the first byte of a character */
        }
    }
  end_line (self, length);
}

char *
hs_text_extent_dup_refusal (const HsTextExtent *self,
                            const char         *name)
{
  if (self->n_bytes > HS_SOURCE_SIZE_MAX)
    {
      if (name == NULL)
        return g_strdup_printf (
          /* translators: %u is a number of MiB */
          _("This text was not inserted: the code would be larger than %u MiB. Let the code read "
            "its data from a file of its own."),
             (guint)(HS_SOURCE_SIZE_MAX >> 20));

      return g_strdup_printf (
        /* translators: %1$s is a file, %2$u a number of MiB */
        _("“%1$s” is larger than %2$u MiB, too large for source code; let the code read "
          "its data from a file of its own"),
           name, (guint)(HS_SOURCE_SIZE_MAX >> 20));
    }

  if (self->longest > HS_TEXT_LINE_MAX)
    {
      if (name == NULL)
        return g_strdup_printf (
          /* translators: both are numbers */
          _("This text was not inserted: its longest line would have %1$'u characters, and the "
            "editor can show %2$'u. Break the line, or let the code read its data from a file."),
             (guint)self->longest, (guint)HS_TEXT_LINE_MAX);

      return g_strdup_printf (
        /* translators: %1$s is a file, %2$ to %4$ are numbers; heapscape-cli run stays as it is */
        _("“%1$s” was not opened: line %2$u has %3$'u characters, and the editor can show %4$'u. "
          "“heapscape-cli run” runs the file as it is."),
           name, (guint)self->longest_line, (guint)self->longest, (guint)HS_TEXT_LINE_MAX);
    }

  if (self->n_lines > HS_TEXT_LINES_MAX)
    {
      if (name == NULL)
        return g_strdup_printf (
          /* translators: both are numbers */
          _("This text was not inserted: the code would have %1$'u lines, and the editor can "
            "show %2$'u."),
             (guint)self->n_lines, (guint)HS_TEXT_LINES_MAX);

      return g_strdup_printf (
        /* translators: %1$s is a file, the others are numbers; heapscape-cli run stays as it is */
        _("“%1$s” was not opened: it has %2$'u lines, and the editor can show %3$'u. "
          "“heapscape-cli run” runs the file as it is."),
           name, (guint)self->n_lines, (guint)HS_TEXT_LINES_MAX);
    }

  return NULL;
}
