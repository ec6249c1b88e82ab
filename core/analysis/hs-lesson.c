/* hs-lesson.c - what is taught with an example
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-lesson-private.h"

#include <string.h>

/* Errors are read by those who write lessons, and are in English. */
G_DEFINE_QUARK (hs - lesson - error - quark, hs_lesson_error)

struct _HsLesson
{
  GPtrArray *parts; /* owned, of HsLessonPart */
};

/* What the lines are gathered for. */
typedef enum
{
  INTO_NOTHING,   /* a new paragraph */
  INTO_TEXT,      /* of the last part */
  INTO_CHOICE,    /* of the last choice of the last part */
  INTO_BECAUSE,   /* the last paragraph of the last part */
  INTO_NEXT_TEXT, /* a text is wanted that has not begun */
  INTO_NEXT_CHOICE,
  INTO_NEXT_BECAUSE,
} Into;

typedef struct
{
  GPtrArray  *parts;
  const char *name;
  guint       line;
  Into        into;
  GString    *text;      /* of the paragraph that goes on */
  guint       text_line; /* where that begins */
  GPtrArray  *because;   /* of the question that goes on */
  GArray     *choices;   /* likewise */
  char       *condition; /* for the next part */
} Builder;

static void
part_free (gpointer data)
{
  HsLessonPart *self = data;

  g_free (self->text);
  g_free (self->condition);
  g_free (self->expression);
  g_free (self->target);
  g_free (self->id);
  for (guint i = 0; i < self->n_choices; i++)
    {
      g_free (self->choices[i].text);
      g_free (self->choices[i].expression);
    }
  g_free (self->choices);
  g_strfreev (self->because);
  g_free (self);
}

static gboolean
fail (Builder    *self,
      GError    **error,
      guint       line,
      const char *what)
{
  g_set_error (error, HS_LESSON_ERROR, 0, "%s, line %u: %s", self->name, line, what);

  return FALSE;
}

static gboolean
check_expression (Builder    *self,
                  const char *expression,
                  GError    **error)
{
  g_autoptr(GError) reason = NULL;
  HsFigure figure;

  return hs_figures_evaluate (NULL, expression, &figure, &reason) ||
         fail (self, error, self->line, reason->message);
}

static gboolean
check_text (Builder    *self,
            const char *text,
            guint       line,
            GError    **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(GArray) segments = _hs_lesson_split (text, &reason);

  return segments != NULL || fail (self, error, line, reason->message);
}

static HsLessonPart *
get_last (Builder *self)
{
  return self->parts->len > 0 ? g_ptr_array_index (self->parts, self->parts->len - 1) : NULL;
}

static HsLessonPart *
add_part (Builder         *self,
          HsLessonPartKind kind)
{
  HsLessonPart *part = g_new0 (HsLessonPart, 1);

  part->kind = kind;
  part->line = self->line;
  part->condition = g_steal_pointer (&self->condition);
  g_ptr_array_add (self->parts, part);

  return part;
}

/* Paragraphs */

/* Gives the text that was gathered to what it belongs to. */
static gboolean
end_paragraph (Builder *self,
               GError **error)
{
  HsLessonPart    *part = get_last (self);
  g_autofree char *text = g_strdup (self->text->str);
  Into             into = self->into;

  if (into != INTO_TEXT && into != INTO_CHOICE && into != INTO_BECAUSE)
    return TRUE;

  g_string_truncate (self->text, 0);
  if (into == INTO_TEXT)
    part->text = g_strdup (text);
  else if (into == INTO_CHOICE)
    g_array_index (self->choices, HsLessonChoice, self->choices->len - 1).text = g_strdup (text);
  else
    g_ptr_array_add (self->because, g_strdup (text));
  self->into = into == INTO_BECAUSE ? INTO_NEXT_BECAUSE : INTO_NOTHING;

  return check_text (self, text, self->text_line, error);
}

/* Whether a space goes between two characters that a line break parted. */
static gboolean
is_spaced (gunichar before,
           gunichar after)
{
  gboolean is_wide = g_unichar_iswide (before) && g_unichar_iswide (after);

  return !is_wide && !(g_unichar_iswide (before) && g_unichar_ispunct (before)) &&
         !(g_unichar_iswide (after) && g_unichar_ispunct (after));
}

static void
append_line (Builder    *self,
             const char *line)
{
  if (self->text->len > 0)
    {
      const char *last = g_utf8_prev_char (self->text->str + self->text->len);

      if (is_spaced (g_utf8_get_char (last), g_utf8_get_char (line)))
        g_string_append_c (self->text, ' ');
    }
  else
    self->text_line = self->line;
  g_string_append (self->text, line);
}

