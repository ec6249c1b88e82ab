/* hs-cli-execute.h - runs code and waits for its end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-run.h"

G_BEGIN_DECLS

/* Runs @spec once. @is_quiet: keeps what the code writes off the terminal. A first
 * SIGINT, SIGTERM or SIGHUP stops the code, which leaves a picture of that moment;
 * a second one does not wait. @was_interrupted: (out): whether there was one.
 * Returns: (transfer full) (nullable): NULL with an error
 */
HsRun *hs_cli_execute (HsRunSpec *spec,
                       gboolean   is_quiet,
                       gboolean  *was_interrupted,
                       GError   **error);

G_END_DECLS
