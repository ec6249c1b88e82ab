/* hs-worker-start-private.h - starts a worker with what protects the machine from the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-permissions.h"
#include "hs-worker-process-private.h"

G_BEGIN_DECLS

/* Whether code may be run here with @permissions: nothing that protects the machine is missing,
 * unless the user has allowed that, and the folders are those that were allowed. Does I/O.
 * Errors: HS_ERROR_PROTECTION, HS_ERROR_PERMISSION.
 */
gboolean _hs_worker_start_check (const HsPermissions *permissions,
                                 GError             **error);

/* Starts the worker at @path, through bubblewrap where only that keeps it from files. @scratch:
 * the run's folder; @required: (out): HsProtect, what the worker is to insist on. Returns:
 * (transfer full) (nullable)
 */
HsWorkerProcess *_hs_worker_start (const char          *path,
                                   const char          *scratch,
                                   const HsPermissions *permissions,
                                   guint32             *required,
                                   GError             **error);

G_END_DECLS
