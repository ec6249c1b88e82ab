/* hs-strings-label.c - how the code would write what refers to a text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-strings-label.h"

#include <glib/gi18n-lib.h>

#include "hs-format.h"
#include "hs-graph-path.h"
#include "hs-strings-private.h"

/* So many places of one container are told each for itself. */
#define MAX_APART 2

#define KEY_CHARS 40

static void
add_label (GArray *labels,
           char   *text,
           guint32 n_references)
{
  HsStringsLabel label = { text, n_references, n_references == 0 };

  g_array_append_val (labels, label);
}

static char *
dup_path (HsStrings *self,
          uint32_t   edge)
{
  return _hs_strings_dup_path (self, _hs_heap_get_edge_source (self->heap, edge), edge);
}

/* "words[0] … [9996], 2 500 times" */
static char *
dup_run (HsStrings *self,
         uint32_t   first,
         uint32_t   last,
         guint32    n)
{
  g_autofree char *from = dup_path (self, first);
  g_autofree char *to = NULL;
  g_autofree char *count = hs_format_count (n);
  uint8_t          kind = self->heap->view.edge_kind[last];

  if (kind == HS_EDGE_INDEX || kind == HS_EDGE_VALUE)
    {
      g_autofree char *label = _hs_heap_dup_short_label (self->heap, last, KEY_CHARS);

      to = g_strdup_printf ("[%s]", label);
    }
  else
    to = dup_path (self, last);

  /* translators: several places of one container that refer to the same text, the
   * first, the last, how many: "words[0] … [9996], 2 500 times"
   */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s … %2$s, %3$s time",
                                       "%1$s … %2$s, %3$s times", n),
                          from, to, count);
}

/* The labels of the references from one object: @edges, @n of them. */
static void
add_places (HsStrings     *self,
            const guint32 *edges,
            guint          n,
            GArray        *labels)
{
  if (n > MAX_APART)
    {
      add_label (labels, dup_run (self, edges[0], edges[n - 1], n), n);
      return;
    }
  for (guint i = 0; i < n; i++)
    add_label (labels, dup_path (self, edges[i]), 1);
}

/* Moves those of @edges to the front that are data. Returns: their number */
static guint
keep_uses (HsStrings *self,
           uint32_t   source,
           guint32   *edges,
           guint      n)
{
  guint n_kept = 0;

  if ((self->marks[source] & HS_MARK_DATA) == 0)
    return 0;
  for (guint i = 0; i < n; i++)
    if (_hs_strings_is_use (self, source, edges[i]))
      edges[n_kept++] = edges[i];

  return n_kept;
}

static void
add_containers (HsStrings *self,
                guint32    object,
                guint      end,
                GArray    *labels)
{
  const HsSnapshotView *view = &self->heap->view;
  guint                 n;
  const guint32        *referrers = _hs_heap_get_referrers (self->heap, object, &n);
  g_autoptr(GArray) run = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n && labels->len < end;)
    {
      uint32_t source = _hs_heap_get_edge_source (self->heap, referrers[i]);
      guint    n_uses;

      /* The edges of an object stand together. */
      g_array_set_size (run, 0);
      for (; i < n && referrers[i] < view->object_edges[source + 1]; i++)
        g_array_append_val (run, referrers[i]);
      n_uses = keep_uses (self, source, (guint32 *)(void *)run->data, run->len);
      add_places (self, (const guint32 *)(const void *)run->data, n_uses, labels);
    }
}

char *
_hs_strings_dup_codes (HsStrings *self,
                       guint32    object)
{
  gboolean has_more;
  g_auto(GStrv) codes = hs_identity_dup_codes (self->identity, object, &has_more);
  g_autofree char *list = NULL;

  if (codes[0] == NULL)
    return NULL;

  /* translators: between the parts of a list */
  list = g_strjoinv (_(", "), codes);
  if (!has_more)
    return g_steal_pointer (&list);

  /* translators: a list of functions that is not complete */
  return g_strdup_printf (_("%s and others"), list);
}

/* What holds a text that no data refers to. */
static void
add_quiet_label (HsStrings *self,
                 guint32    object,
                 GArray    *labels)
{
  guint            facts = hs_identity_get_facts (self->identity, object);
  guint            n = hs_heap_get_n_referrers (self->heap, object);
  g_autofree char *codes = _hs_strings_dup_codes (self, object);
  g_autofree char *count = hs_format_count (n);

  if (codes != NULL)
    /* translators: what refers to a text: functions that have it as a constant */
    add_label (labels, g_strdup_printf (_("constant of %s"), codes), 0);
  else if (facts & HS_IDENTITY_CONSTANT)
    add_label (labels, g_strdup (_("constant of the code")), 0);
  else if (facts & HS_IDENTITY_NAME)
    add_label (labels, g_strdup (_("name in the program")), 0);
  else if (n > 0)
    /* translators: what refers to a text: classes, functions and modules; a number */
    add_label (labels,
               g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s reference of the program",
                                             "%s references of the program", n),
                                count),
               0);
  else
    add_label (labels, g_strdup (_("nothing that is known")), 0);
}

guint64
_hs_strings_add_labels (HsStrings *self,
                        guint32    object,
                        guint      max,
                        GArray    *labels)
{
  guint64        n_told = 0;
  guint          first = labels->len;
  guint          n_names;
  const guint32 *names = _hs_heap_get_names_of (self->heap, object, &n_names);

  if (self->n_uses[object] == 0)
    {
      add_quiet_label (self, object, labels);
      return 0;
    }

  for (guint i = 0; i < n_names && i < max; i++)
    add_label (labels, _hs_graph_dup_name_path (self->heap, names[i]), 1);
  add_containers (self, object, first + max, labels);
  for (guint i = first; i < labels->len; i++)
    n_told += g_array_index (labels, HsStringsLabel, i).n_references;

  return self->n_uses[object] - MIN (n_told, self->n_uses[object]);
}
