/* hs-strings-sign.c - signs of what keeps a text one, and the legend
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "hs-strings-scene-private.h"

#define MIDDLE (HS_STRINGS_SIGN_SIZE / 2)
#define LINE   1.6

static void
add_circle (cairo_t *cr,
            double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, MIDDLE, MIDDLE, radius, 0, 2 * G_PI);
}

/* Points left or right. */
static void
add_bracket (cairo_t *cr,
             double   x,
             double   tip)
{
  cairo_move_to (cr, x, MIDDLE - 4.5);
  cairo_line_to (cr, tip, MIDDLE);
  cairo_line_to (cr, x, MIDDLE + 4.5);
}

void
_hs_strings_sign_draw (cairo_t     *cr,
                       HsStringSign sign,
                       double       x,
                       double       y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_new_path (cr);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  switch (sign)
    {
    case HS_STRING_SIGN_LOOSE:
      add_circle (cr, MIDDLE - 2.5);
      cairo_stroke (cr);
      break;

    case HS_STRING_SIGN_CONSTANT:
      /* <> as in source code. */
      add_bracket (cr, MIDDLE - 1.75, 1);
      add_bracket (cr, MIDDLE + 1.75, HS_STRINGS_SIGN_SIZE - 1);
      cairo_stroke (cr);
      break;

    case HS_STRING_SIGN_INTERNED:
      /* The one place in the table. */
      add_circle (cr, MIDDLE - 1.25);
      cairo_stroke (cr);
      add_circle (cr, 2.75);
      cairo_fill (cr);
      break;

    case HS_STRING_SIGN_STATIC:
      cairo_rectangle (cr, 2.5, 2.5, HS_STRINGS_SIGN_SIZE - 5, HS_STRINGS_SIGN_SIZE - 5);
      cairo_fill (cr);
      break;

    case HS_N_STRING_SIGNS:
      break;
    }
  cairo_restore (cr);
}

/* ---- Legend ---- */

static void
draw_sign_sample (cairo_t       *cr,
                  const HsRect  *rect,
                  const HsTheme *theme,
                  guint          which)
{
  hs_theme_set_color (cr, theme->hue[HS_FAMILY_TEXT]);
  _hs_strings_sign_draw (cr, (HsStringSign)which,
                         rect->x + (rect->width - HS_STRINGS_SIGN_SIZE) / 2,
                         rect->y + (rect->height - HS_STRINGS_SIGN_SIZE) / 2);
}

static void
draw_box_sample (cairo_t       *cr,
                 const HsRect  *rect,
                 const HsTheme *theme,
                 guint          which)
{
  _hs_strings_draw_frame (cr, rect, which != 0, theme);
}

static void
draw_arc_sample (cairo_t       *cr,
                 const HsRect  *rect,
                 const HsTheme *theme,
                 guint          which)
{
  double middle = rect->y + rect->height / 2;

  hs_theme_set_color (cr, theme->arrow);
  _hs_strings_draw_arc (cr, rect->x + 2, middle, rect->x + rect->width, middle,
                        theme->arrow_width);
}

static void
draw_bar_sample (cairo_t       *cr,
                 const HsRect  *rect,
                 const HsTheme *theme,
                 guint          which)
{
  HsRect bar = { rect->x + 2, rect->y + (rect->height - HS_STRINGS_BAR_HEIGHT) / 2,
                 rect->width - 4, HS_STRINGS_BAR_HEIGHT };

  _hs_strings_draw_bar (cr, &bar, which != 0 ? bar.width : 0, theme);
}

static const char *
get_sign_text (HsStringSign sign)
{
  switch (sign)
    {
    case HS_STRING_SIGN_LOOSE:
      return _("not interned: an equal text may be another object");
    case HS_STRING_SIGN_CONSTANT:
      return _("constant: code holds it");
    case HS_STRING_SIGN_INTERNED:
      return _("interned: in the table that holds each text once");
    case HS_STRING_SIGN_STATIC:
      return _("kept by Python itself, no heap bytes");
    case HS_N_STRING_SIGNS:
      break;
    }

  return "";
}

static void
add_entry (HsStringsScene *self,
           void (*draw) (cairo_t       *cr,
                         const HsRect  *rect,
                         const HsTheme *theme,
                         guint          which),
           guint       which,
           const char *text)
{
  self->legend[self->n_legend++] = (HsLegendEntry) { draw, which, text };
}

void
_hs_strings_scene_make_legend (HsStringsScene *self)
{
  gboolean has_sign[HS_N_STRING_SIGNS] = { FALSE };
  gboolean has_shared = FALSE;
  gboolean has_arc = FALSE;
  gboolean has_kept = FALSE;
  gboolean has_saving = FALSE;

  for (guint i = 0; i < self->page->n_copies; i++)
    {
      has_sign[self->page->copies[i].sign] = TRUE;
      has_shared = has_shared || self->boxes[i].is_shared;
    }
  for (guint i = 0; i < self->n_chips; i++)
    has_arc = has_arc || !self->chips[i].is_quiet;

  for (guint i = 0; i < self->n_bands; i++)
    {
      has_kept = has_kept || self->bands[i].bar_kept > 0;
      has_saving = has_saving || self->bands[i].bar_kept < self->bands[i].bar.width;
    }

  if (has_arc)
    add_entry (self, draw_arc_sample, 0, _("refers to the object"));
  if (has_shared)
    add_entry (self, draw_box_sample, 1, _("one object that several refer to"));
  for (guint i = HS_N_STRING_SIGNS; i-- > 0;)
    if (has_sign[i])
      add_entry (self, draw_sign_sample, i, get_sign_text ((HsStringSign)i));
  if (has_kept)
    add_entry (self, draw_bar_sample, 1, _("bytes that stay"));
  if (has_saving)
    add_entry (self, draw_bar_sample, 0, _("bytes that sys.intern() would save"));
}
