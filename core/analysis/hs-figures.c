/* hs-figures.c - figures of a comparison, by expressions
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (hs - figures - error - quark, hs_figures_error)

static gboolean evaluate (HsComparison       *comparison,
                          const HsFigureNode *node,
                          HsFigure           *figure,
                          GError            **error);

void
hs_figure_clear (HsFigure *self)
{
  g_free (self->text);
  *self = (HsFigure) { 0 };
}

static gboolean
fail (GError    **error,
      const char *what)
{
  g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_SYNTAX, what);

  return FALSE;
}

/* Operators */

/* What two kinds that are added or compared have in common. A plain number takes the unit of the
 * other.
 */
static gboolean
find_common_kind (const HsFigure *left,
                  const HsFigure *right,
                  HsFigureKind   *kind,
                  GError        **error)
{
  gboolean is_plain = left->kind == HS_FIGURE_NUMBER || left->kind == HS_FIGURE_BOOLEAN;

  *kind = is_plain ? right->kind : left->kind;
  if (*kind == HS_FIGURE_BOOLEAN)
    *kind = HS_FIGURE_NUMBER;
  if (left->kind == HS_FIGURE_TEXT || right->kind == HS_FIGURE_TEXT)
    return fail (error, "A text is no number");
  if (!is_plain && right->kind != *kind && right->kind != HS_FIGURE_NUMBER)
    return fail (error, "These two have different units");

  return TRUE;
}

static gboolean
multiply (const HsFigure *left,
          const HsFigure *right,
          HsFigure       *figure)
{
  gboolean     is_plain = left->kind == HS_FIGURE_NUMBER || left->kind == HS_FIGURE_COUNT;
  HsFigureKind kind = is_plain ? right->kind : left->kind;

  if (left->kind == HS_FIGURE_COUNT && right->kind == HS_FIGURE_NUMBER)
    kind = HS_FIGURE_COUNT;

  return _hs_figure_set (figure, kind, left->number * right->number);
}

static gboolean
divide (const HsFigure *left,
        const HsFigure *right,
        HsFigure       *figure,
        GError        **error)
{
  if (right->number == 0)
    {
      g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                           _("The divisor is 0"));
      return FALSE;
    }

  return _hs_figure_set (figure, left->kind == right->kind ? HS_FIGURE_NUMBER : left->kind,
                         left->number / right->number);
}

static gboolean
calculate (HsNodeKind      operation,
           const HsFigure *left,
           const HsFigure *right,
           HsFigure       *figure,
           GError        **error)
{
  HsFigureKind kind;

  if (left->kind == HS_FIGURE_TEXT || right->kind == HS_FIGURE_TEXT)
    return fail (error, "Texts cannot be calculated with");
  if (operation == HS_NODE_MULTIPLY)
    return multiply (left, right, figure);
  if (operation == HS_NODE_DIVIDE)
    return divide (left, right, figure, error);
  if (!find_common_kind (left, right, &kind, error))
    return FALSE;

  return _hs_figure_set (figure, kind,
                         operation == HS_NODE_ADD ? left->number + right->number
                                                  : left->number - right->number);
}

/* The sign of the comparison of "3.9" with "3.12". */
static int
compare_versions (const char *left,
                  const char *right)
{
  for (guint i = 0; i < 2; i++)
    {
      long first = strtol (left, NULL, 10);
      long second = strtol (right, NULL, 10);

      if (first != second)
        return first < second ? -1 : 1;
      left += strcspn (left, ".");
      right += strcspn (right, ".");
      left += *left == '.';
      right += *right == '.';
    }

  return 0;
}

static gboolean
set_order (HsNodeKind operation,
           int        order,
           HsFigure  *figure)
{
  gboolean is_true = FALSE;

  switch (operation)
    {
    case HS_NODE_LESS:
      is_true = order < 0;
      break;

    case HS_NODE_LESS_EQUAL:
      is_true = order <= 0;
      break;

    case HS_NODE_MORE:
      is_true = order > 0;
      break;

    case HS_NODE_MORE_EQUAL:
      is_true = order >= 0;
      break;

    case HS_NODE_EQUAL:
      is_true = order == 0;
      break;

    default: /* HS_NODE_UNEQUAL */
      is_true = order != 0;
      break;
    }

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, is_true);
}

