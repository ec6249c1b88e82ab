/* hs-source-write.c - replaces a file by another one that is whole, or not at all
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/falloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
set_errno (GError **error,
           int      errsv)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errsv), g_strerror (errsv));

  return FALSE;
}

/* Returns: 0 or an errno */
static int
write_all (int     fd,
           GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return errno;
      if (n > 0)
        {
          data += n;
          size -= (gsize)n;
        }
    }

  return fsync (fd) == 0 ? 0 : errno;
}

/* Closes @fd. Returns: @result, or an errno if that is 0 */
static int
finish (int fd,
        int result)
{
  return close (fd) != 0 && result == 0 ? errno : result;
}

/* Beside @path, then in its place. @old: (nullable): what is there. Returns: 0 or an errno;
 * @is_possible FALSE: nothing can be made in that folder
 */
static int
write_beside (const char        *path,
              const struct stat *old,
              GBytes            *bytes,
              gboolean          *is_possible)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *partial = g_build_filename (folder, ".heapscape-XXXXXX", NULL);
  int              fd = g_mkstemp_full (partial, O_WRONLY | O_CLOEXEC, 0666);
  int              result = 0;

  *is_possible = fd >= 0;
  if (fd < 0)
    return errno;

  if (old != NULL && fchmod (fd, old->st_mode & 07777) != 0)
    result = errno;
  if (result == 0)
    result = write_all (fd, bytes);
  result = finish (fd, result);
  if (result == 0 && rename (partial, path) != 0)
    result = errno;
  if (result != 0)
    unlink (partial);

  return result;
}

/* Where no other file can take its place: it has several names, belongs to somebody else, or is
 * in a folder in which nothing may be made. Room for it is had before its first byte is written.
 * Returns: 0 or an errno
 */
static int
write_in_place (const char *path,
                GBytes     *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  int   fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  int   result = 0;

  if (fd < 0)
    return errno;

  if (size > 0 && fallocate (fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)size) != 0 &&
      errno != EOPNOTSUPP && errno != ENOSYS)
    result = errno;
  if (result == 0)
    result = write_all (fd, bytes);
  if (result == 0 && ftruncate (fd, (off_t)size) != 0)
    result = errno;

  return finish (fd, result);
}

static char *
dup_etag (GFile *file)
{
  g_autoptr(GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_strdup (g_file_info_get_etag (info)) : NULL;
}

static gboolean
write_local (const char *path,
             GBytes     *bytes,
             GError    **error)
{
  char       *target = realpath (path, NULL); /* a link stays one */
  struct stat old;
  gboolean    exists = target != NULL && stat (target, &old) == 0;
  gboolean    is_possible = FALSE;
  int         result = 0;

  if (exists && !S_ISREG (old.st_mode))
    result = S_ISDIR (old.st_mode) ? EISDIR : EINVAL;
  else if (exists && old.st_nlink == 1 && old.st_uid == geteuid () &&
           old.st_gid == getegid ())
    result = write_beside (target, &old, bytes, &is_possible);
  else if (!exists && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    result = write_beside (path, NULL, bytes, &is_possible);

  if (!is_possible && (result == 0 || (exists && result != EISDIR && result != EINVAL)))
    result = write_in_place (exists ? target : path, bytes);
  free (target);

  return result == 0 || set_errno (error, result);
}

gboolean
_hs_source_write_file (GFile        *file,
                       GBytes       *bytes,
                       const char   *etag,
                       char        **new_etag,
                       GCancellable *cancellable,
                       GError      **error)
{
  const char *path = g_file_peek_path (file);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (path == NULL)
    {
      gsize       size;
      const char *data = g_bytes_get_data (bytes, &size);

      return g_file_replace_contents (file, size > 0 ? data : "", size, etag, FALSE,
                                      G_FILE_CREATE_NONE, new_etag, cancellable, error);
    }

  if (etag != NULL)
    {
      g_autofree char *current = dup_etag (file);

      if (current != NULL && !g_str_equal (current, etag))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "etag");
          return FALSE;
        }
    }
  if (!write_local (path, bytes, error))
    return FALSE;
  *new_etag = dup_etag (file);

  return TRUE;
}