/* Ends whatever goes on, before a command or a heading. */
static gboolean
end_part (Builder *self,
          GError **error)
{
  if (!end_paragraph (self, error))
    return FALSE;
  if (self->into == INTO_NEXT_TEXT || self->into == INTO_NEXT_CHOICE)
    return fail (self, error, self->line, "The text is missing before this");

  return TRUE;
}

/* A question is complete. */
static gboolean
end_question (Builder *self,
              GError **error)
{
  HsLessonPart *part = get_last (self);

  if (part == NULL || part->kind != HS_LESSON_QUESTION || part->because != NULL)
    return TRUE;
  if (part->text == NULL)
    return fail (self, error, part->line, "The question has no text");
  if (part->expression == NULL && self->choices->len < 2)
    return fail (self, error, part->line, "The question has neither @number nor two of @choice");
  if (part->expression != NULL && self->choices->len > 0)
    return fail (self, error, part->line, "The question has both @number and @choice");
  if (self->because->len == 0)
    return fail (self, error, part->line, "The question has no @because with a paragraph");

  g_ptr_array_add (self->because, NULL);
  part->because = (char **)g_ptr_array_steal (self->because, NULL);
  part->n_choices = self->choices->len;
  part->choices = (HsLessonChoice *)(gpointer)g_array_steal (self->choices, NULL);
  self->into = INTO_NOTHING;

  return TRUE;
}

static gboolean
add_text_line (Builder    *self,
               const char *line,
               GError    **error)
{
  gboolean is_item = g_str_has_prefix (line, "- ");

  if (is_item && (self->into == INTO_TEXT || self->into == INTO_NOTHING))
    {
      if (!end_paragraph (self, error) || !end_question (self, error))
        return FALSE;
      add_part (self, HS_LESSON_ITEM);
      self->into = INTO_TEXT;
      line++;
    }
  else if (self->into == INTO_NOTHING)
    {
      if (!end_question (self, error))
        return FALSE;
      add_part (self, HS_LESSON_PARAGRAPH);
      self->into = INTO_TEXT;
    }
  else if (self->into == INTO_NEXT_TEXT)
    self->into = INTO_TEXT;
  else if (self->into == INTO_NEXT_CHOICE)
    self->into = INTO_CHOICE;
  else if (self->into == INTO_NEXT_BECAUSE)
    self->into = INTO_BECAUSE;
  append_line (self, line + strspn (line, " \t"));

  return TRUE;
}

/* Commands. @rest: what follows the word, without spaces around it. */

static gboolean
read_if (Builder    *self,
         const char *rest,
         GError    **error)
{
  if (self->condition != NULL)
    return fail (self, error, self->line, "@if follows @if: write “and”");
  self->condition = g_strdup (rest);

  return check_expression (self, rest, error);
}

static gboolean
read_look (Builder    *self,
           const char *rest,
           GError    **error)
{
  gsize         length = strcspn (rest, " ");
  HsLessonPart *part = add_part (self, HS_LESSON_LOOK);

  part->target = g_strndup (rest, length);
  part->text = g_strchug (g_strdup (rest + length));
  if (length == 0 || *part->text == '\0')
    return fail (self, error, self->line, "@look wants a view and a text");

  return check_text (self, part->text, self->line, error);
}

static gboolean
read_claim (Builder    *self,
            const char *rest,
            GError    **error)
{
  HsLessonPart *part = add_part (self, HS_LESSON_CLAIM);

  part->expression = g_strdup (rest);
  self->into = INTO_NEXT_TEXT;

  return check_expression (self, rest, error);
}

static gboolean
read_ask (Builder    *self,
          const char *rest,
          GError    **error)
{
  HsLessonPart *part;

  if (*rest == '\0' || strchr (rest, ' ') != NULL)
    return fail (self, error, self->line, "@ask wants one word");
  for (guint i = 0; i < self->parts->len; i++)
    if (g_strcmp0 (((HsLessonPart *)g_ptr_array_index (self->parts, i))->id, rest) == 0)
      return fail (self, error, self->line, "This question was already asked");

  part = add_part (self, HS_LESSON_QUESTION);
  part->id = g_strdup (rest);
  self->into = INTO_NEXT_TEXT;

  return TRUE;
}

static gboolean
read_number (Builder    *self,
             const char *rest,
             GError    **error)
{
  HsLessonPart *part = get_last (self);
  const char   *space = strrchr (rest, ' ');
  char         *end = NULL;

  if (space == NULL || part->expression != NULL)
    return fail (self, error, self->line, "@number wants an expression and a percentage, once");

  part->expression = g_strchomp (g_strndup (rest, (gsize)(space - rest)));
  part->percent = g_ascii_strtod (space + 1, &end);
  if (*end != '\0' || part->percent < 0 || part->percent > 1000)
    return fail (self, error, self->line, "The percentage of @number is none");

  return check_expression (self, part->expression, error);
}

