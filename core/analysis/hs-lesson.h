/* hs-lesson.h - what is taught with an example
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-figures.h"

G_BEGIN_DECLS

/* A lesson is a UTF-8 text file of lines, one for each language, beside the example's code
 * (resources/lessons/NAME.lesson, resources/lessons/zh_CN/NAME.lesson). Lines that begin with "#"
 * in the first column and a space are headings; those that begin with "@" are commands; others are
 * paragraphs, which an empty line ends, and in which
 *
 *   `code`           is set as code; braces and stars in it stand as they are,
 *   **word**         is stressed, and
 *   {EXPRESSION}     is a figure (hs-figures.h), {EXPRESSION:FORMAT} in a format of
 *                    hs_figure_format(); before there is a comparison it is shown as "…".
 *
 * What follows "@if EXPRESSION", on a line of its own, up to the end of that paragraph, claim or
 * question, is there if that is true, and not before anything is measured. "- " begins an item of
 * a list. Lines of a paragraph are joined by a space, but not between characters that are written
 * without. Commands:
 *
 *   @look VIEW[.OPTION=CHOICE] TEXT
 *                    a thing to look at: shown as a link that opens the view
 *   @claim EXPRESSION
 *                    what the lesson says is so; the next paragraph says it in words. It is
 *                    checked with each measurement, and shown as kept or not.
 *   @ask ID          a question before running; the next paragraph is its text
 *   @number EXPRESSION PERCENT
 *                    its answer is a number, right within so many percent
 *   @choice EXPRESSION
 *                    one of its choices, right if EXPRESSION is true; the next line is its
 *                    text. Exactly one is true.
 *   @because         the paragraphs up to the next command or heading explain the answer;
 *                    each question has it
 *
 * The order of sections: what to look at; what people say; what is measured; why; when not.
 * Questions stand before all of them.
 */

typedef enum
{
  HS_LESSON_HEADING,
  HS_LESSON_PARAGRAPH,
  HS_LESSON_ITEM, /* of a list */
  HS_LESSON_LOOK,
  HS_LESSON_CLAIM,
  HS_LESSON_QUESTION,
} HsLessonPartKind;

typedef struct
{
  char *text;
  char *expression; /* right if true */
} HsLessonChoice;

typedef struct
{
  HsLessonPartKind kind;
  guint            line;
  char            *text;
  char            *condition;  /* (nullable) of @if */
  char            *expression; /* of a claim, of a number to guess; else NULL */
  char            *target;     /* of LOOK: "layout", "heap.show=types" */
  char            *id;         /* of a question */
  double           percent;    /* of a number */
  guint            n_choices;  /* of a question; 0: a number */
  HsLessonChoice  *choices;
  char           **because; /* NULL-ended paragraphs */
} HsLessonPart;

/* Immutable. */
typedef struct _HsLesson HsLesson;

/* @name: for messages. Errors are HS_LESSON_ERROR and name the line. Returns: (transfer full)
 * (nullable)
 */
HsLesson *hs_lesson_new (const char *text,
                         const char *name,
                         GError    **error);
void      hs_lesson_free (HsLesson *self);

guint               hs_lesson_get_n (HsLesson *self);
const HsLessonPart *hs_lesson_get (HsLesson *self,
                                   guint     i);

/* The figures filled in; what could not be found stands as "?", with "…" for a NULL @comparison.
 * Without markup code stands in `backticks`.
 * As Pango markup (code in <tt>, stress in <b>) or as plain text. Returns: (transfer full)
 */
char *hs_lesson_dup_markup (HsComparison *comparison,
                            const char   *text);
char *hs_lesson_dup_text (HsComparison *comparison,
                          const char   *text);

/* Whether a part is to be shown: it has no condition, or one that is true. */
gboolean hs_lesson_is_shown (HsComparison       *comparison,
                             const HsLessonPart *part);

typedef enum
{
  HS_CLAIM_UNKNOWN, /* could not be measured here (numpy absent, hidden by the kernel) */
  HS_CLAIM_KEPT,
  HS_CLAIM_BROKEN,
} HsClaim;

/* @error: (out) (optional): why it is unknown, or broken */
HsClaim hs_lesson_check_claim (HsComparison       *comparison,
                               const HsLessonPart *part,
                               GError            **error);

/* The index of the right choice, or G_MAXUINT with @error. */
guint hs_lesson_find_answer (HsComparison       *comparison,
                             const HsLessonPart *part,
                             GError            **error);
/* The number that was asked for, and whether @guess is near enough. */
gboolean hs_lesson_check_number (HsComparison       *comparison,
                                 const HsLessonPart *part,
                                 double              guess,
                                 HsFigure           *answer,
                                 GError            **error);

/* All figures, conditions, claims and answers that cannot be had from @comparison, a line with the
 * number of the line in the lesson for each; claims that are unknown but not broken are none of
 * them. Returns: (transfer full) (nullable): NULL if there are none
 */
char *hs_lesson_dup_problems (HsLesson     *self,
                              HsComparison *comparison);

/* Claims of all that are shown. */
typedef struct
{
  guint n_kept;
  guint n_broken;
  guint n_unknown;
} HsClaimCounts;

void hs_lesson_count_claims (HsLesson      *self,
                             HsComparison  *comparison,
                             HsClaimCounts *counts);

/* All of it as text, as the command line prints it; without @comparison (nullable) the questions
 * have no answers, and nothing is checked. Returns: (transfer full)
 */
char *hs_lesson_to_text (HsLesson     *self,
                         HsComparison *comparison);

#define HS_LESSON_ERROR (hs_lesson_error_quark ())
GQuark hs_lesson_error_quark (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsLesson, hs_lesson_free)

G_END_DECLS
