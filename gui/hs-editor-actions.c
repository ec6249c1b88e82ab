/* hs-editor-actions.c - what the editor's keys and its menu do
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-editor-private.h"

#include "hs-line-edits.h"

/* The cursor stays in sight; what there was nothing to do for says so by the bell. */
static void
finish_edit (HsEditor *self,
             gboolean  any)
{
  if (any)
    gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                        gtk_text_buffer_get_insert (self->buffer));
  else
    gtk_widget_error_bell (GTK_WIDGET (self->view));
}

static void
toggle_comment_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  HsEditor *self = HS_EDITOR (widget);

  finish_edit (self, hs_line_edits_toggle_comment (self->buffer));
}

static void
indent_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  HsEditor   *self = HS_EDITOR (widget);
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  if (g_str_equal (name, "editor.indent"))
    gtk_source_view_indent_lines (self->view, &start, &end);
  else
    gtk_source_view_unindent_lines (self->view, &start, &end);
  finish_edit (self, TRUE);
}

static void
duplicate_lines_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  HsEditor *self = HS_EDITOR (widget);

  finish_edit (self, hs_line_edits_duplicate (self->buffer));
}

static void
delete_lines_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  HsEditor *self = HS_EDITOR (widget);

  finish_edit (self, hs_line_edits_delete (self->buffer));
}

static void
move_lines_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  HsEditor *self = HS_EDITOR (widget);

  finish_edit (self, hs_line_edits_move (self->buffer,
                                         g_str_equal (name, "editor.move-lines-down")));
}

/* With nothing selected, the line of the cursor and the next. */
static void
join_lines_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  HsEditor   *self = HS_EDITOR (widget);
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  if (gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end) &&
      !gtk_text_iter_forward_line (&end))
    {
      finish_edit (self, FALSE);
      return;
    }

  gtk_source_buffer_join_lines (GTK_SOURCE_BUFFER (self->buffer), &start, &end);
  finish_edit (self, TRUE);
}

static void
select_next_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  HsEditor *self = HS_EDITOR (widget);

  finish_edit (self, hs_occurrences_select_next (self->occurrences));
}

static const struct
{
  guint           key;
  GdkModifierType modifiers;
  const char     *action;
} keys[] = {
  { GDK_KEY_slash, GDK_CONTROL_MASK, "editor.toggle-comment" },
  { GDK_KEY_KP_Divide, GDK_CONTROL_MASK, "editor.toggle-comment" },
  { GDK_KEY_bracketright, GDK_CONTROL_MASK, "editor.indent" },
  { GDK_KEY_bracketleft, GDK_CONTROL_MASK, "editor.outdent" },
  { GDK_KEY_Up, GDK_ALT_MASK, "editor.move-lines-up" },
  { GDK_KEY_KP_Up, GDK_ALT_MASK, "editor.move-lines-up" },
  { GDK_KEY_Down, GDK_ALT_MASK, "editor.move-lines-down" },
  { GDK_KEY_KP_Down, GDK_ALT_MASK, "editor.move-lines-down" },
  { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.duplicate-lines" },
  { GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.delete-lines" },
  { GDK_KEY_j, GDK_CONTROL_MASK, "editor.join-lines" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "editor.select-next" },
};

void
_hs_editor_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.toggle-comment", NULL,
                                   toggle_comment_action);
  gtk_widget_class_install_action (widget_class, "editor.indent", NULL, indent_action);
  gtk_widget_class_install_action (widget_class, "editor.outdent", NULL, indent_action);
  gtk_widget_class_install_action (widget_class, "editor.duplicate-lines", NULL,
                                   duplicate_lines_action);
  gtk_widget_class_install_action (widget_class, "editor.delete-lines", NULL, delete_lines_action);
  gtk_widget_class_install_action (widget_class, "editor.move-lines-up", NULL, move_lines_action);
  gtk_widget_class_install_action (widget_class, "editor.move-lines-down", NULL,
                                   move_lines_action);
  gtk_widget_class_install_action (widget_class, "editor.join-lines", NULL, join_lines_action);
  gtk_widget_class_install_action (widget_class, "editor.select-next", NULL, select_next_action);
}

/* On the view alone, not in the bars above it, and before its own bindings: to GTK, Ctrl+/ is
 * Select All, and GtkSourceView selects the lines that it moves.
 */
void
_hs_editor_setup_actions (HsEditor *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers);
      GtkShortcutAction  *action = gtk_named_action_new (keys[i].action);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (trigger, action));
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}
