/* hs-view-panel-status.c - what a view says when there is no picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

/* Not only with a picture: a choice may be why there is none. */
void
_hs_view_panel_update_options_bar (HsViewPanel *self)
{
  guint n_options;

  hs_view_get_options (self->what, &n_options);
  gtk_widget_set_visible (self->options_bar, self->heap != NULL && n_options > 0);
}

/* @text: plain text, nullable */
void
_hs_view_panel_show_status (HsViewPanel *self,
                            const char  *icon,
                            const char  *title,
                            const char  *text)
{
  g_autofree char *markup = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  adw_status_page_set_icon_name (self->status_page, icon);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, markup);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  _hs_view_panel_update_options_bar (self);
}

void
_hs_view_panel_show_invitation (HsViewPanel *self)
{
  const char *text =
    _("Run the code to see its names, the objects they refer to, and the bytes they occupy.");

  _hs_view_panel_show_status (self, APP_ID "-symbolic", _("Objects Appear Here"), text);
}
