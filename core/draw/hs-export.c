/* hs-export.c - a drawing as PNG, SVG, PDF or text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hs-export-private.h"

static const char *const endings[] = {
  [HS_EXPORT_PNG] = ".png",
  [HS_EXPORT_SVG] = ".svg",
  [HS_EXPORT_PDF] = ".pdf",
  [HS_EXPORT_TEXT] = ".txt",
};

gboolean
hs_export_format_from_path (const char     *path,
                            HsExportFormat *format)
{
  gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (length > strlen (endings[i]) &&
        g_ascii_strcasecmp (path + length - strlen (endings[i]), endings[i]) == 0)
      {
        *format = (HsExportFormat)i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
export_text (HsScene             *scene,
             const HsPictureInfo *info,
             const char          *path,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autofree char *text = hs_scene_to_text (scene);
  g_autoptr (GPtrArray) lines = _hs_picture_dup_lines (scene, info);
  HsOutput output;
  gboolean is_done;

  if (!_hs_output_open (&output, path, cancellable, error))
    return FALSE;
  _hs_output_write (&output, text, strlen (text));
  if (lines->len > 0)
    _hs_output_write (&output, "\n", 1);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      _hs_output_write (&output, line, strlen (line));
      _hs_output_write (&output, "\n", 1);
    }
  is_done = _hs_output_commit (&output, error);
  _hs_output_clear (&output);

  return is_done;
}

/**
 * hs_export_scene:
 * @scene: what to draw
 * @info: what the footer says
 * @path: in the encoding of file names
 * @files: (out) (optional) (transfer full): what was written, %NULL-ended;
 *   set on success only
 * @error: %G_IO_ERROR
 *
 * On failure nothing is left at @path that was not there before, except tiles
 * that were complete by then.
 */
gboolean
hs_export_scene (HsScene               *scene,
                 const HsPictureInfo   *info,
                 const HsExportOptions *options,
                 const char            *path,
                 char                ***files,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  HsPicture picture;
  gboolean  is_done = FALSE;

  g_return_val_if_fail (options->format != HS_EXPORT_PNG || options->scale > 0, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  _hs_picture_init (&picture, scene, info, options->theme);
  switch (options->format)
    {
    case HS_EXPORT_PNG:
      is_done = _hs_export_png (&picture, options->scale, path, written, cancellable, error);
      break;
    case HS_EXPORT_SVG:
      is_done = _hs_export_svg (&picture, path, cancellable, error);
      break;
    case HS_EXPORT_PDF:
      is_done = _hs_export_pdf (&picture, path, cancellable, error);
      break;
    case HS_EXPORT_TEXT:
      is_done = export_text (scene, info, path, cancellable, error);
      break;
    }
  _hs_picture_clear (&picture);

  if (is_done && files != NULL)
    {
      if (written->len == 0)
        g_ptr_array_add (written, g_strdup (path));
      g_ptr_array_add (written, NULL);
      *files = (char **)g_ptr_array_steal (written, NULL);
    }

  return is_done;
}

cairo_surface_t *
hs_export_scene_to_surface (HsScene             *scene,
                            const HsPictureInfo *info,
                            double               scale,
                            HsThemeKind          theme,
                            GError             **error)
{
  HsPicture        picture;
  cairo_surface_t *surface = NULL;
  double           width;
  double           height;

  _hs_picture_init (&picture, scene, info, theme);
  width = ceil (picture.width * scale);
  height = ceil (picture.height * scale);
  if (width <= HS_CAIRO_MAX_PIXELS && height <= HS_CAIRO_MAX_PIXELS)
    surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)width, (int)height);

  if (surface == NULL || cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      /* translators: %.0f are width and height in pixels */
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("A picture of %.0f × %.0f pixels is too large"), width, height);
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  else
    {
      cairo_t *cr = cairo_create (surface);
      HsRect   clip = { 0, 0, picture.width, picture.height };

      cairo_scale (cr, scale, scale);
      _hs_picture_draw (&picture, cr, &clip, scale);
      cairo_destroy (cr);
    }
  _hs_picture_clear (&picture);

  return surface;
}
