/* hs-strings-label.h - how the code would write what refers to a text
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-strings-page.h"

G_BEGIN_DECLS

/* Appends up to @max HsStringsLabel to @labels: first the variables, then places
 * in containers, three and more of one container in one label. If no data refers
 * to @object, one that says what does. Returns: how many references of data no
 * label speaks of
 */
guint64 _hs_strings_add_labels (HsStrings *self,
                                guint32    object,
                                guint      max,
                                GArray    *labels);

/* "f", "f and g", "f, g, h and others": the code that has @object as a constant;
 * NULL if none has. Returns: (transfer full) (nullable)
 */
char *_hs_strings_dup_codes (HsStrings *self,
                             guint32    object);

G_END_DECLS
