/* hs-word-provider.h - proposes the words of a text and of Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Fewer characters of a word propose nothing, unless one asks for it. */
#define HS_WORD_PREFIX_MIN 3

/* Characters around the cursor whose words are proposed: to look through them takes 3 ms, and 12 ms
 * if 13 000 words are found.
 */
#define HS_WORD_TEXT_MAX 1000000

#define HS_TYPE_WORD_PROVIDER (hs_word_provider_get_type ())
G_DECLARE_FINAL_TYPE (HsWordProvider, hs_word_provider, HS, WORD_PROVIDER, GObject)

/* Unasked, it proposes nothing in comments, strings and numbers, where it can tell. */
GtkSourceCompletionProvider *hs_word_provider_new (void);

/* Does what a proposal is for with the first of what it has proposed last. Returns: whether there
 * is one
 */
gboolean hs_word_provider_activate_first (HsWordProvider *self);

/* The longer words that begin with @prefix, which is not empty: those of @buffer, but for the one
 * at @place, and unless they follow a dot those of Python. Returns: (transfer full): of char *,
 * each once, by strcmp()
 */
GPtrArray *hs_words_collect (GtkTextBuffer     *buffer,
                             const GtkTextIter *place,
                             const char        *prefix);

G_END_DECLS
