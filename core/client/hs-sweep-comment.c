/* hs-sweep-comment.c - what a comment wants to have swept, and where that stands
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-sweep-comment-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char  *text;
  double value;
} Value;

static void
value_clear (gpointer data)
{
  g_free (((Value *)data)->text);
}

void
_hs_sweep_free (HsVariantSweep *self)
{
  g_free (self->name);
  g_strfreev (self->texts);
  g_free (self->values);
  g_free (self);
}

/* ---- Numbers and names ---- */

/* Digits with underscores between them, as Python takes them. Returns: bytes; 0: none */
static gsize
measure_digits (const char *text,
                gsize       size)
{
  gsize n = 0;

  while (n < size && g_ascii_isdigit (text[n]))
    {
      n++;
      if (n + 1 < size && text[n] == '_' && g_ascii_isdigit (text[n + 1]))
        n++;
    }

  return n;
}

static gsize
measure_exponent (const char *text,
                  gsize       size)
{
  gsize sign, n;

  if (size == 0 || (text[0] != 'e' && text[0] != 'E'))
    return 0;
  sign = size > 1 && (text[1] == '+' || text[1] == '-') ? 2 : 1;
  n = measure_digits (text + sign, size - sign);

  return n > 0 ? sign + n : 0;
}

/* A decimal literal, with or without a sign: CPython's Doc/reference/lexical_analysis.rst,
 * "Numeric literals". Returns: bytes; 0: there is none
 */
static gsize
measure_number (const char *text,
                gsize       size)
{
  gsize    start = size > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  gsize    at = start;
  gsize    n_whole = measure_digits (text + at, size - at);
  gsize    n_rest = 0;
  gboolean is_float = FALSE;

  at += n_whole;
  if (at < size && text[at] == '.')
    {
      n_rest = measure_digits (text + at + 1, size - at - 1);
      at += 1 + n_rest;
      is_float = TRUE;
    }
  if (n_whole + n_rest == 0)
    return 0;
  if (measure_exponent (text + at, size - at) > 0)
    {
      at += measure_exponent (text + at, size - at);
      is_float = TRUE;
    }
  /* 010 is a syntax error, 010.5 and 00 are not. */
  if (!is_float && n_whole > 1 && text[start] == '0' &&
      strspn (text + start, "0_") < n_whole)
    return 0;

  return at;
}

static gboolean
read_number (const char *text,
             double     *value)
{
  gsize            size = strlen (text);
  g_autofree char *plain = NULL;
  char            *to;

  if (size == 0 || measure_number (text, size) != size)
    return FALSE;

  plain = g_strdup (text);
  to = plain;
  for (const char *from = text; *from != '\0'; from++)
    if (*from != '_')
      *to++ = *from;
  *to = '\0';
  *value = g_ascii_strtod (plain, NULL);

  return isfinite (*value);
}

/* About what Python takes: letters of any script, digits, underscores. Returns: bytes */
static gsize
measure_name (const char *text)
{
  const char *at = text;

  if (g_ascii_isdigit (*at))
    return 0;
  while (*at == '_' || g_unichar_isalnum (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return (gsize)(at - text);
}

static const char *
skip_spaces (const char *at)
{
  return at + strspn (at, " \t\f\v");
}

/* ---- The comment ---- */

/* Returns: what follows "# heapscape: sweep"; NULL if it is something else */
static const char *
skip_to_sweep (const char *comment)
{
  static const char *const words[] = { "heapscape", ":", "sweep" };
  const char              *at = comment + strspn (comment, "# \t");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!g_str_has_prefix (at, words[i]))
        return NULL;
      at = skip_spaces (at + strlen (words[i]));
    }

  /* "sweeper" is another word, which the marks complain of. */
  return at[-1] == 'p' && *at != '\0' && *at != '=' ? NULL : at;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const Value *first = a, *second = b;

  return (first->value > second->value) - (first->value < second->value);
}

static gboolean
has_value (GArray *values,
           double  value)
{
  for (guint i = 0; i < values->len; i++)
    if (!(g_array_index (values, Value, i).value < value) &&
        !(g_array_index (values, Value, i).value > value))
      return TRUE;

  return FALSE;
}

