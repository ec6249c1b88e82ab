/* hs-cli-summary.h - what a run gave, for people
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cli-repeat.h"

G_BEGIN_DECLS

/* How it ended, what it took, and the names with their bytes. @times: (nullable).
 * Ends by a newline. Returns: (transfer full)
 */
char *hs_cli_dup_summary (HsRun            *run,
                          const HsCliTimes *times);

G_END_DECLS
