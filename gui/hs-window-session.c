/* hs-window-session.c - what of a window comes back in the next session
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

#include <string.h>

#include "hs-compat.h"
#include "hs-examples.h"

/* The example that is shown as it is, or NULL. (transfer full) */
static char *
dup_example (HsWindow *self)
{
  g_autofree char *name = NULL;

  if (self->file != NULL || self->display_name == NULL ||
      !g_str_has_suffix (self->display_name, ".py") || hs_editor_get_modified (self->editor))
    return NULL;

  name = g_strndup (self->display_name, strlen (self->display_name) - strlen (".py"));

  return hs_example_find (name) != NULL ? g_steal_pointer (&name) : NULL;
}

HsWindowState *
hs_window_dup_state (HsWindow *self)
{
  HsWindowState *state;
  HsViewPanel   *panel;
  GFile         *file;

  g_return_val_if_fail (HS_IS_WINDOW (self), NULL);

  panel = hs_views_get_panel (self->views);
  state = hs_window_state_new ();
  file = hs_window_get_file (self);
  state->uri = file != NULL ? g_file_get_uri (file) : NULL;
  state->example = dup_example (self);
  if (self->draft_keeper != NULL && hs_editor_get_modified (self->editor))
    state->draft = hs_draft_keeper_dup_name (self->draft_keeper);
  state->view = g_strdup (hs_view_get_name (hs_view_panel_get_view (panel)));
  state->cursor = hs_editor_get_cursor (self->editor);
  gtk_window_get_default_size (GTK_WINDOW (self), &state->width, &state->height);
  state->is_maximized = gtk_window_is_maximized (GTK_WINDOW (self));

  return state;
}

/* Once the file is there; if another one is, or none, it has its own cursor. */
typedef struct
{
  GWeakRef *window;
  GFile    *file; /* owned */
  guint     cursor;
} Placing;

static gboolean
place_cb (gpointer user_data)
{
  Placing *placing = user_data;
  g_autoptr(HsWindow) self = hs_weak_ref_take (placing->window);
  GFile *file = self != NULL ? hs_window_get_file (self) : NULL;

  if (file != NULL && g_file_equal (file, placing->file))
    hs_editor_set_cursor (self->editor, placing->cursor);
  g_object_unref (placing->file);
  g_free (placing);

  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (HsWindow *self,
                 HsEditor *editor)
{
  Placing *placing = g_object_steal_data (G_OBJECT (self), "restored-place");

  g_signal_handlers_disconnect_by_func (editor, text_changed_cb, self);
  placing->window = hs_weak_ref_new (self);
  g_idle_add (place_cb, placing);
}

static void
forget_placing (gpointer data)
{
  Placing *placing = data;

  g_object_unref (placing->file);
  g_free (placing);
}

void
hs_window_set_state (HsWindow            *self,
                     const HsWindowState *state)
{
  g_return_if_fail (HS_IS_WINDOW (self));
  g_return_if_fail (state != NULL);

  if (state->width > 0 && state->height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), state->width, state->height);
  if (state->is_maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  else
    gtk_window_unmaximize (GTK_WINDOW (self));
  if (state->view != NULL)
    hs_views_show (self->views, state->view);
  if (state->uri != NULL && state->cursor > 0)
    {
      Placing *placing = g_new0 (Placing, 1);

      placing->file = g_file_new_for_uri (state->uri);
      placing->cursor = state->cursor;
      g_object_set_data_full (G_OBJECT (self), "restored-place", placing, forget_placing);
      g_signal_connect_object (self->editor, "changed", G_CALLBACK (text_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

typedef struct
{
  GWeakRef *window;
  char     *text; /* owned */
} Saying;

static gboolean
say_cb (gpointer user_data)
{
  Saying *saying = user_data;
  g_autoptr(HsWindow) self = hs_weak_ref_take (saying->window);

  if (self != NULL)
    hs_window_say (self, saying->text); /* another file may be loading by now */
  g_free (saying->text);
  g_free (saying);

  return G_SOURCE_REMOVE;
}

static void
loaded_cb (gpointer user_data,
           GObject *loading)
{
  g_idle_add (say_cb, user_data);
}

void
_hs_window_say_when_loaded (HsWindow   *self,
                            const char *text)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->window = hs_weak_ref_new (self);
  saying->text = g_strdup (text);
  g_object_weak_ref (G_OBJECT (self->loading), loaded_cb, saying);
}

gboolean
hs_window_keep_text (HsWindow *self)
{
  g_return_val_if_fail (HS_IS_WINDOW (self), FALSE);

  if (!hs_editor_get_modified (self->editor))
    return TRUE;
  if (self->is_saving || self->draft_keeper == NULL ||
      !hs_draft_keeper_flush (self->draft_keeper))
    return FALSE;

  self->may_close = TRUE;

  return TRUE;
}
