/* hs-text-extent.h - what text an editor can bear
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GtkTextView lays out a line as a whole: one of a million characters takes 0.2 s for each key
 * (0.4 s to show it), and a million lines take 0.4 s to show.
 */
#define HS_TEXT_LINE_MAX  ((gsize)1000000)
#define HS_TEXT_LINES_MAX ((gsize)2000000)
/* With colours the time grows with the square: 0.06 s for "1, 1, 1, …" of 3000 characters, 2.4 s
 * for 20 000, minutes for 100 000.
 */
#define HS_TEXT_COLORED_LINE_MAX ((gsize)3000)

typedef struct
{
  gsize n_bytes;
  gsize n_lines;      /* from 1 */
  gsize longest;      /* characters of the longest line, without its end */
  gsize longest_line; /* its number, from 1 */
  gsize first;        /* characters of the first line */
  gsize last;
} HsTextExtent;

/* @text: UTF-8 of @size bytes. */
void hs_text_extent_measure (HsTextExtent *self,
                             const char   *text,
                             gsize         size);

/* Why an editor does not show it, and what to do, as a sentence; NULL: it does. @name: of the
 * file; NULL: the text comes from elsewhere. Returns: (transfer full) (nullable)
 */
char *hs_text_extent_dup_refusal (const HsTextExtent *self,
                                  const char         *name);

G_END_DECLS
