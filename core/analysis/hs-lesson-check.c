/* hs-lesson-check.c - what a lesson says and asks, against what was measured
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-lesson-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
evaluate_truth (HsComparison *comparison,
                const char   *expression,
                gboolean     *is_true,
                GError      **error)
{
  HsFigure figure;

  if (!hs_figures_evaluate (comparison, expression, &figure, error))
    return FALSE;

  *is_true = figure.kind != HS_FIGURE_TEXT && figure.number != 0;
  hs_figure_clear (&figure);

  return TRUE;
}

gboolean
hs_lesson_is_shown (HsComparison       *comparison,
                    const HsLessonPart *part)
{
  gboolean is_true;

  g_return_val_if_fail (part != NULL, FALSE);

  if (part->condition == NULL)
    return TRUE;

  return comparison != NULL && evaluate_truth (comparison, part->condition, &is_true, NULL) &&
         is_true;
}

HsClaim
hs_lesson_check_claim (HsComparison       *comparison,
                       const HsLessonPart *part,
                       GError            **error)
{
  g_autoptr(GError) reason = NULL;
  gboolean is_true;

  g_return_val_if_fail (part != NULL && part->kind == HS_LESSON_CLAIM, HS_CLAIM_UNKNOWN);

  if (comparison == NULL)
    {
      g_set_error_literal (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED,
                           _("Nothing was measured yet"));
      return HS_CLAIM_UNKNOWN;
    }

  if (evaluate_truth (comparison, part->expression, &is_true, &reason))
    {
      if (!is_true)
        g_set_error (error, HS_LESSON_ERROR, 0,
                     /* translators: %s is a condition, like Python code */
                     _("In this measurement it is not so: %s"), part->expression);
      return is_true ? HS_CLAIM_KEPT : HS_CLAIM_BROKEN;
    }

  g_propagate_error (error, g_steal_pointer (&reason));

  return g_error_matches (error != NULL ? *error : NULL, HS_FIGURES_ERROR,
                          HS_FIGURES_ERROR_NOT_MEASURED)
           ? HS_CLAIM_UNKNOWN
           : HS_CLAIM_BROKEN;
}

void
hs_lesson_count_claims (HsLesson      *self,
                        HsComparison  *comparison,
                        HsClaimCounts *counts)
{
  g_return_if_fail (self != NULL && counts != NULL);

  *counts = (HsClaimCounts) { 0 };
  for (guint i = 0; i < hs_lesson_get_n (self); i++)
    {
      const HsLessonPart *part = hs_lesson_get (self, i);
      g_autoptr(GError) error = NULL;
      HsClaim claim;

      if (part->kind != HS_LESSON_CLAIM || !hs_lesson_is_shown (comparison, part))
        continue;
      claim = hs_lesson_check_claim (comparison, part, &error);
      counts->n_kept += claim == HS_CLAIM_KEPT;
      counts->n_broken += claim == HS_CLAIM_BROKEN;
      counts->n_unknown += claim == HS_CLAIM_UNKNOWN;
    }
}

guint
hs_lesson_find_answer (HsComparison       *comparison,
                       const HsLessonPart *part,
                       GError            **error)
{
  guint found = G_MAXUINT;
  guint n_true = 0;

  g_return_val_if_fail (comparison != NULL && part != NULL && part->n_choices > 0, G_MAXUINT);

  for (guint i = 0; i < part->n_choices; i++)
    {
      gboolean is_true;

      if (!evaluate_truth (comparison, part->choices[i].expression, &is_true, error))
        return G_MAXUINT;
      if (is_true)
        found = i;
      n_true += is_true ? 1 : 0;
    }
  if (n_true == 1)
    return found;

  g_set_error (error, HS_LESSON_ERROR, 0,
               n_true == 0 ? _("None of the choices is right in this measurement")
                           : _("Several of the choices are right in this measurement"));

  return G_MAXUINT;
}