/* Of a node that is compared with "python". */
static const char *
get_version (const HsFigureNode *node,
             const HsFigure     *value)
{
  return node->kind == HS_NODE_NUMBER ? node->text : value->text;
}

static gboolean
compare (const HsFigureNode *node,
         const HsFigure     *left,
         const HsFigure     *right,
         HsFigure           *figure,
         GError            **error)
{
  HsFigureKind kind;

  if (node->args[0]->kind == HS_NODE_PYTHON || node->args[1]->kind == HS_NODE_PYTHON)
    {
      const char *first = get_version (node->args[0], left);
      const char *second = get_version (node->args[1], right);

      if (first == NULL || second == NULL)
        return fail (error, "“python” is compared with a version");
      return set_order (node->kind, compare_versions (first, second), figure);
    }

  if (left->kind == HS_FIGURE_TEXT && right->kind == HS_FIGURE_TEXT)
    return set_order (node->kind, strcmp (left->text, right->text), figure);
  if (!find_common_kind (left, right, &kind, error))
    return FALSE;

  return set_order (node->kind, (left->number > right->number) - (left->number < right->number),
                    figure);
}

static gboolean
evaluate_pair (HsComparison       *comparison,
               const HsFigureNode *node,
               HsFigure           *figure,
               GError            **error)
{
  HsFigure left = { 0 };
  HsFigure right = { 0 };
  gboolean is_done = FALSE;

  if (evaluate (comparison, node->args[0], &left, error) &&
      evaluate (comparison, node->args[1], &right, error))
    is_done = node->kind >= HS_NODE_LESS ? compare (node, &left, &right, figure, error)
                                         : calculate (node->kind, &left, &right, figure, error);
  hs_figure_clear (&left);
  hs_figure_clear (&right);

  return is_done;
}

static gboolean
evaluate_truth (HsComparison       *comparison,
                const HsFigureNode *node,
                gboolean           *is_true,
                GError            **error)
{
  HsFigure value = { 0 };

  if (!evaluate (comparison, node, &value, error))
    return FALSE;
  if (value.kind == HS_FIGURE_TEXT)
    {
      hs_figure_clear (&value);
      return fail (error, "A text is neither true nor false");
    }

  *is_true = value.number != 0;

  return TRUE;
}

static gboolean
evaluate_logic (HsComparison       *comparison,
                const HsFigureNode *node,
                HsFigure           *figure,
                GError            **error)
{
  gboolean is_true;

  if (!evaluate_truth (comparison, node->args[0], &is_true, error))
    return FALSE;
  if (node->kind == HS_NODE_NOT)
    return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, !is_true);
  if (is_true == (node->kind == HS_NODE_AND) &&
      !evaluate_truth (comparison, node->args[1], &is_true, error))
    return FALSE;

  return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, is_true);
}

static gboolean
evaluate_negation (HsComparison       *comparison,
                   const HsFigureNode *node,
                   HsFigure           *figure,
                   GError            **error)
{
  if (!evaluate (comparison, node->args[0], figure, error))
    return FALSE;
  if (figure->kind == HS_FIGURE_TEXT)
    {
      hs_figure_clear (figure);
      return fail (error, "Texts cannot be calculated with");
    }
  figure->number = -figure->number;

  return TRUE;
}

/* Calls */

/* Makes the index of a variant of its name. */
static gboolean
find_variant (HsComparison *comparison,
              HsFigure     *arg,
              GError      **error)
{
  double index = arg->number;

  if (arg->kind == HS_FIGURE_TEXT)
    {
      guint found = hs_comparison_find (comparison, arg->text);

      index = found == G_MAXUINT ? -1. : (double)found;
    }
  if (index >= 0 && index < hs_comparison_get_n (comparison) && index == floor (index))
    {
      hs_figure_clear (arg);
      return _hs_figure_set (arg, HS_FIGURE_NUMBER, index);
    }

  g_set_error (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_FOUND,
               /* translators: %s is the name of a variant */
               _("There is no variant “%s”"), arg->text != NULL ? arg->text : "#");

  return FALSE;
}

