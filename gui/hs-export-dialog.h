/* hs-export-dialog.h - asks how and where, then exports the picture
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "hs-export.h"

G_BEGIN_DECLS

#define HS_TYPE_EXPORT_DIALOG (hs_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HsExportDialog, hs_export_dialog, HS, EXPORT_DIALOG, AdwWindow)

/* Signal ::exported (GStrv files): what was written. Remembers its choices in
 * @settings (export-format, export-scale, export-theme). @name: proposed file
 * name without an ending.
 */
HsExportDialog *hs_export_dialog_new (GtkWindow           *parent,
                                      GSettings           *settings,
                                      HsScene             *scene,
                                      const HsPictureInfo *info,
                                      const char          *name);

G_END_DECLS
