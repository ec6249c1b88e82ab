/* hs-guard.h - what the supervisor prepares for the sandbox while Python starts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <linux/filter.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "hs-job.h"

/* Kernels take no longer filters: BPF_MAXINSNS of linux/bpf_common.h. */
#define HS_GUARD_N_MAX 4096

typedef enum
{
  HS_GUARD_MAKING = 0,
  HS_GUARD_READY,
  HS_GUARD_FAILED,
} HsGuardState;

/* In memory that both processes share until the code runs. The supervisor makes it after the
 * fork, so that none of it is in the memory that is measured, and at the same time as the
 * process starts its interpreter, so that it costs next to nothing.
 */
typedef struct
{
  _Atomic uint32_t state; /* HsGuardState */

  uint32_t n_tasks;     /* of this user when the run began; 0: not counted */
  uint32_t n_filter;    /* instructions */
  uint64_t copy_cookie; /* what the filter lets a copy of the process be made with */

  struct sock_filter filter[HS_GUARD_N_MAX];
} HsGuard;

/* Returns: NULL without memory */
HsGuard *hs_guard_new (void);

/* In the supervisor, once the process exists. */
void hs_guard_make (HsGuard         *self,
                    const HsJobView *job,
                    pid_t            pid);

/* In the process. Returns: false if the guard could not be made */
bool hs_guard_wait (HsGuard *self);

/* Takes it from this process. */
void hs_guard_drop (HsGuard *self);