static gboolean
evaluate_arg (HsComparison       *comparison,
              const HsFigureNode *node,
              char                letter,
              HsFigure           *arg,
              GError            **error)
{
  if (!evaluate (comparison, node, arg, error))
    return FALSE;
  if (letter == 'v')
    return find_variant (comparison, arg, error);
  if (strchr ("ntmsp", letter) != NULL && arg->kind != HS_FIGURE_TEXT)
    return fail (error, "A text is wanted, not a number");
  if (letter == 'x' && arg->kind == HS_FIGURE_TEXT)
    return fail (error, "A number is wanted, not a text");

  return TRUE;
}

static gboolean
evaluate_call (HsComparison       *comparison,
               const HsFigureNode *node,
               HsFigure           *figure,
               GError            **error)
{
  HsFigureCall call = { .comparison = comparison, .function = node->function };
  const char  *letter = node->function->signature;
  gboolean     is_done = TRUE;

  for (guint i = 0; i < node->n_args && is_done; i++)
    {
      letter += *letter == '|';
      call.n_args++;
      is_done = evaluate_arg (comparison, node->args[i], *letter++, &call.args[i], error);
    }

  if (is_done && node->function->signature[0] == 'v')
    {
      call.index = (guint)call.args[0].number;
      call.variant = hs_comparison_get (comparison, call.index);
    }
  is_done = is_done && node->function->evaluate (&call, figure, error);
  for (guint i = 0; i < call.n_args; i++)
    hs_figure_clear (&call.args[i]);

  return is_done;
}

static gboolean
evaluate_if (HsComparison       *comparison,
             const HsFigureNode *node,
             HsFigure           *figure,
             GError            **error)
{
  gboolean is_true;

  if (!evaluate_truth (comparison, node->args[0], &is_true, error))
    return FALSE;

  return evaluate (comparison, node->args[is_true ? 1 : 2], figure, error);
}

/* "3.12" of "CPython 3.12.1" */
static gboolean
evaluate_python (HsComparison *comparison,
                 HsFigure     *figure,
                 GError      **error)
{
  const HsPictureInfo *info = hs_comparison_get_info (comparison);
  const char          *version = info != NULL ? info->python : NULL;
  g_auto(GStrv) parts = NULL;

  while (version != NULL && *version != '\0' && !g_ascii_isdigit (*version))
    version++;
  parts = g_strsplit (version != NULL ? version : "", ".", 3);
  if (g_strv_length (parts) >= 2)
    return _hs_figure_take_text (figure, g_strjoin (".", parts[0], parts[1], NULL));

  g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                       _("The version of Python is not known"));

  return FALSE;
}

static gboolean
evaluate (HsComparison       *comparison,
          const HsFigureNode *node,
          HsFigure           *figure,
          GError            **error)
{
  switch (node->kind)
    {
    case HS_NODE_NUMBER:
      return _hs_figure_set (figure, HS_FIGURE_NUMBER, node->number);

    case HS_NODE_TEXT:
      return _hs_figure_take_text (figure, g_strdup (node->text));

    case HS_NODE_TRUE:
    case HS_NODE_FALSE:
      return _hs_figure_set (figure, HS_FIGURE_BOOLEAN, node->kind == HS_NODE_TRUE);

    case HS_NODE_PYTHON:
      return evaluate_python (comparison, figure, error);

    case HS_NODE_ROUNDS:
      return _hs_figure_set (figure, HS_FIGURE_COUNT, hs_comparison_get_n_rounds (comparison));

    case HS_NODE_CALL:
      return node->function->evaluate == NULL ? evaluate_if (comparison, node, figure, error)
                                              : evaluate_call (comparison, node, figure, error);

    case HS_NODE_NEGATE:
      return evaluate_negation (comparison, node, figure, error);

    case HS_NODE_NOT:
    case HS_NODE_AND:
    case HS_NODE_OR:
      return evaluate_logic (comparison, node, figure, error);

    case HS_NODE_ADD:
    case HS_NODE_SUBTRACT:
    case HS_NODE_MULTIPLY:
    case HS_NODE_DIVIDE:
    case HS_NODE_LESS:
    case HS_NODE_LESS_EQUAL:
    case HS_NODE_MORE:
    case HS_NODE_MORE_EQUAL:
    case HS_NODE_EQUAL:
    case HS_NODE_UNEQUAL:
      return evaluate_pair (comparison, node, figure, error);
    }

  g_return_val_if_reached (FALSE);
}

