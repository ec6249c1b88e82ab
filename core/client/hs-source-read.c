/* hs-source-read.c - the bytes of a file that may be anything
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-error.h"
#include "hs-visible-name.h"

#define CHUNK_SIZE ((gsize)64 << 10)

char *
_hs_source_dup_name (GFile *file)
{
  const char      *path = g_file_peek_path (file);
  g_autofree char *uri = path == NULL ? g_file_get_uri (file) : NULL;

  return hs_visible_name (path != NULL ? path : uri);
}

static void
set_too_large (GError    **error,
               const char *name)
{
  g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
               /* translators: %1$s is a file, %2$u a number of MiB */
               _("“%1$s” is larger than %2$u MiB, too large for source code; let the code read "
                 "its data from a file of its own"),
                  name, (guint)(HS_SOURCE_SIZE_MAX >> 20));
}

/* What may be read as @path although it is no file: what the user has connected to the program,
 * such as a pipe behind /dev/stdin, or /dev/fd/63, as the shell names a command's output.
 */
static gboolean
is_connected (const char *path)
{
  static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (path, folders[i]))
      return TRUE;

  return g_str_equal (path, "/dev/stdin");
}

/* Of what is neither a file nor connected: reading it might never end. */
static void
set_no_file (GError    **error,
             const char *name,
             mode_t      mode)
{
  if (S_ISDIR (mode))
    g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                 /* translators: %s is a folder */
                 _("“%s” is a folder; choose a file in it"), name);
  else if (S_ISFIFO (mode))
    g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                 /* translators: %s is a named pipe */
                 _("“%s” is a named pipe, not a file; write the code to a file first"), name);
  else if (S_ISSOCK (mode))
    g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                 /* translators: %s is a socket */
                 _("“%s” is a socket, not a file; choose a file"), name);
  else
    g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                 /* translators: %s is a device such as /dev/zero */
                 _("“%s” is a device, not a file; choose a file"), name);
}

/* Waits until @fd, which does not block, can be read. FALSE: @cancellable was cancelled */
static gboolean
wait_for_input (int           fd,
                GCancellable *cancellable,
                GError      **error)
{
  GPollFD  polled[2] = { { .fd = fd, .events = G_IO_IN } };
  gboolean has_cancel = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &polled[1]);

  g_poll (polled, has_cancel ? 2 : 1, -1);
  if (has_cancel)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* @fd may block or not. Whatever the size that the file claims: it may grow, or be a pipe.
 * Returns: (transfer full) (nullable)
 */
static GBytes *
read_fd (int           fd,
         const char   *name,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr(GByteArray) array = g_byte_array_new ();

  while (array->len <= HS_SOURCE_SIZE_MAX)
    {
      guint  old = array->len;
      gssize n;
      int    errsv;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      g_byte_array_set_size (array, old + CHUNK_SIZE);
      n = read (fd, array->data + old, CHUNK_SIZE);
      errsv = errno;
      g_byte_array_set_size (array, old + (guint)MAX (n, 0));

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&array));
      if (n < 0 && errsv == EAGAIN)
        {
          if (!wait_for_input (fd, cancellable, error))
            return NULL;
        }
      else if (n < 0 && errsv != EINTR)
        {
          g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                       /* translators: %1$s is a file, %2$s the system's reason */
                       _("“%1$s” cannot be read: %2$s"), name, g_strerror (errsv));
          return NULL;
        }
    }

  set_too_large (error, name);

  return NULL;
}

GBytes *
_hs_source_read_fd (int         fd,
                    const char *name,
                    GError    **error)
{
  return read_fd (fd, name, NULL, error);
}

/* FALSE: nothing is to be read from @fd. */
static gboolean
check_kind (int         fd,
            const char *path,
            const char *name,
            GError    **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return TRUE; /* reading says why */

  if (S_ISREG (status.st_mode))
    {
      if ((guint64)status.st_size <= HS_SOURCE_SIZE_MAX)
        return TRUE;
      set_too_large (error, name);
      return FALSE;
    }

  if (is_connected (path) && (S_ISFIFO (status.st_mode) || S_ISCHR (status.st_mode)))
    return TRUE;

  set_no_file (error, name, status.st_mode);

  return FALSE;
}

/* Opens without waiting for anybody: a pipe to which nobody writes would stop the thread for
 * ever. The kind is that of what was opened, whatever takes its name meanwhile.
 */
static GBytes *
read_local (const char   *path,
            const char   *name,
            GCancellable *cancellable,
            GError      **error)
{
  int     fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  GBytes *bytes = NULL;

  if (fd < 0)
    {
      int         errsv = errno;
      struct stat status;

      if (errsv == ENXIO && stat (path, &status) == 0)
        set_no_file (error, name, status.st_mode); /* a socket, or a device without hardware */
      else if (errsv == ELOOP)
        g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                     /* translators: %s is a file */
                     _("“%s” is a link that leads back to itself; choose the file itself"), name);
      else
        g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errsv), g_strerror (errsv));
      return NULL;
    }

  if (check_kind (fd, path, name, error))
    bytes = read_fd (fd, name, cancellable, error);
  close (fd);

  return bytes;
}

/* Of a file that is no local one. */
static GBytes *
read_remote (GFile        *file,
             const char   *name,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(GByteArray) array = g_byte_array_new ();

  if (stream == NULL)
    return NULL;

  while (array->len <= HS_SOURCE_SIZE_MAX)
    {
      guint  old = array->len;
      gssize n;

      g_byte_array_set_size (array, old + CHUNK_SIZE);
      n = g_input_stream_read (G_INPUT_STREAM (stream), array->data + old, CHUNK_SIZE, cancellable,
                               error);
      if (n < 0)
        return NULL;
      g_byte_array_set_size (array, old + (guint)n);
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&array));
    }

  set_too_large (error, name);

  return NULL;
}

GBytes *
_hs_source_read_file (GFile        *file,
                      const char   *name,
                      GCancellable *cancellable,
                      GError      **error)
{
  const char *path = g_file_peek_path (file);

  if (path != NULL)
    return read_local (path, name, cancellable, error);

  return read_remote (file, name, cancellable, error);
}
