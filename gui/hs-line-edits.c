/* hs-line-edits.c - changes of whole lines of Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-line-edits.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

/* Numbers of lines, from 0; @last is one of them. */
typedef struct
{
  int first;
  int last;
} Lines;

static Lines
get_lines (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  Lines       lines;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  lines.first = gtk_text_iter_get_line (&start);
  lines.last = gtk_text_iter_get_line (&end);
  if (lines.last > lines.first && gtk_text_iter_starts_line (&end))
    lines.last--;

  return lines;
}

/* The blanks that a line begins with, as characters; @is_blank: there is nothing else in it. */
static char *
dup_indent (GtkTextBuffer *buffer,
            int            line,
            gboolean      *is_blank)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  while (gtk_text_iter_get_char (&end) == ' ' || gtk_text_iter_get_char (&end) == '\t')
    gtk_text_iter_forward_char (&end);
  *is_blank = gtk_text_iter_ends_line (&end);

  return gtk_text_iter_get_slice (&start, &end);
}

static gsize
common_length (const char *a,
               const char *b)
{
  gsize length = 0;

  while (a[length] != '\0' && a[length] == b[length])
    length++;

  return length;
}

/* What is to be done: tabs and spaces are not mixed up, as Python does not mix them up. */
typedef struct
{
  gboolean any;          /* a line that is not blank */
  gboolean are_comments; /* all that are not blank */
  gsize    common;       /* characters that all of them are indented with */
} Survey;

static Survey
survey_lines (GtkTextBuffer *buffer,
              Lines          lines)
{
  Survey           survey = { .any = FALSE, .are_comments = TRUE, .common = 0 };
  g_autofree char *shortest = NULL;

  for (int line = lines.first; line <= lines.last; line++)
    {
      gboolean         is_blank;
      g_autofree char *indent = dup_indent (buffer, line, &is_blank);
      GtkTextIter      iter;

      if (is_blank)
        continue;

      gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, line, (int)strlen (indent));
      survey.any = TRUE;
      survey.are_comments = survey.are_comments && gtk_text_iter_get_char (&iter) == '#';
      if (shortest == NULL)
        shortest = g_strdup (indent);
      shortest[common_length (shortest, indent)] = '\0';
    }
  if (shortest != NULL)
    survey.common = strlen (shortest);

  return survey;
}

static void
comment (GtkTextBuffer *buffer,
         int            line,
         gsize          column)
{
  g_autofree char *indent = NULL;
  gboolean         is_blank;
  GtkTextIter      iter;

  indent = dup_indent (buffer, line, &is_blank);
  if (is_blank)
    return;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, line, (int)column);
  gtk_text_buffer_insert (buffer, &iter, "# ", -1);
}

static void
uncomment (GtkTextBuffer *buffer,
           int            line)
{
  g_autofree char *indent = NULL;
  gboolean         is_blank;
  GtkTextIter      start, end;

  indent = dup_indent (buffer, line, &is_blank);
  if (is_blank)
    return;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &start, line, (int)strlen (indent));
  end = start;
  gtk_text_iter_forward_char (&end);
  if (gtk_text_iter_get_char (&end) == ' ')
    gtk_text_iter_forward_char (&end);
  gtk_text_buffer_delete (buffer, &start, &end);
}

/* A place that an insertion there does not move. */
typedef struct
{
  int line;
  int column; /* characters */
} Place;

static Place
get_place (GtkTextBuffer *buffer,
           GtkTextMark   *mark)
{
  GtkTextIter iter;
  Place       place;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, mark);
  place.line = gtk_text_iter_get_line (&iter);
  place.column = gtk_text_iter_get_line_offset (&iter);

  return place;
}

gboolean
hs_line_edits_toggle_comment (GtkTextBuffer *buffer)
{
  GtkTextMark *marks[2];
  Place        places[2];
  GtkTextIter  iters[2];
  gboolean     had_selection;
  Survey       survey;
  Lines        lines;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  lines = get_lines (buffer);
  survey = survey_lines (buffer, lines);
  if (!survey.any)
    return FALSE;

  had_selection = gtk_text_buffer_get_has_selection (buffer);
  marks[0] = gtk_text_buffer_get_insert (buffer);
  marks[1] = gtk_text_buffer_get_selection_bound (buffer);
  for (int i = 0; i < 2; i++)
    places[i] = get_place (buffer, marks[i]);

  gtk_text_buffer_begin_user_action (buffer);
  for (int line = lines.first; line <= lines.last; line++)
    if (survey.are_comments)
      uncomment (buffer, line);
    else
      comment (buffer, line, survey.common);
  gtk_text_buffer_end_user_action (buffer);

  /* What was selected whole stays selected whole. */
  for (int i = 0; i < 2; i++)
    {
      gtk_text_buffer_get_iter_at_mark (buffer, &iters[i], marks[i]);
      if (had_selection && (gsize)places[i].column <= survey.common)
        gtk_text_buffer_get_iter_at_line_offset (buffer, &iters[i], places[i].line,
                                                 places[i].column);
    }
  gtk_text_buffer_select_range (buffer, &iters[0], &iters[1]);

  return TRUE;
}

