/* hs-cost-text.c - what one more instance costs, in words
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-cost-private.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"

#define MILLION 1000000

char *
hs_cost_name (HsCost *self,
              guint   i)
{
  const HsCostClass *cost = hs_cost_get (self, i);
  g_autofree char   *bytes = hs_format_bytes (cost->bytes);

  /* translators: %1$s is a class, %2$s the bytes of an instance of it */
  return g_strdup_printf (_("%1$s, %2$s each"), cost->name, bytes);
}

static void
append_sizes (GString           *text,
              const HsCostClass *cost)
{
  g_autofree char *bytes = hs_format_bytes_exact (cost->bytes);
  g_autofree char *least = hs_format_bytes_exact (cost->min_bytes);
  g_autofree char *most = hs_format_bytes_exact (cost->max_bytes);
  g_autofree char *n = hs_format_count (cost->n_instances);
  g_autofree char *n_typical = hs_format_count (cost->n_typical);

  /* translators: %1$s is a number of instances, %2$s the bytes of each */
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%1$s instance, %2$s each",
                                       "%1$s instances, %2$s each",
                                       (gulong)MIN (cost->n_instances, G_MAXULONG)),
                          n, bytes);
  if (cost->bytes != HS_BYTES_UNKNOWN && cost->min_bytes != cost->max_bytes)
    /* translators: how many instances have the size just named; the others between two sizes */
    g_string_append_printf (text, _(" (%1$s of them; all: %2$s to %3$s)"), n_typical, least, most);
}

static const char *
get_kind (const HsCostClass *cost)
{
  return cost->has_slots ? _("with __slots__") : _("without __slots__");
}

char *
hs_cost_describe (HsCost *self,
                  guint   i)
{
  const HsCostClass *cost = hs_cost_get (self, i);
  GString           *text = g_string_new (NULL);

  /* translators: %1$s is a class, %2$s “with __slots__”, %3$u a number */
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%1$s, %2$s, %3$u attribute",
                                       "%1$s, %2$s, %3$u attributes", cost->n_attributes),
                          cost->name, get_kind (cost), cost->n_attributes);
  g_string_append_c (text, '\n');
  append_sizes (text, cost);
  if (cost->is_steady && cost->bytes < G_MAXUINT64 / MILLION)
    {
      g_autofree char *million = hs_format_bytes (cost->bytes * MILLION);

      g_string_append_c (text, '\n');
      /* translators: %s is a size */
      g_string_append_printf (text, _("A million more: %s"), million);
    }

  return g_string_free (text, FALSE);
}

/* Findings */

static void
add_finding (GString    *findings,
             const char *finding)
{
  if (findings->len > 0)
    g_string_append_c (findings, '\n');
  g_string_append (findings, finding);
}

/* The class whose first instance is farthest from its last. */
static void
find_first_instances (HsCost  *self,
                      GString *findings)
{
  const HsCostClass *best = NULL;
  guint64            best_excess = 0;
  guint              steady = 0;

  for (guint i = 0; i < hs_cost_get_n (self); i++)
    {
      const HsCostClass *cost = hs_cost_get (self, i);
      guint64            last = cost->n_series > 0 ? cost->series[cost->n_series - 1] : 0;

      if (cost->n_series == 0 || cost->series[0] == HS_BYTES_UNKNOWN || cost->series[0] <= last ||
          cost->series[0] - last <= best_excess)
        continue;
      best = cost;
      best_excess = cost->series[0] - last;
      for (steady = cost->n_series; steady > 1 && cost->series[steady - 2] == last; steady--)
        ;
    }
  if (best != NULL)
    {
      g_autofree char *first = hs_format_bytes_exact (best->series[0]);
      g_autofree char *last = hs_format_bytes_exact (best->series[best->n_series - 1]);
      /* translators: %1$s is a class, %2$s a size, %3$u a number such as 26, %4$s a size */
      g_autofree char *text = g_strdup_printf (
        _("The first %1$s occupies %2$s, from number %3$u on each occupies %4$s."), best->name,
           first, steady, last);

      add_finding (findings, text);
    }
}

