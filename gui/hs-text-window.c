/* hs-text-window.c - what a picture says, as text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-text-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-format.h"

/* What a text view can lay out while one waits. Bytes. */
#define TEXT_MAX ((gsize)4 << 20)

struct _HsTextWindow
{
  AdwWindow parent_instance;

  GCancellable *making; /* owned; the text of it */

  GtkTextView    *view;
  GtkStack       *stack;
  GtkLabel       *cut_label;
  AdwWindowTitle *window_title;
};

G_DEFINE_FINAL_TYPE (HsTextWindow, hs_text_window, ADW_TYPE_WINDOW)

static void
show_text (HsTextWindow *self,
           const char   *text)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->view);
  gsize            size = strlen (text);
  gsize            shown = MIN (size, TEXT_MAX);
  g_autofree char *sentence = NULL;
  GtkTextIter      start;

  /* At the end of a line. */
  while (shown < size && shown > 0 && text[shown - 1] != '\n')
    shown--;
  gtk_text_buffer_set_text (buffer, text, (int)shown);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);

  if (shown < size)
    {
      g_autofree char *part = hs_format_bytes (shown);
      g_autofree char *all = hs_format_bytes (size);

      /* translators: %1$s and %2$s are numbers of bytes with their units */
      sentence = g_strdup_printf (_("The first %1$s of %2$s. Export the picture as text to have "
                                    "all of it."),
                                     part, all);
    }
  gtk_label_set_label (self->cut_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cut_label), sentence != NULL);
  gtk_stack_set_visible_child_name (self->stack, "text");
}

static void
make_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, hs_scene_to_text (task_data), g_free);
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HsTextWindow) self = hs_weak_ref_take (user_data);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another picture, or the window is gone. */
  if (self == NULL || text == NULL)
    return;

  g_clear_object (&self->making);
  show_text (self, text);
}

void
hs_text_window_set_scene (HsTextWindow *self,
                          HsScene      *scene,
                          const char   *title)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (HS_IS_TEXT_WINDOW (self));

  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  adw_window_title_set_subtitle (self->window_title, title);
  if (scene == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "making");
  self->making = g_cancellable_new ();
  task = g_task_new (NULL, self->making, made_cb, hs_weak_ref_new (self));
  g_task_set_task_data (task, hs_scene_ref (scene), (GDestroyNotify)hs_scene_unref);
  g_task_run_in_thread (task, make_thread);
}

static void
copy_cb (HsTextWindow *self)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
hs_text_window_dispose (GObject *object)
{
  HsTextWindow *self = HS_TEXT_WINDOW (object);

  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);

  gtk_widget_dispose_template (GTK_WIDGET (self), HS_TYPE_TEXT_WINDOW);

  G_OBJECT_CLASS (hs_text_window_parent_class)->dispose (object);
}

static void
hs_text_window_class_init (HsTextWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hs_text_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/hs-text-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HsTextWindow, view);
  gtk_widget_class_bind_template_child (widget_class, HsTextWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HsTextWindow, cut_label);
  gtk_widget_class_bind_template_child (widget_class, HsTextWindow, window_title);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hs_text_window_init (HsTextWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

HsTextWindow *
hs_text_window_new (GtkWindow *parent)
{
  return g_object_new (HS_TYPE_TEXT_WINDOW, "transient-for", parent, NULL);
}
