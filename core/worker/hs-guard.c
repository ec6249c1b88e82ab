/* hs-guard.c - what the supervisor prepares for the sandbox while Python starts
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-guard.h"

#include "hs-clock.h"
#include "hs-seccomp.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The supervisor needs a millisecond; one that does not answer is held up. */
#define WAIT_NS  (10000 * HS_NS_PER_MS)
#define PAUSE_NS 50000

HsGuard *
hs_guard_new (void)
{
  HsGuard *self = mmap (NULL, sizeof *self, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                        -1, 0);

  return self != MAP_FAILED ? self : NULL;
}

void
hs_guard_drop (HsGuard *self)
{
  munmap (self, sizeof *self);
}

/* Threads of a process: the links of its "task" beyond "." and "..". */
static uint32_t
count_threads (int         proc_fd,
               const char *name)
{
  struct stat status;
  char        path[64];

  snprintf (path, sizeof path, "%.32s/task", name);
  if (fstatat (proc_fd, path, &status, 0) != 0 || status.st_uid != getuid () ||
      status.st_nlink < 3)
    return 0;

  return (uint32_t)status.st_nlink - 2;
}

/* What RLIMIT_NPROC counts for this user: setrlimit(2). */
static uint32_t
count_tasks (void)
{
  uint32_t       n = 0;
  DIR           *folder = opendir ("/proc");
  struct dirent *entry;

  if (folder == NULL)
    return 0;

  while ((entry = readdir (folder)) != NULL)
    if (isdigit ((unsigned char)entry->d_name[0]))
      n += count_threads (dirfd (folder), entry->d_name);
  closedir (folder);

  return n;
}

void
hs_guard_make (HsGuard         *self,
               const HsJobView *job,
               pid_t            pid)
{
  bool is_made = getrandom (&self->copy_cookie, sizeof self->copy_cookie, GRND_NONBLOCK) ==
                 (ssize_t)sizeof self->copy_cookie;

  /* The limit does not hold for root: fork(2). */
  if (getuid () != 0)
    self->n_tasks = count_tasks ();
  if (is_made && (job->head.protect & HS_PROTECT_CALLS) != 0)
    is_made = hs_seccomp_build (self, job, pid);

  atomic_store (&self->state, is_made ? HS_GUARD_READY : HS_GUARD_FAILED);
}

bool
hs_guard_wait (HsGuard *self)
{
  uint64_t limit_ns = hs_clock_get_ns () + WAIT_NS;

  while (atomic_load (&self->state) == HS_GUARD_MAKING && hs_clock_get_ns () < limit_ns)
    nanosleep (&(struct timespec) { .tv_nsec = PAUSE_NS }, NULL);

  return atomic_load (&self->state) == HS_GUARD_READY;
}
