/* hs-picture-drag.c - a handle by which the picture is dragged into another program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-picture-drag.h"

#include "hs-picture-content.h"
#include "hs-scene-view.h"
#include "hs-window-private.h"

/* Of what follows the pointer. Logical pixels. */
#define ICON_LENGTH 160.0

/* What is seen now, small. Returns: (transfer full) (nullable) */
static GdkPaintable *
make_icon (GtkWidget *picture)
{
  g_autoptr(GdkPaintable) seen = gtk_widget_paintable_new (picture);
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  double          width = gtk_widget_get_width (picture);
  double          height = gtk_widget_get_height (picture);
  double          scale = MIN (ICON_LENGTH / MAX (MAX (width, height), 1), 1);
  graphene_size_t size = GRAPHENE_SIZE_INIT ((float)(width * scale), (float)(height * scale));
  GdkRGBA         paper = { .alpha = 1 };
  double          red;
  double          green;
  double          blue;

  hs_theme_get_background (hs_scene_view_find_theme (), &red, &green, &blue);
  paper.red = (float)red;
  paper.green = (float)green;
  paper.blue = (float)blue;
  gtk_snapshot_append_color (snapshot, &paper,
                             &GRAPHENE_RECT_INIT (0, 0, size.width, size.height));
  gdk_paintable_snapshot (seen, snapshot, width * scale, height * scale);

  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            GtkWidget     *handle)
{
  GtkRoot         *root = gtk_widget_get_root (handle);
  HsWindow        *window = HS_IS_WINDOW (root) ? HS_WINDOW (root) : NULL;
  HsScene         *scene = window != NULL ? hs_views_get_scene (window->views) : NULL;
  g_autofree char *name = NULL;
  g_autoptr(HsPictureInfo) info = NULL;

  info = scene != NULL ? _hs_window_dup_picture_info (window) : NULL;
  if (info == NULL)
    return NULL;

  name = _hs_window_dup_picture_name (window);

  return hs_picture_content_new_file (scene, info, name);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *handle)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (handle, GTK_TYPE_OVERLAY); /* of the tools */
  GtkWidget *picture = gtk_overlay_get_child (GTK_OVERLAY (overlay));
  g_autoptr(GdkPaintable) icon = make_icon (picture);

  if (icon != NULL)
    gtk_drag_source_set_icon (source, icon, 0, 0);
}

void
hs_picture_drag_set_up (GtkWidget *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_return_if_fail (GTK_IS_WIDGET (handle));

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), handle);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), handle);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_set_cursor_from_name (handle, "grab");
}

gboolean
hs_picture_drag_is_ours (GdkDrop *drop)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);

  return drag != NULL && HS_IS_PICTURE_CONTENT (gdk_drag_get_content (drag));
}
