/* hs-cli-export.h - --export VIEW=FILE
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-export.h"
#include "hs-picture-info.h"
#include "hs-wishes.h"

G_BEGIN_DECLS

typedef struct
{
  char          *path;
  HsExportFormat format;
  const HsView  *view;
} HsCliExport;

/* "VIEW.OPTION=CHOICE", as it was typed in --set. */
typedef struct
{
  const HsView *view;
  guint         option;
  guint         choice;
} HsCliSetting;

/* The error is a translated sentence about wrong usage. */
gboolean hs_cli_setting_parse (const char   *text,
                               HsCliSetting *setting,
                               GError      **error);

/* "graph=FILE.png". The error is a translated sentence about wrong usage.
 * Returns: (transfer full) (nullable)
 */
HsCliExport *hs_cli_export_parse (const char *text,
                                  GError    **error);
void         hs_cli_export_free (HsCliExport *self);

/* The names of @focus that no scope of @heap has: a translated sentence with
 * what there is, or NULL. Returns: (transfer full) (nullable)
 */
char *hs_cli_check_focus (HsHeap            *heap,
                          const char *const *focus);

/* What is to be drawn. */
typedef struct
{
  GPtrArray  *exports;  /* HsCliExport */
  GArray     *settings; /* HsCliSetting */
  HsThemeKind theme;
} HsCliPictures;

/* Draws each view of @pictures of @heap once and writes it to its files. @compared: (nullable): an
 * earlier heap of the run with which it is compared; @focus: (nullable): names;
 * @files: (element-type utf8): what was written is added
 */
gboolean hs_cli_export_all (const HsPictureInfo *info,
                            HsHeap              *heap,
                            HsHeap              *compared,
                            const HsCliPictures *pictures,
                            const char *const   *focus,
                            double               scale,
                            GPtrArray           *files,
                            GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsCliExport, hs_cli_export_free)

G_END_DECLS
