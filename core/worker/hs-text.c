/* hs-text.c - text of Python values, written without Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-text.h"

#include "hs-pyinternal.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More digits are never needed to tell two doubles apart. */
#define DOUBLE_DIGITS_MAX 17

void
hs_text_init (HsText *self,
              char   *buffer,
              size_t  size)
{
  self->bytes = buffer;
  self->size = 0;
  self->size_max = size - 1;
  self->is_cut = false;
  buffer[0] = '\0';
}

static void
add_bytes (HsText     *self,
           const char *bytes,
           size_t      size)
{
  if (self->is_cut || size > self->size_max - self->size)
    {
      self->is_cut = true;
      return;
    }

  memcpy (self->bytes + self->size, bytes, size);
  self->size += size;
  self->bytes[self->size] = '\0';
}

void
hs_text_add (HsText     *self,
             const char *text)
{
  add_bytes (self, text, strlen (text));
}

void
hs_text_add_format (HsText     *self,
                    const char *format,
                    ...)
{
  char    buffer[128];
  va_list args;

  va_start (args, format);
  vsnprintf (buffer, sizeof buffer, format, args);
  va_end (args);
  hs_text_add (self, buffer);
}

/* Lone surrogates are written like other characters of three bytes: readers
 * make the text valid.
 */
static void
add_character (HsText *self,
               Py_UCS4 c)
{
  char   bytes[4];
  size_t n;

  if (c < 0x80)
    {
      bytes[0] = (char)c;
      n = 1;
    }
  else if (c < 0x800)
    {
      bytes[0] = (char)(0xc0 | c >> 6);
      bytes[1] = (char)(0x80 | (c & 0x3f));
      n = 2;
    }
  else if (c < 0x10000)
    {
      bytes[0] = (char)(0xe0 | c >> 12);
      bytes[1] = (char)(0x80 | (c >> 6 & 0x3f));
      bytes[2] = (char)(0x80 | (c & 0x3f));
      n = 3;
    }
  else
    {
      bytes[0] = (char)(0xf0 | c >> 18);
      bytes[1] = (char)(0x80 | (c >> 12 & 0x3f));
      bytes[2] = (char)(0x80 | (c >> 6 & 0x3f));
      bytes[3] = (char)(0x80 | (c & 0x3f));
      n = 4;
    }

  add_bytes (self, bytes, n);
}

void
hs_text_add_str (HsText   *self,
                 PyObject *str)
{
  Py_ssize_t n = PyUnicode_GET_LENGTH (str);

  for (Py_ssize_t i = 0; i < n && !self->is_cut; i++)
    {
      Py_UCS4 c = PyUnicode_READ_CHAR (str, i);

      add_character (self, c == 0 ? 0x2400 : c);
    }
}

/* "\x00", of as many digits as are asked for. Binary data is full of them, and
 * snprintf() would take most of the time of a snapshot.
 */
static void
add_hex (HsText  *self,
         char     letter,
         uint32_t number,
         int      n_digits)
{
  char text[] = { '\\', letter, '0', '0', '0', '0', '0', '0', '0', '0' };

  for (int i = n_digits; i > 0; i--, number >>= 4)
    text[1 + i] = "0123456789abcdef"[number & 0xf];
  add_bytes (self, text, (size_t)n_digits + 2);
}

static void
add_escaped (HsText *self,
             Py_UCS4 c,
             char    quote)
{
  if (c == (Py_UCS4)quote || c == '\\')
    {
      char escaped[] = { '\\', (char)c, '\0' };

      hs_text_add (self, escaped);
    }
  else if (c == '\n')
    hs_text_add (self, "\\n");
  else if (c == '\r')
    hs_text_add (self, "\\r");
  else if (c == '\t')
    hs_text_add (self, "\\t");
  else if (c >= 0x20 && c < 0x7f)
    add_character (self, c);
  else if (c > 0xa0 && Py_UNICODE_ISPRINTABLE (c))
    add_character (self, c);
  else if (c < 0x100)
    add_hex (self, 'x', c, 2);
  else if (c < 0x10000)
    add_hex (self, 'u', c, 4);
  else
    add_hex (self, 'U', c, 8);
}

/* repr() prefers ' unless there are only such in the text. */
static char
choose_quote (bool has_single,
              bool has_double)
{
  return has_single && !has_double ? '"' : '\'';
}

void
hs_text_add_str_repr (HsText    *self,
                      PyObject  *str,
                      Py_ssize_t n_max)
{
  Py_ssize_t length = PyUnicode_GET_LENGTH (str);
  Py_ssize_t n = length < n_max ? length : n_max;
  bool       has_single = false;
  bool       has_double = false;
  char       quote[2] = "'";

  for (Py_ssize_t i = 0; i < n; i++)
    {
      Py_UCS4 c = PyUnicode_READ_CHAR (str, i);

      has_single = has_single || c == '\'';
      has_double = has_double || c == '"';
    }
  quote[0] = choose_quote (has_single, has_double);

  hs_text_add (self, quote);
  for (Py_ssize_t i = 0; i < n; i++)
    add_escaped (self, PyUnicode_READ_CHAR (str, i), quote[0]);
  if (n < length)
    hs_text_add (self, "…");
  hs_text_add (self, quote);
  self->is_cut = self->is_cut || n < length;
}

