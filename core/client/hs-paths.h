/* hs-paths.h - where the program's own files are
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A program that is run from its build folder finds everything there; an
 * installed one under the prefix. All (transfer none), for the life of the
 * program, any thread.
 */
gboolean    hs_paths_is_uninstalled (void);
const char *hs_paths_get_workers (void); /* of heapscape-worker-X.Y; HEAPSCAPE_WORKERS overrides */
const char *hs_paths_get_locale (void);
const char *hs_paths_get_schemas (void); /* (nullable): NULL when installed */

/* setlocale, bindtextdomain, textdomain. Call first in main(). */
void hs_paths_init_translations (void);

G_END_DECLS
