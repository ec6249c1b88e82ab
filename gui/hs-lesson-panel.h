/* hs-lesson-panel.h - the lesson beside the code of an example
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-lesson.h"

G_BEGIN_DECLS

#define HS_TYPE_LESSON_PANEL (hs_lesson_panel_get_type ())
G_DECLARE_FINAL_TYPE (HsLessonPanel, hs_lesson_panel, HS, LESSON_PANEL, AdwBin)

/* Activates "win.compare", "win.look-at" (a view, or view.option=choice) and "win.close-lesson". */

/* @lesson: (transfer full) (nullable): NULL for none. Nothing is measured for it yet. */
void hs_lesson_panel_set_lesson (HsLessonPanel *self,
                                 const char    *title,
                                 HsLesson      *lesson);

/* What was measured for the lesson that is shown: figures are filled in, claims checked, guesses
 * compared. NULL: nothing, guesses stay.
 */
void hs_lesson_panel_set_comparison (HsLessonPanel *self,
                                     HsComparison  *comparison);

G_END_DECLS
