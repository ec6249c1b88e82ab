/* hs-graph-proxies.c - the boxes of a graph for assistive technology
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-graph-proxies.h"

#include <math.h>

/* 200 widgets take 2 ms to make and 1 ms to place, 5000 take 38 ms. */
#define MAX_PROXIES 200

/* Microseconds of describing boxes before input is looked at again. */
#define DESCRIBE_BUDGET 4000

#define HS_TYPE_GRAPH_PROXY (hs_graph_proxy_get_type ())
G_DECLARE_FINAL_TYPE (HsGraphProxy, hs_graph_proxy, HS, GRAPH_PROXY, GtkWidget)

struct _HsGraphProxy
{
  GtkWidget parent_instance;

  guint    box;
  gboolean is_described;
  gboolean is_stale; /* not visible any more */
};

struct _HsGraphProxies
{
  HsGraphView *view;   /* not owned */
  GHashTable  *by_box; /* box → HsGraphProxy, a child of the view */
  guint        idle;
  guint        selected; /* box that was announced; HS_GRAPH_NONE */
};

G_DEFINE_FINAL_TYPE (HsGraphProxy, hs_graph_proxy, GTK_TYPE_WIDGET)

static void
hs_graph_proxy_class_init (HsGraphProxyClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
hs_graph_proxy_init (HsGraphProxy *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

HsGraphProxies *
hs_graph_proxies_new (HsGraphView *view)
{
  HsGraphProxies *self = g_new0 (HsGraphProxies, 1);

  self->view = view;
  self->by_box = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)gtk_widget_unparent);
  self->selected = HS_GRAPH_NONE;

  return self;
}

void
hs_graph_proxies_free (HsGraphProxies *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_hash_table_unref (self->by_box);
  g_free (self);
}

void
hs_graph_proxies_clear (HsGraphProxies *self)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view),
                                 GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  self->selected = HS_GRAPH_NONE;
  g_hash_table_remove_all (self->by_box);
  hs_graph_proxies_queue_update (self);
}

static gboolean
is_visible (HsGraphProxies *self,
            guint           box)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->view));
  double height = gtk_widget_get_height (GTK_WIDGET (self->view));
  HsRect area;

  hs_graph_view_get_box_area (self->view, box, &area);

  return area.x < width && area.y < height && area.x + area.width > 0 && area.y + area.height > 0;
}

static void
show_box (HsGraphProxies *self,
          HsGraph        *graph,
          guint           box)
{
  HsGraphProxy    *proxy = g_hash_table_lookup (self->by_box, GUINT_TO_POINTER (box));
  g_autofree char *name = NULL;

  if (proxy != NULL)
    {
      proxy->is_stale = FALSE;
      return;
    }

  proxy = g_object_new (HS_TYPE_GRAPH_PROXY, NULL);
  proxy->box = box;
  name = hs_graph_name_box (graph, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int)box + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int)hs_graph_get_n_boxes (graph), -1);
  gtk_widget_set_parent (GTK_WIDGET (proxy), GTK_WIDGET (self->view));
  g_hash_table_insert (self->by_box, GUINT_TO_POINTER (box), proxy);
}

static gboolean
remove_stale (gpointer key,
              gpointer value,
              gpointer user_data)
{
  return HS_GRAPH_PROXY (value)->is_stale;
}

/* The selected box comes first, so that it always has a proxy. */
static void
show_visible_boxes (HsGraphProxies *self)
{
  HsGraphScene  *scene = hs_graph_view_get_scene (self->view);
  HsGraph       *graph = scene != NULL ? hs_graph_scene_get_graph (scene) : NULL;
  guint          n_boxes = graph != NULL ? hs_graph_get_n_boxes (graph) : 0;
  guint          selected = hs_graph_view_get_selected (self->view);
  guint          n_shown = 0;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_box);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    HS_GRAPH_PROXY (value)->is_stale = TRUE;

  if (selected < n_boxes)
    {
      show_box (self, graph, selected);
      n_shown++;
    }
  for (guint box = 0; box < n_boxes && n_shown < MAX_PROXIES; box++)
    if (box != selected && is_visible (self, box))
      {
        show_box (self, graph, box);
        n_shown++;
      }

  g_hash_table_foreach_remove (self->by_box, remove_stale, NULL);
}

static void
announce_selected (HsGraphProxies *self)
{
  guint         selected = hs_graph_view_get_selected (self->view);
  HsGraphProxy *old = g_hash_table_lookup (self->by_box, GUINT_TO_POINTER (self->selected));
  HsGraphProxy *proxy = g_hash_table_lookup (self->by_box, GUINT_TO_POINTER (selected));

  if (selected == self->selected)
    return;

  self->selected = selected;
  if (old != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (old), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  if (proxy == NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view),
                                     GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
      return;
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, proxy,
                                  -1);
}

/* A description may walk many objects. Returns: whether all boxes have one */
static gboolean
describe_some (HsGraphProxies *self)
{
  HsGraphScene  *scene = hs_graph_view_get_scene (self->view);
  gint64         end = g_get_monotonic_time () + DESCRIBE_BUDGET;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_box);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HsGraphProxy    *proxy = value;
      g_autofree char *text = NULL;

      if (proxy->is_described)
        continue;
      if (g_get_monotonic_time () >= end)
        return FALSE;
      text = hs_graph_describe_box (hs_graph_scene_get_graph (scene), proxy->box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      text, -1);
      proxy->is_described = TRUE;
    }

  return TRUE;
}

static gboolean
describe_cb (gpointer user_data)
{
  HsGraphProxies *self = user_data;

  if (!describe_some (self))
    return G_SOURCE_CONTINUE;

  self->idle = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
update_cb (gpointer user_data)
{
  HsGraphProxies *self = user_data;

  show_visible_boxes (self);
  announce_selected (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self->view));
  self->idle = g_idle_add_full (G_PRIORITY_LOW, describe_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

void
hs_graph_proxies_queue_update (HsGraphProxies *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  self->idle = g_idle_add_full (G_PRIORITY_LOW, update_cb, self, NULL);
}

void
hs_graph_proxies_allocate (HsGraphProxies *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_box);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HsGraphProxy *proxy = value;
      HsRect        area;

      hs_graph_view_get_box_area (self->view, proxy->box, &area);
      /* A widget that was never measured must not be allocated. */
      gtk_widget_measure (GTK_WIDGET (proxy), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                          NULL);
      gtk_widget_size_allocate (GTK_WIDGET (proxy),
                                &(GtkAllocation) { (int)round (area.x), (int)round (area.y),
                                                   MAX ((int)round (area.width), 1),
                                                   MAX ((int)round (area.height), 1) },
                                -1);
    }
}
