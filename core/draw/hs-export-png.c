/* hs-export-png.c - a picture as PNG, in bands and, if it is very large, tiles
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <png.h>

#include "hs-export-private.h"

/* Drawn and compressed piece by piece, so that a picture of 30 000 pixels
 * square takes some megabytes rather than 3.6 GB.
 */
#define BAND_PIXELS (2 * 1024 * 1024)

/* 96 pixels per inch at scale 1, as CSS has it; PNG counts pixels per metre. */
#define PIXELS_PER_METRE (96 / 0.0254)

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} PixelRect;

typedef struct
{
  HsPicture *picture;
  double     scale;
  PixelRect  tile;
  HsOutput  *output;       /* borrowed */
  char       message[128]; /* libpng's */
} Writer;

static void
write_cb (png_structp png,
          png_bytep   data,
          png_size_t  length)
{
  Writer *writer = png_get_io_ptr (png);

  if (!_hs_output_write (writer->output, data, length))
    png_error (png, "write error");
}

static void
flush_cb (png_structp png)
{
}

static void
error_cb (png_structp     png,
          png_const_charp message)
{
  Writer *writer = png_get_error_ptr (png);

  g_strlcpy (writer->message, message, sizeof writer->message);
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp     png,
            png_const_charp message)
{
  g_debug ("libpng: %s", message);
}

#define MAX_TEXTS 9

static void
add_text (png_text   *texts,
          int        *n_texts,
          const char *key,
          const char *value)
{
  png_text *text = &texts[*n_texts];
  gboolean  is_long;

  if (value == NULL || *value == '\0')
    return;

  is_long = strlen (value) > 1000;
  *text = (png_text) { 0 };
  text->key = (png_charp)key;
  text->text = (png_charp)value;
  if (g_str_is_ascii (value))
    {
      text->compression = is_long ? PNG_TEXT_COMPRESSION_zTXt : PNG_TEXT_COMPRESSION_NONE;
      text->text_length = strlen (value);
    }
  else
    {
      text->compression = is_long ? PNG_ITXT_COMPRESSION_zTXt : PNG_ITXT_COMPRESSION_NONE;
      text->itxt_length = strlen (value);
    }
  (*n_texts)++;
}

/* Keywords of the PNG specification (11.3.4.2) where it has one. */
static void
set_texts (Writer     *writer,
           png_structp png,
           png_infop   info,
           const char *description)
{
  const HsPictureInfo *facts = writer->picture->info;
  png_text             texts[MAX_TEXTS];
  int                  n_texts = 0;

  add_text (texts, &n_texts, "Title", facts->title);
  add_text (texts, &n_texts, "Software", "Heapscape " PACKAGE_VERSION);
  add_text (texts, &n_texts, "Creation Time", facts->date);
  add_text (texts, &n_texts, "Description", description);
  add_text (texts, &n_texts, "Heapscape Python", facts->python);
  add_text (texts, &n_texts, "Heapscape Method", facts->method);
  add_text (texts, &n_texts, "Heapscape Figures", facts->figures);
  add_text (texts, &n_texts, "Heapscape Status", facts->status);
  add_text (texts, &n_texts, "Source Code", facts->source);
  png_set_text (png, info, texts, n_texts);
}

static void
draw_band (Writer          *writer,
           cairo_surface_t *band,
           int              top,
           int              height)
{
  cairo_t *cr = cairo_create (band);
  HsRect   clip = {
      (double)writer->tile.x / writer->scale,
      (double)(writer->tile.y + top) / writer->scale,
      (double)writer->tile.width / writer->scale,
      (double)height / writer->scale,
  };

  cairo_scale (cr, writer->scale, writer->scale);
  cairo_translate (cr, -clip.x, -clip.y);
  _hs_picture_draw (writer->picture, cr, &clip, writer->scale);
  cairo_destroy (cr);
  cairo_surface_flush (band);
}

/* Cairo's pixels are 32-bit words of the machine's byte order. */
static void
convert_row (const guint32 *pixels,
             int            width,
             guint8        *row)
{
  for (int i = 0; i < width; i++)
    {
      *row++ = (guint8)(pixels[i] >> 16);
      *row++ = (guint8)(pixels[i] >> 8);
      *row++ = (guint8)pixels[i];
    }
}

static gboolean
write_bands (Writer     *writer,
             png_structp png,
             guint8     *row)
{
  int              width = writer->tile.width;
  int              band_height = CLAMP (BAND_PIXELS / width, 1, writer->tile.height);
  cairo_surface_t *band = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, band_height);
  gboolean         is_done = cairo_surface_status (band) == CAIRO_STATUS_SUCCESS;

  if (!is_done)
    _hs_output_fail (writer->output, cairo_status_to_string (cairo_surface_status (band)));

  for (int top = 0; is_done && top < writer->tile.height; top += band_height)
    {
      int height = MIN (band_height, writer->tile.height - top);

      if (g_cancellable_is_cancelled (writer->output->cancellable))
        is_done = FALSE; /* as the next write would say */
      else
        draw_band (writer, band, top, height);

      if (is_done && setjmp (png_jmpbuf (png)) == 0)
        {
          const guint8 *data = cairo_image_surface_get_data (band);
          int           stride = cairo_image_surface_get_stride (band);

          for (int i = 0; i < height; i++)
            {
              convert_row ((const guint32 *)(const void *)(data + (gsize)i * (gsize)stride), width,
                           row);
              png_write_row (png, row);
            }
        }
      else
        is_done = FALSE;
    }
  cairo_surface_destroy (band);

  return is_done;
}