static void
select_places (GtkTextBuffer *buffer,
               Place          insert,
               Place          bound,
               int            n_lines)
{
  GtkTextIter iters[2];

  /* The end, where there is no such line. */
  gtk_text_buffer_get_iter_at_line_offset (buffer, &iters[0], insert.line + n_lines,
                                           insert.column);
  gtk_text_buffer_get_iter_at_line_offset (buffer, &iters[1], bound.line + n_lines, bound.column);
  gtk_text_buffer_select_range (buffer, &iters[0], &iters[1]);
}

gboolean
hs_line_edits_duplicate (GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;
  g_autofree char *copy = NULL;
  GtkTextIter      start, end;
  Place            insert, bound;
  Lines            lines;
  int              n_lines;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  lines = get_lines (buffer);
  n_lines = lines.last - lines.first + 1;
  insert = get_place (buffer, gtk_text_buffer_get_insert (buffer));
  bound = get_place (buffer, gtk_text_buffer_get_selection_bound (buffer));
  gtk_text_buffer_get_iter_at_line (buffer, &start, lines.first);
  gtk_text_buffer_get_iter_at_line (buffer, &end, lines.last);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  text = gtk_text_iter_get_slice (&start, &end);
  copy = g_strconcat ("\n", text, NULL);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert (buffer, &end, copy, -1);
  gtk_text_buffer_end_user_action (buffer);

  /* Refused, where there is too much of it. */
  if (gtk_text_buffer_get_line_count (buffer) <= lines.last + n_lines)
    return FALSE;

  select_places (buffer, insert, bound, n_lines);

  return TRUE;
}

gboolean
hs_line_edits_delete (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  Lines       lines;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  lines = get_lines (buffer);
  gtk_text_buffer_get_iter_at_line (buffer, &start, lines.first);
  end = start;
  if (lines.last + 1 < gtk_text_buffer_get_line_count (buffer))
    {
      gtk_text_buffer_get_iter_at_line (buffer, &end, lines.last + 1);
    }
  else
    {
      /* The last line has no end of its own: that of the one before goes. */
      gtk_text_buffer_get_end_iter (buffer, &end);
      if (lines.first > 0)
        {
          gtk_text_buffer_get_iter_at_line (buffer, &start, lines.first - 1);
          if (!gtk_text_iter_ends_line (&start))
            gtk_text_iter_forward_to_line_end (&start);
        }
    }
  if (gtk_text_iter_equal (&start, &end))
    return FALSE;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &start);

  return TRUE;
}

static void
get_line_end (GtkTextBuffer *buffer,
              GtkTextIter   *iter,
              int            line)
{
  gtk_text_buffer_get_iter_at_line (buffer, iter, line);
  if (!gtk_text_iter_ends_line (iter))
    gtk_text_iter_forward_to_line_end (iter);
}

/* (transfer container) (nullable) */
static GSList *
list_marks (GtkTextBuffer *buffer,
            int            line)
{
  return GTK_SOURCE_IS_BUFFER (buffer)
           ? gtk_source_buffer_get_source_marks_at_line (GTK_SOURCE_BUFFER (buffer), line, NULL)
           : NULL;
}

static void
move_marks (GtkTextBuffer *buffer,
            GSList        *marks,
            int            line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  for (GSList *l = marks; l != NULL; l = l->next)
    gtk_text_buffer_move_mark (buffer, l->data, &iter);
}

/* The line beside them goes to their other side, with the marks beside it: what is marked in
 * either stays marked.
 */
gboolean
hs_line_edits_move (GtkTextBuffer *buffer,
                    gboolean       down)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autoptr(GSList) marks = NULL;
  g_autoptr(GSList) first_marks = NULL;
  GtkTextIter start, end;
  Place       insert, bound;
  Lines       lines;
  int         other;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  lines = get_lines (buffer);
  other = down ? lines.last + 1 : lines.first - 1;
  if (other < 0 || other >= gtk_text_buffer_get_line_count (buffer))
    return FALSE;

  insert = get_place (buffer, gtk_text_buffer_get_insert (buffer));
  bound = get_place (buffer, gtk_text_buffer_get_selection_bound (buffer));
  gtk_text_buffer_get_iter_at_line (buffer, &start, other);
  get_line_end (buffer, &end, other);
  text = gtk_text_iter_get_slice (&start, &end);
  marks = list_marks (buffer, other);
  first_marks = list_marks (buffer, lines.first);

  gtk_text_buffer_begin_user_action (buffer);
  if (down)
    {
      get_line_end (buffer, &start, lines.last);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_get_iter_at_line (buffer, &start, lines.first);
      line = g_strconcat (text, "\n", NULL);
      gtk_text_buffer_insert (buffer, &start, line, -1);
    }
  else
    {
      gtk_text_buffer_get_iter_at_line (buffer, &end, lines.first);
      gtk_text_buffer_delete (buffer, &start, &end);
      get_line_end (buffer, &end, lines.last - 1);
      line = g_strconcat ("\n", text, NULL);
      gtk_text_buffer_insert (buffer, &end, line, -1);
    }
  gtk_text_buffer_end_user_action (buffer);
  move_marks (buffer, marks, down ? lines.first : lines.last);
  move_marks (buffer, first_marks, down ? lines.first + 1 : lines.first - 1);
  select_places (buffer, insert, bound, down ? 1 : -1);

  return TRUE;
}
