/* hs-compare-place.c - parts of the page that shows a comparison
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-compare-scene-private.h"

#define TITLE_GAP    12. /* below a title */
#define BADGE_LETTER 6.  /* beside a letter, both sides together */

const char *
_hs_compare_get_name (HsCompareScene *self,
                      guint           variant)
{
  const char *name = hs_comparison_get (self->comparison, variant)->name;

  return name != NULL && *name != '\0' ? name : "?";
}

void
_hs_compare_add_item (HsCompareScene   *self,
                      HsCompareItemKind kind,
                      guint             variant,
                      guint             index,
                      HsRect            rect)
{
  HsCompareItem item = { kind, variant, index, rect };

  self->right = MAX (self->right, rect.x + rect.width);
  g_array_append_val (self->items, item);
  self->parent.n_items = self->items->len;
}

void
_hs_compare_add_shape (HsCompareScene    *self,
                       HsCompareShapeKind kind,
                       guint              variant,
                       guint              what,
                       HsRect             rect)
{
  HsCompareShape shape = { kind, variant, what, rect };

  g_array_append_val (self->shapes, shape);
}

static double
add_shaped (HsCompareScene *self,
            const HsText   *text,
            HsCompareInk    ink,
            double          x,
            double          y)
{
  HsCompareLabel label = { text, x, y, ink };

  g_array_append_val (self->labels, label);
  self->right = MAX (self->right, x + text->width);

  return text->width;
}

double
_hs_compare_add_label (HsCompareScene *self,
                       HsTextStyle     style,
                       HsCompareInk    ink,
                       const char     *text,
                       double          max_width,
                       double          x,
                       double          y)
{
  return add_shaped (self, hs_texts_shape (self->texts, style, text, max_width), ink, x, y);
}

void
_hs_compare_add_number (HsCompareScene *self,
                        HsTextStyle     style,
                        HsCompareInk    ink,
                        const char     *text,
                        double          x,
                        double          y)
{
  const HsText *shaped = hs_texts_shape (self->texts, style, text, -1);

  add_shaped (self, shaped, ink, x - shaped->width, y);
}

/* From line @first on, all in one, which is cut. */
static const HsText *
shape_rest (HsCompareScene      *self,
            HsTextStyle          style,
            const HsText *const *lines,
            guint                first,
            guint                n,
            double               width)
{
  g_autoptr(GString) rest = g_string_new (NULL);

  for (guint i = first; i < n; i++)
    g_string_append_printf (rest, i > first ? " %s" : "%s", lines[i]->string);

  return hs_texts_shape (self->texts, style, rest->str, width);
}

guint
_hs_compare_add_lines (HsCompareScene *self,
                       HsTextStyle     style,
                       HsCompareInk    ink,
                       const char     *text,
                       double          width,
                       guint           max,
                       double          x,
                       double          y)
{
  guint                n;
  const HsText *const *lines = _hs_wraps_get (self->wraps, style, text, width, &n);

  for (guint i = 0; i < MIN (n, max); i++)
    add_shaped (self,
                i + 1 == max && n > max ? shape_rest (self, style, lines, i, n, width) : lines[i],
                ink, x, y + HS_COMPARE_LINE * (i + 0.5));

  return MIN (n, max);
}

void
_hs_compare_add_badge (HsCompareScene *self,
                       guint           variant,
                       double          size,
                       double          x,
                       double          y)
{
  g_autofree char *letter = hs_variant_dup_letter (variant);
  const HsText    *text = hs_texts_shape (self->texts, HS_TEXT_TITLE, letter, -1);
  double           width = MAX (size, ceil (text->width + BADGE_LETTER));

  _hs_compare_add_shape (self, HS_COMPARE_BADGE_BOX, variant, 0,
                         (HsRect) { x, y - size / 2, width, size });
  add_shaped (self, text, HS_COMPARE_INK_BADGE, x + (width - text->width) / 2, y);
}

void
_hs_compare_begin_section (HsCompareScene *self,
                           const char     *title,
                           const char     *subtitle)
{
  self->y += HS_COMPARE_SECTION;
  _hs_compare_add_label (self, HS_TEXT_TITLE, HS_COMPARE_INK_TEXT, title, -1, HS_COMPARE_MARGIN,
                         self->y + HS_COMPARE_LINE / 2);
  self->y += HS_COMPARE_LINE;
  if (subtitle != NULL)
    self->y += HS_COMPARE_LINE * _hs_compare_add_lines (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET,
                                                        subtitle, HS_COMPARE_WIDTH, G_MAXUINT,
                                                        HS_COMPARE_MARGIN, self->y);
  self->y += TITLE_GAP;
}

void
_hs_compare_add_note (HsCompareScene *self,
                      const char     *sentence)
{
  self->y += HS_COMPARE_LINE * _hs_compare_add_lines (self, HS_TEXT_QUIET, HS_COMPARE_INK_QUIET,
                                                      sentence, HS_COMPARE_WIDTH, G_MAXUINT,
                                                      HS_COMPARE_MARGIN, self->y);
  g_string_append_printf (self->notes, "%s\n", sentence);
}
