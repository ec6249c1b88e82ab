/* hs-source-lines.c - the statements and comments of Python source
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-lines-private.h"

#include <string.h>

/* Strings within f-strings within strings: deeper ones are read as plain strings. */
#define N_LEVELS 32

#define TAB_SIZE 8

typedef enum
{
  IN_CODE,   /* of the file, or within the braces of an f-string */
  IN_STRING, /* its text; for an f-string what is not within braces */
  IN_FORMAT, /* behind the colon of a replacement field: text, too */
} Mode;

typedef struct
{
  Mode     mode;
  char     quote;
  gboolean is_triple;
  gboolean is_raw;
  gboolean is_formatted;
  guint    depth; /* of brackets, in code */
} Level;

typedef struct
{
  const char *at;
  const char *end;
  guint       line;
  const char *line_start;
  Level       levels[N_LEVELS];
  guint       top;

  const char *word;
  GArray     *lines;
  GArray     *comments;

  gboolean      is_in_line; /* a logical line has begun: */
  HsLogicalLine logical;
  char          last; /* its last character that says something */
} Scanner;

static char
peek (const Scanner *self,
      gsize          distance)
{
  return distance < (gsize)(self->end - self->at) ? self->at[distance] : '\0';
}

/* Over the end of a line: "\n", "\r\n", "\r". */
static void
skip_newline (Scanner *self)
{
  self->at += peek (self, 0) == '\r' && peek (self, 1) == '\n' ? 2 : 1;
  self->line++;
  self->line_start = self->at;
}

static gboolean
is_newline (char c)
{
  return c == '\n' || c == '\r';
}

static guint
get_indent (const Scanner *self)
{
  guint indent = 0;

  for (const char *at = self->line_start; at < self->end; at++)
    {
      if (*at == ' ')
        indent++;
      else if (*at == '\t')
        indent = (indent / TAB_SIZE + 1) * TAB_SIZE;
      else if (*at == '\f')
        indent = 0;
      else
        break;
    }

  return indent;
}

/* ---- Logical lines ---- */

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

static gboolean
begins_with (const Scanner *self,
             const char    *word)
{
  gsize size = strlen (word);

  return size <= (gsize)(self->end - self->at) && memcmp (self->at, word, size) == 0 &&
         !is_name_char (peek (self, size));
}

static HsLineKind
get_kind (const Scanner *self)
{
  if (peek (self, 0) == '@')
    return HS_LINE_DECORATOR;
  if (begins_with (self, "elif") || begins_with (self, "except"))
    return HS_LINE_CLAUSE;
  if (begins_with (self, "else") || begins_with (self, "finally"))
    return HS_LINE_HEADING;

  return HS_LINE_PLAIN;
}

/* At the first character of something that is no comment. */
static void
begin_line (Scanner *self)
{
  if (self->is_in_line)
    return;

  self->is_in_line = TRUE;
  self->logical = (HsLogicalLine) {
    .first_line = self->line,
    .indent = get_indent (self),
    .kind = get_kind (self),
  };
}

static void
end_line (Scanner *self)
{
  if (!self->is_in_line)
    return;

  self->is_in_line = FALSE;
  self->logical.last_line = self->line;
  self->logical.has_block = self->last == ':';
  g_array_append_val (self->lines, self->logical);
}

static void
take_comment (Scanner *self)
{
  HsSourceComment comment = {
    .line = self->line,
    .indent = get_indent (self),
    .logical = self->lines->len,
    .is_alone = !self->is_in_line,
    .text = self->at,
  };

  while (self->at < self->end && !is_newline (*self->at))
    self->at++;
  comment.size = (gsize)(self->at - comment.text);
  if (g_strstr_len (comment.text, (gssize)comment.size, self->word) != NULL)
    g_array_append_val (self->comments, comment);
}

/* ---- Strings ---- */

/* Behind the letters of a prefix, if there are any. */
static void
begin_string (Scanner    *self,
              const char *prefix,
              gsize       n_prefix)
{
  Level level = { .mode = IN_STRING, .quote = *self->at };

  for (gsize i = 0; i < n_prefix; i++)
    {
      level.is_raw |= g_ascii_tolower (prefix[i]) == 'r';
      level.is_formatted |= g_ascii_tolower (prefix[i]) == 'f';
    }
  level.is_triple = peek (self, 1) == level.quote && peek (self, 2) == level.quote;
  self->at += level.is_triple ? 3 : 1;
  /* One level is left for what is in braces. */
  if (self->top + 2 >= N_LEVELS)
    level.is_formatted = FALSE;
  if (self->top + 1 < N_LEVELS)
    self->levels[++self->top] = level;
}

