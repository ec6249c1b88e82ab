/* hs-snapshot-open.c - files of Heapscape: opened with care, and what is wrong with them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-snapshot-open-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hs-error.h"
#include "hs-snapshot-file.h"

/* ---- What is wrong ---- */

static char *
dup_sentence (HsFileProblem problem,
              const char   *name)
{
  switch (problem)
    {
    case HS_FILE_NOT_OURS:
      /* translators: %s is a file */
      return g_strdup_printf (_("“%s” is not a snapshot of Heapscape; choose a file that Heapscape "
                                "saved"),
                                 name);
    case HS_FILE_NOT_A_FILE:
      /* translators: %s is a FIFO, a device or a socket */
      return g_strdup_printf (_("“%s” is not a file that can be opened; choose a saved snapshot"),
                                 name);
    case HS_FILE_TOO_LARGE:
      /* translators: %1$s is a file, %2$u a number of GiB */
      return g_strdup_printf (_("“%1$s” is larger than %2$u GiB, too large to be opened; make a "
                                "snapshot with fewer objects"),
                                 name, (guint)(HS_SNAPSHOT_SIZE_MAX >> 30));
    case HS_FILE_TRUNCATED:
      /* translators: %s is a file */
      return g_strdup_printf (_("The snapshot “%s” is incomplete: its end is missing; make it "
                                "again, or copy it again from where it came from"),
                                 name);
    case HS_FILE_OLDER:
      /* translators: %s is a file */
      return g_strdup_printf (_("The snapshot “%s” was made by an old release of Heapscape, and "
                                "cannot be read any more; make it again"),
                                 name);
    case HS_FILE_NEWER:
      /* translators: %s is a file */
      return g_strdup_printf (_("The snapshot “%s” was made by a newer release of Heapscape; open "
                                "it with that one"),
                                 name);
    case HS_FILE_NO_MEMORY:
      /* translators: %s is a file */
      return g_strdup_printf (_("There is too little memory to open “%s”; close other windows"),
                                 name);
    case HS_FILE_DAMAGED:
    default:
      /* translators: %s is a file */
      return g_strdup_printf (_("The snapshot “%s” is damaged; make it again, or copy it again "
                                "from where it came from"),
                                 name);
    }
}

void
_hs_snapshot_set_error (GError      **error,
                        HsFileProblem problem,
                        const char   *name)
{
  g_autofree char *sentence = dup_sentence (problem, name);

  g_set_error_literal (error, HS_ERROR, HS_ERROR_SNAPSHOT, sentence);
}

void
_hs_snapshot_explain_error (GError    **error,
                            const char *name)
{
  g_autoptr(GError) cause = NULL;
  int code;

  if ((*error)->domain == HS_ERROR)
    return;

  cause = g_steal_pointer (error);
  code = cause->domain == G_IO_ERROR ? cause->code : G_IO_ERROR_FAILED;

  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      *error = g_steal_pointer (&cause);
      break;

    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      g_set_error (error, HS_ERROR, HS_ERROR_SNAPSHOT,
                   _("There is no file “%s”; check the name and the folder"), name);
      break;

    case G_IO_ERROR_IS_DIRECTORY:
      g_set_error (error, HS_ERROR, HS_ERROR_SNAPSHOT,
                   _("“%s” is a folder; choose a file in it"), name);
      break;

    case G_IO_ERROR_PERMISSION_DENIED:
      g_set_error (error, HS_ERROR, HS_ERROR_SNAPSHOT,
                   /* translators: %s is a file */
                   _("“%s” may not be read: no permission; allow it, or choose another "
                     "file"),
                      name);
      break;

    default:
      g_set_error (error, HS_ERROR, HS_ERROR_SNAPSHOT,
                   /* translators: %1$s is a file, %2$s the system's reason */
                   _("“%1$s” cannot be read: %2$s"), name, cause->message);
      break;
    }
}

/* ---- Opening ---- */

static GInputStream *
open_path (const char *path,
           const char *name,
           GError    **error)
{
  int         fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int         errsv = errno;
  struct stat status;

  if (fd >= 0 && fstat (fd, &status) == 0)
    {
      if (S_ISREG (status.st_mode))
        return g_unix_input_stream_new (fd, TRUE);

      close (fd);
      if (S_ISDIR (status.st_mode))
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, g_strerror (EISDIR));
      else
        _hs_snapshot_set_error (error, HS_FILE_NOT_A_FILE, name);
      return NULL;
    }

  if (fd >= 0)
    {
      errsv = errno;
      close (fd);
    }
  /* Of a socket, or of a device that is not there. */
  if (errsv == ENXIO || errsv == ENODEV)
    _hs_snapshot_set_error (error, HS_FILE_NOT_A_FILE, name);
  else
    g_set_error_literal (error, G_IO_ERROR, (int)g_io_error_from_errno (errsv),
                         g_strerror (errsv));

  return NULL;
}

GInputStream *
_hs_snapshot_open (GFile        *file,
                   const char   *name,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autofree char *path = g_file_is_native (file) ? g_file_get_path (file) : NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (path != NULL)
    return open_path (path, name, error);

  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

/* ---- Saving ---- */

/* A link is followed to the file that is replaced then: GIO would write into that itself, so that a
 * full disk would leave a half. Returns: (transfer full)
 */
static GFile *
find_target (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *real = NULL;
  char            *resolved = path != NULL ? realpath (path, NULL) : NULL;

  if (resolved == NULL)
    return g_object_ref (file);

  real = g_strdup (resolved);
  free (resolved);

  return g_file_new_for_path (real);
}

gboolean
_hs_snapshot_replace (GFile        *file,
                      HsWriteFunc   function,
                      gpointer      user_data,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr(GFileOutputStream) stream = NULL;
  g_autoptr(GFile) target = find_target (file);
  gboolean ok = FALSE;

  stream = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable,
                           error);
  if (stream != NULL)
    {
      ok = function (G_OUTPUT_STREAM (stream), user_data, cancellable, error);
      if (ok)
        ok = g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
      else
        {
          g_autoptr(GCancellable) cancelled = g_cancellable_new ();

          /* Closing a cancelled replacement leaves the old file in place. */
          g_cancellable_cancel (cancelled);
          g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
        }
    }

  if (!ok)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      /* translators: %s is a file; the system's reason follows */
      g_prefix_error (error, _("“%s” could not be written: "), name);
    }

  return ok;
}
