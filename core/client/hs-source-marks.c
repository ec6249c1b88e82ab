/* hs-source-marks.c - where source asks for snapshots
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-marks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-source-lines-private.h"

/* What all comments that are meant for us begin with. */
#define WORD "heapscape"

/* Characters of a name; more is no name. */
#define NAME_MAX_CHARS 80

typedef struct
{
  guint line;
  char *message;
} Problem;

struct _HsSourceMarks
{
  GArray *lines;    /* HsLogicalLine */
  GArray *marks;    /* HsSourceMark, by line */
  GArray *problems; /* Problem, by line */
};

static void
mark_clear (gpointer data)
{
  g_free (((HsSourceMark *)data)->name);
}

static void
problem_clear (gpointer data)
{
  g_free (((Problem *)data)->message);
}

/* ---- What a comment says ---- */

static void
add_problem (HsSourceMarks *self,
             guint          line,
             char          *message)
{
  Problem problem = { .line = line, .message = message };

  g_array_append_val (self->problems, problem);
}

/* A comment that only speaks of Heapscape is none for it: behind the word comes a
 * colon, or "snapshot" as if there were one. Returns: (nullable): what follows
 */
static const char *
skip_to_directive (const char *comment)
{
  const char *at = comment;

  while (*at == '#' || g_ascii_isspace (*at))
    at++;
  if (!g_str_has_prefix (at, WORD))
    return NULL;

  at += strlen (WORD);
  while (g_ascii_isspace (*at))
    at++;

  return *at == ':' || g_str_has_prefix (at, "snapshot") ? at : NULL;
}

/* Returns: (transfer full) (nullable): the name that a snapshot is given; NULL if
 * none is wanted
 */
static char *
read_comment (HsSourceMarks         *self,
              const HsSourceComment *comment)
{
  g_autofree char *text = g_strndup (comment->text, comment->size);
  g_autofree char *word = NULL;
  g_autofree char *name = NULL;
  const char      *at = skip_to_directive (text);
  gsize            size;

  if (at == NULL)
    return NULL;
  if (*at != ':')
    {
      add_problem (self, comment->line,
                   g_strdup (_("A colon is missing: “# heapscape: snapshot NAME”.")));
      return NULL;
    }

  for (at++; g_ascii_isspace (*at); at++)
    ;
  size = strcspn (at, " \t\f\v:=");
  word = g_strndup (at, size);
  /* Another feature reads its own. */
  if (strcmp (word, "sweep") == 0)
    return NULL;
  if (strcmp (word, "snapshot") != 0)
    {
      add_problem (self, comment->line,
                   /* translators: %s is what the user wrote behind “# heapscape:” */
                   g_strdup_printf (_("“%s” means nothing here; a snapshot is taken at "
                                      "“# heapscape: snapshot NAME”."),
                                       word));
      return NULL;
    }

  at += size;
  name = g_strstrip (g_strdup (at + strspn (at, " \t\f\v:=")));
  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    {
      add_problem (self, comment->line,
                   g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                 "The name of a snapshot has at most %d "
                                                 "character; this one is cut.",
                                                 "The name of a snapshot has at most %d "
                                                 "characters; this one is cut.",
                                                 NAME_MAX_CHARS),
                                    NAME_MAX_CHARS));
      *g_utf8_offset_to_pointer (name, NAME_MAX_CHARS) = '\0';
    }

  return g_steal_pointer (&name);
}

/* ---- Blocks ---- */

/* A statement with all of its blocks. */
typedef struct
{
  guint first_line;
  guint last_line;
} Statement;

typedef struct
{
  guint    indent;
  gint64   last; /* index of its last statement; -1: it is empty */
  gboolean is_decorated;
} Block;

typedef struct
{
  HsSourceMarks *marks;
  GArray        *statements; /* Statement */
  GArray        *blocks;     /* Block, the innermost last */
  GArray        *wanted;     /* Wanted: bound to statements whose end is not yet known */
  gboolean       is_full;
} Binder;

typedef struct
{
  HsSourceMark mark;
  gint64       statement; /* index; -1: the lines are known */
} Wanted;

