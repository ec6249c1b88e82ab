/* hs-completion.c - completes words in a source view
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-completion.h"

#include "hs-word-provider.h"

/* Rows that are seen at once. */
#define PAGE_SIZE 8

struct _HsCompletion
{
  GObject parent_instance;

  GtkSourceView               *view;     /* weak */
  GtkTextBuffer               *buffer;   /* weak; of the view */
  GtkSourceCompletionProvider *provider; /* owned; NULL: not enabled */

  gboolean is_dismissed; /* by Escape, for this word */
};

G_DEFINE_FINAL_TYPE (HsCompletion, hs_completion, G_TYPE_OBJECT)

static GtkSourceCompletion *
get_completion (HsCompletion *self)
{
  return gtk_source_view_get_completion (self->view);
}

static void
set_dismissed (HsCompletion *self,
               gboolean      is_dismissed)
{
  if (self->is_dismissed == is_dismissed)
    return;

  self->is_dismissed = is_dismissed;
  if (is_dismissed)
    gtk_source_completion_block_interactive (get_completion (self));
  else
    gtk_source_completion_unblock_interactive (get_completion (self));
}

static gboolean
is_in_word (HsCompletion *self)
{
  GtkTextIter iter;
  gunichar    c;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  if (!gtk_text_iter_backward_char (&iter))
    return FALSE;
  c = gtk_text_iter_get_char (&iter);

  return c == '_' || g_unichar_isalnum (c);
}

static void
cursor_cb (HsCompletion *self)
{
  if (self->is_dismissed && !is_in_word (self))
    set_dismissed (self, FALSE);
}

/* Somebody asks for it after all. */
static void
show_completion_cb (HsCompletion *self)
{
  set_dismissed (self, FALSE);
}

/* Before the list sees it: that closes, and passes it on to what would stop a run. */
static gboolean
escape_cb (GtkEventControllerKey *controller,
           guint                  keyval,
           guint                  keycode,
           GdkModifierType        state,
           HsCompletion          *self)
{
  if (keyval != GDK_KEY_Escape || !hs_completion_is_shown (self))
    return GDK_EVENT_PROPAGATE;

  gtk_source_completion_hide (get_completion (self));
  set_dismissed (self, TRUE);

  return GDK_EVENT_STOP;
}

/* After the list, whose controller is newer, has not taken it because nothing is chosen in it, and
 * before the view makes blanks of it.
 */
static gboolean
tab_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        HsCompletion          *self)
{
  gboolean is_done;

  if (keyval != GDK_KEY_Tab || (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      self->provider == NULL || !hs_completion_is_shown (self))
    return GDK_EVENT_PROPAGATE;

  is_done = hs_word_provider_activate_first (HS_WORD_PROVIDER (self->provider));
  /* Ends it, too: what was inserted is no reason to propose more. */
  gtk_source_completion_block_interactive (get_completion (self));
  gtk_source_completion_unblock_interactive (get_completion (self));

  return is_done;
}

static void
hs_completion_dispose (GObject *object)
{
  HsCompletion *self = HS_COMPLETION (object);

  hs_completion_detach (self);

  G_OBJECT_CLASS (hs_completion_parent_class)->dispose (object);
}

static void
hs_completion_class_init (HsCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hs_completion_dispose;
}

static void
hs_completion_init (HsCompletion *self)
{
}

static void
watch_keys (HsCompletion       *self,
            GtkWidget          *widget,
            GtkPropagationPhase phase,
            GCallback           callback)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  g_signal_connect_object (controller, "key-pressed", callback, self, 0);
  gtk_widget_add_controller (widget, controller);
}

HsCompletion *
hs_completion_new (GtkSourceView *view,
                   GtkWidget     *around)
{
  HsCompletion *self;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (around), NULL);

  self = g_object_new (HS_TYPE_COMPLETION, NULL);
  g_set_weak_pointer (&self->view, view);
  g_set_weak_pointer (&self->buffer, gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));

  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "show-completion", G_CALLBACK (show_completion_cb), self,
                           G_CONNECT_SWAPPED);
  watch_keys (self, around, GTK_PHASE_CAPTURE, G_CALLBACK (escape_cb));
  watch_keys (self, GTK_WIDGET (view), GTK_PHASE_CAPTURE, G_CALLBACK (tab_cb));

  return self;
}

void
hs_completion_set_enabled (HsCompletion *self,
                           gboolean      enabled)
{
  GtkSourceCompletion *completion;

  g_return_if_fail (HS_IS_COMPLETION (self));
  g_return_if_fail (self->view != NULL);

  if (enabled == (self->provider != NULL))
    return;

  completion = get_completion (self);
  if (enabled)
    {
      g_object_set (completion, "page-size", PAGE_SIZE, "show-icons", FALSE, NULL);
      self->provider = hs_word_provider_new ();
      gtk_source_completion_add_provider (completion, self->provider);
    }
  else
    {
      set_dismissed (self, FALSE);
      gtk_source_completion_hide (completion);
      gtk_source_completion_remove_provider (completion, self->provider);
      g_clear_object (&self->provider);
    }
}

/* The list is a child of the view that only its style tells from others. */
gboolean
hs_completion_is_shown (HsCompletion *self)
{
  GtkWidget *child;

  g_return_val_if_fail (HS_IS_COMPLETION (self), FALSE);

  if (self->view == NULL)
    return FALSE;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_has_css_class (child, "completion") &&
        gtk_widget_get_visible (child))
      return TRUE;

  return FALSE;
}

void
hs_completion_detach (HsCompletion *self)
{
  g_return_if_fail (HS_IS_COMPLETION (self));

  if (self->view != NULL)
    hs_completion_set_enabled (self, FALSE);
  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->buffer);
}
