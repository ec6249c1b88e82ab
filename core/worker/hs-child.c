/* hs-child.c - the process that runs the code
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-child.h"

#include "hs-arenas.h"
#include "hs-fork.h"
#include "hs-growth.h"
#include "hs-interpreter.h"
#include "hs-kept.h"
#include "hs-ledger.h"
#include "hs-moments.h"
#include "hs-pages.h"
#include "hs-run.h"
#include "hs-sandbox.h"
#include "hs-scratch.h"
#include "hs-snapshot.h"
#include "hs-stop.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What a snapshot takes beside its columns: address space, for the most part
 * never touched.
 */
#define SCRATCH_SIZE (UINT64_C (16) << 30)

/* Leaves the reason where the supervisor finds it. */
static noreturn void
fail (HsShared   *shared,
      const char *reason)
{
  shared->message_size = (uint32_t)strnlen (reason, sizeof shared->message);
  memcpy (shared->message, reason, shared->message_size);
  _exit (1);
}

noreturn void
hs_child_main (const HsJobView    *job,
               HsResult           *result,
               const HsChildSetup *setup)
{
  HsShared   *shared = result->shared;
  const char *problem;
  char        text[1024];

  if (!hs_sandbox_isolate (job, setup, &problem))
    fail (shared, problem);

  hs_growth_init (shared, result->size_bytes);
  /* Before anything of Python is called: the hooks see every arena, and the
   * room for a snapshot is there even after a MemoryError.
   */
  if (!hs_arenas_init () || !hs_scratch_init (result->size_bytes * 2 + SCRATCH_SIZE))
    fail (shared, "no address space for snapshots");
  if ((job->head.flags & HS_JOB_LEDGER) != 0 &&
      !hs_ledger_init ((job->head.flags & HS_JOB_LEDGER_LINES) != 0))
    fail (shared, "no address space for the ledger");
  /* Processes that the code forks have no part in the result. */
  madvise (shared, result->size_bytes, MADV_DONTFORK);
  hs_fork_add_memory (shared, result->size_bytes);
  hs_fork_init (&shared->is_copy_unwanted);

  hs_snapshot_set_area (shared, result->size_bytes);
  hs_moments_init (job, shared, result->size_bytes);
  hs_snapshot_set_all ((job->head.flags & HS_JOB_ALL_OBJECTS) != 0);
  if ((job->head.flags & HS_JOB_PAGES) != 0 && !hs_pages_init (shared))
    fail (shared, "no address space for the pages of mappings");
  hs_growth_begin ();
  /* The interpreter runs what an environment of the user's has for its start. */
  if (job->executable != NULL && !hs_sandbox_confine (job, setup->guard, &problem))
    fail (shared, problem);
  if (!hs_interpreter_init (job, text, sizeof text))
    fail (shared, text);
  if (hs_ledger_is_on () && !hs_ledger_is_in_place ())
    fail (shared, "Python does not use the ledger's allocators");
  if ((job->head.flags & HS_JOB_RESULT) != 0 && !hs_kept_init (shared, result->size_bytes))
    fail (shared, "the module _pickle cannot be imported");
  if (!hs_stop_init (shared))
    fail (shared, "the handler for the request to stop cannot be set");
  if (!hs_sandbox_limit (job, setup->guard, &problem))
    fail (shared, problem);
  if (job->executable == NULL && !hs_sandbox_confine (job, setup->guard, &problem))
    fail (shared, problem);
  hs_guard_drop (setup->guard);
  if (!hs_interpreter_add_path (job))
    fail (shared, "the folder of the code cannot be put into sys.path");

  hs_run (job, shared);
}
