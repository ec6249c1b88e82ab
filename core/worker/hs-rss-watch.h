/* hs-rss-watch.h - the supervisor looks at the memory of the process
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-result.h"
#include "hs-rss-curve.h"

/* What the process says of itself is hostile, and bounded here. Zeroed memory with
 * @start_ns set is ready.
 */
typedef struct
{
  HsRssCurve curve;
  uint64_t   start_ns;  /* CLOCK_MONOTONIC, when the process was made */
  uint64_t   begin_ns;  /* when the code began, as the process said; 0: not yet */
  uint64_t   own_bytes; /* of the result, in the process, at the last look */
} HsRssWatch;

/* Looks, if the code runs: the pages of a snapshot are not its. */
void hs_rss_watch_look (HsRssWatch     *self,
                        const HsResult *result,
                        HsSampler      *sampler,
                        uint64_t        now_ns);

/* The process is dead: writes what was seen into the record. */
void hs_rss_watch_finish (HsRssWatch     *self,
                          const HsResult *result,
                          uint64_t        end_ns);
