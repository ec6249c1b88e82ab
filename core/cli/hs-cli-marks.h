/* hs-cli-marks.h - where the command line and the code ask for snapshots
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run-spec.h"
#include "hs-source.h"

G_BEGIN_DECLS

/* Marks @lines, numbers as they were typed (nullable: none), and complains about comments
 * of @source that were meant to ask for a snapshot and do not. Returns: FALSE after a
 * complaint about a line
 */
gboolean hs_cli_apply_marks (HsRunSpec         *spec,
                             HsSource          *source,
                             const char *const *lines);

G_END_DECLS
