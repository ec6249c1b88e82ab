/* hs-window-text.c - the picture of the window as text, in a window beside it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include "hs-text-window.h"
#include "hs-view-panel.h"

/* What is seen has changed: so does its text. */
static void
update_text (HsWindow *self)
{
  HsViewPanel *panel = hs_views_get_panel (self->views);

  if (self->text_window == NULL || panel == NULL)
    return;

  hs_text_window_set_scene (HS_TEXT_WINDOW (self->text_window), hs_views_get_scene (self->views),
                            hs_view_get_title (hs_view_panel_get_view (panel)));
}

static void
show_text_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (self->text_window == NULL)
    {
      g_set_weak_pointer (&self->text_window,
                          GTK_WIDGET (hs_text_window_new (GTK_WINDOW (self))));
      update_text (self);
    }
  gtk_window_present (GTK_WINDOW (self->text_window));
}

void
_hs_window_setup_text (HsWindow *self)
{
  g_signal_connect_object (self->views, "notify::scene", G_CALLBACK (update_text), self,
                           G_CONNECT_SWAPPED);
}

void
_hs_window_dispose_text (HsWindow *self)
{
  if (self->text_window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->text_window));
  g_clear_weak_pointer (&self->text_window);
}

void
_hs_window_install_text_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-text", NULL, show_text_action);
}
