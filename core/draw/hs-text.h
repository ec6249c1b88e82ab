/* hs-text.h - text shaped once and drawn by any thread
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The interface fonts of GNOME, newest first, then whatever there is. */
#define HS_TEXT_WORDS  "Adwaita Sans, Cantarell, Noto Sans, Sans"
#define HS_TEXT_VALUES "Adwaita Mono, Source Code Pro, Noto Sans Mono, Monospace"

typedef enum
{
  HS_TEXT_TITLE,  /* type names */
  HS_TEXT_LABEL,  /* names and attributes */
  HS_TEXT_NUMBER, /* bytes, positions: figures of one width */
  HS_TEXT_VALUE,  /* values and addresses, monospace */
  HS_TEXT_QUIET,  /* small print, figures of one width */
  HS_TEXT_MORE,   /* what is not shown */
  HS_N_TEXT_STYLES
} HsTextStyle;

/* One line of glyphs. Belongs to its HsTexts. */
typedef struct
{
  char    *string; /* before it was cut */
  double   width;  /* scene units */
  double   size;   /* of the font */
  gsize    n_runs;
  gpointer runs;
} HsText;

/* All texts of a drawing, each distinct one shaped once. hs_texts_shape() is
 * for one thread; after hs_texts_seal() the texts are constant and hold Cairo
 * fonts only, so that any number of threads can draw them without a lock
 * (Pango's objects cannot be shared like that).
 */
typedef struct _HsTexts HsTexts;

HsTexts *hs_texts_new (const char *language);
void     hs_texts_free (HsTexts *self);
void     hs_texts_seal (HsTexts *self);

/* @max_width: scene units, the rest is replaced by "…"; negative: no limit.
 * Control characters and line ends take the space of a character.
 */
const HsText *hs_texts_shape (HsTexts    *self,
                              HsTextStyle style,
                              const char *text,
                              double      max_width);

/* From @x to the right, on the line at @baseline; with the source of @cr. */
void hs_text_draw (const HsText *text,
                   cairo_t      *cr,
                   double        x,
                   double        baseline);

/* The baseline of a line of text centred on @y: the same for every script, so
 * that figures and ideographs stand on one line.
 */
double hs_text_get_baseline (const HsText *text,
                             double        y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsTexts, hs_texts_free)

G_END_DECLS
