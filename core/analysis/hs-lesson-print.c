/* hs-lesson-print.c - a lesson as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-lesson-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 80 /* columns */

static guint
get_columns (gunichar character)
{
  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2
                                                                              : 1;
}

/* Whether a line may end between two characters: at a space, or at a wide one that is no
 * closing mark after the break or opening one before it.
 */
static gboolean
is_break (gunichar before,
          gunichar after)
{
  GUnicodeType type_before = g_unichar_type (before);
  GUnicodeType type_after = g_unichar_type (after);

  if (before == ' ')
    return after != ' ';
  if (!g_unichar_iswide (before) && !g_unichar_iswide (after))
    return FALSE;
  if (after == ' ' || (g_unichar_ispunct (after) && type_after != G_UNICODE_OPEN_PUNCTUATION &&
                       type_after != G_UNICODE_INITIAL_PUNCTUATION))
    return FALSE;

  return type_before != G_UNICODE_OPEN_PUNCTUATION &&
         type_before != G_UNICODE_INITIAL_PUNCTUATION;
}

/* The part of @text that fits in @columns, at least one character. */
static const char *
find_line_end (const char *text,
               guint       columns)
{
  const char *end = NULL;
  gunichar    before = 0;
  guint       used = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (at > text && is_break (before, character))
        end = at;
      if (character != ' ' && used + get_columns (character) > columns && at > text)
        {
          /* What has no place to break at is not broken. */
          if (end != NULL)
            return end;
        }
      used += get_columns (character);
      before = character;
    }

  return text + strlen (text);
}

void
_hs_lesson_append_wrapped (GString    *out,
                           const char *first,
                           guint       indent,
                           const char *text,
                           guint       width)
{
  gboolean is_first = TRUE;

  do
    {
      const char      *end = find_line_end (text, width - indent);
      g_autofree char *line = g_strchomp (g_strndup (text, (gsize)(end - text)));

      if (is_first)
        g_string_append (out, first);
      else
        g_string_append_printf (out, "%*s", (int)indent, "");
      g_string_append_printf (out, "%s\n", line);
      is_first = FALSE;
      text = end;
    }
  while (*text != '\0');
}

static void
append_paragraph (GString      *out,
                  HsComparison *comparison,
                  const char   *first,
                  guint         indent,
                  const char   *text)
{
  g_autofree char *plain = hs_lesson_dup_text (comparison, text);

  _hs_lesson_append_wrapped (out, first, indent, plain, WIDTH);
}

static void
append_heading (GString      *out,
                HsComparison *comparison,
                const char   *text)
{
  g_autofree char *plain = hs_lesson_dup_text (comparison, text);
  guint            columns = 0;

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    columns += get_columns (g_utf8_get_char (at));
  g_string_append_printf (out, "%s\n", plain);
  for (guint i = 0; i < columns; i++)
    g_string_append_c (out, '-');
  g_string_append_c (out, '\n');
}

static void
append_claim (GString            *out,
              HsComparison       *comparison,
              const HsLessonPart *part)
{
  g_autoptr(GError) error = NULL;
  HsClaim claim;

  if (comparison == NULL)
    {
      append_paragraph (out, comparison, "• ", 2, part->text);
      return;
    }

  claim = hs_lesson_check_claim (comparison, part, &error);
  append_paragraph (out, comparison,
                    claim == HS_CLAIM_KEPT     ? "✓ "
                    : claim == HS_CLAIM_BROKEN ? "✗ "
                                               : "? ",
                    2, part->text);
  if (claim == HS_CLAIM_UNKNOWN)
    {
      /* translators: %s says why something could not be found out */
      g_autofree char *text = g_strdup_printf (_("Not known here: %s"), error->message);

      _hs_lesson_append_wrapped (out, "  ", 2, text, WIDTH);
    }
  else if (error != NULL)
    _hs_lesson_append_wrapped (out, "  ", 2, error->message, WIDTH);
}

static void
append_answer (GString            *out,
               HsComparison       *comparison,
               const HsLessonPart *part)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;

  if (part->expression != NULL)
    {
      HsFigure answer;

      hs_lesson_check_number (comparison, part, 0, &answer, &error);
      if (error == NULL)
        value = hs_figure_format (&answer, NULL);
      hs_figure_clear (&answer);
    }
  else
    {
      guint right = hs_lesson_find_answer (comparison, part, &error);

      if (right != G_MAXUINT)
        value = hs_lesson_dup_text (comparison, part->choices[right].text);
    }

  /* translators: to a question; %s is a number or a sentence */
  text = error == NULL ? g_strdup_printf (_("Measured: %s"), value)
                       : g_strdup_printf (_("Not known here: %s"), error->message);
  _hs_lesson_append_wrapped (out, "   ", 3, text, WIDTH);
  for (guint i = 0; part->because[i] != NULL; i++)
    append_paragraph (out, comparison, "   ", 3, part->because[i]);
}

static void
append_question (GString            *out,
                 HsComparison       *comparison,
                 const HsLessonPart *part,
                 guint               number)
{
  g_autofree char *first = g_strdup_printf ("%u. ", number);

  append_paragraph (out, comparison, first, 3, part->text);
  for (guint i = 0; i < part->n_choices; i++)
    {
      g_autofree char *letter = g_strdup_printf ("   %c) ", 'a' + (char)(i % 26));

      append_paragraph (out, comparison, letter, 6, part->choices[i].text);
    }
  if (comparison != NULL)
    append_answer (out, comparison, part);
}

char *
hs_lesson_to_text (HsLesson     *self,
                   HsComparison *comparison)
{
  GString *out = g_string_new (NULL);
  guint    n_questions = 0;
  gboolean was_item = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < hs_lesson_get_n (self); i++)
    {
      const HsLessonPart *part = hs_lesson_get (self, i);
      g_autofree char    *first = NULL;

      if (!hs_lesson_is_shown (comparison, part))
        continue;
      if (out->len > 0 && !(was_item && part->kind == HS_LESSON_ITEM))
        g_string_append_c (out, '\n');
      was_item = part->kind == HS_LESSON_ITEM;

      switch (part->kind)
        {
        case HS_LESSON_HEADING:
          append_heading (out, comparison, part->text);
          break;

        case HS_LESSON_PARAGRAPH:
          append_paragraph (out, comparison, "", 0, part->text);
          break;

        case HS_LESSON_ITEM:
          append_paragraph (out, comparison, "- ", 2, part->text);
          break;

        case HS_LESSON_LOOK:
          first = g_strdup_printf ("→ %s: %s", part->target, part->text);
          append_paragraph (out, comparison, "", 2, first);
          break;

        case HS_LESSON_CLAIM:
          append_claim (out, comparison, part);
          break;

        case HS_LESSON_QUESTION:
          append_question (out, comparison, part, ++n_questions);
          break;
        }
    }

  return g_string_free (out, FALSE);
}
