/* hs-shared.h - the memory that a supervisor and the process it runs share
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "hs-protocol.h"
#include "hs-record-writer.h"
#include "hs-sampler.h"

/* The result memfd, mapped MAP_SHARED in both processes:
 *
 *   0                    HsShared
 *   HS_SHARED_SIZE       the record; sparse, filled in place
 *   HS_SNAPSHOTS_OFFSET  snapshots, one behind the other; sparse
 *   …                    result_limit_bytes
 *
 * The code runs in the process that writes here, so to the supervisor all of
 * it is hostile: it copies a value once, bounds it, and uses the copy.
 */
#define HS_SHARED_SIZE      (256 * 1024)
#define HS_SNAPSHOTS_OFFSET (UINT64_C (64) << 20)

/* Where the process is. Only ever grows. */
typedef enum
{
  HS_PHASE_STARTING = 0, /* no line of the code has run */
  HS_PHASE_RUNNING,
  HS_PHASE_SNAPSHOT, /* the code does not run */
  HS_PHASE_STOPPED,  /* snapshot taken on request; about to end */
  HS_PHASE_ENDING,   /* the outcome is recorded; threads, exit handlers, finalizers */
  HS_PHASE_DONE,     /* ended by itself */
} HsPhase;

typedef struct
{
  _Atomic uint32_t phase;  /* HsPhase */
  uint32_t         status; /* HsStatus, valid from HS_PHASE_ENDING on */
  int32_t          exit_code;
  uint32_t         line;
  uint32_t         column;
  uint32_t         is_hung; /* the request to stop came while ending */

  uint64_t start_ns; /* CLOCK_MONOTONIC, when the code began */
  uint64_t wall_ns;  /* 0 until the code has ended */
  uint64_t cpu_ns;
  uint64_t base_rss_bytes; /* when the code began */
  uint64_t rss_peak_bytes; /* before the snapshot */

  /* When the code began and ended, which the supervisor may miss. */
  HsSamplerMemory begin_memory;
  HsSamplerMemory end_memory;

  uint64_t         snapshot_offset; /* of the last one */
  _Atomic uint64_t snapshot_size;   /* 0: none, or being written */

  _Atomic uint32_t is_copy_unwanted; /* hs-fork.h */

  _Atomic uint32_t is_in_moment; /* the code stands still: what is resident is not its own */

  /* How many blocks shall have been allocated when the process next looks at the
   * clock. The supervisor sets it to 0 now and then, so that this happens soon
   * even if the code allocates rarely.
   */
  _Atomic uint64_t next_tick;
  uint64_t         tick_wish_ns; /* CLOCK_MONOTONIC, when it did so first since the last look */

  uint32_t kept; /* HsKept; stored last */
  uint32_t kept_type_size;
  uint32_t kept_preview_size;
  uint32_t kept_problem_size;
  uint64_t pickle_offset;
  uint64_t pickle_size;
  char     kept_type[1024];
  char     kept_preview[1024];
  char     kept_problem[4096];

  uint32_t refused; /* HsRefused */
  uint32_t refused_size;
  char     refused_file[4096];

  uint32_t type_size;
  uint32_t message_size;
  uint32_t traceback_size;
  char     type[1024];
  char     message[16 * 1024];
  char     traceback[64 * 1024];
} HsShared;

static inline HsRecordHeader *
hs_shared_get_record (HsShared *self)
{
  return (HsRecordHeader *)(void *)((uint8_t *)self + HS_SHARED_SIZE);
}

static_assert (sizeof (HsShared) <= HS_SHARED_SIZE, "HsShared is larger than its place");
static_assert (sizeof (HsMessage) + sizeof (HsDone) + sizeof (((HsShared *)NULL)->type) +
                   sizeof (((HsShared *)NULL)->message) + sizeof (((HsShared *)NULL)->traceback) +
                   sizeof (((HsShared *)NULL)->kept_type) +
                   sizeof (((HsShared *)NULL)->kept_preview) +
                   sizeof (((HsShared *)NULL)->kept_problem) +
                   sizeof (((HsShared *)NULL)->refused_file) <
                 HS_PACKET_MAX,
               "the texts of a run do not fit into one packet");
