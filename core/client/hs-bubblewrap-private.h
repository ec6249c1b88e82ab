/* hs-bubblewrap-private.h - starts a worker where files cannot be changed
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-permissions.h"

G_BEGIN_DECLS

/* Looks for bwrap and starts it the way a worker is started, with a program that ends at once.
 * Takes some 10 ms; at most five seconds. @problem: (out) (transfer full) (nullable): why it does
 * not work, in the program's words where it has any. Returns: whether it does
 */
gboolean _hs_bubblewrap_try (char **problem);

/* What stands in front of a worker's command line: everything read-only but @scratch and the
 * folders of @permissions, devices that are harmless, no other process, and no network unless it
 * is allowed. What ends the worker ends everything that is left in there, and the worker ends
 * when its socket is closed. @permissions: (nullable): nothing. Returns: (transfer full)
 * (nullable): filenames; NULL if there is no bwrap
 */
GStrv _hs_bubblewrap_new_command (const char          *scratch,
                                  const HsPermissions *permissions);

G_END_DECLS
