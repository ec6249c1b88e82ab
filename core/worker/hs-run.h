/* hs-run.h - compile, execute, measure, end
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdnoreturn.h>

#include "hs-job.h"
#include "hs-shared.h"

/* Runs the job in the initialised interpreter and ends the process. */
noreturn void hs_run (const HsJobView *job,
                      HsShared        *shared);

/* False in processes that the code has forked: they have no part in the result. */
bool hs_run_is_own_process (void);

/* Notes how long the code has run, and the peak of memory. Only the first call
 * counts.
 */
void hs_run_end_clock (void);