static Block *
get_block (Binder *self)
{
  return &g_array_index (self->blocks, Block, self->blocks->len - 1);
}

static void
leave_blocks (Binder *self,
              guint   indent)
{
  while (self->blocks->len > 1 && get_block (self)->indent > indent)
    g_array_set_size (self->blocks, self->blocks->len - 1);
}

/* All statements around it reach as far. */
static void
extend_statements (Binder *self,
                   guint   last_line)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      gint64 last = g_array_index (self->blocks, Block, i).last;

      if (last >= 0)
        g_array_index (self->statements, Statement, last).last_line = last_line;
    }
}

static void
add_line (Binder              *self,
          const HsLogicalLine *line)
{
  Statement statement = { .first_line = line->first_line, .last_line = line->last_line };
  Block    *block;
  gboolean  goes_on;

  leave_blocks (self, line->indent);
  if (line->indent > get_block (self)->indent)
    {
      Block inner = { .indent = line->indent, .last = -1 };

      g_array_append_val (self->blocks, inner);
    }

  block = get_block (self);
  goes_on = line->kind == HS_LINE_CLAUSE || line->kind == HS_LINE_HEADING || block->is_decorated;
  if (!goes_on || block->last < 0)
    {
      block->last = self->statements->len;
      g_array_append_val (self->statements, statement);
    }
  block->is_decorated = line->kind == HS_LINE_DECORATOR;
  extend_statements (self, line->last_line);
}

/* ---- Comments and statements ---- */

static const HsLogicalLine *
get_line (Binder *self,
          guint   i)
{
  GArray *lines = self->marks->lines;

  return i < lines->len ? &g_array_index (lines, HsLogicalLine, i) : NULL;
}

/* @line: (nullable): the file has ended: nothing will run */
static gboolean
bind_before (HsSourceMark        *mark,
             const HsLogicalLine *line)
{
  if (line == NULL)
    return FALSE;

  mark->when = HS_MARK_BEFORE;
  mark->first_line = line->first_line;
  mark->last_line = line->last_line;

  return TRUE;
}

/* All lines before it have been added. Comments may be indented in any way: what the
 * next line says of the block is true.
 */
static gboolean
bind_alone (Binder                *self,
            const HsSourceComment *comment,
            Wanted                *wanted)
{
  const HsLogicalLine *before = comment->logical > 0 ? get_line (self, comment->logical - 1) : NULL;
  const HsLogicalLine *next = get_line (self, comment->logical);
  guint                next_indent = next != NULL ? next->indent : 0;
  guint                indent = MAX (comment->indent, next_indent);

  if (before == NULL || (before->has_block && next_indent > before->indent))
    return bind_before (&wanted->mark, next);

  leave_blocks (self, indent);
  wanted->mark.when = HS_MARK_AFTER;
  wanted->statement = get_block (self)->last;
  if (wanted->statement < 0)
    return bind_before (&wanted->mark, next);

  return TRUE;
}

static gboolean
bind (Binder                *self,
      const HsSourceComment *comment,
      Wanted                *wanted)
{
  const HsLogicalLine *line = get_line (self, comment->logical);

  if (comment->is_alone)
    return bind_alone (self, comment, wanted);
  if (line == NULL)
    return FALSE;
  if (line->kind == HS_LINE_HEADING && line->has_block)
    return bind_before (&wanted->mark, get_line (self, comment->logical + 1));

  wanted->mark.when = HS_MARK_AFTER;
  wanted->mark.first_line = line->first_line;
  wanted->mark.last_line = line->last_line;

  return TRUE;
}

static void
take_comment (Binder                *self,
              const HsSourceComment *comment)
{
  char  *name = read_comment (self->marks, comment);
  Wanted wanted = { .mark = { .line = comment->line, .name = name }, .statement = -1 };

  if (name == NULL)
    return;
  if (self->wanted->len == HS_SOURCE_N_MARKS_MAX)
    {
      if (!self->is_full)
        add_problem (self->marks, comment->line,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "A file can ask for %d snapshot; from here "
                                                   "on none is taken.",
                                                   "A file can ask for %d snapshots; from here "
                                                   "on none is taken.",
                                                   HS_SOURCE_N_MARKS_MAX),
                                      HS_SOURCE_N_MARKS_MAX));
      self->is_full = TRUE;
      g_free (name);
      return;
    }
  if (bind (self, comment, &wanted))
    {
      g_array_append_val (self->wanted, wanted);
      return;
    }

  add_problem (self->marks, comment->line,
               g_strdup (_("There is no statement here after which a snapshot could be taken.")));
  g_free (name);
}

