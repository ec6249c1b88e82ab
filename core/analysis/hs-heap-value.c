/* hs-heap-value.c - the value of an object as Python writes it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-heap-private.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More digits are never needed to tell two doubles apart. */
#define DOUBLE_DIGITS_MAX 17

/* The digits of @value in a decimal number with so many of them, and the power
 * of ten of the last. Does not rely on what the locale puts between digits.
 */
static guint64
round_to_digits (double value,
                 int    n_digits,
                 int   *exponent)
{
  char    text[64];
  guint64 digits = 0;

  g_snprintf (text, sizeof text, "%.*e", n_digits - 1, value);
  for (const char *c = text; *c != '\0' && *c != 'e'; c++)
    {
      if (g_ascii_isdigit (*c))
        digits = digits * 10 + (guint64)(*c - '0');
    }
  *exponent = atoi (strchr (text, 'e') + 1) - (n_digits - 1);

  return digits;
}

static gboolean
gives_back (guint64 digits,
            int     exponent,
            double  value)
{
  char text[64];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT "e%d", digits, exponent);

  return strtod (text, NULL) == value;
}

/* The fewest digits that give @value back, without zeros at their end, and the
 * power of ten of the last.
 */
static guint64
get_shortest_digits (double value,
                     int   *exponent)
{
  /* Whatever has at most 15 digits comes out with zeros behind them; but the
   * smallest values have less precision than that.
   */
  int      n_digits = value < DBL_MIN ? 1 : DBL_DIG;
  guint64  digits = round_to_digits (value, n_digits, exponent);
  int      binary_exponent;
  gboolean is_power = frexp (value, &binary_exponent) == 0.5;

  while (n_digits < DOUBLE_DIGITS_MAX && !gives_back (digits, *exponent, value))
    {
      /* Above a power of two, doubles are twice as far apart as below: the
       * nearest number with so many digits may be too low where the next,
       * although farther away, is not too high.
       */
      if (is_power && gives_back (digits + 1, *exponent, value))
        {
          digits++;
          break;
        }
      digits = round_to_digits (value, ++n_digits, exponent);
    }

  while (digits % 10 == 0)
    {
      digits /= 10;
      (*exponent)++;
    }

  return digits;
}

/* @digits with a point behind the first @n_whole of them, zeros where there are
 * no digits.
 */
static void
append_with_point (GString    *text,
                   const char *digits,
                   int         n_whole)
{
  int n = (int)strlen (digits);

  if (n_whole <= 0)
    {
      g_string_append (text, "0.");
      for (int i = n_whole; i < 0; i++)
        g_string_append_c (text, '0');
      g_string_append (text, digits);
      return;
    }

  for (int i = 0; i < n_whole; i++)
    g_string_append_c (text, i < n ? digits[i] : '0');
  g_string_append_printf (text, ".%s", n > n_whole ? digits + n_whole : "0");
}

/* float.__repr__() of CPython 3.1 and later: the shortest digits; an exponent
 * from 1e16 up and below 1e-4 (Python/pystrtod.c, format_float_short()).
 */
void
_hs_heap_append_double (GString *text,
                        double   value)
{
  char    digits[32];
  guint64 number;
  int     exponent;

  if (isnan (value))
    {
      g_string_append (text, "nan");
      return;
    }
  if (signbit (value))
    g_string_append_c (text, '-');
  value = fabs (value);
  if (isinf (value))
    {
      g_string_append (text, "inf");
      return;
    }

  /* Whole numbers below 2 to the 53rd, the most frequent kind, need no search. */
  if (value < 9007199254740992.0 && value == trunc (value))
    {
      g_string_append_printf (text, "%" G_GUINT64_FORMAT ".0", (guint64)value);
      return;
    }

  number = get_shortest_digits (value, &exponent);
  exponent += g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number) - 1;

  if (exponent >= -4 && exponent < 16)
    append_with_point (text, digits, exponent + 1);
  else
    {
      g_string_append_c (text, digits[0]);
      if (digits[1] != '\0')
        g_string_append_printf (text, ".%s", digits + 1);
      g_string_append_printf (text, "e%c%02d", exponent < 0 ? '-' : '+', abs (exponent));
    }
}

static HsValueKind
get_value_kind (HsHeap  *self,
                uint32_t object)
{
  return (HsValueKind)self->view.type_value[hs_snapshot_view_get_type (&self->view, object)];
}

/* Returns: (transfer full) (nullable): NULL if the value itself is not there */
static char *
dup_value (HsHeap  *self,
           uint32_t object)
{
  GString *text;
  gint64   integer;
  double   number;

  if (hs_snapshot_view_get_int (&self->view, object, &integer))
    return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
  if (get_value_kind (self, object) != HS_VALUE_FLOAT)
    return NULL;

  memcpy (&number, &self->view.object_value[object], sizeof number);
  text = g_string_new (NULL);
  _hs_heap_append_double (text, number);

  return g_string_free (text, FALSE);
}

gboolean
hs_heap_has_preview (HsHeap  *self,
                     uint32_t object)
{
  gint64 integer;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (object < self->view.n_objects, FALSE);

  return hs_snapshot_view_get_preview (&self->view, object) != 0 ||
         get_value_kind (self, object) == HS_VALUE_FLOAT ||
         hs_snapshot_view_get_int (&self->view, object, &integer);
}

char *
hs_heap_dup_preview (HsHeap  *self,
                     uint32_t object)
{
  char *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (object < self->view.n_objects, NULL);

  value = dup_value (self, object);
  if (value != NULL)
    return value;

  return hs_heap_dup_string (self, hs_snapshot_view_get_preview (&self->view, object));
}

char *
_hs_heap_dup_short_preview (HsHeap  *self,
                            uint32_t object,
                            guint    max_chars)
{
  g_autofree char *value = dup_value (self, object);

  if (value == NULL)
    return _hs_heap_dup_short_string (self, hs_snapshot_view_get_preview (&self->view, object),
                                      max_chars);
  if (strlen (value) > max_chars)
    return g_strdup_printf ("%.*s…", (int)max_chars, value);

  return g_steal_pointer (&value);
}
