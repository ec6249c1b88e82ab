/* hs-child.h - the process that runs the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <signal.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/types.h>

#include "hs-guard.h"
#include "hs-job.h"
#include "hs-result.h"

/* Asks the process to take a snapshot and end. A real-time signal, because
 * nothing else sends those.
 */
#define HS_STOP_SIGNAL (SIGRTMAX - 1)

typedef struct
{
  pid_t supervisor;
  int   stdin_fd; /* -1: /dev/null */
  int   stdout_fd;
  int   stderr_fd;

  HsGuard *guard; /* being made meanwhile */
} HsChildSetup;

/* To be called in a fresh child of the supervisor. */
noreturn void hs_child_main (const HsJobView    *job,
                             HsResult           *result,
                             const HsChildSetup *setup);

/* PY_VERSION_HEX of the library that is loaded. */
uint32_t hs_child_get_python_hex (void);
