/* hs-theme.h - the colours of a drawing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "hs-snapshot-format.h"

G_BEGIN_DECLS

typedef enum
{
  HS_THEME_LIGHT,
  HS_THEME_DARK,
  HS_THEME_HIGH_CONTRAST,
  HS_THEME_HIGH_CONTRAST_DARK,
} HsThemeKind;

typedef struct _HsTheme HsTheme; /* constant data, never freed */

const HsTheme *hs_theme_get (HsThemeKind kind);

/* "light", "dark", "high-contrast"; FALSE for anything else. */
gboolean hs_theme_kind_from_string (const char  *name,
                                    HsThemeKind *kind);

/* Background colour of the canvas, 0 to 1. */
void hs_theme_get_background (const HsTheme *theme,
                              double        *red,
                              double        *green,
                              double        *blue);

/* The colour of a family's strip and sign, 0 to 1; for a legend. */
void hs_theme_get_family_color (const HsTheme *theme,
                                HsFamily       family,
                                double        *red,
                                double        *green,
                                double        *blue);

G_END_DECLS
