/* hs-view-tools.c - search, zoom, legend and further options of a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-tools.h"

#include "hs-picture-drag.h"

struct _HsViewTools
{
  GtkBox parent_instance;

  /* Template widgets */
  GtkWidget         *drag_handle;
  GtkButton         *zoom_button;
  GtkMenuButton     *legend_button;
  GtkScrolledWindow *legend_window;
};

G_DEFINE_FINAL_TYPE (HsViewTools, hs_view_tools, GTK_TYPE_BOX)

static void
hs_view_tools_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HS_TYPE_VIEW_TOOLS);

  G_OBJECT_CLASS (hs_view_tools_parent_class)->dispose (object);
}

static void
hs_view_tools_class_init (HsViewToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_view_tools_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-view-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, HsViewTools, drag_handle);
  gtk_widget_class_bind_template_child (widget_class, HsViewTools, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, HsViewTools, legend_button);
  gtk_widget_class_bind_template_child (widget_class, HsViewTools, legend_window);
}

static void
hs_view_tools_init (HsViewTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hs_picture_drag_set_up (self->drag_handle);
}

GtkButton *
hs_view_tools_get_zoom_button (HsViewTools *self)
{
  g_return_val_if_fail (HS_IS_VIEW_TOOLS (self), NULL);

  return self->zoom_button;
}

GtkScrolledWindow *
hs_view_tools_get_legend_window (HsViewTools *self)
{
  g_return_val_if_fail (HS_IS_VIEW_TOOLS (self), NULL);

  return self->legend_window;
}

GtkMenuButton *
hs_view_tools_get_legend_button (HsViewTools *self)
{
  g_return_val_if_fail (HS_IS_VIEW_TOOLS (self), NULL);

  return self->legend_button;
}
