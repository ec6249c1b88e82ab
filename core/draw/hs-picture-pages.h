/* hs-picture-pages.h - a picture on sheets of paper
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "hs-picture-info.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* A scene with legend and footer as an export has them, in the light colours on white. For one
 * thread.
 */
typedef struct _HsPicturePages HsPicturePages;

/* @width, @height: what can be printed on of a sheet, points, at least 1
 * @is_spread: over as many sheets as it needs to be read; else all of it on one, never enlarged
 */
HsPicturePages *hs_picture_pages_new (HsScene             *scene,
                                      const HsPictureInfo *info,
                                      double               width,
                                      double               height,
                                      gboolean             is_spread);
void            hs_picture_pages_free (HsPicturePages *self);

guint  hs_picture_pages_get_n (const HsPicturePages *self);     /* at least 1 */
double hs_picture_pages_get_scale (const HsPicturePages *self); /* points per scene unit */

/* The sheet @page, from 0, in points from the upper left corner of what can be printed on. Of
 * several, each says at its lower edge where it belongs.
 */
void hs_picture_pages_draw (HsPicturePages *self,
                            guint           page,
                            cairo_t        *cr);

/* Whether the picture is wider than it is high. */
gboolean hs_picture_pages_is_wide (HsScene             *scene,
                                   const HsPictureInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsPicturePages, hs_picture_pages_free)

G_END_DECLS
