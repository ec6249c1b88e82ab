/* hs-sandbox.h - what the code may reach, and how much it may use
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-child.h"
#include "hs-guard.h"
#include "hs-job.h"

/* First thing after the fork: own session, dies with the supervisor, no
 * descriptor but 0 to 2, default signals, a clean environment, the job's
 * working folder. On failure sets *@problem and returns false.
 */
bool hs_sandbox_isolate (const HsJobView    *job,
                         const HsChildSetup *setup,
                         const char        **problem);

/* Resource limits, which count from what the process has mapped by then: last thing before the
 * code. @guard is waited for.
 */
bool hs_sandbox_limit (const HsJobView *job,
                       HsGuard         *guard,
                       const char     **problem);

/* The protections that the job insists on: before anything of the user's is run, which begins
 * with the .pth files of a virtual environment that he has chosen. @guard is waited for.
 */
bool hs_sandbox_confine (const HsJobView *job,
                         HsGuard         *guard,
                         const char     **problem);

/* Gives back what was kept in reserve below the hard limit, so that a
 * traceback can be printed after a MemoryError.
 */
void hs_sandbox_release_reserve (void);
