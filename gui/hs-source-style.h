/* hs-source-style.h - the colours of source text, light and dark
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Gives @buffer the style scheme that goes with the window, now and whenever
 * the window turns dark or light, for as long as @buffer lives.
 */
void hs_source_style_follow (GtkSourceBuffer *buffer);

G_END_DECLS
