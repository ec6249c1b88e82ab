/* hs-font-css.h - the font of text as CSS
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* A rule for a text view. @font: (nullable): a Pango font description; NULL, or without a size:
 * the desktop's. @factor: of the size. Returns: (transfer full)
 */
char *hs_font_css_new (const char *font,
                       double      factor);

G_END_DECLS
