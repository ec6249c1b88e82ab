/* hs-view-panel-place.c - where the tools of a view lie upon its picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

/* The margin of .scene-tools in style.css: two tools, one above the other, share it. */
#define MARGIN 12

static void
measure (GtkWidget    *widget,
         int           max_width,
         GdkRectangle *area)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &area->width, NULL, NULL);
  area->width = MAX (MIN (area->width, max_width), least);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, area->width, NULL, &area->height, NULL,
                      NULL);
}

/* What is at an edge on the left gives way to what is there on the right, where
 * there is no room for both.
 */
static gboolean
place_cb (HsViewPanel  *self,
          GtkWidget    *child,
          GdkRectangle *area,
          GtkOverlay   *overlay)
{
  int          width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int          height = gtk_widget_get_height (GTK_WIDGET (overlay));
  gboolean     is_below = child == self->left_out_box;
  GtkWidget   *neighbour = is_below ? self->tools_box : GTK_WIDGET (self->find_revealer);
  GdkRectangle other = { 0, 0, 0, 0 };
  int          distance = 0;

  if (!is_below && child != GTK_WIDGET (self->answer_revealer))
    return FALSE;

  measure (child, width, area);
  measure (neighbour, width, &other);
  if (area->width + other.width > width)
    distance = MAX (other.height - MARGIN, 0);
  area->x = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL ? width - area->width : 0;
  area->y = is_below ? height - area->height - distance : distance;

  return TRUE;
}

void
_hs_view_panel_install_place (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HsViewPanel, tools_box);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
}
