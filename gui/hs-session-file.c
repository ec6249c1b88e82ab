/* hs-session-file.c - reads and writes which windows there were
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-session-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "hs-error.h"

/* A key file: a group for the program, and one for each window, in their order. */
#define GROUP_SESSION "Heapscape Session"
#define GROUP_WINDOW  "Window "
#define VERSION       1

/* More than any screen; larger is damaged. */
#define SIDE_MAX 32767

HsWindowState *
hs_window_state_new (void)
{
  return g_new0 (HsWindowState, 1);
}

void
hs_window_state_free (HsWindowState *self)
{
  g_free (self->uri);
  g_free (self->example);
  g_free (self->draft);
  g_free (self->view);
  g_free (self);
}

HsSessionFile *
hs_session_file_new (void)
{
  HsSessionFile *self = g_new0 (HsSessionFile, 1);

  self->windows = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_window_state_free);

  return self;
}

void
hs_session_file_free (HsSessionFile *self)
{
  g_ptr_array_unref (self->windows);
  g_free (self);
}

static int
read_side (GKeyFile   *keys,
           const char *group,
           const char *key)
{
  int side = g_key_file_get_integer (keys, group, key, NULL);

  return side > 0 && side <= SIDE_MAX ? side : 0;
}

/* What is missing or not understood is unknown. */
static HsWindowState *
read_window (GKeyFile   *keys,
             const char *group)
{
  HsWindowState *window = hs_window_state_new ();

  window->uri = g_key_file_get_string (keys, group, "Uri", NULL);
  window->example = g_key_file_get_string (keys, group, "Example", NULL);
  window->draft = g_key_file_get_string (keys, group, "Draft", NULL);
  window->view = g_key_file_get_string (keys, group, "View", NULL);
  window->cursor = (guint)MAX (g_key_file_get_integer (keys, group, "Cursor", NULL), 0);
  window->width = read_side (keys, group, "Width");
  window->height = read_side (keys, group, "Height");
  window->is_maximized = g_key_file_get_boolean (keys, group, "Maximized", NULL);

  return window;
}

static void
set_error (GError    **error,
           const char *path,
           const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, HS_ERROR, HS_ERROR_SESSION,
               /* translators: %1$s is a file, %2$s the reason */
               _("The windows of the last session cannot be restored: “%1$s” is not what Heapscape "
                 "wrote (%2$s). It is replaced when a window is opened or closed."),
                  name, reason);
}

HsSessionFile *
hs_session_file_read (const char *path,
                      GError    **error)
{
  g_autoptr(HsSessionFile) self = hs_session_file_new ();
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autoptr(GError) own = NULL;
  g_auto(GStrv) groups = NULL;

  if (!g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, &own))
    {
      if (g_error_matches (own, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&self);
      set_error (error, path, own->message);
      return NULL;
    }
  if (g_key_file_get_integer (keys, GROUP_SESSION, "Version", &own) != VERSION)
    {
      set_error (error, path, own != NULL ? own->message : _("of another version"));
      return NULL;
    }

  self->is_clean = g_key_file_get_boolean (keys, GROUP_SESSION, "Clean", NULL);
  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], GROUP_WINDOW))
      g_ptr_array_add (self->windows, read_window (keys, groups[i]));

  return g_steal_pointer (&self);
}

static void
set_string (GKeyFile   *keys,
            const char *group,
            const char *key,
            const char *value)
{
  if (value != NULL)
    g_key_file_set_string (keys, group, key, value);
}

static void
write_window (GKeyFile            *keys,
              const char          *group,
              const HsWindowState *window)
{
  set_string (keys, group, "Uri", window->uri);
  set_string (keys, group, "Example", window->example);
  set_string (keys, group, "Draft", window->draft);
  set_string (keys, group, "View", window->view);
  g_key_file_set_integer (keys, group, "Cursor", (int)MIN (window->cursor, (guint)G_MAXINT));
  g_key_file_set_integer (keys, group, "Width", window->width);
  g_key_file_set_integer (keys, group, "Height", window->height);
  g_key_file_set_boolean (keys, group, "Maximized", window->is_maximized);
}

gboolean
hs_session_file_write (const HsSessionFile *self,
                       const char          *path,
                       GError             **error)
{
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *data = NULL;
  g_autoptr(GError) own = NULL;
  gsize size;

  g_key_file_set_integer (keys, GROUP_SESSION, "Version", VERSION);
  g_key_file_set_boolean (keys, GROUP_SESSION, "Clean", self->is_clean);
  for (guint i = 0; i < self->windows->len; i++)
    {
      g_autofree char *group = g_strdup_printf (GROUP_WINDOW "%u", i + 1);

      write_window (keys, group, self->windows->pdata[i]);
    }
  data = g_key_file_to_data (keys, &size, NULL);

  g_mkdir_with_parents (folder, 0700); /* what fails here fails below */
  if (g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &own))
    return TRUE;

  g_set_error (error, HS_ERROR, HS_ERROR_SESSION,
               /* translators: %s is a file and the system's reason */
               _("The windows of this session will not be restored: %s"), own->message);

  return FALSE;
}
