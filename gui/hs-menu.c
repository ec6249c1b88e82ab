/* hs-menu.c - menus of buttons, made when they are opened
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-menu.h"

static void
make_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == user_data)
    return;

  gtk_menu_button_set_menu_model (button, user_data);
  /* It would lie upon what can be chosen. */
  g_object_bind_property (gtk_menu_button_get_popover (button), "visible", button, "has-tooltip",
                          G_BINDING_INVERT_BOOLEAN);
}

void
hs_menu_button_set_model (GtkMenuButton *button,
                          GMenuModel    *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, make_cb, g_object_ref (model), g_object_unref);
}
