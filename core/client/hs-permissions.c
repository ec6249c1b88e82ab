/* hs-permissions.c - what code may do beyond reading and computing
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-permissions.h"
#include "hs-permissions-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hs-error.h"
#include "hs-format.h"
#include "hs-protocol.h"

#define WRITE_PREFIX "write="

HsPermissions *
hs_permissions_new (void)
{
  HsPermissions *self = g_new0 (HsPermissions, 1);

  self->folders = g_ptr_array_new_with_free_func (g_free);

  return self;
}

HsPermissions *
hs_permissions_copy (const HsPermissions *self)
{
  HsPermissions *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hs_permissions_new ();
  copy->network = self->network;
  copy->processes = self->processes;
  copy->unprotected = self->unprotected;
  for (guint i = 0; i < self->folders->len; i++)
    g_ptr_array_add (copy->folders, g_strdup (self->folders->pdata[i]));

  return copy;
}

void
hs_permissions_free (HsPermissions *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->folders);
  g_free (self);
}

gboolean
hs_permissions_equal (const HsPermissions *self,
                      const HsPermissions *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->network != other->network || self->processes != other->processes ||
      self->unprotected != other->unprotected || self->folders->len != other->folders->len)
    return FALSE;

  for (guint i = 0; i < self->folders->len; i++)
    if (!g_str_equal (self->folders->pdata[i], other->folders->pdata[i]))
      return FALSE;

  return TRUE;
}

gboolean
hs_permissions_is_empty (const HsPermissions *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->network && !self->processes && !self->unprotected && self->folders->len == 0;
}

/* ---- Folders ---- */

/* As it may stand in a sentence. Returns: (transfer full) */
static char *
dup_name (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  return hs_format_visible (name);
}

/* What is no folder of files: a process that writes there changes the system, or others. */
gboolean
_hs_permissions_is_of_system (const char *path)
{
  static const char *const roots[] = { "/proc", "/sys", "/dev" };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      gsize length = strlen (roots[i]);

      if (strncmp (path, roots[i], length) == 0 && (path[length] == '/' || path[length] == '\0'))
        return TRUE;
    }

  return FALSE;
}

/* @given: as the user wrote it, for the message. @path: without links */
static gboolean
check_folder (const char *given,
              const char *path,
              GError    **error)
{
  g_autofree char *name = dup_name (given);
  struct stat      status;

  if (g_str_equal (path, "/"))
    g_set_error_literal (error, HS_ERROR, HS_ERROR_PERMISSION,
                         _("Code cannot be allowed to write everywhere (“/”): name the folder "
                           "that it needs."));
  else if (_hs_permissions_is_of_system (path))
    g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                 /* translators: %s is a folder such as /proc/self */
                 _("Code cannot be allowed to write in “%s”, which belongs to the system: name a "
                   "folder of files."),
                    name);
  else if (stat (path, &status) == 0 && !S_ISDIR (status.st_mode))
    g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                 /* translators: %s is a path */
                 _("“%s” is not a folder: allow the folder in which the code is to write."), name);
  else
    return TRUE;

  return FALSE;
}

static gboolean
add_written_folder (HsPermissions *self,
                    const char    *given,
                    GError       **error)
{
  g_autofree char *name = dup_name (given);
  char            *path;
  gboolean         is_added;

  if (*given == '\0')
    {
      g_set_error_literal (error, HS_ERROR, HS_ERROR_PERMISSION,
                           _("“write=” needs a folder, as in “write=/home/me/data”."));
      return FALSE;
    }

  path = realpath (given, NULL);
  if (path == NULL)
    {
      int errsv = errno;

      g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                   /* translators: %1$s is a folder, %2$s the system's reason */
                   _("The folder “%1$s” cannot be opened for writing by the code: %2$s. Make it "
                     "first, or name another one."),
                      name, g_strerror (errsv));
      return FALSE;
    }

  is_added = check_folder (given, path, error);
  if (is_added && self->folders->len >= HS_JOB_N_FOLDERS_MAX &&
      !hs_permissions_has_folder (self, path))
    {
      g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                   /* translators: %u is a number */
                   _("Not more than %u folders can be allowed: name one that holds them."),
                      HS_JOB_N_FOLDERS_MAX);
      is_added = FALSE;
    }
  if (is_added)
    hs_permissions_add_folder (self, path);
  free (path);

  return is_added;
}

gboolean
hs_permissions_add (HsPermissions *self,
                    const char    *text,
                    GError       **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (g_str_has_prefix (text, WRITE_PREFIX))
    return add_written_folder (self, text + strlen (WRITE_PREFIX), error);

  if (g_str_equal (text, "network"))
    self->network = TRUE;
  else if (g_str_equal (text, "processes"))
    self->processes = TRUE;
  else if (g_str_equal (text, "unprotected"))
    self->unprotected = TRUE;
  else
    {
      name = dup_name (text);
      g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                   /* translators: %s is what the user typed; the words behind it stay as they
                    * are, FOLDER stands for a folder
                    */
                   _("“%s” is nothing that can be allowed; there are write=FOLDER, network, "
                     "processes and unprotected."),
                      name);
      return FALSE;
    }

  return TRUE;
}

