/* hs-compare-cards.c - the variants, each with what may be said of it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-compare-scene-private.h"

/* Columns, from the margin */
#define NAME_X        44.
#define NAME_WIDTH    216.
#define VERDICT_X     284.
#define WORD_X        312.
#define WORD_WIDTH    132.
#define REASON_X      460.
#define PADDING       12.
#define BADGE         28.
#define SUMMARY_LINES 4
#define NAME_LINES    3
#define REASON_LINES  8

/* Returns: how many lines it takes */
static guint
add_name (HsCompareScene  *self,
          const HsVariant *variant,
          guint            i,
          double           y)
{
  g_autofree char *lines = _hs_compare_dup_lines (variant);
  guint            n;

  n = _hs_compare_add_lines (self, HS_TEXT_TITLE, HS_COMPARE_INK_TEXT,
                             _hs_compare_get_name (self, i), NAME_WIDTH, NAME_LINES,
                             HS_COMPARE_MARGIN + NAME_X, y);
  if (lines != NULL)
    n += _hs_compare_add_lines (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, lines, NAME_WIDTH, 1,
                                HS_COMPARE_MARGIN + NAME_X, y + HS_COMPARE_LINE * n);

  return n;
}

static guint
add_verdict (HsCompareScene  *self,
             const HsVariant *variant,
             double           y)
{
  HsRect rect = { HS_COMPARE_MARGIN + VERDICT_X, y, HS_COMPARE_VERDICT, HS_COMPARE_VERDICT };

  _hs_compare_add_shape (self, HS_COMPARE_VERDICT_AT, 0, variant->verdict, rect);

  return _hs_compare_add_lines (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT,
                                hs_verdict_get_title (variant->verdict), WORD_WIDTH, 3,
                                HS_COMPARE_MARGIN + WORD_X, y);
}

static guint
add_reason (HsCompareScene  *self,
            const HsVariant *variant,
            gboolean         is_baseline,
            double           y)
{
  double           x = HS_COMPARE_MARGIN + REASON_X;
  double           width = HS_COMPARE_WIDTH - REASON_X;
  g_autofree char *proof = _hs_compare_dup_proof (variant, is_baseline);
  guint            n = 0;

  if (variant->reason != NULL)
    n = _hs_compare_add_lines (self, HS_TEXT_LABEL, HS_COMPARE_INK_TEXT, variant->reason, width,
                               REASON_LINES, x, y);
  if (proof != NULL)
    n += _hs_compare_add_lines (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET, proof, width, 2, x,
                                y + HS_COMPARE_LINE * n);

  return n;
}

static void
add_card (HsCompareScene *self,
          guint           i)
{
  const HsVariant *variant = hs_comparison_get (self->comparison, i);
  double           y = self->y + PADDING;
  guint            n;
  guint            n_word;
  guint            n_reason;
  double           height;

  _hs_compare_add_badge (self, i, BADGE, HS_COMPARE_MARGIN, y + BADGE / 2 - 4);
  n = add_name (self, variant, i, y);
  n_word = add_verdict (self, variant, y);
  n_reason = add_reason (self, variant, i == 0, y);
  height = HS_COMPARE_LINE * MAX (MAX (n, n_word), n_reason) + 2 * PADDING;

  _hs_compare_add_shape (self, HS_COMPARE_RULE, 0, 0,
                         (HsRect) { HS_COMPARE_MARGIN, self->y, HS_COMPARE_WIDTH, 1 });
  _hs_compare_add_item (self, HS_COMPARE_ITEM_VARIANT, i, 0,
                        (HsRect) { HS_COMPARE_MARGIN, self->y, HS_COMPARE_WIDTH, height });
  self->y += height;
}

void
_hs_compare_place_cards (HsCompareScene *self)
{
  g_autofree char *summary = hs_comparison_dup_summary (self->comparison);

  self->y += HS_COMPARE_LINE * _hs_compare_add_lines (self, HS_TEXT_TITLE, HS_COMPARE_INK_TEXT,
                                                      summary, HS_COMPARE_WIDTH, SUMMARY_LINES,
                                                      HS_COMPARE_MARGIN, self->y) +
             PADDING;
  for (guint i = 0; i < hs_comparison_get_n (self->comparison); i++)
    add_card (self, i);
}
