/* hs-view-panel-find.c - looking for items of a view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

/* Counts by going once around. O(items). */
static guint
count_matches (HsScene    *scene,
               const char *text)
{
  guint n_matches = 0;
  guint last = HS_NO_ITEM;

  for (;;)
    {
      guint item = hs_scene_search (scene, text, last, FALSE);

      if (item == HS_NO_ITEM || (last != HS_NO_ITEM && item <= last))
        return n_matches;
      last = item;
      n_matches++;
    }
}

void
_hs_view_panel_update_matches (HsViewPanel *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autofree char *label = NULL;

  self->n_matches = 0;
  if (self->scene != NULL && text[0] != '\0')
    {
      self->n_matches = count_matches (self->scene, text);
      if (self->n_matches > 0)
        /* translators: %u is a number of boxes, strings, types that contain the text looked for */
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
  _hs_view_panel_update_actions (self);
}

static void
find_from (HsViewPanel *self,
           guint        start,
           gboolean     backwards)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  guint       item = HS_NO_ITEM;

  if (self->n_matches > 0)
    item = hs_scene_search (self->scene, text, start, backwards);

  hs_scene_view_set_found (self->view, item);
  if (item == HS_NO_ITEM)
    return;

  hs_scene_view_select (self->view, item);
  hs_scene_view_scroll_to_item (self->view, item);
}

static void
find_changed_cb (HsViewPanel *self)
{
  _hs_view_panel_update_matches (self);
  find_from (self, HS_NO_ITEM, FALSE);
}

static void
find_next_cb (HsViewPanel *self)
{
  find_from (self, hs_scene_view_get_selected (self->view), FALSE);
}

static void
find_previous_cb (HsViewPanel *self)
{
  find_from (self, hs_scene_view_get_selected (self->view), TRUE);
}

static void
find_stop_cb (HsViewPanel *self)
{
  gtk_revealer_set_reveal_child (self->find_revealer, FALSE);
  hs_scene_view_set_found (self->view, HS_NO_ITEM);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HsViewPanel *self = HS_VIEW_PANEL (widget);

  if (g_str_equal (action, "view.find"))
    hs_view_panel_find (self);
  else
    find_from (self, hs_scene_view_get_selected (self->view),
               g_str_equal (action, "view.find-previous"));
}

void
hs_view_panel_find (HsViewPanel *self)
{
  g_return_if_fail (HS_IS_VIEW_PANEL (self));

  if (self->scene == NULL)
    return;

  gtk_revealer_set_reveal_child (self->find_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
}

void
_hs_view_panel_install_find (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "view.find-next", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "view.find-previous", NULL, find_action);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_stop_cb);
}
