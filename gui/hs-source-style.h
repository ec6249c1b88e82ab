/* hs-source-style.h - the colours of source text, light and dark
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Gives @buffer the style scheme that is chosen, in its light or dark variant as the program is,
 * now and whenever that changes.
 */
void hs_source_style_follow (GtkSourceBuffer *buffer);

/* What is chosen, for all buffers: the id of a style scheme, in either of its variants. One that
 * is not installed is the default.
 */
void hs_source_style_choose (const char *id);

/* The scheme that a buffer has if @id is chosen. Returns: (transfer none) (nullable): NULL: none is
 * installed
 */
GtkSourceStyleScheme *hs_source_style_find (const char *id,
                                            gboolean    is_dark);

/* Those that can be chosen, each family once, by name. Returns: (transfer container): of
 * GtkSourceStyleScheme, in the variants for @is_dark where there are any
 */
GPtrArray *hs_source_style_list (gboolean is_dark);

G_END_DECLS
