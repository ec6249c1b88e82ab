/* hs-seccomp.h - which system calls the code may make
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-guard.h"

/* Writes the filter for the process @pid into @guard. Returns: false if it cannot be made */
bool hs_seccomp_build (HsGuard         *guard,
                       const HsJobView *job,
                       pid_t            pid);

/* Puts this process under it, for good. Needs no_new_privs. */
bool hs_seccomp_confine (const HsGuard *guard);