/* Before anything is measured */

static HsFigureKind guess_kind (const HsFigureNode *node);

static HsFigureKind
guess_kind_of_call (const HsFigureNode *node)
{
  const HsFigureFunction *function = node->function;
  const char             *metric = strchr (function->signature, 'm');

  if (function->kind == HS_KIND_ARGUMENT)
    return guess_kind (node->args[node->n_args - 1]);
  if (function->kind != HS_KIND_METRIC)
    return (HsFigureKind)function->kind;

  return metric == NULL || node->args[metric - function->signature]->kind != HS_NODE_TEXT
           ? HS_FIGURE_NUMBER
           : _hs_figures_get_metric_kind (node->args[metric - function->signature]->text);
}

static HsFigureKind
guess_kind_of_pair (const HsFigureNode *node)
{
  HsFigureKind left = guess_kind (node->args[0]);
  HsFigureKind right = guess_kind (node->args[1]);

  if (node->kind == HS_NODE_DIVIDE)
    return left == right ? HS_FIGURE_NUMBER : left;
  if (node->kind == HS_NODE_MULTIPLY && left == HS_FIGURE_COUNT && right != HS_FIGURE_NUMBER)
    return right;

  return left == HS_FIGURE_NUMBER ? right : left;
}

static HsFigureKind
guess_kind (const HsFigureNode *node)
{
  switch (node->kind)
    {
    case HS_NODE_CALL:
      return guess_kind_of_call (node);

    case HS_NODE_TEXT:
    case HS_NODE_PYTHON:
      return HS_FIGURE_TEXT;

    case HS_NODE_ROUNDS:
      return HS_FIGURE_COUNT;

    case HS_NODE_NUMBER:
      return HS_FIGURE_NUMBER;

    case HS_NODE_NEGATE:
      return guess_kind (node->args[0]);

    case HS_NODE_ADD:
    case HS_NODE_SUBTRACT:
    case HS_NODE_MULTIPLY:
    case HS_NODE_DIVIDE:
      return guess_kind_of_pair (node);

    default:
      return HS_FIGURE_BOOLEAN;
    }
}

HsFigureKind
hs_figures_get_kind (const char *expression)
{
  HsFigureNode *node;
  HsFigureKind  kind;

  g_return_val_if_fail (expression != NULL, HS_FIGURE_NUMBER);

  node = _hs_figures_parse (expression, NULL);
  if (node == NULL)
    return HS_FIGURE_NUMBER;
  kind = guess_kind (node);
  _hs_figure_node_free (node);

  return kind;
}

gboolean
hs_figures_evaluate (HsComparison *comparison,
                     const char   *expression,
                     HsFigure     *figure,
                     GError      **error)
{
  HsFigureNode *node;
  HsFigure      value = { 0 };
  gboolean      is_done;

  g_return_val_if_fail (expression != NULL && figure != NULL, FALSE);

  *figure = (HsFigure) { 0 };
  node = _hs_figures_parse (expression, error);
  if (node == NULL)
    return FALSE;

  is_done = comparison == NULL || evaluate (comparison, node, &value, error);
  if (is_done && comparison != NULL)
    *figure = value;
  else
    hs_figure_clear (&value);
  _hs_figure_node_free (node);

  return is_done;
}
