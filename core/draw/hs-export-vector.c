/* hs-export-vector.c - a picture as SVG or PDF
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "hs-export-private.h"

#define POINTS_PER_UNIT 0.75 /* 72 points and 96 CSS pixels to the inch */

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  return _hs_output_write (closure, data, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Draws on @surface, which it takes, and finishes it. */
static void
draw_and_finish (HsPicture       *picture,
                 cairo_surface_t *surface,
                 double           scale,
                 HsOutput        *output)
{
  cairo_t       *cr = cairo_create (surface);
  HsRect         clip = { 0, 0, picture->width, picture->height };
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  _hs_picture_draw (picture, cr, &clip, 1);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS)
    _hs_output_fail (output, cairo_status_to_string (status));
}

void
_hs_export_svg_to (HsPicture *picture,
                   HsOutput  *output)
{
  cairo_surface_t *surface =
    cairo_svg_surface_create_for_stream (write_cb, output, picture->width, picture->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw_and_finish (picture, surface, 1, output);
}

static void
set_metadata (cairo_surface_t     *surface,
              const HsPictureInfo *info)
{
  if (info->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, info->title);
  if (info->figures != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, info->figures);
  if (info->date != NULL)
    {
      g_autofree char *date = g_strdup (info->date);

      /* Cairo wants the T of ISO 8601. */
      g_strdelimit (date, " ", 'T');
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    }
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Heapscape " PACKAGE_VERSION);
}

void
_hs_export_pdf_to (HsPicture *picture,
                   HsOutput  *output)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
    write_cb, output, picture->width * POINTS_PER_UNIT, picture->height * POINTS_PER_UNIT);

  set_metadata (surface, picture->info);
  draw_and_finish (picture, surface, POINTS_PER_UNIT, output);
}
