/* hs-reaper.h - leaves no process behind
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Kills the process group @group and every other descendant of this process,
 * which must be a subreaper (prctl PR_SET_CHILD_SUBREAPER), and waits for all
 * of them. @leader is not waited for here: the caller has done so.
 * Returns: whether nothing is left; false after five seconds of trying
 */
bool hs_reaper_kill_all (pid_t group);
