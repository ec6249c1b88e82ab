/* hs-sandbox.c - what the code may reach, and how much it may use
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-sandbox.h"

#include "hs-compat.h"
#include "hs-fork.h"
#include "hs-landlock.h"
#include "hs-privileges.h"
#include "hs-seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Address space beyond the limit on memory, for what is no memory: mapped
 * files, stacks of threads, libraries.
 */
#define ADDRESS_SPACE_HEADROOM (UINT64_C (2) << 30)

/* Descriptors: a pair of sockets holds half a megabyte that no other limit counts. And threads
 * and processes beyond those that the user has already.
 */
#define N_FILES 1024
#define N_TASKS 512

/* Queued signals and timers: counted for all of the user's processes together (setrlimit(2)), so
 * that the code could take what others need.
 */
#define N_SIGNALS 1024

/* Kept back until the code has ended, for its traceback and exit handlers. */
#define RESERVE_BYTES (UINT64_C (64) << 20)

extern char **environ;

/* Everything else of the environment is the client's affair. Exact names, or
 * beginnings where they end with an underscore.
 */
static const char *const kept_variables[] = {
  "LANG",
  "LANGUAGE",
  "LC_",
  "PATH",
  "TZ",
  "TERM",
  "COLORTERM",
  "USER",
  "LOGNAME",
  "SHELL",
};

static bool
is_kept (const char *variable)
{
  for (size_t i = 0; i < sizeof kept_variables / sizeof kept_variables[0]; i++)
    {
      const char *name = kept_variables[i];
      size_t      size = strlen (name);

      if (strncmp (variable, name, size) == 0 && (name[size - 1] == '_' || variable[size] == '='))
        return true;
    }

  return false;
}

/* What the process was started with stays where the kernel has put it, for all to read in
 * /proc/self/environ: passwords and addresses of sockets among it. What is kept is moved, and
 * all of it wiped.
 */
static bool
clean_environment (void)
{
  size_t n_kept = 0;

  for (char **variable = environ; *variable != NULL; variable++)
    {
      char *copy = is_kept (*variable) ? strdup (*variable) : NULL;

      if (copy == NULL && is_kept (*variable))
        return false;
      explicit_bzero (*variable, strlen (*variable));
      if (copy != NULL)
        environ[n_kept++] = copy;
    }
  environ[n_kept] = NULL;

  return true;
}

static bool
set_environment (const char *scratch_folder)
{
  if (!clean_environment ())
    return false;

  /* One thread in numeric libraries: their buffers grow with the number of
   * cores, and would be charged to the code.
   */
  return setenv ("HOME", scratch_folder, 1) == 0 && setenv ("TMPDIR", scratch_folder, 1) == 0 &&
         setenv ("OPENBLAS_NUM_THREADS", "1", 1) == 0 && setenv ("OMP_NUM_THREADS", "1", 1) == 0;
}

static bool
set_descriptors (const HsChildSetup *setup)
{
  int stdin_fd = setup->stdin_fd >= 0 ? setup->stdin_fd : open ("/dev/null", O_RDONLY);

  if (stdin_fd < 0 || dup2 (stdin_fd, 0) < 0 || dup2 (setup->stdout_fd, 1) < 0 ||
      dup2 (setup->stderr_fd, 2) < 0)
    return false;

  /* close_range() is Linux 5.9; glibc has had the function since 2.34. */
  return syscall (SYS_close_range, 3U, ~0U, 0U) == 0;
}

static void
reset_signals (void)
{
  sigset_t none;

  for (int i = 1; i < NSIG; i++)
    signal (i, SIG_DFL);

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* The kernel shall take this process first when memory is short. */
static void
offer_to_oom_killer (void)
{
  int fd = open ("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, "900", 3) < 0)
    fprintf (stderr, "oom_score_adj: %s\n", strerror (errno));
  close (fd);
}

bool
hs_sandbox_isolate (const HsJobView    *job,
                    const HsChildSetup *setup,
                    const char        **problem)
{
  if (prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid () != setup->supervisor)
    _exit (1);

  /* The supervisor is not dumpable, which a fork inherits; /proc/self would
   * belong to root.
   */
  prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
  reset_signals ();

  *problem = "no session of its own";
  if (setsid () < 0)
    return false;

  *problem = "the standard streams cannot be set up";
  if (!set_descriptors (setup))
    return false;

  offer_to_oom_killer ();

  *problem = "the environment cannot be set up";
  if (!set_environment (job->scratch_folder))
    return false;

  *problem = "the working folder cannot be entered";
  if (chdir (job->working_folder) != 0)
    return false;

  *problem = NULL;

  return true;
}

/* Lowers a limit, never raises one. */
static bool
lower_limit (__rlimit_resource_t resource,
             uint64_t            soft,
             uint64_t            hard)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0)
    return false;

  if (hard < limit.rlim_max)
    limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;

  return setrlimit (resource, &limit) == 0;
}

