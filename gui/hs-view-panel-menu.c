/* hs-view-panel-menu.c - what can be done with an item of a picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

static void
add_questions (HsViewPanel *self,
               GMenu       *menu)
{
  static const struct
  {
    HsQuestion  question;
    const char *label;
  } questions[] = {
    { HS_QUESTION_WHY_ALIVE, N_("_Why Is It Alive?") },
      { HS_QUESTION_KEEPS_ALIVE, N_("What Does It _Keep Alive?") },
    };
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(questions[i].label), NULL);

      g_menu_item_set_action_and_target (item, "view.ask", "i", (int)questions[i].question);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
add_other_views (HsViewPanel *self,
                 GMenu       *menu)
{
  g_autoptr(GMenu) section = g_menu_new ();

  for (const HsView *const *view = hs_views_list (); *view != NULL; view++)
    {
      /* translators: %s is the name of a view, such as Graph */
      g_autofree char *label = g_strdup_printf (_("Show in %s"), hs_view_get_title (*view));
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      if (*view == self->what || hs_view_is_of_history (*view) || hs_view_is_of_comparison (*view))
        continue;
      g_menu_item_set_action_and_target (item, "views.show", "s", hs_view_get_name (*view));
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
closed_cb (HsViewPanel *self,
           GtkWidget   *menu)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  /* What was chosen is activated after the menu has closed. */
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
_hs_view_panel_show_menu (HsViewPanel *self,
                          guint        item,
                          double       x,
                          double       y)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *popover;

  if (hs_scene_get_item_object (self->scene, item) != HS_NO_OBJECT)
    {
      if (hs_view_can_ask (self->what))
        add_questions (self, menu);
      add_other_views (self, menu);
    }
  g_menu_append (menu, _("_Copy as Text"), "view.copy-text");

  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int)x, (int)y, 1, 1 });
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  hs_scene_view_set_popover (self->view, GTK_POPOVER (popover));
  /* The facts about what is under the pointer would lie upon the menu. */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), FALSE);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
copy_text_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HsViewPanel     *self = HS_VIEW_PANEL (widget);
  guint            item = hs_scene_view_get_selected (self->view);
  g_autofree char *text = NULL;

  if (self->scene == NULL || item == HS_NO_ITEM)
    return;

  text = hs_scene_describe_item (self->scene, item);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "win.add-toast", "s", _("Text copied"));
}

void
_hs_view_panel_install_menu (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.copy-text", NULL, copy_text_action);
}
