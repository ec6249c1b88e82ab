/* hs-census-text.c - the types of a heap, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-census-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

/* Returns: (transfer full): "≥ 12 B" for a lower bound */
static char *
dup_bytes (guint64  bytes,
           gboolean is_least,
           gboolean is_exact)
{
  g_autofree char *text = is_exact ? hs_format_bytes_exact (bytes) : hs_format_bytes (bytes);

  return is_least && bytes != HS_BYTES_UNKNOWN ? g_strconcat ("≥ ", text, NULL)
                                               : g_steal_pointer (&text);
}

static char *
dup_objects (guint64 n)
{
  g_autofree char *count = hs_format_count (n);

  /* translators: %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s object", "%s objects",
                                       (gulong)MIN (n, G_MAXULONG)),
                          count);
}

/* Returns: (transfer full) (nullable): NULL if it is not compared */
static char *
dup_difference (const HsCensusType *type)
{
  const HsDiffSum *sum;
  g_autofree char *objects = NULL;
  g_autofree char *bytes = NULL;

  if (type->difference == NULL)
    return NULL;

  sum = &type->difference->sum;
  objects = hs_diff_format_count (sum->n_before, sum->n_after);
  bytes = hs_diff_format_bytes (sum->bytes_before, sum->bytes_after);

  /* translators: "since the earlier moment: objects +3, bytes +96 B" */
  return g_strdup_printf (_("since the earlier moment: objects %1$s, bytes %2$s"), objects, bytes);
}

char *
hs_census_name (HsCensus *self,
                guint     i)
{
  const HsCensusType *type = hs_census_get (self, i);
  g_autofree char    *objects = dup_objects (type->n_objects);
  g_autofree char    *bytes = dup_bytes (type->occupied, type->is_least, FALSE);

  g_autofree char *difference = dup_difference (type);

  if (difference != NULL)
    return g_strdup_printf ("%s, %s, %s, %s", type->name, objects, bytes, difference);

  return g_strdup_printf ("%s, %s, %s", type->name, objects, bytes);
}

/* @fact: (transfer full) */
static void
append_fact (GString *text,
             char    *fact)
{
  g_string_append_c (text, '\n');
  g_string_append (text, fact);
  g_free (fact);
}

char *
hs_census_describe (HsCensus *self,
                    guint     i)
{
  const HsCensusType *type = hs_census_get (self, i);
  g_autofree char    *objects = dup_objects (type->n_objects);
  g_autofree char    *bytes = dup_bytes (type->occupied, type->is_least, TRUE);
  g_autofree char    *retained = dup_bytes (type->retained, type->is_retained_least, TRUE);
  g_autofree char    *getsizeof = hs_format_bytes_exact (type->getsizeof);
  g_autofree char    *n_static = hs_format_count (type->n_static);
  g_autofree char    *n_baseline = hs_format_count (type->n_baseline);
  GString            *text = g_string_new (type->name);

  g_string_append_printf (text, ", %s", objects);
  /* translators: %s is a size */
  append_fact (text, g_strdup_printf (_("Bytes: %s"), bytes));
  if (type->difference != NULL)
    append_fact (text, dup_difference (type));
  /* translators: bytes that would go if all objects of a type went; %s is a size */
  append_fact (text, g_strdup_printf (_("Retained by all of them: %s"), retained));
  /* translators: sys.getsizeof() is a function of Python; %s is a size */
  append_fact (text, g_strdup_printf (_("sys.getsizeof(), added up: %s"), getsizeof));
  if (type->n_static > 0)
    /* translators: %s is a number of objects */
    append_fact (text, g_strdup_printf (_("Inside the interpreter, no heap bytes: %s"), n_static));
  if (type->n_baseline > 0)
    /* translators: %s is a number of objects */
    append_fact (text, g_strdup_printf (_("There before the code began: %s"), n_baseline));

  return g_string_free (text, FALSE);
}

/* Whose the bytes are, as far as the ledger knows. */
static void
append_owners (HsCensus *self,
               GString  *text)
{
  g_autofree char *before = NULL;
  g_autofree char *since = NULL;

  if (hs_heap_get_view (self->heap)->n_traced_objects == 0)
    return;

  before = dup_bytes (self->baseline, FALSE, FALSE);
  since = dup_bytes (self->occupied - self->baseline, self->is_least, FALSE);
  g_string_append_c (text, '\n');
  /* translators: both %s are sizes */
  g_string_append_printf (text, _("Made by the code: %1$s; there before it began: %2$s."), since,
                                   before);
}

char *
hs_census_dup_summary (HsCensus *self)
{
  const HsSnapshotInfo *info = &hs_heap_get_view (self->heap)->info;
  g_autofree char      *objects = dup_objects (self->n_objects);
  g_autofree char      *bytes = dup_bytes (self->occupied, self->is_least, FALSE);
  GString              *text = g_string_new (NULL);

  if (info->objects_seen > self->n_objects)
    {
      g_autofree char *seen = hs_format_count (info->objects_seen);

      /* translators: %1$s is "10 objects", %2$s a size, %3$s a number */
      g_string_append_printf (text, _("%1$s occupy %2$s; there was room for no more of %3$s."),
                                       objects, bytes, seen);
    }
  else if (info->n_reached < self->n_objects)
    /* translators: %1$s is "10 objects", %2$s a size */
    g_string_append_printf (text, _("All %1$s of the process occupy %2$s."), objects, bytes);
  else
    /* translators: %1$s is "10 objects", %2$s a size */
    g_string_append_printf (text, _("The names of the code lead to %1$s, which occupy %2$s."),
                                     objects, bytes);
  append_owners (self, text);
  if (self->diff != NULL)
    {
      const HsDiffSum *sum = hs_diff_get_sum (self->diff);
      g_autofree char *n = hs_diff_format_count (sum->n_before, sum->n_after);
      g_autofree char *grown = hs_diff_format_bytes (sum->bytes_before, sum->bytes_after);

      g_string_append_c (text, '\n');
      /* translators: %1$s is a number with its sign, %2$s a size with its sign */
      g_string_append_printf (text, _("Since the earlier moment: %1$s objects, %2$s."), n, grown);
    }

  return g_string_free (text, FALSE);
}

char *
hs_census_to_text (HsCensus *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *summary = hs_census_dup_summary (self);

  g_string_append_printf (text, "%s\n\n", summary);
  if (self->diff != NULL)
    {
      g_autofree char *differences = hs_diff_to_text (self->diff);

      g_string_append_printf (text, "%s\n", differences);
    }
  for (guint i = 0; i < hs_census_get_n (self); i++)
    {
      g_autofree char *facts = hs_census_describe (self, i);
      g_auto(GStrv) lines = g_strsplit (facts, "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        g_string_append_printf (text, "%s%s\n", j > 0 ? "  " : "", lines[j]);
    }

  return g_string_free (text, FALSE);
}
