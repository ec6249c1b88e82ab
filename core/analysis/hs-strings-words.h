/* hs-strings-words.h - words that several files about texts need
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-strings-page.h"

G_BEGIN_DECLS

/* All: (transfer full), translated. */
char *_hs_strings_dup_bytes (guint64  bytes,
                             gboolean is_least,
                             gboolean is_exact);
char *_hs_strings_dup_objects (guint64 n);
char *_hs_strings_dup_references (guint64 n);

/* As hs_strings_page_dup_state(), of any str. */
char *_hs_strings_dup_state (HsStrings *self,
                             guint32    object);

G_END_DECLS
