/* hs-cli-json.h - runs and interpreters as JSON
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-cli-repeat.h"

G_BEGIN_DECLS

/* The contract of DESIGN section 9. @times: (nullable). Objects are written one
 * by one, so that a large heap does not have to fit into memory a second time.
 */
gboolean hs_cli_json_write_run (HsRun            *run,
                                const HsCliTimes *times,
                                GOutputStream    *stream,
                                GError          **error);

/* @pythons: (element-type HsPython); @problems: NULL-ended sentences */
gboolean hs_cli_json_write_pythons (GPtrArray         *pythons,
                                    const char *const *problems,
                                    GOutputStream     *stream,
                                    GError           **error);

G_END_DECLS
