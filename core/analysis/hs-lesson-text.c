/* hs-lesson-text.c - paragraphs of lessons: code, stress and figures
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-lesson-private.h"

#include <string.h>

static void
clear_segment (gpointer data)
{
  HsSegment *segment = data;

  g_free (segment->text);
  g_free (segment->format);
}

static void
take_segment (GArray       *segments,
              HsSegmentKind kind,
              char         *text,
              char         *format)
{
  HsSegment segment = { kind, text, format };

  g_array_append_val (segments, segment);
}

/* Where the first of @signs stands that is in no text of an expression; or the end. */
static const char *
find_outside_texts (const char *at,
                    const char *signs)
{
  char quote = '\0';

  for (; *at != '\0'; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (strchr (signs, *at) != NULL)
      break;
    else if (*at == '\'' || *at == '"')
      quote = *at;

  return at;
}

/* "{EXPRESSION:FORMAT}" at @at. Returns what follows it, or NULL. */
static const char *
split_figure (GArray     *segments,
              const char *at,
              GError    **error)
{
  const char      *end = find_outside_texts (at + 1, "}");
  const char      *colon = find_outside_texts (at + 1, ":}");
  g_autofree char *expression = NULL;
  g_autofree char *format = NULL;
  g_autoptr(GError) reason = NULL;
  HsFigure figure;

  if (*end == '\0')
    {
      g_set_error (error, HS_LESSON_ERROR, 0, "“{” is not closed: “%.40s”", at);
      return NULL;
    }

  expression = g_strndup (at + 1, (gsize)(MIN (colon, end) - at - 1));
  if (colon < end)
    format = g_strndup (colon + 1, (gsize)(end - colon - 1));
  if (format != NULL && !hs_figure_is_format (format))
    {
      g_set_error (error, HS_LESSON_ERROR, 0, "There is no format “%s”", format);
      return NULL;
    }
  if (!hs_figures_evaluate (NULL, expression, &figure, &reason))
    {
      g_set_error_literal (error, HS_LESSON_ERROR, 0, reason->message);
      return NULL;
    }
  take_segment (segments, HS_SEGMENT_FIGURE, g_steal_pointer (&expression),
                g_steal_pointer (&format));

  return end + 1;
}

static const char *
split_code (GArray     *segments,
            const char *at,
            GError    **error)
{
  const char *end = strchr (at + 1, '`');

  if (end == NULL)
    {
      g_set_error (error, HS_LESSON_ERROR, 0, "“`” is not closed: “%.40s”", at);
      return NULL;
    }
  take_segment (segments, HS_SEGMENT_CODE, g_strndup (at + 1, (gsize)(end - at - 1)), NULL);

  return end + 1;
}

GArray *
_hs_lesson_split (const char *text,
                  GError    **error)
{
  g_autoptr(GArray) segments = g_array_new (FALSE, FALSE, sizeof (HsSegment));
  gboolean is_stressed = FALSE;

  g_array_set_clear_func (segments, clear_segment);
  for (const char *at = text; at != NULL && *at != '\0';)
    {
      gsize length = strcspn (at, "`{*}");

      if (length == 0 && *at == '*' && at[1] != '*')
        length = 1; /* a single star */
      if (length > 0)
        {
          take_segment (segments, HS_SEGMENT_PLAIN, g_strndup (at, length), NULL);
          at += length;
        }
      else if (*at == '`')
        at = split_code (segments, at, error);
      else if (*at == '{')
        at = split_figure (segments, at, error);
      else if (*at == '*')
        {
          is_stressed = !is_stressed;
          take_segment (segments, HS_SEGMENT_STRESS, NULL, NULL);
          at += strlen ("**");
        }
      else
        {
          g_set_error (error, HS_LESSON_ERROR, 0, "“}” without “{”: “%.40s”", at);
          at = NULL;
        }
      if (at == NULL)
        return NULL;
    }

  if (is_stressed)
    {
      g_set_error (error, HS_LESSON_ERROR, 0, "“**” is not closed in “%.40s”", text);
      return NULL;
    }

  return g_steal_pointer (&segments);
}

/* A figure as it is shown. */
static char *
dup_figure (HsComparison    *comparison,
            const HsSegment *segment)
{
  HsFigure figure;
  char    *text;

  if (comparison == NULL)
    return g_strdup ("…");
  if (!hs_figures_evaluate (comparison, segment->text, &figure, NULL))
    return g_strdup ("?");

  text = hs_figure_format (&figure, segment->format);
  hs_figure_clear (&figure);

  return text;
}

static void
append_markup (GString    *out,
               const char *text,
               const char *before,
               const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "%s%s%s", before, escaped, after);
}

char *
hs_lesson_dup_markup (HsComparison *comparison,
                      const char   *text)
{
  g_autoptr(GArray) segments = NULL;
  GString *out = g_string_new (NULL);
  gboolean is_stressed = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  segments = _hs_lesson_split (text, NULL);
  if (segments == NULL)
    append_markup (out, text, "", "");
  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      const HsSegment *segment = &g_array_index (segments, HsSegment, i);
      g_autofree char *figure = NULL;

      switch (segment->kind)
        {
        case HS_SEGMENT_PLAIN:
          append_markup (out, segment->text, "", "");
          break;

        case HS_SEGMENT_CODE:
          append_markup (out, segment->text, "<tt>", "</tt>");
          break;

        case HS_SEGMENT_STRESS:
          is_stressed = !is_stressed;
          g_string_append (out, is_stressed ? "<b>" : "</b>");
          break;

        case HS_SEGMENT_FIGURE:
          figure = dup_figure (comparison, segment);
          append_markup (out, figure, "", "");
          break;
        }
    }

  return g_string_free (out, FALSE);
}

char *
hs_lesson_dup_text (HsComparison *comparison,
                    const char   *text)
{
  g_autoptr(GArray) segments = NULL;
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  segments = _hs_lesson_split (text, NULL);
  if (segments == NULL)
    g_string_append (out, text);
  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      const HsSegment *segment = &g_array_index (segments, HsSegment, i);
      g_autofree char *figure = NULL;

      if (segment->kind == HS_SEGMENT_PLAIN)
        g_string_append (out, segment->text);
      else if (segment->kind == HS_SEGMENT_CODE)
        g_string_append_printf (out, "`%s`", segment->text);
      else if (segment->kind == HS_SEGMENT_FIGURE)
        {
          figure = dup_figure (comparison, segment);
          g_string_append (out, figure);
        }
    }

  return g_string_free (out, FALSE);
}
