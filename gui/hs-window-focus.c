/* hs-window-focus.c - F6 goes from pane to pane
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include "hs-view-panel.h"

/* In the order in which they stand; the editor keeps Tab for itself, so that this leads out. */
typedef enum
{
  PANE_EDITOR,
  PANE_CONSOLE,
  PANE_VIEW,
  PANE_LESSON,
  N_PANES
} Pane;

/* Returns: (transfer none) (nullable): NULL if it is not there */
static GtkWidget *
get_pane (HsWindow *self,
          Pane      pane)
{
  switch (pane)
    {
    case PANE_EDITOR:
      return GTK_WIDGET (self->editor);
    case PANE_CONSOLE:
      return GTK_WIDGET (self->console);
    case PANE_VIEW:
      return GTK_WIDGET (self->views);
    case PANE_LESSON:
      return self->lesson_name != NULL ? GTK_WIDGET (self->lesson_panel) : NULL;
    case N_PANES:
    default:
      return NULL;
    }
}

/* The one that has the focus, else N_PANES. */
static guint
find_focused (HsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint      pane;

  for (pane = 0; pane < N_PANES; pane++)
    {
      GtkWidget *widget = get_pane (self, (Pane)pane);

      if (widget != NULL && focus != NULL &&
          (focus == widget || gtk_widget_is_ancestor (focus, widget)))
        break;
    }

  return pane;
}

/* Returns: whether it has taken the focus */
static gboolean
focus_pane (HsWindow *self,
            Pane      pane)
{
  GtkWidget *widget = get_pane (self, pane);

  if (widget == NULL || !gtk_widget_get_mapped (widget))
    return FALSE;

  switch (pane)
    {
    case PANE_EDITOR:
      return gtk_widget_grab_focus (widget);
    case PANE_VIEW:
      if (hs_views_get_scene (self->views) != NULL)
        {
          hs_view_panel_focus (hs_views_get_panel (self->views));
          return TRUE;
        }
      return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
    case PANE_CONSOLE:
    case PANE_LESSON:
    case N_PANES:
    default:
      return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
    }
}

/* @parameter: 1 for the next, -1 for the one before */
static void
go_to_pane_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);
  int       step = g_variant_get_int32 (parameter);
  guint     focused = find_focused (self);
  int       from = focused < N_PANES ? (int)focused : step > 0 ? -1
                                                               : 0;

  for (int i = 1; i <= N_PANES; i++)
    if (focus_pane (self, (Pane)((from + step * i + 2 * N_PANES) % N_PANES)))
      return;
}

void
_hs_window_install_focus_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.go-to-pane", "i", go_to_pane_action);
}
