/* hs-format.c - numbers as Heapscape writes them, everywhere
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-format.h"

#include <glib/gi18n-lib.h>

#include "hs-snapshot-format.h"

/* U+202F NARROW NO-BREAK SPACE: the thin space that ISO 80000-1 puts between
 * groups of three digits, in the form that does not break a line.
 */
#define GROUP_SEPARATOR "\xe2\x80\xaf"

/* Up to here bytes are written exactly. */
#define EXACT_BYTES_MAX 9999

/* @value with digit groups, the text of @fraction behind it. */
static char *
group_digits (guint64     value,
              const char *fraction)
{
  char     digits[32];
  gsize    n_digits;
  GString *text = g_string_new (NULL);

  n_digits = (gsize)g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, value);

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, GROUP_SEPARATOR);
      g_string_append_c (text, digits[i]);
    }

  g_string_append (text, fraction);

  return g_string_free (text, FALSE);
}

/* @value / @unit with @n_decimals (0 to 2), rounded half up, in integers only
 * so that neither locale nor binary fractions show.
 */
static char *
format_ratio (guint64 value,
              guint64 unit,
              guint   n_decimals)
{
  static const guint scales[] = { 1, 10, 100 };
  guint              scale = scales[n_decimals];
  guint64            whole = value / unit;
  guint64            rest = value % unit;
  guint64            fraction;
  char               text[8] = "";

  /* rest < unit <= 2^60 (EiB): in units of unit / 2^10 it fits times 100. */
  if (unit >= G_GUINT64_CONSTANT (1) << 50)
    fraction = ((rest >> 10) * scale + (unit >> 11)) / (unit >> 10);
  else
    fraction = (rest * scale + unit / 2) / unit;

  if (fraction == scale)
    {
      whole++;
      fraction = 0;
    }

  if (n_decimals == 1)
    g_snprintf (text, sizeof text, ".%u", (guint)fraction);
  else if (n_decimals == 2)
    g_snprintf (text, sizeof text, ".%02u", (guint)fraction);

  return group_digits (whole, text);
}

/* How many decimals give three significant digits, at most @max. A value that
 * rounds up to the next power of ten is treated as that.
 */
static guint
choose_decimals (guint64 value,
                 guint64 unit,
                 guint   max)
{
  if (value >= unit * 100 - unit / 20)
    return 0;
  if (value >= unit * 10 - unit / 200)
    return MIN (max, 1);
  return max;
}

/**
 * hs_format_count:
 * @count: any number
 *
 * Returns: (transfer full): @count with digit groups
 */
char *
hs_format_count (guint64 count)
{
  return group_digits (count, "");
}

/**
 * hs_format_bytes_exact:
 * @bytes: a number of bytes, or %HS_BYTES_UNKNOWN
 *
 * Returns: (transfer full): every digit of @bytes with the unit, or the
 *   translated word for unknown
 */
char *
hs_format_bytes_exact (guint64 bytes)
{
  g_autofree char *count = NULL;

  if (bytes == HS_BYTES_UNKNOWN)
    return g_strdup (_("unknown"));

  count = hs_format_count (bytes);

  return g_strconcat (count, " B", NULL);
}

/**
 * hs_format_bytes:
 * @bytes: a number of bytes, or %HS_BYTES_UNKNOWN
 *
 * Exact up to 9 999; above, at most three significant digits in the largest
 * binary unit (IEC 80000-13) of which there is at least one.
 *
 * Returns: (transfer full): the text, or the translated word for unknown
 */
char *
hs_format_bytes (guint64 bytes)
{
  static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  guint                    index = 0;
  guint64                  unit = 1024;
  g_autofree char         *number = NULL;

  if (bytes <= EXACT_BYTES_MAX || bytes == HS_BYTES_UNKNOWN)
    return hs_format_bytes_exact (bytes);

  /* Half a unit below: what would be written as "1 024 KiB" is "1.00 MiB". */
  while (index + 1 < G_N_ELEMENTS (units) && bytes >= unit * 1024 - unit / 2)
    {
      unit *= 1024;
      index++;
    }

  /* 9.8 KiB lies right above 9 999 B: a second decimal would be noise. */
  if (index + 1 == G_N_ELEMENTS (units))
    number = format_ratio (bytes, unit, bytes / unit >= 10 ? 1 : 2);
  else
    number = format_ratio (bytes, unit, choose_decimals (bytes, unit, index == 0 ? 1 : 2));

  return g_strconcat (number, " ", units[index], NULL);
}

/**
 * hs_format_duration:
 * @ns: nanoseconds
 *
 * Returns: (transfer full): at most three significant digits in ns, µs, ms or
 *   s; seconds are the largest unit and always whole from 100 s on
 */
char *
hs_format_duration (guint64 ns)
{
  static const struct
  {
    guint64     ns;
    const char *name;
  } units[] = {
    { G_GUINT64_CONSTANT (1), "ns" },
    { G_GUINT64_CONSTANT (1000), "µs" },
    { G_GUINT64_CONSTANT (1000000), "ms" },
    { G_GUINT64_CONSTANT (1000000000), "s" },
  };
  guint            index = 0;
  g_autofree char *number = NULL;

  while (index + 1 < G_N_ELEMENTS (units) && ns >= units[index].ns * 1000 - units[index].ns / 2)
    index++;

  number = format_ratio (ns, units[index].ns,
                         index == 0 ? 0 : choose_decimals (ns, units[index].ns, 2));

  return g_strconcat (number, " ", units[index].name, NULL);
}
