/* hs-strings-words.c - the facts about texts in words and numbers
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-words.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-strings-private.h"

#define JOIN C_ ("list", ", ")

char *
_hs_strings_dup_bytes (guint64  bytes,
                       gboolean is_least,
                       gboolean is_exact)
{
  g_autofree char *text = is_exact ? hs_format_bytes_exact (bytes) : hs_format_bytes (bytes);

  if (!is_least)
    return g_steal_pointer (&text);

  /* translators: %s is a size */
  return g_strdup_printf (_("at least %s"), text);
}

/* Any number that ngettext() takes has the same form as this one. */
#define FORM(n) ((gulong)((n) < 1000000 ? (n) : 1000000 + (n) % 1000000))

/* @words: translated, with "%s" in place of the number */
static char *
dup_number (guint64     n,
            const char *words)
{
  g_autofree char *count = hs_format_count (n);
  GString         *text = g_string_new (words);

  g_string_replace (text, "%s", count, 1);

  return g_string_free (text, FALSE);
}

static char *
dup_characters (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s character",
                                     "%s characters", FORM (n)));
}

static char *
dup_values (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s value",
                                     "%s values", FORM (n)));
}

static char *
dup_names (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s name of the program",
                                     "%s names of the program", FORM (n)));
}

static char *
dup_constants (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s constant that only code holds",
                                     "%s constants that only code holds", FORM (n)));
}

static char *
dup_more_values (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s more value",
                                     "%s more values", FORM (n)));
}

static char *
dup_single (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s value of only one object",
                                     "%s values of only one object", FORM (n)));
}

static char *
dup_out_of_focus (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s value out of focus",
                                     "%s values out of focus", FORM (n)));
}

static char *
dup_more_objects (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s more object",
                                     "%s more objects", FORM (n)));
}

static char *
dup_more_references (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s more reference",
                                     "%s more references", FORM (n)));
}

char *
_hs_strings_dup_objects (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s object", "%s objects", FORM (n)));
}

char *
_hs_strings_dup_references (guint64 n)
{
  return dup_number (n, g_dngettext (GETTEXT_PACKAGE, "%s reference", "%s references", FORM (n)));
}

char *
_hs_strings_dup_state (HsStrings *self,
                       guint32    object)
{
  switch (hs_identity_get_why (self->identity, object))
    {
    case HS_WHY_EMPTY:
      /* translators: of the empty str, of which Python keeps one */
      return g_strdup (_("kept by Python"));
    case HS_WHY_SINGLE:
      /* translators: Python keeps one str for each character up to U+00FF */
      return g_strdup (_("one-character cache"));
    case HS_WHY_COMPILE_TIME:
      return g_strdup (_("interned when compiled"));
    case HS_WHY_NAME:
      return g_strdup (_("interned as a name"));
    case HS_WHY_SYS_INTERN:
      return g_strdup (_("interned while running"));
    case HS_WHY_INTERNED:
      return g_strdup (_("interned"));
    case HS_WHY_CONSTANT:
      return g_strdup (_("constant of the code"));
    case HS_WHY_NONE:
    case HS_WHY_SMALL_INT:
    case HS_WHY_ALIAS:
    case HS_WHY_TWO_CACHES:
    case HS_WHY_COMPILED_APART:
    case HS_WHY_FOLD_LIMIT:
    case HS_WHY_RUN_TIME:
    case HS_WHY_SEPARATE:
    case HS_N_WHYS:
      break;
    }

  return g_strdup (hs_identity_is_made (self->identity, object) ? _("made while running")
                                                                : _("not interned"));
}

char *
hs_strings_page_dup_state (HsStringsPage *self,
                           guint          copy)
{
  return _hs_strings_dup_state (self->strings, self->copies[copy].object);
}

char *
hs_strings_page_dup_length (HsStringsPage *self,
                            guint          row)
{
  guint64 length = self->strings->values[self->rows[row].value].length;

  if (length == HS_LENGTH_NONE)
    return g_strdup ("");

  return dup_characters (length);
}

char *
hs_strings_page_dup_width (HsStringsPage *self,
                           guint          row)
{
  const HsStringValue *value = &self->strings->values[self->rows[row].value];
  g_autofree char     *width = NULL;

  if (value->width == 0 || value->length == 0)
    return NULL;
  if (value->width == 1)
    /* translators: how a text is stored: ASCII, or Latin-1 that is not ASCII */
    return g_strdup (value->is_ascii ? _("1 byte each (ASCII)") : _("1 byte each (Latin-1)"));
  width = g_strdup_printf ("%u", value->width);

  /* translators: how a text is stored: %s is 2 or 4 */
  return g_strdup_printf (_("%s bytes each"), width);
}

char *
hs_strings_page_dup_why (HsStringsPage *self,
                         guint          row)
{
  return hs_strings_dup_why (self->strings, self->rows[row].value);
}

/* ---- Sums ---- */

