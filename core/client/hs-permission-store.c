/* hs-permission-store.c - what the user has allowed for a file, remembered
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-permissions.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* A key file with a group for each file, named by its URI; folders are URIs as well, since
 * a key file is UTF-8 and file names need not be.
 */
#define FOLDERS     "write"
#define NETWORK     "network"
#define PROCESSES   "processes"
#define UNPROTECTED "unprotected"

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "heapscape", NULL);
}

static char *
get_path (void)
{
  g_autofree char *folder = get_folder ();

  return g_build_filename (folder, "permissions", NULL);
}

/* The same group by whatever links the file is reached. Returns: (transfer full) */
static char *
dup_group (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  char            *real = path != NULL ? realpath (path, NULL) : NULL;
  g_autofree char *uri = real != NULL ? g_filename_to_uri (real, NULL, NULL)
                                      : g_file_get_uri (file);

  free (real);

  /* Brackets end the name of a group. */
  return g_uri_escape_string (uri, "%/:?#@!$&'()*+,;=", FALSE);
}

HsPermissions *
hs_permissions_load (GFile *file)
{
  g_autoptr(GKeyFile) store = g_key_file_new ();
  g_autofree char *path = get_path ();
  g_autofree char *group = NULL;
  g_auto(GStrv) folders = NULL;
  HsPermissions *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  group = dup_group (file);
  if (!g_key_file_load_from_file (store, path, G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group (store, group))
    return NULL;

  self = hs_permissions_new ();
  self->network = g_key_file_get_boolean (store, group, NETWORK, NULL);
  self->processes = g_key_file_get_boolean (store, group, PROCESSES, NULL);
  self->unprotected = g_key_file_get_boolean (store, group, UNPROTECTED, NULL);

  folders = g_key_file_get_string_list (store, group, FOLDERS, NULL, NULL);
  for (gsize i = 0; folders != NULL && folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_filename_from_uri (folders[i], NULL, NULL);

      if (folder != NULL && g_path_is_absolute (folder))
        hs_permissions_add_folder (self, folder);
    }

  return self;
}

static void
put (GKeyFile            *store,
     const char          *group,
     const HsPermissions *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) uris = NULL;

  for (guint i = 0; i < self->folders->len; i++)
    {
      g_autofree char *uri = g_filename_to_uri (self->folders->pdata[i], NULL, NULL);

      g_strv_builder_add (builder, uri);
    }
  uris = g_strv_builder_end (builder);

  g_key_file_set_string_list (store, group, FOLDERS, (const char *const *)uris,
                              self->folders->len);
  g_key_file_set_boolean (store, group, NETWORK, self->network);
  g_key_file_set_boolean (store, group, PROCESSES, self->processes);
  g_key_file_set_boolean (store, group, UNPROTECTED, self->unprotected);
}

/* Beside the old file, then in its place: G_FILE_SET_CONTENTS_CONSISTENT. */
static gboolean
write_store (GKeyFile   *store,
             const char *path,
             GError    **error)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *text = NULL;
  gsize            length;

  /* What is wrong shows when the file is written. */
  g_mkdir_with_parents (folder, 0700);
  text = g_key_file_to_data (store, &length, NULL);

  return g_file_set_contents_full (path, text, (gssize)length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
hs_permissions_store (const HsPermissions *self,
                      GFile               *file,
                      GError             **error)
{
  g_autoptr(GKeyFile) store = g_key_file_new ();
  g_autoptr(GError) problem = NULL;
  g_autofree char *path = get_path ();
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *group = NULL;
  gboolean         is_new;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  group = dup_group (file);
  g_key_file_load_from_file (store, path, G_KEY_FILE_KEEP_COMMENTS, &problem);
  is_new = g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  if (problem != NULL && !is_new)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      /* translators: %s is a file; the reason follows */
      g_prefix_error (error,
                      _("What code is allowed cannot be remembered, since “%s” cannot be read; "
                        "repair or remove it: "),
                         name);
      return FALSE;
    }
  g_clear_error (&problem);

  if (self != NULL)
    {
      g_key_file_remove_group (store, group, NULL);
      put (store, group, self);
    }
  else if (is_new || !g_key_file_remove_group (store, group, NULL))
    return TRUE;

  if (write_store (store, path, error))
    return TRUE;

  /* translators: %s is a file; the system's reason follows */
  g_prefix_error (error,
                  _("What code is allowed could not be remembered in “%s”; what was there is "
                    "unchanged: "),
                     name);

  return FALSE;
}
