/* hs-view-panel-status.c - what a view says when there is no picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-view-panel-private.h"

#include <glib/gi18n-lib.h>

/* Before the first run: what the view will show. */
/* clang-format off */
static const struct
{
  const char *view;
  const char *title;
  const char *text;
} invitations[] = {
  { "graph", N_("Objects Appear Here"),
    N_("Run the code to see its names, the objects they refer to, and the bytes they occupy.") },
  { "layout", N_("Bytes Appear Here"),
    N_("Run the code to see its objects field by field: headers, values and padding.") },
  { "strings", N_("Strings Appear Here"),
    N_("Run the code to see its strings, which of them are the same object, and what sharing "
       "would save.") },
  { "heap", N_("The Heap Appears Here"),
    N_("Run the code to see which types take how much memory, and where it lies.") },
  { "timeline", N_("Memory over Time Appears Here"),
    N_("Run the code to see how much memory it takes while it runs, and which lines take it.") },
  { "pages", N_("Pages Appear Here"),
    N_("Run code that maps a file to see which of its pages are in memory, line after line.") },
  { "compare", N_("Comparisons Appear Here"),
    N_("Write “# %% name” above each variant of the code to see which takes less memory and "
       "time. The main menu compares with another file.") },
};
/* clang-format on */

/* A comparison is not started by a run. */
void
_hs_view_panel_set_up_status (HsViewPanel *self)
{
  if (!g_str_equal (hs_view_get_name (self->what), "compare"))
    return;

  gtk_button_set_label (GTK_BUTTON (self->run_button), _("_Compare the Variants"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->run_button), "win.compare");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Compare the variants"), -1);
}

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
  const char *title;
  const char *text;
  guint       i = 0;

  for (guint j = 0; j < G_N_ELEMENTS (invitations); j++)
    if (g_str_equal (invitations[j].view, hs_view_get_name (self->what)))
      i = j;

  title = _(invitations[i].title);
  text = _(invitations[i].text);
  _hs_view_panel_show_status (self, APP_ID "-symbolic", title, text);
}
