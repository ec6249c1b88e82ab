/* hs-timeline-pattern.c - each kind of memory has a hue and a pattern
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-theme-private.h"
#include "hs-timeline-scene-private.h"

#define STEP 5.

/* Device pixels: closer lines would run into each other. */
#define STEP_MIN 3.

typedef enum
{
  PATTERN_SOLID = 0,
  PATTERN_RISING = 1 << 0,
  PATTERN_FALLING = 1 << 1,
  PATTERN_LEVEL = 1 << 2,
  PATTERN_UPRIGHT = 1 << 3,
} Pattern;

/* What belongs together has one hue: full where it is used, hatched where it is free. */
static const struct
{
  HsFamily hue;
  Pattern  pattern;
} looks[HS_N_MEMORIES] = {
  [HS_MEMORY_OBJECTS] = { HS_FAMILY_CONTAINER, PATTERN_SOLID },
  [HS_MEMORY_POOL_FREE] = { HS_FAMILY_CONTAINER, PATTERN_RISING },
  [HS_MEMORY_ARENA_FREE] = { HS_FAMILY_CONTAINER, PATTERN_LEVEL },
  [HS_MEMORY_FRAMES] = { HS_FAMILY_CALLABLE, PATTERN_SOLID },
  [HS_MEMORY_MALLOC] = { HS_FAMILY_INSTANCE, PATTERN_SOLID },
  [HS_MEMORY_MALLOC_FREE] = { HS_FAMILY_INSTANCE, PATTERN_RISING },
  [HS_MEMORY_MAPPED_FILES] = { HS_FAMILY_TEXT, PATTERN_SOLID },
  [HS_MEMORY_MAPPED_ANON] = { HS_FAMILY_TEXT, PATTERN_UPRIGHT },
  [HS_MEMORY_LIBRARIES] = { HS_FAMILY_MODULE, PATTERN_SOLID },
  [HS_MEMORY_STACKS] = { HS_FAMILY_MODULE, PATTERN_FALLING },
  [HS_MEMORY_OWN] = { HS_FAMILY_OTHER, PATTERN_LEVEL },
  [HS_MEMORY_UNEXPLAINED] = { HS_FAMILY_BUFFER, PATTERN_RISING | PATTERN_FALLING },
};

/* Lines of a slope, cut at the sides of @rect without a clip. */
static void
add_slopes (cairo_t      *cr,
            const HsRect *rect,
            gboolean      is_falling)
{
  for (double d = STEP / 2; d < rect->width + rect->height; d += STEP)
    {
      double left = MAX (d - rect->height, 0);
      double right = MIN (d, rect->width);
      double low = d - left;
      double high = d - right;

      cairo_move_to (cr, rect->x + left, rect->y + (is_falling ? rect->height - low : low));
      cairo_line_to (cr, rect->x + right, rect->y + (is_falling ? rect->height - high : high));
    }
}

static void
add_lines (cairo_t      *cr,
           const HsRect *rect,
           Pattern       pattern)
{
  if (pattern & PATTERN_RISING)
    add_slopes (cr, rect, FALSE);
  if (pattern & PATTERN_FALLING)
    add_slopes (cr, rect, TRUE);
  for (double y = STEP / 2; (pattern & PATTERN_LEVEL) && y < rect->height; y += STEP)
    {
      cairo_move_to (cr, rect->x, rect->y + y);
      cairo_line_to (cr, rect->x + rect->width, rect->y + y);
    }
  for (double x = STEP / 2; (pattern & PATTERN_UPRIGHT) && x < rect->width; x += STEP)
    {
      cairo_move_to (cr, rect->x + x, rect->y);
      cairo_line_to (cr, rect->x + x, rect->y + rect->height);
    }
}

void
_hs_timeline_pattern_draw (cairo_t       *cr,
                           const HsRect  *rect,
                           HsMemoryKind   kind,
                           double         scale,
                           const HsTheme *theme)
{
  HsColor color = theme->hue[looks[kind].hue];

  if (rect->width <= 0 || rect->height <= 0)
    return;

  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  if (looks[kind].pattern == PATTERN_SOLID)
    hs_theme_set_color (cr, color);
  else if (STEP * scale < STEP_MIN)
    hs_theme_set_color_alpha (cr, color, 0.4);
  else
    hs_theme_set_color (cr, theme->box);
  cairo_fill (cr);
  if (looks[kind].pattern != PATTERN_SOLID && STEP * scale >= STEP_MIN)
    {
      hs_theme_set_color (cr, color);
      cairo_set_line_width (cr, 1.25);
      add_lines (cr, rect, looks[kind].pattern);
      cairo_stroke (cr);
    }
  if (rect->width > 2)
    {
      hs_theme_set_color (cr, color);
      cairo_set_line_width (cr, 1);
      cairo_rectangle (cr, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1);
      cairo_stroke (cr);
    }
}
