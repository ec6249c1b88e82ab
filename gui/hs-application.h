/* hs-application.h - the program: its settings, its windows, its shortcuts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-draft.h"

G_BEGIN_DECLS

#define HS_TYPE_APPLICATION (hs_application_get_type ())
G_DECLARE_FINAL_TYPE (HsApplication, hs_application, HS, APPLICATION, AdwApplication)

HsApplication *hs_application_new (void);
GSettings     *hs_application_get_settings (HsApplication *self); /* (transfer none) */

/* NULL: there is no place for drafts, which was said. (transfer none) */
HsDrafts *hs_application_get_drafts (HsApplication *self);

/* The window that shows @file, also by another name. (transfer none) (nullable) */
GtkWindow *hs_application_find_window (HsApplication *self,
                                       GFile         *file);

/* Opens @file in a window of its own, or in @window (nullable) if nothing was
 * written there yet; if a window shows it already, that one comes forward.
 */
void hs_application_open_file (HsApplication *self,
                               GFile         *file,
                               GtkWindow     *window);

G_END_DECLS
