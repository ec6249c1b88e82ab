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

char *
_hs_export_dup_size_error (double width,
                           double height)
{
  /* translators: %.0f are width and height in pixels */
  return g_strdup_printf (_("A picture of %.0f × %.0f pixels is too large"), width, height);
}

static void
export_text (HsScene             *scene,
             const HsPictureInfo *info,
             HsOutput            *output)
{
  g_autofree char *text = hs_scene_to_text (scene);
  g_autoptr (GPtrArray) lines = _hs_picture_dup_lines (scene, info);

  _hs_output_write (output, text, strlen (text));
  if (lines->len > 0)
    _hs_output_write (output, "\n", 1);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      _hs_output_write (output, line, strlen (line));
      _hs_output_write (output, "\n", 1);
    }
}

/* As one image, whatever its size. */
static void
export_whole (HsPicture             *picture,
              const HsExportOptions *options,
              HsOutput              *output)
{
  switch (options->format)
    {
    case HS_EXPORT_PNG:
      _hs_export_png_to (picture, options->scale, output);
      break;
    case HS_EXPORT_SVG:
      _hs_export_svg_to (picture, output);
      break;
    case HS_EXPORT_PDF:
      _hs_export_pdf_to (picture, output);
      break;
    case HS_EXPORT_TEXT:
      export_text (picture->scene, picture->info, output);
      break;
    }
}

static gboolean
export_file (HsPicture             *picture,
             const HsExportOptions *options,
             const char            *path,
             GCancellable          *cancellable,
             GError               **error)
{
  HsOutput output;
  gboolean is_done;

  if (!_hs_output_open (&output, path, cancellable, error))
    return FALSE;
  export_whole (picture, options, &output);
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
  gboolean  is_done;

  g_return_val_if_fail (options->format != HS_EXPORT_PNG || options->scale > 0, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  _hs_picture_init (&picture, scene, info, options->theme);
  if (options->format == HS_EXPORT_PNG)
    is_done = _hs_export_png (&picture, options->scale, path, written, cancellable, error);
  else
    is_done = export_file (&picture, options, path, cancellable, error);
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

GBytes *
hs_export_scene_to_bytes (HsScene               *scene,
                          const HsPictureInfo   *info,
                          const HsExportOptions *options,
                          GCancellable          *cancellable,
                          GError               **error)
{
  HsPicture picture;
  HsOutput  output;
  GBytes   *bytes;

  g_return_val_if_fail (options->format != HS_EXPORT_PNG || options->scale > 0, NULL);

  _hs_output_open_memory (&output, cancellable);
  _hs_picture_init (&picture, scene, info, options->theme);
  export_whole (&picture, options, &output);
  _hs_picture_clear (&picture);
  bytes = _hs_output_steal_bytes (&output, error);
  _hs_output_clear (&output);

  return bytes;
}
