/* hs-fork.c - a copy of the process, which works while the code goes on
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hs-fork.h"

#include "hs-clock.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define N_PLACES_MAX 4

/* How often the end is looked for: not much later than it is there. */
#define PAUSE_NS     200000
#define PAUSE_NS_MAX 2000000

static struct
{
  void    *start;
  uint64_t size_bytes;
} places[N_PLACES_MAX];
static int n_places;

static uint64_t cookie;

/* Shared with the copy, which looks at it so often. No signal can be sent to it: the filter of
 * system calls lets this process signal itself alone.
 */
static _Atomic uint32_t *is_unwanted;

#define LOOK_US 10000

static pid_t copy; /* 0: there is none */
static pid_t copys_parent;

void
hs_fork_add_memory (void    *start,
                    uint64_t size_bytes)
{
  if (n_places == N_PLACES_MAX)
    return;
  places[n_places].start = start;
  places[n_places].size_bytes = size_bytes;
  n_places++;
}

void
hs_fork_set_cookie (uint64_t number)
{
  cookie = number;
}

static void
set_advice (int advice)
{
  for (int i = 0; i < n_places; i++)
    madvise (places[i].start, places[i].size_bytes, advice);
}

void
hs_fork_init (_Atomic uint32_t *shared)
{
  is_unwanted = shared;
}

static void
look_whether_wanted (int signal_number)
{
  if (atomic_load (is_unwanted) != 0)
    _exit (1);
}

/* Signals are blocked in the copy but for the one that this comes by. */
static void
watch_wish (void)
{
  const struct sigaction action = { .sa_handler = look_whether_wanted, .sa_flags = SA_RESTART };
  const struct itimerval timer = { .it_interval.tv_usec = LOOK_US, .it_value.tv_usec = LOOK_US };
  sigset_t               alarm;

  sigemptyset (&alarm);
  sigaddset (&alarm, SIGALRM);
  if (sigaction (SIGALRM, &action, NULL) != 0 || setitimer (ITIMER_REAL, &timer, NULL) != 0)
    _exit (1);
  sigprocmask (SIG_UNBLOCK, &alarm, NULL);
}

/* Ends with the parent, and not by what is sent to the group; what the code closes
 * is closed. The signal comes when the thread ends that has made the copy: for
 * others than the first it is the supervisor's to end it.
 */
static void
shield (pid_t parent,
        bool  is_by_main)
{
  if (is_by_main)
    prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (getppid () != parent)
    _exit (1);
  syscall (SYS_close_range, 0U, ~0U, 0U);
  watch_wish ();
}

bool
hs_fork_start (void (*work) (void *data),
               void *data)
{
  sigset_t all;
  sigset_t before;
  pid_t    self = getpid ();
  bool     is_by_main = syscall (SYS_gettid) == self;
  long     pid;

  if (copy != 0 && copys_parent == self)
    return false;

  atomic_store (is_unwanted, 0);
  sigfillset (&all);
  sigprocmask (SIG_SETMASK, &all, &before);
  set_advice (MADV_DOFORK);
  /* The lowest byte of the flags is the signal at its end: none. Without further flags the
   * third argument means nothing to the kernel.
   */
  pid = syscall (SYS_clone, 0UL, NULL, cookie, NULL, 0UL);
  if (pid == 0)
    {
      shield (self, is_by_main);
      work (data);
      _exit (0);
    }

  set_advice (MADV_DONTFORK);
  sigprocmask (SIG_SETMASK, &before, NULL);
  if (pid < 0)
    return false;
  copy = (pid_t)pid;
  copys_parent = self;

  return true;
}

bool
hs_fork_wait (uint64_t limit_ns)
{
  uint64_t end_ns = hs_clock_get_ns () + limit_ns;
  uint64_t pause_ns = PAUSE_NS;
  bool     is_told = false;
  int      status = 0;
  pid_t    ended;

  if (copy == 0 || copys_parent != getpid ())
    return true;

  for (;;)
    {
      ended = waitpid (copy, &status, is_told ? __WALL : __WALL | WNOHANG);
      if (ended == copy || (ended < 0 && errno != EINTR))
        break;
      if (hs_clock_get_ns () >= end_ns && !is_told)
        {
          atomic_store (is_unwanted, 1);
          is_told = true;
          continue;
        }
      nanosleep (&(struct timespec) { .tv_nsec = (long)pause_ns }, NULL);
      if (pause_ns < PAUSE_NS_MAX)
        pause_ns += PAUSE_NS;
    }
  copy = 0;

  return ended > 0 && WIFEXITED (status) && WEXITSTATUS (status) == 0;
}
