/* hs-picture-content.h - a picture on its way to another program
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "hs-picture-info.h"
#include "hs-scene.h"

G_BEGIN_DECLS

#define HS_TYPE_PICTURE_CONTENT (hs_picture_content_get_type ())
G_DECLARE_FINAL_TYPE (HsPictureContent, hs_picture_content, HS, PICTURE_CONTENT, GdkContentProvider)

/* For the clipboard: PNG, SVG and the text twin. Each is made in a thread, when somebody asks for
 * it. NULL if the picture is too large for one image.
 */
GdkContentProvider *hs_picture_content_new (HsScene             *scene,
                                            const HsPictureInfo *info);

/* For dragging: PNG, and a file with it in a folder of this program, which goes when the program
 * ends. @name: of the file, without an ending. NULL as above.
 */
GdkContentProvider *hs_picture_content_new_file (HsScene             *scene,
                                                 const HsPictureInfo *info,
                                                 const char          *name);

G_END_DECLS
