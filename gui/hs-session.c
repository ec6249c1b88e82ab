/* hs-session.c - keeps which windows there are, and opens them again
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-session.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "hs-session-file.h"
#include "hs-visible-name.h"
#include "hs-window.h"

struct _HsSession
{
  HsApplication *application; /* borrowed */
  GSettings     *settings;    /* owned */
  char          *path;        /* owned */
  guint          idle;        /* 0: nothing to write */
  gboolean       is_kept;     /* the program ends: what was written stays */
  gboolean       has_failed;  /* which was said */
};

static gboolean
is_wanted (HsSession *self)
{
  return g_settings_get_boolean (self->settings, "restore-session");
}

HsSession *
hs_session_new (HsApplication *application)
{
  HsSession *self = g_new0 (HsSession, 1);

  self->application = application;
  self->settings = g_object_ref (hs_application_get_settings (application));
  self->path = g_build_filename (g_get_user_state_dir (), "heapscape", "session", NULL);

  return self;
}

void
hs_session_free (HsSession *self)
{
  g_signal_handlers_disconnect_by_data (self->application, self);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->settings);
  g_free (self->path);
  g_free (self);
}

/* ---- Writing ---- */

static void
write_session (HsSession *self,
               gboolean   is_clean)
{
  g_autoptr(HsSessionFile) file = hs_session_file_new ();
  g_autoptr(GError) error = NULL;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  g_clear_handle_id (&self->idle, g_source_remove);
  if (!is_wanted (self))
    {
      g_unlink (self->path);
      return;
    }

  file->is_clean = is_clean;
  for (GList *l = g_list_last (windows); l != NULL; l = l->prev)
    {
      HsWindowState *state = HS_IS_WINDOW (l->data) ? hs_window_dup_state (l->data) : NULL;

      if (state != NULL)
        g_ptr_array_add (file->windows, state);
    }

  /* Where there is no place for drafts either, that was said. */
  if (!hs_session_file_write (file, self->path, &error) && !self->has_failed && windows != NULL &&
      HS_IS_WINDOW (windows->data) && hs_application_get_drafts (self->application) != NULL)
    hs_window_say (windows->data, error->message);
  self->has_failed = error != NULL;
}

static gboolean
idle_cb (gpointer user_data)
{
  HsSession *self = user_data;

  self->idle = 0;
  write_session (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (HsSession *self)
{
  if (self->idle == 0 && !self->is_kept)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, idle_cb, self, NULL);
}

static void
window_added_cb (HsSession *self,
                 GtkWindow *window)
{
  /* The title says which file it shows, and whether there is anything unsaved. */
  g_signal_connect_swapped (window, "notify::title", G_CALLBACK (changed_cb), self);
  changed_cb (self);
}

/* At once: the program may end with it. */
static void
window_removed_cb (HsSession *self,
                   GtkWindow *window)
{
  g_signal_handlers_disconnect_by_data (window, self);
  if (!self->is_kept)
    write_session (self, TRUE);
}

void
hs_session_begin (HsSession *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  g_signal_connect_swapped (self->application, "window-added", G_CALLBACK (window_added_cb), self);
  g_signal_connect_swapped (self->application, "window-removed", G_CALLBACK (window_removed_cb),
                            self);
  g_signal_connect_swapped (self->settings, "changed::restore-session", G_CALLBACK (changed_cb),
                            self);
  for (GList *l = windows; l != NULL; l = l->next)
    window_added_cb (self, l->data);
}

gboolean
hs_session_keep (HsSession *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  if (!is_wanted (self))
    return FALSE;

  for (GList *l = windows; l != NULL; l = l->next)
    if (HS_IS_WINDOW (l->data) && !hs_window_keep_text (l->data))
      return FALSE;

  write_session (self, TRUE);
  self->is_kept = !self->has_failed;

  return self->is_kept;
}

/* ---- Reading ---- */

/* The draft of a window: that which it names, or one of its file, written since. Taken out of
 * @drafts. Returns: (transfer full) (nullable)
 */
static HsAbandonedDraft *
take_draft (GPtrArray           *drafts,
            const HsWindowState *state)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      HsAbandonedDraft *draft = drafts->pdata[i];

      if (g_strcmp0 (state->draft, draft->name) == 0 ||
          (state->uri != NULL && g_strcmp0 (state->uri, draft->draft->uri) == 0))
        return g_ptr_array_steal_index (drafts, i);
    }

  return NULL;
}

static gboolean
is_missing (const HsWindowState *state)
{
  g_autoptr(GFile) file = g_file_new_for_uri (state->uri);

  /* Only what can be known at once; a slow network says it later. */
  return g_file_is_native (file) && !g_file_query_exists (file, NULL);
}

static void
restore_window (HsSession        *self,
                HsWindowState    *state,
                HsAbandonedDraft *draft,
                const char       *remark,
                gboolean          is_clean)
{
  HsWindow *window = hs_window_new (self->application);

  if (draft != NULL)
    state->cursor = 0; /* that of the draft is newer */
  hs_window_set_state (window, state);
  if (draft != NULL)
    hs_window_restore (window, draft, remark, !is_clean);
  else if (state->uri != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_uri (state->uri);

      hs_window_load (window, file);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.open-example", "s", state->example);
  gtk_window_present (GTK_WINDOW (window));
}

/* Returns: (transfer full) (nullable) */
static char *
describe_missing (GPtrArray *missing)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *parse_name = NULL;
  g_autofree char *name = NULL;

  if (missing->len == 0)
    return NULL;

  file = g_file_new_for_uri (missing->pdata[0]);
  parse_name = g_file_get_parse_name (file);
  name = hs_visible_name (parse_name);

  return g_strdup_printf (
    /* translators: %1$s is a file; %2$u says how many there are, that one included */
    g_dngettext (GETTEXT_PACKAGE,
                 "“%1$s” was open in the last session and is gone; its window was left out.",
                 "%2$u files were open in the last session and are gone, such as “%1$s”; their "
                 "windows were left out.",
                 missing->len),
    name, missing->len);
}

gboolean
hs_session_restore (HsSession  *self,
                    GPtrArray  *drafts,
                    const char *of_drafts,
                    char      **remark)
{
  g_autoptr(HsSessionFile) file = NULL;
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  gboolean was_said = FALSE;

  *remark = NULL;
  if (!is_wanted (self))
    return FALSE;

  file = hs_session_file_read (self->path, &error);
  if (file == NULL)
    {
      *remark = g_strdup (error->message);
      return FALSE;
    }

  for (guint i = 0; i < file->windows->len; i++)
    {
      HsWindowState    *state = file->windows->pdata[i];
      HsAbandonedDraft *draft = take_draft (drafts, state);

      if (draft == NULL && state->uri != NULL && is_missing (state))
        g_ptr_array_add (missing, state->uri);
      else if (draft != NULL || state->uri != NULL || state->example != NULL)
        restore_window (self, state, draft, was_said ? NULL : of_drafts, file->is_clean);
      if (draft != NULL)
        {
          hs_abandoned_draft_free (draft);
          was_said |= !file->is_clean;
        }
    }
  *remark = describe_missing (missing);

  return was_said;
}
