/* hs-job.h - what a worker is asked to run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hs-protocol.h"

/* A job, mapped and checked. The texts and the source point into the mapping,
 * which lives as long as the process.
 */
typedef struct
{
  HsJob       head;   /* a copy */
  const char *source; /* head.source_size bytes, not NUL-ended */
  const char *file_name;
  const char *executable; /* NULL: not given */
  const char *working_folder;
  const char *scratch_folder;
  const char *first_arg; /* head.n_args texts, one behind the other; NULL: none */

  const char *first_folder; /* head.n_folders texts, as first_arg */

  const HsJobMark *marks; /* head.n_marks; their names are texts of the job */
  const char      *texts; /* where offsets of texts count from */
} HsJobView;

/* Maps @fd, which may be closed afterwards. On failure sets *@problem to an
 * English sentence and returns false.
 */
bool hs_job_view_init (HsJobView   *view,
                       int          fd,
                       const char **problem);

/* Returns: the text behind @arg, which is one of the job's arguments or folders. */
const char *hs_job_view_next_arg (const char *arg);