static gboolean
write_header (Writer     *writer,
              png_structp png,
              png_infop   info,
              const char *description)
{
  png_uint_32 resolution = (png_uint_32)lround (PIXELS_PER_METRE * writer->scale);

  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  png_set_write_fn (png, writer, write_cb, flush_cb);
  png_set_IHDR (png, info, (png_uint_32)writer->tile.width, (png_uint_32)writer->tile.height, 8,
                PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  /* Flat colours: unfiltered rows are packed faster and smaller. */
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_pHYs (png, info, resolution, resolution, PNG_RESOLUTION_METER);
  set_texts (writer, png, info, description);
  png_write_info (png, info);

  return TRUE;
}

static gboolean
write_end (png_structp png,
           png_infop   info)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;
  png_write_end (png, info);

  return TRUE;
}

static char *
dup_description (HsPicture *picture)
{
  g_autoptr (GPtrArray) lines = _hs_picture_dup_lines (picture->scene, picture->info);

  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **)lines->pdata);
}

static void
write_png (Writer *writer)
{
  png_structp        png = png_create_write_struct (PNG_LIBPNG_VER_STRING, writer,
                                                    error_cb, warning_cb);
  png_infop          info = png != NULL ? png_create_info_struct (png) : NULL;
  g_autofree guint8 *row = g_malloc ((gsize)writer->tile.width * 3);
  g_autofree char   *description = dup_description (writer->picture);
  gboolean           is_done;

  is_done = info != NULL && write_header (writer, png, info, description) &&
            write_bands (writer, png, row) && write_end (png, info);
  if (png != NULL)
    png_destroy_write_struct (&png, &info);

  /* A write of nothing keeps that it was cancelled. */
  if (!is_done && _hs_output_write (writer->output, "", 0))
    _hs_output_fail (writer->output, writer->message);
}

static gboolean
write_tile (Writer       *writer,
            const char   *path,
            GPtrArray    *files,
            GCancellable *cancellable,
            GError      **error)
{
  HsOutput output;
  gboolean is_done;

  if (!_hs_output_open (&output, path, cancellable, error))
    return FALSE;
  writer->output = &output;
  write_png (writer);
  is_done = _hs_output_commit (&output, error);
  _hs_output_clear (&output);
  if (is_done)
    g_ptr_array_add (files, g_strdup (path));

  return is_done;
}

void
_hs_export_png_to (HsPicture *picture,
                   double     scale,
                   HsOutput  *output)
{
  double width = ceil (picture->width * scale);
  double height = ceil (picture->height * scale);
  Writer writer = { .picture = picture, .scale = scale, .output = output };

  if (width > HS_CAIRO_MAX_PIXELS || height > HS_CAIRO_MAX_PIXELS)
    {
      g_autofree char *reason = _hs_export_dup_size_error (width, height);

      _hs_output_fail (output, reason);
      return;
    }

  writer.tile.width = (int)width;
  writer.tile.height = (int)height;
  write_png (&writer);
}

/* "heap.png" to "heap-2-1.png" */
static char *
dup_tile_path (const char *path,
               int         row,
               int         column)
{
  const char *dot = strrchr (path, '.');
  const char *slash = strrchr (path, '/');
  gsize       length = strlen (path);

  if (dot != NULL && (slash == NULL || dot > slash))
    length = (gsize)(dot - path);

  return g_strdup_printf ("%.*s-%d-%d%s", (int)length, path, row, column, path + length);
}

gboolean
_hs_export_png (HsPicture    *picture,
                double        scale,
                const char   *path,
                GPtrArray    *files,
                GCancellable *cancellable,
                GError      **error)
{
  double width = ceil (picture->width * scale);
  double height = ceil (picture->height * scale);
  int    n_columns = (int)ceil (width / HS_CAIRO_MAX_PIXELS);
  int    n_rows = (int)ceil (height / HS_CAIRO_MAX_PIXELS);
  int    tile_width = (int)ceil (width / n_columns);
  int    tile_height = (int)ceil (height / n_rows);

  for (int row = 0; row < n_rows; row++)
    for (int column = 0; column < n_columns; column++)
      {
        Writer           writer = { .picture = picture, .scale = scale };
        gboolean         is_alone = n_rows == 1 && n_columns == 1;
        g_autofree char *tile_path =
          is_alone ? g_strdup (path) : dup_tile_path (path, row + 1, column + 1);

        writer.tile.x = column * tile_width;
        writer.tile.y = row * tile_height;
        writer.tile.width = MIN (tile_width, (int)width - writer.tile.x);
        writer.tile.height = MIN (tile_height, (int)height - writer.tile.y);
        if (!write_tile (&writer, tile_path, files, cancellable, error))
          return FALSE;
      }

  return TRUE;
}
