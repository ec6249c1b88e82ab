/* hs-print.h - code and pictures on paper
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "hs-picture-info.h"
#include "hs-scene.h"

G_BEGIN_DECLS

/* In the print settings of a picture: over several sheets rather than on one. Boolean. */
#define HS_PRINT_SPREAD "heapscape-spread"

/* Both are ready to be run: with a job name, units and pages, but without settings, page setup and
 * action. Main thread.
 */

/* With numbers of lines, colours for white paper, and @name and the number of the page on each.
 * @name: as it is shown. Returns: (transfer full)
 */
GtkPrintOperation *hs_print_code_new (const char *text,
                                      const char *name);

/* As vectors, with legend and footer as in an export. @name: as it is shown. Returns: (transfer
 * full)
 */
GtkPrintOperation *hs_print_picture_new (HsScene             *scene,
                                         const HsPictureInfo *info,
                                         const char          *name);

G_END_DECLS
