/* hs-scratch.c - the folder that a run may write into
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-scratch-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _HsScratch
{
  gatomicrefcount n_refs;
  GMutex          mutex; /* held while the folder is removed */
  gboolean        is_removed;
  char           *path;
};

HsScratch *
_hs_scratch_new (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "heapscape-XXXXXX", NULL);
  g_autofree char *folder = NULL;
  int              errsv;

  if (g_mkdtemp (path) != NULL)
    {
      HsScratch *scratch = g_new0 (HsScratch, 1);

      g_atomic_ref_count_init (&scratch->n_refs);
      g_mutex_init (&scratch->mutex);
      scratch->path = g_steal_pointer (&path);

      return scratch;
    }

  errsv = errno;
  folder = g_filename_display_name (g_get_tmp_dir ());
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (errsv),
               /* translators: %1$s is a folder, %2$s the system's reason */
               _("No folder for temporary files can be made in “%1$s” (%2$s): free space there, or "
                 "let TMPDIR name another folder."),
                  folder, g_strerror (errsv));

  return NULL;
}

HsScratch *
_hs_scratch_ref (HsScratch *scratch)
{
  g_atomic_ref_count_inc (&scratch->n_refs);

  return scratch;
}

void
_hs_scratch_unref (HsScratch *scratch)
{
  if (!g_atomic_ref_count_dec (&scratch->n_refs))
    return;

  g_mutex_clear (&scratch->mutex);
  g_free (scratch->path);
  g_free (scratch);
}

const char *
_hs_scratch_get_path (const HsScratch *scratch)
{
  return scratch->path;
}

/* Gives this user all permissions on the folder @name, and only if it is one:
 * chmod() would follow a link that the code left in its place.
 */
static gboolean
allow_folder (int         parent_fd,
              const char *name)
{
  int      fd = openat (parent_fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  char     proc_path[32];
  gboolean ok;
  int      errsv;

  if (fd < 0)
    return FALSE;

  g_snprintf (proc_path, sizeof proc_path, "/proc/self/fd/%d", fd);
  ok = chmod (proc_path, S_IRWXU) == 0;
  errsv = errno;
  close (fd);
  errno = errsv;

  return ok;
}

/* Opens the folder @name in @parent_fd for listing, whatever its permissions
 * are. Returns: NULL with errno
 */
static DIR *
open_folder (int         parent_fd,
             const char *name)
{
  int  fd;
  DIR *dir;

  if (!allow_folder (parent_fd, name))
    return NULL;

  fd = openat (parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return NULL;

  dir = fdopendir (fd);
  if (dir == NULL)
    close (fd);

  return dir;
}

/* Moves the folder @name up to the root under a fresh name, so that removing
 * needs neither recursion nor paths longer than the system takes.
 */
static gboolean
lift_folder (int         parent_fd,
             const char *name,
             int         root_fd,
             guint64    *counter)
{
  /* A folder can be moved only if it may be written: ".." changes. */
  if (!allow_folder (parent_fd, name))
    return FALSE;

  for (;;)
    {
      g_autofree char *fresh = g_strdup_printf (".heapscape-%" G_GUINT64_FORMAT, (*counter)++);

      if (renameat2 (parent_fd, name, root_fd, fresh, RENAME_NOREPLACE) == 0)
        return TRUE;
      if (errno != EEXIST)
        return FALSE;
    }
}

static gboolean
is_folder (int         parent_fd,
           const char *name)
{
  struct stat info;

  return fstatat (parent_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR (info.st_mode);
}

/* Empties the folder behind @dir, which it closes: files are removed, folders
 * are lifted to the root, or emptied and removed if @dir is the root itself.
 * Returns: FALSE with errno
 */
static gboolean
empty_folder (DIR     *dir,
              int      root_fd,
              guint64 *counter)
{
  int            fd = dirfd (dir);
  gboolean       is_root = fd == root_fd;
  gboolean       ok = TRUE;
  struct dirent *entry;

  while (ok && (entry = readdir (dir)) != NULL)
    {
      const char *name = entry->d_name;

      if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
        continue;

      if (!is_folder (fd, name))
        ok = unlinkat (fd, name, 0) == 0 || errno == ENOENT;
      else if (!is_root)
        ok = unlinkat (fd, name, AT_REMOVEDIR) == 0 || lift_folder (fd, name, root_fd, counter);
      else
        {
          DIR *child = open_folder (fd, name);

          ok = child != NULL && empty_folder (child, root_fd, counter) &&
               unlinkat (fd, name, AT_REMOVEDIR) == 0;
        }
    }

  if (!is_root)
    {
      int errsv = errno;

      closedir (dir);
      errno = errsv;
    }

  return ok;
}

static gboolean
remove_tree (const char *path,
             GError    **error)
{
  DIR     *root = open_folder (AT_FDCWD, path);
  guint64  counter = 0;
  gboolean ok = root != NULL;

  /* Folders that were lifted while the root was read may need another turn. */
  while (ok && rmdir (path) < 0)
    {
      ok = errno == ENOTEMPTY || errno == EEXIST;
      if (!ok)
        break;
      rewinddir (root);
      ok = empty_folder (root, dirfd (root), &counter);
    }

  if (!ok)
    {
      int              errsv = errno;
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv),
                   /* translators: %1$s is a folder, %2$s the system's reason */
                   _("The temporary folder “%1$s” could not be removed: %2$s"), name,
                      g_strerror (errsv));
    }

  if (root != NULL)
    closedir (root);

  return ok;
}

gboolean
_hs_scratch_remove (HsScratch *scratch,
                    GError   **error)
{
  gboolean is_removed;

  g_mutex_lock (&scratch->mutex);
  if (!scratch->is_removed)
    scratch->is_removed = remove_tree (scratch->path, error);
  is_removed = scratch->is_removed;
  g_mutex_unlock (&scratch->mutex);

  return is_removed;
}

void
_hs_scratch_remove_or_tell (HsScratch *scratch)
{
  g_autoptr(GError) error = NULL;

  if (!_hs_scratch_remove (scratch, &error))
    g_message ("%s", error->message);
}
