/* hs-fork.h - a copy of the process, which works while the code goes on
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The copy is made by a raw clone(): no handlers run, and its end raises no signal. The
 * code does not see it, neither by wait() nor by SIGCHLD. It has no descriptors, and
 * ends with this process. There is one at a time.
 */

/* Memory that processes forked by the code do not have (MADV_DONTFORK), but the copy
 * needs. At most 4 places.
 */
void hs_fork_add_memory (void    *start,
                         uint64_t size_bytes);

/* @shared: in memory that a copy shares, for telling it that it is no more wanted. */
void hs_fork_init (_Atomic uint32_t *shared);

/* What a copy is asked for with, so that the filter of system calls knows it from other
 * processes (hs-seccomp.c).
 */
void hs_fork_set_cookie (uint64_t number);

/* Calls @work with @data in a copy, in which nothing may be freed, no Python code may
 * run, and no lock may be taken that another thread could have. Needs the GIL.
 * Returns: false without a copy, or if there is one already
 */
bool hs_fork_start (void (*work) (void *data),
                    void *data);

/* Waits until the copy has ended; one that takes longer is killed. Nothing happens
 * without one. Returns: whether it came to its end, or there was none
 */
bool hs_fork_wait (uint64_t limit_ns);
