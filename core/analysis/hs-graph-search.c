/* hs-graph-search.c - finds boxes by what is written on them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-private.h"

#include <string.h>

/* Between the texts of a box; never part of one, controls are shown as pictures. */
#define SEPARATOR '\n'

static void
append_text (GString    *all,
             const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return;

  folded = g_utf8_casefold (text, -1);
  g_string_append (all, folded);
  g_string_append_c (all, SEPARATOR);
}

/* Everything by which each box can be found: what is on it, and the names that
 * lead to it.
 */
static GPtrArray *
make_search_texts (HsGraph *self)
{
  guint                n = self->boxes->len;
  g_autofree GString **texts = g_new (GString *, (gsize)n + 1);
  GPtrArray           *array = g_ptr_array_new_full (n, g_free);

  for (guint i = 0; i < n; i++)
    texts[i] = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const HsGraphBox *box = hs_graph_get_box (self, i);

      append_text (texts[i], box->title);
      append_text (texts[i], box->preview);

      for (guint r = box->first_row; r < box->first_row + box->n_rows; r++)
        {
          const HsGraphRow *row = hs_graph_get_row (self, r);

          if (row->kind != HS_ROW_REFERENCE)
            continue;

          append_text (texts[i], row->label);
          append_text (texts[i], row->value);
          if (box->kind == HS_BOX_SCOPE && row->target != HS_GRAPH_NONE)
            append_text (texts[row->target], row->label);
        }
    }

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (array, g_string_free (texts[i], FALSE));

  return array;
}

guint
hs_graph_search (HsGraph    *self,
                 const char *text,
                 guint       start,
                 gboolean    backwards)
{
  g_autofree char *valid = NULL;
  g_autofree char *needle = NULL;
  guint            n;
  guint            box;

  g_return_val_if_fail (self != NULL, HS_GRAPH_NONE);
  g_return_val_if_fail (text != NULL, HS_GRAPH_NONE);

  n = self->boxes->len;
  valid = g_utf8_make_valid (text, -1);
  needle = g_utf8_casefold (valid, -1);
  if (*needle == '\0' || n == 0)
    return HS_GRAPH_NONE;

  g_mutex_lock (&self->lock);
  if (self->search_texts == NULL)
    self->search_texts = make_search_texts (self);
  g_mutex_unlock (&self->lock);

  box = start < n ? start : (backwards ? 0 : n - 1);

  for (guint i = 0; i < n; i++)
    {
      if (backwards)
        box = box == 0 ? n - 1 : box - 1;
      else
        box = box == n - 1 ? 0 : box + 1;

      if (strstr (g_ptr_array_index (self->search_texts, box), needle) != NULL)
        return box;
    }

  return HS_GRAPH_NONE;
}
