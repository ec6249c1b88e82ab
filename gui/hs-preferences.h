/* hs-preferences.h - what is kept between runs of the program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HS_TYPE_PREFERENCES (hs_preferences_get_type ())
G_DECLARE_FINAL_TYPE (HsPreferences, hs_preferences, HS, PREFERENCES, AdwPreferencesWindow)

HsPreferences *hs_preferences_new (GtkWindow *parent,
                                   GSettings *settings);

G_END_DECLS
