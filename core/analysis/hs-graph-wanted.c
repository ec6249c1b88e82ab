/* hs-graph-wanted.c - what has to be in a graph whatever else is left out
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-wanted.h"

#include <glib/gi18n-lib.h>

#include "hs-alive.h"
#include "hs-dominators.h"
#include "hs-format.h"
#include "hs-graph-private.h"

/* References back from the centre, and how many of each object. */
#define CENTER_STEPS     2
#define CENTER_REFERRERS 8

static void
want (GHashTable *table,
      guint32     index,
      guint       flags)
{
  flags |= _hs_graph_wanted_get (table, index);
  g_hash_table_insert (table, GUINT_TO_POINTER (index), GUINT_TO_POINTER (flags));
}

static void
want_path (HsGraphWanted        *self,
           HsHeap               *heap,
           const HsGraphOptions *options)
{
  g_autoptr(HsAlivePath) path = hs_alive_path_new (heap, options->highlighted);
  gboolean           is_path = options->highlight == HS_GRAPH_HIGHLIGHT_PATH;
  guint              flags = HS_WANTED | (is_path ? HS_WANTED_HIGHLIGHT : 0);
  const HsAliveStep *steps;
  guint              n;
  guint32            name;
  g_autofree char   *text = NULL;

  want (self->objects, options->highlighted, flags);

  if (path == NULL)
    {
      g_array_append_val (self->starts, options->highlighted);
      if (is_path)
        self->text = g_strdup (_("Highlighted: no name leads to the object"));
      return;
    }

  name = hs_alive_path_get_name (path);
  want (self->names, name, flags);
  want (self->objects, heap->view.name_object[name], flags);
  steps = hs_alive_path_get_steps (path, &n);
  for (guint i = 0; i < n; i++)
    {
      want (self->edges, steps[i].edge, flags);
      want (self->objects, steps[i].object, flags);
    }

  if (!is_path)
    return;

  text = hs_alive_path_dup_text (path);
  /* translators: why an object is alive; %s is a way from a name: "points → [3] → Point" */
  self->text = g_strdup_printf (_("Highlighted: a shortest way from a name: %s"), text);
}

static void
say_dominated (HsGraphWanted        *self,
               HsHeap               *heap,
               const HsGraphOptions *options)
{
  const HsDominators *dominators = hs_heap_get_dominators (heap);
  gboolean            is_least;
  guint64             n = hs_dominators_get_n_retained (dominators, options->highlighted);
  guint64             retained = hs_dominators_get_retained (dominators, options->highlighted,
                                                             &is_least);
  g_autofree char    *count = hs_format_count (n);
  g_autofree char    *bytes = hs_format_bytes_exact (retained);

  if (is_least)
    /* translators: a number of objects, and their size */
    self->text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "Highlighted: what it keeps alive, with itself: "
                                               "%s object, at least %s",
                                               "Highlighted: what it keeps alive, with itself: "
                                               "%s objects, at least %s",
                                               (gulong)n),
                                  count, bytes);
  else
    /* translators: a number of objects, and their size */
    self->text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "Highlighted: what it keeps alive, with itself: "
                                               "%s object, %s",
                                               "Highlighted: what it keeps alive, with itself: "
                                               "%s objects, %s",
                                               (gulong)n),
                                  count, bytes);
}

/* The first names of @object. Returns: how many */
static guint
want_names (HsGraphWanted *self,
            HsHeap        *heap,
            guint32        object)
{
  guint          n;
  const guint32 *names = _hs_heap_get_names_of (heap, object, &n);

  n = MIN (n, CENTER_REFERRERS);
  for (guint i = 0; i < n; i++)
    want (self->names, names[i], HS_WANTED);

  return n;
}

/* The first references to @object; their sources, as far as they are new, are
 * put behind the others in starts.
 */
static void
want_referrers (HsGraphWanted *self,
                HsHeap        *heap,
                guint32        object)
{
  guint          n_edges;
  const guint32 *edges = _hs_heap_get_referrers (heap, object, &n_edges);
  guint          n = want_names (self, heap, object);

  for (guint i = 0; i < n_edges && n < CENTER_REFERRERS; i++)
    {
      guint32 source = _hs_heap_get_edge_source (heap, edges[i]);

      /* The class of its instances is in their titles. */
      if (heap->view.edge_kind[edges[i]] == HS_EDGE_CLASS)
        continue;

      n++;
      want (self->edges, edges[i], HS_WANTED);
      if (_hs_graph_wanted_get (self->objects, source) & (HS_WANTED | HS_WANTED_NARROW))
        continue;
      want (self->objects, source, HS_WANTED | HS_WANTED_NARROW);
      g_array_append_val (self->starts, source);
    }
}

