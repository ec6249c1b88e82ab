/* hs-graph-dump.c - a scene as text, for tests
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-scene-private.h"

static void
append_point (GString *text,
              HsPoint  point)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  char y[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, " %s,%s", g_ascii_formatd (x, sizeof x, "%.0f", point.x),
                          g_ascii_formatd (y, sizeof y, "%.0f", point.y));
}

static void
append_text (GString      *dump,
             const HsText *text)
{
  if (text != NULL)
    g_string_append_printf (dump, " “%s”", text->string);
}

static void
append_box (HsGraphScene *self,
            GString      *text,
            guint         i)
{
  const HsSceneBox *box = &self->boxes[i];

  g_string_append_printf (text, "box %u", i);
  append_text (text, box->title);
  append_text (text, box->bytes);
  append_text (text, box->preview);
  append_text (text, box->note);
  append_point (text, (HsPoint) { box->rect.x, box->rect.y });
  append_point (text, (HsPoint) { box->rect.width, box->rect.height });
  g_string_append_c (text, '\n');

  for (guint row = box->first_row; row < box->first_row + box->n_rows; row++)
    {
      g_string_append (text, self->rows[row].is_more ? "  more" : "  row");
      append_text (text, self->rows[row].label);
      append_text (text, self->rows[row].value);
      append_point (text, (HsPoint) { box->rect.x, self->rows[row].y });
      if (self->rows[row].edge != HS_GRAPH_NONE)
        g_string_append_printf (text, " to %u", self->edges[self->rows[row].edge].to);
      g_string_append_c (text, '\n');
    }
}

static void
append_arrow (HsGraphScene *self,
              GString      *text,
              guint         i)
{
  const HsLayout    *layout = self->layout;
  const HsSceneEdge *edge = &self->edges[i];

  g_string_append_printf (text, "arrow %u.%u to %u:", edge->from,
                          edge->row - self->boxes[edge->from].first_row, edge->to);
  for (guint j = layout->edge_first[i]; j < layout->edge_first[i + 1]; j++)
    {
      const HsLayoutStrand *strand = &layout->strands[layout->edge_strands[j]];

      append_point (text, strand->start);
      append_point (text, strand->curve[0]);
      append_point (text, strand->curve[3]);
    }
  g_string_append_c (text, '\n');
}

char *
_hs_graph_scene_dump (HsScene *scene)
{
  HsGraphScene *self = (HsGraphScene *)scene;
  GString      *text = g_string_new (NULL);

  g_string_append (text, "scene");
  append_point (text, (HsPoint) { self->parent.width, self->parent.height });
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->n_boxes; i++)
    append_box (self, text, i);
  for (guint i = 0; i < self->n_edges; i++)
    append_arrow (self, text, i);

  return g_string_free (text, FALSE);
}
