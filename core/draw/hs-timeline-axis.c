/* hs-timeline-axis.c - axes of bytes and of time
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hs-format.h"
#include "hs-timeline-scene-private.h"

#define N_LEVELS 4. /* level lines of an axis of bytes, about */
#define N_TIMES  7. /* ticks of the axis of time, at most about */
#define STEP_MIN 8. /* bytes */
#define HALF     0.5

/* Of the largest number: below, a double could not tell two ticks apart. */
#define STEP_PART_MIN 1e-9

#define WHOLE_MAX 9e18 /* of what a whole number is written */

/* "1.25 MiB": in a unit in which neighbours differ. */
static char *
format_bytes (double bytes,
              double step)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  guint                    index = 0;
  double                   unit = 1;
  double                   value;
  char                     digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char         *whole = NULL;

  if (bytes <= 0)
    return g_strdup ("0");

  while (index + 1 < G_N_ELEMENTS (units) && step >= unit * 1024 / 4)
    {
      unit *= 1024;
      index++;
    }
  value = bytes / unit;
  if (step >= unit)
    {
      whole = hs_format_count ((guint64)MIN (value, WHOLE_MAX));
      return g_strconcat (whole, " ", units[index], NULL);
    }

  g_ascii_formatd (digits, sizeof digits, step >= unit * HALF ? "%.1f" : "%.2f", value);

  return g_strconcat (digits, " ", units[index], NULL);
}

void
_hs_timeline_scene_add_bytes_axis (HsTimelineScene *self,
                                   HsTimelinePlot  *plot,
                                   double           least,
                                   double           most)
{
  double step = STEP_MIN;

  /* An axis that is cut makes small changes look large: only where else nothing would be
   * seen.
   */
  if (self->options.scale != HS_TIMELINE_SCALE_FIT || least < most / 2)
    least = 0;
  while (step < (most - least) / N_LEVELS || step < most * STEP_PART_MIN)
    step *= 2;
  plot->low = floor (least / step) * step;
  plot->high = MAX (ceil (most / step) * step, plot->low + step);
  plot->is_cut = plot->low > 0;

  for (guint i = 0;; i++)
    {
      double           bytes = plot->low + step * i;
      double           y = _hs_timeline_get_y (plot, bytes);
      g_autofree char *text = NULL;

      if (bytes > plot->high || i > 2 * N_LEVELS)
        break;
      text = format_bytes (bytes, step);
      g_array_append_val (plot->ticks, y);
      _hs_timeline_scene_add_number (self, HS_TEXT_QUIET, text, plot->rect.x - 8, y);
    }
}

static char *
format_time (double ns,
             double last,
             double step)
{
  static const struct
  {
    double      ns;
    const char *name;
  } units[] = { { 1e9, "s" }, { 1e6, "ms" }, { 1e3, "µs" }, { 1, "ns" } };
  char  digits[G_ASCII_DTOSTR_BUF_SIZE];
  char  format[8];
  guint index = 0;
  int   decimals;

  while (index + 1 < G_N_ELEMENTS (units) && last < units[index].ns)
    index++;
  decimals = (int)ceil (log10 (units[index].ns / step) - 1e-6);
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 9));
  g_ascii_formatd (digits, sizeof digits, format, ns / units[index].ns);

  return g_strconcat (digits, " ", units[index].name, NULL);
}

/* 1, 2 or 5 times a power of ten. */
static double
get_time_step (double range)
{
  double power = pow (10, floor (log10 (MAX (range / N_TIMES, 1))));

  for (guint i = 0;; i++)
    {
      static const double parts[] = { 1, 2, 5, 10 };

      if (i + 1 == G_N_ELEMENTS (parts) || parts[i] * power * N_TIMES >= range)
        return parts[i] * power;
    }
}

void
_hs_timeline_scene_add_time_axis (HsTimelineScene *self,
                                  double           y)
{
  double step = get_time_step (self->to - self->from);
  double first = ceil (self->from / step) * step;
  double right = -HUGE_VAL;

  for (guint i = 0; i <= 2 * N_TIMES; i++)
    {
      double           ns = first + step * i;
      double           x = _hs_timeline_get_x (self, ns);
      g_autofree char *text = NULL;
      const HsText    *shaped;

      if (ns > self->to)
        break;
      text = format_time (ns, self->to, step);
      g_array_append_val (self->times, x);
      shaped = hs_texts_shape (self->texts, HS_TEXT_QUIET, text, -1);
      if (x - shaped->width / 2 < right + 8)
        continue;
      _hs_timeline_scene_add_label (self, HS_TEXT_QUIET, HS_TIMELINE_INK_QUIET, text, -1,
                                    x - shaped->width / 2, y);
      right = x + shaped->width / 2;
    }
}
