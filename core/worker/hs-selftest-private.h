/* hs-selftest-private.h - what the self-tests of a worker share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "hs-job.h"

/* Starts the interpreter in this process as a job does, but without supervisor
 * and limits. @mode: none, counters or lines, what the ledger shall know; @path:
 * the file that will be run; @job: filled in, good until the process ends.
 * Returns: the stream for the report, which is not stdout if the code may print
 * there; NULL with the reason on stderr
 */
FILE *hs_selftest_start (const char *mode,
                         const char *path,
                         HsJobView  *job);

/* Prints @text in quotes. */
void hs_selftest_print_text (FILE       *out,
                             const char *text);
