/* hs-disk-watch.h - how much the code has written into its scratch folder
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct
{
  const char *folder;      /* not owned */
  pid_t       pid;         /* whose deleted files that are still open count too */
  uint64_t    limit_bytes; /* of the disk; 0: none */
  uint64_t    next_ns;     /* when it is due */
  uint64_t    free_bytes;  /* of the file system when the run began */
} HsDiskWatch;

/* Before the code runs. @folder: kept, not copied */
void hs_disk_watch_init (HsDiskWatch *self,
                         const char  *folder,
                         pid_t        pid,
                         uint64_t     limit_bytes);

/* Looks if it is time to: ten times a second, less often if there is much to look at. Returns:
 * whether there is more than the limit, more than 50 000 files, or folders deeper than 200
 */
bool hs_disk_watch_is_over (HsDiskWatch *self,
                            uint64_t     now_ns);
