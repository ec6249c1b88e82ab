/* hs-cli-visible.h - makes what code writes fit for a terminal
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One stream. Zeroed memory is the start of it. */
typedef struct
{
  guchar   bytes[8]; /* the beginning of a character that goes on in the next chunk */
  guint    n_bytes;
  gboolean after_cr; /* a line feed that comes next belongs to it */
} HsCliVisible;

/* Appends to @text what @data shows as: valid UTF-8 in which nothing tells a terminal what to do.
 * Line ends become "\n", tabs stay; other control characters become their pictures (U+2400 …) or
 * are written as Python's repr() does it, as are marks of direction; what is no UTF-8 becomes
 * U+FFFD.
 */
void hs_cli_visible_push (HsCliVisible *self,
                          const guchar *data,
                          gsize         size,
                          GString      *text);
/* The stream is over: what it has left of a character is shown, too. */
void hs_cli_visible_finish (HsCliVisible *self,
                            GString      *text);

G_END_DECLS
