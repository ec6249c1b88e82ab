/* hs-question-card.h - a question of a lesson: a guess before, the answer after measuring
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-lesson.h"

G_BEGIN_DECLS

typedef enum
{
  HS_ANSWER_OPEN,    /* not checked yet */
  HS_ANSWER_RIGHT,   /* the guess was */
  HS_ANSWER_WRONG,   /* the guess was not */
  HS_ANSWER_UNKNOWN, /* could not be measured here */
} HsAnswer;

#define HS_TYPE_QUESTION_CARD (hs_question_card_get_type ())
G_DECLARE_FINAL_TYPE (HsQuestionCard, hs_question_card, HS, QUESTION_CARD, AdwBin)

/* Signal: ::changed, when its answer was checked. @part: of a lesson, HS_LESSON_QUESTION; it must
 * outlive the widget. @number: from 1.
 */
GtkWidget *hs_question_card_new (const HsLessonPart *part,
                                 guint               number);

/* A guess that was made by then is checked; later ones when somebody asks for it. With NULL the
 * question is open again.
 */
void hs_question_card_set_comparison (HsQuestionCard *self,
                                      HsComparison   *comparison);

HsAnswer hs_question_card_get_answer (HsQuestionCard *self);
gboolean hs_question_card_has_guess (HsQuestionCard *self);

/* A paragraph of a lesson: wrapped, selectable. */
GtkWidget *hs_lesson_label_new (void);

G_END_DECLS
