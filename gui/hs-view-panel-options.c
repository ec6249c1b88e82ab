/* hs-view-panel-options.c - the bar of what can be chosen in a view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

#include "hs-compat.h"

static guint
find_choice (const HsOption *option,
             GVariant       *state)
{
  if (option->choices == NULL)
    return g_variant_get_boolean (state) ? 1 : 0;

  for (guint i = 0; option->choices[i] != NULL; i++)
    if (g_str_equal (option->choices[i], g_variant_get_string (state, NULL)))
      return i;

  return 0;
}

static void
change_state_cb (HsViewPanel   *self,
                 GVariant      *state,
                 GSimpleAction *action)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (self->what, &n_options);

  for (guint i = 0; i < n_options; i++)
    if (g_str_equal (options[i].id, g_action_get_name (G_ACTION (action))))
      hs_view_panel_set_option (self, i, find_choice (&options[i], state));
}

static GVariant *
get_state (const HsOption *option,
           guint           choice)
{
  return option->choices == NULL ? g_variant_new_boolean (choice == 1)
                                 : g_variant_new_string (option->choices[choice]);
}

static void
add_action (HsViewPanel    *self,
            const HsOption *option)
{
  g_autoptr(GSimpleAction) action = NULL;
  GVariant *state = get_state (option, 0);

  action = g_simple_action_new_stateful (
    option->id, option->choices != NULL ? G_VARIANT_TYPE_STRING : NULL, state);
  g_signal_connect_object (action, "change-state", G_CALLBACK (change_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->options), G_ACTION (action));
}

static GtkWidget *
new_switch (const HsOption *option)
{
  g_autofree char *action = g_strconcat ("option.", option->id, NULL);
  GtkWidget       *button = gtk_check_button_new_with_label (_(option->label));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, _(option->tooltip));

  return button;
}

static GtkWidget *
new_menu (const HsOption *option)
{
  g_autofree char *action = g_strconcat ("option.", option->id, NULL);
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; option->choices[i] != NULL; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(option->labels[i]), NULL);

      g_menu_item_set_action_and_target (item, action, "s", option->choices[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _(option->tooltip));
  /* It would lie upon what can be chosen. */
  g_object_bind_property (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), "visible", button,
                          "has-tooltip", G_BINDING_INVERT_BOOLEAN);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(option->label), -1);

  return button;
}

static void
add_option (HsViewPanel    *self,
            const HsOption *option)
{
  GtkWidget *widget;

  add_action (self, option);
  if (option->choices == NULL)
    widget = new_switch (option);
  else
    widget = new_menu (option);
  gtk_box_append (self->options_box, widget);
}

void
_hs_view_panel_add_options (HsViewPanel *self)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (self->what, &n_options);

  g_assert (n_options <= G_N_ELEMENTS (self->choices));
  self->options = g_simple_action_group_new ();
  for (guint i = 0; i < n_options; i++)
    add_option (self, &options[i]);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "option", G_ACTION_GROUP (self->options));
  _hs_view_panel_update_options (self);
}

/* A button with a menu says what is chosen. */
static void
update_menu_label (GtkMenuButton  *button,
                   const HsOption *option,
                   guint           choice)
{
  /* translators: %1$s is what can be chosen, such as Sort; %2$s what is, such as Name */
  g_autofree char *label = g_strdup_printf (_("%1$s: %2$s"), _(option->label),
                                                                 _(option->labels[choice]));

  gtk_menu_button_set_label (button, label);
}

void
_hs_view_panel_update_options (HsViewPanel *self)
{
  guint           n_options;
  const HsOption *options = hs_view_get_options (self->what, &n_options);
  GtkWidget      *child = gtk_widget_get_first_child (GTK_WIDGET (self->options_box));

  for (guint i = 0; i < n_options; i++, child = gtk_widget_get_next_sibling (child))
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->options), options[i].id);

      g_simple_action_set_state (G_SIMPLE_ACTION (action),
                                 get_state (&options[i], self->choices[i]));
      if (GTK_IS_MENU_BUTTON (child))
        update_menu_label (GTK_MENU_BUTTON (child), &options[i], self->choices[i]);
    }
}
