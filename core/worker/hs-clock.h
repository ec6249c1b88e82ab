/* hs-clock.h - the clocks that both processes read
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>
#include <time.h>

#define HS_NS_PER_MS UINT64_C (1000000)

static inline uint64_t
hs_clock_read (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (uint64_t)time.tv_sec * 1000 * HS_NS_PER_MS + (uint64_t)time.tv_nsec;
}

/* Wall clock, the same in all processes of the machine. */
static inline uint64_t
hs_clock_get_ns (void)
{
  return hs_clock_read (CLOCK_MONOTONIC);
}

/* User and system time of this process. */
static inline uint64_t
hs_clock_get_cpu_ns (void)
{
  return hs_clock_read (CLOCK_PROCESS_CPUTIME_ID);
}
