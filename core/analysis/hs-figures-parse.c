/* hs-figures-parse.c - expressions over a comparison, as trees
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures-private.h"

#include <string.h>

/* Errors of syntax are read by those who write lessons, and are in English. */

typedef struct
{
  const char *text;
  const char *at;
  guint       depth;
} Parser;

static HsFigureNode *parse_expression (Parser  *self,
                                       GError **error);

void
_hs_figure_node_free (HsFigureNode *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_args; i++)
    _hs_figure_node_free (self->args[i]);
  g_free (self->text);
  g_free (self);
}

static void
fail (Parser     *self,
      GError    **error,
      const char *what)
{
  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_SYNTAX, "%s at “%.20s” in “%.80s”", what,
               *self->at == '\0' ? "the end" : self->at, self->text);
}

static void
skip_space (Parser *self)
{
  while (*self->at == ' ' || *self->at == '\t')
    self->at++;
}

static gboolean
accept (Parser     *self,
        const char *sign)
{
  gsize length = strlen (sign);

  skip_space (self);
  if (strncmp (self->at, sign, length) != 0)
    return FALSE;
  /* A word ends where no letter follows. */
  if (g_ascii_isalpha (*sign) && (g_ascii_isalnum (self->at[length]) || self->at[length] == '_'))
    return FALSE;

  self->at += length;

  return TRUE;
}

static HsFigureNode *
node_new (HsNodeKind    kind,
          HsFigureNode *first,
          HsFigureNode *second)
{
  HsFigureNode *node = g_new0 (HsFigureNode, 1);

  node->kind = kind;
  if (first != NULL)
    node->args[node->n_args++] = first;
  if (second != NULL)
    node->args[node->n_args++] = second;

  return node;
}

static HsFigureNode *
parse_text (Parser  *self,
            GError **error)
{
  char          quote = *self->at++;
  const char   *end = strchr (self->at, quote);
  HsFigureNode *node;

  if (end == NULL)
    {
      fail (self, error, "A text does not end");
      return NULL;
    }

  node = node_new (HS_NODE_TEXT, NULL, NULL);
  node->text = g_strndup (self->at, (gsize)(end - self->at));
  self->at = end + 1;

  return node;
}

static HsFigureNode *
parse_number (Parser  *self,
              GError **error)
{
  g_autofree char *digits = NULL;
  const char      *start = self->at;
  GString         *plain = g_string_new (NULL);
  char            *end;
  HsFigureNode    *node;

  for (; g_ascii_isdigit (*self->at) || *self->at == '.' || *self->at == '_'; self->at++)
    if (*self->at != '_')
      g_string_append_c (plain, *self->at);
  digits = g_string_free (plain, FALSE);

  node = node_new (HS_NODE_NUMBER, NULL, NULL);
  node->number = g_ascii_strtod (digits, &end);
  if (*end != '\0' || end == digits)
    {
      self->at = start;
      fail (self, error, "This is no number");
      _hs_figure_node_free (node);
      return NULL;
    }
  node->text = g_steal_pointer (&digits);

  return node;
}

/* What a literal argument must be one of. */
static gboolean
check_literal (Parser             *self,
               char                letter,
               const HsFigureNode *arg,
               GError            **error)
{
  HsMetric metric;

  if (strchr ("ntmsp", letter) != NULL && arg->kind == HS_NODE_NUMBER)
    fail (self, error, "A text is wanted before this, not a number,");
  else if (letter == 'x' && arg->kind == HS_NODE_TEXT)
    fail (self, error, "A number is wanted before this, not a text,");
  else if (letter == 'm' && arg->kind == HS_NODE_TEXT &&
           !_hs_figures_find_metric (arg->text, &metric))
    fail (self, error, "Unknown metric before this");
  else if (letter == 'p' && arg->kind == HS_NODE_TEXT && !_hs_figures_is_page_kind (arg->text))
    fail (self, error, "Unknown kind of pages before this");
  else
    return TRUE;

  return FALSE;
}

static gboolean
parse_args (Parser       *self,
            HsFigureNode *node,
            GError      **error)
{
  const char *letter = node->function->signature;
  gsize       n_least = strcspn (letter, "|");

  if (!accept (self, "("))
    {
      fail (self, error, "“(” is missing");
      return FALSE;
    }

  while (!accept (self, ")"))
    {
      HsFigureNode *arg;

      letter += *letter == '|';
      if (*letter == '\0')
        {
          fail (self, error, "Too many arguments");
          return FALSE;
        }
      if (node->n_args > 0 && !accept (self, ","))
        {
          fail (self, error, "“,” or “)” is missing");
          return FALSE;
        }
      arg = parse_expression (self, error);
      if (arg == NULL)
        return FALSE;
      node->args[node->n_args++] = arg;
      if (!check_literal (self, *letter++, arg, error))
        return FALSE;
    }

  if (node->n_args < n_least)
    {
      fail (self, error, "Too few arguments before this");
      return FALSE;
    }

  return TRUE;
}

