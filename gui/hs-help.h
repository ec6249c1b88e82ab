/* hs-help.h - the pages of the manual, in the desktop's help viewer
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-window.h"

G_BEGIN_DECLS

/* @page: the name of a page in help/C, without .page; NULL: the first one. Returns at once; where
 * there is no help viewer, @window says so. Main thread.
 */
void hs_help_show (HsWindow   *window,
                   const char *page);

/* What opens @page. (transfer full) */
char *hs_help_dup_uri (const char *page);

G_END_DECLS
