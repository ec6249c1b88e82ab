/* hs-source-private.h - what the parts of HsSource share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-source.h"

G_BEGIN_DECLS

/* @etag: (nullable): of @file at the moment when it was read. */
HsSource *_hs_source_new_for_file (GBytes     *bytes,
                                   GFile      *file,
                                   const char *etag);

/* NULL if it does not come from @file. */
const char *_hs_source_get_etag (HsSource *self,
                                 GFile    *file);

/* The encoding that the coding line of @text names, if it has one (PEP 263):
 * looks at the first two lines only. Returns: (transfer full) (nullable)
 */
char *_hs_source_find_cookie (const char *text,
                              gsize       length);

G_END_DECLS
