/* hs-learn-page.h - all examples by chapter, with what was last measured of each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-comparison.h"

G_BEGIN_DECLS

#define HS_TYPE_LEARN_PAGE (hs_learn_page_get_type ())
G_DECLARE_FINAL_TYPE (HsLearnPage, hs_learn_page, HS, LEARN_PAGE, AdwBin)

/* Activates "win.open-example" and "win.learn" (to go back). */

/* Once. @settings: key "lesson-verdicts" */
void hs_learn_page_set_settings (HsLearnPage *self,
                                 GSettings   *settings);
/* The first row that is seen. */
void hs_learn_page_focus (HsLearnPage *self);

/* Notes in @settings what @comparison says of the example @name. */
void hs_learn_page_note (GSettings    *settings,
                         const char   *name,
                         HsComparison *comparison);

G_END_DECLS