static int
compare_folders (gconstpointer a,
                 gconstpointer b)
{
  const char *const *first = a, *const *second = b;

  return strcmp (*first, *second);
}

gboolean
hs_permissions_has_folder (const HsPermissions *self,
                           const char          *path)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->folders, path, g_str_equal, NULL);
}

void
hs_permissions_add_folder (HsPermissions *self,
                           const char    *path)
{
  char *canonical;

  g_return_if_fail (self != NULL);
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  canonical = g_canonicalize_filename (path, NULL);
  if (hs_permissions_has_folder (self, canonical))
    {
      g_free (canonical);
      return;
    }

  g_ptr_array_add (self->folders, canonical);
  g_ptr_array_sort (self->folders, compare_folders);
}

gboolean
hs_permissions_remove_folder (HsPermissions *self,
                              const char    *path)
{
  guint i;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_ptr_array_find_with_equal_func (self->folders, path, g_str_equal, &i))
    return FALSE;

  g_ptr_array_remove_index (self->folders, i);

  return TRUE;
}

gboolean
_hs_permissions_check (const HsPermissions *self,
                       GError             **error)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const char      *folder = self->folders->pdata[i];
      g_autofree char *name = dup_name (folder);
      char            *path = realpath (folder, NULL);
      gboolean         is_moved = path != NULL && !g_str_equal (path, folder);

      free (path);
      if (is_moved)
        {
          g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                       /* translators: %s is a folder */
                       _("The code may write in “%s”, but a link has taken the place of that "
                         "folder. Look where it leads, and allow the folder again."),
                          name);
          return FALSE;
        }
      if (!check_folder (folder, folder, error))
        return FALSE;
    }

  if (self->folders->len > HS_JOB_N_FOLDERS_MAX)
    g_set_error (error, HS_ERROR, HS_ERROR_PERMISSION,
                 /* translators: %u is a number */
                 _("Not more than %u folders can be allowed: name one that holds them."),
                    HS_JOB_N_FOLDERS_MAX);

  return self->folders->len <= HS_JOB_N_FOLDERS_MAX;
}

/* ---- As texts ---- */

char **
hs_permissions_to_strv (const HsPermissions *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->folders->len; i++)
    {
      const char      *folder = self->folders->pdata[i];
      g_autofree char *text = g_strconcat (WRITE_PREFIX, folder, NULL);

      g_strv_builder_add (builder, text);
    }

  if (self->network)
    g_strv_builder_add (builder, "network");
  if (self->processes)
    g_strv_builder_add (builder, "processes");
  if (self->unprotected)
    g_strv_builder_add (builder, "unprotected");

  return g_strv_builder_end (builder);
}

static char *
join_last (const char *before,
           const char *last,
           gboolean    is_of_folders)
{
  if (is_of_folders)
    /* translators: %1$s are folders, %2$s is the last one */
    return g_strdup_printf (C_ ("folders", "%1$s and %2$s"), before, last);

  /* translators: of “May …”: %1$s is what code may do, %2$s the last thing that it may do */
  return g_strdup_printf (C_ ("list", "%1$s, and %2$s"), before, last);
}

/* @parts: at least one. Returns: (transfer full) */
static char *
join (GPtrArray *parts,
      gboolean   is_of_folders)
{
  char *text = g_strdup (parts->pdata[0]);

  for (guint i = 1; i < parts->len; i++)
    {
      const char      *part = parts->pdata[i];
      g_autofree char *before = text;

      /* translators: %1$s are some parts of a list, %2$s is the next one, not the last */
      text = i + 1 < parts->len ? g_strdup_printf (C_ ("list", "%1$s, %2$s"), before, part)
                                : join_last (before, part, is_of_folders);
    }

  return text;
}

/* Returns: (transfer full) */
static char *
describe_folders (const HsPermissions *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < self->folders->len; i++)
    {
      g_autofree char *name = dup_name (self->folders->pdata[i]);

      /* translators: %s is a folder, in the quotation marks of the language */
      g_ptr_array_add (names, g_strdup_printf (_("“%s”"), name));
    }
  list = join (names, TRUE);

  /* translators: of “May …”; %s are folders */
  return g_strdup_printf (_("write in %s"), list);
}

char *
hs_permissions_dup_text (const HsPermissions *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->folders->len != 0)
    g_ptr_array_add (parts, describe_folders (self));
  if (self->network)
    /* translators: of “May …” */
    g_ptr_array_add (parts, g_strdup (_("use the network")));
  if (self->processes)
    /* translators: of “May …” */
    g_ptr_array_add (parts, g_strdup (_("start other programs")));
  if (self->unprotected)
    /* translators: of “May …” */
    g_ptr_array_add (parts, g_strdup (_("run where the system cannot protect your files")));

  if (parts->len == 0)
    return g_strdup (_("May only read files"));

  list = join (parts, FALSE);

  /* translators: of code; %s is such as “write in “/home/me”, and use the network” */
  return g_strdup_printf (_("May %s"), list);
}