static HsFigureNode *
parse_word (Parser  *self,
            GError **error)
{
  static const struct
  {
    const char *name;
    HsNodeKind  kind;
  } words[] = {
    { "true", HS_NODE_TRUE },
    { "false", HS_NODE_FALSE },
    { "python", HS_NODE_PYTHON },
    { "rounds", HS_NODE_ROUNDS },
  };
  const char      *start = self->at;
  g_autofree char *name = NULL;
  HsFigureNode    *node;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (accept (self, words[i].name))
      return node_new (words[i].kind, NULL, NULL);

  while (g_ascii_isalnum (*self->at) || *self->at == '_')
    self->at++;
  name = g_strndup (start, (gsize)(self->at - start));

  node = node_new (HS_NODE_CALL, NULL, NULL);
  node->function = _hs_figures_find_function (name);
  if (node->function == NULL)
    {
      self->at = start;
      fail (self, error, "There is no such function");
    }
  if (node->function == NULL || !parse_args (self, node, error))
    {
      _hs_figure_node_free (node);
      return NULL;
    }

  return node;
}

static HsFigureNode *
parse_primary (Parser  *self,
               GError **error)
{
  skip_space (self);
  if (accept (self, "("))
    {
      HsFigureNode *node = parse_expression (self, error);

      if (node != NULL && !accept (self, ")"))
        {
          fail (self, error, "“)” is missing");
          g_clear_pointer (&node, _hs_figure_node_free);
        }
      return node;
    }
  if (*self->at == '\'' || *self->at == '"')
    return parse_text (self, error);
  if (g_ascii_isdigit (*self->at) || *self->at == '.')
    return parse_number (self, error);
  if (g_ascii_isalpha (*self->at))
    return parse_word (self, error);

  fail (self, error, "An expression is missing");

  return NULL;
}

static HsFigureNode *
parse_unary (Parser  *self,
             GError **error)
{
  HsNodeKind    kind;
  HsFigureNode *node;

  if (self->depth >= HS_FIGURES_DEPTH_MAX)
    {
      fail (self, error, "Too deep");
      return NULL;
    }

  if (accept (self, "-"))
    kind = HS_NODE_NEGATE;
  else
    return parse_primary (self, error);

  self->depth++;
  node = parse_unary (self, error);
  self->depth--;

  return node == NULL ? NULL : node_new (kind, node, NULL);
}

/* Operators by precedence, the weakest first; of those that begin alike the longer first. */
#define N_LEVELS 5

static const struct
{
  const char *sign;
  guint       level;
  HsNodeKind  kind;
} operators[] = {
  { "or", 0, HS_NODE_OR },
  { "and", 1, HS_NODE_AND },
  { "<=", 2, HS_NODE_LESS_EQUAL },
  { ">=", 2, HS_NODE_MORE_EQUAL },
  { "==", 2, HS_NODE_EQUAL },
  { "!=", 2, HS_NODE_UNEQUAL },
  { "<", 2, HS_NODE_LESS },
  { ">", 2, HS_NODE_MORE },
  { "+", 3, HS_NODE_ADD },
  { "-", 3, HS_NODE_SUBTRACT },
  { "*", 4, HS_NODE_MULTIPLY },
  { "/", 4, HS_NODE_DIVIDE },
};

#define LEVEL_COMPARISON 2

static gboolean
accept_operator (Parser     *self,
                 guint       level,
                 HsNodeKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].level == level && accept (self, operators[i].sign))
      {
        *kind = operators[i].kind;
        return TRUE;
      }

  return FALSE;
}

static HsFigureNode *parse_level (Parser  *self,
                                  guint    level,
                                  GError **error);

/* "not" binds as in Python: weaker than a comparison, stronger than "and". */
static HsFigureNode *
parse_not (Parser  *self,
           GError **error)
{
  HsFigureNode *node;

  if (self->depth >= HS_FIGURES_DEPTH_MAX)
    {
      fail (self, error, "Too deep");
      return NULL;
    }

  self->depth++;
  node = parse_level (self, LEVEL_COMPARISON, error);
  self->depth--;

  return node == NULL ? NULL : node_new (HS_NODE_NOT, node, NULL);
}

static HsFigureNode *
parse_level (Parser  *self,
             guint    level,
             GError **error)
{
  HsFigureNode *left;
  HsNodeKind    kind;
  guint         n = 0;

  if (level == N_LEVELS)
    return parse_unary (self, error);
  if (level == LEVEL_COMPARISON && accept (self, "not"))
    return parse_not (self, error);

  left = parse_level (self, level + 1, error);
  while (left != NULL && accept_operator (self, level, &kind))
    {
      HsFigureNode *right;

      if (level == LEVEL_COMPARISON && n++ > 0)
        {
          fail (self, error, "Comparisons cannot be chained: write “and”");
          _hs_figure_node_free (left);
          return NULL;
        }
      right = parse_level (self, level + 1, error);
      if (right == NULL)
        {
          _hs_figure_node_free (left);
          return NULL;
        }
      left = node_new (kind, left, right);
    }

  return left;
}

static HsFigureNode *
parse_expression (Parser  *self,
                  GError **error)
{
  HsFigureNode *node;

  if (self->depth >= HS_FIGURES_DEPTH_MAX)
    {
      fail (self, error, "Too deep");
      return NULL;
    }

  self->depth++;
  node = parse_level (self, 0, error);
  self->depth--;

  return node;
}

HsFigureNode *
_hs_figures_parse (const char *expression,
                   GError    **error)
{
  Parser        parser = { expression, expression, 0 };
  HsFigureNode *node;

  if (strlen (expression) > HS_FIGURES_LENGTH_MAX)
    {
      fail (&parser, error, "Too long");
      return NULL;
    }

  node = parse_expression (&parser, error);
  skip_space (&parser);
  if (node != NULL && *parser.at != '\0')
    {
      fail (&parser, error, "Nothing more is expected");
      g_clear_pointer (&node, _hs_figure_node_free);
    }

  return node;
}
