/* hs-window-learn.c - the examples by chapter, and the lesson beside the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hs-compat.h"
#include "hs-examples.h"

#define PAGE_WORK  "work"
#define PAGE_LEARN "learn"

/* The page */

static gboolean
is_learning (HsWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), PAGE_LEARN) == 0;
}

void
_hs_window_leave_learn_page (HsWindow *self)
{
  if (!is_learning (self))
    return;

  gtk_stack_set_visible_child_name (self->pages, PAGE_WORK);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

/* Made when it is first seen: the window comes sooner without it. */
static void
ensure_learn_page (HsWindow *self)
{
  if (self->learn_page != NULL)
    return;

  self->learn_page = g_object_new (HS_TYPE_LEARN_PAGE, NULL);
  hs_learn_page_set_settings (self->learn_page, _hs_window_get_settings (self));
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->learn_page), PAGE_LEARN);
}

static void
learn_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (is_learning (self))
    {
      _hs_window_leave_learn_page (self);
      return;
    }

  ensure_learn_page (self);
  gtk_stack_set_visible_child_name (self->pages, PAGE_LEARN);
  hs_learn_page_focus (self->learn_page);
}

/* The lesson */

static void
ensure_lesson_panel (HsWindow *self)
{
  if (self->lesson_panel != NULL)
    return;

  self->lesson_panel = g_object_new (HS_TYPE_LESSON_PANEL, NULL);
  adw_flap_set_flap (self->lesson_flap, GTK_WIDGET (self->lesson_panel));
}

/* Where there is no room for both, the lesson lies upon the code. The examples, which the page
 * of lessons has as well, make place for the button.
 */
static void
update_lesson_button (HsWindow *self)
{
  gboolean is_over_code = self->lesson_name != NULL && adw_flap_get_folded (self->lesson_flap);

  gtk_widget_set_visible (GTK_WIDGET (self->lesson_button), is_over_code);
  gtk_widget_set_visible (GTK_WIDGET (self->examples_button), !is_over_code);
}

static gboolean
folded_idle_cb (gpointer user_data)
{
  g_autoptr(HsWindow) self = hs_weak_ref_take (user_data);

  if (self != NULL)
    update_lesson_button (self);

  return G_SOURCE_REMOVE;
}

/* The flap folds while sizes are given out, which is no time to ask for others. */
static void
folded_cb (HsWindow *self)
{
  g_idle_add (folded_idle_cb, hs_weak_ref_new (self));
}

void
_hs_window_setup_lessons (HsWindow *self)
{
  g_signal_connect_object (self->lesson_flap, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_hs_window_close_lesson (HsWindow *self)
{
  g_clear_pointer (&self->lesson_name, g_free);
  update_lesson_button (self);
  adw_flap_set_reveal_flap (self->lesson_flap, FALSE);
  if (self->lesson_panel != NULL)
    hs_lesson_panel_set_lesson (self->lesson_panel, "", NULL);
}

void
_hs_window_open_lesson (HsWindow   *self,
                        const char *name)
{
  const HsExample *example = hs_example_find (name);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  HsLesson        *lesson;

  _hs_window_close_lesson (self);
  if (example == NULL || !hs_example_has_lesson (example))
    return;

  text = hs_example_load_lesson_text (name, &error);
  lesson = text == NULL ? NULL : hs_lesson_new (text, name, &error);
  if (lesson == NULL)
    {
      _hs_window_show_notice (self, error->message, NULL, NULL);
      return;
    }

  ensure_lesson_panel (self);
  self->lesson_name = g_strdup (example->name);
  hs_lesson_panel_set_lesson (self->lesson_panel, _(example->title), lesson);
  adw_flap_set_reveal_flap (self->lesson_flap, TRUE);
  update_lesson_button (self);
}

/* Whether the code is still that of the example. */
static gboolean
is_unchanged (HsWindow *self)
{
  g_autoptr(GBytes) bytes = hs_example_load (self->lesson_name, NULL);
  g_autofree char *text = hs_editor_dup_text (self->editor);

  return bytes != NULL && strlen (text) == g_bytes_get_size (bytes) &&
         memcmp (text, g_bytes_get_data (bytes, NULL), strlen (text)) == 0;
}

void
_hs_window_show_in_lesson (HsWindow     *self,
                           HsComparison *comparison)
{
  if (self->lesson_name == NULL)
    return;

  hs_lesson_panel_set_comparison (self->lesson_panel, comparison);
  /* What is said of an example is not said of what somebody has made of it. */
  if (comparison != NULL && is_unchanged (self))
    hs_learn_page_note (_hs_window_get_settings (self), self->lesson_name, comparison);
}

static void
close_lesson_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  _hs_window_close_lesson (HS_WINDOW (widget));
}

/* @parameter: "layout", or "layout.show=cost" */
static void
look_at_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HsWindow *self = HS_WINDOW (widget);

  if (adw_flap_get_folded (self->lesson_flap))
    adw_flap_set_reveal_flap (self->lesson_flap, FALSE);
  if (hs_views_look_at (self->views, g_variant_get_string (parameter, NULL)))
    hs_view_panel_focus (hs_views_get_panel (self->views));
}

void
_hs_window_install_learn_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.learn", NULL, learn_action);
  gtk_widget_class_install_action (widget_class, "win.close-lesson", NULL, close_lesson_action);
  gtk_widget_class_install_action (widget_class, "win.look-at", "s", look_at_action);
}