/* Where one more attribute of classes without slots costs most. */
static void
find_cliff (HsCost  *self,
            GString *findings)
{
  const HsCostClass *before = NULL;
  const HsCostClass *low = NULL;
  const HsCostClass *high = NULL;
  guint64            most = 0;

  for (guint i = 0; i < hs_cost_get_n (self); i++)
    {
      const HsCostClass *cost = hs_cost_get (self, i);

      if (cost->has_slots || !cost->is_steady)
        continue;
      if (before != NULL && cost->n_attributes == before->n_attributes + 1 &&
          cost->bytes > before->bytes && cost->bytes - before->bytes > most)
        {
          low = before;
          high = cost;
          most = cost->bytes - before->bytes;
        }
      before = cost;
    }
  if (low != NULL && most > low->bytes)
    {
      g_autofree char *from = hs_format_bytes_exact (low->bytes);
      g_autofree char *to = hs_format_bytes_exact (high->bytes);
      /* translators: %1$u and %3$u are numbers of attributes, %2$s and %4$s sizes */
      g_autofree char *text = g_strdup_printf (
        _("From %1$u attributes (%2$s) to %3$u (%4$s) is the steepest step."), low->n_attributes,
           from, high->n_attributes, to);

      add_finding (findings, text);
    }
}

/* What slots save where there is a pair with as many attributes. */
static void
find_saving (HsCost  *self,
             GString *findings)
{
  for (guint i = 0; i < hs_cost_get_n (self); i++)
    for (guint j = i + 1; j < hs_cost_get_n (self); j++)
      {
        const HsCostClass *plain = hs_cost_get (self, i);
        const HsCostClass *slots = hs_cost_get (self, j);
        g_autofree char   *from = NULL;
        g_autofree char   *to = NULL;
        g_autofree char   *text = NULL;

        if (plain->has_slots || !slots->has_slots || plain->n_attributes == 0 ||
            plain->n_attributes != slots->n_attributes || !plain->is_steady ||
            !slots->is_steady || plain->bytes <= slots->bytes)
          continue;

        from = hs_format_bytes_exact (plain->bytes);
        to = hs_format_bytes_exact (slots->bytes);
        /* translators: %1$u is a number of attributes, %2$s and %3$s sizes, %4$.0f a percentage */
        text = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "With %1$u attribute: %2$s without __slots__, %3$s with, %4$.0f%% less.",
                       "With %1$u attributes: %2$s without __slots__, %3$s with, %4$.0f%% less.",
                       plain->n_attributes),
          plain->n_attributes, from, to,
          100. * (double)(plain->bytes - slots->bytes) / (double)plain->bytes);
        add_finding (findings, text);
        return;
      }
}

/* Without __slots__ a few instances are larger than those that would follow. */
static void
find_too_few (HsCost  *self,
              GString *findings)
{
  for (guint i = 0; i < hs_cost_get_n (self); i++)
    {
      const HsCostClass *cost = hs_cost_get (self, i);
      g_autofree char   *text = NULL;

      if (cost->is_steady || cost->has_slots || cost->bytes == HS_BYTES_UNKNOWN)
        continue;
      /* translators: %1$s is a class, %2$u a number of instances */
      text = g_strdup_printf (_("The first instances of a class are larger than those that "
                                "follow: to see what one more %1$s costs, make at least %2$u."),
                                 cost->name, HS_COST_SERIES);
      add_finding (findings, text);
      return;
    }
}

char *
hs_cost_dup_findings (HsCost *self)
{
  GString *findings = g_string_new (NULL);

  find_first_instances (self, findings);
  find_cliff (self, findings);
  find_saving (self, findings);
  find_too_few (self, findings);
  if (findings->len > 0)
    return g_string_free (findings, FALSE);

  g_string_free (findings, TRUE);

  return NULL;
}

/* "336 320 320 112 × 37" */
static void
append_series (GString           *text,
               const HsCostClass *cost)
{
  if (cost->n_series == 0)
    return;

  g_string_append (text, _("  first instances:"));
  for (guint i = 0; i < cost->n_series;)
    {
      guint64 bytes = cost->series[i];
      guint   n = 0;

      for (; i < cost->n_series && cost->series[i] == bytes; i++)
        n++;
      if (bytes == HS_BYTES_UNKNOWN)
        g_string_append_printf (text, " %s", _("unknown"));
      else
        g_string_append_printf (text, " %" G_GUINT64_FORMAT, bytes);
      if (n > 1)
        g_string_append_printf (text, " × %u", n);
    }
  g_string_append_c (text, '\n');
}

char *
hs_cost_to_text (HsCost *self)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *findings = hs_cost_dup_findings (self);

  if (findings != NULL)
    g_string_append_printf (text, "%s\n\n", findings);
  for (guint i = 0; i < hs_cost_get_n (self); i++)
    {
      g_autofree char *facts = hs_cost_describe (self, i);
      g_auto(GStrv) lines = g_strsplit (facts, "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        g_string_append_printf (text, "%s%s\n", j > 0 ? "  " : "", lines[j]);
      append_series (text, hs_cost_get (self, i));
    }

  return g_string_free (text, FALSE);
}
