/* hs-export-private.h - what the writers of the formats share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "hs-export.h"

G_BEGIN_DECLS

/* The legend of a scene, its lines broken at @width (scene units); NULL if it has
 * none. For one thread, and no longer than the scene lives.
 */
typedef struct _HsPictureLegend HsPictureLegend;

HsPictureLegend *_hs_picture_legend_new (HsScene *scene,
                                         double   width);
void             _hs_picture_legend_free (HsPictureLegend *self);
double           _hs_picture_legend_get_height (const HsPictureLegend *self);
void             _hs_picture_legend_draw (const HsPictureLegend *self,
                                          cairo_t               *cr,
                                          double                 x,
                                          double                 y,
                                          const HsTheme         *theme);

/* A layout in the font for words. Returns: (transfer full) */
PangoLayout *_hs_picture_create_text (const char *language,
                                      int         size);

/* A scene on its background with legend and footer below. For one thread. */
typedef struct
{
  HsScene             *scene; /* borrowed */
  const HsPictureInfo *info;  /* borrowed */
  const HsTheme       *theme;
  HsPictureLegend     *legend; /* owned; NULL if there is none */
  double               legend_y;
  PangoLayout         *footer;
  double               footer_y;
  double               width; /* scene units */
  double               height;
} HsPicture;

void _hs_picture_init (HsPicture           *self,
                       HsScene             *scene,
                       const HsPictureInfo *info,
                       HsThemeKind          theme);
void _hs_picture_clear (HsPicture *self);

/* Background, scene, legend and footer within @clip (scene units); the caller has set
 * the transformation. @scale: device pixels per scene unit.
 */
void _hs_picture_draw (HsPicture    *self,
                       cairo_t      *cr,
                       const HsRect *clip,
                       double        scale);

/* The lines of the footer. Returns: (transfer full): none is empty */
GPtrArray *_hs_picture_dup_lines (HsScene             *scene,
                                  const HsPictureInfo *info);

/* A file that comes into being whole or not at all: written beside its place,
 * renamed onto it by _hs_output_commit(). What is no regular file (a device, a
 * pipe) is written directly. Or bytes in memory.
 */
typedef struct
{
  char       *path;      /* where it will be; NULL: in memory */
  char       *temporary; /* where it is now; NULL if written directly */
  int         fd;        /* -1 once closed, or in memory */
  GByteArray *bytes;     /* in memory; else NULL */
  GError     *error;     /* the first that happened */

  GCancellable *cancellable; /* borrowed; NULL: nobody cancels */
} HsOutput;

/* @cancellable: (nullable): once it is cancelled, whatever is written fails */
gboolean _hs_output_open (HsOutput     *self,
                          const char   *path,
                          GCancellable *cancellable,
                          GError      **error);
void     _hs_output_open_memory (HsOutput     *self,
                                 GCancellable *cancellable);
gboolean _hs_output_write (HsOutput   *self,
                           const void *data,
                           gsize       length);
/* Keeps @reason, what a library says, if nothing is known that is nearer to the cause. */
void     _hs_output_fail (HsOutput   *self,
                          const char *reason);
gboolean _hs_output_commit (HsOutput *self,
                            GError  **error);
/* Of one in memory, instead of committing it. Returns: (transfer full) (nullable) */
GBytes *_hs_output_steal_bytes (HsOutput *self,
                                GError  **error);
/* Drops what was not committed. */
void _hs_output_clear (HsOutput *self);

/* A sentence. Pixels. Returns: (transfer full) */
char *_hs_export_dup_size_error (double width,
                                 double height);

/* Tiles, if it is too large for one image. */
gboolean _hs_export_png (HsPicture    *picture,
                         double        scale,
                         const char   *path,
                         GPtrArray    *files,
                         GCancellable *cancellable,
                         GError      **error);
/* What goes wrong is kept in @output, which is not committed. */
void _hs_export_png_to (HsPicture *picture,
                        double     scale,
                        HsOutput  *output);
void _hs_export_svg_to (HsPicture *picture,
                        HsOutput  *output);
void _hs_export_pdf_to (HsPicture *picture,
                        HsOutput  *output);

/* Cairo's limit for the width and the height of an image (cairo-image-surface.c,
 * MAX_IMAGE_SIZE, 1.16).
 */
#define HS_CAIRO_MAX_PIXELS 32767

G_END_DECLS