gboolean
hs_lesson_check_number (HsComparison       *comparison,
                        const HsLessonPart *part,
                        double              guess,
                        HsFigure           *answer,
                        GError            **error)
{
  g_return_val_if_fail (comparison != NULL && part != NULL && part->expression != NULL, FALSE);

  *answer = (HsFigure) { 0 };
  if (!hs_figures_evaluate (comparison, part->expression, answer, error))
    return FALSE;
  if (answer->kind == HS_FIGURE_TEXT)
    {
      g_set_error_literal (error, HS_LESSON_ERROR, 0, "The answer is a text, not a number");
      hs_figure_clear (answer);
      return FALSE;
    }

  /* A little more than nothing: guesses are typed in other units. */
  return fabs (guess - answer->number) <=
         fabs (answer->number) * (part->percent / 100 + 1e-9) + 1e-9;
}

/* Problems */

static void
add_problem (GString    *problems,
             guint       line,
             const char *text)
{
  /* translators: a place in a lesson, and what is wrong there */
  g_string_append_printf (problems, _("Line %1$u: %2$s"), line, text);
  g_string_append_c (problems, '\n');
}

/* What is not known on this system is no mistake of the lesson. */
static gboolean
is_problem (const GError *error)
{
  return error != NULL &&
         !g_error_matches (error, HS_FIGURES_ERROR, HS_FIGURES_ERROR_NOT_MEASURED);
}

static void
check_figures (GString      *problems,
               HsComparison *comparison,
               guint         line,
               const char   *text)
{
  g_autoptr(GArray) segments = text == NULL ? NULL : _hs_lesson_split (text, NULL);

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      const HsSegment *segment = &g_array_index (segments, HsSegment, i);
      g_autoptr(GError) error = NULL;
      HsFigure figure = { 0 };

      if (segment->kind == HS_SEGMENT_FIGURE &&
          !hs_figures_evaluate (comparison, segment->text, &figure, &error) && is_problem (error))
        {
          g_autofree char *what = g_strdup_printf ("{%s}: %s", segment->text, error->message);

          add_problem (problems, line, what);
        }
      hs_figure_clear (&figure);
    }
}

static void
check_question (GString            *problems,
                HsComparison       *comparison,
                const HsLessonPart *part)
{
  g_autoptr(GError) error = NULL;
  HsFigure answer = { 0 };

  if (part->expression != NULL)
    hs_lesson_check_number (comparison, part, 0, &answer, &error);
  else
    hs_lesson_find_answer (comparison, part, &error);
  hs_figure_clear (&answer);

  if (is_problem (error))
    add_problem (problems, part->line, error->message);
  for (guint i = 0; i < part->n_choices; i++)
    check_figures (problems, comparison, part->line, part->choices[i].text);
  for (guint i = 0; part->because[i] != NULL; i++)
    check_figures (problems, comparison, part->line, part->because[i]);
}

char *
hs_lesson_dup_problems (HsLesson     *self,
                        HsComparison *comparison)
{
  g_autoptr(GString) problems = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && comparison != NULL, NULL);

  for (guint i = 0; i < hs_lesson_get_n (self); i++)
    {
      const HsLessonPart *part = hs_lesson_get (self, i);
      g_autoptr(GError) error = NULL;
      gboolean is_true;

      if (part->condition != NULL &&
          !evaluate_truth (comparison, part->condition, &is_true, &error) && is_problem (error))
        add_problem (problems, part->line, error->message);
      if (!hs_lesson_is_shown (comparison, part))
        continue;

      g_clear_error (&error);
      if (part->kind == HS_LESSON_CLAIM &&
          hs_lesson_check_claim (comparison, part, &error) == HS_CLAIM_BROKEN)
        add_problem (problems, part->line, error->message);
      if (part->kind == HS_LESSON_QUESTION)
        check_question (problems, comparison, part);
      check_figures (problems, comparison, part->line, part->text);
    }

  return problems->len == 0 ? NULL : g_strdup (problems->str);
}
