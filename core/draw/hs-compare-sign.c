/* hs-compare-sign.c - signs of verdicts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-compare-scene-private.h"
#include "hs-theme-private.h"

#define MIDDLE (HS_COMPARE_VERDICT / 2)
#define LINE   2.

static HsColor
get_color (HsVerdict      verdict,
           const HsTheme *theme)
{
  switch (verdict)
    {
    case HS_VERDICT_SAVES:
      return theme->hue[HS_FAMILY_INSTANCE];
    case HS_VERDICT_WORSE:
    case HS_VERDICT_FAILED:
      return theme->variant[5];
    case HS_VERDICT_RESULTS_DIFFER:
      return theme->variant[2];
    case HS_VERDICT_BASELINE:
    case HS_VERDICT_NO_EFFECT:
    case HS_N_VERDICTS:
    default:
      return theme->quiet_text;
    }
}

static void
add_line (cairo_t *cr,
          double   x1,
          double   y1,
          double   x2,
          double   y2)
{
  cairo_move_to (cr, MIDDLE + x1, MIDDLE + y1);
  cairo_line_to (cr, MIDDLE + x2, MIDDLE + y2);
}

/* On a disc. */
static void
add_glyph (cairo_t  *cr,
           HsVerdict verdict)
{
  switch (verdict)
    {
    case HS_VERDICT_SAVES: /* a tick */
      add_line (cr, -4, 0.5, -1.25, 3.25);
      cairo_line_to (cr, MIDDLE + 4.25, MIDDLE - 3.25);
      break;

    case HS_VERDICT_NO_EFFECT: /* = */
      add_line (cr, -4, -2, 4, -2);
      add_line (cr, -4, 2, 4, 2);
      break;

    case HS_VERDICT_WORSE: /* a cross */
      add_line (cr, -3.25, -3.25, 3.25, 3.25);
      add_line (cr, -3.25, 3.25, 3.25, -3.25);
      break;

    case HS_VERDICT_RESULTS_DIFFER: /* ≠ */
      add_line (cr, -4, -2, 4, -2);
      add_line (cr, -4, 2, 4, 2);
      add_line (cr, -2.25, 4.75, 2.25, -4.75);
      break;

    case HS_VERDICT_FAILED: /* ! */
      add_line (cr, 0, -5, 0, 1);
      add_line (cr, 0, 4.25, 0, 4.5);
      break;

    case HS_VERDICT_BASELINE:
    case HS_N_VERDICTS:
    default:
      break;
    }
}

void
_hs_compare_draw_verdict (cairo_t       *cr,
                          HsVerdict      verdict,
                          double         x,
                          double         y,
                          const HsTheme *theme)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  hs_theme_set_color (cr, get_color (verdict, theme));
  cairo_new_path (cr);
  if (verdict == HS_VERDICT_BASELINE)
    {
      /* The mark of a scale from which others are measured. */
      add_line (cr, -6, 5, 6, 5);
      add_line (cr, 0, -5, 0, 4);
      cairo_stroke (cr);
    }
  else
    {
      cairo_arc (cr, MIDDLE, MIDDLE, MIDDLE - 1, 0, 2 * G_PI);
      cairo_fill (cr);
      hs_theme_set_color (cr, theme->variant_text);
      add_glyph (cr, verdict);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}
