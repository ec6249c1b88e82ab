/* hs-scratch-private.h - the folder that a run may write into
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new, empty folder that only this user may enter.
 * Returns: (transfer full) (nullable)
 */
char *_hs_scratch_new (GError **error);

/* Removes @path with all that is in it, however deep, and whatever permissions
 * the code gave it; links are removed, not followed. Blocks; any thread. The
 * processes that could write there must be dead.
 */
gboolean _hs_scratch_remove (const char *path,
                             GError    **error);

/* The same where nobody could do anything about a failure: it is logged. */
void _hs_scratch_remove_or_tell (const char *path);

G_END_DECLS
