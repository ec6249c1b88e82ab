/* hs-landlock.h - which files the code may reach
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "hs-job.h"

/* The version of Landlock's interface; 0 if the kernel has none, or it is off. */
int hs_landlock_get_abi (void);

/* Whether signals can be kept to the process and its descendants. */
bool hs_landlock_has_scopes (void);

/* From now on this process and its descendants
 *  - read what the user may read, and can list every folder, but open nothing of other
 *    processes in /proc, and of devices only those that hold nothing;
 *  - write, make and remove only in the scratch folder and the folders of the job;
 *  - use no TCP, unless the job allows it (ABI 4), and neither signal others nor connect to
 *    abstract sockets (ABI 6).
 * Needs no_new_privs. Returns: false if that could not be had; then nothing may be run
 */
bool hs_landlock_confine (const HsJobView *job);