static char *
dup_sums (const HsStringSums *sums,
          gboolean            is_exact)
{
  g_autofree char *values = dup_values (sums->n_values);
  g_autofree char *objects = _hs_strings_dup_objects (sums->n_copies);
  g_autofree char *bytes = _hs_strings_dup_bytes (sums->occupied, sums->is_least, is_exact);

  return g_strjoin (JOIN, values, objects, bytes, NULL);
}

char *
hs_strings_page_dup_totals (HsStringsPage *self,
                            gboolean       is_exact)
{
  return dup_sums (&self->shown, is_exact);
}

char *
hs_strings_page_dup_savings (HsStringsPage *self,
                             gboolean       is_exact)
{
  const HsStringSums *sums = &self->shown;
  g_autofree char    *sharing = _hs_strings_dup_bytes (sums->sharing, FALSE, is_exact);
  g_autofree char    *saving = _hs_strings_dup_bytes (sums->saving, FALSE, is_exact);

  if (sums->n_values == 0)
    return g_strdup (self->n_single > 0 ? _("No text is several objects")
                                        : _("No data of the code refers to a text"));
  if (sums->saving == 0)
    /* translators: %s is a size; sys.intern() is Python */
    return g_strdup_printf (_("Sharing saves %s now; sys.intern() would save nothing"), sharing);

  /* translators: %1$s and %2$s are sizes; sys.intern() is Python */
  return g_strdup_printf (_("Sharing saves %1$s now; sys.intern() would save %2$s more"), sharing,
                             saving);
}

char *
hs_strings_page_dup_method (HsStringsPage *self)
{
  return g_strdup (_("Sharing saves: of each object, the references of data beyond the first, "
                     "times the bytes of a copy. sys.intern() would save: the copies that neither "
                     "code nor Python keeps, but for one."));
}

char *
hs_strings_page_dup_folded (HsStringsPage *self)
{
  const HsStringSums *sums = &self->folded;
  g_autofree char    *bytes = _hs_strings_dup_bytes (sums->occupied, sums->is_least, FALSE);
  g_autofree char    *names = dup_names (sums->n_values - self->n_folded_constants);
  g_autofree char    *constants = dup_constants (self->n_folded_constants);

  if (sums->n_values == 0)
    return NULL;
  if (self->n_folded_constants == 0)
    return g_strdup_printf ("… %s%s%s", names, JOIN, bytes);
  if (self->n_folded_constants == sums->n_values)
    return g_strdup_printf ("… %s%s%s", constants, JOIN, bytes);

  return g_strdup_printf ("… %s%s%s%s%s", names, JOIN, constants, JOIN, bytes);
}

char *
hs_strings_page_dup_left_out (HsStringsPage *self)
{
  const HsStringSums *sums = &self->left_out;
  g_autofree char    *values = dup_more_values (sums->n_values);
  g_autofree char    *objects = _hs_strings_dup_objects (sums->n_copies);
  g_autofree char    *bytes = _hs_strings_dup_bytes (sums->occupied, sums->is_least, FALSE);

  if (sums->n_values == 0)
    return NULL;

  return g_strdup_printf ("… %s%s%s%s%s", values, JOIN, objects, JOIN, bytes);
}

char *
hs_strings_page_dup_not_asked (HsStringsPage *self)
{
  g_autofree char *single = dup_single (self->n_single);
  g_autofree char *others = dup_out_of_focus (self->n_out_of_focus);

  if (self->n_single == 0 && self->n_out_of_focus == 0)
    return NULL;
  if (self->n_single == 0)
    return g_strdup_printf ("… %s", others);
  if (self->n_out_of_focus == 0)
    return g_strdup_printf ("… %s", single);

  return g_strdup_printf ("… %s%s%s", single, JOIN, others);
}

char *
hs_strings_page_dup_more_copies (HsStringsPage *self,
                                 guint          row)
{
  g_autofree char *objects = dup_more_objects (self->rows[row].n_copies_left_out);

  return g_strdup_printf ("… %s", objects);
}

char *
hs_strings_page_dup_more_uses (HsStringsPage *self,
                               guint          row)
{
  g_autofree char *references = dup_more_references (self->rows[row].n_uses_left_out);

  return g_strdup_printf ("… %s", references);
}

guint64
hs_strings_page_get_more_bytes (HsStringsPage *self,
                                guint          row)
{
  const HsStringsRow *shown = &self->rows[row];
  guint64             bytes = self->strings->values[shown->value].occupied;

  for (guint i = shown->first_copy; i < shown->first_copy + shown->n_copies; i++)
    bytes -= MIN (bytes, hs_heap_get_least (self->strings->heap, self->copies[i].object));

  return bytes;
}

char *
hs_strings_page_dup_more_labels (HsStringsPage *self,
                                 guint          copy)
{
  g_autofree char *references = dup_more_references (self->copies[copy].n_left_out);

  return g_strdup_printf ("… %s", references);
}
