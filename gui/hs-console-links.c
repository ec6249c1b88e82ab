/* hs-console-links.c - the lines of the code that tracebacks name
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-console-links.h"

#include <string.h>

struct _HsConsoleLinks
{
  GtkTextBuffer *buffer;  /* owned */
  GtkTextMark   *scanned; /* owned; every line before it was searched */
  GtkTextTag    *tag;     /* borrowed from the buffer */
  char          *needle;  /* owned; what precedes the number, NULL: nothing is a link */
};

/* Whether @line names a line of the code, as tracebacks and syntax errors do:
 * File "NAME", line N. @from and @to are bytes in @line. Returns: N, or 0
 */
static guint
find (HsConsoleLinks *self,
      const char     *line,
      gsize          *from,
      gsize          *to)
{
  const char *found = self->needle != NULL ? strstr (line, self->needle) : NULL;
  const char *digits;
  gsize       n_digits;

  if (found == NULL)
    return 0;

  digits = found + strlen (self->needle);
  n_digits = strspn (digits, "0123456789");
  *from = (gsize)(found - line);
  *to = (gsize)(digits - line) + n_digits;

  return n_digits > 0 && n_digits < 10 ? (guint)g_ascii_strtoull (digits, NULL, 10) : 0;
}

static void
scan_line (HsConsoleLinks    *self,
           const GtkTextIter *line_start)
{
  GtkTextIter      start = *line_start, end = *line_start;
  g_autofree char *line = NULL;
  gsize            from, to;

  if (gtk_text_iter_ends_line (&end))
    return;

  gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_iter_get_slice (&start, &end);
  if (find (self, line, &from, &to) == 0)
    return;

  gtk_text_iter_set_line_index (&start, (int)from);
  end = start;
  gtk_text_iter_set_line_index (&end, (int)to);
  gtk_text_buffer_apply_tag (self->buffer, self->tag, &start, &end);
}

HsConsoleLinks *
hs_console_links_new (GtkTextBuffer *buffer)
{
  HsConsoleLinks *self;
  GtkTextIter     start;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  self = g_new0 (HsConsoleLinks, 1);
  self->buffer = g_object_ref (buffer);
  self->tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->scanned = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE));

  return self;
}

void
hs_console_links_free (HsConsoleLinks *self)
{
  g_object_unref (self->scanned);
  g_object_unref (self->buffer);
  g_free (self->needle);
  g_free (self);
}

void
hs_console_links_set_file_name (HsConsoleLinks *self,
                                const char     *file_name)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->needle, g_free);
  if (file_name != NULL)
    self->needle = g_strdup_printf ("File \"%s\", line ", file_name);
}

void
hs_console_links_scan (HsConsoleLinks *self,
                       gboolean        is_over)
{
  GtkTextIter iter;

  g_return_if_fail (self != NULL);

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, self->scanned);
  gtk_text_iter_set_line_offset (&iter, 0);

  for (;;)
    {
      GtkTextIter next = iter;
      gboolean    is_last = !gtk_text_iter_forward_line (&next);

      if (is_last && !is_over)
        break;
      scan_line (self, &iter);
      if (is_last)
        break;
      iter = next;
    }

  gtk_text_buffer_move_mark (self->buffer, self->scanned, &iter);
}

gboolean
hs_console_links_is_link (HsConsoleLinks    *self,
                          const GtkTextIter *iter)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return gtk_text_iter_has_tag (iter, self->tag);
}

guint
hs_console_links_get_line (HsConsoleLinks    *self,
                           const GtkTextIter *iter)
{
  GtkTextIter      start = *iter, end = *iter;
  g_autofree char *line = NULL;
  gsize            from, to;

  g_return_val_if_fail (self != NULL, 0);

  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_iter_get_slice (&start, &end);

  return find (self, line, &from, &to);
}
