/* hs-variant-gutter.h - the variants of the code, as coloured strips beside its lines
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HS_TYPE_VARIANT_GUTTER (hs_variant_gutter_get_type ())
/* clang-format off */
G_DECLARE_FINAL_TYPE (HsVariantGutter, hs_variant_gutter, HS, VARIANT_GUTTER,
                      GtkSourceGutterRenderer)
/* clang-format on */

/* Hidden while the text has no variants. Follows the text a moment after each change. Property:
 * "can-compare" (boolean, read only, notified): there is more than one variant, or a sweep.
 */
GtkSourceGutterRenderer *hs_variant_gutter_new (void);

gboolean hs_variant_gutter_get_can_compare (HsVariantGutter *self);
/* What is said of @line, from 0. Returns: (transfer full) (nullable) */
char *hs_variant_gutter_describe (HsVariantGutter *self,
                                  guint            line);

G_END_DECLS
