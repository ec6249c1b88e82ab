/* hs-export.h - a drawing as PNG, SVG, PDF or text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-picture-info.h"
#include "hs-scene.h"

G_BEGIN_DECLS

typedef enum
{
  HS_EXPORT_PNG,
  HS_EXPORT_SVG,
  HS_EXPORT_PDF,
  HS_EXPORT_TEXT,
} HsExportFormat;

typedef struct
{
  HsExportFormat format;
  double         scale; /* PNG: pixels per scene unit, 1, 2 or 4; else ignored */
  HsThemeKind    theme;
} HsExportOptions;

/* From the ending of @path, case ignored; FALSE if it is none of png, svg,
 * pdf, txt.
 */
gboolean hs_export_format_from_path (const char     *path,
                                     HsExportFormat *format);

/* Writes @scene with a footer made of @info. A PNG carries the texts of @info
 * as tEXt/iTXt chunks ("Title", "Software", "Creation Time", "Heapscape
 * Python", "Heapscape Figures", "Source Code" …). A PNG wider or higher than
 * Cairo's limit of 32767 px is written as tiles: name-1-1.png (row, column) …
 * The file at @path is replaced only once the new one is complete.
 *
 * @files: (out) (optional) (transfer full): NULL-ended list of what was
 *   written, more than one for tiles
 * Blocks; any thread.
 */
gboolean hs_export_scene (HsScene               *scene,
                          const HsPictureInfo   *info,
                          const HsExportOptions *options,
                          const char            *path,
                          char                ***files,
                          GCancellable          *cancellable,
                          GError               **error);

/* The same in memory, a PNG as one image; an error if it is larger than Cairo's limit. Blocks; any
 * thread. Returns: (transfer full) (nullable)
 */
GBytes *hs_export_scene_to_bytes (HsScene               *scene,
                                  const HsPictureInfo   *info,
                                  const HsExportOptions *options,
                                  GCancellable          *cancellable,
                                  GError               **error);

G_END_DECLS