static void
want_center (HsGraphWanted *self,
             HsHeap        *heap,
             guint32        center)
{
  guint first = self->starts->len;
  guint end;
  guint n_wanted;
  guint n_referrers = hs_heap_get_n_referrers (heap, center);

  self->only_names = TRUE;
  want (self->objects, center, HS_WANTED);
  g_array_append_val (self->starts, center);

  for (guint step = 0; step < CENTER_STEPS; step++)
    {
      end = self->starts->len;
      for (; first < end; first++)
        want_referrers (self, heap, g_array_index (self->starts, guint32, first));

      if (step == 0)
        {
          n_wanted = g_hash_table_size (self->names) + g_hash_table_size (self->edges);
          self->n_left_out = n_referrers > n_wanted ? n_referrers - n_wanted : 0;
        }
    }

  /* The way goes on to a name if there is one right behind. */
  for (; first < self->starts->len; first++)
    want_names (self, heap, g_array_index (self->starts, guint32, first));
}

gboolean
_hs_graph_wanted_init (HsGraphWanted        *self,
                       HsHeap               *heap,
                       const HsGraphOptions *options,
                       GCancellable         *cancellable,
                       GError              **error)
{
  *self = (HsGraphWanted) { 0 };
  self->objects = g_hash_table_new (NULL, NULL);
  self->edges = g_hash_table_new (NULL, NULL);
  self->names = g_hash_table_new (NULL, NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));

  /* The centre first: its count is that of what is wanted for it alone. */
  if (options->center < heap->view.n_objects)
    want_center (self, heap, options->center);

  if (options->highlight == HS_GRAPH_HIGHLIGHT_NONE ||
      options->highlighted >= heap->view.n_objects)
    return TRUE;

  if (options->highlight == HS_GRAPH_HIGHLIGHT_DOMINATED)
    {
      if (!hs_heap_prepare_dominators (heap, cancellable, error))
        return FALSE;
      say_dominated (self, heap, options);
    }
  want_path (self, heap, options);

  return TRUE;
}

void
_hs_graph_wanted_clear (HsGraphWanted *self)
{
  g_hash_table_unref (self->objects);
  g_hash_table_unref (self->edges);
  g_hash_table_unref (self->names);
  g_array_unref (self->starts);
  g_free (self->text);
}

static gboolean
is_dominated (HsGraph            *graph,
              const HsDominators *dominators,
              guint32             object,
              guint               box)
{
  guint32 first = g_array_index (graph->boxes, HsGraphBox, box).object;
  guint32 last = _hs_graph_get_detail (graph, box)->last_object;

  return hs_dominators_dominates (dominators, object, first) &&
         (last == HS_NO_OBJECT || hs_dominators_dominates (dominators, object, last));
}

static void
highlight_rows (HsGraph          *graph,
                const HsGraphBox *box)
{
  for (guint r = box->first_row; r < box->first_row + box->n_rows; r++)
    {
      HsGraphRow *row = &g_array_index (graph->rows, HsGraphRow, r);

      row->is_highlighted =
        row->target != HS_GRAPH_NONE &&
        g_array_index (graph->boxes, HsGraphBox, row->target).is_highlighted;
    }
}

void
_hs_graph_wanted_highlight (const HsGraphWanted  *self,
                            HsGraph              *graph,
                            const HsGraphOptions *options)
{
  guint32             object = options->highlighted;
  const HsDominators *dominators = NULL;

  if (options->highlight == HS_GRAPH_HIGHLIGHT_NONE || object >= graph->heap->view.n_objects)
    return;
  if (options->highlight == HS_GRAPH_HIGHLIGHT_DOMINATED)
    dominators = hs_heap_get_dominators (graph->heap);

  for (guint i = 0; i < graph->boxes->len; i++)
    {
      HsGraphBox *box = &g_array_index (graph->boxes, HsGraphBox, i);

      if (box->object == HS_NO_OBJECT)
        continue;
      if (dominators != NULL)
        box->is_highlighted = is_dominated (graph, dominators, object, i);
      else
        box->is_highlighted = (_hs_graph_wanted_get (self->objects, box->object) &
                               HS_WANTED_HIGHLIGHT) != 0;
    }

  /* The rows of a way were marked as they were made. */
  for (guint i = 0; dominators != NULL && i < graph->boxes->len; i++)
    {
      const HsGraphBox *box = &g_array_index (graph->boxes, HsGraphBox, i);

      if (box->is_highlighted)
        highlight_rows (graph, box);
    }
}
