/* hs-graph-panel-find.c - looking for boxes of the object graph
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-panel-private.h"

#include <glib/gi18n-lib.h>

/* Counts by going once around. O(boxes). */
static guint
count_matches (HsGraph    *graph,
               const char *text)
{
  guint n_matches = 0;
  guint last = HS_GRAPH_NONE;

  for (;;)
    {
      guint box = hs_graph_search (graph, text, last, FALSE);

      if (box == HS_GRAPH_NONE || (last != HS_GRAPH_NONE && box <= last))
        return n_matches;
      last = box;
      n_matches++;
    }
}

void
_hs_graph_panel_update_matches (HsGraphPanel *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autofree char *label = NULL;

  self->n_matches = 0;
  if (self->scene != NULL && text[0] != '\0')
    {
      self->n_matches = count_matches (hs_graph_scene_get_graph (self->scene), text);
      if (self->n_matches > 0)
        /* translators: %u is a number of boxes that contain the text looked for */
        label =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u match", "%u matches", self->n_matches),
                           self->n_matches);
      else
        label = g_strdup (_("Not found"));
    }
  gtk_label_set_text (self->find_label, label != NULL ? label : "");
  if (text[0] != '\0' && self->n_matches == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->find_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->find_entry), "error");
  _hs_graph_panel_update_actions (self);
}

static void
find_from (HsGraphPanel *self,
           guint         start,
           gboolean      backwards)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  guint       box = HS_GRAPH_NONE;

  if (self->n_matches > 0)
    box = hs_graph_search (hs_graph_scene_get_graph (self->scene), text, start, backwards);

  hs_graph_view_set_found (self->view, box);
  if (box == HS_GRAPH_NONE)
    return;

  hs_graph_view_select (self->view, box);
  hs_graph_view_scroll_to_box (self->view, box);
}

static void
find_changed_cb (HsGraphPanel *self)
{
  _hs_graph_panel_update_matches (self);
  find_from (self, HS_GRAPH_NONE, FALSE);
}

static void
find_next_cb (HsGraphPanel *self)
{
  find_from (self, hs_graph_view_get_selected (self->view), FALSE);
}

static void
find_previous_cb (HsGraphPanel *self)
{
  find_from (self, hs_graph_view_get_selected (self->view), TRUE);
}

static void
find_stop_cb (HsGraphPanel *self)
{
  gtk_revealer_set_reveal_child (self->find_revealer, FALSE);
  hs_graph_view_set_found (self->view, HS_GRAPH_NONE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsGraphPanel *self = HS_GRAPH_PANEL (widget);

  if (g_str_equal (action, "graph.find"))
    hs_graph_panel_find (self);
  else
    find_from (self, hs_graph_view_get_selected (self->view),
               g_str_equal (action, "graph.find-previous"));
}

void
hs_graph_panel_find (HsGraphPanel *self)
{
  g_return_if_fail (HS_IS_GRAPH_PANEL (self));

  if (self->scene == NULL)
    return;

  gtk_revealer_set_reveal_child (self->find_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
}

void
_hs_graph_panel_install_find (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "graph.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "graph.find-next", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "graph.find-previous", NULL, find_action);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_stop_cb);
}
