/* hs-indenter.h - how a new line of Python is indented
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HS_TYPE_INDENTER (hs_indenter_get_type ())
G_DECLARE_FINAL_TYPE (HsIndenter, hs_indenter, HS, INDENTER, GObject)

GtkSourceIndenter *hs_indenter_new (void);

G_END_DECLS
