/* hs-moment-marks.c - lines marked in the editor, at which snapshots are taken
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-moment-marks.h"

#include <glib/gi18n-lib.h>

#define CATEGORY "heapscape-moment"

static GtkSourceBuffer *
get_buffer (GtkSourceView *view)
{
  return GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
}

static char *
tooltip_cb (GtkSourceMarkAttributes *attributes,
            GtkSourceMark           *mark,
            gpointer                 user_data)
{
  return g_strdup (_("A snapshot is taken whenever this line is reached"));
}

static void
activated_cb (GtkSourceView     *view,
              const GtkTextIter *iter,
              guint              button,
              GdkModifierType    state,
              int                n_presses,
              gpointer           user_data)
{
  if (button == GDK_BUTTON_PRIMARY && n_presses == 1)
    hs_moment_marks_toggle (view, (guint)gtk_text_iter_get_line (iter) + 1);
}

void
hs_moment_marks_set_up (GtkSourceView *view)
{
  g_autoptr(GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));

  gtk_source_mark_attributes_set_icon_name (attributes, "media-record-symbolic");
  g_signal_connect (attributes, "query-tooltip-text", G_CALLBACK (tooltip_cb), NULL);
  gtk_source_view_set_mark_attributes (view, CATEGORY, attributes, 0);
  g_signal_connect (view, "line-mark-activated", G_CALLBACK (activated_cb), NULL);
}

gboolean
hs_moment_marks_toggle (GtkSourceView *view,
                        guint          line)
{
  GtkSourceBuffer *buffer;
  GtkTextIter      start;
  GtkTextIter      end;
  GSList          *marks;
  gboolean         is_marked;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), FALSE);
  g_return_val_if_fail (line > 0, FALSE);

  buffer = get_buffer (view);
  if (line > (guint)gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)))
    return FALSE;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &start, (int)line - 1);
  marks = gtk_source_buffer_get_source_marks_at_line (buffer, (int)line - 1, CATEGORY);
  is_marked = marks != NULL;
  g_slist_free (marks);
  if (!is_marked)
    {
      gtk_source_buffer_create_source_mark (buffer, NULL, CATEGORY, &start);
      return TRUE;
    }

  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_source_buffer_remove_source_marks (buffer, &start, &end, CATEGORY);

  return FALSE;
}

void
hs_moment_marks_clear (GtkSourceView *view)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (get_buffer (view)), &start, &end);
  gtk_source_buffer_remove_source_marks (get_buffer (view), &start, &end, CATEGORY);
}

GArray *
hs_moment_marks_get_lines (GtkSourceView *view)
{
  GArray          *lines = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkSourceBuffer *buffer;
  GtkTextIter      iter;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), lines);

  buffer = get_buffer (view);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &iter);
  do
    {
      GSList *marks = gtk_source_buffer_get_source_marks_at_iter (buffer, &iter, CATEGORY);
      guint   line = (guint)gtk_text_iter_get_line (&iter) + 1;

      /* An edit may have joined two marked lines. */
      if (marks != NULL &&
          (lines->len == 0 || g_array_index (lines, guint, lines->len - 1) != line))
        g_array_append_val (lines, line);
      g_slist_free (marks);
    }
  while (gtk_source_buffer_forward_iter_to_source_mark (buffer, &iter, CATEGORY));

  return lines;
}
