/* hs-proxies.c - the items of a scene for assistive technology
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-proxies.h"

#include <math.h>

/* 200 widgets take 2 ms to make and 1 ms to place, 5000 take 38 ms. */
#define MAX_PROXIES 200

/* Microseconds of describing items before input is looked at again. */
#define DESCRIBE_BUDGET 4000

#define HS_TYPE_PROXY (hs_proxy_get_type ())
G_DECLARE_FINAL_TYPE (HsProxy, hs_proxy, HS, PROXY, GtkWidget)

struct _HsProxy
{
  GtkWidget parent_instance;

  guint    item;
  gboolean is_described;
  gboolean is_stale; /* not visible any more */
};

struct _HsProxies
{
  HsSceneView *view;    /* not owned */
  GHashTable  *by_item; /* item → HsProxy, a child of the view */
  guint        idle;
  guint        selected; /* item that was announced; HS_NO_ITEM */
};

G_DEFINE_FINAL_TYPE (HsProxy, hs_proxy, GTK_TYPE_WIDGET)

static void
hs_proxy_class_init (HsProxyClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
hs_proxy_init (HsProxy *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

HsProxies *
hs_proxies_new (HsSceneView *view)
{
  HsProxies *self = g_new0 (HsProxies, 1);

  self->view = view;
  self->by_item = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)gtk_widget_unparent);
  self->selected = HS_NO_ITEM;

  return self;
}

void
hs_proxies_free (HsProxies *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_hash_table_unref (self->by_item);
  g_free (self);
}

void
hs_proxies_clear (HsProxies *self)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view),
                                 GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  self->selected = HS_NO_ITEM;
  g_hash_table_remove_all (self->by_item);
  hs_proxies_queue_update (self);
}

static gboolean
is_visible (HsProxies *self,
            guint      item)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->view));
  double height = gtk_widget_get_height (GTK_WIDGET (self->view));
  HsRect area;

  hs_scene_view_get_item_area (self->view, item, &area);

  return area.x < width && area.y < height && area.x + area.width > 0 && area.y + area.height > 0;
}

static void
show_item (HsProxies *self,
           HsScene   *scene,
           guint      item)
{
  HsProxy         *proxy = g_hash_table_lookup (self->by_item, GUINT_TO_POINTER (item));
  g_autofree char *name = NULL;

  if (proxy != NULL)
    {
      proxy->is_stale = FALSE;
      return;
    }

  proxy = g_object_new (HS_TYPE_PROXY, NULL);
  proxy->item = item;
  name = hs_scene_name_item (scene, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int)item + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int)hs_scene_get_n_items (scene), -1);
  gtk_widget_set_parent (GTK_WIDGET (proxy), GTK_WIDGET (self->view));
  g_hash_table_insert (self->by_item, GUINT_TO_POINTER (item), proxy);
}

static gboolean
remove_stale (gpointer key,
              gpointer value,
              gpointer user_data)
{
  return HS_PROXY (value)->is_stale;
}

/* The selected item comes first, so that it always has a proxy. */
static void
show_visible_items (HsProxies *self)
{
  HsScene       *scene = hs_scene_view_get_scene (self->view);
  guint          n_items = scene != NULL ? hs_scene_get_n_items (scene) : 0;
  guint          selected = hs_scene_view_get_selected (self->view);
  guint          n_shown = 0;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_item);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    HS_PROXY (value)->is_stale = TRUE;

  if (selected < n_items)
    {
      show_item (self, scene, selected);
      n_shown++;
    }
  for (guint item = 0; item < n_items && n_shown < MAX_PROXIES; item++)
    if (item != selected && is_visible (self, item))
      {
        show_item (self, scene, item);
        n_shown++;
      }

  g_hash_table_foreach_remove (self->by_item, remove_stale, NULL);
}

static void
announce_selected (HsProxies *self)
{
  guint    selected = hs_scene_view_get_selected (self->view);
  HsProxy *old = g_hash_table_lookup (self->by_item, GUINT_TO_POINTER (self->selected));
  HsProxy *proxy = g_hash_table_lookup (self->by_item, GUINT_TO_POINTER (selected));

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

/* A description may walk many objects. Returns: whether all items have one */
static gboolean
describe_some (HsProxies *self)
{
  HsScene       *scene = hs_scene_view_get_scene (self->view);
  gint64         end = g_get_monotonic_time () + DESCRIBE_BUDGET;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_item);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HsProxy         *proxy = value;
      g_autofree char *text = NULL;

      if (proxy->is_described)
        continue;
      if (g_get_monotonic_time () >= end)
        return FALSE;
      text = hs_scene_describe_item (scene, proxy->item);
      gtk_accessible_update_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      text, -1);
      proxy->is_described = TRUE;
    }

  return TRUE;
}

static gboolean
describe_cb (gpointer user_data)
{
  HsProxies *self = user_data;

  if (!describe_some (self))
    return G_SOURCE_CONTINUE;

  self->idle = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
update_cb (gpointer user_data)
{
  HsProxies *self = user_data;

  show_visible_items (self);
  announce_selected (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self->view));
  self->idle = g_idle_add_full (G_PRIORITY_LOW, describe_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

void
hs_proxies_queue_update (HsProxies *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  self->idle = g_idle_add_full (G_PRIORITY_LOW, update_cb, self, NULL);
}

void
hs_proxies_allocate (HsProxies *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_item);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HsProxy *proxy = value;
      HsRect   area;

      hs_scene_view_get_item_area (self->view, proxy->item, &area);
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
