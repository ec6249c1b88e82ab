/* hs-strings-wrap.h - sentences in lines
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-text.h"

G_BEGIN_DECLS

/* Remembers what it has broken: the same sentence often explains many values. For
 * one thread, and no longer than the texts live.
 */
typedef struct _HsWraps HsWraps;

HsWraps *_hs_wraps_new (HsTexts *texts);
void     _hs_wraps_free (HsWraps *self);

/* @text in lines no wider than @width (scene units), broken where its language
 * allows it; a word that is wider than a line is cut with "…".
 * Returns: (transfer none): @n of them
 */
const HsText *const *_hs_wraps_get (HsWraps    *self,
                                    HsTextStyle style,
                                    const char *text,
                                    double      width,
                                    guint      *n);

G_END_DECLS
