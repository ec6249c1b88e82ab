/* hs-picture-content.c - a picture on its way to another program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-picture-content.h"

#include <glib/gstdio.h>

#include "hs-export.h"

/* A picture that was pasted has so many pixels at most, about 256 MiB where it is unpacked. */
#define PIXELS_MAX (64.0 * 1024 * 1024)

/* Twice the size for sharp text wherever the picture is pasted, up to so many pixels. */
#define SHARP_PIXELS_MAX (16.0 * 1024 * 1024)

/* Cairo has no wider and no higher images. */
#define LENGTH_MAX 32000.0

enum
{
  PNG,
  SVG,
  TEXT,
  URI,
  N_CONTENTS
};

static const struct
{
  const char    *mime_type;
  guint          content;
  HsExportFormat format;
} types[] = {
  { "image/png", PNG, HS_EXPORT_PNG },
  { "image/svg+xml", SVG, HS_EXPORT_SVG },
  { "text/plain;charset=utf-8", TEXT, HS_EXPORT_TEXT },
  { "text/plain", TEXT, HS_EXPORT_TEXT },
  { "text/uri-list", URI, HS_EXPORT_PNG },
};

struct _HsPictureContent
{
  GdkContentProvider parent_instance;

  HsScene       *scene; /* owned */
  HsPictureInfo *info;  /* owned */
  double         scale; /* of the PNG */
  char          *path;  /* owned; of the file; NULL: for the clipboard */

  /* What was made is kept: programs ask for the same thing again and again. */
  GMutex  mutex;
  GBytes *made[N_CONTENTS]; /* owned, NULL until then; under mutex */
};

G_DEFINE_FINAL_TYPE (HsPictureContent, hs_picture_content, GDK_TYPE_CONTENT_PROVIDER)

/* ---- Files ---- */

static char *files_folder; /* owned; NULL until there is a file; main thread */
static guint n_files;

static void
remove_files (void)
{
  for (guint i = 1; i <= n_files; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *folder = g_build_filename (files_folder, number, NULL);
      GDir            *dir = g_dir_open (folder, 0, NULL);
      const char      *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
      g_clear_pointer (&dir, g_dir_close);
      g_rmdir (folder);
    }
  g_rmdir (files_folder);
  g_clear_pointer (&files_folder, g_free);
  n_files = 0;
}

/* A place of its own for each, so that none is replaced while it is read. Returns: (transfer full)
 * (nullable): NULL if there is no place for files
 */
static char *
dup_file_path (const char *name)
{
  g_autofree char *file_name = g_strconcat (name, ".png", NULL);
  g_autofree char *number = g_strdup_printf ("%u", n_files + 1);
  g_autofree char *folder = NULL;
  GApplication    *application = g_application_get_default ();

  if (files_folder == NULL)
    {
      files_folder = g_dir_make_tmp ("heapscape-pictures-XXXXXX", NULL);
      if (files_folder == NULL)
        return NULL;
      if (application != NULL)
        g_signal_connect (application, "shutdown", G_CALLBACK (remove_files), NULL);
    }

  folder = g_build_filename (files_folder, number, NULL);
  if (g_mkdir (folder, 0700) != 0)
    return NULL;
  n_files++;
  g_strdelimit (file_name, "/", '_');

  return g_build_filename (folder, file_name, NULL);
}

/* ---- Making ---- */

/* Any thread. Returns: (transfer full) (nullable) */
static GBytes *
make (HsPictureContent *self,
      guint             content,
      HsExportFormat    format,
      GCancellable     *cancellable,
      GError          **error)
{
  HsExportOptions  options = { format, self->scale, HS_THEME_LIGHT };
  g_autofree char *uri = NULL;
  GString         *list;

  if (content != URI)
    return hs_export_scene_to_bytes (self->scene, self->info, &options, cancellable, error);

  if (!hs_export_scene (self->scene, self->info, &options, self->path, NULL, cancellable, error))
    return NULL;
  uri = g_filename_to_uri (self->path, NULL, error);
  if (uri == NULL)
    return NULL;
  list = g_string_new (uri);
  g_string_append (list, "\r\n");

  return g_string_free_to_bytes (list);
}