static gboolean
is_prefix (const char *name,
           gsize       size)
{
  static const char *const prefixes[] = { "r", "b", "u", "f", "br", "rb", "fr", "rf" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (size == strlen (prefixes[i]) && g_ascii_strncasecmp (name, prefixes[i], size) == 0)
      return TRUE;

  return FALSE;
}

/* "\N{…}" is a character, no replacement field. */
static void
skip_escape (Scanner     *self,
             const Level *level)
{
  char next = peek (self, 1);

  self->at++;
  if (next == 'N' && peek (self, 1) == '{' && !level->is_raw)
    while (self->at < self->end && *self->at != '}' && !is_newline (*self->at))
      self->at++;
  else if (is_newline (next))
    skip_newline (self);
  else if (self->at < self->end && (next == level->quote || next == '\\'))
    self->at++;
}

static gboolean
is_at_quote (const Scanner *self,
             const Level   *level)
{
  if (peek (self, 0) != level->quote)
    return FALSE;

  return !level->is_triple ||
         (peek (self, 1) == level->quote && peek (self, 2) == level->quote);
}

static void
scan_string (Scanner *self)
{
  Level *level = &self->levels[self->top];
  char   c = *self->at;

  if (c == '\\')
    {
      skip_escape (self, level);
    }
  else if (is_newline (c))
    {
      /* A string that does not end is an error, and no more than that line. */
      if (!level->is_triple)
        self->top--;
      else
        skip_newline (self);
    }
  else if (is_at_quote (self, level))
    {
      self->at += level->is_triple ? 3 : 1;
      self->top -= level->mode == IN_FORMAT ? 2 : 1;
    }
  else if (level->is_formatted && c == '{' && level->mode == IN_STRING && peek (self, 1) == '{')
    {
      self->at += 2;
    }
  else if (level->is_formatted && c == '{' && self->top + 1 < N_LEVELS)
    {
      self->at++;
      self->levels[++self->top] = (Level) { .mode = IN_CODE };
    }
  else if (level->mode == IN_FORMAT && c == '}')
    {
      self->at++;
      self->top -= 1;
    }
  else
    {
      self->at++;
    }
}

/* ---- Code ---- */

/* In braces, at ":" or "}" outside of all brackets. */
static void
scan_field_end (Scanner *self)
{
  Level *text = &self->levels[self->top - 1];

  if (*self->at == '}')
    {
      self->top--;
    }
  else
    {
      /* The code becomes text, which ends where the field does. */
      self->levels[self->top] = *text;
      self->levels[self->top].mode = IN_FORMAT;
    }
  self->at++;
}

static void
scan_name (Scanner *self)
{
  const char *start = self->at;
  gsize       size;

  while (self->at < self->end && is_name_char (*self->at))
    self->at++;
  size = (gsize)(self->at - start);
  if ((peek (self, 0) == '"' || peek (self, 0) == '\'') && is_prefix (start, size))
    begin_string (self, start, size);
}

static void
scan_newline (Scanner *self)
{
  if (self->top == 0 && self->levels[0].depth == 0)
    end_line (self);
  skip_newline (self);
}

static void
scan_token (Scanner *self)
{
  Level *level = &self->levels[self->top];
  char   c = *self->at;

  begin_line (self);
  if (self->top == 0)
    self->last = c;
  if (is_name_char (c))
    {
      scan_name (self);
      return;
    }
  if (c == '"' || c == '\'')
    {
      begin_string (self, NULL, 0);
      return;
    }
  if (self->top > 0 && level->depth == 0 && (c == '}' || c == ':'))
    {
      scan_field_end (self);
      return;
    }

  if (strchr ("([{", c) != NULL)
    level->depth++;
  else if (strchr (")]}", c) != NULL && level->depth > 0)
    level->depth--;
  self->at++;
}

static void
scan_code (Scanner *self)
{
  char c = *self->at;

  if (is_newline (c))
    {
      scan_newline (self);
    }
  else if (c == '#')
    {
      take_comment (self);
    }
  else if (c == '\\' && is_newline (peek (self, 1)))
    {
      self->at++;
      skip_newline (self);
    }
  else if (c == ' ' || c == '\t' || c == '\f' || c == '\0')
    {
      self->at++;
    }
  else
    {
      scan_token (self);
    }
}

void
_hs_source_split (const char *text,
                  gsize       size,
                  const char *word,
                  GArray     *lines,
                  GArray     *comments)
{
  Scanner self = {
    .at = text,
    .end = text + size,
    .line = 1,
    .line_start = text,
    .word = word,
    .lines = lines,
    .comments = comments,
  };

  while (self.at < self.end)
    {
      if (self.levels[self.top].mode == IN_CODE)
        scan_code (&self);
      else
        scan_string (&self);
    }
  end_line (&self);
}
