/* hs-permissions-private.h - what is looked at before code may do it
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-permissions.h"

G_BEGIN_DECLS

/* Whether the folders are still those that were allowed: code that may write beside one could
 * have put a link there. One that is gone allows nothing and is no error. Does I/O. Errors:
 * HS_ERROR_PERMISSION.
 */
gboolean _hs_permissions_check (const HsPermissions *self,
                                GError             **error);

/* Whether the absolute @path is in /proc, /sys or /dev, where nothing can be allowed. */
gboolean _hs_permissions_is_of_system (const char *path);

G_END_DECLS
