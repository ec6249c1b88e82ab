/* hs-window-autosave.c - saves the file of a window without being asked, if that is wanted
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-window-private.h"

/* Seconds without a change. */
#define PAUSE 5

/* Never what has no file, what came back from a crash, and what another program has changed or
 * could not be saved: those wait for somebody to say what is meant, and are kept as drafts.
 */
static gboolean
may_save (HsWindow *self)
{
  return g_settings_get_boolean (_hs_window_get_settings (self), "auto-save") &&
         self->file != NULL && self->source != NULL && self->loading == NULL &&
         !self->is_contested && !self->is_restored && !self->is_replaced &&
         hs_editor_get_modified (self->editor);
}

static void
save (HsWindow *self)
{
  if (!may_save (self))
    return;

  _hs_window_save (self, FALSE);
  self->is_autosaving = self->is_saving;
}

static gboolean
timer_cb (gpointer user_data)
{
  HsWindow *self = user_data;

  self->autosave_timer = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (HsWindow *self)
{
  g_clear_handle_id (&self->autosave_timer, g_source_remove);
  if (self->file != NULL &&
      g_settings_get_boolean (_hs_window_get_settings (self), "auto-save"))
    self->autosave_timer = g_timeout_add_seconds (PAUSE, timer_cb, self);
}

static void
active_cb (HsWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    save (self);
}

gboolean
_hs_window_autosave_and_close (HsWindow *self)
{
  if (self->is_autosaving)
    {
      self->close_after_saving = TRUE;
      return TRUE;
    }
  if (!may_save (self))
    return FALSE;

  self->close_after_saving = TRUE;
  save (self);

  return TRUE;
}

void
_hs_window_setup_autosave (HsWindow *self)
{
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (_hs_window_get_settings (self), "changed::auto-save",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

void
_hs_window_dispose_autosave (HsWindow *self)
{
  g_clear_handle_id (&self->autosave_timer, g_source_remove);
}
