/* hs-editor-page.h - the preferences of editors
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HS_TYPE_EDITOR_PAGE (hs_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (HsEditorPage, hs_editor_page, HS, EDITOR_PAGE, AdwPreferencesPage)

/* Shows what is in @settings and changes it. Once. */
void hs_editor_page_set_settings (HsEditorPage *self,
                                  GSettings    *settings);

G_END_DECLS