void
hs_text_add_bytes_repr (HsText     *self,
                        const char *bytes,
                        Py_ssize_t  size,
                        Py_ssize_t  n_max)
{
  Py_ssize_t n = size < n_max ? size : n_max;
  char       quote[2] = "'";

  quote[0] = choose_quote (memchr (bytes, '\'', (size_t)n) != NULL,
                           memchr (bytes, '"', (size_t)n) != NULL);

  hs_text_add (self, "b");
  hs_text_add (self, quote);
  for (Py_ssize_t i = 0; i < n; i++)
    {
      unsigned char c = (unsigned char)bytes[i];

      if (c < 0x7f)
        add_escaped (self, c, quote[0]);
      else
        add_hex (self, 'x', c, 2);
    }
  if (n < size)
    hs_text_add (self, "…");
  hs_text_add (self, quote);
  self->is_cut = self->is_cut || n < size;
}

static void
add_decimal (HsText           *self,
             unsigned __int128 magnitude,
             bool              is_negative)
{
  char     digits[48];
  size_t   at = sizeof digits;
  uint64_t low;

  /* Division of 128 bits is slow, and hardly ever needed. */
  while (magnitude > UINT64_MAX)
    {
      digits[--at] = (char)('0' + (int)(magnitude % 10));
      magnitude /= 10;
    }

  low = (uint64_t)magnitude;
  do
    {
      digits[--at] = (char)('0' + (int)(low % 10));
      low /= 10;
    }
  while (low != 0);

  if (is_negative)
    digits[--at] = '-';
  add_bytes (self, digits + at, sizeof digits - at);
}

/* The fewest digits that give the value back, and its decimal exponent. Does
 * not rely on which character the locale puts between the digits.
 */
static int
get_shortest_digits (double value,
                     char   digits[DOUBLE_DIGITS_MAX + 1],
                     int   *exponent)
{
  /* Whatever has at most 15 digits comes out with zeros behind them; but the
   * smallest values have less precision than that.
   */
  int  n_least = value < DBL_MIN ? 1 : DBL_DIG;
  char text[64];
  int  n = 0;

  for (int n_digits = n_least; n_digits <= DOUBLE_DIGITS_MAX; n_digits++)
    {
      snprintf (text, sizeof text, "%.*e", n_digits - 1, value);
      if (strtod (text, NULL) == value)
        break;
    }

  for (const char *c = text; *c != '\0' && *c != 'e'; c++)
    if (isdigit ((unsigned char)*c))
      digits[n++] = *c;
  *exponent = atoi (strchr (text, 'e') + 1);

  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';

  return n;
}

/* float.__repr__() of CPython: the shortest digits; an exponent from 1e16 up
 * and below 1e-4 (Python/pystrtod.c, format_float_short()).
 */
void
hs_text_add_double (HsText *self,
                    double  value)
{
  char digits[DOUBLE_DIGITS_MAX + 1];
  int  exponent;
  int  n;

  if (isnan (value))
    {
      hs_text_add (self, "nan");
      return;
    }
  if (signbit (value))
    hs_text_add (self, "-");
  if (isinf (value))
    {
      hs_text_add (self, "inf");
      return;
    }

  /* Whole numbers below 2 to the 53rd, the most frequent kind, need no search. */
  if (fabs (value) < 9007199254740992.0 && value == trunc (value))
    {
      add_decimal (self, (unsigned __int128)fabs (value), false);
      hs_text_add (self, ".0");
      return;
    }

  n = get_shortest_digits (fabs (value), digits, &exponent);
  if (exponent < -4 || exponent >= 16)
    {
      add_bytes (self, digits, 1);
      if (n > 1)
        hs_text_add_format (self, ".%s", digits + 1);
      hs_text_add_format (self, "e%c%02d", exponent < 0 ? '-' : '+', abs (exponent));
    }
  else if (exponent < 0)
    hs_text_add_format (self, "0.%.*s%s", -exponent - 1, "0000", digits);
  else
    {
      for (int i = 0; i <= exponent; i++)
        add_bytes (self, i < n ? &digits[i] : "0", 1);
      hs_text_add_format (self, ".%s", exponent + 1 < n ? digits + exponent + 1 : "0");
    }
}

void
hs_text_add_int (HsText   *self,
                 PyObject *integer)
{
  unsigned __int128 magnitude;
  bool              is_negative;

  if (!hs_py_get_int (integer, &is_negative, &magnitude))
    {
      hs_text_add_format (self, "int, %llu bits",
                          (unsigned long long)hs_py_get_int_bits (integer));
      self->is_cut = true;
      return;
    }

  add_decimal (self, magnitude, is_negative);
}
