/* hs-rss-curve.h - memory of the process over time, as it is seen from outside
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hs-record-writer.h"
#include "hs-sampler.h"

/* The supervisor's part of a record. It is kept in the supervisor's memory, where
 * the code cannot reach it, and written when the process is dead. When there is no
 * room, two rows become one, and from then on each spans twice the time.
 */
typedef struct
{
  uint64_t    interval_ns; /* that a row spans by now, at least */
  uint64_t    peak_bytes;  /* HsSamplerMemory.peak at the last look */
  bool        has_present;
  HsRecordRss present;  /* the row that is not over; time_ns: of its last look */
  uint64_t    begin_ns; /* of it */
  uint32_t    n_rows;
  HsRecordRss rows[HS_RECORD_N_RSS_MAX];
} HsRssCurve;

/* Zeroed memory is empty. Takes a look at @time_ns since the code began; one that is
 * older than the last is left out. @own_bytes: pages of the result area, which
 * are among the shared ones of @memory
 */
void hs_rss_curve_add (HsRssCurve            *self,
                       uint64_t               time_ns,
                       const HsSamplerMemory *memory,
                       uint64_t               own_bytes);

/* Writes all of it into @record, which may hold anything by now: nothing of it is
 * read. @duration_ns: of the run
 */
void hs_rss_curve_write (HsRssCurve     *self,
                         HsRecordHeader *record,
                         uint64_t        duration_ns);
