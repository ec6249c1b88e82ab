/* hs-view-panel-legend.c - what the marks and colours of a picture mean
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

/* Scene units, as hs-scene.h suggests. */
#define SAMPLE_WIDTH  36
#define SAMPLE_HEIGHT 18

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  const HsLegendEntry *entry = user_data;
  HsRect               rect = { (width - SAMPLE_WIDTH) / 2., (height - SAMPLE_HEIGHT) / 2.,
                                SAMPLE_WIDTH, SAMPLE_HEIGHT };

  entry->draw (cr, &rect, hs_scene_view_find_theme (), entry->which);
}

static GtkWidget *
new_row (const HsLegendEntry *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *area = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (entry->text);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SAMPLE_WIDTH + 4);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SAMPLE_HEIGHT + 4);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, (gpointer)entry, NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_box_append (GTK_BOX (row), area);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

static void
release_scene (gpointer data)
{
  hs_scene_unref (data);
}

void
_hs_view_panel_update_legend (HsViewPanel *self)
{
  guint                n_entries = 0;
  const HsLegendEntry *entries =
    self->scene != NULL ? hs_scene_get_legend (self->scene, &n_entries) : NULL;
  GtkWidget *rows;

  gtk_widget_set_visible (GTK_WIDGET (self->legend_button), n_entries > 0);
  if (n_entries == 0)
    {
      gtk_menu_button_popdown (self->legend_button);
      gtk_scrolled_window_set_child (self->legend_window, NULL);
      return;
    }

  rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < n_entries; i++)
    gtk_box_append (GTK_BOX (rows), new_row (&entries[i]));
  /* The entries are the scene's. */
  g_object_set_data_full (G_OBJECT (rows), "scene", hs_scene_ref (self->scene), release_scene);
  gtk_scrolled_window_set_child (self->legend_window, rows);
}
