/* hs-interpreter.h - the embedded Python, from cold to ready
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hs-job.h"

/* Initialises Python for @job: isolated from the client's environment, UTF-8
 * mode, site-packages of job->executable importable, sys.argv and the attributes of
 * __main__ set. On failure writes why into @problem.
 */
bool hs_interpreter_init (const HsJobView *job,
                          char            *problem,
                          size_t           problem_size);

/* The folder of the code becomes sys.path[0]. From then on whatever is imported may be a file
 * that lies there, so this comes when the process is confined. Returns: false with an exception
 */
bool hs_interpreter_add_path (const HsJobView *job);

/* Prints the line for --describe. Returns: the exit status */
int hs_interpreter_describe (void);