static void
bind_all (HsSourceMarks *marks,
          GArray        *comments)
{
  g_autoptr(GArray) statements = g_array_new (FALSE, FALSE, sizeof (Statement));
  g_autoptr(GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr(GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  Binder self = { .marks = marks, .statements = statements, .blocks = blocks, .wanted = wanted };
  Block  outermost = { .last = -1 };
  guint  line = 0;

  g_array_append_val (blocks, outermost);
  for (guint i = 0; i < comments->len; i++)
    {
      const HsSourceComment *comment = &g_array_index (comments, HsSourceComment, i);

      for (; line < comment->logical && line < marks->lines->len; line++)
        add_line (&self, get_line (&self, line));
      take_comment (&self, comment);
    }
  for (; line < marks->lines->len; line++)
    add_line (&self, get_line (&self, line));

  for (guint i = 0; i < wanted->len; i++)
    {
      Wanted *one = &g_array_index (wanted, Wanted, i);

      if (one->statement >= 0)
        {
          const Statement *statement = &g_array_index (statements, Statement, one->statement);

          one->mark.first_line = statement->first_line;
          one->mark.last_line = statement->last_line;
        }
      g_array_append_val (marks->marks, one->mark);
    }
}

/* ---- All of it ---- */

HsSourceMarks *
hs_source_marks_new_for_text (const char *text)
{
  HsSourceMarks *self = g_new0 (HsSourceMarks, 1);
  g_autoptr(GArray) comments = g_array_new (FALSE, FALSE, sizeof (HsSourceComment));

  self->lines = g_array_new (FALSE, FALSE, sizeof (HsLogicalLine));
  self->marks = g_array_new (FALSE, FALSE, sizeof (HsSourceMark));
  g_array_set_clear_func (self->marks, mark_clear);
  self->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  g_array_set_clear_func (self->problems, problem_clear);

  if (text != NULL)
    _hs_source_split (text, strlen (text), WORD, self->lines, comments);
  bind_all (self, comments);

  return self;
}

HsSourceMarks *
hs_source_marks_new (HsSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);

  return hs_source_marks_new_for_text (hs_source_get_text (source));
}

void
hs_source_marks_free (HsSourceMarks *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->marks);
  g_array_unref (self->problems);
  g_free (self);
}

guint
hs_source_marks_get_n (HsSourceMarks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->marks->len;
}

const HsSourceMark *
hs_source_marks_get (HsSourceMarks *self,
                     guint          i)
{
  g_return_val_if_fail (self != NULL && i < self->marks->len, NULL);

  return &g_array_index (self->marks, HsSourceMark, i);
}

guint
hs_source_marks_get_n_problems (HsSourceMarks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->problems->len;
}

const char *
hs_source_marks_get_problem (HsSourceMarks *self,
                             guint          i,
                             guint         *line)
{
  const Problem *problem;

  g_return_val_if_fail (self != NULL && i < self->problems->len, NULL);
  g_return_val_if_fail (line != NULL, NULL);

  problem = &g_array_index (self->problems, Problem, i);
  *line = problem->line;

  return problem->message;
}

gboolean
hs_source_marks_find_statement (HsSourceMarks *self,
                                guint          line,
                                guint         *first_line,
                                guint         *last_line)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (first_line != NULL && last_line != NULL, FALSE);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const HsLogicalLine *logical = &g_array_index (self->lines, HsLogicalLine, i);

      if (logical->last_line < line || (logical->kind == HS_LINE_HEADING && logical->has_block))
        continue;
      *first_line = logical->first_line;
      *last_line = logical->last_line;
      return TRUE;
    }

  return FALSE;
}