static gboolean
read_choice (Builder    *self,
             const char *rest,
             GError    **error)
{
  HsLessonChoice choice = { NULL, g_strdup (rest) };

  g_array_append_val (self->choices, choice);
  self->into = INTO_NEXT_CHOICE;

  return check_expression (self, rest, error);
}

static gboolean
read_because (Builder    *self,
              const char *rest,
              GError    **error)
{
  if (*rest != '\0')
    return fail (self, error, self->line, "Nothing follows @because on its line");
  self->into = INTO_NEXT_BECAUSE;

  return TRUE;
}

static const struct
{
  const char *word;
  gboolean    is_of_question; /* belongs to the question before it */
  gboolean (*read) (Builder    *self,
                    const char *rest,
                    GError    **error);
} commands[] = {
  { "@if", FALSE, read_if },
  { "@look", FALSE, read_look },
  { "@claim", FALSE, read_claim },
  { "@ask", FALSE, read_ask },
  { "@number", TRUE, read_number },
  { "@choice", TRUE, read_choice },
  { "@because", TRUE, read_because },
};

static gboolean
read_command (Builder    *self,
              const char *line,
              GError    **error)
{
  gsize            length = strcspn (line, " ");
  g_autofree char *word = g_strndup (line, length);
  g_autofree char *rest = g_strstrip (g_strdup (line + length));

  if (!end_part (self, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      HsLessonPart *last = get_last (self);

      if (!g_str_equal (commands[i].word, word))
        continue;
      if (!commands[i].is_of_question)
        return end_question (self, error) && commands[i].read (self, rest, error);
      if (last == NULL || last->kind != HS_LESSON_QUESTION || self->condition != NULL ||
          last->because != NULL || self->because->len > 0)
        return fail (self, error, self->line, "This belongs to a question, before its @because");
      return commands[i].read (self, rest, error);
    }

  return fail (self, error, self->line, "There is no such command");
}

static gboolean
read_line (Builder    *self,
           const char *line,
           GError    **error)
{
  self->line++;
  if (*line == '@')
    return read_command (self, line, error);
  if (g_str_has_prefix (line, "# "))
    {
      if (!end_part (self, error) || !end_question (self, error))
        return FALSE;
      add_part (self, HS_LESSON_HEADING)->text = g_strstrip (g_strdup (line + 2));
      return check_text (self, line + 2, self->line, error);
    }
  if (line[strspn (line, " \t\r")] == '\0')
    return end_paragraph (self, error);

  return add_text_line (self, line, error);
}

static gboolean
read_lines (Builder    *self,
            const char *text,
            GError    **error)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (!read_line (self, g_strchomp (*line), error))
      return FALSE;

  if (!end_part (self, error) || !end_question (self, error))
    return FALSE;
  if (self->condition != NULL)
    return fail (self, error, self->line, "Nothing follows @if");
  if (self->parts->len == 0)
    return fail (self, error, 1, "The lesson is empty");

  return TRUE;
}

HsLesson *
hs_lesson_new (const char *text,
               const char *name,
               GError    **error)
{
  Builder   builder = { .name = name };
  HsLesson *self = NULL;
  gboolean  is_done;

  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  builder.parts = g_ptr_array_new_with_free_func (part_free);
  builder.text = g_string_new (NULL);
  builder.because = g_ptr_array_new_with_free_func (g_free);
  builder.choices = g_array_new (FALSE, TRUE, sizeof (HsLessonChoice));

  is_done = g_utf8_validate (text, -1, NULL)
              ? read_lines (&builder, text, error)
              : fail (&builder, error, 1, "The lesson is not UTF-8");
  if (is_done)
    {
      self = g_new0 (HsLesson, 1);
      self->parts = g_ptr_array_ref (builder.parts);
    }

  for (guint i = 0; i < builder.choices->len; i++)
    {
      g_free (g_array_index (builder.choices, HsLessonChoice, i).text);
      g_free (g_array_index (builder.choices, HsLessonChoice, i).expression);
    }
  g_array_unref (builder.choices);
  g_ptr_array_unref (builder.because);
  g_string_free (builder.text, TRUE);
  g_free (builder.condition);
  g_ptr_array_unref (builder.parts);

  return self;
}

void
hs_lesson_free (HsLesson *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->parts);
  g_free (self);
}

guint
hs_lesson_get_n (HsLesson *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parts->len;
}

const HsLessonPart *
hs_lesson_get (HsLesson *self,
               guint     i)
{
  g_return_val_if_fail (self != NULL && i < self->parts->len, NULL);

  return g_ptr_array_index (self->parts, i);
}
