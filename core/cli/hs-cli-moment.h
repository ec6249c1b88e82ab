/* hs-cli-moment.h - moments of a run as the command line names them
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

/* The heap of the moment that @text names: a number, as in the JSON, a name as pictures
 * write it ("End", "loop, no. 2"), or that of a comment, whose first moment it means.
 * NULL as @text: that at the end. Returns: (transfer full) (nullable): NULL with a
 * translated sentence; G_OPTION_ERROR if there is no such moment
 */
HsHeap *hs_cli_open_moment (HsRun      *run,
                            const char *text,
                            GError    **error);

G_END_DECLS
