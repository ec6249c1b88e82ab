/* hs-output.c - a file that comes into being whole or not at all
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-export-private.h"

static void
set_error (GError    **error,
           const char *path,
           int         errsv)
{
  g_autofree char *name = g_filename_display_name (path);

  /* translators: the first %s is a file name, the second the reason */
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errsv),
               _("Cannot write “%s”: %s"), name, g_strerror (errsv));
}

static gboolean
is_special (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 && !S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode);
}

/* A link stays a link: what it points to is replaced. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);

  return copy;
}

gboolean
_hs_output_open (HsOutput     *self,
                 const char   *path,
                 GCancellable *cancellable,
                 GError      **error)
{
  *self = (HsOutput) { .cancellable = cancellable };
  self->path = resolve (path);

  if (is_special (path))
    self->fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  else if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      self->fd = -1;
      errno = EISDIR;
    }
  else
    {
      self->temporary = g_strconcat (self->path, ".XXXXXX", NULL);
      self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
    }

  if (self->fd < 0)
    {
      set_error (error, path, errno);
      g_clear_pointer (&self->temporary, g_free);
      _hs_output_clear (self);
      return FALSE;
    }

  return TRUE;
}

void
_hs_output_open_memory (HsOutput     *self,
                        GCancellable *cancellable)
{
  *self = (HsOutput) { .fd = -1, .bytes = g_byte_array_new (), .cancellable = cancellable };
}

gboolean
_hs_output_write (HsOutput   *self,
                  const void *data,
                  gsize       length)
{
  const char *bytes = data;

  if (self->error == NULL)
    g_cancellable_set_error_if_cancelled (self->cancellable, &self->error);
  if (self->error == NULL && self->bytes != NULL)
    {
      g_byte_array_append (self->bytes, data, (guint)length);
      return TRUE;
    }

  while (length > 0 && self->error == NULL)
    {
      gssize n = write (self->fd, bytes, length);

      if (n >= 0)
        {
          bytes += n;
          length -= (gsize)n;
        }
      else if (errno != EINTR)
        set_error (&self->error, self->path, errno);
    }

  return self->error == NULL;
}

void
_hs_output_fail (HsOutput   *self,
                 const char *reason)
{
  g_autofree char *name = self->path != NULL ? g_filename_display_name (self->path) : NULL;

  if (self->error != NULL)
    return;

  if (name != NULL)
    g_set_error (&self->error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _("Cannot write “%s”: %s"), name, reason);
  else
    g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_FAILED, reason);
}

/* The mode of a file that is replaced stays as it was. */
static void
keep_mode (HsOutput *self)
{
  struct stat status;

  if (stat (self->path, &status) == 0 && fchmod (self->fd, status.st_mode & 07777) != 0)
    g_debug ("The mode of %s could not be kept: %s", self->path, g_strerror (errno));
}

gboolean
_hs_output_commit (HsOutput *self,
                   GError  **error)
{
  int fd = self->fd;

  if (self->error == NULL && self->temporary != NULL)
    keep_mode (self);

  self->fd = -1;
  if (close (fd) != 0 && self->error == NULL)
    set_error (&self->error, self->path, errno);
  if (self->error == NULL && self->temporary != NULL && g_rename (self->temporary, self->path) != 0)
    set_error (&self->error, self->path, errno);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);

  return TRUE;
}

GBytes *
_hs_output_steal_bytes (HsOutput *self,
                        GError  **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
}

void
_hs_output_clear (HsOutput *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_error (&self->error);
}
