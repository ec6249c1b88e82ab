/* hs-menu.h - menus of buttons, made when they are opened
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As gtk_menu_button_set_menu_model(), but the widgets of the menu are made when it is opened for
 * the first time: those of a long menu take longer than the window around them.
 * gtk_menu_button_get_menu_model() is NULL until then.
 */
void hs_menu_button_set_model (GtkMenuButton *button,
                               GMenuModel    *model);

G_END_DECLS