/* Returns: (transfer full) (element-type Value): those that can be used */
static GArray *
read_values (const char *list,
             char      **message)
{
  g_auto(GStrv) texts = g_strsplit (list, ",", -1);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (Value));
  guint   n_left_out = 0;

  g_array_set_clear_func (values, value_clear);
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      const char *text = g_strstrip (texts[i]);
      Value       value = { 0 };

      /* A comma behind the last one is no value. */
      if (*text == '\0' && i > 0 && texts[i + 1] == NULL)
        continue;
      if (!read_number (text, &value.value))
        {
          if (*message == NULL)
            /* translators: %s is what the user wrote, such as 1x0 */
            *message = g_strdup_printf (_("“%s” is no plain number; write “# heapscape: sweep N = "
                                          "100, 1_000”."),
                                           text);
          continue;
        }
      if (has_value (values, value.value))
        continue;
      if (values->len == HS_SWEEP_VALUES_MAX)
        {
          n_left_out++;
          continue;
        }
      value.text = g_strdup (text);
      g_array_append_val (values, value);
    }

  if (n_left_out > 0 && *message == NULL)
    *message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             /* translators: both are numbers of values */
                                             "A sweep has at most %1$d values; the last %2$u is "
                                             "left out.",
                                             "A sweep has at most %1$d values; the last %2$u are "
                                             "left out.",
                                             n_left_out),
                                HS_SWEEP_VALUES_MAX, n_left_out);
  g_array_sort (values, compare_values);

  return values;
}

static HsVariantSweep *
new_sweep (const char *name,
           gsize       name_size,
           guint       line,
           GArray     *values)
{
  HsVariantSweep *self = g_new0 (HsVariantSweep, 1);

  self->name = g_strndup (name, name_size);
  self->line = line;
  self->n_values = values->len;
  self->texts = g_new0 (char *, values->len + 1);
  self->values = g_new0 (double, values->len);
  for (guint i = 0; i < values->len; i++)
    {
      self->texts[i] = g_strdup (g_array_index (values, Value, i).text);
      self->values[i] = g_array_index (values, Value, i).value;
    }

  return self;
}

HsVariantSweep *
_hs_sweep_read_comment (const HsSourceComment *comment,
                        char                 **message)
{
  g_autofree char *text = g_strndup (comment->text, comment->size);
  const char      *name = skip_to_sweep (text);
  const char      *at;
  gsize            name_size;
  g_autoptr(GArray) values = NULL;

  if (name == NULL)
    return NULL;

  name_size = measure_name (name);
  at = skip_spaces (name + name_size);
  if (name_size == 0 || *at != '=')
    {
      *message = g_strdup (_("It does not say what to sweep; write “# heapscape: sweep N = 100, "
                             "1_000”."));
      return NULL;
    }

  values = read_values (at + 1, message);
  if (values->len == 0)
    return NULL;

  return new_sweep (name, name_size, comment->line, values);
}

/* ---- The constant ---- */

HsAssignment
_hs_sweep_find_number (const char      *line,
                       gsize            size,
                       const char      *name,
                       HsConstantPlace *place)
{
  g_autofree char *text = g_strndup (line, size);
  const char      *at = text;
  gsize            n;

  /* A byte order mark is not in the text of a source. */
  if (!g_str_has_prefix (at, name) || measure_name (at) != strlen (name))
    return HS_ASSIGNMENT_NONE;

  at = skip_spaces (at + strlen (name));
  /* "N: int = 1" */
  if (*at == ':')
    at += strcspn (at, "=#\r\n");
  if (*at != '=' || at[1] == '=')
    return HS_ASSIGNMENT_NONE;

  at = skip_spaces (at + 1);
  n = measure_number (at, strlen (at));
  if (n == 0 || strchr ("#\r\n", *skip_spaces (at + n)) == NULL)
    return HS_ASSIGNMENT_OTHER;

  place->offset += (gsize)(at - text);
  place->size = n;

  return HS_ASSIGNMENT_NUMBER;
}