#if !HS_WITH_ASAN
/* Address space and private writable memory of this process, bytes. */
static bool
get_mapped (uint64_t *address_space,
            uint64_t *data)
{
  unsigned long size;
  unsigned long data_pages;
  char          text[256];
  uint64_t      page_size = (uint64_t)sysconf (_SC_PAGESIZE);
  int           fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t       n = fd < 0 ? -1 : read (fd, text, sizeof text - 1);

  if (fd >= 0)
    close (fd);
  if (n <= 0)
    return false;

  text[n] = '\0';
  if (sscanf (text, "%lu %*u %*u %*u %*u %lu", &size, &data_pages) != 2)
    return false;

  *address_space = size * page_size;
  *data = data_pages * page_size;

  return true;
}

static bool
limit_memory (uint64_t limit_bytes)
{
  uint64_t address_space;
  uint64_t data;

  if (limit_bytes > (UINT64_C (1) << 46))
    return true;
  if (!get_mapped (&address_space, &data))
    return false;

  data += limit_bytes;
  address_space += limit_bytes + ADDRESS_SPACE_HEADROOM;

  return lower_limit (RLIMIT_DATA, data, data + RESERVE_BYTES) &&
         lower_limit (RLIMIT_AS, address_space, address_space + RESERVE_BYTES);
}
#else
/* AddressSanitizer reserves terabytes of address space for its shadow; there
 * the supervisor's look at the resident memory is the only limit.
 */
static bool
limit_memory (uint64_t limit_bytes)
{
  (void)limit_bytes;

  return true;
}
#endif

/* No RLIMIT_CPU: with it the kernel counts the processor's time of the process by ticks of 1 to
 * 10 ms (kernel/time/posix-cpu-timers.c: timers_active), and so would the clocks of the code.
 * The supervisor's wall clock bounds it.
 */
static bool
limit (const HsJobView *job,
       const HsGuard   *guard)
{
  if (!lower_limit (RLIMIT_CORE, 0, 0) || !lower_limit (RLIMIT_MSGQUEUE, 0, 0) ||
      !lower_limit (RLIMIT_NOFILE, N_FILES, N_FILES) ||
      !lower_limit (RLIMIT_SIGPENDING, N_SIGNALS, N_SIGNALS))
    return false;
  /* Files in folders of the user's may be larger. */
  if (job->head.scratch_limit_bytes != 0 && job->head.n_folders == 0 &&
      !lower_limit (RLIMIT_FSIZE, job->head.scratch_limit_bytes, job->head.scratch_limit_bytes))
    return false;
  if (guard->n_tasks != 0 &&
      !lower_limit (RLIMIT_NPROC, guard->n_tasks + N_TASKS, guard->n_tasks + N_TASKS))
    return false;

  return job->head.memory_limit_bytes == 0 || limit_memory (job->head.memory_limit_bytes);
}

bool
hs_sandbox_limit (const HsJobView *job,
                  HsGuard         *guard,
                  const char     **problem)
{
  *problem = "the supervisor could not prepare the sandbox";
  if (!hs_guard_wait (guard))
    return false;

  *problem = "the limits cannot be set";
  if (!limit (job, guard))
    return false;

  *problem = NULL;

  return true;
}

bool
hs_sandbox_confine (const HsJobView *job,
                    HsGuard         *guard,
                    const char     **problem)
{
  *problem = "the supervisor could not prepare the sandbox";
  if (!hs_guard_wait (guard))
    return false;

  *problem = "privileges cannot be dropped";
  if (!hs_privileges_drop ())
    return false;

  *problem = "files cannot be protected: Landlock refuses its rules";
  if ((job->head.protect & HS_PROTECT_FILES) != 0 && !hs_landlock_confine (job))
    return false;

  *problem = "system calls cannot be filtered: seccomp refuses the filter";
  if ((job->head.protect & HS_PROTECT_CALLS) != 0 && !hs_seccomp_confine (guard))
    return false;

  hs_fork_set_cookie (guard->copy_cookie);
  *problem = NULL;

  return true;
}

static void
raise_to_hard (__rlimit_resource_t resource)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (resource, &limit);
}

void
hs_sandbox_release_reserve (void)
{
#if !HS_WITH_ASAN
  raise_to_hard (RLIMIT_DATA);
  raise_to_hard (RLIMIT_AS);
#else
  (void)raise_to_hard;
#endif
}
