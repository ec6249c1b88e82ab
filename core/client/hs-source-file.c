/* hs-source-file.c - loads source files from disk and writes them back
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-source.h"
#include "hs-source-private.h"

#include <glib/gi18n-lib.h>

#include "hs-error.h"

/* Turns what GIO says, in @error, into a sentence with the file and what to
 * do. Cancelling stays as it is.
 */
static void
explain_load_error (GError    **error,
                    const char *name)
{
  g_autoptr(GError) cause = g_steal_pointer (error);
  int code = cause->domain == G_IO_ERROR ? cause->code : G_IO_ERROR_FAILED;

  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      *error = g_steal_pointer (&cause);
      break;

    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %s is a file */
                   _("There is no file “%s”; check the name and the folder"), name);
      break;

    case G_IO_ERROR_NOT_SUPPORTED:
      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %1$s is a file or an address, %2$s the system's reason */
                   _("“%1$s” cannot be read from here: %2$s. Copy it to a local folder first."),
                      name, cause->message);
      break;

    case G_IO_ERROR_PERMISSION_DENIED:
      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %1$s and %2$s are the same file */
                   _("“%1$s” may not be read: no permission; “chmod u+r %2$s” allows it if it is "
                     "yours"),
                      name, name);
      break;

    default:
      g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
                   /* translators: %1$s is a file, %2$s the system's reason */
                   _("“%1$s” cannot be read: %2$s"), name, cause->message);
      break;
    }
}

HsSource *
hs_source_load_sync (GFile        *file,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr(GFileInfo) info = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  name = _hs_source_dup_name (file);

  /* The etag before the contents: a change in between is then noticed. */
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, cancellable,
                            NULL);
  bytes = _hs_source_read_file (file, name, cancellable, &local_error);
  if (bytes == NULL)
    {
      if (local_error->domain != HS_ERROR)
        explain_load_error (&local_error, name);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return _hs_source_new_for_file (bytes, file, info != NULL ? g_file_info_get_etag (info) : NULL);
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  HsSource *source = hs_source_load_sync (task_data, cancellable, &error);

  if (source != NULL)
    g_task_return_pointer (task, source, (GDestroyNotify)hs_source_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hs_source_load_async (GFile              *file,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_source_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

HsSource *
hs_source_load_finish (GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_source_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

HsSource *
hs_source_load_fd (int         fd,
                   const char *name,
                   GError    **error)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  bytes = _hs_source_read_fd (fd, name, error);

  return bytes != NULL ? hs_source_new (bytes) : NULL;
}

static void
explain_save_error (GError    **error,
                    const char *name)
{
  g_autoptr(GError) cause = g_steal_pointer (error);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      *error = g_steal_pointer (&cause);
      return;
    }

  g_set_error (error, HS_ERROR, HS_ERROR_SOURCE,
               /* translators: %1$s is a file, %2$s the system's reason */
               _("“%1$s” cannot be written: %2$s. Nothing is lost; save it under another name."),
                  name, cause->message);
}

typedef struct
{
  GFile  *file;
  GBytes *bytes;
  char   *etag; /* NULL: whatever is there is replaced */
} Save;

static void
save_free (Save *self)
{
  g_object_unref (self->file);
  g_bytes_unref (self->bytes);
  g_free (self->etag);
  g_free (self);
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Save *save = task_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *etag = NULL;

  if (!_hs_source_write_file (save->file, save->bytes, save->etag, &etag, cancellable, &error))
    {
      g_autofree char *name = _hs_source_dup_name (save->file);

      explain_save_error (&error, name);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_return_pointer (task, _hs_source_new_for_file (save->bytes, save->file, etag),
                         (GDestroyNotify)hs_source_unref);
}

void
hs_source_save_async (HsSource           *self,
                      GFile              *file,
                      const char         *text,
                      gboolean            overwrite,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *bytes;
  Save   *save;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (text != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hs_source_save_async);

  /* What nobody has changed is written as it was, also where decoding and encoding would not give
   * the same bytes.
   */
  if (self != NULL && _hs_source_is_text_unchanged (self, text))
    bytes = g_bytes_ref (hs_source_get_bytes (self));
  else
    bytes = hs_source_encode (self, text, &error);
  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->bytes = bytes;
  if (self != NULL && !overwrite)
    save->etag = g_strdup (_hs_source_get_etag (self, file));
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);
  g_task_run_in_thread (task, save_thread);
}

HsSource *
hs_source_save_finish (GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_source_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