typedef struct
{
  GOutputStream *stream; /* owned */
  guint          type;   /* index of types */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->stream);
  g_free (request);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  HsPictureContent *self = HS_PICTURE_CONTENT (source_object);
  Request          *request = task_data;
  guint             content = types[request->type].content;
  g_autoptr(GBytes) bytes = NULL;
  GError       *error = NULL;
  gconstpointer data;
  gsize         size;

  g_mutex_lock (&self->mutex);
  if (self->made[content] == NULL)
    self->made[content] = make (self, content, types[request->type].format, cancellable, &error);
  if (self->made[content] != NULL)
    bytes = g_bytes_ref (self->made[content]);
  g_mutex_unlock (&self->mutex);

  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &size);
      g_output_stream_write_all (request->stream, data, size, NULL, cancellable, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
hs_picture_content_write_mime_type_async (GdkContentProvider *provider,
                                          const char         *mime_type,
                                          GOutputStream      *stream,
                                          int                 io_priority,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  Request *request;

  g_task_set_source_tag (task, hs_picture_content_write_mime_type_async);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].mime_type, mime_type) &&
        (types[i].content != URI || HS_PICTURE_CONTENT (provider)->path != NULL))
      {
        request = g_new0 (Request, 1);
        request->stream = g_object_ref (stream);
        request->type = i;
        g_task_set_task_data (task, request, request_free);
        g_task_run_in_thread (task, write_thread);
        return;
      }

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", mime_type);
}

static gboolean
hs_picture_content_write_mime_type_finish (GdkContentProvider *provider,
                                           GAsyncResult       *result,
                                           GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GdkContentFormats *
hs_picture_content_ref_formats (GdkContentProvider *provider)
{
  HsPictureContent         *self = HS_PICTURE_CONTENT (provider);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  /* What is dropped is a file to most programs; as text it would be the text twin. */
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].content == PNG || (types[i].content == URI) == (self->path != NULL))
      gdk_content_formats_builder_add_mime_type (builder, types[i].mime_type);

  return gdk_content_formats_builder_free_to_formats (builder);
}

/* ---- The object ---- */

/* Returns: 0 if the picture is too large. */
static double
choose_scale (HsScene *scene)
{
  HsRect extents;
  double n_pixels;

  hs_scene_get_extents (scene, &extents);
  n_pixels = extents.width * extents.height;
  if (n_pixels * 4 <= SHARP_PIXELS_MAX && 2 * MAX (extents.width, extents.height) <= LENGTH_MAX)
    return 2;

  return n_pixels <= PIXELS_MAX && MAX (extents.width, extents.height) <= LENGTH_MAX ? 1 : 0;
}

GdkContentProvider *
hs_picture_content_new (HsScene             *scene,
                        const HsPictureInfo *info)
{
  HsPictureContent *self;
  double            scale = choose_scale (scene);

  if (scale == 0)
    return NULL;

  self = g_object_new (HS_TYPE_PICTURE_CONTENT, NULL);
  self->scene = hs_scene_ref (scene);
  self->info = hs_picture_info_copy (info);
  self->scale = scale;

  return GDK_CONTENT_PROVIDER (self);
}

GdkContentProvider *
hs_picture_content_new_file (HsScene             *scene,
                             const HsPictureInfo *info,
                             const char          *name)
{
  GdkContentProvider *provider = hs_picture_content_new (scene, info);

  if (provider != NULL)
    HS_PICTURE_CONTENT (provider)->path = dup_file_path (name);

  return provider;
}

static void
hs_picture_content_finalize (GObject *object)
{
  HsPictureContent *self = HS_PICTURE_CONTENT (object);

  hs_scene_unref (self->scene);
  hs_picture_info_free (self->info);
  g_free (self->path);
  for (guint i = 0; i < N_CONTENTS; i++)
    g_clear_pointer (&self->made[i], g_bytes_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (hs_picture_content_parent_class)->finalize (object);
}

static void
hs_picture_content_class_init (HsPictureContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hs_picture_content_finalize;

  provider_class->ref_formats = hs_picture_content_ref_formats;
  provider_class->write_mime_type_async = hs_picture_content_write_mime_type_async;
  provider_class->write_mime_type_finish = hs_picture_content_write_mime_type_finish;
}

static void
hs_picture_content_init (HsPictureContent *self)
{
  g_mutex_init (&self->mutex);
}
