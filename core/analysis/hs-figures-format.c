/* hs-figures-format.c - figures as a person reads them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-figures.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hs-format.h"

/* Above this a double has no fraction, and a guint64 is far. */
#define WHOLE_MAX 9e15

static const char *const formats[] = {
  "exact",
  "percent",
  "times",
  "number",
  "bytes",
  "count",
  "time",
};

gboolean
hs_figure_is_format (const char *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i], format) == 0)
      return TRUE;

  return FALSE;
}

static char *
strip_zeros (char *text)
{
  gsize length = strlen (text);

  if (strchr (text, '.') == NULL)
    return text;

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';

  return text;
}

/* Not negative, with @decimals at most, digits in groups, the same in all locales. */
static char *
format_plain (double number,
              guint  decimals)
{
  char             text[G_ASCII_DTOSTR_BUF_SIZE];
  const char      *fraction;
  g_autofree char *whole = NULL;

  if (number >= WHOLE_MAX)
    return g_strdup (g_ascii_formatd (text, sizeof text, "%.3g", number));

  g_ascii_formatd (text, sizeof text, decimals == 0 ? "%.0f" : decimals == 1 ? "%.1f"
                                                                             : "%.2f",
                   number);
  strip_zeros (text);
  fraction = strchr (text, '.');
  whole = hs_format_count (g_ascii_strtoull (text, NULL, 10));

  return g_strconcat (whole, fraction, NULL);
}

/* Three digits, or all those before the point. */
static char *
format_number (double number)
{
  if (number > 0 && number < 0.1)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      return g_strdup (g_ascii_formatd (text, sizeof text, "%.2g", number));
    }

  return format_plain (number, number >= 100 ? 0 : number >= 10 ? 1
                                                                : 2);
}

/* Near 100 % the second decimal says something. */
static char *
format_percent (double ratio)
{
  double           percent = ratio * 100;
  gboolean         is_fine = percent < 1 || (percent > 99 && percent < 101);
  g_autofree char *number = format_plain (percent, is_fine ? 2 : 1);

  return g_strconcat (number, " %", NULL); /* U+202F */
}

static char *
format_times (double ratio)
{
  g_autofree char *number = format_plain (ratio, ratio >= 10 ? 0 : ratio >= 2 ? 1
                                                                              : 2);

  /* translators: how many times as much: "8.2 times" */
  return g_strdup_printf (_("%s times"), number);
}

/* Parts of a byte are there in averages only. */
static char *
format_bytes (double   bytes,
              gboolean is_exact)
{
  g_autofree char *number = NULL;

  if (bytes >= WHOLE_MAX || bytes == floor (bytes) || bytes >= 1000)
    return is_exact ? hs_format_bytes_exact ((guint64)MIN (round (bytes), 1e19))
                    : hs_format_bytes ((guint64)MIN (round (bytes), 1e19));

  number = format_number (bytes);

  return g_strconcat (number, " B", NULL);
}

static char *
format_time (double ns)
{
  return hs_format_duration ((guint64)MIN (round (ns), 1e19));
}

static char *
format_kind (HsFigureKind kind,
             double       number)
{
  switch (kind)
    {
    case HS_FIGURE_BYTES:
      return format_bytes (number, FALSE);

    case HS_FIGURE_COUNT:
      return number == floor (number) ? format_plain (number, 0) : format_number (number);

    case HS_FIGURE_NS:
      return format_time (number);

    case HS_FIGURE_NUMBER:
    case HS_FIGURE_BOOLEAN:
    case HS_FIGURE_TEXT:
      break;
    }

  return number == floor (number) ? format_plain (number, 0) : format_number (number);
}

static char *
format_as (HsFigureKind kind,
           double       number,
           const char  *format)
{
  if (format == NULL)
    return format_kind (kind, number);
  if (g_str_equal (format, "exact"))
    return kind == HS_FIGURE_BYTES ? format_bytes (number, TRUE) : format_kind (kind, number);
  if (g_str_equal (format, "percent"))
    return format_percent (number);
  if (g_str_equal (format, "times"))
    return format_times (number);
  if (g_str_equal (format, "bytes"))
    return format_bytes (number, FALSE);
  if (g_str_equal (format, "count"))
    return format_plain (number, 0);
  if (g_str_equal (format, "time"))
    return format_time (number);

  return format_kind (HS_FIGURE_NUMBER, number);
}

char *
hs_figure_format (const HsFigure *self,
                  const char     *format)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == HS_FIGURE_TEXT)
    return g_strdup (self->text != NULL ? self->text : "");
  if (self->kind == HS_FIGURE_BOOLEAN && format == NULL)
    return g_strdup (self->number != 0 ? C_("truth", "yes") : C_("truth", "no"));
  if (isnan (self->number) || isinf (self->number))
    return g_strdup (_("unknown"));

  text = format_as (self->kind, fabs (self->number), format);
  if (self->number < 0)
    return g_strconcat ("−", text, NULL);

  return g_steal_pointer (&text);
}
